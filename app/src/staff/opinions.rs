//! What the reader's unit or division is asked for by others: the list, and one request with its answer.

use super::{
    dossier::opinion_tag,
    file_box::{FileBox, refused_file},
    mandates::people,
    own_form::OwnForm,
};
use crate::{
    context::{self, office},
    files, format, status,
    words::{t, tf},
};
use domain::{dossier::Stance, time::Instant};
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::{use_params_map, use_query_map};
use office::{
    Error, Uuid,
    dossiers::ColleagueRow,
    opinions::{After, OpinionLine, OpinionPage, OpinionView},
    past_opinions::{Before, PastPage, Side},
};
use ui::{
    Breadcrumb, Button, Cell, Checkboxes, Choice, Column, Crumb, Empty, Glyph, PageTitle, Pager, Radios, Row, Section,
    Select, SummaryList, SummaryRow, Table, TextArea,
};

/// The address of the list.
pub(crate) const PATH: &str = "/can-bo/xin-y-kien";

/// The lists of what was answered, as the address names them.
const PAST: [(&str, Side); 2] = [("da-tra-loi", Side::Asked), ("da-hoi", Side::Asking)];

/// What is asked and not answered, the most urgent first; or what was answered, the newest first.
#[component]
pub fn OpinionsPage() -> AnyView {
    let (list, place) = use_query_map().with_untracked(|query| (query.get("xem"), query.get("sau")));
    let (office, who) = (office(), context::staff());
    let past = PAST.iter().find(|(name, _)| list.as_deref() == Some(*name));
    if let Some((name, side)) = past.copied() {
        let before = place.and_then(|text| before_of(&text));
        let read = async move { office.past_opinions(&who, side, before).await };
        return super::page(read, move |page| show_past(&page, name, side, before));
    }
    let after = place.and_then(|text| after_of(&text));
    super::page(async move { office.opinions(&who, after).await }, move |page| show(&page, after))
}

/// The three lists, one of them open.
fn lists(open: &str) -> AnyView {
    let lists =
        [("", t("Chờ trả lời")), ("da-tra-loi", t("Đã trả lời")), ("da-hoi", t("Đơn vị mình hỏi, đã có ý kiến"))];
    let links = lists.into_iter().map(|(name, words)| {
        let href = if name.is_empty() { PATH.to_string() } else { format!("{PATH}?xem={name}") };
        view! { <li><a href=href aria-current=(name == open).then_some("page")>{words}</a></li> }
    });
    let links = links.collect_view();
    view! { <nav aria-label=t("Danh sách ý kiến")><ul class="plain inline-list">{links}</ul></nav> }.into_any()
}

fn show(page: &OpinionPage, after: Option<After>) -> impl IntoView + use<> {
    let title = t("Ý kiến phối hợp");
    let labels = [t("Mã hồ sơ"), t("Đơn vị hỏi"), t("Thủ tục"), t("Người trả lời"), t("Hạn trả lời")];
    let list = if page.lines.is_empty() {
        view! { <Empty glyph=Glyph::Tick words=t("Không còn yêu cầu ý kiến nào chờ trả lời.")/> }.into_any()
    } else {
        let lines = page.lines.iter().map(|line| row_of(line, &page.colleagues, labels)).collect::<Vec<_>>();
        let columns = labels.map(Column::new).to_vec();
        view! {
            <div class="queue-table"><Table caption=title caption_hidden=true columns>{lines}</Table></div>
        }
        .into_any()
    };
    let next = page.next.map(|after| format!("{PATH}?sau={}.{}", after.respond_by, after.id));
    let start = after.map(|_| PATH.to_string());
    view! {
        <Title text=title/>
        <PageTitle title caption=t("Đơn vị, phòng khác hỏi về hồ sơ họ đang giải quyết; hạn tính theo lịch của đơn vị mình")/>
        {lists("")}
        {list}
        <Pager
            label=t("Trang của danh sách")
            previous_href=start
            previous_words=t("Về trang đầu")
            next_href=next
            next_words=t("Trang sau")
        />
    }
}

fn row_of(line: &OpinionLine, colleagues: &[ColleagueRow], labels: [&'static str; 5]) -> AnyView {
    let [code_label, unit_label, procedure_label, person_label, limit_label] = labels;
    let row = &line.row;
    let (href, code, procedure) = (format!("{PATH}/{}", row.id), line.code.clone(), line.procedure_name.clone());
    let (unit, person) = (unit_name(line.asking_unit), person_words(row.assignee, colleagues));
    let limit = opinion_tag(row);
    let reminded = row.reminded_at.map(|at| {
        let words = tf("Được nhắc {lúc}", &[("lúc", &format::moment(Instant(at)))]);
        view! { <span class="sub staff-under">{words}</span> }
    });
    view! {
        <Row>
            <Cell heading=true label=code_label><a class="code" href=href>{code}</a></Cell>
            <Cell label=unit_label>{unit}</Cell>
            <Cell label=procedure_label><span class="clip">{procedure}</span></Cell>
            <Cell label=person_label>{person}</Cell>
            <Cell label=limit_label>{limit} " " {reminded}</Cell>
        </Row>
    }
    .into_any()
}

/// What was answered: to the reader's units it leads back to the request, for those who asked to the dossier.
fn show_past(page: &PastPage, name: &str, side: Side, before: Option<Before>) -> impl IntoView + use<> {
    let (title, caption, other) = match side {
        Side::Asked => (t("Ý kiến đã trả lời"), t("Ý kiến đơn vị mình đã gửi, mới nhất trước"), t("Đơn vị hỏi")),
        Side::Asking => (
            t("Ý kiến đã nhận"),
            t("Ý kiến đơn vị khác đã gửi về hồ sơ của đơn vị mình, mới nhất trước"),
            t("Đơn vị được hỏi"),
        ),
    };
    let labels = [t("Mã hồ sơ"), other, t("Thủ tục"), t("Ý kiến"), t("Trả lời lúc")];
    let list = if page.lines.is_empty() {
        view! { <Empty glyph=Glyph::Tick words=t("Chưa có ý kiến nào đã trả lời.")/> }.into_any()
    } else {
        let lines = page.lines.iter().map(|line| past_row(line, side, labels)).collect::<Vec<_>>();
        let columns = labels.map(Column::new).to_vec();
        view! {
            <div class="queue-table"><Table caption=title caption_hidden=true columns>{lines}</Table></div>
        }
        .into_any()
    };
    let next = page.next.map(|before| format!("{PATH}?xem={name}&sau={}.{}", before.ended_at, before.id));
    let start = before.map(|_| format!("{PATH}?xem={name}"));
    let tabs = lists(name);
    view! {
        <Title text=title/>
        <PageTitle title caption/>
        {tabs}
        {list}
        <Pager
            label=t("Trang của danh sách")
            previous_href=start
            previous_words=t("Về trang đầu")
            next_href=next
            next_words=t("Trang sau")
        />
    }
}

fn past_row(line: &OpinionLine, side: Side, labels: [&'static str; 5]) -> AnyView {
    let [code_label, unit_label, procedure_label, stance_label, when_label] = labels;
    let row = &line.row;
    let (href, unit) = match side {
        Side::Asked => (format!("{PATH}/{}", row.id), unit_name(line.asking_unit)),
        Side::Asking => (format!("/can-bo/ho-so/{}#y-kien", row.dossier_id), unit_name(row.asked_unit)),
    };
    let (code, procedure) = (line.code.clone(), line.procedure_name.clone());
    let stance = row.stance.as_deref().and_then(Stance::from_key).map_or("", status::stance);
    let by = row.answered_by.clone().unwrap_or_default();
    let when = row.ended_at.map(|at| format::moment(Instant(at))).unwrap_or_default();
    view! {
        <Row>
            <Cell heading=true label=code_label><a class="code" href=href>{code}</a></Cell>
            <Cell label=unit_label>{unit}</Cell>
            <Cell label=procedure_label><span class="clip">{procedure}</span></Cell>
            <Cell label=stance_label>{stance} " " <span class="sub staff-under">{by}</span></Cell>
            <Cell label=when_label>{when}</Cell>
        </Row>
    }
    .into_any()
}

/// One request.
#[component]
pub fn OpinionPageOf() -> AnyView {
    let id = use_params_map().with_untracked(|params| params.get("id")).and_then(|id| id.parse::<Uuid>().ok());
    let Some(id) = id else { return super::problem_page(&Error::NotFound) };
    let (office, who) = (office(), context::staff());
    super::page(async move { office.opinion(&who, id).await }, move |view| show_one(&view))
}

fn show_one(view: &OpinionView) -> impl IntoView + use<> {
    let (line, row) = (&view.line, &view.line.row);
    let title = tf("Ý kiến về hồ sơ {mã}", &[("mã", &line.code)]);
    let crumbs = vec![Crumb::new(t("Ý kiến phối hợp"), PATH), Crumb::here(line.code.clone())];
    let answer = OwnForm::new("opinions/answer_opinion").with_file();
    let assign = OwnForm::new("opinions/assign_opinion");
    let problem = answer.problem_on_top().or_else(|| assign.problem_on_top());
    let asked = tf(
        "{tên}, {đơn vị}, {lúc}",
        &[
            ("tên", &row.asked_by_name),
            ("đơn vị", &unit_name(line.asking_unit)),
            ("lúc", &format::moment(Instant(row.asked_at))),
        ],
    );
    let said = row.stance.as_deref().and_then(Stance::from_key).map(|stance| {
        let words = row.words.clone().filter(|words| !words.is_empty());
        let words = words.map(|words| view! { <p class="note-words">{words}</p> });
        let laid = files::links(t("Tệp kèm ý kiến"), &view.answer_files.iter().collect::<Vec<_>>());
        view! { <Section title=t("Đã trả lời") id="tra-loi"><p>{status::stance(stance)}</p>{words}{laid}</Section> }
    });
    let forms = row.ended_at.is_none().then(|| {
        let answer = view.may_answer.then(|| answer_form(view, answer));
        view! { {answer} {assign_form(view, assign)} }
    });
    let (limit, person) = (opinion_tag(row), person_words(row.assignee, &view.colleagues));
    let (procedure, applicant) = (line.procedure_name.clone(), view.applicant_name.clone());
    let (question, files) = (row.question.clone(), sent_files(view));
    view! {
        <Title text=title.clone()/>
        <Breadcrumb label=t("Đường dẫn") crumbs/>
        {problem}
        <PageTitle title=title.clone()/>
        <SummaryList>
            <SummaryRow label=t("Hạn trả lời")>{limit}</SummaryRow>
            <SummaryRow label=t("Người hỏi")>{asked}</SummaryRow>
            <SummaryRow label=t("Thủ tục")>{procedure}</SummaryRow>
            <SummaryRow label=t("Người nộp")>{applicant}</SummaryRow>
            <SummaryRow label=t("Người trả lời")>{person}</SummaryRow>
        </SummaryList>
        <Section title=t("Câu hỏi") id="cau-hoi">
            <p class="note-words">{question}</p>
            {files}
        </Section>
        {said}
        {forms}
    }
}

/// The files that were sent with the question, while it stands.
fn sent_files(view: &OpinionView) -> Option<AnyView> {
    if view.files.is_empty() {
        return None;
    }
    let lines = view.files.iter().map(|file| {
        let name = file.name.clone();
        match files::address(file) {
            Some(href) => view! { <li><a href=href target="_blank" rel="noopener">{name}</a></li> }.into_any(),
            None => view! { <li>{name} " " {files::held_tag(file)}</li> }.into_any(),
        }
    });
    Some(view! { <h3>{t("Tệp gửi kèm")}</h3> <ul>{lines.collect::<Vec<_>>()}</ul> }.into_any())
}

/// What a scan took away of what was laid, and the one form of the answer: what is said, the files that go with it, and the
/// box that lays one more. Whatever is typed stays when a file is laid.
fn answer_form(view: &OpinionView, form: OwnForm) -> AnyView {
    let id = view.line.row.id;
    let (wrong, infected) = (refused_file(), files::infected(&view.infected));
    let laid: Vec<Choice> =
        view.answer_files.iter().map(|file| Choice::new(file.id.to_string(), file.name.clone())).collect();
    // All of them go, until somebody takes one out: also those that came since the form was typed.
    let (seen, ticked) = (form.chosen("laid[]"), form.chosen("files[]"));
    let goes = |id: &String| !form.came_back() || ticked.contains(id) || !seen.contains(id);
    let chosen: Vec<String> = laid.iter().map(|one| one.value.clone()).filter(goes).collect();
    let shown = laid.iter().map(|one| view! { <input type="hidden" name="laid[]" value=one.value.clone()/> });
    let shown = shown.collect_view();
    let links = files::links(t("Đã tải lên, chưa gửi"), &view.answer_files.iter().collect::<Vec<_>>());
    let laid = (!laid.is_empty()).then(|| {
        view! {
            {links}
            <Checkboxes
                id=form.id("files")
                name="files[]"
                legend=t("Tệp gửi cùng ý kiến")
                hint=t("Tệp bỏ chọn thì không gửi và được bỏ đi.")
                error=form.wrong("files")
                options=laid
                values=chosen
            />
        }
    });
    let options = Stance::ALL.iter().map(|one| Choice::new(one.key(), status::stance(*one))).collect();
    let fields = view! {
        <input type="hidden" name="opinion" value=id.to_string()/>
        <input type="hidden" name="tep_command" value=context::new_command()/>
        {shown}
        <Radios
            id=form.id("stance")
            name="stance"
            legend=t("Ý kiến của đơn vị")
            error=form.wrong("stance")
            options
            value=form.typed("stance")
        />
        <TextArea
            id=form.id("words")
            name="words"
            label=t("Nội dung trả lời")
            hint=t("Điều kiện gì, vì sao không đồng ý, hoặc cơ quan nào có thẩm quyền. Đồng ý thì để trống được.")
            error=form.wrong("words")
            rows=4
            max_length=2000
            value=form.typed("words")
        />
        {infected}
        {laid}
        {wrong}
        <FileBox
            id=form.id("tep")
            hint=t("PDF, JPG hoặc PNG. Bấm “Tải lên” cho từng tệp, rồi gửi ý kiến. Không có tệp thì bỏ qua.")
            error=form.wrong("tep")
            address=format!("/can-bo/tai-len/y-kien/{id}")
        />
    };
    let drawn = form.draw(fields, view! { <Button>{t("Gửi ý kiến")}</Button> });
    view! { <Section title=t("Trả lời") id="tra-loi">{drawn}</Section> }.into_any()
}

fn assign_form(view: &OpinionView, form: OwnForm) -> AnyView {
    let colleagues: Vec<&ColleagueRow> = view.colleagues.iter().collect();
    let value = form.typed("to").or_else(|| view.line.row.assignee.map(|to| to.to_string()));
    let open = form.came_back();
    let fields = view! {
        <input type="hidden" name="opinion" value=view.line.row.id.to_string()/>
        <Select
            id=form.id("to")
            name="to"
            label=t("Giao cho")
            error=form.wrong("to")
            blank=t("Chọn người")
            options=people(&colleagues, None)
            value
            required=true
        />
    };
    let button = view! { <button class="button button-secondary" type="submit">{t("Giao người trả lời")}</button> };
    let drawn = form.draw(fields, button);
    view! {
        <details class="details staff-act" open=open>
            <summary>{t("Giao người trả lời")}</summary>
            <div class="details-body">{drawn}</div>
        </details>
    }
    .into_any()
}

fn person_words(assignee: Option<Uuid>, colleagues: &[ColleagueRow]) -> String {
    let Some(id) = assignee else { return t("Chưa giao").into() };
    let person = colleagues.iter().find(|one| one.staff_id == id);
    person.map_or_else(|| t("Người đã chuyển đi").into(), |one| one.name.clone())
}

fn unit_name(unit: i64) -> String {
    let books = office().books();
    books.places.by_id(unit).map(|office| format::sentence_case(&office.name)).unwrap_or_default()
}

/// Reads `<ended_at>.<id>`.
fn before_of(text: &str) -> Option<Before> {
    super::place_in_list(text).map(|(ended_at, id)| Before { ended_at, id })
}

/// Reads `<respond_by>.<id>`.
fn after_of(text: &str) -> Option<After> {
    super::place_in_list(text).map(|(respond_by, id)| After { respond_by, id })
}
