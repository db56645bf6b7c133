//! The stream of news: a page listens, and says when something it shows has moved. One stream a page; it ends when the
//! program stops and when the session of the listener does.
//!
//! An event carries `dossier` or `queues`, for staff with the name of the colleague after a colon; nothing else.

use super::State;
use app::context::Visitor;
use axum::{
    Extension,
    extract::{Query, State as FromState},
    response::{
        IntoResponse, Response,
        sse::{Event, KeepAlive, Sse},
    },
};
use domain::time::Instant;
use futures::{StreamExt, future, stream};
use office::{
    Error,
    bus::{Ears, News, Shown},
    sessions::Door,
};
use serde::Deserialize;
use std::{convert::Infallible, time::Duration};
use tokio::sync::broadcast::error::RecvError;
use uuid::Uuid;

/// Address of the stream.
pub const ADDRESS: &str = "/su-kien";
/// How often it is asked whether the listener is still signed in.
const ROUND: Duration = Duration::from_secs(30);
/// How long a stream lasts. The browser comes back by itself, its rights are looked at again, and its address says what
/// it has seen.
const LONGEST: Duration = Duration::from_secs(15 * 60);

/// What the page shows: a dossier the visitor may see at a version, or the queues of the visitor's offices as they were
/// at a moment.
#[derive(Deserialize)]
pub struct Wanted {
    dossier: Option<Uuid>,
    seen: Option<i64>,
    since: Option<i64>,
}

/// Server-sent events.
pub async fn stream(
    FromState(state): FromState<State>,
    Extension(visitor): Extension<Visitor>,
    Query(wanted): Query<Wanted>,
) -> Response {
    let shown = Shown { dossier: wanted.dossier, seen: wanted.seen, since: wanted.since.map(Instant) };
    let ears = match state.office.listen(&visitor.staff, &visitor.resident, shown).await {
        Ok(ears) => ears,
        Err(error) => return app::errors::status_of(&error).into_response(),
    };
    let stopping = state.stopping.clone().cancelled_owned();
    let listener = Listener { state, visitor, ears };
    let news = stream::unfold(listener, |mut listener| async move {
        let event = listener.next().await?;
        Some((Ok::<_, Infallible>(event), listener))
    });
    let over = future::select(Box::pin(stopping), Box::pin(tokio::time::sleep(LONGEST)));
    let news = news.take_until(over);
    Sse::new(news).keep_alive(KeepAlive::new().interval(Duration::from_secs(20))).into_response()
}

struct Listener {
    state: State,
    visitor: Visitor,
    ears: Ears,
}

impl Listener {
    /// The next event; none when there is nobody to tell any more.
    async fn next(&mut self) -> Option<Event> {
        if std::mem::take(&mut self.ears.missed) {
            return Some(self.event().await);
        }
        loop {
            match tokio::time::timeout(ROUND, self.ears.news.recv()).await {
                Ok(Ok(news)) if self.ears.wants(&news) => return Some(self.event().await),
                Ok(Ok(News::Dossier { .. } | News::Queues { .. })) => {}
                // Too slow to hear everything: something may well have been for this page.
                Ok(Err(RecvError::Lagged(_))) => return Some(self.event().await),
                Ok(Err(RecvError::Closed)) => return None,
                Err(_) => {
                    if !self.is_signed_in().await {
                        return None;
                    }
                }
            }
        }
    }

    async fn is_signed_in(&self) -> bool {
        let (office, visitor) = (&self.state.office, &self.visitor);
        let doors = [
            (Door::Staff, &visitor.staff, &visitor.staff_token),
            (Door::Resident, &visitor.resident, &visitor.resident_token),
        ];
        for (door, who, token) in doors {
            let now = office.who_of_quiet_token(door, token.as_deref(), who.trace.clone()).await;
            // A database that cannot be asked just now ends no stream.
            if now.map_or_else(|error| !matches!(error, Error::SignInFirst), |now| now.actor != office::Actor::Anyone) {
                return true;
            }
        }
        false
    }

    async fn event(&self) -> Event {
        let data = match self.ears.dossier {
            None => "queues".to_string(),
            Some(dossier) => match self.state.office.last_mover(&self.visitor.staff, dossier).await {
                Ok(Some(name)) => format!("dossier:{name}"),
                _ => "dossier".to_string(),
            },
        };
        Event::default().event("news").data(data)
    }
}
