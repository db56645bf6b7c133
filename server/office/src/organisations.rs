//! Organisations that residents act for: the representative enters one and names its employees, with dates. What each
//! may do with its drafts and dossiers is decided by [`crate::who::Resident::answers_for`]. When the representative's
//! number goes to its owner ([`crate::proofs`]), nobody acts for it until a clerk has said whose it is; another comes to
//! represent it in [`crate::representatives`].

use crate::{
    Error, Office, Result, Who,
    audit::{self, Object},
    error::Problem,
    proofs::Belongs,
    rights::Task,
};
use domain::{
    organisation::{Standing, TaxNumber},
    person::{CitizenId, FullName},
    text,
    time::Day,
};
use serde_json::json;
use store::{
    StoreError, Tx, accounts,
    organisations::{self, MemberRow},
};
use uuid::Uuid;

pub use store::organisations::{DisputedOrganisationRow, NamedMemberRow, OrganisationRow};

/// What a representative types of an organisation.
#[derive(Debug, Clone, Default)]
pub struct NewOrganisation {
    pub number: String,
    pub name: String,
    pub address: String,
    /// The word of the one who types that they represent it by law.
    pub is_representative: bool,
}

/// What a representative types of an organisation that is called otherwise now, or sits elsewhere.
#[derive(Debug, Clone, Default)]
pub struct OrganisationChange {
    pub organisation: Uuid,
    pub name: String,
    pub address: String,
}

/// What a representative types of an employee.
#[derive(Debug, Clone, Default)]
pub struct NewMember {
    pub organisation: Uuid,
    pub citizen_id: String,
    pub name: String,
    pub from: Option<Day>,
    /// The last day; none until it is ended.
    pub to: Option<Day>,
}

/// An organisation as the page of one's own shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MyOrganisation {
    pub row: OrganisationRow,
    /// Whether the person represents it; an employee sees no other.
    pub represents: bool,
    /// The employees that were named and not ended, also those whose days are over or still to come.
    pub members: Vec<NamedMemberRow>,
}

/// Longest name and address of an organisation, in characters.
pub(crate) const NAME_MOST: usize = 200;
pub(crate) const ADDRESS_MOST: usize = 250;
/// Most organisations of one account, and most employees of one representative: nobody here has so many.
const ORGANISATIONS_MOST: usize = 20;
const MEMBERS_MOST: usize = 100;
/// Disputed organisations that a page lists.
const LISTED: i64 = 50;

impl Office {
    /// The organisations that the person acts for today, with the employees of those they represent.
    ///
    /// **Permissions**: a signed-in resident, for oneself.
    pub async fn my_organisations(&self, who: &Who) -> Result<Vec<MyOrganisation>> {
        let resident = who.resident().ok_or(Error::SignInFirst)?;
        let mut tx = self.db().read().await?;
        let rows = organisations::organisations_acted_for(&mut tx, resident.account, self.now().day()).await?;
        let members = organisations::members_named_by(&mut tx, resident.account).await?;
        let mine = rows.into_iter().map(|row| MyOrganisation {
            represents: row.account_id == Some(resident.account),
            members: members.iter().filter(|named| named.member.organisation_id == row.id).cloned().collect(),
            row,
        });
        Ok(mine.collect())
    }

    /// How many organisations wait until a clerk has said whether the person represents them.
    ///
    /// **Permissions**: a signed-in resident, for oneself.
    pub async fn my_disputed_organisations(&self, who: &Who) -> Result<i64> {
        let resident = who.resident().ok_or(Error::SignInFirst)?;
        let mut tx = self.db().read().await?;
        Ok(organisations::count_disputed_organisations_of(&mut tx, resident.account).await?)
    }

    /// Enters an organisation that the person represents. It is claimed, not proven: another may claim the same number,
    /// and neither sees what the other filed. The number of a household business is its owner's own.
    ///
    /// **Permissions**: a signed-in resident, for oneself.
    pub async fn register_organisation(&self, who: &Who, input: NewOrganisation, command: Uuid) -> Result<Uuid> {
        let resident = who.resident().ok_or(Error::SignInFirst)?;
        let number = TaxNumber::parse(&input.number).map_err(|_| Problem::TaxNumberInvalid)?;
        if number.owner().is_some_and(|owner| owner.as_str() != resident.citizen_id) {
            return Err(Problem::TaxNumberOfAnother.into());
        }
        let name = within(&input.name, "organisation_name", NAME_MOST)?;
        let address = within(&input.address, "organisation_address", ADDRESS_MOST)?;
        if !input.is_representative {
            return Err(Problem::Missing("is_representative").into());
        }
        let mut tx = self.db().write().await?;
        accounts::hold_account(&mut tx, resident.account).await?;
        if let Some(first) = self.answered_before(&mut tx, who, command).await? {
            return Ok(first);
        }
        // Its number may have gone to the number's owner while the form was being filled in.
        let account = accounts::account_by_id(&mut tx, resident.account).await?;
        if account.is_none_or(|account| account.citizen_id != resident.citizen_id) {
            return Err(Error::SignInFirst);
        }
        if organisations::waits_for_a_clerk(&mut tx, resident.account, number.as_str()).await? {
            return Err(Problem::OrganisationWaits.into());
        }
        let now = self.now();
        if organisations::organisations_acted_for(&mut tx, resident.account, now.day()).await?.len()
            >= ORGANISATIONS_MOST
        {
            return Err(Problem::ListFull.into());
        }
        let number = number.as_str().to_owned();
        let row = OrganisationRow {
            id: self.new_id(),
            account_id: Some(resident.account),
            number,
            name,
            address,
            created_at: now.0,
        };
        match organisations::insert_organisation(&mut tx, &row).await {
            Err(StoreError::Duplicate(_)) => return Err(Problem::OrganisationEntered.into()),
            done => done?,
        }
        audit::record(self, &mut tx, who, "register_organisation", &object(row.id), json!({})).await?;
        self.keep_once(&mut tx, who, command, "register_organisation", &row.id).await?;
        tx.commit().await?;
        Ok(row.id)
    }

    /// Changes the name and the address of an organisation; its number stays. What was filed for it keeps what it was
    /// filed with, and so does what is typed in a draft. Typed as it is, nothing is changed.
    ///
    /// **Permissions**: the organisation's representative.
    pub async fn change_organisation(&self, who: &Who, input: OrganisationChange, command: Uuid) -> Result<()> {
        let resident = who.resident().ok_or(Error::SignInFirst)?;
        let id = input.organisation;
        let mut tx = self.db().write().await?;
        accounts::hold_account(&mut tx, resident.account).await?;
        let row = self.represented(&mut tx, who, id).await?;
        if self.answered_before::<()>(&mut tx, who, command).await?.is_some() {
            return Ok(());
        }
        let name = within(&input.name, "organisation_name", NAME_MOST)?;
        let address = within(&input.address, "organisation_address", ADDRESS_MOST)?;
        if (&row.name, &row.address) != (&name, &address) {
            organisations::change_organisation(&mut tx, id, &name, &address).await?;
            let detail = json!({
                "was": { "name": row.name, "address": row.address }, "name": name, "address": address,
            });
            audit::record(self, &mut tx, who, "change_organisation", &object(id), detail).await?;
        }
        self.keep_once(&mut tx, who, command, "change_organisation", &()).await?;
        Ok(tx.commit().await?)
    }

    /// Names an employee who acts for the organisation from a day to a day. Number and name must be those of an account,
    /// and each try counts against the address: nobody finds out here who has one.
    ///
    /// **Permissions**: the organisation's representative.
    pub async fn name_employee(&self, who: &Who, input: NewMember, command: Uuid) -> Result<Uuid> {
        let resident = who.resident().ok_or(Error::SignInFirst)?;
        let number = CitizenId::parse(&input.citizen_id).map_err(|_| Problem::CitizenIdInvalid)?;
        let name = FullName::parse(&input.name).map_err(|_| Problem::NameInvalid)?;
        let from = input.from.ok_or(Problem::DateInvalid("valid_from"))?;
        let standing = Standing::new(from, input.to).map_err(|_| Problem::EndsBeforeItBegins)?;
        if standing.to.is_some_and(|to| to < self.now().day()) {
            return Err(Problem::DateInvalid("valid_to").into());
        }
        let mut tx = self.db().read().await?;
        self.represented(&mut tx, who, input.organisation).await?;
        drop(tx);
        // Taken before anything is looked at, as at the doors.
        self.take_try_of_address(who).await?;
        let mut tx = self.db().read().await?;
        let account = accounts::account_by_citizen_id(&mut tx, number.as_str()).await?;
        drop(tx);
        let account = account.filter(|account| text::fold(&account.name) == text::fold(name.as_str()));
        let account = account.ok_or(Problem::EmployeeUnknown)?;
        if account.id == resident.account {
            return Err(Problem::EmployeeIsSelf.into());
        }
        let mut tx = self.db().write().await?;
        accounts::hold_account(&mut tx, resident.account).await?;
        if let Some(first) = self.answered_before(&mut tx, who, command).await? {
            return Ok(first);
        }
        self.represented(&mut tx, who, input.organisation).await?;
        if organisations::members_named_by(&mut tx, resident.account).await?.len() >= MEMBERS_MOST {
            return Err(Problem::ListFull.into());
        }
        let row = MemberRow {
            organisation_id: input.organisation,
            id: self.new_id(),
            account_id: account.id,
            valid_from: i64::from(standing.from.0),
            valid_to: standing.to.map(|day| i64::from(day.0)),
            named_at: self.now().0,
            ended_at: None,
        };
        organisations::insert_member(&mut tx, &row).await?;
        let detail = json!({ "member": row.id, "account": account.id, "from": row.valid_from, "to": row.valid_to });
        audit::record(self, &mut tx, who, "name_employee", &object(input.organisation), detail).await?;
        self.keep_once(&mut tx, who, command, "name_employee", &row.id).await?;
        tx.commit().await?;
        Ok(row.id)
    }

    /// Ends what an employee does for the organisation, at once; ended before, nothing is left to do.
    ///
    /// **Permissions**: the organisation's representative.
    pub async fn end_employee(&self, who: &Who, organisation: Uuid, member: Uuid, command: Uuid) -> Result<()> {
        let resident = who.resident().ok_or(Error::SignInFirst)?;
        let mut tx = self.db().write().await?;
        accounts::hold_account(&mut tx, resident.account).await?;
        self.represented(&mut tx, who, organisation).await?;
        if self.answered_before::<Uuid>(&mut tx, who, command).await?.is_some() {
            return Ok(());
        }
        if organisations::end_member(&mut tx, organisation, member, self.now()).await? {
            let detail = json!({ "member": member });
            audit::record(self, &mut tx, who, "end_employee", &object(organisation), detail).await?;
        }
        self.keep_once(&mut tx, who, command, "end_employee", &member).await?;
        Ok(tx.commit().await?)
    }

    /// Organisations for which nobody acts until a clerk has said whose they are, the oldest first; some dozens at once.
    ///
    /// **Permissions**: [`Task::ProveAccounts`], those whose representative's number was proven in one's own units.
    pub async fn disputed_organisations(&self, who: &Who) -> Result<Vec<DisputedOrganisationRow>> {
        let units = self.units_for(who, Task::ProveAccounts);
        let Some(first) = units.first() else { return Err(nowhere(who)) };
        let mut tx = self.db().read().await?;
        let rows = organisations::disputed_organisations(&mut tx, &self.with_ended(&units), LISTED).await?;
        drop(tx);
        if !rows.is_empty() {
            let object = Object { kind: "disputed_organisations", id: String::new(), office: Some(*first) };
            self.record_view(who, "view_disputed_organisations", &object, json!({ "rows": rows.len() })).await?;
        }
        Ok(rows)
    }

    /// Says whose a disputed organisation is. The owner of the number represents it from then on, and sees what was filed
    /// for it; for what is somebody else's nobody acts any more, and its dossiers go on at the counter.
    ///
    /// **Permissions**: [`Task::ProveAccounts`] in the unit where the number was proven.
    ///
    /// # Errors
    /// `Stale` when another clerk has said it already.
    pub async fn settle_disputed_organisation(
        &self,
        who: &Who,
        organisation: Uuid,
        belongs: &str,
        command: Uuid,
    ) -> Result<()> {
        let units = self.units_for(who, Task::ProveAccounts);
        if units.is_empty() {
            return Err(nowhere(who));
        }
        let clerk = who.staff().ok_or(Error::SignInFirst)?;
        let mut tx = self.db().write().await?;
        let dispute = organisations::dispute_of_organisation(&mut tx, organisation).await?;
        let (unit, owner) = dispute.ok_or(Error::NotFound)?;
        if !self.with_ended(&units).contains(&unit) {
            return Err(Error::Forbidden);
        }
        // Whoever enters the same number as the owner waits, and so does a twin of the command.
        accounts::hold_account(&mut tx, owner).await?;
        if self.answered_before::<()>(&mut tx, who, command).await?.is_some() {
            return Ok(());
        }
        let belongs = Belongs::from_key(belongs).ok_or(Problem::Missing("belongs"))?;
        let (by, now) = (clerk.id, self.now());
        organisations::settle_disputed_organisation(&mut tx, unit, organisation, by, belongs.key(), now).await?;
        if belongs == Belongs::Owner {
            organisations::give_organisation(&mut tx, organisation, owner).await?;
        }
        let object = Object { office: Some(unit), ..object(organisation) };
        let detail = json!({ "belongs": belongs.key() });
        audit::record(self, &mut tx, who, "settle_disputed_organisation", &object, detail).await?;
        self.keep_once(&mut tx, who, command, "settle_disputed_organisation", &()).await?;
        Ok(tx.commit().await?)
    }

    /// The organisation, when the person represents it; a stranger learns nothing of it.
    async fn represented(&self, tx: &mut Tx, who: &Who, id: Uuid) -> Result<OrganisationRow> {
        let resident = who.resident().ok_or(Error::SignInFirst)?;
        let row = organisations::organisation_by_id(tx, id).await?;
        row.filter(|row| row.account_id == Some(resident.account)).ok_or(Error::NotFound)
    }
}

/// Why somebody without a unit may not.
fn nowhere(who: &Who) -> Error {
    if who.staff().is_some() { Error::Forbidden } else { Error::SignInFirst }
}

fn object(organisation: Uuid) -> Object {
    Object { kind: "organisation", id: organisation.to_string(), office: None }
}

/// A text that is there and not too long.
pub(crate) fn within(typed: &str, field: &'static str, most: usize) -> Result<String> {
    let text = text::clean(typed);
    match text.chars().count() {
        0 => Err(Problem::Missing(field).into()),
        count if count > most => Err(Problem::TooLong(field).into()),
        _ => Ok(text),
    }
}
