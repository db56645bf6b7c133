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
    Actor, Error, Office,
    bus::{Ears, News, Shown},
    sessions::Door,
};
use serde::Deserialize;
use std::{convert::Infallible, time::Duration};
use tokio::{
    sync::broadcast::error::RecvError,
    time::{Interval, MissedTickBehavior},
};
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
    let listener = Listener::new(state.office, visitor, ears, ROUND);
    let news = stream::unfold(listener, |mut listener| async move {
        let event = listener.next().await?;
        Some((Ok::<_, Infallible>(event), listener))
    });
    let over = future::select(Box::pin(stopping), Box::pin(tokio::time::sleep(LONGEST)));
    let news = news.take_until(over);
    Sse::new(news).keep_alive(KeepAlive::new().interval(Duration::from_secs(20))).into_response()
}

struct Listener {
    office: Office,
    visitor: Visitor,
    ears: Ears,
    rounds: Interval,
}

impl Listener {
    fn new(office: Office, visitor: Visitor, ears: Ears, round: Duration) -> Self {
        let mut rounds = tokio::time::interval_at(tokio::time::Instant::now() + round, round);
        rounds.set_missed_tick_behavior(MissedTickBehavior::Delay);
        Self { office, visitor, ears, rounds }
    }

    /// The next event; none when there is nobody to tell any more. However much news there is, each round asks for the
    /// session.
    async fn next(&mut self) -> Option<Event> {
        if std::mem::take(&mut self.ears.missed) {
            return Some(self.event().await);
        }
        loop {
            tokio::select! {
                _ = self.rounds.tick() => {
                    if !self.is_signed_in().await {
                        return None;
                    }
                }
                heard = self.ears.news.recv() => match heard {
                    Ok(news) if self.ears.wants(&news) => return Some(self.event().await),
                    Ok(News::Dossier { .. } | News::Queues { .. }) => {}
                    // Too slow to hear everything: something may well have been for this page.
                    Err(RecvError::Lagged(_)) => return Some(self.event().await),
                    Err(RecvError::Closed) => return None,
                },
            }
        }
    }

    /// Whether the session lasts through which this page may listen.
    async fn is_signed_in(&self) -> bool {
        let (who, token) = match self.ears.door {
            Door::Staff => (&self.visitor.staff, &self.visitor.staff_token),
            Door::Resident => (&self.visitor.resident, &self.visitor.resident_token),
        };
        let now = self.office.who_of_quiet_token(self.ears.door, token.as_deref(), who.trace.clone()).await;
        // A database that cannot be asked just now ends no stream.
        now.map_or_else(|error| !matches!(error, Error::SignInFirst), |now| now.actor != Actor::Anyone)
    }

    async fn event(&self) -> Event {
        let data = match self.ears.dossier {
            None => "queues".to_string(),
            Some(_) if self.ears.door == Door::Resident => "dossier".to_string(),
            Some(dossier) => match self.office.last_mover(&self.visitor.staff, dossier).await {
                Ok(Some(name)) => format!("dossier:{name}"),
                _ => "dossier".to_string(),
            },
        };
        Event::default().event("news").data(data)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::role::Role;
    use office::{
        Clock, Config, Who,
        accounts::SignUp,
        blobs::Blobs,
        staff::{NewPosition, NewStaff},
        who::Trace,
    };

    const PASSWORD: &str = "mat khau cua toi";

    /// Somebody who is signed in at both doors of an office that stands in that folder.
    async fn at_both_doors(folder: &std::path::Path) -> (Office, Visitor) {
        let db = store::Db::connect(&format!("sqlite://{}/test.db", folder.display())).await.expect("a database");
        db.migrate().await.expect("tables");
        let clock = Clock::fixed(Instant::parse_local("2026-11-23T09:00").expect("a time"), 7);
        let office = Office::open(db, clock, Config::default(), Blobs::Folder(folder.join("blobs"))).await;
        let office = office.expect("an office");
        crate::seed::rules::lay_down(&office).await.expect("the shipped rules");
        let desk = office.books().places.by_key("xa-dong-xuan-phuc-vu-hanh-chinh-cong").expect("an office").id;
        let new = NewStaff {
            login: "mai".into(),
            name: "Nguyễn Thị Mai".into(),
            phone: None,
            password: PASSWORD.into(),
            positions: vec![NewPosition {
                office: desk,
                role: Role::Reception,
                title: String::new(),
                from: office.now().day(),
                to: None,
            }],
        };
        let welcome = office.create_staff(&Who::system(), new).await.expect("a member of staff");
        let anyone = Who::anyone(Trace::default());
        let code = &welcome.recovery_codes[0];
        let staff = office.sign_in_staff(&anyone, "mai", PASSWORD.into(), code).await.expect("signed in").0;
        let input = SignUp {
            citizen_id: "054190004321".into(),
            name: "Nguyễn Thị Mai".into(),
            phone: String::new(),
            password: PASSWORD.into(),
            password_again: PASSWORD.into(),
        };
        let resident = office.sign_up(&anyone, input, office.new_id()).await.expect("an account").0;
        let who =
            async |door, token: &str| office.who_of_token(door, Some(token), Trace::default()).await.expect("somebody");
        let visitor = Visitor {
            staff: who(Door::Staff, &staff).await,
            resident: who(Door::Resident, &resident).await,
            staff_token: Some(staff),
            resident_token: Some(resident),
        };
        (office, visitor)
    }

    #[tokio::test]
    async fn a_stream_ends_with_the_session_of_its_door_however_much_news_there_is() {
        let folder = tempfile::tempdir().expect("a folder");
        let (office, visitor) = at_both_doors(folder.path()).await;
        let shown = Shown::default();
        let ears = office.listen(&visitor.staff, &visitor.resident, shown).await.expect("ears");
        let (staff, token) = (visitor.staff.clone(), visitor.staff_token.clone().expect("a token"));
        let mut listener = Listener::new(office.clone(), visitor, ears, Duration::from_millis(100));
        // News that is for somebody else comes faster than the rounds.
        let told = office.clone();
        let telling = tokio::spawn(async move {
            loop {
                told.bus().tell(News::Queues { office: -1 }, told.now());
                tokio::time::sleep(Duration::from_millis(10)).await;
            }
        });
        let still = tokio::time::timeout(Duration::from_millis(500), listener.next()).await;
        assert!(still.is_err(), "it ended while the session lasts");
        office.sign_out(&staff, &token).await.expect("signed out");
        let end = tokio::time::timeout(Duration::from_secs(20), listener.next()).await;
        telling.abort();
        assert!(end.expect("the stream goes on after the session").is_none());
    }
}
