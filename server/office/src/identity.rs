//! Signing in through an identity provider, and what that proves.
//!
//! `server` speaks with the provider; here is what surrounds that: a sign-in that is under way, bound to the browser that
//! began it, and what the person becomes who comes back ([`domain::identity::entry`]). Codes and tokens of the provider
//! never come here.

use crate::{
    Error, Office, Result, Who,
    audit::{self, Object},
    proofs::{BY_IDENTITY_PROVIDER, Owned},
    sessions::{Token, hash_of},
};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use domain::{
    identity::{Assurance, AtNumber, Entry, Found, IdentityProblem, Link, SignedIn, entry},
    person::{CitizenId, FullName, Phone},
    time::Instant,
};
use serde_json::json;
use store::{
    Tx, accounts,
    accounts::AccountRow,
    identities::{self, AttemptRow, LinkRow},
    organisations,
    proofs::{self, ProofRow},
    sessions,
};
use uuid::Uuid;

/// So long may a person be away at the provider.
pub const ATTEMPT_MS: i64 = 10 * 60_000;
/// Letters of a secret that was drawn here: 32 bytes.
const SECRET_LETTERS: usize = 43;
/// So much of a hash tells one link of a person from another.
const KEY_LETTERS: usize = 16;

/// A sign-in that begins: what goes along to the provider, and what stays in the browser.
pub struct Begun {
    /// Comes back with the person.
    pub state: String,
    /// Comes back inside what the provider signs.
    pub nonce: String,
    /// Of PKCE (RFC 7636): its hash goes along, itself goes with the code.
    pub verifier: String,
    /// For the browser's cookie.
    pub browser: String,
}

/// A sign-in that came back to the browser that began it.
pub struct CameBack {
    pub nonce: String,
    pub verifier: String,
    /// Where the person was going; empty when nowhere.
    pub next: String,
}

/// Who the provider says somebody is.
#[derive(Debug, Clone)]
pub struct Identity {
    pub issuer: String,
    /// The provider's own name for the person.
    pub subject: String,
    pub assurance: Assurance,
    /// As the provider writes it; nothing when it says none.
    pub citizen_id: Option<String>,
    pub name: Option<String>,
    pub phone: Option<String>,
}

/// That a provider knows the resident who asks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LinkedIdentity {
    /// Names it in a form; opens nothing, and says nothing of the provider's own name for the person.
    pub key: String,
    pub since: Instant,
}

/// An identity whose parts were read.
struct Read {
    number: Option<CitizenId>,
    name: Option<FullName>,
    phone: Option<Phone>,
}

impl Office {
    /// Begins a sign-in through the provider. A browser that has begun another keeps its secret, so that both come back.
    ///
    /// **Permissions**: anyone.
    pub async fn begin_identity_sign_in(&self, browser: Option<&str>, next: &str) -> Result<Begun> {
        let secret = || URL_SAFE_NO_PAD.encode(self.0.clock.random_bytes::<32>());
        let known = browser.filter(|known| known.len() == SECRET_LETTERS && known.chars().all(is_letter));
        let begun = Begun {
            state: secret(),
            nonce: secret(),
            verifier: secret(),
            browser: known.map_or_else(secret, str::to_owned),
        };
        let now = self.now();
        let row = AttemptRow {
            state_hash: hash_of(&begun.state),
            browser_hash: hash_of(&begun.browser),
            nonce: begun.nonce.clone(),
            verifier: begun.verifier.clone(),
            next: next.into(),
            begun_at: now.0,
            expires_at: now.plus_ms(ATTEMPT_MS).0,
        };
        let mut tx = self.db().write().await?;
        identities::insert_attempt(&mut tx, &row).await?;
        tx.commit().await?;
        Ok(begun)
    }

    /// Uses up the sign-in of that state, for the browser that began it: once, and within ten minutes.
    ///
    /// **Permissions**: whoever holds the state and the browser's secret.
    pub async fn take_identity_sign_in(&self, browser: Option<&str>, state: &str) -> Result<CameBack> {
        let browser = browser.ok_or_else(|| refused(IdentityProblem::Late))?;
        let mut tx = self.db().write().await?;
        let row = identities::use_attempt(&mut tx, &hash_of(state), &hash_of(browser), self.now()).await?;
        tx.commit().await?;
        let row = row.ok_or_else(|| refused(IdentityProblem::Late))?;
        Ok(CameBack { nonce: row.nonce, verifier: row.verifier, next: row.next })
    }

    /// Writes down that a sign-in which came back led to nothing, and answers that as the act's error.
    ///
    /// **Permissions**: the program's own, for whoever came back.
    pub async fn refuse_identity(&self, who: &Who, problem: IdentityProblem) -> Result<Error> {
        let object = Object { kind: "sign_in", id: BY_IDENTITY_PROVIDER.into(), office: None };
        self.record_view(who, "sign_in_refused", &object, json!({ "identity": problem.key() })).await?;
        Ok(refused(problem))
    }

    /// Signs in whom the provider knows, and opens, proves or takes over an account as that goes. `token` is the session
    /// with which the browser came back, if it had one: it ends.
    ///
    /// **Permissions**: whoever the provider vouches for.
    pub async fn enter_by_identity(&self, who: &Who, token: Option<&str>, identity: &Identity) -> Result<Token> {
        // Two windows of one person open one account: the second finds what the first has made.
        match self.try_to_enter(who, token, identity).await {
            Err(Error::Stale) => self.try_to_enter(who, token, identity).await,
            Err(Error::Invalid(crate::error::Problem::Identity(problem))) => {
                Err(self.refuse_identity(who, problem).await?)
            }
            done => done,
        }
    }

    /// What identity providers know the resident as, the first linked first.
    ///
    /// **Permissions**: a signed-in resident, for oneself.
    pub async fn my_identities(&self, who: &Who) -> Result<Vec<LinkedIdentity>> {
        let resident = who.resident().ok_or(Error::SignInFirst)?;
        let mut tx = self.db().read().await?;
        let links = identities::links_of(&mut tx, resident.account).await?;
        Ok(links.iter().map(|row| LinkedIdentity { key: key_of_link(row), since: Instant(row.linked_at) }).collect())
    }

    /// Takes the link of that key back: a sign-in at the provider leads to the account no more by that link. A card that the
    /// provider has compared still does, since the number is its owner's. A repeat of the command changes nothing more.
    ///
    /// **Permissions**: a signed-in resident, for oneself, whose account has a password.
    pub async fn unlink_identity(&self, who: &Who, key: &str, command: Uuid) -> Result<()> {
        let account = who.resident().ok_or(Error::SignInFirst)?.account;
        let mut tx = self.db().write().await?;
        accounts::hold_account(&mut tx, account).await?;
        if self.answered_before::<bool>(&mut tx, who, command).await?.is_some() {
            return Ok(());
        }
        let links = identities::links_of(&mut tx, account).await?;
        let link = links.into_iter().find(|row| key_of_link(row) == key).ok_or(Error::Stale)?;
        let row = accounts::account_by_id(&mut tx, account).await?.ok_or(Error::NotFound)?;
        if row.password_hash.is_empty() {
            return Err(crate::error::Problem::OnlyWayIn.into());
        }
        identities::unlink_subject(&mut tx, account, &link.issuer, &link.subject).await?;
        let object = Object { kind: "account", id: account.to_string(), office: None };
        audit::record(self, &mut tx, who, "unlink_identity", &object, json!({ "linked_at": link.linked_at })).await?;
        self.keep_once(&mut tx, who, command, "unlink_identity", &true).await?;
        Ok(tx.commit().await?)
    }

    async fn try_to_enter(&self, who: &Who, token: Option<&str>, identity: &Identity) -> Result<Token> {
        let read = Read::of(identity)?;
        let now = self.now();
        let mut tx = self.db().write().await?;
        let linked = identities::account_of_subject(&mut tx, &identity.issuer, &identity.subject).await?;
        let at_number = match &read.number {
            Some(number) => accounts::account_by_citizen_id(&mut tx, number.as_str()).await?,
            None => None,
        };
        if let Some(id) = at_number.as_ref().map(|row| row.id).or(linked) {
            accounts::hold_account(&mut tx, id).await?;
        }
        // As whoever held it before has left it.
        let at_number = match &read.number {
            Some(number) => accounts::account_by_citizen_id(&mut tx, number.as_str()).await?,
            None => None,
        };
        let linked = match linked {
            Some(id) => {
                accounts::account_by_id(&mut tx, id).await?.filter(|row| CitizenId::parse(&row.citizen_id).is_ok())
            }
            None => None,
        };
        let found = found(who, identity.assurance, &read, at_number.as_ref(), linked.as_ref());
        let done = entry(found).map_err(refused)?;
        let there = at_number.or(linked);
        let (account, owned) = match (done, there) {
            (Entry::Open | Entry::TakeNumber, there) => {
                let row = self.account_of(identity.assurance, &read)?;
                let lost = there.filter(|_| done == Entry::TakeNumber);
                let unit = match &lost {
                    Some(lost) => self.unit_to_ask(&mut tx, lost.id).await?,
                    None => 0,
                };
                (row.clone(), self.open_owned(&mut tx, unit, row, lost).await?)
            }
            (Entry::Enter | Entry::Prove, Some(row)) => {
                let owned = Owned { account: row.id, taken_from: None, disputed: 0, organisations: 0 };
                (row, owned)
            }
            (Entry::Enter | Entry::Prove, None) => return Err(refused(IdentityProblem::Incomplete)),
        };
        let level = identity.assurance.account_level();
        let is_new = matches!(done, Entry::Open | Entry::TakeNumber);
        let proves = level > 0 && (is_new || done == Entry::Prove && account.level < level);
        if proves {
            let name = read.name.as_ref().map_or(account.name.as_str(), FullName::as_str);
            accounts::raise_level(&mut tx, account.id, level, name).await?;
            let proof = ProofRow {
                account_id: account.id,
                id: self.new_id(),
                level,
                how: BY_IDENTITY_PROVIDER.into(),
                at: now.0,
                office_id: None,
                staff_id: None,
                staff_name: None,
                taken_from: owned.taken_from,
            };
            proofs::insert_proof(&mut tx, &proof).await?;
        }
        identities::link_subject(&mut tx, &identity.issuer, &identity.subject, account.id, now).await?;
        let object = Object { kind: "account", id: account.id.to_string(), office: None };
        let detail = json!({
            "done": key_of(done), "proves": proves.then_some(level),
            "taken_from": owned.taken_from, "disputed": owned.disputed, "organisations": owned.organisations,
        });
        audit::record(self, &mut tx, who, "enter_by_identity", &object, detail).await?;
        if let Some(token) = token.filter(|_| who.resident().is_some()) {
            sessions::end_session(&mut tx, &hash_of(token), now).await?;
        }
        let token = self.begin_session(&mut tx, who, &account).await?;
        tx.commit().await?;
        Ok(token)
    }

    /// The account that such an identity opens. No password fits before a code of the counter has set one.
    fn account_of(&self, assurance: Assurance, read: &Read) -> Result<AccountRow> {
        let missing = || refused(IdentityProblem::Incomplete);
        Ok(AccountRow {
            id: self.new_id(),
            citizen_id: read.number.as_ref().ok_or_else(missing)?.as_str().into(),
            name: read.name.as_ref().ok_or_else(missing)?.as_str().into(),
            phone: read.phone.as_ref().map(|phone| phone.as_str().into()),
            password_hash: String::new(),
            level: assurance.account_level(),
            created_at: self.now().0,
        })
    }

    /// The unit whose clerks say whose the organisations of an account are: where something was filed for one last, or
    /// the first there is.
    async fn unit_to_ask(&self, tx: &mut Tx, account: Uuid) -> Result<i64> {
        if let Some(office) = organisations::office_of_organisations(tx, account).await? {
            return Ok(office);
        }
        let books = self.books();
        let first = books.places.authorities_on(self.now().day()).into_iter().map(|office| office.id).min();
        first.ok_or_else(|| Error::Broken("no office stands today".into()))
    }
}

impl Read {
    /// Reads the parts; a number that is none is as good as none said, and so is a telephone.
    fn of(identity: &Identity) -> Result<Self> {
        if identity.issuer.is_empty() || identity.subject.is_empty() {
            return Err(refused(IdentityProblem::Incomplete));
        }
        Ok(Self {
            number: identity.citizen_id.as_deref().and_then(|number| CitizenId::parse(number).ok()),
            name: identity.name.as_deref().and_then(|name| FullName::parse(name).ok()),
            phone: identity.phone.as_deref().and_then(|phone| Phone::parse(phone).ok()),
        })
    }
}

/// What was found, for the rule.
fn found(
    who: &Who,
    assurance: Assurance,
    read: &Read,
    at_number: Option<&AccountRow>,
    linked: Option<&AccountRow>,
) -> Found {
    let at = match (&read.number, at_number) {
        (None, _) => AtNumber::NotGiven,
        (Some(_), None) => AtNumber::Nobody,
        (Some(_), Some(row)) if row.level > 0 => AtNumber::Proven,
        (Some(_), Some(_)) => AtNumber::Claimed,
    };
    let link = match (linked, &read.number) {
        (None, _) => Link::None,
        (Some(row), Some(number)) if row.citizen_id != number.as_str() => Link::Other,
        (Some(_), _) => Link::Same,
    };
    let target = match at {
        AtNumber::NotGiven => linked,
        _ => at_number,
    };
    let signed_in = match (who.resident(), target) {
        (None, _) => SignedIn::Nobody,
        (Some(resident), Some(row)) if resident.account == row.id => SignedIn::Same,
        (Some(_), _) => SignedIn::Other,
    };
    Found { assurance, at, link, signed_in }
}

const fn refused(problem: IdentityProblem) -> Error {
    Error::Invalid(crate::error::Problem::Identity(problem))
}

/// The key in the record.
const fn key_of(entry: Entry) -> &'static str {
    match entry {
        Entry::Open => "open",
        Entry::Enter => "enter",
        Entry::Prove => "prove",
        Entry::TakeNumber => "take_number",
    }
}

fn key_of_link(row: &LinkRow) -> String {
    hash_of(&format!("{}\n{}", row.issuer, row.subject)).chars().take(KEY_LETTERS).collect()
}

fn is_letter(letter: char) -> bool {
    letter.is_ascii_alphanumeric() || letter == '-' || letter == '_'
}
