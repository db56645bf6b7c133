//! Everything that is held on a person, for the person: what the file of one's own data is made of.
//!
//! What the person sees on their own pages, what the counter received under their proven number, and who looked at it: no
//! note of staff, no secret. `server` makes the file, one dossier after the other.

use crate::{
    Error, Office, Result, Who,
    audit::Object,
    dossiers::DossierView,
    error::Problem,
    messages::Choice,
    my_sessions::OpenSession,
    organisations::MyOrganisation,
    proofs::{PROVEN, ProofRow},
    sessions::{Door, hash_of},
    who::Resident,
};
use domain::{question::Typed, text, time::Instant};
use serde_json::json;
use std::collections::HashMap;
use store::{
    Tx, accounts,
    audit::{AuditRow, rows_of_actor, rows_of_object},
    credits,
    dossiers::{self, DossierRow},
    drafts::{self, DraftRow},
    identities, messages, organisations, payment_requests, proofs, refunds,
    sessions::{self, SessionRow},
    uploads::{self, UploadRow},
};
pub use store::{
    credits::GivenRow, identities::LinkRow, organisations::StandingRow, payment_requests::PaymentRequestRow,
    refunds::RefundRow,
};
use uuid::Uuid;

/// What is held on a person beside the dossiers, and which those are.
pub struct MyData {
    pub resident: Resident,
    pub made_at: Instant,
    /// When the account was opened.
    pub opened_at: Instant,
    /// Who saw the identity card, with the name of their office; every time, the newest first.
    pub proofs: Vec<(ProofRow, String)>,
    /// What identity providers know the person as.
    pub links: Vec<LinkRow>,
    pub choice: Choice,
    pub organisations: Vec<MyOrganisation>,
    /// The days for which the person was named an employee, also what is over.
    pub standings: Vec<StandingRow>,
    /// When answers of earlier dossiers were filled in with the person's consent, the newest first.
    pub consents: Vec<Consent>,
    pub sessions: Vec<OpenSession>,
    pub drafts: Vec<MyDraft>,
    /// The dossiers that the person may read on the portal, and those that the counter received under their proven number,
    /// the one changed last first.
    pub dossiers: Vec<Uuid>,
    /// Looks of staff at the account.
    pub looks: Vec<Look>,
}

/// How a resident who is signed in shows once more who is there, before everything goes out that is held on them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Confirmation {
    /// By the password of the account.
    Password,
    /// The account has none: by a sign-in through the identity provider just before.
    Provider {
        /// So long does the last one count; none when it counts no more.
        until: Option<Instant>,
    },
}

/// That the person had answers of earlier dossiers filled in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Consent {
    pub at: Instant,
    /// Paths of the questions that were answered so.
    pub answers: Vec<String>,
    /// Codes of the dossiers that they came from, those that are the person's today.
    pub from: Vec<String>,
}

/// A dossier with what of it is held for its resident alone.
pub struct MyDossier {
    /// What its resident sees.
    pub view: DossierView,
    /// What was typed in answer to a request that still waits, and when.
    pub kept: Option<(Typed, Instant)>,
    /// The number at which somebody without an account wished to be told, given at the counter.
    pub told_at: Option<String>,
    /// What was asked for by transfer, the oldest first.
    pub payments: Vec<MyPayment>,
    /// Looks of staff.
    pub looks: Vec<Look>,
}

/// Money that was asked for, with what came of it and what goes back.
pub struct MyPayment {
    pub request: PaymentRequestRow,
    /// What the bank says came for it, from whomever.
    pub given: Vec<GivenRow>,
    pub refunds: Vec<RefundRow>,
}

/// A draft with its files.
pub struct MyDraft {
    pub row: DraftRow,
    pub files: Vec<UploadRow>,
}

/// A look of staff at something of the person's, from the record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Look {
    pub at: Instant,
    pub name: String,
    pub act: String,
    /// Key of the reason that was given, where one had to be.
    pub reason: Option<String>,
}

/// More than anybody here files.
const DOSSIERS_MOST: i64 = 10_000;
/// So long does a sign-in through the identity provider stand in for the password that the account has not.
const CONFIRMED_FOR_MS: i64 = 5 * 60_000;
/// More than anybody here has filled in.
const CONSENTS_MOST: i64 = 10_000;
/// Rows of the record that are read at once.
const ROWS_AT_ONCE: i64 = 500;

impl Office {
    /// How the resident confirms that it is them. `token` is that of the session that asks.
    ///
    /// Nothing but the provider opens a session of an account without a password ([`crate::identity`]; a code of the counter
    /// sets one), so a session that has just begun is a fresh sign-in there.
    ///
    /// **Permissions**: a signed-in resident, for oneself.
    pub async fn my_confirmation(&self, who: &Who, token: Option<&str>) -> Result<Confirmation> {
        let resident = who.resident().ok_or(Error::SignInFirst)?;
        let mut tx = self.db().read().await?;
        let account = accounts::account_by_id(&mut tx, resident.account).await?.ok_or(Error::NotFound)?;
        if !account.password_hash.is_empty() {
            return Ok(Confirmation::Password);
        }
        let session = match token {
            Some(token) => sessions::session_by_token(&mut tx, &hash_of(token)).await?,
            None => None,
        };
        let is_own = |one: &SessionRow| one.kind == Door::Resident.kind() && one.subject_id == resident.account;
        let own = session.filter(|one| is_own(one) && one.ended_at.is_none());
        let until = own.map(|one| Instant(one.created_at).plus_ms(CONFIRMED_FOR_MS));
        Ok(Confirmation::Provider { until: until.filter(|until| self.now() < *until) })
    }

    /// What is held on the resident, after the password was given once more or, where the account has none, after a fresh
    /// sign-in through the identity provider. `token` is that of the session that asks. On the record.
    ///
    /// **Permissions**: a signed-in resident, for oneself, within the limits of signing in.
    pub async fn take_my_data(&self, who: &Who, token: Option<&str>, password: String) -> Result<MyData> {
        let resident = who.resident().ok_or(Error::SignInFirst)?.clone();
        match self.my_confirmation(who, token).await? {
            Confirmation::Password => self.prove_password(who, &resident, password).await?,
            Confirmation::Provider { until: Some(_) } => {}
            Confirmation::Provider { until: None } => return Err(Problem::ConfirmAgain.into()),
        }
        let choice = self.my_message_choice(who).await?;
        let organisations = self.my_organisations(who).await?;
        let sessions = self.my_sessions(who, None).await?;
        let looks = self.looks_at("account", resident.account).await?;
        let mut tx = self.db().read().await?;
        let account = accounts::account_by_id(&mut tx, resident.account).await?.ok_or(Error::NotFound)?;
        let mut kept = Vec::new();
        for row in drafts::open_drafts_of(&mut tx, resident.account).await? {
            let files = uploads::uploads_of_draft(&mut tx, row.id).await?;
            kept.push(MyDraft { row, files });
        }
        let mine = held_on(&mut tx, &resident).await?;
        let codes: HashMap<Uuid, String> = mine
            .iter()
            .filter_map(|row| Some((row.id, row.code.clone().or_else(|| row.temporary_code.clone())?)))
            .collect();
        let mine: Vec<Uuid> = mine.into_iter().map(|row| row.id).collect();
        let proofs = proofs::proofs_of(&mut tx, resident.account).await?;
        let links = identities::links_of(&mut tx, resident.account).await?;
        let standings = organisations::standings_of(&mut tx, resident.account).await?;
        let filled = rows_of_actor(&mut tx, resident.account, "prefill_draft", CONSENTS_MOST).await?;
        drop(tx);
        let books = self.books();
        let named = |proof: ProofRow| {
            let office = proof.office_id.and_then(|id| books.places.by_id(id)).map(|office| office.name.clone());
            (proof, office.unwrap_or_default())
        };
        let proofs = proofs.into_iter().map(named).collect();
        let object = Object { kind: "account", id: resident.account.to_string(), office: None };
        self.record_view(who, "export_my_data", &object, json!({ "dossiers": mine.len(), "drafts": kept.len() }))
            .await?;
        Ok(MyData {
            made_at: self.now(),
            opened_at: Instant(account.created_at),
            dossiers: mine,
            drafts: kept,
            proofs,
            links,
            standings,
            consents: filled.iter().map(|row| consent_of(row, &codes)).collect(),
            resident,
            choice,
            organisations,
            sessions,
            looks,
        })
    }

    /// One of the dossiers with what its resident sees of it and has typed for it, and who of the staff looked at it.
    ///
    /// **Permissions**: as [`Office::my_dossier`]; and of what no account filed, whoever has proven the number that it was
    /// received under at the counter, when the name is theirs too.
    pub async fn my_dossier_with_looks(&self, who: &Who, id: Uuid) -> Result<MyDossier> {
        let resident = who.resident().ok_or(Error::SignInFirst)?;
        let mut tx = self.db().read().await?;
        let row = self.find_dossier(&mut tx, id).await?;
        let answers = resident.answers_for(&row);
        if !answers && !is_held_on(&mut tx, resident, &row).await? {
            return Err(Error::NotFound);
        }
        let told_at = messages::contact_of(&mut tx, row.office_id, row.id).await?;
        let payments = payments_of(&mut tx, &row).await?;
        let view = self.view_for_resident(&mut tx, who, row).await?;
        drop(tx);
        let kept = if answers { self.kept_answer(who, &view.row).await? } else { None };
        let looks = self.looks_at("dossier", id).await?;
        Ok(MyDossier { view, kept, told_at, payments, looks })
    }

    /// Looks of staff, the newest first.
    async fn looks_at(&self, kind: &str, id: Uuid) -> Result<Vec<Look>> {
        let (mut looks, mut before, id) = (Vec::new(), None, id.to_string());
        let mut tx = self.db().read().await?;
        loop {
            let rows = rows_of_object(&mut tx, kind, &id, before, ROWS_AT_ONCE).await?;
            before = rows.last().map(|row| row.id);
            let is_last = (rows.len() as i64) < ROWS_AT_ONCE;
            looks.extend(rows.into_iter().filter(is_look).map(|row| Look {
                at: Instant(row.at),
                name: row.actor_name,
                act: row.act,
                reason: row.detail["reason"].as_str().map(Into::into),
            }));
            if is_last {
                return Ok(looks);
            }
        }
    }
}

/// Every request of a dossier, with what became of it.
async fn payments_of(tx: &mut Tx, row: &DossierRow) -> Result<Vec<MyPayment>> {
    let mut payments = Vec::new();
    for request in payment_requests::requests_of_dossier(tx, row.office_id, row.id).await? {
        let given = credits::given_to_request(tx, request.id).await?;
        let refunds = refunds::refunds_of_request(tx, request.id).await?;
        payments.push(MyPayment { request, given, refunds });
    }
    Ok(payments)
}

/// The dossiers that a person may read on the portal, and those that the counter received under their proven number.
async fn held_on(tx: &mut Tx, resident: &Resident) -> Result<Vec<DossierRow>> {
    let mut mine = dossiers::dossiers_of_account(tx, resident.account, DOSSIERS_MOST).await?;
    let acted_for: Vec<Uuid> = resident.organisations.iter().map(|row| row.id).collect();
    mine.extend(dossiers::dossiers_of_organisations(tx, &acted_for, DOSSIERS_MOST).await?);
    if resident.level >= PROVEN {
        let received = dossiers::dossiers_of_number(tx, &resident.citizen_id, DOSSIERS_MOST).await?;
        mine.extend(received.into_iter().filter(|row| is_of_number(resident, row)));
    }
    mine.sort_by_key(|row| std::cmp::Reverse((row.updated_at, row.id)));
    Ok(mine)
}

/// Whether a dossier that no account filed was received for this person: under the number that somebody compared with the
/// card, and about which nobody had to say whose it is.
pub(crate) async fn is_held_on(tx: &mut Tx, resident: &Resident, row: &DossierRow) -> Result<bool> {
    Ok(is_of_number(resident, row) && !proofs::was_disputed(tx, row.office_id, row.id).await?)
}

/// Whether number and name are the proven ones. A number alone is not enough: a digit that a clerk mistyped would give
/// somebody else's papers away.
fn is_of_number(resident: &Resident, row: &DossierRow) -> bool {
    let without_account =
        row.account_id.is_none() && row.organisation_id.is_none() && row.organisation_number.is_none();
    resident.level >= PROVEN
        && without_account
        && row.applicant_id == resident.citizen_id
        && text::fold(&row.applicant_name) == text::fold(&resident.name)
}

/// What the record of a prefill says: which answers, and out of which of the person's dossiers.
fn consent_of(row: &AuditRow, codes: &HashMap<Uuid, String>) -> Consent {
    let texts = |key: &str| row.detail[key].as_array().into_iter().flatten().filter_map(|one| one.as_str());
    let answers = texts("answers").map(Into::into).collect();
    let from = texts("from").filter_map(|id| codes.get(&id.parse::<Uuid>().ok()?).cloned()).collect();
    Consent { at: Instant(row.at), answers, from }
}

/// Whether a row of the record is a look of staff, not an act.
fn is_look(row: &AuditRow) -> bool {
    let looks = ["view_", "reveal_", "export_", "match_person", "prove_account"];
    row.actor_kind == "staff" && looks.iter().any(|front| row.act.starts_with(front))
}
