//! Rows for tests.

use super::engine::Home;
use domain::{
    dossier::{self, Act, Channel, Source},
    question::Typed,
    time::{Day, Instant},
    working_time::Calendar,
};
use store::{
    Tx, accounts, accounts::AccountRow, calendars, dossiers::DossierRow, drafts::DraftRow, offices, offices::OfficeRow,
    procedures, procedures::ProcedureRow, staff, staff::StaffRow,
};
use uuid::Uuid;

/// The office and the moment of most rows.
pub const OFFICE: i64 = 1;
pub const NOW: Instant = Instant(1_791_770_400_000);

/// An id that tests can tell apart and sort.
pub const fn id(number: u128) -> Uuid {
    Uuid::from_u128(0x0192_0000_0000_7000_8000_0000_0000_0000 + number)
}

const PROCEDURE: Uuid = id(0xF00D);

pub fn office_row(number: i64) -> OfficeRow {
    OfficeRow {
        id: number,
        key: format!("office-{number}"),
        name: "Ủy ban nhân dân xã Đồng Xuân".into(),
        kind: "peoples_committee".into(),
        unit_code: "22081".into(),
        organ_id: "H15.50.05".into(),
        parent_key: None,
        valid_from: 0,
        valid_to: None,
    }
}

pub fn procedure_row(version: Uuid, code: &str, from: Day) -> ProcedureRow {
    ProcedureRow {
        id: version,
        code: code.into(),
        valid_from: i64::from(from.0),
        valid_to: None,
        name: "Hỗ trợ chi phí mai táng".into(),
        record: serde_json::json!({ "ma_tthc": code, "tphs": [1.5, null, "ệ"] }),
        local: None,
    }
}

pub fn account_row(number: u128, citizen_id: &str) -> AccountRow {
    AccountRow {
        id: id(number),
        citizen_id: citizen_id.into(),
        name: "Ksor H'Nay".into(),
        phone: None,
        password_hash: "-".into(),
        level: 0,
        created_at: NOW.0,
    }
}

pub fn staff_row(number: u128, login: &str) -> StaffRow {
    StaffRow {
        id: id(number),
        login: login.into(),
        name: "Mang Thị Hoa".into(),
        sort_key: "hoa mang thi".into(),
        phone: None,
        password_hash: "-".into(),
        totp_secret: "-".into(),
        totp_last_step: 0,
        created_at: NOW.0,
        disabled_at: None,
    }
}

/// A draft just begun, by the first account.
pub fn drafted(number: u128, office: i64) -> DraftRow {
    DraftRow {
        organisation_id: None,
        id: id(number),
        account_id: id(1),
        office_id: office,
        procedure_version: PROCEDURE,
        procedure_code: "1.001731".into(),
        form_key: "chung".into(),
        form_version: 1,
        typed: Typed::new(),
        seen_topics: vec!["nguoi_nop".into()],
        prefilled: Vec::new(),
        version: 1,
        created_at: NOW.0,
        updated_at: NOW.0,
        submitted_as: None,
        dropped_at: None,
        local_part: None,
    }
}

/// A dossier just submitted.
pub fn dossier_row(number: u128, office: i64) -> DossierRow {
    let act = Act::Submit { channel: Channel::Online, source: Source::ProvincialPortal, corrects: None };
    let (state, _) = dossier::apply(None, &act, NOW).unwrap();
    DossierRow {
        organisation_id: None,
        organisation_number: None,
        organisation_name: None,
        organisation_address: None,
        office_id: office,
        id: id(number),
        resolving_office: office,
        code: None,
        temporary_code: Some(format!("T-{number:09}")),
        lookup_code: "7K3M".into(),
        status: 1,
        sub_state: state.sub_state.key().into(),
        assignee: None,
        holder_role: "reception".into(),
        channel: state.channel.key().into(),
        source: state.source.key().into(),
        account_id: None,
        applicant_name: "Ksor H'Nay".into(),
        applicant_id: "054090004321".into(),
        applicant_phone: "0905123456".into(),
        applicant_address: "Thôn Long Thăng, xã Đồng Xuân".into(),
        search_text: format!("ksor h nay {number}"),
        procedure_code: "1.001731".into(),
        procedure_name: "Hỗ trợ chi phí mai táng".into(),
        procedure_version: PROCEDURE,
        calendar_version: Calendar::official().version().into(),
        form_key: "chung".into(),
        form_version: 1,
        typed: [("request.text".to_string(), "Đề nghị \"hỗ trợ\"\n'nhé'".to_string())].into(),
        papers_listed: vec![store::dossiers::PaperListed { name: "Đơn".into(), originals: 1, copies: 0 }],
        state,
        sensitive: number.is_multiple_of(2),
        submitted_at: Some(NOW.0),
        accept_by: Some(NOW.0 + 1),
        received_at: None,
        original_due_at: None,
        due_at: None,
        finished_at: None,
        delivered_at: None,
        queue_at: NOW.0,
        paused_at: None,
        due_soon_at: None,
        step_due_at: None,
        corrects: None,
        updated_at: NOW.0,
        version: 1,
        local_part: None,
    }
}

/// What dossiers point at: two offices, a procedure, a calendar.
pub async fn ground(tx: &mut Tx) {
    offices::insert_office(tx, &office_row(OFFICE)).await.unwrap();
    offices::insert_office(tx, &office_row(2)).await.unwrap();
    procedures::insert_procedure_version(tx, &procedure_row(PROCEDURE, "1.001731", Day(0)), NOW).await.unwrap();
    calendars::insert_calendar(tx, "province", Calendar::official(), NOW).await.unwrap();
}

/// Does some writing in one transaction.
pub async fn write(home: &Home, work: impl AsyncFnOnce(&mut Tx)) {
    let mut tx = home.db.write().await.unwrap();
    work(&mut tx).await;
    tx.commit().await.unwrap();
}

/// An account and a member of staff.
pub async fn people(tx: &mut Tx) {
    accounts::insert_account(tx, &account_row(1, "054090004321")).await.unwrap();
    staff::insert_staff(tx, &staff_row(2, "hoa")).await.unwrap();
}
