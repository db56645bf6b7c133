//! A work queue: what waits, the most urgent first. The address is the state: words, procedure, place in the list.

use super::{
    limit::{limit_of, limit_tag, limit_words, status_tag},
    own_form::OwnForm,
    words_of,
};
use crate::{
    context::{self, office},
    format, status,
    words::{t, tf},
};
use domain::{
    dossier::{ActKind, Status},
    time::Instant,
};
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::{use_params_map, use_query_map};
use office::{
    Error, Who,
    queues::{After, Narrow, Page, Queue, QueueRow},
    rights::Task,
};
use ui::{Cell, Choice, Column, Empty, FilterBar, Glyph, LinkButton, PageTitle, Pager, Row, Select, Table, Tag, Tone};

/// What the address asks for.
#[derive(Clone, Default)]
struct Asked {
    words: String,
    procedure: String,
    after: Option<After>,
    /// A place was given that leads nowhere; the list begins at its start.
    is_start: bool,
    /// Every line is ticked from the start.
    all: bool,
}

/// One queue.
#[component]
pub fn QueuePage() -> AnyView {
    let key = use_params_map().with_untracked(|params| params.get("queue")).unwrap_or_default();
    let Some(queue) = Queue::from_key(&key) else { return super::problem_page(&Error::NotFound) };
    let asked = use_query_map().with_untracked(|query| {
        let text = |name: &str| query.get(name).unwrap_or_default().trim().to_string();
        let after = after_of(&text("sau"));
        Asked {
            words: text("q"),
            procedure: text("thu_tuc"),
            is_start: after.is_none(),
            after,
            all: text("chon") == "tat-ca",
        }
    });
    let (office, who) = (office(), context::staff());
    let narrow = Narrow {
        search: asked.words.clone(),
        procedure_code: Some(asked.procedure.clone()).filter(|code| !code.is_empty()),
    };
    let (after, read_at) = (asked.after, office.now());
    super::page(async move { office.queue(&who, queue, &narrow, after).await }, move |page| {
        show(&context::staff(), queue, &asked, &page, read_at)
    })
}

fn show(who: &Who, queue: Queue, asked: &Asked, page: &Page, read_at: Instant) -> impl IntoView + use<> {
    let (title, _) = words_of(queue);
    let path = format!("/can-bo/viec/{}", queue.key());
    let narrowed = !asked.words.is_empty() || !asked.procedure.is_empty();
    let keep = query_of(asked);
    let next = page.next.map(|after| format!("{path}?{keep}sau={}.{}", after.queue_at, after.id));
    let start = (!asked.is_start).then(|| format!("{path}?{keep}"));
    let list = if page.rows.is_empty() {
        let words = if narrowed { t("Không có hồ sơ nào khớp với bộ lọc.") } else { nothing_in(queue) };
        let clear = narrowed.then(|| view! { <LinkButton href=path.clone()>{t("Bỏ lọc")}</LinkButton> });
        view! { <Empty words>{clear}</Empty> }.into_any()
    } else {
        match many_of(who, queue) {
            Some(many) => many_form(many, title, asked, page),
            None => dossier_table(title, page),
        }
    };
    let save = narrowed.then(|| super::saved_views::save_form(queue, &asked.words, &asked.procedure));
    view! {
        <Title text=title/>
        <PageTitle title/>
        {super::queue_news(read_at)}
        {filters(&path, asked, narrowed)}
        {save}
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

fn filters(path: &str, asked: &Asked, narrowed: bool) -> impl IntoView + use<> {
    let (office, who, today) = (office(), context::staff(), office().now().day());
    let units = office.units_for(&who, Task::ReadQueues);
    let mut procedures: Vec<Choice> = office
        .books()
        .catalogue
        .all(today)
        .filter(|procedure| units.iter().any(|unit| office.may_handle(&who, procedure, *unit).is_ok()))
        .map(|procedure| Choice::new(procedure.code.clone(), format!("{} – {}", procedure.name, procedure.code)))
        .collect();
    procedures.sort_by_key(|procedure| domain::text::sort_key(&procedure.label));
    let path = path.to_string();
    let (words, procedure) = (asked.words.clone(), asked.procedure.clone());
    let clear = narrowed.then(|| view! { <a href=path.clone()>{t("Bỏ lọc")}</a> });
    view! {
        <FilterBar label=t("Lọc danh sách") action=path>
            <div class="field">
                <label class="label" for="q">
                    {t("Mã hồ sơ, tên, số định danh hoặc điện thoại")} " " <kbd aria-hidden="true">"/"</kbd>
                </label>
                <input
                    class="input input-24"
                    type="search"
                    id="q"
                    name="q"
                    accesskey="f"
                    autocomplete="off"
                    value=words
                />
            </div>
            <Select
                id="thu_tuc"
                label=t("Thủ tục")
                blank=t("Mọi thủ tục")
                options=procedures
                value=procedure
            />
            <button class="button button-secondary" type="submit">{t("Lọc")}</button>
            {clear}
        </FilterBar>
    }
}

/// What is done with many dossiers of a queue at once.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Many {
    Assign,
    Approve,
}

/// What this person may do with many lines of that queue.
fn many_of(who: &Who, queue: Queue) -> Option<Many> {
    let (many, kind) = match queue {
        Queue::AwaitingAssignment => (Many::Assign, ActKind::Assign),
        Queue::AwaitingApproval => (Many::Approve, ActKind::Approve),
        _ => return None,
    };
    office().may_do_many(who, kind).is_ok().then_some(many)
}

/// The table with a box to tick on each line, and what is done with the ticked ones.
fn many_form(many: Many, caption: &str, asked: &Asked, page: &Page) -> AnyView {
    let form = OwnForm::new("bulk/assign_many").wide();
    let ticked = form.chosen("ho_so[]");
    let name = if many == Many::Assign { "ho_so[]" } else { "ho_so" };
    // A form that comes again keeps what was ticked, also what was unticked.
    let every = asked.all && !form.came_back();
    let is_ticked = |value: &String| every || ticked.contains(value);
    let table = table_of(caption, page, Some(&Ticks { name, is_ticked: &is_ticked }));
    let here = context::here();
    let (path, query) = here.split_once('?').unwrap_or((&here, ""));
    let kept = query.split('&').filter(|pair| !pair.is_empty() && !pair.starts_with("chon="));
    let all = format!("{path}?{}", kept.chain(["chon=tat-ca"]).collect::<Vec<_>>().join("&"));
    let all = (!asked.all).then(|| view! { <a href=all>{t("Đánh dấu cả trang này")}</a> });
    match many {
        Many::Assign => {
            let (problem, id) = (form.problem_on_top(), form.id("ho_so"));
            let error_id = format!("{id}-error");
            let wrong = form.wrong("ho_so");
            let described = wrong.is_some().then(|| error_id.clone());
            let wrong = wrong.map(|words| view! { <p class="error-line" id=error_id>{words}</p> });
            let colleagues: Vec<_> = page.colleagues.iter().collect();
            let fields = view! {
                <div id=id role="group" tabindex="-1" aria-label=t("Hồ sơ được đánh dấu") aria-describedby=described>
                    {wrong}
                    {table}
                </div>
                <Select
                    id=form.id("to")
                    name="to"
                    label=t("Giao hồ sơ đã đánh dấu cho")
                    error=form.wrong("to")
                    blank=t("Chọn người")
                    options=super::mandates::people(&colleagues, None)
                    value=form.typed("to")
                />
            };
            let button = view! {
                <button class="button" type="submit" accesskey="s">{t("Phân công hồ sơ đã đánh dấu")}</button>
                {all}
            };
            view! { {problem} {form.draw(fields, button)} }.into_any()
        }
        Many::Approve => view! {
            <form method="get" action=super::bulk::REVIEW>
                {table}
                <div class="button-row">
                    <button class="button" type="submit" accesskey="s">{t("Xem lại hồ sơ đã đánh dấu để duyệt")}</button>
                    {all}
                </div>
            </form>
        }
        .into_any(),
    }
}

/// Boxes to tick: their form name, and which are ticked from the start, by `<id>.<version>`.
struct Ticks<'a> {
    name: &'static str,
    is_ticked: &'a dyn Fn(&String) -> bool,
}

/// Dossiers as a dense table.
pub(crate) fn dossier_table(caption: &str, page: &Page) -> AnyView {
    table_of(caption, page, None)
}

fn table_of(caption: &str, page: &Page, ticks: Option<&Ticks<'_>>) -> AnyView {
    let labels =
        [t("Mã hồ sơ"), t("Người nộp"), t("Thủ tục"), t("Trạng thái"), t("Người giữ"), t("Hạn"), t("Ngày nhận")];
    let tick_column = ticks.map(|_| Column::hidden(t("Đánh dấu")));
    let columns = tick_column.into_iter().chain(labels.map(Column::new)).collect();
    let lines = page.rows.iter().map(|row| line(row, page, labels, ticks)).collect_view();
    view! {
        <div class="queue-table">
            <Table caption=caption.to_string() caption_hidden=true columns>{lines}</Table>
        </div>
    }
    .into_any()
}

fn line(row: &QueueRow, page: &Page, labels: [&'static str; 7], ticks: Option<&Ticks<'_>>) -> AnyView {
    let [code_label, name_label, procedure_label, status_label, holder_label, limit_label, received_label] = labels;
    let code = row.code.clone().or_else(|| row.temporary_code.clone()).unwrap_or_default();
    let tick = ticks.map(|ticks| {
        let value = format!("{}.{}", row.id, row.version);
        let (name, checked) = (ticks.name, (ticks.is_ticked)(&value));
        let label = tf("Đánh dấu hồ sơ {mã}", &[("mã", &code)]);
        view! {
            <Cell label=t("Đánh dấu")>
                <input type="checkbox" name=name value=value checked=checked aria-label=label/>
            </Cell>
        }
    });
    let temporary = row.code.is_none().then(|| view! { " " <span class="sub">{t("mã tạm")}</span> });
    let name = super::applicant_words(row.organisation_name.as_deref(), &row.applicant_name);
    let procedure = row.procedure_name.clone();
    // Only who may open it has it in the list at all; a screen may be seen by others.
    let guarded = row.sensitive.then(|| view! { " " <span class="sub">{t("thông tin được bảo vệ")}</span> });
    let limit = limit_of(row).map_or_else(|| t("Không tính").to_string(), limit_words);
    let (status, holder, tag) = (status_tag(row.status), holder_words(row, page), limit_tag(row));
    let awaits = page.awaiting_file.contains(&row.id).then(|| {
        let is_decided = row.status == i64::from(Status::Done.code());
        let words = if is_decided { t("Tệp có mã độc đã bỏ") } else { t("Chờ gửi lại tệp") };
        view! { " " <Tag tone=Tone::Warn glyph=Glyph::PaperPlus words/> }
    });
    let href = format!("/can-bo/ho-so/{}", row.id);
    let received = row.received_at.or(row.submitted_at).map(|at| format::day(Instant(at).day()));
    view! {
        <Row>
            {tick}
            <Cell heading=true label=code_label>
                <a class="code" href=href>{code}</a>
                {temporary}
            </Cell>
            <Cell label=name_label>{name}{guarded}</Cell>
            <Cell label=procedure_label><span class="clip">{procedure}</span></Cell>
            <Cell label=status_label>{status}{awaits}</Cell>
            <Cell label=holder_label>{holder}</Cell>
            <Cell label=limit_label><span class="when">{limit}</span> " " {tag}</Cell>
            <Cell label=received_label>{received}</Cell>
        </Row>
    }
    .into_any()
}

/// Who has it: the person, else the role whose turn it is.
fn holder_words(row: &QueueRow, page: &Page) -> String {
    let person = row.assignee.and_then(|id| page.colleagues.iter().find(|colleague| colleague.staff_id == id));
    match (person, row.assignee, domain::role::Role::from_key(&row.holder_role)) {
        (Some(person), ..) if page.away.contains(&person.staff_id) => {
            tf("{tên} (vắng, anh/chị làm thay)", &[("tên", &person.name)])
        }
        (Some(person), ..) => person.name.clone(),
        (None, Some(_), _) => t("Người đã chuyển đi").into(),
        (None, None, Some(role)) => tf("Chưa giao – {vai}", &[("vai", status::role(role))]),
        (None, None, None) => t("Đã kết thúc").into(),
    }
}

/// What an empty queue says.
pub(crate) const fn nothing_in(queue: Queue) -> &'static str {
    match queue {
        Queue::AwaitingAcceptance => t("Không còn hồ sơ chờ tiếp nhận."),
        Queue::Mine => t("Không còn hồ sơ nào đang giao cho anh/chị."),
        Queue::AwaitingAssignment => t("Không còn hồ sơ chờ phân công."),
        Queue::DueSoon => t("Không có hồ sơ nào sắp đến hạn."),
        Queue::Overdue => t("Không có hồ sơ nào quá hạn."),
        Queue::AwaitingSupplement => t("Không có hồ sơ nào chờ bổ sung."),
        Queue::AwaitingDuty => t("Không có hồ sơ nào chờ nghĩa vụ tài chính."),
        Queue::AwaitingApproval => t("Không còn hồ sơ chờ phê duyệt."),
        Queue::AwaitingIssue => t("Không còn hồ sơ chờ phát hành."),
        Queue::AwaitingCollection => t("Không còn kết quả chờ trả."),
        Queue::AwaitingSettlement => t("Không còn giấy tờ, tiền của hồ sơ đã rút chờ trả."),
        Queue::AwaitingFile => t("Không có hồ sơ nào chờ gửi lại tệp."),
        Queue::All => t("Chưa có hồ sơ nào."),
    }
}

/// The filters as the front part of a query.
fn query_of(asked: &Asked) -> String {
    let pair = |name: &str, value: &str| {
        if value.is_empty() { String::new() } else { format!("{name}={}&", context::encode(value)) }
    };
    pair("q", &asked.words) + &pair("thu_tuc", &asked.procedure)
}

/// Reads `<queue_at>.<id>`.
fn after_of(text: &str) -> Option<After> {
    super::place_in_list(text).map(|(queue_at, id)| After { queue_at, id })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_place_in_a_list_is_read_back_from_the_address() {
        let id = "0198c0de-0000-7000-8000-000000000001";
        let after = after_of(&format!("1795000000000.{id}")).expect("a place");
        assert_eq!((after.queue_at, after.id.to_string().as_str()), (1_795_000_000_000, id));
        assert!(after_of("x.y").is_none());
        assert!(after_of("").is_none());
    }

    #[test]
    fn filters_keep_their_letters_in_the_address() {
        let asked = Asked { words: "Đỗ & Lê".into(), procedure: "1.000656".into(), ..Asked::default() };
        assert_eq!(query_of(&asked), "q=%C4%90%E1%BB%97%20%26%20L%C3%AA&thu_tuc=1.000656&");
    }
}
