//! Who stands in for whom: rights lent for a time, and substitutes of the absent.

use super::own_form::OwnForm;
use crate::{
    context::{self, office},
    format, status,
    words::{t, tf},
};
use domain::{
    dossier::ActKind,
    mandate::MandateKind,
    role::Role,
    time::{Day, Instant},
};
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_query_map;
use office::{
    Uuid, Who,
    dossiers::{ColleagueRow, MandateRow},
    mandates::{Before, MandatePage},
    rights::Task,
};
use ui::{
    Button, Cell, Checkboxes, Choice, Column, Details, Empty, Glyph, PageTitle, Pager, Radios, Row, Section, Select,
    Table, Tag, TextField, Tone,
};

/// The address of the page.
pub(crate) const PATH: &str = "/can-bo/lam-thay";

/// The list and the two forms.
#[component]
pub fn MandatesPage() -> AnyView {
    let before = use_query_map().with_untracked(|query| query.get("sau")).and_then(|text| before_of(&text));
    let (office, who) = (office(), context::staff());
    let reader = who.clone();
    super::page(async move { office.mandates(&reader, before).await }, move |page| show(&who, &page, before))
}

fn show(who: &Who, page: &MandatePage, before: Option<Before>) -> impl IntoView + use<> {
    let title = t("Ủy nhiệm và làm thay");
    let absence = OwnForm::new("mandates/mark_absence");
    let lending = OwnForm::new("mandates/delegate");
    let problem = absence.problem_on_top().or_else(|| lending.problem_on_top());
    let may = |task| !office().units_for(who, task).is_empty();
    let absence = may(Task::MarkAbsence).then(|| absence_form(who, page, absence));
    let lending = may(Task::Delegate).then(|| delegation_form(who, page, lending));
    let next = page.next.map(|before| format!("{PATH}?sau={}.{}", before.last_day, before.id));
    let start = before.map(|_| PATH.to_string());
    view! {
        <Title text=title/>
        {problem}
        <PageTitle title caption=t("Ai làm thay ai, từ ngày nào đến ngày nào, việc gì; hết ngày thì tự hết")/>
        {list(who, &page.rows)}
        <Pager
            label=t("Trang của danh sách")
            previous_href=start
            previous_words=t("Về trang đầu")
            next_href=next
            next_words=t("Trang sau")
        />
        {absence}
        {lending}
    }
}

fn list(who: &Who, rows: &[MandateRow]) -> AnyView {
    if rows.is_empty() {
        return view! { <Empty glyph=Glyph::User words=t("Chưa có ủy nhiệm hay lần làm thay nào trong đơn vị.")/> }
            .into_any();
    }
    let labels = [t("Người làm"), t("Thay cho"), t("Hình thức"), t("Thời gian"), t("Việc được làm"), t("Tình trạng")];
    let lines = rows.iter().map(|row| line(who, row, labels)).collect_view();
    let columns = labels.map(Column::new).to_vec();
    view! {
        <div class="queue-table">
            <Table caption=t("Ủy nhiệm và làm thay") caption_hidden=true columns>{lines}</Table>
        </div>
    }
    .into_any()
}

fn line(who: &Who, row: &MandateRow, labels: [&'static str; 6]) -> AnyView {
    let [to_label, from_label, kind_label, days_label, scope_label, state_label] = labels;
    let kind = MandateKind::from_key(&row.kind).map_or("", status::mandate);
    let (to, from) = (row.to_name.clone(), row.from_name.clone());
    let (days, scope, state, end) = (days_words(row), scope_words(row), state_tag(row), end_form(who, row));
    let paper = (!row.paper.is_empty()).then(|| view! { <span class="sub staff-under">{row.paper.clone()}</span> });
    let title =
        (!row.from_title.is_empty()).then(|| view! { <span class="sub staff-under">{row.from_title.clone()}</span> });
    view! {
        <Row>
            <Cell heading=true label=to_label>{to}</Cell>
            <Cell label=from_label>{from} {title}</Cell>
            <Cell label=kind_label>{kind} {paper}</Cell>
            <Cell label=days_label>{days}</Cell>
            <Cell label=scope_label>{scope}</Cell>
            <Cell label=state_label>{state} {end}</Cell>
        </Row>
    }
    .into_any()
}

/// From which day to which.
fn days_words(row: &MandateRow) -> String {
    let day = |number: i64| format::day(Day(number as i32));
    tf("{từ} – {đến}", &[("từ", &day(row.first_day)), ("đến", &day(row.last_day))])
}

/// Which acts, on which procedures.
fn scope_words(row: &MandateRow) -> String {
    if MandateKind::from_key(&row.kind).is_some_and(|kind| !kind.lends()) {
        let role = Role::from_key(&row.role).map_or("", status::role);
        return tf("Mọi việc của {vai}", &[("vai", role)]);
    }
    let acts: Vec<&str> = row.scope.acts.iter().map(|act| status::act(*act)).collect();
    let acts = acts.join(", ");
    if row.scope.procedures.is_empty() {
        return tf("{việc}; mọi thủ tục", &[("việc", &acts)]);
    }
    tf("{việc}; thủ tục {mã}", &[("việc", &acts), ("mã", &row.scope.procedures.join(", "))])
}

fn state_tag(row: &MandateRow) -> AnyView {
    let today = i64::from(office().now().day().0);
    let (tone, glyph, words) = match row.ended_at {
        Some(at) => (Tone::Grey, Glyph::Square, tf("Đã kết thúc sớm {lúc}", &[("lúc", &format::moment(Instant(at)))])),
        None if today < row.first_day => (Tone::Info, Glyph::Calendar, t("Chưa đến ngày").into()),
        None if today > row.last_day => (Tone::Grey, Glyph::Square, t("Đã hết").into()),
        None => (Tone::Success, Glyph::Tick, t("Đang có hiệu lực").into()),
    };
    view! { <Tag tone glyph words/> }.into_any()
}

/// The button that ends it early, for whoever may.
fn end_form(who: &Who, row: &MandateRow) -> Option<AnyView> {
    let office = office();
    let is_over = row.ended_at.is_some() || row.last_day < i64::from(office.now().day().0);
    let own = who.staff().is_some_and(|staff| [row.from_staff, row.made_by].contains(&staff.id));
    if is_over || !(own || office.may(who, Task::Delegate, row.office_id).is_ok()) {
        return None;
    }
    let id = row.id.to_string();
    let form = OwnForm::of_line("mandates/end_mandate", "mandate", &id);
    let refused = form.problem_on_top();
    let name = tf("Kết thúc sớm: {người} thay {ai}", &[("người", &row.to_name), ("ai", &row.from_name)]);
    let fields = view! { {refused} <input type="hidden" name="mandate" value=id/> };
    let button = view! {
        <button class="button button-secondary" type="submit" aria-label=name>{t("Kết thúc sớm")}</button>
    };
    Some(form.draw(fields, button))
}

fn absence_form(who: &Who, page: &MandatePage, form: OwnForm) -> AnyView {
    let me = who.subject().to_string();
    let may_for_others = !office().units_for(who, Task::Delegate).is_empty();
    let working: Vec<&ColleagueRow> =
        page.colleagues.iter().filter(|one| has_role(one, Task::MarkAbsence.roles())).collect();
    let from = if may_for_others {
        let value = form.typed("from").unwrap_or_else(|| me.clone());
        let options = people(&working, None);
        view! {
            <Select
                id=form.id("from")
                name="from"
                label=t("Người vắng")
                error=form.wrong("from")
                options
                value
                required=true
            />
        }
        .into_any()
    } else {
        ().into_any()
    };
    let but = (!may_for_others).then(|| who.subject());
    let to = form.typed("to");
    let fields = view! {
        {from}
        <Select
            id=form.id("to")
            name="to"
            label=t("Người làm thay")
            hint=t("Cùng vai trò trong đơn vị. Hồ sơ của người vắng hiện trong danh sách Của tôi của người này.")
            error=form.wrong("to")
            blank=t("Chọn người làm thay")
            options=people(&working, but)
            value=to
            required=true
        />
        {form.day("first", t("Từ ngày"), Some(office().now().day()))}
        {form.day("last", t("Đến hết ngày"), None)}
        <TextField
            id=form.id("paper")
            name="paper"
            label=t("Văn bản phân công")
            optional=t("nếu có")
            error=form.wrong("paper")
            value=form.typed("paper")
            max_length=200
        />
    };
    let open = form.came_back();
    let drawn = form.draw(fields, view! { <Button>{t("Ghi ngày vắng")}</Button> });
    folded(t("Báo vắng, cử người làm thay"), "bao-vang", open, drawn)
}

fn delegation_form(who: &Who, page: &MandatePage, form: OwnForm) -> AnyView {
    let me = who.subject().to_string();
    let lenders: Vec<&ColleagueRow> =
        page.colleagues.iter().filter(|one| has_role(one, &office::rights::LENDERS)).collect();
    let leads = who.staff().is_some_and(|staff| staff.positions.iter().any(|p| p.role == Role::Leader));
    let from = if leads {
        view! {
            <Select
                id=form.id("from")
                name="from"
                label=t("Quyền của ai")
                error=form.wrong("from")
                options=people(&lenders, None)
                value=form.typed("from").unwrap_or_else(|| me.clone())
                required=true
            />
        }
        .into_any()
    } else {
        ().into_any()
    };
    let all: Vec<&ColleagueRow> = page.colleagues.iter().filter(|one| !is_apart(one)).collect();
    let kinds = [MandateKind::Deputy, MandateKind::Order, MandateKind::Authority];
    let kinds = kinds.map(|kind| Choice::new(kind.key(), status::mandate(kind))).to_vec();
    let acts = office().acts_to_lend(who);
    let chosen = if form.came_back() {
        form.chosen("acts[]")
    } else {
        [ActKind::Approve, ActKind::Sign].map(|act| act.key().to_string()).to_vec()
    };
    let acts = acts.iter().map(|act| Choice::new(act.key(), status::act(*act))).collect::<Vec<_>>();
    let today = office().now().day();
    let mut procedures: Vec<Choice> = office()
        .books()
        .catalogue
        .all(today)
        .map(|one| Choice::new(one.code.clone(), format!("{} – {}", one.name, one.code)))
        .collect();
    procedures.sort_by_key(|one| domain::text::sort_key(&one.label));
    let (procedures_id, chosen_procedures) = (form.id("procedures"), form.chosen("procedures[]"));
    let fields = view! {
        {from}
        <Select
            id=form.id("to")
            name="to"
            label=t("Giao cho")
            hint=t("Người trong đơn vị. Người này không giao tiếp cho người khác được.")
            error=form.wrong("to")
            blank=t("Chọn người")
            options=people(&all, (!leads).then(|| who.subject()))
            value=form.typed("to")
            required=true
        />
        <Radios
            id=form.id("form")
            name="form"
            legend=t("Ghi trước tên người ký")
            error=form.wrong("form")
            options=kinds
            value=form.typed("form").unwrap_or_else(|| MandateKind::Authority.key().into())
        />
        {form.day("first", t("Từ ngày"), Some(today))}
        {form.day("last", t("Đến hết ngày"), None)}
        <Checkboxes
            id=form.id("acts")
            name="acts[]"
            legend=t("Việc được làm")
            error=form.wrong("acts")
            options=acts
            values=chosen
        />
        <Details summary=t("Chỉ cho một số thủ tục")>
            <Checkboxes
                id=procedures_id
                name="procedures[]"
                legend=t("Thủ tục")
                hint=t("Không chọn thủ tục nào nghĩa là mọi thủ tục.")
                options=procedures
                values=chosen_procedures
            />
        </Details>
        <TextField
            id=form.id("paper")
            name="paper"
            label=t("Văn bản giao quyền")
            hint=t("Số, ngày của quyết định, quy chế hoặc phân công.")
            error=form.wrong("paper")
            value=form.typed("paper")
            max_length=200
            required=true
        />
    };
    let open = form.came_back();
    let drawn = form.draw(fields, view! { <Button>{t("Ủy nhiệm")}</Button> });
    folded(t("Ủy nhiệm quyền duyệt, ký"), "uy-nhiem", open, drawn)
}

fn folded(title: &'static str, id: &'static str, open: bool, form: AnyView) -> AnyView {
    view! {
        <Section title id>
            <details class="details staff-act" open=open>
                <summary>{t("Mở biểu mẫu")}</summary>
                <div class="details-body">{form}</div>
            </details>
        </Section>
    }
    .into_any()
}

fn has_role(one: &ColleagueRow, roles: &[Role]) -> bool {
    Role::from_key(&one.role).is_some_and(|role| roles.contains(&role))
}

/// Whoever controls or administers stands in for nobody.
fn is_apart(one: &ColleagueRow) -> bool {
    has_role(one, &[Role::Controller, Role::Administrator])
}

/// People to choose, each once with the roles; without one of them.
pub(super) fn people(rows: &[&ColleagueRow], but: Option<Uuid>) -> Vec<Choice> {
    let mut choices: Vec<(Uuid, String, Vec<&'static str>)> = Vec::new();
    for row in rows.iter().filter(|row| Some(row.staff_id) != but) {
        let Some(role) = Role::from_key(&row.role).map(status::role) else { continue };
        match choices.iter_mut().find(|(id, ..)| *id == row.staff_id) {
            Some((.., roles)) if roles.contains(&role) => {}
            Some((.., roles)) => roles.push(role),
            None => choices.push((row.staff_id, row.name.clone(), vec![role])),
        }
    }
    choices
        .into_iter()
        .map(|(id, name, roles)| Choice::new(id.to_string(), format!("{name} – {}", roles.join(", "))))
        .collect()
}

/// Reads `<last_day>.<id>`.
fn before_of(text: &str) -> Option<Before> {
    super::place_in_list(text).map(|(last_day, id)| Before { last_day, id })
}
