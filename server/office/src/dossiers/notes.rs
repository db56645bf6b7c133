//! Notes that staff leave each other on a dossier. A resident never sees them.

use crate::{
    Error, Office, Result, Who,
    audit::{self, Object},
    error::Problem,
    rights::Task,
};
use serde_json::{Value, json};
use store::{
    StoreError, commands,
    mentions::{self, MentionRow},
    notes::{self, NoteRow},
};
use uuid::Uuid;

/// Longest note, in characters.
const NOTE_MOST: usize = 2_000;

impl Office {
    /// Leaves a note on a dossier. Whom it names, by "@" and a login or in `to`, finds it on a list of their own. A repeat of
    /// the command leaves nothing more.
    ///
    /// **Permissions**: [`Task::WriteNote`] in its unit; named is who may read the dossier.
    pub async fn write_note(&self, who: &Who, id: Uuid, words: &str, to: &[Uuid], command: Uuid) -> Result<()> {
        let mut tx = self.db().write().await?;
        if commands::answer_of::<Value>(&mut tx, who.subject(), command).await?.is_some() {
            return Ok(());
        }
        let row = self.find_dossier(&mut tx, id).await?;
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
        let named = self.named_in(&mut tx, who, &row, &words, to).await?;
        let now = self.now();
        let note = NoteRow { id: self.new_id(), at: now.0, staff_id: staff.id, staff_name: staff.name.clone(), words };
        notes::insert_note(&mut tx, row.office_id, row.id, &note).await?;
        let mut detail = json!({ "note": note.id });
        for (staff_id, staff_name) in named.iter().cloned() {
            let mention = MentionRow { note_id: note.id, staff_id, staff_name, seen_at: None };
            mentions::insert_mention(&mut tx, row.office_id, row.id, &mention).await?;
        }
        if !named.is_empty() {
            detail["named"] = named.iter().map(|(id, _)| id.to_string()).collect();
        }
        audit::record(self, &mut tx, who, "write_note", &Object::of(&row), detail).await?;
        match commands::keep_answer(&mut tx, who.subject(), command, "write_note", &Value::Null, now).await {
            Ok(()) => Ok(tx.commit().await?),
            Err(StoreError::Duplicate(_)) => Ok(()),
            Err(other) => Err(other.into()),
        }
    }
}
