//! Words for what is wrong with an answer. They need the domain and [`crate::words`] alone, so that a browser could say them.

use crate::words::{t, tf};
use domain::{
    person::PartialDate,
    question::{Form, Problem, ProblemKind, Question, QuestionKind},
};

/// A problem as a person reads it.
pub fn problem(form: &Form, problem: &Problem) -> String {
    let Some(question) = form.question(&problem.path) else { return t("Xem lại câu trả lời này.").into() };
    let label = lower_first(&question.label);
    match problem.kind {
        ProblemKind::Missing => missing(question, &problem.path),
        // The name of a paper stays as it is.
        ProblemKind::TooManyFiles { .. } => wrong_in_form(&question.label, &problem.kind),
        _ => wrong_in_form(&label, &problem.kind),
    }
}

/// What is wrong with what was typed into a box, seen by itself: the browser says it too. `label` is what is asked, as it
/// stands inside a sentence. `None` for what only the whole form shows.
pub fn wrong(label: &str, kind: &ProblemKind) -> Option<String> {
    let said = |words| tf(words, &[("gì", label)]);
    Some(match kind {
        ProblemKind::Missing => said("Nhập {gì}."),
        ProblemKind::TooLong { max, got } => tf(
            "Nội dung này dài {n} chữ, tối đa {m} chữ. Viết gọn lại.",
            &[("n", &got.to_string()), ("m", &max.to_string())],
        ),
        ProblemKind::NotADate { day, month, year } => {
            let parts = [(day, t("ngày")), (month, t("tháng")), (year, t("năm"))];
            let parts: Vec<&str> = parts.into_iter().filter(|(wrong, _)| **wrong).map(|(_, word)| word).collect();
            tf(
                "Nhập {phần} bằng chữ số: {gì}. Năm có 4 chữ số, ví dụ 1990.",
                &[("phần", &parts.join(", ")), ("gì", label)],
            )
        }
        ProblemKind::DateDoesNotExist { year, month, day } => tf(
            "Tháng {tháng} năm {năm} không có ngày {ngày}. Kiểm tra lại {gì}.",
            &[("tháng", &month.to_string()), ("năm", &year.to_string()), ("ngày", &day.to_string()), ("gì", label)],
        ),
        ProblemKind::InTheFuture => said("Ngày này chưa tới. Kiểm tra lại {gì}."),
        ProblemKind::InThePast => said("Ngày này đã qua. Kiểm tra lại {gì}."),
        ProblemKind::NotANumber => said("Nhập bằng chữ số: {gì}."),
        ProblemKind::TooSmall { min } => {
            tf("Số nhỏ nhất là {n}. Kiểm tra lại {gì}.", &[("n", &min.to_string()), ("gì", label)])
        }
        ProblemKind::TooLarge { max } => {
            tf("Số lớn nhất là {n}. Kiểm tra lại {gì}.", &[("n", &max.to_string()), ("gì", label)])
        }
        ProblemKind::CitizenIdLength { got } if *got > 12 => {
            tf("Số định danh có 12 chữ số. Ông/bà nhập {n} chữ số.", &[("n", &got.to_string())])
        }
        ProblemKind::CitizenIdLength { got } => {
            tf("Số định danh có 12 chữ số. Ông/bà mới nhập {n} chữ số.", &[("n", &got.to_string())])
        }
        ProblemKind::CitizenIdNotDigits => t("Số định danh chỉ có chữ số. Xem lại số trên thẻ căn cước.").into(),
        ProblemKind::CitizenIdAllSame => t("Số định danh này chưa đúng. Xem lại số trên thẻ căn cước.").into(),
        ProblemKind::NotAPhone => t("Nhập số điện thoại bằng chữ số, ví dụ 0905 123 456.").into(),
        ProblemKind::PhoneLength { got } => {
            tf("Số điện thoại di động có 10 chữ số. Số vừa nhập có {n} chữ số.", &[("n", &got.to_string())])
        }
        ProblemKind::PhoneForeign => t("Nhập số điện thoại Việt Nam để Trung tâm gọi được.").into(),
        ProblemKind::NameHasDigits => said("Họ tên không có chữ số. Kiểm tra lại {gì}."),
        ProblemKind::NameHasSymbol { sign } => {
            tf("Họ tên không có ký hiệu “{dấu}”. Kiểm tra lại {gì}.", &[("dấu", &sign.to_string()), ("gì", label)])
        }
        ProblemKind::NameNotLatin { letter } => tf(
            "Họ tên viết bằng chữ La-tinh; chữ “{chữ}” không dùng được. Kiểm tra lại {gì}.",
            &[("chữ", &letter.to_string()), ("gì", label)],
        ),
        ProblemKind::LegacyEncoding => {
            t("Chữ này gõ bằng phông cũ nên máy không đọc được dấu. Gõ lại bằng bảng mã Unicode.").into()
        }
        ProblemKind::NotAChoice
        | ProblemKind::TooFewItems { .. }
        | ProblemKind::TooManyItems { .. }
        | ProblemKind::TooManyFiles { .. }
        | ProblemKind::NoParent
        | ProblemKind::ParentNotOlder
        | ProblemKind::DeclarerNotDeclared
        | ProblemKind::CannotBeSelf
        | ProblemKind::BeforeBirth
        | ProblemKind::BeforeDeath
        | ProblemKind::EndsBeforeStart
        | ProblemKind::MarriedNow
        | ProblemKind::AgeOutsideGroup { .. }
        | ProblemKind::NoDependentChild
        | ProblemKind::ApplicantNotListed
        | ProblemKind::TooYoungToMarry { .. }
        | ProblemKind::StillMarried
        | ProblemKind::KinMayNotMarry
        | ProblemKind::SamePerson
        | ProblemKind::CourtDecides
        | ProblemKind::TooYoungForBusiness { .. }
        | ProblemKind::AlreadyInBusiness
        | ProblemKind::NameOfCompany
        | ProblemKind::NotATradeCode
        | ProblemKind::NotAMeasure
        | ProblemKind::GroundLargerThanPlot
        | ProblemKind::FloorsSmallerThanGround
        | ProblemKind::RepresentativeFiles { .. }
        | ProblemKind::TooYoungForPension { .. }
        | ProblemKind::OnlyPoorBelow { .. } => return None,
    })
}

/// What is wrong with an answer, by itself or among the others of its form.
fn wrong_in_form(label: &str, kind: &ProblemKind) -> String {
    match kind {
        ProblemKind::NotAChoice => tf("Chọn một câu trả lời trong danh sách: {gì}.", &[("gì", label)]),
        ProblemKind::TooFewItems { min } => tf("Thêm ít nhất {n} mục: {gì}.", &[("n", &min.to_string()), ("gì", label)]),
        ProblemKind::TooManyItems { max } => tf("Nhiều nhất {n} mục: {gì}. Bỏ bớt mục thừa.", &[
            ("n", &max.to_string()),
            ("gì", label),
        ]),
        ProblemKind::TooManyFiles { max } => tf("Nhiều nhất {n} tệp cho {gì}. Xóa bớt tệp thừa.", &[
            ("n", &max.to_string()),
            ("gì", label),
        ]),
        ProblemKind::NoParent => t("Khai ít nhất một người: mẹ hoặc cha của cháu.").into(),
        ProblemKind::ParentNotOlder => t("Ngày sinh của cha mẹ phải trước ngày sinh của con. Kiểm tra lại.").into(),
        ProblemKind::DeclarerNotDeclared => {
            t("Người đi khai là cha hoặc mẹ, nhưng phần khai về người đó đang để “Không”. Kiểm tra lại.").into()
        }
        ProblemKind::CannotBeSelf => t("Việc này không tự khai cho chính mình được. Chọn hoặc ghi người khác.").into(),
        ProblemKind::BeforeBirth => {
            tf("Ngày này phải từ ngày sinh trở đi. Kiểm tra lại {gì}.", &[("gì", label)])
        }
        ProblemKind::BeforeDeath => tf("Ngày này phải từ ngày mất trở đi. Kiểm tra lại {gì}.", &[("gì", label)]),
        ProblemKind::EndsBeforeStart => t("Lúc kết thúc phải sau lúc bắt đầu. Kiểm tra lại hai mốc thời gian này.").into(),
        ProblemKind::MarriedNow => {
            t("Phần trước ghi đang có vợ hoặc chồng, nên giấy này không dùng để kết hôn được. Kiểm tra lại hai câu.").into()
        }
        ProblemKind::AgeOutsideGroup { age, min, max } => age_outside(*age, *min, *max),
        ProblemKind::NoDependentChild => {
            t("Nhóm này cần có ít nhất một con dưới 16 tuổi, hoặc từ 16 đến 22 tuổi đang học. Khai con vào danh sách người trong hộ.").into()
        }
        ProblemKind::ApplicantNotListed => {
            t("Danh sách người trong hộ phải có cả người hưởng trợ cấp. Thêm người đó vào danh sách.").into()
        }
        ProblemKind::TooYoungToMarry { min, from } => tf(
            "Người này đủ {n} tuổi từ ngày {ngày}. Từ hôm đó đăng ký kết hôn được. Nếu ngày sinh chưa đúng thì sửa lại.",
            &[("n", &min.to_string()), ("ngày", &PartialDate::Full(*from).to_string())],
        ),
        ProblemKind::StillMarried => {
            t("Bản án, quyết định ly hôn có hiệu lực rồi mới đăng ký kết hôn được. Có bản án rồi thì chọn lại câu này.").into()
        }
        ProblemKind::KinMayNotMarry => {
            t("Luật không cho kết hôn giữa những người có quan hệ này. Nếu chọn nhầm thì chọn lại; chưa rõ thì chọn “Chưa rõ” để cán bộ cùng xem.").into()
        }
        ProblemKind::SamePerson => {
            t("Hai người đang khai cùng một số định danh. Kiểm tra lại số của từng người.").into()
        }
        ProblemKind::CourtDecides => {
            t("Trường hợp này do Tòa án nhân dân giải quyết, xã không đăng ký được. Gọi hoặc đến Trung tâm để được chỉ cách làm.").into()
        }
        ProblemKind::TooYoungForBusiness { min, from } => tf(
            "Người lập hộ kinh doanh phải đủ {n} tuổi; người này đủ tuổi từ ngày {ngày}. Nếu ngày sinh chưa đúng thì sửa lại.",
            &[("n", &min.to_string()), ("ngày", &PartialDate::Full(*from).to_string())],
        ),
        ProblemKind::AlreadyInBusiness => {
            t("Mỗi người chỉ đứng tên một hộ kinh doanh, và chủ doanh nghiệp tư nhân không lập thêm hộ. Có thể để người khác trong nhà làm chủ hộ; nếu chọn nhầm thì chọn lại.").into()
        }
        ProblemKind::NameOfCompany => {
            t("Tên hộ kinh doanh không có chữ “công ty”, “doanh nghiệp”. Bỏ chữ đó hoặc đặt tên khác.").into()
        }
        ProblemKind::NotATradeCode => {
            t("Mã ngành, nghề có 4 chữ số. Không biết mã thì bỏ trống, cán bộ ghi giúp.").into()
        }
        ProblemKind::NotAMeasure => tf(
            "Ghi bằng số, nhiều nhất hai số lẻ, ví dụ 96 hoặc 96,5. Kiểm tra lại {gì}.",
            &[("gì", label)],
        ),
        ProblemKind::GroundLargerThanPlot => {
            t("Diện tích tầng một lớn hơn diện tích thửa đất. Kiểm tra lại hai số này.").into()
        }
        ProblemKind::FloorsSmallerThanGround => {
            t("Tổng diện tích sàn gồm cả tầng một nên không nhỏ hơn diện tích tầng một. Kiểm tra lại hai số này.").into()
        }
        ProblemKind::RepresentativeFiles { under } => tf(
            "Người chưa đủ {n} tuổi thì cha, mẹ hoặc người giám hộ làm đơn. Chọn lại người làm đơn, hoặc kiểm tra ngày sinh.",
            &[("n", &under.to_string())],
        ),
        ProblemKind::TooYoungForPension { min, from } => tf(
            "Người này đủ {n} tuổi từ ngày {ngày}. Trước ngày đó chưa hưởng được trợ cấp hưu trí xã hội. Nếu ngày sinh chưa đúng thì sửa lại.",
            &[("n", &min.to_string()), ("ngày", &PartialDate::Full(*from).to_string())],
        ),
        ProblemKind::OnlyPoorBelow { age, from } => tf(
            "Chưa đủ {n} tuổi thì chỉ người thuộc hộ nghèo, hộ cận nghèo được hưởng. Người này đủ {n} tuổi từ ngày {ngày}; từ hôm đó nộp được.",
            &[("n", &age.to_string()), ("ngày", &PartialDate::Full(*from).to_string())],
        ),
        // What was typed into one box, seen by itself.
        ProblemKind::Missing
        | ProblemKind::TooLong { .. }
        | ProblemKind::NotADate { .. }
        | ProblemKind::DateDoesNotExist { .. }
        | ProblemKind::InTheFuture
        | ProblemKind::InThePast
        | ProblemKind::NotANumber
        | ProblemKind::TooSmall { .. }
        | ProblemKind::TooLarge { .. }
        | ProblemKind::CitizenIdLength { .. }
        | ProblemKind::CitizenIdNotDigits
        | ProblemKind::CitizenIdAllSame
        | ProblemKind::NotAPhone
        | ProblemKind::PhoneLength { .. }
        | ProblemKind::PhoneForeign
        | ProblemKind::NameHasDigits
        | ProblemKind::NameHasSymbol { .. }
        | ProblemKind::NameNotLatin { .. }
        | ProblemKind::LegacyEncoding => wrong(label, kind).unwrap_or_default(),
    }
}

fn missing(question: &Question, path: &str) -> String {
    let part = path.strip_prefix(&question.id).or_else(|| path.split_once(&question.id).map(|(_, rest)| rest));
    let label = lower_first(&question.label);
    match (&question.kind, part) {
        (QuestionKind::Address, Some(".commune")) => tf("Nhập xã, phường của {gì}.", &[("gì", &label)]),
        (QuestionKind::Address, Some(".province")) => tf("Nhập tỉnh, thành phố của {gì}.", &[("gì", &label)]),
        (QuestionKind::Choice { .. }, _) => tf("Chọn câu trả lời: {gì}.", &[("gì", &label)]),
        (QuestionKind::Many { .. }, _) => tf("Đánh dấu ít nhất một mục: {gì}.", &[("gì", &label)]),
        (QuestionKind::File { .. }, _) => {
            tf("Còn thiếu {gì}. Tải lên ảnh chụp hoặc tệp PDF.", &[("gì", &question.label)])
        }
        (QuestionKind::Group { .. }, _) => tf("Thêm ít nhất một mục: {gì}.", &[("gì", &label)]),
        _ => tf("Nhập {gì}.", &[("gì", &label)]),
    }
}

fn age_outside(age: i32, min: i32, max: Option<i32>) -> String {
    let age = age.to_string();
    let min = min.to_string();
    match max {
        Some(max) => tf(
            "Người này {n} tuổi; nhóm đã chọn dành cho người từ {đầu} đến {cuối} tuổi. Chọn nhóm khác hoặc kiểm tra ngày sinh.",
            &[("n", &age), ("đầu", &min), ("cuối", &max.to_string())],
        ),
        None => tf(
            "Người này {n} tuổi; nhóm đã chọn dành cho người từ {đầu} tuổi. Chọn nhóm khác hoặc kiểm tra ngày sinh.",
            &[("n", &age), ("đầu", &min)],
        ),
    }
}

/// A label inside a sentence.
pub fn lower_first(label: &str) -> String {
    let mut letters = label.chars();
    letters.next().map_or_else(String::new, |first| first.to_lowercase().chain(letters).collect())
}
