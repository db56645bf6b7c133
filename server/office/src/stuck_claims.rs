//! What is stuck, taken in hand: who does something about it, and what. The thing itself stays stuck until it is done.

use crate::{
    Error, Office, Result, Who,
    audit::{self, Object},
    error::Problem,
    rights::Task,
    stuck::Stuck,
};
use domain::{text, time::Instant};
use serde_json::json;
pub use store::stuck_claims::ClaimRow;
use store::{offices, stuck_claims as claims};
use uuid::Uuid;

/// Something stuck that somebody takes in hand, as typed.
#[derive(Debug, Clone)]
pub struct TakeOver {
    /// [`Stuck::item`].
    pub item: String,
    /// The claim that stood there when the page was made.
    pub seen: Option<Uuid>,
    /// What is done about it, and until when.
    pub note: String,
}

/// Longest note, in characters.
const NOTE_MOST: usize = 300;

impl Office {
    /// Who has what of these things in hand. A claim from before the oldest of them got stuck is over: that was another
    /// time.
    ///
    /// **Permissions**: [`Task::ReadStuck`]; the units where it is held.
    pub async fn stuck_claims(&self, who: &Who, stuck: &[Stuck]) -> Result<Vec<ClaimRow>> {
        let units = self.units_to(who, Task::ReadStuck)?;
        let items: Vec<String> = stuck.iter().map(Stuck::item).collect();
        let mut tx = self.db().read().await?;
        let rows = claims::claims_of(&mut tx, &units, &items).await?;
        let holds = |row: &ClaimRow| stuck.iter().any(|one| one.item() == row.item && is_of(row, one.since()));
        Ok(rows.into_iter().filter(holds).collect())
    }

    /// Takes something stuck in hand; whoever had it has it no more. `Stale` when somebody else was first, or when it is
    /// stuck no more.
    ///
    /// **Permissions**: [`Task::TakeOverStuck`]; what stands on one's own page.
    pub async fn take_over_stuck(&self, who: &Who, asked: TakeOver, command: Uuid) -> Result<()> {
        let own = self.units_to(who, Task::TakeOverStuck)?;
        let unit = *own.first().ok_or(Error::Forbidden)?;
        let (_, _, staff_name) = who.label();
        let note = text::clean(&asked.note);
        if note.is_empty() {
            return Err(Problem::Missing("note").into());
        }
        if note.chars().count() > NOTE_MOST {
            return Err(Problem::TooLong("note").into());
        }
        let stuck = self.stuck(who).await?;
        let since = stuck.iter().filter(|one| one.item() == asked.item).map(Stuck::since).min();
        let units = self.units_for(who, Task::ReadStuck);
        let now = self.now();
        let mut tx = self.db().write().await?;
        offices::hold_office(&mut tx, unit).await?;
        if self.answered_before::<()>(&mut tx, who, command).await?.is_some() {
            return Ok(());
        }
        let since = since.ok_or(Error::Stale)?;
        let standing = claims::claims_of(&mut tx, &units, std::slice::from_ref(&asked.item)).await?;
        let shown = standing.iter().find(|row| is_of(row, since));
        if shown.map(|row| row.id) != asked.seen {
            return Err(Error::Stale);
        }
        for row in standing.iter().filter(|row| row.office_id == unit) {
            claims::end_claim(&mut tx, row.office_id, row.id, now).await?;
        }
        let before = shown.map(|row| row.staff_id);
        let row = ClaimRow {
            office_id: unit,
            id: self.new_id(),
            item: asked.item,
            staff_id: who.subject(),
            staff_name,
            note,
            at: now.0,
        };
        claims::insert_claim(&mut tx, &row).await?;
        let object = Object { kind: "stuck", id: row.item, office: Some(unit) };
        // The words stay in the claim.
        let detail = json!({ "claim": row.id, "before": before });
        audit::record(self, &mut tx, who, "take_over_stuck", &object, detail).await?;
        self.keep_once(&mut tx, who, command, "take_over_stuck", &()).await?;
        Ok(tx.commit().await?)
    }
}

/// Whether that claim is of what has been stuck since then.
const fn is_of(row: &ClaimRow, since: Instant) -> bool {
    since.0 <= row.at
}
