//! The list of what passes to a unit that continues, with the print that both sides sign. A dossier is named by its code:
//! no applicant stands on it.

use super::{crumbs, reorganisations::REORGANISATIONS};
use crate::{
    context::{self, office},
    format, status,
    words::{t, tf},
};
use domain::{
    dossier::Status,
    time::{Day, Instant},
};
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::{use_params_map, use_query_map};
use office::{
    Error, Uuid,
    reorganisations::{HandedRow, HandoverPage as Found, sheets_of},
};
use ui::{Cell, Column, Empty, PageTitle, Pager, Row, Table};

/// A line as the page and the print say it.
pub struct ListLine {
    pub code: String,
    /// The procedure; what a sensitive dossier is about is for whose steps it passes.
    pub matter: String,
    pub received: Option<Instant>,
    pub due: Option<Instant>,
    /// As it was when it passed over.
    pub state: &'static str,
}

/// What the list says of a dossier.
pub fn list_line(line: &HandedRow) -> ListLine {
    let state = u8::try_from(line.status).ok().and_then(|code| Status::try_from(code).ok());
    let code = line.code.clone().or_else(|| line.temporary_code.clone());
    ListLine {
        // Of what is to come, a sensitive dossier has no code here for who may not read it.
        code: code.unwrap_or_else(|| t("không hiện mã").into()),
        matter: if line.sensitive {
            t("Thông tin được bảo vệ").to_string()
        } else {
            line.procedure_name.clone()
        },
        received: line.received_at.map(Instant),
        due: line.due_at.map(Instant),
        state: state.map_or("", |state| status::for_staff(state).words),
    }
}

/// The page.
#[component]
pub fn HandoverPage() -> AnyView {
    let (plan, unit) = use_params_map().with_untracked(|params| (params.get("phuong_an"), params.get("so")));
    let ids = plan.and_then(|id| id.parse::<Uuid>().ok()).zip(unit.and_then(|id| id.parse::<i64>().ok()));
    let Some((plan, unit)) = ids else { return super::super::problem_page(&Error::NotFound) };
    let query = use_query_map();
    let after = query.with_untracked(|query| query.get("sau")).and_then(|id| id.parse::<Uuid>().ok());
    let first = query.with_untracked(|query| query.get("tu")).and_then(|number| number.parse::<usize>().ok());
    let first = first.filter(|_| after.is_some()).unwrap_or(1).max(1);
    let (office, who) = (office(), context::staff());
    let reading = async move { office.handover_list(&who, plan, unit, after).await };
    super::super::page(reading, move |page| show(&page, first))
}

fn show(page: &Found, first: usize) -> impl IntoView + use<> {
    let begun = page.row.begun_at.is_some();
    let title = if begun { t("Biên bản bàn giao hồ sơ") } else { t("Dự kiến bàn giao hồ sơ") };
    let day = format::day(Day(page.row.on_day as i32));
    let givers: Vec<String> = page.closes.iter().map(|unit| unit.name.clone()).collect();
    let back = format!("{REORGANISATIONS}/{}", page.row.id);
    let crumb = tf("Sắp xếp từ {ngày}: danh sách bàn giao", &[("ngày", &day)]);
    let basis = tf("Căn cứ {văn bản}, từ ngày {ngày}:", &[("văn bản", &page.row.plan.basis), ("ngày", &day)]);
    let giver = tf("Bên giao: {đơn vị}", &[("đơn vị", &givers.join("; "))]);
    let taker = tf("Bên nhận: {đơn vị}", &[("đơn vị", &page.heir.name)]);
    let last = first + page.lines.len().saturating_sub(1);
    let count = if page.lines.is_empty() {
        t("Không có hồ sơ nào.").to_string()
    } else {
        let (from, to, all) = (first.to_string(), last.to_string(), page.total.to_string());
        tf("Hồ sơ {từ} đến {đến} trong {tổng} hồ sơ.", &[("từ", &from), ("đến", &to), ("tổng", &all)])
    };
    let labels = [t("STT"), t("Mã hồ sơ"), t("Thủ tục"), t("Tiếp nhận"), t("Hẹn trả"), t("Tình trạng khi chuyển")];
    let lines = page.lines.iter().enumerate().map(|(at, line)| row(first + at, line, labels)).collect_view();
    let list = if page.lines.is_empty() {
        view! { <Empty words=t("Không có hồ sơ nào chuyển cho đơn vị này.")/> }.into_any()
    } else {
        let columns = labels.map(Column::new).to_vec();
        view! { <div class="queue-table"><Table caption=title caption_hidden=true columns>{lines}</Table></div> }
            .into_any()
    };
    let next = page.next.map(|id| format!("{back}/ban-giao/{}?sau={id}&tu={}", page.heir.id, last + 1));
    let start = (first > 1).then(|| format!("{back}/ban-giao/{}", page.heir.id));
    let prints = prints(page, begun);
    view! {
        <Title text=title/>
        {crumbs(Some((t("Sắp xếp đơn vị"), REORGANISATIONS)), crumb)}
        <PageTitle title caption=count/>
        <p>{basis}</p>
        <ul class="plain"><li>{giver}</li> <li>{taker}</li></ul>
        <p class="links staff-exports"><a href=back.clone()>{t("Về phương án")}</a> " " {prints}</p>
        {list}
        <Pager label=t("Các trang danh sách bàn giao") previous_href=start previous_words=t("Về trang đầu")
            next_href=next next_words=t("Trang sau")/>
    }
}

/// The print of the whole list; one of each part where it is too long for one.
fn prints(page: &Found, begun: bool) -> AnyView {
    let name = if begun { t("Biên bản để ký (PDF)") } else { t("Bản dự kiến (PDF)") };
    let file = format!("/ban-giao/{}/{}.pdf", page.row.id, page.heir.id);
    let parts = sheets_of(page.total);
    let link = |part: i64| {
        let number = part.to_string();
        let (href, words) = match parts {
            1 => (file.clone(), name.to_string()),
            _ => (format!("{file}?phan={number}"), tf("{tên}, phần {số}", &[("tên", name), ("số", &number)])),
        };
        view! { <a href=href>{words}</a> " " }
    };
    (1..=parts).map(link).collect_view().into_any()
}

fn row(number: usize, line: &HandedRow, labels: [&'static str; 6]) -> impl IntoView + use<> {
    let [number_label, code_label, matter_label, received_label, due_label, state_label] = labels;
    let ListLine { code, matter, received, due, state } = list_line(line);
    let received = received.map(format::moment).unwrap_or_default();
    let due = due.map(format::until).unwrap_or_default();
    view! {
        <Row>
            <Cell label=number_label>{number}</Cell>
            <Cell heading=true label=code_label><span class="code">{code}</span></Cell>
            <Cell label=matter_label>{matter}</Cell>
            <Cell label=received_label>{received}</Cell>
            <Cell label=due_label>{due}</Cell>
            <Cell label=state_label>{state}</Cell>
        </Row>
    }
}
