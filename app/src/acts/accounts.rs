//! Accounts proven at the counter, and a new password by the code from there.

use super::{
    id,
    particulars::TypedDay,
    sessions::{enter, keep_draw},
};
use crate::context::{self, RESIDENT_COOKIE, office, settle, staff};
use leptos::prelude::*;
use office::{
    Error, Uuid,
    account_codes::NewPassword,
    error::Problem,
    proofs::{Seen, Whose},
    representatives::NewRepresentative,
};

/// Proves the account of the person at the counter. Enter presses the form's first button: that one, like a card that
/// was scanned, fills in the page, which comes again with what there is at the number; nothing is proven then.
#[server]
#[allow(clippy::too_many_arguments)]
pub async fn prove_account(
    unit: i64,
    command: Uuid,
    #[server(default)] citizen_id: String,
    #[server(default)] name: String,
    #[server(default)] card: String,
    #[server(default)] fill: String,
    #[server(default)] seen: String,
    #[server(default)] whose: String,
    #[server(default)] code: String,
    #[server(default)] draw: String,
) -> Result<(), ServerFnError> {
    let whose = match whose.as_str() {
        "own" => Some(Whose::Own),
        "strangers" => Some(Whose::Strangers),
        _ => None,
    };
    let wants_code = !code.is_empty();
    let seen = Seen { citizen_id, name, card: !seen.is_empty(), whose, draw: wants_code.then(|| draw.clone()) };
    let is_filling = [&fill, &card].into_iter().any(|part| !part.trim().is_empty());
    let proven = match is_filling {
        false => office().prove_account(&staff(), unit, seen, command).await,
        true => Err(Error::Invalid(Problem::Missing("card"))),
    };
    settle(proven, |proof| {
        if wants_code {
            keep_draw(&draw);
        }
        format!("/can-bo/tai-khoan/{proof}")
    });
    Ok(())
}

/// Says whose a dossier is that was filed under a number which has gone to its owner.
#[server]
pub async fn settle_disputed_dossier(
    dossier: Uuid,
    command: Uuid,
    #[server(default)] belongs: String,
) -> Result<(), ServerFnError> {
    let settled = office().settle_disputed_dossier(&staff(), dossier, &belongs, command).await;
    settle(settled, |()| "/can-bo/tai-khoan#cho-xem".into());
    Ok(())
}

/// Says whose an organisation is that was entered under a number which has gone to its owner.
#[server]
pub async fn settle_disputed_organisation(
    organisation: Uuid,
    command: Uuid,
    #[server(default)] belongs: String,
) -> Result<(), ServerFnError> {
    let settled = office().settle_disputed_organisation(&staff(), organisation, &belongs, command).await;
    settle(settled, |()| "/can-bo/tai-khoan#to-chuc-cho-xem".into());
    Ok(())
}

/// Makes another the representative of an organisation. Enter presses the form's first button, which only looks: the page
/// comes again with the organisations of the number.
#[server]
#[allow(clippy::too_many_arguments)]
pub async fn change_representative(
    unit: i64,
    command: Uuid,
    #[server(default)] organisation_number: String,
    #[server(default)] fill: String,
    #[server(default)] former: String,
    #[server(default)] citizen_id: String,
    #[server(default)] name: String,
    #[server(default)] valid_from: TypedDay,
    #[server(default)] organisation_paper: String,
    #[server(default)] paper_seen: String,
) -> Result<(), ServerFnError> {
    let input = NewRepresentative {
        number: organisation_number,
        former: former.parse().ok(),
        citizen_id,
        name,
        from: valid_from.read("valid_from").ok(),
        paper: organisation_paper,
        seen: !paper_seen.is_empty(),
    };
    let changed = match fill.is_empty() {
        true => office().change_representative(&staff(), unit, input, command).await,
        false => Err(Error::Invalid(Problem::Missing("fill"))),
    };
    settle(changed, |_| "/can-bo/tai-khoan/to-chuc?xong=1".into());
    Ok(())
}

/// Sets a new password by a code from the counter, and signs in.
#[server]
pub async fn set_password_by_code(
    citizen_id: String,
    #[server(default)] code: String,
    password: String,
    #[server(default)] password_again: String,
    command: String,
) -> Result<(), ServerFnError> {
    let input = NewPassword { citizen_id, code, password, password_again };
    let set = async { office().set_password_by_code(&context::resident(), input, id(&command)?).await };
    settle(set.await, |token| enter(RESIDENT_COOKIE, &token, "", "/tai-khoan"));
    Ok(())
}

/// Takes back that an identity provider knows the resident.
#[server]
pub async fn unlink_identity(#[server(default)] link: String, command: String) -> Result<(), ServerFnError> {
    let unlinked = async { office().unlink_identity(&context::resident(), &link, id(&command)?).await };
    settle(unlinked.await, |()| "/tai-khoan".into());
    Ok(())
}
