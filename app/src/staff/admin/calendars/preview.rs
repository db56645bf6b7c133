//! What publishing would change, and what it would not: days, promises to come, and the dossiers under way.

use super::{
    CALENDARS,
    draft::{ended, hidden, page_of_draft},
};
use crate::{
    due_words, format,
    staff::admin::{Form, crumbs},
    words::{t, tf},
};
use domain::working_time::compare::{ChangedDay, MovedDue};
use leptos::prelude::*;
use leptos_meta::Title;
use office::calendar_drafts::{CalendarPreview, UnderWay};
use ui::{Cell, Column, Notice, PageTitle, Row, Section, SummaryList, SummaryRow, Table, Tone};

/// The page before publishing.
#[component]
pub fn PreviewPage() -> AnyView {
    page_of_draft(show)
}

fn show(view: &CalendarPreview) -> impl IntoView + use<> {
    let draft = &view.draft;
    let year = draft.year.to_string();
    let title = tf("Xem trước lịch năm {năm}", &[("năm", &year)]);
    let back = format!("{CALENDARS}/{}", draft.id);
    let from = tf("cho hồ sơ nhận từ {ngày}", &[("ngày", &format::day(view.valid_from))]);
    let (source, before) = (draft.source.clone(), view.standing.version().to_owned());
    let hours = tf("{giờ}, không đổi", &[("giờ", &super::hours_words(&view.calendar))]);
    let (changed, moved) = (changed(&view.changed), moved(&view.moved));
    let under_way = under_way(&view.under_way);
    let publish = if draft.has_ended { ended(draft) } else { publish_form(view) };
    view! {
        <Title text=title.clone()/>
        {crumbs(Some((t("Lịch làm việc"), CALENDARS)), title.clone())}
        <PageTitle title caption=view.unit_name.clone()/>
        <SummaryList>
            <SummaryRow label=t("Căn cứ")>{source}</SummaryRow>
            <SummaryRow label=t("Áp dụng")>{from}</SummaryRow>
            <SummaryRow label=t("Thay cho lịch")><span class="code">{before}</span></SummaryRow>
            <SummaryRow label=t("Giờ làm việc")>{hours}</SummaryRow>
        </SummaryList>
        <p><a href=back>{t("Sửa tiếp bản nháp")}</a></p>
        <Section title=t("Ngày đổi so với lịch đang dùng") id="ngay-doi">{changed}</Section>
        <Section title=t("Hồ sơ nhận mới sẽ hẹn khác") id="hen-khac">{moved}</Section>
        <Section title=t("Hồ sơ đang giải quyết giữ nguyên ngày hẹn") id="giu-nguyen">{under_way}</Section>
        {publish}
    }
}

fn changed(days: &[ChangedDay]) -> AnyView {
    let labels = [t("Ngày"), t("Lịch đang dùng"), t("Lịch mới")];
    let hours: Vec<&ChangedDay> = days.iter().filter(|one| one.hours_change).collect();
    let renamed = days.len() - hours.len();
    let renamed = (renamed > 0).then(|| {
        let words = tf("Còn {n} ngày nghỉ như cũ, chỉ ghi rõ tên hoặc căn cứ.", &[("n", &renamed.to_string())]);
        view! { <p class="sub">{words}</p> }
    });
    if hours.is_empty() {
        return view! { <p>{t("Không có ngày nào đổi từ nghỉ sang làm hay từ làm sang nghỉ.")}</p> {renamed} }
            .into_any();
    }
    let rows = hours
        .into_iter()
        .map(|one| {
            let date = format::sentence_case(&format::long_day(one.day));
            let [was, is] = [&one.was, &one.is].map(|kind| format::sentence_case(&due_words::day_kind(kind)));
            view! {
                <Row>
                    <Cell heading=true label=labels[0]>{date}</Cell>
                    <Cell label=labels[1]>{was}</Cell>
                    <Cell label=labels[2]>{is}</Cell>
                </Row>
            }
        })
        .collect_view();
    let columns = labels.map(Column::new).to_vec();
    view! {
        <div class="queue-table"><Table caption=t("Ngày đổi") caption_hidden=true columns>{rows}</Table></div>
        {renamed}
    }
    .into_any()
}

fn moved(examples: &[MovedDue]) -> AnyView {
    if examples.is_empty() {
        return view! { <p>{t("Với hạn 3, 5, 10 ngày làm việc, không ngày hẹn nào đổi.")}</p> }.into_any();
    }
    let lines = examples
        .iter()
        .map(|one| {
            let words = tf(
                "Hồ sơ nhận {nhận}, hạn {hạn}: theo lịch đang dùng hẹn {trước}, theo lịch mới hẹn {sau}.",
                &[
                    ("nhận", &format::day(one.received.day())),
                    ("hạn", &format::term(&one.term)),
                    ("trước", &format::day(one.was.day())),
                    ("sau", &format::day(one.is.day())),
                ],
            );
            view! { <li>{words}</li> }
        })
        .collect_view();
    view! { <ul>{lines}</ul> }.into_any()
}

fn under_way(under_way: &UnderWay) -> AnyView {
    let received = under_way.received();
    let first = match received {
        0 => t("Đơn vị không có hồ sơ nào đang giải quyết.").to_string(),
        _ => tf(
            "Đơn vị đang giải quyết {n} hồ sơ. Cả {n} hồ sơ giữ lịch lúc tiếp nhận; công bố không sửa hồ sơ nào.",
            &[("n", &received.to_string())],
        ),
    };
    let kept = under_way
        .kept
        .iter()
        .map(|(version, count)| {
            let words = tf("{n} hồ sơ giữ lịch", &[("n", &count.to_string())]);
            view! { <li>{words} " " <span class="code">{version.clone()}</span></li> }
        })
        .collect_view();
    let waiting = (under_way.waiting > 0).then(|| {
        let words = tf(
            "{n} hồ sơ đã nộp, chờ tiếp nhận: ngày hẹn tính khi tiếp nhận, theo lịch áp dụng ngày đó.",
            &[("n", &under_way.waiting.to_string())],
        );
        view! { <p>{words}</p> }
    });
    view! { <p>{first}</p> <ul>{kept}</ul> {waiting} }.into_any()
}

fn publish_form(view: &CalendarPreview) -> AnyView {
    let form = Form::new("calendars/publish_calendar");
    let [draft, seen] = hidden(&view.draft);
    let standing = ("standing", view.standing.version().to_owned());
    let words = view! {
        <Notice tone=Tone::Warn>
            {t("Lịch đã công bố không sửa được nữa; muốn đổi thì lập và công bố bản mới.")}
        </Notice>
    };
    let button = tf("Công bố lịch năm {năm}", &[("năm", &view.draft.year.to_string())]);
    form.draw(&[draft, seen, standing], words.into_any(), button, "button")
}
