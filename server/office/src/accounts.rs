//! Residents' accounts.

use crate::{
    Error, Office, Result, Who,
    audit::{self, Object},
    error::Problem,
    passwords,
    sessions::Token,
};
use domain::person::{CitizenId, FullName, Phone};
use serde_json::json;
use store::{StoreError, accounts, accounts::AccountRow, commands};
use uuid::Uuid;

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
    /// A repeat of the command with the same password is signed in to the account of the first: who presses twice on a
    /// slow line is not told that the number is taken.
    ///
    /// **Permissions**: anyone, within the limit by address of numbers that have an account already.
    pub async fn sign_up(&self, who: &Who, input: SignUp, command: Uuid) -> Result<Token> {
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
            password_hash: self.hash_password(input.password.clone()).await?,
            level: 0,
            created_at: self.now().0,
        };
        let mut tx = self.db().write().await?;
        match accounts::insert_account(&mut tx, &row).await {
            Ok(()) => {
                let object = Object { kind: "account", id: row.id.to_string(), office: None };
                audit::record(self, &mut tx, who, "sign_up", &object, json!({})).await?;
                commands::keep_answer(&mut tx, row.id, command, "sign_up", &row.id, self.now()).await?;
                tx.commit().await?;
                self.enter_account(who, &row).await
            }
            Err(StoreError::Duplicate(_)) => {
                drop(tx);
                let first = self.signed_up_before(&row.citizen_id, input.password, command).await?;
                let first = first.ok_or(Problem::CitizenIdTaken)?;
                self.enter_account(who, &first).await
            }
            Err(other) => Err(Error::from(other)),
        }
    }

    /// The account of that number, when this command opened it with this password.
    async fn signed_up_before(&self, number: &str, password: String, command: Uuid) -> Result<Option<AccountRow>> {
        let mut tx = self.db().read().await?;
        let Some(account) = accounts::account_by_citizen_id(&mut tx, number).await? else { return Ok(None) };
        let opened = commands::answer_of::<Uuid>(&mut tx, account.id, command).await?.is_some();
        drop(tx);
        if !opened {
            return Ok(None);
        }
        let fits = self.password_fits(password, Some(account.password_hash.clone())).await?;
        Ok(fits.then_some(account))
    }
}
