//! The counter: a walk-in received in one screen, from the card to form 01.
//!
//! A scanner types the card's code and presses Enter. That presses the form's first button, which brings the page
//! back with the fields filled: it works without script, and no personal data stands in an address.
// long because the counter is one screen.

use super::{case::case_field, counter_papers::papers};
use crate::{
    context::{self, Retry, office},
    errors::refused,
    format, status,
    words::{t, tf},
};
use domain::{
    dossier::{self, ActKind},
    person::{CitizenId, CitizenIdWarning, Demo, IdCard, IdCardProblem, Sex},
    procedure::term::Channel,
};
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_query_map;
use office::{
    Error, Office, Who,
    catalogue::{ProcedureVersion, Search},
    counter::OpenMatters,
    error::Problem,
    rights::Task,
};
use std::sync::Arc;
use ui::{Empty, Notice, PageTitle, Section, Select, TextArea, TextField, Tone};

/// Procedures found that are shown at once.
const FOUND: usize = 12;

/// What the page shows.
struct Counter {
    units: Vec<(i64, String)>,
    asked: String,
    procedure: Option<Arc<ProcedureVersion>>,
    found: Vec<Arc<ProcedureVersion>>,
    /// What the person has open already, after the office said so.
    open: Option<OpenMatters>,
}

/// The person's fields as they are to stand in the form.
#[derive(Default)]
struct Person {
    name: String,
    citizen_id: String,
    phone: String,
    address: String,
}

/// What reading the card gave.
enum Scan {
    Nothing,
    Read,
    /// The keyboard's input method changed the letters; the digits are still good.
    Mangled,
    NotACard,
}

/// The counter.
#[component]
pub fn CounterPage() -> AnyView {
    let asked = use_query_map().with_untracked(|query| query.get("thu_tuc")).unwrap_or_default().trim().to_string();
    let (office, who, retry) = (office(), context::staff(), context::retry_of("receive_at_counter"));
    super::page(async move { read(&office, &who, asked, retry).await }, show)
}

async fn read(office: &Office, who: &Who, asked: String, retry: Option<Retry>) -> office::Result<Counter> {
    who.staff().ok_or(Error::SignInFirst)?;
    let (books, today) = (office.books(), office.now().day());
    let units: Vec<(i64, String)> = office
        .units_for(who, Task::Dossier(ActKind::ReceiveAtCounter))
        .into_iter()
        .filter_map(|unit| Some((unit, books.places.open_authority(unit, today)?.name.clone())))
        .collect();
    if units.is_empty() {
        return Err(Error::Forbidden);
    }
    let procedure = books.catalogue.in_force(asked.split(' ').next().unwrap_or_default(), today);
    let found = match (&procedure, asked.as_str()) {
        (Some(_), _) => Vec::new(),
        (None, words) => books.catalogue.search(&Search { words: words.into(), ..Search::default() }, today),
    };
    let open = match retry.filter(|retry| matches!(*retry.error, Error::Invalid(Problem::AlreadyOpen { .. }))) {
        Some(retry) => {
            let unit = retry.typed("unit").and_then(|unit| unit.parse().ok()).unwrap_or_default();
            let number = retry.typed("person[citizen_id]").unwrap_or_default();
            let code = retry.typed("procedure").unwrap_or_default();
            Some(office.open_matters(who, unit, &number, &code).await?)
        }
        None => None,
    };
    Ok(Counter { units, asked, procedure, found, open })
}

fn show(counter: Counter) -> impl IntoView {
    let title = t("Tiếp nhận tại quầy");
    let body = match &counter.procedure {
        Some(procedure) => form(&counter, procedure),
        None => choose(&counter),
    };
    view! {
        <Title text=title/>
        <PageTitle title/>
        {body}
    }
}

/// The first step: which procedure.
fn choose(counter: &Counter) -> AnyView {
    let today = office().now().day();
    let books = office().books();
    let options = books
        .catalogue
        .all(today)
        .map(|procedure| {
            let words = format!("{} {}", procedure.code, procedure.name);
            view! { <option value=words></option> }
        })
        .collect_view();
    let found = counter
        .found
        .iter()
        .take(FOUND)
        .map(|procedure| {
            let href = format!("/can-bo/quay?thu_tuc={}", procedure.code);
            let (name, code) = (procedure.name.clone(), procedure.code.clone());
            view! { <li><a href=href>{name}</a> " " <span class="sub code">{code}</span></li> }
        })
        .collect_view();
    let nothing = counter
        .found
        .is_empty()
        .then(|| view! { <Empty words=t("Không tìm thấy thủ tục nào. Thử tên khác hoặc mã thủ tục.")/> });
    let heading = if counter.asked.is_empty() { t("Thủ tục hay dùng") } else { t("Thủ tục tìm thấy") };
    let asked = counter.asked.clone();
    view! {
        <form class="staff-form" method="get" action="/can-bo/quay" role="search" aria-label=t("Chọn thủ tục")>
            <div class="field">
                <label class="label" for="thu_tuc">{t("Thủ tục người dân cần làm")}</label>
                <p class="hint">{t("Gõ vài chữ của tên, không cần dấu; hoặc mã thủ tục.")}</p>
                <div class="search-line">
                    <input
                        class="input"
                        type="text"
                        id="thu_tuc"
                        name="thu_tuc"
                        list="moi-thu-tuc"
                        accesskey="t"
                        autocomplete="off"
                        autofocus=true
                        value=asked
                    />
                    <button class="button" type="submit">{t("Chọn thủ tục")}</button>
                </div>
                <datalist id="moi-thu-tuc">{options}</datalist>
            </div>
        </form>
        <Section title=heading id="ket-qua">
            {nothing}
            <ul class="staff-found">{found}</ul>
        </Section>
    }
    .into_any()
}

/// The second step: who, with which papers.
fn form(counter: &Counter, procedure: &ProcedureVersion) -> AnyView {
    let retry = context::retry_of("receive_at_counter");
    let typed = |field: &str| retry.as_ref().and_then(|retry| retry.typed(field)).unwrap_or_default();
    let (person, scan) = read_card(&typed);
    let asked_to_read = retry.is_some() && !typed("read_card").is_empty();
    let top = if asked_to_read { scan_notice(&scan) } else { refused("receive_at_counter") };
    let card_left = if matches!(scan, Scan::Read | Scan::Mangled) { String::new() } else { typed("card") };
    let units = unit_field(&counter.units, &typed("unit"));
    let open = counter.open.as_ref().map(|open| other_matter(open, &typed("other_matter")));
    let name = procedure.name.clone();
    let term = tf("Thời hạn giải quyết: {hạn}.", &[("hạn", &format::term(&procedure.term_of(Channel::Counter)))]);
    let hidden =
        [("trang", context::here()), ("command", office().new_id().to_string()), ("procedure", procedure.code.clone())];
    let hidden = hidden.map(|(name, value)| view! { <input type="hidden" name=name value=value/> }).into_iter();
    let hidden = hidden.collect_view();
    let warnings = number_warnings(&person.citizen_id, &typed("card"));
    let papers = papers(procedure, &typed, retry.is_some());
    let case = case_field(
        procedure,
        dossier::Channel::Counter,
        "person[case]",
        retry.as_ref().and_then(|retry| retry.typed("person[case]")),
    );
    view! {
        {top}
        <p><strong>{name}</strong> " " <span class="sub code">{procedure.code.clone()}</span> " – " <a href="/can-bo/quay">{t("Chọn thủ tục khác")}</a></p>
        <p class="sub">{term}</p>
        <form class="staff-counter" method="post" action="/api/app/acts/counter/receive_at_counter">
            {hidden}
            {open}
            <div class="staff-counter-columns">
                <fieldset>
                    <legend>{t("Người nộp hồ sơ")}</legend>
                    {units}
                    <div class="field">
                        <label class="label" for="card">{t("Quét mã QR trên thẻ căn cước")}</label>
                        <p class="hint">{t("Đặt con trỏ ở đây rồi quét. Bàn phím để chế độ tiếng Anh. Không có máy quét thì gõ các ô dưới.")}</p>
                        <div class="search-line">
                            <input
                                class="input"
                                type="text"
                                id="card"
                                name="card"
                                accesskey="q"
                                autocomplete="off"
                                spellcheck="false"
                                autofocus=!asked_to_read
                                value=card_left
                            />
                            <button class="button button-secondary" type="submit" name="read_card" value="1" formnovalidate=true>
                                {t("Điền từ thẻ")}
                            </button>
                        </div>
                    </div>
                    <TextField id="name" name="person[name]" label=t("Họ và tên") value=person.name autocomplete="off" required=true/>
                    {warnings}
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
                        inputmode="tel"
                        autocomplete="off"
                        width=16
                        value=person.phone
                    />
                    <TextField id="address" name="person[address]" label=t("Địa chỉ") value=person.address autocomplete="off"/>
                </fieldset>
                <fieldset>
                    <legend>{t("Giấy tờ nhận")}</legend>
                    {case}
                    {papers}
                </fieldset>
            </div>
            <div class="button-row">
                <button class="button" type="submit" accesskey="s">{t("Tiếp nhận và lập Mẫu 01")}</button>
                <span class="hint-keys"><kbd>"Alt + S"</kbd></span>
            </div>
        </form>
    }
    .into_any()
}

/// The fields as typed, filled up from the card where a card was to be read.
fn read_card(typed: &impl Fn(&str) -> String) -> (Person, Scan) {
    let mut person = Person {
        name: typed("person[name]"),
        citizen_id: typed("person[citizen_id]"),
        phone: typed("person[phone]"),
        address: typed("person[address]"),
    };
    if typed("read_card").is_empty() {
        return (person, Scan::Nothing);
    }
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

fn scan_notice(scan: &Scan) -> Option<AnyView> {
    let (tone, words) = match scan {
        Scan::Nothing => (Tone::Warn, t("Chưa quét thẻ. Quét lại, hoặc gõ các ô bên dưới.")),
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

/// The unit that receives: hidden when there is one.
fn unit_field(units: &[(i64, String)], typed: &str) -> AnyView {
    if let [(unit, _)] = units {
        return view! { <input type="hidden" name="unit" value=unit.to_string()/> }.into_any();
    }
    let options = units.iter().map(|(unit, name)| ui::Choice::new(unit.to_string(), name.clone())).collect();
    let value = typed.to_string();
    view! { <Select id="unit" label=t("Nơi tiếp nhận") options value required=true/> }.into_any()
}

/// What the person has open: shown before anything new is made.
fn other_matter(open: &OpenMatters, typed: &str) -> AnyView {
    let dossiers = open
        .dossiers
        .iter()
        .map(|row| {
            let href = format!("/can-bo/ho-so/{}", row.id);
            let code = row.code.clone().or_else(|| row.temporary_code.clone()).unwrap_or_default();
            let state = status::for_staff(row.state.status).words;
            view! { <li><a class="code" href=href>{code}</a> " – " {state}</li> }
        })
        .collect_view();
    let drafts = (!open.drafts.is_empty()).then(|| {
        let words = t("Người này còn bản nháp trực tuyến của thủ tục này. Hỏi xem muốn nộp bản nháp hay nộp tại quầy.");
        view! { <p>{words}</p> }
    });
    let typed = typed.to_string();
    view! {
        <div class="staff-open-matter">
            <h2>{t("Đang có hồ sơ cùng thủ tục")}</h2>
            <ul>{dossiers}</ul>
            {drafts}
            <TextArea
                id="other_matter"
                label=t("Vì sao đây là việc khác")
                hint=t("Chỉ ghi khi đúng là việc khác, ví dụ: đăng ký cho con thứ hai. Câu này vào nhật ký.")
                rows=2
                max_length=500
                value=typed
            />
        </div>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn form_with(card: &str) -> impl Fn(&str) -> String {
        let card = card.to_string();
        move |field| match field {
            "card" => card.clone(),
            "read_card" => "1".into(),
            "person[phone]" => "0905123456".into(),
            _ => String::new(),
        }
    }

    #[test]
    fn a_scanned_card_fills_the_form_and_keeps_what_was_typed() {
        let card = "054090001234|221234567|Mang Thị Hồng Ngân|05011990|Nữ|Thôn Xí Thoại, Xuân Lãnh, Đồng Xuân, Phú Yên|10052022";
        let (person, scan) = read_card(&form_with(card));
        assert!(matches!(scan, Scan::Read));
        assert_eq!((person.name.as_str(), person.citizen_id.as_str()), ("Mang Thị Hồng Ngân", "054090001234"));
        assert_eq!(person.phone, "0905123456");
    }

    #[test]
    fn letters_changed_by_the_keyboard_leave_the_number() {
        let card = "054190001234|221234567|Mang Thij Hoongf Ngaan|05011990|Nuwx|Xuaan Lanhx, Dddoongf Xuaan|10052022";
        let (person, scan) = read_card(&form_with(card));
        assert!(matches!(scan, Scan::Mangled));
        assert_eq!((person.name.as_str(), person.citizen_id.as_str()), ("", "054190001234"));
    }

    #[test]
    fn another_code_fills_nothing() {
        let (person, scan) = read_card(&form_with("https://example.vn/abc"));
        assert!(matches!(scan, Scan::NotACard));
        assert!(person.citizen_id.is_empty());
    }
}
