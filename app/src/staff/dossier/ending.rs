//! Forms of how a dossier ends, and of what moves its promise.

use super::{
    forms::{DayField, Form, Go, Look, fold, plain, sure},
    withdrawal,
};
use crate::{
    format, status,
    words::{t, tf},
};
use domain::dossier::ActKind;
use leptos::prelude::*;
use office::dossiers::DossierView;

/// The form of an act that ends a dossier or moves its promise.
pub(super) fn form_of(view: &DossierView, kind: ActKind, look: Look) -> AnyView {
    match kind {
        ActKind::Redate => redate(view, look),
        ActKind::ConfirmWithdrawal => withdrawal::confirm(view, look),
        ActKind::SettleWithdrawal => withdrawal::settle(view, look),
        ActKind::AskWithdrawal => withdrawal::ask(view, look),
        ActKind::DecideNotToGrant => with_reason(view, look, &NOT_GRANTED),
        ActKind::Stop => with_reason(view, look, &STOP),
        ActKind::DeclineWithdrawal => with_reason(view, look, &DECLINE),
        ActKind::CorrectResult => with_reason(view, look, &CORRECT),
        ActKind::OpenCorrection => with_reason(view, look, &OPEN_CORRECTION),
        // Acts without a form of their own are not in the page's order.
        other => plain(view, other.key(), status::act(other), String::new(), look),
    }
}

/// A form that needs a reason and nothing else.
struct WithReason {
    act: &'static str,
    title: &'static str,
    before: &'static str,
    label: &'static str,
    hint: &'static str,
}

const NOT_GRANTED: WithReason = WithReason {
    act: "decide_not_to_grant",
    title: t("Không đủ điều kiện giải quyết"),
    before: t(
        "Đây là một kết quả: người nộp nhận văn bản trả lời có lý do và quyền khiếu nại. Phát hành rồi thì không rút lại.",
    ),
    label: t("Lý do và căn cứ"),
    hint: t("Viết để người nộp hiểu: thiếu điều kiện nào, theo điều nào."),
};
const STOP: WithReason = WithReason {
    act: "stop_dossier",
    title: t("Dừng giải quyết"),
    before: t(
        "Hồ sơ dừng hẳn, người nộp nhận thông báo (Mẫu 05). Không mở lại được; người nộp vẫn có thể nộp hồ sơ mới.",
    ),
    label: t("Lý do dừng"),
    hint: t("Nêu căn cứ, và việc hoàn phí nếu có."),
};
const DECLINE: WithReason = WithReason {
    act: "decline_withdrawal",
    title: t("Không đồng ý cho rút"),
    before: t("Hồ sơ được giải quyết tiếp, hạn vẫn tính."),
    label: t("Lý do"),
    hint: t("Người nộp đọc câu này."),
};
const CORRECT: WithReason = WithReason {
    act: "correct_result",
    title: t("Thu hồi kết quả để sửa"),
    before: t("Kết quả đang có được giữ lại và đánh dấu đã thu hồi. Hồ sơ về lại người thẩm tra, hạn cũ tính tiếp."),
    label: t("Sai ở đâu"),
    hint: t("Nêu đúng chỗ sai và nội dung đúng."),
};
const OPEN_CORRECTION: WithReason = WithReason {
    act: "open_correction",
    title: t("Mở hồ sơ sửa sai sót"),
    before: t(
        "Kết quả đã trao có sai sót thì mở một hồ sơ mới nối với hồ sơ này. Hồ sơ mới không thu tiền, có ngày hẹn riêng. Người nộp thấy cả hai hồ sơ.",
    ),
    label: t("Sai ở đâu"),
    hint: t("Người nộp đọc câu này. Nêu đúng chỗ sai và nội dung đúng."),
};

fn with_reason(view: &DossierView, look: Look, what: &WithReason) -> AnyView {
    let form = Form::new(view, what.act);
    let open = form.came_back();
    let question = (look == Look::Final).then(|| sure(view, what.title));
    let before = what.before;
    let fields = view! { {question} <p>{before}</p> {form.reason("reason", what.label, what.hint)} };
    let form = form.draw(fields.into_any(), Go { words: what.title.into(), look });
    fold(what.title, look, open, form)
}

fn redate(view: &DossierView, look: Look) -> AnyView {
    let form = Form::new(view, "redate_dossier");
    let open = form.came_back();
    let due = view.row.state.due.map_or_else(String::new, format::until);
    let hint = tf("Đang hẹn {lúc}. Ngày mới phải là ngày làm việc sau đó.", &[("lúc", &due)]);
    let new_due = form.day(DayField {
        id: "new_due".into(),
        names: ["new_due-day", "new_due-month", "new_due-year"],
        legend: t("Ngày hẹn mới"),
        hint: Some(hint),
        field: "new_due",
        usual: None,
    });
    let fields = view! {
        <p>{t("Gửi văn bản xin lỗi (Mẫu 04). Chỉ hẹn lại một lần, chậm nhất 01 ngày làm việc trước ngày hẹn.")}</p>
        {new_due}
        {form.reason("reason", t("Lý do chậm"), t("Người nộp đọc câu này trong lời xin lỗi."))}
    };
    let form = form.draw(fields.into_any(), Go { words: t("Xin lỗi và hẹn lại").into(), look });
    fold(t("Xin lỗi và hẹn lại"), look, open, form)
}
