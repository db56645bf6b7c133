//! Reconciliation (đối soát): nothing that came is left lying without an answer.

use super::{CreditOutcome, TrayReason, UNRECONCILED_MS, ledger::Ledger, taking::outcome_of};
use crate::{Office, Result, Who, audit::Object, rights::Task};
use serde_json::json;
use store::{
    credits::{self, After, CreditRow},
    payment_requests::{self, AfterLimit},
};
use uuid::Uuid;

/// What was done.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Reconciled {
    /// Credits that pay their request now.
    pub settled: u64,
    /// Credits that lie on the tray now.
    pub laid: u64,
    /// Requests whose time to be paid has run out.
    pub expired: u64,
}

impl Office {
    /// Matches every credit that is kept and was not matched, lays on the tray what has waited for half an hour, and
    /// ends requests whose limit has passed. One that fails keeps no other back; the first failure is the answer when
    /// all were tried.
    ///
    /// **Permissions**: the program's own worker.
    pub async fn reconcile(&self, holder: Uuid) -> Result<Reconciled> {
        if !self.hold_lease("money", holder).await? {
            return Ok(Reconciled::default());
        }
        self.reconcile_in(&Who::system(), None, Some(holder)).await
    }

    /// The same at once, for the reader's units.
    ///
    /// **Permissions**: [`Task::MatchMoney`]; the units where it is held, and those that they continue.
    pub async fn reconcile_now(&self, who: &Who) -> Result<Reconciled> {
        let units = self.units_to(who, Task::MatchMoney)?;
        // What is matched here is matched by the program: nobody says why.
        let system = Who { trace: who.trace.clone(), ..Who::system() };
        let done = self.reconcile_in(&system, Some(self.with_ended(&units)), None).await?;
        let object = Object { kind: "queue", id: "doi-soat".into(), office: units.first().copied() };
        let detail = json!({ "settled": done.settled, "laid": done.laid, "expired": done.expired });
        self.record_view(who, "reconcile", &object, detail).await?;
        Ok(done)
    }

    async fn reconcile_in(&self, who: &Who, units: Option<Vec<i64>>, holder: Option<Uuid>) -> Result<Reconciled> {
        let (mut done, mut failed, mut after) = (Reconciled::default(), None, None);
        let is_in = |office: i64| units.as_ref().is_none_or(|units| units.contains(&office));
        let batch = self.config().worker_batch;
        loop {
            let mut tx = self.db().read().await?;
            let page = credits::waiting_credits(&mut tx, after, batch).await?;
            drop(tx);
            let Some(last) = page.last() else { break };
            after = Some(After { received_at: last.received_at, id: last.id });
            for credit in page.iter().filter(|credit| is_in(credit.office_id)) {
                match self.reconcile_credit(who, credit).await {
                    Ok(CreditOutcome::Settled) => done.settled += 1,
                    Ok(CreditOutcome::OnTray(_)) => done.laid += 1,
                    Ok(CreditOutcome::Waiting) => {}
                    Err(error) => failed = failed.or(Some(error)),
                }
            }
            if !self.still_holds(holder).await? {
                return Ok(done);
            }
        }
        let mut after = None;
        loop {
            let mut tx = self.db().read().await?;
            let page = payment_requests::requests_run_out(&mut tx, self.now(), after, batch).await?;
            drop(tx);
            let Some(last) = page.last() else { break };
            after = Some(AfterLimit { limit_at: last.limit_at.unwrap_or_default(), id: last.id });
            for request in page.iter().filter(|request| is_in(request.office_id)) {
                match self.expire_request(who, request.id).await {
                    Ok(ended) => done.expired += u64::from(ended),
                    Err(error) => failed = failed.or(Some(error)),
                }
            }
            if !self.still_holds(holder).await? {
                return Ok(done);
            }
        }
        failed.map_or(Ok(done), Err)
    }

    /// Whether this worker may go on; a person's round needs no lease.
    async fn still_holds(&self, holder: Option<Uuid>) -> Result<bool> {
        match holder {
            Some(holder) => self.hold_lease("money", holder).await,
            None => Ok(true),
        }
    }

    /// Matches a credit, or lays it on the tray when it has waited too long: what fails over and over is seen there.
    async fn reconcile_credit(&self, who: &Who, credit: &CreditRow) -> Result<CreditOutcome> {
        let outcome = self.settle_credit(who, credit.id).await;
        let is_old = credit.received_at < self.now().plus_ms(-UNRECONCILED_MS).0;
        match outcome {
            Ok(CreditOutcome::Waiting) | Err(_) if is_old => {
                let laid = self.lay_unreconciled(who, credit.id).await?;
                outcome.map(|_| laid)
            }
            outcome => outcome,
        }
    }

    async fn lay_unreconciled(&self, who: &Who, id: Uuid) -> Result<CreditOutcome> {
        let mut ledger = Ledger::open(self, who, &[]).await?;
        let credit = ledger.hold_credit(id).await?;
        let known = outcome_of(&mut ledger.tx, &credit).await?;
        if known != CreditOutcome::Waiting {
            return Ok(known);
        }
        ledger.lay_credit(&credit, TrayReason::Unreconciled).await?;
        ledger.commit().await?;
        Ok(CreditOutcome::OnTray(TrayReason::Unreconciled))
    }
}
