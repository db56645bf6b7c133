//! Look-up without an account: code and look-up code together, status and dates alone.

use crate::{
    Error, Office, Result, Who,
    audit::{self, Object},
};
use domain::{
    code::{CaseCode, LookupCode, TemporaryCode},
    dossier::Status,
    time::Instant,
};
use serde_json::json;
use store::{dossiers, limits, limits::Limit};

/// What a stranger with both codes sees.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    pub code: String,
    pub status: Status,
    pub submitted: Option<Instant>,
    pub accept_by: Option<Instant>,
    pub received: Option<Instant>,
    /// In a pause, as it has moved so far; so with form 04's.
    pub due: Option<Instant>,
    pub redated_due: Option<Instant>,
    /// Whether the promise has passed: one that waits is late only when that was before its pause.
    pub is_late: bool,
    /// Whether the clock of its term stands still.
    pub is_paused: bool,
    pub finished: Option<Instant>,
    pub delivered: Option<Instant>,
    pub respond_by: Option<Instant>,
    pub granted: bool,
    /// Whether its result was replaced after handover; by which dossier is for those who may open it.
    pub is_replaced: bool,
    /// The reception to ask.
    pub desk: String,
}

/// Five wrong tries lock one dossier's look-up for an hour.
const BY_DOSSIER: Limit = Limit { tries: 5, window_ms: 60 * 60_000, lock_ms: 60 * 60_000 };
/// Look-ups of one address, right or wrong.
const BY_ADDRESS: Limit = Limit { tries: 60, window_ms: 10 * 60_000, lock_ms: 10 * 60_000 };
const DOSSIER_SCOPE: &str = "look-up";
const ADDRESS_SCOPE: &str = "look-up-address";

impl Office {
    /// Status and dates of a dossier. A wrong code and a wrong look-up code get the same answer.
    ///
    /// **Permissions**: anyone, within the limits by dossier and by address.
    pub async fn look_up(&self, who: &Who, code: &str, lookup_code: &str) -> Result<Found> {
        let now = self.now();
        let code = canonical(code).ok_or(Error::NotFound)?;
        let mut tx = self.db().write().await?;
        // Both tries are taken before any look-up code is compared: many at once cannot outrun the count.
        let by_address = limits::take_try(&mut tx, ADDRESS_SCOPE, &who.trace.address, BY_ADDRESS, now).await?;
        if let Err(until) = by_address {
            tx.commit().await?;
            return Err(Error::TooManyFromHere { until });
        }
        let row = dossiers::dossier_by_code(&mut tx, &code).await?;
        // Both codes of a dossier count as one, and a code of nothing counts by itself: each locks after as many tries.
        let key = row.as_ref().map_or_else(|| code.clone(), |row| row.id.to_string());
        let by_dossier = limits::take_try(&mut tx, DOSSIER_SCOPE, &key, BY_DOSSIER, now).await?;
        if let Err(until) = by_dossier {
            // The try of the address stays taken, so that nobody asks for a locked dossier without end.
            tx.commit().await?;
            return Err(Error::Locked { until });
        }
        let typed = LookupCode::parse(lookup_code).map(|c| c.as_str().to_string()).unwrap_or_default();
        let Some(row) = row.filter(|row| row.lookup_code == typed) else {
            let object = Object { kind: "look_up", id: code, office: None };
            audit::record(self, &mut tx, who, "look_up_refused", &object, json!({})).await?;
            tx.commit().await?;
            return Err(Error::NotFound);
        };
        limits::clear_tries(&mut tx, DOSSIER_SCOPE, &key).await?;
        let object = Object { kind: "dossier", id: row.id.to_string(), office: Some(row.resolving_office) };
        audit::record(self, &mut tx, who, "look_up", &object, json!({})).await?;
        self.know_rules_of(&mut tx, &row).await?;
        let is_replaced = self.replacements_of(&mut tx, std::slice::from_ref(&row)).await?.contains_key(&row.id);
        tx.commit().await?;
        let books = self.books();
        let desk =
            books.places.one_stop_of(row.resolving_office, now.day()).map_or(String::new(), |desk| desk.name.clone());
        let state = &row.state;
        let (due, redated_due) = match (state.open_pause(), self.moved_dues(&row)?) {
            (Some(_), Some((due, redated_due))) => (Some(due), redated_due),
            _ => (state.due, state.redated_due),
        };
        let is_late = state.current_due().is_some_and(|due| state.has_missed(due, now));
        Ok(Found {
            code,
            status: state.status,
            submitted: row.submitted_at.map(Instant),
            accept_by: row.accept_by.map(Instant).filter(|_| state.received.is_none()),
            received: state.received,
            due,
            redated_due,
            is_late,
            is_paused: state.open_pause().is_some(),
            finished: state.finished,
            delivered: state.delivered,
            respond_by: state.supplement.as_ref().map(|open| open.respond_by),
            granted: state.standing_result().is_none_or(|r| r.result == domain::dossier::ResultKind::Granted),
            is_replaced,
            desk,
        })
    }
}

/// The code as it is stored, whichever of the two it is.
pub(crate) fn canonical(typed: &str) -> Option<String> {
    let case = CaseCode::parse(typed).ok().map(|code| code.as_str().to_string());
    case.or_else(|| TemporaryCode::parse(typed).ok().map(|code| code.as_str().to_string()))
}
