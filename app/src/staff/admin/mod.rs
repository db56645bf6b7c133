//! The administrator's pages: who works here, the offices, and what was done.

pub mod audit;
pub mod calendars;
pub mod features;
pub mod handover;
pub mod member;
pub mod new_unit;
pub mod newcomer;
pub mod procedures;
pub mod reorganisation;
pub mod reorganisations;
pub mod roster;
pub mod units;

use crate::{
    context::{self, Retry, office},
    errors::{field_of, refused, sentence},
    words::{t, tf},
};
use domain::{role::Role, time::Day};
use leptos::prelude::*;
use leptos_meta::Title;
use office::{Error, error::Problem, rights::Task};
use ui::{Breadcrumb, Choice, Crumb, DateField, ErrorSummary, PageTitle, ProblemLink, TextField};

/// The address of the first of these pages.
pub(super) const ADMIN: &str = "/can-bo/quan-tri";

/// The parts of the administrator's work, each with what it is for.
fn parts() -> [(Task, &'static str, &'static str, &'static str); 7] {
    [
        (
            Task::ManageStaff,
            "/can-bo/quan-tri/can-bo",
            t("Cán bộ và vai trò"),
            t(
                "Ai làm việc ở đây, giữ vai trò gì, từ ngày nào đến ngày nào. Thêm người, cho nghỉ, cấp lại mật khẩu, mã.",
            ),
        ),
        (
            Task::ManageUnits,
            "/can-bo/quan-tri/don-vi",
            t("Cơ quan, đơn vị"),
            t(
                "Các cơ quan của xã, ngày bắt đầu và kết thúc, cơ quan nào tiếp nối. Địa chỉ và điện thoại. Thêm cơ quan sắp hoạt động.",
            ),
        ),
        (
            Task::Reorganise,
            "/can-bo/quan-tri/sap-xep",
            t("Sắp xếp đơn vị"),
            t(
                "Đơn vị nào kết thúc, đơn vị nào tiếp nối. Hồ sơ đang giải quyết chuyển cho ai, kèm danh sách để hai bên ký.",
            ),
        ),
        (
            Task::ManageCalendars,
            calendars::CALENDARS,
            t("Lịch làm việc"),
            t("Ngày nghỉ, ngày làm bù của từng năm. Lập bản nháp, xem trước ngày hẹn đổi ra sao, rồi công bố."),
        ),
        (
            Task::ManageProcedures,
            procedures::PROCEDURES,
            t("Thủ tục của đơn vị"),
            t(
                "Nơi hỏi, lưu ý cho người dân, nhận trực tuyến hay không, thời hạn ngắn hơn. Bản mới từ tệp: xem thay đổi rồi công bố từ một ngày.",
            ),
        ),
        (
            Task::ManageFeatures,
            features::FEATURES,
            t("Bật, tắt tính năng"),
            t(
                "Nộp trực tuyến, tin nhắn SMS, nộp cho tổ chức, làm nhiều hồ sơ một lần. Tắt trong những ngày nào, vì sao.",
            ),
        ),
        (
            Task::SearchAudit,
            "/can-bo/quan-tri/nhat-ky",
            t("Tra cứu nhật ký"),
            t("Ai đã xem, đã làm gì, lúc nào: theo hồ sơ, theo cán bộ, theo loại việc, theo ngày."),
        ),
    ]
}

/// What an administrator can do, each part with a link.
#[component]
pub fn AdminPage() -> AnyView {
    let (office, who) = (office(), context::staff());
    let open = parts().into_iter().filter(|(task, ..)| !office.units_for(&who, *task).is_empty());
    let items = open
        .map(|(_, href, words, what)| view! { <li><a href=href>{words}</a> <p class="sub">{what}</p></li> })
        .collect_view();
    if items.is_empty() {
        let error = if who.staff().is_some() { Error::Forbidden } else { Error::SignInFirst };
        return super::problem_page(&error);
    }
    let title = t("Quản trị");
    view! {
        <Title text=title/>
        <PageTitle title caption=t("Mỗi thay đổi đều vào nhật ký hệ thống, kèm nội dung trước và sau")/>
        <ul class="plain admin-parts">{items}</ul>
    }
    .into_any()
}

/// The way back to the first page, and to the part the page is of.
fn crumbs(part: Option<(&'static str, &'static str)>, here: impl Into<String>) -> AnyView {
    let part = part.map(|(words, href)| Crumb::new(words, href));
    let crumbs = [Some(Crumb::new(t("Quản trị"), ADMIN)), part, Some(Crumb::here(here.into()))];
    let crumbs: Vec<Crumb> = crumbs.into_iter().flatten().collect();
    view! { <Breadcrumb label=t("Đường dẫn") crumbs/> }.into_any()
}

/// A form of one act: what was typed before it was refused, and what was wrong.
struct Form {
    act: &'static str,
    retry: Option<Retry>,
    command: String,
    /// What stands before the ids of its fields, where the page has several such forms.
    front: String,
}

impl Form {
    /// The page's one form of that act.
    fn new(act: &'static str) -> Self {
        Self { act, retry: context::retry_of(act), command: context::command_of(act), front: String::new() }
    }

    /// One of several: the one whose hidden field has that value.
    fn one_of(act: &'static str, field: &str, value: &str) -> Self {
        let retry = context::retry_of(act).filter(|retry| retry.typed(field).as_deref() == Some(value));
        let command = match &retry {
            Some(retry) => retry.typed("command").unwrap_or_else(context::new_command),
            None => context::new_command(),
        };
        Self { act, retry, command, front: format!("{value}-") }
    }

    /// Whether it comes again because it was refused.
    fn came_back(&self) -> bool {
        self.retry.is_some()
    }

    /// What was typed in that field.
    fn typed(&self, field: &str) -> Option<String> {
        self.retry.as_ref().and_then(|retry| retry.typed(field))
    }

    /// Everything that was chosen under that name.
    fn chosen(&self, field: &str) -> Vec<String> {
        let typed = self.retry.iter().flat_map(|retry| retry.typed_all());
        typed.filter(|(name, _)| name == field).map(|(_, value)| value.clone()).collect()
    }

    /// The sentence of the refusal, when it is about that field.
    fn wrong(&self, field: &str) -> Option<String> {
        let retry = self.retry.as_ref()?;
        (wrong_field(&retry.error)? == field).then(|| sentence(&retry.error))
    }

    fn id(&self, field: &str) -> String {
        format!("{}{field}", self.front)
    }

    /// A line of text.
    fn text(&self, field: &'static str, name: &'static str, label: &str, hint: &str, usual: &str) -> AnyView {
        let (value, error) = (self.typed(name).unwrap_or_else(|| usual.to_owned()), self.wrong(field));
        let hint = Some(hint.to_owned()).filter(|hint| !hint.is_empty());
        view! { <TextField id=self.id(field) name label hint error value max_length=300 autocomplete="off"/> }
            .into_any()
    }

    /// A day in three boxes; `name` is the front part of their names.
    fn day(&self, field: &'static str, name: &str, legend: &str, hint: &str, usual: Option<Day>) -> AnyView {
        let names = ["day", "month", "year"].map(|part| format!("{name}[{part}]"));
        let usual =
            usual.map(Day::ymd).map(|(year, month, day)| [day.to_string(), month.to_string(), year.to_string()]);
        let typed = names.clone().map(|name| self.typed(&name));
        let [day, month, year] = match (self.came_back(), usual) {
            (false, Some(usual)) => usual.map(Some),
            _ => typed,
        };
        let hint = Some(hint.to_owned()).filter(|hint| !hint.is_empty());
        view! {
            <DateField id=self.id(field) names legend hint error=self.wrong(field)
                day_label=t("Ngày") month_label=t("Tháng") year_label=t("Năm") day month year/>
        }
        .into_any()
    }

    /// The form with these fields and a button. `class` is the button's.
    fn draw(self, hidden: &[(&'static str, String)], fields: AnyView, button: String, class: &'static str) -> AnyView {
        let front = format!("/api/app/acts/{}", self.act);
        let common = [("trang", context::here()), ("command", self.command.clone())];
        let hidden = common
            .into_iter()
            .chain(hidden.iter().cloned())
            .map(|(name, value)| view! { <input type="hidden" name=name value=value/> })
            .collect_view();
        let act = self.act;
        let problem = self.retry.as_ref().map(|retry| match wrong_field(&retry.error) {
            Some(field) => {
                let link = ProblemLink::new(self.id(field), sentence(&retry.error));
                view! { <ErrorSummary headline=t("Chưa ghi. Còn 1 chỗ cần sửa.") problems=vec![link]/> }.into_any()
            }
            None => refused(act).into_any(),
        });
        view! {
            <form class="staff-form" method="post" action=front>
                {problem}
                {hidden}
                {fields}
                <div class="button-row"><button class=class type="submit">{button}</button></div>
            </form>
        }
        .into_any()
    }
}

/// The field that a refused form of these pages is wrong in.
fn wrong_field(error: &Error) -> Option<&'static str> {
    match error {
        Error::Invalid(Problem::LoginInvalid | Problem::LoginTaken) => Some("login"),
        Error::Invalid(Problem::NameInvalid) => Some("name"),
        Error::Invalid(Problem::PhoneInvalid) => Some("phone"),
        Error::Invalid(Problem::HeldAlready) => Some("role"),
        Error::Invalid(Problem::YearDrafted | Problem::YearInvalid) => Some("year"),
        Error::Invalid(Problem::OffAlready) => Some("first"),
        Error::Invalid(Problem::TermNotShorter { .. } | Problem::NothingToShorten) => Some("amount"),
        Error::Invalid(Problem::TetElsewhere) => Some("tet"),
        Error::Invalid(
            Problem::DayNamed(field)
            | Problem::OutsideYear(field)
            | Problem::OffAnyway(field)
            | Problem::WorkedAnyway(field),
        ) => Some(field),
        other => field_of(other, |_| false),
    }
}

/// The roles to choose from.
fn role_choices() -> Vec<Choice> {
    Role::ALL.into_iter().map(|role| Choice::new(role.key(), crate::status::role(role))).collect()
}

/// `từ 01/07/2025`, `từ 01/07/2025 đến 31/12/2026`, or `đến 31/12/2026`.
fn days_words(from: Option<Day>, to: Option<Day>) -> String {
    let day = |day: Day| crate::format::day(day);
    match (from, to) {
        (Some(from), None) => tf("từ {từ}", &[("từ", &day(from))]),
        (Some(from), Some(to)) => tf("từ {từ} đến {đến}", &[("từ", &day(from)), ("đến", &day(to))]),
        (None, Some(to)) => tf("đến {đến}", &[("đến", &day(to))]),
        (None, None) => String::new(),
    }
}
