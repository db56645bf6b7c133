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
            t("Theo ngày sinh, người con chưa đủ 18 tuổi nên cần ý kiến của người mẹ hoặc người cha còn lại. Kiểm tra lại câu này.").into()
        }
        WarningKind::OtherParentObjects => {
            t("Có tranh chấp thì việc này do Tòa án nhân dân giải quyết. Nên hỏi Trung tâm trước khi nộp.").into()
        }
        WarningKind::WitnessIsParty => {
            t("Người làm chứng trùng họ tên với một bên; người làm chứng phải là người khác. Kiểm tra lại; nếu đúng, bấm “Vẫn đúng, đi tiếp”.").into()
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
            t("Cha mẹ cháu chưa đăng ký kết hôn. Muốn ghi tên cha vào giấy khai sinh, làm cùng lúc thủ tục Đăng ký nhận cha, mẹ, con; hỏi cán bộ tại Trung tâm.").into()
        }
        Notice::SocialRetirementMayApply { age } => tf(
            "Người từ {n} tuổi có thể được hưởng trợ cấp hưu trí xã hội. Xem thủ tục đó trước khi nộp hồ sơ này.",
            &[("n", &age.to_string())],
        ),
        Notice::RegisterBirthTogether => {
            t("Người con chưa có giấy khai sinh. Nên làm thủ tục Đăng ký khai sinh kết hợp đăng ký nhận cha, mẹ, con: một lần được cả hai việc.").into()
        }
        Notice::CommonChildMayBeEntered => {
            t("Cha mẹ đã đăng ký kết hôn và cùng nhận là con chung thì ghi được tên cha vào giấy khai sinh, không cần thủ tục này. Hỏi Trung tâm trước khi nộp.").into()
        }
    }
}
