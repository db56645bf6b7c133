//! Filters of queues that a member of staff has given a name: links of one's own in the menu. They hold what was asked,
//! never what was found, so they show nothing that the queue itself would not.

use crate::{
    Error, Office, Result, Who,
    audit::{self, Object},
    error::Problem,
    queues::{Narrow, Queue},
    rights::Task,
};
use domain::text;
use serde_json::json;
pub use store::saved_views::SavedViewRow;
use store::{Tx, saved_views};
use uuid::Uuid;

/// Named filters of one person: what a menu can hold.
const MOST: usize = 20;
/// Longest name, in characters.
const NAME_MOST: usize = 40;
/// Longest search, in characters.
const SEARCH_MOST: usize = 200;

impl Office {
    /// One's own named filters.
    ///
    /// **Permissions**: [`Task::ReadQueues`], for oneself.
    pub async fn saved_views(&self, who: &Who) -> Result<Vec<SavedViewRow>> {
        self.may_save_views(who)?;
        let mut tx = self.db().read().await?;
        Ok(saved_views::saved_views_of(&mut tx, who.subject(), MOST as i64).await?)
    }

    /// Gives a filter of a queue a name.
    ///
    /// **Permissions**: [`Task::ReadQueues`], for oneself.
    pub async fn save_view(&self, who: &Who, name: &str, queue: Queue, narrow: &Narrow, command: Uuid) -> Result<()> {
        self.may_save_views(who)?;
        let name = read_name(name)?;
        let search = text::clean(&narrow.search);
        if search.chars().count() > SEARCH_MOST {
            return Err(Problem::TooLong("q").into());
        }
        let mut tx = self.db().write().await?;
        if self.answered_before::<()>(&mut tx, who, command).await?.is_some() {
            return Ok(());
        }
        if saved_views::saved_views_of(&mut tx, who.subject(), MOST as i64).await?.len() >= MOST {
            return Err(Problem::TooManyViews { most: MOST }.into());
        }
        let row = SavedViewRow {
            staff_id: who.subject(),
            id: self.new_id(),
            sort_key: text::fold(&name),
            name,
            queue: queue.key().into(),
            search,
            procedure_code: narrow.procedure_code.clone().unwrap_or_default(),
            created_at: self.now().0,
        };
        saved_views::insert_saved_view(&mut tx, &row).await?;
        self.finish_view(tx, who, "save_view", row.id, command).await
    }

    /// Gives a named filter another name.
    ///
    /// **Permissions**: [`Task::ReadQueues`], for one's own.
    pub async fn rename_view(&self, who: &Who, id: Uuid, name: &str, command: Uuid) -> Result<()> {
        self.may_save_views(who)?;
        let name = read_name(name)?;
        let mut tx = self.db().write().await?;
        if self.answered_before::<()>(&mut tx, who, command).await?.is_some() {
            return Ok(());
        }
        if !saved_views::rename_saved_view(&mut tx, who.subject(), id, &name, &text::fold(&name)).await? {
            return Err(Error::NotFound);
        }
        self.finish_view(tx, who, "rename_view", id, command).await
    }

    /// Takes a named filter out of the menu. One that is out already stays out.
    ///
    /// **Permissions**: [`Task::ReadQueues`], for one's own.
    pub async fn remove_view(&self, who: &Who, id: Uuid, command: Uuid) -> Result<()> {
        self.may_save_views(who)?;
        let mut tx = self.db().write().await?;
        if self.answered_before::<()>(&mut tx, who, command).await?.is_some() {
            return Ok(());
        }
        if !saved_views::remove_saved_view(&mut tx, who.subject(), id, self.now()).await? {
            return Ok(());
        }
        self.finish_view(tx, who, "remove_view", id, command).await
    }

    fn may_save_views(&self, who: &Who) -> Result<()> {
        self.units_of(who, Task::ReadQueues).map(drop)
    }

    async fn finish_view(&self, mut tx: Tx, who: &Who, act: &str, id: Uuid, command: Uuid) -> Result<()> {
        // What was searched may be a name: the record says that a filter was kept, not which.
        let object = Object { kind: "saved_view", id: id.to_string(), office: None };
        audit::record(self, &mut tx, who, act, &object, json!({})).await?;
        self.keep_once(&mut tx, who, command, act, &()).await?;
        Ok(tx.commit().await?)
    }
}

fn read_name(typed: &str) -> Result<String> {
    let name = text::clean(typed);
    if name.is_empty() {
        return Err(Problem::Missing("name").into());
    }
    if name.chars().count() > NAME_MOST { Err(Problem::TooLong("name").into()) } else { Ok(name) }
}
