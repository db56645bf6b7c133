//! The calendar of a year in the making: its days, and the forms that change them.

use super::{CALENDARS, sheet};
use crate::{
    context::{self, office},
    due_words, format,
    staff::admin::{Form, crumbs},
    words::{t, tf},
};
use domain::working_time::{DayEntry, DayPart, EntryKind};
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_params_map;
use office::{
    Error, Uuid,
    calendar_drafts::{CalendarDraft, CalendarPreview},
};
use ui::{Cell, Choice, Column, Details, LinkButton, Notice, PageTitle, Row, Section, Select, Table, Tone};

/// A page of the draft that the address names.
pub(super) fn page_of_draft<V: IntoView + 'static>(
    show: impl FnOnce(&CalendarPreview) -> V + Send + 'static,
) -> AnyView {
    let id = use_params_map().with_untracked(|params| params.get("draft")).and_then(|id| id.parse::<Uuid>().ok());
    let (office, who) = (office(), context::staff());
    let reading = async move { office.preview_calendar(&who, id.ok_or(Error::NotFound)?).await };
    super::super::super::page(reading, move |view| show(&view))
}

/// The page of a draft.
#[component]
pub fn DraftPage() -> AnyView {
    page_of_draft(show)
}

fn show(view: &CalendarPreview) -> impl IntoView + use<> {
    let draft = &view.draft;
    let year = draft.year.to_string();
    let title = tf("Bản nháp lịch năm {năm}", &[("năm", &year)]);
    let whole = sheet::sheet(&view.calendar, draft.year);
    let work = if draft.has_ended { ended(draft) } else { in_hand(draft) };
    view! {
        <Title text=title.clone()/>
        {crumbs(Some((t("Lịch làm việc"), CALENDARS)), title.clone())}
        <PageTitle title caption=view.unit_name.clone()/>
        {work}
        <Section title=tf("Tờ lịch năm {năm}", &[("năm", &year)]) id="to-lich">
            {whole}
        </Section>
    }
}

/// What became of a draft that has ended.
pub(super) fn ended(draft: &CalendarDraft) -> AnyView {
    match &draft.published_as {
        Some(version) => {
            let words =
                tf("Đã công bố thành lịch {bản}. Muốn sửa thì lập bản nháp mới của năm này.", &[("bản", version)]);
            view! { <Notice tone=Tone::Success>{words} " " <a href=CALENDARS>{t("Xem lịch đang dùng")}</a></Notice> }
                .into_any()
        }
        None => view! {
            <Notice>{t("Bản nháp này đã bỏ.")} " " <a href=CALENDARS>{t("Về lịch làm việc")}</a></Notice>
        }
        .into_any(),
    }
}

fn in_hand(draft: &CalendarDraft) -> AnyView {
    let preview = format!("{CALENDARS}/{}/xem-truoc", draft.id);
    let days = days(draft);
    view! {
        <p class="links"><LinkButton href=preview>{t("Xem trước và công bố")}</LinkButton></p>
        <Section title=t("Các ngày") id="cac-ngay">{days}</Section>
        {add_form(draft)}
        {swap_form(draft)}
        {basis_form(draft)}
        {discard_form(draft)}
    }
    .into_any()
}

/// The hidden fields that every form of a draft has.
pub(super) fn hidden(draft: &CalendarDraft) -> [(&'static str, String); 2] {
    [("draft", draft.id.to_string()), ("seen", draft.version.to_string())]
}

fn days(draft: &CalendarDraft) -> AnyView {
    let labels = [t("Ngày"), t("Là"), t("Bỏ")];
    let rows = draft.entries.iter().map(|entry| day_row(draft, entry, labels)).collect_view();
    let columns = labels.map(Column::new).to_vec();
    view! { <div class="queue-table"><Table caption=t("Các ngày") caption_hidden=true columns>{rows}</Table></div> }
        .into_any()
}

fn day_row(draft: &CalendarDraft, entry: &DayEntry, labels: [&'static str; 3]) -> AnyView {
    let day = entry.day.to_string();
    let form = Form::one_of("calendars/remove_calendar_day", "day", &day);
    let [draft_id, seen] = hidden(draft);
    let words = tf("Bỏ {ngày}", &[("ngày", &format::day(entry.day))]);
    let form = form.draw(&[draft_id, seen, ("day", day)], ().into_any(), words, "button button-secondary");
    let what = format::sentence_case(&due_words::entry_words(entry));
    let date = format::sentence_case(&format::long_day(entry.day));
    view! {
        <Row>
            <Cell heading=true label=labels[0]>{date}</Cell>
            <Cell label=labels[1]>{what}</Cell>
            <Cell label=labels[2]>{form}</Cell>
        </Row>
    }
    .into_any()
}

fn add_form(draft: &CalendarDraft) -> AnyView {
    let form = Form::new("calendars/add_calendar_days");
    let open = form.came_back();
    // Swapped days come in pairs, by the form for them.
    let kinds = [EntryKind::Holiday, EntryKind::InLieu, EntryKind::Sudden, EntryKind::MadeUp]
        .map(|kind| Choice::new(kind.key(), format::sentence_case(due_words::entry_kind(kind))));
    let parts = DayPart::ALL.map(|part| Choice::new(part.key(), part_words(part)));
    let fields = view! {
        {form.day("first", "days[first]", t("Ngày đầu"), "", None)}
        {form.day("last", "days[last]", t("Ngày cuối"), t("Để trống nếu chỉ một ngày."), None)}
        <Select id=form.id("kind") name="days[kind]" label=t("Là") blank=t("Chọn loại ngày") error=form.wrong("kind")
            options=kinds.to_vec() value=form.typed("days[kind]")/>
        <Select id=form.id("part") name="days[part]" label=t("Cả ngày hay nửa ngày") error=form.wrong("part")
            options=parts.to_vec() value=form.typed("days[part]")/>
        {form.text("name", "days[name]", t("Tên ngày"), t("Như in trên lịch, ví dụ: Bão số 9."), "")}
    };
    let form = form.draw(&hidden(draft), fields.into_any(), t("Thêm ngày").into(), "button button-secondary");
    view! { <Details summary=t("Thêm ngày nghỉ, ngày làm bù") open>{form}</Details> }.into_any()
}

fn part_words(part: DayPart) -> &'static str {
    match part {
        DayPart::Whole => t("Cả ngày"),
        DayPart::Morning => t("Buổi sáng"),
        DayPart::Afternoon => t("Buổi chiều"),
    }
}

fn swap_form(draft: &CalendarDraft) -> AnyView {
    let form = Form::new("calendars/swap_calendar_days");
    let open = form.came_back();
    let fields = view! {
        {form.day("off", "off", t("Ngày làm việc được nghỉ"), "", None)}
        {form.day("worked", "worked", t("Ngày nghỉ trong tuần đi làm bù"), "", None)}
    };
    let form = form.draw(&hidden(draft), fields.into_any(), t("Hoán đổi").into(), "button button-secondary");
    view! { <Details summary=t("Hoán đổi ngày làm việc") open>{form}</Details> }.into_any()
}

fn basis_form(draft: &CalendarDraft) -> AnyView {
    let form = Form::new("calendars/enter_calendar_basis");
    let fields = view! {
        {form.text("source", "source", t("Căn cứ"), t("Luật, thông báo hoặc quyết định quy định các ngày này."), &draft.source)}
        {form.day("valid_from", "valid_from", t("Áp dụng cho hồ sơ nhận từ ngày"),
            t("Để trống thì áp dụng ngay khi công bố."), draft.valid_from)}
    };
    let form = form.draw(&hidden(draft), fields.into_any(), t("Lưu căn cứ").into(), "button button-secondary");
    view! { <Section title=t("Căn cứ và ngày áp dụng") id="can-cu">{form}</Section> }.into_any()
}

fn discard_form(draft: &CalendarDraft) -> AnyView {
    let form = Form::new("calendars/discard_calendar_draft");
    let open = form.came_back();
    let words = view! { <p>{t("Những ngày đã sửa trong bản nháp sẽ mất. Lịch đang dùng không đổi.")}</p> };
    let form = form.draw(&hidden(draft), words.into_any(), t("Bỏ bản nháp").into(), "button button-secondary");
    view! { <Details summary=t("Bỏ bản nháp này") open>{form}</Details> }.into_any()
}
