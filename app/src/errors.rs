//! What people read when something did not happen, and the status that goes with it.
// long because every sentence of what went wrong stands in one place.

use crate::{
    context::{self, is_staff_page},
    format, reorganisation_words, rule_words,
    words::{t, tf},
};
use axum::http::{HeaderValue, StatusCode, header};
use domain::{dossier::Refusal, feature::Feature, identity::IdentityProblem, time::Day};
use leptos::prelude::*;
use leptos_axum::ResponseOptions;
use leptos_meta::Title;
use office::{Error, error::Problem};
use ui::{CitizenMain, ErrorSummary, LinkButton, Notice, PageTitle, ProblemLink, Tone};

/// The status of an answer.
pub const fn status_of(error: &Error) -> StatusCode {
    match error {
        Error::SignInFirst => StatusCode::UNAUTHORIZED,
        Error::Forbidden => StatusCode::FORBIDDEN,
        Error::NotFound => StatusCode::NOT_FOUND,
        Error::Stale => StatusCode::CONFLICT,
        Error::Refused(_) | Error::Invalid(_) => StatusCode::UNPROCESSABLE_ENTITY,
        Error::Locked { .. } | Error::TooManyFromHere { .. } | Error::TooManyCodes { .. } => {
            StatusCode::TOO_MANY_REQUESTS
        }
        Error::Broken(_) => StatusCode::INTERNAL_SERVER_ERROR,
    }
}

/// The sentence for a person, on the page that is being made.
pub fn sentence(error: &Error) -> String {
    sentence_of(error, &context::staff().trace.request_id)
}

/// The sentence for a person whose request has that number, where no page is being made. Whoever reports what broke says
/// the end of the number, by which its line in the log is found.
pub fn sentence_of(error: &Error, request_id: &str) -> String {
    match error {
        Error::SignInFirst => {
            t("Phiên làm việc đã hết để giữ an toàn. Những gì đã khai còn nguyên. Đăng nhập để tiếp tục.").into()
        }
        Error::Forbidden if is_staff_page() => {
            t("Việc này thuộc quyền của người khác. Gửi yêu cầu tới người phụ trách hồ sơ.").into()
        }
        Error::Forbidden => {
            t("Tài khoản này không làm được việc này. Cần làm thì hỏi Trung tâm hoặc người phụ trách hồ sơ.").into()
        }
        Error::NotFound => t("Không tìm thấy trang hoặc hồ sơ này.").into(),
        Error::Stale => t("Có người vừa sửa mục này. Xem nội dung mới bên dưới rồi làm lại nếu vẫn cần.").into(),
        Error::Refused(refusal) => refusal_sentence(refusal),
        Error::Invalid(problem) => problem_sentence(problem),
        Error::Locked { until } => {
            tf("Đã thử sai nhiều lần nên tạm khóa. Thử lại sau {giờ}.", &[("giờ", &format::moment(*until))])
        }
        Error::TooManyFromHere { until } => tf(
            "Quá nhiều lần từ địa chỉ mạng này nên tạm ngừng, có thể do nhiều người dùng chung mạng. Thử lại sau {giờ}.",
            &[("giờ", &format::moment(*until))],
        ),
        Error::TooManyCodes { until } => tf(
            "Đã gửi nhiều mã nên tạm ngừng gửi mã mới. Xem lại thư hoặc tin nhắn đã nhận, hoặc xin mã mới sau {giờ}.",
            &[("giờ", &format::moment(*until))],
        ),
        Error::Broken(_) => match report_code(request_id) {
            "" => t("Phần mềm gặp lỗi, chưa ghi nhận việc vừa làm. Nội dung đã khai còn nguyên. Thử lại sau ít phút.")
                .into(),
            code => tf(
                "Phần mềm gặp lỗi, chưa ghi nhận việc vừa làm. Nội dung đã khai còn nguyên. Thử lại sau ít phút; mã báo lỗi {mã}.",
                &[("mã", code)],
            ),
        },
    }
}

/// What a person reports of the number of a request: its last eight digits, which are drawn by chance and short enough to
/// be read out on the telephone.
pub fn report_code(request_id: &str) -> &str {
    request_id.char_indices().rev().nth(REPORTED - 1).map_or(request_id, |(at, _)| &request_id[at..])
}

/// How many digits of the number of a request are reported.
const REPORTED: usize = 8;

fn problem_sentence(problem: &Problem) -> String {
    match problem {
        Problem::WrongCredentials { tries_left: 0 } => {
            t("Thông tin đăng nhập chưa đúng. Tài khoản tạm khóa 15 phút, sau đó đăng nhập lại.").into()
        }
        Problem::WrongCredentials { tries_left } if is_staff_page() => tf(
            "Tên đăng nhập, mật khẩu hoặc mã dùng một lần chưa đúng. Mã nào đã dùng thì chờ mã mới. Sai thêm {n} lần, tài khoản tạm khóa 15 phút.",
            &[("n", &tries_left.to_string())],
        ),
        Problem::WrongCredentials { tries_left } => tf(
            "Số định danh hoặc mật khẩu chưa đúng. Sai thêm {n} lần, tài khoản tạm khóa 15 phút.",
            &[("n", &tries_left.to_string())],
        ),
        Problem::PasswordWrong { tries_left: 0 } => {
            t("Mật khẩu chưa đúng. Đã thử nhiều lần nên tạm khóa 15 phút, sau đó nhập lại.").into()
        }
        Problem::PasswordWrong { tries_left } => {
            tf("Mật khẩu chưa đúng. Nhập lại. Còn thử được {n} lần.", &[("n", &tries_left.to_string())])
        }
        Problem::ConfirmAgain => t("Lần đăng nhập trước đã quá 5 phút. Xác nhận lại, rồi tải.").into(),
        Problem::OnlyWayIn => t(
            "Tài khoản này chưa có mật khẩu, bỏ liên kết thì không còn cách đăng nhập. Mang thẻ căn cước ra quầy lấy mã đặt mật khẩu, đặt xong rồi bỏ liên kết.",
        )
        .into(),
        Problem::WrongCode { tries_left: 0 } => {
            t("Số định danh hoặc mã chưa đúng. Tạm khóa 15 phút, rồi thử lại hoặc ra quầy lấy mã mới.").into()
        }
        Problem::WrongCode { tries_left } => tf(
            "Số định danh hoặc mã chưa đúng, hoặc mã đã dùng, đã hết hạn. Sai thêm {n} lần thì tạm khóa 15 phút.",
            &[("n", &tries_left.to_string())],
        ),
        Problem::NumberGone => t(
            "Người có thẻ căn cước đã xác nhận số định danh này. Tài khoản này không dùng số đó được nữa. Có thể lúc đăng ký đã gõ nhầm số. Mang thẻ căn cước của ông/bà tới quầy. Trung tâm mở lại tài khoản đúng số và xem giúp hồ sơ đã nộp.",
        )
        .into(),
        Problem::Identity(problem) => identity_sentence(*problem).into(),
        Problem::CitizenIdInvalid => t("Số định danh có 12 chữ số. Kiểm tra lại số trên thẻ căn cước.").into(),
        Problem::CitizenIdTaken => {
            t("Số định danh này đã có tài khoản. Đăng nhập; quên mật khẩu thì mang thẻ căn cước ra quầy lấy mã đặt mật khẩu.").into()
        }
        Problem::NameInvalid => t("Nhập họ và tên như trên giấy tờ, không có chữ số hay ký hiệu.").into(),
        Problem::PhoneInvalid => t("Số điện thoại chưa đúng. Nhập 10 chữ số, ví dụ 0905 123 456.").into(),
        Problem::PhoneNotMobile => {
            t("Số này là số máy bàn, không nhận được tin nhắn. Nhập số di động.").into()
        }
        Problem::EmailInvalid => t("Địa chỉ thư điện tử chưa đúng. Nhập đủ, ví dụ ten@gmail.com.").into(),
        Problem::CodeWrong { tries_left: 0 } => {
            t("Mã chưa đúng hoặc đã hết hạn. Đã thử nhiều lần, chờ 15 phút rồi lấy mã mới.").into()
        }
        Problem::CodeWrong { tries_left } => tf(
            "Mã chưa đúng hoặc đã hết hạn. Nhập lại, hoặc lấy mã mới. Còn thử được {n} lần.",
            &[("n", &tries_left.to_string())],
        ),
        Problem::PasswordTooShort { least } => tf("Mật khẩu cần ít nhất {n} ký tự.", &[("n", &least.to_string())]),
        Problem::PasswordsDiffer => t("Hai lần nhập mật khẩu chưa giống nhau. Nhập lại.").into(),
        Problem::Missing("seen") => t("Xem người và thẻ căn cước, rồi đánh dấu vào ô này.").into(),
        Problem::Missing("whose") => t("Hỏi người đang ở quầy, rồi chọn tài khoản này của ai.").into(),
        Problem::Missing("office_id") => t("Chọn nơi nhận hồ sơ.").into(),
        Problem::Missing("take") => t("Đánh dấu ít nhất một mục muốn điền sẵn.").into(),
        Problem::Missing("told_how") => t("Ghi đã báo người nộp bằng cách nào.").into(),
        Problem::Missing("hien") => t("Chọn lý do xem.").into(),
        Problem::Missing("hien_ro") => t("Ghi rõ lý do xem.").into(),
        Problem::Missing("organisation_name" | "organisation[name]") => t("Nhập tên tổ chức.").into(),
        Problem::Missing("organisation_address" | "organisation[address]") => t("Nhập địa chỉ của tổ chức.").into(),
        Problem::Missing("is_representative") => {
            t("Chỉ người đại diện theo pháp luật thêm được tổ chức. Đúng là ông/bà thì đánh dấu ô này.").into()
        }
        Problem::TaxNumberInvalid => {
            t("Mã số thuế chưa đúng. Mã có 10 chữ số (hoặc thêm 3 chữ số của đơn vị phụ thuộc); xem lại từng số.").into()
        }
        Problem::TaxNumberOfAnother => {
            t("Mã số thuế 12 chữ số là số định danh của chủ hộ kinh doanh. Chủ hộ tự thêm bằng tài khoản của mình.").into()
        }
        Problem::OrganisationEntered => {
            t("Tổ chức có mã số thuế này đã có trong danh sách. Không cần thêm lại.").into()
        }
        Problem::ListFull => t("Đã thêm đủ số lượng cho phép. Cần thêm nữa thì hỏi Trung tâm.").into(),
        Problem::Missing("former") => t("Tìm theo mã số thuế, rồi chọn tổ chức cần đổi.").into(),
        Problem::Missing("organisation_paper") => t("Ghi tên giấy tờ đã xem, số và ngày của giấy tờ đó.").into(),
        Problem::Missing("paper_seen") => t("Xem bản chính giấy tờ của tổ chức, rồi đánh dấu vào ô này.").into(),
        Problem::OrganisationWaits if is_staff_page() => t(
            "Người này còn một tổ chức cùng mã số thuế đang chờ xem là của ai. Xem mục đó ở trang Tài khoản người dân trước, rồi đổi người đại diện.",
        )
        .into(),
        Problem::OrganisationWaits => t(
            "Tổ chức có mã số thuế này đang chờ cán bộ xem có phải của ông/bà không. Mang giấy tờ của tổ chức tới quầy để được xem sớm.",
        )
        .into(),
        Problem::EmployeeUnknown => {
            t("Chưa thấy tài khoản nào có số định danh và họ tên này. Kiểm tra lại, hoặc nhờ người đó đăng ký tài khoản trước.").into()
        }
        Problem::EmployeeIsSelf => t("Ông/bà là người đại diện nên đã nộp được, không phải cử chính mình.").into(),
        Problem::EndsBeforeItBegins => t("Ngày cuối phải từ ngày đầu trở đi. Kiểm tra lại hai ngày.").into(),
        Problem::HouseholdOfItsOwner => t(
            "Mã số thuế 12 chữ số là số định danh của chủ hộ kinh doanh. Mã này không đổi người đại diện được. Chủ hộ mới tự thêm hộ bằng tài khoản của mình.",
        )
        .into(),
        Problem::RepresentativeNotProven => t(
            "Chưa có tài khoản nào đã đối chiếu thẻ căn cước với số định danh và họ tên này. Kiểm tra lại, hoặc xác nhận tài khoản của người đó trước.",
        )
        .into(),
        Problem::RepresentativeAlready => t("Người này đang là người đại diện của tổ chức đó. Nhập người đại diện mới.").into(),
        Problem::RepresentsLater => t("Ngày này chưa đến. Từ ngày đó mới đổi người đại diện được.").into(),
        Problem::Missing("ho_so") => t("Chưa đánh dấu hồ sơ nào. Đánh dấu ít nhất một hồ sơ rồi gửi lại.").into(),
        Problem::TooMany { most } => {
            tf("Mỗi lần gửi nhiều nhất {n} hồ sơ. Bỏ bớt rồi gửi lại.", &[("n", &most.to_string())])
        }
        Problem::TooManyViews { most } => tf(
            "Đã lưu đủ {n} bộ lọc. Bỏ bớt ở trang Bộ lọc đã lưu rồi lưu lại.",
            &[("n", &most.to_string())],
        ),
        Problem::Missing("source-0" | "source-1" | "source-2" | "source-3") => {
            t("Ghi nghị quyết quy định mức thu này, ví dụ: Nghị quyết số 12/2026/NQ-HĐND.").into()
        }
        Problem::FeeInvalid(_) => t("Mức thu chưa đúng. Nhập số đồng bằng chữ số, ví dụ 50.000.").into(),
        Problem::Missing(_) => t("Còn thiếu nội dung bắt buộc. Nhập rồi gửi lại.").into(),
        Problem::TooLong(_) => t("Nội dung quá dài. Rút gọn rồi gửi lại.").into(),
        Problem::FileTooLarge { most, .. } => tf(
            "Tệp này nặng quá {n}. Chụp lại từng trang, hoặc giảm cỡ ảnh rồi gửi lại.",
            &[("n", &format::size(*most))],
        ),
        Problem::FileKindUnknown => t("Chưa nhận được loại tệp này. Gửi ảnh JPG, PNG hoặc tệp PDF.").into(),
        Problem::FileEmpty => t("Chưa chọn tệp nào, hoặc tệp trống. Chọn lại tệp.").into(),
        Problem::FileNotSent => {
            t("Tệp vừa chọn chưa được tải lên. Chọn lại tệp rồi bấm “Tải lên”; không cần tệp đó thì gửi lại.").into()
        }
        Problem::FileInfected { name } => tf(
            "Tệp “{tên}” có mã độc nên không được lưu. Những gì đã khai còn nguyên. Chụp hoặc quét lại giấy tờ thành tệp khác rồi gửi.",
            &[("tên", name)],
        ),
        Problem::FileHeld => {
            t("Tệp này đang chờ quét mã độc nên chưa mở được. Phần mềm tự quét lại; xem lại sau ít phút.").into()
        }
        Problem::FileAwaited { name } => tf(
            "Chưa ghi việc này: tệp “{tên}” có mã độc nên đã bỏ, chưa có tệp khác. Chờ người nộp gửi lại hoặc quét bản giấy. Nếu không cần, ghi lý do ở phần Tệp của hồ sơ rồi làm lại.",
            &[("tên", name)],
        ),
        Problem::QuotaReached => t("Đã gửi đủ số tệp cho phép. Xóa bớt tệp thừa rồi gửi lại.").into(),
        Problem::FormIncomplete { problems } => {
            tf("Còn {n} chỗ cần sửa trước khi nộp.", &[("n", &problems.to_string())])
        }
        Problem::NotDeclared => t("Đánh dấu vào lời cam đoan trước khi nộp.").into(),
        Problem::NotFiledHere if is_staff_page() => {
            t("Thủ tục này hôm nay không nhận ở đây. Xem nơi nộp dưới ô thủ tục, hoặc chọn thủ tục khác.").into()
        }
        Problem::NotFiledHere => {
            t("Thủ tục này chưa nộp trực tuyến ở đây được. Xem nơi nộp ở trang của thủ tục.").into()
        }
        Problem::AlreadyOpen { .. } => t(
            "Người này, hoặc tổ chức này, đang có hồ sơ cùng thủ tục chưa giải quyết xong. Mở hồ sơ đó, hoặc ghi rõ vì sao là việc khác.",
        )
        .into(),
        Problem::DraftOpen => t(
            "Người này đang có bản nháp trực tuyến cùng thủ tục. Hỏi muốn nộp bản nháp đó hay nộp tại quầy, rồi chọn ở dưới.",
        )
        .into(),
        Problem::CorrectionOpen { .. } => {
            t("Đang có hồ sơ sửa sai sót cho hồ sơ này. Làm tiếp hồ sơ đó, xong mới mở hồ sơ khác.").into()
        }
        Problem::PeriodInvalid("first") => t("Ngày bắt đầu sớm nhất là hôm nay. Sửa lại ngày bắt đầu.").into(),
        Problem::PeriodInvalid("valid_from") => {
            t("Áp dụng sớm nhất từ hôm nay, muộn nhất trong năm của lịch. Để trống nếu áp dụng ngay khi công bố.").into()
        }
        Problem::PeriodInvalid(_) => {
            t("Ngày cuối phải từ ngày bắt đầu trở đi, và cả thời gian không quá một năm. Sửa lại ngày cuối.").into()
        }
        Problem::SamePerson => t("Chọn hai người khác nhau.").into(),
        Problem::NotADeputy => {
            t("Chỉ cấp phó ký thay (KT.) người đứng đầu. Chọn thừa lệnh hoặc thừa ủy quyền, hoặc chọn người khác.").into()
        }
        Problem::NothingToLend => {
            t("Người giao không có quyền làm một việc đã chọn. Chọn lại người giao hoặc bỏ bớt việc.").into()
        }
        Problem::MayNotStandIn => {
            t("Người kiểm soát và người quản trị không nhận việc của người khác. Chọn người khác.").into()
        }
        Problem::OfAnotherRole => t("Người làm thay phải cùng vai trò trong đơn vị. Chọn người khác.").into(),
        Problem::LoginUnknown { login } => tf(
            "Trong đơn vị không có ai dùng tên đăng nhập “{tên}”. Sửa lại sau dấu @, hoặc chọn tên trong danh sách dưới ghi chú.",
            &[("tên", login)],
        ),
        Problem::MayNotRead { name } if name.is_empty() => {
            t("Có người được chọn không làm việc ở đơn vị này nữa. Chọn lại người khác.").into()
        }
        Problem::MayNotRead { name } => tf(
            "{tên} không thuộc phần việc này nên không nhắc ở đây được. Bỏ tên đó, hoặc chọn người khác.",
            &[("tên", name)],
        ),
        Problem::TooManyNamed { most } => {
            tf("Mỗi ghi chú nhắc nhiều nhất {n} người. Bỏ bớt rồi gửi lại.", &[("n", &most.to_string())])
        }
        Problem::SensitiveStaysHere => {
            t("Hồ sơ này có thông tin được bảo vệ nên không gửi lấy ý kiến ngoài đơn vị được.").into()
        }
        Problem::NobodyAnswers => t("Phòng này chưa có ai trả lời được. Chọn phòng hoặc đơn vị khác.").into(),
        Problem::HoursInvalid { most } => {
            tf("Nhập số giờ làm việc từ 1 đến {n}. Một ngày làm việc là 8 giờ.", &[("n", &most.to_string())])
        }
        Problem::AmountInvalid => t("Số tiền chưa đúng. Nhập bằng chữ số, ví dụ 50.000.").into(),
        Problem::AccountTaken => t("Tài khoản ngân hàng này đã có. Kiểm tra lại số tài khoản.").into(),
        Problem::MoreThanLeft { left } => tf(
            "Khoản tiền này còn {tiền} chưa dùng. Ghi số tiền không quá số đó.",
            &[("tiền", &format::money(*left))],
        ),
        Problem::RequestClosed => {
            t("Khoản phải nộp này đã hủy hoặc hết hạn. Lập khoản mới, hoặc đề nghị hoàn lại tiền.").into()
        }
        Problem::MoneyLeft => t("Còn tiền chưa dùng hoặc chưa hoàn. Ghép vào khoản phải nộp, hoặc đề nghị hoàn lại.").into(),
        Problem::OwnRefund => t("Người đề nghị hoàn tiền không tự duyệt. Chuyển cho người khác duyệt.").into(),
        Problem::DateInvalid(_) => t("Ngày chưa đúng. Nhập đủ ngày, tháng, năm.").into(),
        Problem::LoginShut => t("Tài khoản này đã khóa vì người này không còn làm việc ở đây.").into(),
        Problem::LoginInvalid => {
            t("Tên đăng nhập có 3 đến 40 chữ thường không dấu, chữ số, dấu chấm, gạch nối. Ví dụ: lan.ht.").into()
        }
        Problem::LoginTaken => t("Tên đăng nhập này đã có người dùng. Chọn tên khác.").into(),
        Problem::NotOneself => {
            t("Không tự đổi vai trò, không tự cấp lại mật khẩu, mã và không tự cho mình nghỉ. Nhờ quản trị khác làm việc này.").into()
        }
        Problem::LastAdministrator => t(
            "Đây là quản trị cuối cùng của đơn vị trong những ngày đó. Giao vai trò quản trị cho người khác trước.",
        )
        .into(),
        Problem::WorksElsewhere => {
            t("Người này còn giữ vai trò ở đơn vị khác. Chỉ kết thúc từng vai trò ở đây; việc còn lại do đơn vị kia làm.").into()
        }
        Problem::HeldAlready => {
            t("Người này đã giữ vai trò đó ở cơ quan đó trong những ngày này. Chọn ngày, vai trò hoặc cơ quan khác.").into()
        }
        Problem::Plan(problem) => reorganisation_words::problem(problem),
        Problem::YearDrafted => t("Năm này đang có bản nháp. Mở bản nháp đó ở trên, hoặc bỏ nó trước.").into(),
        Problem::YearInvalid => t("Chỉ lập lịch cho năm nay và hai năm tới. Chọn lại năm.").into(),
        Problem::TetElsewhere => {
            t("Năm ngày nghỉ Tết phải có mùng 1. Sửa lại ngày nghỉ đầu tiên, hoặc để trống để lấy ngày 30 tháng Chạp.").into()
        }
        Problem::DayNamed(_) => t("Bản nháp đã có ngày này. Bỏ ngày đó trong bảng trước, rồi thêm lại.").into(),
        Problem::OutsideYear(_) => t("Ngày này không thuộc năm của lịch. Sửa lại ngày.").into(),
        Problem::OffAnyway(_) => t("Ngày này vốn là ngày nghỉ trong tuần. Chọn một ngày làm việc để nghỉ.").into(),
        Problem::WorkedAnyway(_) => t("Ngày này vốn là ngày làm việc. Chọn một ngày nghỉ trong tuần để làm bù.").into(),
        Problem::CalendarHolds { from } => tf(
            "Đơn vị đã công bố lịch áp dụng từ {ngày}. Đặt ngày áp dụng của bản này từ ngày đó trở đi.",
            &[("ngày", &format::day(*from))],
        ),
        Problem::NothingNew => t("Bản này giống hệt lịch đang có nên không có gì để công bố.").into(),
        Problem::FeatureOff { feature, last, reason } => feature_off(*feature, *last, reason),
        Problem::OffAlready => {
            t("Tính năng này đã tắt sẵn trong một số ngày vừa chọn. Bật lại trước, hoặc chọn ngày khác.").into()
        }
        Problem::NotOfferedOnline => {
            t("Nơi này không nhận thủ tục này trực tuyến. Mang giấy tờ đến nộp tại quầy, hoặc chọn nơi khác.").into()
        }
        Problem::TermNotShorter { legal } => tf(
            "Thời hạn của đơn vị phải ngắn hơn {hạn}: nhập số nguyên từ 1 đến {n}. Để trống nếu làm theo thời hạn chung.",
            &[("hạn", &format::term(legal)), ("n", &legal.amount.saturating_sub(1).to_string())],
        ),
        Problem::NothingToShorten => {
            t("Thủ tục này không có thời hạn chung từ 2 ngày hoặc 2 giờ trở lên để rút ngắn. Để trống ô này.").into()
        }
        Problem::SameAsHeld => t("Nội dung này giống hệt bản đang áp dụng nên không có gì để công bố.").into(),
        Problem::OfficeEntry(problem) => rule_words::office_entry(problem),
        Problem::ProcedureFile(problem) => rule_words::procedure_file(problem),
        Problem::NotOpenNow => t("Ngoài giờ làm việc.").into(),
    }
}

/// Why a sign-in through the identity provider came to nothing, and what to do.
const fn identity_sentence(problem: IdentityProblem) -> &'static str {
    match problem {
        IdentityProblem::Declined => {
            t("Ông/bà đã dừng ở trang định danh nên chưa đăng nhập. Muốn đăng nhập thì bấm lại và đồng ý ở trang đó.")
        }
        IdentityProblem::Late => {
            t("Lần đăng nhập này đã quá 10 phút hoặc đã dùng rồi. Bấm đăng nhập lại từ đầu, trên cùng một trình duyệt.")
        }
        IdentityProblem::Unreachable => t(
            "Hệ thống định danh đang không trả lời. Thử lại sau ít phút, hoặc đăng nhập bằng số định danh và mật khẩu.",
        ),
        IdentityProblem::Unsound => {
            t("Hệ thống định danh trả lời không khớp nên chưa đăng nhập. Bấm đăng nhập lại; vẫn vậy thì báo Trung tâm.")
        }
        IdentityProblem::Clock => t(
            "Giờ của hệ thống định danh và của cổng đang lệch nhau nên chưa đăng nhập. Thử lại sau ít phút; vẫn vậy thì báo Trung tâm.",
        ),
        IdentityProblem::Incomplete => t(
            "Hệ thống định danh chưa gửi đủ số định danh, họ tên và mức định danh. Bấm lại và đồng ý gửi các thông tin đó, hoặc đăng ký tài khoản.",
        ),
        IdentityProblem::LevelTooLow => t(
            "Số định danh này đã có tài khoản ở đây. Tài khoản định danh mức 1 chưa đủ để mở. Đăng nhập bằng mật khẩu, hoặc nâng lên mức 2 rồi thử lại.",
        ),
        IdentityProblem::OtherNumber => t(
            "Số định danh ở trang định danh khác số của tài khoản này. Nếu máy dùng chung, đăng xuất rồi đăng nhập lại. Nếu số của ông/bà sai, mang thẻ căn cước ra quầy.",
        ),
    }
}

/// What is off, until when and why, and what to do instead.
pub fn feature_off(feature: Feature, last: Option<Day>, reason: &str) -> String {
    let what = match feature {
        Feature::ApplyOnline => t("Nơi này đang tạm dừng nhận hồ sơ trực tuyến. Ông/bà nộp tại quầy, hoặc chờ mở lại."),
        Feature::ShortMessages => t("Đơn vị đang tạm dừng tin nhắn SMS. Bỏ dấu ở ô đồng ý nhận tin rồi gửi lại."),
        Feature::Organisations => {
            t("Nơi này đang tạm dừng nhận hồ sơ đứng tên tổ chức. Nộp cho cá nhân, hoặc chờ mở lại.")
        }
        Feature::ManyAtOnce => t("Đơn vị đang tạm dừng phân công, duyệt nhiều hồ sơ một lần. Làm từng hồ sơ."),
    };
    match last {
        Some(last) => tf(
            "{việc} Dừng đến hết ngày {ngày}. Lý do: {lý do}.",
            &[("việc", what), ("ngày", &format::day(last)), ("lý do", reason.trim_end_matches('.'))],
        ),
        None => tf("{việc} Lý do: {lý do}.", &[("việc", what), ("lý do", reason.trim_end_matches('.'))]),
    }
}

fn refusal_sentence(refusal: &Refusal) -> String {
    match refusal {
        Refusal::MissingReason => t("Ghi rõ lý do trước khi gửi."),
        Refusal::EmptySupplementRequest => t("Ghi ít nhất một giấy tờ hoặc nội dung cần bổ sung."),
        Refusal::MissingQuestion => t("Ghi rõ cần hỏi điều gì."),
        Refusal::MissingWords => {
            t("Ghi rõ điều kiện, lý do hoặc cơ quan có thẩm quyền. Chỉ khi đồng ý mới để trống được.")
        }
        Refusal::AlreadyAsked => t("Việc này đã yêu cầu rồi, đang chờ trả lời. Không cần gửi lại."),
        Refusal::SecondRoundNeedsBasis => t("Yêu cầu bổ sung từ lần thứ hai phải ghi căn cứ."),
        Refusal::AlreadyRedated => {
            t("Đã xin lỗi và hẹn lại một lần nên không hẹn lại lần nữa được. Gọi người nộp và giải quyết sớm.")
        }
        Refusal::RedateTooLate { .. } => {
            t("Đã quá hạn gửi văn bản xin lỗi: phải gửi trước ngày hẹn ít nhất 01 ngày làm việc. Gọi người nộp để xin lỗi.")
        }
        Refusal::DueMovedEarlier { .. } => t("Ngày hẹn mới phải sau ngày hẹn đang có."),
        Refusal::WithdrawalPending => t("Người nộp đang xin rút hồ sơ. Trả lời yêu cầu đó trước."),
        Refusal::PapersNotReturned => t("Quầy có giữ giấy tờ bản chính: chọn đã trả, hoặc chờ đến nhận."),
        Refusal::MoneyNotSettled => t("Hồ sơ có khoản tiền đã nộp: chọn hoàn lại, không hoàn lại hoặc giải quyết sau."),
        Refusal::MissingCollector => t("Ghi họ tên người nhận kết quả."),
        Refusal::MissingAuthority => t("Ghi giấy tờ cho phép nhận thay."),
        Refusal::MissingIdentityPaper => t("Ghi số định danh hoặc số giấy tờ của người nhận thay."),
        Refusal::MissingPostDetails => t("Trả qua bưu chính thì ghi đơn vị bưu chính và số hiệu bưu gửi."),
        Refusal::BeforeResult => t("Ngày phát không thể trước ngày có kết quả."),
        Refusal::DayInFuture => t("Ngày này chưa đến. Ghi ngày đã diễn ra."),
        Refusal::MissingPayer => t("Ghi họ tên người nộp tiền."),
        Refusal::MissingAmount => t("Ghi số tiền đã nộp."),
        Refusal::NothingChanges => t("Chưa có gì thay đổi so với lần ghi trước. Chọn lại rồi ghi."),
        Refusal::NothingPaid => t("Chưa ghi khoản nào đã nộp nên không có gì để hoàn lại."),
        Refusal::MoreThanPaid { held } => {
            return tf("Chỉ còn giữ {tiền}. Ghi số tiền hoàn lại không quá số đó.", &[("tiền", &format::money(*held))]);
        }
        Refusal::FreeOfCharge => t("Hồ sơ này sửa sai sót của cơ quan nên không thu tiền."),
        Refusal::BadStep { .. } => t("Không chuyển đến bước này được. Chọn bước khác."),
        Refusal::AlreadyRated => t("Đã đánh giá rồi. Cảm ơn ông/bà."),
        Refusal::WithdrawalAfterResult => t("Đã có kết quả nên không rút hồ sơ được nữa."),
        Refusal::NeedsApproval => t("Việc này phải có lãnh đạo duyệt. Trình lãnh đạo trước."),
        Refusal::Terminal { .. } => t("Hồ sơ đã kết thúc nên không làm việc này được nữa."),
        Refusal::NoDossier { .. } => t("Hồ sơ này chưa được lập. Nộp hoặc tiếp nhận hồ sơ trước."),
        Refusal::AlreadyOpened => t("Hồ sơ này đã được lập rồi. Mở hồ sơ đó để làm tiếp."),
        Refusal::WrongState { .. } => {
            t("Hồ sơ đang ở bước khác nên chưa làm việc này được. Xem lại quá trình bên dưới.")
        }
        Refusal::MissingCode => t("Hồ sơ chưa được cấp mã nên chưa tiếp nhận được. Gửi lại; vẫn vậy thì báo quản trị."),
        Refusal::NoSteps => t("Thủ tục này chưa có bước giải quyết nên chưa tiếp nhận được. Báo quản trị bổ sung."),
        Refusal::ReceivedInFuture => t("Giờ nhận hồ sơ chưa đến. Ghi lại giờ đã nhận."),
        Refusal::DueBeforeReception => t("Ngày hẹn trả phải sau lúc nhận hồ sơ. Xem lại giờ nhận và ngày hẹn."),
        Refusal::MissingDue => {
            t("Chưa tính được ngày hẹn trả nên chưa ghi việc này. Gửi lại; vẫn vậy thì báo quản trị.")
        }
        Refusal::WrongStage { .. } => {
            t("Hồ sơ vừa sang bước khác, yêu cầu bổ sung này không còn khớp. Mở lại hồ sơ rồi ghi lại.")
        }
        Refusal::RespondByPassed => t("Hạn trả lời đã qua. Chọn hạn sau lúc này."),
        Refusal::NothingAsked => t("Không còn yêu cầu nào đang chờ trả lời. Mở lại hồ sơ để xem."),
        Refusal::NotExpired { until } => {
            return tf("Hạn còn đến {lúc} nên chưa dừng hồ sơ được. Chờ hết hạn rồi làm lại.", &[(
                "lúc",
                &format::until(*until),
            )]);
        }
        Refusal::NoLimit => {
            t("Khoản phải nộp này không đặt hạn nên không dừng vì quá hạn được. Muốn dừng thì ghi lý do.")
        }
        Refusal::NoApprovalStep => t("Hồ sơ không còn bước lãnh đạo duyệt nào phía trước. Chọn việc khác."),
        Refusal::NoEarlierStep => t("Không có bước nào trước đó để trả lại. Chọn việc khác."),
        Refusal::ClockSuspended => t("Hồ sơ đang tạm dừng tính hạn. Chọn “Tính hạn tiếp” trước, rồi làm việc này."),
        Refusal::ClockNotSuspended => t("Hồ sơ không tạm dừng tính hạn nên không cần tính tiếp."),
        Refusal::MissingTarget => t("Chưa chọn người hoặc nơi nhận. Chọn rồi gửi lại."),
    }
    .into()
}

/// Writes what broke to the log, with the number of the request: a page may be made outside the request's span.
pub(crate) fn note_broken(error: &Error) {
    if let Error::Broken(why) = error {
        tracing::error!(request_id = context::staff().trace.request_id, why, "page failed");
    }
}

/// The field that a refused form is wrong in, when it is one. `blank` says which fields came without words.
pub fn field_of(error: &Error, blank: impl Fn(&str) -> bool) -> Option<&'static str> {
    match error {
        Error::Invalid(
            Problem::Missing(field)
            | Problem::TooLong(field)
            | Problem::DateInvalid(field)
            | Problem::FeeInvalid(field),
        ) => Some(field),
        Error::Invalid(Problem::WrongCredentials { .. } | Problem::PasswordWrong { .. }) => Some("password"),
        Error::Invalid(Problem::PeriodInvalid(field)) => Some(field),
        Error::Invalid(Problem::SamePerson | Problem::MayNotStandIn | Problem::OfAnotherRole) => Some("to"),
        Error::Invalid(Problem::TooMany { .. }) => Some("ho_so"),
        Error::Invalid(Problem::LoginUnknown { .. } | Problem::MayNotRead { .. } | Problem::TooManyNamed { .. }) => {
            Some("words")
        }
        Error::Invalid(Problem::NothingToLend) => Some("from"),
        Error::Invalid(Problem::NotADeputy) => Some("form"),
        Error::Invalid(Problem::Plan(problem)) => reorganisation_words::field(problem),
        Error::Invalid(Problem::OfficeEntry(problem)) => Some(rule_words::field_of_entry(problem)),
        Error::Invalid(Problem::ProcedureFile(problem)) => rule_words::field_of_file(problem),
        Error::Invalid(Problem::HoursInvalid { .. }) => Some("hours"),
        Error::Invalid(Problem::FileNotSent) => Some("tep"),
        Error::Invalid(Problem::NobodyAnswers) => Some("unit"),
        Error::Invalid(Problem::AmountInvalid) => Some("paid[amount]"),
        Error::Invalid(Problem::AccountTaken) => Some("number"),
        Error::Refused(refusal) => match refusal {
            Refusal::MissingReason => ["reason", "note", "basis"].into_iter().find(|field| blank(field)),
            Refusal::SecondRoundNeedsBasis => Some("basis"),
            Refusal::MissingQuestion => Some("question"),
            Refusal::MissingWords => Some("words"),
            Refusal::EmptySupplementRequest => Some("items"),
            Refusal::DueMovedEarlier { .. } | Refusal::RedateTooLate { .. } => Some("new_due"),
            Refusal::MissingCollector => Some("to[name]"),
            Refusal::MissingAuthority => Some("to[authority]"),
            Refusal::MissingIdentityPaper => Some("to[identity_paper]"),
            Refusal::MissingPostDetails => Some("to[carrier]"),
            Refusal::BeforeResult | Refusal::DayInFuture => Some("on"),
            Refusal::MissingPayer => Some("paid[payer]"),
            Refusal::MissingAmount | Refusal::MoreThanPaid { .. } => Some("paid[amount]"),
            Refusal::PapersNotReturned => Some("papers"),
            Refusal::MoneyNotSettled => Some("money"),
            _ => None,
        },
        _ => None,
    }
}

/// What a door says about a try that failed: at the field that is wrong, with a link at the top of the page; or above
/// the form.
pub struct AtTheDoor {
    wrong: Option<(&'static str, String)>,
    otherwise: Option<String>,
}

impl AtTheDoor {
    /// Of the form of that act, if it was refused just now.
    pub fn of(act: &str) -> Self {
        let retry = context::retry_of(act);
        let error = retry.as_ref().map(|retry| &*retry.error);
        let words = error.map(sentence);
        match error.and_then(|error| field_of(error, |_| false)) {
            Some(field) => Self { wrong: words.map(|words| (field, words)), otherwise: None },
            None => Self { wrong: None, otherwise: words },
        }
    }

    /// The sentence at that field.
    pub fn at(&self, field: &str) -> Option<String> {
        self.wrong.as_ref().filter(|(wrong, _)| *wrong == field).map(|(_, words)| words.clone())
    }

    /// What stands above the page's heading.
    pub fn on_top(&self) -> AnyView {
        let problems: Vec<_> = self.wrong.iter().map(|(id, words)| ProblemLink::new(*id, words.clone())).collect();
        let notice = self.otherwise.clone();
        let notice = notice.map(|words| view! { <Notice tone=Tone::Error live=true id="loi">{words}</Notice> });
        view! { <ErrorSummary headline=t("Chưa đăng nhập được.") problems/> {notice} }.into_any()
    }
}

/// Why the sign-in through the identity provider that has just come back led to nothing. The address says which reason it
/// was; the provider's own answer never stands in one.
pub fn identity_refused() -> Option<AnyView> {
    let key = leptos_router::hooks::use_query_map().get_untracked().get("dinh_danh")?;
    let words = identity_sentence(IdentityProblem::from_key(&key)?);
    Some(view! { <Notice tone=Tone::Error live=true id="loi">{words}</Notice> }.into_any())
}

/// Sets the status of the page that is being made.
pub fn set_status(status: StatusCode) {
    if let Some(response) = use_context::<ResponseOptions>() {
        response.set_status(status);
    }
}

/// 303 to the residents' door, remembering where the visitor was going.
fn to_residents_door() {
    let door = format!("/dang-nhap?den={}", context::encode(&context::here()));
    if let (Some(response), Ok(door)) = (use_context::<ResponseOptions>(), HeaderValue::from_str(&door)) {
        response.insert_header(header::LOCATION, door);
        response.set_status(StatusCode::SEE_OTHER);
    }
}

/// The page of an error, in place of the page that was asked for.
pub fn error_page(error: &Error) -> AnyView {
    match error {
        Error::SignInFirst if !is_staff_page() => to_residents_door(),
        _ => set_status(status_of(error)),
    }
    note_broken(error);
    let (title, words) = match error {
        Error::NotFound => (t("Không tìm thấy trang này"), not_found_words()),
        Error::Forbidden if is_staff_page() => (t("Trang này dành cho người khác"), sentence(error)),
        Error::SignInFirst => (t("Cần đăng nhập"), sentence(error)),
        _ => (t("Chưa mở được trang này"), sentence(error)),
    };
    let home = if is_staff_page() { "/can-bo" } else { "/" };
    let door = (matches!(error, Error::SignInFirst) && !is_staff_page()).then(|| {
        let href = format!("/dang-nhap?den={}", context::encode(&context::here()));
        view! { <LinkButton href>{t("Đăng nhập")}</LinkButton> }
    });
    view! {
        <Title text=title/>
        <CitizenMain>
            <PageTitle title/>
            <p>{words}</p>
            <p class="links">
                {door}
                <LinkButton href=home>{t("Về trang chủ")}</LinkButton>
            </p>
        </CitizenMain>
    }
    .into_any()
}

fn not_found_words() -> String {
    t("Địa chỉ có thể đã gõ thiếu, hoặc trang đã chuyển đi. Tìm thủ tục theo tên, tra cứu hồ sơ theo mã, hoặc về trang chủ.").into()
}

/// The sentence of a refused act, above the form it came from.
pub fn refused(act: &str) -> Option<AnyView> {
    let retry = context::retry_of(act)?;
    let words = sentence(&retry.error);
    Some(view! { <Notice tone=Tone::Error live=true id="loi">{words}</Notice> }.into_any())
}

/// Makes a page from what is read for it: the page, or the page of its error.
pub fn page<T, V>(
    reading: impl Future<Output = office::Result<T>> + Send + 'static,
    show: impl FnOnce(T) -> V + Send + 'static,
) -> AnyView
where
    T: Send + 'static,
    V: IntoView + 'static,
{
    view! {
        <Suspense>
            {Suspend::new(async move {
                match reading.await {
                    Ok(value) => show(value).into_any(),
                    Err(error) => error_page(&error),
                }
            })}
        </Suspense>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_missing_reason_is_told_at_the_box_that_came_without_words() {
        let missing = Error::Refused(Refusal::MissingReason);
        assert_eq!(field_of(&missing, |field| field == "note"), Some("note"));
        assert_eq!(field_of(&missing, |_| false), None, "a form without such a box is told above it");
    }

    #[test]
    fn a_refusal_says_what_stands_in_the_way_and_not_that_the_dossier_moved_on() {
        let moved_on = refusal_sentence(&Refusal::AlreadyOpened);
        assert!(moved_on.contains("lập rồi"), "{moved_on}");
        let stands_still = refusal_sentence(&Refusal::ClockSuspended);
        assert!(stands_still.contains("tạm dừng tính hạn"), "{stands_still}");
        let until = domain::time::Instant::parse_local("2026-11-27T17:00").expect("a moment");
        let waits = refusal_sentence(&Refusal::NotExpired { until });
        assert!(waits.contains("17:00") && waits.contains("27/11/2026"), "{waits}");
    }

    #[test]
    fn what_broke_is_told_with_the_end_of_the_number_that_the_log_has() {
        let broken = Error::Broken("the disk is full".into());
        let told = sentence_of(&broken, "0197f0c2a4b07def8123456789abcdef");
        assert!(told.ends_with("mã báo lỗi 89abcdef."), "{told}");
        assert!(!told.contains("disk") && !told.contains("0197"), "{told}");
        assert!(!sentence_of(&broken, "").contains("mã báo lỗi"), "no number, no code");
        assert_eq!((report_code("abc"), report_code("")), ("abc", ""));
    }

    #[test]
    fn whoever_shares_an_address_is_not_told_of_wrong_tries() {
        let until = domain::time::Instant(0);
        assert!(sentence(&Error::Locked { until }).contains("sai"));
        let shared = Error::TooManyFromHere { until };
        assert!(!sentence(&shared).contains("sai"), "{}", sentence(&shared));
        assert_eq!(status_of(&shared), StatusCode::TOO_MANY_REQUESTS);
    }

    #[test]
    fn what_is_no_matter_of_one_field_is_told_above_the_form() {
        assert_eq!(field_of(&Error::Refused(Refusal::WithdrawalPending), |_| true), None);
        assert_eq!(field_of(&Error::Stale, |_| true), None);
    }
}
