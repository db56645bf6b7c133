//! The session ended while something was being typed: sign in on the spot, and nothing typed is lost.

use super::saving;
use crate::{
    citizen::sign_in::identity_door,
    context::{self, Retry, office},
    errors,
    words::{t, tf},
};
use leptos::prelude::*;
use leptos_meta::Title;
use office::Error;
use ui::{Button, ButtonKind, ButtonRow, CitizenMain, Notice, PageTitle, Section, TextField, Tone};

/// Fields of this form itself; everything else is carried along.
const OWN: [&str; 3] = ["citizen_id", "password", "act"];

/// The page in place of a topic that could not be saved because nobody is signed in any more.
pub fn for_save() -> Option<AnyView> {
    let after = After { act: "save_topic", again: "drafts/sign_in_and_save", button: t("Đăng nhập và lưu") };
    // What was to be filled in is offered again; what was typed beside it is saved.
    after.page().or_else(|| After { act: "prefill_draft", ..after }.page())
}

/// The same in place of the review.
pub fn for_submit() -> Option<AnyView> {
    let again = "drafts/sign_in_and_submit";
    After { act: "submit_draft", again, button: t("Đăng nhập và nộp hồ sơ") }.page()
}

/// The same in place of a dossier, whatever was being sent there.
pub fn for_dossier() -> Option<AnyView> {
    let again = "dossiers_mine/sign_in_and_go_on";
    let of = |act, button| After { act, again, button };
    of("answer_supplement", t("Đăng nhập và gửi bổ sung"))
        .page()
        .or_else(|| of("ask_withdrawal", t("Đăng nhập và xin rút hồ sơ")).page())
        .or_else(|| of("rate_dossier", t("Đăng nhập và gửi đánh giá")).page())
}

/// An act that waits for somebody to sign in.
#[derive(Clone, Copy)]
struct After {
    act: &'static str,
    /// The server function that signs in and then does it.
    again: &'static str,
    button: &'static str,
}

impl After {
    /// The page, when the session had ended or the first try to sign in was refused.
    fn page(&self) -> Option<AnyView> {
        let refused =
            context::retry_of(self.again).filter(|retry| retry.typed("act").is_none_or(|act| act == self.act));
        let ended = context::retry_of(self.act).filter(|retry| matches!(*retry.error, Error::SignInFirst));
        let notice = if refused.is_some() {
            errors::refused(self.again)
        } else {
            let words = errors::sentence(&Error::SignInFirst);
            Some(view! { <Notice tone=Tone::Warn live=true>{words}</Notice> }.into_any())
        };
        Some(form(&refused.or(ended)?, *self, notice))
    }
}

fn form(retry: &Retry, after: After, notice: Option<AnyView>) -> AnyView {
    // A save before the files, or for later, sends nothing yet.
    let keeps = retry.typed("go").is_some_and(|go| go == saving::STAY || go == saving::LATER);
    let button = if keeps { t("Đăng nhập và lưu") } else { after.button };
    let (carried, provider) = (carried(retry), through_provider(retry, after));
    let citizen_id = retry.typed("citizen_id");
    view! {
        <Title text=t("Đăng nhập để tiếp tục")/>
        <CitizenMain>
            {notice}
            <PageTitle title=t("Đăng nhập để tiếp tục")/>
            <form method="post" action=format!("/api/app/acts/{}", after.again)>
                <input type="hidden" name="act" value=after.act/>
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
            {provider}
        </CitizenMain>
    }
    .into_any()
}

/// What was typed, to be sent once more.
fn carried(retry: &Retry) -> AnyView {
    retry
        .typed_all()
        .iter()
        .filter(|(name, _)| !OWN.contains(&name.as_str()))
        .map(|(name, value)| view! { <input type="hidden" name=name.clone() value=value.clone()/> })
        .collect_view()
        .into_any()
}

/// The way through the identity provider, where there is one. It opens beside this page, which keeps what was typed: nothing of
/// that may travel to the provider and back.
fn through_provider(retry: &Retry, after: After) -> Option<AnyView> {
    let name = office().config().identity_provider.clone()?;
    let named = [("tên", name.as_str())];
    let title = tf("Không có mật khẩu: dùng {tên}", &named);
    let words = tf("Đăng nhập bằng {tên} ở thẻ mới của trình duyệt", &named);
    let href = identity_door(Some(&retry.page));
    // The act itself stands beside the one that signs in before it.
    let module = after.again.split('/').next().unwrap_or_default();
    let (action, carried) = (format!("/api/app/acts/{module}/{}", after.act), carried(retry));
    let view = view! {
        <Section id="dinh-danh" title>
            <ol>
                <li><a href=href target="_blank" rel="external noopener">{words}</a></li>
                <li>{t("Trở lại trang này, bấm nút dưới đây.")}</li>
            </ol>
            <form method="post" action=action>
                {carried}
                <Button kind=ButtonKind::Secondary>{t("Gửi lại")}</Button>
            </form>
        </Section>
    };
    Some(view.into_any())
}
