//! What happened to a dossier, one row an event, never changed. Replaying them gives the dossier's state.

use crate::{Result, Tx, on_engine};
use domain::{
    dossier::{Event, Recorded},
    time::Instant,
};
use sqlx::{QueryBuilder, types::Json};
use uuid::Uuid;

#[derive(Debug, Clone, PartialEq, sqlx::FromRow)]
pub struct EventRow {
    pub seq: i64,
    /// The server's time; the only one that counts.
    pub at: i64,
    /// What the device's clock said, when it sent one.
    pub device_at: Option<i64>,
    pub actor_kind: String,
    pub actor_id: Option<Uuid>,
    pub actor_name: String,
    pub actor_role: Option<String>,
    pub acting_for: Option<Uuid>,
    /// The mandate by which the actor stood in for that person.
    pub mandate_id: Option<Uuid>,
    pub command_id: Option<Uuid>,
    #[sqlx(json)]
    pub body: Event,
}

impl EventRow {
    /// The part that the state is made of.
    pub fn recorded(&self) -> Recorded {
        Recorded { seq: self.seq as u64, at: Instant(self.at), event: self.body.clone() }
    }
}

pub async fn insert_event(tx: &mut Tx, office: i64, dossier: Uuid, row: &EventRow) -> Result<()> {
    let q = "INSERT INTO dossier_events (office_id, dossier_id, seq, at, device_at, actor_kind, actor_id, actor_name,
               actor_role, acting_for, mandate_id, command_id, body)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)";
    on_engine!(tx, |c| sqlx::query(q)
        .bind(office)
        .bind(dossier)
        .bind(row.seq)
        .bind(row.at)
        .bind(row.device_at)
        .bind(&row.actor_kind)
        .bind(row.actor_id)
        .bind(&row.actor_name)
        .bind(&row.actor_role)
        .bind(row.acting_for)
        .bind(row.mandate_id)
        .bind(row.command_id)
        .bind(Json(&row.body))
        .execute(c)
        .await
        .map(drop))
    .map_err(crate::db::duplicate("event"))
}

pub async fn events_of(tx: &mut Tx, office: i64, dossier: Uuid) -> Result<Vec<EventRow>> {
    let q = "SELECT seq, at, device_at, actor_kind, actor_id, actor_name, actor_role, acting_for, mandate_id,
             command_id, body
             FROM dossier_events WHERE office_id = $1 AND dossier_id = $2 ORDER BY seq";
    Ok(on_engine!(tx, |c| sqlx::query_as(q).bind(office).bind(dossier).fetch_all(c).await)?)
}

/// The events of these kinds, each dossier's in order, of the first `limit` dossiers that an office received between two
/// moments: for its register, whose lines are the same (`dossiers::received_between`).
pub async fn events_of_received(
    tx: &mut Tx,
    office: i64,
    from: Instant,
    to: Instant,
    limit: i64,
    kinds: &[&str],
) -> Result<Vec<(Uuid, i64, Event)>> {
    let rows: Vec<(Uuid, i64, Json<Event>)> = on_engine!(tx, |c| {
        let mut q = QueryBuilder::new(
            "SELECT e.dossier_id, e.at, e.body FROM
               (SELECT office_id, id FROM dossiers WHERE office_id = ",
        );
        q.push_bind(office).push(" AND received_at >= ").push_bind(from.0);
        q.push(" AND received_at < ").push_bind(to.0).push(" ORDER BY received_at, id LIMIT ").push_bind(limit);
        q.push(
            ") AS d JOIN dossier_events e ON e.office_id = d.office_id AND e.dossier_id = d.id
             WHERE e.body ->> 'kind' IN (",
        );
        let mut list = q.separated(", ");
        for kind in kinds {
            list.push_bind((*kind).to_owned());
        }
        q.push(") ORDER BY e.dossier_id, e.seq");
        q.build_query_as().fetch_all(c).await
    })?;
    Ok(rows.into_iter().map(|(dossier, at, body)| (dossier, at, body.0)).collect())
}
