//! What a unit says of a procedure is its own: compared, published from a day on, and kept by what was received under it.

use super::{
    engine::Home,
    house::{ALLOWANCE, DONG_XUAN, House, XUAN_LANH, at},
};
use crate::on_both;
use domain::{
    dossier::Channel,
    money::Dong,
    procedure::unit_part::UnitPartField,
    role::Role,
    time::{Day, Instant},
    working_time::{Term, TermUnit},
};
use office::{
    Error, Who,
    error::Problem,
    local_parts::{LineFilter, TypedFee, TypedPart},
};
use uuid::Uuid;

/// A procedure that is done within the day.
const SAME_DAY: &str = "1.001193";

fn day(text: &str) -> Day {
    text.parse().unwrap()
}

fn invalid<T: std::fmt::Debug>(done: Result<T, Error>) -> Problem {
    match done {
        Err(Error::Invalid(problem)) => problem,
        other => panic!("not refused: {other:?}"),
    }
}

fn typed(amount: &str) -> TypedPart {
    TypedPart { online: true, amount: amount.into(), ..TypedPart::default() }
}

/// Publishes for Đồng Xuân, from that day on, beside what holds then.
async fn publish(house: &House, who: &Who, part: &TypedPart, first: &str) -> Result<(), Error> {
    let office = &house.office;
    let (place, first) = ((DONG_XUAN, ALLOWANCE), day(first));
    let seen = office.compare_local_part(who, place, part, first)?.held_id;
    office.publish_local_part(who, place, part, first, seen, office.new_id()).await
}

async fn due(house: &House, dossier: Uuid) -> Option<Instant> {
    house.row(dossier).await.due_at.map(Instant)
}

on_both!(a_shorter_term_is_promised_from_its_day_on_in_its_unit_and_what_was_received_keeps_its_own);
async fn a_shorter_term_is_promised_from_its_day_on_in_its_unit_and_what_was_received_keeps_its_own(home: Home) {
    let house = House::open(home).await;
    let office = &house.office;
    let administrator = house.staff(DONG_XUAN, Role::Administrator).await;
    let before = house.accepted(&house.nay().await, ALLOWANCE).await;
    assert_eq!(due(&house, before).await, Some(at("2026-10-15T17:00")), "three working days");
    publish(&house, &administrator, &typed("1"), "2026-10-13").await.unwrap();
    let waiting = house.submitted(&house.resident("998091112648", "Mang Thị Hoa").await, ALLOWANCE).await;
    assert_eq!(house.row(waiting).await.local_part, None, "it does not hold yet");

    house.clock.set(at("2026-10-13T08:00"));
    let clerk = house.staff(DONG_XUAN, Role::Reception).await;
    office.accept_dossier(&clerk, waiting, None, house.command(waiting).await).await.unwrap();
    assert_eq!(due(&house, waiting).await, Some(at("2026-10-14T17:00")), "one working day");
    let kept = house.row(waiting).await.local_part;
    assert_eq!(kept, Some(office.units_say(&administrator, ALLOWANCE).unwrap().units[0].versions[0].id));
    assert_eq!(due(&house, before).await, Some(at("2026-10-15T17:00")), "what was received stays");

    // The unit takes it back: what was received under it keeps its promise and its row.
    publish(&house, &administrator, &typed(""), "2026-10-13").await.unwrap();
    let shown = office.dossier(&clerk, waiting).await.unwrap();
    assert_eq!(shown.row.local_part, kept);
    let catalogue = &office.books().catalogue;
    let procedure = catalogue.in_force(ALLOWANCE, office.now().day()).unwrap();
    let promised = |unit| office.term_in_unit(&procedure, unit, Channel::Counter).map(|term| term.amount);
    assert_eq!((promised(DONG_XUAN), promised(XUAN_LANH)), (Some(3), Some(3)));
    assert_eq!(house.count("SELECT COUNT(*) FROM local_parts").await, 2, "the first version stays");
    assert_eq!(house.count("SELECT COUNT(*) FROM audit_rows WHERE act = 'publish_local_part'").await, 2);
}

on_both!(a_procedure_that_a_unit_takes_at_its_counter_alone_is_not_begun_online_there_and_what_was_begun_goes_on);
async fn a_procedure_that_a_unit_takes_at_its_counter_alone_is_not_begun_online_there_and_what_was_begun_goes_on(
    home: Home,
) {
    let house = House::open(home).await;
    let office = &house.office;
    let administrator = house.staff(DONG_XUAN, Role::Administrator).await;
    let (resident, other) = (house.nay().await, house.resident("998091112648", "Mang Thị Hoa").await);
    let begun = house.draft(&resident, ALLOWANCE).await;
    let part = TypedPart { online: false, notes: " Mang bản chính  giấy báo tử ".into(), ..typed("") };
    publish(&house, &administrator, &part, "2026-10-12").await.unwrap();
    let start = async |who: &Who, unit| office.start_draft(who, ALLOWANCE, unit, office.new_id()).await;
    assert_eq!(invalid(start(&other, DONG_XUAN).await), Problem::NotOfferedOnline);
    start(&other, XUAN_LANH).await.unwrap();
    assert_eq!(start(&resident, DONG_XUAN).await.unwrap(), begun, "what was begun is opened again");
    let changed = async |who: &Who, id| office.changed_since_begun(&office.draft(who, id).await.unwrap().row);
    assert_eq!(changed(&resident, begun).await, [UnitPartField::Online, UnitPartField::Notes], "since it was begun");
    office.submit_draft(&resident, begun, true, office.new_id()).await.unwrap();
    let said = office.units_that_say(ALLOWANCE);
    assert_eq!(said.len(), 1);
    assert_eq!((said[0].0, said[0].2.notes.as_str()), (DONG_XUAN, "Mang bản chính giấy báo tử"));

    publish(&house, &administrator, &TypedPart { online: true, ..part }, "2026-10-12").await.unwrap();
    let draft = start(&other, DONG_XUAN).await.unwrap();
    let latest = office.units_say(&administrator, ALLOWANCE).unwrap().units[0].versions[0].id;
    assert_eq!(office.draft(&other, draft).await.unwrap().row.local_part, Some(latest));
    assert_eq!(changed(&other, draft).await, []);
    publish(&house, &administrator, &typed("2"), "2026-10-12").await.unwrap();
    assert_eq!(changed(&other, draft).await, [UnitPartField::Notes, UnitPartField::Term]);
}

on_both!(what_cannot_be_promised_or_was_not_seen_is_not_published);
async fn what_cannot_be_promised_or_was_not_seen_is_not_published(home: Home) {
    let house = House::open(home).await;
    let office = &house.office;
    let administrator = house.staff(DONG_XUAN, Role::Administrator).await;
    let legal = Term { unit: TermUnit::WorkingDays, amount: 3, cutoff_15h: false };
    for amount in ["3", "4", "0", "-1", "hai", "1,5"] {
        let done = publish(&house, &administrator, &typed(amount), "2026-10-12").await;
        assert_eq!(invalid(done), Problem::TermNotShorter { legal }, "{amount}");
    }
    let today = day("2026-10-12");
    let same_day = office.compare_local_part(&administrator, (DONG_XUAN, SAME_DAY), &typed("1"), today);
    assert_eq!(invalid(same_day), Problem::NothingToShorten);
    let early = publish(&house, &administrator, &typed("2"), "2026-10-11").await;
    assert_eq!(invalid(early), Problem::PeriodInvalid("first"));
    let long = TypedPart { notes: "a".repeat(601), ..typed("") };
    assert_eq!(invalid(publish(&house, &administrator, &long, "2026-10-12").await), Problem::TooLong("notes"));
    assert_eq!(invalid(publish(&house, &administrator, &typed(""), "2026-10-12").await), Problem::SameAsHeld);
    let nowhere = office.compare_local_part(&administrator, (DONG_XUAN, "9.999999"), &typed(""), today);
    assert!(matches!(nowhere, Err(Error::NotFound)), "{nowhere:?}");

    // Two look at the same; the second has not seen what the first published. The same form twice is one version.
    let place = (DONG_XUAN, ALLOWANCE);
    let change = office.compare_local_part(&administrator, place, &typed("2"), today).unwrap();
    assert_eq!((change.held_id, change.changed.as_slice()), (None, [UnitPartField::Term].as_slice()));
    let command = office.new_id();
    for _ in 0..2 {
        office.publish_local_part(&administrator, place, &typed("2"), today, None, command).await.unwrap();
    }
    let late = office.publish_local_part(&administrator, place, &typed("1"), today, None, office.new_id()).await;
    assert!(matches!(late, Err(Error::Stale)), "{late:?}");
    assert_eq!(house.count("SELECT COUNT(*) FROM local_parts").await, 1);
}

on_both!(an_administrator_publishes_in_ones_own_unit_alone_and_the_list_names_it);
async fn an_administrator_publishes_in_ones_own_unit_alone_and_the_list_names_it(home: Home) {
    let house = House::open(home).await;
    let office = &house.office;
    let administrator = house.staff(DONG_XUAN, Role::Administrator).await;
    let foreign = house.staff(XUAN_LANH, Role::Administrator).await;
    let leader = house.staff(DONG_XUAN, Role::Leader).await;
    let (place, today) = ((DONG_XUAN, ALLOWANCE), day("2026-10-12"));
    for who in [&foreign, &leader] {
        let done = office.publish_local_part(who, place, &typed("2"), today, None, office.new_id()).await;
        assert!(matches!(done, Err(Error::Forbidden)), "{done:?}");
        let seen = office.compare_local_part(who, place, &typed("2"), today);
        assert!(matches!(seen, Err(Error::Forbidden)), "{seen:?}");
    }
    let list = |who: &Who, filter: LineFilter| office.procedure_lines(who, &filter, None);
    assert!(matches!(list(&leader, LineFilter::default()).map(drop), Err(Error::Forbidden)));
    publish(&house, &administrator, &typed("2"), "2026-10-12").await.unwrap();
    let own = LineFilter { own: true, ..LineFilter::default() };
    let lines = list(&administrator, own.clone()).unwrap().lines;
    assert_eq!(lines.iter().map(|line| line.code.as_str()).collect::<Vec<_>>(), [ALLOWANCE]);
    assert_eq!((lines[0].own.len(), lines[0].to_come), (1, false));
    assert!(list(&foreign, own).unwrap().lines.is_empty(), "another unit's is not theirs");
    let found = list(&administrator, LineFilter { words: ALLOWANCE.into(), own: false }).unwrap();
    assert_eq!((found.lines.len(), found.next), (1, None));
    let all = list(&administrator, LineFilter::default()).unwrap();
    let after = office.procedure_lines(&administrator, &LineFilter::default(), Some(ALLOWANCE)).unwrap();
    assert!(all.lines.iter().any(|line| line.code == ALLOWANCE));
    assert!(after.lines.iter().all(|line| line.code.as_str() > ALLOWANCE));
    assert!(office.units_say(&foreign, ALLOWANCE).unwrap().units[0].versions.is_empty());
}

/// The procedure with a fee that the province sets and one that the law sets; done within the day.
const WITH_FEES: &str = "1.000656";

on_both!(an_amount_that_the_province_sets_is_the_unit_s_own_with_its_resolution_and_a_version_keeps_it);
async fn an_amount_that_the_province_sets_is_the_unit_s_own_with_its_resolution_and_a_version_keeps_it(home: Home) {
    let house = House::open(home).await;
    let office = &house.office;
    let administrator = house.staff(DONG_XUAN, Role::Administrator).await;
    let (place, today) = ((DONG_XUAN, WITH_FEES), day("2026-10-12"));
    let procedure = office.units_say(&administrator, WITH_FEES).unwrap().procedure;
    let local = procedure.local.clone().expect("a local part");
    let [open] = procedure.open_fees()[..] else { panic!("one fee without an amount") };
    let with = |name: &str, amount: &str, source: &str| TypedPart {
        fees: vec![TypedFee { name: name.into(), amount: amount.into(), source: source.into() }],
        ..typed("")
    };
    let look = |part: &TypedPart| office.compare_local_part(&administrator, place, part, today);
    for amount in ["năm nghìn", "1,5", "-5", "12.34.567", "", "1.000.000.001"] {
        let wrong = look(&with(&open.name, amount, "Nghị quyết 12"));
        assert_eq!(invalid(wrong), Problem::FeeInvalid("fee-0"), "{amount}");
    }
    assert_eq!(invalid(look(&with(&open.name, "5.000", " "))), Problem::Missing("source-0"));
    assert_eq!(invalid(look(&with(&open.name, "5.000", &"a".repeat(201)))), Problem::TooLong("source-0"));
    let laid_down = look(&with("Bản sao xin thêm", "5.000", "Nghị quyết 12"));
    assert!(matches!(laid_down, Err(Error::Stale)), "the law sets that one: {laid_down:?}");

    let publish = async |part: &TypedPart| {
        let change = look(part)?;
        office.publish_local_part(&administrator, place, part, today, change.held_id, office.new_id()).await
    };
    let first = with(&open.name, " 5 000 đ", " Nghị quyết  số 12/2026/NQ-HĐND ");
    assert_eq!(look(&first).unwrap().changed, [UnitPartField::Fees]);
    publish(&first).await.unwrap();
    assert_eq!(invalid(publish(&first).await), Problem::SameAsHeld);
    let lines = |unit| office.unit_part(WITH_FEES, unit).fee_lines(&local);
    let own = &lines(DONG_XUAN)[0];
    assert_eq!((own.amount, own.source.as_str()), (Some(Dong(5_000)), "Nghị quyết số 12/2026/NQ-HĐND"));
    assert_eq!(lines(DONG_XUAN)[1], local.fee_lines[1], "what the law sets stays");
    assert_eq!(lines(XUAN_LANH), local.fee_lines, "another unit has its own");

    // The next resolution is the next version; the first stays as it was.
    publish(&with(&open.name, "8000", "Nghị quyết số 20/2026/NQ-HĐND")).await.unwrap();
    publish(&with(&open.name, "", "")).await.unwrap();
    let versions = &office.units_say(&administrator, WITH_FEES).unwrap().units[0].versions;
    let amounts: Vec<_> = versions.iter().map(|one| one.part.fees.first().map(|fee| fee.amount.0)).collect();
    assert_eq!(amounts, [None, Some(8_000), Some(5_000)]);
    office.reload_books().await.unwrap();
    assert_eq!(&office.units_say(&administrator, WITH_FEES).unwrap().units[0].versions, versions, "as they were read");
    assert_eq!(lines(DONG_XUAN), local.fee_lines);
}
