//! From the resident's draft to a dossier with a code.

use crate::{
    Error, Office, Result, Who,
    act::Command,
    catalogue::ProcedureVersion,
    error::Problem,
    papers::{Facts, PaperKind},
};
use domain::{
    code::{CaseCode, LookupCode, TemporaryCode},
    dossier::{self, Act, Channel, Dossier, Reception, Source},
    question::{Form, Parsed, papers_needed},
    working_time::{self, Calendar},
};
use serde::{Deserialize, Serialize};
use store::{
    Tx, commands, counters,
    dossiers::{self, DossierRow, PaperListed},
    drafts, uploads,
};
use uuid::Uuid;

/// What a resident gets on submitting.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Submitted {
    pub dossier: Uuid,
    pub temporary_code: String,
}

/// Who the dossier is for, as papers and lists name them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Applicant {
    pub name: String,
    pub citizen_id: String,
    pub phone: String,
    pub address: String,
}

impl Office {
    /// Submits a draft. A repeat, of the same command or of the same draft, gets the same dossier.
    ///
    /// **Permissions**: the draft's owner.
    pub async fn submit_draft(&self, who: &Who, draft: Uuid, declared: bool, command: Uuid) -> Result<Submitted> {
        match self.submit_once(who, draft, declared, command).await {
            // Another window was first: its dossier is the answer.
            Err(Error::Stale) => {
                let mut tx = self.db().read().await?;
                let row = self.read_draft(&mut tx, who, draft).await?.row;
                self.answer_of(&mut tx, row.submitted_as.ok_or(Error::Stale)?).await
            }
            other => other,
        }
    }

    async fn submit_once(&self, who: &Who, id: Uuid, declared: bool, command: Uuid) -> Result<Submitted> {
        let mut tx = self.db().write().await?;
        if let Some(answer) = commands::answer_of(&mut tx, who.subject(), command).await? {
            return Ok(answer);
        }
        let draft = self.read_draft(&mut tx, who, id).await?;
        if let Some(dossier) = draft.row.submitted_as {
            return self.answer_of(&mut tx, dossier).await;
        }
        let parsed = draft.parsed(self);
        if !parsed.problems.is_empty() {
            return Err(Problem::FormIncomplete { problems: parsed.problems.len() }.into());
        }
        if !declared {
            return Err(Problem::NotDeclared.into());
        }
        let now = self.now();
        let act = Act::Submit { channel: Channel::Online, source: Source::ProvincialPortal, corrects: None };
        let (state, recorded) = dossier::apply(None, &act, now)?;
        let temporary_code = TemporaryCode::from_random(self.0.clock.random_bytes()).as_str().to_string();
        let begun_for = draft.row.office_id;
        let mut row = self.blank_row(begun_for, &draft.procedure, &draft.form, state, &self.calendar_of(begun_for));
        Applicant::of(&draft.form, &parsed, who).write_to(&mut row);
        // A draft may outlive the office it was begun for; of several that continue it, the address says which.
        let office = self.continuing_office(&row)?.id;
        let calendar = self.calendar_of(office);
        (row.office_id, row.resolving_office) = (office, office);
        row.calendar_version = calendar.version().into();
        row.local_part = self.unit_part_id(&row.procedure_code, office);
        let accept_by = self.acceptance_limit(&calendar, &draft.procedure, now, &[])?.due;
        row.temporary_code = Some(temporary_code.clone());
        row.account_id = Some(draft.row.account_id);
        row.typed.clone_from(&draft.typed);
        row.papers_listed = listed(&draft.form, &parsed);
        row.submitted_at = Some(now.0);
        row.accept_by = Some(accept_by.0);
        if let Some(id) = draft.row.organisation_id {
            let resident = who.resident().ok_or(Error::SignInFirst)?;
            let organisation = resident.acts_for(id).ok_or(Error::NotFound)?;
            row.organisation_id = Some(id);
            row.organisation_number = Some(organisation.number.clone());
            row.organisation_name = Some(organisation.name.clone());
            row.organisation_address = Some(organisation.address.clone());
        }
        let state = row.state.clone();
        self.project(&mut row, state, now)?;
        drafts::submit_draft(&mut tx, id, row.id, now).await?;
        dossiers::insert_dossier(&mut tx, &row).await?;
        dossiers::insert_code(&mut tx, &temporary_code, row.office_id, row.id).await?;
        uploads::move_uploads_to_dossier(&mut tx, id, row.office_id, row.id).await?;
        self.write_events(&mut tx, who, &row, &recorded, (act.kind(), command)).await?;
        let facts = |facts| Facts { accept_by: Some(accept_by), ..facts };
        self.issue_paper(&mut tx, who, &row, PaperKind::ResidentSlip, facts).await?;
        let answer = Submitted { dossier: row.id, temporary_code };
        self.keep_once(&mut tx, who, command, "submit_draft", &answer).await?;
        tx.commit().await?;
        self.tell_moved(&row);
        Ok(answer)
    }

    async fn answer_of(&self, tx: &mut Tx, dossier: Uuid) -> Result<Submitted> {
        let row = dossiers::dossier_by_id(tx, dossier).await?.ok_or(Error::NotFound)?;
        Ok(Submitted { dossier, temporary_code: row.temporary_code.unwrap_or_default() })
    }

    /// Accepts a submitted dossier under the term of a case that the procedure knows, or under the general term: the code
    /// is given here and form 01 is issued.
    ///
    /// **Permissions**: reception or the centre's director of its unit.
    pub async fn accept_dossier(&self, who: &Who, id: Uuid, case: Option<String>, command: Command) -> Result<()> {
        let Some(mut work) = self.begin(who, id, command).await? else { return Ok(()) };
        self.may_act(who, &work.row, dossier::ActKind::Accept)?;
        // Form 01 promises by the calendar in force now, not by the one of the day of filing.
        work.row.calendar_version = self.calendar_of(work.row.resolving_office).version().into();
        // So it does by what the unit says of the procedure now.
        work.row.local_part = self.unit_part_id(&work.row.procedure_code, work.row.resolving_office);
        let reception = self.reception_of(&mut work.tx, &work.row, case).await?;
        let code = reception.code.clone();
        dossiers::insert_code(&mut work.tx, &code, work.row.office_id, work.row.id).await?;
        work.act(&Act::Accept(reception)).await?;
        work.issue(PaperKind::Receipt, |facts| facts).await?;
        work.commit("accept_dossier").await
    }

    /// Refuses to accept, with the reason: form 03. Closed for good, and not a refusal to grant.
    ///
    /// **Permissions**: reception or the centre's director of its unit.
    pub async fn refuse_to_accept(&self, who: &Who, id: Uuid, reason: String, command: Command) -> Result<()> {
        let Some(mut work) = self.begin(who, id, command).await? else { return Ok(()) };
        work.act(&Act::RefuseToAccept { reason: reason.clone() }).await?;
        work.issue(PaperKind::Refusal, |facts| Facts { reason, ..facts }).await?;
        work.commit("refuse_to_accept").await
    }

    /// What form 01 fixes for good: the code of the day, the case, the due moment, the flow.
    pub(crate) async fn reception_of(&self, tx: &mut Tx, row: &DossierRow, case: Option<String>) -> Result<Reception> {
        let (now, books) = (self.now(), self.books());
        let procedure = self.procedure_of(row)?;
        if case.as_deref().is_some_and(|case| !procedure.cases().contains(&case)) {
            return Err(Problem::Missing("case").into());
        }
        let calendar = self.calendar_of_version(&row.calendar_version)?;
        // Without a term of our own there is nothing to promise.
        let term = self.term_of_case(&procedure, row, case.as_deref())?.ok_or(Problem::NotFiledHere)?;
        let due = working_time::due(&calendar, now, &term, None, &[]).map_err(|e| Error::Broken(format!("{e:?}")))?.due;
        let shop = books.places.one_stop_of(row.resolving_office, now.day()).ok_or(Error::NotFound)?;
        let sequence = counters::next_number(tx, row.resolving_office, "dossier", &now.day().to_string()).await?;
        let organ = domain::organ::OrganId::normalize(&shop.organ_id).map_err(|e| Error::Broken(format!("{e:?}")))?;
        let code = CaseCode::new(&organ, now.day(), sequence as u32).map_err(|e| Error::Broken(format!("{e:?}")))?;
        Ok(Reception { code: code.to_string(), received: None, due, steps: procedure.work_steps(), case })
    }

    /// A row with what is known before anything was typed.
    pub(crate) fn blank_row(
        &self,
        office_id: i64,
        procedure: &ProcedureVersion,
        form: &Form,
        state: Dossier,
        calendar: &Calendar,
    ) -> DossierRow {
        let now = self.now();
        DossierRow {
            office_id,
            id: self.new_id(),
            resolving_office: office_id,
            code: None,
            temporary_code: None,
            lookup_code: LookupCode::from_random(self.0.clock.random_bytes()).as_str().to_string(),
            status: i64::from(state.status.code()),
            sub_state: state.sub_state.key().into(),
            assignee: None,
            holder_role: String::new(),
            channel: state.channel.key().into(),
            source: state.source.key().into(),
            account_id: None,
            applicant_name: String::new(),
            applicant_id: String::new(),
            applicant_phone: String::new(),
            applicant_address: String::new(),
            organisation_id: None,
            organisation_number: None,
            organisation_name: None,
            organisation_address: None,
            search_text: String::new(),
            procedure_code: procedure.code.clone(),
            procedure_name: procedure.name.clone(),
            procedure_version: procedure.id,
            calendar_version: calendar.version().into(),
            form_key: form.key.clone(),
            form_version: i64::from(form.version),
            typed: domain::question::Typed::new(),
            papers_listed: Vec::new(),
            state,
            sensitive: procedure.is_sensitive(),
            submitted_at: None,
            accept_by: None,
            received_at: None,
            original_due_at: None,
            due_at: None,
            finished_at: None,
            delivered_at: None,
            queue_at: now.0,
            paused_at: None,
            due_soon_at: None,
            step_due_at: None,
            corrects: None,
            updated_at: now.0,
            version: 1,
            local_part: self.unit_part_id(&procedure.code, office_id),
        }
    }
}

impl Applicant {
    /// The person a filled form is filed by: the first of the form's people who files.
    pub fn of(form: &Form, parsed: &Parsed, who: &Who) -> Self {
        let answers = &parsed.answers;
        let person = FILERS.into_iter().find(|person| {
            form.owner(&format!("{person}.name")).is_some() && answers.text(&format!("{person}.name")).is_some()
        });
        let text = |part: &str| {
            person.and_then(|person| answers.text(&format!("{person}.{part}"))).unwrap_or_default().to_string()
        };
        // Whom to call and where to write is asked of whoever files, where the person it is about is somebody else too.
        let phone = FILERS.into_iter().find_map(|person| answers.text(&format!("{person}.phone")));
        let address = person
            .into_iter()
            .chain(FILERS)
            .find_map(|person| match answers.get(&format!("{person}.home")) {
                Some(domain::question::Answer::Address(a)) => Some(
                    [&a.house, &a.hamlet, &a.commune, &a.province]
                        .into_iter()
                        .filter(|part| !part.is_empty())
                        .cloned()
                        .collect::<Vec<_>>()
                        .join(", "),
                ),
                _ => None,
            })
            .unwrap_or_default();
        let account = who.resident();
        let or_account =
            |text: String, own: Option<String>| if text.is_empty() { own.unwrap_or_default() } else { text };
        Self {
            name: or_account(text("name"), account.map(|a| a.name.clone())),
            citizen_id: or_account(text("citizen_id"), account.map(|a| a.citizen_id.clone())),
            phone: or_account(phone.unwrap_or_default().to_string(), account.and_then(|a| a.phone.clone())),
            address,
        }
    }

    /// Copies the person into the dossier's columns.
    pub fn write_to(self, row: &mut DossierRow) {
        row.applicant_name = self.name;
        row.applicant_id = self.citizen_id;
        row.applicant_phone = self.phone;
        row.applicant_address = self.address;
    }
}

/// Front parts of the paths of the person who files, in the order they are looked for.
const FILERS: [&str; 5] = ["applicant", "declarer", "asker", "filer", "person"];

/// The papers that a filled form came with.
fn listed(form: &Form, parsed: &Parsed) -> Vec<PaperListed> {
    papers_needed(form, &parsed.answers)
        .into_iter()
        .filter(|paper| paper.given > 0)
        .map(|paper| PaperListed { name: paper.name, originals: 0, copies: paper.given as u32 })
        .collect()
}
