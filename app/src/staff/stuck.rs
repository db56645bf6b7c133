//! What is stuck, on one page: how much, since when, and what to do about it.

use crate::{
    acts::messages::ResendMessage,
    context::{self, office},
    errors, format, status,
    words::{t, tf},
};
use domain::time::{DAY_MS, Instant};
use leptos::{prelude::*, server_fn::ServerFn};
use leptos_meta::Title;
use office::{
    queues::Queue,
    rights::Task,
    stuck::{Backlog, Stuck},
};
use ui::{Button, ButtonKind, Cell, Column, Empty, Glyph, PageTitle, Row, Table};

/// Everything that waits without anybody looking.
#[component]
pub fn StuckPage() -> AnyView {
    let (office, who) = (office(), context::staff());
    // Who counts what is stuck need not be allowed to see whose it is.
    let may_open = !office.units_for(&who, Task::ReadQueues).is_empty();
    super::page(async move { office.stuck(&who).await }, move |stuck| show(&stuck, may_open))
}

/// One line of the page.
struct Line {
    what: String,
    how_many: String,
    what_to_do: &'static str,
    /// Where its dossiers stand.
    queue: Option<Queue>,
}

fn show(stuck: &[Stuck], may_open: bool) -> impl IntoView + use<> {
    let title = t("Không để sót");
    let labels = [t("Việc bị kẹt"), t("Số lượng"), t("Người giữ"), t("Từ lúc"), t("Làm gì")];
    let lines = stuck
        .iter()
        .map(|one| {
            let Line { what, how_many, what_to_do, queue } = line_of(one);
            let what = match queue.filter(|_| may_open) {
                Some(queue) => view! { <a href=format!("/can-bo/viec/{}", queue.key())>{what}</a> }.into_any(),
                None => what.into_any(),
            };
            let (owner, since) = (one.owner().map_or("", status::role), since_words(one.since()));
            let again = again(one);
            let [what_label, many_label, owner_label, since_label, do_label] = labels;
            view! {
                <Row>
                    <Cell heading=true label=what_label>{what}</Cell>
                    <Cell label=many_label>{how_many}</Cell>
                    <Cell label=owner_label>{owner}</Cell>
                    <Cell label=since_label>{since}</Cell>
                    <Cell label=do_label>{what_to_do} {again}</Cell>
                </Row>
            }
        })
        .collect_view();
    let list = if stuck.is_empty() {
        view! { <Empty glyph=Glyph::Tick words=t("Không có việc nào bị kẹt.")/> }.into_any()
    } else {
        let columns = labels.map(Column::new).to_vec();
        view! { <Table caption=title caption_hidden=true columns>{lines}</Table> }.into_any()
    };
    view! {
        <Title text=title/>
        {errors::refused("resend_message")}
        <PageTitle title caption=t("Mọi hàng đợi của phần mềm và hồ sơ đã lỡ hạn, ở một chỗ")/>
        {list}
    }
}

/// The button that sends a refused message anew, for who may.
fn again(stuck: &Stuck) -> Option<AnyView> {
    let Stuck::Message { id, code, .. } = stuck else { return None };
    if office().units_for(&context::staff(), Task::ResendMessage).is_empty() {
        return None;
    }
    Some(resend_form(&id.to_string(), tf("về hồ sơ {mã}", &[("mã", code)])))
}

/// The form of that button. `which` tells a screen reader the message.
pub(super) fn resend_form(message: &str, which: String) -> AnyView {
    view! {
        <form method="post" action=ResendMessage::PATH>
            <input type="hidden" name="trang" value=context::here()/>
            <input type="hidden" name="command" value=context::new_command()/>
            <input type="hidden" name="message" value=message.to_owned()/>
            <Button kind=ButtonKind::Quiet hidden_words=which>{t("Gửi lại")}</Button>
        </form>
    }
    .into_any()
}

fn line_of(stuck: &Stuck) -> Line {
    match stuck {
        Stuck::Job { kind, attempts, error, .. } if error.is_empty() => Line {
            what: tf("Việc chạy ngầm “{tên}” chưa xong", &[("tên", kind)]),
            how_many: tf("{n} lần thử", &[("n", &attempts.to_string())]),
            what_to_do: t("Kiểm tra tiến trình nền còn chạy. Việc không mất, tiến trình nền sẽ làm tiếp."),
            queue: None,
        },
        Stuck::Job { kind, attempts, error, .. } => Line {
            what: tf("Việc chạy ngầm “{tên}” chưa xong: {lỗi}", &[("tên", kind), ("lỗi", error)]),
            how_many: tf("{n} lần thử", &[("n", &attempts.to_string())]),
            what_to_do: t("Phần mềm tự thử lại. Quá một ngày vẫn còn thì báo quản trị kèm dòng lỗi này."),
            queue: None,
        },
        Stuck::Unsealed { rows, .. } => Line {
            what: t("Nhật ký hệ thống chưa niêm phong").into(),
            how_many: tf("{n} dòng", &[("n", &or_more(*rows, 1_000))]),
            what_to_do: t("Kiểm tra tiến trình nền còn chạy. Nhật ký không mất, chỉ chưa được nối chuỗi."),
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
        Stuck::Held { files, .. } => Line {
            what: t("Tệp đang chờ quét mã độc").into(),
            how_many: tf("{n} tệp", &[("n", &or_more(*files, 100))]),
            what_to_do: t(
                "Kiểm tra máy quét (clamd) và tiến trình nền còn chạy. Tệp không mất; quét xong mới mở được.",
            ),
            queue: None,
        },
        Stuck::Message { means, code, problem, .. } => Line {
            what: tf(
                "{tin} về hồ sơ {mã} bị từ chối: {lý do}",
                &[("tin", status::means(*means)), ("mã", code), ("lý do", &status::message_problem(problem))],
            ),
            how_many: tf("{n} tin", &[("n", "1")]),
            what_to_do: t("Gọi người nộp, hỏi lại địa chỉ. Địa chỉ đã đúng thì gửi lại."),
            queue: None,
        },
        Stuck::Messages { means, messages, .. } => Line {
            what: tf("{tin} chưa gửi đi được", &[("tin", status::means(*means))]),
            how_many: tf("{n} tin", &[("n", &messages.to_string())]),
            what_to_do: t(
                "Phần mềm tự gửi lại, không mất tin nào. Quá một giờ vẫn còn thì kiểm tra máy chủ thư hoặc cổng tin nhắn.",
            ),
            queue: None,
        },
        Stuck::Dossiers { backlog, dossiers, .. } => {
            let (what, what_to_do, queue) = backlog_words(*backlog);
            let how_many = tf("{n} hồ sơ", &[("n", &dossiers.to_string())]);
            Line { what: what.into(), how_many, what_to_do, queue }
        }
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
                "Kiểm tra tiến trình nền còn chạy: hồ sơ quá hạn bổ sung tự dừng (Mẫu 05). Hồ sơ có yêu cầu rút thì xác nhận cho rút.",
            ),
            Some(Queue::AwaitingSupplement),
        ),
        Backlog::LateDuty => (
            t("Quá hạn nộp tiền mà hồ sơ chưa dừng"),
            t(
                "Kiểm tra tiến trình nền còn chạy: hồ sơ quá hạn nộp tiền tự dừng (Mẫu 05). Hồ sơ có yêu cầu rút thì xác nhận cho rút.",
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
        Backlog::EndedOffice => (
            t("Hồ sơ còn ở cơ quan đã kết thúc hoạt động"),
            t(
                "Kiểm tra tiến trình nền còn chạy và cơ quan kế thừa đã được khai: hồ sơ tự chuyển sang cơ quan kế thừa.",
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
