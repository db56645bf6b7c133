//! The session ended while something was being typed: sign in on the spot, and nothing typed is lost.

use crate::{
    context::{self, Retry},
    errors,
    words::t,
};
use leptos::prelude::*;
use leptos_meta::Title;
use office::Error;
use ui::{Button, ButtonRow, CitizenMain, Notice, PageTitle, TextField, Tone};

/// Fields of this form itself; everything else is carried along.
const OWN: [&str; 2] = ["citizen_id", "password"];

/// The page in place of a topic that could not be saved because nobody is signed in any more.
pub fn for_save() -> Option<AnyView> {
    of("save_topic", "sign_in_and_save", t("Đăng nhập và lưu"))
}

/// The same in place of the review.
pub fn for_submit() -> Option<AnyView> {
    of("submit_draft", "sign_in_and_submit", t("Đăng nhập và nộp hồ sơ"))
}

fn of(act: &str, again: &'static str, button: &'static str) -> Option<AnyView> {
    let ended = context::retry_of(act).filter(|retry| matches!(*retry.error, Error::SignInFirst));
    let refused = context::retry_of(again);
    let notice = if refused.is_some() {
        errors::refused(again)
    } else {
        let words = errors::sentence(&Error::SignInFirst);
        Some(view! { <Notice tone=Tone::Warn live=true>{words}</Notice> }.into_any())
    };
    Some(form(&refused.or(ended)?, again, button, notice))
}

fn form(retry: &Retry, act: &'static str, button: &'static str, notice: Option<AnyView>) -> AnyView {
    let carried = retry
        .typed_all()
        .iter()
        .filter(|(name, _)| !OWN.contains(&name.as_str()))
        .map(|(name, value)| view! { <input type="hidden" name=name.clone() value=value.clone()/> })
        .collect_view();
    let citizen_id = retry.typed("citizen_id");
    view! {
        <Title text=t("Đăng nhập để tiếp tục")/>
        <CitizenMain>
            {notice}
            <PageTitle title=t("Đăng nhập để tiếp tục")/>
            <form method="post" action=format!("/api/app/acts/drafts/{act}")>
                {carried}
                <TextField
                    id="citizen_id"
                    label=t("Số định danh cá nhân")
                    hint=t("Gồm 12 chữ số, in trên thẻ căn cước.")
                    value=citizen_id
                    inputmode="numeric"
                    autocomplete="username"
                    width=16
                />
                <TextField id="password" label=t("Mật khẩu") kind="password" autocomplete="current-password" width=24/>
                <ButtonRow>
                    <Button>{button}</Button>
                </ButtonRow>
            </form>
        </CitizenMain>
    }
    .into_any()
}
