//! What is stuck, from every queue of the program, on one page: with its age, so that nothing is lost silently.

use crate::{Error, Office, Result, Who, queues::Narrow, queues::Queue, rights::Task};
use domain::time::Instant;
use store::{audit, jobs, uploads};

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
    /// Dossiers past their due moment.
    Overdue { dossiers: i64 },
}

const HOUR_MS: i64 = 3_600_000;
/// A job that no worker has begun this long after its time is stuck.
const LATE_JOB_MS: i64 = 10 * 60_000;

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
        let late = store::queues::Filter { offices: units.clone(), statuses: vec![1], ..Default::default() };
        let late = store::queues::list_queue(&mut tx, &late, None, 100).await?;
        let late = late.iter().filter(|row| row.queue_at < now.0).count() as i64;
        if late > 0 {
            stuck.push(Stuck::LateAcceptance { dossiers: late });
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
