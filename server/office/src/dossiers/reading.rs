//! Reading dossiers: one's own, and those of one's unit. A look by staff is recorded before the page is made.

use super::correction::{Linked, ReplacedBy};
use crate::{
    Error, Office, Result, Who,
    answer_files::{is_sent, opinion_of},
    audit::{Object, view_act},
    catalogue::ProcedureVersion,
    rights::{Task, readers_of},
};
use domain::{
    dossier::{ActKind, Status, is_residents_matter, routes},
    question::{Form, Parsed, Scope, parse},
    role::Role,
    working_time::{Calendar, Due},
};
use serde_json::json;
use std::sync::Arc;
use store::{
    Tx,
    dossiers::{self, DossierRow},
    events::{self, EventRow},
    mandates::{self, MandateRow},
    mentions::{self, MentionRow},
    messages::{self, MessageRow},
    notes::{self, NoteRow},
    opinions::{self, OpinionRow},
    papers::{self, PaperRow},
    ratings::{self, RatingRow},
    reasons::ReasonRow,
    results::{self, ResultRow},
    staff::{self, ColleagueRow},
    uploads::{self, UploadRow},
};
use uuid::Uuid;

/// A dossier with everything its pages show.
pub struct DossierView {
    pub row: DossierRow,
    pub procedure: Arc<ProcedureVersion>,
    /// The calendar that it keeps.
    pub calendar: Arc<Calendar>,
    pub form: Arc<Form>,
    pub parsed: Parsed,
    pub events: Vec<EventRow>,
    /// The mandates under which some of them were done.
    pub mandates: Vec<MandateRow>,
    pub notes: Vec<NoteRow>,
    /// What other units were asked.
    pub opinions: Vec<OpinionRow>,
    /// Whom the notes name.
    pub mentions: Vec<MentionRow>,
    /// The texts that the reader may begin a reason with.
    pub reasons: Vec<ReasonRow>,
    pub papers: Vec<PaperRow>,
    pub results: Vec<ResultRow>,
    pub uploads: Vec<UploadRow>,
    /// Files that a scan took away and in whose place nothing came yet.
    pub infected: Vec<UploadRow>,
    pub rating: Option<RatingRow>,
    /// What its resident was told, or is to be told.
    pub messages: Vec<MessageRow>,
    /// When it is due and why, day by day; for one not yet accepted, when it must be accepted by.
    pub due: Option<Due>,
    /// What this person may do with it in its present state.
    pub next_acts: Vec<ActKind>,
    pub colleagues: Vec<ColleagueRow>,
    /// Those of the unit who may read it: whom a note may name.
    pub readers: Vec<ColleagueRow>,
    /// The delivered dossier whose error this one repairs.
    pub corrects: Option<Linked>,
    /// The dossiers that repair errors of this one.
    pub corrections: Vec<Linked>,
    /// The dossier whose result stands in place of what was handed over here.
    pub replaced_by: Option<ReplacedBy>,
    /// What its applicant has open for the same procedure, while it waits to be accepted.
    pub open_beside: Vec<DossierRow>,
    /// Whether personal numbers are to be shown in full: a reason was given.
    pub in_full: bool,
}

/// How many of one's own dossiers a list shows.
const MY_DOSSIERS: i64 = 100;

impl Office {
    /// A dossier for its resident.
    ///
    /// **Permissions**: its resident, and for an organisation whoever acts for it today.
    pub async fn my_dossier(&self, who: &Who, id: Uuid) -> Result<DossierView> {
        let resident = who.resident().ok_or(Error::SignInFirst)?;
        let mut tx = self.db().read().await?;
        let row = self.find_dossier(&mut tx, id).await?;
        if !resident.answers_for(&row) {
            return Err(Error::NotFound);
        }
        self.view_for_resident(&mut tx, who, row).await
    }

    /// What the resident of a dossier sees of it. Whether this is one has been asked.
    pub(crate) async fn view_for_resident(&self, tx: &mut Tx, who: &Who, row: DossierRow) -> Result<DossierView> {
        let mut view = self.view_of(tx, who, row).await?;
        view.notes.clear();
        view.opinions.clear();
        view.mentions.clear();
        view.colleagues.clear();
        view.readers.clear();
        view.mandates.clear();
        view.papers.retain(|paper| paper.for_resident);
        let issued: Vec<Uuid> = view.results.iter().filter_map(|result| result.upload_id).collect();
        view.uploads.retain(|file| file.question != super::RESULT_FILE || issued.contains(&file.id));
        view.infected.retain(|file| is_residents_matter(&file.question));
        view.uploads.retain(|file| opinion_of(&file.question).is_none());
        Ok(view)
    }

    /// One's own dossiers and those of the organisations that one acts for today, the newest change first.
    ///
    /// **Permissions**: a signed-in resident, for oneself.
    pub async fn my_dossiers(&self, who: &Who) -> Result<Vec<DossierRow>> {
        let resident = who.resident().ok_or(Error::SignInFirst)?;
        let mut tx = self.db().read().await?;
        let mut mine = dossiers::dossiers_of_account(&mut tx, resident.account, MY_DOSSIERS).await?;
        let acted_for: Vec<Uuid> = resident.organisations.iter().map(|row| row.id).collect();
        mine.extend(dossiers::dossiers_of_organisations(&mut tx, &acted_for, MY_DOSSIERS).await?);
        mine.sort_by_key(|row| std::cmp::Reverse((row.updated_at, row.id)));
        mine.truncate(MY_DOSSIERS as usize);
        let books = self.books();
        if !mine.iter().all(|row| books.knows(row)) {
            self.read_books(&mut tx).await?;
        }
        Ok(mine)
    }

    /// A dossier for staff, personal numbers to be masked.
    ///
    /// **Permissions**: [`Task::ReadDossier`] in its unit; when it is closed and its office has ended, in the unit that
    /// continues it.
    pub async fn dossier(&self, who: &Who, id: Uuid) -> Result<DossierView> {
        self.read_dossier(who, id, false).await
    }

    /// The same; in full where a reason was given that still holds, for who may.
    pub(crate) async fn read_dossier(&self, who: &Who, id: Uuid, in_full: bool) -> Result<DossierView> {
        let mut tx = self.db().read().await?;
        let row = self.find_dossier(&mut tx, id).await?;
        self.may_with(who, Task::ReadDossier, &row)?;
        let in_full = in_full && self.may_with(who, Task::RevealPersonalData, &row).is_ok();
        let open_beside = self.open_beside(&mut tx, who, &row).await?;
        let view = self.view_of(&mut tx, who, row).await?;
        drop(tx);
        let detail = if in_full { json!({ "in_full": true }) } else { json!({}) };
        self.record_view(who, view_act(&view.row, "view_dossier"), &Object::of(&view.row), detail).await?;
        if !open_beside.is_empty() {
            let detail = json!({ "procedure": view.row.procedure_code, "found": open_beside.len() });
            self.record_view(who, "match_person", &Object::of(&view.row), detail).await?;
        }
        let reasons = match self.reasons(who).await {
            // Who begins no reason needs no text for one.
            Err(Error::Forbidden | Error::SignInFirst) => Vec::new(),
            other => other?,
        };
        Ok(DossierView { in_full, open_beside, reasons, ..view })
    }

    /// What the applicant has open for the same procedure beside a dossier that waits to be accepted: never two for
    /// one matter. Asked for whoever may accept it.
    async fn open_beside(&self, tx: &mut Tx, who: &Who, row: &DossierRow) -> Result<Vec<DossierRow>> {
        let waits = row.state.status == Status::Registered && !row.applicant_id.is_empty();
        if !waits || self.may_act(who, row, ActKind::Accept).is_err() {
            return Ok(Vec::new());
        }
        let (unit, person) = (row.resolving_office, &row.applicant_id);
        let mut open = match &row.organisation_number {
            Some(number) => dossiers::open_dossiers_of_organisation(tx, unit, number, &row.procedure_code).await?,
            None => dossiers::open_dossiers_of_person(tx, unit, person, &row.procedure_code).await?,
        };
        open.retain(|other| other.id != row.id && self.may_with(who, Task::ReadDossier, other).is_ok());
        Ok(open)
    }

    async fn view_of(&self, tx: &mut Tx, who: &Who, row: DossierRow) -> Result<DossierView> {
        let (procedure, calendar) = (self.procedure_of(&row)?, self.calendar_of_version(&row.calendar_version)?);
        let books = self.books();
        let form = books
            .catalogue
            .form(&procedure, &row.form_key, row.form_version)
            .ok_or_else(|| Error::Broken("a dossier without its form".into()))?;
        let parsed = parse(&form, &row.typed, self.now().day(), Scope::Form);
        let due = match self.due_of(&row)? {
            Some(due) => Some(due),
            None => self.waiting_of(&row)?,
        };
        let allowed = row.state.allowed().into_iter();
        let (corrects, corrections) = (self.original_of(tx, &row).await?, self.corrections_of(tx, &row).await?);
        let replaced_by = self.replaced_by(tx, who, &row).await?;
        let has_place = |kind: &ActKind| match kind {
            // On a sensitive matter nobody outside is asked.
            ActKind::AskOpinion => !row.sensitive,
            ActKind::Route => !routes(&row.state).is_empty(),
            // While one repair is open there is no second.
            ActKind::OpenCorrection => corrections.iter().all(|link| link.status.is_terminal()),
            _ => true,
        };
        let next_acts = allowed.filter(has_place).filter(|kind| self.may_act(who, &row, *kind).is_ok()).collect();
        let colleagues = self.colleagues_for(tx, &row).await?;
        let asked = opinions::opinions_of_dossier(tx, row.office_id, row.id).await?;
        let mut files = uploads::uploads_of_dossier(tx, row.id).await?;
        files.retain(|file| is_sent(&asked, file));
        // What is to be sent again with an answer is told where that is given.
        let mut infected = uploads::infected_uploads_of(tx, row.id).await?;
        infected.retain(|file| opinion_of(&file.question).is_none());
        Ok(DossierView {
            events: events::events_of(tx, row.office_id, row.id).await?,
            mandates: mandates::mandates_of_dossier(tx, row.office_id, row.id).await?,
            notes: notes::notes_of(tx, row.office_id, row.id).await?,
            mentions: mentions::mentions_of_dossier(tx, row.office_id, row.id).await?,
            opinions: asked,
            papers: papers::papers_of(tx, row.office_id, row.id).await?,
            results: results::results_of(tx, row.office_id, row.id).await?,
            uploads: files,
            infected,
            rating: ratings::rating_of(tx, row.office_id, row.id).await?,
            messages: messages::messages_of_dossier(tx, row.office_id, row.id).await?,
            readers: self.readers_among(&row, &colleagues)?,
            colleagues,
            corrects,
            corrections,
            replaced_by,
            open_beside: Vec::new(),
            reasons: Vec::new(),
            in_full: false,
            due,
            next_acts,
            parsed,
            form,
            calendar,
            procedure,
            row,
        })
    }

    /// The colleagues of the unit that resolves a dossier to whom it may be given: of a sensitive one, its readers.
    pub(crate) async fn colleagues_for(&self, tx: &mut Tx, row: &DossierRow) -> Result<Vec<ColleagueRow>> {
        let mut colleagues = self.colleagues_of(tx, row.resolving_office).await?;
        if row.sensitive {
            let readers = readers_of(self.procedure_of(row)?.as_ref());
            colleagues.retain(|colleague| Role::from_key(&colleague.role).is_some_and(|role| readers.contains(&role)));
        }
        Ok(colleagues)
    }

    /// Everybody who works in the unit of that office today, each once, sorted as Vietnamese names are.
    pub(crate) async fn colleagues_of(&self, tx: &mut Tx, office: i64) -> Result<Vec<ColleagueRow>> {
        let offices = self.books().places.offices_of_unit(office);
        Ok(staff::colleagues_in(tx, &offices, self.now().day()).await?)
    }
}
