//! What residents are told by letter or short message.
//!
//! A message is a row written with the event it tells of, in one transaction ([`Office::queue_messages`]); a worker hands
//! it to a [`Carrier`] ([`sending`]). Residents choose on their account page how they are told ([`choices`]); a walk-in
//! agrees at the counter. The wording comes from the views, through [`crate::Config::message_words`].

mod choices;
mod sending;

pub(crate) use choices::read_mobile;
pub use choices::{Choice, Choosing, Pending, PendingState};
pub use store::messages::MessageRow;

use crate::{
    Error, Office, Result, Who,
    audit::{self, Object},
    rights::Task,
};
use domain::{
    dossier::Recorded,
    message::{Means, Message, QuietHours},
    time::TimeOfDay,
};
use serde_json::json;
use std::{fmt, pin::Pin};
use store::{
    Tx,
    dossiers::{self, DossierRow},
    messages::{self, ChoiceRow},
};
use uuid::Uuid;

/// States of a message, as the table keeps them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MessageState {
    /// It is sent when its time comes.
    Waiting,
    /// Its carrier has taken it.
    Sent,
    /// Its carrier takes it for no address like this: somebody has to look.
    Refused,
    /// It was no longer so, or no longer wanted.
    Dropped,
}

impl MessageState {
    /// The stable key.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::Sent => "sent",
            Self::Refused => "refused",
            Self::Dropped => "dropped",
        }
    }

    /// The state of that key.
    pub fn from_key(key: &str) -> Option<Self> {
        [Self::Waiting, Self::Sent, Self::Refused, Self::Dropped].into_iter().find(|state| state.key() == key)
    }
}

/// What is to be put in words.
#[derive(Debug, Clone, Copy)]
pub struct Told<'a> {
    pub message: &'a Message,
    pub means: Means,
    /// The office that works on the dossier; empty for a code that proves an address.
    pub office_name: &'a str,
    /// The code of the dossier, or its temporary one.
    pub code: &'a str,
    /// The address residents type, without a slash at its end.
    pub public_url: &'a str,
    /// The code that proves an address.
    pub one_time_code: &'a str,
}

/// A message in words. A short message has no subject.
#[derive(Clone, PartialEq, Eq)]
pub struct Worded {
    pub subject: String,
    pub body: String,
}

/// What puts a message in words; the views have it.
pub type MessageWords = fn(&Told<'_>) -> Worded;

/// A message ready to be carried. Its debug form shows neither address nor words.
#[derive(Clone)]
pub struct Letter {
    /// Stays the same however often it is tried, so that a receiver can tell a double.
    pub id: Uuid,
    pub to: String,
    pub subject: String,
    pub body: String,
}

impl fmt::Debug for Letter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Letter").field("id", &self.id).finish_non_exhaustive()
    }
}

/// How a try ended. The key says why in a word, such as `smtp_550`: it is kept and shown, so it never holds an address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Carried {
    /// The carrier answers for it now.
    Taken,
    /// Never, for this address or this message.
    Refused(String),
    /// Not now; or nobody knows whether it was taken.
    Trouble(String),
}

/// The work of a carrier.
pub type Carrying<'a> = Pin<Box<dyn Future<Output = Carried> + Send + 'a>>;

/// What takes messages out of the house: a mail server, a gateway of short messages, a folder.
pub trait Carrier: Send + Sync {
    /// Hands one over. May be dropped in the middle when it takes too long.
    fn carry<'a>(&'a self, letter: &'a Letter) -> Carrying<'a>;
}

/// Who is told, where, and when not.
struct Recipient {
    account: Option<Uuid>,
    means: Means,
    address: String,
    quiet: QuietHours,
}

impl Office {
    /// Lays down what these events have to say, in the act's own transaction. Most events say nothing, and most
    /// residents have chosen not to be told.
    pub(crate) async fn queue_messages(&self, tx: &mut Tx, row: &DossierRow, recorded: &[Recorded]) -> Result<()> {
        for event in recorded {
            let Some(body) = Message::of(&event.event) else { continue };
            let Some(recipient) = self.recipient_of(tx, row).await? else { return Ok(()) };
            let now = self.now();
            let line = MessageRow {
                office_id: row.office_id,
                id: self.new_id(),
                dossier_id: Some(row.id),
                seq: Some(event.seq as i64),
                account_id: recipient.account,
                means: recipient.means.key().into(),
                address: recipient.address,
                body,
                state: MessageState::Waiting.key().into(),
                send_at: recipient.quiet.end_after(now).unwrap_or(now).0,
                attempts: 0,
                problem: None,
                created_at: now.0,
                settled_at: None,
            };
            messages::insert_message(tx, &line).await?;
        }
        Ok(())
    }

    /// Who is told about a dossier: its resident, as chosen and proven; a walk-in, as agreed at the counter.
    async fn recipient_of(&self, tx: &mut Tx, row: &DossierRow) -> Result<Option<Recipient>> {
        let Some(account) = row.account_id else {
            let phone = messages::contact_of(tx, row.office_id, row.id).await?;
            let of_phone = |address| Recipient { account: None, means: Means::Sms, address, quiet: QuietHours::USUAL };
            return Ok(phone.map(of_phone));
        };
        Ok(messages::choice_of(tx, account).await?.and_then(chosen))
    }

    /// Sends a refused message anew: the address works again, or the carrier was wrong. A repeat of the command sends
    /// nothing more.
    ///
    /// **Permissions**: [`Task::ResendMessage`] in the unit of its dossier.
    pub async fn resend_message(&self, who: &Who, id: Uuid, command: Uuid) -> Result<()> {
        who.staff().ok_or(Error::SignInFirst)?;
        // Whoever may nowhere learns not even whether there is such a message.
        if self.units_for(who, Task::ResendMessage).is_empty() {
            return Err(Error::Forbidden);
        }
        let mut tx = self.db().write().await?;
        let message = messages::message_by_id(&mut tx, id).await?.ok_or(Error::NotFound)?;
        let dossier = message.dossier_id.ok_or(Error::NotFound)?;
        let row = dossiers::hold_dossier(&mut tx, dossier).await?.ok_or(Error::NotFound)?;
        // A message names the code alone, so a sensitive dossier needs no reader of its own here.
        let units = self.units_answering(Task::ResendMessage, &row);
        if !units.into_iter().any(|unit| self.may(who, Task::ResendMessage, unit).is_ok()) {
            return Err(Error::Forbidden);
        }
        if self.answered_before::<Uuid>(&mut tx, who, command).await?.is_some() {
            return Ok(());
        }
        if !messages::send_message_again(&mut tx, id, self.now()).await? {
            return Err(Error::Stale);
        }
        audit::record(self, &mut tx, who, "resend_message", &Object::of(&row), json!({ "message": id })).await?;
        self.keep_once(&mut tx, who, command, "resend_message", &id).await?;
        Ok(tx.commit().await?)
    }
}

/// The way and the address that a choice comes to, if it comes to one.
fn chosen(choice: ChoiceRow) -> Option<Recipient> {
    let means = Means::from_key(&choice.means)?;
    let quiet = quiet_of(&choice);
    let address = match means {
        Means::Email => choice.email,
        Means::Sms => choice.phone,
    }?;
    Some(Recipient { account: Some(choice.account_id), means, address, quiet })
}

/// The quiet hours of a choice.
fn quiet_of(choice: &ChoiceRow) -> QuietHours {
    let time = |minutes: i64| TimeOfDay::hm(minutes.clamp(0, 1439) as u32 / 60, minutes.clamp(0, 1439) as u32 % 60);
    QuietHours { from: time(choice.quiet_from), to: time(choice.quiet_to) }
}
