//! The register (form 07) on the screen, to print and to keep as a spreadsheet; each says the same.

use super::dossier::reason_fields;
use crate::{
    context::{self, office},
    format, status,
    words::{t, tf},
};
use domain::{
    person::{PartialDate, Phone},
    time::{Day, Instant},
};
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_query_map;
use office::{
    Error, Office, Who,
    dossiers::DossierRow,
    registers::{Book, Reading, RegisterPage as Register},
    rights::Task,
};
use ui::{Cell, Choice, Column, Details, Empty, FilterBar, Notice, PageTitle, Row, Select, Table, TextField, Tone};

/// Days as they were typed, and as they were understood.
#[derive(Clone)]
struct Days {
    from: Day,
    to: Day,
    /// What was typed that is no day, to be typed again: the first of the month, or today, stands in its place.
    wrong_from: Option<String>,
    wrong_to: Option<String>,
}

/// One line of the book in words, for the screen, the print and the sheet. What is protected says so in all three.
pub struct BookLine {
    pub code: String,
    pub procedure: String,
    pub name: String,
    pub address: String,
    /// Masked, unless it may be written out and is asked for so.
    pub phone: String,
    pub resolved_by: String,
    pub received: Option<Instant>,
    pub due: Option<Instant>,
    pub forwarded: Option<Instant>,
    pub finished: Option<Instant>,
    pub delivered: Option<Instant>,
    /// How the result was received; empty before.
    pub method: &'static str,
    pub collector: String,
    /// The status, the new day when it was put off, and the dossier whose result stands in place of its own.
    pub note: String,
    /// The dossier's page, for whoever may open it.
    pub href: Option<String>,
}

/// The lines of a page of the register. With `export`, telephone numbers are written out where they were asked for with
/// a reason.
pub fn lines(office: &Office, who: &Who, page: &Register, export: bool) -> Vec<BookLine> {
    page.rows.iter().map(|row| line_of(office, who, page, row, export)).collect()
}

fn line_of(office: &Office, who: &Who, page: &Register, row: &DossierRow, export: bool) -> BookLine {
    let full = export && page.numbers_in_full;
    let state = &row.state;
    let way = page.ways.get(&row.id).cloned().unwrap_or_default();
    let books = office.books();
    let resolved_by = books.places.by_id(row.resolving_office).map_or(String::new(), |office| office.name.clone());
    // What this reader may not open came without its person and its matter.
    let name = match row.sensitive && row.applicant_name.is_empty() {
        true => t("Thông tin được bảo vệ").to_string(),
        false => super::applicant_words(row.organisation_name.as_deref(), &row.applicant_name),
    };
    // On paper a number is written without spaces.
    let phone = match full {
        true => Phone::national_of(&row.applicant_phone),
        false => super::phone_words(&row.applicant_phone, false),
    };
    let again = state.redated_due.map(|due| tf("hẹn lại {ngày}", &[("ngày", &format::day(due.day()))]));
    let replaced = way.replaced_by.map(|code| tf("kết quả đã thay bằng hồ sơ {mã}", &[("mã", &code)]));
    let note = [Some(status::for_staff(state.status).words.to_string()), again, replaced].into_iter().flatten();
    BookLine {
        code: row.code.clone().unwrap_or_default(),
        procedure: row.procedure_name.clone(),
        name,
        address: row.organisation_address.clone().unwrap_or_else(|| row.applicant_address.clone()),
        phone,
        resolved_by,
        received: state.received,
        due: state.due.or(state.original_due),
        forwarded: way.forwarded,
        finished: state.finished,
        delivered: state.delivered,
        method: way.method.map_or("", status::delivery),
        collector: way.collector.unwrap_or_default(),
        note: note.collect::<Vec<_>>().join("; "),
        href: office.may_with(who, Task::ReadDossier, row).is_ok().then(|| format!("/can-bo/ho-so/{}", row.id)),
    }
}

/// The register of some days; this month's when none are asked for, the last month's of an office that has ended.
#[component]
pub fn RegisterPage() -> AnyView {
    let (office, who) = (office(), context::staff());
    let query = use_query_map();
    let typed = |name: &str| query.with_untracked(|query| query.get(name)).unwrap_or_default();
    let books = office.books_of(&who);
    let asked = typed("don_vi").parse::<i64>().ok().and_then(|unit| books.iter().find(|book| book.unit == unit));
    let Some(book) = asked.or(books.first()).cloned() else {
        let error = if who.staff().is_some() { Error::Forbidden } else { Error::SignInFirst };
        return super::problem_page(&error);
    };
    let last = book.last_day.unwrap_or(office.now().day());
    let days = days_of(&typed("tu"), &typed("den"), last);
    // The days of another book, carried over by the form: nothing of this one lies after its end.
    let days = if days.from > last {
        Days { wrong_from: days.wrong_from, wrong_to: days.wrong_to, ..days_of("", "", last) }
    } else {
        days
    };
    let (from, to) = (days.from, days.to);
    super::page(async move { office.register(&who, book.unit, from, to, Reading::Screen).await }, move |page| {
        show(&page, &days, &books)
    })
}

fn show(page: &Register, days: &Days, books: &[Book]) -> impl IntoView + use<> {
    let title = t("Sổ theo dõi hồ sơ");
    let name = books.iter().find(|book| book.unit == page.unit).map(|book| book.name.clone()).unwrap_or_default();
    let between = tf(
        "Mẫu 07. {đơn vị}. Từ {từ} đến {đến}, {n} hồ sơ.",
        &[
            ("đơn vị", &name),
            ("từ", &format::day(page.from)),
            ("đến", &format::day(page.to)),
            ("n", &page.rows.len().to_string()),
        ],
    );
    let wrong = days.are_wrong().then(|| {
        let words = tf(
            "Có ngày chưa đúng nên sổ hiện từ {từ} đến {đến}.",
            &[("từ", &format::day(page.from)), ("đến", &format::day(page.to))],
        );
        view! { <Notice tone=Tone::Warn live=true>{words}</Notice> }
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
        t("Nhận"),
        t("Hẹn trả"),
        t("Chuyển giải quyết"),
        t("Có kết quả"),
        t("Trả kết quả"),
        t("Ghi chú"),
    ];
    let lines = lines(&office(), &context::staff(), page, false);
    let rows = lines.into_iter().enumerate().map(|(index, one)| line(index + 1, one, labels)).collect_view();
    let list = if page.rows.is_empty() {
        view! { <Empty words=t("Không có hồ sơ nào được tiếp nhận trong khoảng này.")/> }.into_any()
    } else {
        let columns = labels.map(Column::new).to_vec();
        view! { <div class="queue-table register-table"><Table caption=title caption_hidden=true columns>{rows}</Table></div> }
            .into_any()
    };
    view! {
        <Title text=title/>
        <PageTitle title caption=between/>
        {wrong}
        {filters(page, days, books)}
        <p class="links staff-exports">
            <a href=xlsx>{t("Xuất Excel")}</a>
            " "
            <a href=pdf>{t("In sổ (PDF)")}</a>
        </p>
        {in_full(page)}
        {more}
        {list}
    }
}

/// The name by which the export in full comes back when it was refused.
pub const EXPORT_IN_FULL: &str = "export_register_in_full";

/// The exports with telephone numbers in full, for a reason that goes into the record.
fn in_full(page: &Register) -> Option<AnyView> {
    if !page.may_reveal {
        return None;
    }
    let came_back = context::retry_of(EXPORT_IN_FULL).is_some();
    let hidden = [
        ("trang", format!("/can-bo/so-theo-doi?tu={}&den={}&don_vi={}", page.from, page.to, page.unit)),
        ("tu", page.from.to_string()),
        ("den", page.to.to_string()),
        ("don_vi", page.unit.to_string()),
    ];
    let hidden = hidden.map(|(name, value)| view! { <input type="hidden" name=name value=value/> });
    let hidden = hidden.into_iter().collect_view();
    let fields = reason_fields(EXPORT_IN_FULL);
    let view = view! {
        <Details summary=t("Xuất sổ có đủ số điện thoại") open=came_back>
            <form class="staff-form" method="post" action="/so-theo-doi/so.xlsx">
                {hidden}
                {fields}
                <div class="button-row">
                    <button class="button button-secondary" type="submit">{t("Xuất Excel đủ số")}</button>
                    <button class="button button-secondary" type="submit" formaction="/so-theo-doi/so.pdf">
                        {t("In sổ đủ số (PDF)")}
                    </button>
                </div>
            </form>
        </Details>
    };
    Some(view.into_any())
}

fn filters(page: &Register, days: &Days, books: &[Book]) -> impl IntoView + use<> {
    let (from, to, unit) = (format::day(page.from), format::day(page.to), page.unit.to_string());
    let error = |wrong: &Option<String>| wrong.as_ref().map(|_| t("Ngày chưa đúng. Gõ theo dạng 23/11/2026."));
    let (from_error, to_error) = (error(&days.wrong_from), error(&days.wrong_to));
    let (from, to) = (days.wrong_from.clone().unwrap_or(from), days.wrong_to.clone().unwrap_or(to));
    let options: Vec<Choice> = books
        .iter()
        .map(|book| {
            let words = match book.last_day {
                None => book.name.clone(),
                Some(last) => tf("{tên} (đến {ngày})", &[("tên", &book.name), ("ngày", &format::day(last))]),
            };
            Choice::new(book.unit.to_string(), words)
        })
        .collect();
    let unit = (options.len() > 1).then(|| view! { <Select id="don_vi" label=t("Sổ của") options value=unit/> });
    view! {
        <FilterBar label=t("Khoảng ngày") action="/can-bo/so-theo-doi">
            {unit}
            <TextField id="tu" label=t("Từ ngày") error=from_error value=from width=12 inputmode="numeric" autocomplete="off"/>
            <TextField id="den" label=t("Đến ngày") error=to_error value=to width=12 inputmode="numeric" autocomplete="off"/>
            <button class="button button-secondary" type="submit">{t("Xem sổ")}</button>
        </FilterBar>
    }
}

fn line(ordinal: usize, line: BookLine, labels: [&'static str; 10]) -> impl IntoView {
    let day = |at: Option<Instant>| at.map_or_else(String::new, |at| format::day(at.day()));
    let code = match line.href {
        Some(href) => view! { <a class="code" href=href>{line.code}</a> }.into_any(),
        None => view! { <span class="code">{line.code}</span> }.into_any(),
    };
    let reached = [line.address, line.phone].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("; ");
    let handed =
        [line.method, &line.collector].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", ");
    let [
        ordinal_label,
        code_label,
        procedure_label,
        name_label,
        in_label,
        due_label,
        forward_label,
        done_label,
        out_label,
        note_label,
    ] = labels;
    let (received, due, forwarded) = (day(line.received), day(line.due), day(line.forwarded));
    let (finished, delivered) = (day(line.finished), day(line.delivered));
    view! {
        <Row>
            <Cell label=ordinal_label>{ordinal.to_string()}</Cell>
            <Cell heading=true label=code_label>{code}</Cell>
            <Cell label=procedure_label><span class="clip">{line.procedure}</span></Cell>
            <Cell label=name_label>{line.name} <span class="sub staff-under">{reached}</span></Cell>
            <Cell label=in_label>{received}</Cell>
            <Cell label=due_label>{due}</Cell>
            <Cell label=forward_label>{forwarded}</Cell>
            <Cell label=done_label>{finished}</Cell>
            <Cell label=out_label>{delivered} <span class="sub staff-under">{handed}</span></Cell>
            <Cell label=note_label>{line.note}</Cell>
        </Row>
    }
}

impl Days {
    fn are_wrong(&self) -> bool {
        self.wrong_from.is_some() || self.wrong_to.is_some()
    }
}

/// The days asked for; from the first of the month of `last`, or of the other day that was typed, to `last` where nothing,
/// or no real day, is.
fn days_of(from: &str, to: &str, last: Day) -> Days {
    let (typed_from, typed_to) = (day_of(from), day_of(to));
    let to_day = typed_to.unwrap_or(last);
    let (year, month, _) = to_day.ymd();
    let from_day = typed_from.unwrap_or(Day::from_ymd(year, month, 1).unwrap_or(to_day));
    let wrong = |typed: &str, day: Option<Day>| (day.is_none() && !typed.trim().is_empty()).then(|| typed.to_owned());
    Days {
        from: from_day.min(to_day),
        to: to_day.max(from_day),
        wrong_from: wrong(from, typed_from),
        wrong_to: wrong(to, typed_to),
    }
}

/// `23/11/2026` as people write it, `2026-11-23` as links do.
pub(super) fn day_of(typed: &str) -> Option<Day> {
    let typed = typed.trim();
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
        assert_eq!((days.from, days.to, days.are_wrong()), (day("2026-11-01"), day("2026-11-23"), false));
    }

    #[test]
    fn days_are_read_as_people_and_as_links_write_them() {
        let days = days_of("20/11/2026", "2026-11-16", day("2026-11-23"));
        assert_eq!((days.from, days.to), (day("2026-11-16"), day("2026-11-20")));
    }

    #[test]
    fn what_is_no_day_is_kept_to_be_typed_again_and_the_other_day_holds() {
        let days = days_of("31/02/2026", "16/09/2026", day("2026-11-23"));
        assert_eq!((days.from, days.to), (day("2026-09-01"), day("2026-09-16")));
        assert_eq!((days.wrong_from.as_deref(), days.wrong_to), (Some("31/02/2026"), None));
    }
}
