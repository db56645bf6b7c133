//! Organisations that residents act for, the employees that their representatives named, and the organisations that wait
//! for a clerk since their representative's number changed hands.

use crate::{Result, StoreError, Tx, on_engine};
use domain::time::{Day, Instant};
use sqlx::QueryBuilder;
use uuid::Uuid;

/// An organisation, as the account of its representative claims it.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct OrganisationRow {
    pub id: Uuid,
    /// The representative's account; none while nobody acts for it.
    pub account_id: Option<Uuid>,
    /// The tax number, as `domain::organisation::TaxNumber` keeps it.
    pub number: String,
    pub name: String,
    pub address: String,
    pub created_at: i64,
}

/// An employee who acts for an organisation from a day to a day.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct MemberRow {
    pub organisation_id: Uuid,
    pub id: Uuid,
    pub account_id: Uuid,
    pub valid_from: i64,
    /// The last day; none until it is ended.
    pub valid_to: Option<i64>,
    pub named_at: i64,
    /// When the representative ended it before its last day.
    pub ended_at: Option<i64>,
}

/// An employee with the name and number of their account.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct NamedMemberRow {
    #[sqlx(flatten)]
    pub member: MemberRow,
    pub name: String,
    pub citizen_id: String,
}

/// An organisation for which nobody acts until a clerk has said whose it is.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct DisputedOrganisationRow {
    pub office_id: i64,
    pub organisation_id: Uuid,
    pub since: i64,
    pub number: String,
    pub name: String,
    pub address: String,
    /// Name and number of the account that the number belongs to.
    pub owner_name: String,
    pub owner_number: String,
}

/// An organisation with the name and number of its representative's account.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct ClaimedOrganisationRow {
    #[sqlx(flatten)]
    pub organisation: OrganisationRow,
    pub representative_name: String,
    pub representative_number: String,
}

/// Enters an organisation. `Duplicate` when that account claims the number already.
pub async fn insert_organisation(tx: &mut Tx, row: &OrganisationRow) -> Result<()> {
    let q = "INSERT INTO organisations (id, account_id, number, name, address, created_at)
             VALUES ($1, $2, $3, $4, $5, $6)";
    on_engine!(tx, |c| sqlx::query(q)
        .bind(row.id)
        .bind(row.account_id)
        .bind(&row.number)
        .bind(&row.name)
        .bind(&row.address)
        .bind(row.created_at)
        .execute(c)
        .await
        .map(drop))
    .map_err(crate::db::duplicate("organisation"))
}

pub async fn organisation_by_id(tx: &mut Tx, id: Uuid) -> Result<Option<OrganisationRow>> {
    let q = "SELECT id, account_id, number, name, address, created_at FROM organisations WHERE id = $1";
    Ok(on_engine!(tx, |c| sqlx::query_as(q).bind(id).fetch_optional(c).await)?)
}

/// Changes what an organisation is called and where its seat is. What was filed for it keeps what it was filed with.
pub async fn change_organisation(tx: &mut Tx, id: Uuid, name: &str, address: &str) -> Result<()> {
    let q = "UPDATE organisations SET name = $2, address = $3 WHERE id = $1";
    Ok(on_engine!(tx, |c| sqlx::query(q).bind(id).bind(name).bind(address).execute(c).await.map(drop))?)
}

/// The organisations that an account acts for on that day: as the representative, or as an employee named for it.
pub async fn organisations_acted_for(tx: &mut Tx, account: Uuid, day: Day) -> Result<Vec<OrganisationRow>> {
    let q = "SELECT id, account_id, number, name, address, created_at FROM organisations WHERE account_id = $1
             UNION
             SELECT o.id, o.account_id, o.number, o.name, o.address, o.created_at
             FROM organisation_members m JOIN organisations o ON o.id = m.organisation_id
             WHERE m.account_id = $1 AND o.account_id IS NOT NULL AND m.ended_at IS NULL AND m.valid_from <= $2
               AND (m.valid_to IS NULL OR m.valid_to >= $2)
             ORDER BY 6, 1";
    Ok(on_engine!(tx, |c| sqlx::query_as(q).bind(account).bind(i64::from(day.0)).fetch_all(c).await)?)
}

/// Enters an employee.
pub async fn insert_member(tx: &mut Tx, row: &MemberRow) -> Result<()> {
    let q = "INSERT INTO organisation_members (organisation_id, id, account_id, valid_from, valid_to, named_at)
             VALUES ($1, $2, $3, $4, $5, $6)";
    Ok(on_engine!(tx, |c| sqlx::query(q)
        .bind(row.organisation_id)
        .bind(row.id)
        .bind(row.account_id)
        .bind(row.valid_from)
        .bind(row.valid_to)
        .bind(row.named_at)
        .execute(c)
        .await
        .map(drop))?)
}

/// The employees named by the representative of that account, of every organisation, that were not ended: the first
/// named first.
pub async fn members_named_by(tx: &mut Tx, account: Uuid) -> Result<Vec<NamedMemberRow>> {
    let q = "SELECT m.organisation_id, m.id, m.account_id, m.valid_from, m.valid_to, m.named_at, m.ended_at,
               a.name, a.citizen_id
             FROM organisations o JOIN organisation_members m ON m.organisation_id = o.id
             JOIN accounts a ON a.id = m.account_id
             WHERE o.account_id = $1 AND m.ended_at IS NULL ORDER BY m.named_at, m.id LIMIT 500";
    Ok(on_engine!(tx, |c| sqlx::query_as(q).bind(account).fetch_all(c).await)?)
}

/// Days on which an account was named to act for an organisation.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct StandingRow {
    pub number: String,
    pub name: String,
    pub valid_from: i64,
    /// The last day; none until it is ended.
    pub valid_to: Option<i64>,
    pub named_at: i64,
    /// When the representative ended it before its last day.
    pub ended_at: Option<i64>,
}

/// Every time that an account was named as an employee, also what is over, the first named first.
pub async fn standings_of(tx: &mut Tx, account: Uuid) -> Result<Vec<StandingRow>> {
    let q = "SELECT o.number, o.name, m.valid_from, m.valid_to, m.named_at, m.ended_at
             FROM organisation_members m JOIN organisations o ON o.id = m.organisation_id
             WHERE m.account_id = $1 ORDER BY m.named_at, m.id";
    Ok(on_engine!(tx, |c| sqlx::query_as(q).bind(account).fetch_all(c).await)?)
}

/// Ends what an employee does for an organisation, from that moment on. Answers whether there was anything to end.
pub async fn end_member(tx: &mut Tx, organisation: Uuid, id: Uuid, at: Instant) -> Result<bool> {
    let q = "UPDATE organisation_members SET ended_at = $3
             WHERE organisation_id = $1 AND id = $2 AND ended_at IS NULL RETURNING id";
    let ended: Option<Uuid> =
        on_engine!(tx, |c| sqlx::query_scalar(q).bind(organisation).bind(id).bind(at.0).fetch_optional(c).await)?;
    Ok(ended.is_some())
}

/// The office that resolves what was filed last for an organisation of that account.
pub async fn office_of_organisations(tx: &mut Tx, account: Uuid) -> Result<Option<i64>> {
    let q = "SELECT d.resolving_office FROM organisations o JOIN dossiers d ON d.organisation_id = o.id
             WHERE o.account_id = $1 ORDER BY d.updated_at DESC, d.id DESC LIMIT 1";
    Ok(on_engine!(tx, |c| sqlx::query_scalar(q).bind(account).fetch_optional(c).await)?)
}

/// Takes every organisation of an account out of everybody's hands, for a clerk of that office to look at, and ends
/// whom it named; ends also what the account did as somebody's employee. Answers how many organisations.
pub async fn dispute_organisations(
    tx: &mut Tx,
    office: i64,
    entered_by: Uuid,
    owner: Uuid,
    now: Instant,
) -> Result<u64> {
    let q = "UPDATE organisation_members SET ended_at = $2 WHERE ended_at IS NULL AND (account_id = $1
               OR organisation_id IN (SELECT id FROM organisations WHERE account_id = $1))";
    on_engine!(tx, |c| sqlx::query(q).bind(entered_by).bind(now.0).execute(c).await.map(drop))?;
    let q = "INSERT INTO disputed_organisations (office_id, organisation_id, entered_by, owner, since)
             SELECT $1, id, account_id, $3, $4 FROM organisations WHERE account_id = $2";
    let done = on_engine!(tx, |c| sqlx::query(q)
        .bind(office)
        .bind(entered_by)
        .bind(owner)
        .bind(now.0)
        .execute(c)
        .await
        .map(|done| done.rows_affected()))?;
    let q = "UPDATE organisations SET account_id = NULL WHERE account_id = $1";
    on_engine!(tx, |c| sqlx::query(q).bind(entered_by).execute(c).await.map(drop))?;
    Ok(done)
}

/// Organisations of those offices that wait for a clerk, the oldest first.
pub async fn disputed_organisations(tx: &mut Tx, offices: &[i64], limit: i64) -> Result<Vec<DisputedOrganisationRow>> {
    if offices.is_empty() {
        return Ok(Vec::new());
    }
    Ok(on_engine!(tx, |c| {
        let mut q = QueryBuilder::new(
            "SELECT q.office_id, q.organisation_id, q.since, o.number, o.name, o.address, a.name AS owner_name,
               a.citizen_id AS owner_number
             FROM disputed_organisations q JOIN organisations o ON o.id = q.organisation_id
             JOIN accounts a ON a.id = q.owner
             WHERE q.settled_at IS NULL AND q.office_id IN (",
        );
        let mut list = q.separated(", ");
        for office in offices {
            list.push_bind(*office);
        }
        q.push(") ORDER BY q.since, q.organisation_id LIMIT ").push_bind(limit);
        q.build_query_as().fetch_all(c).await
    })?)
}

/// The office whose clerks say whose an organisation is, or have said it, and the account that the number belongs to.
pub async fn dispute_of_organisation(tx: &mut Tx, organisation: Uuid) -> Result<Option<(i64, Uuid)>> {
    let q = "SELECT office_id, owner FROM disputed_organisations WHERE organisation_id = $1
             ORDER BY since DESC LIMIT 1";
    Ok(on_engine!(tx, |c| sqlx::query_as(q).bind(organisation).fetch_optional(c).await)?)
}

/// Says whose a disputed organisation is. `Stale` when it was said already.
pub async fn settle_disputed_organisation(
    tx: &mut Tx,
    office: i64,
    organisation: Uuid,
    by: Uuid,
    belongs: &str,
    now: Instant,
) -> Result<()> {
    let q = "UPDATE disputed_organisations SET settled_at = $3, settled_by = $4, belongs = $5
             WHERE office_id = $1 AND organisation_id = $2 AND settled_at IS NULL";
    let done = on_engine!(tx, |c| sqlx::query(q)
        .bind(office)
        .bind(organisation)
        .bind(now.0)
        .bind(by)
        .bind(belongs)
        .execute(c)
        .await
        .map(|done| done.rows_affected()))?;
    if done == 1 { Ok(()) } else { Err(StoreError::Stale) }
}

/// Makes an account the representative of an organisation.
pub async fn give_organisation(tx: &mut Tx, organisation: Uuid, account: Uuid) -> Result<()> {
    let q = "UPDATE organisations SET account_id = $2 WHERE id = $1";
    Ok(on_engine!(tx, |c| sqlx::query(q).bind(organisation).bind(account).execute(c).await.map(drop))?)
}

/// The organisations of a tax number that somebody represents, the one entered last first. Reads the table along its
/// whole length: it is short, and a clerk asks now and then.
pub async fn organisations_of_number(tx: &mut Tx, number: &str, limit: i64) -> Result<Vec<ClaimedOrganisationRow>> {
    let q = "SELECT o.id, o.account_id, o.number, o.name, o.address, o.created_at,
               a.name AS representative_name, a.citizen_id AS representative_number
             FROM organisations o JOIN accounts a ON a.id = o.account_id
             WHERE o.number = $1 ORDER BY o.created_at DESC, o.id DESC LIMIT $2";
    Ok(on_engine!(tx, |c| sqlx::query_as(q).bind(number).bind(limit).fetch_all(c).await)?)
}

/// The organisation of that tax number that an account represents.
pub async fn organisation_claimed_by(tx: &mut Tx, account: Uuid, number: &str) -> Result<Option<OrganisationRow>> {
    let q = "SELECT id, account_id, number, name, address, created_at FROM organisations
             WHERE account_id = $1 AND number = $2";
    Ok(on_engine!(tx, |c| sqlx::query_as(q).bind(account).bind(number).fetch_optional(c).await)?)
}

/// Puts whatever was filed, begun and named for one organisation with another, and leaves the one to nobody.
pub async fn merge_organisation(tx: &mut Tx, one: Uuid, into: Uuid) -> Result<()> {
    for q in [
        // Before the dossiers: this one waits for a draft that is being filed, whose dossier is then there to be put too.
        "UPDATE drafts SET organisation_id = $2 WHERE organisation_id = $1",
        "UPDATE dossiers SET organisation_id = $2 WHERE organisation_id = $1",
        "UPDATE organisation_members SET organisation_id = $2 WHERE organisation_id = $1",
    ] {
        on_engine!(tx, |c| sqlx::query(q).bind(one).bind(into).execute(c).await.map(drop))?;
    }
    let q = "UPDATE organisations SET account_id = NULL WHERE id = $1";
    Ok(on_engine!(tx, |c| sqlx::query(q).bind(one).execute(c).await.map(drop))?)
}

/// Ends what two accounts do for an organisation as employees.
pub async fn end_members_of(tx: &mut Tx, organisation: Uuid, accounts: [Uuid; 2], at: Instant) -> Result<()> {
    let q = "UPDATE organisation_members SET ended_at = $4
             WHERE organisation_id = $1 AND account_id IN ($2, $3) AND ended_at IS NULL";
    let [one, other] = accounts;
    Ok(on_engine!(tx, |c| sqlx::query(q)
        .bind(organisation)
        .bind(one)
        .bind(other)
        .bind(at.0)
        .execute(c)
        .await
        .map(drop))?)
}

/// Whether an organisation of that number waits until a clerk has said if it is this owner's.
pub async fn waits_for_a_clerk(tx: &mut Tx, owner: Uuid, number: &str) -> Result<bool> {
    let q = "SELECT q.organisation_id FROM disputed_organisations q JOIN organisations o ON o.id = q.organisation_id
             WHERE q.owner = $1 AND q.settled_at IS NULL AND o.number = $2 LIMIT 1";
    let waits: Option<Uuid> =
        on_engine!(tx, |c| sqlx::query_scalar(q).bind(owner).bind(number).fetch_optional(c).await)?;
    Ok(waits.is_some())
}

/// How many organisations wait until a clerk has said whether they are this owner's: a hundred at most.
pub async fn count_disputed_organisations_of(tx: &mut Tx, owner: Uuid) -> Result<i64> {
    let q = "SELECT COUNT(*) FROM
             (SELECT 1 FROM disputed_organisations WHERE owner = $1 AND settled_at IS NULL LIMIT 100) AS counted";
    Ok(on_engine!(tx, |c| sqlx::query_scalar(q).bind(owner).fetch_one(c).await)?)
}
