//! The register (form 07) and the control slip (form 06), as PDF and as spreadsheets; and the list that both sides of a
//! reorganisation sign, as PDF.

use super::{State, files::send, print};
use app::{
    context::{Retry, Visitor},
    errors,
    slip::{self, Step},
    staff::{
        admin::handover::list_line,
        register::{self, BookLine},
    },
};
use axum::{
    Extension,
    body::{Body, Bytes},
    extract::{Path, Query, State as FromState},
    http::HeaderMap,
    response::{IntoResponse, Response},
};
use domain::{
    dossier::{Circular, Timeliness},
    time::{Day, Instant},
};
use office::{
    Error, Who,
    dossiers::DossierView,
    registers::{Reading, RegisterPage},
    reorganisations::HandoverSheet,
    reveal::Reveal,
};
use paper::{
    ControlSlip, ControlStep, HandoverLine, HandoverList, Head, Outcome, Paper, PaperDate, PaperNumber, Register,
    RegisterRow, StepResult, sheet,
};
use serde::Deserialize;
use uuid::Uuid;

/// Days of a register, both counted, and the unit.
#[derive(Deserialize)]
pub struct Days {
    tu: Day,
    den: Day,
    don_vi: Option<i64>,
}

const XLSX: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
const PDF: &str = "application/pdf";

/// `/so-theo-doi/{so.pdf | so.xlsx}`, telephone numbers masked.
pub async fn register(
    FromState(state): FromState<State>,
    Extension(visitor): Extension<Visitor>,
    Path(name): Path<String>,
    Query(days): Query<Days>,
) -> Response {
    let made = register_file(&state, &visitor.staff, &name, &days, Reading::Export(kind_of(&name))).await;
    made.unwrap_or_else(|error| refused(&error))
}

/// The same by a form that says why telephone numbers are needed in full. Without a reason the page comes again.
pub async fn register_in_full(
    FromState(state): FromState<State>,
    Extension(visitor): Extension<Visitor>,
    Path(name): Path<String>,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    let made = async {
        let sent = Retry::new(register::EXPORT_IN_FULL, &body, Error::NotFound);
        let typed = |field: &str| sent.typed(field).unwrap_or_default();
        let day = |field: &str| typed(field).parse::<Day>().map_err(|_| Error::NotFound);
        let days = Days { tu: day("tu")?, den: day("den")?, don_vi: typed("don_vi").parse().ok() };
        let reveal = Reveal::read(&typed("hien"), &typed("hien_ro"))?;
        let reading = Reading::ExportInFull(kind_of(&name), &reveal);
        register_file(&state, &visitor.staff, &name, &days, reading).await
    };
    match made.await {
        Ok(file) => file,
        Err(error @ Error::Invalid(_)) => {
            let status = errors::status_of(&error);
            let retry = Retry::new(register::EXPORT_IN_FULL, &body, error);
            let mut page = super::pages::render_again(&state, &headers, &visitor, retry).await;
            *page.status_mut() = status;
            page
        }
        Err(error) => refused(&error),
    }
}

fn kind_of(name: &str) -> &'static str {
    if name.ends_with(".xlsx") { "xlsx" } else { "pdf" }
}

async fn register_file(
    state: &State,
    who: &Who,
    name: &str,
    days: &Days,
    reading: Reading<'_>,
) -> Result<Response, Error> {
    let unit = match days.don_vi {
        Some(unit) => unit,
        None => state.office.books_of(who).first().ok_or(Error::Forbidden)?.unit,
    };
    let page = state.office.register(who, unit, days.tu, days.den, reading).await?;
    let register = register_of(state, who, &page);
    let stem = format!("so-theo-doi-{}-{}", days.tu, days.den);
    make(state, name, stem, days.den, Paper::Register(register.clone()), || sheet::register_xlsx(&register)).await
}

/// `/phieu-kiem-soat/{id}.{pdf|xlsx}`.
pub async fn control_slip(
    FromState(state): FromState<State>,
    Extension(visitor): Extension<Visitor>,
    Path(name): Path<String>,
) -> Response {
    let made = async {
        let id: Uuid = name.split('.').next().unwrap_or_default().parse().map_err(|_| Error::NotFound)?;
        let view = state.office.export_control_slip(&visitor.staff, id).await?;
        let slip = slip_of(&state, &view);
        let received = view.row.state.received.unwrap_or_else(|| state.office.now()).day();
        let stem = format!("phieu-kiem-soat-{}", slip.code);
        make(&state, &name, stem, received, Paper::ControlSlip(slip.clone()), || sheet::control_slip_xlsx(&slip)).await
    };
    made.await.unwrap_or_else(|error| refused(&error))
}

/// Which part of a list too long for one print, from 1.
#[derive(Deserialize)]
pub struct Part {
    phan: Option<u16>,
}

/// `/ban-giao/{plan}/{heir}.pdf`, the list of what passes to a unit that continues.
pub async fn handover(
    FromState(state): FromState<State>,
    Extension(visitor): Extension<Visitor>,
    Path((plan, name)): Path<(String, String)>,
    Query(asked): Query<Part>,
) -> Response {
    let made = async {
        let plan: Uuid = plan.parse().map_err(|_| Error::NotFound)?;
        let heir: i64 = name.strip_suffix(".pdf").and_then(|id| id.parse().ok()).ok_or(Error::NotFound)?;
        let part = asked.phan.unwrap_or(1);
        let found = state.office.print_handover_list(&visitor.staff, plan, heir, part).await?;
        let mut stem = format!("ban-giao-{}-{}", found.row.plan.day, found.heir.key);
        if found.parts > 1 {
            stem.push_str(&format!("-{part}"));
        }
        let today = state.office.now().day();
        let paper = Paper::HandoverList(handover_of(&state, &found));
        let bytes = print::render(paper, state.office.config().demo, Circular::on(today)).await?;
        Ok::<_, Error>(send(Body::from(bytes), PDF, &format!("{stem}.pdf"), false))
    };
    made.await.unwrap_or_else(|error| refused(&error))
}

async fn make(
    state: &State,
    asked: &str,
    stem: String,
    day: Day,
    paper: Paper,
    xlsx: impl FnOnce() -> Result<Vec<u8>, paper::PaperError>,
) -> Result<Response, Error> {
    if asked.ends_with(".xlsx") {
        let bytes = xlsx().map_err(|e| Error::Broken(e.to_string()))?;
        return Ok(send(Body::from(bytes), XLSX, &format!("{stem}.xlsx"), true));
    }
    let bytes = print::render(paper, state.office.config().demo, Circular::on(day)).await?;
    Ok(send(Body::from(bytes), PDF, &format!("{stem}.pdf"), false))
}

/// No page stands behind a file: the status alone, and what broke in the log.
fn refused(error: &Error) -> Response {
    if let Error::Broken(why) = error {
        tracing::error!(why, "a sheet failed");
    }
    errors::status_of(error).into_response()
}

/// The head of a paper of that unit, by the names of that day; of its last day once it has ended.
fn head_of(state: &State, unit: i64, day: Day) -> Head {
    let (books, now) = (state.office.books(), state.office.now());
    let office = books.places.by_id(unit);
    let authority = office.map_or(String::new(), |office| office.name.clone());
    let last = office.and_then(|office| office.valid_to).map_or(day, |last| day.min(Day(last as i32)));
    let desk = books.places.one_stop_of(unit, last).map_or(authority.clone(), |desk| desk.name.clone());
    Head {
        parent_organ: Some(authority.clone()).filter(|organ| *organ != desk),
        organ: desk,
        place: office::papers::place_of(&authority),
        date: print::date(now),
        number: None,
    }
}

fn plain_day(day: Day) -> PaperDate {
    let (year, month, day) = day.ymd();
    PaperDate::day(year.unsigned_abs() as u16, month, day)
}

fn register_of(state: &State, who: &Who, page: &RegisterPage) -> Register {
    let head = head_of(state, page.unit, page.to);
    let lines = register::lines(&state.office, who, page, true);
    let rows = lines.into_iter().zip(1..).map(|(line, ordinal)| register_row(ordinal, line)).collect();
    Register { head, book: None, from: plain_day(page.from), to: plain_day(page.to), rows }
}

fn register_row(ordinal: u32, line: BookLine) -> RegisterRow {
    RegisterRow {
        ordinal,
        code: line.code,
        procedure: line.procedure,
        sets: 1,
        name: line.name,
        address: some(line.address),
        phone: some(line.phone),
        resolved_by: line.resolved_by,
        received_at: print::date(line.received.unwrap_or(Instant(0))),
        due_at: line.due.map(print::date),
        forwarded_at: line.forwarded.map(print::date),
        result_at: line.finished.map(print::date),
        returned_at: line.delivered.map(print::date),
        collected_by: some(line.collector),
        method: line.method.into(),
        note: some(line.note),
    }
}

fn slip_of(state: &State, view: &DossierView) -> ControlSlip {
    let (slip, now) = (slip::slip(&state.office, view), state.office.now());
    ControlSlip {
        head: head_of(state, view.row.resolving_office, now.day()),
        code: slip.code,
        applicant_name: slip.applicant,
        matter: slip.matter,
        resolved_by: slip.resolved_by,
        with: Vec::new(),
        received_at: print::date(slip.received.unwrap_or(now)),
        due_at: print::date(slip.due.unwrap_or(now)),
        outcome: slip.outcome.map(outcome),
        steps: slip.steps.into_iter().map(step_of).collect(),
    }
}

/// The list as a record that the two sides make where the unit that continues is: its number is written in by hand.
fn handover_of(state: &State, found: &HandoverSheet) -> HandoverList {
    let number = |_| PaperNumber { ordinal: None, suffix: None, symbol: "BB-UBND".into() };
    let rows = found.lines.iter().zip(found.first..).map(|(line, ordinal)| {
        let line = list_line(line);
        HandoverLine {
            ordinal: u32::try_from(ordinal).unwrap_or(u32::MAX),
            code: line.code,
            matter: line.matter,
            received_at: line.received.map(print::date),
            due_at: line.due.map(print::date),
            state: line.state.into(),
        }
    });
    HandoverList {
        head: Head {
            parent_organ: None,
            organ: found.heir.name.clone(),
            place: office::papers::place_of(&found.heir.name),
            date: print::date(state.office.now()),
            number: found.row.begun_at.map(number),
        },
        planned: found.row.begun_at.is_none(),
        basis: found.row.plan.basis.clone(),
        effective: plain_day(found.row.plan.day),
        givers: found.closes.iter().map(|unit| unit.name.clone()).collect(),
        taker: found.heir.name.clone(),
        rows: rows.collect(),
        total: u32::try_from(found.total).unwrap_or(u32::MAX),
        part: u32::from(found.part),
        parts: u32::try_from(found.parts).unwrap_or(u32::MAX),
    }
}

fn step_of(step: Step) -> ControlStep {
    ControlStep {
        from: step.from,
        to: step.to,
        at: print::date(step.received),
        giver: step.giver,
        receiver: some(step.receiver),
        result: step.outcome.map(|timeliness| StepResult { outcome: outcome(timeliness), text: None }),
        note: some(step.notes.join("\n")),
    }
}

const fn outcome(timeliness: Timeliness) -> Outcome {
    match timeliness {
        Timeliness::Early => Outcome::Early,
        Timeliness::OnTime => Outcome::OnTime,
        Timeliness::Late => Outcome::Late,
    }
}

fn some(text: String) -> Option<String> {
    Some(text).filter(|text| !text.is_empty())
}
