//! Where a person is signed in, for the person alone: a telephone that was lent or lost is signed out from another.

use crate::{
    Error, Office, Result, Who,
    audit::{self, Object},
    sessions::{Door, hash_of},
};
use domain::time::Instant;
use serde_json::json;
use store::sessions::{self, SessionRow};
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

/// So much of a hash tells one session of a person from another.
const KEY_LETTERS: usize = 16;

impl Office {
    /// Where the resident is signed in now, the place used last first.
    ///
    /// **Permissions**: a signed-in resident, for oneself.
    pub async fn my_sessions(&self, who: &Who, token: Option<&str>) -> Result<Vec<OpenSession>> {
        let resident = who.resident().ok_or(Error::SignInFirst)?;
        let this = token.map(hash_of);
        let mut tx = self.db().read().await?;
        let rows = sessions::open_sessions_of(&mut tx, Door::Resident.kind(), resident.account, self.now()).await?;
        let open = rows.into_iter().map(|row| OpenSession {
            key: key_of(&row),
            since: Instant(row.created_at),
            used: Instant(row.seen_at),
            is_this: this.as_ref() == Some(&row.token_hash),
            address: row.address,
            agent: row.agent,
        });
        Ok(open.collect())
    }

    /// Signs the resident out in one place; in one that is signed out already nothing is left to do.
    ///
    /// **Permissions**: a signed-in resident, for oneself.
    pub async fn end_my_session(&self, who: &Who, key: &str, command: Uuid) -> Result<()> {
        self.end_mine(who, command, "end_session", |row| key_of(row) == key).await
    }

    /// Signs the resident out everywhere but here.
    ///
    /// **Permissions**: a signed-in resident, for oneself.
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
        let resident = who.resident().ok_or(Error::SignInFirst)?;
        let now = self.now();
        let mut tx = self.db().write().await?;
        store::accounts::hold_account(&mut tx, resident.account).await?;
        if self.answered_before::<u64>(&mut tx, who, command).await?.is_some() {
            return Ok(());
        }
        let open = sessions::open_sessions_of(&mut tx, Door::Resident.kind(), resident.account, now).await?;
        let mut ended: u64 = 0;
        for row in open.iter().filter(|row| ends(row)) {
            sessions::end_session(&mut tx, &row.token_hash, now).await?;
            ended += 1;
        }
        let object = Object { kind: "account", id: resident.account.to_string(), office: None };
        audit::record(self, &mut tx, who, act, &object, json!({ "sessions": ended })).await?;
        self.keep_once(&mut tx, who, command, act, &ended).await?;
        Ok(tx.commit().await?)
    }
}

fn key_of(row: &SessionRow) -> String {
    row.token_hash.chars().take(KEY_LETTERS).collect()
}
