//! What the answers and refusals of `explain` say, in Vietnamese: each refusal is one sentence on one line.

use clap::error::{ContextKind, ContextValue, ErrorKind};
use domain::{
    code::CaseCodeProblem,
    fee::{FeeProblem, SetBy},
    person::{CitizenIdFacts, CitizenIdProblem, CitizenIdWarning},
    time::Day,
    working_time::TermProblem,
};

/// `--on` is no date.
pub const BAD_DAY: &str = "Ngày sau --on phải có thật và viết như 2024-06-30.";
/// Not the code of a unit.
pub const BAD_UNIT_CODE: &str = "Mã đơn vị hành chính chỉ gồm chữ số, ví dụ 22096.";
/// Standard input failed.
pub const UNREADABLE_NAMES: &str = "Chưa đọc được danh sách tên từ đầu vào chuẩn.";
/// Standard input is no text.
pub const NAMES_NOT_UTF8: &str = "Danh sách tên phải là văn bản UTF-8, mỗi tên một dòng.";

/// `explain words` takes no such amount.
pub const BAD_AMOUNT: &str = "Số tiền phải viết bằng chữ số liền nhau, từ 0 đến 1000000000000000.";

/// Why `explain due` has no answer.
#[derive(Debug, Clone, Copy)]
pub enum BadTerm {
    /// The reception is no local time.
    Received,
    /// The amount is no whole number from 1.
    Amount,
    /// There is no amount, and the unit needs one.
    NoAmount,
    /// A pause is not two local times.
    Pause,
    /// The engine refuses.
    Problem(TermProblem),
}

/// The sentence of a bad term.
pub fn bad_term_words(bad: BadTerm) -> &'static str {
    match bad {
        BadTerm::Received => "Thời điểm sau --received phải có thật và viết như 2026-02-12T09:00.",
        BadTerm::Amount | BadTerm::Problem(TermProblem::ZeroAmount) => {
            "Số sau --amount phải là số nguyên từ 1 trở lên."
        }
        BadTerm::NoAmount => "Còn thiếu --amount, là số ngày hoặc số giờ của thời hạn.",
        BadTerm::Pause => {
            "Mỗi khoảng sau --pause phải gồm hai thời điểm có thật, viết như 2026-02-12T09:00/2026-02-13T10:00."
        }
        BadTerm::Problem(TermProblem::EmptyPause) => "Khoảng tạm dừng phải kết thúc sau khi bắt đầu.",
        BadTerm::Problem(TermProblem::PauseWithoutPolicy) => {
            "Có --pause thì phải có --policy, là tam-dung hoặc tinh-lai."
        }
        BadTerm::Problem(TermProblem::OutOfRange) => "Lịch làm việc chỉ trả lời cho các ngày từ năm 1900 đến năm 2199.",
    }
}

/// Why `explain fee` has no answer.
#[derive(Debug)]
pub enum BadFee<'a> {
    /// What follows this option is no whole number from 1.
    Number(&'static str),
    /// The schedule refuses.
    Problem {
        /// Why.
        problem: FeeProblem,
        /// The exemptions of the procedure.
        exemptions: Vec<&'a str>,
        /// The cases of the procedure.
        cases: Vec<&'a str>,
    },
}

/// The sentence of a fee that nobody can tell, on that day.
pub fn bad_fee_words(bad: &BadFee<'_>, day: Day) -> String {
    let (problem, exemptions, cases) = match bad {
        BadFee::Number(option) => return format!("Số sau {option} phải là số nguyên từ 1 đến {}.", u32::MAX),
        BadFee::Problem { problem, exemptions, cases } => (problem, exemptions, cases),
    };
    match problem {
        FeeProblem::UnknownProcedure | FeeProblem::UnknownFee => {
            let (year, month, of_month) = day.ymd();
            format!("Biểu phí ngày {of_month:02}/{month:02}/{year:04} không có thủ tục này.")
        }
        FeeProblem::NoPages => "Số trang phải từ 1 trở lên.".to_owned(),
        FeeProblem::NoCopies => "Số bản hoặc số trường hợp phải từ 1 trở lên.".to_owned(),
        FeeProblem::NoExtraCopies => "Thủ tục này không có khoản thu cho bản sao xin thêm.".to_owned(),
        FeeProblem::UnknownCase if cases.is_empty() => "Thủ tục này không thu theo trường hợp.".to_owned(),
        FeeProblem::UnknownCase => {
            format!("Thủ tục này không có trường hợp ấy, các trường hợp có: {}.", cases.join(", "))
        }
        FeeProblem::CaseNeeded => format!("Thủ tục này thu theo trường hợp, cần --case là: {}.", cases.join(", ")),
        FeeProblem::UnknownExemption if exemptions.is_empty() => "Thủ tục này không có diện miễn nào.".to_owned(),
        FeeProblem::UnknownExemption => {
            format!("Thủ tục này không có diện miễn ấy, các diện có: {}.", exemptions.join(", "))
        }
        FeeProblem::EvidenceMissing => "Diện miễn phải có giấy tờ hoặc dữ liệu chứng minh.".to_owned(),
        FeeProblem::NotSet { fee, by: SetBy::Province } => {
            format!("{fee} do Hội đồng nhân dân tỉnh quyết định, biểu phí đi kèm chưa có mức thu.")
        }
        FeeProblem::NotSet { fee, by: SetBy::Office } => format!("{fee} do cơ quan thu niêm yết, chưa được nhập."),
        FeeProblem::TooMuch => "Số tiền vượt quá 1000000000000000 đồng.".to_owned(),
    }
}

/// Why a text is not a personal identification number.
pub fn citizen_id_problem_words(problem: CitizenIdProblem) -> String {
    match problem {
        CitizenIdProblem::Empty => "Chưa có số định danh.".to_owned(),
        CitizenIdProblem::NotDigits => "Số định danh chỉ gồm chữ số.".to_owned(),
        CitizenIdProblem::WrongLength { digits } => {
            format!("Số định danh có 12 chữ số, ở đây có {digits} chữ số.")
        }
        CitizenIdProblem::AllSameDigit => "Số định danh không thể gồm 12 chữ số giống nhau.".to_owned(),
    }
}

/// What to look at again in a number.
pub fn citizen_id_warning_words(warning: CitizenIdWarning, facts: &CitizenIdFacts) -> String {
    match warning {
        CitizenIdWarning::UnknownProvince => {
            "Ba chữ số đầu không phải mã tỉnh đã biết, cần đối chiếu với giấy tờ.".to_owned()
        }
        CitizenIdWarning::BirthYearInFuture => {
            format!("Số này cho năm sinh {}, sau năm nay, cần đối chiếu với giấy tờ.", facts.birth_year)
        }
        CitizenIdWarning::SexDiffers { number_says } => {
            format!("Số này thường là của {}.", number_says.on_card().to_lowercase())
        }
        CitizenIdWarning::BirthYearDiffers { number_says } => {
            format!("Số này thường là của người sinh năm {number_says}.")
        }
    }
}

/// No unit has the code on that day.
pub fn no_unit_words(code: &str, day: Day) -> String {
    let (year, month, of_month) = day.ymd();
    match plain(code) {
        Some(code) => format!("Ngày {of_month:02}/{month:02}/{year:04} không có đơn vị hành chính mang mã {code}."),
        None => format!("Ngày {of_month:02}/{month:02}/{year:04} không có đơn vị hành chính mang mã này."),
    }
}

/// Why a text is not the code of a dossier.
pub const fn case_code_problem_words(problem: CaseCodeProblem) -> &'static str {
    match problem {
        CaseCodeProblem::Empty => "Chưa có mã hồ sơ.",
        CaseCodeProblem::NotThreeParts => {
            "Mã hồ sơ gồm mã cơ quan, ngày và số thứ tự nối bằng dấu gạch ngang, ví dụ H15.50.05.13-261123-0007."
        }
        CaseCodeProblem::Organ(_) | CaseCodeProblem::OrganLayout => {
            "Phần đầu của mã hồ sơ phải là mã định danh cơ quan, ví dụ H15.50.05.13."
        }
        CaseCodeProblem::BadDate => "Phần giữa của mã hồ sơ phải là sáu chữ số của một ngày có thật, ví dụ 261123.",
        CaseCodeProblem::BadSequence => {
            "Phần cuối của mã hồ sơ phải là số thứ tự có 4 đến 7 chữ số, mã kiểu cũ có đúng 4 chữ số."
        }
    }
}

/// What is wrong with a command line. The parser's own message has many lines, and they are not in Vietnamese.
pub fn parser_words(error: &clap::Error) -> String {
    let about = |kind| match error.get(kind) {
        Some(ContextValue::String(text)) => Some(text.as_str()),
        _ => None,
    };
    let argument = about(ContextKind::InvalidArg).and_then(option_name);
    match (error.kind(), argument) {
        (ErrorKind::MissingRequiredArgument, _) => missing_words(error),
        (ErrorKind::InvalidSubcommand, _) => match about(ContextKind::InvalidSubcommand).and_then(plain) {
            Some(word) => format!("Không có câu hỏi “{word}”, xem các câu hỏi bằng motcua explain --help."),
            None => "Không có câu hỏi này, xem các câu hỏi bằng motcua explain --help.".to_owned(),
        },
        (ErrorKind::MissingSubcommand | ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand, _) => {
            "Còn thiếu câu hỏi, xem các câu hỏi bằng motcua explain --help.".to_owned()
        }
        (ErrorKind::InvalidValue, Some("--unit")) => {
            "Sau --unit phải là ngay-lam-viec, ngay-lich, gio-lam-viec hoặc trong-ngay.".to_owned()
        }
        (ErrorKind::InvalidValue, Some("--policy")) => "Sau --policy phải là tam-dung hoặc tinh-lai.".to_owned(),
        (ErrorKind::InvalidValue | ErrorKind::WrongNumberOfValues | ErrorKind::TooFewValues, Some(name)) => {
            format!("Còn thiếu giá trị sau {name}.")
        }
        (ErrorKind::ArgumentConflict, Some(name)) => format!("Chỉ được ghi {name} một lần."),
        (ErrorKind::TooManyValues, Some(name)) => format!("Không được ghi giá trị cho {name}."),
        (ErrorKind::UnknownArgument, _) => match about(ContextKind::InvalidArg).and_then(plain) {
            Some(word) => format!("Không hiểu “{word}”, xem cách hỏi bằng motcua explain --help."),
            None => "Có phần thừa trong dòng lệnh, xem cách hỏi bằng motcua explain --help.".to_owned(),
        },
        (ErrorKind::InvalidUtf8, _) => "Dòng lệnh phải là văn bản UTF-8.".to_owned(),
        _ => "Chưa hiểu dòng lệnh, xem cách hỏi bằng motcua explain --help.".to_owned(),
    }
}

fn missing_words(error: &clap::Error) -> String {
    let Some(ContextValue::Strings(arguments)) = error.get(ContextKind::InvalidArg) else {
        return "Còn thiếu điều cần hỏi, xem cách hỏi bằng motcua explain --help.".to_owned();
    };
    let names: Vec<&str> = arguments.iter().map(|argument| option_name(argument).unwrap_or("điều cần hỏi")).collect();
    format!("Còn thiếu {}.", names.join(" và "))
}

/// `--unit <UNIT>` → `--unit`; none for what is asked about without an option.
fn option_name(argument: &str) -> Option<&str> {
    argument.split([' ', '=']).next().filter(|name| name.starts_with("--"))
}

/// What was typed, where it can stand in a sentence as it is: short, letters, digits and hyphens.
fn plain(typed: &str) -> Option<&str> {
    const MOST: usize = 40;
    let stands = typed.chars().count() <= MOST && typed.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '_'));
    (stands && !typed.is_empty()).then_some(typed)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_typed_is_repeated_only_when_it_fits_a_sentence() {
        for typed in ["nope", "--lạ", "a_b-9"] {
            assert_eq!(plain(typed), Some(typed));
        }
        for typed in ["", "a b", "a\nb", "x.", "\u{1b}[31m", &"a".repeat(41)] {
            assert_eq!(plain(typed), None, "{typed:?}");
        }
    }
}
