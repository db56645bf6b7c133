//! The stream of news: a page listens, and asks again when something it shows has moved. One stream a page;
//! it ends when the program stops.

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
use futures::{StreamExt, future, stream};
use office::bus::News;
use serde::Deserialize;
use std::{convert::Infallible, time::Duration};
use tokio::sync::broadcast::error::RecvError;
use uuid::Uuid;

/// How long a stream lasts: somebody whose session or position has ended hears no more after that.
const LONGEST: Duration = Duration::from_secs(15 * 60);

/// What the page wants to hear of: a dossier the visitor may see, or the queues of the visitor's offices.
#[derive(Deserialize)]
pub struct Wanted {
    dossier: Option<Uuid>,
}

/// Server-sent events.
pub async fn stream(
    FromState(state): FromState<State>,
    Extension(visitor): Extension<Visitor>,
    Query(wanted): Query<Wanted>,
) -> Response {
    let ears = match state.office.listen(&visitor.staff, &visitor.resident, wanted.dossier).await {
        Ok(ears) => ears,
        Err(error) => return app::errors::status_of(&error).into_response(),
    };
    let stopping = state.stopping.clone().cancelled_owned();
    let news = stream::unfold(ears, |mut ears| async move {
        loop {
            match ears.news.recv().await {
                Ok(news) if ears.wants(&news) => return Some((event(&news), ears)),
                Ok(_) => {}
                // Too slow to hear everything: the page reloads to be sure.
                Err(RecvError::Lagged(_)) => return Some((Event::default().event("reload").data("{}"), ears)),
                Err(RecvError::Closed) => return None,
            }
        }
    });
    // The browser comes back by itself, and its rights are looked at again.
    let over = future::select(Box::pin(stopping), Box::pin(tokio::time::sleep(LONGEST)));
    let news = news.map(Ok::<_, Infallible>).take_until(over);
    Sse::new(news).keep_alive(KeepAlive::new().interval(Duration::from_secs(20))).into_response()
}

fn event(news: &News) -> Event {
    let data = serde_json::to_string(news).unwrap_or_else(|_| "{}".into());
    Event::default().event("news").data(data)
}
