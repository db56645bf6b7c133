//! Where a person is signed in, for the person alone: a telephone that was lent or lost is signed out from another. The
//! same for residents and for staff, each at their own door.

use crate::{
    Error, Office, Result, Who,
    audit::{self, Object},
    sessions::{Door, hash_of},
    who::Actor,
};
use domain::time::Instant;
use serde_json::json;
use store::{
    Tx, accounts,
    sessions::{self, SessionRow},
    staff,
};
use uuid::Uuid;

/// A session of one's own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OpenSession {
    /// Names it in a form; opens nothing.
    pub key: String,
    pub since: Instant,
    /// When it was used last, to the minute.
    pub used: Instant,
    pub address: String,
    /// What the browser calls itself.
    pub agent: String,
    /// Whether it is the one that asks.
    pub is_this: bool,
}

/// The person who asks, at the door they came by.
struct Asker {
    door: Door,
    subject: Uuid,
}

/// So much of a hash tells one session of a person from another.
const KEY_LETTERS: usize = 16;

impl Asker {
    fn of(who: &Who) -> Result<Self> {
        match &who.actor {
            Actor::Resident(resident) => Ok(Self { door: Door::Resident, subject: resident.account }),
            Actor::Staff(member) => Ok(Self { door: Door::Staff, subject: member.id }),
            Actor::Anyone | Actor::System | Actor::Operator(_) => Err(Error::SignInFirst),
        }
    }

    async fn open_sessions(&self, tx: &mut Tx, now: Instant) -> Result<Vec<SessionRow>> {
        Ok(sessions::open_sessions_of(tx, self.door.kind(), self.subject, now).await?)
    }

    /// Takes hold of the person's row, so that a twin of the command waits.
    async fn hold(&self, tx: &mut Tx) -> Result<()> {
        match self.door {
            Door::Resident => accounts::hold_account(tx, self.subject).await?,
            Door::Staff => staff::hold_staff(tx, self.subject).await?,
        }
        Ok(())
    }

    fn object(&self) -> Object {
        let kind = match self.door {
            Door::Resident => "account",
            Door::Staff => "staff",
        };
        Object { kind, id: self.subject.to_string(), office: None }
    }
}

impl Office {
    /// Where the person is signed in now, the place used last first. `token` is that of the session that asks.
    ///
    /// **Permissions**: a signed-in resident or member of staff, for oneself.
    pub async fn my_sessions(&self, who: &Who, token: Option<&str>) -> Result<Vec<OpenSession>> {
        let asker = Asker::of(who)?;
        let this = token.map(hash_of);
        let mut tx = self.db().read().await?;
        let open = asker.open_sessions(&mut tx, self.now()).await?.into_iter().map(|row| OpenSession {
            key: key_of(&row),
            since: Instant(row.created_at),
            used: Instant(row.seen_at),
            is_this: this.as_ref() == Some(&row.token_hash),
            address: row.address,
            agent: row.agent,
        });
        Ok(open.collect())
    }

    /// Signs the person out in one place; in one that is signed out already nothing is left to do.
    ///
    /// **Permissions**: a signed-in resident or member of staff, for oneself.
    pub async fn end_my_session(&self, who: &Who, key: &str, command: Uuid) -> Result<()> {
        self.end_mine(who, command, "end_session", |row| key_of(row) == key).await
    }

    /// Signs the person out everywhere but here.
    ///
    /// **Permissions**: a signed-in resident or member of staff, for oneself.
    pub async fn end_my_other_sessions(&self, who: &Who, token: Option<&str>, command: Uuid) -> Result<()> {
        let this = token.map(hash_of);
        self.end_mine(who, command, "end_other_sessions", |row| Some(&row.token_hash) != this.as_ref()).await
    }

    async fn end_mine(
        &self,
        who: &Who,
        command: Uuid,
        act: &'static str,
        ends: impl Fn(&SessionRow) -> bool,
    ) -> Result<()> {
        let asker = Asker::of(who)?;
        let now = self.now();
        let mut tx = self.db().write().await?;
        asker.hold(&mut tx).await?;
        if self.answered_before::<u64>(&mut tx, who, command).await?.is_some() {
            return Ok(());
        }
        let mut ended: u64 = 0;
        for row in asker.open_sessions(&mut tx, now).await?.iter().filter(|row| ends(row)) {
            sessions::end_session(&mut tx, &row.token_hash, now).await?;
            ended += 1;
        }
        audit::record(self, &mut tx, who, act, &asker.object(), json!({ "sessions": ended })).await?;
        self.keep_once(&mut tx, who, command, act, &ended).await?;
        Ok(tx.commit().await?)
    }
}

fn key_of(row: &SessionRow) -> String {
    row.token_hash.chars().take(KEY_LETTERS).collect()
}
