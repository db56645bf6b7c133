//! What is stuck, on one page: how much, since when, and what to do about it.

use crate::{
    context::{self, office},
    format,
    words::{t, tf},
};
use domain::time::{DAY_MS, Instant};
use leptos::prelude::*;
use leptos_meta::Title;
use office::{queues::Queue, stuck::Stuck};
use ui::{Cell, Column, Empty, Glyph, PageTitle, Row, Table};

/// Everything that waits without anybody looking.
#[component]
pub fn StuckPage() -> AnyView {
    let (office, who) = (office(), context::staff());
    super::page(async move { office.stuck(&who).await }, |stuck| show(&stuck))
}

/// One line of the page.
struct Line {
    what: String,
    how_many: String,
    since: String,
    what_to_do: &'static str,
    href: Option<String>,
}

fn show(stuck: &[Stuck]) -> impl IntoView + use<> {
    let title = t("Không để sót");
    let labels = [t("Việc bị kẹt"), t("Số lượng"), t("Từ lúc"), t("Làm gì")];
    let lines = stuck
        .iter()
        .map(|one| {
            let Line { what, how_many, since, what_to_do, href } = line_of(one);
            let what = match href {
                Some(href) => view! { <a href=href>{what}</a> }.into_any(),
                None => what.into_any(),
            };
            let [what_label, many_label, since_label, do_label] = labels;
            view! {
                <Row>
                    <Cell heading=true label=what_label>{what}</Cell>
                    <Cell label=many_label>{how_many}</Cell>
                    <Cell label=since_label>{since}</Cell>
                    <Cell label=do_label>{what_to_do}</Cell>
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
        <PageTitle title caption=t("Mọi hàng đợi của phần mềm và hồ sơ đã lỡ hạn, ở một chỗ")/>
        {list}
    }
}

fn line_of(stuck: &Stuck) -> Line {
    let queue = |queue: Queue| Some(format!("/can-bo/viec/{}", queue.key()));
    let dossiers = |n: i64, most: i64| {
        let n = if n >= most { format!("{most}+") } else { n.to_string() };
        tf("{n} hồ sơ", &[("n", &n)])
    };
    match stuck {
        Stuck::Job { kind, attempts, error, since } if error.is_empty() => Line {
            what: tf("Việc chạy ngầm “{tên}” chưa xong", &[("tên", kind)]),
            how_many: tf("{n} lần thử", &[("n", &attempts.to_string())]),
            since: since_words(*since),
            what_to_do: t("Kiểm tra tiến trình nền còn chạy. Việc không mất, tiến trình nền sẽ làm tiếp."),
            href: None,
        },
        Stuck::Job { kind, attempts, error, since } => Line {
            what: tf("Việc chạy ngầm “{tên}” chưa xong: {lỗi}", &[("tên", kind), ("lỗi", error)]),
            how_many: tf("{n} lần thử", &[("n", &attempts.to_string())]),
            since: since_words(*since),
            what_to_do: t("Phần mềm tự thử lại. Quá một ngày vẫn còn thì báo quản trị kèm dòng lỗi này."),
            href: None,
        },
        Stuck::Unsealed { rows } => Line {
            what: t("Nhật ký hệ thống chưa niêm phong").into(),
            how_many: tf("{n} dòng", &[("n", &rows.to_string())]),
            since: t("hơn 1 phút").into(),
            what_to_do: t("Kiểm tra tiến trình nền còn chạy. Nhật ký không mất, chỉ chưa được nối chuỗi."),
            href: None,
        },
        Stuck::Uploads { files } => Line {
            what: t("Tệp tải lên dở dang").into(),
            how_many: tf("{n} tệp", &[("n", &files.to_string())]),
            since: t("hơn 1 giờ").into(),
            what_to_do: t("Người gửi có thể mất mạng. Gọi người nộp nếu hồ sơ của họ đang thiếu giấy tờ."),
            href: None,
        },
        Stuck::LateAcceptance { dossiers: n } => Line {
            what: t("Quá hạn trả lời tiếp nhận").into(),
            how_many: dossiers(*n, 100),
            since: t("xem từng hồ sơ").into(),
            what_to_do: t("Tiếp nhận, yêu cầu bổ sung hoặc từ chối trong hôm nay."),
            href: queue(Queue::AwaitingAcceptance),
        },
        Stuck::LateSupplement { dossiers: n } => Line {
            what: t("Quá hạn bổ sung mà hồ sơ chưa dừng").into(),
            how_many: dossiers(*n, 100),
            since: t("xem từng hồ sơ").into(),
            what_to_do: t(
                "Kiểm tra tiến trình nền còn chạy: hồ sơ quá hạn bổ sung tự dừng (Mẫu 05). Hồ sơ có yêu cầu rút thì xác nhận cho rút.",
            ),
            href: queue(Queue::AwaitingSupplement),
        },
        Stuck::LateDuty { dossiers: n } => Line {
            what: t("Quá hạn nộp tiền mà hồ sơ chưa dừng").into(),
            how_many: dossiers(*n, 100),
            since: t("xem từng hồ sơ").into(),
            what_to_do: t(
                "Kiểm tra tiến trình nền còn chạy: hồ sơ quá hạn nộp tiền tự dừng (Mẫu 05). Hồ sơ có yêu cầu rút thì xác nhận cho rút.",
            ),
            href: queue(Queue::AwaitingDuty),
        },
        Stuck::Overdue { dossiers: n } => Line {
            what: t("Quá hạn giải quyết").into(),
            how_many: dossiers(*n, 50),
            since: t("xem từng hồ sơ").into(),
            what_to_do: t("Giao người làm ngay, gọi cho người nộp và xin lỗi."),
            href: queue(Queue::Overdue),
        },
    }
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
