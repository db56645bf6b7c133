//! Signing in and out. A token of 256 random bits; only its hash is stored.

use crate::{
    Error, Office, Result, Who,
    audit::{self, Object},
    error::Problem,
    who::{Actor, Position, Resident, StaffMember, Trace},
};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use domain::role::Role;
use serde_json::json;
use sha2::{Digest, Sha256};
use store::{
    Tx, accounts, accounts::AccountRow, limits, limits::Limit, organisations, sessions, sessions::SessionRow, staff,
};
use uuid::Uuid;

/// Which door a session belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Door {
    Resident,
    Staff,
}

/// The session that is to begin after the proof.
struct Opening<'a> {
    door: Door,
    subject: Uuid,
    name: &'a str,
    /// What the tries were counted for.
    limit_subject: &'a str,
}

/// A fresh token, for the cookie. Never logged, never stored.
#[derive(Clone)]
pub struct Token(pub String);

/// Five wrong tries lock an account for fifteen minutes.
pub(crate) const BY_ACCOUNT: Limit = Limit { tries: 5, window_ms: 15 * 60_000, lock_ms: 15 * 60_000 };
/// Many people share one address here, so an address is locked much later.
pub(crate) const BY_ADDRESS: Limit = Limit { tries: 60, window_ms: 15 * 60_000, lock_ms: 15 * 60_000 };
const RESIDENT_SCOPE: &str = "sign-in";
/// Tries at a code from the counter.
pub(crate) const RECOVERY_SCOPE: &str = "account-code";
const STAFF_SCOPE: &str = "staff-sign-in";
const ADDRESS_SCOPE: &str = "sign-in-address";
/// A session's row is written again only after this long: not at every page.
const TOUCH_MS: i64 = 60_000;
const MINUTE_MS: i64 = 60_000;
const HOUR_MS: i64 = 60 * MINUTE_MS;

impl Door {
    pub(crate) const fn kind(self) -> &'static str {
        match self {
            Self::Resident => "resident",
            Self::Staff => "staff",
        }
    }
}

impl Office {
    /// Signs a resident in with number and password.
    ///
    /// **Permissions**: anyone, within the limits by number and by address.
    pub async fn sign_in_resident(&self, who: &Who, citizen_id: &str, password: String) -> Result<Token> {
        let number: String = citizen_id.chars().filter(char::is_ascii_digit).collect();
        let tries_left = self.take_try(RESIDENT_SCOPE, &number, who).await?;
        let account = {
            let mut tx = self.db().read().await?;
            accounts::account_by_citizen_id(&mut tx, &number).await?
        };
        // An account that was opened at the counter has no password before its code has set one.
        let hash = account.as_ref().map(|a| a.password_hash.clone()).filter(|hash| !hash.is_empty());
        let fits = self.password_fits(password.clone(), hash).await?;
        let id = account.as_ref().map(|account| account.id);
        let Some(account) = account.filter(|_| fits) else {
            self.tell_whose_number_is_gone(who, &number, password).await?;
            return self.refuse_sign_in(RESIDENT_SCOPE, id, tries_left, who).await;
        };
        self.enter_account(who, &account).await
    }

    /// Tells whoever opened an account with that number, and knows its password, that the number has gone to its owner.
    /// Nobody else learns of it.
    async fn tell_whose_number_is_gone(&self, who: &Who, number: &str, password: String) -> Result<()> {
        let lost = {
            let mut tx = self.db().read().await?;
            accounts::accounts_that_lost(&mut tx, number).await?
        };
        for account in lost {
            if self.password_fits(password.clone(), Some(account.password_hash)).await? {
                let object = sign_in_of(RESIDENT_SCOPE, Some(account.id));
                self.record_view(who, "sign_in_refused", &object, json!({ "number_gone": true })).await?;
                return Err(Problem::NumberGone.into());
            }
        }
        Ok(())
    }

    /// Opens a session of an account whose owner has proven to know its password.
    pub(crate) async fn enter_account(&self, who: &Who, account: &AccountRow) -> Result<Token> {
        let mut tx = self.db().write().await?;
        let token = self.begin_session(&mut tx, who, account).await?;
        tx.commit().await?;
        Ok(token)
    }

    /// The same, in the transaction of the act that proved it.
    pub(crate) async fn begin_session(&self, tx: &mut Tx, who: &Who, account: &AccountRow) -> Result<Token> {
        let (subject, number) = (account.id, account.citizen_id.as_str());
        let opening = Opening { door: Door::Resident, subject, name: &account.name, limit_subject: number };
        self.open_session(tx, who, opening).await
    }

    /// Signs a member of staff in with login, password and one-time code (or an unused recovery code).
    ///
    /// **Permissions**: anyone, within the limits by login and by address.
    pub async fn sign_in_staff(&self, who: &Who, login: &str, password: String, code: &str) -> Result<Token> {
        let login = login.trim().to_lowercase();
        let tries_left = self.take_try(STAFF_SCOPE, &login, who).await?;
        let member = {
            let mut tx = self.db().read().await?;
            staff::staff_by_login(&mut tx, &login).await?
        };
        // Everything is looked at whatever is wrong, and a code is used up only when everything is right: a stranger
        // learns neither from the answer nor from its time which part was wrong.
        let fits = self.password_fits(password, member.as_ref().map(|m| m.password_hash.clone())).await?;
        let code = self.look_at_one_time_code(member.as_ref(), code).await?;
        let id = member.as_ref().map(|member| member.id);
        let known = member.filter(|m| fits && !m.is_disabled_at(self.now())).zip(code);
        let Some((member, code)) = known else {
            return self.refuse_sign_in(STAFF_SCOPE, id, tries_left, who).await;
        };
        // In one transaction: a password that is renewed meanwhile ends this session too, or lets it not begin.
        let mut tx = self.db().write().await?;
        if !self.use_one_time_code(&mut tx, &member, code).await? {
            drop(tx);
            return self.refuse_sign_in(STAFF_SCOPE, id, tries_left, who).await;
        }
        let opening = Opening { door: Door::Staff, subject: member.id, name: &member.name, limit_subject: &login };
        let token = self.open_session(&mut tx, who, opening).await?;
        tx.commit().await?;
        Ok(token)
    }

    /// Who a token stands for; `Anyone` when it stands for nobody (any more). The idle time begins anew.
    pub async fn who_of_token(&self, door: Door, token: Option<&str>, trace: Trace) -> Result<Who> {
        self.read_token(door, token, trace, true).await
    }

    /// The same for what a page does by itself: nobody is kept signed in by it.
    pub async fn who_of_quiet_token(&self, door: Door, token: Option<&str>, trace: Trace) -> Result<Who> {
        self.read_token(door, token, trace, false).await
    }

    async fn read_token(&self, door: Door, token: Option<&str>, trace: Trace, awake: bool) -> Result<Who> {
        let Some(token) = token else { return Ok(Who::anyone(trace)) };
        let (now, hash) = (self.now(), hash_of(token));
        let mut tx = self.db().read().await?;
        let session = sessions::session_by_token(&mut tx, &hash).await?;
        let Some(session) = session.filter(|s| {
            s.kind == door.kind() && s.ended_at.is_none() && now.0 < s.idle_until && now.0 < s.absolute_until
        }) else {
            return Ok(Who::anyone(trace));
        };
        let actor = match door {
            Door::Resident => match accounts::account_by_id(&mut tx, session.subject_id).await? {
                Some(a) => Actor::Resident(Resident {
                    organisations: organisations::organisations_acted_for(&mut tx, a.id, now.day()).await?,
                    account: a.id,
                    name: a.name,
                    citizen_id: a.citizen_id,
                    phone: a.phone,
                    level: a.level,
                }),
                None => Actor::Anyone,
            },
            Door::Staff => match staff::staff_by_id(&mut tx, session.subject_id).await? {
                Some(m) if !m.is_disabled_at(now) => {
                    let positions = read_positions(staff::positions_of(&mut tx, m.id, now.day()).await?);
                    let mandates = self.mandates_in_force(&mut tx, m.id, &positions).await?;
                    Actor::Staff(StaffMember { id: m.id, name: m.name, positions, mandates })
                }
                _ => Actor::Anyone,
            },
        };
        drop(tx);
        if awake && now.0 - session.seen_at > TOUCH_MS {
            let mut tx = self.db().write().await?;
            let idle_until = now.plus_ms(self.idle_ms(door));
            sessions::touch_session(&mut tx, &hash, now, idle_until).await?;
            tx.commit().await?;
        }
        Ok(Who { actor, acting_for: None, trace })
    }

    /// Ends the session of that token.
    ///
    /// **Permissions**: whoever holds the token.
    pub async fn sign_out(&self, who: &Who, token: &str) -> Result<()> {
        // Nobody is signed in: nothing ends.
        let Some(id) = who.label().1 else { return Ok(()) };
        let mut tx = self.db().write().await?;
        sessions::end_session(&mut tx, &hash_of(token), self.now()).await?;
        let object = Object { kind: "session", id: id.to_string(), office: None };
        audit::record(self, &mut tx, who, "sign_out", &object, json!({})).await?;
        tx.commit().await?;
        Ok(())
    }

    /// Opens a session after the proof: the tries are forgotten, the sign-in is recorded.
    async fn open_session(&self, tx: &mut Tx, who: &Who, opening: Opening<'_>) -> Result<Token> {
        let Opening { door, subject, name, limit_subject } = opening;
        let scope = match door {
            Door::Resident => RESIDENT_SCOPE,
            Door::Staff => STAFF_SCOPE,
        };
        let token = Token(URL_SAFE_NO_PAD.encode(self.0.clock.random_bytes::<32>()));
        let now = self.now();
        let row = SessionRow {
            token_hash: hash_of(&token.0),
            kind: door.kind().into(),
            subject_id: subject,
            created_at: now.0,
            seen_at: now.0,
            idle_until: now.0 + self.idle_ms(door),
            absolute_until: now.0 + self.absolute_ms(door),
            address: who.trace.address.clone(),
            agent: who.trace.agent.clone(),
            ended_at: None,
        };
        sessions::insert_session(tx, &row).await?;
        limits::clear_tries(tx, scope, limit_subject).await?;
        limits::give_back_try(tx, ADDRESS_SCOPE, &who.trace.address, BY_ADDRESS).await?;
        let object = Object { kind: door.kind(), id: subject.to_string(), office: None };
        let signed_in = Who { actor: named(door, subject, name), acting_for: None, trace: who.trace.clone() };
        audit::record(self, tx, &signed_in, "sign_in", &object, json!({})).await?;
        Ok(token)
    }

    /// Takes a try of the account and of the address before anything is looked at: many at once cannot outrun the count.
    /// A right one gives both back ([`Office::open_session`]).
    pub(crate) async fn take_try(&self, scope: &str, subject: &str, who: &Who) -> Result<i64> {
        let mut tx = self.db().write().await?;
        self.try_of_address(&mut tx, who).await?;
        let left = limits::take_try(&mut tx, scope, subject, BY_ACCOUNT, self.now()).await?;
        if left.is_err() {
            // The try of the address stays taken, so that nobody fills the record with tries at a locked account.
            let object = match scope {
                STAFF_SCOPE => {
                    sign_in_of(scope, staff::staff_by_login(&mut tx, subject).await?.map(|member| member.id))
                }
                _ => sign_in_of(scope, accounts::account_by_citizen_id(&mut tx, subject).await?.map(|known| known.id)),
            };
            audit::record(self, &mut tx, who, "sign_in_locked", &object, json!({})).await?;
        }
        tx.commit().await?;
        left.map_err(|until| Error::Locked { until })
    }

    /// Takes a try of the address alone, for a sign-up: it says whether a number has an account, so it may not be asked
    /// without end. A new account gives it back ([`Office::open_session`]).
    pub(crate) async fn take_try_of_address(&self, who: &Who) -> Result<()> {
        let mut tx = self.db().write().await?;
        self.try_of_address(&mut tx, who).await?;
        Ok(tx.commit().await?)
    }

    async fn try_of_address(&self, tx: &mut Tx, who: &Who) -> Result<()> {
        let left = limits::take_try(tx, ADDRESS_SCOPE, &who.trace.address, BY_ADDRESS, self.now()).await?;
        left.map(drop).map_err(|until| Error::TooManyFromHere { until })
    }

    /// The one answer to every sign-in that is refused, on the record.
    async fn refuse_sign_in(&self, scope: &str, id: Option<Uuid>, tries_left: i64, who: &Who) -> Result<Token> {
        let object = sign_in_of(scope, id);
        self.record_view(who, "sign_in_refused", &object, json!({ "tries_left": tries_left })).await?;
        Err(Problem::WrongCredentials { tries_left }.into())
    }

    /// Asks a resident who is signed in for the password once more; tries count as those of signing in.
    pub(crate) async fn prove_password(&self, who: &Who, resident: &Resident, password: String) -> Result<()> {
        let tries_left = self.take_try(RESIDENT_SCOPE, &resident.citizen_id, who).await?;
        let account = {
            let mut tx = self.db().read().await?;
            accounts::account_by_id(&mut tx, resident.account).await?
        };
        let hash = account.map(|account| account.password_hash).filter(|hash| !hash.is_empty());
        if !self.password_fits(password, hash).await? {
            let object = sign_in_of(RESIDENT_SCOPE, Some(resident.account));
            self.record_view(who, "password_refused", &object, json!({ "tries_left": tries_left })).await?;
            return Err(Problem::PasswordWrong { tries_left }.into());
        }
        let mut tx = self.db().write().await?;
        limits::clear_tries(&mut tx, RESIDENT_SCOPE, &resident.citizen_id).await?;
        limits::give_back_try(&mut tx, ADDRESS_SCOPE, &who.trace.address, BY_ADDRESS).await?;
        Ok(tx.commit().await?)
    }

    fn idle_ms(&self, door: Door) -> i64 {
        let config = self.config();
        match door {
            Door::Resident => config.resident_idle_minutes * MINUTE_MS,
            Door::Staff => config.staff_idle_minutes * MINUTE_MS,
        }
    }

    fn absolute_ms(&self, door: Door) -> i64 {
        let config = self.config();
        match door {
            Door::Resident => config.resident_absolute_hours * HOUR_MS,
            Door::Staff => config.staff_absolute_hours * HOUR_MS,
        }
    }
}

/// What a refused sign-in was tried at: the account when there is one. What was typed stays unwritten: it may be a
/// number of somebody else, or a password in the wrong field.
fn sign_in_of(scope: &str, id: Option<Uuid>) -> Object {
    let kind = if scope == STAFF_SCOPE { Door::Staff } else { Door::Resident }.kind();
    match id {
        Some(id) => Object { kind, id: id.to_string(), office: None },
        None => Object { kind: "sign_in", id: scope.into(), office: None },
    }
}

fn named(door: Door, id: Uuid, name: &str) -> Actor {
    match door {
        Door::Resident => Actor::Resident(Resident {
            account: id,
            name: name.into(),
            citizen_id: String::new(),
            phone: None,
            level: 0,
            organisations: Vec::new(),
        }),
        Door::Staff => Actor::Staff(StaffMember { id, name: name.into(), positions: Vec::new(), mandates: Vec::new() }),
    }
}

/// Positions whose role this program knows.
fn read_positions(rows: Vec<staff::PositionRow>) -> Vec<Position> {
    rows.into_iter()
        .filter_map(|row| Some(Position { office: row.office_id, role: Role::from_key(&row.role)?, title: row.title }))
        .collect()
}

/// What is stored of a token.
pub(crate) fn hash_of(token: &str) -> String {
    hex::encode(Sha256::digest(token.as_bytes()))
}
