//! What is stuck, from every queue of the program, on one page: how much, whose it is and since when, so that nothing is
//! lost silently.
//!
//! A queue of the program registers by a line in [`SOURCES`], a queue of dossiers by a [`Backlog`].

use crate::{Error, Office, Result, Who, rights::Task};
use domain::{
    message::Means,
    role::Role,
    time::{DAY_MS, Day, Instant},
};
use std::pin::Pin;
use store::{
    Tx, audit, jobs, messages, proofs,
    queues::{self, Filter, Since},
    uploads,
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
    /// Files that nobody may open because no scanner has looked at them.
    Held { files: i64, since: Instant },
    /// A message to a resident that its carrier refused for good.
    Message { id: Uuid, means: Means, code: String, problem: String, since: Instant },
    /// Messages that their carrier does not take now, or that nobody has tried to send.
    Messages { means: Means, messages: i64, since: Instant },
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
            | Self::Messages { .. } => Some(Role::Administrator),
            Self::Disputed { .. } => Some(Role::Reception),
            // Whoever speaks with the resident asks for another address.
            Self::Message { .. } => Some(Role::Reception),
            Self::Dossiers { holder, .. } => *holder,
        }
    }

    /// Since when.
    pub const fn since(&self) -> Instant {
        match self {
            Self::Job { since, .. }
            | Self::Unsealed { since, .. }
            | Self::Uploads { since, .. }
            | Self::Disputed { since, .. }
            | Self::Held { since, .. }
            | Self::Message { since, .. }
            | Self::Messages { since, .. }
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
    /// Their office has ended, and no worker has passed them on.
    EndedOffice,
}

/// What a source looks with.
struct Look<'a> {
    office: &'a Office,
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
    |look, tx| Box::pin(messages_that_wait(look, tx)),
    |look, tx| Box::pin(messages_refused(look, tx)),
    |look, tx| Box::pin(dossiers_past_a_limit(look, tx)),
    |look, tx| Box::pin(dossiers_of_nobody_yet(look, tx)),
    |look, tx| Box::pin(dossiers_of_ended_offices(look, tx)),
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
/// Statuses of a dossier that an office which ended passes on.
const OPEN: [i64; 6] = [1, 2, 4, 5, 6, 9];

impl Office {
    /// Everything stuck.
    ///
    /// **Permissions**: [`Task::ReadStuck`] in any unit; dossiers of one's own units only, and how many of them alone.
    pub async fn stuck(&self, who: &Who) -> Result<Vec<Stuck>> {
        let units = self.units_for(who, Task::ReadStuck);
        if units.is_empty() {
            return Err(if who.staff().is_some() { Error::Forbidden } else { Error::SignInFirst });
        }
        let look = Look { office: self, units: &units, now: self.now() };
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
    let line = |row: messages::RefusedRow| {
        Some(Stuck::Message {
            id: row.id,
            means: Means::from_key(&row.means)?,
            code: row.code.or(row.temporary_code).unwrap_or_default(),
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
            Self::EndedOffice => (Filter { statuses: OPEN.to_vec(), ..Filter::default() }, Since::Limit),
        }
    }
}

async fn dossiers_past_a_limit(look: &Look<'_>, tx: &mut Tx) -> Result<Vec<Stuck>> {
    let mut stuck = Vec::new();
    for backlog in Backlog::LIMITS {
        let (filter, since) = backlog.filter(look.now);
        let filter = Filter { offices: look.units.to_vec(), ..filter };
        let held = queues::count_by_holder(tx, &filter, since).await?;
        stuck.extend(held.into_iter().map(|held| Stuck::Dossiers {
            backlog,
            holder: Role::from_key(&held.holder_role),
            dossiers: held.dossiers,
            since: Instant(held.oldest),
        }));
    }
    Ok(stuck)
}

/// Their number went to its owner; a clerk has still to look whether they are the owner's too.
async fn dossiers_of_nobody_yet(look: &Look<'_>, tx: &mut Tx) -> Result<Vec<Stuck>> {
    let waiting = proofs::disputed_dossiers(tx, &look.office.with_ended(look.units), MANY).await?;
    let line =
        |first: &proofs::DisputedRow| Stuck::Disputed { dossiers: waiting.len() as i64, since: Instant(first.since) };
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
