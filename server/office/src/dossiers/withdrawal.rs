//! A withdrawal: asked, confirmed or declined, and settled: papers go back, and money does or does not.

use crate::{
    Office, Result, Who,
    act::Command,
    papers::{Facts, PaperKind, Returned},
};
use domain::dossier::{Act, MoneyBack, PapersBack, Refusal, Settlement};
use store::dossiers::DossierRow;
use uuid::Uuid;

impl Office {
    /// The resident asks for the dossier back; a clerk confirms.
    ///
    /// **Permissions**: the dossier's resident; reception when asked at the counter.
    pub async fn ask_withdrawal(&self, who: &Who, id: Uuid, reason: String, command: Command) -> Result<()> {
        self.plain_act(who, id, &Act::AskWithdrawal { reason }, "ask_withdrawal", command).await
    }

    /// Confirms a withdrawal and says what becomes of papers and money. What is signed for gets its slip; what is left
    /// open stands on the page of what is stuck until it is settled.
    ///
    /// **Permissions**: reception or the centre's director of its unit.
    pub async fn confirm_withdrawal(&self, who: &Who, id: Uuid, said: Settlement, command: Command) -> Result<()> {
        let Some(mut work) = self.begin(who, id, command).await? else { return Ok(()) };
        work.act(&Act::ConfirmWithdrawal(said.clone())).await?;
        // What the counter ticked as an original was kept.
        if said.papers == PapersBack::NothingKept && keeps_originals(&work.row) {
            return Err(Refusal::PapersNotReturned.into());
        }
        let returned = Returned { papers: Some(said.papers), money: Some(said.money), refund: said.refund };
        if is_signed_for(&returned) {
            let reason = said.reason;
            let facts = |facts| Facts { returned: Some(returned), reason, ..facts };
            work.issue(PaperKind::ReturnSlip, facts).await?;
        }
        work.commit("confirm_withdrawal").await
    }

    /// Settles what a withdrawal left open: papers were fetched, money went back or does not. A slip goes with it.
    ///
    /// **Permissions**: reception or the centre's director of its unit; when its office has ended, those of the unit
    /// that continues it.
    pub async fn settle_withdrawal(&self, who: &Who, id: Uuid, said: Settlement, command: Command) -> Result<()> {
        let Some(mut work) = self.begin(who, id, command).await? else { return Ok(()) };
        let (papers, money) = (work.row.state.papers_to_fetch, work.row.state.money_to_settle);
        work.act(&Act::SettleWithdrawal(said.clone())).await?;
        let returned = Returned {
            papers: papers.then_some(said.papers),
            money: money.then_some(said.money),
            refund: said.refund.filter(|_| money),
        };
        let reason = if money { said.reason } else { String::new() };
        let facts = |facts| Facts { returned: Some(returned), reason, ..facts };
        work.issue(PaperKind::ReturnSlip, facts).await?;
        work.commit("settle_withdrawal").await
    }

    /// Declines a withdrawal, with the reason.
    ///
    /// **Permissions**: reception or the centre's director of its unit.
    pub async fn decline_withdrawal(&self, who: &Who, id: Uuid, reason: String, command: Command) -> Result<()> {
        self.plain_act(who, id, &Act::DeclineWithdrawal { reason }, "decline_withdrawal", command).await
    }
}

/// Whether originals were ticked at the counter.
fn keeps_originals(row: &DossierRow) -> bool {
    row.papers_listed.iter().any(|paper| paper.originals > 0)
}

/// Whether there is something to sign for: papers in hand, or a word on the money.
fn is_signed_for(returned: &Returned) -> bool {
    returned.papers == Some(PapersBack::Returned)
        || matches!(returned.money, Some(MoneyBack::Refunded | MoneyBack::Kept))
}
