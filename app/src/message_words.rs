//! Messages to residents in words: short, what happened and until when, never the matter, never a name. A short message
//! stays within 160 letters without accents; the only link is to our own address, and only in a letter.

use crate::{format, words::t, words::tf};
use domain::{
    dossier::MoneyBack,
    message::{Means, Message},
    time::Instant,
};
use office::messages::{Told, Worded};

/// The message in words.
pub fn words_of(told: &Told<'_>) -> Worded {
    match told.means {
        Means::Sms => Worded { subject: String::new(), body: short(told) },
        Means::Email => letter(told),
    }
}

/// `17:00 27/11/2026`: a weekday would not fit.
fn until(at: Instant) -> String {
    format!("{} {}", format::time(at), format::day(at.day()))
}

/// `UBND xã Đồng Xuân`.
fn office_of(told: &Told<'_>) -> String {
    told.office_name.replace(t("Ủy ban nhân dân"), t("UBND"))
}

/// The end of the code, by which its owner knows it and nobody else: `...0007`.
fn short_code(code: &str) -> String {
    let end = code.rsplit('-').next().unwrap_or_default();
    format!("...{end}")
}

/// What happened to the dossier named `code`, as one sentence or two, told at `now`.
fn news(message: &Message, code: &str, now: Instant, until: fn(Instant) -> String) -> String {
    let said = |words: &'static str| tf(words, &[("mã", code)]);
    let by = |words: &'static str, at: Instant| tf(words, &[("mã", code), ("lúc", &until(at))]);
    match message {
        Message::Received { due } => by("Đã tiếp nhận hồ sơ {mã}. Hẹn trả trước {lúc}.", *due),
        Message::NotAccepted => said("Không tiếp nhận được hồ sơ {mã}. Lý do: xem trên cổng hoặc hỏi Trung tâm."),
        Message::SupplementAsked { respond_by } => {
            by("Hồ sơ {mã} cần bổ sung trước {lúc}. Xem trên cổng hoặc hỏi Trung tâm.", *respond_by)
        }
        Message::SupplementDueSoon { respond_by } => match respond_by.day().0 - now.day().0 {
            days @ 1.. => tf(
                "Còn {n} ngày để bổ sung hồ sơ {mã}. Quá {lúc} hồ sơ dừng giải quyết; vẫn nộp lại được.",
                &[("n", &days.to_string()), ("mã", code), ("lúc", &until(*respond_by))],
            ),
            _ => by(
                "Hôm nay là ngày cuối bổ sung hồ sơ {mã}. Quá {lúc} hồ sơ dừng giải quyết; vẫn nộp lại được.",
                *respond_by,
            ),
        },
        Message::SupplementReceived { due: Some(due) } => {
            by("Đã nhận phần bổ sung của hồ sơ {mã}. Hẹn trả trước {lúc}.", *due)
        }
        Message::SupplementReceived { due: None } => said("Đã nhận phần bổ sung của hồ sơ {mã}."),
        Message::PaymentAsked { respond_by: Some(at) } => {
            by("Hồ sơ {mã} cần nộp tiền trước {lúc}. Xem trên cổng hoặc hỏi Trung tâm.", *at)
        }
        Message::PaymentAsked { respond_by: None } => {
            said("Hồ sơ {mã} cần nộp tiền. Xem trên cổng hoặc hỏi Trung tâm.")
        }
        // A short message has no space but the plain one.
        Message::MoneyReceived { amount } => {
            tf("Đã nhận {tiền} đ của hồ sơ {mã}.", &[("tiền", &amount.to_string()), ("mã", code)])
        }
        Message::Redated { new_due, .. } => {
            by("Xin lỗi vì hồ sơ {mã} chưa xong đúng hẹn. Hẹn mới: trước {lúc}.", *new_due)
        }
        Message::ResultReady { .. } => said("Hồ sơ {mã} đã có kết quả. Nhận tại Trung tâm hoặc xem trên cổng."),
        Message::ResultWaiting { since, .. } => tf(
            "Kết quả hồ sơ {mã} đã có từ {ngày}. Nếu bận, có thể nhờ người nhận thay hoặc nhận qua bưu điện.",
            &[("mã", code), ("ngày", &format::day(since.day()))],
        ),
        Message::Withdrawn => said("Hồ sơ {mã} đã rút theo yêu cầu."),
        Message::WithdrawnOwing { papers: true, money: false } => {
            said("Hồ sơ {mã} đã rút. Giấy tờ bản chính chờ tại Trung tâm; đến nhận, mang theo thẻ căn cước.")
        }
        Message::WithdrawnOwing { papers: true, money: true } => {
            said("Hồ sơ {mã} đã rút. Mang thẻ căn cước đến Trung tâm nhận lại giấy tờ. Tiền đã nộp: sẽ trả lời sau.")
        }
        Message::WithdrawnOwing { papers: false, .. } => {
            said("Hồ sơ {mã} đã rút. Trung tâm đang xem khoản tiền đã nộp và sẽ trả lời.")
        }
        Message::WithdrawalSettled { papers, money } => said(match (papers, money) {
            (true, Some(MoneyBack::Refunded)) => {
                t("Đã trả lại giấy tờ, hoàn tiền của hồ sơ {mã} đã rút. Số tiền: xem trên cổng hoặc hỏi Trung tâm.")
            }
            (true, Some(MoneyBack::Kept)) => {
                t("Đã trả lại giấy tờ của hồ sơ {mã} đã rút; không hoàn tiền. Lý do: xem trên cổng hoặc hỏi Trung tâm.")
            }
            (false, Some(MoneyBack::Kept)) => {
                t("Không hoàn tiền đã nộp của hồ sơ {mã} đã rút. Lý do: xem trên cổng hoặc hỏi Trung tâm.")
            }
            (false, _) => t("Đã hoàn tiền của hồ sơ {mã} đã rút. Số tiền: xem trên cổng hoặc hỏi Trung tâm."),
            (true, _) => t("Đã trả lại giấy tờ bản chính của hồ sơ {mã} đã rút."),
        }),
        Message::Stopped => said("Hồ sơ {mã} đã dừng giải quyết. Lý do: xem trên cổng hoặc hỏi Trung tâm."),
        Message::FileRemoved => {
            said("Một tệp của hồ sơ {mã} không an toàn nên đã bỏ. Gửi lại trên cổng hoặc mang giấy tờ đến Trung tâm.")
        }
        Message::AddressCode => String::new(),
    }
}

fn short(told: &Told<'_>) -> String {
    if *told.message == Message::AddressCode {
        return tf(
            "Một Cửa: mã xác nhận số điện thoại là {mã}, dùng trong 15 phút. Không đưa mã này cho ai, kể cả cán bộ.",
            &[("mã", told.one_time_code)],
        );
    }
    // Whoever was just received has to know the whole code; later its end is enough.
    let code = match told.message {
        Message::Received { .. } => told.code.to_owned(),
        _ => short_code(told.code),
    };
    let news = news(told.message, &code, told.now, until);
    tf("{cơ quan}: {tin} Cán bộ không hỏi mã OTP.", &[("cơ quan", &office_of(told)), ("tin", &news)])
}

fn letter(told: &Told<'_>) -> Worded {
    if *told.message == Message::AddressCode {
        let body = tf(
            "Mã xác nhận địa chỉ thư này là {mã}, dùng trong 15 phút.\n\nNhập mã ở trang Tài khoản. Không đưa mã này cho ai, kể cả cán bộ.\nKhông phải ông/bà yêu cầu thì bỏ qua thư này.",
            &[("mã", told.one_time_code)],
        );
        return Worded { subject: t("Mã xác nhận địa chỉ thư").into(), body };
    }
    let news = news(told.message, told.code, told.now, format::until);
    let news = match told.message {
        Message::WithdrawnOwing { papers: true, .. } if !told.desk_address.is_empty() => {
            tf("{tin}\nNơi nhận: {địa chỉ}.", &[("tin", &news), ("địa chỉ", told.desk_address)])
        }
        _ => news,
    };
    let body = tf(
        "{cơ quan} thông báo:\n\n{tin}\n\nXem hồ sơ: {cổng}/ho-so\n\nCán bộ không hỏi mật khẩu, mã dùng một lần (OTP), không bảo cài phần mềm lạ.\nThư này gửi tự động, không trả lời thư. Đổi cách nhận tin ở trang Tài khoản.",
        &[("cơ quan", &office_of(told)), ("tin", &news), ("cổng", told.public_url)],
    );
    Worded { subject: tf("Hồ sơ {mã}: {việc}", &[("mã", told.code), ("việc", heading(told.message))]), body }
}

/// What a message is about, in a few words: for subjects and lists.
pub const fn heading(message: &Message) -> &'static str {
    match message {
        Message::Received { .. } => t("đã tiếp nhận"),
        Message::NotAccepted => t("không được tiếp nhận"),
        Message::SupplementAsked { .. } => t("cần bổ sung giấy tờ"),
        Message::SupplementDueSoon { .. } => t("sắp hết hạn bổ sung giấy tờ"),
        Message::SupplementReceived { .. } => t("đã nhận phần bổ sung"),
        Message::PaymentAsked { .. } => t("cần nộp tiền"),
        Message::MoneyReceived { .. } => t("đã nhận tiền"),
        Message::Redated { .. } => t("xin lỗi và hẹn lại"),
        Message::ResultReady { .. } => t("đã có kết quả"),
        Message::ResultWaiting { .. } => t("kết quả đang chờ nhận"),
        Message::Withdrawn => t("đã rút"),
        Message::WithdrawnOwing { papers: true, .. } => t("đã rút, mời nhận lại giấy tờ"),
        Message::WithdrawnOwing { .. } => t("đã rút, đang xem khoản tiền đã nộp"),
        Message::WithdrawalSettled { papers: true, money: None } => t("đã trả lại giấy tờ"),
        Message::WithdrawalSettled { papers: false, .. } => t("đã giải quyết khoản tiền đã nộp"),
        Message::WithdrawalSettled { .. } => t("đã giải quyết giấy tờ, tiền"),
        Message::Stopped => t("đã dừng giải quyết"),
        Message::FileRemoved => t("cần gửi lại một tệp"),
        Message::AddressCode => t("mã xác nhận"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(local: &str) -> Instant {
        Instant::parse_local(local).expect("a moment")
    }

    fn all() -> [Message; 25] {
        let due = at("2026-11-27T17:00");
        [
            Message::Received { due },
            Message::NotAccepted,
            Message::SupplementAsked { respond_by: due },
            Message::SupplementDueSoon { respond_by: due },
            Message::SupplementDueSoon { respond_by: at("2026-11-22T17:00") },
            Message::SupplementReceived { due: Some(due) },
            Message::SupplementReceived { due: None },
            Message::PaymentAsked { respond_by: Some(due) },
            Message::PaymentAsked { respond_by: None },
            Message::MoneyReceived { amount: domain::money::Dong(1_234_567_890) },
            Message::Redated { old_due: due, new_due: due },
            Message::ResultReady { version: 1 },
            Message::ResultWaiting { version: 1, since: due },
            Message::Withdrawn,
            Message::WithdrawnOwing { papers: true, money: false },
            Message::WithdrawnOwing { papers: false, money: true },
            Message::WithdrawnOwing { papers: true, money: true },
            Message::WithdrawalSettled { papers: true, money: None },
            Message::WithdrawalSettled { papers: true, money: Some(MoneyBack::Refunded) },
            Message::WithdrawalSettled { papers: true, money: Some(MoneyBack::Kept) },
            Message::WithdrawalSettled { papers: false, money: Some(MoneyBack::Refunded) },
            Message::WithdrawalSettled { papers: false, money: Some(MoneyBack::Kept) },
            Message::Stopped,
            Message::FileRemoved,
            Message::AddressCode,
        ]
    }

    fn told(message: &Message, means: Means) -> Told<'_> {
        Told {
            message,
            means,
            office_name: "Ủy ban nhân dân phường Buôn Ma Thuột",
            desk_address: "01 Lý Nam Đế, phường Buôn Ma Thuột",
            code: "H15.50.05.13-261123-0007",
            now: at("2026-11-22T09:00"),
            public_url: "https://motcua.example",
            one_time_code: "042137",
        }
    }

    #[test]
    fn a_short_message_stays_within_160_letters_and_has_no_link() {
        for message in all() {
            let body = domain::text::without_accents(&words_of(&told(&message, Means::Sms)).body);
            assert!(body.is_ascii(), "{body}");
            assert!(body.len() <= 160, "{} letters: {body}", body.len());
            assert!(!body.contains("http") && !body.contains('{'), "{body}");
        }
    }

    #[test]
    fn the_message_of_a_result_says_what_it_always_said() {
        let message = Message::ResultReady { version: 1 };
        let body = domain::text::without_accents(&words_of(&told(&message, Means::Sms)).body);
        let expected = "UBND phuong Buon Ma Thuot: Ho so ...0007 da co ket qua. Nhan tai Trung tam hoac xem tren cong. Can bo khong hoi ma OTP.";
        assert_eq!(body, expected);
    }

    #[test]
    fn a_reminder_counts_the_days_that_are_left_when_it_leaves() {
        let message = Message::SupplementDueSoon { respond_by: at("2026-11-27T17:00") };
        let known = told(&message, Means::Sms);
        let body = |now: &str| domain::text::without_accents(&words_of(&Told { now: at(now), ..known }).body);
        let expected = "UBND phuong Buon Ma Thuot: Con 5 ngay de bo sung ho so ...0007. Qua 17:00 27/11/2026 ho so dung giai quyet; van nop lai duoc. Can bo khong hoi ma OTP.";
        assert_eq!(body("2026-11-22T06:30"), expected);
        assert!(body("2026-11-26T23:00").contains("Con 1 ngay"), "it waited for its carrier");
        assert!(body("2026-11-27T08:00").contains("Hom nay la ngay cuoi"));
    }

    #[test]
    fn whoever_has_papers_to_fetch_is_told_where_and_what_to_bring() {
        let message = Message::WithdrawnOwing { papers: true, money: true };
        let body = domain::text::without_accents(&words_of(&told(&message, Means::Sms)).body);
        let expected = "UBND phuong Buon Ma Thuot: Ho so ...0007 da rut. Mang the can cuoc den Trung tam nhan lai giay to. Tien da nop: se tra loi sau. Can bo khong hoi ma OTP.";
        assert_eq!(body, expected);
        let known = told(&message, Means::Email);
        assert!(words_of(&known).body.contains("\nNơi nhận: 01 Lý Nam Đế, phường Buôn Ma Thuột.\n"));
        let unknown = Told { desk_address: "", ..known };
        assert!(!words_of(&unknown).body.contains("Nơi nhận"), "a place that nobody entered is not named");
        let money = Message::WithdrawnOwing { papers: false, money: true };
        assert!(!words_of(&told(&money, Means::Email)).body.contains("Nơi nhận"), "nobody is sent there for nothing");
    }

    #[test]
    fn a_letter_links_to_our_own_address_alone() {
        for message in all() {
            let letter = words_of(&told(&message, Means::Email));
            let links: Vec<&str> = letter.body.match_indices("http").map(|(at, _)| &letter.body[at..]).collect();
            assert!(links.iter().all(|link| link.starts_with("https://motcua.example/ho-so\n")), "{links:?}");
            assert!(!letter.subject.is_empty() && !letter.subject.contains('\n') && !letter.body.contains('{'));
        }
    }
}
