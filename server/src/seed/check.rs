//! What must be true of the demonstration's data, whatever the stories say.

use anyhow::{Context, Result, ensure};
use domain::{
    code::CaseCode,
    dossier::{Event, SubState, replay},
    person::{CitizenId, PartialDate, Phone, Sex},
    question::{ProblemKind, Scope, Typed, WarningKind, parse},
    time::{Day, Instant},
    unit::Offices,
};
use office::{Office, places::PROVINCE};
use std::collections::{BTreeMap, BTreeSet};
use store::{Tx, calendars, copying, dossiers::DossierRow, events, queues, queues::After, queues::Filter};

/// What was counted on the way.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Counted {
    pub dossiers: usize,
    /// Dossiers by national status code and sub-state.
    pub states: BTreeMap<(i64, String), usize>,
    pub passed_on: usize,
    pub finished_late: usize,
    pub paused_once: usize,
    pub redated: usize,
    pub online: usize,
    /// Dossiers whose clock stands still now.
    pub paused_now: usize,
    /// Open dossiers whose due moment has passed.
    pub open_late: usize,
    /// Dossiers filed in each year.
    pub years: BTreeMap<i32, usize>,
    /// Dossiers filed before the communes of today.
    pub before_reorganisation: usize,
}

/// Dossiers of the demonstration.
const DOSSIERS: usize = 600;
/// Dossiers that were finished late or are late now, in hundredths of all: a commune that works well, and not perfectly.
const LATE_PERCENT: std::ops::RangeInclusive<usize> = 3..=8;
/// Members of staff of the stories, and beside them whoever administers several communes.
const STAFF: usize = 60;
const OVERSEERS: usize = 1;
/// Residents with an account.
const RESIDENTS: usize = 300;
/// The telephone numbers of the demonstration's people, in digits: one block, named in `README.md`.
const PHONES: std::ops::RangeInclusive<u64> = 84_900_000_000..=84_900_000_999;

/// Checks a filled database. The first thing that is wrong is the error.
pub async fn check(office: &Office) -> Result<Counted> {
    let rows = all_dossiers(office).await?;
    let mut counted = Counted { dossiers: rows.len(), ..Counted::default() };
    let (mut codes, mut open) = (BTreeSet::new(), BTreeSet::new());
    for row in &rows {
        let about = || format!("dossier {:?} {}", row.code, row.id);
        check_record(office, row, &mut counted).await.with_context(about)?;
        check_person(office, row).with_context(about)?;
        for code in row.code.iter().chain(&row.temporary_code) {
            ensure!(codes.insert(code.clone()), "code {code} names two dossiers");
        }
        let matter = (row.resolving_office, row.applicant_id.clone(), row.procedure_code.clone());
        ensure!(row.state.status.is_terminal() || open.insert(matter), "{:?} is open twice", row.code);
        *counted.states.entry((row.status, row.sub_state.clone())).or_default() += 1;
        counted.online += usize::from(row.channel == "online");
    }
    ensure!(rows.len() == DOSSIERS, "{} dossiers", rows.len());
    for status in 1..=10 {
        ensure!(counted.states.keys().any(|(code, _)| *code == status), "no dossier has status {status}");
    }
    for state in SubState::ALL {
        ensure!(counted.states.keys().any(|(_, key)| key == state.key()), "no dossier is {}", state.key());
    }
    for year in 2024..=2026 {
        ensure!(counted.years.contains_key(&year), "nothing was filed in {year}");
    }
    let some = [
        ("passed on", counted.passed_on),
        ("finished late", counted.finished_late),
        ("late and open", counted.open_late),
        ("paused once", counted.paused_once),
        ("paused now", counted.paused_now),
        ("promised another day", counted.redated),
        ("filed online", counted.online),
        ("filed at the counter", rows.len() - counted.online),
        ("filed before the reorganisation", counted.before_reorganisation),
        ("filed after it", rows.len() - counted.before_reorganisation),
    ];
    for (what, count) in some {
        ensure!(count > 0, "no dossier is {what}");
    }
    let late = counted.finished_late + counted.open_late;
    ensure!(is_late_share(late, rows.len()), "{late} of {} dossiers are late", rows.len());
    check_rules(office).await?;
    check_people(office).await?;
    Ok(counted)
}

/// Whether so many of so many lie within [`LATE_PERCENT`], its ends included and nothing rounded.
fn is_late_share(late: usize, all: usize) -> bool {
    (LATE_PERCENT.start() * all..=LATE_PERCENT.end() * all).contains(&(late * 100))
}

async fn all_dossiers(office: &Office) -> Result<Vec<DossierRow>> {
    let filter = Filter { offices: office.books().places.authority_ids(), ..Filter::default() };
    let (mut rows, mut after) = (Vec::new(), None);
    let mut tx = office.db().read().await?;
    loop {
        let page = queues::list_queue(&mut tx, &filter, after, 100).await?;
        let Some(last) = page.last() else { return Ok(rows) };
        after = Some(After { queue_at: last.queue_at, id: last.id });
        for line in &page {
            rows.push(store::dossiers::dossier_by_id(&mut tx, line.id).await?.context("a line without a dossier")?);
        }
    }
}

/// The events add up to the state, every act of staff falls into office hours, and nothing goes back in time.
async fn check_record(office: &Office, row: &DossierRow, counted: &mut Counted) -> Result<()> {
    let mut tx = office.db().read().await?;
    let lines = events::events_of(&mut tx, row.office_id, row.id).await?;
    let recorded: Vec<_> = lines.iter().map(events::EventRow::recorded).collect();
    ensure!(replay(&recorded).as_ref() == Some(&row.state), "its events do not add up to its state");
    let calendar = office.calendar_of_version(&row.calendar_version)?;
    let mut before = Instant(i64::MIN);
    for line in &lines {
        let at = Instant(line.at);
        ensure!(at >= before, "an event before the one it follows");
        before = at;
        if line.actor_kind == "staff" {
            ensure!(calendar.is_open_for_reception(at), "staff worked at {at}, when the office is closed");
        }
        match &line.body {
            Event::ReceivedAtCounter { .. } => {
                ensure!(line.actor_kind == "staff", "received at a counter by nobody");
            }
            Event::PassedOn { .. } => {
                ensure!(row.resolving_office != row.office_id, "passed on to itself");
                counted.passed_on += 1;
            }
            _ => {}
        }
    }
    if let (Some(finished), Some(due)) = (row.state.finished, row.state.due) {
        counted.finished_late += usize::from(finished > due);
    }
    counted.paused_once += usize::from(!row.state.pauses.is_empty());
    counted.redated += usize::from(row.state.is_redated());
    let open = !row.state.status.is_terminal();
    counted.paused_now += usize::from(open && row.state.pauses.iter().any(|pause| pause.to.is_none()));
    let late = |due| row.state.finished.is_none() && row.state.has_missed(due, office.now());
    counted.open_late += usize::from(open && row.state.due.is_some_and(late));
    let books = office.books();
    let filed = books.places.by_id(row.office_id).context("no filing office")?;
    let first = lines.first().context("no event")?;
    let filed_on = Instant(first.at).day();
    ensure!(filed.stands_on(filed_on), "filed with an office that did not stand on that day");
    *counted.years.entry(filed_on.year()).or_default() += 1;
    let todays: Day = super::rules::FIRST_DAY_OF_TODAYS_COMMUNES.parse()?;
    counted.before_reorganisation += usize::from(filed_on < todays);
    if let Some(code) = &row.code {
        let code = CaseCode::parse(code).map_err(|problem| anyhow::anyhow!("{problem:?}"))?;
        let received = row.state.received.context("a code and no reception")?.day();
        ensure!(code.day() == received, "its code tells another day than that of its reception");
        let gave = Offices::shipped().of_organ(code.organ(), received);
        ensure!(gave.is_some(), "its code is of an office that did not stand on that day");
    }
    let now = books.places.by_id(row.resolving_office).context("no resolving office")?;
    ensure!(!open || now.stands_on(office.now().day()), "open, and its office is gone");
    Ok(())
}

/// No number of a form tells another sex or birth year than the form does, and nothing in a form is wrong; what is missing
/// lay on the counter.
fn check_person(office: &Office, row: &DossierRow) -> Result<()> {
    let books = office.books();
    let procedure = books.catalogue.version(row.procedure_version).context("no procedure")?;
    let form = books.catalogue.form(&procedure, &row.form_key, row.form_version).context("no form")?;
    let filed = row.submitted_at.or(row.received_at).context("never filed")?;
    let parsed = parse(&form, &row.typed, Instant(filed).day(), Scope::Form);
    let mismatch = |kind: &WarningKind| matches!(kind, WarningKind::CitizenIdMismatch { .. });
    ensure!(!parsed.warnings.iter().any(|warning| mismatch(&warning.kind)), "a number against sex or birth year");
    let wrong = parsed.problems.iter().find(|problem| problem.kind != ProblemKind::Missing);
    ensure!(wrong.is_none(), "{wrong:?}");
    ensure!(is_demo_number(&row.applicant_id), "an applicant without a demonstration number");
    ensure!(is_demo_phone(&row.applicant_phone), "an applicant with somebody's telephone number");
    check_answers(&row.typed)
}

/// Every number that a form holds is one of the demonstration, and tells the sex and birth year beside it.
fn check_answers(typed: &Typed) -> Result<()> {
    let at = |path: String| typed.get(&path).map(String::as_str).unwrap_or_default();
    for (path, answer) in typed {
        if path.ends_with("phone") && !answer.is_empty() {
            ensure!(is_demo_phone(answer), "{path}: somebody's telephone number");
        }
        let Ok(number) = CitizenId::parse(answer) else { continue };
        ensure!(is_demo_number(answer), "{path}: a real province's number");
        let Some(whose) = path.strip_suffix("citizen_id") else { continue };
        let sex = match whose {
            "mother." => Some(Sex::Female),
            "father." => Some(Sex::Male),
            _ => Sex::from_key(at(format!("{whose}sex"))),
        };
        let birth = ["day", "month", "year"].map(|part| at(format!("{whose}birth.{part}")));
        let odd = number.check_against(sex, PartialDate::parse_fields(birth[0], birth[1], birth[2]).ok());
        ensure!(odd.is_empty(), "{path}: {odd:?}");
    }
    Ok(())
}

async fn check_rules(office: &Office) -> Result<()> {
    let books = office.books();
    let day = office.now().day();
    ensure!(books.catalogue.all(day).count() == PROCEDURES, "not thirty-one procedures");
    let mut tx = office.db().read().await?;
    let calendars = calendars::list_calendars(&mut tx).await?;
    let years: Vec<i32> = calendars
        .iter()
        .filter(|known| known.scope == PROVINCE)
        .flat_map(|known| known.body.published().collect::<Vec<_>>())
        .collect();
    ensure!((2023..=2026).all(|year| years.contains(&year)), "a year without its calendar");
    Ok(())
}

/// Communes and the township of the former district, which the four communes of today are made of.
const COMMUNES: usize = 11;
/// Procedures in force.
const PROCEDURES: usize = 31;

/// What a column of text holds, row by row.
async fn column(tx: &mut Tx, table: &str, name: &str) -> Result<Vec<String>> {
    let mut values = Vec::new();
    let each = |line: &str| -> Result<()> {
        let row: serde_json::Value = serde_json::from_str(line)?;
        values.push(row[name].as_str().with_context(|| format!("{table}.{name} is no text"))?.to_owned());
        Ok(())
    };
    copying::each_line(tx, table, each).await?;
    Ok(values)
}

/// Everybody of the data files has a row, and nobody else; and the people of the files fit together.
async fn check_people(office: &Office) -> Result<()> {
    let (staff, residents) = super::people::from_files()?;
    let mut tx = office.db().read().await?;
    let logins = column(&mut tx, "staff", "login").await?;
    let accounts = column(&mut tx, "accounts", "citizen_id").await?;
    drop(tx);
    ensure!(
        logins.len() == STAFF + OVERSEERS && accounts.len() == RESIDENTS,
        "{} rows of staff, {} of residents",
        logins.len(),
        accounts.len()
    );
    ensure!(staff.len() == STAFF && residents.len() == RESIDENTS, "a row of somebody who is in no file");
    for member in &staff {
        ensure!(logins.contains(&member.login), "{}: not entered", member.login);
    }
    let places: BTreeSet<&str> = residents.iter().filter_map(|resident| resident.hamlet.get(..5)).collect();
    ensure!(places.len() == COMMUNES, "not somebody from each of the communes of before");
    for role in domain::role::Role::ALL {
        let today = office.now().day();
        let held = staff.iter().flat_map(|member| &member.positions);
        ensure!(held.into_iter().any(|p| p.role == role && p.to.is_none_or(|to| to >= today)), "nobody is {role:?}");
    }
    let mut phones = BTreeSet::new();
    for phone in staff.iter().map(|m| &m.phone).chain(residents.iter().map(|r| &r.phone)) {
        ensure!(is_demo_phone(phone) && phones.insert(phone), "{phone}: outside the block, or another's");
    }
    let peoples: BTreeSet<&str> = residents.iter().map(|resident| resident.ethnic.as_str()).collect();
    ensure!(["01", "12", "13", "17"].iter().all(|code| peoples.contains(code)), "one of the area's peoples is missing");
    let mut numbers = BTreeSet::new();
    for resident in &residents {
        let number = CitizenId::parse(&resident.citizen_id).map_err(|problem| anyhow::anyhow!("{problem:?}"))?;
        let (year, month, day) = resident.birth.ymd();
        let birth = PartialDate::parse_fields(&day.to_string(), &month.to_string(), &year.to_string());
        let odd = number.check_against(Some(resident.sex), birth.ok());
        ensure!(odd.is_empty(), "{}: {odd:?}", resident.key);
        ensure!(is_demo_number(&resident.citizen_id), "{}: a real province's number", resident.key);
        ensure!(numbers.insert(resident.citizen_id.clone()), "{}: another's number", resident.key);
        ensure!(accounts.iter().any(|one| one == number.as_str()), "{}: no account", resident.key);
        if let Some(spouse) = &resident.spouse {
            let other = residents.iter().find(|one| one.key == *spouse).context("no such spouse")?;
            ensure!(other.spouse.as_ref() == Some(&resident.key), "{}: married to one side only", resident.key);
            ensure!((other.sex == Sex::Female) != (resident.sex == Sex::Female), "{}: its spouse", resident.key);
        }
    }
    Ok(())
}

/// Whether the telephone number is of the demonstration's block.
fn is_demo_phone(phone: &str) -> bool {
    Phone::parse(phone).is_ok_and(|phone| phone.as_str()[1..].parse().is_ok_and(|digits| PHONES.contains(&digits)))
}

/// Whether the number begins with a code that no province has.
fn is_demo_number(number: &str) -> bool {
    ["997", "998", "999"].iter().any(|code| number.starts_with(code))
}

#[cfg(test)]
mod tests {
    use super::is_late_share;

    #[test]
    fn the_share_of_late_dossiers_is_compared_without_rounding() {
        for (late, holds) in [(17, false), (18, true), (48, true), (49, false), (53, false)] {
            assert_eq!(is_late_share(late, 600), holds, "{late} of 600");
        }
    }
}
