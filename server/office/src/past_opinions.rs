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
        let mut tx = self.db().read().await?;
        let mut rows = opinions::given_opinions(&mut tx, side, &units, before, PAGE as i64 + 1).await?;
        let more = rows.len() > PAGE;
        rows.truncate(PAGE);
        let last = rows.last().filter(|_| more);
        let next = last.and_then(|row| Some(Before { ended_at: row.ended_at?, id: row.id }));
        let ids: Vec<Uuid> = rows.iter().map(|row| row.dossier_id).collect();
        let asked_on = dossiers::dossiers_by_ids(&mut tx, &ids).await?;
        drop(tx);
        let is_shown = |dossier: &DossierRow| match side {
            Side::Asked => !dossier.sensitive,
            Side::Asking => self.may_with(who, Task::ReadDossier, dossier).is_ok(),
        };
        let line = |row: OpinionRow| {
            let dossier = asked_on.iter().find(|one| one.id == row.dossier_id).filter(|one| is_shown(one))?;
            Some(self.line_of(row, dossier))
        };
        let lines: Vec<OpinionLine> = rows.into_iter().filter_map(line).collect();
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
