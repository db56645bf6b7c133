//! The steps of the flow: where the dossier is, until when, and the acts that move it on.

use super::forms::{Form, Go, Look, fold, id_of, plain};
use crate::{
    context::office,
    status,
    words::{t, tf},
};
use domain::{
    dossier::{ActKind, Recorded, ResultKind, Status, StepKind, control_slip, leads_to, routes},
    role::Role,
    time::Instant,
    working_time,
};
use leptos::prelude::*;
use office::dossiers::{DossierView, EventRow};
use ui::{Choice, Details, Select};

/// What a step is called: as the procedure names it, else by what is done there.
pub(super) fn name_of(view: &DossierView, step: usize) -> String {
    let named = view.procedure.flow().get(step).map(|step| step.name.clone());
    let kind = view.row.state.steps.get(step).map(|step| step.kind);
    named.or_else(|| kind.map(|kind| status::step(kind).to_string())).unwrap_or_default()
}

/// Until when the step where the dossier lies is to be done, later by what it has waited there.
pub(super) fn limit(view: &DossierView) -> Option<Instant> {
    let state = &view.row.state;
    let due = state.step_due.filter(|_| state.status == Status::Processing)?;
    let recorded: Vec<Recorded> = view.events.iter().map(EventRow::recorded).collect();
    let rows = control_slip::rows(&recorded);
    let here = rows.last()?;
    let open = state.open_pause().map(|pause| (pause.from.max(here.received), office().now()));
    let pauses: Vec<_> = here.pauses.iter().copied().chain(open).collect();
    Some(working_time::moved_by(&view.calendar, due, &pauses))
}

/// Every step with who does it and in how many hours; the present one is marked.
pub(super) fn list(view: &DossierView) -> Option<AnyView> {
    let state = &view.row.state;
    if state.steps.is_empty() {
        return None;
    }
    let flow = view.procedure.flow();
    let lines = (0..state.steps.len())
        .map(|index| {
            let step = &state.steps[index];
            let hours = flow.get(index).map(|step| step.hours).filter(|hours| *hours > 0);
            let hours = hours.map(|hours| tf(", {n} giờ làm việc", &[("n", &hours.to_string())]));
            let who = format!("{}{}", status::role(step.role), hours.unwrap_or_default());
            let here = state.status == Status::Processing && state.step == index;
            let mark = here.then(|| view! { <strong>{t("đang ở bước này")}</strong> });
            view! {
                <li aria-current=here.then_some("step")>
                    {name_of(view, index)} " " <span class="sub">{who}</span> " " {mark}
                </li>
            }
        })
        .collect_view();
    Some(view! { <Details summary=t("Các bước giải quyết")><ol>{lines}</ol></Details> }.into_any())
}

/// The colleagues to choose from; those whose role is the wanted one come first and are marked.
pub(super) fn colleagues(view: &DossierView, wanted: Option<Role>) -> Vec<Choice> {
    let role_of = |key: &str| Role::from_key(key);
    let mut colleagues: Vec<_> = view.colleagues.iter().collect();
    colleagues.sort_by_key(|colleague| role_of(&colleague.role) != wanted);
    let choice = |colleague: &office::dossiers::ColleagueRow| {
        let title = match role_of(&colleague.role) {
            Some(role) if colleague.title.is_empty() => status::role(role).to_string(),
            _ => colleague.title.clone(),
        };
        let fits = role_of(&colleague.role) == wanted && wanted.is_some();
        let mark = if fits { t(" (đúng phần việc)") } else { "" };
        Choice::new(colleague.staff_id.to_string(), format!("{} – {title}{mark}", colleague.name))
    };
    colleagues.into_iter().map(choice).collect()
}

/// Moves it to another working step.
pub(super) fn route(view: &DossierView, look: Look) -> AnyView {
    let form = Form::new(view, "route_dossier");
    let open = form.came_back();
    let steps = routes(&view.row.state);
    let wanted = steps.first().and_then(|step| view.row.state.steps.get(*step)).map(|step| step.role);
    let options: Vec<Choice> = steps
        .iter()
        .map(|step| {
            let role = view.row.state.steps.get(*step).map_or("", |step| status::role(step.role));
            Choice::new(step.to_string(), format!("{} – {role}", name_of(view, *step)))
        })
        .collect();
    let step = form.typed("step").or_else(|| options.first().map(|choice| choice.value.clone()));
    let to = form.typed("to");
    let people = colleagues(view, wanted);
    let fields = view! {
        <Select id=id_of(form.act, "step") name="step" label=t("Chuyển đến bước") error=form.wrong("step") options value=step required=true/>
        <Select
            id=id_of(form.act, "to")
            name="to"
            label=t("Giao cho")
            error=form.wrong("to")
            hint=t("Để trống thì hồ sơ chờ phân công ở bước đó.")
            optional=t("không bắt buộc")
            blank=t("Chưa giao cho ai")
            options=people
            value=to
        />
    };
    let form = form.draw(fields.into_any(), Go { words: t("Chuyển xử lý").into(), look });
    fold(t("Chuyển xử lý"), look, open, form)
}

/// Signs what was decided.
pub(super) fn sign(view: &DossierView, look: Look) -> AnyView {
    let form = Form::new(view, "sign_dossier");
    let open = form.came_back();
    let state = &view.row.state;
    let decided = match state.decision {
        Some(ResultKind::NotGranted) => {
            tf("Đã quyết định không giải quyết. Lý do: {lý do}", &[("lý do", &state.decision_reason)])
        }
        Some(ResultKind::Granted) | None => t("Đã duyệt giải quyết theo đề nghị.").into(),
    };
    let fields = view! {
        <p>{decided}</p>
        <input type="hidden" name="ve" value="/can-bo/viec/cho-phe-duyet"/>
        <p>{follows(view, ActKind::Sign)}</p>
    };
    let form = form.draw(fields.into_any(), Go { words: t("Ký").into(), look });
    fold(t("Ký"), look, open, form)
}

/// What comes after an act of the leader, in a sentence.
pub(super) fn follows(view: &DossierView, kind: ActKind) -> String {
    let state = &view.row.state;
    match leads_to(state, kind).and_then(|next| Some((next, state.steps.get(next)?.kind))) {
        None => t("Đây là bước cuối: kết quả được phát hành và hạn thôi tính.").into(),
        Some((_, StepKind::Sign)) => t("Xong việc này, hồ sơ chờ ký.").into(),
        Some((_, StepKind::Issue)) => t("Xong việc này, hồ sơ sang văn thư lấy số, đóng dấu, phát hành.").into(),
        Some((next, _)) => tf("Xong việc này, hồ sơ sang bước: {bước}.", &[("bước", &name_of(view, next))]),
    }
}

/// Puts a dossier in one's hands or a colleague's.
pub(super) fn assign(view: &DossierView, look: Look) -> AnyView {
    let form = Form::new(view, "assign_dossier");
    let open = form.came_back();
    let wanted = view.row.state.current_step().map(|step| step.role);
    let options = colleagues(view, wanted);
    let hint = wanted.map(|role| tf("Bước này thuộc: {vai}.", &[("vai", status::role(role))]));
    let value = form.typed("to").or_else(|| options.first().map(|choice| choice.value.clone()));
    let fields = view! { <Select id=id_of(form.act, "to") name="to" label=t("Giao cho") hint error=form.wrong("to") options value required=true/> };
    let form = form.draw(fields.into_any(), Go { words: t("Phân công").into(), look });
    fold(t("Phân công"), look, open, form)
}

/// Issues the result.
pub(super) fn issue(view: &DossierView, look: Look) -> AnyView {
    let words = t("Tải tệp kết quả đã ký lên trước. Kết quả phát hành rồi thì chỉ sửa được bằng bản mới.").into();
    plain(view, "issue_result", t("Phát hành kết quả"), words, look)
}
