//! Residents' accounts.

use crate::{
    Error, Office, Result, Who,
    audit::{self, Object},
    error::Problem,
    passwords,
    sessions::{Door, RESIDENT_SCOPE, Token},
};
use domain::person::{CitizenId, FullName, Phone};
use serde_json::json;
use store::{StoreError, accounts, accounts::AccountRow};

/// What a resident types to open an account.
#[derive(Debug, Clone)]
pub struct SignUp {
    pub citizen_id: String,
    pub name: String,
    pub phone: String,
    pub password: String,
    pub password_again: String,
}

impl Office {
    /// Opens an account of level 0 and signs it in. The number is claimed, not proven.
    ///
    /// **Permissions**: anyone, within the limit by address of numbers that have an account already.
    pub async fn sign_up(&self, who: &Who, input: SignUp) -> Result<Token> {
        let citizen_id = CitizenId::parse(&input.citizen_id).map_err(|_| Problem::CitizenIdInvalid)?;
        let name = FullName::parse(&input.name).map_err(|_| Problem::NameInvalid)?;
        let phone = match input.phone.trim() {
            "" => None,
            typed => Some(Phone::parse(typed).map_err(|_| Problem::PhoneInvalid)?.as_str().to_string()),
        };
        if input.password.chars().count() < passwords::LEAST {
            return Err(Problem::PasswordTooShort { least: passwords::LEAST }.into());
        }
        if input.password != input.password_again {
            return Err(Problem::PasswordsDiffer.into());
        }
        self.take_try_of_address(who).await?;
        let row = AccountRow {
            id: self.new_id(),
            citizen_id: citizen_id.as_str().to_string(),
            name: name.as_str().to_string(),
            phone,
            password_hash: self.hash_password(input.password).await?,
            level: 0,
            created_at: self.now().0,
        };
        let mut tx = self.db().write().await?;
        match accounts::insert_account(&mut tx, &row).await {
            Ok(()) => {
                let object = Object { kind: "account", id: row.id.to_string(), office: None };
                audit::record(self, &mut tx, who, "sign_up", &object, json!({})).await?;
                tx.commit().await?;
            }
            Err(StoreError::Duplicate(_)) => return Err(Problem::CitizenIdTaken.into()),
            Err(other) => return Err(Error::from(other)),
        }
        self.open_session(who, Door::Resident, row.id, &row.name, RESIDENT_SCOPE, &row.citizen_id).await
    }
}
