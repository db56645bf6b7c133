//! Pages of staff.

pub mod control_slip;
pub mod counter;
pub mod door;
pub mod dossier;
pub mod home;
pub mod queue;
pub mod register;
pub mod remarks;
pub mod stuck;

mod counter_papers;
mod limit;

use crate::{
    context::{self, STAFF_DOOR},
    errors::{sentence, set_status, status_of},
    words::t,
};
use domain::{dossier::ActKind, person::CitizenId, person::Phone};
use leptos::prelude::*;
use leptos_meta::Title;
use office::{Error, Office, Who, queues::Queue, rights::Task};
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
    if let Error::Broken(why) = error {
        tracing::error!(why, "a page could not be made");
    }
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
    // A form that was sent keeps its page, with the sentence; whoever only came to look goes straight to the door.
    if use_context::<context::Retry>().is_none() {
        leptos_axum::redirect(&door);
    }
    view! {
        {head}
        <CitizenMain>
            <PageTitle title/>
            <p>{words}</p>
            <p><LinkButton href=door>{t("Đăng nhập")}</LinkButton></p>
        </CitizenMain>
    }
    .into_any()
}

/// A personal number as lists show it; text that is no number is hidden whole.
pub(crate) fn masked_number(number: &str) -> String {
    match CitizenId::parse(number) {
        Ok(number) => number.masked(),
        Err(_) if number.is_empty() => String::new(),
        Err(_) => "••••••••••••".into(),
    }
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
        Queue::All => (t("Tất cả hồ sơ"), Glyph::Search),
    }
}

/// The tools that a person may use, with their addresses.
pub fn tools_for(office: &Office, who: &Who) -> Vec<(&'static str, Glyph, &'static str)> {
    let tools = [
        (Task::Dossier(ActKind::ReceiveAtCounter), "/can-bo/quay", Glyph::Door, t("Tiếp nhận tại quầy")),
        (Task::ReadRegister, "/can-bo/so-theo-doi", Glyph::Building, t("Sổ theo dõi hồ sơ")),
        (Task::ReadStuck, "/can-bo/khong-de-sot", Glyph::Flag, t("Không để sót")),
        (Task::ReadImportRemarks, "/can-bo/danh-muc", Glyph::List, t("Danh mục cần xem lại")),
    ];
    tools
        .into_iter()
        .filter(|(task, ..)| !office.units_for(who, *task).is_empty())
        .map(|(_, href, glyph, words)| (href, glyph, words))
        .collect()
}
