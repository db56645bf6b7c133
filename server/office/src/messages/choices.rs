//! How a resident wants to be told. An address counts once a code that was sent there has come back.

use super::{MessageRow, MessageState, quiet_of};
use crate::{
    Error, Office, Result, Who,
    audit::{self, Object},
    error::Problem,
    sessions::hash_of,
};
use domain::{
    message::{EmailAddress, Means, Message, QuietHours},
    person::Phone,
    time::{DAY_MS, Instant, TimeOfDay},
};
use serde_json::json;
use store::{
    Tx, accounts, limits,
    limits::Limit,
    messages::{self, ChoiceRow, OF_NO_OFFICE},
};
use uuid::Uuid;

/// What a resident types on the account page.
#[derive(Debug, Clone, Default)]
pub struct Choosing {
    /// `none`, or the key of a means.
    pub means: String,
    /// The address of mail; asked for with that means alone.
    pub email: String,
    /// The mobile number; asked for with that means alone.
    pub phone: String,
    /// `21:00`.
    pub quiet_from: String,
    /// `06:30`.
    pub quiet_to: String,
}

/// How a resident is told, for the account page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choice {
    /// None: not told.
    pub means: Option<Means>,
    pub email: Option<String>,
    pub phone: Option<String>,
    pub quiet: QuietHours,
    /// The address that waits for its code.
    pub pending: Option<Pending>,
}

/// An address that is not proven yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pending {
    pub means: Means,
    pub address: String,
    pub state: PendingState,
}

/// What became of its code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PendingState {
    /// On its way.
    Sending,
    /// Sent; it serves until then.
    Sent { until: Instant },
    /// Nothing can be sent there.
    Refused,
    /// Not sent in time, or not used in time.
    Over,
}

/// Codes that one account may ask for.
const BY_ACCOUNT: Limit = Limit { tries: 6, window_ms: 3_600_000, lock_ms: 3_600_000 };
/// Codes that may be sent to one address in a day, whoever asks: nobody is flooded with them.
const BY_ADDRESS: Limit = Limit { tries: 6, window_ms: DAY_MS, lock_ms: DAY_MS };
/// Wrong codes before a new one has to be asked for.
const BY_CODE: Limit = Limit { tries: 5, window_ms: 15 * 60_000, lock_ms: 15 * 60_000 };
const ASK_SCOPE: &str = "address-code";
const TO_SCOPE: &str = "address-code-to";
const TRY_SCOPE: &str = "address-code-try";

impl Office {
    /// How the resident is told.
    ///
    /// **Permissions**: a signed-in resident, for oneself.
    pub async fn my_message_choice(&self, who: &Who) -> Result<Choice> {
        let resident = who.resident().ok_or(Error::SignInFirst)?;
        let mut tx = self.db().read().await?;
        let Some(row) = messages::choice_of(&mut tx, resident.account).await? else {
            return Ok(Choice { means: None, email: None, phone: None, quiet: QuietHours::USUAL, pending: None });
        };
        let code = messages::newest_code_message(&mut tx, resident.account).await?;
        let quiet = quiet_of(&row);
        let pending = pending_of(&row, code.as_ref(), self.now());
        Ok(Choice { means: Means::from_key(&row.means), email: row.email, phone: row.phone, quiet, pending })
    }

    /// Chooses how to be told. An address that is not proven gets a code first, and the choice stays as it was until the
    /// code has come back. A repeat of the command changes nothing more.
    ///
    /// **Permissions**: a signed-in resident, for oneself, within the limits of codes.
    pub async fn choose_messages(&self, who: &Who, choosing: Choosing, command: Uuid) -> Result<()> {
        let resident = who.resident().ok_or(Error::SignInFirst)?;
        let wanted = self.read_wanted(&choosing)?;
        let minutes = |typed: &str, field| {
            let time: TimeOfDay = typed.trim().parse().map_err(|_| Problem::Missing(field))?;
            Ok::<_, Error>(i64::from(time.0 / 60_000))
        };
        let (from, to) = (minutes(&choosing.quiet_from, "quiet_from")?, minutes(&choosing.quiet_to, "quiet_to")?);
        let now = self.now();
        let mut tx = self.db().write().await?;
        accounts::hold_account(&mut tx, resident.account).await?;
        if self.answered_before::<bool>(&mut tx, who, command).await?.is_some() {
            return Ok(());
        }
        let before = messages::choice_of(&mut tx, resident.account).await?;
        let mut row = before.unwrap_or_else(|| blank(resident.account));
        (row.quiet_from, row.quiet_to, row.updated_at) = (from, to, now.0);
        (row.pending_means, row.pending_address, row.code_hash, row.code_until) = (None, None, None, None);
        let mut asked = false;
        match wanted {
            None => row.means = NONE.into(),
            Some((means, address)) if proven(&row, means) == Some(&address) => row.means = means.key().into(),
            Some((means, address)) => {
                self.ask_code(&mut tx, resident.account, means, &address).await?;
                (row.pending_means, row.pending_address) = (Some(means.key().into()), Some(address));
                asked = true;
            }
        }
        messages::save_choice(&mut tx, &row).await?;
        let detail = json!({ "means": choosing.means, "code_asked": asked });
        audit::record(self, &mut tx, who, "choose_messages", &of_account(resident.account), detail).await?;
        self.keep_once(&mut tx, who, command, "choose_messages", &asked).await?;
        Ok(tx.commit().await?)
    }

    /// Proves an address by the code that was sent there; from then on it is the way the resident is told.
    ///
    /// **Permissions**: a signed-in resident, for oneself, within the limit of wrong codes.
    pub async fn confirm_message_address(&self, who: &Who, code: &str, command: Uuid) -> Result<()> {
        let resident = who.resident().ok_or(Error::SignInFirst)?;
        let (account, subject) = (resident.account, resident.account.to_string());
        let typed: String = code.chars().filter(char::is_ascii_digit).collect();
        let now = self.now();
        let mut tx = self.db().write().await?;
        accounts::hold_account(&mut tx, account).await?;
        if self.answered_before::<bool>(&mut tx, who, command).await?.is_some() {
            return Ok(());
        }
        let row = messages::choice_of(&mut tx, account).await?.ok_or(Error::Stale)?;
        let (Some(means), Some(address)) =
            (row.pending_means.as_deref().and_then(Means::from_key), row.pending_address.clone())
        else {
            return Err(Error::Stale);
        };
        // The try is taken before the code is looked at, and stays taken when it is wrong.
        let left = limits::take_try(&mut tx, TRY_SCOPE, &subject, BY_CODE, now).await?;
        let left = match left {
            Ok(left) => left,
            Err(until) => return Err(Error::Locked { until }),
        };
        let serves = row.code_until.is_some_and(|until| now.0 < until);
        if !serves || row.code_hash.as_deref() != Some(&hash_of(&format!("{account}:{typed}"))) {
            tx.commit().await?;
            return Err(Problem::CodeWrong { tries_left: left }.into());
        }
        limits::clear_tries(&mut tx, TRY_SCOPE, &subject).await?;
        let mut row = ChoiceRow {
            means: means.key().into(),
            pending_means: None,
            pending_address: None,
            code_hash: None,
            code_until: None,
            updated_at: now.0,
            ..row
        };
        match means {
            Means::Email => row.email = Some(address),
            Means::Sms => row.phone = Some(address),
        }
        messages::save_choice(&mut tx, &row).await?;
        let detail = json!({ "means": means.key() });
        audit::record(self, &mut tx, who, "confirm_message_address", &of_account(account), detail).await?;
        self.keep_once(&mut tx, who, command, "confirm_message_address", &true).await?;
        Ok(tx.commit().await?)
    }

    /// The way and the address that were typed; none for whoever wants no message.
    fn read_wanted(&self, choosing: &Choosing) -> Result<Option<(Means, String)>> {
        if choosing.means == NONE {
            return Ok(None);
        }
        let means = Means::from_key(&choosing.means).ok_or(Problem::Missing("means"))?;
        if !self.config().message_means.contains(&means) {
            return Err(Problem::Missing("means").into());
        }
        let address = match means {
            Means::Email => {
                EmailAddress::parse(&choosing.email).map_err(|_| Problem::EmailInvalid)?.as_str().to_string()
            }
            Means::Sms => read_mobile(&choosing.phone)?,
        };
        Ok(Some((means, address)))
    }

    /// Lays a code down to be sent to an address. Its resident waits for it, so the night does not hold it back.
    async fn ask_code(&self, tx: &mut Tx, account: Uuid, means: Means, address: &str) -> Result<()> {
        let now = self.now();
        for (scope, subject, limit) in
            [(ASK_SCOPE, account.to_string(), BY_ACCOUNT), (TO_SCOPE, hash_of(address), BY_ADDRESS)]
        {
            limits::take_try(tx, scope, &subject, limit, now).await?.map_err(|until| Error::TooManyCodes { until })?;
        }
        let row = MessageRow {
            office_id: OF_NO_OFFICE,
            id: self.new_id(),
            dossier_id: None,
            seq: None,
            account_id: Some(account),
            means: means.key().into(),
            address: address.into(),
            body: Message::AddressCode,
            state: MessageState::Waiting.key().into(),
            send_at: now.0,
            attempts: 0,
            problem: None,
            created_at: now.0,
            settled_at: None,
            told_how: None,
        };
        messages::insert_message(tx, &row).await?;
        Ok(())
    }
}

/// The key of no means.
const NONE: &str = "none";

/// Reads a telephone that can receive short messages.
pub(crate) fn read_mobile(typed: &str) -> Result<String> {
    let phone = Phone::parse(typed).map_err(|_| Problem::PhoneInvalid)?;
    if !phone.is_mobile() {
        return Err(Problem::PhoneNotMobile.into());
    }
    Ok(phone.as_str().to_string())
}

fn proven(row: &ChoiceRow, means: Means) -> Option<&String> {
    match means {
        Means::Email => row.email.as_ref(),
        Means::Sms => row.phone.as_ref(),
    }
}

fn pending_of(row: &ChoiceRow, code: Option<&MessageRow>, now: Instant) -> Option<Pending> {
    let means = Means::from_key(row.pending_means.as_deref()?)?;
    let address = row.pending_address.clone()?;
    let state = match code.filter(|code| code.address == address).and_then(|code| MessageState::from_key(&code.state)) {
        Some(MessageState::Refused) => PendingState::Refused,
        Some(MessageState::Sent) => match row.code_until.map(Instant) {
            Some(until) if now < until => PendingState::Sent { until },
            _ => PendingState::Over,
        },
        Some(MessageState::Waiting) => PendingState::Sending,
        Some(MessageState::Dropped | MessageState::ToldOtherwise) | None => PendingState::Over,
    };
    Some(Pending { means, address, state })
}

fn blank(account_id: Uuid) -> ChoiceRow {
    ChoiceRow {
        account_id,
        means: NONE.into(),
        email: None,
        phone: None,
        pending_means: None,
        pending_address: None,
        code_hash: None,
        code_until: None,
        quiet_from: 0,
        quiet_to: 0,
        updated_at: 0,
    }
}

fn of_account(account: Uuid) -> Object {
    Object { kind: "account", id: account.to_string(), office: None }
}
