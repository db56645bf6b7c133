//! The papers of a walk-in: the record's, each with a tick and two counts, and lines for others.

use crate::words::{t, tf};
use domain::{procedure::paper::PaperLine, text};
use leptos::prelude::*;
use office::catalogue::ProcedureVersion;

/// Lines for papers that the record does not name.
const FREE_LINES: usize = 3;

/// The record's papers by case, each with a tick and two counts; then lines for others.
pub(super) fn papers(procedure: &ProcedureVersion, typed: &impl Fn(&str) -> String, came_back: bool) -> AnyView {
    let mut index = 0;
    let mut groups: Vec<AnyView> = Vec::new();
    let several = procedure.imported.cases.len() > 1;
    for case in &procedure.imported.cases {
        let lines: Vec<AnyView> = case
            .papers
            .iter()
            .filter(|paper| !paper.is_note)
            .map(|paper| {
                let line = listed_line(index, paper, typed, came_back);
                index += 1;
                line
            })
            .collect();
        if lines.is_empty() {
            continue;
        }
        let heading = case.name.clone().filter(|_| several).map(|name| view! { <h2>{name}</h2> });
        groups.push(view! { {heading} <ul class="staff-asked" role="list">{lines}</ul> }.into_any());
    }
    let free = (index..index + FREE_LINES).map(|line| free_line(line, line - index + 1, typed)).collect_view();
    view! {
        {groups}
        <h2>{t("Giấy tờ khác")}</h2>
        <ul class="staff-asked" role="list">{free}</ul>
    }
    .into_any()
}

fn field(index: usize, part: &str) -> String {
    format!("papers[{index}][{part}]")
}

fn listed_line(index: usize, paper: &PaperLine, typed: &impl Fn(&str) -> String, came_back: bool) -> AnyView {
    let id = format!("giay-{index}");
    let name = text::clean(&paper.name);
    let checked = !typed(&field(index, "on")).is_empty();
    let usual = |has: bool| if has { "1" } else { "0" };
    let (originals, copies) = if came_back {
        (typed(&field(index, "originals")), typed(&field(index, "copies")))
    } else {
        (usual(paper.original).to_string(), usual(paper.copy).to_string())
    };
    let label = name.clone();
    view! {
        <li class="staff-paper-line">
            <div class="choice">
                <input type="checkbox" id=id.clone() name=field(index, "on") value="1" checked=checked/>
                <label for=id>{label}</label>
            </div>
            <input type="hidden" name=field(index, "listed") value="1"/>
            <input type="hidden" name=field(index, "name") value=name/>
            {counts(index, originals, copies)}
        </li>
    }
    .into_any()
}

fn free_line(index: usize, number: usize, typed: &impl Fn(&str) -> String) -> AnyView {
    let id = format!("giay-{index}");
    let label = tf("Giấy tờ khác {n}", &[("n", &number.to_string())]);
    let (name, originals, copies) =
        (typed(&field(index, "name")), typed(&field(index, "originals")), typed(&field(index, "copies")));
    view! {
        <li class="staff-paper-line">
            <div>
                <label class="hidden-words" for=id.clone()>{label.clone()}</label>
                <input class="input" type="text" id=id name=field(index, "name") value=name maxlength="300" placeholder=label/>
            </div>
            {counts(index, originals, copies)}
        </li>
    }
    .into_any()
}

/// How many originals and copies.
fn counts(index: usize, originals: String, copies: String) -> AnyView {
    let one = |part: &'static str, words: &'static str, value: String| {
        let id = format!("giay-{index}-{part}");
        view! {
            <span class="staff-count">
                <label for=id.clone()>{words}</label>
                <input
                    class="input input-2"
                    type="text"
                    inputmode="numeric"
                    id=id
                    name=field(index, part)
                    value=value
                    maxlength="2"
                    autocomplete="off"
                />
            </span>
        }
    };
    view! { {one("originals", t("bản chính"), originals)} {one("copies", t("bản sao"), copies)} }.into_any()
}
