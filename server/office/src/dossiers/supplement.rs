//! Asking for what is missing, and getting it.

use crate::{
    Error, Office, Result, Who,
    act::Command,
    answer_files::opinion_of,
    audit::{self, Object},
    drafts,
    error::Problem,
    papers::{Facts, PaperKind},
};
use domain::{
    dossier::{Act, ActKind, Status, SupplementItem, SupplementStage},
    question::{Form, QuestionKind, Typed, problems_of_question},
    time::Instant,
    working_time::{self, Term, TermUnit},
};
use serde_json::json;
use std::sync::Arc;
use store::{
    Tx,
    dossiers::DossierRow,
    drafts as answer_drafts,
    uploads::{self, UploadRow},
};
use uuid::Uuid;

/// What a clerk writes in a request for supplement.
#[derive(Debug, Clone, Default)]
pub struct Request {
    /// Everything that is missing, at once.
    pub items: Vec<SupplementItem>,
    pub reason: String,
    /// On what basis, from the second round on.
    pub basis: String,
}

impl Office {
    /// Asks for everything that is missing, once: form 02. An accepted dossier's clock stands still from here.
    ///
    /// **Permissions**: reception, specialist, civil status or the centre's director of its unit.
    pub async fn ask_supplement(&self, who: &Who, id: Uuid, request: Request, command: Command) -> Result<()> {
        let Some(mut work) = self.begin(who, id, command).await? else { return Ok(()) };
        let procedure = self.procedure_of(&work.row)?;
        let calendar = self.calendar_of_version(&work.row.calendar_version)?;
        let term = Term { unit: TermUnit::CalendarDays, amount: procedure.days_to_supplement(), cutoff_15h: false };
        let respond_by = working_time::due(&calendar, self.now(), &term, None, &[])
            .map_err(|e| Error::Broken(format!("{e:?}")))?
            .due;
        let stage = match work.row.state.status {
            Status::Registered => SupplementStage::BeforeAcceptance,
            Status::Accepted => SupplementStage::AtCounter,
            _ => SupplementStage::AtExamination,
        };
        let Request { mut items, reason, basis } = request;
        // A line without a reason of its own is asked for the reason of the whole.
        for item in items.iter_mut().filter(|item| item.why.trim().is_empty()) {
            item.why.clone_from(&reason);
        }
        work.act(&Act::AskSupplement {
            items: items.clone(),
            stage,
            reason: reason.clone(),
            basis: basis.clone(),
            approved_by: None,
            respond_by,
        })
        .await?;
        let clock_pauses = work.row.received_at.is_some();
        let deadline = Some(respond_by);
        work.issue(PaperKind::Supplement, |facts| Facts { items, reason, basis, deadline, clock_pauses, ..facts })
            .await?;
        work.commit("ask_supplement").await
    }

    /// Answers a request: files lie with the dossier already, corrected answers come here.
    ///
    /// **Permissions**: the dossier's resident; reception when it is brought to the counter.
    pub async fn answer_supplement(&self, who: &Who, id: Uuid, corrected: Typed, command: Command) -> Result<()> {
        let Some(mut work) = self.begin(who, id, command).await? else { return Ok(()) };
        self.may_act(who, &work.row, ActKind::AnswerSupplement)?;
        let row = &mut work.row;
        let form = self.form_of(row)?;
        // What is brought to the counter is paper: no form with boxes was before anybody.
        if who.resident().is_some() || !corrected.is_empty() {
            row.typed = with_answer(&form, row, corrected);
        }
        if who.resident().is_some() {
            self.check_corrected(row, &form)?;
        }
        let (due, redated_due) = match self.moved_dues(row)? {
            Some((due, redated_due)) => (Some(due), redated_due),
            None => {
                // The limit of acceptance waited as well: asking is no way to be on time again.
                row.accept_by = row.accept_by.max(self.waiting_of(row)?.map(|limit| limit.due.0));
                (None, None)
            }
        };
        work.act(&Act::AnswerSupplement { due, redated_due }).await?;
        work.commit("answer_supplement").await
    }

    /// Whether what was asked to be corrected is now right by itself. What was never typed is not asked here: a
    /// dossier that came over the counter has no answers of its own.
    fn check_corrected(&self, row: &DossierRow, form: &Form) -> Result<()> {
        if row.typed.is_empty() {
            return Ok(());
        }
        let today = self.now().day();
        let wrong = |path: &str| problems_of_question(form, path, &row.typed, today).len();
        match retyped(form, row).map(wrong).sum() {
            0 => Ok(()),
            problems => Err(Problem::FormIncomplete { problems }.into()),
        }
    }

    /// Keeps what was typed so far in answer to a request, right or wrong, until it is sent.
    ///
    /// **Permissions**: the dossier's resident, while a request waits.
    pub async fn keep_answer(&self, who: &Who, id: Uuid, typed: Typed) -> Result<()> {
        let mut tx = self.db().write().await?;
        // Held, so that nothing is kept of an answer that is being sent.
        let row = self.hold_dossier(&mut tx, id).await?;
        of_resident(who, &row)?;
        if row.state.status != Status::SupplementAsked {
            return Err(Error::Stale);
        }
        let form = self.form_of(&row)?;
        let mut kept = Typed::new();
        drafts::put_in_place(&mut kept, typed, |path| is_retyped(&form, &row, path));
        answer_drafts::save_answer_draft(&mut tx, row.office_id, row.id, &kept, self.now()).await?;
        Ok(tx.commit().await?)
    }

    /// What was typed so far in answer to the request that waits, and when it was kept.
    ///
    /// **Permissions**: the dossier's resident.
    pub async fn kept_answer(&self, who: &Who, row: &DossierRow) -> Result<Option<(Typed, Instant)>> {
        of_resident(who, row)?;
        let Some(asked) = row.state.supplement.as_ref().map(|open| open.asked) else { return Ok(None) };
        let mut tx = self.db().read().await?;
        let kept = answer_drafts::answer_draft_of(&mut tx, row.office_id, row.id).await?;
        Ok(kept.filter(|kept| kept.updated_at >= asked.0).map(|kept| (kept.typed, Instant(kept.updated_at))))
    }

    /// Takes back a file that was laid with the dossier in answer to the request that waits, for good: its bytes go too,
    /// unless another file has the same. What lay with the dossier before stays; a file that is gone stays gone.
    ///
    /// **Permissions**: the dossier's resident, while a request waits, and only what they sent themselves.
    pub async fn drop_answer_upload(&self, who: &Who, id: Uuid, upload: Uuid, command: Uuid) -> Result<()> {
        let resident = who.resident().ok_or(Error::SignInFirst)?;
        let mut tx = self.db().write().await?;
        // Held, so that an answer that is sent meanwhile has the file or not, but not half.
        let row = self.hold_dossier(&mut tx, id).await?;
        self.may_act(who, &row, ActKind::AnswerSupplement)?;
        if self.answered_before::<Uuid>(&mut tx, who, command).await?.is_some() {
            return Ok(());
        }
        let file = uploads::upload_by_id(&mut tx, upload).await?.filter(|file| file.dossier_id == Some(id));
        let file = file.filter(|file| file.owner_id == resident.account).ok_or(Error::NotFound)?;
        if file.dropped_at.is_some() {
            return Ok(());
        }
        let asked = row.state.supplement.as_ref().filter(|_| row.state.status == Status::SupplementAsked);
        let asked = asked.ok_or(Error::Stale)?.asked;
        if !is_of_answer(&file, asked) {
            return Err(Error::Stale);
        }
        uploads::drop_upload(&mut tx, upload, self.now()).await?;
        audit::record(self, &mut tx, who, "drop_upload", &Object::of(&row), json!({ "upload": upload })).await?;
        self.release_later(&mut tx, file.sha256).await?;
        self.keep_once(&mut tx, who, command, "drop_answer_upload", &upload).await?;
        Ok(tx.commit().await?)
    }

    /// The form that a dossier was filled in on.
    fn form_of(&self, row: &DossierRow) -> Result<Arc<Form>> {
        let form = self.books().catalogue.form(&*self.procedure_of(row)?, &row.form_key, row.form_version);
        form.ok_or_else(|| Error::Broken("a dossier without its form".into()))
    }

    /// Whether this person may lay a file with the dossier; answers who the file then belongs to, and the dossier's office.
    pub(crate) async fn may_attach(&self, tx: &mut Tx, who: &Who, id: Uuid, question: &str) -> Result<(Uuid, i64)> {
        let row = self.find_dossier(tx, id).await?;
        match who.staff() {
            Some(staff) => {
                match opinion_of(question) {
                    Some(opinion) => self.may_lay_with_answer(tx, who, opinion, id).await?,
                    None => self.may_with(who, crate::rights::Task::AttachFile, &row)?,
                }
                if row.state.status.is_terminal() {
                    return Err(Error::Stale);
                }
                Ok((staff.id, row.office_id))
            }
            None => {
                self.may_act(who, &row, ActKind::AnswerSupplement)?;
                if row.state.status != Status::SupplementAsked && !lacks_a_file(tx, &row, question).await? {
                    return Err(Error::Stale);
                }
                Ok((who.subject(), row.office_id))
            }
        }
    }
}

/// Whether a scan took away what lay with the dossier under that question, and nothing came in its place: the resident
/// sends another without being asked by a request for supplement.
async fn lacks_a_file(tx: &mut Tx, row: &DossierRow, question: &str) -> Result<bool> {
    if !row.state.waits_for_files() {
        return Ok(false);
    }
    Ok(uploads::infected_uploads_of(tx, row.id).await?.iter().any(|file| file.question == question))
}

/// Whether a file came in answer to the request of that moment: not with the draft, and not for a request before it.
pub fn is_of_answer(file: &UploadRow, asked: Instant) -> bool {
    file.draft_id.is_none() && file.created_at >= asked.0
}

/// What a dossier declares with this answer to the request that waits: at the questions that were asked again the answer
/// stands in place of what stood there, everything else stays.
pub fn with_answer(form: &Form, row: &DossierRow, answer: Typed) -> Typed {
    let mut typed = row.typed.clone();
    drafts::put_in_place(&mut typed, answer, |path| is_retyped(form, row, path));
    typed
}

/// The paths of a waiting request that are typed again on its page: not those of files, and not a whole group.
fn retyped<'a>(form: &'a Form, row: &'a DossierRow) -> impl Iterator<Item = &'a str> {
    let items = row.state.supplement.iter().flat_map(|open| &open.items);
    items.map(|item| item.path_or_paper.as_str()).filter(|path| {
        let question = form.question(path).map(|question| &question.kind);
        question.is_some_and(|kind| !matches!(kind, QuestionKind::File { .. } | QuestionKind::Group { .. }))
    })
}

fn is_retyped(form: &Form, row: &DossierRow, path: &str) -> bool {
    retyped(form, row).any(|one| path.strip_prefix(one).is_some_and(|rest| rest.is_empty() || rest.starts_with('.')))
}

/// Whether this is the resident whose dossier it is.
fn of_resident(who: &Who, row: &DossierRow) -> Result<()> {
    let resident = who.resident().ok_or(Error::SignInFirst)?;
    if resident.answers_for(row) { Ok(()) } else { Err(Error::NotFound) }
}
