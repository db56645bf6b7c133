//! Dossiers whose office has ended: the office that continues it takes them over as they are.

use crate::{Error, Office, Result, Who, act::Command};
use domain::{
    address::Address,
    dossier::{Act, Status},
    unit::Units,
};
use store::{
    dossiers::{self, DossierRow},
    offices::OfficeRow,
    queues::Filter,
    reorganisations::{self, HandoverRow},
};
use uuid::Uuid;

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
        let filter = Filter { offices: ended, statuses: Status::open_codes(), ..Filter::default() };
        let (mut after, mut passed, mut failed) = (None, 0, None);
        while let Some(page) = self.next_page("passing-on", holder, &filter, &mut after).await? {
            for id in page {
                match self.pass_on(id).await {
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
        let way = self.way_on(&work.row)?;
        if way.len() == 1 {
            return Ok(false);
        }
        // Over a unit that has ended meanwhile, too: each plan has its own line of its own list, and the resident reads
        // each decision.
        for (from, to) in way.iter().zip(way.iter().skip(1)) {
            let ordered = books.places.reorganisation_closing(&from.key);
            let basis = ordered
                .map(|row| row.plan.basis.clone())
                .or_else(|| books.places.basis_of_succession(&from.key, &to.key))
                .unwrap_or_default();
            if let Some(ordered) = ordered {
                let line = HandoverRow {
                    office_id: from.id,
                    reorganisation_id: ordered.id,
                    heir_id: to.id,
                    dossier_id: work.row.id,
                    dossier_office: work.row.office_id,
                    status: work.row.status,
                    due_at: work.row.due_at,
                    at: self.now().0,
                };
                reorganisations::insert_handover(&mut work.tx, &line).await?;
            }
            work.row.resolving_office = to.id;
            work.act(&Act::PassOn { from_office: from.key.clone(), to_office: to.key.clone(), basis }).await?;
        }
        work.commit("pass_on").await?;
        Ok(true)
    }

    /// The office that answers for a dossier today: the resolving one while it stands, else the one that continues it;
    /// of several, the one that the rule of the reorganisation names, or the one in the commune of the applicant's
    /// address.
    pub(crate) fn continuing_office(&self, row: &DossierRow) -> Result<OfficeRow> {
        self.way_on(row)?.pop().ok_or(Error::NotFound)
    }

    /// The units from the one that resolves a dossier to the one that answers for it today, each continued by the next:
    /// one alone while it stands.
    fn way_on(&self, row: &DossierRow) -> Result<Vec<OfficeRow>> {
        let (books, units, today) = (self.books(), Units::shipped(), self.now().day());
        let mut from = books.places.by_id(row.resolving_office).ok_or(Error::NotFound)?;
        let mut way = vec![from.clone()];
        // An edited table may hold a circle.
        for _ in 0..16 {
            if from.stands_on(today) {
                return Ok(way);
            }
            let Some(ordered) = books.places.reorganisation_closing(&from.key) else { break };
            let facts = self.facts_of_rule(row, &ordered.plan);
            from = books.places.by_key(ordered.plan.rule.landing(&facts).to).ok_or(Error::NotFound)?;
            way.push(from.clone());
        }
        let address = Address::parse(units, &row.applicant_address, today).ok();
        let here: Vec<&str> =
            address.iter().filter_map(|address| address.unit_on(units, today)).map(|unit| unit.code.as_str()).collect();
        let last = books.places.continuing_in(&from.key, &here, today).ok_or(Error::NotFound)?;
        if last.id != from.id {
            way.push(last.clone());
        }
        Ok(way)
    }
}
