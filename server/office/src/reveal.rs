//! Personal numbers in full: for a listed reason, on the record, to one person and for a few minutes.
//!
//! Saying why is an act with a command; its answer is what opens the page in full afterwards. So an address that is
//! passed on, kept or guessed opens nothing.

use crate::{Office, Result, Who, audit::Object, dossiers::DossierView, error::Problem, rights::Task};
use domain::time::Instant;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use store::{StoreError, commands};
use uuid::Uuid;

/// Why somebody needs personal numbers in full.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RevealReason {
    /// To compare them with the papers the person brings.
    ComparePapers,
    /// To call the person.
    Call,
    /// To write a paper or a book.
    WritePaper,
    /// To look them up in another register, as the task asks.
    LookUp,
    /// Another, in words.
    Other,
}

impl RevealReason {
    /// Every reason, in the order of the list.
    pub const ALL: [Self; 5] = [Self::ComparePapers, Self::Call, Self::WritePaper, Self::LookUp, Self::Other];

    /// The key in forms and in the record.
    pub const fn key(self) -> &'static str {
        match self {
            Self::ComparePapers => "compare_papers",
            Self::Call => "call",
            Self::WritePaper => "write_paper",
            Self::LookUp => "look_up",
            Self::Other => "other",
        }
    }
}

/// A reason as it was given.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reveal {
    reason: RevealReason,
    words: String,
}

/// Longest words beside a reason, in characters.
const WORDS_MOST: usize = 200;
/// For how long a reason opens the page it was given for.
const OPEN_MS: i64 = 10 * 60_000;

impl Reveal {
    /// Reads a form: one of the list, and words where the list does not say it.
    pub fn read(key: &str, words: &str) -> Result<Self> {
        let reason =
            RevealReason::ALL.into_iter().find(|reason| reason.key() == key).ok_or(Problem::Missing("hien"))?;
        let words = domain::text::clean(words);
        if reason == RevealReason::Other && words.is_empty() {
            return Err(Problem::Missing("hien_ro").into());
        }
        if words.chars().count() > WORDS_MOST {
            return Err(Problem::TooLong("hien_ro").into());
        }
        Ok(Self { reason, words })
    }

    /// What the record keeps of it.
    pub(crate) fn detail(&self) -> Value {
        json!({ "reason": self.reason.key(), "words": self.words })
    }
}

/// The answer of the command: what it opens, and since when.
#[derive(Serialize, Deserialize)]
struct Opened {
    dossier: Uuid,
    at: i64,
}

impl Office {
    /// Says why personal numbers of a dossier are needed in full. Afterwards [`Office::dossier_in_full`] shows them to
    /// the same person for some minutes, by the id of this command.
    ///
    /// **Permissions**: [`Task::RevealPersonalData`] in its unit.
    pub async fn reveal_personal_data(&self, who: &Who, id: Uuid, reveal: &Reveal, command: Uuid) -> Result<()> {
        let mut tx = self.db().write().await?;
        let row = self.find_dossier(&mut tx, id).await?;
        self.may_with(who, Task::RevealPersonalData, &row)?;
        let now = self.now();
        let opened = Opened { dossier: id, at: now.0 };
        match commands::keep_answer(&mut tx, who.subject(), command, "reveal_personal_data", &opened, now).await {
            Ok(()) => {}
            // Pressed twice: said once, and open since then.
            Err(StoreError::Duplicate(_)) => return Ok(()),
            Err(other) => return Err(other.into()),
        }
        crate::audit::record(self, &mut tx, who, "reveal_personal_data", &Object::of(&row), reveal.detail()).await?;
        Ok(tx.commit().await?)
    }

    /// A dossier with personal numbers in full, when this person has said why by that command a short while ago; else
    /// masked as ever.
    ///
    /// **Permissions**: as [`Office::dossier`]; in full with [`Task::RevealPersonalData`] in its unit.
    pub async fn dossier_in_full(&self, who: &Who, id: Uuid, command: Uuid) -> Result<DossierView> {
        let opened: Option<Value> = {
            let mut tx = self.db().read().await?;
            commands::answer_of(&mut tx, who.subject(), command).await?
        };
        let opened = opened.and_then(|answer| serde_json::from_value::<Opened>(answer).ok());
        let is_open =
            opened.is_some_and(|opened| opened.dossier == id && self.now() < Instant(opened.at).plus_ms(OPEN_MS));
        self.read_dossier(who, id, is_open).await
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Error;

    #[test]
    fn only_a_listed_reason_is_one_and_another_one_needs_words() {
        assert!(matches!(Reveal::read("x", "muốn xem"), Err(Error::Invalid(Problem::Missing("hien")))));
        assert!(matches!(Reveal::read("", ""), Err(Error::Invalid(Problem::Missing("hien")))));
        assert!(matches!(Reveal::read("other", "  "), Err(Error::Invalid(Problem::Missing("hien_ro")))));
        assert!(Reveal::read("call", "").is_ok() && Reveal::read("other", "đối soát sổ cũ").is_ok());
        assert!(Reveal::read("other", &"a".repeat(201)).is_err());
    }
}
