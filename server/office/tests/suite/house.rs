//! An office for a test: two communes, three procedures, people made when a test first asks for them.

use super::engine::Home;
use domain::{
    procedure::local::LocalPart, question::Typed, role::Role, time::Instant, unit::Offices, working_time::Calendar,
};
use office::{
    Actor, Clock, Config, Error, Office, Who,
    accounts::SignUp,
    act::Command,
    blobs::Blobs,
    import::read_procedure_file,
    sessions::Door,
    staff::{NewPosition, NewStaff, Welcome},
    who::{Position, StaffMember, Trace},
};
use std::{collections::HashMap, sync::Arc};
use store::{
    calendars, dossiers,
    dossiers::DossierRow,
    events, forms, offices,
    offices::OfficeRow,
    procedures::{ProcedureRow, insert_procedure_version},
};
use tokio::sync::Mutex;
use uuid::Uuid;

/// Ids of the offices: the two authorities, and the office of each where staff sit.
pub const DONG_XUAN: i64 = 1;
pub const XUAN_LANH: i64 = 11;

/// A procedure of three working days: specialist, leader, records.
pub const ALLOWANCE: &str = "1.001731";
/// A procedure of the same day: civil status, leader.
pub const SAME_DAY: &str = "1.000656";
pub const PASSWORD: &str = "mat khau cua toi";

/// An office with everything a test needs. Cheap to clone.
#[derive(Clone)]
pub struct House {
    pub office: Office,
    pub clock: Clock,
    pub home: Home,
    staff: Arc<Mutex<Employed>>,
}

/// Who holds which role in which commune, with what the operator handed over.
type Employed = HashMap<(i64, Role), (Who, Welcome)>;

/// Monday, nine in the morning.
pub fn monday() -> Instant {
    at("2026-10-12T09:00")
}

pub fn at(local: &str) -> Instant {
    Instant::parse_local(local).expect("a moment")
}

pub fn trace() -> Trace {
    Trace { address: "192.0.2.7".into(), request_id: "test".into(), agent: String::new(), device_at: None }
}

impl House {
    pub async fn open(home: Home) -> Self {
        Self::open_with(home, Config::default()).await
    }

    pub async fn open_with(home: Home, config: Config) -> Self {
        let blobs = Blobs::Folder(home.folder.path().join("blobs"));
        Self::open_on(home, config, blobs).await
    }

    /// The same, with the files on another shelf.
    pub async fn open_on(home: Home, config: Config, blobs: Blobs) -> Self {
        let clock = Clock::fixed(monday(), 20_261_012);
        let mut tx = home.db.write().await.unwrap();
        for (first, commune) in [(DONG_XUAN, "xa-dong-xuan"), (XUAN_LANH, "xa-xuan-lanh")] {
            let parts = ["ubnd", "phuc-vu-hanh-chinh-cong", "van-phong", "van-hoa-xa-hoi"];
            for (place, part) in parts.iter().enumerate() {
                let office = Offices::shipped().get(&format!("{commune}-{part}")).expect("a shipped office");
                let kind = serde_json::to_value(office.kind).unwrap();
                let row = OfficeRow {
                    id: first + place as i64,
                    key: office.key.clone(),
                    name: office.name.clone(),
                    kind: kind.as_str().unwrap().into(),
                    unit_code: office.unit.clone(),
                    organ_id: office.organ_id.to_string(),
                    parent_key: office.parent.clone(),
                    valid_from: office.valid_from.map_or(0, |day| i64::from(day.0)),
                    valid_to: office.valid_to.map(|day| i64::from(day.0)),
                };
                offices::insert_office(&mut tx, &row).await.unwrap();
            }
        }
        calendars::insert_calendar(&mut tx, "province", Calendar::official(), clock.now()).await.unwrap();
        // The general form stands in for those that are not laid down here.
        for form in [include_str!("../../../seed/forms/chung.json"), include_str!("../../../seed/forms/khai_sinh.json")]
        {
            forms::insert_form(&mut tx, &serde_json::from_str(form).unwrap(), clock.now()).await.unwrap();
        }
        tx.commit().await.unwrap();
        let office = Office::open(home.db.clone(), clock.clone(), config, blobs).await.unwrap();
        let records = [
            include_str!("../../../seed/procedures/1.001731.json"),
            include_str!("../../../seed/procedures/1.000656.json"),
            include_str!("../../../seed/procedures/1.001193.json"),
        ];
        let files = records.iter().flat_map(|text| read_procedure_file(text).unwrap()).collect();
        assert_eq!(office.import_procedures(&Who::system(), files).await.unwrap().new, 3);
        Self { office, clock, home, staff: Arc::default() }
    }

    /// The member of staff who holds that role in that commune.
    pub async fn staff(&self, unit: i64, role: Role) -> Who {
        self.employ(unit, role).await.0
    }

    /// The same, with what the operator handed over.
    pub async fn employ(&self, unit: i64, role: Role) -> (Who, Welcome) {
        let mut staff = self.staff.lock().await;
        if let Some(known) = staff.get(&(unit, role)) {
            return known.clone();
        }
        // Reception sits in the centre, leaders in the committee, everybody else in a division.
        let office = match role {
            Role::Reception | Role::CentreDirector => unit + 1,
            Role::Leader => unit,
            Role::Records | Role::Accountant | Role::Cashier | Role::Controller | Role::Administrator => unit + 2,
            Role::Specialist | Role::CivilStatus => unit + 3,
        };
        let name = NAMES[Role::ALL.iter().position(|one| *one == role).unwrap()];
        let new = NewStaff {
            login: login(unit, role),
            name: name.into(),
            phone: None,
            password: PASSWORD.into(),
            positions: vec![NewPosition {
                office,
                role,
                title: String::new(),
                from: at("2025-07-01T00:00").day(),
                to: None,
            }],
        };
        let welcome = self.office.create_staff(&Who::operator("root"), new).await.unwrap();
        let positions = vec![Position { office, role, title: String::new() }];
        let actor = Actor::Staff(StaffMember { id: welcome.id, name: name.into(), positions, mandates: Vec::new() });
        let known = (Who { actor, acting_for: None, trace: trace() }, welcome);
        staff.insert((unit, role), known.clone());
        known
    }

    /// A resident with an account of level 0, signed in.
    pub async fn resident(&self, citizen_id: &str, name: &str) -> Who {
        let anyone = Who::anyone(trace());
        let input = SignUp {
            citizen_id: citizen_id.into(),
            name: name.into(),
            phone: "0905 123 456".into(),
            password: PASSWORD.into(),
            password_again: PASSWORD.into(),
        };
        let token = self.office.sign_up(&anyone, input, self.office.new_id()).await.unwrap();
        self.office.who_of_token(Door::Resident, Some(&token.0), trace()).await.unwrap()
    }

    /// The resident of most tests.
    pub async fn nay(&self) -> Who {
        self.resident("054090004321", "Ksor H'Nay").await
    }

    /// A draft of the general form, filled in and ready to be submitted.
    pub async fn draft(&self, who: &Who, procedure: &str) -> Uuid {
        let draft = self.office.start_draft(who, procedure, DONG_XUAN, self.office.new_id()).await.unwrap();
        let form = self.office.draft(who, draft).await.unwrap().form;
        for topic in &form.topics {
            self.office.save_topic(who, draft, &topic.id, answers(), true, None).await.unwrap();
        }
        let problems = self.office.draft(who, draft).await.unwrap().parsed(&self.office).problems;
        assert!(problems.is_empty(), "{problems:?}");
        draft
    }

    /// A dossier submitted online to Đồng Xuân, status 1.
    pub async fn submitted(&self, who: &Who, procedure: &str) -> Uuid {
        let draft = self.draft(who, procedure).await;
        self.office.submit_draft(who, draft, true, self.office.new_id()).await.unwrap().dossier
    }

    /// The same, accepted by the reception of Đồng Xuân, status 2.
    pub async fn accepted(&self, who: &Who, procedure: &str) -> Uuid {
        let id = self.submitted(who, procedure).await;
        let reception = self.staff(DONG_XUAN, Role::Reception).await;
        self.office.accept_dossier(&reception, id, None, self.command(id).await).await.unwrap();
        id
    }

    /// The same, given to the specialist of Đồng Xuân, status 4.
    pub async fn assigned(&self, who: &Who, procedure: &str) -> Uuid {
        let id = self.accepted(who, procedure).await;
        let specialist = self.staff(DONG_XUAN, Role::Specialist).await;
        let reception = self.staff(DONG_XUAN, Role::Reception).await;
        let to = specialist.staff().unwrap().id;
        self.office.assign_dossier(&reception, id, to, self.command(id).await).await.unwrap();
        id
    }

    /// Publishes a new version of a procedure, from today on, with another local part.
    pub async fn change_local(&self, code: &str, change: impl FnOnce(&mut LocalPart)) {
        let version = self.office.books().catalogue.in_force(code, self.clock.now().day()).expect("a procedure");
        let mut local = version.local.clone().expect("a local part");
        change(&mut local);
        local.check().expect("a local part that can be worked with");
        let files = vec![(version.imported.record.clone(), Some(local))];
        assert_eq!(self.office.import_procedures(&Who::system(), files).await.unwrap().changed, 1);
    }

    /// Publishes a procedure anew so that it is in force from today on.
    pub async fn publish_as_of_today(&self, code: &str) {
        let books = self.office.books();
        let later = books.catalogue.in_force(code, monday().day()).expect("a procedure");
        let day = self.clock.now().day();
        let today = i64::from(day.0);
        let mut local = later.local.clone().expect("a local part");
        local.valid_from = day;
        local.filed.iter_mut().for_each(|filed| filed.from = day);
        let row = ProcedureRow {
            id: self.office.new_id(),
            code: code.into(),
            valid_from: today,
            valid_to: Some(i64::from(later.valid_from.prev().0)),
            name: later.name.clone(),
            record: serde_json::to_value(&later.imported.record).unwrap(),
            local: Some(serde_json::to_value(local).unwrap()),
        };
        let mut tx = self.office.db().write().await.unwrap();
        insert_procedure_version(&mut tx, &row, self.clock.now()).await.unwrap();
        tx.commit().await.unwrap();
        self.office.reload_books().await.unwrap();
    }

    /// A new command of somebody who sees the dossier as it is.
    pub async fn command(&self, id: Uuid) -> Command {
        Command { id: self.office.new_id(), seen: self.row(id).await.version }
    }

    pub async fn row(&self, id: Uuid) -> DossierRow {
        let mut tx = self.office.db().read().await.unwrap();
        dossiers::dossier_by_id(&mut tx, id).await.unwrap().expect("a dossier")
    }

    /// Names of the dossier's events, in order; checks that they add up to its state.
    pub async fn events(&self, id: Uuid) -> Vec<String> {
        let row = self.row(id).await;
        let mut tx = self.office.db().read().await.unwrap();
        let events = events::events_of(&mut tx, row.office_id, id).await.unwrap();
        let recorded: Vec<_> = events.iter().map(|event| event.recorded()).collect();
        assert_eq!(domain::dossier::replay(&recorded).as_ref(), Some(&row.state), "the events add up to the state");
        assert!(recorded.iter().zip(1..).all(|(event, seq)| event.seq == seq), "events count from 1 without gaps");
        let name = |event: &domain::dossier::Recorded| {
            serde_json::to_value(&event.event).unwrap()["kind"].as_str().unwrap().to_string()
        };
        recorded.iter().map(name).collect()
    }

    /// A number that a query of one number gives, the same on both engines.
    pub async fn count(&self, sql: &'static str) -> i64 {
        let mut tx = self.office.db().read().await.unwrap();
        store::on_engine!(&mut tx, |c| sqlx::query_scalar(sql).fetch_one(c).await).unwrap()
    }
}

/// The login of the member of staff who holds that role in that commune.
pub fn login(unit: i64, role: Role) -> String {
    format!("{}.{unit}", role.key())
}

/// What a resident types into the general form.
pub fn answers() -> Typed {
    let answers = [
        ("applicant.acts", "ban_than"),
        ("applicant.name", "Ksor H'Nay"),
        ("applicant.birth.day", "12"),
        ("applicant.birth.month", "3"),
        ("applicant.birth.year", "1990"),
        ("applicant.citizen_id", "054090004321"),
        ("applicant.home.hamlet", "Thôn Long Thăng"),
        ("applicant.home.commune", "Xã Đồng Xuân"),
        ("applicant.home.province", "Tỉnh Đắk Lắk"),
        ("applicant.phone", "0905 123 456"),
        ("request.text", "Đề nghị giải quyết theo quy định."),
        ("result.how", "tai_quay"),
        ("pledge.true.yes", "on"),
    ];
    answers.into_iter().map(|(path, text)| (path.to_string(), text.to_string())).collect()
}

/// Whether the act lost against somebody else's.
pub fn is_stale<T>(result: &Result<T, Error>) -> bool {
    matches!(result, Err(Error::Stale))
}

/// A name for each role, in the order of [`Role::ALL`].
const NAMES: [&str; 10] = [
    "Nguyễn Thị Mai",
    "Lê Văn Sang",
    "Mang Thị Hoa",
    "Đỗ Quốc Bảo",
    "Phạm Minh Tuấn",
    "So Thị Liên",
    "Võ Thị Kim Chi",
    "Trương Công Định",
    "Lê Mô Y Bia",
    "Huỳnh Ngọc Lâm",
];
