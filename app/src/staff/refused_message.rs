//! What staff do about a message that its carrier refused: it is sent anew, or its resident was told otherwise.

use crate::{
    acts::messages::{ResendMessage, TellOtherwise},
    context,
    errors::{self, field_of, sentence},
    words::t,
};
use leptos::{prelude::*, server_fn::ServerFn};
use ui::{Button, ButtonKind, Details, TextField};

/// The button that sends it anew. `which` tells a screen reader the message.
pub(super) fn resend_form(message: &str, which: String) -> AnyView {
    view! {
        <form method="post" action=ResendMessage::PATH>
            <input type="hidden" name="trang" value=context::here()/>
            <input type="hidden" name="command" value=context::new_command()/>
            <input type="hidden" name="message" value=message.to_owned()/>
            <Button kind=ButtonKind::Quiet hidden_words=which>{t("Gửi lại")}</Button>
        </form>
    }
    .into_any()
}

/// The folded form that says how the resident of a refused message was told. `which` tells a screen reader the message.
pub(super) fn told_form(message: &str, which: String) -> AnyView {
    let retry = context::retry_of("tell_otherwise");
    let retry = retry.filter(|retry| retry.typed("message").as_deref() == Some(message));
    let typed = retry.as_ref().and_then(|retry| retry.typed("told_how"));
    let error = retry.as_ref().filter(|retry| is_at(&retry.error, "told_how")).map(|retry| sentence(&retry.error));
    // Refused for words that are missing, it is the same try.
    let again = retry.as_ref().filter(|_| error.is_some()).and_then(|retry| retry.typed("command"));
    let command = again.unwrap_or_else(context::new_command);
    let is_open = error.is_some();
    let (field, message) = (format!("told-{message}"), message.to_owned());
    view! {
        <Details summary=t("Đã báo cách khác") open=is_open>
            <form class="staff-form" method="post" action=TellOtherwise::PATH>
                <input type="hidden" name="trang" value=context::here()/>
                <input type="hidden" name="command" value=command/>
                <input type="hidden" name="message" value=message/>
                <TextField
                    id=field
                    name="told_how"
                    label=t("Đã báo người nộp thế nào")
                    hint=t("Ví dụ: gọi số khác, đã nghe; hẹn mai ra quầy")
                    error
                    value=typed
                    max_length=300
                    autocomplete="off"
                    required=true
                />
                <Button kind=ButtonKind::Secondary hidden_words=which>{t("Ghi đã báo")}</Button>
            </form>
        </Details>
    }
    .into_any()
}

/// The refusal that stands at no field: it was sent again or told meanwhile.
pub(super) fn told_too_late() -> Option<AnyView> {
    context::retry_of("tell_otherwise").filter(|retry| !is_at(&retry.error, "told_how"))?;
    errors::refused("tell_otherwise")
}

/// Whether the form is wrong in that field.
pub(super) fn is_at(error: &office::Error, field: &str) -> bool {
    field_of(error, |_| false) == Some(field)
}
