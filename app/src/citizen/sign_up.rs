//! Opening an account of level 0.

use super::sign_in::{level_0, next_page, provider_link};
use crate::{
    acts::sessions::SignUp,
    context::{Retry, command_of, encode, here, office, resident, retry_of},
    errors,
    island::{FieldCheck, checked_fields},
    problems::problem,
    words::{t, tf},
};
use domain::{
    question::{Form, Question, QuestionKind, Scope, parse},
    time::Day,
};
use leptos::{prelude::*, server_fn::ServerFn};
use leptos_meta::Title;
use office::{Error, error::Problem, passwords};
use ui::{Button, CitizenMain, ErrorSummary, Inset, PageTitle, ProblemLink, TextField};

/// Id of the form.
const FORM: &str = "dang-ky";

/// `/dang-ky`; `den` says where to go next.
#[component]
pub fn SignUpPage() -> AnyView {
    let (next, today) = (next_page(), office().now().day());
    if resident().resident().is_some() {
        leptos_axum::redirect(next.as_deref().unwrap_or("/ho-so"));
        return ().into_any();
    }
    let retry = retry_of("sign_up");
    let wrong = retry.as_ref().map(|retry| wrong_fields(retry, today)).unwrap_or_default();
    // A problem of one field stands above that field and in the summary; any other above the form.
    let refused = wrong.is_empty().then(|| errors::refused("sign_up"));
    let problems: Vec<_> = wrong.iter().map(|(id, words)| ProblemLink::new(*id, words.clone())).collect();
    let headline = tf("Còn {n} chỗ cần sửa trước khi đi tiếp.", &[("n", &problems.len().to_string())]);
    let typed = move |field: &str| retry.as_ref().and_then(|retry| retry.typed(field));
    let error = move |field: &str| wrong.iter().find(|(id, _)| *id == field).map(|(_, words)| words.clone());
    let sign_in = match &next {
        Some(next) => format!("/dang-nhap?den={}", encode(next)),
        None => "/dang-nhap".into(),
    };
    let provider = provider_link(next.as_deref()).map(|(name, link)| {
        let words = tf("Đã có tài khoản {tên} thì không cần đăng ký ở đây.", &[("tên", &name)]);
        view! { <p>{words}</p> {link} }
    });
    let title = t("Đăng ký tài khoản");
    view! {
        <Title text=title/>
        <CitizenMain>
            <ErrorSummary headline problems/>
            <PageTitle title/>
            {refused}
            {provider}
            <Inset><p>{level_0()}</p></Inset>
            <form id=FORM method="post" action=SignUp::PATH novalidate=true>
                <input type="hidden" name="trang" value=here()/>
                <input type="hidden" name="den" value=next/>
                <input type="hidden" name="command" value=command_of("sign_up")/>
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
            <FieldCheck form_id=FORM.to_owned() fields=checked() today=today.0/>
            <p><a href=sign_in>{t("Đã có tài khoản: đăng nhập")}</a></p>
        </CitizenMain>
    }
    .into_any()
}

/// The same fields, for the browser.
fn checked() -> String {
    let form = questions();
    let questions = form.topics.iter().flat_map(|topic| &topic.questions);
    checked_fields(questions.map(|question| (question.id.as_str(), question)))
}

/// The fields that are checked as the questions of any form are.
fn questions() -> Form {
    let question = |id: &str, label: &str, kind, required| Question {
        id: id.into(),
        label: label.into(),
        kind,
        required,
        required_if: None,
        hint: String::new(),
        help: String::new(),
        shown_if: None,
        source: None,
        same_as: Vec::new(),
        private: false,
    };
    Form::of_questions(vec![
        question("citizen_id", t("Số định danh cá nhân"), QuestionKind::CitizenId { sex: None, birth: None }, true),
        question("name", t("Họ và tên"), QuestionKind::Person, true),
        question("phone", t("Số điện thoại"), QuestionKind::Phone, false),
    ])
}

/// The fields that have to be put right, each with the sentence above it.
fn wrong_fields(retry: &Retry, today: Day) -> Vec<(&'static str, String)> {
    let Error::Invalid(refused) = &*retry.error else { return Vec::new() };
    let form = questions();
    let typed = retry.typed_all().iter().cloned().collect();
    let problems = parse(&form, &typed, today, Scope::Form).problems;
    let mut wrong: Vec<(&'static str, String)> = ["citizen_id", "name", "phone"]
        .into_iter()
        .filter_map(|field| {
            let found = problems.iter().find(|one| one.path == field)?;
            Some((field, problem(&form, found)))
        })
        .collect();
    let field = match refused {
        Problem::CitizenIdTaken => "citizen_id",
        Problem::PasswordTooShort { .. } => "password",
        Problem::PasswordsDiffer => "password_again",
        _ => return wrong,
    };
    wrong.push((field, errors::sentence(&retry.error)));
    wrong
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refused(body: &str, problem: Problem) -> Vec<(&'static str, String)> {
        let retry = Retry::new("/api/app/acts/sessions/sign_up", body.as_bytes(), problem.into());
        wrong_fields(&retry, Day::from_ymd(2026, 11, 23).expect("a day"))
    }

    #[test]
    fn every_wrong_field_is_told_at_once_in_the_words_of_the_application_forms() {
        let wrong = refused("citizen_id=05409012345&name=+&phone=09", Problem::CitizenIdInvalid);
        let said = [
            ("citizen_id", "Số định danh có 12 chữ số. Ông/bà mới nhập 11 chữ số."),
            ("name", "Nhập họ và tên."),
            ("phone", "Số điện thoại di động có 10 chữ số. Số vừa nhập có 2 chữ số."),
        ];
        assert_eq!(wrong, said.map(|(field, words)| (field, words.to_string())));
    }

    #[test]
    fn every_problem_of_a_field_stands_at_that_field() {
        let at = |problem| {
            let wrong = refused("citizen_id=054090123456&name=A", problem);
            wrong.into_iter().map(|(field, _)| field).collect::<Vec<_>>()
        };
        assert_eq!(at(Problem::CitizenIdTaken), ["citizen_id"]);
        assert_eq!(at(Problem::PasswordTooShort { least: 8 }), ["password"]);
        assert_eq!(at(Problem::PasswordsDiffer), ["password_again"]);
        assert!(at(Problem::QuotaReached).is_empty());
    }
}
