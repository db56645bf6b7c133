//! Drafts: the form's state. What was typed is kept, right or wrong; problems are computed from it.

use crate::{
    Error, Office, Result, Who,
    audit::{self, Object},
    catalogue::ProcedureVersion,
    error::Problem,
};
use domain::feature::Feature;
use domain::question::{Form, Parsed, Scope, Typed, parse};
use domain::time::DAY_MS;
use serde_json::json;
use sha2::{Digest, Sha256};
use std::sync::Arc;
use store::{
    Tx, commands,
    drafts::{self, DraftRow},
    organisations::OrganisationRow,
    uploads::{self, UploadRow},
};
use uuid::Uuid;

/// A draft with everything its pages need.
pub struct Draft {
    pub row: DraftRow,
    pub procedure: Arc<ProcedureVersion>,
    pub form: Arc<Form>,
    /// What was typed, with the ids of the files at the paths of their questions.
    pub typed: Typed,
    pub uploads: Vec<UploadRow>,
    /// Files that a scan took away and in whose place nothing came yet.
    pub infected: Vec<UploadRow>,
}

/// A draft in the list of one's own.
pub struct OpenDraft {
    pub row: DraftRow,
    pub procedure_name: String,
    /// Whether its matter is a sensitive one.
    pub sensitive: bool,
    /// The organisation it is filled in for.
    pub organisation: Option<String>,
}

impl Draft {
    /// The typed answers, understood as far as they can be.
    pub fn parsed(&self, office: &Office) -> Parsed {
        parse(&self.form, &self.typed, office.now().day(), Scope::Form)
    }
}

impl Office {
    /// Opens a draft for a procedure that is filed here, or the one already begun for it in that office.
    ///
    /// **Permissions**: a signed-in resident, for oneself.
    pub async fn start_draft(&self, who: &Who, procedure_code: &str, office_id: i64, command: Uuid) -> Result<Uuid> {
        self.start_draft_for(who, procedure_code, office_id, None, command).await
    }

    /// The same, for an organisation or for oneself.
    ///
    /// **Permissions**: a signed-in resident; for an organisation, one who acts for it today.
    pub async fn start_draft_for(
        &self,
        who: &Who,
        procedure_code: &str,
        office_id: i64,
        organisation: Option<Uuid>,
        command: Uuid,
    ) -> Result<Uuid> {
        let resident = who.resident().ok_or(Error::SignInFirst)?;
        let acted_for = match organisation {
            Some(id) => Some(resident.acts_for(id).ok_or(Error::NotFound)?),
            None => None,
        };
        let (now, books) = (self.now(), self.books());
        let procedure = books.catalogue.in_force(procedure_code, now.day()).ok_or(Error::NotFound)?;
        if !procedure.can_apply_online(now.day()) {
            return Err(Problem::NotFiledHere.into());
        }
        let authority = books.places.open_authority(office_id, now.day()).ok_or(Error::NotFound)?;
        let form = books.catalogue.form_of(&procedure).ok_or(Error::NotFound)?;
        let mut tx = self.db().write().await?;
        store::accounts::hold_account(&mut tx, resident.account).await?;
        // One that was set aside since is not handed out again: whoever comes back to the page begins anew.
        let first: Option<Uuid> = self.answered_before(&mut tx, who, command).await?;
        if let Some(first) = first
            && drafts::draft_by_id(&mut tx, first).await?.is_some_and(|draft| draft.dropped_at.is_none())
        {
            return Ok(first);
        }
        let begun = drafts::open_drafts_of(&mut tx, resident.account).await?;
        let same = |d: &&DraftRow| {
            d.procedure_version == procedure.id && d.office_id == authority.id && d.organisation_id == organisation
        };
        if let Some(row) = begun.iter().find(same) {
            return Ok(row.id);
        }
        if !self.unit_part(&procedure.code, authority.id).online {
            return Err(Problem::NotOfferedOnline.into());
        }
        self.needs_feature(Feature::ApplyOnline, authority.id)?;
        if organisation.is_some() {
            self.needs_feature(Feature::Organisations, authority.id)?;
        }
        let row = DraftRow {
            id: self.new_id(),
            account_id: resident.account,
            organisation_id: organisation,
            office_id: authority.id,
            procedure_version: procedure.id,
            procedure_code: procedure.code.clone(),
            form_key: form.key.clone(),
            form_version: i64::from(form.version),
            typed: acted_for.map(|row| about(&form, row)).unwrap_or_default(),
            seen_topics: Vec::new(),
            prefilled: Vec::new(),
            version: 1,
            created_at: now.0,
            updated_at: now.0,
            submitted_as: None,
            dropped_at: None,
            local_part: self.unit_part_id(&procedure.code, authority.id),
        };
        drafts::insert_draft(&mut tx, &row).await?;
        let object = Object { kind: "draft", id: row.id.to_string(), office: Some(row.office_id) };
        audit::record(self, &mut tx, who, "start_draft", &object, json!({ "procedure": row.procedure_code })).await?;
        match first {
            None => self.keep_once(&mut tx, who, command, "start_draft", &row.id).await?,
            Some(_) => commands::replace_answer(&mut tx, who.subject(), command, &row.id).await?,
        }
        tx.commit().await?;
        Ok(row.id)
    }

    /// A draft as its pages show it.
    ///
    /// **Permissions**: its owner.
    pub async fn draft(&self, who: &Who, id: Uuid) -> Result<Draft> {
        let mut tx = self.db().read().await?;
        self.read_draft(&mut tx, who, id).await
    }

    /// One's own drafts, newest first.
    ///
    /// **Permissions**: a signed-in resident, for oneself.
    pub async fn my_drafts(&self, who: &Who) -> Result<Vec<OpenDraft>> {
        let resident = who.resident().ok_or(Error::SignInFirst)?;
        let mut tx = self.db().read().await?;
        let books = self.books();
        let rows = drafts::open_drafts_of(&mut tx, resident.account).await?;
        let rows = rows.into_iter().filter(|row| self.own_draft(who, row).is_ok());
        let named = rows.map(|row| {
            let procedure = books.catalogue.version(row.procedure_version);
            let sensitive = procedure.as_ref().is_some_and(|procedure| procedure.is_sensitive());
            let procedure_name = procedure.map_or(String::new(), |procedure| procedure.name.clone());
            let acted_for = row.organisation_id.and_then(|id| resident.acts_for(id));
            OpenDraft { organisation: acted_for.map(|one| one.name.clone()), row, procedure_name, sensitive }
        });
        Ok(named.collect())
    }

    /// Saves what was typed in one topic: its answers replace that topic's answers, everything else stays.
    /// With `seen`, the topic's problems are shown from now on; a save while typing leaves them alone.
    ///
    /// A repeat of a `command` with the same words writes nothing: one that comes late does not undo what was saved after
    /// it. With other words it is a save like any other, from a page that was left and come back to: nothing typed is lost.
    /// A save while typing has no command; the next one supersedes it.
    ///
    /// **Permissions**: its owner.
    pub async fn save_topic(
        &self,
        who: &Who,
        id: Uuid,
        topic: &str,
        typed: Typed,
        seen: bool,
        command: Option<Uuid>,
    ) -> Result<Draft> {
        let resident = who.resident().ok_or(Error::SignInFirst)?;
        let mut tx = self.db().write().await?;
        // One save of a person after the other: a twin finds the answer of the first.
        store::accounts::hold_account(&mut tx, resident.account).await?;
        let mut draft = self.read_draft(&mut tx, who, id).await?;
        let words = fingerprint(topic, &typed);
        let before = match command {
            Some(command) => self.answered_before::<String>(&mut tx, who, command).await?,
            None => None,
        };
        if before.as_ref() == Some(&words) {
            return Ok(draft);
        }
        if draft.row.submitted_as.is_some() {
            return Err(Error::Stale);
        }
        let form = draft.form.clone();
        let belongs = |path: &str| form.owner(path).is_some_and(|(owner, _)| owner.id == topic);
        form.topic(topic).ok_or(Error::NotFound)?;
        put_in_place(&mut draft.row.typed, typed, belongs);
        if seen && !draft.row.seen_topics.iter().any(|one| one == topic) {
            draft.row.seen_topics.push(topic.into());
        }
        // Whoever presses a button has had the answers before their eyes.
        if command.is_some() {
            draft.row.prefilled.retain(|path| !belongs(path));
        }
        self.save_row(&mut tx, &mut draft.row).await?;
        match (command, before) {
            (Some(command), None) => self.keep_once(&mut tx, who, command, "save_topic", &words).await?,
            (Some(command), Some(_)) => commands::replace_answer(&mut tx, who.subject(), command, &words).await?,
            (None, _) => {}
        }
        tx.commit().await?;
        draft.typed = with_files(&draft.form, &draft.row.typed, &draft.uploads);
        Ok(draft)
    }

    /// Writes what is typed, and with it how far its writer has come.
    pub(crate) async fn save_row(&self, tx: &mut Tx, row: &mut DraftRow) -> Result<()> {
        let now = self.now();
        row.version =
            drafts::save_draft(tx, row.id, row.version, &row.typed, &row.seen_topics, &row.prefilled, now).await?;
        row.updated_at = now.0;
        Ok(())
    }

    /// Sets a draft aside, for good; the files laid with it go.
    ///
    /// **Permissions**: its owner.
    pub async fn drop_draft(&self, who: &Who, id: Uuid, command: Uuid) -> Result<()> {
        let resident = who.resident().ok_or(Error::SignInFirst)?;
        let mut tx = self.db().write().await?;
        store::accounts::hold_account(&mut tx, resident.account).await?;
        if self.answered_before::<Uuid>(&mut tx, who, command).await?.is_some() {
            return Ok(());
        }
        let row = drafts::draft_by_id(&mut tx, id).await?.ok_or(Error::NotFound)?;
        // Set aside before, by the same button: there is nothing left to do.
        if row.dropped_at.is_some() && resident.account == row.account_id {
            return Ok(());
        }
        self.own_draft(who, &row)?;
        if row.submitted_as.is_some() {
            return Ok(());
        }
        self.end_draft(&mut tx, id).await?;
        let object = Object { kind: "draft", id: id.to_string(), office: None };
        audit::record(self, &mut tx, who, "drop_draft", &object, json!({})).await?;
        self.keep_once(&mut tx, who, command, "drop_draft", &id).await?;
        Ok(tx.commit().await?)
    }

    /// Sets aside the drafts that nobody saved for [`crate::Config::draft_days`], on the record: what somebody once typed
    /// about a family does not lie here for ever. Answers how many.
    ///
    /// **Permissions**: the program's own worker.
    pub async fn forget_old_drafts(&self) -> Result<usize> {
        let before = self.now().plus_ms(-self.config().draft_days * DAY_MS);
        let mut tx = self.db().write().await?;
        let idle = drafts::idle_drafts(&mut tx, before, FORGOTTEN_AT_ONCE).await?;
        for id in &idle {
            self.end_draft(&mut tx, *id).await?;
            let object = Object { kind: "draft", id: id.to_string(), office: None };
            audit::record(self, &mut tx, &Who::system(), "forget_draft", &object, json!({})).await?;
        }
        tx.commit().await?;
        Ok(idle.len())
    }

    /// Ends a draft, with the files laid with it. One that was handed in stays as it is, and so do its files.
    pub(crate) async fn end_draft(&self, tx: &mut Tx, id: Uuid) -> Result<()> {
        drafts::drop_draft(tx, id, self.now()).await?;
        let hashes = uploads::drop_uploads_of_draft(tx, id, self.now()).await?;
        self.release_later(tx, hashes).await
    }

    /// Reads a draft for its owner; a stranger learns nothing of it.
    pub(crate) async fn read_draft(&self, tx: &mut Tx, who: &Who, id: Uuid) -> Result<Draft> {
        let row = drafts::draft_by_id(tx, id).await?.ok_or(Error::NotFound)?;
        self.own_draft(who, &row)?;
        if self.books().catalogue.version(row.procedure_version).is_none() {
            // Another process has laid it down since the books were read.
            self.read_books(tx).await?;
        }
        let books = self.books();
        let broken = || Error::Broken("a draft without its form".into());
        let procedure = books.catalogue.version(row.procedure_version).ok_or_else(broken)?;
        let form = books.catalogue.form(&procedure, &row.form_key, row.form_version).ok_or_else(broken)?;
        let uploads = uploads::uploads_of_draft(tx, id).await?;
        let typed = with_files(&form, &row.typed, &uploads);
        let infected = uploads::infected_uploads_of(tx, id).await?;
        Ok(Draft { row, procedure, form, typed, uploads, infected })
    }

    /// Whether the draft is this person's own.
    pub(crate) fn own_draft(&self, who: &Who, row: &DraftRow) -> Result<()> {
        match who.resident() {
            None => Err(Error::SignInFirst),
            // Who acts for the organisation no more neither goes on with its draft nor sees it.
            Some(resident) if row.organisation_id.is_some_and(|id| resident.acts_for(id).is_none()) => {
                Err(Error::NotFound)
            }
            Some(resident) if resident.account == row.account_id && row.dropped_at.is_none() => Ok(()),
            Some(_) => Err(Error::NotFound),
        }
    }
}

/// What the general form asks about the organisation that applies, answered from what is known of it.
fn about(form: &Form, organisation: &OrganisationRow) -> Typed {
    let known = [
        ("applicant.acts", "to_chuc"),
        ("organisation.name", organisation.name.as_str()),
        ("organisation.number", organisation.number.as_str()),
    ];
    let asked = form.question("organisation.name").is_some();
    let answers = known.into_iter().filter(|_| asked).map(|(path, text)| (path.to_owned(), text.to_owned()));
    answers.collect()
}

/// What tells the words of one save from those of another.
fn fingerprint(topic: &str, typed: &Typed) -> String {
    let mut hash = Sha256::new();
    for part in typed.iter().flat_map(|(path, text)| [path.as_str(), text]).chain([topic]) {
        // Each with its length, so that no two lists of words run together into one.
        hash.update((part.len() as u64).to_be_bytes());
        hash.update(part);
    }
    hex::encode(hash.finalize())
}

/// Most drafts set aside in one piece of work; the rest wait a day.
const FORGOTTEN_AT_ONCE: i64 = 500;

/// Longest text of one field, in bytes: beyond any question's own limit.
const TEXT_MOST: usize = 20_000;

/// Puts what was typed in place of what stood at the paths that belong: a box that was not ticked sends nothing, so what
/// is not typed any more goes. Every other path stays as it is.
pub(crate) fn put_in_place(stands: &mut Typed, typed: Typed, belongs: impl Fn(&str) -> bool) {
    stands.retain(|path, _| !belongs(path));
    let taken = typed.into_iter().filter(|(path, text)| belongs(path) && text.len() <= TEXT_MOST);
    // Nobody types a NUL, and PostgreSQL keeps none.
    stands.extend(taken.map(|(path, text)| (path, text.replace('\0', ""))));
}

/// Puts the ids of uploaded files where the form expects them.
fn with_files(form: &Form, typed: &Typed, uploads: &[UploadRow]) -> Typed {
    let mut typed = typed.clone();
    let questions = form.topics.iter().flat_map(|topic| &topic.questions);
    for question in questions.filter(|q| matches!(q.kind, domain::question::QuestionKind::File { .. })) {
        let ids: Vec<String> =
            uploads.iter().filter(|row| row.question == question.id).map(|row| row.id.to_string()).collect();
        if ids.is_empty() {
            typed.remove(&question.id);
        } else {
            typed.insert(question.id.clone(), ids.join(","));
        }
    }
    typed
}
