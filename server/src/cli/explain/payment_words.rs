//! What the answers about payments say, in Vietnamese: each refusal is one sentence on one line.

use domain::payment::{
    TransferNote,
    qr::{MakeProblem, ReadProblem},
};

/// `--bin` is no bank's number.
pub const BAD_BIN: &str = "Mã ngân hàng sau --bin phải có đúng sáu chữ số, ví dụ 970436.";
/// `--account` is no account.
pub const BAD_ACCOUNT: &str = "Số tài khoản sau --account chỉ gồm chữ cái không dấu và chữ số, nhiều nhất 19 ký tự.";
/// `--amount` is no amount.
pub const BAD_AMOUNT: &str = "Số tiền sau --amount phải là số đồng nguyên từ 1 trở lên.";
/// No token in the note.
pub const NO_TOKEN: &str =
    "Không có mã thanh toán nào trong nội dung này, mã thanh toán gồm DX, tám ký tự và một ký tự kiểm tra.";

/// The note is longer than banks carry.
pub fn long_note_words(characters: usize) -> String {
    format!(
        "Nội dung chuyển khoản sau --note còn {characters} ký tự khi đã bỏ dấu, nhiều nhất là {} ký tự.",
        TransferNote::LONGEST
    )
}

/// Why no code is made.
pub const fn make_problem_words(problem: MakeProblem) -> &'static str {
    match problem {
        MakeProblem::AmountBelowOne => BAD_AMOUNT,
        MakeProblem::AmountTooLarge => "Số tiền sau --amount có nhiều nhất 13 chữ số.",
    }
}

/// Why a payload is refused.
pub const fn read_problem_words(problem: ReadProblem) -> &'static str {
    match problem {
        ReadProblem::Empty => "Chưa có nội dung mã QR.",
        ReadProblem::NotAscii => "Nội dung mã QR chỉ gồm ký tự ASCII in được.",
        ReadProblem::BadLength => "Nội dung mã QR có trường sai độ dài hoặc bị cắt.",
        ReadProblem::TagTwice => "Nội dung mã QR có trường lặp lại.",
        ReadProblem::NotEmv => "Nội dung mã QR phải bắt đầu bằng 000201.",
        ReadProblem::NoCrc => "Nội dung mã QR phải kết thúc bằng mã kiểm tra CRC.",
        ReadProblem::LowerCaseCrc => "Mã kiểm tra CRC của mã QR phải viết hoa.",
        ReadProblem::WrongCrc => "Mã kiểm tra CRC của mã QR không khớp với nội dung.",
        ReadProblem::BadInitiation => "Trường 01 của mã QR phải là 11 hoặc 12.",
        ReadProblem::OtherNetwork => "Mã QR này không phải mã chuyển khoản VietQR của NAPAS.",
        ReadProblem::BadBin => "Mã ngân hàng trong mã QR phải có đúng sáu chữ số.",
        ReadProblem::BadAccount => "Số tài khoản trong mã QR bị thiếu hoặc có ký tự lạ.",
        ReadProblem::BadService => "Mã QR có loại dịch vụ chuyển tiền chưa biết.",
        ReadProblem::OtherCurrency => "Mã QR phải ghi loại tiền là đồng Việt Nam, mã 704.",
        ReadProblem::BadAmount => "Số tiền trong mã QR phải là số đồng nguyên từ 1 trở lên.",
        ReadProblem::OtherCountry => "Mã QR phải ghi quốc gia là Việt Nam, mã VN.",
    }
}
