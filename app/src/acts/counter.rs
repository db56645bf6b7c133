//! The counter: a walk-in received in one screen.

use crate::context::{office, settle, staff};
use leptos::prelude::*;
use office::{Error, Uuid, counter::WalkIn, dossiers::PaperListed, error::Problem};
use serde::{Deserialize, Serialize};

/// One line of the papers at the counter.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Handed {
    /// The line is ticked; a line the clerk writes needs no tick.
    #[serde(default)]
    pub on: String,
    /// The line is one of the record's.
    #[serde(default)]
    pub listed: String,
    #[serde(default)]
    pub name: String,
    #[serde(default)]
    pub originals: String,
    #[serde(default)]
    pub copies: String,
}

/// The person at the counter, as entered.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Person {
    #[serde(default)]
    pub name: String,
    #[serde(default)]
    pub citizen_id: String,
    #[serde(default)]
    pub phone: String,
    #[serde(default)]
    pub address: String,
    /// The case of the procedure that theirs is.
    #[serde(default)]
    pub case: String,
}

/// Receives a walk-in. A scanner ends its text with Enter, which presses the form's first button: then the card is
/// read into the fields (by the page, which comes again) and nothing is received yet.
#[server]
pub async fn receive_at_counter(
    unit: i64,
    command: Uuid,
    procedure: String,
    #[server(default)] read_card: String,
    #[server(default)] person: Person,
    #[server(default)] papers: Vec<Handed>,
    #[server(default)] other_matter: String,
) -> Result<(), ServerFnError> {
    let papers = papers.into_iter().filter_map(listed).collect();
    let Person { name, citizen_id, phone, address, case } = person;
    let typed = domain::question::Typed::new();
    let case = super::particulars::case_of(case);
    let walk_in =
        WalkIn { procedure_code: procedure, name, citizen_id, phone, address, typed, papers, case, other_matter };
    let received = match read_card.is_empty() {
        true => office().receive_at_counter(&staff(), unit, walk_in, command).await,
        false => Err(Error::Invalid(Problem::Missing("card"))),
    };
    settle(received, |dossier| format!("/can-bo/ho-so/{dossier}?moi=1"));
    Ok(())
}

/// A line that was ticked, or written by the clerk.
fn listed(line: Handed) -> Option<PaperListed> {
    let name = domain::text::clean(&line.name);
    let wanted = !name.is_empty() && (line.listed.is_empty() || !line.on.is_empty());
    let count = |text: &str| text.trim().parse::<u32>().unwrap_or(0).min(99);
    wanted.then(|| PaperListed { name, originals: count(&line.originals), copies: count(&line.copies) })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_paper_of_the_record_counts_when_ticked_and_a_written_one_always() {
        let line = Handed { listed: "1".into(), name: "Tờ khai".into(), originals: "1".into(), ..Handed::default() };
        assert!(listed(line.clone()).is_none());
        let ticked = listed(Handed { on: "1".into(), ..line }).expect("ticked");
        assert_eq!((ticked.originals, ticked.copies), (1, 0));
        assert!(listed(Handed { name: " Giấy khác ".into(), ..Handed::default() }).is_some());
        assert!(listed(Handed::default()).is_none());
    }
}
