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

use crate::words::t;
use domain::dossier::ActKind;
use office::{Office, Who, queues::Queue, rights::Task};
use ui::Glyph;

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
