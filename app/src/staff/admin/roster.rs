//! Who works in the unit: the list.

use super::{crumbs, days_words};
use crate::{
    context::{self, office},
    status,
    words::{t, tf},
};
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_query_map;
use office::{
    Uuid,
    places::OfficeRow,
    roster::{Member, RosterFilter, RosterPage as Found},
};
use ui::{Cell, Choice, Column, Empty, FilterBar, LinkButton, PageTitle, Pager, Row, Select, Table, TextField};

/// The address of the list.
pub(super) const ROSTER: &str = "/can-bo/quan-tri/can-bo";

/// The list, narrowed by what stands in the address.
#[component]
pub fn RosterPage() -> AnyView {
    let (office, who) = (office(), context::staff());
    let query = use_query_map();
    let typed = |name: &str| query.with_untracked(|query| query.get(name)).unwrap_or_default();
    let filter =
        RosterFilter { words: typed("q"), office: typed("co_quan").parse().ok(), ended: typed("da_nghi") == "1" };
    let after: Option<Uuid> = typed("sau").parse().ok();
    let narrowed = filter.clone();
    let reading = async move {
        let offices = office.offices_to_work_in(&who)?;
        Ok((office.roster(&who, &filter, after).await?, offices))
    };
    super::super::page(reading, move |(page, offices)| show(page, &offices, &narrowed, after.is_some()))
}

fn show(page: Found, offices: &[OfficeRow], filter: &RosterFilter, is_later: bool) -> impl IntoView + use<> {
    let title = t("Cán bộ và vai trò");
    let labels = [t("Họ và tên"), t("Tên đăng nhập"), t("Vai trò"), t("Tình trạng")];
    let rows = page.members.iter().map(|member| line(member, labels)).collect_view();
    let list = if page.members.is_empty() {
        view! { <Empty words=t("Không có cán bộ nào khớp. Bỏ bớt điều kiện lọc.")/> }.into_any()
    } else {
        let columns = labels.map(Column::new).to_vec();
        view! { <div class="queue-table"><Table caption=title caption_hidden=true columns>{rows}</Table></div> }
            .into_any()
    };
    let choices = offices.iter().map(|office| Choice::new(office.id.to_string(), office.name.clone())).collect();
    let states = vec![Choice::new("0", t("Đang làm việc")), Choice::new("1", t("Đã nghỉ"))];
    let address = |after: Option<Uuid>| {
        let office = filter.office.map(|id| id.to_string()).unwrap_or_default();
        let ended = u8::from(filter.ended);
        let after = after.map(|id| format!("&sau={id}")).unwrap_or_default();
        format!("{ROSTER}?q={}&co_quan={office}&da_nghi={ended}{after}", context::encode(&filter.words))
    };
    let pager = (page.next.is_some() || is_later).then(|| {
        let (first, next) = (is_later.then(|| address(None)), page.next.map(|id| address(Some(id))));
        view! {
            <Pager label=t("Các trang danh sách cán bộ") previous_href=first previous_words=t("Về trang đầu")
                next_href=next next_words=t("Trang sau")/>
        }
    });
    let (words, chosen) = (filter.words.clone(), filter.office.map(|id| id.to_string()));
    let ended = u8::from(filter.ended).to_string();
    view! {
        <Title text=title/>
        {crumbs(None, title)}
        <PageTitle title/>
        <FilterBar label=t("Lọc danh sách") action=ROSTER>
            <TextField id="q" label=t("Tên hoặc tên đăng nhập") value=words width=16/>
            <Select id="co_quan" label=t("Cơ quan") blank=t("Tất cả") options=choices
                value=chosen/>
            <Select id="da_nghi" label=t("Tình trạng") options=states value=ended/>
            <button class="button button-secondary" type="submit">{t("Lọc")}</button>
        </FilterBar>
        <p><LinkButton href="/can-bo/quan-tri/can-bo/them">{t("Thêm cán bộ")}</LinkButton></p>
        {list}
        {pager}
    }
}

fn line(member: &Member, labels: [&'static str; 4]) -> impl IntoView + use<> {
    let [name_label, login_label, role_label, state_label] = labels;
    let now = office().now();
    let today = now.day();
    let books = office().books();
    let goes_on = |last: Option<domain::time::Day>| last.is_none_or(|last| last >= today);
    let is_active = member.is_active(now);
    let held = member.positions.iter().filter(|one| one.is_here && (goes_on(one.to) || !is_active));
    let roles = held
        .map(|one| {
            let place = books.places.by_id(one.office).map_or(String::new(), |office| office.name.clone());
            let days = days_words(Some(one.from), one.to);
            view! { <li>{status::role(one.role)} " " <span class="sub">{place} ", " {days}</span></li> }
        })
        .collect_view();
    let state = match (is_active, member.shut) {
        (true, Some(at)) => tf("nghỉ từ {ngày}", &[("ngày", &crate::format::day(at.day()))]),
        (true, None) => t("đang làm việc").into(),
        (false, _) => t("đã nghỉ").into(),
    };
    let href = format!("{ROSTER}/{}", member.id);
    let (name, login) = (member.name.clone(), member.login.clone());
    view! {
        <Row>
            <Cell heading=true label=name_label><a href=href>{name}</a></Cell>
            <Cell label=login_label><span class="code">{login}</span></Cell>
            <Cell label=role_label><ul class="plain">{roles}</ul></Cell>
            <Cell label=state_label>{state}</Cell>
        </Row>
    }
}
