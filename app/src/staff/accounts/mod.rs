//! Accounts at the counter: what there is at the number of the person's card, and the proof that it is theirs.
//!
//! One form, as at the counter: Enter, also a scanner's, presses its first button, which only looks. So no personal
//! number stands in an address, and nothing is proven by a stray Enter.

mod disputed;
mod proof;
mod representative;

pub use proof::ProofPage;
pub use representative::RepresentativePage;

use super::counter::unit_field;
use crate::{
    acts::accounts::ProveAccount,
    context::{self, Retry, command_of, office},
    errors, format,
    words::{t, tf},
};
use domain::person::{CitizenId, IdCard, IdCardProblem};
use leptos::{prelude::*, server_fn::ServerFn};
use leptos_meta::Title;
use office::{
    Error, Office, Who,
    error::Problem,
    organisations::DisputedOrganisationRow,
    proofs::{AtNumber, DisputedRow},
    rights::Task,
};
use ui::{
    Button, ButtonKind, ButtonRow, Checkbox, Choice, ErrorSummary, Notice, PageTitle, ProblemLink, Radios, TextField,
    Tone,
};

/// What the page shows.
struct Desk {
    units: Vec<(i64, String)>,
    name: String,
    citizen_id: String,
    /// What reading the card gave, when it could not be read whole.
    unread: Option<&'static str>,
    at: Option<AtNumber>,
    disputed: Vec<DisputedRow>,
    organisations: Vec<DisputedOrganisationRow>,
    retry: Option<Retry>,
}

/// `/can-bo/tai-khoan`.
#[component]
pub fn AccountsPage() -> AnyView {
    let (office, who, retry) = (office(), context::staff(), context::retry_of("prove_account"));
    super::page(async move { read(&office, &who, retry).await }, show)
}

async fn read(office: &Office, who: &Who, retry: Option<Retry>) -> office::Result<Desk> {
    who.staff().ok_or(Error::SignInFirst)?;
    let units = units_of(office, who);
    let Some((first_unit, _)) = units.first() else { return Err(Error::Forbidden) };
    let typed = |field: &str| retry.as_ref().and_then(|retry| retry.typed(field)).unwrap_or_default();
    let (mut name, mut citizen_id) = (typed("name"), typed("citizen_id"));
    let unread = match IdCard::parse(&typed("card")) {
        Ok(card) => {
            name = card.name.as_str().into();
            citizen_id = card.citizen_id.as_str().into();
            None
        }
        Err(IdCardProblem::Empty) => None,
        Err(IdCardProblem::MangledByTelex(legible)) => {
            if let Some(number) = legible.citizen_id {
                citizen_id = number.as_str().into();
            }
            Some(t(
                "Bàn phím đang ở chế độ gõ tiếng Việt nên chữ bị đổi. Đã điền số định danh; gõ họ tên như trên thẻ.",
            ))
        }
        Err(_) => Some(t("Nội dung quét không phải mã của thẻ căn cước. Quét mã QR ở mặt trước thẻ.")),
    };
    let unit = typed("unit").parse().unwrap_or(*first_unit);
    let at = match (&retry, CitizenId::parse(&citizen_id)) {
        (Some(_), Ok(number)) => Some(office.account_at_number(who, unit, number.as_str()).await?),
        _ => None,
    };
    let disputed = office.disputed_dossiers(who).await?;
    let organisations = office.disputed_organisations(who).await?;
    Ok(Desk { units, name, citizen_id, unread, at, disputed, organisations, retry })
}

/// The units where the clerk proves accounts, by name.
fn units_of(office: &Office, who: &Who) -> Vec<(i64, String)> {
    let (books, today) = (office.books(), office.now().day());
    let units = office.units_for(who, Task::ProveAccounts).into_iter();
    units.filter_map(|unit| Some((unit, books.places.open_authority(unit, today)?.name.clone()))).collect()
}

fn show(desk: Desk) -> AnyView {
    let title = t("Tài khoản người dân");
    let disputed = disputed::list(&desk.disputed);
    let organisations = disputed::organisations(&desk.organisations);
    view! {
        <Title text=title/>
        {form(title, desk)}
        {disputed}
        {organisations}
        <p><a href="/can-bo/tai-khoan/to-chuc">{t("Đổi người đại diện của tổ chức")}</a></p>
    }
    .into_any()
}

fn form(title: &'static str, desk: Desk) -> AnyView {
    let Desk { units, name, citizen_id, unread, at, retry, .. } = desk;
    let typed = |field: &str| retry.as_ref().and_then(|retry| retry.typed(field)).unwrap_or_default();
    // The first button only looks: that is no refusal, unless there is no number to look at.
    let no_number = Error::Invalid(Problem::CitizenIdInvalid);
    let error = retry.as_ref().map(|retry| &*retry.error).and_then(|error| match error {
        Error::Invalid(Problem::Missing("card")) if at.is_none() => Some(&no_number),
        Error::Invalid(Problem::Missing("card")) => None,
        other => Some(other),
    });
    let wrong = error.and_then(|error| Some((wrong_field(error)?, errors::sentence(error))));
    let problems: Vec<_> = wrong.iter().map(|(id, words)| ProblemLink::new(*id, words.clone())).collect();
    let above = error.filter(|_| wrong.is_none()).map(|error| {
        let words = errors::sentence(error);
        view! { <Notice tone=Tone::Error live=true id="loi">{words}</Notice> }
    });
    let unread = unread.map(|words| view! { <Notice tone=Tone::Warn live=true>{words}</Notice> });
    let wrong_at = |field: &str| wrong.as_ref().filter(|(id, _)| *id == field).map(|(_, words)| words.clone());
    let draw = Some(typed("draw")).filter(|draw| !draw.is_empty()).unwrap_or_else(|| office().new_draw());
    let unit = unit_field(&units, &typed("unit"));
    let looked = at.is_some();
    let next = at.map(|at| {
        // An account that is opened here has no password before a code has set one.
        let without_code = (at != AtNumber::Nothing)
            .then(|| view! { <Button kind=ButtonKind::Secondary>{t("Chỉ xác nhận tài khoản")}</Button> });
        let whose = matches!(at, AtNumber::Claimed { .. }).then(|| whose_field(&typed("whose"), wrong_at("whose")));
        view! {
            {found(&at)}
            {whose}
            <Checkbox
                id="seen"
                label=t("Đã xem người và thẻ căn cước bản chính: ảnh đúng người, số và họ tên đúng như trên.")
                error=wrong_at("seen")
                checked=!typed("seen").is_empty()
            />
            <ButtonRow>
                <Button name="code" value="1">{t("Xác nhận và in mã đặt mật khẩu")}</Button>
                {without_code}
            </ButtonRow>
        }
    });
    // What the keyboard mangled is typed anew into the two boxes, or scanned anew.
    let card_left = match IdCard::parse(&typed("card")) {
        Err(IdCardProblem::MangledByTelex(_)) => String::new(),
        _ if unread.is_some() => typed("card"),
        _ => String::new(),
    };
    view! {
        <ErrorSummary headline=t("Chưa xác nhận được tài khoản.") problems/>
        <PageTitle title caption=t("Xác nhận tài khoản, cấp mã đặt mật khẩu khi người dân có mặt")/>
        {above}
        {unread}
        <form method="post" action=ProveAccount::PATH novalidate=true class="staff-accounts">
            <input type="hidden" name="trang" value="/can-bo/tai-khoan"/>
            <input type="hidden" name="command" value=command_of("prove_account")/>
            <input type="hidden" name="draw" value=draw/>
            {unit}
            <TextField
                id="card"
                label=t("Quét mã QR trên thẻ căn cước")
                hint=t("Đặt con trỏ ở đây rồi quét. Bàn phím để chế độ tiếng Anh. Hoặc gõ hai ô dưới.")
                value=card_left
                autocomplete="off"
                autofocus=!looked
            />
            <TextField
                id="citizen_id"
                label=t("Số định danh cá nhân")
                hint=t("12 chữ số trên thẻ căn cước")
                error=wrong_at("citizen_id")
                value=citizen_id
                inputmode="numeric"
                autocomplete="off"
                width=16
            />
            <TextField
                id="name"
                label=t("Họ và tên")
                hint=t("Viết như trên thẻ căn cước")
                error=wrong_at("name")
                value=name
                autocomplete="off"
            />
            <ButtonRow>
                <Button kind=ButtonKind::Secondary name="fill" value="1" formnovalidate=true>{t("Xem tài khoản")}</Button>
            </ButtonRow>
            {next}
        </form>
    }
    .into_any()
}

/// What there is at the number.
fn found(at: &AtNumber) -> AnyView {
    let words = match at {
        AtNumber::Nothing => {
            t("Số này chưa có tài khoản. Xác nhận thì tài khoản được mở, đã đối chiếu thẻ căn cước.").into()
        }
        AtNumber::Proven { name } => {
            tf("Tài khoản của {tên} đã đối chiếu thẻ căn cước. Quên mật khẩu thì in mã mới.", &[("tên", name)])
        }
        AtNumber::Claimed { name, since } => tf(
            "Có tài khoản tự đăng ký lúc {lúc}, tên khai là {tên}, chưa đối chiếu thẻ căn cước.",
            &[("lúc", &format::moment(*since)), ("tên", name)],
        ),
    };
    view! { <Notice live=true id="thay">{words}</Notice> }.into_any()
}

/// Whether the account that somebody opened is the person's own.
fn whose_field(typed: &str, error: Option<String>) -> AnyView {
    let options = vec![
        Choice::new("own", t("Người đang ở quầy đã mở tài khoản này")),
        Choice::new("strangers", t("Người khác đã mở; người đang ở quầy không biết tài khoản này")).hint(t(
            "Số định danh chuyển về tài khoản mới của người có thẻ. Tài khoản cũ không vào được nữa. Hồ sơ tài khoản đó đã nộp chờ Trung tâm xem là của ai.",
        )),
    ];
    let value = typed.to_string();
    view! { <Radios id="whose" legend=t("Hỏi người đang ở quầy: tài khoản này của ai") error options value/> }
        .into_any()
}

/// The field that is wrong, when it is one.
fn wrong_field(error: &Error) -> Option<&'static str> {
    match error {
        Error::Invalid(Problem::CitizenIdInvalid) => Some("citizen_id"),
        Error::Invalid(Problem::NameInvalid) => Some("name"),
        Error::Invalid(Problem::Missing(field @ ("seen" | "whose"))) => Some(field),
        _ => None,
    }
}
