//! How a dossier stands, by itself and against its limit: words and colour.

use crate::{context::office, format, status, words::t};
use domain::{
    dossier::Status,
    time::Instant,
    working_time::{OpenTerm, working_days_late},
};
use leptos::prelude::*;
use office::queues::{QueueRow, standing};
use ui::{Glyph, Tag, Tone};

/// The tag of a status code.
pub(crate) fn status_tag(code: i64) -> Option<AnyView> {
    let look = status::for_staff(Status::from_code(u8::try_from(code).ok()?)?);
    Some(view! { <Tag tone=look.tone glyph=look.glyph words=look.words/> }.into_any())
}

/// The limit that runs for a row: to accept it, to settle it, or none any more.
pub(crate) fn limit_of(row: &QueueRow) -> Option<Instant> {
    match Status::from_code(u8::try_from(row.status).ok()?)? {
        Status::Registered => row.accept_by.map(Instant),
        Status::Accepted | Status::Processing | Status::SupplementAsked | Status::DutyAsked => row.due_at.map(Instant),
        _ => None,
    }
}

/// The tag beside the limit: due soon, overdue by so many days, standing still; none while there is time.
pub(crate) fn limit_tag(row: &QueueRow) -> Option<AnyView> {
    let (office, limit) = (office(), limit_of(row)?);
    let (calendar, now) = (office.calendar_of(row.resolving_office), office.now());
    tag_of(standing(row, now)?, working_days_late(&calendar, limit, now))
}

/// The tag of a standing.
pub(crate) fn tag_of(standing: OpenTerm, days_late: u32) -> Option<AnyView> {
    let (tone, glyph, words) = match standing {
        OpenTerm::Comfortable => return None,
        OpenTerm::DueSoon => (Tone::Warn, Glyph::Clock, t("Sắp đến hạn").to_string()),
        OpenTerm::Overdue => (Tone::Error, Glyph::Warning, status::late_for_staff(days_late)),
        OpenTerm::Paused => (Tone::Paused, Glyph::Pause, t("Tạm dừng tính hạn").to_string()),
    };
    Some(view! { <Tag tone glyph words/> }.into_any())
}

/// A limit as a table shows it.
pub(crate) fn limit_words(at: Instant) -> String {
    format!("{} {}", format::time(at), format::day(at.day()))
}
