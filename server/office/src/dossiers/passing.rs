//! Dossiers whose office has ended: the office that continues it takes them over as they are.

use crate::{Error, Office, Result, Who, act::Command};
use domain::{address::Address, dossier::Act, unit::Units};
use store::{
    dossiers::{self, DossierRow},
    offices::OfficeRow,
    queues::{self, After, Filter},
};
use uuid::Uuid;

/// Statuses of a dossier that somebody still has to do something with.
const OPEN: [i64; 6] = [1, 2, 4, 5, 6, 9];

impl Office {
    /// Passes the open dossiers of every office that has ended to the office that continues it today: of several, the
    /// one in the commune of the applicant's address. Code, papers, terms and history stay as they are; the new office
    /// assigns. Answers how many. A repeat finds nothing left. One that cannot be passed on keeps no other back; the
    /// first failure is the answer when all were tried.
    ///
    /// **Permissions**: the program's own worker.
    pub async fn pass_on_open_dossiers(&self, holder: Uuid) -> Result<u64> {
        let ended = self.books().places.authorities_ended_before(self.now().day());
        if ended.is_empty() {
            return Ok(0);
        }
        let filter = Filter { offices: ended, statuses: OPEN.to_vec(), ..Filter::default() };
        let (mut after, mut passed, mut failed) = (None, 0, None);
        while self.hold_lease("passing-on", holder).await? {
            let mut tx = self.db().read().await?;
            let page = queues::list_queue(&mut tx, &filter, after, self.config().worker_batch).await?;
            drop(tx);
            let Some(last) = page.last() else { break };
            after = Some(After { queue_at: last.queue_at, id: last.id });
            for line in &page {
                match self.pass_on(line.id).await {
                    Ok(moved) => passed += u64::from(moved),
                    // Somebody was first; it is found again at the next look.
                    Err(Error::Stale | Error::Refused(_)) => {}
                    Err(other) => failed = failed.or(Some(other)),
                }
            }
        }
        failed.map_or(Ok(passed), Err)
    }

    /// Whether the dossier moved: it stays where its office still works.
    async fn pass_on(&self, id: Uuid) -> Result<bool> {
        let seen = {
            let mut tx = self.db().read().await?;
            dossiers::dossier_by_id(&mut tx, id).await?.ok_or(Error::NotFound)?.version
        };
        let (who, command) = (Who::system(), Command { id: self.new_id(), seen });
        let Some(mut work) = self.begin(&who, id, command).await? else { return Ok(false) };
        let books = self.books();
        let from = books.places.by_id(work.row.resolving_office).ok_or(Error::NotFound)?;
        let to = self.continuing_office(&work.row)?;
        if to.id == from.id {
            return Ok(false);
        }
        let basis = books.places.basis_of_succession(&from.key, &to.key).unwrap_or_default();
        work.row.resolving_office = to.id;
        work.act(&Act::PassOn { to_office: to.key, basis }).await?;
        work.commit("pass_on").await?;
        Ok(true)
    }

    /// The office that answers for a dossier today: the resolving one while it stands, else the one that continues it;
    /// of several, the one in the commune of the applicant's address.
    pub(crate) fn continuing_office(&self, row: &DossierRow) -> Result<OfficeRow> {
        let (books, units, today) = (self.books(), Units::shipped(), self.now().day());
        let from = books.places.by_id(row.resolving_office).ok_or(Error::NotFound)?;
        if from.stands_on(today) {
            return Ok(from.clone());
        }
        let address = Address::parse(units, &row.applicant_address, today).ok();
        let here: Vec<&str> =
            address.iter().filter_map(|address| address.unit_on(units, today)).map(|unit| unit.code.as_str()).collect();
        books.places.continuing_in(&from.key, &here, today).cloned().ok_or(Error::NotFound)
    }
}
