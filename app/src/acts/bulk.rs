//! Many dossiers in one sending.

use crate::context::{office, settle, staff};
use leptos::prelude::*;
use office::{Uuid, bulk::Picked};

/// Gives the ticked dossiers to a colleague.
#[server]
pub async fn assign_many(
    command: Uuid,
    #[server(default)] ho_so: Vec<String>,
    #[server(default)] to: String,
) -> Result<(), ServerFnError> {
    let done = office().assign_many(&staff(), &picked(&ho_so), to.trim().parse().ok(), command).await;
    settle(done, |()| outcome_of(command));
    Ok(())
}

/// Approves the dossiers that were on the screen.
#[server]
pub async fn approve_many(command: Uuid, #[server(default)] ho_so: Vec<String>) -> Result<(), ServerFnError> {
    let done = office().approve_many(&staff(), &picked(&ho_so), command).await;
    settle(done, |()| outcome_of(command));
    Ok(())
}

/// Where the outcome of a sending is read.
fn outcome_of(command: Uuid) -> String {
    format!("/can-bo/nhieu-ho-so?gui={command}")
}

/// Reads `<id>.<version>`; what is something else names nothing.
fn picked(values: &[String]) -> Vec<Picked> {
    let read = |value: &String| {
        let (id, seen) = value.split_once('.')?;
        Some(Picked { id: id.parse().ok()?, seen: seen.parse().ok()? })
    };
    values.iter().filter_map(read).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_ticked_dossier_is_read_with_the_version_that_was_seen() {
        let id = "0198c0de-0000-7000-8000-000000000001";
        let read = picked(&[format!("{id}.7"), id.into(), "x.1".into()]);
        assert_eq!(read, [Picked { id: id.parse().expect("an id"), seen: 7 }]);
    }
}
