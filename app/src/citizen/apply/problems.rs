//! Words for what looks odd in an answer, or is worth telling. What is wrong is worded in [`crate::problems`].

use crate::{
    format,
    words::{t, tf},
};
use domain::{
    person::Sex,
    question::{Notice, Warning, WarningKind},
};

pub use crate::problems::{lower_first, problem};

/// A warning as a person reads it. It stops nobody.
pub fn warning(warning: &Warning) -> String {
    match &warning.kind {
        WarningKind::CitizenIdMismatch { sex, birth_year } => tf(
            "Số định danh này thường là của {giới}, sinh năm {năm}; phần khai ghi khác. Kiểm tra lại; nếu đúng, bấm “Vẫn đúng, đi tiếp”.",
            &[("giới", sex_words(*sex)), ("năm", &birth_year.to_string())],
        ),
        WarningKind::LongName { letters } => tf(
            "Họ tên này dài {n} chữ cái, có thể không in hết trên một dòng. Kiểm tra lại; nếu đúng, bấm “Vẫn đúng, đi tiếp”.",
            &[("n", &letters.to_string())],
        ),
        WarningKind::DeclarerNameDiffers => {
            t("Người đi khai là cha hoặc mẹ, nhưng họ tên hai nơi khác nhau. Kiểm tra lại; nếu đúng, bấm “Vẫn đúng, đi tiếp”.").into()
        }
        WarningKind::HouseholdNotPoor => {
            t("Nhóm đã chọn dành cho hộ nghèo hoặc cận nghèo, phần khai về hộ ghi khác. Kiểm tra lại; nếu đúng, bấm “Vẫn đúng, đi tiếp”.").into()
        }
        WarningKind::KinshipUnclear => {
            t("Trung tâm sẽ cùng hai bên xem lại quan hệ họ hàng trước khi đăng ký. Muốn biết trước thì gọi Trung tâm.").into()
        }
        WarningKind::ForeignElement => {
            t("Người có quốc tịch nước ngoài làm thủ tục riêng, có yếu tố nước ngoài. Hỏi Trung tâm trước khi nộp hồ sơ này.").into()
        }
        WarningKind::RequesterUnderAge { age } => tf(
            "Người yêu cầu {n} tuổi. Dưới 18 tuổi thì cha, mẹ hoặc người giám hộ cùng làm việc này. Vẫn khai được; cán bộ sẽ hướng dẫn.",
            &[("n", &age.to_string())],
        ),
        WarningKind::ChildOfAge { age } => tf(
            "Người con đã {n} tuổi thì tự yêu cầu việc này, trừ khi không tự làm được. Kiểm tra lại; nếu đúng, bấm “Vẫn đúng, đi tiếp”.",
            &[("n", &age.to_string())],
        ),
        WarningKind::OtherParentNotHeard => {
            t("Theo ngày sinh, người con chưa đủ 18 tuổi. Cần ý kiến của người mẹ hoặc người cha còn lại. Kiểm tra lại câu này.").into()
        }
        WarningKind::OtherParentObjects => {
            t("Có tranh chấp thì việc này do Tòa án nhân dân giải quyết. Nên hỏi Trung tâm trước khi nộp.").into()
        }
        WarningKind::WitnessIsParty => {
            t("Người làm chứng trùng họ tên với một bên; người làm chứng phải là người khác. Kiểm tra lại; nếu đúng, bấm “Vẫn đúng, đi tiếp”.").into()
        }
        WarningKind::DeathNoticeExpected => {
            t("Người mới mất thường có Giấy báo tử. Bệnh viện, trạm y tế hoặc Ủy ban nhân dân xã nơi mất cấp giấy này. Hỏi Trung tâm trước; nếu vẫn không có, bấm “Vẫn đúng, đi tiếp”.").into()
        }
        WarningKind::DeathNoticeOfOtherPlace => {
            t("Bệnh viện, trạm y tế cấp giấy cho người mất tại đó; mất tại nhà thì xã cấp. Phần khai ghi khác. Kiểm tra lại; nếu đúng, bấm “Vẫn đúng, đi tiếp”.").into()
        }
        WarningKind::PartnerTooYoung { min } => tf(
            "Người sẽ kết hôn cùng chưa đủ {n} tuổi, là tuổi luật cho kết hôn. Kiểm tra lại ngày sinh; nếu đúng, bấm “Vẫn đúng, đi tiếp”.",
            &[("n", &min.to_string())],
        ),
        WarningKind::PartnersConsent => {
            t("Thành viên hợp danh chỉ lập hộ kinh doanh khi các thành viên hợp danh khác đồng ý. Nên gửi kèm văn bản đồng ý; nếu đúng, bấm “Vẫn đúng, đi tiếp”.").into()
        }
        WarningKind::NameRepeatsKind => {
            t("Chữ “Hộ kinh doanh” sẽ được thêm vào trước tên. Bỏ chữ đó ở ô này; nếu vẫn muốn để, bấm “Vẫn đúng, đi tiếp”.").into()
        }
        WarningKind::StartedBeforeRegistration => {
            t("Hộ kinh doanh hoạt động từ ngày được cấp Giấy chứng nhận trở đi. Kiểm tra lại ngày bắt đầu; nếu đúng, bấm “Vẫn đúng, đi tiếp”.").into()
        }
        WarningKind::DesignerNeeded => {
            t("Công trình cỡ này thường phải do đơn vị hoặc người có chứng chỉ thiết kế. Hỏi Trung tâm trước; nếu đúng, bấm “Vẫn đúng, đi tiếp”.").into()
        }
        WarningKind::MedicalPaperExpected => {
            t("Dạng khuyết tật khác thường phải có kết luận của cơ sở y tế. Có giấy thì chọn lại câu này; chưa có, Trung tâm sẽ chỉ nơi khám.").into()
        }
        WarningKind::HasPension => {
            t("Người có lương hưu, trợ cấp bảo hiểm xã hội vẫn có thể được hưởng. Khoản đó phải thấp hơn trợ cấp hưu trí xã hội. Trung tâm sẽ so hai mức; nếu khai đúng, bấm “Vẫn đúng, đi tiếp”.").into()
        }
    }
}

const fn sex_words(sex: Sex) -> &'static str {
    match sex {
        Sex::Male => t("nam"),
        Sex::Female => t("nữ"),
    }
}

/// A fact worth telling.
pub fn notice(notice: &Notice) -> String {
    match notice {
        Notice::LateRegistration { days, last_day } => tf(
            "Đăng ký khai sinh trong 60 ngày là đúng hạn, đến hết {ngày}. Nay đã qua {n} ngày; vẫn đăng ký được.",
            &[("ngày", &format::day(*last_day)), ("n", &days.to_string())],
        ),
        Notice::FatherNeedsRecognition => {
            t("Cha mẹ cháu chưa đăng ký kết hôn. Muốn ghi tên cha vào giấy khai sinh, làm cùng lúc thủ tục Đăng ký nhận cha, mẹ, con. Hỏi cán bộ tại Trung tâm.").into()
        }
        Notice::SocialRetirementMayApply { age } => tf(
            "Người từ {n} tuổi có thể được hưởng trợ cấp hưu trí xã hội. Xem thủ tục đó trước khi nộp hồ sơ này.",
            &[("n", &age.to_string())],
        ),
        Notice::RegisterBirthTogether => {
            t("Người con chưa có giấy khai sinh. Nên làm thủ tục Đăng ký khai sinh kết hợp đăng ký nhận cha, mẹ, con. Một lần được cả hai việc.").into()
        }
        Notice::CommonChildMayBeEntered => {
            t("Cha mẹ đã kết hôn, cùng nhận là con chung thì ghi được tên cha vào giấy khai sinh. Trường hợp đó không cần thủ tục này. Hỏi Trung tâm trước khi nộp.").into()
        }
        Notice::LateDeath { last_day: Some(last_day) } => tf(
            "Khai tử trong 15 ngày là đúng hạn, đến hết {ngày}. Nay đã qua ngày đó; vẫn đăng ký được, có thể phải nộp lệ phí theo mức của tỉnh.",
            &[("ngày", &format::day(*last_day))],
        ),
        Notice::LateDeath { last_day: None } => {
            t("Khai tử trong 15 ngày kể từ ngày mất là đúng hạn. Nay đã qua hạn đó; vẫn đăng ký được, có thể phải nộp lệ phí theo mức của tỉnh.").into()
        }
        Notice::NewbornDeath => {
            t("Cháu sống dưới 24 giờ thì không phải khai sinh, khai tử; cha mẹ muốn thì vẫn đăng ký. Cháu sống từ 24 giờ trở lên thì làm cả khai sinh và khai tử.").into()
        }
        Notice::EarlierHomesAreAsked => {
            t("Khi cần, Trung tâm hỏi các xã nơi thường trú trước đây. Xã đó trả lời trong 03 ngày làm việc. Ông/bà không phải tự đi xin xác nhận.").into()
        }
        Notice::MarriageNeedsNoCertificate => {
            t("Đăng ký kết hôn trong nước nay không phải nộp giấy này: cơ quan hộ tịch tự tra cứu. Xem thủ tục Đăng ký kết hôn trước khi nộp hồ sơ này.").into()
        }
        Notice::EarlierCertificateHolds { until } => tf(
            "Giấy đã cấp còn giá trị đến hết {ngày}, nếu tình trạng hôn nhân không đổi. Dùng vào đúng việc ghi trong giấy đó thì không cần xin lại.",
            &[("ngày", &format::day(*until))],
        ),
        Notice::PermitMayNotBeNeeded => {
            t("Nhà ở nông thôn dưới 7 tầng, nơi chưa có quy hoạch xây dựng, có thể không cần giấy phép. Hỏi Trung tâm trước khi nộp.").into()
        }
        Notice::CouncilAsksParents => {
            t("Cháu chưa đủ 6 tuổi: Hội đồng hỏi chuyện cha mẹ hoặc người nuôi cháu. Khi được mời, đưa cháu cùng đến.").into()
        }
        Notice::CouncilConclusionCounts => {
            t("Kết luận giám định y khoa trước ngày 01/06/2012 vẫn dùng được. Hội đồng của xã căn cứ vào kết luận đó.").into()
        }
        Notice::HigherAllowanceIsPaid => {
            t("Người thuộc diện cả hai trợ cấp hằng tháng thì được trả mức cao hơn, không trả cả hai.").into()
        }
    }
}
