//! Opinions of other units, and of other divisions of one's own, on a dossier (lấy ý kiến phối hợp): asked by whoever works
//! on it, answered where it is asked by the people there, within a limit of its own.
//!
//! The asked unit sees the question and the files that were chosen for it, and nothing else of the dossier. The dossier stays
//! where it is: one code, one due date, one line in the registers.

use crate::{
    Error, Office, Result, Who,
    act::{Command, Work},
    answer_files::{answer_files, is_sent, opinion_of},
    audit::{self, Object, view_act},
    bus::News,
    error::Problem,
    rights::Task,
};
use domain::{
    dossier::{Act, ActKind, OpinionEnd, Stance},
    text,
    time::Instant,
    working_time::{self, Term, TermUnit},
};
use serde_json::json;
pub use store::opinions::{After, OpinionRow};
use store::{
    Tx,
    dossiers::{self, DossierRow},
    opinions::{self, Ending},
    staff::ColleagueRow,
    uploads::{self, UploadRow},
};
use uuid::Uuid;

/// What is asked, as typed.
#[derive(Debug, Clone)]
pub struct Question {
    /// The asked unit, by its authority; or a division of the dossier's own unit.
    pub unit: i64,
    pub words: String,
    /// Files of the dossier that the asked unit may open.
    pub files: Vec<Uuid>,
    /// Working hours of the asked unit until its answer.
    pub hours: u32,
}

/// An answer, as typed.
#[derive(Debug, Clone)]
pub struct Answer {
    pub stance: Stance,
    pub words: String,
    /// The files laid for it, as its writer had them before their eyes.
    pub shown: Vec<Uuid>,
    /// Those of them that go with it.
    pub files: Vec<Uuid>,
}

/// A page of what the reader's unit is asked for.
pub struct OpinionPage {
    pub lines: Vec<OpinionLine>,
    /// Where the next page begins, when there is one.
    pub next: Option<After>,
    /// Who may answer, by unit: the names of assignees.
    pub colleagues: Vec<ColleagueRow>,
}

/// One request, with what a list shows of its dossier.
pub struct OpinionLine {
    pub row: OpinionRow,
    /// The dossier's code, which is the request's too.
    pub code: String,
    pub procedure_name: String,
    /// Who asks.
    pub asking_unit: i64,
}

/// One request as the asked unit sees it.
pub struct OpinionView {
    pub line: OpinionLine,
    pub applicant_name: String,
    pub files: Vec<UploadRow>,
    /// What was laid for its answer, or went with it.
    pub answer_files: Vec<UploadRow>,
    /// What a scan took away of that and nothing came in place of.
    pub infected: Vec<UploadRow>,
    pub colleagues: Vec<ColleagueRow>,
    /// Whether the reader may answer: everybody who may, until it is given to somebody; then that person, and who leads.
    pub may_answer: bool,
}

/// Longest question and answer, in characters.
pub const WORDS_MOST: usize = 2_000;
/// Longest limit, in working hours: thirty working days.
pub const HOURS_MOST: u32 = 240;
/// Lines of a page.
const PAGE: usize = 30;
/// The right that the asked unit acts by.
pub(crate) const ANSWER: Task = Task::Dossier(ActKind::AnswerOpinion);

impl Office {
    /// Asks another unit, or another division of one's own, for an opinion. The dossier's own clock goes on.
    ///
    /// **Permissions**: specialist or civil status who holds it, or the centre's director of its unit. Nobody outside is
    /// asked on a sensitive matter.
    pub async fn ask_opinion(&self, who: &Who, id: Uuid, asked: Question, command: Command) -> Result<()> {
        let Some(mut work) = self.begin(who, id, command).await? else { return Ok(()) };
        self.may_act(who, &work.row, ActKind::AskOpinion)?;
        if work.row.sensitive {
            return Err(Problem::SensitiveStaysHere.into());
        }
        let (books, now) = (self.books(), self.now());
        let own = books.places.authority_of(work.row.resolving_office);
        let other = books.places.open_authority(asked.unit, now.day()).filter(|unit| Some(unit.id) != own);
        let divisions = self.divisions_to_ask(who, work.row.resolving_office);
        let division = divisions.iter().find(|(id, _)| *id == asked.unit).and_then(|(id, _)| books.places.by_id(*id));
        let unit = other.or(division).ok_or(Problem::Missing("unit"))?;
        if division.is_some() && self.answerers(&mut work.tx, unit.id).await?.is_empty() {
            return Err(Problem::NobodyAnswers.into());
        }
        let question = read_words(&asked.words, "question")?;
        let respond_by = self.opinion_due(unit.id, now, asked.hours)?;
        let files = choose_files(&mut work, &asked.files).await?;
        let names = files.iter().map(Uuid::to_string).collect();
        let act = Act::AskOpinion { office: unit.key.clone(), question: question.clone(), files: names, respond_by };
        work.act(&act).await?;
        let number = work.row.state.opinions.last().map_or(0, |opinion| opinion.number);
        let (_, asked_by, asked_by_name) = who.label();
        let row = OpinionRow {
            office_id: work.row.office_id,
            dossier_id: work.row.id,
            number: i64::from(number),
            id: self.new_id(),
            asked_unit: unit.id,
            asked_by: asked_by.ok_or(Error::SignInFirst)?,
            asked_by_name,
            question,
            files,
            asked_at: now.0,
            respond_by: respond_by.0,
            assignee: None,
            reminded_at: None,
            ended_at: None,
            ended: None,
            stance: None,
            words: None,
            answered_by: None,
        };
        opinions::insert_opinion(&mut work.tx, &row).await?;
        work.commit("ask_opinion").await?;
        self.tell_asked(row.asked_unit, now);
        Ok(())
    }

    /// Takes a request back that is not answered yet.
    ///
    /// **Permissions**: as [`Office::ask_opinion`].
    pub async fn recall_opinion(
        &self,
        who: &Who,
        id: Uuid,
        opinion: Uuid,
        reason: String,
        command: Command,
    ) -> Result<()> {
        let Some(mut work) = self.begin(who, id, command).await? else { return Ok(()) };
        self.may_act(who, &work.row, ActKind::RecallOpinion)?;
        let row = open_request(&mut work.tx, opinion, id).await?;
        work.act(&Act::RecallOpinion { number: row.number as u32, reason: reason.clone() }).await?;
        self.set_answer_files_aside(&mut work.tx, who, &work.row, &row, &[]).await?;
        let ending = Ending { end: OpinionEnd::Recalled, stance: None, words: &reason, by: "" };
        opinions::end_opinion(&mut work.tx, opinion, self.now(), ending).await?;
        work.commit("recall_opinion").await
    }

    /// Reminds the asked unit of a request that is not answered yet: its line says so.
    ///
    /// **Permissions**: as [`Office::ask_opinion`].
    pub async fn remind_opinion(&self, who: &Who, opinion: Uuid, command: Uuid) -> Result<()> {
        self.units_of(who, Task::Dossier(ActKind::AskOpinion))?;
        let mut tx = self.db().write().await?;
        let row = opinions::opinion_by_id(&mut tx, opinion).await?.ok_or(Error::NotFound)?;
        let dossier = self.hold_dossier(&mut tx, row.dossier_id).await?;
        self.may_act(who, &dossier, ActKind::AskOpinion)?;
        if self.answered_before::<()>(&mut tx, who, command).await?.is_some() {
            return Ok(());
        }
        if !opinions::remind_opinion(&mut tx, opinion, self.now()).await? {
            return Err(Error::Stale);
        }
        let detail = json!({ "opinion": opinion });
        audit::record(self, &mut tx, who, "remind_opinion", &Object::of(&dossier), detail).await?;
        self.keep_once(&mut tx, who, command, "remind_opinion", &()).await?;
        tx.commit().await?;
        self.tell_asked(row.asked_unit, self.now());
        Ok(())
    }

    /// Gives a request to somebody of the asked unit.
    ///
    /// **Permissions**: whoever may answer in the asked unit, to whoever may.
    pub async fn assign_opinion(&self, who: &Who, opinion: Uuid, to: Uuid, command: Uuid) -> Result<()> {
        self.units_of(who, ANSWER)?;
        let mut tx = self.db().write().await?;
        let (row, dossier) = self.asked_of(&mut tx, who, opinion).await?;
        // Held, so that a twin of the command waits.
        dossiers::hold_dossier(&mut tx, dossier.id).await?;
        if self.answered_before::<()>(&mut tx, who, command).await?.is_some() {
            return Ok(());
        }
        let colleagues = self.answerers(&mut tx, self.unit_now(&row)).await?;
        if colleagues.iter().all(|one| one.staff_id != to) {
            return Err(Problem::Missing("to").into());
        }
        if !opinions::assign_opinion(&mut tx, opinion, to).await? {
            return Err(Error::Stale);
        }
        let detail = json!({ "opinion": opinion, "to": to });
        audit::record(self, &mut tx, who, "assign_opinion", &Object::of(&dossier), detail).await?;
        self.keep_once(&mut tx, who, command, "assign_opinion", &()).await?;
        Ok(tx.commit().await?)
    }

    /// Answers a request. One that names other files than lie there now is `Stale`.
    ///
    /// **Permissions**: specialist, civil status, the centre's director or a leader of the asked unit; once it was given to
    /// somebody, that person, or who leads.
    pub async fn answer_opinion(&self, who: &Who, opinion: Uuid, answer: Answer, command: Uuid) -> Result<()> {
        self.units_of(who, ANSWER)?;
        let mut tx = self.db().read().await?;
        let (_, dossier) = self.asked_of(&mut tx, who, opinion).await?;
        drop(tx);
        let Some(mut work) = self.begin_beside(who, dossier.id, command).await? else { return Ok(()) };
        let (row, _) = self.asked_of(&mut work.tx, who, opinion).await?;
        if row.ended_at.is_some() {
            return Err(Error::Stale);
        }
        if !self.is_ones_own(who, &row) {
            return Err(Error::Forbidden);
        }
        let words = match answer.words.trim() {
            "" => String::new(),
            typed => read_words(typed, "words")?,
        };
        let act = Act::AnswerOpinion { number: row.number as u32, stance: answer.stance, words: words.clone() };
        work.act(&act).await?;
        self.choose_answer_files(who, &mut work, &row, (&answer.shown, &answer.files)).await?;
        let (_, _, by) = who.label();
        let ending = Ending { end: OpinionEnd::Answered, stance: Some(answer.stance), words: &words, by: &by };
        opinions::end_opinion(&mut work.tx, opinion, self.now(), ending).await?;
        work.commit("answer_opinion").await
    }

    /// One page of what the reader's units are asked for and have not answered, the most urgent first.
    ///
    /// **Permissions**: whoever may answer, in the units where that is so.
    pub async fn opinions(&self, who: &Who, after: Option<After>) -> Result<OpinionPage> {
        let units = self.units_asked(who)?;
        let mut tx = self.db().read().await?;
        let mut rows = opinions::open_opinions(&mut tx, &units, after, PAGE as i64 + 1).await?;
        let more = rows.len() > PAGE;
        rows.truncate(PAGE);
        let next = rows.last().filter(|_| more).map(|row| After { respond_by: row.respond_by, id: row.id });
        let ids: Vec<Uuid> = rows.iter().map(|row| row.dossier_id).collect();
        let asked_on = dossiers::dossiers_by_ids(&mut tx, &ids).await?;
        let mut colleagues = Vec::new();
        for unit in self.units_for(who, ANSWER) {
            colleagues.extend(self.answerers(&mut tx, unit).await?);
        }
        drop(tx);
        let line = |row: OpinionRow| {
            let dossier = asked_on.iter().find(|one| one.id == row.dossier_id)?;
            Some(self.line_of(row, dossier))
        };
        let lines: Vec<OpinionLine> = rows.into_iter().filter_map(line).collect();
        if !lines.is_empty() {
            let office = self.units_for(who, ANSWER).first().copied();
            let object = Object { kind: "queue", id: "xin-y-kien".into(), office };
            self.record_view(who, "view_opinions", &object, json!({ "rows": lines.len() })).await?;
        }
        Ok(OpinionPage { lines, next, colleagues })
    }

    /// How many the reader's units have not answered; 100 means a hundred or more.
    ///
    /// **Permissions**: as [`Office::opinions`].
    pub async fn count_opinions(&self, who: &Who) -> Result<i64> {
        let units = self.units_asked(who)?;
        let mut tx = self.db().read().await?;
        Ok(opinions::count_open_opinions(&mut tx, &units).await?)
    }

    /// One request, for the asked unit: the question and the files chosen for it, while it is asked.
    ///
    /// **Permissions**: whoever may answer in the asked unit.
    pub async fn opinion(&self, who: &Who, id: Uuid) -> Result<OpinionView> {
        self.units_of(who, ANSWER)?;
        let mut tx = self.db().read().await?;
        let (row, dossier) = self.asked_of(&mut tx, who, id).await?;
        let mut files = Vec::new();
        if row.ended_at.is_none() {
            files = uploads::uploads_of_dossier(&mut tx, dossier.id).await?;
            files.retain(|file| row.files.contains(&file.id));
        }
        let laid = answer_files(&mut tx, &row).await?;
        let mut infected = uploads::infected_uploads_of(&mut tx, dossier.id).await?;
        infected.retain(|file| opinion_of(&file.question) == Some(row.id));
        let colleagues = self.answerers(&mut tx, self.unit_now(&row)).await?;
        drop(tx);
        let detail = json!({ "opinion": id });
        self.record_view(who, view_act(&dossier, "view_opinion"), &Object::of(&dossier), detail).await?;
        let may_answer = row.ended_at.is_none() && self.is_ones_own(who, &row);
        let applicant_name = dossier.applicant_name.clone();
        let line = self.line_of(row, &dossier);
        Ok(OpinionView { line, applicant_name, files, answer_files: laid, infected, colleagues, may_answer })
    }

    /// Whether a file is one that this person's unit was given to look at with a question that still stands, or that it laid
    /// with its answer.
    pub(crate) async fn may_open_asked(&self, who: &Who, dossier: &DossierRow, file: &UploadRow) -> Result<bool> {
        let own = opinion_of(&file.question);
        if dossier.sensitive || own.is_none() && self.may_act(who, dossier, ActKind::AnswerOpinion).is_err() {
            return Ok(false);
        }
        let mut tx = self.db().read().await?;
        let rows = opinions::opinions_of_dossier(&mut tx, dossier.office_id, dossier.id).await?;
        let is_theirs = |row: &OpinionRow| {
            let is_given = row.ended_at.is_none() && row.files.contains(&file.id);
            (is_given || own == Some(row.id)) && self.answers_there(who, self.unit_now(row))
        };
        Ok(rows.iter().any(is_theirs))
    }

    /// A request that a unit of this person's was asked, with its dossier. To everybody else it is not there.
    pub(crate) async fn asked_of(&self, tx: &mut Tx, who: &Who, id: Uuid) -> Result<(OpinionRow, DossierRow)> {
        let row = opinions::opinion_by_id(tx, id).await?.ok_or(Error::NotFound)?;
        let dossier = self.find_dossier(tx, row.dossier_id).await?;
        let is_asked = self.answers_there(who, self.unit_now(&row));
        if is_asked && !dossier.sensitive { Ok((row, dossier)) } else { Err(Error::NotFound) }
    }

    /// Tells whoever looks at lists of the unit in which it is asked.
    fn tell_asked(&self, asked: i64, at: Instant) {
        let unit = self.books().places.authority_of(asked);
        self.bus().tell(News::Queues { office: unit.unwrap_or(asked) }, at);
    }

    /// What a list shows of a request.
    pub(crate) fn line_of(&self, row: OpinionRow, dossier: &DossierRow) -> OpinionLine {
        let asking_unit = self.books().places.authority_of(dossier.resolving_office);
        OpinionLine {
            row,
            code: dossier.code.clone().unwrap_or_default(),
            procedure_name: dossier.procedure_name.clone(),
            asking_unit: asking_unit.unwrap_or(dossier.resolving_office),
        }
    }

    /// Until when a unit answers that is asked now, by its own calendar.
    fn opinion_due(&self, unit: i64, now: Instant, hours: u32) -> Result<Instant> {
        if !(1..=HOURS_MOST).contains(&hours) {
            return Err(Problem::HoursInvalid { most: HOURS_MOST }.into());
        }
        let term = Term { unit: TermUnit::WorkingHours, amount: hours, cutoff_15h: false };
        let due = working_time::due(&self.calendar_of(unit), now, &term, None, &[]);
        due.map(|due| due.due).map_err(|e| Error::Broken(format!("{e:?}")))
    }
}

/// An open request on that dossier.
async fn open_request(tx: &mut Tx, opinion: Uuid, dossier: Uuid) -> Result<OpinionRow> {
    let row = opinions::opinion_by_id(tx, opinion).await?.filter(|row| row.dossier_id == dossier);
    let row = row.ok_or(Error::NotFound)?;
    if row.ended_at.is_some() { Err(Error::Stale) } else { Ok(row) }
}

/// The chosen files, each once: files of that dossier and no others.
async fn choose_files(work: &mut Work<'_>, chosen: &[Uuid]) -> Result<Vec<Uuid>> {
    if chosen.is_empty() {
        return Ok(Vec::new());
    }
    let mut there = uploads::uploads_of_dossier(&mut work.tx, work.row.id).await?;
    let asked = opinions::opinions_of_dossier(&mut work.tx, work.row.office_id, work.row.id).await?;
    there.retain(|file| is_sent(&asked, file));
    if chosen.iter().any(|id| there.iter().all(|file| file.id != *id)) {
        return Err(Problem::Missing("files").into());
    }
    Ok(there.iter().map(|file| file.id).filter(|id| chosen.contains(id)).collect())
}

fn read_words(typed: &str, field: &'static str) -> Result<String> {
    let lines: Vec<String> = typed.lines().map(text::clean).collect();
    let words = lines.join("\n").trim().to_string();
    if words.chars().count() > WORDS_MOST { Err(Problem::TooLong(field).into()) } else { Ok(words) }
}
