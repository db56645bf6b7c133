//! The person at the counter: the card's code read into fields, and what looks odd about the number.

use crate::{
    context::office,
    words::{t, tf},
};
use domain::message::Means;
use domain::person::{CitizenId, CitizenIdWarning, Demo, IdCard, IdCardProblem, Sex};
use leptos::prelude::*;
use ui::{Checkbox, Notice, TextField, Tone};

/// The person's fields as they are to stand in the form.
#[derive(Default)]
pub(super) struct Person {
    pub name: String,
    pub citizen_id: String,
    pub phone: String,
    pub address: String,
    /// They agreed to be told by short message.
    pub tell: bool,
}

/// What reading the card gave.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Scan {
    /// There was nothing to read.
    Nothing,
    Read,
    /// The keyboard's input method changed the letters; the digits are still good.
    Mangled,
    NotACard,
}

/// The fields as typed, filled up from the card where one was scanned.
pub(super) fn read_card(typed: &impl Fn(&str) -> String) -> (Person, Scan) {
    let mut person = Person {
        name: typed("person[name]"),
        citizen_id: typed("person[citizen_id]"),
        phone: typed("person[phone]"),
        address: typed("person[address]"),
        tell: !typed("person[tell]").is_empty(),
    };
    let scan = match IdCard::parse(&typed("card")) {
        Ok(card) => {
            person.name = card.name.as_str().into();
            person.citizen_id = card.citizen_id.as_str().into();
            person.address = card.address;
            Scan::Read
        }
        Err(IdCardProblem::MangledByTelex(legible)) => {
            if let Some(number) = legible.citizen_id {
                person.citizen_id = number.as_str().into();
            }
            Scan::Mangled
        }
        Err(IdCardProblem::Empty) => Scan::Nothing,
        Err(_) => Scan::NotACard,
    };
    (person, scan)
}

/// What the clerk is told about the card.
pub(super) fn scan_notice(scan: Scan) -> Option<AnyView> {
    let (tone, words) = match scan {
        Scan::Nothing => return None,
        Scan::Read => (Tone::Success, t("Đã điền từ thẻ. Đối chiếu với thẻ, rồi đánh dấu giấy tờ và bấm Tiếp nhận.")),
        Scan::Mangled => (
            Tone::Warn,
            t(
                "Bàn phím đang ở chế độ gõ tiếng Việt nên chữ bị đổi. Đã điền số định danh. Chuyển bàn phím sang tiếng Anh rồi quét lại, hoặc gõ họ tên và địa chỉ.",
            ),
        ),
        Scan::NotACard => (Tone::Warn, t("Nội dung quét không phải mã của thẻ căn cước. Quét mã QR ở mặt trước thẻ.")),
    };
    Some(view! { <Notice tone live=true id="loi">{words}</Notice> }.into_any())
}

/// The fields: the card first, then what it fills.
pub(super) fn fields(person: Person, scan: Scan, card: &str, (scan_here, may_tell): (bool, bool)) -> AnyView {
    let warnings = number_warnings(&person.citizen_id, card);
    let is_read = matches!(scan, Scan::Read | Scan::Mangled);
    let card_left = if is_read { String::new() } else { card.to_string() };
    // A read card leaves the telephone to ask for; a mangled one the name.
    let (type_name, type_phone) = (scan == Scan::Mangled, scan == Scan::Read);
    view! {
        <div class="field">
            <label class="label" for="card">{t("Quét mã QR trên thẻ căn cước")} " " <kbd aria-hidden="true">"Alt + Q"</kbd></label>
            <p class="hint">{t("Đặt con trỏ ở đây rồi quét hoặc dán. Bàn phím để chế độ tiếng Anh.")}</p>
            <input
                class="input"
                type="text"
                id="card"
                name="card"
                accesskey="q"
                autocomplete="off"
                spellcheck="false"
                autofocus=scan_here && !is_read
                value=card_left
            />
        </div>
        <TextField id="name" name="person[name]" label=t("Họ và tên") value=person.name autocomplete="off" autofocus=type_name/>
        {warnings}
        <div class="staff-pair">
            <TextField
                id="citizen_id"
                name="person[citizen_id]"
                label=t("Số định danh cá nhân")
                hint=t("12 chữ số. Chưa có số thì để trống.")
                inputmode="numeric"
                autocomplete="off"
                width=16
                value=person.citizen_id
            />
            <TextField
                id="phone"
                name="person[phone]"
                label=t("Số điện thoại")
                hint=t("Để báo khi có kết quả.")
                inputmode="tel"
                autocomplete="off"
                width=16
                value=person.phone
                autofocus=type_phone
            />
        </div>
        {may_tell.then(|| tell_box(person.tell))}
        <TextField id="address" name="person[address]" label=t("Địa chỉ") value=person.address autocomplete="off"/>
    }
    .into_any()
}

/// Where short messages can go out: the person is asked, and says yes or no.
fn tell_box(checked: bool) -> Option<AnyView> {
    office().config().message_means.contains(&Means::Sms).then(|| {
        let label = t("Người nộp đồng ý nhận tin nhắn về hồ sơ ở số này");
        view! { <Checkbox id="tell" name="person[tell]" label checked/> }.into_any()
    })
}

/// What looks odd about the number. It never blocks.
fn number_warnings(number: &str, card: &str) -> Option<AnyView> {
    let number = CitizenId::parse(number).ok()?;
    let office = office();
    let demo = if office.config().demo { Demo::Yes } else { Demo::No };
    let mut warnings = number.facts_in(demo, office.now().day()).warnings;
    if let Ok(card) = IdCard::parse(card) {
        warnings.extend(number.check_against(card.sex, card.birth));
    }
    let lines: Vec<AnyView> = warnings
        .into_iter()
        .map(|warning| {
            let words = match warning {
                CitizenIdWarning::UnknownProvince => {
                    t("Ba số đầu không phải mã tỉnh đã biết; người sinh ở nước ngoài có mã khác.").into()
                }
                CitizenIdWarning::BirthYearInFuture => t("Số định danh cho năm sinh sau hôm nay. Kiểm tra lại.").into(),
                CitizenIdWarning::SexDiffers { number_says } => {
                    let sex = if number_says == Sex::Female { t("nữ") } else { t("nam") };
                    tf("Số định danh này thường là của {giới}, khác với thẻ. Kiểm tra lại.", &[("giới", sex)])
                }
                CitizenIdWarning::BirthYearDiffers { number_says } => tf(
                    "Số định danh này thường của người sinh năm {năm}, khác với thẻ. Kiểm tra lại.",
                    &[("năm", &number_says.to_string())],
                ),
            };
            view! { <p>{words}</p> }.into_any()
        })
        .collect();
    (!lines.is_empty()).then(|| view! { <Notice tone=Tone::Warn>{lines}</Notice> }.into_any())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn form_with(card: &str) -> impl Fn(&str) -> String {
        let card = card.to_string();
        move |field| match field {
            "card" => card.clone(),
            "person[phone]" => "0905123456".into(),
            _ => String::new(),
        }
    }

    #[test]
    fn a_scanned_card_fills_the_form_and_keeps_what_was_typed() {
        let card = "054090001234|221234567|Mang Thị Hồng Ngân|05011990|Nữ|Thôn Xí Thoại, Xuân Lãnh, Đồng Xuân, Phú Yên|10052022";
        let (person, scan) = read_card(&form_with(card));
        assert_eq!(scan, Scan::Read);
        assert_eq!((person.name.as_str(), person.citizen_id.as_str()), ("Mang Thị Hồng Ngân", "054090001234"));
        assert_eq!(person.phone, "0905123456");
    }

    #[test]
    fn letters_changed_by_the_keyboard_leave_the_number() {
        let card = "054190001234|221234567|Mang Thij Hoongf Ngaan|05011990|Nuwx|Xuaan Lanhx, Dddoongf Xuaan|10052022";
        let (person, scan) = read_card(&form_with(card));
        assert_eq!(scan, Scan::Mangled);
        assert_eq!((person.name.as_str(), person.citizen_id.as_str()), ("", "054190001234"));
    }

    #[test]
    fn another_code_fills_nothing() {
        let (person, scan) = read_card(&form_with("https://example.vn/abc"));
        assert_eq!(scan, Scan::NotACard);
        assert!(person.citizen_id.is_empty());
    }
}
