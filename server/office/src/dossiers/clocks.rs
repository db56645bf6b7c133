//! Clocks that run out by themselves.

use crate::{
    Error, Office, Result, Who,
    act::Command,
    papers::{Facts, PaperKind},
};
use domain::dossier::Act;
use store::{dossiers, jobs, queues};
use uuid::Uuid;

const LEASE_MS: i64 = 120_000;
const BATCH: i64 = 200;

impl Office {
    /// Ends what ran out: supplements that never came. Done by the program, on the record, with form 05.
    ///
    /// **Permissions**: the program's own worker.
    pub async fn run_out_clocks(&self, holder: Uuid) -> Result<u64> {
        let mut tx = self.db().write().await?;
        if !jobs::hold_lease(&mut tx, "dossier-clocks", holder, self.now(), LEASE_MS).await? {
            return Ok(0);
        }
        tx.commit().await?;
        let offices = self.books().places.authority_ids();
        let filter = queues::Filter { offices, statuses: vec![5], ..Default::default() };
        let mut tx = self.db().read().await?;
        let waiting = queues::list_queue(&mut tx, &filter, None, BATCH).await?;
        drop(tx);
        let now = self.now();
        let mut ended = 0;
        for line in waiting.iter().filter(|line| line.queue_at <= now.0) {
            match self.expire_supplement(line.id).await {
                Ok(()) => ended += 1,
                // Somebody answered in the meantime, or a withdrawal waits for its clerk.
                Err(Error::Stale | Error::Refused(_)) => {}
                Err(other) => return Err(other),
            }
        }
        Ok(ended)
    }

    async fn expire_supplement(&self, id: Uuid) -> Result<()> {
        let who = Who::system();
        let seen = {
            let mut tx = self.db().read().await?;
            dossiers::dossier_by_id(&mut tx, id).await?.ok_or(Error::NotFound)?.version
        };
        let command = Command { id: self.new_id(), seen };
        let Some(mut work) = self.begin(&who, id, command).await? else { return Ok(()) };
        let reason = work.row.state.supplement.as_ref().map_or(String::new(), |open| open.reason.clone());
        work.act(&Act::ExpireSupplement).await?;
        work.issue(PaperKind::Stop, |facts| Facts { reason, ..facts }).await?;
        work.commit("expire_supplement").await
    }
}
