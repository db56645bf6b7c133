//! Pages of staff.

pub mod accounts;
pub mod admin;
pub mod anchor;
pub mod bulk;
pub mod control_slip;
pub mod counter;
pub mod door;
pub mod dossier;
pub mod home;
pub mod keys;
pub mod mandates;
pub mod mentions;
pub mod opinions;
pub mod queue;
pub mod reasons;
pub mod register;
pub mod remarks;
pub mod saved_views;
pub mod sessions;
pub mod stuck;

mod case;
mod file_box;
mod limit;
pub(crate) mod own_form;
mod refused_message;

use crate::{
    context::{self, Retry, STAFF_DOOR},
    errors::{note_broken, sentence, set_status, status_of},
    island::{NEWS_LINE, News},
    words::{t, tf},
};
use domain::{
    dossier::ActKind,
    person::{CitizenId, Phone},
    time::Instant,
};
use leptos::prelude::*;
use leptos_meta::Title;
use office::{Error, Office, Uuid, Who, dossiers::DossierRow, queues::Queue, rights::Task};
use ui::{CitizenMain, Glyph, LinkButton, PageTitle};

/// Makes a page of staff from what is read for it. Whoever is not signed in is shown the door and comes back here.
pub(crate) fn page<T, V>(
    reading: impl Future<Output = office::Result<T>> + Send + 'static,
    show: impl FnOnce(T) -> V + Send + 'static,
) -> AnyView
where
    T: Send + 'static,
    V: IntoView + 'static,
{
    view! {
        <Suspense>
            {Suspend::new(async move {
                match reading.await {
                    Ok(value) => show(value).into_any(),
                    Err(error) => problem_page(&error),
                }
            })}
        </Suspense>
    }
    .into_any()
}

/// A page that could not be made. Inside the frame of staff there is a main part already; at the door there is none.
pub(crate) fn problem_page(error: &Error) -> AnyView {
    set_status(status_of(error));
    note_broken(error);
    let title = match error {
        Error::NotFound => t("Không tìm thấy trang này"),
        Error::Forbidden => t("Trang này dành cho người khác"),
        Error::SignInFirst => t("Cần đăng nhập"),
        _ => t("Chưa mở được trang này"),
    };
    let words = match error {
        Error::Forbidden => {
            t("Trang này không thuộc phần việc được giao. Cần xem, gửi yêu cầu tới người phụ trách.").into()
        }
        other => sentence(other),
    };
    let head = view! { <Title text=title/> };
    if context::staff().staff().is_some() {
        return view! {
            {head}
            <PageTitle title/>
            <p>{words}</p>
            <p><LinkButton href="/can-bo">{t("Về việc cần làm")}</LinkButton></p>
        }
        .into_any();
    }
    let door = format!("{STAFF_DOOR}?den={}", context::encode(&context::here()));
    // A form that was sent keeps its page, with what was typed; whoever only came to look goes straight to the door.
    let body = match use_context::<Retry>() {
        Some(retry) if retry.act.starts_with("/api/") => send_again(&retry),
        Some(_) => view! { <p>{words}</p> <p><LinkButton href=door>{t("Đăng nhập")}</LinkButton></p> }.into_any(),
        None => {
            leptos_axum::redirect(&door);
            view! { <p>{words}</p> <p><LinkButton href=door>{t("Đăng nhập")}</LinkButton></p> }.into_any()
        }
    };
    view! {
        {head}
        <CitizenMain>
            <PageTitle title/>
            {body}
        </CitizenMain>
    }
    .into_any()
}

/// The session ended while somebody typed: the form waits here, whole, until its writer has signed in beside it. It
/// carries the command and the version it was made with, so it does what it would have done, once.
fn send_again(retry: &Retry) -> AnyView {
    let fields = retry
        .typed_all()
        .iter()
        .map(|(name, value)| view! { <input type="hidden" name=name.clone() value=value.clone()/> })
        .collect_view();
    let act = retry.act.clone();
    view! {
        <p>{t("Phiên làm việc đã hết để giữ an toàn. Việc vừa bấm chưa được ghi; nội dung đã gõ còn giữ ở trang này.")}</p>
        <ol>
            <li>
                <a href=STAFF_DOOR target="_blank" rel="noopener">{t("Đăng nhập ở thẻ mới của trình duyệt")}</a>
            </li>
            <li>{t("Trở lại trang này, bấm nút dưới đây.")}</li>
        </ol>
        <form method="post" action=act>
            {fields}
            <button class="button" type="submit">{t("Gửi lại")}</button>
        </form>
    }
    .into_any()
}

/// The line that says when a list on the page has changed since it was read at `read_at`.
pub(crate) fn queue_news(read_at: Instant) -> AnyView {
    let moved = t("Có thay đổi trong danh sách");
    news((moved, moved), t("Xem"), format!("/su-kien?since={}", read_at.0), context::here())
}

/// The line that says when the dossier on the page has moved on from the version shown.
pub(crate) fn dossier_news(row: &DossierRow) -> AnyView {
    let words = (t("Hồ sơ vừa được cập nhật"), t("Hồ sơ vừa được {ai} cập nhật"));
    let stream = format!("/su-kien?dossier={}&seen={}", row.id, row.version);
    news(words, t("Xem bản mới"), stream, format!("/can-bo/ho-so/{}", row.id))
}

/// The line, hidden until the island that listens has something to say.
fn news((moved, moved_by): (&str, &str), look: &'static str, stream: String, page: String) -> AnyView {
    let (moved, moved_by) = (moved.to_string(), moved_by.to_string());
    view! {
        <div class="news" id=NEWS_LINE role="status" hidden=true><span></span> " – " <a href=page>{look}</a></div>
        <News stream moved moved_by/>
    }
    .into_any()
}

/// The place in a list as its address tells it: what the list is ordered by, and the id of the last line before.
pub(crate) fn place_in_list(text: &str) -> Option<(i64, Uuid)> {
    let (by, id) = text.split_once('.')?;
    Some((by.parse().ok()?, id.parse().ok()?))
}

/// A count as people read it; a hundred means a hundred or more.
pub(crate) fn capped(count: i64) -> String {
    if count > 99 { "99+".into() } else { count.to_string() }
}

/// Who applies, in a list: the organisation with the person who filed, or the person.
pub(crate) fn applicant_words(organisation: Option<&str>, person: &str) -> String {
    organisation.map_or_else(
        || person.to_owned(),
        |name| tf("{tổ chức} ({người} nộp)", &[("tổ chức", name), ("người", person)]),
    )
}

/// A personal number as lists show it; text that is no number is hidden whole.
pub(crate) fn masked_number(number: &str) -> String {
    match CitizenId::parse(number) {
        Ok(number) => number.masked(),
        Err(_) if number.is_empty() => String::new(),
        Err(_) => "••••••••••••".into(),
    }
}

/// A number of a paper or an account, of which the last three letters are left.
pub(crate) fn masked_text(text: &str) -> String {
    const LEFT: usize = 3;
    let letters = text.chars().count();
    let left: String = text.chars().skip(letters.saturating_sub(LEFT)).collect();
    if letters > 2 * LEFT { format!("{}{left}", "•".repeat(letters - LEFT)) } else { "•".repeat(letters) }
}

/// A telephone number, masked or as it is read aloud.
pub(crate) fn phone_words(number: &str, full: bool) -> String {
    match Phone::parse(number) {
        Ok(phone) if full => phone.display(),
        Ok(phone) => phone.masked(),
        Err(_) if full || number.is_empty() => number.into(),
        Err(_) => "•••".into(),
    }
}

/// The queues of the menu with their words and drawings.
pub fn menu() -> Vec<(Queue, &'static str, Glyph)> {
    Queue::MENU
        .into_iter()
        .map(|queue| {
            let (words, glyph) = words_of(queue);
            (queue, words, glyph)
        })
        .collect()
}

/// Words and drawing of a queue.
pub fn words_of(queue: Queue) -> (&'static str, Glyph) {
    match queue {
        Queue::AwaitingAcceptance => (t("Chờ tiếp nhận"), Glyph::Envelope),
        Queue::Mine => (t("Của tôi"), Glyph::User),
        Queue::AwaitingAssignment => (t("Chờ phân công"), Glyph::List),
        Queue::DueSoon => (t("Sắp đến hạn"), Glyph::Clock),
        Queue::Overdue => (t("Quá hạn"), Glyph::Warning),
        Queue::AwaitingSupplement => (t("Chờ bổ sung"), Glyph::PaperPlus),
        Queue::AwaitingDuty => (t("Chờ nghĩa vụ tài chính"), Glyph::Banknote),
        Queue::AwaitingApproval => (t("Chờ phê duyệt"), Glyph::Pen),
        Queue::AwaitingIssue => (t("Chờ phát hành"), Glyph::Paper),
        Queue::AwaitingCollection => (t("Chờ trả kết quả"), Glyph::Hand),
        Queue::AwaitingSettlement => (t("Chờ trả giấy tờ, tiền"), Glyph::ArrowBack),
        Queue::AwaitingFile => (t("Chờ gửi lại tệp"), Glyph::PaperPlus),
        Queue::All => (t("Tất cả hồ sơ"), Glyph::Search),
    }
}

/// The tools that a person may use, with their addresses.
pub fn tools_for(office: &Office, who: &Who) -> Vec<(&'static str, Glyph, &'static str)> {
    let tools = [
        (Task::Dossier(ActKind::ReceiveAtCounter), "/can-bo/quay", Glyph::Door, t("Tiếp nhận tại quầy")),
        (Task::ProveAccounts, "/can-bo/tai-khoan", Glyph::User, t("Tài khoản người dân")),
        (Task::ReadRegister, "/can-bo/so-theo-doi", Glyph::Building, t("Sổ theo dõi hồ sơ")),
        (Task::ReadQueues, mandates::PATH, Glyph::User, t("Ủy nhiệm và làm thay")),
        (Task::KeepOwnReasons, reasons::PATH, Glyph::Paper, t("Mẫu lý do")),
        (Task::ReadStuck, "/can-bo/khong-de-sot", Glyph::Flag, t("Không để sót")),
        (Task::SearchAudit, "/can-bo/quan-tri/nhat-ky", Glyph::Eye, t("Tra cứu nhật ký")),
        (Task::ReadAudit, "/can-bo/dau-niem", Glyph::Lock, t("Dấu niêm nhật ký")),
        (Task::ReadImportRemarks, "/can-bo/danh-muc", Glyph::List, t("Danh mục cần xem lại")),
        (Task::ManageStaff, "/can-bo/quan-tri", Glyph::Users, t("Quản trị")),
    ];
    tools
        .into_iter()
        .filter(|(task, ..)| !office.units_for(who, *task).is_empty())
        .map(|(_, href, glyph, words)| (href, glyph, words))
        .collect()
}
