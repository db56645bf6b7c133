//! The head of a dossier: what it is, whose turn it is, when it is due and why.

use super::{
    super::limit::{status_tag, tag_of},
    steps,
};
use crate::{
    context::office,
    due_words, format, status,
    words::{t, tf},
};
use domain::{
    dossier::{ClockState, Status},
    time::{Day, Instant},
    working_time::{self, OpenTerm, RunningTerm, working_days_late},
};
use leptos::prelude::*;
use office::dossiers::{DossierView, Linked};
use ui::{Details, PageTitle, SummaryList, SummaryRow};

/// The head.
pub(super) fn header(view: &DossierView) -> AnyView {
    let row = &view.row;
    let code = row.code.clone().or_else(|| row.temporary_code.clone()).unwrap_or_default();
    let tag = status_tag(row.status);
    let slip = row.received_at.map(|_| {
        let href = format!("/can-bo/phieu-kiem-soat/{}", row.id);
        view! { <a href=href>{t("Phiếu kiểm soát (Mẫu 06)")}</a> }
    });
    let level = row.code.is_none().then(|| t("Mã tạm: mã hồ sơ có khi tiếp nhận"));
    let step = row.state.current_step().filter(|_| row.state.status == Status::Processing);
    let where_now = step.map_or_else(
        || status::sub_state(row.state.sub_state).to_string(),
        |_| format!("{} – {}", status::sub_state(row.state.sub_state), steps::name_of(view, row.state.step)),
    );
    let procedure = row.procedure_name.clone();
    let channel = if row.corrects.is_some() {
        t("Cơ quan tự mở để sửa sai sót, không thu tiền")
    } else {
        status::channel(row.state.channel)
    };
    let holder = holder(view);
    let case = row.state.case.as_deref().map(status::case).map(|words| {
        view! { <SummaryRow label=t("Trường hợp")>{words}</SummaryRow> }
    });
    let (links, closed_by) = (links(view), ended_office(view));
    let (limits, why) = (limits(view), why(view));
    view! {
        <PageTitle title=code caption=procedure>{tag}</PageTitle>
        <p class="sub">{level} " " {slip}</p>
        <SummaryList>
            <SummaryRow label=t("Đang ở")>{where_now}</SummaryRow>
            <SummaryRow label=t("Người giữ")>{holder}</SummaryRow>
            <SummaryRow label=t("Nộp")>{channel}</SummaryRow>
            {closed_by}
            {case}
            {links}
            {limits}
        </SummaryList>
        {why}
        {steps::list(view)}
    }
    .into_any()
}

/// The person who has it, else the role whose turn it is.
fn holder(view: &DossierView) -> String {
    let row = &view.row;
    if let Some(id) = row.assignee {
        let found = view.colleagues.iter().find(|colleague| colleague.staff_id == id);
        return found.map_or_else(|| t("Người đã chuyển đi").into(), |c| format!("{} – {}", c.name, c.title));
    }
    match row.state.holder_role() {
        Some(role) => tf("Chưa giao – {vai}", &[("vai", status::role(role))]),
        None => t("Không ai, hồ sơ đã kết thúc").into(),
    }
}

/// The office that closed it, when that has ended since.
fn ended_office(view: &DossierView) -> Option<AnyView> {
    let (books, today) = (office().books(), office().now().day());
    let closed_by = books.places.by_id(view.row.resolving_office).filter(|office| !office.stands_on(today))?;
    let last = closed_by.valid_to.and_then(|day| i32::try_from(day).ok()).map(Day)?;
    let words = tf("{tên}, đến hết ngày {ngày}", &[("tên", &closed_by.name), ("ngày", &format::day(last))]);
    Some(view! { <SummaryRow label=t("Cơ quan đã giải quyết")>{words}</SummaryRow> }.into_any())
}

/// The dossier that this one repairs, and those that repair it, each with what was wrong.
fn links(view: &DossierView) -> AnyView {
    let line = |label: &'static str, link: &Linked| {
        let (href, code) = (format!("/can-bo/ho-so/{}", link.id), link.code.clone());
        let (tag, reason) = (status_tag(i64::from(link.status.code())), link.reason.clone());
        view! {
            <SummaryRow label>
                <a class="code" href=href>{code}</a> " " {tag} " " <span class="sub">{reason}</span>
            </SummaryRow>
        }
        .into_any()
    };
    let repairs = view.corrects.as_ref().map(|link| line(t("Sửa sai sót của"), link));
    let repaired = view.corrections.iter().map(|link| line(t("Được sửa bằng"), link)).collect::<Vec<_>>();
    view! { {repairs} {repaired} }.into_any()
}

/// The moments that matter: to accept by; due, promised at first, promised again.
fn limits(view: &DossierView) -> AnyView {
    let (row, state) = (&view.row, &view.row.state);
    let moment = |at: i64| format::until(Instant(at));
    let mut lines: Vec<AnyView> = Vec::new();
    let mut line = |label: &'static str, words: String, tag: Option<AnyView>| {
        lines.push(view! { <SummaryRow label>{words} " " {tag}</SummaryRow> }.into_any());
    };
    if let Some(submitted) = row.submitted_at {
        line(t("Nộp lúc"), moment(submitted), None);
    }
    if let (Status::Registered, Some(by)) = (state.status, row.accept_by) {
        line(t("Trả lời trước"), moment(by), standing(view, Instant(by)));
    }
    if let Some(received) = row.received_at {
        line(t("Tiếp nhận lúc"), moment(received), late_acceptance(view, Instant(received)));
    }
    if let Some(due) = state.due {
        let ends = matches!(state.clock(), ClockState::Running | ClockState::Paused);
        let tag = if ends { standing(view, due) } else { None };
        // In a pause, as it has moved so far: the day that is explained below.
        let moved = view.due.as_ref().map(|why| why.due).filter(|_| state.open_pause().is_some());
        line(t("Hẹn trả"), format::until(moved.max(Some(due)).unwrap_or(due)), tag);
    }
    if let Some(limit) = steps::limit(view) {
        let late = state.clock() == ClockState::Running && limit < office().now();
        let tag = late.then(|| view! { <ui::Tag tone=ui::Tone::Warn glyph=ui::Glyph::Clock words=t("Quá hạn bước")/> });
        line(t("Bước này xong trước"), format::until(limit), tag.map(IntoAny::into_any));
    }
    if let Some(first) = state.original_due.filter(|first| Some(*first) != state.due) {
        line(t("Hẹn ban đầu"), format::until(first), None);
    }
    if let Some(again) = state.redated_due {
        line(t("Đã xin lỗi, hẹn lại"), format::until(again), None);
    }
    if let Some(open) = &state.supplement {
        line(t("Chờ bổ sung đến"), format::until(open.respond_by), None);
    }
    if let Some(until) = state.duty.as_ref().and_then(|duty| duty.respond_by) {
        line(t("Chờ nộp tiền đến"), format::until(until), None);
    }
    if let Some(finished) = row.finished_at {
        line(t("Xong lúc"), moment(finished), outcome(view));
    }
    lines.into_any()
}

/// Whether it waited in the queue of reception for longer than it may: nobody is on time by not accepting.
fn late_acceptance(view: &DossierView, received: Instant) -> Option<AnyView> {
    let limit = view.row.accept_by.map(Instant).filter(|limit| received > *limit)?;
    let words = status::late_acceptance(working_days_late(&view.calendar, limit, received));
    Some(view! { <ui::Tag tone=ui::Tone::Error glyph=ui::Glyph::Warning words/> }.into_any())
}

/// The tag of a running term.
fn standing(view: &DossierView, due: Instant) -> Option<AnyView> {
    let (row, now) = (&view.row, office().now());
    let (due_soon, paused) = (row.due_soon_at.map(Instant), row.paused_at.map(Instant));
    let standing = working_time::open_term(&RunningTerm { due, due_soon, paused }, now);
    tag_of(standing, working_days_late(&view.calendar, due, now))
}

/// Whether the result came in time.
fn outcome(view: &DossierView) -> Option<AnyView> {
    let state = &view.row.state;
    let (due, finished) = (state.due?, state.finished?);
    if finished > due {
        return tag_of(OpenTerm::Overdue, working_days_late(&view.calendar, due, finished));
    }
    let words = match working_time::finished(&view.calendar, due, finished, 1) {
        working_time::OnTime::Early => t("Sớm hạn"),
        _ => t("Đúng hạn"),
    };
    Some(view! { <ui::Tag tone=ui::Tone::Success glyph=ui::Glyph::Tick words/> }.into_any())
}

/// Why the due moment is what it is, day by day.
fn why(view: &DossierView) -> Option<AnyView> {
    let lines = due_words::why(view.due.as_ref()?).into_iter().map(|words| view! { <li>{words}</li> }).collect_view();
    Some(view! { <Details summary=t("Vì sao là ngày này")><ol>{lines}</ol></Details> }.into_any())
}
