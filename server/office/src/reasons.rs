//! The library of reasons: texts that a request, a refusal or an apology begins with, shared in a unit or one's own.
//!
//! A text only prefills. What was sent stands in the event and on the paper, whatever becomes of the text.

use crate::{
    Error, Office, Result, Who,
    audit::{self, Object},
    error::Problem,
    rights::Task,
};
use domain::{reason::ReasonKind, text};
use serde::Deserialize;
use serde_json::json;
use sha2::{Digest, Sha256};
use store::reasons;
pub use store::reasons::ReasonRow;
use uuid::Uuid;

/// A text as it is typed.
#[derive(Debug, Clone)]
pub struct ReasonText {
    pub kind: ReasonKind,
    pub title: String,
    pub words: String,
    /// For everybody of the unit; else one's own.
    pub shared: bool,
}

/// A text that comes with the program.
#[derive(Debug, Clone, Deserialize)]
pub struct ShippedReason {
    /// What it is known by, so that it is laid down once.
    pub key: String,
    pub kind: ReasonKind,
    pub title: String,
    pub words: String,
}

/// Texts that one person finds: more is no library to choose from.
const MOST: i64 = 300;
/// Longest title, in characters.
const TITLE_MOST: usize = 80;
/// Longest text, in characters: what the reason of an act may have.
const WORDS_MOST: usize = 2_000;

impl Office {
    /// The texts this person may begin a reason with.
    ///
    /// **Permissions**: [`Task::KeepOwnReasons`], in the units where it is held.
    pub async fn reasons(&self, who: &Who) -> Result<Vec<ReasonRow>> {
        let units = self.units_of(who, Task::KeepOwnReasons)?;
        let mut tx = self.db().read().await?;
        Ok(reasons::reasons_for(&mut tx, &units, who.subject(), MOST).await?)
    }

    /// Adds a text.
    ///
    /// **Permissions**: [`Task::KeepOwnReasons`]; for one that the unit shares [`Task::KeepSharedReasons`].
    pub async fn add_reason(&self, who: &Who, typed: ReasonText, command: Uuid) -> Result<()> {
        let task = if typed.shared { Task::KeepSharedReasons } else { Task::KeepOwnReasons };
        let unit = self.units_of(who, task)?.first().copied().ok_or(Error::Forbidden)?;
        let (title, words) = read(&typed)?;
        let mut tx = self.db().write().await?;
        if self.answered_before::<()>(&mut tx, who, command).await?.is_some() {
            return Ok(());
        }
        let row = ReasonRow {
            office_id: unit,
            id: self.new_id(),
            kind: typed.kind.key().into(),
            sort_key: text::fold(&title),
            title,
            words,
            owner_id: (!typed.shared).then(|| who.subject()),
            version: 1,
            changed_at: self.now().0,
            retired_at: None,
        };
        reasons::insert_reason(&mut tx, &row).await?;
        let detail = json!({ "kind": row.kind, "shared": typed.shared });
        audit::record(self, &mut tx, who, "add_reason", &object(&row), detail).await?;
        self.keep_once(&mut tx, who, command, "add_reason", &()).await?;
        Ok(tx.commit().await?)
    }

    /// Changes a text; whose it is stays.
    ///
    /// **Permissions**: its owner; of a shared one [`Task::KeepSharedReasons`] in its unit.
    pub async fn change_reason(&self, who: &Who, id: Uuid, seen: i64, typed: ReasonText, command: Uuid) -> Result<()> {
        self.units_of(who, Task::KeepOwnReasons)?;
        let (title, words) = read(&typed)?;
        self.save_reason(who, id, seen, "change_reason", command, |row| ReasonRow {
            kind: typed.kind.key().into(),
            sort_key: text::fold(&title),
            title,
            words,
            ..row
        })
        .await
    }

    /// Retires a text: it is offered no more. What was sent with it stays as it was sent.
    ///
    /// **Permissions**: its owner; of a shared one [`Task::KeepSharedReasons`] in its unit.
    pub async fn retire_reason(&self, who: &Who, id: Uuid, seen: i64, command: Uuid) -> Result<()> {
        let now = self.now().0;
        self.save_reason(who, id, seen, "retire_reason", command, |row| ReasonRow { retired_at: Some(now), ..row })
            .await
    }

    /// Changes a text as that act does, for whoever may: its owner; of a shared one who keeps those of its unit.
    async fn save_reason(
        &self,
        who: &Who,
        id: Uuid,
        seen: i64,
        act: &str,
        command: Uuid,
        change: impl FnOnce(ReasonRow) -> ReasonRow + Send,
    ) -> Result<()> {
        let units = self.units_of(who, Task::KeepOwnReasons)?;
        let mut tx = self.db().write().await?;
        if self.answered_before::<()>(&mut tx, who, command).await?.is_some() {
            return Ok(());
        }
        let row = reasons::reason_by_id(&mut tx, &units, id).await?.ok_or(Error::NotFound)?;
        match row.owner_id {
            Some(owner) if owner != who.subject() => return Err(Error::NotFound),
            Some(_) => {}
            None => self.may(who, Task::KeepSharedReasons, row.office_id)?,
        }
        let object = object(&row);
        reasons::save_reason(&mut tx, &change(row), seen, self.now()).await?;
        audit::record(self, &mut tx, who, act, &object, json!({ "seen": seen })).await?;
        self.keep_once(&mut tx, who, command, act, &()).await?;
        Ok(tx.commit().await?)
    }

    /// Lays down the shipped texts in every unit that does not know them yet; what a unit changed or retired stays so.
    /// Answers how many.
    ///
    /// **Permissions**: the program itself, at its start.
    pub async fn lay_down_reasons(&self, who: &Who, shipped: &[ShippedReason]) -> Result<usize> {
        self.may_operate(who)?;
        let mut added = 0;
        let units: Vec<(i64, String)> = {
            let books = self.books();
            let ids = books.places.authority_ids();
            ids.into_iter().filter_map(|id| Some((id, books.places.by_id(id)?.key.clone()))).collect()
        };
        let mut tx = self.db().write().await?;
        for (unit, key) in units {
            for one in shipped {
                let row = ReasonRow {
                    office_id: unit,
                    id: shipped_id(&key, &one.key),
                    kind: one.kind.key().into(),
                    title: one.title.clone(),
                    sort_key: text::fold(&one.title),
                    words: one.words.clone(),
                    owner_id: None,
                    version: 1,
                    changed_at: self.now().0,
                    retired_at: None,
                };
                added += usize::from(reasons::insert_reason(&mut tx, &row).await?);
            }
        }
        tx.commit().await?;
        Ok(added)
    }
}

fn object(row: &ReasonRow) -> Object {
    Object { kind: "reason", id: row.id.to_string(), office: Some(row.office_id) }
}

/// The id of a shipped text in a unit: the same whenever it is laid down, so that it is there once.
fn shipped_id(unit: &str, key: &str) -> Uuid {
    let digest = Sha256::new().chain_update(unit).chain_update("/").chain_update(key).finalize();
    let mut bytes = [0; 16];
    bytes.copy_from_slice(&digest[..16]);
    Uuid::from_bytes(bytes)
}

fn read(typed: &ReasonText) -> Result<(String, String)> {
    let title = text::clean(&typed.title);
    let lines: Vec<String> = typed.words.lines().map(text::clean).collect();
    let words = lines.join("\n").trim().to_string();
    let limits = [("title", &title, TITLE_MOST), ("words", &words, WORDS_MOST)];
    for (field, text, most) in limits {
        if text.is_empty() {
            return Err(Problem::Missing(field).into());
        }
        if text.chars().count() > most {
            return Err(Problem::TooLong(field).into());
        }
    }
    Ok((title, words))
}
