//! One bus of topics. In this process now; across processes later, behind the same two functions.

use crate::sessions::Door;
use domain::time::Instant;
use serde::Serialize;
use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError},
};
use tokio::sync::broadcast;
use uuid::Uuid;

/// Something a page may be listening for. Never carries personal data: the page asks again, with its own rights.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "topic", rename_all = "snake_case")]
pub enum News {
    /// A dossier moved.
    Dossier { id: Uuid },
    /// A work queue of that office changed.
    Queues { office: i64 },
}

/// The bus. A listener that is too slow loses news and is told so by the channel: the page then says that something
/// moved.
#[derive(Clone)]
pub struct Bus {
    news: broadcast::Sender<News>,
    /// When a queue of each office changed last: for a page that did not listen for a while.
    moved: Arc<Mutex<HashMap<i64, Instant>>>,
}

impl Bus {
    pub(crate) fn new() -> Self {
        Self { news: broadcast::channel(256).0, moved: Arc::default() }
    }

    /// Tells whoever listens. Called after commit only.
    pub fn tell(&self, news: News, now: Instant) {
        if let News::Queues { office } = news {
            self.moved.lock().unwrap_or_else(PoisonError::into_inner).insert(office, now);
        }
        // No listener is no error.
        let _ = self.news.send(news);
    }

    /// Listens from now on.
    pub fn listen(&self) -> broadcast::Receiver<News> {
        self.news.subscribe()
    }

    /// Whether a queue of one of these offices has changed after that moment, as far as this process knows.
    fn has_moved(&self, offices: &[i64], after: Instant) -> bool {
        let moved = self.moved.lock().unwrap_or_else(PoisonError::into_inner);
        offices.iter().any(|office| moved.get(office).is_some_and(|at| *at > after))
    }
}

/// What a page shows, told by its address: news of it before the page began to listen count too.
#[derive(Debug, Clone, Copy, Default)]
pub struct Shown {
    /// The dossier on the page; the queues when there is none.
    pub dossier: Option<Uuid>,
    /// The version of the dossier on the page.
    pub seen: Option<i64>,
    /// When the lists on the page were read.
    pub since: Option<Instant>,
}

/// A listener with what it wants to hear.
pub struct Ears {
    pub news: broadcast::Receiver<News>,
    /// Something moved between the page and the listening.
    pub missed: bool,
    pub dossier: Option<Uuid>,
    /// Through which door the listener came: news are for as long as that session lasts.
    pub door: Door,
    units: Vec<i64>,
}

impl Ears {
    /// Whether this news is for this listener.
    pub fn wants(&self, news: &News) -> bool {
        match news {
            News::Dossier { id } => self.dossier == Some(*id),
            News::Queues { office } => self.units.contains(office),
        }
    }
}

impl crate::Office {
    /// Listens to a dossier the person may see, or to the queues of the person's units.
    ///
    /// **Permissions**: the dossier's resident; staff with [`crate::rights::Task::ReadDossier`] where it is read;
    /// [`crate::rights::Task::ReadQueues`] in their units.
    pub async fn listen(&self, staff: &crate::Who, resident: &crate::Who, shown: Shown) -> crate::Result<Ears> {
        let units = self.units_for(staff, crate::rights::Task::ReadQueues);
        // Listening first: what moves while the rest is read is heard.
        let news = self.bus().listen();
        let mut door = Door::Staff;
        let missed = match shown.dossier {
            Some(id) => {
                let mut tx = self.db().read().await?;
                let row = self.find_dossier(&mut tx, id).await?;
                let own = resident.resident().is_some_and(|r| r.answers_for(&row));
                if self.may_with(staff, crate::rights::Task::ReadDossier, &row).is_err() {
                    if !own {
                        return Err(crate::Error::NotFound);
                    }
                    door = Door::Resident;
                }
                shown.seen.is_some_and(|seen| row.version > seen)
            }
            None if units.is_empty() => return Err(crate::Error::SignInFirst),
            None => shown.since.is_some_and(|since| self.bus().has_moved(&units, since)),
        };
        let units = if shown.dossier.is_some() { Vec::new() } else { units };
        Ok(Ears { news, missed, dossier: shown.dossier, door, units })
    }

    /// The colleague who moved a dossier last, for a page that shows it; nobody when it was its resident or the program.
    ///
    /// **Permissions**: [`crate::rights::Task::ReadDossier`] in its unit.
    pub async fn last_mover(&self, who: &crate::Who, dossier: Uuid) -> crate::Result<Option<String>> {
        let mut tx = self.db().read().await?;
        let row = self.find_dossier(&mut tx, dossier).await?;
        self.may_with(who, crate::rights::Task::ReadDossier, &row)?;
        let events = store::events::events_of(&mut tx, row.office_id, row.id).await?;
        Ok(events.last().filter(|event| event.actor_kind == "staff").map(|event| event.actor_name.clone()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_that_did_not_listen_learns_whether_its_queues_moved_since() {
        let bus = Bus::new();
        bus.tell(News::Queues { office: 1 }, Instant(1_000));
        assert!(bus.has_moved(&[2, 1], Instant(999)));
        assert!(!bus.has_moved(&[1], Instant(1_000)), "the page shows it already");
        assert!(!bus.has_moved(&[2], Instant(0)), "another office's queue");
    }
}
