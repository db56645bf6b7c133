//! Staff: who works here, and the second proof at the door.

use crate::{
    Error, Office, Result, Who,
    audit::{self, Object},
    error::Problem,
    sessions::hash_of,
};
use domain::{person::FullName, role::Role, text, time::Day};
use serde_json::json;
use store::staff::{self, PositionRow, StaffRow};
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

/// How many recovery codes a member of staff gets.
const RECOVERY_CODES: usize = 8;

impl Office {
    /// Enters a member of staff with positions, a secret for one-time codes and recovery codes.
    ///
    /// **Permissions**: the operator at the command line.
    pub async fn create_staff(&self, new: NewStaff) -> Result<Welcome> {
        let name = FullName::parse(&new.name).map_err(|_| Problem::NameInvalid)?;
        let totp_secret = Secret::from(self.0.clock.random_bytes::<20>().to_vec()).to_base32();
        let recovery_codes: Vec<String> =
            (0..RECOVERY_CODES).map(|_| hex::encode(self.0.clock.random_bytes::<5>())).collect();
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
        staff::insert_staff(&mut tx, &row).await?;
        let held: Vec<_> =
            new.positions.iter().map(|one| json!({ "office": one.office, "role": one.role.key() })).collect();
        for position in new.positions {
            let row = PositionRow {
                id: self.new_id(),
                staff_id: row.id,
                office_id: position.office,
                role: position.role.key().into(),
                title: position.title,
                valid_from: i64::from(position.from.0),
                valid_to: position.to.map(|day| i64::from(day.0)),
            };
            staff::insert_position(&mut tx, &row).await?;
        }
        for code in &recovery_codes {
            staff::insert_recovery_code(&mut tx, row.id, &hash_of(code)).await?;
        }
        let object = Object { kind: "staff", id: row.id.to_string(), office: None };
        audit::record(self, &mut tx, &Who::system(), "create_staff", &object, json!({ "positions": held })).await?;
        tx.commit().await?;
        Ok(Welcome { id: row.id, totp_secret, recovery_codes })
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

    /// Uses a code up; `false` when somebody was faster with the same one.
    pub(crate) async fn use_one_time_code(&self, member: &StaffRow, code: Code) -> Result<bool> {
        let mut tx = self.db().write().await?;
        let used = match code {
            Code::Step(step) => staff::use_totp_step(&mut tx, member.id, step).await?,
            Code::Recovery(hash) => staff::use_recovery_code(&mut tx, member.id, &hash, self.now()).await?,
        };
        tx.commit().await?;
        Ok(used)
    }
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
