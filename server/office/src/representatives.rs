//! Another represents an organisation from now on: a clerk has seen the paper that says so.
//!
//! An organisation is claimed by an account ([`crate::organisations`]); here the new representative is proven, by their
//! card ([`crate::proofs`]) and by the organisation's paper. They take over the row with everything that was filed for it.
//! What they had claimed themselves under the same number becomes one with it.

use crate::{
    Error, Office, Result, Who,
    audit::{self, Object},
    error::Problem,
    organisations::within,
    proofs::PROVEN,
    rights::Task,
};
use domain::{
    organisation::TaxNumber,
    person::{CitizenId, FullName},
    text,
    time::Day,
};
use serde_json::json;
pub use store::organisations::ClaimedOrganisationRow;
use store::{accounts, organisations};
use uuid::Uuid;

/// Longest words about a paper, in characters.
const PAPER_MOST: usize = 250;
/// Organisations of one number that a page lists: as many people may have claimed it.
const LISTED: i64 = 20;

/// What a clerk enters of a new representative, with the organisation's paper and the person's card before them.
#[derive(Debug, Clone, Default)]
pub struct NewRepresentative {
    /// The tax number.
    pub number: String,
    /// The account that represents the organisation on the clerk's screen. With the number it tells which one is meant,
    /// and whether another clerk was first.
    pub former: Option<Uuid>,
    pub citizen_id: String,
    /// As the card has it.
    pub name: String,
    /// The day from which the paper names them.
    pub from: Option<Day>,
    /// Which paper was seen: what it is, its number and day.
    pub paper: String,
    /// The original was seen, and names this person and this number.
    pub seen: bool,
}

impl Office {
    /// The organisations of a tax number that somebody represents. The look is recorded, also when it finds nothing.
    ///
    /// **Permissions**: [`Task::ProveAccounts`] in that unit.
    pub async fn organisations_at_number(
        &self,
        who: &Who,
        unit: i64,
        number: &str,
    ) -> Result<Vec<ClaimedOrganisationRow>> {
        self.may(who, Task::ProveAccounts, unit)?;
        let number = TaxNumber::parse(number).map_err(|_| Problem::TaxNumberInvalid)?;
        let mut tx = self.db().read().await?;
        let rows = organisations::organisations_of_number(&mut tx, number.as_str(), LISTED).await?;
        drop(tx);
        let object = Object { kind: "organisation", id: number.masked(), office: Some(unit) };
        self.record_view(who, "look_for_organisation", &object, json!({ "found": rows.len() })).await?;
        Ok(rows)
    }

    /// Makes another the representative of an organisation, at once. They see what was filed for it; the former one
    /// neither sees nor does anything for it any more, not as an employee either. Whom the former one named stays until
    /// they are ended. Answers the organisation; a repeat gets the first.
    ///
    /// **Permissions**: [`Task::ProveAccounts`] in that unit.
    ///
    /// # Errors
    /// `RepresentativeNotProven` when no account of that number and name was proven; `OrganisationWaits` while a clerk
    /// has to say whether another organisation of that number is theirs; `Stale` when somebody else represents it than
    /// the clerk saw.
    pub async fn change_representative(
        &self,
        who: &Who,
        unit: i64,
        input: NewRepresentative,
        command: Uuid,
    ) -> Result<Uuid> {
        self.may(who, Task::ProveAccounts, unit)?;
        let now = self.now();
        let number = TaxNumber::parse(&input.number).map_err(|_| Problem::TaxNumberInvalid)?;
        if number.owner().is_some() {
            return Err(Problem::HouseholdOfItsOwner.into());
        }
        let former = input.former.ok_or(Problem::Missing("former"))?;
        let citizen_id = CitizenId::parse(&input.citizen_id).map_err(|_| Problem::CitizenIdInvalid)?;
        let name = FullName::parse(&input.name).map_err(|_| Problem::NameInvalid)?;
        let from = input.from.ok_or(Problem::DateInvalid("valid_from"))?;
        if from > now.day() {
            return Err(Problem::RepresentsLater.into());
        }
        let paper = within(&input.paper, "organisation_paper", PAPER_MOST)?;
        if !input.seen {
            return Err(Problem::Missing("paper_seen").into());
        }
        let mut tx = self.db().write().await?;
        let found = accounts::account_by_citizen_id(&mut tx, citizen_id.as_str()).await?.map(|row| row.id);
        let mut held: Vec<Uuid> = found.into_iter().chain([former]).collect();
        // In one order, so that no two clerks wait for each other.
        held.sort_unstable();
        for id in held {
            accounts::hold_account(&mut tx, id).await?;
        }
        if let Some(first) = self.answered_before(&mut tx, who, command).await? {
            return Ok(first);
        }
        // As whoever held it before has left it.
        let account = accounts::account_by_citizen_id(&mut tx, citizen_id.as_str()).await?;
        if account.as_ref().map(|row| row.id) != found {
            return Err(Error::Stale);
        }
        let is_theirs = |typed: &str| text::fold(typed) == text::fold(name.as_str());
        let Some(account) = account.filter(|row| row.level >= PROVEN && is_theirs(&row.name)) else {
            // What the answer tells of a number is a look at it.
            let object = Object { kind: "person", id: citizen_id.masked(), office: Some(unit) };
            let detail = json!({ "found": found.is_some() });
            audit::record(self, &mut tx, who, "look_for_account", &object, detail).await?;
            tx.commit().await?;
            return Err(Problem::RepresentativeNotProven.into());
        };
        let row = organisations::organisation_claimed_by(&mut tx, former, number.as_str()).await?;
        let row = row.ok_or(Error::Stale)?;
        if account.id == former {
            return Err(Problem::RepresentativeAlready.into());
        }
        if organisations::waits_for_a_clerk(&mut tx, account.id, number.as_str()).await? {
            return Err(Problem::OrganisationWaits.into());
        }
        let own = organisations::organisation_claimed_by(&mut tx, account.id, number.as_str()).await?;
        let merged = own.map(|own| own.id);
        if let Some(own) = merged {
            organisations::merge_organisation(&mut tx, own, row.id).await?;
        }
        organisations::end_members_of(&mut tx, row.id, [former, account.id], now).await?;
        organisations::give_organisation(&mut tx, row.id, account.id).await?;
        let object = Object { kind: "organisation", id: row.id.to_string(), office: Some(unit) };
        let detail = json!({
            "former": former, "account": account.id, "from": i64::from(from.0), "paper": paper, "merged": merged,
        });
        audit::record(self, &mut tx, who, "change_representative", &object, detail).await?;
        self.keep_once(&mut tx, who, command, "change_representative", &row.id).await?;
        tx.commit().await?;
        Ok(row.id)
    }
}
