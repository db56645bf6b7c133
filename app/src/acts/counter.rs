//! The counter: a walk-in received in one screen.

use crate::context::{office, settle, staff};
use leptos::prelude::*;
use office::{
    Error, Uuid,
    counter::{WalkIn, WalkInOrganisation},
    dossiers::PaperListed,
    error::Problem,
};
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
    /// Ticked: they agreed to be told by short message.
    #[serde(default)]
    pub tell: String,
    /// The case of the procedure that theirs is.
    #[serde(default)]
    pub case: String,
}

/// The organisation that the person brings the matter of, as entered.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Organisation {
    #[serde(default)]
    pub number: String,
    #[serde(default)]
    pub name: String,
    #[serde(default)]
    pub address: String,
}

/// Receives a walk-in. A scanner ends its text with Enter, which presses the form's first button: that one, a choice of
/// procedure, or a procedure typed and not chosen yet fill in the page, which comes again; nothing is received then.
#[server]
#[allow(clippy::too_many_arguments)]
pub async fn receive_at_counter(
    unit: i64,
    command: Uuid,
    #[server(default)] procedure: String,
    #[server(default)] fill: String,
    #[server(default)] choose: String,
    #[server(default)] thu_tuc: String,
    #[server(default)] person: Person,
    #[server(default)] organisation: Organisation,
    #[server(default)] papers: Vec<Handed>,
    #[server(default)] other_matter: String,
    #[server(default)] set_drafts_aside: String,
    #[server(default)] tray: Option<Uuid>,
    #[server(default)] gone: Vec<String>,
) -> Result<(), ServerFnError> {
    let papers = papers.into_iter().filter_map(listed).collect();
    let Person { name, citizen_id, phone, address, tell, case } = person;
    let Organisation { number, name: organisation, address: seat } = organisation;
    let walk_in = WalkIn {
        organisation: WalkInOrganisation { number, name: organisation, address: seat },
        procedure_code: procedure,
        name,
        citizen_id,
        phone,
        address,
        typed: domain::question::Typed::new(),
        papers,
        case: super::particulars::case_of(case),
        other_matter,
        tell_by_phone: !tell.is_empty(),
        set_drafts_aside: !set_drafts_aside.is_empty(),
        tray,
        seen_gone: gone.iter().filter_map(|id| id.trim().parse().ok()).collect(),
    };
    let is_filling = [&fill, &choose, &thu_tuc].into_iter().any(|part| !part.trim().is_empty());
    let received = match is_filling || walk_in.procedure_code.is_empty() {
        false => office().receive_at_counter(&staff(), unit, walk_in, command).await,
        true => Err(Error::Invalid(Problem::Missing("procedure"))),
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
