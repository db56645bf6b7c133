//! The register (form 07) on the screen, to print and to keep as a spreadsheet.

use crate::{
    context::{self, office},
    format, status,
    words::{t, tf},
};
use domain::{person::PartialDate, time::Day, time::Instant};
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_query_map;
use office::{Error, dossiers::DossierRow, registers::RegisterPage as Register, rights::Task};
use ui::{Cell, Choice, Column, Empty, FilterBar, Notice, PageTitle, Row, Select, Table, TextField, Tone};

/// Days as they were typed, and as they were understood.
#[derive(Clone)]
struct Days {
    from: Day,
    to: Day,
    /// A day was typed that does not exist: the first of the month or today stands in its place.
    wrong: bool,
}

/// The register of some days; this month's when none are asked for.
#[component]
pub fn RegisterPage() -> AnyView {
    let (office, who) = (office(), context::staff());
    let query = use_query_map();
    let typed = |name: &str| query.with_untracked(|query| query.get(name)).unwrap_or_default();
    let days = days_of(&typed("tu"), &typed("den"), office.now().day());
    let units = office.units_for(&who, Task::ReadRegister);
    let asked = typed("don_vi").parse::<i64>().ok().filter(|unit| units.contains(unit));
    let Some(unit) = asked.or_else(|| units.first().copied()) else {
        let error = if who.staff().is_some() { Error::Forbidden } else { Error::SignInFirst };
        return super::problem_page(&error);
    };
    let (from, to) = (days.from, days.to);
    super::page(async move { office.register(&who, unit, from, to).await }, move |page| show(&page, &days, &units))
}

fn show(page: &Register, days: &Days, units: &[i64]) -> impl IntoView + use<> {
    let title = t("Sổ theo dõi hồ sơ");
    let between = tf(
        "Mẫu 07. Từ {từ} đến {đến}, {n} hồ sơ.",
        &[("từ", &format::day(page.from)), ("đến", &format::day(page.to)), ("n", &page.rows.len().to_string())],
    );
    let wrong = days.wrong.then(|| {
        view! { <Notice tone=Tone::Warn>{t("Ngày chưa đúng nên sổ hiện từ đầu tháng đến hôm nay. Gõ theo dạng 23/11/2026.")}</Notice> }
    });
    let more = page.more.then(|| {
        view! { <Notice tone=Tone::Warn>{t("Sổ còn dài hơn trang này. Thu hẹp khoảng ngày để xem đủ.")}</Notice> }
    });
    let query = format!("tu={}&den={}&don_vi={}", page.from, page.to, page.unit);
    let (xlsx, pdf) = (format!("/so-theo-doi/so.xlsx?{query}"), format!("/so-theo-doi/so.pdf?{query}"));
    let labels = [
        t("STT"),
        t("Mã hồ sơ"),
        t("Thủ tục"),
        t("Cá nhân, tổ chức"),
        t("Ngày nhận"),
        t("Hẹn trả"),
        t("Xong"),
        t("Trả kết quả"),
        t("Trạng thái"),
    ];
    let lines = page.rows.iter().enumerate().map(|(index, row)| line(index + 1, row, labels)).collect_view();
    let list = if page.rows.is_empty() {
        view! { <Empty words=t("Không có hồ sơ nào được tiếp nhận trong khoảng này.")/> }.into_any()
    } else {
        let columns = labels.map(Column::new).to_vec();
        view! { <div class="queue-table"><Table caption=title caption_hidden=true columns>{lines}</Table></div> }
            .into_any()
    };
    view! {
        <Title text=title/>
        <PageTitle title caption=between/>
        {wrong}
        {filters(page, units)}
        <p class="links staff-exports">
            <a href=xlsx>{t("Xuất Excel")}</a>
            " "
            <a href=pdf>{t("In sổ (PDF)")}</a>
        </p>
        {more}
        {list}
    }
}

fn filters(page: &Register, units: &[i64]) -> impl IntoView + use<> {
    let (from, to, unit) = (format::day(page.from), format::day(page.to), page.unit.to_string());
    let places = office().books();
    let options: Vec<Choice> = units
        .iter()
        .filter_map(|unit| Some(Choice::new(unit.to_string(), places.places.by_id(*unit)?.name.clone())))
        .collect();
    let unit = (options.len() > 1).then(|| view! { <Select id="don_vi" label=t("Đơn vị") options value=unit/> });
    view! {
        <FilterBar label=t("Khoảng ngày") action="/can-bo/so-theo-doi">
            <TextField id="tu" label=t("Từ ngày") value=from width=12 inputmode="numeric" autocomplete="off"/>
            <TextField id="den" label=t("Đến ngày") value=to width=12 inputmode="numeric" autocomplete="off"/>
            {unit}
            <button class="button button-secondary" type="submit">{t("Xem sổ")}</button>
        </FilterBar>
    }
}

fn line(ordinal: usize, row: &DossierRow, labels: [&'static str; 9]) -> impl IntoView + use<> {
    let day = |at: Option<Instant>| at.map_or_else(String::new, |at| format::day(at.day()));
    let (name, procedure) = if row.sensitive {
        (t("Thông tin được bảo vệ").to_string(), t("Mở hồ sơ để xem").to_string())
    } else {
        (row.applicant_name.clone(), row.procedure_name.clone())
    };
    let href = format!("/can-bo/ho-so/{}", row.id);
    let code = row.code.clone().unwrap_or_default();
    let state = &row.state;
    let (received, due, done, delivered) =
        (day(state.received), day(state.current_due()), day(state.finished), day(state.delivered));
    let words = status::for_staff(state.status).words;
    let [
        ordinal_label,
        code_label,
        procedure_label,
        name_label,
        in_label,
        due_label,
        done_label,
        out_label,
        state_label,
    ] = labels;
    view! {
        <Row>
            <Cell label=ordinal_label>{ordinal}</Cell>
            <Cell heading=true label=code_label><a class="code" href=href>{code}</a></Cell>
            <Cell label=procedure_label><span class="clip">{procedure}</span></Cell>
            <Cell label=name_label>{name}</Cell>
            <Cell label=in_label>{received}</Cell>
            <Cell label=due_label>{due}</Cell>
            <Cell label=done_label>{done}</Cell>
            <Cell label=out_label>{delivered}</Cell>
            <Cell label=state_label>{words}</Cell>
        </Row>
    }
}

/// The days asked for: this month's when none are, in order whichever way round they were typed.
fn days_of(from: &str, to: &str, today: Day) -> Days {
    let (year, month, _) = today.ymd();
    let first = Day::from_ymd(year, month, 1).unwrap_or(today);
    let read = |typed: &str| match typed.trim() {
        "" => Some(None),
        typed => day_of(typed).map(Some),
    };
    match (read(from), read(to)) {
        (Some(from), Some(to)) => {
            let (from, to) = (from.unwrap_or(first), to.unwrap_or(today));
            Days { from: from.min(to), to: to.max(from), wrong: false }
        }
        _ => Days { from: first, to: today, wrong: true },
    }
}

/// `23/11/2026` as people write it, `2026-11-23` as links do.
fn day_of(typed: &str) -> Option<Day> {
    typed.parse().ok().or_else(|| PartialDate::parse(typed).ok().and_then(PartialDate::day))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Day {
        text.parse().expect("a day")
    }

    #[test]
    fn the_register_opens_on_this_month() {
        let days = days_of("", "", day("2026-11-23"));
        assert_eq!((days.from, days.to, days.wrong), (day("2026-11-01"), day("2026-11-23"), false));
    }

    #[test]
    fn days_are_read_as_people_and_as_links_write_them() {
        let days = days_of("20/11/2026", "2026-11-16", day("2026-11-23"));
        assert_eq!((days.from, days.to), (day("2026-11-16"), day("2026-11-20")));
        assert!(days_of("31/02/2026", "", day("2026-11-23")).wrong);
    }
}
