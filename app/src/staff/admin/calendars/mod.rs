//! The calendars of one's units: what holds, what is in the making, and the year as a sheet.

pub mod draft;
pub mod preview;
pub mod sheet;

use super::{Form, crumbs};
use crate::{
    context::{self, office},
    format,
    words::{t, tf},
};
use domain::working_time::{Calendar, proposal::Beside};
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_query_map;
use office::calendar_drafts::{CalendarDraft, UnitCalendars};
use ui::{Choice, Notice, PageTitle, Radios, Section, Select, SummaryList, SummaryRow};

/// The address of the calendars.
pub(super) const CALENDARS: &str = "/can-bo/quan-tri/lich";

/// The calendars of the units.
#[component]
pub fn CalendarsPage() -> AnyView {
    let year = use_query_map().with_untracked(|query| query.get("nam")).and_then(|year| year.parse::<i32>().ok());
    let (office, who) = (office(), context::staff());
    super::super::page(async move { office.calendars(&who).await }, move |units| show(&units, year))
}

fn show(units: &[UnitCalendars], year: Option<i32>) -> impl IntoView + use<> {
    let title = t("Lịch làm việc");
    let units = units.iter().map(|unit| of_unit(unit, year)).collect_view();
    view! {
        <Title text=title/>
        {crumbs(None, title)}
        <PageTitle title caption=t("Hồ sơ giữ lịch lúc tiếp nhận: lịch mới không dời ngày hẹn của hồ sơ đang giải quyết")/>
        {units}
    }
}

fn of_unit(unit: &UnitCalendars, year: Option<i32>) -> AnyView {
    let calendar = unit.coming.as_ref().map_or(&unit.standing, |(_, coming)| coming);
    let this_year = office().now().day().year();
    let year = year.filter(|year| calendar.is_published(*year)).unwrap_or(this_year);
    let years = calendar
        .published()
        .map(|one| {
            let current = (one == year).then_some("page");
            view! { <li><a href=format!("{CALENDARS}?nam={one}#to-lich") aria-current=current>{one}</a></li> }
        })
        .collect_view();
    let coming = unit.coming.as_ref().map(|(from, coming)| {
        let words = tf(
            "Đã công bố lịch {bản}, áp dụng cho hồ sơ nhận từ {ngày}.",
            &[("bản", coming.version()), ("ngày", &format::day(*from))],
        );
        view! { <Notice>{words}</Notice> }
    });
    let whose = if unit.is_own { t("lịch riêng của đơn vị") } else { t("lịch chung của tỉnh") };
    let drafts = unit.drafts.iter().map(draft_line).collect_view();
    let drafts = match unit.drafts.is_empty() {
        true => view! { <p class="sub">{t("Không có bản nháp nào.")}</p> }.into_any(),
        false => view! { <ul class="plain">{drafts}</ul> }.into_any(),
    };
    let (version, hours) = (unit.standing.version().to_owned(), hours_words(&unit.standing));
    let (begin, whole) = (begin_form(unit), sheet::sheet(calendar, year));
    let named = sheet::named_days(calendar, year);
    let sheet_title = tf("Tờ lịch năm {năm}", &[("năm", &year.to_string())]);
    view! {
        <Section title=unit.name.clone() id=format!("don-vi-{}", unit.unit)>
            {coming}
            <SummaryList>
                <SummaryRow label=t("Đang dùng")>
                    <span class="code">{version}</span> " (" {whose} ")"
                </SummaryRow>
                <SummaryRow label=t("Giờ làm việc")>{hours}</SummaryRow>
                <SummaryRow label=t("Năm đã có lịch")><ul class="plain inline-list">{years}</ul></SummaryRow>
            </SummaryList>
        </Section>
        <Section title=t("Bản nháp") id="ban-nhap">{drafts} {begin}</Section>
        <Section title=sheet_title id="to-lich">{whole} {named}</Section>
    }
    .into_any()
}

fn draft_line(draft: &CalendarDraft) -> AnyView {
    let href = format!("{CALENDARS}/{}", draft.id);
    let words = tf("Bản nháp lịch năm {năm}", &[("năm", &draft.year.to_string())]);
    let what =
        tf("{n} ngày nghỉ, làm bù; {tên} lập", &[("n", &draft.entries.len().to_string()), ("tên", &draft.staff_name)]);
    view! { <li><a href=href>{words}</a> " " <span class="sub">{what}</span></li> }.into_any()
}

/// `07:00–11:30 và 13:30–17:00`.
pub(super) fn hours_words(calendar: &Calendar) -> String {
    let hours = calendar.data().seasons.last().map_or(calendar.data().hours, |season| season.hours);
    tf(
        "{từ}–{đến} và {từ chiều}–{đến chiều}",
        &[
            ("từ", &hours.morning.from.to_string()),
            ("đến", &hours.morning.to.to_string()),
            ("từ chiều", &hours.afternoon.from.to_string()),
            ("đến chiều", &hours.afternoon.to.to_string()),
        ],
    )
}

fn begin_form(unit: &UnitCalendars) -> AnyView {
    let id = unit.unit.to_string();
    let form = Form::one_of("calendars/draft_calendar", "unit", &id);
    let this_year = office().now().day().year();
    let years: Vec<i32> = (this_year..=this_year + 2).collect();
    let next = years.iter().find(|year| !unit.standing.is_published(**year)).unwrap_or(&this_year).to_string();
    let options = years.iter().map(|year| Choice::new(year.to_string(), year.to_string())).collect::<Vec<_>>();
    let sides = vec![Choice::new(Beside::Before.key(), t("Ngày 1/9")), Choice::new(Beside::After.key(), t("Ngày 3/9"))];
    let fields = view! {
        <Select id=form.id("year") name="year" label=t("Năm") error=form.wrong("year") options
            hint=t("Năm đã có lịch thì bản nháp bắt đầu từ lịch đó, hai câu dưới không dùng đến.")
            value=form.typed("year").unwrap_or(next)/>
        {form.day("tet", "tet", t("Ngày nghỉ Tết Âm lịch đầu tiên"),
            t("Nghỉ năm ngày liền, phải có mùng 1. Để trống thì lấy ngày cuối năm âm lịch."), None)}
        <Radios id=form.id("national") name="national" legend=t("Ngày nghỉ thứ hai dịp Quốc khánh")
            hint=t("Chưa chọn thì lấy ngày 1/9, hoặc 3/9 khi 1/9 là ngày nghỉ.") inline=true options=sides
            value=form.typed("national")/>
    };
    let form = form.draw(&[("unit", id)], fields.into_any(), t("Lập bản nháp").into(), "button");
    view! {
        <p>{t("Bản nháp có sẵn các ngày nghỉ lễ theo luật và ngày nghỉ bù. Thêm ngày hoán đổi, xem trước, rồi công bố.")}</p>
        {form}
    }
    .into_any()
}
