//! Units close and others continue them: the district of 30/06/2025, and a commune that is split in two.
// long because both reorganisations are told from the last day before to the first day after.

use super::{
    engine::{Home, run},
    following::beside,
    house::{ALLOWANCE, DONG_XUAN, House, PASSWORD, SAME_DAY, XUAN_LANH, answers, at, trace},
};
use crate::on_both;
use domain::{
    dossier::{Collector, DeliveryMethod, Event, Status},
    mandate::{MandateKind, Scope},
    reorganisation::{By, PlanProblem},
    role::Role,
    time::Instant,
    unit::Offices,
};
use office::{
    Actor, Config, Error, Office, Uuid, Who,
    counter::WalkIn,
    error::Problem,
    queues::{Narrow, Queue},
    reorganisations::NewReorganisation,
    staff::{NewPosition, NewStaff},
    stuck::Stuck,
    who::{Position, StaffMember},
};
use store::{
    mandates::{MandateRow, insert_mandate},
    offices::{OfficeRow, insert_office},
    staff::{PositionRow, disable_staff, insert_position, positions_of},
};

/// The district of before 01/07/2025; its reception has the next number.
const DISTRICT: i64 = 101;
/// The two communes that Đồng Xuân is split into; the reception of each has the next number.
const NORTH: i64 = 201;
const SOUTH: i64 = 211;
const BASIS: &str = "Nghị quyết số 202/2025/QH15";

/// The administrator of Đồng Xuân, who administers those units too.
async fn above(house: &House, units: &[i64]) -> Who {
    let mut who = house.staff(DONG_XUAN, Role::Administrator).await;
    if let Actor::Staff(staff) = &mut who.actor {
        let position = |office: &i64| Position { office: *office, role: Role::Administrator, title: String::new() };
        staff.positions.extend(units.iter().map(position));
    }
    who
}

/// Somebody who works there since 2024.
async fn works(house: &House, login: &str, name: &str, office: i64, role: Role) -> Who {
    let from = at("2024-01-01T00:00").day();
    let position = NewPosition { office, role, title: "Công chức".into(), from, to: None };
    let new = NewStaff {
        login: login.into(),
        name: name.into(),
        phone: None,
        password: PASSWORD.into(),
        positions: vec![position],
    };
    let welcome = house.office.create_staff(&Who::operator("root"), new).await.unwrap();
    let positions = vec![Position { office, role, title: "Công chức".into() }];
    let member = StaffMember { id: welcome.id, name: name.into(), positions, mandates: Vec::new() };
    Who { actor: Actor::Staff(member), acting_for: None, trace: trace() }
}

/// Where that person may work on that day.
async fn scopes(house: &House, who: &Who, day: &str) -> Vec<(i64, String)> {
    let mut tx = house.office.db().read().await.unwrap();
    let held = positions_of(&mut tx, who.subject(), at(&format!("{day}T00:00")).day()).await.unwrap();
    held.into_iter().map(|row| (row.office_id, row.role)).collect()
}

/// The district as it stood, with no last day set.
async fn district(house: &House) {
    let mut tx = house.office.db().write().await.unwrap();
    for (place, key) in ["huyen-dong-xuan-ubnd", "huyen-dong-xuan-mot-cua"].iter().enumerate() {
        let shipped = Offices::shipped().get(key).expect("a shipped office");
        let row = OfficeRow {
            id: DISTRICT + place as i64,
            key: shipped.key.clone(),
            name: shipped.name.clone(),
            kind: serde_json::to_value(shipped.kind).unwrap().as_str().unwrap().into(),
            unit_code: shipped.unit.clone(),
            organ_id: shipped.organ_id.to_string(),
            parent_key: shipped.parent.clone(),
            valid_from: 0,
            valid_to: None,
        };
        insert_office(&mut tx, &row).await.unwrap();
    }
    tx.commit().await.unwrap();
    house.office.reload_books().await.unwrap();
}

/// Two communes that begin on the 2nd of November, each with its reception.
async fn halves(house: &House) {
    let mut tx = house.office.db().write().await.unwrap();
    for (id, key, name, code, organ) in [
        (NORTH, "xa-dong-xuan-bac", "xã Đồng Xuân Bắc", "22082", "H15.50.09"),
        (SOUTH, "xa-dong-xuan-nam", "xã Đồng Xuân Nam", "22083", "H15.50.10"),
    ] {
        let unit = OfficeRow {
            id,
            key: format!("{key}-ubnd"),
            name: format!("Ủy ban nhân dân {name}"),
            kind: "peoples_committee".into(),
            unit_code: code.into(),
            organ_id: organ.into(),
            parent_key: None,
            valid_from: i64::from(at("2026-11-02T00:00").day().0),
            valid_to: None,
        };
        let desk = OfficeRow {
            id: id + 1,
            key: format!("{key}-mot-cua"),
            name: format!("Trung tâm Phục vụ hành chính công {name}"),
            kind: "one_stop_shop".into(),
            organ_id: format!("{organ}.13"),
            parent_key: Some(unit.key.clone()),
            ..unit.clone()
        };
        insert_office(&mut tx, &unit).await.unwrap();
        insert_office(&mut tx, &desk).await.unwrap();
    }
    tx.commit().await.unwrap();
    house.office.reload_books().await.unwrap();
}

fn walk_in(procedure: &str, name: &str, number: &str, address: &str) -> WalkIn {
    WalkIn {
        procedure_code: procedure.into(),
        name: name.into(),
        citizen_id: number.into(),
        address: address.into(),
        ..WalkIn::default()
    }
}

fn split(by: By) -> NewReorganisation {
    NewReorganisation {
        day: at("2026-11-02T00:00").day(),
        basis: " Nghị quyết  15/NQ-HĐND ".into(),
        closes: vec![DONG_XUAN],
        heirs: vec![NORTH, SOUTH],
        by,
        default: Some(SOUTH),
    }
}

async fn version(house: &House, who: &Who, id: Uuid) -> i64 {
    house.office.reorganisation(who, id).await.unwrap().row.version
}

async fn confirm(house: &House, who: &Who, id: Uuid) {
    let seen = version(house, who, id).await;
    house.office.confirm_reorganisation(who, id, seen, house.office.new_id()).await.unwrap();
}

on_both!(the_district_of_the_30th_of_june_2025_goes_on_in_its_communes_on_the_1st_of_july);
async fn the_district_of_the_30th_of_june_2025_goes_on_in_its_communes_on_the_1st_of_july(home: Home) {
    let house = House::open(home).await;
    let office = &house.office;
    district(&house).await;
    house.clock.set(at("2024-01-02T08:00"));
    house.publish_as_of_today(ALLOWANCE).await;
    let clerk = works(&house, "hien.dt", "Đỗ Thị Hiền", DISTRICT + 1, Role::Reception).await;
    let head = works(&house, "tam.nv", "Nguyễn Văn Tám", DISTRICT, Role::Leader).await;
    let administrator = above(&house, &[DISTRICT, XUAN_LANH]).await;

    // Prepared and confirmed before the day; until then nothing changes.
    house.clock.set(at("2025-06-20T09:00"));
    let new = NewReorganisation {
        day: at("2025-07-01T00:00").day(),
        basis: BASIS.into(),
        closes: vec![DISTRICT],
        heirs: vec![DONG_XUAN, XUAN_LANH],
        by: By::Commune,
        default: Some(DONG_XUAN),
    };
    let id = office.prepare_reorganisation(&administrator, new, office.new_id()).await.unwrap();
    let view = office.reorganisation(&administrator, id).await.unwrap();
    let position = view.people.iter().find(|one| one.name == "Đỗ Thị Hiền").unwrap().position;
    assert_eq!((view.open, view.people.len(), view.problem), (0, 2, None));
    // Somebody who is led on, and whose login is shut before the day; and the clerk comes to the new desk in August anyway.
    let gone = works(&house, "sau.tv", "Trần Văn Sáu", DISTRICT, Role::Records).await;
    let view = office.reorganisation(&administrator, id).await.unwrap();
    let of_gone = view.people.iter().find(|one| one.name == "Trần Văn Sáu").unwrap().position;
    let people = vec![(position, Some(XUAN_LANH)), (of_gone, Some(XUAN_LANH))];
    office.name_heirs(&administrator, (id, view.row.version), Vec::new(), people, office.new_id()).await.unwrap();
    let mut tx = office.db().write().await.unwrap();
    disable_staff(&mut tx, gone.subject(), at("2025-06-25T00:00")).await.unwrap();
    let august = PositionRow {
        id: office.new_id(),
        staff_id: clerk.subject(),
        office_id: XUAN_LANH + 1,
        role: Role::Reception.key().into(),
        title: "Công chức".into(),
        valid_from: i64::from(at("2025-08-01T00:00").day().0),
        valid_to: None,
    };
    insert_position(&mut tx, &august).await.unwrap();
    tx.commit().await.unwrap();
    let view = office.reorganisation(&administrator, id).await.unwrap();
    let line = view.people.iter().find(|one| one.position == of_gone).unwrap();
    assert_eq!((line.shut, line.to), (true, None), "whose login is shut is named, and works on nowhere");
    confirm(&house, &administrator, id).await;
    let mandate = MandateRow {
        office_id: DISTRICT,
        id: office.new_id(),
        kind: MandateKind::Authority.key().into(),
        from_staff: head.subject(),
        from_name: "Nguyễn Văn Tám".into(),
        from_title: String::new(),
        to_staff: clerk.subject(),
        to_name: "Đỗ Thị Hiền".into(),
        role: Role::Leader.key().into(),
        first_day: i64::from(at("2025-06-01T00:00").day().0),
        last_day: i64::from(at("2025-12-31T00:00").day().0),
        scope: Scope::default(),
        paper: "Quyết định 12".into(),
        made_by: head.subject(),
        made_at: office.now().0,
        ended_by: None,
        ended_at: None,
    };
    let mut tx = office.db().write().await.unwrap();
    insert_mandate(&mut tx, &mandate).await.unwrap();
    tx.commit().await.unwrap();

    // Monday 30/06/2025, the last afternoon: three working days each; one is finished and handed over.
    house.clock.set(at("2025-06-30T14:00"));
    let away = "Thôn Long Hà, thị trấn La Hai, huyện Đồng Xuân, tỉnh Phú Yên";
    let here = "Thôn Xí Thoại, xã Xuân Lãnh, huyện Đồng Xuân, tỉnh Phú Yên";
    let receive = async |name: &str, number: &str, address: &str| {
        let walk_in = walk_in(ALLOWANCE, name, number, address);
        office.receive_at_counter(&clerk, DISTRICT, walk_in, office.new_id()).await.unwrap()
    };
    let done = receive("Lê Thị Mơ", "054190004330", here).await;
    office.finish_at_once(&clerk, done, house.command(done).await).await.unwrap();
    let collector =
        Collector { name: "Lê Thị Mơ".into(), is_applicant: true, identity_paper: None, authority: None };
    let command = house.command(done).await;
    office.deliver_dossier(&clerk, done, collector, DeliveryMethod::Counter, None, command).await.unwrap();
    house.clock.set(at("2025-06-30T16:00"));
    let xuan_lanh = receive("Mang Thị Sương", "054190004321", here).await;
    let la_hai = receive("Nguyễn Văn Bảy", "054090004329", away).await;
    let nowhere = receive("Trần Văn Sáu", "054090004331", "").await;
    let before = house.row(xuan_lanh).await;
    assert_eq!(before.due_at.map(Instant), Some(at("2025-07-03T17:00")));
    let view = office.reorganisation(&administrator, id).await.unwrap();
    let counted: Vec<_> = view.heirs.iter().map(|heir| (heir.office.id, heir.dossiers, heir.by_default)).collect();
    assert_eq!((view.open, counted), (3, vec![(DONG_XUAN, 2, 2), (XUAN_LANH, 1, 0)]));
    assert_eq!(view.mandates.len(), 1);

    let worker = office.new_id();
    house.clock.set(at("2025-06-30T23:59"));
    assert_eq!(office.carry_out_reorganisations(worker).await.unwrap(), 0, "it works to the end of its last day");
    assert!(office.books().places.by_id(DISTRICT).unwrap().valid_to.is_none());

    let other = beside(&house).await;
    house.clock.set(at("2025-07-01T00:01"));
    assert_eq!(office.carry_out_reorganisations(worker).await.unwrap(), 3);
    assert_eq!(office.carry_out_reorganisations(worker).await.unwrap(), 0, "a repeat finds nothing left");
    let goes_on =
        |at: &Office| at.books().places.continuing("huyen-dong-xuan-ubnd", at.now().day()).map(|unit| unit.id);
    assert_eq!(goes_on(&other), Some(DISTRICT), "another process has read nothing since");
    other.follow_books().await.unwrap();
    assert_eq!((goes_on(&other), goes_on(office)), (Some(DONG_XUAN), Some(DONG_XUAN)));
    let resolved_by = async |id: Uuid| house.row(id).await.resolving_office;
    assert_eq!(resolved_by(xuan_lanh).await, XUAN_LANH);
    assert_eq!((resolved_by(la_hai).await, resolved_by(nowhere).await), (DONG_XUAN, DONG_XUAN));
    assert_eq!(resolved_by(done).await, DISTRICT, "what is finished stays where it was");
    let row = house.row(xuan_lanh).await;
    assert_eq!((row.office_id, &row.code, &row.lookup_code), (DISTRICT, &before.code, &before.lookup_code));
    assert_eq!(
        (row.due_at, row.original_due_at, row.step_due_at, row.received_at, row.status),
        (before.due_at, before.original_due_at, before.step_due_at, before.received_at, before.status),
        "no clock and no promise moves"
    );

    // The event says from where, to where and by what, to staff and to the resident.
    let reception = house.staff(XUAN_LANH, Role::Reception).await;
    let told = office.dossier(&reception, xuan_lanh).await.unwrap().events.last().unwrap().body.clone();
    let Event::PassedOn { from_office, to_office, basis } = told else { panic!("{told:?}") };
    let way = ("huyen-dong-xuan-ubnd", "xa-xuan-lanh-ubnd", BASIS);
    assert_eq!((from_office.as_str(), to_office.as_str(), basis.as_str()), way);
    let code = row.code.clone().unwrap();
    let found = office.look_up(&Who::anyone(trace()), &code, &row.lookup_code).await.unwrap();
    assert_eq!(found.desk, "Trung tâm Phục vụ hành chính công xã Xuân Lãnh", "the old code names the desk of now");

    // Scopes: the day before as they were, the day after as the plan says.
    let desk = vec![(DISTRICT + 1, "reception".to_string())];
    assert_eq!(scopes(&house, &clerk, "2025-06-30").await, desk);
    assert_eq!(scopes(&house, &clerk, "2025-07-01").await, [(XUAN_LANH + 1, "reception".to_string())]);
    assert_eq!(scopes(&house, &head, "2025-06-30").await.len(), 1);
    assert_eq!(scopes(&house, &head, "2025-07-01").await, [], "whom the plan does not name stops with the district");
    assert_eq!(scopes(&house, &gone, "2025-07-01").await, [], "nor whose login is shut");
    let desk = [(XUAN_LANH + 1, "reception".to_string())];
    assert_eq!(scopes(&house, &clerk, "2025-07-31").await, desk, "to the day before the one that was given before");
    assert_eq!(scopes(&house, &clerk, "2025-08-01").await, desk, "never two of the same role");
    // Each of them is a line of the record, in the unit that it is about.
    let ended =
        "SELECT COUNT(*) FROM audit_rows WHERE act = 'end_position' AND object_kind = 'staff' AND office_id = 101";
    let begun = "SELECT COUNT(*) FROM audit_rows WHERE act = 'appoint' AND object_kind = 'staff' AND office_id = 11";
    assert_eq!((house.count(ended).await, house.count(begun).await), (3, 1));
    assert_eq!(house.count("SELECT COUNT(*) FROM mandates WHERE ended_at IS NULL").await, 0);
    assert!(matches!(office.dossier(&clerk, xuan_lanh).await, Err(Error::Forbidden)), "the old scope opens nothing");

    // Old papers keep the old name, and the new unit finishes in time under the old code.
    let old = "SELECT COUNT(*) FROM papers WHERE CAST(body AS TEXT) LIKE '%Ủy ban nhân dân huyện Đồng Xuân%'";
    let papers = house.count(old).await;
    assert!(papers >= 4, "{papers}");
    house.clock.set(at("2025-07-02T09:00"));
    office.finish_at_once(&reception, xuan_lanh, house.command(xuan_lanh).await).await.unwrap();
    assert_eq!(house.count(old).await, papers, "no paper of the new unit names the district");
    let row = house.row(xuan_lanh).await;
    assert!(row.finished_at < row.due_at && row.code == before.code);

    // The list that both sides sign, a page for each unit that continues.
    let heirs = above(&house, &[XUAN_LANH]).await;
    let view = office.reorganisation(&heirs, id).await.unwrap();
    assert_eq!((view.open, view.left, view.row.finished_at.is_some()), (3, 0, true));
    let list = office.handover_list(&heirs, id, XUAN_LANH, None).await.unwrap();
    assert_eq!(list.lines.iter().map(|line| line.dossier_id).collect::<Vec<_>>(), [xuan_lanh]);
    assert_eq!((list.total, list.lines[0].status, list.lines[0].due_at), (1, before.status, before.due_at));
    assert_eq!(office.handover_list(&heirs, id, DONG_XUAN, None).await.unwrap().total, 2);
    // The same to be signed: one part, and there is no part before or after it.
    let sheet = office.print_handover_list(&heirs, id, XUAN_LANH, 1).await.unwrap();
    assert_eq!((sheet.lines, sheet.total, sheet.part, sheet.parts, sheet.first), (list.lines, 1, 1, 1, 1));
    for part in [0, 2, u16::MAX] {
        let none = office.print_handover_list(&heirs, id, XUAN_LANH, part).await;
        assert!(matches!(none, Err(Error::NotFound)), "{part}");
    }
    let looks = "SELECT COUNT(*) FROM audit_rows WHERE act = 'view_handover_list'";
    assert_eq!(house.count(looks).await, 3, "a print is a look like the others");
    let begun = "SELECT COUNT(*) FROM audit_rows WHERE act IN ('begin_reorganisation', 'finish_reorganisation')";
    assert_eq!(house.count(begun).await, 2, "once each");
}

on_both!(a_commune_is_split_in_two_by_hamlet);
async fn a_commune_is_split_in_two_by_hamlet(home: Home) {
    // A page of the queue holds one: every dossier begins a batch of its own.
    let house = House::open_with(home, Config { worker_batch: 1, ..Config::default() }).await;
    let office = &house.office;
    halves(&house).await;
    let clerk = house.staff(DONG_XUAN, Role::Reception).await;
    let specialist = house.staff(DONG_XUAN, Role::Specialist).await;
    let administrator = above(&house, &[NORTH, SOUTH]).await;
    let receive = async |name: &str, number: &str, address: &str| {
        let walk_in = walk_in(ALLOWANCE, name, number, address);
        office.receive_at_counter(&clerk, DONG_XUAN, walk_in, office.new_id()).await.unwrap()
    };
    house.clock.set(at("2026-10-30T15:00"));
    let long_ha = receive("Mang Thị Sương", "054190004321", "Thôn Long Hà, xã Đồng Xuân, tỉnh Đắk Lắk").await;
    let elsewhere = receive("Nguyễn Văn Tám", "054090004329", "Thôn Long Thăng, xã Đồng Xuân, tỉnh Đắk Lắk").await;
    let stranger = receive("Lê Thị Mơ", "054190004330", "Thôn Long Hà, xã Xuân Lãnh, tỉnh Đắk Lắk").await;
    let to = specialist.subject();
    office.assign_dossier(&clerk, long_ha, to, house.command(long_ha).await).await.unwrap();

    let id = office.prepare_reorganisation(&administrator, split(By::Hamlet), office.new_id()).await.unwrap();
    let view = office.reorganisation(&administrator, id).await.unwrap();
    assert_eq!(view.row.plan.basis, "Nghị quyết 15/NQ-HĐND");
    let line = view.values.iter().find(|value| value.what == "long ha").expect("a hamlet with a dossier");
    assert_eq!((line.dossiers, line.to), (1, SOUTH), "that of another commune is another hamlet");
    let position = view.people.iter().find(|one| one.role == "specialist").unwrap().position;
    let (lines, people) = (vec![("long ha".to_string(), NORTH)], vec![(position, Some(NORTH))]);
    office.name_heirs(&administrator, (id, view.row.version), lines, people, office.new_id()).await.unwrap();
    let view = office.reorganisation(&administrator, id).await.unwrap();
    let counted: Vec<_> = view.heirs.iter().map(|heir| (heir.office.id, heir.dossiers, heir.by_default)).collect();
    assert_eq!((view.open, counted), (3, vec![(NORTH, 1, 0), (SOUTH, 2, 2)]));
    let list = office.handover_list(&administrator, id, NORTH, None).await.unwrap();
    assert_eq!(list.lines.iter().map(|line| line.dossier_id).collect::<Vec<_>>(), [long_ha]);
    let expected = office.print_handover_list(&administrator, id, SOUTH, 1).await.unwrap();
    assert_eq!((expected.lines.len(), expected.total, expected.row.begun_at), (2, 2, None), "before its day, too");
    confirm(&house, &administrator, id).await;
    let before = house.row(long_ha).await;
    let residents = [house.nay().await, house.resident("998091112648", "Mang Thị Hoa").await];
    let mut drafts = Vec::new();
    for (resident, hamlet) in residents.iter().zip(["Thôn Long Hà", "Thôn Long Thăng"]) {
        let draft = house.draft(resident, SAME_DAY).await;
        let form = office.draft(resident, draft).await.unwrap().form;
        let (topic, _) = form.owner("applicant.home.hamlet").unwrap();
        let mut typed = answers();
        typed.insert("applicant.home.hamlet".into(), hamlet.into());
        office.save_topic(resident, draft, &topic.id, typed, true, None).await.unwrap();
        drafts.push((resident, draft));
    }

    let worker = office.new_id();
    house.clock.set(at("2026-11-01T23:59"));
    assert_eq!(office.carry_out_reorganisations(worker).await.unwrap(), 0);
    house.clock.set(at("2026-11-02T00:01"));
    assert_eq!(office.carry_out_reorganisations(worker).await.unwrap(), 3);
    let places = [long_ha, elsewhere, stranger];
    let mut now = Vec::new();
    for id in places {
        now.push(house.row(id).await.resolving_office);
    }
    assert_eq!(now, [NORTH, SOUTH, SOUTH]);
    let after = house.row(long_ha).await;
    assert_eq!((after.due_at, after.code, after.assignee), (before.due_at, before.code, None), "the new unit assigns");
    assert_eq!(scopes(&house, &specialist, "2026-11-01").await, [(DONG_XUAN + 3, "specialist".to_string())]);
    assert_eq!(scopes(&house, &specialist, "2026-11-02").await, [(NORTH, "specialist".to_string())]);
    assert_eq!(scopes(&house, &clerk, "2026-11-02").await, []);
    let passed = "SELECT COUNT(*) FROM dossier_events WHERE CAST(body AS TEXT) LIKE '%passed_on%'";
    assert_eq!((house.count(passed).await, house.count("SELECT COUNT(*) FROM handovers").await), (3, 3));
    assert!(office.reorganisation(&administrator, id).await.unwrap().row.finished_at.is_some());

    // A draft begun for the old unit is filed where the rule leads: with the half of its hamlet, else with the rest.
    let mut filed = Vec::new();
    for (resident, draft) in drafts {
        let id = office.submit_draft(resident, draft, true, office.new_id()).await.unwrap().dossier;
        let row = house.row(id).await;
        filed.push((row.office_id, row.resolving_office));
    }
    assert_eq!(filed, [(NORTH, NORTH), (SOUTH, SOUTH)]);
    // Nothing new is planned for what has closed.
    let again = office.prepare_reorganisation(&administrator, split(By::Hamlet), office.new_id()).await;
    assert!(matches!(again, Err(Error::Invalid(Problem::Plan(PlanProblem::NotThere(_))))), "{again:?}");
    assert_eq!(office.books().places.continuing("xa-dong-xuan-ubnd", office.now().day()).unwrap().id, SOUTH);
}

on_both!(what_a_split_unit_had_closed_is_read_where_its_rule_leads);
async fn what_a_split_unit_had_closed_is_read_where_its_rule_leads(home: Home) {
    let house = House::open(home).await;
    let office = &house.office;
    halves(&house).await;
    let clerk = house.staff(DONG_XUAN, Role::Reception).await;
    let administrator = above(&house, &[NORTH, SOUTH]).await;
    house.clock.set(at("2026-10-30T15:00"));
    let walk_in = walk_in(SAME_DAY, "Mang Thị Sương", "054190004321", "Thôn Long Hà, xã Đồng Xuân, tỉnh Đắk Lắk");
    let closed = office.receive_at_counter(&clerk, DONG_XUAN, walk_in, office.new_id()).await.unwrap();
    office.finish_at_once(&clerk, closed, house.command(closed).await).await.unwrap();
    let name = "Mang Thị Sương".to_string();
    let collector = Collector { name, is_applicant: true, identity_paper: None, authority: None };
    let command = house.command(closed).await;
    office.deliver_dossier(&clerk, closed, collector, DeliveryMethod::Counter, None, command).await.unwrap();
    let id = office.prepare_reorganisation(&administrator, split(By::Hamlet), office.new_id()).await.unwrap();
    let seen = version(&house, &administrator, id).await;
    let lines = vec![("long ha".to_string(), NORTH)];
    office.name_heirs(&administrator, (id, seen), lines, Vec::new(), office.new_id()).await.unwrap();
    confirm(&house, &administrator, id).await;
    house.clock.set(at("2026-11-02T08:00"));
    office.carry_out_reorganisations(office.new_id()).await.unwrap();
    assert_eq!(house.row(closed).await.state.status, Status::Delivered);
    assert_eq!(house.row(closed).await.resolving_office, DONG_XUAN);
    let north = works(&house, "bac.nv", "Nguyễn Văn Bắc", NORTH + 1, Role::Reception).await;
    let south = works(&house, "nam.nv", "Nguyễn Văn Nam", SOUTH + 1, Role::Reception).await;
    assert!(office.dossier(&north, closed).await.is_ok());
    assert!(matches!(office.dossier(&south, closed).await, Err(Error::Forbidden)));
    let code = house.row(closed).await.code.unwrap();
    let narrow = Narrow { search: code, ..Narrow::default() };
    assert_eq!(office.queue(&north, Queue::All, &narrow, None).await.unwrap().rows.len(), 1);
}

on_both!(only_who_stands_above_every_unit_reorganises_them);
async fn only_who_stands_above_every_unit_reorganises_them(home: Home) {
    let house = House::open(home).await;
    let office = &house.office;
    halves(&house).await;
    let prepare = async |who: &Who| office.prepare_reorganisation(who, split(By::Hamlet), office.new_id()).await;
    let own = house.staff(DONG_XUAN, Role::Administrator).await;
    for who in [&own, &house.staff(DONG_XUAN, Role::Leader).await, &house.staff(XUAN_LANH, Role::Administrator).await] {
        assert!(matches!(prepare(who).await, Err(Error::Forbidden)));
    }
    assert!(matches!(prepare(&house.nay().await).await, Err(Error::SignInFirst)));
    let id = prepare(&above(&house, &[NORTH, SOUTH]).await).await.unwrap();
    assert!(matches!(office.reorganisation(&own, id).await, Err(Error::Forbidden)));
    assert_eq!(office.reorganisations(&own, None).await.unwrap().0, []);
    assert!(matches!(office.handover_list(&own, id, NORTH, None).await, Err(Error::Forbidden)));
    assert!(matches!(office.print_handover_list(&own, id, NORTH, 1).await, Err(Error::Forbidden)));
    let drop = office.drop_reorganisation(&own, id, 1, office.new_id()).await;
    assert!(matches!(drop, Err(Error::Forbidden)), "{drop:?}");

    // The administrator of an office above all of them: the province's.
    let mut tx = office.db().write().await.unwrap();
    let province = OfficeRow {
        id: 900,
        key: "tinh-dak-lak-ubnd".into(),
        name: "Ủy ban nhân dân tỉnh Đắk Lắk".into(),
        kind: "peoples_committee".into(),
        unit_code: "66".into(),
        organ_id: "H15".into(),
        parent_key: None,
        valid_from: 0,
        valid_to: None,
    };
    insert_office(&mut tx, &province).await.unwrap();
    let under = "UPDATE offices SET parent_key = 'tinh-dak-lak-ubnd' WHERE id IN (1, 11, 201, 211)";
    run(&mut tx, under).await.unwrap();
    tx.commit().await.unwrap();
    office.reload_books().await.unwrap();
    let higher = works(&house, "tinh.qt", "Y Tỉnh Niê", 900, Role::Administrator).await;
    assert_eq!(office.units_to_reorganise(&higher).unwrap().len(), 5);
    assert!(office.reorganisation(&higher, id).await.is_ok());
    assert!(prepare(&higher).await.is_ok());
    assert!(matches!(prepare(&own).await, Err(Error::Forbidden)), "a unit below is not above");
}

on_both!(a_plan_is_changed_on_the_version_that_was_seen_and_until_it_is_confirmed);
async fn a_plan_is_changed_on_the_version_that_was_seen_and_until_it_is_confirmed(home: Home) {
    let house = House::open(home).await;
    let office = &house.office;
    halves(&house).await;
    let who = above(&house, &[NORTH, SOUTH]).await;
    let command = office.new_id();
    let id = office.prepare_reorganisation(&who, split(By::Hamlet), command).await.unwrap();
    let twin = office.prepare_reorganisation(&who, split(By::Hamlet), command).await.unwrap();
    assert_eq!((id, house.count("SELECT COUNT(*) FROM reorganisations").await), (twin, 1));

    let name = async |seen: i64, to: i64, command: Uuid| {
        let lines = vec![("long ha".to_string(), to)];
        office.name_heirs(&who, (id, seen), lines, Vec::new(), command).await
    };
    let foreign = name(1, XUAN_LANH, office.new_id()).await;
    assert!(matches!(foreign, Err(Error::Invalid(Problem::Plan(PlanProblem::ForeignHeir(_))))), "{foreign:?}");
    let command = office.new_id();
    name(1, NORTH, command).await.unwrap();
    name(1, NORTH, command).await.unwrap();
    assert!(matches!(name(1, SOUTH, office.new_id()).await, Err(Error::Stale)));
    assert_eq!(version(&house, &who, id).await, 2);

    office.confirm_reorganisation(&who, id, 2, office.new_id()).await.unwrap();
    assert!(matches!(name(3, SOUTH, office.new_id()).await, Err(Error::Stale)), "what is confirmed stands");
    assert!(matches!(office.drop_reorganisation(&who, id, 3, office.new_id()).await, Err(Error::Stale)));
    office.reopen_reorganisation(&who, id, 3, office.new_id()).await.unwrap();
    house.clock.set(at("2026-11-02T08:00"));
    assert_eq!(office.carry_out_reorganisations(office.new_id()).await.unwrap(), 0);
    assert!(office.books().places.by_id(DONG_XUAN).unwrap().valid_to.is_none(), "a draft closes nothing");
    office.drop_reorganisation(&who, id, 4, office.new_id()).await.unwrap();
    assert!(matches!(office.reorganisation(&who, id).await, Err(Error::NotFound)));
    assert_eq!(office.reorganisations(&who, None).await.unwrap().0, []);

    // Too far back, too far ahead.
    house.clock.set(at("2026-12-15T08:00"));
    let late = office.prepare_reorganisation(&who, split(By::Hamlet), office.new_id()).await;
    assert!(matches!(late, Err(Error::Invalid(Problem::Plan(PlanProblem::TooLate)))), "{late:?}");
    let alone = NewReorganisation { default: None, ..split(By::Hamlet) };
    let alone = office.prepare_reorganisation(&who, alone, office.new_id()).await;
    assert!(matches!(alone, Err(Error::Invalid(Problem::Plan(PlanProblem::NoDefault)))), "{alone:?}");
}

on_both!(a_reorganisation_that_is_not_finished_is_in_sight);
async fn a_reorganisation_that_is_not_finished_is_in_sight(home: Home) {
    let house = House::open(home).await;
    let office = &house.office;
    halves(&house).await;
    let who = above(&house, &[NORTH, SOUTH]).await;
    let resident = house.nay().await;
    house.submitted(&resident, ALLOWANCE).await;
    let id = office.prepare_reorganisation(&who, split(By::Field), office.new_id()).await.unwrap();
    confirm(&house, &who, id).await;
    let seen = async || {
        let stuck = office.stuck(&who).await.unwrap();
        stuck.into_iter().find(|one| matches!(one, Stuck::Reorganisation { .. }))
    };
    assert_eq!(seen().await, None);
    house.clock.set(at("2026-11-02T00:11"));
    let since = at("2026-11-02T00:00");
    assert_eq!(seen().await, Some(Stuck::Reorganisation { id, has_begun: false, dossiers: 1, since }));

    // A heir that was given up meanwhile: it does not begin, nothing is half done, and it stays in sight.
    let mut tx = office.db().write().await.unwrap();
    run(&mut tx, "UPDATE offices SET valid_to = valid_from - 1 WHERE id = 201").await.unwrap();
    tx.commit().await.unwrap();
    let worker = office.new_id();
    let failed = office.carry_out_reorganisations(worker).await;
    assert!(matches!(failed, Err(Error::Invalid(Problem::Plan(PlanProblem::HeirNotThere(_))))), "{failed:?}");
    assert!(office.books().places.by_id(DONG_XUAN).unwrap().valid_to.is_none());
    assert!(seen().await.is_some());
    let mut tx = office.db().write().await.unwrap();
    run(&mut tx, "UPDATE offices SET valid_to = NULL WHERE id = 201").await.unwrap();
    tx.commit().await.unwrap();
    office.reload_books().await.unwrap();
    house.clock.set(at("2026-11-02T00:12"));
    assert_eq!(office.carry_out_reorganisations(worker).await.unwrap(), 1);
    assert_eq!(seen().await, None);
}

on_both!(what_passes_over_a_unit_that_closes_next_stands_on_the_lists_of_both_plans);
async fn what_passes_over_a_unit_that_closes_next_stands_on_the_lists_of_both_plans(home: Home) {
    let house = House::open(home).await;
    let office = &house.office;
    halves(&house).await;
    let who = above(&house, &[XUAN_LANH, NORTH, SOUTH]).await;
    house.clock.set(at("2026-10-30T15:00"));
    let mut received = Vec::new();
    for (unit, name, number) in
        [(XUAN_LANH, "Mang Thị Sương", "054190004321"), (DONG_XUAN, "Nguyễn Văn Tám", "054090004329")]
    {
        let clerk = house.staff(unit, Role::Reception).await;
        let walk_in = walk_in(ALLOWANCE, name, number, "");
        received.push(office.receive_at_counter(&clerk, unit, walk_in, office.new_id()).await.unwrap());
    }
    // Xuân Lãnh goes to Đồng Xuân on the 2nd, which is split on the 3rd; the machine stood still until then.
    let joined = NewReorganisation {
        basis: "Nghị quyết 14/NQ-HĐND".into(),
        closes: vec![XUAN_LANH],
        heirs: vec![DONG_XUAN],
        default: None,
        ..split(By::One)
    };
    let first = office.prepare_reorganisation(&who, joined, office.new_id()).await.unwrap();
    let next = NewReorganisation { day: at("2026-11-03T00:00").day(), ..split(By::Hamlet) };
    let second = office.prepare_reorganisation(&who, next, office.new_id()).await.unwrap();
    confirm(&house, &who, first).await;
    confirm(&house, &who, second).await;
    house.clock.set(at("2026-11-03T00:01"));
    assert_eq!(office.carry_out_reorganisations(office.new_id()).await.unwrap(), 2);

    let listed = async |plan: Uuid, heir: i64| {
        let list = office.handover_list(&who, plan, heir, None).await.unwrap();
        (list.lines.iter().map(|line| (line.dossier_id, line.office_id)).collect::<Vec<_>>(), list.total)
    };
    assert_eq!(
        listed(first, DONG_XUAN).await,
        (vec![(received[0], XUAN_LANH)], 1),
        "the first list names its own heir"
    );
    let mut both = received.iter().map(|id| (*id, DONG_XUAN)).collect::<Vec<_>>();
    both.sort_unstable();
    assert_eq!(listed(second, SOUTH).await, (both, 2));
    for id in &received {
        assert_eq!(house.row(*id).await.resolving_office, SOUTH);
    }
    let passed = "SELECT COUNT(*) FROM dossier_events WHERE CAST(body AS TEXT) LIKE '%passed_on%'";
    assert_eq!(house.count(passed).await, 3, "each decision by which a dossier went on");
    for (plan, open) in [(first, 1), (second, 2)] {
        let view = office.reorganisation(&who, plan).await.unwrap();
        assert_eq!((view.open, view.left, view.row.finished_at.is_some()), (open, 0, true));
    }
}

on_both!(a_plan_by_field_counts_no_sensitive_dossier_under_its_field_for_who_may_not_read_it);
async fn a_plan_by_field_counts_no_sensitive_dossier_under_its_field_for_who_may_not_read_it(home: Home) {
    let house = House::open(home).await;
    let office = &house.office;
    halves(&house).await;
    house.change_local(ALLOWANCE, |local| local.sensitive = true).await;
    let administrator = above(&house, &[NORTH, SOUTH]).await;
    let resident = house.nay().await;
    house.submitted(&resident, ALLOWANCE).await;
    house.submitted(&resident, SAME_DAY).await;
    let id = office.prepare_reorganisation(&administrator, split(By::Field), office.new_id()).await.unwrap();
    let mut reader = administrator.clone();
    if let Actor::Staff(staff) = &mut reader.actor {
        staff.positions.push(Position { office: DONG_XUAN + 1, role: Role::Reception, title: String::new() });
    }
    let mut fields = Vec::new();
    for (who, withheld) in [(&administrator, 1), (&reader, 0)] {
        let view = office.reorganisation(who, id).await.unwrap();
        let counted: i64 = view.values.iter().map(|value| value.dossiers).sum();
        assert_eq!((view.open, counted, view.withheld), (2, 2 - withheld, withheld));
        // They pass over with the others, and that nothing is counted in a field says nothing of it.
        assert_eq!(view.heirs.iter().map(|heir| heir.dossiers).sum::<i64>(), 2);
        fields.push(view.values.into_iter().map(|value| value.what).collect::<Vec<_>>());
    }
    assert_eq!(fields[0], fields[1]);
}

on_both!(a_plan_by_hand_leads_a_sensitive_dossier_on_and_names_it_to_its_readers_alone);
async fn a_plan_by_hand_leads_a_sensitive_dossier_on_and_names_it_to_its_readers_alone(home: Home) {
    let house = House::open(home).await;
    let office = &house.office;
    halves(&house).await;
    house.change_local(ALLOWANCE, |local| local.sensitive = true).await;
    let administrator = above(&house, &[NORTH, SOUTH]).await;
    let resident = house.nay().await;
    let guarded = house.submitted(&resident, ALLOWANCE).await;
    house.submitted(&resident, SAME_DAY).await;
    let code = house.row(guarded).await.temporary_code.unwrap();
    let id = office.prepare_reorganisation(&administrator, split(By::Hand), office.new_id()).await.unwrap();
    let mut reader = administrator.clone();
    if let Actor::Staff(staff) = &mut reader.actor {
        staff.positions.push(Position { office: DONG_XUAN + 1, role: Role::Reception, title: String::new() });
    }
    let line_of = async |who: &Who| {
        let view = office.reorganisation(who, id).await.unwrap();
        assert_eq!((view.values.len(), view.withheld), (2, 0));
        let line = view.values.into_iter().find(|value| value.what == guarded.to_string()).unwrap();
        (line.label, line.dossiers, line.to)
    };
    assert_eq!(line_of(&reader).await.0, code);
    assert_eq!(line_of(&administrator).await.0, "");
    let (seen, lines) = (version(&house, &administrator, id).await, vec![(guarded.to_string(), NORTH)]);
    office.name_heirs(&administrator, (id, seen), lines, Vec::new(), office.new_id()).await.unwrap();
    assert_eq!(line_of(&administrator).await, (String::new(), 1, NORTH));
    assert_eq!(line_of(&reader).await, (code.clone(), 1, NORTH));

    // The list of what is to come names it to its readers; the one that both sides sign has a code on each line.
    let listed = async |who: &Who| {
        let list = office.handover_list(who, id, NORTH, None).await.unwrap();
        let sheet = office.print_handover_list(who, id, NORTH, 1).await.unwrap();
        assert_eq!(list.lines, sheet.lines);
        let line = list.lines.into_iter().find(|line| line.dossier_id == guarded).unwrap();
        assert_eq!(line.procedure_name, "");
        line.temporary_code
    };
    assert_eq!(listed(&administrator).await, None);
    assert_eq!(listed(&reader).await, Some(code.clone()));
    confirm(&house, &administrator, id).await;
    house.clock.set(at("2026-11-02T00:11"));
    assert_eq!(office.carry_out_reorganisations(office.new_id()).await.unwrap(), 2);
    assert_eq!(listed(&administrator).await, Some(code));
}

on_both!(a_plan_that_parts_somebody_from_the_dossiers_in_hand_is_not_confirmed);
async fn a_plan_that_parts_somebody_from_the_dossiers_in_hand_is_not_confirmed(home: Home) {
    let house = House::open(home).await;
    let office = &house.office;
    halves(&house).await;
    let who = above(&house, &[NORTH, SOUTH]).await;
    let resident = house.nay().await;
    let held = house.assigned(&resident, ALLOWANCE).await;
    let holder = house.row(held).await.assignee.unwrap();
    let id = office.prepare_reorganisation(&who, split(By::Assignee), office.new_id()).await.unwrap();
    let view = office.reorganisation(&who, id).await.unwrap();
    assert_eq!(view.problem, None, "whoever works on nowhere is parted from nothing");
    let specialist = view.people.iter().find(|one| one.role == "specialist").unwrap();
    let (position, name) = (specialist.position, specialist.name.clone());
    let people = vec![(position, Some(NORTH))];
    office.name_heirs(&who, (id, view.row.version), Vec::new(), people, office.new_id()).await.unwrap();
    let view = office.reorganisation(&who, id).await.unwrap();
    assert_eq!(view.problem, Some(PlanProblem::Parted(name)), "the page says so before");
    let refused = office.confirm_reorganisation(&who, id, view.row.version, office.new_id()).await;
    assert!(matches!(refused, Err(Error::Invalid(Problem::Plan(PlanProblem::Parted(_))))), "{refused:?}");
    let lines = vec![(holder.to_string(), NORTH)];
    office.name_heirs(&who, (id, view.row.version), lines, Vec::new(), office.new_id()).await.unwrap();
    assert_eq!(office.reorganisation(&who, id).await.unwrap().problem, None);
    let (seen, command) = (version(&house, &who, id).await, office.new_id());
    for _ in 0..2 {
        office.confirm_reorganisation(&who, id, seen, command).await.unwrap();
    }
}

on_both!(of_two_plans_that_close_the_same_unit_one_begins);
async fn of_two_plans_that_close_the_same_unit_one_begins(home: Home) {
    let house = House::open(home).await;
    let office = &house.office;
    halves(&house).await;
    let who = above(&house, &[NORTH, SOUTH]).await;
    let resident = house.nay().await;
    house.submitted(&resident, ALLOWANCE).await;
    let first = office.prepare_reorganisation(&who, split(By::Hamlet), office.new_id()).await.unwrap();
    let other = NewReorganisation { default: Some(NORTH), ..split(By::Field) };
    let second = office.prepare_reorganisation(&who, other, office.new_id()).await.unwrap();
    confirm(&house, &who, first).await;
    confirm(&house, &who, second).await;
    house.clock.set(at("2026-11-02T00:11"));
    let worker = office.new_id();
    for _ in 0..2 {
        let failed = office.carry_out_reorganisations(worker).await;
        assert!(matches!(failed, Err(Error::Invalid(Problem::Plan(PlanProblem::NotThere(_))))), "{failed:?}");
        assert_eq!(house.count("SELECT COUNT(*) FROM reorganisations WHERE begun_at IS NOT NULL").await, 1);
    }
    assert_eq!(house.count("SELECT COUNT(*) FROM handovers").await, 1, "what the first rule leads on has passed over");
    let stuck = office.stuck(&who).await.unwrap();
    assert!(stuck.iter().any(|one| matches!(one, Stuck::Reorganisation { has_begun: false, .. })), "{stuck:?}");
}
