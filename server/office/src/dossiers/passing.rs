//! Dossiers whose office has ended: the office that continues it takes them over as they are.

use crate::{Error, Office, Result, Who, act::Command};
use domain::{address::Address, dossier::Act, unit::Units};
use store::{
    dossiers::{self, DossierRow},
    queues::{self, After, Filter},
};
use uuid::Uuid;

/// Statuses of a dossier that somebody still has to do something with.
const OPEN: [i64; 6] = [1, 2, 4, 5, 6, 9];
const BATCH: i64 = 200;

impl Office {
    /// Passes the open dossiers of an ended office to the office that continues it today: of several, the one in the
    /// commune of the applicant's address. Code, papers, terms and history stay as they are; the new office assigns.
    /// Answers how many. A repeat finds nothing left.
    ///
    /// **Permissions**: the program itself.
    pub async fn pass_on_open_dossiers(&self, from_key: &str, basis: &str) -> Result<u64> {
        let books = self.books();
        let from = books.places.by_key(from_key).ok_or(Error::NotFound)?.id;
        let filter = Filter { offices: vec![from], statuses: OPEN.to_vec(), ..Default::default() };
        let (mut after, mut passed) = (None, 0);
        loop {
            let mut tx = self.db().read().await?;
            let page = queues::list_queue(&mut tx, &filter, after, BATCH).await?;
            drop(tx);
            let Some(last) = page.last() else { return Ok(passed) };
            after = Some(After { queue_at: last.queue_at, id: last.id });
            for line in &page {
                passed += u64::from(self.pass_on(line.id, from_key, basis).await?);
            }
        }
    }

    /// Whether the dossier moved: it stays where its office still works.
    async fn pass_on(&self, id: Uuid, from_key: &str, basis: &str) -> Result<bool> {
        let seen = {
            let mut tx = self.db().read().await?;
            dossiers::dossier_by_id(&mut tx, id).await?.ok_or(Error::NotFound)?.version
        };
        let (who, command) = (Who::system(), Command { id: self.new_id(), seen });
        let Some(mut work) = self.begin(&who, id, command).await? else { return Ok(false) };
        let (to, to_key) = self.successor_for(&work.row, from_key)?;
        if to == work.row.resolving_office {
            return Ok(false);
        }
        work.row.resolving_office = to;
        work.act(&Act::PassOn { to_office: to_key, basis: basis.into() }).await?;
        work.commit("pass_on").await?;
        Ok(true)
    }

    fn successor_for(&self, row: &DossierRow, from_key: &str) -> Result<(i64, String)> {
        let (books, units, today) = (self.books(), Units::shipped(), self.now().day());
        let address = Address::parse(units, &row.applicant_address, today).ok();
        let here: Vec<&str> =
            address.iter().filter_map(|address| address.unit_on(units, today)).map(|unit| unit.code.as_str()).collect();
        let office = books.places.continuing_in(from_key, &here, today).ok_or(Error::NotFound)?;
        Ok((office.id, office.key.clone()))
    }
}
