//! Colleagues named in notes: who may be named, and each one's own list of where they are.

use crate::{
    Error, Office, Result, Who,
    audit::{self, Object},
    error::Problem,
    rights::{Task, readers_of},
};
use domain::{mention::mentioned_logins, role::Role};
use serde_json::json;
pub use store::mentions::{Before, MentionRow, MentionedRow};
use store::{
    Tx,
    dossiers::{self, DossierRow},
    mentions,
    staff::{self, ColleagueRow},
};
use uuid::Uuid;

/// A page of one's own mentions: the new ones first.
pub struct MentionPage {
    pub lines: Vec<MentionLine>,
    /// Where the next page goes on, when there is one.
    pub next: Option<Before>,
}

/// A note that names the reader.
pub struct MentionLine {
    pub row: MentionedRow,
    /// The dossier; none where the reader may not read it any more, and then the words of the note are not there either.
    pub dossier: Option<DossierRow>,
}

/// People that one note names at most.
pub const NAMED_MOST: usize = 20;
/// Lines of a page.
const PAGE: usize = 30;

impl Office {
    /// One page of the notes that name the reader. It shows dossiers, so the look is recorded.
    ///
    /// **Permissions**: [`Task::ReadQueues`], for oneself; of each dossier only who may read it.
    pub async fn mentions(&self, who: &Who, before: Option<Before>) -> Result<MentionPage> {
        let units = self.units_of(who, Task::ReadQueues)?;
        let (mut tx, limit) = (self.db().read().await?, PAGE as i64 + 1);
        let mut rows = Vec::new();
        if before.is_none_or(|before| !before.seen) {
            let after = before.map(|before| before.note_id);
            rows = mentions::mentions_of_staff(&mut tx, who.subject(), false, after, limit).await?;
        }
        if rows.len() <= PAGE {
            let after = before.filter(|before| before.seen).map(|before| before.note_id);
            let left = limit - rows.len() as i64;
            rows.extend(mentions::mentions_of_staff(&mut tx, who.subject(), true, after, left).await?);
        }
        let more = rows.len() > PAGE;
        rows.truncate(PAGE);
        let last = rows.last().filter(|_| more);
        let next = last.map(|row| Before { seen: row.seen_at.is_some(), note_id: row.note_id });
        let ids: Vec<Uuid> = rows.iter().map(|row| row.dossier_id).collect();
        let mut shown = dossiers::dossiers_by_ids(&mut tx, &ids).await?;
        drop(tx);
        shown.retain(|row| self.may_with(who, Task::ReadDossier, row).is_ok());
        let line = |mut row: MentionedRow| {
            let dossier = shown.iter().find(|one| one.id == row.dossier_id).cloned();
            if dossier.is_none() {
                row.words.clear();
            }
            MentionLine { row, dossier }
        };
        let lines: Vec<MentionLine> = rows.into_iter().map(line).collect();
        if !shown.is_empty() {
            let object = Object { kind: "mentions", id: who.subject().to_string(), office: units.first().copied() };
            let ids: Vec<String> = shown.iter().map(|row| row.id.to_string()).collect();
            self.record_view(who, "view_mentions", &object, json!({ "found": ids })).await?;
        }
        Ok(MentionPage { lines, next })
    }

    /// How many notes name the reader and were not seen; 100 means a hundred or more.
    ///
    /// **Permissions**: [`Task::ReadQueues`], for oneself.
    pub async fn count_new_mentions(&self, who: &Who) -> Result<i64> {
        self.units_of(who, Task::ReadQueues)?;
        let mut tx = self.db().read().await?;
        Ok(mentions::count_new_mentions(&mut tx, who.subject()).await?)
    }

    /// Takes a note that names the reader out of what is new. One that was seen stays seen since then.
    ///
    /// **Permissions**: [`Task::ReadQueues`], for oneself.
    pub async fn see_mention(&self, who: &Who, note: Uuid, command: Uuid) -> Result<()> {
        let units = self.units_of(who, Task::ReadQueues)?;
        let mut tx = self.db().write().await?;
        if self.answered_before::<()>(&mut tx, who, command).await?.is_some() {
            return Ok(());
        }
        let seen = mentions::see_mention(&mut tx, who.subject(), note, self.now()).await?;
        let dossier = seen.ok_or(Error::NotFound)?;
        let object = Object { kind: "dossier", id: dossier.to_string(), office: units.first().copied() };
        audit::record(self, &mut tx, who, "see_mention", &object, json!({ "note": note })).await?;
        self.keep_once(&mut tx, who, command, "see_mention", &()).await?;
        Ok(tx.commit().await?)
    }

    /// The colleagues of the unit who may read a dossier, each role on a line: those whom a note may name.
    pub(crate) fn readers_among(&self, row: &DossierRow, colleagues: &[ColleagueRow]) -> Result<Vec<ColleagueRow>> {
        let readers = if row.sensitive { Some(readers_of(self.procedure_of(row)?.as_ref())) } else { None };
        let reads = |role: Role| {
            Task::ReadDossier.roles().contains(&role) && readers.as_ref().is_none_or(|readers| readers.contains(&role))
        };
        let may = |one: &&ColleagueRow| Role::from_key(&one.role).is_some_and(reads);
        Ok(colleagues.iter().filter(may).cloned().collect())
    }

    /// Whom a note names, in its words and beside them, each once and never its writer.
    ///
    /// # Errors
    /// `LoginUnknown` for a login of nobody in the unit, `MayNotRead` for who may not read the dossier, `TooManyNamed`.
    pub(crate) async fn named_in(
        &self,
        tx: &mut Tx,
        who: &Who,
        row: &DossierRow,
        words: &str,
        to: &[Uuid],
    ) -> Result<Vec<(Uuid, String)>> {
        let logins = mentioned_logins(words);
        if logins.is_empty() && to.is_empty() {
            return Ok(Vec::new());
        }
        if logins.len() > NAMED_MOST || to.len() > NAMED_MOST {
            return Err(Problem::TooManyNamed { most: NAMED_MOST }.into());
        }
        let colleagues = self.colleagues_of(tx, row.resolving_office).await?;
        let readers = self.readers_among(row, &colleagues)?;
        let known = staff::logins_among(tx, &logins).await?;
        let mut named: Vec<(Uuid, String)> = Vec::new();
        let of_words = logins.into_iter().map(|login| {
            let id = known.iter().find(|(_, known)| *known == login).map(|(id, _)| *id);
            // Whoever works elsewhere is as unknown here as nobody.
            let id = id.filter(|id| colleagues.iter().any(|one| one.staff_id == *id));
            id.ok_or(Problem::LoginUnknown { login })
        });
        let ids = of_words.chain(to.iter().map(|id| Ok(*id))).collect::<Result<Vec<Uuid>, Problem>>()?;
        for id in ids {
            let Some(reader) = readers.iter().find(|one| one.staff_id == id) else {
                let name = colleagues.iter().find(|one| one.staff_id == id).map(|one| one.name.clone());
                return Err(Problem::MayNotRead { name: name.unwrap_or_default() }.into());
            };
            if id != who.subject() && named.iter().all(|(known, _)| *known != id) {
                named.push((id, reader.name.clone()));
            }
        }
        if named.len() > NAMED_MOST {
            return Err(Problem::TooManyNamed { most: NAMED_MOST }.into());
        }
        Ok(named)
    }
}
