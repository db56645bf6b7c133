//! A new password without the old one: a code from the counter, printed after the person was seen.

use crate::{
    Error, Office, Result, Who,
    audit::{self, Object},
    error::Problem,
    passwords,
    sessions::{Door, RECOVERY_SCOPE, Token},
};
use serde_json::json;
use sha2::{Digest, Sha256};
use store::{accounts, accounts::AccountRow, commands, limits, proofs, sessions};
use uuid::Uuid;

/// Digits of a code: read aloud in two breaths, and five tries a quarter of an hour find none in a day.
const DIGITS: usize = 8;
/// Shortest text a code is drawn from.
const DRAW_LEAST: usize = 20;

/// What a resident types to set a new password.
#[derive(Debug, Clone)]
pub struct NewPassword {
    pub citizen_id: String,
    pub code: String,
    pub password: String,
    pub password_again: String,
}

/// The code that is drawn for a number from a secret. Whoever has the secret can draw it again; it is stored nowhere.
pub(crate) fn code_of(number: &str, draw: &str) -> Result<String> {
    if draw.len() < DRAW_LEAST {
        return Err(Problem::Missing("draw").into());
    }
    let hash = Sha256::digest(format!("account code\n{number}\n{draw}").as_bytes());
    let number = hash.iter().take(8).fold(0_u64, |number, byte| number << 8 | u64::from(*byte));
    Ok(format!("{:0DIGITS$}", number % 10_u64.pow(DIGITS as u32)))
}

impl Office {
    /// What the code of a form is drawn from. It stands in the form, and in the browser of whoever sent it.
    pub fn new_draw(&self) -> String {
        hex::encode(self.0.clock.random_bytes::<16>())
    }

    /// Sets a new password with a code from the counter, ends every session of the account, and begins one here.
    ///
    /// A repeat of the command with the same password is signed in again.
    ///
    /// **Permissions**: whoever holds the code, within the limits by number and by address.
    pub async fn set_password_by_code(&self, who: &Who, input: NewPassword, command: Uuid) -> Result<Token> {
        if input.password.chars().count() < passwords::LEAST {
            return Err(Problem::PasswordTooShort { least: passwords::LEAST }.into());
        }
        if input.password != input.password_again {
            return Err(Problem::PasswordsDiffer.into());
        }
        let digits = |text: &str| text.chars().filter(char::is_ascii_digit).collect::<String>();
        let (number, code) = (digits(&input.citizen_id), digits(&input.code));
        let tries_left = self.take_try(RECOVERY_SCOPE, &number, who).await?;
        let (account, open) = {
            let mut tx = self.db().read().await?;
            let account = accounts::account_by_citizen_id(&mut tx, &number).await?;
            let open = match &account {
                Some(account) => proofs::open_code_of(&mut tx, account.id, self.now()).await?,
                None => None,
            };
            (account, open)
        };
        // Looked at whatever is wrong, so that the time tells nothing.
        let fits = self.password_fits(code, open.as_ref().map(|open| open.code_hash.clone())).await?;
        let hash = self.hash_password(input.password.clone()).await?;
        let Some((account, open)) = account.clone().zip(open).filter(|_| fits) else {
            return self.come_again(who, account, input.password, command, tries_left).await;
        };
        let now = self.now();
        let mut tx = self.db().write().await?;
        accounts::hold_account(&mut tx, account.id).await?;
        if !proofs::use_code(&mut tx, account.id, open.id, now).await? {
            drop(tx);
            return self.come_again(who, Some(account), input.password, command, tries_left).await;
        }
        accounts::set_password(&mut tx, account.id, &hash).await?;
        let ended = sessions::end_sessions_of(&mut tx, Door::Resident.kind(), account.id, now).await?;
        limits::clear_tries(&mut tx, RECOVERY_SCOPE, &number).await?;
        let object = Object { kind: "account", id: account.id.to_string(), office: None };
        audit::record(self, &mut tx, who, "set_password_by_code", &object, json!({ "sessions": ended })).await?;
        commands::keep_answer(&mut tx, account.id, command, "set_password_by_code", &(), now).await?;
        let token = self.begin_session(&mut tx, who, &account).await?;
        tx.commit().await?;
        Ok(token)
    }

    /// The end of a try whose code does not open (any more): the second press of a form is signed in, everybody else
    /// is told that number or code is wrong, on the record.
    async fn come_again(
        &self,
        who: &Who,
        account: Option<AccountRow>,
        password: String,
        command: Uuid,
        tries_left: i64,
    ) -> Result<Token> {
        if let Some(account) = &account {
            let mut tx = self.db().read().await?;
            let first = commands::answer_of::<()>(&mut tx, account.id, command).await?.is_some();
            // The password as the first press has set it.
            let account = accounts::account_by_id(&mut tx, account.id).await?.filter(|_| first);
            drop(tx);
            if let Some(account) = account
                && self.password_fits(password, Some(account.password_hash.clone())).await?
            {
                return self.enter_account(who, &account).await;
            }
        }
        let object = match account {
            Some(account) => Object { kind: "account", id: account.id.to_string(), office: None },
            None => Object { kind: "sign_in", id: RECOVERY_SCOPE.into(), office: None },
        };
        self.record_view(who, "account_code_refused", &object, json!({ "tries_left": tries_left })).await?;
        Err(Error::from(Problem::WrongCode { tries_left }))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_eight_digits_of_its_number_and_its_draw() {
        let draw = "0123456789abcdef0123456789abcdef";
        let code = code_of("054090004321", draw).expect("a code");
        assert!(code.len() == DIGITS && code.chars().all(|digit| digit.is_ascii_digit()), "{code}");
        assert_eq!(code_of("054090004321", draw).ok(), Some(code.clone()), "drawn again, it is the same");
        assert_ne!(code_of("054090004322", draw).ok(), Some(code.clone()));
        assert_ne!(code_of("054090004321", "1123456789abcdef0123456789abcdef").ok(), Some(code));
        assert!(code_of("054090004321", "short").is_err(), "nothing that could be guessed is drawn from");
    }
}
