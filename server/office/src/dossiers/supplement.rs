//! Asking for what is missing, and getting it.

use crate::{
    Error, Office, Result, Who,
    act::{Command, object_of},
    audit,
    error::Problem,
    papers::{Facts, PaperKind},
};
use domain::{
    dossier::{Act, ActKind, Status, SupplementItem, SupplementStage},
    question::{QuestionKind, Typed, problems_of_question},
    time::Instant,
    working_time::{self, Term, TermUnit},
};
use serde_json::json;
use store::{
    Tx,
    dossiers::{self, DossierRow},
    drafts,
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
        let calendar = self.calendar_of_version(&work.row.calendar_version);
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
        let asked = asked_paths(row);
        row.typed.extend(of_asked(&asked, corrected));
        if who.resident().is_some() {
            self.check_corrected(row, &asked)?;
        }
        let (due, redated_due) = match self.moved_dues(row)? {
            Some((due, redated_due)) => (Some(due), redated_due),
            None => {
                let procedure = self.procedure_of(row)?;
                let calendar = self.calendar_of_version(&row.calendar_version);
                row.accept_by = Some(self.acceptance_limit(&calendar, &procedure, self.now())?.0);
                (None, None)
            }
        };
        work.act(&Act::AnswerSupplement { due, redated_due }).await?;
        work.commit("answer_supplement").await
    }

    /// Whether what was asked to be corrected is now right by itself. What was never typed is not asked here: a
    /// dossier that came over the counter has no answers of its own.
    fn check_corrected(&self, row: &DossierRow, asked: &[String]) -> Result<()> {
        let procedure = self.procedure_of(row)?;
        let form = self.books().catalogue.form(&procedure, &row.form_key, row.form_version);
        let Some(form) = form.filter(|_| !row.typed.is_empty()) else { return Ok(()) };
        let today = self.now().day();
        let wrong = |path: &String| problems_of_question(&form, path, &row.typed, today).len();
        let is_file =
            |path: &str| form.question(path).is_none_or(|question| matches!(question.kind, QuestionKind::File { .. }));
        match asked.iter().filter(|path| !is_file(path)).map(wrong).sum() {
            0 => Ok(()),
            problems => Err(Problem::FormIncomplete { problems }.into()),
        }
    }

    /// Keeps what was typed so far in answer to a request, right or wrong, until it is sent.
    ///
    /// **Permissions**: the dossier's resident, while a request waits.
    pub async fn keep_answer(&self, who: &Who, id: Uuid, typed: Typed) -> Result<()> {
        let mut tx = self.db().write().await?;
        self.may_attach(&mut tx, who, id).await?;
        let row = dossiers::dossier_by_id(&mut tx, id).await?.ok_or(Error::NotFound)?;
        let kept: Typed = of_asked(&asked_paths(&row), typed).collect();
        drafts::save_answer_draft(&mut tx, row.office_id, row.id, &kept, self.now()).await?;
        Ok(tx.commit().await?)
    }

    /// What was typed so far in answer to the request that waits, and when it was kept.
    ///
    /// **Permissions**: the dossier's resident.
    pub async fn kept_answer(&self, who: &Who, row: &DossierRow) -> Result<Option<(Typed, Instant)>> {
        let resident = who.resident().ok_or(Error::SignInFirst)?;
        if row.account_id != Some(resident.account) {
            return Err(Error::NotFound);
        }
        let Some(asked) = row.state.supplement.as_ref().map(|open| open.asked) else { return Ok(None) };
        let mut tx = self.db().read().await?;
        let kept = drafts::answer_draft_of(&mut tx, row.office_id, row.id).await?;
        Ok(kept.filter(|kept| kept.updated_at >= asked.0).map(|kept| (kept.typed, Instant(kept.updated_at))))
    }

    /// Takes back a file that was laid with the dossier in answer to the request that waits, for good: its bytes go too,
    /// unless another file has the same. What lay with the dossier before stays; a file that is gone stays gone.
    ///
    /// **Permissions**: the dossier's resident, while a request waits, and only what they sent themselves.
    pub async fn drop_answer_upload(&self, who: &Who, id: Uuid, upload: Uuid) -> Result<()> {
        let resident = who.resident().ok_or(Error::SignInFirst)?;
        let mut tx = self.db().write().await?;
        // Held, so that an answer that is sent meanwhile has the file or not, but not half.
        let row = dossiers::hold_dossier(&mut tx, id).await?.ok_or(Error::NotFound)?;
        self.may_act(who, &row, ActKind::AnswerSupplement)?;
        let file = uploads::upload_by_id(&mut tx, upload).await?.filter(|file| file.dossier_id == Some(id));
        let file = file.filter(|file| file.owner_id == resident.account).ok_or(Error::NotFound)?;
        if file.dropped_at.is_some() {
            return Ok(());
        }
        let asked = row.state.supplement.as_ref().filter(|_| row.state.status == Status::SupplementAsked);
        let asked = asked.ok_or(Error::Stale)?.asked;
        if !is_of_answer(&file, asked) {
            return Err(Error::Forbidden);
        }
        uploads::drop_upload(&mut tx, upload, self.now()).await?;
        audit::record(self, &mut tx, who, "drop_upload", &object_of(&row), json!({ "upload": upload })).await?;
        self.release_later(&mut tx, file.sha256).await?;
        Ok(tx.commit().await?)
    }

    /// Whether this person may lay a file with the dossier; answers who the file then belongs to.
    pub(crate) async fn may_attach(&self, tx: &mut Tx, who: &Who, id: Uuid) -> Result<Uuid> {
        let row = dossiers::dossier_by_id(tx, id).await?.ok_or(Error::NotFound)?;
        match who.staff() {
            Some(staff) => {
                self.may(who, crate::rights::Task::AttachFile, row.resolving_office)?;
                if row.state.status.is_terminal() {
                    return Err(Error::Stale);
                }
                Ok(staff.id)
            }
            None => {
                self.may_act(who, &row, ActKind::AnswerSupplement)?;
                if row.state.status != Status::SupplementAsked {
                    return Err(Error::Stale);
                }
                Ok(who.subject())
            }
        }
    }
}

/// Whether a file came in answer to the request of that moment: not with the draft, and not for a request before it.
pub fn is_of_answer(file: &UploadRow, asked: Instant) -> bool {
    file.draft_id.is_none() && file.created_at >= asked.0
}

/// The paths and papers that a waiting request names.
fn asked_paths(row: &DossierRow) -> Vec<String> {
    let items = row.state.supplement.iter().flat_map(|open| &open.items);
    items.map(|item| item.path_or_paper.clone()).filter(|path| !path.is_empty()).collect()
}

/// Of what was typed, the part that was asked for.
fn of_asked(asked: &[String], typed: Typed) -> impl Iterator<Item = (String, String)> {
    typed.into_iter().filter_map(|(path, text)| {
        let is_asked = asked.iter().any(|one| path == *one || path.starts_with(&format!("{one}.")));
        // Nobody types a NUL, and PostgreSQL keeps none.
        (is_asked && text.len() <= crate::drafts::TEXT_MOST).then(|| (path, text.replace('\0', "")))
    })
}
