//! Reorganisations: the list, and the form that begins one.

use super::{Form, crumbs};
use crate::{
    context::{self, office},
    format, reorganisation_words,
    words::{t, tf},
};
use domain::{
    reorganisation::By,
    time::{Day, Instant},
};
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_query_map;
use office::{Uuid, places::OfficeRow, reorganisations::ReorganisationRow};
use ui::{
    Cell, Checkboxes, Choice, Column, Empty, Glyph, LinkButton, PageTitle, Pager, Radios, Row, Select, Table, Tag, Tone,
};

/// The address of the list.
pub(super) const REORGANISATIONS: &str = "/can-bo/quan-tri/sap-xep";

/// The list.
#[component]
pub fn ReorganisationsPage() -> AnyView {
    let before = use_query_map().with_untracked(|query| query.get("sau")).and_then(|id| id.parse::<Uuid>().ok());
    let (office, who) = (office(), context::staff());
    let reading = async move { office.reorganisations(&who, before).await };
    super::super::page(reading, move |(rows, next)| show(&rows, next, before.is_some()))
}

/// The form.
#[component]
pub fn NewReorganisationPage() -> AnyView {
    let (office, who) = (office(), context::staff());
    super::super::page(async move { office.units_to_reorganise(&who) }, |units| form(&units))
}

fn show(rows: &[ReorganisationRow], next: Option<Uuid>, is_later: bool) -> impl IntoView + use<> {
    let title = t("Sắp xếp đơn vị");
    let labels = [t("Từ ngày"), t("Kết thúc"), t("Tiếp nối"), t("Căn cứ"), t("Tình trạng")];
    let lines = rows.iter().map(|row| line(row, labels)).collect_view();
    let list = if rows.is_empty() {
        view! { <Empty words=t("Các đơn vị anh/chị quản trị chưa có phương án nào. Bấm “Lập phương án” để bắt đầu.")/> }
            .into_any()
    } else {
        let columns = labels.map(Column::new).to_vec();
        view! { <div class="queue-table"><Table caption=title caption_hidden=true columns>{lines}</Table></div> }
            .into_any()
    };
    let first = is_later.then(|| REORGANISATIONS.to_string());
    let next = next.map(|id| format!("{REORGANISATIONS}?sau={id}"));
    view! {
        <Title text=title/>
        {crumbs(None, title)}
        <PageTitle title caption=t("Lập phương án, xem trước, chốt; đến ngày phần mềm tự thực hiện")/>
        <p><LinkButton href="/can-bo/quan-tri/sap-xep/moi">{t("Lập phương án")}</LinkButton></p>
        {list}
        <Pager label=t("Các trang phương án") previous_href=first previous_words=t("Về trang đầu")
            next_href=next next_words=t("Trang sau")/>
    }
}

fn line(row: &ReorganisationRow, labels: [&'static str; 5]) -> impl IntoView + use<> {
    let [day_label, closes_label, heirs_label, basis_label, state_label] = labels;
    let (day, href) = (format::day(Day(row.on_day as i32)), format!("{REORGANISATIONS}/{}", row.id));
    let name = tf("{ngày}: xem phương án", &[("ngày", &day)]);
    let (closes, heirs, basis) = (names(&row.plan.closes), names(&row.plan.heirs), row.plan.basis.clone());
    let state = state_tag(row);
    view! {
        <Row>
            <Cell heading=true label=day_label><a href=href aria-label=name>{day}</a></Cell>
            <Cell label=closes_label>{closes}</Cell>
            <Cell label=heirs_label>{heirs}</Cell>
            <Cell label=basis_label>{basis}</Cell>
            <Cell label=state_label>{state}</Cell>
        </Row>
    }
}

/// The names of units by their keys, as a list.
pub(super) fn names(keys: &[String]) -> AnyView {
    let names = keys.iter().map(|key| view! { <li>{reorganisation_words::office_name(key)}</li> }).collect_view();
    view! { <ul class="plain">{names}</ul> }.into_any()
}

/// How far it has come.
pub(super) fn state_tag(row: &ReorganisationRow) -> AnyView {
    let at = |words, at: i64| tf(words, &[("lúc", &format::moment(Instant(at)))]);
    let (tone, glyph, words) = match (row.finished_at, row.begun_at, row.confirmed_at) {
        (Some(end), ..) => (Tone::Success, Glyph::Tick, at("Xong lúc {lúc}", end)),
        (None, Some(begun), _) => (Tone::Warn, Glyph::Clock, at("Đang chuyển hồ sơ từ {lúc}", begun)),
        (None, None, Some(_)) => (Tone::Info, Glyph::Lock, t("Đã chốt, chờ đến ngày").into()),
        _ => (Tone::Grey, Glyph::Pen, t("Bản dự thảo").into()),
    };
    view! { <Tag tone glyph words/> }.into_any()
}

/// Units to choose from, with the days of those that begin or end.
fn choices(units: &[OfficeRow]) -> Vec<Choice> {
    let today = i64::from(office().now().day().0);
    let choice = |unit: &OfficeRow| {
        let from = Some(unit.valid_from).filter(|from| *from > today).map(|from| Day(from as i32));
        let days = super::days_words(from, unit.valid_to.map(|last| Day(last as i32)));
        let days = Some(days).filter(|days| !days.is_empty()).map(|days| format!(" ({days})")).unwrap_or_default();
        Choice::new(unit.id.to_string(), format!("{}{days}", unit.name))
    };
    units.iter().map(choice).collect()
}

fn form(units: &[OfficeRow]) -> impl IntoView + use<> {
    let title = t("Lập phương án sắp xếp");
    let form = Form::new("reorganisations/prepare_reorganisation");
    let ways = By::ALL.iter().map(|by| Choice::new(by.key(), reorganisation_words::by(*by))).collect::<Vec<_>>();
    let way = form.typed("by").unwrap_or_else(|| By::One.key().into());
    let (closing, continuing) = (form.chosen("closes[]"), form.chosen("heirs[]"));
    let fields = view! {
        {form.text("basis", "basis", t("Nghị quyết, quyết định sắp xếp"), t("Số, ngày, cơ quan ban hành. Hiện cho người dân trên hồ sơ được chuyển."), "")}
        {form.day("day", "day", t("Ngày đơn vị mới hoạt động"), t("Đơn vị kết thúc làm việc đến hết ngày hôm trước."), None)}
        <Checkboxes id="closes" name="closes[]" legend=t("Đơn vị kết thúc hoạt động") error=form.wrong("closes")
            options=choices(units) values=closing/>
        <Checkboxes id="heirs" name="heirs[]" legend=t("Đơn vị tiếp nối")
            hint=t("Phải đang hoạt động, hoặc bắt đầu từ ngày đó.") error=form.wrong("heirs")
            options=choices(units) values=continuing/>
        <Radios id="by" name="by" legend=t("Chia hồ sơ đang giải quyết") error=form.wrong("by") options=ways value=way/>
        <Select id="rest" name="rest" label=t("Đơn vị nhận phần còn lại")
            hint=t("Hồ sơ nào không thuộc dòng nào thì về đây. Một đơn vị tiếp nối thì không cần chọn.")
            blank=t("Chọn đơn vị") options=choices(units) value=form.typed("rest") error=form.wrong("rest")/>
    };
    let body = if units.len() < 2 {
        let words = t(
            "Sắp xếp cần ít nhất hai đơn vị. Tài khoản này quản trị ít hơn. Việc này thuộc người quản trị cấp trên, hoặc người quản trị của tất cả đơn vị liên quan.",
        );
        view! { <p>{words}</p> }.into_any()
    } else {
        form.draw(&[], fields.into_any(), t("Lập bản dự thảo, xem trước").into(), "button")
    };
    view! {
        <Title text=title/>
        {crumbs(Some((t("Sắp xếp đơn vị"), REORGANISATIONS)), title)}
        <PageTitle title caption=t("Chưa thay đổi gì cho đến khi chốt")/>
        {body}
    }
}
