//! What to bring: the papers of each case, word for word, and the same as a list to print and tick.

use super::{
    prose::{self, Mark, Piece},
    wording,
};
use crate::{
    citizen::about::opening,
    context::office,
    format,
    island::{CopyCode, PRINT},
    words::{t, tf},
};
use domain::procedure::paper::{PaperCase, PaperLine};
use leptos::prelude::*;
use leptos_meta::Title;
use office::catalogue::ProcedureVersion;
use std::sync::Arc;
use ui::{BackLink, CitizenMain, Details, Glyph, Icon, PageTitle, Section};

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
            let week = opening::week(&office.books().places.calendar_of(centre.id, now.day()), now.day());
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
                <CopyCode
                    code=String::new()
                    words=t("In danh sách này").to_owned()
                    which=String::new()
                    done=String::new()
                    way=PRINT.to_owned()
                />
                <p>{t("Để in: chọn In trong trình duyệt, hoặc bấm Ctrl và P.")}</p>
            </nav>
            <Cases cases=procedure.imported.cases.clone() tick=true/>
            <Section id="mang-toi" title=t("Mang tới")><ul>{centres}</ul></Section>
            <p class="small">{printed}</p>
        </CitizenMain>
    }
}

/// With more papers than this in several cases, each case is folded under its name.
const MOST_OPEN: usize = 16;
/// More notes than this are folded.
const MOST_NOTES: usize = 3;
/// A longer name of a paper is folded after its first part, in characters.
const LONG_NAME: usize = 300;
/// A longer list of papers inside one row is folded, in characters.
const LONG_LIST: usize = 1200;

#[component]
fn Cases(cases: Vec<PaperCase>, tick: bool) -> impl IntoView {
    if cases.is_empty() {
        return view! { <p>{t("Danh mục không ghi giấy tờ nào. Hỏi Trung tâm trước khi đi.")}</p> }.into_any();
    }
    // What holds notes alone is no case.
    let has_papers = |case: &PaperCase| case.papers.iter().any(|line| !line.is_note);
    let several = cases.iter().filter(|case| has_papers(case)).count() > 1;
    let folded = several && cases.iter().flat_map(|case| &case.papers).filter(|line| !line.is_note).count() > MOST_OPEN;
    let unnamed = cases.iter().filter(|case| case.name.is_none() && has_papers(case)).count();
    let mut number = 0;
    let groups = cases
        .into_iter()
        .map(|case| {
            let heading = match case.name {
                Some(name) => Some(prose::bare(&name)),
                None if several && unnamed > 1 && case.papers.iter().any(|line| !line.is_note) => {
                    number += 1;
                    Some(tf("Nhóm giấy tờ {n}", &[("n", &number.to_string())]))
                }
                None => None,
            };
            let (papers, notes): (Vec<_>, Vec<_>) = case.papers.into_iter().partition(|line| !line.is_note);
            let leads = leading(&papers);
            let count = papers.len().to_string();
            let list = (!papers.is_empty()).then(|| paper_list(papers, tick));
            let notes = notes_of(notes);
            match heading {
                Some(heading) if folded => {
                    let summary = tf("{nhóm} ({n} giấy tờ)", &[("nhóm", &heading), ("n", &count)]);
                    // What tells one group from the next is its application form.
                    let summary = leads.map_or(summary.clone(), |words| format!("{summary}: {words}"));
                    view! { <Details summary>{list} {notes}</Details> }.into_any()
                }
                heading => view! { {heading.map(|words| view! { <h3>{words}</h3> })} {list} {notes} }.into_any(),
            }
        })
        .collect_view();
    let own = several.then(|| view! { <p>{t("Chỉ cần giấy tờ của trường hợp mình.")}</p> });
    let unsure = (several && unnamed > 1).then(|| {
        view! { <p>{t("Danh mục không ghi nhóm nào cho trường hợp nào. Xem tên đơn của từng nhóm, hoặc hỏi Trung tâm.")}</p> }
    });
    view! { {own} {unsure} <div class="folds">{groups}</div> }.into_any()
}

/// The application form of a group, which names its case.
fn leading(papers: &[PaperLine]) -> Option<String> {
    let named = |paper: &&PaperLine| {
        let folded = domain::text::fold(&paper.name);
        folded.starts_with("don ") || folded.starts_with("to khai")
    };
    papers.iter().find(named).map(|paper| first_part(&paper.name).0)
}

/// What the record says among the papers but nobody has to bring. It stands after them: what to bring comes first.
fn notes_of(notes: Vec<PaperLine>) -> Option<AnyView> {
    if notes.is_empty() {
        return None;
    }
    let count = notes.len();
    let pieces: Vec<_> = notes.iter().flat_map(|note| prose::pieces(&note.name)).collect();
    let words = prose::laid_out(&pieces);
    let summary = tf("Lưu ý về giấy tờ ({n})", &[("n", &count.to_string())]);
    Some(if count > MOST_NOTES { view! { <Details summary>{words}</Details> }.into_any() } else { words })
}

fn paper_list(papers: Vec<PaperLine>, tick: bool) -> AnyView {
    let rows = papers
        .into_iter()
        .map(|paper| {
            let copies = wording::copies(paper.original, paper.copy);
            let tick = tick.then(|| view! { <Icon glyph=Glyph::Square/>" " });
            let (name, more) = first_part(&paper.name);
            let more = (!more.is_empty()).then(|| {
                let length = more.iter().map(|one| one.words.chars().count()).sum::<usize>();
                // Behind a colon stand the papers themselves: they are folded only when there are very many.
                let long = length > if name.ends_with(':') { LONG_LIST } else { LONG_NAME };
                let words = prose::laid_out(&more);
                if long {
                    view! { <Details summary=t("Xem đủ nội dung giấy này")>{words}</Details> }.into_any()
                } else {
                    words
                }
            });
            view! { <li>{tick}{name}" "<span class="muted">{format!("({copies})")}</span>{more}</li> }
        })
        .collect_view();
    if tick { view! { <ul role="list">{rows}</ul> }.into_any() } else { view! { <ul>{rows}</ul> }.into_any() }
}

/// The first part of a paper's words, and what goes on after it. A long sentence gives way after its first full stop.
fn first_part(words: &str) -> (String, Vec<Piece>) {
    let mut pieces = prose::pieces(words).into_iter();
    let Some(first) = pieces.next() else { return (String::new(), Vec::new()) };
    let mut more: Vec<Piece> = pieces.collect();
    let mut name = first.words;
    if name.chars().count() > LONG_NAME
        && let Some(at) = name.find(". ")
    {
        more.insert(0, Piece { mark: Mark::None, words: name.split_off(at + 2) });
        name.truncate(name.trim_end().len());
    }
    (name, more)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_paper_is_named_first_and_what_goes_on_comes_after() {
        let (name, more) = first_part("- Tờ khai theo mẫu;");
        assert_eq!((name.as_str(), more.len()), ("Tờ khai theo mẫu;", 0));
        let long = format!("- Giấy tờ về đất đai bao gồm: + Giấy một. + Giấy hai. {}", "Cũ. ".repeat(80));
        let (name, more) = first_part(&long);
        assert_eq!(name, "Giấy tờ về đất đai bao gồm:");
        assert_eq!(more[0].words, "Giấy một.");
    }

    #[test]
    fn a_group_is_told_by_its_application_form() {
        let line = |name: &str| PaperLine {
            code: String::new(),
            name: name.into(),
            kind: String::new(),
            original: true,
            copy: false,
            is_note: false,
        };
        let papers = [line("Giấy chứng nhận"), line("- Đơn đề nghị cấp giấy phép sửa chữa.")];
        assert_eq!(leading(&papers).as_deref(), Some("Đơn đề nghị cấp giấy phép sửa chữa."));
        assert_eq!(leading(&papers[..1]), None);
    }
}
