//! Notes that staff leave each other on a dossier. A resident never sees them.

use crate::{
    Error, Office, Result, Who,
    audit::{self, Object},
    error::Problem,
    rights::Task,
};
use serde_json::{Value, json};
use store::{
    StoreError, commands, dossiers,
    notes::{self, NoteRow},
};
use uuid::Uuid;

/// Longest note, in characters.
const NOTE_MOST: usize = 2_000;

impl Office {
    /// Leaves a note on a dossier. A repeat of the command leaves nothing more.
    ///
    /// **Permissions**: [`Task::WriteNote`] in its unit.
    pub async fn write_note(&self, who: &Who, id: Uuid, words: &str, command: Uuid) -> Result<()> {
        let mut tx = self.db().write().await?;
        if commands::answer_of::<Value>(&mut tx, who.subject(), command).await?.is_some() {
            return Ok(());
        }
        let row = dossiers::dossier_by_id(&mut tx, id).await?.ok_or(Error::NotFound)?;
        self.may_with(who, Task::WriteNote, &row)?;
        let staff = who.staff().ok_or(Error::SignInFirst)?;
        let lines: Vec<String> = words.lines().map(domain::text::clean).collect();
        let words = lines.join("\n").trim().to_string();
        if words.is_empty() {
            return Err(Problem::Missing("words").into());
        }
        if words.chars().count() > NOTE_MOST {
            return Err(Problem::TooLong("words").into());
        }
        let now = self.now();
        let note = NoteRow { id: self.new_id(), at: now.0, staff_id: staff.id, staff_name: staff.name.clone(), words };
        notes::insert_note(&mut tx, row.office_id, row.id, &note).await?;
        audit::record(self, &mut tx, who, "write_note", &Object::of(&row), json!({ "note": note.id })).await?;
        match commands::keep_answer(&mut tx, who.subject(), command, "write_note", &Value::Null, now).await {
            Ok(()) => Ok(tx.commit().await?),
            Err(StoreError::Duplicate(_)) => Ok(()),
            Err(other) => Err(other.into()),
        }
    }
}
