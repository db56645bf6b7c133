//! What is wrong with an office or a file of procedures that an administrator brings, in words.

use crate::words::{t, tf};
use domain::procedure::{ProcedureError, local::LocalProblem};
use office::{
    office_entries::EntryProblem,
    procedure_files::{FILE_MOST, LaidProblem},
};

/// The field of the form that a problem with an office is about.
pub const fn field_of_entry(problem: &EntryProblem) -> &'static str {
    match problem {
        EntryProblem::KeyInvalid | EntryProblem::KeyTaken => "key",
        EntryProblem::OrganInvalid { field } | EntryProblem::OrganTaken { field, .. } => field,
        EntryProblem::UnitCodeInvalid => "unit_code",
        EntryProblem::OneStopShops => "kind",
        EntryProblem::TooFarAhead => "first",
    }
}

/// Why an office cannot be added, for a person.
pub fn office_entry(problem: &EntryProblem) -> String {
    match problem {
        EntryProblem::KeyInvalid => {
            t("Mã trong phần mềm chỉ gồm chữ thường không dấu, chữ số và gạch nối, ví dụ xa-dong-xuan-kinh-te.").into()
        }
        EntryProblem::KeyTaken => t("Mã này đã có cơ quan dùng và không dùng lại được. Chọn mã khác.").into(),
        EntryProblem::OrganInvalid { .. } => {
            t("Mã định danh điện tử chưa đúng. Nhập như tỉnh đã cấp, ví dụ H15.50.05.04.").into()
        }
        EntryProblem::OrganTaken { name, .. } => {
            tf("Mã định danh này là của {tên}. Nhập mã định danh riêng của cơ quan mới.", &[("tên", name)])
        }
        EntryProblem::UnitCodeInvalid => t("Mã đơn vị hành chính có 5 chữ số, ví dụ 22081.").into(),
        EntryProblem::OneStopShops => {
            t("Mỗi Ủy ban nhân dân có đúng một bộ phận một cửa. Chọn loại cơ quan khác.").into()
        }
        EntryProblem::TooFarAhead => {
            t("Ngày này còn hơn một năm nữa mới đến. Thêm cơ quan trong vòng một năm trước ngày bắt đầu.").into()
        }
    }
}

/// The field of the form that a problem with a file is about; none where the file is good.
pub const fn field_of_file(problem: &LaidProblem) -> Option<&'static str> {
    match problem {
        LaidProblem::NothingNew | LaidProblem::OtherUnits(_) => None,
        LaidProblem::NoFile
        | LaidProblem::TooLarge
        | LaidProblem::NotText
        | LaidProblem::NotJson { .. }
        | LaidProblem::Empty
        | LaidProblem::Procedure { .. }
        | LaidProblem::Twice(_)
        | LaidProblem::Lost(_)
        | LaidProblem::EndsBefore(_) => Some("tep"),
    }
}

/// Why a file of procedures cannot be published, for a person.
pub fn procedure_file(problem: &LaidProblem) -> String {
    match problem {
        LaidProblem::NoFile => t("Chưa chọn tệp nào, hoặc tệp trống. Chọn lại tệp.").into(),
        LaidProblem::TooLarge => tf(
            "Tệp nặng quá {n} KB. Chia thành nhiều tệp, mỗi tệp ít thủ tục hơn.",
            &[("n", &(FILE_MOST / 1024).to_string())],
        ),
        LaidProblem::NotText => t("Tệp không phải văn bản UTF-8. Chọn tệp JSON của thủ tục.").into(),
        LaidProblem::NotJson { line, column } => tf(
            "Tệp không đúng dạng JSON ở dòng {dòng}, cột {cột}. Sửa chỗ đó rồi chọn lại tệp.",
            &[("dòng", &line.to_string()), ("cột", &column.to_string())],
        ),
        LaidProblem::Empty => t("Tệp không có thủ tục nào.").into(),
        LaidProblem::Procedure { number, line, why } => {
            let number = number.to_string();
            let why = procedure_error(why);
            match line {
                Some(line) => tf(
                    "Thủ tục thứ {n} trong tệp, gần dòng {dòng}: {lỗi}",
                    &[("n", &number), ("dòng", &line.to_string()), ("lỗi", &why)],
                ),
                None => tf("Thủ tục thứ {n} trong tệp: {lỗi}", &[("n", &number), ("lỗi", &why)]),
            }
        }
        LaidProblem::Twice(code) => tf("Thủ tục {mã} có hai lần trong tệp. Giữ lại một.", &[("mã", code)]),
        LaidProblem::Lost(code) => tf(
            "Thủ tục {mã} có nội dung mà phần mềm không giữ được nguyên vẹn. Xuất lại bản ghi quốc gia.",
            &[("mã", code)],
        ),
        LaidProblem::EndsBefore(code) => tf(
            "Phần chung của thủ tục {mã} hết hạn (valid_to) trước ngày áp dụng. Sửa ngày trong tệp, hoặc chọn ngày áp dụng sớm hơn.",
            &[("mã", code)],
        ),
        LaidProblem::NothingNew => {
            t("Mọi thủ tục trong tệp giống hệt bản áp dụng ngày đó nên không có gì để công bố.").into()
        }
        LaidProblem::OtherUnits(names) => tf(
            "Các bản này dùng chung cho mọi đơn vị. Người công bố phải là quản trị của cả {tên}; nhờ quản trị chung hoặc người vận hành máy chủ.",
            &[("tên", &names.join(", "))],
        ),
    }
}

/// What is wrong with one procedure of a file.
fn procedure_error(why: &ProcedureError) -> String {
    match why {
        ProcedureError::NotAProcedure(told) => shape(told),
        ProcedureError::NotACode(code) => {
            tf("“{mã}” không phải mã thủ tục (ma_tthc), ví dụ 1.001193.", &[("mã", code)])
        }
        ProcedureError::NoName(code) => tf("thủ tục {mã} thiếu tên (ten_tthc).", &[("mã", code)]),
        ProcedureError::CodesDiffer { record, local } => {
            tf("bản ghi quốc gia là của {một} mà phần chung (local) là của {hai}.", &[("một", record), ("hai", local)])
        }
        ProcedureError::Local(problem) => local_problem(problem),
    }
}

/// The reader's own words name the key between back quotes.
fn shape(told: &str) -> String {
    let key = told.split('`').nth(1).unwrap_or_default();
    let named = [("mục", key)];
    if told.starts_with("missing field") {
        tf("thiếu mục “{mục}”.", &named)
    } else if told.starts_with("unknown field") {
        tf("có mục lạ “{mục}”. Bỏ mục đó hoặc sửa tên mục.", &named)
    } else if told.starts_with("unknown variant") {
        tf("giá trị “{mục}” không có trong các giá trị được dùng.", &named)
    } else {
        t("có giá trị sai kiểu, ví dụ chữ ở chỗ cần số hoặc ngày không đúng dạng 2026-11-23.").into()
    }
}

fn local_problem(problem: &LocalProblem) -> String {
    match problem {
        LocalProblem::DatesOutOfOrder => t("có ngày cuối trước ngày đầu (valid_to hoặc filed.to).").into(),
        LocalProblem::TermWithoutAmount => t("có thời hạn thiếu số ngày, số giờ (term.amount).").into(),
        LocalProblem::SourceMissing => t("có thời hạn hoặc khoản phí thiếu căn cứ (source).").into(),
        LocalProblem::NoSteps => t("chưa có bước xử lý nào (steps).").into(),
        LocalProblem::StepTwice(key) => tf("bước “{bước}” có hai lần (steps.key).", &[("bước", key)]),
        LocalProblem::StepsLongerThanTerm { steps, term } => tf(
            "các bước cộng lại {n} giờ làm việc, quá thời hạn chung {hạn} giờ (steps.hours).",
            &[("n", &steps.to_string()), ("hạn", &term.to_string())],
        ),
        LocalProblem::NegativeFee => t("có khoản phí âm (fee_lines.amount).").into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_missing_key_an_unknown_one_and_an_odd_value_are_named() {
        let told = |words: &str| procedure_error(&ProcedureError::NotAProcedure(words.into()));
        assert!(told("missing field `steps` at line 3").contains("“steps”"));
        assert!(told("unknown field `stepz`, expected `steps`").contains("“stepz”"));
        assert!(told("unknown variant `x`, expected one of `a`, `b`").contains("“x”"));
        assert!(told("invalid type: string \"a\", expected u32").contains("sai kiểu"));
    }
}
