//! What is stuck, from every queue of the program, on one page: how much, whose it is and since when, so that nothing is
//! lost silently.
//!
//! A queue of the program registers by a line in [`SOURCES`], a queue of dossiers by a [`Backlog`].
// long because every source of what is stuck stands here, one after the other.

use crate::{Error, Office, Result, Who, payments::UNRECONCILED_MS, queues::BEFORE_DECISION, rights::Task};
use domain::{
    dossier::Status,
    message::Means,
    role::Role,
    time::{DAY_MS, Day, Instant},
};
use std::pin::Pin;
use store::{
    Tx, audit, credits, jobs, messages, money_tray, opinions, organisations, proofs,
    queues::{self, Filter, Since},
    reorganisations, uploads,
};
use uuid::Uuid;

/// One line of the page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Stuck {
    /// Work that failed and waits for another try; without an error, work that no worker has brought to an end.
    Job { kind: String, attempts: i64, error: String, since: Instant },
    /// Rows of the audit log that the sealer has not chained for longer than a minute.
    Unsealed { rows: i64, since: Instant },
    /// Uploads that began more than an hour ago and never finished.
    Uploads { files: i64, since: Instant },
    /// Dossiers that no resident sees until a clerk has said whose they are.
    Disputed { dossiers: i64, since: Instant },
    /// Organisations for which nobody acts until a clerk has said whose they are.
    DisputedOrganisations { organisations: i64, since: Instant },
    /// Files that nobody may open because no scanner has looked at them.
    Held { files: i64, since: Instant },
    /// A message to a resident that its carrier refused for good. It has no code where the dossier is a sensitive one that
    /// whoever looks may not read.
    Message { id: Uuid, means: Means, code: String, problem: String, since: Instant },
    /// Messages that their carrier does not take now, or that nobody has tried to send.
    Messages { means: Means, messages: i64, since: Instant },
    /// A confirmed reorganisation whose day has come and that is not finished: so many dossiers are open in what closes.
    Reorganisation { id: Uuid, has_begun: bool, dossiers: i64, since: Instant },
    /// Opinions that are late: of a unit of the reader's, or for one.
    Opinions { asked_here: bool, opinions: i64, since: Instant },
    /// Money that came and that nobody has found a place for within half an hour.
    Money { lines: i64, since: Instant },
    /// Dossiers that one role holds, and since when the first of them is stuck.
    Dossiers { backlog: Backlog, holder: Option<Role>, dossiers: i64, since: Instant },
}

impl Stuck {
    /// Whose it is to get it going. The program's own queues are the administrator's.
    pub const fn owner(&self) -> Option<Role> {
        match self {
            Self::Job { .. }
            | Self::Unsealed { .. }
            | Self::Uploads { .. }
            | Self::Held { .. }
            | Self::Reorganisation { .. }
            | Self::Messages { .. } => Some(Role::Administrator),
            Self::Disputed { .. } | Self::DisputedOrganisations { .. } => Some(Role::Reception),
            // Whoever speaks with the resident asks for another address.
            Self::Message { .. } => Some(Role::Reception),
            // Who leads gives it to somebody; who asked reminds.
            Self::Opinions { asked_here: true, .. } => Some(Role::CentreDirector),
            Self::Opinions { .. } => Some(Role::Specialist),
            Self::Money { .. } => Some(Role::Accountant),
            Self::Dossiers { holder, .. } => *holder,
        }
    }

    /// What it is, by a key that stays while it is stuck: whoever takes it in hand takes that.
    pub fn item(&self) -> String {
        match self {
            Self::Job { kind, .. } => format!("job/{kind}"),
            Self::Unsealed { .. } => "unsealed".into(),
            Self::Uploads { .. } => "uploads".into(),
            Self::Disputed { .. } => "disputed".into(),
            Self::DisputedOrganisations { .. } => "disputed-organisations".into(),
            Self::Held { .. } => "held".into(),
            Self::Message { id, .. } => format!("message/{id}"),
            Self::Reorganisation { id, .. } => format!("reorganisation/{id}"),
            Self::Messages { means, .. } => format!("messages/{}", means.key()),
            Self::Opinions { asked_here, .. } => {
                format!("opinions/{}", if *asked_here { "asked_here" } else { "awaited" })
            }
            Self::Money { .. } => "money".into(),
            Self::Dossiers { backlog, holder, .. } => {
                format!("dossiers/{}/{}", backlog.key(), holder.map_or("", Role::key))
            }
        }
    }

    /// Since when.
    pub const fn since(&self) -> Instant {
        match self {
            Self::Job { since, .. }
            | Self::Unsealed { since, .. }
            | Self::Uploads { since, .. }
            | Self::Disputed { since, .. }
            | Self::DisputedOrganisations { since, .. }
            | Self::Held { since, .. }
            | Self::Message { since, .. }
            | Self::Messages { since, .. }
            | Self::Reorganisation { since, .. }
            | Self::Opinions { since, .. }
            | Self::Money { since, .. }
            | Self::Dossiers { since, .. } => *since,
        }
    }
}

/// Why dossiers are stuck.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Backlog {
    /// Their limit has passed while they wait to be accepted.
    LateAcceptance,
    /// The limit of the step has passed, and nobody was given them.
    LateAssignment,
    /// They still wait for a supplement though its limit has passed: no worker has stopped them.
    LateSupplement,
    /// The same for a financial duty whose procedure sets a limit.
    LateDuty,
    /// Their due moment has passed.
    Overdue,
    /// Nobody has come for the result for a long time.
    NotCollected,
    /// A scan took a file of theirs away, and nobody has sent another or said that it is not needed.
    AwaitingFile,
    /// A scan took a file of theirs away after they were decided: somebody looks whether the result stands.
    FoundBadLate,
    /// They were withdrawn, and papers are still to be fetched, or money is still to be settled.
    NotSettled,
    /// Their office has ended, and no worker has passed them on.
    EndedOffice,
}

/// What a source looks with.
struct Look<'a> {
    office: &'a Office,
    who: &'a Who,
    /// The units whose dossiers are looked at.
    units: &'a [i64],
    now: Instant,
}

type Found<'a> = Pin<Box<dyn Future<Output = Result<Vec<Stuck>>> + Send + 'a>>;
/// What finds the stuck things of one queue.
type Source = for<'a> fn(&'a Look<'a>, &'a mut Tx) -> Found<'a>;

/// Every queue, in the order of the page.
const SOURCES: &[Source] = &[
    |look, tx| Box::pin(jobs_that_fail(look, tx)),
    |look, tx| Box::pin(rows_without_seal(look, tx)),
    |look, tx| Box::pin(uploads_without_end(look, tx)),
    |look, tx| Box::pin(files_without_scan(look, tx)),
    |look, tx| Box::pin(files_taken_away(look, tx)),
    |look, tx| Box::pin(messages_that_wait(look, tx)),
    |look, tx| Box::pin(messages_refused(look, tx)),
    |look, tx| Box::pin(dossiers_past_a_limit(look, tx)),
    |look, tx| Box::pin(withdrawals_to_settle(look, tx)),
    |look, tx| Box::pin(opinions_past_their_limit(look, tx)),
    |look, tx| Box::pin(money_without_a_place(look, tx)),
    |look, tx| Box::pin(dossiers_of_nobody_yet(look, tx)),
    |look, tx| Box::pin(organisations_of_nobody_yet(look, tx)),
    |look, tx| Box::pin(dossiers_of_ended_offices(look, tx)),
    |look, tx| Box::pin(reorganisations_under_way(look, tx)),
];

const MINUTE_MS: i64 = 60_000;
const HOUR_MS: i64 = 60 * MINUTE_MS;
/// A job that no worker has begun this long after its time is stuck; so is a clock that none has looked at.
const LATE_JOB_MS: i64 = 10 * MINUTE_MS;
/// A result that nobody has come for in so long is not waited for any more: somebody should call.
const LONG_ON_THE_SHELF_MS: i64 = 30 * DAY_MS;
/// A count of what is rare ends here.
const MANY: i64 = 100;
/// So many refused messages are shown, the longest refused first.
const REFUSED_SHOWN: i64 = 50;

impl Office {
    /// Everything stuck.
    ///
    /// **Permissions**: [`Task::ReadStuck`] in any unit; dossiers of one's own units only, and how many of them alone. Past
    /// a limit, whoever reads queues counts what those show them; a sensitive dossier is named by its code to whoever may
    /// read it.
    pub async fn stuck(&self, who: &Who) -> Result<Vec<Stuck>> {
        let units = self.units_for(who, Task::ReadStuck);
        if units.is_empty() {
            return Err(if who.staff().is_some() { Error::Forbidden } else { Error::SignInFirst });
        }
        let look = Look { office: self, who, units: &units, now: self.now() };
        let mut tx = self.db().read().await?;
        let mut stuck = Vec::new();
        for source in SOURCES {
            stuck.extend(source(&look, &mut tx).await?);
        }
        Ok(stuck)
    }
}

async fn jobs_that_fail(look: &Look<'_>, tx: &mut Tx) -> Result<Vec<Stuck>> {
    let failing = jobs::failing_jobs(tx, look.now.plus_ms(-LATE_JOB_MS)).await?;
    let line = |job: jobs::FailingJobRow| Stuck::Job {
        kind: job.kind,
        attempts: job.attempts,
        error: job.last_error.unwrap_or_default(),
        since: Instant(job.created_at),
    };
    Ok(failing.into_iter().map(line).collect())
}

async fn rows_without_seal(look: &Look<'_>, tx: &mut Tx) -> Result<Vec<Stuck>> {
    let (rows, oldest) = audit::count_unsealed_before(tx, look.now.plus_ms(-MINUTE_MS)).await?;
    Ok(oldest.map(|since| Stuck::Unsealed { rows, since: Instant(since) }).into_iter().collect())
}

async fn uploads_without_end(look: &Look<'_>, tx: &mut Tx) -> Result<Vec<Stuck>> {
    let (files, oldest) = uploads::unfinished_uploads(tx, look.now.plus_ms(-HOUR_MS)).await?;
    Ok(oldest.map(|since| Stuck::Uploads { files, since: Instant(since) }).into_iter().collect())
}

async fn files_without_scan(look: &Look<'_>, tx: &mut Tx) -> Result<Vec<Stuck>> {
    let (files, oldest) = uploads::count_held_uploads(tx, look.now.plus_ms(-MINUTE_MS)).await?;
    Ok(oldest.map(|since| Stuck::Held { files, since: Instant(since) }).into_iter().collect())
}

/// The resident was told, and nothing came yet: whoever holds the dossier asks for the paper another way. Of a decided one
/// nobody was told: the unit looks whether the result stands.
async fn files_taken_away(look: &Look<'_>, tx: &mut Tx) -> Result<Vec<Stuck>> {
    let mut stuck = dossiers_in(Backlog::AwaitingFile, look.units.to_vec(), look, tx).await?;
    stuck.extend(dossiers_in(Backlog::FoundBadLate, look.units.to_vec(), look, tx).await?);
    Ok(stuck)
}

async fn messages_that_wait(look: &Look<'_>, tx: &mut Tx) -> Result<Vec<Stuck>> {
    let delayed = messages::delayed_messages(tx, look.now.plus_ms(-LATE_JOB_MS)).await?;
    let line = |row: messages::DelayedRow| {
        let means = Means::from_key(&row.means)?;
        Some(Stuck::Messages { means, messages: row.messages, since: Instant(row.oldest) })
    };
    Ok(delayed.into_iter().filter_map(line).collect())
}

async fn messages_refused(look: &Look<'_>, tx: &mut Tx) -> Result<Vec<Stuck>> {
    let refused = messages::refused_messages(tx, look.units, REFUSED_SHOWN).await?;
    let sensitive: Vec<Uuid> = refused.iter().filter(|row| row.sensitive).map(|row| row.dossier_id).collect();
    let hidden = look.office.unreadable(tx, look.who, &sensitive).await?;
    let line = |row: messages::RefusedRow| {
        let code = row.code.or(row.temporary_code).filter(|_| !hidden.contains(&row.dossier_id));
        Some(Stuck::Message {
            id: row.id,
            means: Means::from_key(&row.means)?,
            code: code.unwrap_or_default(),
            problem: row.problem.unwrap_or_default(),
            since: Instant(row.settled_at),
        })
    };
    Ok(refused.into_iter().filter_map(line).collect())
}

impl Backlog {
    /// The backlogs of limits that have passed, in the order of a dossier's life.
    const LIMITS: [Self; 6] = [
        Self::LateAcceptance,
        Self::LateAssignment,
        Self::LateSupplement,
        Self::LateDuty,
        Self::Overdue,
        Self::NotCollected,
    ];

    /// The stable key.
    const fn key(self) -> &'static str {
        match self {
            Self::LateAcceptance => "late_acceptance",
            Self::LateAssignment => "late_assignment",
            Self::LateSupplement => "late_supplement",
            Self::LateDuty => "late_duty",
            Self::Overdue => "overdue",
            Self::NotCollected => "not_collected",
            Self::AwaitingFile => "awaiting_file",
            Self::FoundBadLate => "found_bad_late",
            Self::NotSettled => "not_settled",
            Self::EndedOffice => "ended_office",
        }
    }

    /// Which dossiers are in it, and what they have waited past.
    fn filter(self, now: Instant) -> (Filter, Since) {
        let past = |status: i64, by: i64| {
            let limit_before = Some(now.plus_ms(-by).0);
            (Filter { statuses: vec![status], limit_before, ..Filter::default() }, Since::Limit)
        };
        match self {
            Self::LateAcceptance => past(1, 0),
            Self::LateAssignment => {
                let sub_states = vec!["awaiting_assignment".into()];
                let filter =
                    Filter { statuses: vec![2, 4], sub_states, step_late_at: Some(now.0), ..Filter::default() };
                (filter, Since::Step)
            }
            Self::LateSupplement => past(5, LATE_JOB_MS),
            Self::LateDuty => past(6, LATE_JOB_MS),
            Self::Overdue => (Filter { statuses: vec![2, 4], late_at: Some(now.0), ..Filter::default() }, Since::Due),
            Self::NotCollected => past(9, LONG_ON_THE_SHELF_MS),
            Self::AwaitingFile => {
                let statuses = BEFORE_DECISION.to_vec();
                (Filter { statuses, awaiting_file: true, ..Filter::default() }, Since::FileGone)
            }
            Self::FoundBadLate => {
                let statuses = vec![i64::from(Status::Done.code())];
                (Filter { statuses, awaiting_file: true, ..Filter::default() }, Since::FileGone)
            }
            Self::NotSettled => (Filter { awaiting_settlement: true, ..Filter::default() }, Since::Limit),
            Self::EndedOffice => (Filter { statuses: Status::open_codes(), ..Filter::default() }, Since::Limit),
        }
    }
}

async fn dossiers_past_a_limit(look: &Look<'_>, tx: &mut Tx) -> Result<Vec<Stuck>> {
    let mut stuck = Vec::new();
    for backlog in Backlog::LIMITS {
        stuck.extend(dossiers_in(backlog, look.units.to_vec(), look, tx).await?);
    }
    Ok(stuck)
}

/// Withdrawn dossiers that still owe papers or money, those of ended offices too: they are passed on to nobody.
async fn withdrawals_to_settle(look: &Look<'_>, tx: &mut Tx) -> Result<Vec<Stuck>> {
    dossiers_in(Backlog::NotSettled, look.office.with_ended(look.units), look, tx).await
}

async fn dossiers_in(backlog: Backlog, offices: Vec<i64>, look: &Look<'_>, tx: &mut Tx) -> Result<Vec<Stuck>> {
    let (filter, since) = backlog.filter(look.now);
    let sensitive_of = look.office.countable_sensitive(look.who, &offices);
    let held = queues::count_by_holder(tx, &Filter { offices, sensitive_of, ..filter }, since).await?;
    let line = |held: queues::HeldRow| Stuck::Dossiers {
        backlog,
        holder: Role::from_key(&held.holder_role),
        dossiers: held.dossiers,
        since: Instant(held.oldest),
    };
    Ok(held.into_iter().map(line).collect())
}

/// A unit has not answered in time: on the page of that unit, and of the one that waits for it.
async fn opinions_past_their_limit(look: &Look<'_>, tx: &mut Tx) -> Result<Vec<Stuck>> {
    let (books, today) = (look.office.books(), look.now.day());
    let units = look.units.iter().flat_map(|unit| books.places.continued_by(*unit, today));
    let within = look.units.iter().flat_map(|unit| books.places.offices_of_unit(*unit));
    let divisions = within.filter(|office| look.office.is_division(*office));
    let asked: Vec<i64> = units.chain(divisions).collect();
    let here = opinions::late_answers(tx, &asked, look.now).await?;
    let awaited = opinions::late_for_askers(tx, look.units, look.now).await?;
    let line = |(asked_here, (opinions, oldest)): (bool, (i64, Option<i64>))| {
        Some(Stuck::Opinions { asked_here, opinions, since: Instant(oldest?) })
    };
    Ok([(true, here), (false, awaited)].into_iter().filter_map(line).collect())
}

/// On the tray, or not even there because no worker has looked. The money of an ended office is that of who continues it.
async fn money_without_a_place(look: &Look<'_>, tx: &mut Tx) -> Result<Vec<Stuck>> {
    let (offices, before) = (look.office.with_ended(look.units), look.now.plus_ms(-UNRECONCILED_MS));
    let (lain, oldest_lain) = money_tray::old_lines(tx, &offices, before).await?;
    let (waiting, oldest_waiting) = credits::count_waiting(tx, &offices, before).await?;
    let since = [oldest_lain, oldest_waiting].into_iter().flatten().min();
    Ok(since.map(|since| Stuck::Money { lines: lain + waiting, since: Instant(since) }).into_iter().collect())
}

/// Their number went to its owner; a clerk has still to look whether they are the owner's too.
async fn dossiers_of_nobody_yet(look: &Look<'_>, tx: &mut Tx) -> Result<Vec<Stuck>> {
    let mut waiting = proofs::disputed_dossiers(tx, &look.office.with_ended(look.units), MANY).await?;
    // As with limits: who reads queues counts what their list shows.
    if !look.office.units_for(look.who, Task::ReadQueues).is_empty() {
        let sensitive: Vec<Uuid> = waiting.iter().filter(|row| row.sensitive).map(|row| row.dossier_id).collect();
        let hidden = look.office.unreadable(tx, look.who, &sensitive).await?;
        waiting.retain(|row| !hidden.contains(&row.dossier_id));
    }
    let line =
        |first: &proofs::DisputedRow| Stuck::Disputed { dossiers: waiting.len() as i64, since: Instant(first.since) };
    Ok(waiting.first().map(line).into_iter().collect())
}

/// Their representative's number went to its owner; a clerk has still to look whether that is the representative.
async fn organisations_of_nobody_yet(look: &Look<'_>, tx: &mut Tx) -> Result<Vec<Stuck>> {
    let offices = look.office.with_ended(look.units);
    let waiting = organisations::disputed_organisations(tx, &offices, MANY).await?;
    let line = |first: &organisations::DisputedOrganisationRow| Stuck::DisputedOrganisations {
        organisations: waiting.len() as i64,
        since: Instant(first.since),
    };
    Ok(waiting.first().map(line).into_iter().collect())
}

/// They lie where nobody works any more: in sight of the units that continue the office; without one, of everybody.
async fn dossiers_of_ended_offices(look: &Look<'_>, tx: &mut Tx) -> Result<Vec<Stuck>> {
    let books = look.office.books();
    // A worker passes them on within a minute.
    let ended = books.places.authorities_ended_before(look.now.plus_ms(-LATE_JOB_MS).day());
    let in_sight = |office: &i64| {
        let heirs = books.places.successors_of(*office);
        heirs.is_empty() || heirs.iter().any(|heir| look.units.contains(heir))
    };
    let (filter, _) = Backlog::EndedOffice.filter(look.now);
    let filter = Filter { offices: ended.into_iter().filter(in_sight).collect(), ..filter };
    let held = queues::count_by_office(tx, &filter).await?;
    let dossiers = held.iter().map(|(_, dossiers)| dossiers).sum();
    let last_day = |office: i64| books.places.by_id(office).and_then(|office| office.valid_to);
    let ends = held.iter().filter_map(|(office, _)| last_day(*office)).map(|last| Day(last as i32).next().start());
    let since = ends.min();
    let holder = Some(Role::Administrator);
    let line = |since| Stuck::Dossiers { backlog: Backlog::EndedOffice, holder, dossiers, since };
    Ok(since.map(line).into_iter().collect())
}

/// In sight of the units that close and of those that continue.
async fn reorganisations_under_way(look: &Look<'_>, tx: &mut Tx) -> Result<Vec<Stuck>> {
    let books = look.office.books();
    let mut stuck = Vec::new();
    for row in reorganisations::due_reorganisations(tx, look.now.day()).await? {
        // Confirmed late, it is due from then on.
        let since = Instant(Day(row.on_day as i32).start().0.max(row.confirmed_at.unwrap_or_default()));
        let units = row.plan.closes.iter().chain(&row.plan.heirs).filter_map(|key| books.places.by_key(key));
        let in_sight = units.into_iter().any(|unit| look.units.contains(&unit.id));
        if in_sight && since < look.now.plus_ms(-LATE_JOB_MS) {
            let dossiers = look.office.left_open(tx, &row).await?;
            stuck.push(Stuck::Reorganisation { id: row.id, has_begun: row.begun_at.is_some(), dossiers, since });
        }
    }
    Ok(stuck)
}
