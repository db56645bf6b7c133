//! A year on one sheet: twelve small months, the days off and the days made up marked by a sign, so that it reads in black
//! and white.

use crate::{
    due_words, format,
    words::{t, tf},
};
use domain::{
    time::{Day, days_in_month},
    working_time::{Calendar, DayKind, EntryKind},
};
use leptos::prelude::*;
use ui::{Cell, Column, Row, Table};

/// Heads of the columns, Monday first.
fn weekdays() -> [&'static str; 7] {
    [t("T2"), t("T3"), t("T4"), t("T5"), t("T6"), t("T7"), t("CN")]
}

/// The sign of a day in the sheet, and what it looks like.
fn sign_of(kind: &DayKind) -> (Option<&'static str>, Option<&'static str>) {
    let sign = |kind: EntryKind| match kind {
        EntryKind::Holiday => (Some(t("L")), Some("sheet-off")),
        EntryKind::InLieu => (Some(t("B")), Some("sheet-off")),
        EntryKind::Swapped => (Some(t("H")), Some("sheet-off")),
        EntryKind::MadeUp => (Some(t("+")), Some("sheet-made-up")),
        EntryKind::Sudden => (Some(t("Đ")), Some("sheet-off")),
    };
    match kind {
        DayKind::Regular => (None, None),
        DayKind::Weekend => (None, Some("sheet-weekend")),
        DayKind::FixedHoliday(_) => (Some(t("L")), Some("sheet-off")),
        DayKind::Entry(entry) | DayKind::Halves(entry, _) => sign(entry.kind),
    }
}

/// The sheet of a year.
pub fn sheet(calendar: &Calendar, year: i32) -> AnyView {
    let months = (1..=12).map(|month| month_of(calendar, year, month)).collect_view();
    view! {
        <div class="year-sheet">{months}</div>
        <p class="sub">
            {t("Dấu trong lịch: L nghỉ lễ · B nghỉ bù · H nghỉ hoán đổi · Đ nghỉ đột xuất · + làm bù. Ô nền xám: nghỉ trong tuần.")}
        </p>
    }
    .into_any()
}

fn month_of(calendar: &Calendar, year: i32, month: u8) -> AnyView {
    let first = Day::from_ymd(year, month, 1).unwrap_or(Day(0));
    let blanks = first.weekday() as i32;
    let length = i32::from(days_in_month(year, month));
    let weeks = (blanks + length + 6) / 7;
    let rows = (0..weeks)
        .map(|week| {
            let cells = (0..7)
                .map(|column| {
                    let at = week * 7 + column - blanks;
                    if (0..length).contains(&at) {
                        day_of(calendar, first.plus(at))
                    } else {
                        view! { <td></td> }.into_any()
                    }
                })
                .collect_view();
            view! { <tr>{cells}</tr> }
        })
        .collect_view();
    let heads = weekdays().map(|words| view! { <th scope="col">{words}</th> }).collect_view();
    let caption = tf("Tháng {n}", &[("n", &month.to_string())]);
    view! {
        <table class="sheet-month">
            <caption>{caption}</caption>
            <thead><tr>{heads}</tr></thead>
            <tbody>{rows}</tbody>
        </table>
    }
    .into_any()
}

fn day_of(calendar: &Calendar, day: Day) -> AnyView {
    let kind = calendar.day_kind(day);
    let (sign, class) = sign_of(&kind);
    let number = day.ymd().2;
    let sign = sign.map(|sign| view! { <span class="sheet-sign">{sign}</span> });
    view! { <td class=class>{number} {sign}</td> }.into_any()
}

/// The named days of a year, in words.
pub fn named_days(calendar: &Calendar, year: i32) -> AnyView {
    let labels = [t("Ngày"), t("Là")];
    let rows = calendar
        .entries()
        .filter(|entry| entry.day.year() == year)
        .map(|entry| {
            let words = format::sentence_case(&due_words::entry_words(entry));
            let date = format::sentence_case(&format::long_day(entry.day));
            view! {
                <Row>
                    <Cell heading=true label=labels[0]>{date}</Cell>
                    <Cell label=labels[1]>{words}</Cell>
                </Row>
            }
        })
        .collect_view();
    let columns = labels.map(Column::new).to_vec();
    let caption = tf("Ngày nghỉ và ngày làm bù năm {năm}", &[("năm", &year.to_string())]);
    view! { <Table caption columns keep=true>{rows}</Table> }.into_any()
}
