//! The rules and places that every installation begins with: offices, calendar, forms, procedures. No people.

use anyhow::{Context, Result};
use domain::{
    procedure::ProcedureFile,
    question::Form,
    time::{Day, Instant},
    unit::Offices,
    working_time::Calendar,
};
use office::{
    Office, Who, calendars::Laid, import::read_procedure_file, new_offices::office_row, places::PROVINCE,
    reasons::ShippedReason,
};
use store::{
    StoreError, calendars, forms,
    offices::{self, SuccessionRow},
    procedures::{self, ProcedureRow},
};

/// What the reorganisation of 2025 rests on.
pub const REORGANISATION: &str = "Nghị quyết 202/2025/QH15; Nghị quyết 1660/NQ-UBTVQH15";
/// The first day of the communes of today.
pub const FIRST_DAY_OF_TODAYS_COMMUNES: &str = "2025-07-01";

macro_rules! files {
    ($folder:literal: $($name:literal)+) => {
        &[$(include_str!(concat!("../../seed/", $folder, "/", $name, ".json"))),+]
    };
}

const FORMS: &[&str] = files!("forms":
    "chung" "ho_kinh_doanh" "huu_tri_xa_hoi" "ket_hon" "khai_sinh" "khai_tu" "khuyet_tat" "nha_o_rieng_le" "nhan_cha_me_con"
    "tinh_trang_hon_nhan" "trich_luc" "tro_cap_xa_hoi");

const PROCEDURES: &[&str] = files!("procedures":
    "1.000288" "1.000656" "1.000689" "1.000894" "1.001022" "1.001193" "1.001612" "1.001699" "1.001731" "1.001776"
    "1.004222" "1.004772" "1.004837" "1.004859" "1.004873" "1.004884" "1.010824" "1.010833" "1.011607" "1.012753"
    "1.012812" "1.013225" "1.013855" "1.014027" "2.000286" "2.000635" "2.000815" "2.000884" "2.000908" "2.001263"
    "3.000722");

/// Procedures of the demonstration that people filed before the reorganisation: the code, the level that resolved
/// it, and its term in working days where that was another.
const EARLIER: &[(&str, &str, Option<u32>)] = &[
    ("1.000656", COMMUNE, None),
    ("1.000894", COMMUNE, None),
    ("1.001193", COMMUNE, None),
    ("1.001612", DISTRICT, None),
    ("1.001731", COMMUNE, None),
    ("1.001776", COMMUNE, Some(22)),
    ("1.004859", COMMUNE, None),
    ("1.004873", COMMUNE, None),
    ("1.004884", COMMUNE, None),
    ("1.012753", DISTRICT, None),
    ("1.013225", DISTRICT, Some(15)),
    ("1.013855", DISTRICT, None),
    ("2.000635", COMMUNE, None),
    ("2.000815", COMMUNE, None),
    ("2.000884", COMMUNE, None),
];
const COMMUNE: &str = "Cấp xã";
const DISTRICT: &str = "Cấp huyện";

/// Lays the rules down in a database that has none. In one that has offices it changes nothing.
pub async fn lay_down(office: &Office) -> Result<()> {
    lay_down_with(office, Offices::shipped()).await
}

/// The same with the offices of an installation of its own in the place of the shipped ones.
pub async fn lay_down_with(office: &Office, places: &Offices) -> Result<()> {
    let mut tx = office.db().write().await?;
    if !offices::list_offices(&mut tx).await?.is_empty() {
        return Ok(());
    }
    let imported = procedures::list_procedure_versions(&mut tx).await?;
    let now = office.now();
    for (place, id) in places.all().iter().zip(1..) {
        offices::insert_office(&mut tx, &office_row(place, id)).await?;
    }
    for succession in places.successions() {
        let row = SuccessionRow {
            from_key: succession.from.clone(),
            to_key: succession.to.clone(),
            on_day: i64::from(succession.day.0),
            basis: REORGANISATION.into(),
        };
        offices::insert_succession(&mut tx, &row).await?;
    }
    calendars::insert_calendar(&mut tx, PROVINCE, Calendar::official(), now).await?;
    for text in FORMS {
        let form = Form::from_json(text).map_err(|error| anyhow::anyhow!("a shipped form: {error:?}"))?;
        forms::insert_form(&mut tx, &form, now).await?;
    }
    office.commit_books(tx).await?;
    let mut files = Vec::with_capacity(PROCEDURES.len());
    for text in PROCEDURES {
        files.extend(read_procedure_file(text).context("a shipped procedure")?);
    }
    // Records that an operator imported before there were offices stay as they are.
    files.retain(|(record, _)| imported.iter().all(|known| known.code != record.code()));
    office.import_procedures(&Who::system(), files).await?;
    Ok(())
}

/// Where the demonstration's centres are found and called. An installation enters its own: `motcua set-contact`.
pub async fn lay_down_contacts(office: &Office) -> Result<()> {
    let contacts: Vec<Contact> = serde_json::from_str(include_str!("../../seed/contacts.json"))?;
    for contact in contacts {
        let entered =
            office.set_contact(&Who::system(), &contact.office, Some(&contact.address), Some(&contact.phone)).await;
        entered.with_context(|| format!("the contact of {}", contact.office))?;
    }
    Ok(())
}

/// A line of `contacts.json`.
#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct Contact {
    office: String,
    address: String,
    phone: String,
}

/// Lays down what came with a newer program in a database that has rules: the calendar of a new version, newer versions
/// of forms, procedures whose code is not known there. What is known is never replaced, and nothing under way moves.
/// Answers a line for each thing an operator should hear of.
pub async fn lay_down_newer(office: &Office) -> Result<Vec<String>> {
    let mut tx = office.db().read().await?;
    if offices::list_offices(&mut tx).await?.is_empty() {
        return Ok(Vec::new());
    }
    let known_forms = forms::list_forms(&mut tx).await?;
    let known_procedures = procedures::list_procedure_versions(&mut tx).await?;
    drop(tx);
    let mut lines = Vec::new();
    let reasons: Vec<ShippedReason> = serde_json::from_str(include_str!("../../seed/reasons.json"))?;
    office.lay_down_reasons(&Who::system(), &reasons).await?;
    let calendar = Calendar::official();
    match office.lay_down_calendar(calendar).await? {
        Laid::New => lines.push(format!("calendar {} holds from now on", calendar.version())),
        Laid::GaveWay { to } => lines.push(format!("calendar {} gives way to {to}", calendar.version())),
        Laid::Same => {}
    }
    let mut newer = Vec::new();
    for text in FORMS {
        let form = Form::from_json(text).map_err(|error| anyhow::anyhow!("a shipped form: {error:?}"))?;
        if known_forms.iter().filter(|known| known.key == form.key).all(|known| known.version < form.version) {
            newer.push(form);
        }
    }
    if !newer.is_empty() {
        let mut tx = office.db().write().await?;
        for form in newer {
            match forms::insert_form(&mut tx, &form, office.now()).await {
                // Another process of the same release was first.
                Err(StoreError::Duplicate(_)) => return Ok(lines),
                done => done?,
            }
            lines.push(format!("form {}, version {}, holds from now on", form.key, form.version));
        }
        office.commit_books(tx).await?;
    }
    let mut files = Vec::new();
    for text in PROCEDURES {
        files.extend(read_procedure_file(text).context("a shipped procedure")?);
    }
    files.retain(|(record, _)| known_procedures.iter().all(|known| known.code != record.code()));
    if !files.is_empty() {
        lines.extend(files.iter().map(|(record, _)| format!("procedure {} is new", record.code())));
        office.import_procedures(&Who::system(), files).await?;
    }
    Ok(lines)
}

/// The procedures as they stood before the reorganisation, for the demonstration's older dossiers.
pub async fn lay_down_earlier_rules(office: &Office) -> Result<()> {
    let last: Day = FIRST_DAY_OF_TODAYS_COMMUNES.parse::<Day>()?.prev();
    let first: Day = "2024-01-01".parse()?;
    let mut tx = office.db().write().await?;
    for (code, level, term) in EARLIER {
        let text = PROCEDURES.iter().find(|text| text.contains(&format!("\"ma_tthc\": \"{code}\"")));
        let file: ProcedureFile = serde_json::from_str(text.with_context(|| format!("no procedure {code}"))?)?;
        let row = earlier(office, file, level, *term, (first, last))?;
        procedures::insert_procedure_version(&mut tx, &row, first.start()).await?;
    }
    Ok(office.commit_books(tx).await?)
}

fn earlier(
    office: &Office,
    file: ProcedureFile,
    level: &str,
    term: Option<u32>,
    (first, last): (Day, Day),
) -> Result<ProcedureRow> {
    let ProcedureFile { record, mut local } = file;
    let mut record = serde_json::to_value(record)?;
    record["cap_thuc_hien"] = level.into();
    record["dia_chi_tiep_nhan"] = format!("Bộ phận Tiếp nhận và Trả kết quả {}", level.to_lowercase()).into();
    record["co_quan_thuc_hien"] = format!("Ủy ban nhân dân {}", level.to_lowercase()).into();
    if let Some(laws) = record["ccpl"].as_array_mut() {
        // Nobody applied a law that was not yet in force.
        laws.retain(|law| {
            law["ngay_hieu_luc"].as_str().and_then(vietnamese_day).is_none_or(|in_force| in_force <= first)
        });
    }
    local.valid_from = first;
    local.valid_to = Some(last);
    for filed in &mut local.filed {
        filed.from = first;
        filed.to = Some(last);
    }
    if term.is_some() {
        local.term.amount = term;
        local.term.source = "Quy định của thủ tục trước ngày 01/07/2025".into();
        local.other_terms.clear();
    }
    Ok(ProcedureRow {
        id: office.new_id(),
        code: local.code.clone(),
        valid_from: i64::from(first.0),
        valid_to: Some(i64::from(last.0)),
        name: record["ten_tthc"].as_str().unwrap_or_default().into(),
        record,
        local: Some(serde_json::to_value(local)?),
    })
}

/// `01/07/2025`, as the national export writes days.
fn vietnamese_day(text: &str) -> Option<Day> {
    let mut parts = text.split('/');
    let (day, month, year) = (parts.next()?, parts.next()?, parts.next()?);
    Day::from_ymd(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?)
}

/// The moment that rules of the demonstration were laid down.
pub fn before_everything() -> Result<Instant> {
    Ok(Instant::parse_local("2024-01-01T00:00")?)
}
