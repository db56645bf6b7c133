//! Reminders: what residents are told because nothing happened. Which and when is the domain's
//! ([`Message::reminder`]); each is laid down once, whoever looks and however often.

use crate::{Error, Office, Result};
use domain::{
    dossier::Status,
    message::{Message, RESULT_DAYS, RESULT_DAYS_MOST, SUPPLEMENT_DAYS},
    time::DAY_MS,
};
use store::{
    dossiers, messages,
    queues::{After, Filter},
};
use uuid::Uuid;

impl Office {
    /// Lays down the reminders whose time has come: of supplements that are due soon, of results that nobody fetched.
    /// Answers how many. A repeat finds nothing left; one that cannot be laid down keeps no other back, and the first
    /// failure is the answer when all were tried.
    ///
    /// **Permissions**: the program's own worker.
    pub async fn remind_residents(&self, holder: Uuid) -> Result<u64> {
        let now = self.now();
        // In the queue a supplement stands at its limit and a result at the moment it was issued. A day more on either
        // side: the domain counts days, not hours.
        let days = |count: i32| now.plus_ms(i64::from(count) * DAY_MS);
        let looks = [
            (Status::SupplementAsked, now, days(SUPPLEMENT_DAYS + 1)),
            (Status::Done, days(-RESULT_DAYS_MOST - 1), days(1 - RESULT_DAYS)),
        ];
        let offices = self.books().places.authority_ids();
        let (mut laid, mut failed) = (0, None);
        for (status, from, before) in looks {
            let (offices, limit_before) = (offices.clone(), Some(before.0));
            let filter =
                Filter { offices, statuses: vec![i64::from(status.code())], limit_before, ..Filter::default() };
            let mut after = Some(After { queue_at: from.0, id: Uuid::nil() });
            while let Some(page) = self.next_page("reminders", holder, &filter, &mut after).await? {
                for id in page {
                    match self.remind(id).await {
                        Ok(is_new) => laid += u64::from(is_new),
                        Err(error) => failed = failed.or(Some(error)),
                    }
                }
            }
        }
        failed.map_or(Ok(laid), Err)
    }

    /// Whether a reminder was laid down for that dossier. It is looked at first without holding it: most have theirs, or
    /// a resident who wants none.
    async fn remind(&self, id: Uuid) -> Result<bool> {
        let now = self.now();
        {
            let mut tx = self.db().read().await?;
            let row = dossiers::dossier_by_id(&mut tx, id).await?.ok_or(Error::NotFound)?;
            let Some((place, _)) = Message::reminder(&row.state, now) else { return Ok(false) };
            if messages::is_message_laid(&mut tx, row.office_id, id, place).await?
                || self.recipient_of(&mut tx, &row).await?.is_none()
            {
                return Ok(false);
            }
        }
        // Held, so that what is told is so when it is written.
        let mut tx = self.db().write().await?;
        let row = self.hold_dossier(&mut tx, id).await?;
        let Some((place, reminder)) = Message::reminder(&row.state, now) else { return Ok(false) };
        let is_new = self.lay_down(&mut tx, &row, place, reminder).await?;
        tx.commit().await?;
        Ok(is_new)
    }
}
