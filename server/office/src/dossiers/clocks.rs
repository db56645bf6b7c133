//! Clocks that run out by themselves.

use crate::{
    Error, Office, Result, Who,
    act::Command,
    papers::{Facts, PaperKind, RanOut},
};
use domain::{
    dossier::{Act, Dossier},
    time::Instant,
};
use store::{
    dossiers, jobs,
    queues::{self, After, Filter},
};
use uuid::Uuid;

/// How long a worker may be silent before another takes its place.
const LEASE_MS: i64 = 120_000;

impl Office {
    /// Ends what ran out: supplements that never came, financial duties that were never met. Done by the program, on
    /// the record, with form 05. One that cannot be ended keeps nobody else from being ended; the first failure is the
    /// answer when all were tried.
    ///
    /// **Permissions**: the program's own worker.
    pub async fn run_out_clocks(&self, holder: Uuid) -> Result<u64> {
        let offices = self.books().places.authority_ids();
        let limit_before = Some(self.now().0);
        let filter = Filter { offices, statuses: vec![5, 6], limit_before, ..Filter::default() };
        let (mut after, mut ended, mut failed) = (None, 0, None);
        while let Some(page) = self.next_page("dossier-clocks", holder, &filter, &mut after).await? {
            for id in page {
                match self.run_out(id).await {
                    Ok(done) => ended += u64::from(done),
                    // Somebody was first, or something else comes first.
                    Err(Error::Stale | Error::Refused(_)) => {}
                    Err(other) => failed = failed.or(Some(other)),
                }
            }
        }
        failed.map_or(Ok(ended), Err)
    }

    /// Whether it ended: nothing is begun for a dossier whose limit still runs, or has none.
    async fn run_out(&self, id: Uuid) -> Result<bool> {
        let row = {
            let mut tx = self.db().read().await?;
            dossiers::dossier_by_id(&mut tx, id).await?.ok_or(Error::NotFound)?
        };
        let Some((act, ran_out, limit, reason)) = passed(&row.state, self.now()) else { return Ok(false) };
        let (who, command) = (Who::system(), Command { id: self.new_id(), seen: row.version });
        let Some(mut work) = self.begin(&who, id, command).await? else { return Ok(false) };
        work.act(&act).await?;
        let (ran_out, deadline) = (Some(ran_out), Some(limit));
        work.issue(PaperKind::Stop, |facts| Facts { reason, ran_out, deadline, ..facts }).await?;
        work.commit(act.kind().key()).await?;
        Ok(true)
    }

    /// The next page of a queue for one of the program's workers: `None` at its end, or when another worker took that
    /// sort of work over.
    pub(crate) async fn next_page(
        &self,
        work: &str,
        holder: Uuid,
        filter: &Filter,
        after: &mut Option<After>,
    ) -> Result<Option<Vec<Uuid>>> {
        if !self.hold_lease(work, holder).await? {
            return Ok(None);
        }
        let mut tx = self.db().read().await?;
        let page = queues::list_queue(&mut tx, filter, *after, self.config().worker_batch).await?;
        let Some(last) = page.last() else { return Ok(None) };
        *after = Some(After { queue_at: last.queue_at, id: last.id });
        Ok(Some(page.into_iter().map(|line| line.id).collect()))
    }

    /// Whether this worker may do that sort of work now; asked again before each piece of it.
    pub(crate) async fn hold_lease(&self, name: &str, holder: Uuid) -> Result<bool> {
        let mut tx = self.db().write().await?;
        let held = jobs::hold_lease(&mut tx, name, holder, self.now(), LEASE_MS).await?;
        tx.commit().await?;
        Ok(held)
    }
}

/// What ran out, when, and what had been asked. A withdrawal that waits for its clerk comes first.
fn passed(dossier: &Dossier, now: Instant) -> Option<(Act, RanOut, Instant, String)> {
    if dossier.withdrawal_asked {
        return None;
    }
    let (act, ran_out, limit, asked) = match (&dossier.supplement, &dossier.duty) {
        (Some(open), _) => (Act::ExpireSupplement, RanOut::Supplement, open.respond_by, open.reason.clone()),
        (None, Some(duty)) => (Act::ExpireDuty, RanOut::Duty, duty.respond_by?, duty.amount_note.clone()),
        (None, None) => return None,
    };
    (limit < now).then_some((act, ran_out, limit, asked))
}
