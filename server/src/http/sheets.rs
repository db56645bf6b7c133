//! The register (form 07) and the control slip (form 06), as PDF and as spreadsheets.

use super::{State, files::send, print};
use app::{
    context::Visitor,
    errors, format,
    words::{t, tf},
};
use axum::{
    Extension,
    body::Body,
    extract::{Path, Query, State as FromState},
    response::{IntoResponse, Response},
};
use domain::{
    dossier::control_slip::{self, Place},
    time::Day,
};
use office::{Error, dossiers::DossierView, papers::FORMS_OF_2025, registers::RegisterPage};
use paper::{ControlSlip, ControlStep, Head, Paper, PaperDate, Register, RegisterRow, Rules, sheet};
use serde::Deserialize;
use store::dossiers::DossierRow;
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

/// `/so-theo-doi/{so.pdf | so.xlsx}`.
pub async fn register(
    FromState(state): FromState<State>,
    Extension(visitor): Extension<Visitor>,
    Path(name): Path<String>,
    Query(days): Query<Days>,
) -> Response {
    let made = async {
        let unit = match days.don_vi {
            Some(unit) => unit,
            None => *state
                .office
                .units_for(&visitor.staff, office::rights::Task::ReadRegister)
                .first()
                .ok_or(Error::Forbidden)?,
        };
        let page = state.office.export_register(&visitor.staff, unit, days.tu, days.den).await?;
        let register = register_of(&state, &page);
        let stem = format!("so-theo-doi-{}-{}", days.tu, days.den);
        make(&state, &name, stem, days.den, Paper::Register(register.clone()), || sheet::register_xlsx(&register)).await
    };
    made.await.unwrap_or_else(|error| errors::status_of(&error).into_response())
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
        let received = view.row.state.received.map_or(FORMS_OF_2025, |at| at.day());
        let stem = format!("phieu-kiem-soat-{}", slip.code);
        make(&state, &name, stem, received, Paper::ControlSlip(slip.clone()), || sheet::control_slip_xlsx(&slip)).await
    };
    made.await.unwrap_or_else(|error| errors::status_of(&error).into_response())
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
    let rules = if day < FORMS_OF_2025 { Rules::Tt01_2018 } else { Rules::Tt03_2025 };
    let bytes = print::render(paper, state.office.config().demo, rules).await?;
    Ok(send(Body::from(bytes), PDF, &format!("{stem}.pdf"), false))
}

fn head_of(state: &State, unit: i64) -> Head {
    let (books, now) = (state.office.books(), state.office.now());
    let authority = books.places.by_id(unit).map_or(String::new(), |office| office.name.clone());
    let desk = books.places.one_stop_of(unit, now.day()).map_or(authority.clone(), |desk| desk.name.clone());
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

fn register_of(state: &State, page: &RegisterPage) -> Register {
    let head = head_of(state, page.unit);
    let authority = head.parent_organ.clone().unwrap_or_else(|| head.organ.clone());
    let rows = page.rows.iter().enumerate().map(|(index, row)| register_row(index, row, &authority)).collect();
    Register { head, book: None, from: plain_day(page.from), to: plain_day(page.to), rows }
}

fn register_row(index: usize, row: &DossierRow, authority: &str) -> RegisterRow {
    let some = |text: &str| Some(text.to_string()).filter(|text| !text.is_empty());
    let received = row.state.received.unwrap_or(domain::time::Instant(row.queue_at));
    RegisterRow {
        ordinal: index as u32 + 1,
        code: row.code.clone().unwrap_or_default(),
        procedure: row.procedure_name.clone(),
        sets: 1,
        name: row.applicant_name.clone(),
        address: some(&row.applicant_address),
        phone: some(&row.applicant_phone.replacen("+84", "0", 1)),
        resolved_by: authority.to_string(),
        received_at: print::date(received),
        due_at: row.state.original_due.map(print::date),
        forwarded_at: None,
        result_at: row.state.finished.map(print::date),
        returned_at: row.state.delivered.map(print::date),
        collected_by: None,
        method: t("Nhận tại quầy").into(),
        note: row.state.redated_due.map(|due| tf("Hẹn lại {ngày}", &[("ngày", &format::day(due.day()))])),
    }
}

fn slip_of(state: &State, view: &DossierView) -> ControlSlip {
    let row = &view.row;
    let head = head_of(state, row.resolving_office);
    let authority = head.parent_organ.clone().unwrap_or_else(|| head.organ.clone());
    let recorded: Vec<_> = view.events.iter().map(store::events::EventRow::recorded).collect();
    let place = |at: &Place| match at {
        Place::Counter => head.organ.clone(),
        _ => authority.clone(),
    };
    let name_of = |id: Option<&String>| {
        let id = id.and_then(|id| id.parse::<Uuid>().ok());
        id.and_then(|id| view.colleagues.iter().find(|c| c.staff_id == id)).map(|c| c.name.clone())
    };
    let steps = control_slip::rows(&recorded)
        .into_iter()
        .map(|step| {
            let giver = view.events.iter().find(|event| event.seq == step.seq as i64);
            ControlStep {
                from: step.from.as_ref().map_or_else(|| row.applicant_name.clone(), |from| place(&from.place)),
                to: place(&step.to.place),
                at: print::date(step.received),
                giver: giver.map_or(String::new(), |event| event.actor_name.clone()),
                receiver: name_of(step.to.staff.as_ref()),
                result: None,
                note: None,
            }
        })
        .collect();
    ControlSlip {
        code: row.code.clone().unwrap_or_default(),
        applicant_name: row.applicant_name.clone(),
        matter: row.procedure_name.clone(),
        resolved_by: authority.clone(),
        with: Vec::new(),
        received_at: print::date(row.state.received.unwrap_or(state.office.now())),
        due_at: print::date(row.state.current_due().unwrap_or(state.office.now())),
        steps,
        head,
    }
}
