//! What a resident is reminded of when nothing happens.

use super::Message;
use crate::{
    dossier::{Dossier, Status},
    time::Instant,
};

/// How many days before a supplement is due its resident is reminded of it.
pub const SUPPLEMENT_DAYS: i32 = 5;
/// How many days a result has waited when its resident is reminded of it.
pub const RESULT_DAYS: i32 = 7;
/// From how many days on a waiting result is no longer a matter for messages: somebody calls.
pub const RESULT_DAYS_MOST: i32 = 30;

impl Message {
    /// What the resident of a dossier is to be reminded of at that moment, and its place among the messages of the dossier.
    ///
    /// The place makes it one reminder for one request or one version of the result, however often it is asked. Messages
    /// of facts bear the number of their event; places of reminders lie below zero, the even ones of supplements, the odd
    /// ones of results. Of a request whose whole time is no longer than what a reminder would leave, nobody is reminded:
    /// the request itself has just been told.
    pub fn reminder(dossier: &Dossier, now: Instant) -> Option<(i64, Self)> {
        match dossier.status {
            Status::SupplementAsked if !dossier.withdrawal_asked => {
                let open = dossier.supplement.as_ref()?;
                let first = open.respond_by.day().plus(-SUPPLEMENT_DAYS);
                let is_time = open.asked.day() < first && first <= now.day() && now <= open.respond_by;
                let place = -2 * i64::from(dossier.supplement_round);
                is_time.then_some((place, Self::SupplementDueSoon { respond_by: open.respond_by }))
            }
            Status::Done => {
                let result = dossier.standing_result()?;
                let waited = now.day().0 - result.issued.day().0;
                let place = -2 * i64::from(result.version) - 1;
                (RESULT_DAYS..RESULT_DAYS_MOST)
                    .contains(&waited)
                    .then_some((place, Self::ResultWaiting { version: result.version, since: result.issued }))
            }
            _ => None,
        }
    }

    /// Whether its time has passed, whatever the dossier is like: a message that waited for its carrier so long presses
    /// nobody any more.
    pub fn is_over(&self, now: Instant) -> bool {
        matches!(self, Self::SupplementDueSoon { respond_by } if now > *respond_by)
    }
}
