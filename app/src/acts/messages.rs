//! Messages to residents: how each wants to be told, and what is sent anew.

use super::id;
use crate::context::{self, here, is_local, office, settle, staff};
use leptos::prelude::*;
use office::messages::Choosing;

/// Where the choice stands on the account page.
const PLACE: &str = "/tai-khoan#nhan-tin";

/// Chooses how to be told; an address that is not proven gets a code.
#[server]
pub async fn choose_messages(
    command: String,
    #[server(default)] means: String,
    #[server(default)] email: String,
    #[server(default)] phone: String,
    #[server(default)] quiet_from: String,
    #[server(default)] quiet_to: String,
) -> Result<(), ServerFnError> {
    let choosing = Choosing { means, email, phone, quiet_from, quiet_to };
    let chosen = async { office().choose_messages(&context::resident(), choosing, id(&command)?).await };
    settle(chosen.await, |()| PLACE.into());
    Ok(())
}

/// Proves an address by the code that was sent there.
#[server]
pub async fn confirm_message_address(command: String, #[server(default)] code: String) -> Result<(), ServerFnError> {
    let proven = async { office().confirm_message_address(&context::resident(), &code, id(&command)?).await };
    settle(proven.await, |()| PLACE.into());
    Ok(())
}

/// Sends a refused message anew.
#[server]
pub async fn resend_message(
    message: String,
    command: String,
    #[server(default)] trang: String,
) -> Result<(), ServerFnError> {
    let sent = async { office().resend_message(&staff(), id(&message)?, id(&command)?).await };
    settle(sent.await, |()| if is_local(&trang) { trang } else { here() });
    Ok(())
}

/// Notes that the resident of a refused message was told in another way.
#[server]
pub async fn tell_otherwise(
    message: String,
    command: String,
    #[server(default)] told_how: String,
    #[server(default)] trang: String,
) -> Result<(), ServerFnError> {
    let told = async { office().tell_otherwise(&staff(), id(&message)?, &told_how, id(&command)?).await };
    settle(told.await, |()| if is_local(&trang) { trang } else { here() });
    Ok(())
}
