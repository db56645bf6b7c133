//! Opening an account of level 0.

use super::sign_in::{level_0, next_page};
use crate::{
    acts::sessions::SignUp,
    context::{Retry, encode, here, resident, retry_of},
    errors,
    words::{t, tf},
};
use leptos::{prelude::*, server_fn::ServerFn};
use leptos_meta::Title;
use office::{Error, error::Problem, passwords};
use ui::{Button, CitizenMain, ErrorSummary, Inset, PageTitle, ProblemLink, TextField};

/// `/dang-ky`; `den` says where to go next.
#[component]
pub fn SignUpPage() -> AnyView {
    let next = next_page();
    if resident().resident().is_some() {
        leptos_axum::redirect(next.as_deref().unwrap_or("/ho-so"));
        return ().into_any();
    }
    let retry = retry_of("sign_up");
    let wrong = retry.as_ref().and_then(wrong_field);
    // A problem of one field stands above that field and in the summary; any other above the form.
    let refused = wrong.is_none().then(|| errors::refused("sign_up"));
    let problems: Vec<_> = wrong.iter().map(|(id, words)| ProblemLink::new(*id, words.clone())).collect();
    let typed = move |field: &str| retry.as_ref().and_then(|retry| retry.typed(field));
    let error = move |field: &str| wrong.as_ref().filter(|(id, _)| *id == field).map(|(_, words)| words.clone());
    let sign_in = match &next {
        Some(next) => format!("/dang-nhap?den={}", encode(next)),
        None => "/dang-nhap".into(),
    };
    let title = t("Đăng ký tài khoản");
    view! {
        <Title text=title/>
        <CitizenMain>
            <ErrorSummary headline=t("Còn 1 chỗ cần sửa trước khi đi tiếp.") problems/>
            <PageTitle title/>
            {refused}
            <Inset><p>{level_0()}</p></Inset>
            <form method="post" action=SignUp::PATH>
                <input type="hidden" name="trang" value=here()/>
                <input type="hidden" name="den" value=next/>
                <TextField
                    id="citizen_id"
                    label=t("Số định danh cá nhân")
                    hint=t("12 chữ số trên thẻ căn cước")
                    error=error("citizen_id")
                    value=typed("citizen_id")
                    inputmode="numeric"
                    autocomplete="username"
                    width=16
                />
                <TextField
                    id="name"
                    label=t("Họ và tên")
                    hint=t("Viết như trên thẻ căn cước")
                    error=error("name")
                    value=typed("name")
                    autocomplete="name"
                />
                <TextField
                    id="phone"
                    label=t("Số điện thoại")
                    optional=t("Không bắt buộc")
                    hint=t("Để Trung tâm gọi khi cần; ví dụ 0905 123 456")
                    error=error("phone")
                    value=typed("phone")
                    kind="tel"
                    inputmode="tel"
                    autocomplete="tel"
                    width=16
                />
                <TextField
                    id="password"
                    label=t("Mật khẩu")
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
                    label=t("Nhập lại mật khẩu")
                    error=error("password_again")
                    kind="password"
                    autocomplete="new-password"
                    width=24
                />
                <Button>{t("Đăng ký tài khoản")}</Button>
            </form>
            <p><a href=sign_in>{t("Đã có tài khoản: đăng nhập")}</a></p>
        </CitizenMain>
    }
    .into_any()
}

/// The field that has to be put right, and the sentence above it.
fn wrong_field(retry: &Retry) -> Option<(&'static str, String)> {
    let Error::Invalid(problem) = &*retry.error else { return None };
    let typed = move |field: &str| retry.typed(field).unwrap_or_default();
    let field = match problem {
        Problem::CitizenIdInvalid => {
            return Some((
                "citizen_id",
                citizen_id_words(&typed("citizen_id")).unwrap_or(errors::sentence(&retry.error)),
            ));
        }
        Problem::NameInvalid if typed("name").trim().is_empty() => return Some(("name", t("Nhập họ và tên.").into())),
        Problem::CitizenIdTaken => "citizen_id",
        Problem::NameInvalid => "name",
        Problem::PhoneInvalid => "phone",
        Problem::PasswordTooShort { .. } => "password",
        Problem::PasswordsDiffer => "password_again",
        _ => return None,
    };
    Some((field, errors::sentence(&retry.error)))
}

/// What is wrong with a number that is too short, too long or absent; `None` when it is something else.
fn citizen_id_words(typed: &str) -> Option<String> {
    let digits = typed.chars().filter(char::is_ascii_digit).count();
    let n = digits.to_string();
    match digits {
        0 if typed.trim().is_empty() => Some(t("Nhập số định danh cá nhân.").into()),
        1..=11 => Some(tf("Số định danh có 12 chữ số. Ông/bà mới nhập {n} chữ số.", &[("n", &n)])),
        13.. => Some(tf("Số định danh có 12 chữ số. Ông/bà đã nhập {n} chữ số.", &[("n", &n)])),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refused(body: &str, problem: Problem) -> Option<(&'static str, String)> {
        wrong_field(&Retry::new("/api/app/acts/sessions/sign_up", body.as_bytes(), problem.into()))
    }

    #[test]
    fn a_short_number_is_counted() {
        let wrong = refused("citizen_id=05409012345&name=A", Problem::CitizenIdInvalid);
        let said = "Số định danh có 12 chữ số. Ông/bà mới nhập 11 chữ số.";
        assert_eq!(wrong, Some(("citizen_id", said.to_string())));
    }

    #[test]
    fn an_empty_field_is_asked_for() {
        assert_eq!(citizen_id_words("  ").as_deref(), Some("Nhập số định danh cá nhân."));
        let wrong = refused("name=+", Problem::NameInvalid);
        assert_eq!(wrong, Some(("name", "Nhập họ và tên.".to_string())));
    }

    #[test]
    fn every_problem_of_a_field_stands_at_that_field() {
        let at = |problem| refused("citizen_id=054090123456&name=A", problem).map(|(field, _)| field);
        assert_eq!(at(Problem::CitizenIdTaken), Some("citizen_id"));
        assert_eq!(at(Problem::PhoneInvalid), Some("phone"));
        assert_eq!(at(Problem::PasswordTooShort { least: 8 }), Some("password"));
        assert_eq!(at(Problem::PasswordsDiffer), Some("password_again"));
        assert_eq!(at(Problem::QuotaReached), None);
    }
}
