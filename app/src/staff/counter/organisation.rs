//! The organisation that a person at the counter brings the matter of.

use crate::{context::Retry, errors, words::t};
use leptos::prelude::*;
use office::{Error, error::Problem};
use ui::{Details, TextField};

/// The fields, folded away until they are wanted: most people come for themselves.
pub(super) fn fields(retry: Option<&Retry>) -> AnyView {
    let typed = |field: &str| retry.and_then(|retry| retry.typed(field)).filter(|text| !text.trim().is_empty());
    let names = ["organisation[number]", "organisation[name]", "organisation[address]"];
    let [number, name, address] = names.map(typed);
    let wrong = retry.and_then(|retry| Some((field_of(&retry.error)?, errors::sentence(&retry.error))));
    let error = |field: &str| wrong.as_ref().filter(|(at, _)| *at == field).map(|(_, words)| words.clone());
    let [number_wrong, name_wrong, address_wrong] = names.map(error);
    let open = number.is_some() || name.is_some() || address.is_some();
    view! {
        <Details summary=t("Nộp cho tổ chức, hộ kinh doanh") open>
            <p class="hint">{t("Người nộp ghi ở trên là người đại diện, hoặc người được tổ chức giới thiệu.")}</p>
            <TextField
                id="organisation-number"
                name=names[0]
                label=t("Mã số thuế")
                error=number_wrong
                inputmode="numeric"
                autocomplete="off"
                width=16
                value=number
            />
            <TextField
                id="organisation-name"
                name=names[1]
                label=t("Tên tổ chức")
                error=name_wrong
                autocomplete="off"
                value=name
            />
            <TextField
                id="organisation-address"
                name=names[2]
                label=t("Địa chỉ của tổ chức")
                error=address_wrong
                autocomplete="off"
                value=address
            />
        </Details>
    }
    .into_any()
}

/// Which of the fields a form was refused for.
fn field_of(error: &Error) -> Option<&'static str> {
    match error {
        Error::Invalid(Problem::TaxNumberInvalid) => Some("organisation[number]"),
        Error::Invalid(Problem::Missing(field) | Problem::TooLong(field)) if field.starts_with("organisation[") => {
            Some(field)
        }
        _ => None,
    }
}
