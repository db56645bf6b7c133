//! Another represents an organisation: found by its tax number, changed after its paper was seen.
//!
//! One form, as for accounts: Enter presses its first button, which only looks. So no number stands in an address.

use super::units_of;
use crate::{
    acts::accounts::ChangeRepresentative,
    context::{self, Retry, command_of, office},
    errors, format,
    staff::{counter::unit_field, masked_number},
    words::{t, tf},
};
use domain::{organisation::TaxNumber, time::Instant};
use leptos::{prelude::*, server_fn::ServerFn};
use leptos_meta::Title;
use leptos_router::hooks::use_query_map;
use office::{Error, Office, Who, error::Problem, representatives::ClaimedOrganisationRow};
use ui::{
    Breadcrumb, Button, ButtonKind, ButtonRow, Checkbox, Choice, Crumb, DateField, ErrorSummary, Inset, Notice,
    PageTitle, ProblemLink, Radios, TextField, Tone,
};

/// The page, and what its form comes back to.
const PAGE: &str = "/can-bo/tai-khoan/to-chuc";

/// What the page shows.
struct Desk {
    units: Vec<(i64, String)>,
    /// The organisations of the number that was typed; none while no number was looked for.
    found: Option<Vec<ClaimedOrganisationRow>>,
    retry: Option<Retry>,
    /// A representative was changed just now.
    done: bool,
}

/// `/can-bo/tai-khoan/to-chuc`.
#[component]
pub fn RepresentativePage() -> AnyView {
    let (office, who, retry) = (office(), context::staff(), context::retry_of("change_representative"));
    let done = use_query_map().with_untracked(|query| query.get("xong").is_some());
    super::super::page(async move { read(&office, &who, retry, done).await }, show)
}

async fn read(office: &Office, who: &Who, retry: Option<Retry>, done: bool) -> office::Result<Desk> {
    who.staff().ok_or(Error::SignInFirst)?;
    let units = units_of(office, who);
    let Some((first_unit, _)) = units.first() else { return Err(Error::Forbidden) };
    let typed = |field: &str| retry.as_ref().and_then(|retry| retry.typed(field)).unwrap_or_default();
    let unit = typed("unit").parse().unwrap_or(*first_unit);
    let found = match TaxNumber::parse(&typed("organisation_number")) {
        Ok(number) if number.owner().is_none() => {
            Some(office.organisations_at_number(who, unit, number.as_str()).await?)
        }
        _ => None,
    };
    Ok(Desk { units, found, retry, done })
}

fn show(desk: Desk) -> AnyView {
    let Desk { units, found, retry, done } = desk;
    let title = t("Đổi người đại diện của tổ chức");
    let crumbs = vec![
        Crumb::new(t("Việc cần làm"), "/can-bo"),
        Crumb::new(t("Tài khoản người dân"), "/can-bo/tai-khoan"),
        Crumb::here(title),
    ];
    let typed = |field: &str| retry.as_ref().and_then(|retry| retry.typed(field)).unwrap_or_default();
    let number = typed("organisation_number");
    // The first button only looks: that is no refusal, unless there is no number to look at.
    let (no_number, household) =
        (Error::Invalid(Problem::TaxNumberInvalid), Error::Invalid(Problem::HouseholdOfItsOwner));
    let error = retry.as_ref().map(|retry| &*retry.error).and_then(|error| match error {
        Error::Invalid(Problem::Missing("fill")) => match TaxNumber::parse(&number) {
            Ok(number) => number.owner().map(|_| &household),
            Err(_) => Some(&no_number),
        },
        other => Some(other),
    });
    let rows = found.as_deref().unwrap_or_default();
    let at = error.and_then(wrong_field).filter(|field| *field != "former" || !rows.is_empty());
    let wrong = error.and_then(|error| Some((at?, errors::sentence(error))));
    let problems: Vec<_> = wrong.iter().map(|(id, words)| ProblemLink::new(*id, words.clone())).collect();
    let wrong_at = |field: &str| wrong.as_ref().filter(|(id, _)| *id == field).map(|(_, words)| words.clone());
    let above = error.filter(|error| wrong_field(error).is_none()).map(|error| {
        let words = errors::sentence(error);
        view! { <Notice tone=Tone::Error live=true id="loi">{words}</Notice> }
    });
    let done = (done && retry.is_none()).then(|| {
        view! {
            <Notice tone=Tone::Success live=true id="xong">
                {t("Đã đổi người đại diện. Người đại diện cũ không xem và không nộp hồ sơ cho tổ chức này được nữa.")}
            </Notice>
        }
    });
    let nothing = found.as_ref().filter(|rows| rows.is_empty()).map(|_| {
        view! {
            <Notice live=true id="thay">
                {t("Chưa có người đại diện nào khai tổ chức với mã số thuế này. Người đại diện tự thêm tổ chức bằng tài khoản của mình.")}
            </Notice>
        }
    });
    let which = (!rows.is_empty()).then(|| which_field(rows, &typed("former"), wrong_at("former")));
    // What was typed stays, also when the number is typed anew and finds nothing.
    let is_begun = ["citizen_id", "name", "organisation_paper"].iter().any(|field| !typed(field).trim().is_empty());
    let next = (!rows.is_empty() || is_begun).then(|| fields(&typed, &wrong_at));
    let unit = unit_field(&units, &typed("unit"));
    let (number_wrong, looked) = (wrong_at("organisation_number"), next.is_some());
    view! {
        <Title text=title/>
        <Breadcrumb label=t("Đường dẫn") crumbs/>
        <ErrorSummary headline=t("Chưa đổi được người đại diện.") problems/>
        <PageTitle title caption=t("Khi có mặt người đại diện mới, với thẻ căn cước và giấy tờ của tổ chức")/>
        {above}
        {done}
        <form method="post" action=ChangeRepresentative::PATH novalidate=true class="staff-accounts">
            <input type="hidden" name="trang" value=PAGE/>
            <input type="hidden" name="command" value=command_of("change_representative")/>
            {unit}
            <TextField
                id="organisation_number"
                label=t("Mã số thuế")
                hint=t("10 chữ số, hoặc 10 chữ số và 3 chữ số của đơn vị phụ thuộc")
                error=number_wrong
                value=number
                inputmode="numeric"
                autocomplete="off"
                width=16
                autofocus=!looked
            />
            <ButtonRow>
                <Button kind=ButtonKind::Secondary name="fill" value="1" formnovalidate=true>{t("Tìm tổ chức")}</Button>
            </ButtonRow>
            {nothing}
            {which}
            {next}
        </form>
    }
    .into_any()
}

/// Which organisation: several people may have claimed one number.
fn which_field(rows: &[ClaimedOrganisationRow], typed: &str, error: Option<String>) -> AnyView {
    let account = |row: &ClaimedOrganisationRow| row.organisation.account_id.map(|id| id.to_string());
    let option = |row: &ClaimedOrganisationRow| {
        let words = tf(
            "{địa chỉ}. Người đại diện đang ghi: {tên} ({số}), khai lúc {lúc}.",
            &[
                ("địa chỉ", row.organisation.address.trim_end_matches('.')),
                ("tên", &row.representative_name),
                ("số", &masked_number(&row.representative_number)),
                ("lúc", &format::moment(Instant(row.organisation.created_at))),
            ],
        );
        Choice::new(account(row).unwrap_or_default(), row.organisation.name.clone()).hint(words)
    };
    let options = rows.iter().map(option).collect();
    let value = match rows {
        [only] => account(only).unwrap_or_default(),
        _ => typed.to_owned(),
    };
    view! { <Radios id="former" legend=t("Tổ chức cần đổi") error options value/> }.into_any()
}

/// The new representative and the paper that names them.
fn fields(typed: &impl Fn(&str) -> String, wrong_at: &impl Fn(&str) -> Option<String>) -> AnyView {
    let boxes = ["day", "month", "year"].map(|part| format!("valid_from[{part}]"));
    let [day, month, year] = [&boxes[0], &boxes[1], &boxes[2]].map(|name| typed(name));
    let wrong = ["citizen_id", "name", "valid_from", "organisation_paper", "paper_seen"].map(wrong_at);
    let [citizen_wrong, name_wrong, day_wrong, paper_wrong, seen_wrong] = wrong;
    let [citizen_id, name, paper] = ["citizen_id", "name", "organisation_paper"].map(typed);
    let seen = !typed("paper_seen").is_empty();
    view! {
        <TextField
            id="citizen_id"
            label=t("Số định danh của người đại diện mới")
            hint=t("12 chữ số trên thẻ căn cước. Tài khoản của người này phải được xác nhận trước.")
            error=citizen_wrong
            value=citizen_id
            inputmode="numeric"
            autocomplete="off"
            width=16
        />
        <TextField
            id="name"
            label=t("Họ và tên")
            hint=t("Viết như trên thẻ căn cước")
            error=name_wrong
            value=name
            autocomplete="off"
        />
        <DateField
            id="valid_from"
            names=boxes
            legend=t("Là người đại diện từ ngày")
            hint=t("Theo giấy tờ của tổ chức")
            error=day_wrong
            day_label=t("Ngày")
            month_label=t("Tháng")
            year_label=t("Năm")
            day
            month
            year
        />
        <TextField
            id="organisation_paper"
            label=t("Giấy tờ đã xem")
            hint=t("Tên giấy tờ, số và ngày. Ví dụ: Giấy chứng nhận đăng ký doanh nghiệp, đăng ký thay đổi lần thứ 2, ngày 03/11/2026")
            error=paper_wrong
            value=paper
            autocomplete="off"
        />
        <Checkbox
            id="paper_seen"
            label=t("Đã xem bản chính: giấy tờ ghi đúng mã số thuế này và người đại diện mới.")
            error=seen_wrong
            checked=seen
        />
        <Inset>
            <p>{t("Đổi xong, người đại diện mới xem và nộp được mọi hồ sơ của tổ chức; người cũ thì không. Người đã được cử nộp hồ sơ vẫn nộp được, đến khi người đại diện mới cho thôi.")}</p>
        </Inset>
        <ButtonRow>
            <Button>{t("Đổi người đại diện")}</Button>
        </ButtonRow>
    }
    .into_any()
}

/// The field that is wrong, when it is one.
fn wrong_field(error: &Error) -> Option<&'static str> {
    match error {
        Error::Invalid(Problem::TaxNumberInvalid | Problem::HouseholdOfItsOwner) => Some("organisation_number"),
        Error::Invalid(
            Problem::CitizenIdInvalid
            | Problem::RepresentativeNotProven
            | Problem::RepresentativeAlready
            | Problem::OrganisationWaits,
        ) => Some("citizen_id"),
        Error::Invalid(Problem::NameInvalid) => Some("name"),
        Error::Invalid(Problem::RepresentsLater) => Some("valid_from"),
        other => errors::field_of(other, |_| false),
    }
}
