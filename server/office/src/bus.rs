//! One bus of topics. In this process now; across processes later, behind the same two functions.

use serde::Serialize;
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

/// The bus. A listener that is too slow loses news and is told so by the channel: the page then reloads.
#[derive(Clone)]
pub struct Bus(broadcast::Sender<News>);

impl Bus {
    pub(crate) fn new() -> Self {
        Self(broadcast::channel(256).0)
    }

    /// Tells whoever listens. Called after commit only.
    pub fn tell(&self, news: News) {
        // No listener is no error.
        let _ = self.0.send(news);
    }

    /// Listens from now on.
    pub fn listen(&self) -> broadcast::Receiver<News> {
        self.0.subscribe()
    }
}

/// A listener with what it wants to hear.
pub struct Ears {
    pub news: broadcast::Receiver<News>,
    dossier: Option<Uuid>,
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
    /// **Permissions**: the dossier's resident; staff with [`crate::rights::Task::ReadQueues`] in their units.
    pub async fn listen(
        &self,
        staff: &crate::Who,
        resident: &crate::Who,
        dossier: Option<Uuid>,
    ) -> crate::Result<Ears> {
        let units = self.units_for(staff, crate::rights::Task::ReadQueues);
        if let Some(id) = dossier {
            let mut tx = self.db().read().await?;
            let row = store::dossiers::dossier_by_id(&mut tx, id).await?.ok_or(crate::Error::NotFound)?;
            let own = resident.resident().is_some_and(|r| row.account_id == Some(r.account));
            if !own && !units.contains(&row.resolving_office) {
                return Err(crate::Error::NotFound);
            }
        } else if units.is_empty() {
            return Err(crate::Error::SignInFirst);
        }
        Ok(Ears { news: self.bus().listen(), dossier, units: if dossier.is_some() { Vec::new() } else { units } })
    }
}
