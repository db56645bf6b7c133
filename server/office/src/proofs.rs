//! Proof at the counter: a clerk has the person and the identity card in front of them.
//!
//! The account of the card's number becomes its owner's beyond doubt. When somebody else had opened one with that number,
//! the number goes to its owner, and what was filed under it is shown to neither until a clerk has said whose it is. For
//! an organisation that the other had entered nobody acts until then ([`crate::organisations`]).

use crate::{
    Error, Office, Result, Who,
    account_codes::code_of,
    audit::{self, Object},
    error::Problem,
    rights::Task,
    sessions::Door,
};
use domain::{
    person::{CitizenId, FullName},
    time::Instant,
};
use serde::{Deserialize, Serialize};
use serde_json::json;
pub use store::proofs::{DisputedRow, ProofRow};
use store::{StoreError, Tx, accounts, accounts::AccountRow, organisations, proofs, proofs::CodeRow, sessions};
use uuid::Uuid;

/// The level of an account that a clerk has proven: number and name are the card's.
pub const PROVEN: i64 = 1;
/// How a proof was given: by a clerk who saw person and card.
pub const AT_THE_COUNTER: &str = "counter";
/// How a proof was given: by an identity provider that had compared both.
pub const BY_IDENTITY_PROVIDER: &str = "identity_provider";
/// A code opens the account for so long: until the person is at home, and has slept over it.
pub const CODE_MS: i64 = 24 * 3_600_000;
/// Disputed dossiers that a page lists.
const LISTED: i64 = 50;

/// Whose the account is that somebody has opened with the number, unproven.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Whose {
    /// The person at the counter opened it.
    Own,
    /// They did not: the number goes to an account of their own.
    Strangers,
}

/// What the clerk has in front of them.
#[derive(Debug, Clone, Default)]
pub struct Seen {
    pub citizen_id: String,
    /// As the card has it.
    pub name: String,
    /// Person and card were seen, and belong together.
    pub card: bool,
    pub whose: Option<Whose>,
    /// What the code is drawn from, when one is wanted: a secret of the form, kept nowhere.
    pub draw: Option<String>,
}

/// What there is at a number.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum AtNumber {
    Nothing,
    /// Somebody has opened an account with it, and nobody has seen a card.
    Claimed {
        name: String,
        since: Instant,
    },
    Proven {
        name: String,
    },
}

/// What a proof did, for the clerk who gave it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProofView {
    pub proof: ProofRow,
    pub name: String,
    /// The number, masked.
    pub number: String,
    pub office: String,
    /// Dossiers that wait until a clerk has said whose they are, without the sensitive ones that the reader may not read.
    pub disputed: i64,
    /// Organisations for which nobody acts until a clerk has said whose they are.
    pub organisations: i64,
    pub code: CodeSeen,
}

/// The code that was drawn with a proof, as it can be shown now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CodeSeen {
    /// None was asked for.
    None,
    /// Eight digits, until when they open something.
    Open { digits: String, until: Instant },
    /// It opens something until then; its digits are known to the paper alone.
    Hidden { until: Instant },
    /// It was used, or another took its place, or its time is over.
    Over,
}

/// Whose a disputed dossier is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Belongs {
    /// The number's owner: it is theirs from now on.
    Owner,
    /// Somebody else filed it: no account sees it, and it goes on at the counter.
    Nobody,
}

impl Belongs {
    /// The key in forms and in the record.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Owner => "owner",
            Self::Nobody => "nobody",
        }
    }

    /// The choice of that key.
    pub fn from_key(key: &str) -> Option<Self> {
        [Self::Owner, Self::Nobody].into_iter().find(|one| one.key() == key)
    }
}

/// How a proof left an account.
pub(crate) struct Owned {
    pub account: Uuid,
    pub taken_from: Option<Uuid>,
    pub disputed: u64,
    /// Organisations for which nobody acts until a clerk has said whose they are.
    pub organisations: u64,
}

impl Office {
    /// What there is at that number. The look is recorded, also when it finds nothing.
    ///
    /// **Permissions**: [`Task::ProveAccounts`] in that unit.
    pub async fn account_at_number(&self, who: &Who, unit: i64, citizen_id: &str) -> Result<AtNumber> {
        self.may(who, Task::ProveAccounts, unit)?;
        let number = CitizenId::parse(citizen_id).map_err(|_| Problem::CitizenIdInvalid)?;
        let mut tx = self.db().write().await?;
        let found = accounts::account_by_citizen_id(&mut tx, number.as_str()).await?;
        let object = Object { kind: "person", id: number.masked(), office: Some(unit) };
        audit::record(self, &mut tx, who, "look_for_account", &object, json!({ "found": found.is_some() })).await?;
        tx.commit().await?;
        Ok(match found {
            None => AtNumber::Nothing,
            Some(row) if row.level >= PROVEN => AtNumber::Proven { name: row.name },
            Some(row) => AtNumber::Claimed { name: row.name, since: Instant(row.created_at) },
        })
    }

    /// Proves that the account of a number is its owner's, opens one when there is none, and takes the number from
    /// whoever opened one unproven and is somebody else. With a draw, a code is made that sets a new password once
    /// ([`Office::set_password_by_code`]). Answers the proof; a repeat gets the first.
    ///
    /// **Permissions**: [`Task::ProveAccounts`] in that unit.
    ///
    /// # Errors
    /// `Missing("whose")` while nobody said whether an unproven account is the person's own; `Stale` when another clerk
    /// proves the same number at the same moment.
    pub async fn prove_account(&self, who: &Who, unit: i64, seen: Seen, command: Uuid) -> Result<Uuid> {
        self.may(who, Task::ProveAccounts, unit)?;
        let clerk = who.staff().ok_or(Error::SignInFirst)?;
        let number = CitizenId::parse(&seen.citizen_id).map_err(|_| Problem::CitizenIdInvalid)?;
        let name = FullName::parse(&seen.name).map_err(|_| Problem::NameInvalid)?;
        // What the card says is compared before anything is asked that costs time.
        if !seen.card {
            return Err(Problem::Missing("seen").into());
        }
        let code_hash = match &seen.draw {
            Some(draw) => Some(self.hash_password(code_of(number.as_str(), draw)?).await?),
            None => None,
        };
        let now = self.now();
        let mut tx = self.db().write().await?;
        let found = accounts::account_by_citizen_id(&mut tx, number.as_str()).await?;
        let found = match found {
            Some(found) => {
                accounts::hold_account(&mut tx, found.id).await?;
                // As whoever held it before has left it.
                accounts::account_by_citizen_id(&mut tx, number.as_str()).await?
            }
            None => None,
        };
        if let Some(first) = self.answered_before(&mut tx, who, command).await? {
            return Ok(first);
        }
        let owned = match self.own(&mut tx, unit, found, (&number, name.as_str()), seen.whose).await {
            Err(Error::Stale) => {
                drop(tx);
                let mut tx = self.db().read().await?;
                return self.answered_before(&mut tx, who, command).await?.ok_or(Error::Stale);
            }
            owned => owned?,
        };
        let proof = ProofRow {
            account_id: owned.account,
            id: self.new_id(),
            level: PROVEN,
            how: AT_THE_COUNTER.into(),
            at: now.0,
            office_id: Some(unit),
            staff_id: Some(clerk.id),
            staff_name: Some(clerk.name.clone()),
            taken_from: owned.taken_from,
        };
        proofs::insert_proof(&mut tx, &proof).await?;
        let with_code = code_hash.is_some();
        if let Some(code_hash) = code_hash {
            let expires_at = now.plus_ms(CODE_MS).0;
            let (account_id, id) = (owned.account, proof.id);
            let row =
                CodeRow { account_id, id, code_hash, issued_at: now.0, expires_at, used_at: None, replaced_at: None };
            proofs::replace_code(&mut tx, &row).await?;
        }
        let object = Object { kind: "account", id: owned.account.to_string(), office: Some(unit) };
        let detail = json!({
            "level": PROVEN, "how": AT_THE_COUNTER, "code": with_code,
            "taken_from": owned.taken_from, "disputed": owned.disputed, "organisations": owned.organisations,
        });
        audit::record(self, &mut tx, who, "prove_account", &object, detail).await?;
        self.keep_once(&mut tx, who, command, "prove_account", &proof.id).await?;
        tx.commit().await?;
        Ok(proof.id)
    }

    /// Makes the account of a number its owner's. `Stale` when somebody opened one at the same moment.
    async fn own(
        &self,
        tx: &mut Tx,
        unit: i64,
        found: Option<AccountRow>,
        (number, name): (&CitizenId, &str),
        whose: Option<Whose>,
    ) -> Result<Owned> {
        let kept = |account| Owned { account, taken_from: None, disputed: 0, organisations: 0 };
        let lost = match (found, whose) {
            (Some(row), _) if row.level >= PROVEN => return Ok(kept(row.id)),
            (Some(row), Some(Whose::Own)) => {
                accounts::raise_level(tx, row.id, PROVEN, name).await?;
                return Ok(kept(row.id));
            }
            (Some(_), None) => return Err(Problem::Missing("whose").into()),
            (Some(row), Some(Whose::Strangers)) => Some(row),
            (None, _) => None,
        };
        let row = AccountRow {
            id: self.new_id(),
            citizen_id: number.as_str().into(),
            name: name.into(),
            phone: None,
            // No password fits before the code has set one.
            password_hash: String::new(),
            level: PROVEN,
            created_at: self.now().0,
        };
        self.open_owned(tx, unit, row, lost).await
    }

    /// Opens the account of a number for its owner, after the number was taken from whoever had it unproven. What that
    /// account filed waits for a clerk; its organisations for one of that unit. `Stale` when somebody opened one at the
    /// same moment.
    pub(crate) async fn open_owned(
        &self,
        tx: &mut Tx,
        unit: i64,
        row: AccountRow,
        lost: Option<AccountRow>,
    ) -> Result<Owned> {
        let now = self.now();
        if let Some(lost) = &lost {
            accounts::lose_number(tx, lost.id, now).await?;
            sessions::end_sessions_of(tx, Door::Resident.kind(), lost.id, now).await?;
        }
        match accounts::insert_account(tx, &row).await {
            Err(StoreError::Duplicate(_)) => return Err(Error::Stale),
            done => done?,
        }
        let Some(lost) = lost else {
            return Ok(Owned { account: row.id, taken_from: None, disputed: 0, organisations: 0 });
        };
        let disputed = proofs::dispute_dossiers(tx, lost.id, row.id, now).await?;
        let organisations = organisations::dispute_organisations(tx, unit, lost.id, row.id, now).await?;
        Ok(Owned { account: row.id, taken_from: Some(lost.id), disputed, organisations })
    }

    /// What a proof did; with its code when `draw` is what it was drawn from. The look is recorded.
    ///
    /// **Permissions**: [`Task::ProveAccounts`] in the unit where it was given; the code to the clerk who gave it alone.
    pub async fn proof(&self, who: &Who, id: Uuid, draw: Option<&str>) -> Result<ProofView> {
        let clerk = who.staff().ok_or(Error::SignInFirst)?;
        let now = self.now();
        let mut tx = self.db().read().await?;
        let proof = proofs::proof_by_id(&mut tx, id).await?.ok_or(Error::NotFound)?;
        // What no clerk gave belongs to no unit: there is no slip of it.
        let unit = proof.office_id.ok_or(Error::NotFound)?;
        self.may(who, Task::ProveAccounts, unit)?;
        let account = accounts::account_by_id(&mut tx, proof.account_id).await?.ok_or(Error::NotFound)?;
        let code = proofs::code_of_proof(&mut tx, account.id, proof.id).await?;
        let sensitive = proofs::sensitive_disputed_of(&mut tx, account.id).await?;
        let hidden = self.unreadable(&mut tx, who, &sensitive).await?.len() as i64;
        let disputed = (proofs::count_disputed_of(&mut tx, account.id).await? - hidden).max(0);
        let organisations = organisations::count_disputed_organisations_of(&mut tx, account.id).await?;
        drop(tx);
        let code = match code {
            None => CodeSeen::None,
            Some(row) if row.used_at.is_some() || row.replaced_at.is_some() || row.expires_at <= now.0 => {
                CodeSeen::Over
            }
            Some(row) => {
                let until = Instant(row.expires_at);
                let drawn = draw.and_then(|draw| code_of(&account.citizen_id, draw).ok());
                let drawn = drawn.filter(|_| proof.staff_id == Some(clerk.id));
                match drawn {
                    Some(digits) if self.password_fits(digits.clone(), Some(row.code_hash)).await? => {
                        CodeSeen::Open { digits, until }
                    }
                    _ => CodeSeen::Hidden { until },
                }
            }
        };
        let number = CitizenId::parse(&account.citizen_id).map(|number| number.masked()).unwrap_or_default();
        let object = Object { kind: "account", id: account.id.to_string(), office: Some(unit) };
        self.record_view(who, "view_proof", &object, json!({})).await?;
        let office = self.books().places.by_id(unit).map(|office| office.name.clone()).unwrap_or_default();
        Ok(ProofView { proof, name: account.name, number, office, disputed, organisations, code })
    }

    /// How one's own account was proven, with the office's name when a clerk did it, and how many dossiers wait for a clerk's word.
    ///
    /// **Permissions**: a signed-in resident, for oneself.
    pub async fn my_proof(&self, who: &Who) -> Result<(Option<(ProofRow, String)>, i64)> {
        let resident = who.resident().ok_or(Error::SignInFirst)?;
        let mut tx = self.db().read().await?;
        let proof = proofs::last_proof_of(&mut tx, resident.account).await?;
        let disputed = proofs::count_disputed_of(&mut tx, resident.account).await?;
        drop(tx);
        let books = self.books();
        let named = |proof: ProofRow| {
            let office = proof.office_id.and_then(|id| books.places.by_id(id)).map(|office| office.name.clone());
            (proof, office.unwrap_or_default())
        };
        Ok((proof.map(named), disputed))
    }

    /// Dossiers whose owner a clerk has still to name, the oldest first; some dozens at once. A sensitive one is there for
    /// who may read it, as reception may: beside a number that was just proven, even a bare line would tell whose it is.
    ///
    /// **Permissions**: [`Task::ProveAccounts`], those of one's own units.
    pub async fn disputed_dossiers(&self, who: &Who) -> Result<Vec<DisputedRow>> {
        let units = self.units_for(who, Task::ProveAccounts);
        if units.is_empty() {
            return Err(if who.staff().is_some() { Error::Forbidden } else { Error::SignInFirst });
        }
        let mut tx = self.db().read().await?;
        let mut rows = proofs::disputed_dossiers(&mut tx, &self.with_ended(&units), LISTED).await?;
        let sensitive: Vec<Uuid> = rows.iter().filter(|row| row.sensitive).map(|row| row.dossier_id).collect();
        let hidden = self.unreadable(&mut tx, who, &sensitive).await?;
        drop(tx);
        rows.retain(|row| !hidden.contains(&row.dossier_id));
        if !rows.is_empty() {
            let object = Object { kind: "disputed_dossiers", id: String::new(), office: units.first().copied() };
            self.record_view(who, "view_disputed_dossiers", &object, json!({ "rows": rows.len() })).await?;
        }
        Ok(rows)
    }

    /// Says whose a disputed dossier is. The owner of the number sees it from then on; what is somebody else's goes on
    /// at the counter.
    ///
    /// **Permissions**: [`Task::ProveAccounts`] in its unit.
    ///
    /// # Errors
    /// `Stale` when another clerk has said it already.
    pub async fn settle_disputed_dossier(&self, who: &Who, id: Uuid, belongs: &str, command: Uuid) -> Result<()> {
        let mut tx = self.db().write().await?;
        let row = self.hold_dossier(&mut tx, id).await?;
        self.may_with(who, Task::ProveAccounts, &row)?;
        let clerk = who.staff().ok_or(Error::SignInFirst)?;
        if self.answered_before::<()>(&mut tx, who, command).await?.is_some() {
            return Ok(());
        }
        let belongs = Belongs::from_key(belongs).ok_or(Problem::Missing("belongs"))?;
        let now = self.now();
        let owner = proofs::settle_dispute(&mut tx, row.office_id, id, clerk.id, belongs.key(), now).await?;
        if belongs == Belongs::Owner {
            proofs::give_dossier(&mut tx, row.office_id, id, owner).await?;
        }
        let detail = json!({ "belongs": belongs.key() });
        audit::record(self, &mut tx, who, "settle_disputed_dossier", &Object::of(&row), detail).await?;
        self.keep_once(&mut tx, who, command, "settle_disputed_dossier", &()).await?;
        Ok(tx.commit().await?)
    }
}
