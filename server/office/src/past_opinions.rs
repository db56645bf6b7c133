//! Opinions that were given: for the unit that gave them, and for the one that asked.

use crate::{
    Office, Result, Who,
    audit::Object,
    opinions::{ANSWER, OpinionLine},
    rights::Task,
};
use serde_json::json;
pub use store::opinions::{Before, Side};
use store::{
    dossiers::{self, DossierRow},
    opinions::{self, OpinionRow},
};
use uuid::Uuid;

/// A page of opinions that were given, the newest first.
pub struct PastPage {
    pub lines: Vec<OpinionLine>,
    /// Where the next page begins, when there is one.
    pub next: Option<Before>,
}

/// Lines of a page.
const PAGE: usize = 30;
/// Rows that are asked for: one more than a page says that there is another.
const MOST: i64 = PAGE as i64 + 1;

impl Office {
    /// One page of the opinions that the reader's units and divisions gave, or that were given on dossiers of the reader's
    /// units, the newest first. What became a sensitive matter meanwhile is in the second list alone, for its readers.
    ///
    /// **Permissions**: as [`Office::opinions`]; of dossiers of the own units those that one may read.
    pub async fn past_opinions(&self, who: &Who, side: Side, before: Option<Before>) -> Result<PastPage> {
        let units = match side {
            Side::Asked => self.units_asked(who)?,
            Side::Asking => self.with_ended(&self.units_of(who, ANSWER)?),
        };
        let readable = self.readable_sensitive(who, &units);
        let is_shown = |dossier: &DossierRow| match side {
            Side::Asked => true,
            // Of an office that has ended not every closed dossier is this unit's now: by the address of each.
            Side::Asking => self.may_with(who, Task::ReadDossier, dossier).is_ok(),
        };
        let mut tx = self.db().read().await?;
        let (mut lines, mut from): (Vec<OpinionLine>, _) = (Vec::new(), before);
        loop {
            let found = opinions::given_opinions(&mut tx, side, &units, &readable, from, MOST).await?;
            let is_last = (found.len() as i64) < MOST;
            from = found.last().and_then(place_of);
            let ids: Vec<Uuid> = found.iter().map(|row| row.dossier_id).collect();
            let asked_on = dossiers::dossiers_by_ids(&mut tx, &ids).await?;
            let line = |row: OpinionRow| {
                let dossier = asked_on.iter().find(|one| one.id == row.dossier_id).filter(|one| is_shown(one))?;
                Some(self.line_of(row, dossier))
            };
            lines.extend(found.into_iter().filter_map(line));
            if is_last || lines.len() > PAGE {
                break;
            }
        }
        drop(tx);
        let more = lines.len() > PAGE;
        lines.truncate(PAGE);
        let next = lines.last().filter(|_| more).and_then(|line| place_of(&line.row));
        if !lines.is_empty() {
            let office = self.units_for(who, ANSWER).first().copied();
            let object = Object { kind: "queue", id: "xin-y-kien".into(), office };
            let given = match side {
                Side::Asked => "asked",
                Side::Asking => "asking",
            };
            self.record_view(who, "view_opinions", &object, json!({ "given": given, "rows": lines.len() })).await?;
        }
        Ok(PastPage { lines, next })
    }
}

/// The place of a given opinion in the list.
fn place_of(row: &OpinionRow) -> Option<Before> {
    Some(Before { ended_at: row.ended_at?, id: row.id })
}
