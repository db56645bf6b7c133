//! The catalogue: search and filters in the address, the procedures below.

pub mod life_event;

use super::procedure::wording;
use crate::{
    context::{encode, office},
    words::{t, tf},
};
use domain::{procedure::local::OnlineLevel, time::Day};
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::{hooks::use_query_map, params::ParamsMap};
use life_event::{LIFE_EVENTS, LifeEvent};
use office::{
    Books,
    catalogue::{ProcedureVersion, Search},
};
use std::{collections::BTreeSet, sync::Arc};
use ui::{
    Breadcrumb, Button, ButtonKind, Checkbox, Choice, CitizenMain, Crumb, Details, Empty, Glyph, LinkButton, PageTitle,
    Pager, SearchBox, Section, Select, Tag, Task, TaskList,
};

/// How many procedures one page shows.
const PAGE: usize = 40;
/// Longest search that is looked at, in characters.
const LONGEST: usize = 100;

/// What the address asks for.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
struct Wanted {
    words: String,
    field: String,
    audience: String,
    level: String,
    event: String,
    /// Only what can be filed here online.
    here: bool,
    /// Counted from one.
    page: usize,
}

/// `/thu-tuc`.
#[component]
pub fn CataloguePage() -> impl IntoView {
    let wanted = Wanted::read(&use_query_map().get_untracked());
    let (office, books) = (office(), office().books());
    let today = office.now().day();
    let found = wanted.find(&books, today);
    let near = if found.is_empty() && !wanted.words.is_empty() { wanted.near(&books, today) } else { Vec::new() };
    let title = match LifeEvent::of_key(&wanted.event) {
        Some(event) => tf("Thủ tục khi: {việc}", &[("việc", event.title)]),
        None => t("Danh mục thủ tục").to_string(),
    };
    let before = view! {
        <Breadcrumb label=t("Vị trí trang") crumbs=vec![Crumb::new(t("Trang chủ"), "/"), Crumb::here(title.clone())]/>
    }
    .into_any();
    view! {
        <Title text=title.clone()/>
        <CitizenMain before wide=true>
            <PageTitle title/>
            <SearchForm wanted=wanted.clone() books=books.clone() today/>
            <Results wanted found near today/>
        </CitizenMain>
    }
}

#[component]
fn SearchForm(wanted: Wanted, books: Arc<Books>, today: Day) -> impl IntoView {
    let fields = books
        .catalogue
        .fields(today)
        .into_iter()
        .map(|(name, count)| Choice::new(name.clone(), format!("{name} ({count})")))
        .collect::<Vec<_>>();
    let audiences: BTreeSet<&String> = books.catalogue.all(today).flat_map(|p| p.audiences()).collect();
    let audiences = audiences.into_iter().map(|name| Choice::new(name, name)).collect::<Vec<_>>();
    let levels = wording::LEVELS.iter().map(|level| Choice::new(wording::level_key(*level), wording::level(*level).0));
    let levels = levels.collect::<Vec<_>>();
    let (words, filtered) = (wanted.words.clone(), wanted.is_filtered());
    let events = LIFE_EVENTS.iter().map(|event| Choice::new(event.key, event.title)).collect::<Vec<_>>();
    let clear = wanted.is_filtered().then(|| {
        view! { <LinkButton kind=ButtonKind::Quiet href=wanted.unfiltered()>{t("Bỏ lọc")}</LinkButton> }
    });
    view! {
        <SearchBox
            id="tim-thu-tuc"
            action="/thu-tuc"
            label=t("Tìm thủ tục")
            hint=t("Tên, mã hoặc từ thường gọi; không cần gõ dấu")
            value=words
            button=t("Tìm kiếm")
        >
            <Details summary=t("Lọc") open=filtered>
                <Select id="viec" label=t("Việc trong đời") blank=t("Tất cả") options=events value=wanted.event/>
                <Select id="linh_vuc" label=t("Lĩnh vực") blank=t("Tất cả") options=fields value=wanted.field/>
                <Select id="doi_tuong" label=t("Ai được làm") blank=t("Tất cả") options=audiences value=wanted.audience/>
                <Select id="muc_do" label=t("Mức độ trực tuyến") blank=t("Tất cả") options=levels value=wanted.level/>
                <Checkbox id="tai_day" label=t("Chỉ thủ tục nộp trực tuyến được ở đây") checked=wanted.here/>
                <Button kind=ButtonKind::Secondary glyph=Glyph::Filter>{t("Lọc")}</Button>
            </Details>
            {clear}
        </SearchBox>
    }
}

#[component]
fn Results(
    wanted: Wanted,
    found: Vec<Arc<ProcedureVersion>>,
    near: Vec<Arc<ProcedureVersion>>,
    today: Day,
) -> impl IntoView {
    let said = wanted.count_words(found.len());
    if found.is_empty() {
        let advice = match (wanted.is_filtered(), wanted.words.is_empty()) {
            (true, _) => t("Bỏ bớt bộ lọc, hoặc thử từ khác."),
            (false, _) => t("Thử một hai từ chính, ví dụ: khai sinh, đất đai, hộ nghèo."),
        };
        let near = (!near.is_empty()).then(|| {
            let items = near.into_iter().map(|procedure| view! { <Item procedure today/> }).collect_view();
            view! { <Section id="gan-dung" title=t("Có thể ông/bà cần")><TaskList>{items}</TaskList></Section> }
        });
        let unfiltered = wanted.is_filtered().then(|| {
            view! { <p><a href=wanted.unfiltered()>{t("Bỏ lọc, giữ từ đang tìm")}</a></p> }
        });
        return view! {
            <Empty glyph=Glyph::Search words=said>
                <p>{advice}</p>
                {unfiltered}
                <p><a href="/thu-tuc">{t("Xem tất cả thủ tục")}</a></p>
                <p><a href="/lien-he">{t("Hỏi Trung tâm")}</a></p>
            </Empty>
            {near}
        }
        .into_any();
    }
    let pages = found.len().div_ceil(PAGE);
    let page = wanted.page.clamp(1, pages);
    let items = found
        .iter()
        .skip((page - 1) * PAGE)
        .take(PAGE)
        .map(|procedure| view! { <Item procedure=procedure.clone() today/> })
        .collect_view();
    let (n, all) = (page.to_string(), pages.to_string());
    view! {
        <p role="status">{said}</p>
        <TaskList>{items}</TaskList>
        <Pager
            label=t("Các trang của danh mục")
            previous_href=(page > 1).then(|| wanted.address(page - 1))
            previous_words=t("Trang trước")
            next_href=(page < pages).then(|| wanted.address(page + 1))
            next_words=t("Trang sau")
            position=tf("Trang {n}/{tất cả}", &[("n", &n), ("tất cả", &all)])
        />
    }
    .into_any()
}

#[component]
fn Item(procedure: Arc<ProcedureVersion>, today: Day) -> impl IntoView {
    let facts = [
        procedure.field().to_string(),
        wording::usual_term(&procedure),
        wording::where_filed(&procedure, today).into(),
    ];
    let facts = facts.into_iter().filter(|fact| !fact.is_empty()).collect::<Vec<_>>().join(" · ");
    let (words, tone, glyph) = wording::level_of(&procedure);
    view! {
        <Task
            id=format!("tt-{}", procedure.code)
            title=procedure.name.clone()
            href=format!("/thu-tuc/{}", procedure.code)
            hint=facts
        >
            <Tag tone glyph words/>
        </Task>
    }
}

impl Wanted {
    fn read(query: &ParamsMap) -> Self {
        let text = |name: &str| query.get(name).unwrap_or_default().trim().chars().take(LONGEST).collect::<String>();
        Self {
            words: text("q"),
            field: text("linh_vuc"),
            audience: text("doi_tuong"),
            level: text("muc_do"),
            event: text("viec"),
            here: !text("tai_day").is_empty(),
            page: text("trang").parse().unwrap_or(1),
        }
    }

    fn find(&self, books: &Books, today: Day) -> Vec<Arc<ProcedureVersion>> {
        self.filtered(books.catalogue.search(&self.search(), today))
    }

    /// What comes near, when nothing was found.
    fn near(&self, books: &Books, today: Day) -> Vec<Arc<ProcedureVersion>> {
        self.filtered(books.catalogue.search_near(&self.search(), today))
    }

    fn search(&self) -> Search {
        Search {
            words: self.words.clone(),
            field: self.field.clone(),
            audience: self.audience.clone(),
            online: self.here,
        }
    }

    /// The filters that the catalogue itself does not know.
    fn filtered(&self, mut found: Vec<Arc<ProcedureVersion>>) -> Vec<Arc<ProcedureVersion>> {
        if let Some(event) = LifeEvent::of_key(&self.event) {
            found.retain(|procedure| event.holds(procedure));
        }
        if let Some(level) = wording::level_from_key(&self.level) {
            found.retain(|p| p.local.as_ref().map_or(OnlineLevel::InformationOnly, |local| local.level) == level);
        }
        found
    }

    /// Whether anything but the words narrows the list.
    fn is_filtered(&self) -> bool {
        self.here || [&self.field, &self.audience, &self.level, &self.event].iter().any(|filter| !filter.is_empty())
    }

    /// The same search without filters.
    fn unfiltered(&self) -> String {
        Self { words: self.words.clone(), ..Self::default() }.address(1)
    }

    /// The address of a page of the same search.
    fn address(&self, page: usize) -> String {
        let page = if page > 1 { page.to_string() } else { String::new() };
        let pairs = [
            ("q", self.words.as_str()),
            ("viec", &self.event),
            ("linh_vuc", &self.field),
            ("doi_tuong", &self.audience),
            ("muc_do", &self.level),
            ("tai_day", if self.here { "1" } else { "" }),
            ("trang", &page),
        ];
        let pairs = pairs.iter().filter(|(_, value)| !value.is_empty());
        let query = pairs.map(|(name, value)| format!("{name}={}", encode(value))).collect::<Vec<_>>().join("&");
        if query.is_empty() { "/thu-tuc".into() } else { format!("/thu-tuc?{query}") }
    }

    fn count_words(&self, count: usize) -> String {
        let n = count.to_string();
        match (count, self.words.is_empty()) {
            (0, true) => t("Chưa thấy thủ tục nào với bộ lọc này.").into(),
            (0, false) => tf("Chưa thấy thủ tục nào cho “{từ}”.", &[("từ", &self.words)]),
            (_, true) => tf("Có {n} thủ tục.", &[("n", &n)]),
            (_, false) => tf("Có {n} thủ tục cho “{từ}”.", &[("n", &n), ("từ", &self.words)]),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_address_of_the_next_page_keeps_every_filter() {
        let wanted = Wanted {
            words: "sao y".into(),
            field: "Hộ tịch".into(),
            level: "toan_trinh".into(),
            here: true,
            ..Wanted::default()
        };
        assert_eq!(
            wanted.address(2),
            "/thu-tuc?q=sao%20y&linh_vuc=H%E1%BB%99%20t%E1%BB%8Bch&muc_do=toan_trinh&tai_day=1&trang=2"
        );
        assert_eq!(wanted.unfiltered(), "/thu-tuc?q=sao%20y");
        assert_eq!(Wanted::default().address(1), "/thu-tuc");
    }

    #[test]
    fn an_empty_list_says_what_was_looked_for() {
        let wanted = Wanted { words: "abc".into(), ..Wanted::default() };
        assert_eq!(wanted.count_words(0), "Chưa thấy thủ tục nào cho “abc”.");
        assert_eq!(wanted.count_words(3), "Có 3 thủ tục cho “abc”.");
        assert_eq!(Wanted::default().count_words(30), "Có 30 thủ tục.");
    }
}
