//! Many dossiers at once: what is to be approved, seen before; and what a sending came to, dossier by dossier.

use super::{limit::status_tag, own_form::OwnForm};
use crate::{
    context::{self, office},
    format,
    words::{t, tf},
};
use domain::{
    dossier::{ActKind, Proposal},
    time::Instant,
};
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_query_map;
use office::{
    Error, Uuid,
    bulk::{Outcome, ReviewLine, Sent, WhyNot},
    dossiers::DossierRow,
};
use ui::{Breadcrumb, Cell, Column, Crumb, Empty, Glyph, LinkButton, Notice, PageTitle, Row, Table, Tag, Tone};

/// Where the ticked dossiers are looked at before they are approved.
pub(crate) const REVIEW: &str = "/can-bo/nhieu-ho-so";
/// The queue that they come from.
const QUEUE: &str = "/can-bo/viec/cho-phe-duyet";

/// What is to be approved; with `gui` in the address, what became of that sending.
#[component]
pub fn ManyPage() -> AnyView {
    let (sending, ids) = use_query_map().with_untracked(|query| {
        let ids = query.get_all("ho_so").unwrap_or_default();
        (query.get("gui"), ids.iter().filter_map(|id| id.split('.').next()?.parse().ok()).collect::<Vec<Uuid>>())
    });
    let (office, who) = (office(), context::staff());
    match sending.map(|id| id.parse::<Uuid>()) {
        Some(Ok(id)) => super::page(async move { office.sent_many(&who, id).await }, |sent| show_sent(&sent)),
        Some(Err(_)) => super::problem_page(&Error::NotFound),
        None => super::page(async move { office.review_many(&who, &ids).await }, |lines| show_review(&lines)),
    }
}

fn show_review(lines: &[ReviewLine]) -> impl IntoView + use<> {
    let title = t("Duyệt nhiều hồ sơ");
    let (ready, left): (Vec<&ReviewLine>, Vec<&ReviewLine>) = lines.iter().partition(|line| line.why_not.is_none());
    let form = OwnForm::new("bulk/approve_many");
    let problem = form.problem_on_top();
    let crumbs = vec![Crumb::new(t("Chờ phê duyệt"), QUEUE), Crumb::here(title)];
    let body = if ready.is_empty() {
        view! {
            <Empty words=t("Chưa chọn hồ sơ nào duyệt được. Đánh dấu hồ sơ trong danh sách rồi xem lại.")>
                <LinkButton href=QUEUE>{t("Về danh sách chờ phê duyệt")}</LinkButton>
            </Empty>
        }
        .into_any()
    } else {
        let count = ready.len().to_string();
        let picked = ready
            .iter()
            .map(|line| {
                let value = format!("{}.{}", line.row.id, line.row.version);
                view! { <input type="hidden" name="ho_so[]" value=value/> }
            })
            .collect_view();
        let words = tf(
            "Xem từng dòng. Bấm Duyệt là duyệt đúng {n} hồ sơ dưới đây, mỗi hồ sơ theo đề nghị ghi bên cạnh.",
            &[("n", &count)],
        );
        let button = view! {
            <button class="button" type="submit" accesskey="s">{tf("Duyệt {n} hồ sơ", &[("n", &count)])}</button>
            <a class="button button-secondary" href=QUEUE>{t("Chưa duyệt")}</a>
        };
        view! {
            <p>{words}</p>
            {review_table(t("Hồ sơ sẽ duyệt"), &ready)}
            {form.draw(picked, button)}
        }
        .into_any()
    };
    let left = (!left.is_empty()).then(|| {
        view! {
            <h2>{t("Không duyệt lần này")}</h2>
            {review_table(t("Không duyệt lần này"), &left)}
        }
    });
    view! {
        <Title text=title/>
        {problem}
        <Breadcrumb label=t("Đường dẫn") crumbs/>
        <PageTitle title/>
        {body}
        {left}
    }
}

fn review_table(caption: &'static str, lines: &[&ReviewLine]) -> AnyView {
    let labels = [t("Mã hồ sơ"), t("Người nộp"), t("Thủ tục"), t("Đề nghị"), t("Hẹn trả")];
    let rows = lines
        .iter()
        .map(|line| {
            let (code, href) = code_of(&line.row);
            // As in the queue: only who may open it has it here at all; a screen may be seen by others.
            let (name, procedure) = (line.row.applicant_name.clone(), line.row.procedure_name.clone());
            let guarded =
                line.row.sensitive.then(|| view! { " " <span class="sub">{t("thông tin được bảo vệ")}</span> });
            let proposal = match (line.why_not, line.proposal) {
                (Some(why), _) => why_not(why),
                (None, Some(Proposal::Deny)) => t("Không giải quyết, trả lời có nêu lý do"),
                (None, _) => t("Giải quyết theo đề nghị"),
            };
            let due = line.row.due_at.map(|due| format::until(Instant(due)));
            let [code_label, name_label, procedure_label, proposal_label, due_label] = labels;
            view! {
                <Row>
                    <Cell heading=true label=code_label><a class="code" href=href>{code}</a></Cell>
                    <Cell label=name_label>{name}{guarded}</Cell>
                    <Cell label=procedure_label>{procedure}</Cell>
                    <Cell label=proposal_label>{proposal}</Cell>
                    <Cell label=due_label>{due}</Cell>
                </Row>
            }
        })
        .collect_view();
    let columns = labels.map(Column::new).to_vec();
    view! { <div class="queue-table"><Table caption caption_hidden=true columns>{rows}</Table></div> }.into_any()
}

fn show_sent(sent: &Sent) -> impl IntoView + use<> {
    let (title, queue) = match sent.act {
        ActKind::Approve => (t("Kết quả duyệt nhiều hồ sơ"), QUEUE),
        _ => (t("Kết quả phân công nhiều hồ sơ"), "/can-bo/viec/cho-phan-cong"),
    };
    let done = sent.lines.iter().filter(|(outcome, _)| outcome.why.is_none()).count();
    let numbers = [("n", done.to_string()), ("tổng", sent.lines.len().to_string())];
    let numbers: Vec<(&str, &str)> = numbers.iter().map(|(name, value)| (*name, value.as_str())).collect();
    let (tone, words) = if done == sent.lines.len() {
        (Tone::Success, tf("Đã xong cả {n} hồ sơ.", &numbers[..1]))
    } else {
        (Tone::Warn, tf("Đã xong {n} trong {tổng} hồ sơ. Hồ sơ chưa xong giữ nguyên, lý do ghi ở từng dòng.", &numbers))
    };
    let labels = [t("Mã hồ sơ"), t("Thủ tục"), t("Kết quả"), t("Trạng thái bây giờ")];
    let rows = sent.lines.iter().map(|(outcome, row)| sent_line(*outcome, row.as_ref(), labels)).collect_view();
    let columns = labels.map(Column::new).to_vec();
    view! {
        <Title text=title/>
        <PageTitle title/>
        <Notice tone live=true>{words}</Notice>
        <div class="queue-table">
            <Table caption=title caption_hidden=true columns>{rows}</Table>
        </div>
        <p><LinkButton href=queue>{t("Về danh sách")}</LinkButton></p>
    }
}

fn sent_line(outcome: Outcome, row: Option<&DossierRow>, labels: [&'static str; 4]) -> AnyView {
    let code = match row.map(code_of) {
        Some((code, href)) => view! { <a class="code" href=href>{code}</a> }.into_any(),
        None => t("Hồ sơ không xem được").into_any(),
    };
    let procedure =
        row.map(|row| if row.sensitive { t("Mở hồ sơ để xem").into() } else { row.procedure_name.clone() });
    let (tone, glyph, words) = match outcome.why {
        None => (Tone::Success, Glyph::Tick, t("Đã xong")),
        Some(why) => (Tone::Warn, Glyph::Warning, why_not(why)),
    };
    let status = row.and_then(|row| status_tag(row.status));
    let [code_label, procedure_label, outcome_label, status_label] = labels;
    view! {
        <Row>
            <Cell heading=true label=code_label>{code}</Cell>
            <Cell label=procedure_label>{procedure}</Cell>
            <Cell label=outcome_label><Tag tone glyph words/></Cell>
            <Cell label=status_label>{status}</Cell>
        </Row>
    }
    .into_any()
}

/// Code and address of a dossier.
fn code_of(row: &DossierRow) -> (String, String) {
    let code = row.code.clone().or_else(|| row.temporary_code.clone()).unwrap_or_default();
    (code, format!("/can-bo/ho-so/{}", row.id))
}

/// Why one dossier was left as it was.
const fn why_not(why: WhyNot) -> &'static str {
    match why {
        WhyNot::Changed => t("Có người vừa sửa hồ sơ này; mở ra xem lại"),
        WhyNot::NotAllowed => t("Việc này thuộc quyền của người khác"),
        WhyNot::NotThere => t("Không tìm thấy hồ sơ này ở đơn vị"),
        WhyNot::WithdrawalAsked => t("Người nộp đang xin rút; trả lời yêu cầu đó trước"),
        WhyNot::FileAwaited => t("Thiếu tệp: tệp đã gửi có mã độc nên đã bỏ; mở hồ sơ để xem"),
        WhyNot::OtherStep => t("Hồ sơ đang ở bước khác"),
        WhyNot::WrongColleague => t("Không giao được hồ sơ này cho người đã chọn"),
        WhyNot::Failed => t("Phần mềm gặp lỗi, chưa ghi nhận; thử lại sau ít phút"),
    }
}
