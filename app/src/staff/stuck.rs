//! What is stuck, on one page: how much, since when, and what to do about it.
// long because every kind of stuck thing has its words here, one after the other.

use super::refused_message::{is_at, resend_form, told_form, told_too_late};
use crate::{
    acts::stuck::TakeOverStuck,
    context::{self, office},
    errors::{self, sentence},
    format, record_words, status,
    words::{t, tf},
};
use domain::{
    role::Role,
    time::{DAY_MS, Instant},
};
use leptos::{prelude::*, server_fn::ServerFn};
use leptos_meta::Title;
use leptos_router::hooks::use_query_map;
use office::{
    jobs::VERIFY_AUDIT,
    queues::Queue,
    rights::Task,
    stuck::{Backlog, Stuck},
    stuck_claims::ClaimRow,
};
use ui::{Cell, Choice, Column, Details, Empty, FilterBar, Glyph, PageTitle, Row, Select, Table, TextField};

/// The address of the page.
const PAGE: &str = "/can-bo/khong-de-sot";

/// Everything that waits without anybody looking; of one role when the address names one.
#[component]
pub fn StuckPage() -> AnyView {
    let (office, who) = (office(), context::staff());
    // Who counts what is stuck need not be allowed to see whose it is.
    let may_open = !office.units_for(&who, Task::ReadQueues).is_empty();
    let owner = use_query_map().with_untracked(|query| query.get("nguoi_giu")).unwrap_or_default();
    let owner = Role::ALL.into_iter().find(|role| role.key() == owner);
    let reading = async move {
        let stuck = office.stuck(&who).await?;
        let claims = office.stuck_claims(&who, &stuck).await?;
        Ok((stuck, claims))
    };
    super::page(reading, move |(stuck, claims)| show(&stuck, &claims, owner, may_open))
}

/// One line of the page.
struct Line {
    what: String,
    how_many: String,
    what_to_do: &'static str,
    /// Where its dossiers stand.
    queue: Option<Queue>,
}

fn show(stuck: &[Stuck], claims: &[ClaimRow], owner: Option<Role>, may_open: bool) -> impl IntoView + use<> {
    let title = t("Không để sót");
    let filter = filter(stuck, owner);
    let stuck: Vec<&Stuck> = stuck.iter().filter(|one| owner.is_none() || one.owner() == owner).collect();
    let may_take = !office().units_for(&context::staff(), Task::TakeOverStuck).is_empty();
    let labels = [t("Việc bị kẹt"), t("Số lượng"), t("Người giữ"), t("Từ lúc"), t("Làm gì")];
    let lines = stuck
        .iter()
        .enumerate()
        .map(|(number, one)| {
            let Line { what, how_many, what_to_do, queue } = line_of(one);
            let what = match queue.filter(|_| may_open) {
                Some(queue) => view! { <a href=format!("/can-bo/viec/{}", queue.key())>{what}</a> }.into_any(),
                None => what.into_any(),
            };
            let (owner, since) = (one.owner().map_or("", status::role), since_words(one.since()));
            let again = again(one);
            let item = one.item();
            let claim = claims.iter().find(|claim| claim.item == item);
            let (in_hand, take) = (claim.map(in_hand), may_take.then(|| take_over(number, item, claim)));
            let [what_label, many_label, owner_label, since_label, do_label] = labels;
            view! {
                <Row>
                    <Cell heading=true label=what_label>{what}</Cell>
                    <Cell label=many_label>{how_many}</Cell>
                    <Cell label=owner_label>{owner} " " {in_hand}</Cell>
                    <Cell label=since_label>{since}</Cell>
                    <Cell label=do_label>{what_to_do} {again} {take}</Cell>
                </Row>
            }
        })
        .collect_view();
    let list = if stuck.is_empty() {
        let nothing = match owner {
            None => t("Không có việc nào bị kẹt."),
            Some(_) => t("Không có việc nào bị kẹt ở người giữ đã chọn."),
        };
        view! { <Empty glyph=Glyph::Tick words=nothing/> }.into_any()
    } else {
        let columns = labels.map(Column::new).to_vec();
        view! { <Table caption=title caption_hidden=true columns>{lines}</Table> }.into_any()
    };
    view! {
        <Title text=title/>
        {errors::refused("resend_message")}
        {told_too_late()}
        {took_over_too_late()}
        <PageTitle title caption=t("Mọi hàng đợi của phần mềm và hồ sơ đã lỡ hạn, ở một chỗ")/>
        {filter}
        {list}
    }
}

/// The roles that hold something, to choose from; nothing where nothing is stuck.
fn filter(stuck: &[Stuck], owner: Option<Role>) -> Option<AnyView> {
    let holds = |role: &Role| owner == Some(*role) || stuck.iter().any(|one| one.owner() == Some(*role));
    let roles: Vec<Role> = Role::ALL.into_iter().filter(holds).collect();
    if roles.is_empty() {
        return None;
    }
    let options: Vec<Choice> = roles.into_iter().map(|role| Choice::new(role.key(), status::role(role))).collect();
    let chosen = owner.map(Role::key);
    let view = view! {
        <FilterBar label=t("Lọc theo người giữ") action=PAGE>
            <Select id="nguoi_giu" label=t("Người giữ") blank=t("Tất cả") options value=chosen/>
            <button class="button button-secondary" type="submit">{t("Lọc")}</button>
        </FilterBar>
    };
    Some(view.into_any())
}

/// Who has it in hand, since when, and what is done about it.
fn in_hand(claim: &ClaimRow) -> AnyView {
    let words = tf(
        "{tên} đang xử lý, từ {lúc}: {ghi chú}",
        &[("tên", &claim.staff_name), ("lúc", &format::moment(Instant(claim.at))), ("ghi chú", &claim.note)],
    );
    view! { <span class="sub staff-under">{words}</span> }.into_any()
}

/// The folded form that takes it in hand. `number` tells the fields of several forms apart.
fn take_over(number: usize, item: String, claim: Option<&ClaimRow>) -> AnyView {
    let retry = context::retry_of("take_over_stuck");
    let retry = retry.filter(|retry| retry.typed("item").as_deref() == Some(item.as_str()));
    let typed = retry.as_ref().and_then(|retry| retry.typed("note"));
    let error = retry.as_ref().filter(|retry| is_at(&retry.error, "note")).map(|retry| sentence(&retry.error));
    // Refused for a word that is missing, it is the same try; for somebody else who was first, a new one.
    let again = retry.as_ref().filter(|_| error.is_some()).and_then(|retry| retry.typed("command"));
    let command = again.unwrap_or_else(context::new_command);
    let claim = claim.map(|claim| claim.id.to_string()).unwrap_or_default();
    view! {
        <Details summary=t("Tôi xử lý") open=retry.is_some()>
            <form class="staff-form" method="post" action=TakeOverStuck::PATH>
                <input type="hidden" name="trang" value=context::here()/>
                <input type="hidden" name="command" value=command/>
                <input type="hidden" name="item" value=item/>
                <input type="hidden" name="claim" value=claim/>
                <TextField
                    id=format!("note-{number}")
                    name="note"
                    label=t("Làm gì, bao giờ xong")
                    error
                    value=typed
                    max_length=300
                    autocomplete="off"
                    required=true
                />
                <button class="button button-secondary" type="submit">{t("Nhận xử lý")}</button>
            </form>
        </Details>
    }
    .into_any()
}

/// The refusal that stands at no field: somebody else was first, or it is stuck no more.
fn took_over_too_late() -> Option<AnyView> {
    context::retry_of("take_over_stuck").filter(|retry| !is_at(&retry.error, "note"))?;
    errors::refused("take_over_stuck")
}

/// What is done about a refused message, for who may: it is sent anew, or its resident was told otherwise.
fn again(stuck: &Stuck) -> Option<AnyView> {
    let Stuck::Message { id, code, .. } = stuck else { return None };
    if office().units_for(&context::staff(), Task::ResendMessage).is_empty() {
        return None;
    }
    let (message, which) = (id.to_string(), about(code));
    // Who does not read a sensitive dossier tells its resident nothing.
    let told = (!code.is_empty()).then(|| told_form(&message, which.clone()));
    Some(view! { {resend_form(&message, which)} {told} }.into_any())
}

/// Of which dossier a message tells: a sensitive one has no code for who does not read it.
fn about(code: &str) -> String {
    if code.is_empty() {
        t("về hồ sơ có thông tin được bảo vệ").into()
    } else {
        tf("về hồ sơ {mã}", &[("mã", code)])
    }
}

fn line_of(stuck: &Stuck) -> Line {
    match stuck {
        Stuck::Job { kind, attempts, error, .. } => Line {
            what: tf("{việc} chưa xong", &[("việc", record_words::job(kind).unwrap_or(t("Việc chạy nền khác")))]),
            how_many: tf("{n} lần thử", &[("n", &attempts.to_string())]),
            what_to_do: what_to_do_about(kind, !error.is_empty()),
            queue: None,
        },
        Stuck::Unsealed { rows, .. } => Line {
            what: t("Nhật ký hệ thống có dòng chưa niêm").into(),
            how_many: tf("{n} dòng", &[("n", &or_more(*rows, 1_000))]),
            what_to_do: t(
                "Báo người vận hành máy chủ xem tiến trình nền còn chạy không. Nhật ký không mất, chỉ chậm niêm.",
            ),
            queue: None,
        },
        Stuck::Uploads { files, .. } => Line {
            what: t("Tệp tải lên dở dang").into(),
            how_many: tf("{n} tệp", &[("n", &or_more(*files, 100))]),
            what_to_do: t("Người gửi có thể mất mạng. Gọi người nộp nếu hồ sơ của họ đang thiếu giấy tờ."),
            queue: None,
        },
        Stuck::Disputed { dossiers, .. } => Line {
            what: t("Hồ sơ nộp bằng số định danh đã chuyển về người có thẻ").into(),
            how_many: tf("{n} hồ sơ", &[("n", &or_more(*dossiers, 100))]),
            what_to_do: t("Chưa ai xem được trực tuyến. Vào Tài khoản người dân, xem từng hồ sơ là của ai."),
            queue: None,
        },
        Stuck::DisputedOrganisations { organisations, .. } => Line {
            what: t("Tổ chức khai bằng số định danh đã chuyển về người có thẻ").into(),
            how_many: tf("{n} tổ chức", &[("n", &or_more(*organisations, 100))]),
            what_to_do: t("Chưa ai nộp được cho tổ chức. Vào Tài khoản người dân, xem từng tổ chức là của ai."),
            queue: None,
        },
        Stuck::Held { files, .. } => Line {
            what: t("Tệp đang chờ quét mã độc").into(),
            how_many: tf("{n} tệp", &[("n", &or_more(*files, 100))]),
            what_to_do: t(
                "Báo người vận hành máy chủ xem máy quét mã độc và tiến trình nền còn chạy không. Tệp không mất; quét xong mới mở được.",
            ),
            queue: None,
        },
        Stuck::Message { means, code, problem, .. } => Line {
            what: tf(
                "{tin} {về hồ sơ} bị từ chối: {lý do}",
                &[
                    ("tin", status::means(*means)),
                    ("về hồ sơ", &about(code)),
                    ("lý do", &status::message_problem(problem)),
                ],
            ),
            how_many: tf("{n} tin", &[("n", "1")]),
            what_to_do: match code.as_str() {
                "" => t("Nhắc người tiếp nhận hỏi lại địa chỉ của người nộp. Địa chỉ đã đúng thì gửi lại."),
                _ => t("Gọi người nộp, hỏi lại địa chỉ. Địa chỉ đã đúng thì gửi lại; đã báo cách khác thì ghi lại."),
            },
            queue: None,
        },
        Stuck::Messages { means, messages, .. } => Line {
            what: tf("{tin} chưa gửi đi được", &[("tin", status::means(*means))]),
            how_many: tf("{n} tin", &[("n", &messages.to_string())]),
            what_to_do: t(
                "Phần mềm tự gửi lại, không mất tin nào. Quá một giờ vẫn còn thì báo người vận hành máy chủ xem máy chủ thư hoặc cổng tin nhắn.",
            ),
            queue: None,
        },
        Stuck::Reorganisation { has_begun, dossiers, .. } => Line {
            what: if *has_begun {
                t("Sắp xếp đơn vị đang thực hiện, hồ sơ chưa chuyển hết").into()
            } else {
                t("Sắp xếp đơn vị đã đến ngày mà chưa thực hiện").into()
            },
            how_many: tf("{n} hồ sơ", &[("n", &dossiers.to_string())]),
            what_to_do: t(
                "Báo người vận hành máy chủ xem tiến trình nền còn chạy không. Hồ sơ không mất, chuyển tiếp từ chỗ đang dở. Xem phương án ở Quản trị, Sắp xếp đơn vị.",
            ),
            queue: None,
        },
        Stuck::Opinions { asked_here: true, opinions, .. } => Line {
            what: t("Yêu cầu ý kiến của đơn vị khác đã quá hạn trả lời").into(),
            how_many: tf("{n} yêu cầu", &[("n", &opinions.to_string())]),
            what_to_do: t("Vào Ý kiến phối hợp, giao người trả lời ngay."),
            queue: None,
        },
        Stuck::Opinions { opinions, .. } => Line {
            what: t("Đơn vị được hỏi ý kiến chưa trả lời, đã quá hạn").into(),
            how_many: tf("{n} yêu cầu", &[("n", &opinions.to_string())]),
            what_to_do: t("Nhắc hoặc gọi đơn vị được hỏi. Không cần nữa thì thu hồi yêu cầu; hạn của hồ sơ vẫn chạy."),
            queue: None,
        },
        Stuck::Money { lines, .. } => Line {
            what: t("Khoản tiền chưa rõ là của ai").into(),
            how_many: tf("{n} khoản", &[("n", &lines.to_string())]),
            what_to_do: t("Kế toán ghép vào khoản phải nộp, hỏi ngân hàng hoặc đề nghị hoàn lại. Tiền không mất."),
            queue: None,
        },
        Stuck::Dossiers { backlog, dossiers, .. } => {
            let (what, what_to_do, queue) = backlog_words(*backlog);
            let how_many = tf("{n} hồ sơ", &[("n", &dossiers.to_string())]);
            Line { what: what.into(), how_many, what_to_do, queue }
        }
    }
}

/// What to do about a job that does not come to its end. What exactly failed is the operator's: it stands in the log.
fn what_to_do_about(kind: &str, failed: bool) -> &'static str {
    match (kind, failed) {
        (_, false) => {
            t("Báo người vận hành máy chủ xem tiến trình nền còn chạy không. Việc không mất, chạy lại là làm tiếp.")
        }
        // A break of the chain shows as this, and nowhere else on a page.
        (VERIFY_AUDIT, true) => t(
            "Có thể nhật ký đã bị sửa hoặc mất dòng. Báo ngay người vận hành máy chủ để đối chiếu với dấu niêm đã cất.",
        ),
        (_, true) => t(
            "Phần mềm tự thử lại. Quá một ngày vẫn còn thì báo người vận hành máy chủ. Lỗi cụ thể có trong nhật ký máy chủ.",
        ),
    }
}

/// What a backlog of dossiers is, what to do about it, and the queue where they stand.
const fn backlog_words(backlog: Backlog) -> (&'static str, &'static str, Option<Queue>) {
    match backlog {
        Backlog::LateAcceptance => (
            t("Quá hạn trả lời tiếp nhận"),
            t("Tiếp nhận, yêu cầu bổ sung hoặc từ chối trong hôm nay."),
            Some(Queue::AwaitingAcceptance),
        ),
        Backlog::LateAssignment => (
            t("Quá hạn bước mà chưa phân công"),
            t("Giao người làm ngay; hạn trả kết quả vẫn đang chạy."),
            Some(Queue::AwaitingAssignment),
        ),
        Backlog::LateSupplement => (
            t("Quá hạn bổ sung mà hồ sơ chưa dừng"),
            t(
                "Hồ sơ quá hạn bổ sung phải tự dừng (Mẫu 05). Báo người vận hành máy chủ xem tiến trình nền còn chạy không. Hồ sơ có yêu cầu rút thì xác nhận cho rút.",
            ),
            Some(Queue::AwaitingSupplement),
        ),
        Backlog::LateDuty => (
            t("Quá hạn nộp tiền mà hồ sơ chưa dừng"),
            t(
                "Hồ sơ quá hạn nộp tiền phải tự dừng (Mẫu 05). Báo người vận hành máy chủ xem tiến trình nền còn chạy không. Hồ sơ có yêu cầu rút thì xác nhận cho rút.",
            ),
            Some(Queue::AwaitingDuty),
        ),
        Backlog::Overdue => {
            (t("Quá hạn giải quyết"), t("Giao người làm ngay, gọi cho người nộp và xin lỗi."), Some(Queue::Overdue))
        }
        Backlog::NotCollected => (
            t("Kết quả để hơn 30 ngày chưa ai nhận"),
            t("Gọi người nộp đến nhận, hoặc gửi qua bưu điện theo địa chỉ họ chọn."),
            Some(Queue::AwaitingCollection),
        ),
        Backlog::AwaitingFile => (
            t("Tệp đã nộp có mã độc nên đã bỏ, chưa có tệp khác"),
            t("Gọi người nộp gửi lại, hoặc quét lại bản giấy. Không cần tệp đó nữa thì ghi lý do ở trang hồ sơ."),
            Some(Queue::AwaitingFile),
        ),
        Backlog::FoundBadLate => (
            t("Đã có kết quả mới biết tệp có mã độc"),
            t("Xem lại kết quả trước khi trả. Còn đúng thì ghi lý do ở trang hồ sơ; sai thì thu hồi để sửa."),
            Some(Queue::AwaitingCollection),
        ),
        Backlog::NotSettled => (
            t("Hồ sơ đã rút mà giấy tờ, tiền chưa trả xong"),
            t("Gọi người nộp đến nhận giấy tờ; ghi tiền đã hoàn lại, hoặc lý do không hoàn lại."),
            Some(Queue::AwaitingSettlement),
        ),
        Backlog::EndedOffice => (
            t("Hồ sơ còn ở cơ quan đã kết thúc hoạt động"),
            t(
                "Hồ sơ tự chuyển khi có cơ quan kế thừa. Xem ở Quản trị đã ghi cơ quan đó chưa; ghi rồi thì báo người vận hành máy chủ.",
            ),
            None,
        ),
    }
}

/// A count that stops at `most`.
fn or_more(n: i64, most: i64) -> String {
    if n >= most { format!("{most}+") } else { n.to_string() }
}

/// `3 ngày, từ 09:00 ngày 20/11/2026`.
fn since_words(since: Instant) -> String {
    let age = (office().now().0 - since.0).max(0);
    let (days, hours) = (age / DAY_MS, age / HOUR_MS);
    let age = match (days, hours) {
        (0, 0) => t("dưới 1 giờ").to_string(),
        (0, hours) => tf("{n} giờ", &[("n", &hours.to_string())]),
        (days, _) => tf("{n} ngày", &[("n", &days.to_string())]),
    };
    tf("{tuổi}, từ {lúc}", &[("tuổi", &age), ("lúc", &format::moment(since))])
}

const HOUR_MS: i64 = 3_600_000;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_job_that_failed_is_told_in_words_and_not_by_what_the_program_says_of_it() {
        let line = |kind: &str, error: &str| {
            let job = Stuck::Job { kind: kind.into(), attempts: 3, error: error.into(), since: Instant(0) };
            let Line { what, how_many, what_to_do, .. } = line_of(&job);
            format!("{what} {how_many} {what_to_do}")
        };
        for (kind, error) in [("verify_audit", "the chain breaks at link 7"), ("no_such_kind", "no such kind of work")]
        {
            let said = line(kind, error);
            assert!(!said.contains(kind) && !said.contains(error), "{said}");
        }
        // A record that was tampered with is not waited for.
        assert!(line("verify_audit", "the chain breaks at link 7").contains("Báo ngay người vận hành"));
        assert!(!line("verify_audit", "").contains("Báo ngay"));
    }
}
