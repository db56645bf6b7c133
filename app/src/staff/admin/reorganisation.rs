//! One reorganisation: what it means before it is confirmed, how far it has come after.

use super::{
    Form, crumbs,
    reorganisations::{REORGANISATIONS, names, state_tag},
};
use crate::{
    context::{self, office},
    format, reorganisation_words, status,
    words::{t, tf},
};
use domain::{reorganisation::By, role::Role, time::Day};
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_params_map;
use office::{
    Error, Uuid,
    reorganisations::{HeirLine, PersonLine, ReorganisationView, ValueLine},
};
use ui::{Cell, Choice, Column, Notice, PageTitle, Row, Section, SummaryList, SummaryRow, Table, Tone};

/// The page.
#[component]
pub fn ReorganisationPage() -> AnyView {
    let id = use_params_map().with_untracked(|params| params.get("phuong_an")).and_then(|id| id.parse::<Uuid>().ok());
    let Some(id) = id else { return super::super::problem_page(&Error::NotFound) };
    let (office, who) = (office(), context::staff());
    super::super::page(async move { office.reorganisation(&who, id).await }, |plan| show(&plan))
}

fn show(plan: &ReorganisationView) -> impl IntoView + use<> {
    let row = &plan.row;
    let day = format::day(Day(row.on_day as i32));
    let title = tf("Sắp xếp đơn vị từ {ngày}", &[("ngày", &day)]);
    let rule = reorganisation_words::by(row.plan.rule.by);
    let rest = reorganisation_words::office_name(&row.plan.rule.default);
    let last = format::day(row.plan.last_day());
    let problem = plan.problem.as_ref().map(|problem| {
        let words = reorganisation_words::problem(problem);
        view! { <Notice tone=Tone::Warn title=t("Chưa chốt được")>{words}</Notice> }
    });
    let (basis, closes, continues) = (row.plan.basis.clone(), names(&row.plan.closes), names(&row.plan.heirs));
    let draft = (row.confirmed_at.is_none()).then(|| view! { {shares(plan)} {confirm(plan)} });
    let worked = tf("làm việc đến hết ngày {ngày}", &[("ngày", &last)]);
    let state = state_tag(row);
    let people = (row.confirmed_at.is_some() && row.begun_at.is_none()).then(|| people_table(&plan.people, plan));
    view! {
        <Title text=title.clone()/>
        {crumbs(Some((t("Sắp xếp đơn vị"), REORGANISATIONS)), day)}
        <PageTitle title>{state}</PageTitle>
        {problem}
        <SummaryList>
            <SummaryRow label=t("Căn cứ")>{basis}</SummaryRow>
            <SummaryRow label=t("Kết thúc hoạt động")>{closes} {worked}</SummaryRow>
            <SummaryRow label=t("Tiếp nối")>{continues}</SummaryRow>
            <SummaryRow label=t("Chia hồ sơ")>{rule}</SummaryRow>
            <SummaryRow label=t("Nhận phần còn lại")>{rest}</SummaryRow>
        </SummaryList>
        {heirs(plan)}
        {endings(plan)}
        {people}
        {draft}
        {reopen(plan)}
    }
}

/// How many dossiers come to whom, of how many.
fn heirs(plan: &ReorganisationView) -> impl IntoView + use<> {
    let begun = plan.row.begun_at.is_some();
    let title = t("Hồ sơ đang giải quyết");
    let labels = [t("Đơn vị nhận"), t("Số hồ sơ"), t("Danh sách bàn giao")];
    let lines = plan.heirs.iter().map(|heir| heir_line(plan, heir, labels)).collect_view();
    let passed: i64 = plan.heirs.iter().map(|heir| heir.dossiers).sum();
    let (done, open) = (passed.to_string(), plan.open.to_string());
    let progress = match (begun, plan.left) {
        (true, 0) => {
            tf("Đã chuyển {n}/{tổng} hồ sơ, không còn hồ sơ nào ở đơn vị kết thúc.", &[("n", &done), ("tổng", &open)])
        }
        (true, left) => tf(
            "Đã chuyển {n}/{tổng} hồ sơ, còn {còn}. Phần mềm chuyển tiếp từng đợt; tải lại trang để xem số mới.",
            &[("n", &done), ("tổng", &open), ("còn", &left.to_string())],
        ),
        (false, _) => tf(
            "{tổng} hồ sơ đang giải quyết hôm nay. Số này còn đổi đến ngày chuyển. Hồ sơ đã xong ở lại đơn vị cũ, đơn vị tiếp nối tra cứu được.",
            &[("tổng", &open)],
        ),
    };
    let columns = vec![Column::new(labels[0]), Column::numeric(labels[1]), Column::new(labels[2])];
    view! {
        <Section title id="ho-so">
            <p>{progress}</p>
            <p>{t("Mã hồ sơ, mã tra cứu, ngày hẹn trả giữ nguyên. Giấy tờ đã lập giữ nguyên, kể cả tên cơ quan cũ.")}</p>
            <div class="queue-table"><Table caption=title caption_hidden=true columns>{lines}</Table></div>
        </Section>
    }
}

fn heir_line(plan: &ReorganisationView, heir: &HeirLine, labels: [&'static str; 3]) -> impl IntoView + use<> {
    let [name_label, count_label, list_label] = labels;
    let count = tf("{n}/{tổng}", &[("n", &heir.dossiers.to_string()), ("tổng", &plan.open.to_string())]);
    let rest = (heir.by_default > 0 && plan.row.plan.rule.by != By::One)
        .then(|| tf("trong đó {n} hồ sơ thuộc phần còn lại", &[("n", &heir.by_default.to_string())]));
    let href = format!("{REORGANISATIONS}/{}/ban-giao/{}", plan.row.id, heir.office.id);
    let link = tf("Xem, in danh sách bàn giao cho {đơn vị}", &[("đơn vị", &heir.office.name)]);
    let name = heir.office.name.clone();
    view! {
        <Row>
            <Cell heading=true label=name_label>{name}</Cell>
            <Cell numeric=true label=count_label>{count} " " <span class="sub">{rest}</span></Cell>
            <Cell label=list_label><a href=href aria-label=link>{t("Xem, in")}</a></Cell>
        </Row>
    }
}

/// What ends with the units.
fn endings(plan: &ReorganisationView) -> Option<AnyView> {
    if plan.row.begun_at.is_some() {
        return None;
    }
    let going = plan.people.iter().filter(|one| one.to.is_some()).count();
    let (all, lent) = (plan.people.len().to_string(), plan.mandates.len().to_string());
    let people = tf(
        "{tất cả} vai trò kết thúc, {tiếp}/{tất cả} làm tiếp ở đơn vị tiếp nối.",
        &[("tất cả", &all), ("tiếp", &going.to_string())],
    );
    let lent = tf("{n} ủy nhiệm, làm thay kết thúc.", &[("n", &lent)]);
    Some(
        view! {
            <Section title=t("Kết thúc cùng đơn vị") id="ket-thuc">
                <ul><li>{people}</li> <li>{lent}</li></ul>
            </Section>
        }
        .into_any(),
    )
}

/// The units that continue, to choose from.
fn options(plan: &ReorganisationView) -> Vec<Choice> {
    plan.heirs.iter().map(|heir| Choice::new(heir.office.id.to_string(), heir.office.name.clone())).collect()
}

/// A list of units inside a table, named for those who do not see the row.
fn choose(name: String, label: String, options: &[Choice], value: &str, blank: Option<&'static str>) -> AnyView {
    let blank = blank.map(|words| view! { <option value="">{words}</option> });
    let items = options
        .iter()
        .map(|choice| {
            let selected = choice.value == value;
            view! { <option value=choice.value.clone() selected=selected>{choice.label.clone()}</option> }
        })
        .collect_view();
    view! { <select class="input select" name=name aria-label=label>{blank} {items}</select> }.into_any()
}

/// The form that says who gets what, and who works on where.
fn shares(plan: &ReorganisationView) -> AnyView {
    if plan.values.is_empty() && plan.people.is_empty() {
        return ().into_any();
    }
    let form = Form::new("reorganisations/name_heirs");
    let options = options(plan);
    let value_labels = [t("Hồ sơ của"), t("Số hồ sơ"), t("Chuyển cho")];
    let names = value_names(plan);
    let lines = plan.values.iter().zip(names).enumerate();
    let lines = lines.map(|(at, (value, name))| value_row(&form, at, (value, name), &options, value_labels).into_any());
    let lines = lines.chain(withheld_row(plan.withheld, value_labels)).collect_view();
    let values = (!plan.values.is_empty()).then(|| {
        let columns =
            vec![Column::new(value_labels[0]), Column::numeric(value_labels[1]), Column::new(value_labels[2])];
        let title = t("Ai nhận hồ sơ nào");
        view! { <Table caption=title columns>{lines}</Table> }
    });
    let labels = [t("Họ và tên"), t("Vai trò"), t("Làm tiếp ở")];
    let (shut, others): (Vec<&PersonLine>, Vec<&PersonLine>) = plan.people.iter().partition(|one| one.shut);
    let others = others.into_iter().enumerate();
    let others = others.map(|(at, one)| person_row(&form, at, one, &options, labels).into_any());
    let shut = shut.into_iter().map(|one| settled_row(one, login_shut().into(), labels));
    let rows = others.chain(shut).collect_view();
    let people = (!plan.people.is_empty()).then(|| {
        let columns = labels.map(Column::new).to_vec();
        view! { <Table caption=t("Cán bộ") columns>{rows}</Table> }
    });
    let hidden = [("plan", plan.row.id.to_string()), ("seen", plan.row.version.to_string())];
    let fields = view! { {values} {people} };
    let drawn = form.draw(&hidden, fields.into_any(), t("Lưu cách chia, xem lại số").into(), "button button-secondary");
    view! {
        <Section title=t("Chia hồ sơ, bố trí cán bộ") id="chia">
            <p>{t("Cán bộ không bố trí thì làm đến hết ngày cuối của đơn vị kết thúc. Vai trò mới có thể giao sau.")}</p>
            <div class="queue-table">{drawn}</div>
        </Section>
    }
    .into_any()
}

/// What was chosen in that line before the form was refused.
fn chosen_before(form: &Form, list: &str, at: usize, key: &str, value: &str) -> Option<String> {
    let same = form.typed(&format!("{list}[{at}][{key}]")).is_some_and(|typed| typed == value);
    same.then(|| form.typed(&format!("{list}[{at}][to]"))).flatten()
}

/// What each line is called. Sensitive dossiers that a plan by hand names to nobody here are told apart by numbers.
fn value_names(plan: &ReorganisationView) -> Vec<String> {
    let mut unnamed = 0;
    let name = |value: &ValueLine| {
        if plan.row.plan.rule.by != By::Hand || !value.label.is_empty() {
            return value.label.clone();
        }
        unnamed += 1;
        tf("Hồ sơ có thông tin được bảo vệ {số}", &[("số", &unnamed.to_string())])
    };
    plan.values.iter().map(name).collect()
}

fn value_row(
    form: &Form,
    at: usize,
    (value, label): (&ValueLine, String),
    options: &[Choice],
    labels: [&'static str; 3],
) -> impl IntoView + use<> {
    let [value_label, count_label, to_label] = labels;
    let to = chosen_before(form, "lines", at, "what", &value.what).unwrap_or_else(|| value.to.to_string());
    let name = tf("Đơn vị nhận hồ sơ của {gì}", &[("gì", &label)]);
    let list = choose(format!("lines[{at}][to]"), name, options, &to, None);
    let (hidden, what) = (format!("lines[{at}][what]"), value.what.clone());
    let dossiers = value.dossiers;
    view! {
        <Row>
            <Cell heading=true label=value_label>{label} <input type="hidden" name=hidden value=what/></Cell>
            <Cell numeric=true label=count_label>{dossiers}</Cell>
            <Cell label=to_label>{list}</Cell>
        </Row>
    }
}

/// Sensitive dossiers, which no line counts for whoever may not read them.
fn withheld_row(dossiers: i64, labels: [&'static str; 3]) -> Option<AnyView> {
    let [value_label, count_label, to_label] = labels;
    let row = view! {
        <Row>
            <Cell heading=true label=value_label>{t("Hồ sơ có thông tin được bảo vệ")}</Cell>
            <Cell numeric=true label=count_label>{dossiers}</Cell>
            <Cell label=to_label>{t("theo lĩnh vực, như các dòng trên")}</Cell>
        </Row>
    };
    (dossiers > 0).then(|| row.into_any())
}

fn role_words(one: &PersonLine) -> String {
    let role = Role::from_key(&one.role).map_or("", status::role);
    let place = office().books().places.by_id(one.office).map_or_else(String::new, |office| office.name.clone());
    format!("{role}, {place}")
}

fn person_row(
    form: &Form,
    at: usize,
    one: &PersonLine,
    options: &[Choice],
    labels: [&'static str; 3],
) -> impl IntoView + use<> {
    let [name_label, role_label, to_label] = labels;
    let position = one.position.to_string();
    let usual = one.to.map(|to| to.to_string()).unwrap_or_default();
    let to = chosen_before(form, "people", at, "position", &position).unwrap_or(usual);
    let role = role_words(one);
    let label = tf("Đơn vị làm tiếp của {ai}, {vai}", &[("ai", &one.name), ("vai", &role)]);
    let list = choose(format!("people[{at}][to]"), label, options, &to, Some(t("Không bố trí")));
    let (hidden, name) = (format!("people[{at}][position]"), one.name.clone());
    view! {
        <Row>
            <Cell heading=true label=name_label>{name} <input type="hidden" name=hidden value=position/></Cell>
            <Cell label=role_label>{role}</Cell>
            <Cell label=to_label>{list}</Cell>
        </Row>
    }
}

/// Somebody about whom nothing is chosen here.
fn settled_row(one: &PersonLine, to: String, labels: [&'static str; 3]) -> AnyView {
    let [name_label, role_label, to_label] = labels;
    let (name, role) = (one.name.clone(), role_words(one));
    view! {
        <Row>
            <Cell heading=true label=name_label>{name}</Cell>
            <Cell label=role_label>{role}</Cell>
            <Cell label=to_label>{to}</Cell>
        </Row>
    }
    .into_any()
}

/// Why somebody works on nowhere.
fn login_shut() -> &'static str {
    t("Tài khoản đã khóa, không bố trí")
}

/// Who works on where, once it is confirmed.
fn people_table(people: &[PersonLine], plan: &ReorganisationView) -> AnyView {
    let labels = [t("Họ và tên"), t("Vai trò"), t("Làm tiếp ở")];
    let row = |one: &PersonLine| {
        let to = plan.heirs.iter().find(|heir| Some(heir.office.id) == one.to).map(|heir| heir.office.name.clone());
        let nowhere = if one.shut { login_shut() } else { t("Không bố trí") };
        settled_row(one, to.unwrap_or_else(|| nowhere.into()), labels)
    };
    let rows = people.iter().map(row).collect_view();
    let columns = labels.map(Column::new).to_vec();
    view! { <div class="queue-table"><Table caption=t("Cán bộ") columns>{rows}</Table></div> }.into_any()
}

fn of(plan: &ReorganisationView) -> [(&'static str, String); 2] {
    [("plan", plan.row.id.to_string()), ("seen", plan.row.version.to_string())]
}

/// The two ways out of a draft.
fn confirm(plan: &ReorganisationView) -> AnyView {
    let words = view! {
        <p>{t("Chốt rồi, đến ngày phần mềm tự kết thúc đơn vị và chuyển hồ sơ, không cần ai bấm. Ngày đã tới thì thực hiện trong ít phút. Trước ngày đó còn mở lại để sửa được; sau khi đã chuyển thì không lùi lại được.")}</p>
    };
    let sure = Form::new("reorganisations/confirm_reorganisation");
    let sure = sure.draw(&of(plan), words.into_any(), t("Chốt phương án").into(), "button");
    let drop = Form::new("reorganisations/drop_reorganisation");
    let drop = drop.draw(&of(plan), ().into_any(), t("Bỏ bản dự thảo").into(), "button button-quiet");
    view! { <Section title=t("Chốt phương án") id="chot">{sure} {drop}</Section> }.into_any()
}

/// The way back from a confirmed plan that has not begun.
fn reopen(plan: &ReorganisationView) -> Option<AnyView> {
    let waits = plan.row.confirmed_at.is_some() && plan.row.begun_at.is_none();
    waits.then(|| {
        let form = Form::new("reorganisations/reopen_reorganisation");
        form.draw(&of(plan), ().into_any(), t("Mở lại để sửa").into(), "button button-secondary")
    })
}
