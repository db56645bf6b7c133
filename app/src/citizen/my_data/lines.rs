//! Lines of the page that a person reads in the file of their own data.

use crate::{
    format, status,
    words::{t, tf},
};
use domain::{
    money::Dong,
    payment::{refund::RefundState, request::RequestState},
    time::{Day, Instant},
};
use office::{
    my_data::{Consent, GivenRow, LinkRow, Look, MyPayment, RefundRow, StandingRow},
    payments::PartKind,
    reveal::RevealReason,
};

/// What an identity provider knows the person as.
pub(super) fn link_words(link: &LinkRow) -> String {
    tf(
        "{nơi}, mã người dùng {mã}, liên kết lúc {lúc}",
        &[("nơi", &link.issuer), ("mã", &link.subject), ("lúc", &format::moment(Instant(link.linked_at)))],
    )
}

/// For which organisation somebody was named an employee, and on which days.
pub(super) fn standing_words(standing: &StandingRow) -> String {
    let day = |day: i64| format::day(Day(day as i32));
    let to = standing.valid_to.map_or_else(|| t("khi kết thúc").into(), day);
    let organisation = format!("{} ({})", standing.name, standing.number);
    let from = day(standing.valid_from);
    let words = tf("{tổ chức}: từ {ngày} đến {hết}", &[("tổ chức", &organisation), ("ngày", &from), ("hết", &to)]);
    match standing.ended_at {
        Some(at) => {
            let at = format::moment(Instant(at));
            tf("{việc}, kết thúc lúc {lúc}", &[("việc", &words), ("lúc", &at)])
        }
        None => words,
    }
}

/// When answers were filled in, and out of which dossiers.
pub(super) fn consent_words(consent: &Consent) -> String {
    let (at, count) = (format::moment(consent.at), consent.answers.len().to_string());
    if consent.from.is_empty() {
        return tf("{lúc}: {n} câu trả lời", &[("lúc", &at), ("n", &count)]);
    }
    let from = consent.from.join(", ");
    tf("{lúc}: {n} câu trả lời, lấy từ hồ sơ {mã}", &[("lúc", &at), ("n", &count), ("mã", &from)])
}

/// What was asked for, what came of it and from whom, and what goes back: a line each.
pub(super) fn payment_words(payment: &MyPayment) -> Vec<String> {
    let row = &payment.request;
    let what = row.lines.iter().map(|line| line.name.as_str()).collect::<Vec<_>>().join("; ");
    let state: &str = match RequestState::from_key(&row.status) {
        Some(state) => request_words(state),
        None => &row.status,
    };
    let asked = tf(
        "{khoản}: {số tiền}, {trạng thái}. Người nộp {tên}, lập lúc {lúc}.",
        &[
            ("khoản", &what),
            ("số tiền", &format::money(Dong(row.asked))),
            ("trạng thái", state),
            ("tên", &row.payer_name),
            ("lúc", &format::moment(Instant(row.made_at))),
        ],
    );
    let mut lines = vec![asked];
    lines.extend(payment.given.iter().map(given_words));
    lines.extend(payment.refunds.iter().map(refund_words));
    lines
}

fn given_words(given: &GivenRow) -> String {
    let (at, amount) = (format::moment(Instant(given.booked_at)), format::money(Dong(given.amount)));
    if PartKind::from_key(&given.kind) == Some(PartKind::Released) {
        return tf("{lúc}: {số tiền} đã gỡ ra khỏi khoản này", &[("lúc", &at), ("số tiền", &amount)]);
    }
    if given.payer_name.is_empty() {
        return tf(
            "{lúc}: nhận {số tiền}, ngân hàng không ghi tên người chuyển",
            &[("lúc", &at), ("số tiền", &amount)],
        );
    }
    let from = &given.payer_name;
    tf("{lúc}: nhận {số tiền} từ {tên}", &[("lúc", &at), ("số tiền", &amount), ("tên", from)])
}

fn refund_words(refund: &RefundRow) -> String {
    let state: &str = match RefundState::from_key(&refund.state) {
        Some(state) => refund_state_words(state),
        None => &refund.state,
    };
    let (at, amount) = (format::moment(Instant(refund.asked_at)), format::money(Dong(refund.amount)));
    let back = tf(
        "{lúc}: hoàn {số tiền} cho {tên}, {trạng thái}. Lý do: {lý do}",
        &[("lúc", &at), ("số tiền", &amount), ("tên", &refund.payee), ("trạng thái", state), ("lý do", &refund.reason)],
    );
    if refund.masked_account.is_empty() {
        return back;
    }
    tf("{việc}. Vào tài khoản {số}", &[("việc", &back), ("số", &refund.masked_account)])
}

/// Where a request stands, in the middle of a sentence.
fn request_words(state: RequestState) -> &'static str {
    match state {
        RequestState::NothingDue => t("không phải nộp"),
        RequestState::Owed => t("chưa nộp"),
        RequestState::PartlyPaid => t("còn thiếu"),
        RequestState::Paid => t("đã nộp đủ"),
        RequestState::Overpaid => t("nộp thừa"),
        RequestState::Refunded => t("đã hoàn lại"),
        RequestState::Cancelled => t("đã hủy"),
        RequestState::Expired => t("đã hết hạn nộp"),
    }
}

/// The same of a refund.
fn refund_state_words(state: RefundState) -> &'static str {
    match state {
        RefundState::Asked => t("chờ duyệt"),
        RefundState::Approved => t("đã duyệt, chờ chuyển"),
        RefundState::Rejected => t("không duyệt"),
        RefundState::Sent => t("đã chuyển"),
        RefundState::Done => t("đã hoàn"),
        RefundState::Failed => t("chuyển không thành"),
        RefundState::GivenUp => t("thôi hoàn"),
    }
}

/// What a look was, with the reason that was given. What has no words here says of itself nothing but its name.
pub(super) fn look_words(look: &Look) -> String {
    let what: String = match look.act.as_str() {
        "view_dossier" | "view_sensitive_dossier" => t("mở hồ sơ").into(),
        "view_paper" | "view_sensitive_paper" => t("mở giấy tờ").into(),
        "view_file" | "view_sensitive_file" => t("mở tệp").into(),
        "view_opinion" => t("đơn vị được hỏi ý kiến mở câu hỏi và tệp gửi kèm").into(),
        "view_proof" => t("xem lại phần xác nhận tài khoản").into(),
        "view_audit" | "view_sensitive_audit" => t("mở nhật ký của hồ sơ").into(),
        "reveal_personal_data" => t("xem số định danh, số điện thoại đầy đủ").into(),
        "match_person" => t("đối chiếu hồ sơ cùng người nộp").into(),
        "prove_account" => t("xem thẻ căn cước, đối chiếu tài khoản").into(),
        "export_control_slip" | "export_sensitive_control_slip" => t("xuất phiếu kiểm soát của hồ sơ").into(),
        other => tf("việc khác ({mã})", &[("mã", other)]),
    };
    let reason = look.reason.as_deref().and_then(|key| RevealReason::ALL.into_iter().find(|one| one.key() == key));
    match reason.map(status::reveal_reason) {
        Some(reason) => format!("{what} ({})", reason.to_lowercase()),
        None => what,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_look_is_told_as_what_it_was_and_one_without_words_by_its_name_alone() {
        let look = |act: &str| Look { at: Instant(0), name: String::new(), act: act.into(), reason: None };
        let acts = [
            "view_dossier",
            "view_sensitive_dossier",
            "view_paper",
            "view_sensitive_paper",
            "view_file",
            "view_sensitive_file",
            "view_opinion",
            "view_proof",
            "view_audit",
            "view_sensitive_audit",
            "reveal_personal_data",
            "match_person",
            "prove_account",
            "export_control_slip",
            "export_sensitive_control_slip",
        ];
        for act in acts {
            let words = look_words(&look(act));
            assert!(!words.contains(act), "{act} has no words: {words}");
            assert_eq!(words.contains("xuất"), act.starts_with("export_"), "{act}: {words}");
        }
        assert_eq!(look_words(&look("view_something_new")), "việc khác (view_something_new)");
    }
}
