//! The control slip (form 06): through whose hands a dossier went, and whether each was in time.

use crate::{
    context::{self, office},
    format, status,
    words::{t, tf},
};
use domain::{
    dossier::{
        Recorded, Timeliness,
        control_slip::{self, Holder, Place, Remark, Row as Stretch},
    },
    time::Instant,
    working_time::{self, Calendar},
};
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_params_map;
use office::{
    Error, Uuid,
    dossiers::{DossierView, EventRow},
};
use ui::{Breadcrumb, Cell, Column, Crumb, Glyph, PageTitle, Row, Table, Tag, Tone};

/// The slip of one dossier.
#[component]
pub fn ControlSlipPage() -> AnyView {
    let id = use_params_map().with_untracked(|params| params.get("id")).and_then(|id| id.parse::<Uuid>().ok());
    let Some(id) = id else { return super::problem_page(&Error::NotFound) };
    let (office, who) = (office(), context::staff());
    super::page(async move { office.control_slip(&who, id).await }, |view| show(&view))
}

fn show(view: &DossierView) -> impl IntoView + use<> {
    let title = t("Phiếu kiểm soát quá trình giải quyết hồ sơ");
    let (row, office) = (&view.row, office());
    let code = row.code.clone().unwrap_or_default();
    let calendar = office.calendar_of_version(&row.calendar_version);
    let recorded: Vec<Recorded> = view.events.iter().map(EventRow::recorded).collect();
    let labels =
        [t("Người giao"), t("Người nhận"), t("Thời gian giao, nhận"), t("Hạn của bước"), t("Kết quả"), t("Ghi chú")];
    let stretches = control_slip::rows(&recorded);
    let lines = stretches.iter().map(|stretch| line(view, &calendar, stretch, labels)).collect_view();
    let whole = control_slip::outcome(&row.state, is_early(&calendar)).map(timeliness_tag);
    let facts = tf("Mã hồ sơ {mã}. {thủ tục}.", &[("mã", &code), ("thủ tục", &row.procedure_name)]);
    let due = row.state.current_due().map(|due| tf("Hẹn trả {lúc}.", &[("lúc", &format::until(due))]));
    let columns = labels.map(Column::new).to_vec();
    let crumbs = vec![
        Crumb::new(t("Việc cần làm"), "/can-bo"),
        Crumb::new(code, format!("/can-bo/ho-so/{}", row.id)),
        Crumb::here(t("Phiếu kiểm soát")),
    ];
    let (xlsx, pdf) = (format!("/phieu-kiem-soat/{}.xlsx", row.id), format!("/phieu-kiem-soat/{}.pdf", row.id));
    view! {
        <Title text=title/>
        <Breadcrumb label=t("Đường dẫn") crumbs/>
        <PageTitle title caption=t("Mẫu 06")>{whole}</PageTitle>
        <p>{facts} " " {due}</p>
        <p class="links staff-exports">
            <a href=xlsx>{t("Xuất Excel")}</a>
            " "
            <a href=pdf>{t("In phiếu (PDF)")}</a>
        </p>
        <div class="queue-table">
            <Table caption=title caption_hidden=true columns>{lines}</Table>
        </div>
    }
}

fn line(
    view: &DossierView,
    calendar: &Calendar,
    stretch: &Stretch,
    labels: [&'static str; 6],
) -> impl IntoView + use<> {
    let giver = view.events.iter().find(|event| event.seq == stretch.seq as i64);
    let from = match (&stretch.from, giver) {
        (None, _) => tf("{tên} (người nộp)", &[("tên", &view.row.applicant_name)]),
        (Some(_), Some(giver)) if !giver.actor_name.is_empty() => giver.actor_name.clone(),
        (Some(holder), _) => place_words(holder),
    };
    let to = holder_words(view, &stretch.to);
    let when = match stretch.handed_on {
        Some(on) => {
            tf("{nhận} – {giao}", &[("nhận", &format::moment(stretch.received)), ("giao", &format::moment(on))])
        }
        None => tf("từ {nhận}, đang giữ", &[("nhận", &format::moment(stretch.received))]),
    };
    let due = stretch.due.map(format::until);
    let moved = |due: Instant, pauses: &[(Instant, Instant)]| working_time::moved_by(calendar, due, pauses);
    let outcome = stretch.outcome(moved, is_early(calendar)).map(timeliness_tag);
    let remarks = stretch
        .remarks
        .iter()
        .map(|(at, remark)| {
            let words = format!("{}: {}", format::moment(*at), remark_words(remark));
            view! { <li>{words}</li> }
        })
        .collect_view();
    let [from_label, to_label, when_label, due_label, outcome_label, note_label] = labels;
    view! {
        <Row>
            <Cell heading=true label=from_label>{from}</Cell>
            <Cell label=to_label>{to}</Cell>
            <Cell label=when_label>{when}</Cell>
            <Cell label=due_label>{due}</Cell>
            <Cell label=outcome_label>{outcome}</Cell>
            <Cell label=note_label><ul class="plain">{remarks}</ul></Cell>
        </Row>
    }
}

/// Early means that a working day or more was left.
fn is_early(calendar: &Calendar) -> impl Fn(Instant, Instant) -> bool + '_ {
    |ended, due| working_time::finished(calendar, due, ended, 1) == working_time::OnTime::Early
}

fn timeliness_tag(timeliness: Timeliness) -> AnyView {
    let (tone, glyph, words) = match timeliness {
        Timeliness::Early => (Tone::Success, Glyph::Tick, t("Trước hạn")),
        Timeliness::OnTime => (Tone::Success, Glyph::Tick, t("Đúng hạn")),
        Timeliness::Late => (Tone::Error, Glyph::Warning, t("Quá hạn")),
    };
    view! { <Tag tone glyph words/> }.into_any()
}

fn holder_words(view: &DossierView, holder: &Holder) -> String {
    let person = holder.staff.as_ref().and_then(|id| view.colleagues.iter().find(|c| c.staff_id.to_string() == *id));
    match person {
        Some(person) => format!("{} – {}", person.name, place_words(holder)),
        None => place_words(holder),
    }
}

fn place_words(holder: &Holder) -> String {
    match holder.place {
        Place::Counter => t("Bộ phận tiếp nhận và trả kết quả").into(),
        Place::Step { kind, role, .. } => format!("{}, {}", status::role(role), status::step(kind).to_lowercase()),
    }
}

fn remark_words(remark: &Remark) -> String {
    match remark {
        Remark::SupplementAsked { round, respond_by } => tf(
            "yêu cầu bổ sung lần {n}, chờ đến {lúc}",
            &[("n", &round.to_string()), ("lúc", &format::until(*respond_by))],
        ),
        Remark::SupplementAnswered => t("đã bổ sung").into(),
        Remark::DutyAsked => t("yêu cầu nghĩa vụ tài chính").into(),
        Remark::DutyMet => t("đã thực hiện nghĩa vụ tài chính").into(),
        Remark::ClockSuspended(why) => tf("tạm dừng tính hạn, chờ {việc}", &[("việc", status::exclusion(*why))]),
        Remark::ClockResumed => t("tính hạn tiếp").into(),
        Remark::ReturnedForRework { reason } => tf("trả lại: {lý do}", &[("lý do", reason)]),
        Remark::ResultCorrected { version, reason } => {
            tf("thu hồi kết quả lần {n}: {lý do}", &[("n", &version.to_string()), ("lý do", reason)])
        }
        Remark::Redated { old_due, new_due, reason } => tf(
            "hẹn lại từ {cũ} sang {mới}: {lý do}",
            &[("cũ", &format::day(old_due.day())), ("mới", &format::day(new_due.day())), ("lý do", reason)],
        ),
        Remark::WithdrawalAsked => t("người nộp xin rút").into(),
        Remark::WithdrawalDeclined => t("không đồng ý cho rút").into(),
        Remark::PassedOn { basis } => tf("chuyển cơ quan kế thừa: {căn cứ}", &[("căn cứ", basis)]),
    }
}
