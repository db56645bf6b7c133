//! The words of statuses, acts and roles: one wording for residents' and staff's pages.
// long because one wording serves every page.

use crate::{
    format,
    words::{t, tf},
};
use domain::{
    dossier::{
        ActKind, Channel, DeliveryMethod, Dossier, Exclusion, MoneyBack, PapersBack, PaymentState, PaymentWay, Posted,
        ResultKind, Stance, Status, StepKind, SubState,
    },
    mandate::MandateKind,
    message::Means,
    role::Role,
};
use office::{dossiers::MandateRow, papers::PaperKind, reveal::RevealReason};
use ui::{Glyph, Tone};

mod rated;
pub use rated::{rating, rating_more, rating_reason};

/// How a status looks: words, colour and drawing together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct StatusWords {
    pub words: &'static str,
    pub tone: Tone,
    pub glyph: Glyph,
}

/// A draft, as its resident reads it.
pub const fn draft() -> StatusWords {
    StatusWords { words: t("Đang khai, chưa nộp"), tone: Tone::Grey, glyph: Glyph::Pen }
}

/// A dossier's status, as its resident reads it.
pub fn for_resident(dossier: &Dossier) -> StatusWords {
    for_resident_of(dossier.status, !is_refused(dossier))
}

/// A status, as a resident reads it. `granted` tells a result from a reasoned reply that it cannot be granted.
pub const fn for_resident_of(status: Status, granted: bool) -> StatusWords {
    let (tone, glyph) = look(status);
    let words = match status {
        Status::Registered => t("Đã nộp, chờ tiếp nhận"),
        Status::Accepted => t("Đã tiếp nhận"),
        Status::NotAccepted => t("Không được tiếp nhận"),
        Status::Processing => t("Đang giải quyết"),
        Status::SupplementAsked => t("Cần bổ sung giấy tờ"),
        Status::DutyAsked => t("Cần nộp tiền"),
        Status::Withdrawn => t("Đã rút"),
        Status::Stopped => t("Đã dừng giải quyết"),
        Status::Done if granted => t("Có kết quả"),
        Status::Done => t("Có văn bản trả lời"),
        Status::Delivered => t("Đã nhận kết quả"),
    };
    StatusWords { words, tone, glyph }
}

/// A status, as staff read it.
pub const fn for_staff(status: Status) -> StatusWords {
    let (tone, glyph) = look(status);
    let words = match status {
        Status::Registered => t("Chờ tiếp nhận"),
        Status::Accepted => t("Được tiếp nhận"),
        Status::NotAccepted => t("Không được tiếp nhận"),
        Status::Processing => t("Đang xử lý"),
        Status::SupplementAsked => t("Yêu cầu bổ sung giấy tờ"),
        Status::DutyAsked => t("Chờ nghĩa vụ tài chính"),
        Status::Withdrawn => t("Rút theo yêu cầu"),
        Status::Stopped => t("Dừng xử lý"),
        Status::Done => t("Đã xử lý xong"),
        Status::Delivered => t("Đã trả kết quả"),
    };
    StatusWords { words, tone, glyph }
}

const fn look(status: Status) -> (Tone, Glyph) {
    match status {
        Status::Registered => (Tone::Info, Glyph::Envelope),
        Status::Accepted => (Tone::Info, Glyph::Tick),
        Status::NotAccepted => (Tone::Error, Glyph::MinusCircle),
        Status::Processing => (Tone::Info, Glyph::Clock),
        Status::SupplementAsked => (Tone::Warn, Glyph::PaperPlus),
        Status::DutyAsked => (Tone::Warn, Glyph::Banknote),
        Status::Withdrawn => (Tone::Grey, Glyph::ArrowBack),
        Status::Stopped => (Tone::Grey, Glyph::Square),
        Status::Done => (Tone::Success, Glyph::PaperTick),
        Status::Delivered => (Tone::Success, Glyph::Hand),
    }
}

/// Whether the standing result is a reasoned reply that it cannot be granted.
fn is_refused(dossier: &Dossier) -> bool {
    dossier.standing_result().is_some_and(|result| result.result == ResultKind::NotGranted)
}

/// Where inside its status a dossier is, for staff.
pub const fn sub_state(sub_state: SubState) -> &'static str {
    match sub_state {
        SubState::AwaitingAcceptance => t("Chờ tiếp nhận"),
        SubState::AwaitingAssignment => t("Chờ phân công"),
        SubState::Examining => t("Đang thẩm tra"),
        SubState::AwaitingVerification => t("Đang xác minh"),
        SubState::AwaitingOpinion => t("Chờ ý kiến phối hợp"),
        SubState::AwaitingApproval => t("Chờ phê duyệt"),
        SubState::AwaitingSignature => t("Chờ ký"),
        SubState::AwaitingIssue => t("Chờ phát hành"),
        SubState::AwaitingCollection => t("Chờ trả kết quả"),
        SubState::SupplementBeforeAcceptance => t("Chờ bổ sung, chưa tiếp nhận"),
        SubState::SupplementAtCounter => t("Chờ bổ sung, do bộ phận tiếp nhận yêu cầu"),
        SubState::SupplementAtExamination => t("Chờ bổ sung, do chuyên môn yêu cầu"),
        SubState::AwaitingPayment => t("Chờ nộp tiền"),
        SubState::AwaitingSettlement => t("Chờ trả giấy tờ, giải quyết tiền"),
        SubState::Closed => t("Đã kết thúc"),
    }
}

/// The act, as the words of a button or of a log: a verb with its object.
pub const fn act(kind: ActKind) -> &'static str {
    match kind {
        ActKind::Submit => t("Nộp hồ sơ"),
        ActKind::ReceiveAtCounter => t("Tiếp nhận tại quầy"),
        ActKind::Accept => t("Tiếp nhận"),
        ActKind::RefuseToAccept => t("Từ chối tiếp nhận"),
        ActKind::AskSupplement => t("Yêu cầu bổ sung"),
        ActKind::AnswerSupplement => t("Gửi bổ sung"),
        ActKind::ExpireSupplement => t("Dừng vì quá hạn bổ sung"),
        ActKind::Assign => t("Phân công"),
        ActKind::Route => t("Chuyển xử lý"),
        ActKind::AskDuty => t("Yêu cầu thực hiện nghĩa vụ tài chính"),
        ActKind::DutyMet => t("Ghi nhận đã nộp tiền"),
        ActKind::ExpireDuty => t("Dừng vì quá hạn nộp tiền"),
        ActKind::SuspendClock => t("Tạm dừng tính hạn"),
        ActKind::ResumeClock => t("Tính hạn tiếp"),
        ActKind::AskOpinion => t("Lấy ý kiến phối hợp"),
        ActKind::AnswerOpinion => t("Trả lời ý kiến phối hợp"),
        ActKind::RecallOpinion => t("Thu hồi yêu cầu ý kiến"),
        ActKind::SubmitForApproval => t("Trình lãnh đạo"),
        ActKind::Approve => t("Duyệt"),
        ActKind::Sign => t("Ký"),
        ActKind::ReturnForRework => t("Trả lại để làm lại"),
        ActKind::DecideNotToGrant => t("Không đủ điều kiện giải quyết"),
        ActKind::FinishAtOnce => t("Giải quyết xong tại quầy"),
        ActKind::IssueResult => t("Phát hành kết quả"),
        ActKind::Redate => t("Xin lỗi và hẹn lại"),
        ActKind::Stop => t("Dừng giải quyết"),
        ActKind::AskWithdrawal => t("Rút hồ sơ"),
        ActKind::DeclineWithdrawal => t("Không đồng ý cho rút"),
        ActKind::ConfirmWithdrawal => t("Xác nhận cho rút"),
        ActKind::SettleWithdrawal => t("Trả giấy tờ, giải quyết tiền"),
        ActKind::Deliver => t("Trả kết quả"),
        ActKind::CorrectResult => t("Thu hồi kết quả để sửa"),
        ActKind::OpenCorrection => t("Mở hồ sơ sửa sai sót"),
        ActKind::PassOn => t("Chuyển cơ quan kế thừa"),
        ActKind::Rate => t("Đánh giá"),
        ActKind::RemoveFile => t("Bỏ tệp có mã độc"),
        ActKind::NotePayment => t("Ghi nhận phí, lệ phí"),
        ActKind::NoteSync => t("Ghi nhận đồng bộ"),
    }
}

/// A step of the flow.
pub const fn step(kind: StepKind) -> &'static str {
    match kind {
        StepKind::Examine => t("Thẩm tra hồ sơ"),
        StepKind::Verify => t("Xác minh"),
        StepKind::Opinion => t("Lấy ý kiến phối hợp"),
        StepKind::Approve => t("Lãnh đạo phê duyệt"),
        StepKind::Sign => t("Ký"),
        StepKind::Issue => t("Phát hành"),
    }
}

/// By which right somebody acts in the place of another.
pub const fn mandate(kind: MandateKind) -> &'static str {
    match kind {
        MandateKind::Deputy => t("Ký thay (KT.)"),
        MandateKind::Order => t("Thừa lệnh (TL.)"),
        MandateKind::Authority => t("Thừa ủy quyền (TUQ.)"),
        MandateKind::Substitute => t("Làm thay khi vắng"),
    }
}

/// What stands before the name or the title of the person in whose place somebody acts (Decree 30/2020/NĐ-CP).
pub const fn mandate_mark(kind: MandateKind) -> &'static str {
    match kind {
        MandateKind::Deputy => t("KT."),
        MandateKind::Order => t("TL."),
        MandateKind::Authority => t("TUQ."),
        MandateKind::Substitute => t("thay"),
    }
}

/// In whose place something was done, as a phrase: `TUQ. Phạm Ngọc Sơn`.
pub fn in_place_of(mandate: &MandateRow) -> Option<String> {
    let mark = MandateKind::from_key(&mandate.kind).map(mandate_mark)?;
    Some(format!("{mark} {}", mandate.from_name))
}

/// A role, as staff read it.
pub const fn role(role: Role) -> &'static str {
    match role {
        Role::Reception => t("Cán bộ tiếp nhận"),
        Role::Specialist => t("Chuyên môn"),
        Role::CivilStatus => t("Tư pháp – hộ tịch"),
        Role::CentreDirector => t("Giám đốc trung tâm"),
        Role::Leader => t("Lãnh đạo Ủy ban nhân dân"),
        Role::Records => t("Văn thư"),
        Role::Accountant => t("Kế toán"),
        Role::Cashier => t("Thủ quỹ"),
        Role::Controller => t("Kiểm soát thủ tục hành chính"),
        Role::Administrator => t("Quản trị"),
    }
}

/// Who holds a dossier, as a resident reads it: the beginning of a sentence.
pub const fn holder(role: Role) -> &'static str {
    match role {
        Role::Reception => t("Cán bộ tiếp nhận của Trung tâm"),
        Role::Specialist => t("Công chức chuyên môn"),
        Role::CivilStatus => t("Công chức tư pháp – hộ tịch"),
        Role::CentreDirector => t("Giám đốc Trung tâm"),
        Role::Leader => t("Lãnh đạo Ủy ban nhân dân"),
        Role::Records => t("Văn thư"),
        Role::Accountant => t("Kế toán"),
        Role::Cashier => t("Thủ quỹ"),
        Role::Controller | Role::Administrator => t("Trung tâm"),
    }
}

/// How a dossier came.
pub const fn channel(channel: Channel) -> &'static str {
    match channel {
        Channel::Online => t("Trực tuyến"),
        Channel::Counter => t("Tại quầy"),
        Channel::Post => t("Qua bưu chính"),
        Channel::Assisted => t("Được giúp tại thôn"),
    }
}

/// How a result reaches the resident.
pub const fn delivery(method: DeliveryMethod) -> &'static str {
    match method {
        DeliveryMethod::Counter => t("Tại quầy"),
        DeliveryMethod::Post => t("Qua bưu chính"),
        DeliveryMethod::Electronic => t("Bản điện tử"),
    }
}

/// What a unit says that was asked for its opinion.
pub const fn stance(stance: Stance) -> &'static str {
    match stance {
        Stance::Agree => t("Đồng ý"),
        Stance::AgreeWithConditions => t("Đồng ý, có điều kiện"),
        Stance::Disagree => t("Không đồng ý"),
        Stance::NotOurs => t("Không thuộc thẩm quyền của đơn vị"),
    }
}

/// Time that does not count, as the object of a sentence: "chờ …".
pub const fn exclusion(exclusion: Exclusion) -> &'static str {
    match exclusion {
        Exclusion::Verification => t("cơ quan khác xác minh"),
        Exclusion::Opinion => t("ý kiến của cơ quan khác"),
        Exclusion::PublicPosting => t("niêm yết công khai"),
        Exclusion::Expertise => t("kết quả giám định"),
        Exclusion::Post => t("thời gian gửi bưu chính"),
        Exclusion::ForceMajeure => t("khắc phục sự việc bất khả kháng"),
    }
}

/// Where the fees stand.
pub const fn payment(state: PaymentState) -> &'static str {
    match state {
        PaymentState::NothingDue => t("Không phải nộp phí, lệ phí"),
        PaymentState::Exempt => t("Được miễn phí, lệ phí"),
        PaymentState::Owed => t("Còn phải nộp phí, lệ phí"),
        PaymentState::Paid => t("Đã nộp phí, lệ phí"),
        PaymentState::Refunded => t("Đã hoàn lại phí, lệ phí"),
    }
}

/// Why somebody needs personal numbers in full.
pub const fn reveal_reason(reason: RevealReason) -> &'static str {
    match reason {
        RevealReason::ComparePapers => t("Đối chiếu giấy tờ của người nộp"),
        RevealReason::Call => t("Gọi điện cho người nộp"),
        RevealReason::WritePaper => t("Lập văn bản, vào sổ"),
        RevealReason::LookUp => t("Tra cứu cơ sở dữ liệu theo nhiệm vụ"),
        RevealReason::Other => t("Lý do khác"),
    }
}

/// How money changes hands.
pub const fn payment_way(way: PaymentWay) -> &'static str {
    match way {
        PaymentWay::Cash => t("Tiền mặt"),
        PaymentWay::Transfer => t("Chuyển khoản"),
    }
}

/// What the post says of a result it brought.
pub fn posted(posted: &Posted) -> String {
    tf(
        "{đơn vị}, bưu gửi số {số}, phát ngày {ngày}.",
        &[("đơn vị", &posted.carrier), ("số", &posted.tracking), ("ngày", &format::day(posted.on))],
    )
}

/// The case of a procedure that a term is for, by its key. The term's source says more.
pub fn case(key: &str) -> &'static str {
    known_case(key).unwrap_or(t("Trường hợp riêng"))
}

/// The same where the key is one that has words: a test holds every key of the shipped procedures against it.
pub fn known_case(key: &str) -> Option<&'static str> {
    Some(match key {
        "can_xac_minh" => t("Khi phải xác minh"),
        "bo_sung" => t("Khi bổ sung thông tin"),
        "mot_lan_mai_tang" => t("Trợ cấp một lần, mai táng phí"),
        "nha_o_rieng_le" => t("Nhà ở riêng lẻ"),
        "nhieu_ban" => t("Khi có nhiều bản, nhiều trang"),
        _ => return None,
    })
}

/// What became of the papers of a withdrawn dossier.
pub const fn papers_back(papers: PapersBack) -> &'static str {
    match papers {
        PapersBack::NothingKept => t("Không giữ giấy tờ bản chính"),
        PapersBack::Returned => t("Đã trả lại giấy tờ"),
        PapersBack::ToFetch => t("Giấy tờ để tại quầy, chờ đến nhận"),
    }
}

/// What became of its money.
pub const fn money_back(money: MoneyBack) -> &'static str {
    match money {
        MoneyBack::NothingPaid => t("Chưa nộp khoản nào"),
        MoneyBack::Refunded => t("Đã hoàn lại tiền"),
        MoneyBack::Kept => t("Không hoàn lại tiền"),
        MoneyBack::Later => t("Tiền giải quyết sau"),
    }
}

/// A paper, by its name.
pub const fn paper(kind: PaperKind) -> &'static str {
    match kind {
        PaperKind::ResidentSlip => t("Phiếu ghi nhận hồ sơ nộp trực tuyến"),
        PaperKind::Receipt => t("Giấy tiếp nhận hồ sơ và hẹn trả kết quả"),
        PaperKind::Supplement => t("Phiếu yêu cầu bổ sung, hoàn thiện hồ sơ"),
        PaperKind::Refusal => t("Phiếu từ chối tiếp nhận giải quyết hồ sơ"),
        PaperKind::Apology => t("Văn bản xin lỗi và hẹn lại ngày trả kết quả"),
        PaperKind::Stop => t("Thông báo dừng giải quyết hồ sơ"),
        PaperKind::Result => t("Văn bản kết quả"),
        PaperKind::ReturnSlip => t("Biên bản trả lại giấy tờ, tiền đã nộp"),
    }
}

/// `Trễ hẹn 2 ngày làm việc`, for residents.
pub fn late_for_resident(working_days: u32) -> String {
    match working_days {
        0 => t("Trễ hẹn, chưa quá một ngày làm việc").into(),
        n => tf("Trễ hẹn {n} ngày làm việc", &[("n", &n.to_string())]),
    }
}

/// `Quá hạn 2 ngày`, for staff.
pub fn late_for_staff(working_days: u32) -> String {
    match working_days {
        0 => t("Quá hạn trong ngày").into(),
        n => tf("Quá hạn {n} ngày", &[("n", &n.to_string())]),
    }
}

/// `Tiếp nhận trễ 2 ngày`, for staff.
pub fn late_acceptance(working_days: u32) -> String {
    match working_days {
        0 => t("Tiếp nhận trễ trong ngày").into(),
        n => tf("Tiếp nhận trễ {n} ngày", &[("n", &n.to_string())]),
    }
}

/// A means of telling, as a thing to choose.
pub const fn means(means: Means) -> &'static str {
    match means {
        Means::Email => t("Thư điện tử"),
        Means::Sms => t("Tin nhắn điện thoại"),
    }
}

/// The same within a sentence.
pub const fn by_means(means: Means) -> &'static str {
    match means {
        Means::Email => t("thư điện tử"),
        Means::Sms => t("tin nhắn điện thoại"),
    }
}

/// Why a message did not go, by the key that its carrier or its sender left.
pub fn message_problem(problem: &str) -> String {
    known_message_problem(problem).unwrap_or_else(|| t("nơi gửi chưa trả lời rõ").into())
}

/// The same where the key is one that has words: a test holds every key that is written against it.
pub fn known_message_problem(problem: &str) -> Option<String> {
    Some(match problem {
        "overtaken" => t("hồ sơ đã sang bước khác").into(),
        "changed_hands" => t("hồ sơ đã chuyển về người có thẻ căn cước").into(),
        "not_wanted" => t("người nộp đã chọn không nhận tin").into(),
        "address" | "gateway_rejected" => t("địa chỉ không nhận được").into(),
        "timeout" | "connection" | "tls" => t("chưa liên lạc được với nơi gửi").into(),
        "gateway_unclear" => t("cổng tin nhắn trả lời chưa rõ").into(),
        "folder" => t("chưa ghi được vào thư mục gửi tin").into(),
        "letter" | "broken" => t("phần mềm chưa soạn được tin").into(),
        other => match other.split_once('_')? {
            ("smtp", code) => tf("máy chủ thư trả lời {mã}", &[("mã", code)]),
            ("http", code) => tf("cổng tin nhắn trả lời {mã}", &[("mã", code)]),
            _ => return None,
        },
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn every_status_has_words_of_its_own() {
        let resident: BTreeSet<_> = Status::ALL.iter().map(|status| for_resident_of(*status, true).words).collect();
        let staff: BTreeSet<_> = Status::ALL.iter().map(|status| for_staff(*status).words).collect();
        assert_eq!((resident.len(), staff.len()), (Status::ALL.len(), Status::ALL.len()));
        assert_ne!(for_resident_of(Status::Done, true).words, for_resident_of(Status::Done, false).words);
    }
}
