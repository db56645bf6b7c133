//! What follows when an identity provider says who somebody is.
//!
//! Level 2 means that the provider has compared the person with their card, so the number is theirs; level 1 means that they
//! typed it there, as they could have typed it here (Decree 69/2024/NĐ-CP: electronic identification accounts of level 1
//! and 2).

/// How sure the provider is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Assurance {
    /// Level 1: the number is the person's own word.
    Claimed,
    /// Level 2: person and card were compared.
    Verified,
}

impl Assurance {
    /// The level of an account that such an identity opens: claimed, or verified where cards are issued.
    pub const fn account_level(self) -> i64 {
        match self {
            Self::Claimed => 0,
            Self::Verified => 2,
        }
    }
}

/// What there is at the number that the provider gave.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AtNumber {
    /// The provider gave no number.
    NotGiven,
    /// No account of that number.
    Nobody,
    /// An account that nobody has proven.
    Claimed,
    /// An account that is its owner's beyond doubt.
    Proven,
}

/// How the provider's subject stands to the account at that number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Link {
    /// It never came, or its account lost its number since.
    None,
    /// It came before as the account of that number; or of any number, when none was given.
    Same,
    /// It came before as the account of another number.
    Other,
}

/// Who is signed in with a password in the browser that comes back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SignedIn {
    Nobody,
    /// The account that the identity leads to.
    Same,
    Other,
}

/// What was found before anything is decided.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Found {
    pub assurance: Assurance,
    pub at: AtNumber,
    pub link: Link,
    pub signed_in: SignedIn,
}

/// What an identity does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Entry {
    /// Opens an account and signs it in.
    Open,
    /// Signs in to the account that there is, as it is.
    Enter,
    /// Signs in to the account that there is, and proves it: its owner opened it.
    Prove,
    /// The number goes to a new account; what lay under it waits for a clerk.
    TakeNumber,
}

/// Why an identity opens nothing. The sentence is the view's.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum IdentityProblem {
    /// The person said no at the provider.
    Declined,
    /// The sign-in is unknown here, took too long, or was used already.
    Late,
    /// The provider does not answer, or says that it cannot.
    Unreachable,
    /// What the provider answered does not hold: signature, nonce, audience, issuer.
    Unsound,
    /// What the provider signed has run out, or is not yet: one of the clocks goes wrong.
    Clock,
    /// Number, name or level is missing in what the provider said.
    Incomplete,
    /// Level 1, and the number has an account.
    LevelTooLow,
    /// The number is not that of the account that is signed in, or that this subject entered before.
    OtherNumber,
}

impl IdentityProblem {
    /// Every one.
    pub const ALL: [Self; 8] = [
        Self::Declined,
        Self::Late,
        Self::Unreachable,
        Self::Unsound,
        Self::Clock,
        Self::Incomplete,
        Self::LevelTooLow,
        Self::OtherNumber,
    ];

    /// The key in addresses and in the record.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Declined => "declined",
            Self::Late => "late",
            Self::Unreachable => "unreachable",
            Self::Unsound => "unsound",
            Self::Clock => "clock",
            Self::Incomplete => "incomplete",
            Self::LevelTooLow => "level_too_low",
            Self::OtherNumber => "other_number",
        }
    }

    /// The problem of that key.
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.key() == key)
    }
}

/// What an identity does here.
///
/// # Errors
/// Why it does nothing.
pub const fn entry(found: Found) -> Result<Entry, IdentityProblem> {
    use IdentityProblem::{Incomplete, LevelTooLow, OtherNumber};
    let Found { assurance, at, link, signed_in } = found;
    if matches!(signed_in, SignedIn::Other) {
        return Err(OtherNumber);
    }
    match (assurance, at, link) {
        // Whom the provider knew by number before need not be told again.
        (_, AtNumber::NotGiven, Link::Same) => Ok(Entry::Enter),
        (_, AtNumber::NotGiven, _) => Err(Incomplete),
        // A word that changes is no word to go by; a card that changes is.
        (Assurance::Claimed, _, Link::Other) => Err(OtherNumber),
        (_, AtNumber::Nobody, _) => Ok(Entry::Open),
        (Assurance::Claimed, _, Link::Same) => Ok(Entry::Enter),
        (Assurance::Claimed, _, Link::None) => Err(LevelTooLow),
        (Assurance::Verified, AtNumber::Proven, _) => Ok(Entry::Prove),
        (Assurance::Verified, AtNumber::Claimed, Link::Same) => Ok(Entry::Prove),
        (Assurance::Verified, AtNumber::Claimed, _) => match signed_in {
            SignedIn::Same => Ok(Entry::Prove),
            _ => Ok(Entry::TakeNumber),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(assurance: Assurance, at: AtNumber, link: Link, signed_in: SignedIn) -> Result<Entry, IdentityProblem> {
        entry(Found { assurance, at, link, signed_in })
    }

    #[test]
    fn a_verified_number_is_its_owners_and_a_claimed_one_opens_nobody_elses_account() {
        use Assurance::{Claimed, Verified};
        let nobody = SignedIn::Nobody;
        assert_eq!(found(Verified, AtNumber::Nobody, Link::None, nobody), Ok(Entry::Open));
        assert_eq!(found(Verified, AtNumber::Proven, Link::None, nobody), Ok(Entry::Prove));
        assert_eq!(found(Verified, AtNumber::Claimed, Link::None, nobody), Ok(Entry::TakeNumber));
        assert_eq!(found(Verified, AtNumber::Claimed, Link::Other, nobody), Ok(Entry::TakeNumber));
        assert_eq!(found(Verified, AtNumber::Claimed, Link::None, SignedIn::Same), Ok(Entry::Prove));
        assert_eq!(found(Verified, AtNumber::Claimed, Link::Same, nobody), Ok(Entry::Prove));
        assert_eq!(found(Claimed, AtNumber::Nobody, Link::None, nobody), Ok(Entry::Open));
        assert_eq!(found(Claimed, AtNumber::Claimed, Link::Same, nobody), Ok(Entry::Enter));
        for at in [AtNumber::Claimed, AtNumber::Proven] {
            assert_eq!(found(Claimed, at, Link::None, nobody), Err(IdentityProblem::LevelTooLow));
            assert_eq!(found(Claimed, at, Link::None, SignedIn::Same), Err(IdentityProblem::LevelTooLow));
            assert_eq!(found(Claimed, at, Link::Other, nobody), Err(IdentityProblem::OtherNumber));
        }
    }

    #[test]
    fn nobody_becomes_somebody_else_on_the_way() {
        for assurance in [Assurance::Claimed, Assurance::Verified] {
            for at in [AtNumber::NotGiven, AtNumber::Nobody, AtNumber::Claimed, AtNumber::Proven] {
                for link in [Link::None, Link::Same, Link::Other] {
                    assert_eq!(found(assurance, at, link, SignedIn::Other), Err(IdentityProblem::OtherNumber));
                }
            }
        }
    }

    #[test]
    fn without_a_number_only_who_came_before_goes_on() {
        for assurance in [Assurance::Claimed, Assurance::Verified] {
            assert_eq!(found(assurance, AtNumber::NotGiven, Link::Same, SignedIn::Nobody), Ok(Entry::Enter));
            let first = found(assurance, AtNumber::NotGiven, Link::None, SignedIn::Nobody);
            assert_eq!(first, Err(IdentityProblem::Incomplete));
        }
    }

    #[test]
    fn every_problem_is_found_by_its_key() {
        for one in IdentityProblem::ALL {
            assert_eq!(IdentityProblem::from_key(one.key()), Some(one));
        }
        assert_eq!(IdentityProblem::from_key("nonsense"), None);
    }
}
