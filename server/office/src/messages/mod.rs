//! What residents are told by letter or short message.
//!
//! A message is a row written with the event it tells of, in one transaction ([`Office::queue_messages`]), or once by the
//! clock ([`Office::remind_residents`]); a worker hands it to a [`Carrier`] ([`sending`]). Residents choose on their
//! account page how they are told ([`choices`]); a walk-in agrees at the counter. The wording comes from the views, through
//! [`crate::Config::message_words`].

mod choices;
mod reminding;
mod sending;

pub(crate) use choices::read_mobile;
pub use choices::{Choice, Choosing, Pending, PendingState};
pub use store::messages::MessageRow;

use crate::{
    Error, Office, Result, Who,
    audit::{self, Object},
    error::Problem,
    rights::Task,
};
use domain::{
    dossier::{Event, Recorded},
    feature::Feature,
    message::{Means, Message, QuietHours},
    text,
    time::{Instant, TimeOfDay},
};
use serde_json::json;
use std::{fmt, pin::Pin};
use store::{
    Tx,
    dossiers::DossierRow,
    messages::{self, ChoiceRow},
    organisations,
};
use uuid::Uuid;

/// Longest words on how somebody was told, in characters.
const TOLD_MOST: usize = 300;

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
    /// It was refused, and somebody told the resident in another way.
    ToldOtherwise,
}

impl MessageState {
    /// The stable key.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::Sent => "sent",
            Self::Refused => "refused",
            Self::Dropped => "dropped",
            Self::ToldOtherwise => "told_otherwise",
        }
    }

    /// The state of that key.
    pub fn from_key(key: &str) -> Option<Self> {
        let every = [Self::Waiting, Self::Sent, Self::Refused, Self::Dropped, Self::ToldOtherwise];
        every.into_iter().find(|state| state.key() == key)
    }
}

/// What is to be put in words.
#[derive(Debug, Clone, Copy)]
pub struct Told<'a> {
    pub message: &'a Message,
    pub means: Means,
    /// The office that works on the dossier, or continues the one that did; empty for a code that proves an address.
    pub office_name: &'a str,
    /// Where its counter is; empty while nobody has entered it.
    pub desk_address: &'a str,
    /// The code of the dossier, or its temporary one.
    pub code: &'a str,
    /// When it leaves: what is said of days that are left is counted from then.
    pub now: Instant,
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
        let mut said = Message::of_act(recorded, &row.state);
        // What a scan took away after the decision was no matter of the resident's then: it is waited for from now on.
        let reopened = recorded.iter().find(|one| matches!(one.event, Event::ResultWithdrawnForCorrection { .. }));
        if let Some(reopened) = reopened
            && sending::lacks_any_file(tx, row.id).await?
        {
            said.push((reopened.seq, Message::FileRemoved));
        }
        for (seq, body) in said {
            self.lay_down(tx, row, seq as i64, body).await?;
        }
        Ok(())
    }

    /// Lays one message down, to whom and how its resident wants it now. `false` when nobody is to be told, or it lies
    /// there already.
    async fn lay_down(&self, tx: &mut Tx, row: &DossierRow, seq: i64, body: Message) -> Result<bool> {
        let Some(recipient) = self.recipient_of(tx, row).await? else { return Ok(false) };
        let now = self.now();
        let line = MessageRow {
            office_id: row.office_id,
            id: self.new_id(),
            dossier_id: Some(row.id),
            seq: Some(seq),
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
            told_how: None,
        };
        Ok(messages::insert_message(tx, &line).await?)
    }

    /// The account that hears of a dossier: its resident's. Of an organisation's dossier hears who filed it, while they
    /// act for it, and otherwise its representative.
    async fn hears_of(&self, tx: &mut Tx, row: &DossierRow) -> Result<Option<Uuid>> {
        let Some(organisation) = row.organisation_id else { return Ok(row.account_id) };
        if let Some(filer) = row.account_id {
            let acted_for = organisations::organisations_acted_for(tx, filer, self.now().day()).await?;
            if acted_for.iter().any(|one| one.id == organisation) {
                return Ok(Some(filer));
            }
        }
        let row = organisations::organisation_by_id(tx, organisation).await?;
        Ok(row.and_then(|row| row.account_id))
    }

    /// Who is told about a dossier: its resident, as chosen and proven; a walk-in, as agreed at the counter. Nobody by a
    /// short message where the unit has switched those off.
    async fn recipient_of(&self, tx: &mut Tx, row: &DossierRow) -> Result<Option<Recipient>> {
        let recipient = match self.hears_of(tx, row).await? {
            Some(account) => messages::choice_of(tx, account).await?.and_then(chosen),
            None => messages::contact_of(tx, row.office_id, row.id).await?.map(walk_in),
        };
        let are_short_messages_on = self.has_feature(Feature::ShortMessages, row.resolving_office);
        Ok(recipient.filter(|recipient| recipient.means != Means::Sms || are_short_messages_on))
    }

    /// Sends a refused message anew: the address works again, or the carrier was wrong. A repeat of the command sends
    /// nothing more.
    ///
    /// **Permissions**: [`Task::ResendMessage`] in the unit of its dossier.
    pub async fn resend_message(&self, who: &Who, id: Uuid, command: Uuid) -> Result<()> {
        self.may_see_to_messages(who)?;
        let mut tx = self.db().write().await?;
        let row = self.hold_dossier_of_message(&mut tx, who, id).await?;
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

    /// Notes that the resident of a refused message was told in another way, and how: nothing is left to do about it. A
    /// repeat of the command changes nothing more.
    ///
    /// **Permissions**: [`Task::ResendMessage`] in the unit of its dossier.
    pub async fn tell_otherwise(&self, who: &Who, id: Uuid, told_how: &str, command: Uuid) -> Result<()> {
        self.may_see_to_messages(who)?;
        let told_how = text::clean(told_how);
        if told_how.is_empty() {
            return Err(Problem::Missing("told_how").into());
        }
        if told_how.chars().count() > TOLD_MOST {
            return Err(Problem::TooLong("told_how").into());
        }
        let mut tx = self.db().write().await?;
        let row = self.hold_dossier_of_message(&mut tx, who, id).await?;
        if self.answered_before::<Uuid>(&mut tx, who, command).await?.is_some() {
            return Ok(());
        }
        let state = MessageState::ToldOtherwise.key();
        if !messages::settle_refused_message(&mut tx, id, state, &told_how, self.now()).await? {
            return Err(Error::Stale);
        }
        // The words stay with the message.
        audit::record(self, &mut tx, who, "tell_otherwise", &Object::of(&row), json!({ "message": id })).await?;
        self.keep_once(&mut tx, who, command, "tell_otherwise", &id).await?;
        Ok(tx.commit().await?)
    }

    /// Whoever may nowhere learns not even whether there is such a message.
    fn may_see_to_messages(&self, who: &Who) -> Result<()> {
        who.staff().ok_or(Error::SignInFirst)?;
        if self.units_for(who, Task::ResendMessage).is_empty() {
            return Err(Error::Forbidden);
        }
        Ok(())
    }

    /// Takes hold of the dossier that a message tells of, for whoever may see to that message.
    async fn hold_dossier_of_message(&self, tx: &mut Tx, who: &Who, id: Uuid) -> Result<DossierRow> {
        let message = messages::message_by_id(tx, id).await?.ok_or(Error::NotFound)?;
        let dossier = message.dossier_id.ok_or(Error::NotFound)?;
        let row = self.hold_dossier(tx, dossier).await?;
        // Who sees to a message learns nothing of its dossier, so a sensitive one needs no reader here.
        let units = self.units_answering(Task::ResendMessage, &row);
        if !units.into_iter().any(|unit| self.may(who, Task::ResendMessage, unit).is_ok()) {
            return Err(Error::Forbidden);
        }
        Ok(row)
    }
}

/// A walk-in at the telephone they agreed to.
fn walk_in(address: String) -> Recipient {
    Recipient { account: None, means: Means::Sms, address, quiet: QuietHours::USUAL }
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
