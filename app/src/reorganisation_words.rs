//! The words of reorganisations: who passed to whom, how dossiers are shared out, and what is wrong with a plan.

use crate::{
    context::office,
    format,
    words::{t, tf},
};
use domain::reorganisation::{AHEAD_DAYS, BACK_DAYS, BASIS_MOST, By, PlanProblem};

/// An office by its key or its number, as events keep it.
pub fn office_name(key: &str) -> String {
    let books = office().books();
    let found = books.places.by_key(key).or_else(|| books.places.by_id(key.parse().ok()?));
    found.map_or_else(|| t("Cơ quan kế thừa").into(), |office| format::sentence_case(&office.name))
}

/// From which office a dossier passed to which, and by what decision. Old events do not say from where.
pub fn passed_on(from: &str, to: &str, basis: &str) -> String {
    let to = office_name(to);
    match from {
        "" => tf("Hồ sơ chuyển sang {đến} theo {căn cứ}.", &[("đến", &to), ("căn cứ", basis)]),
        from => tf(
            "Hồ sơ chuyển từ {từ} sang {đến} theo {căn cứ}.",
            &[("từ", &office_name(from)), ("đến", &to), ("căn cứ", basis)],
        ),
    }
}

/// What decides who gets which dossier.
pub const fn by(by: By) -> &'static str {
    match by {
        By::One => t("Một đơn vị nhận tất cả"),
        By::Commune => t("Theo xã, phường của người nộp"),
        By::Hamlet => t("Theo thôn, buôn, khu phố của người nộp"),
        By::Field => t("Theo lĩnh vực của thủ tục"),
        By::Assignee => t("Theo cán bộ đang giữ hồ sơ"),
        By::Hand => t("Chọn tay từng hồ sơ"),
    }
}

/// The field of the form that a problem is about.
pub const fn field(problem: &PlanProblem) -> Option<&'static str> {
    Some(match problem {
        PlanProblem::NoBasis | PlanProblem::BasisTooLong => "basis",
        PlanProblem::NothingCloses
        | PlanProblem::UnknownUnit(_)
        | PlanProblem::NotThere(_)
        | PlanProblem::OtherEnd(_) => "closes",
        PlanProblem::NoHeir | PlanProblem::HeirNotThere(_) | PlanProblem::HeirCloses(_) | PlanProblem::Overlap(_) => {
            "heirs"
        }
        PlanProblem::NoDefault => "rest",
        PlanProblem::ManyHeirs => "by",
        PlanProblem::TooLate | PlanProblem::TooEarly => "day",
        PlanProblem::ForeignHeir(_) | PlanProblem::TwoWays(_) | PlanProblem::Parted(_) => return None,
    })
}

/// The sentence for a person.
pub fn problem(problem: &PlanProblem) -> String {
    let of = |words, key: &String| tf(words, &[("đơn vị", &office_name(key))]);
    let days = |words, days: i32| tf(words, &[("n", &days.to_string())]);
    match problem {
        PlanProblem::NoBasis => t("Ghi nghị quyết hoặc quyết định sắp xếp.").into(),
        PlanProblem::BasisTooLong => tf("Viết gọn tên văn bản, tối đa {n} chữ.", &[("n", &BASIS_MOST.to_string())]),
        PlanProblem::NothingCloses => t("Chọn ít nhất một đơn vị kết thúc hoạt động.").into(),
        PlanProblem::NoHeir => t("Chọn ít nhất một đơn vị tiếp nối, để không hồ sơ nào bị bỏ lại.").into(),
        PlanProblem::NoDefault => t("Chọn đơn vị nhận phần còn lại, trong các đơn vị tiếp nối.").into(),
        PlanProblem::ManyHeirs => t("Có nhiều đơn vị tiếp nối: chọn cách chia hồ sơ, hoặc chỉ để một đơn vị.").into(),
        PlanProblem::TooLate => days(t("Ngày này đã qua hơn {n} ngày. Kiểm tra lại ngày."), BACK_DAYS),
        PlanProblem::TooEarly => days(t("Ngày này còn hơn {n} ngày nữa. Lập phương án gần ngày hơn."), AHEAD_DAYS),
        PlanProblem::UnknownUnit(_) => t("Không có đơn vị này. Chọn lại trong danh sách.").into(),
        PlanProblem::NotThere(key) => of(t("{đơn vị} không hoạt động vào hôm trước ngày đó. Kiểm tra lại ngày."), key),
        PlanProblem::OtherEnd(key) => of(
            t("{đơn vị} đã có ngày kết thúc khác, nên sẽ có những ngày không ai phụ trách. Sửa ngày cho liền nhau."),
            key,
        ),
        PlanProblem::HeirNotThere(key) => {
            of(t("{đơn vị} chưa hoặc không còn hoạt động vào ngày đó. Chọn đơn vị khác."), key)
        }
        PlanProblem::HeirCloses(key) => of(t("{đơn vị} vừa kết thúc vừa tiếp nối. Bỏ một trong hai."), key),
        PlanProblem::Overlap(key) => {
            of(t("{đơn vị} đã phụ trách cùng địa bàn từ trước ngày đó: hai nơi cùng một địa bàn. Kiểm tra lại."), key)
        }
        PlanProblem::ForeignHeir(key) => of(t("{đơn vị} không nằm trong các đơn vị tiếp nối. Chọn lại."), key),
        PlanProblem::TwoWays(what) => tf("“{gì}” được ghi hai lần. Chỉ để một dòng.", &[("gì", what)]),
        PlanProblem::Parted(name) => tf(
            "Hồ sơ theo cán bộ đang giữ. Hồ sơ của {ai} chuyển cho một đơn vị, {ai} lại làm tiếp ở đơn vị khác. Chọn lại một trong hai chỗ.",
            &[("ai", name)],
        ),
    }
}
