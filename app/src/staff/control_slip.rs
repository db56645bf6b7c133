//! The control slip (form 06): through whose hands a dossier went, and whether each was in time.

use crate::{
    context::{self, office},
    format,
    slip::{self, Step},
    words::{t, tf},
};
use domain::dossier::Timeliness;
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_params_map;
use office::{Error, Uuid, dossiers::DossierView};
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
    let (slip, id) = (slip::slip(&office(), view), view.row.id);
    let labels = [t("Bên giao"), t("Bên nhận"), t("Thời gian giao, nhận"), t("Kết quả"), t("Ghi chú")];
    let lines = slip.steps.into_iter().map(|step| line(step, labels)).collect_view();
    let whole = slip.outcome.map(timeliness_tag);
    let received = slip.received.map(|at| tf("Nhận lúc {lúc}.", &[("lúc", &format::moment(at))]));
    let due = slip.due.map(|due| tf("Hẹn trả {lúc}.", &[("lúc", &format::until(due))]));
    let facts = tf(
        "Mã hồ sơ {mã}. Hồ sơ của {tên}. {thủ tục}.",
        &[("mã", &slip.code), ("tên", &slip.applicant), ("thủ tục", &slip.matter)],
    );
    let resolved_by = tf("Cơ quan giải quyết: {tên}.", &[("tên", &slip.resolved_by)]);
    let columns = labels.map(Column::new).to_vec();
    let crumbs = vec![
        Crumb::new(t("Việc cần làm"), "/can-bo"),
        Crumb::new(slip.code, format!("/can-bo/ho-so/{id}")),
        Crumb::here(t("Phiếu kiểm soát")),
    ];
    let (xlsx, pdf) = (format!("/phieu-kiem-soat/{id}.xlsx"), format!("/phieu-kiem-soat/{id}.pdf"));
    view! {
        <Title text=title/>
        <Breadcrumb label=t("Đường dẫn") crumbs/>
        <PageTitle title caption=t("Mẫu 06")>{whole}</PageTitle>
        <p>{facts}</p>
        <p>{resolved_by} " " {received} " " {due}</p>
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

fn line(step: Step, labels: [&'static str; 5]) -> impl IntoView {
    let when = match step.handed_on {
        Some(on) => tf("{nhận} – {giao}", &[("nhận", &format::moment(step.received)), ("giao", &format::moment(on))]),
        None => tf("từ {nhận}, đang giữ", &[("nhận", &format::moment(step.received))]),
    };
    let outcome = step.outcome.map(timeliness_tag);
    let notes = step.notes.into_iter().map(|words| view! { <li>{words}</li> }).collect_view();
    let [from_label, to_label, when_label, outcome_label, note_label] = labels;
    view! {
        <Row>
            <Cell heading=true label=from_label>{hands(step.giver, step.from)}</Cell>
            <Cell label=to_label>{hands(step.receiver, step.to)}</Cell>
            <Cell label=when_label>{when}</Cell>
            <Cell label=outcome_label>{outcome}</Cell>
            <Cell label=note_label><ul class="plain">{notes}</ul></Cell>
        </Row>
    }
}

/// The person, with the place under the name.
fn hands(name: String, place: String) -> AnyView {
    if name.is_empty() {
        return place.into_any();
    }
    view! { {name} <span class="sub staff-under">{place}</span> }.into_any()
}

fn timeliness_tag(outcome: Timeliness) -> AnyView {
    let (tone, glyph) = match outcome {
        Timeliness::Early | Timeliness::OnTime => (Tone::Success, Glyph::Tick),
        Timeliness::Late => (Tone::Error, Glyph::Warning),
    };
    view! { <Tag tone glyph words=slip::timeliness(outcome)/> }.into_any()
}
