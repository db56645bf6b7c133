//! What to bring: the papers of each case, word for word, and the same as a list to print and tick.

use super::wording;
use crate::{
    citizen::about::opening,
    context::office,
    format,
    words::{t, tf},
};
use domain::procedure::paper::{PaperCase, PaperLine};
use leptos::prelude::*;
use leptos_meta::Title;
use office::catalogue::ProcedureVersion;
use std::sync::Arc;
use ui::{BackLink, CitizenMain, Glyph, Icon, PageTitle, Section};

/// The section of papers.
#[component]
pub fn Papers(procedure: Arc<ProcedureVersion>) -> impl IntoView {
    view! {
        <Section id="giay-to" title=t("Giấy tờ cần có")>
            <Cases cases=procedure.imported.cases.clone() tick=false/>
            <p><a href=format!("/thu-tuc/{}?in=1", procedure.code)>{t("Mở danh sách giấy tờ để in")}</a></p>
        </Section>
    }
}

/// The page to print: papers with boxes to tick, and where to take them.
#[component]
pub fn Checklist(procedure: Arc<ProcedureVersion>) -> impl IntoView {
    let office = office();
    let now = office.now();
    let centres = opening::centres(&office.books().places, now.day())
        .into_iter()
        .map(|centre| {
            let week = opening::week(&office.books().places.calendar_of(centre.id), now.day());
            view! { <li>{format!("{}: {week}", centre.name)}</li> }
        })
        .collect_view();
    let title = t("Giấy tờ cần mang");
    let back = view! { <BackLink href=format!("/thu-tuc/{}", procedure.code) words=t("Quay lại thủ tục")/> }.into_any();
    let printed = tf("In ngày {ngày}.", &[("ngày", &format::day(now.day()))]);
    view! {
        <Title text=format!("{title}: {}", procedure.name)/>
        <CitizenMain before=back>
            <PageTitle title caption=format!("{} · {}", procedure.name, procedure.code)/>
            <nav aria-label=t("Cách in")>
                <p>{t("Để in: chọn In trong trình duyệt, hoặc bấm Ctrl và P.")}</p>
            </nav>
            <Cases cases=procedure.imported.cases.clone() tick=true/>
            <Section id="mang-toi" title=t("Mang tới")><ul>{centres}</ul></Section>
            <p class="small">{printed}</p>
        </CitizenMain>
    }
}

#[component]
fn Cases(cases: Vec<PaperCase>, tick: bool) -> impl IntoView {
    if cases.is_empty() {
        return view! { <p>{t("Danh mục không ghi giấy tờ nào. Hỏi Trung tâm trước khi đi.")}</p> }.into_any();
    }
    let several = cases.len() > 1;
    let unnamed = cases.iter().filter(|case| case.name.is_none()).count();
    let mut number = 0;
    let groups = cases
        .into_iter()
        .map(|case| {
            let heading = match case.name {
                Some(name) => Some(name),
                None if several && unnamed > 1 => {
                    number += 1;
                    Some(tf("Nhóm giấy tờ {n}", &[("n", &number.to_string())]))
                }
                None => None,
            };
            let (papers, notes): (Vec<_>, Vec<_>) = case.papers.into_iter().partition(|line| !line.is_note);
            let notes = notes.into_iter().map(|note| view! { <p>{note.name}</p> }).collect_view();
            let list = (!papers.is_empty()).then(|| paper_list(papers, tick));
            view! { {heading.map(|words| view! { <h3>{words}</h3> })} {notes} {list} }
        })
        .collect_view();
    view! { {several.then(|| view! { <p>{t("Chỉ cần giấy tờ của trường hợp mình.")}</p> })} {groups} }.into_any()
}

fn paper_list(papers: Vec<PaperLine>, tick: bool) -> AnyView {
    let rows = papers
        .into_iter()
        .map(|paper| {
            let copies = wording::copies(paper.original, paper.copy);
            let tick = tick.then(|| view! { <Icon glyph=Glyph::Square/>" " });
            view! { <li>{tick}{paper.name}" "<span class="muted">{format!("({copies})")}</span></li> }
        })
        .collect_view();
    if tick { view! { <ul role="list">{rows}</ul> }.into_any() } else { view! { <ul>{rows}</ul> }.into_any() }
}
