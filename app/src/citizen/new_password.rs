//! A new password by the code from the counter.

use crate::{
    acts::accounts::SetPasswordByCode,
    context::{command_of, here, retry_of},
    errors,
    words::{t, tf},
};
use leptos::{prelude::*, server_fn::ServerFn};
use leptos_meta::Title;
use office::{Error, error::Problem, passwords};
use ui::{Button, CitizenMain, ErrorSummary, Inset, PageTitle, ProblemLink, TextField};

/// `/dat-mat-khau`.
#[component]
pub fn NewPasswordPage() -> AnyView {
    let retry = retry_of("set_password_by_code");
    let wrong = retry.as_ref().and_then(|retry| Some((wrong_field(&retry.error)?, errors::sentence(&retry.error))));
    let refused = wrong.is_none().then(|| errors::refused("set_password_by_code"));
    let problems: Vec<_> = wrong.iter().map(|(id, words)| ProblemLink::new(*id, words.clone())).collect();
    let typed = move |field: &str| retry.as_ref().and_then(|retry| retry.typed(field));
    let error = move |field: &str| wrong.as_ref().filter(|(id, _)| *id == field).map(|(_, words)| words.clone());
    let title = t("Đặt mật khẩu mới");
    view! {
        <Title text=title/>
        <CitizenMain>
            <ErrorSummary headline=t("Chưa đặt được mật khẩu.") problems/>
            <PageTitle title/>
            {refused}
            <Inset>
                <p>{t("Cần mã 8 chữ số in trên phiếu của quầy. Chưa có phiếu thì mang thẻ căn cước tới quầy của Trung tâm.")}</p>
            </Inset>
            <form method="post" action=SetPasswordByCode::PATH novalidate=true>
                <input type="hidden" name="trang" value=here()/>
                <input type="hidden" name="command" value=command_of("set_password_by_code")/>
                <TextField
                    id="citizen_id"
                    label=t("Số định danh cá nhân")
                    hint=t("12 chữ số trên thẻ căn cước")
                    value=typed("citizen_id")
                    inputmode="numeric"
                    autocomplete="username"
                    width=16
                />
                <TextField
                    id="code"
                    label=t("Mã đặt mật khẩu")
                    hint=t("8 chữ số trên phiếu của quầy")
                    error=error("code")
                    value=typed("code")
                    inputmode="numeric"
                    autocomplete="one-time-code"
                    width=12
                />
                <TextField
                    id="password"
                    label=t("Mật khẩu mới")
                    hint=tf(
                        "Ít nhất {n} ký tự. Nên dùng một câu dễ nhớ, không dùng ngày sinh.",
                        &[("n", &passwords::LEAST.to_string())],
                    )
                    error=error("password")
                    kind="password"
                    autocomplete="new-password"
                    width=24
                />
                <TextField
                    id="password_again"
                    label=t("Nhập lại mật khẩu mới")
                    error=error("password_again")
                    kind="password"
                    autocomplete="new-password"
                    width=24
                />
                <Button>{t("Đặt mật khẩu và đăng nhập")}</Button>
            </form>
            <p>{t("Đặt xong, mọi nơi khác đang đăng nhập tài khoản này đều bị đăng xuất.")}</p>
        </CitizenMain>
    }
    .into_any()
}

/// The field that is wrong, when it is one.
const fn wrong_field(error: &Error) -> Option<&'static str> {
    match error {
        Error::Invalid(Problem::WrongCode { .. }) => Some("code"),
        Error::Invalid(Problem::PasswordTooShort { .. }) => Some("password"),
        Error::Invalid(Problem::PasswordsDiffer) => Some("password_again"),
        _ => None,
    }
}
