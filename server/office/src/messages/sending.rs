//! Messages on their way out.
//!
//! A worker claims a message by its row, hands it to the carrier outside any transaction, and notes how it ended under
//! the number of its try: another worker that took the message over meanwhile makes that note void. What a carrier took
//! and nobody could note is sent once more; see decision 0044.

use super::{Carried, Carrier, Letter, MessageRow, MessageState, Told, chosen};
use crate::{Error, Office, Result, sessions::hash_of};
use domain::{
    dossier::is_residents_matter,
    message::{Means, Message, QuietHours, pause_after},
    text,
    time::Instant,
};
use std::time::Duration;
use store::{Tx, dossiers, messages, uploads};
use uuid::Uuid;

/// How long a worker may be silent before another takes its message over. Longer than any try.
const LEASE_MS: i64 = 120_000;
/// How long one try may take.
const PATIENCE: Duration = Duration::from_secs(30);
/// How long a one-time code serves, from the moment it is sent.
pub(super) const CODE_MS: i64 = 15 * 60_000;
/// A code that could not be sent for so long is not waited for any more.
const CODE_WAITS_MS: i64 = 60 * 60_000;

/// What is to be done with a message that was claimed.
enum Next {
    Send(Letter),
    /// Quiet hours.
    Wait(Instant),
    /// Its resident chose another way, or another address, since.
    Redirect(Means, String),
    /// Why it is not sent any more.
    Drop(&'static str),
}

impl Office {
    /// Sends what is due of one means, one after another, until nothing is, `is_over`, or the carrier is in trouble: then
    /// the others wait for the next round. Answers how many were taken.
    ///
    /// **Permissions**: the program's own worker.
    pub async fn send_due_messages(
        &self,
        means: Means,
        carrier: &dyn Carrier,
        is_over: impl Fn() -> bool,
    ) -> Result<u64> {
        let mut taken = 0;
        while !is_over() {
            let mut tx = self.db().write().await?;
            let claimed = messages::claim_message(&mut tx, means.key(), self.now(), LEASE_MS).await?;
            tx.commit().await?;
            let Some(row) = claimed else { break };
            let carried = match self.next_of(&row, means).await {
                Ok(Next::Send(letter)) => tokio::time::timeout(PATIENCE, carrier.carry(&letter))
                    .await
                    .unwrap_or_else(|_| Carried::Trouble("timeout".into())),
                Ok(other) => {
                    self.put_aside(&row, other).await?;
                    continue;
                }
                // One that cannot be made ready keeps no other back.
                Err(error) => {
                    tracing::error!(%error, message = %row.id, "a message cannot be made ready");
                    Carried::Trouble("broken".into())
                }
            };
            let in_trouble = matches!(carried, Carried::Trouble(_));
            taken += u64::from(carried == Carried::Taken);
            self.note_carried(&row, carried).await?;
            if in_trouble {
                break;
            }
        }
        Ok(taken)
    }

    /// Looks at what the world is like now, not when the message was laid down.
    async fn next_of(&self, row: &MessageRow, means: Means) -> Result<Next> {
        if row.body == Message::AddressCode {
            return self.code_letter(row, means).await;
        }
        let mut tx = self.db().read().await?;
        let dossier = row.dossier_id.ok_or_else(|| Error::Broken("a message of nothing".into()))?;
        let dossier = dossiers::dossier_by_id(&mut tx, dossier).await?.ok_or(Error::NotFound)?;
        let still_holds = row.body.still_holds(&dossier.state)
            && !row.body.is_over(self.now())
            && (row.body != Message::FileRemoved || lacks_any_file(&mut tx, dossier.id).await?);
        if !still_holds {
            return Ok(Next::Drop("overtaken"));
        }
        // The number changed hands since, or who filed it acts for the organisation no more: not this account's to hear.
        if row.account_id != self.hears_of(&mut tx, &dossier).await? {
            return Ok(Next::Drop("changed_hands"));
        }
        let mut quiet = QuietHours::USUAL;
        if let Some(account) = row.account_id {
            let Some(now_chosen) = messages::choice_of(&mut tx, account).await?.and_then(chosen) else {
                return Ok(Next::Drop("not_wanted"));
            };
            if now_chosen.means != means || now_chosen.address != row.address {
                return Ok(Next::Redirect(now_chosen.means, now_chosen.address));
            }
            quiet = now_chosen.quiet;
        }
        if let Some(end) = quiet.end_after(self.now()) {
            return Ok(Next::Wait(end));
        }
        let books = self.books();
        // Closed dossiers are passed on to nobody: who asks about one goes to the office that continues theirs.
        let office = self.continuing_office(&dossier).ok();
        let office = office.as_ref().or_else(|| books.places.by_id(dossier.resolving_office));
        let desk = office.and_then(|office| books.places.one_stop_of(office.id, self.now().day()));
        let desk = desk.and_then(|desk| books.places.contact_of(desk.id));
        let office_name = office.map_or("", |office| office.name.as_str());
        let desk_address = desk.map_or("", |contact| contact.address.as_str());
        let code = dossier.code.or(dossier.temporary_code).unwrap_or_default();
        Ok(Next::Send(self.letter(row, means, (office_name, desk_address), &code, "")))
    }

    /// The letter of a one-time code. The code is drawn here and stands nowhere but in the letter: what is kept is its
    /// hash, and only the newest serves.
    async fn code_letter(&self, row: &MessageRow, means: Means) -> Result<Next> {
        let account = row.account_id.ok_or_else(|| Error::Broken("a code of nobody".into()))?;
        let now = self.now();
        if now.0 > row.created_at + CODE_WAITS_MS {
            return Ok(Next::Drop("overtaken"));
        }
        let mut tx = self.db().write().await?;
        store::accounts::hold_account(&mut tx, account).await?;
        let choice = messages::choice_of(&mut tx, account).await?;
        let waits = |choice: &store::messages::ChoiceRow| {
            choice.pending_address.as_ref() == Some(&row.address)
                && choice.pending_means.as_deref() == Some(means.key())
        };
        let Some(mut choice) = choice.filter(waits) else { return Ok(Next::Drop("not_wanted")) };
        let code = format!("{:06}", u64::from_be_bytes(self.0.clock.random_bytes()) % 1_000_000);
        choice.code_hash = Some(hash_of(&format!("{account}:{code}")));
        choice.code_until = Some(now.0 + CODE_MS);
        messages::save_choice(&mut tx, &choice).await?;
        tx.commit().await?;
        Ok(Next::Send(self.letter(row, means, ("", ""), "", &code)))
    }

    fn letter(
        &self,
        row: &MessageRow,
        means: Means,
        (office_name, desk_address): (&str, &str),
        code: &str,
        one_time_code: &str,
    ) -> Letter {
        let config = self.config();
        let public_url = config.public_url.trim_end_matches('/');
        let (message, now) = (&row.body, self.now());
        let told = Told { message, means, office_name, desk_address, code, now, public_url, one_time_code };
        let mut worded = (config.message_words)(&told);
        if means == Means::Sms && !config.sms_accents {
            worded.body = text::without_accents(&worded.body);
        }
        Letter { id: row.id, to: row.address.clone(), subject: worded.subject, body: worded.body }
    }

    async fn put_aside(&self, row: &MessageRow, next: Next) -> Result<()> {
        let mut tx = self.db().write().await?;
        let is_ours = match next {
            Next::Wait(until) => messages::postpone_message(&mut tx, row, until).await?,
            Next::Redirect(means, address) => messages::redirect_message(&mut tx, row, means.key(), &address).await?,
            Next::Drop(why) => {
                let dropped = MessageState::Dropped.key();
                messages::settle_message(&mut tx, row, dropped, Some(why), self.now()).await?
            }
            Next::Send(_) => true,
        };
        tx.commit().await?;
        note_taken_over(row, is_ours);
        Ok(())
    }

    async fn note_carried(&self, row: &MessageRow, carried: Carried) -> Result<()> {
        let now = self.now();
        let mut tx = self.db().write().await?;
        let is_ours = match carried {
            Carried::Taken => messages::settle_message(&mut tx, row, MessageState::Sent.key(), None, now).await?,
            Carried::Refused(why) => {
                tracing::warn!(message = %row.id, means = row.means, why, "a message was refused for good");
                messages::settle_message(&mut tx, row, MessageState::Refused.key(), Some(&why), now).await?
            }
            Carried::Trouble(why) => {
                let [chance] = self.0.clock.random_bytes();
                let pause = pause_after(row.attempts, chance);
                tracing::warn!(message = %row.id, means = row.means, attempts = row.attempts, why,
                    "a message could not be sent; it is tried again");
                messages::retry_message(&mut tx, row, now.plus_ms(pause), &why).await?
            }
        };
        tx.commit().await?;
        note_taken_over(row, is_ours);
        Ok(())
    }
}

/// Whether a file of the resident's that a scan took away is still waited for.
pub(super) async fn lacks_any_file(tx: &mut Tx, dossier: Uuid) -> Result<bool> {
    let gone = uploads::infected_uploads_of(tx, dossier).await?;
    Ok(gone.iter().any(|file| is_residents_matter(&file.question)))
}

fn note_taken_over(row: &MessageRow, is_ours: bool) {
    if !is_ours {
        tracing::warn!(message = %row.id, "another worker took this message over");
    }
}
