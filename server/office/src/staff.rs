//! Staff: who works here, and the second proof at the door.

use crate::{
    Error, Office, Result, Who,
    audit::{self, Object},
    error::Problem,
    sessions::{Door, hash_of},
};
use domain::{dossier::Status, person::FullName, role::Role, text, time::Day};
use serde_json::{Value, json};
use store::{
    StoreError, Tx,
    queues::{self, Filter},
    sessions,
    staff::{self, PositionRow, StaffRow},
};
use totp_rs::{Builder, Secret, Totp};
use uuid::Uuid;

/// A new member of staff, as the operator types at the command line.
#[derive(Debug, Clone)]
pub struct NewStaff {
    pub login: String,
    pub name: String,
    pub phone: Option<String>,
    pub password: String,
    pub positions: Vec<NewPosition>,
}

/// A role in an office from a day on.
#[derive(Debug, Clone)]
pub struct NewPosition {
    pub office: i64,
    pub role: Role,
    pub title: String,
    pub from: Day,
    pub to: Option<Day>,
}

/// What the operator hands to the new member of staff, once.
#[derive(Clone)]
pub struct Welcome {
    pub id: Uuid,
    /// The secret of one-time codes, base32, for the authenticator.
    pub totp_secret: String,
    pub recovery_codes: Vec<String>,
}

/// What the end of somebody's work here came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Ended {
    /// Positions that end with the last day.
    pub positions: u64,
    /// Sessions that ended at once.
    pub sessions: u64,
    /// Dossiers still in this person's hands, stopping at a hundred: somebody must be given them.
    pub in_hand: i64,
}

/// How many recovery codes a member of staff gets.
const RECOVERY_CODES: usize = 8;

impl Office {
    /// Enters a member of staff with positions, a secret for one-time codes and recovery codes.
    ///
    /// **Permissions**: the operator at the command line.
    pub async fn create_staff(&self, who: &Who, new: NewStaff) -> Result<Welcome> {
        self.may_operate(who)?;
        let name = FullName::parse(&new.name).map_err(|_| Problem::NameInvalid)?;
        if new.positions.iter().any(|position| position.to.is_some_and(|to| to < position.from)) {
            return Err(Problem::DateInvalid("to").into());
        }
        let (totp_secret, recovery_codes) = self.new_secrets();
        let row = StaffRow {
            id: self.new_id(),
            login: new.login.trim().to_lowercase(),
            sort_key: text::sort_key(name.as_str()),
            name: name.as_str().to_string(),
            phone: new.phone,
            password_hash: self.hash_password(new.password).await?,
            totp_secret: totp_secret.clone(),
            totp_last_step: 0,
            created_at: self.now().0,
            disabled_at: None,
        };
        let mut tx = self.db().write().await?;
        self.insert_member(&mut tx, who, &row, new.positions, &recovery_codes, None).await?;
        tx.commit().await?;
        Ok(Welcome { id: row.id, totp_secret, recovery_codes })
    }

    /// A new member of staff with positions and recovery codes, on the record of the unit that they come to.
    pub(crate) async fn insert_member(
        &self,
        tx: &mut Tx,
        who: &Who,
        row: &StaffRow,
        positions: Vec<NewPosition>,
        recovery_codes: &[String],
        unit: Option<i64>,
    ) -> Result<()> {
        match staff::insert_staff(tx, row).await {
            Err(StoreError::Duplicate(_)) => return Err(Problem::LoginTaken.into()),
            done => done?,
        }
        let roles: Vec<_> =
            positions.iter().map(|one| json!({ "office": one.office, "role": one.role.key() })).collect();
        for position in positions {
            staff::insert_position(tx, &self.position_row(row.id, position)).await?;
        }
        for code in recovery_codes {
            staff::insert_recovery_code(tx, row.id, &hash_of(code)).await?;
        }
        let object = Object { kind: "staff", id: row.id.to_string(), office: unit };
        audit::record(self, tx, who, "create_staff", &object, json!({ "positions": roles })).await
    }

    /// A position as it is kept.
    pub(crate) fn position_row(&self, staff: Uuid, position: NewPosition) -> PositionRow {
        PositionRow {
            id: self.new_id(),
            staff_id: staff,
            office_id: position.office,
            role: position.role.key().into(),
            title: position.title,
            valid_from: i64::from(position.from.0),
            valid_to: position.to.map(|day| i64::from(day.0)),
        }
    }

    /// Ends somebody's work here with that day; without a day, at once. Positions end, the login is shut from the next
    /// day on (or at once), and with it every session. What the person did stays theirs. An end is moved earlier,
    /// never later.
    ///
    /// **Permissions**: the operator at the command line.
    pub async fn end_staff(&self, who: &Who, login: &str, last: Option<Day>) -> Result<Ended> {
        self.may_operate(who)?;
        let mut tx = self.db().write().await?;
        let member = member_of(&mut tx, login).await?;
        let ended = self.end_work(&mut tx, who, member.id, last, None).await?;
        tx.commit().await?;
        Ok(ended)
    }

    /// Ends all of somebody's work, on the record of the unit whose administrator does it.
    pub(crate) async fn end_work(
        &self,
        tx: &mut Tx,
        who: &Who,
        member: Uuid,
        last: Option<Day>,
        unit: Option<i64>,
    ) -> Result<Ended> {
        let now = self.now();
        let shut = last.map_or(now, |day| day.next().start().max(now));
        let last = last.unwrap_or_else(|| now.day());
        let before = staff::positions_of_all(tx, &[member]).await?;
        let positions = staff::end_positions(tx, member, last).await?;
        staff::disable_staff(tx, member, shut).await?;
        let mut sessions = 0;
        if shut == now {
            sessions = sessions::end_sessions_of(tx, Door::Staff.kind(), member, now).await?;
        }
        let in_hand = self.count_in_hand(tx, member).await?;
        let object = Object { kind: "staff", id: member.to_string(), office: unit };
        let after = staff::positions_of_all(tx, &[member]).await?;
        let detail = json!({
            "last_day": last, "positions": positions, "sessions": sessions, "in_hand": in_hand,
            "before": held(&before), "after": held(&after),
        });
        audit::record(self, tx, who, "end_staff", &object, detail).await?;
        Ok(Ended { positions, sessions, in_hand })
    }

    /// Open dossiers in somebody's hands, stopping at a hundred.
    pub(crate) async fn count_in_hand(&self, tx: &mut Tx, member: Uuid) -> Result<i64> {
        let open = Status::ALL.iter().filter(|status| !status.is_terminal()).map(|status| i64::from(status.code()));
        let filter = Filter {
            offices: self.books().places.authority_ids(),
            statuses: open.collect(),
            assignees: vec![member],
            ..Filter::default()
        };
        Ok(queues::count_queue(tx, &filter).await?)
    }

    /// Gives a member of staff a new secret of one-time codes and new recovery codes, and a new password when there is
    /// one: a phone was lost, or somebody has seen what they should not. The old ones open nothing any more, and every
    /// session ends.
    ///
    /// **Permissions**: the operator at the command line.
    pub async fn renew_staff(&self, who: &Who, login: &str, password: Option<String>) -> Result<Welcome> {
        self.may_operate(who)?;
        let hash = match password {
            Some(password) => Some(self.hash_password(password).await?),
            None => None,
        };
        let mut tx = self.db().write().await?;
        let member = member_of(&mut tx, login).await?;
        let welcome = self.renew_secrets(&mut tx, who, &member, hash, None).await?;
        tx.commit().await?;
        Ok(welcome)
    }

    /// New secrets for a member of staff, on the record of the unit whose administrator gives them.
    pub(crate) async fn renew_secrets(
        &self,
        tx: &mut Tx,
        who: &Who,
        member: &StaffRow,
        hash: Option<String>,
        unit: Option<i64>,
    ) -> Result<Welcome> {
        let now = self.now();
        if member.is_disabled_at(now) {
            return Err(Problem::LoginShut.into());
        }
        let (totp_secret, recovery_codes) = self.new_secrets();
        staff::replace_totp_secret(tx, member.id, &totp_secret).await?;
        staff::drop_recovery_codes(tx, member.id).await?;
        for code in &recovery_codes {
            staff::insert_recovery_code(tx, member.id, &hash_of(code)).await?;
        }
        if let Some(hash) = &hash {
            staff::replace_password(tx, member.id, hash).await?;
        }
        let sessions = sessions::end_sessions_of(tx, Door::Staff.kind(), member.id, now).await?;
        let object = Object { kind: "staff", id: member.id.to_string(), office: unit };
        let detail = json!({ "password": hash.is_some(), "sessions": sessions });
        audit::record(self, tx, who, "renew_staff", &object, detail).await?;
        Ok(Welcome { id: member.id, totp_secret, recovery_codes })
    }

    /// A secret of one-time codes, and recovery codes.
    pub(crate) fn new_secrets(&self) -> (String, Vec<String>) {
        let totp_secret = Secret::from(self.0.clock.random_bytes::<20>().to_vec()).to_base32();
        let recovery_codes = (0..RECOVERY_CODES).map(|_| hex::encode(self.0.clock.random_bytes::<5>())).collect();
        (totp_secret, recovery_codes)
    }

    /// The one-time code of an account now. Demonstration only.
    ///
    /// **Permissions**: the operator at the command line, in demo mode.
    pub async fn demo_totp(&self, login: &str) -> Result<String> {
        if !self.config().demo {
            return Err(Error::Forbidden);
        }
        let mut tx = self.db().read().await?;
        let member = staff::staff_by_login(&mut tx, &login.trim().to_lowercase()).await?.ok_or(Error::NotFound)?;
        Ok(totp_of(&member.totp_secret)?.generate(self.now().0 as u64 / 1000).to_string())
    }

    /// Finds what a typed code is, using nothing up. Without a member, takes as long and finds nothing.
    pub(crate) async fn look_at_one_time_code(&self, member: Option<&StaffRow>, code: &str) -> Result<Option<Code>> {
        let code: String = code.chars().filter(|c| c.is_ascii_alphanumeric()).collect();
        let secret = member.map_or(NOBODYS_SECRET, |m| m.totp_secret.as_str());
        let step = totp_of(secret)?.check(&code, self.now().0 as u64 / 1000).map(|step| step as i64);
        let hash = hash_of(&code.to_lowercase());
        let mut tx = self.db().read().await?;
        let id = member.map_or(Uuid::nil(), |m| m.id);
        let is_recovery_code = staff::is_recovery_code_unused(&mut tx, id, &hash).await?;
        let Some(member) = member else { return Ok(None) };
        let step = step.filter(|step| *step > member.totp_last_step);
        Ok(step.map(Code::Step).or_else(|| is_recovery_code.then_some(Code::Recovery(hash))))
    }

    /// Uses a code up; `false` when somebody was faster with the same one, or what the proof was held against has been
    /// renewed meanwhile.
    pub(crate) async fn use_one_time_code(&self, tx: &mut Tx, member: &StaffRow, code: Code) -> Result<bool> {
        let used = match code {
            Code::Step(step) => staff::use_totp_step(tx, member.id, step).await?,
            Code::Recovery(hash) => staff::use_recovery_code(tx, member.id, &hash, self.now()).await?,
        };
        let now = staff::staff_by_id(tx, member.id).await?;
        let is_same = now.is_some_and(|now| {
            now.password_hash == member.password_hash
                && now.totp_secret == member.totp_secret
                && !now.is_disabled_at(self.now())
        });
        Ok(used && is_same)
    }
}

/// Positions as the record keeps them.
pub(crate) fn held(positions: &[PositionRow]) -> Vec<Value> {
    let line = |one: &PositionRow| json!({ "office": one.office_id, "role": one.role, "from": one.valid_from, "to": one.valid_to });
    positions.iter().map(line).collect()
}

async fn member_of(tx: &mut Tx, login: &str) -> Result<StaffRow> {
    staff::staff_by_login(tx, &login.trim().to_lowercase()).await?.ok_or(Error::NotFound)
}

/// What a typed code is.
pub(crate) enum Code {
    /// The code of that step of thirty seconds.
    Step(i64),
    /// A recovery code, by its hash.
    Recovery(String),
}

/// A secret that nobody has, checked when the login is nobody's, so that both answers take the same time.
const NOBODYS_SECRET: &str = "NVXXIY3VMEWW433CN5SHSLLNN52GG5LB";

fn totp_of(secret: &str) -> Result<Totp> {
    let secret = Secret::try_from_base32(secret).map_err(|e| Error::Broken(format!("{e:?}")))?;
    // One step of thirty seconds of grace on either side, for the clock of a phone.
    Builder::new().with_secret(secret).with_skew(1).build().map_err(|e| Error::Broken(format!("{e:?}")))
}
