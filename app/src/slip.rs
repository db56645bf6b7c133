//! The control slip (form 06) in words: one reading of the record for the screen, the print and the sheet.

use crate::{
    format, status,
    words::{t, tf},
};
use domain::{
    dossier::{
        Recorded, Timeliness,
        control_slip::{self, Holder, Place, Remark, Row as Stretch},
    },
    time::Instant,
    working_time::{self, Calendar},
};
use office::{
    Office, Uuid,
    dossiers::{DossierView, EventRow},
};

/// The slip of one dossier.
pub struct Slip {
    pub code: String,
    pub applicant: String,
    pub matter: String,
    /// Who resolves it now.
    pub resolved_by: String,
    pub received: Option<Instant>,
    pub due: Option<Instant>,
    /// The dossier as a whole, once a result stands.
    pub outcome: Option<Timeliness>,
    pub steps: Vec<Step>,
}

/// One stretch in one pair of hands.
pub struct Step {
    /// Office or part of it that gave; at first the applicant.
    pub from: String,
    pub giver: String,
    /// Office or part of it that received.
    pub to: String,
    /// Empty while nobody was assigned.
    pub receiver: String,
    pub received: Instant,
    /// None while it lies here.
    pub handed_on: Option<Instant>,
    pub outcome: Option<Timeliness>,
    /// The limit of the step and what happened meanwhile, a line each.
    pub notes: Vec<String>,
}

/// Reads the slip of a dossier off its record.
pub fn slip(office: &Office, view: &DossierView) -> Slip {
    let row = &view.row;
    let calendar = &view.calendar;
    let recorded: Vec<Recorded> = view.events.iter().map(EventRow::recorded).collect();
    let steps = control_slip::rows(&recorded).iter().map(|stretch| step(office, view, calendar, stretch)).collect();
    let authority = office.books().places.by_id(row.resolving_office).map(|office| office.name.clone());
    Slip {
        code: row.code.clone().unwrap_or_default(),
        applicant: row.organisation_name.clone().unwrap_or_else(|| row.applicant_name.clone()),
        matter: row.procedure_name.clone(),
        resolved_by: authority.unwrap_or_default(),
        received: row.state.received,
        due: row.state.current_due(),
        outcome: control_slip::outcome(&row.state, is_early(calendar)),
        steps,
    }
}

/// How an end compares with its limit, in words.
pub const fn timeliness(timeliness: Timeliness) -> &'static str {
    match timeliness {
        Timeliness::Early => t("Trước hạn"),
        Timeliness::OnTime => t("Đúng hạn"),
        Timeliness::Late => t("Quá hạn"),
    }
}

fn step(office: &Office, view: &DossierView, calendar: &Calendar, stretch: &Stretch) -> Step {
    let actor = view.events.iter().find(|event| event.seq == stretch.seq as i64);
    let actor = actor.map(|event| actor_of(view, event)).unwrap_or_default();
    let assigned = stretch.to.staff.as_deref().map(|id| name_of(view, id)).unwrap_or_default();
    // At reception the applicant gives, and who received it is the one who acted.
    let (from, giver, receiver) = match &stretch.from {
        None => (t("Người nộp hồ sơ").to_string(), view.row.applicant_name.clone(), actor),
        Some(holder) => (place(office, view, holder, stretch.received), actor, assigned),
    };
    let moved = |due: Instant, pauses: &[(Instant, Instant)]| working_time::moved_by(calendar, due, pauses);
    let due = stretch.due.map(|due| tf("Hạn của bước: {lúc}.", &[("lúc", &format::until(due))]));
    let remarks =
        stretch.remarks.iter().map(|(at, remark)| format!("{}: {}", format::moment(*at), remark_words(remark)));
    Step {
        from,
        giver,
        to: place(office, view, &stretch.to, stretch.received),
        receiver,
        received: stretch.received,
        handed_on: stretch.handed_on,
        outcome: stretch.outcome(moved, is_early(calendar)),
        notes: due.into_iter().chain(remarks).collect(),
    }
}

/// Who handed it on, and in whose place.
fn actor_of(view: &DossierView, event: &EventRow) -> String {
    let mandate = event.mandate_id.and_then(|id| view.mandates.iter().find(|mandate| mandate.id == id));
    match mandate.and_then(status::in_place_of) {
        Some(place) => format!("{} ({place})", event.actor_name),
        None => event.actor_name.clone(),
    }
}

/// The name of a member of staff: of today's colleagues, else as the record has it.
fn name_of(view: &DossierView, id: &str) -> String {
    let Ok(id) = id.parse::<Uuid>() else { return String::new() };
    let colleague = view.colleagues.iter().find(|one| one.staff_id == id).map(|one| &one.name);
    let recorded = || view.events.iter().find(|event| event.actor_id == Some(id)).map(|event| &event.actor_name);
    colleague.or_else(recorded).cloned().unwrap_or_default()
}

/// Where it lay, by the name that the office had then.
fn place(office: &Office, view: &DossierView, holder: &Holder, at: Instant) -> String {
    let books = office.books();
    let unit = holder.office.as_deref().and_then(|key| books.places.by_key(key)).map_or(view.row.office_id, |o| o.id);
    let authority = books.places.by_id(unit).map(|office| office.name.clone()).unwrap_or_default();
    match holder.place {
        Place::Counter => books.places.one_stop_of(unit, at.day()).map_or(authority, |desk| desk.name.clone()),
        Place::Step { kind, role, .. } => {
            format!("{}, {} – {authority}", status::role(role), status::step(kind).to_lowercase())
        }
    }
}

/// Early means that a working day or more was left.
fn is_early(calendar: &Calendar) -> impl Fn(Instant, Instant) -> bool + '_ {
    |ended, due| working_time::finished(calendar, due, ended, 1) == working_time::OnTime::Early
}

fn remark_words(remark: &Remark) -> String {
    match remark {
        Remark::SupplementAsked { round, respond_by } => tf(
            "yêu cầu bổ sung lần {n}, chờ đến {lúc}",
            &[("n", &round.to_string()), ("lúc", &format::until(*respond_by))],
        ),
        Remark::SupplementAnswered => t("đã bổ sung").into(),
        Remark::DutyAsked => t("yêu cầu nghĩa vụ tài chính").into(),
        Remark::DutyMet => t("đã thực hiện nghĩa vụ tài chính").into(),
        Remark::ClockSuspended(why) => tf("tạm dừng tính hạn, chờ {việc}", &[("việc", status::exclusion(*why))]),
        Remark::ClockResumed => t("tính hạn tiếp").into(),
        Remark::ReturnedForRework { reason } => tf("trả lại: {lý do}", &[("lý do", reason)]),
        Remark::ResultCorrected { version, reason } => {
            tf("thu hồi kết quả lần {n}: {lý do}", &[("n", &version.to_string()), ("lý do", reason)])
        }
        Remark::Redated { old_due, new_due, reason } => tf(
            "hẹn lại từ {cũ} sang {mới}: {lý do}",
            &[("cũ", &format::day(old_due.day())), ("mới", &format::day(new_due.day())), ("lý do", reason)],
        ),
        Remark::WithdrawalAsked => t("người nộp xin rút").into(),
        Remark::WithdrawalDeclined => t("không đồng ý cho rút").into(),
        Remark::PassedOn { basis } => tf("chuyển cơ quan kế thừa: {căn cứ}", &[("căn cứ", basis)]),
    }
}
