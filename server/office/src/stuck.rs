//! What is stuck, from every queue of the program, on one page: with its age, so that nothing is lost silently.

use crate::{Error, Office, Result, Who, queues::Narrow, queues::Queue, rights::Task};
use domain::{dossier::Status, time::Instant};
use store::{
    Tx, audit, dossiers, jobs,
    queues::{self, Filter, QueueRow},
    uploads,
};

/// One source of stuck things.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Stuck {
    /// Work that failed and waits for another try; without an error, work that no worker has brought to an end.
    Job { kind: String, attempts: i64, error: String, since: Instant },
    /// Rows of the audit log that the sealer has not chained for longer than a minute.
    Unsealed { rows: i64 },
    /// Uploads that began more than an hour ago and never finished.
    Uploads { files: i64 },
    /// Dossiers whose limit has passed while they wait to be accepted.
    LateAcceptance { dossiers: i64 },
    /// Dossiers that still wait for a supplement though its limit has passed: no worker has stopped them.
    LateSupplement { dossiers: i64 },
    /// The same for a financial duty whose procedure sets a limit.
    LateDuty { dossiers: i64 },
    /// Dossiers past their due moment.
    Overdue { dossiers: i64 },
}

const HOUR_MS: i64 = 3_600_000;
/// A job that no worker has begun this long after its time is stuck; so is a clock that none has looked at.
const LATE_JOB_MS: i64 = 10 * 60_000;
/// So many dossiers of one kind are counted; what is more is "or more".
const MOST: i64 = 100;

impl Office {
    /// Everything stuck. New queues register here.
    ///
    /// **Permissions**: [`Task::ReadStuck`] in any unit; dossiers of one's own units only.
    pub async fn stuck(&self, who: &Who) -> Result<Vec<Stuck>> {
        let units = self.units_for(who, Task::ReadStuck);
        if units.is_empty() {
            return Err(if who.staff().is_some() { Error::Forbidden } else { Error::SignInFirst });
        }
        let now = self.now();
        let mut tx = self.db().read().await?;
        let mut stuck: Vec<Stuck> = jobs::failing_jobs(&mut tx, now.plus_ms(-LATE_JOB_MS))
            .await?
            .into_iter()
            .map(|job| Stuck::Job {
                kind: job.kind,
                attempts: job.attempts,
                error: job.last_error.unwrap_or_default(),
                since: Instant(job.created_at),
            })
            .collect();
        let rows = audit::count_unsealed_before(&mut tx, now.plus_ms(-60_000)).await?;
        if rows > 0 {
            stuck.push(Stuck::Unsealed { rows });
        }
        let files = uploads::unfinished_uploads(&mut tx, now.plus_ms(-HOUR_MS)).await?;
        if files > 0 {
            stuck.push(Stuck::Uploads { files });
        }
        let late = passed(&mut tx, &units, Status::Registered, now).await?.len() as i64;
        if late > 0 {
            stuck.push(Stuck::LateAcceptance { dossiers: late });
        }
        let unseen = now.plus_ms(-LATE_JOB_MS);
        let late = passed(&mut tx, &units, Status::SupplementAsked, unseen).await?.len() as i64;
        if late > 0 {
            stuck.push(Stuck::LateSupplement { dossiers: late });
        }
        let mut late = 0;
        for row in passed(&mut tx, &units, Status::DutyAsked, unseen).await? {
            // Where the procedure sets no limit, the dossier waits for ever.
            let row = dossiers::dossier_by_id(&mut tx, row.id).await?;
            let limit = row.and_then(|row| row.state.duty?.respond_by);
            late += i64::from(limit.is_some_and(|limit| limit < unseen));
        }
        if late > 0 {
            stuck.push(Stuck::LateDuty { dossiers: late });
        }
        drop(tx);
        if let Ok(page) = self.page_of(who, Queue::Overdue, &Narrow::default(), None).await
            && !page.rows.is_empty()
        {
            stuck.push(Stuck::Overdue { dossiers: page.rows.len() as i64 });
        }
        Ok(stuck)
    }
}

/// Dossiers of these units in that status whose running limit lies before that moment.
async fn passed(tx: &mut Tx, units: &[i64], status: Status, before: Instant) -> Result<Vec<QueueRow>> {
    let filter = Filter { offices: units.to_vec(), statuses: vec![i64::from(status.code())], ..Filter::default() };
    let rows = queues::list_queue(tx, &filter, None, MOST).await?;
    Ok(rows.into_iter().filter(|row| row.queue_at < before.0).collect())
}
