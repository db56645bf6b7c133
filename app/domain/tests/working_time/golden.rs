//! The golden table, made by `oracle.py`: a second reading of the same rules, written without this engine.

use super::at;
use domain::time::{Day, Instant, Weekday};
use domain::working_time::{
    Calendar, CalendarYear, DayEntry, DayKind, DayPart, EntryKind, Pause, PausePolicy, Term, TermUnit, due,
};
use serde_json::Value;
use std::{
    collections::{BTreeMap, HashMap},
    path::{Path, PathBuf},
    process::Command,
};

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/working_time")
}

fn table() -> Value {
    let text = std::fs::read_to_string(folder().join("golden.json")).expect("golden.json");
    serde_json::from_str(&text).expect("golden.json is JSON")
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_else(|| panic!("not a text: {value}"))
}

fn list(value: &Value) -> &[Value] {
    value.as_array().unwrap_or_else(|| panic!("not a list: {value}"))
}

fn flag(value: &Value) -> bool {
    value.as_bool().unwrap_or_else(|| panic!("not a flag: {value}"))
}

fn entry(value: &Value) -> DayEntry {
    let kind = match text(&value["kind"]) {
        "holiday" => EntryKind::Holiday,
        "in_lieu" => EntryKind::InLieu,
        "swapped" => EntryKind::Swapped,
        "made_up" => EntryKind::MadeUp,
        "sudden" => EntryKind::Sudden,
        other => panic!("unknown kind {other}"),
    };
    let part = match text(&value["part"]) {
        "whole" => DayPart::Whole,
        "morning" => DayPart::Morning,
        "afternoon" => DayPart::Afternoon,
        other => panic!("unknown part {other}"),
    };
    let day = text(&value["date"]).parse().expect("a day");
    DayEntry { day, kind, part, name: text(&value["name"]).to_owned(), source: None }
}

/// The calendar of the table, with nothing of the shipped one but the hours and the holidays by date.
fn calendar(entries: &Value) -> Calendar {
    let mut data = Calendar::official().data().clone();
    let entries: Vec<_> = list(entries).iter().map(entry).collect();
    data.years = (2023..=2026)
        .map(|year| CalendarYear {
            year,
            source: "oracle".into(),
            entries: entries.iter().filter(|entry| entry.day.year() == year).cloned().collect(),
        })
        .collect();
    assert_eq!(data.years.iter().map(|year| year.entries.len()).sum::<usize>(), entries.len());
    Calendar::try_from(data).expect("the oracle's calendar is one")
}

struct Case<'a> {
    name: &'a str,
    stratum: String,
    calendar: &'a str,
    received: Instant,
    term: Term,
    policy: Option<PausePolicy>,
    pauses: Vec<Pause>,
    expected: Answer,
}

#[derive(Debug, PartialEq)]
struct Answer {
    due: Instant,
    starts: Instant,
    provisional: bool,
    why: Vec<(Day, bool)>,
}

fn case(value: &Value) -> Case<'_> {
    let unit = match text(&value["unit"]) {
        "ngay_lam_viec" => TermUnit::WorkingDays,
        "ngay_lich" => TermUnit::CalendarDays,
        "gio_lam_viec" => TermUnit::WorkingHours,
        "trong_ngay" => TermUnit::SameDay,
        other => panic!("unknown unit {other}"),
    };
    let policy = value["policy"].as_str().map(|policy| match policy {
        "tam_dung" => PausePolicy::Resume,
        "tinh_lai" => PausePolicy::Restart,
        other => panic!("unknown policy {other}"),
    });
    let amount = value["amount"].as_u64().map_or(0, |amount| u32::try_from(amount).expect("a small amount"));
    Case {
        name: text(&value["name"]),
        stratum: value["stratum"].to_string(),
        calendar: text(&value["calendar"]),
        received: at(text(&value["received"])),
        term: Term { unit, amount, cutoff_15h: flag(&value["cutoff_15h"]) },
        policy,
        pauses: list(&value["pauses"])
            .iter()
            .map(|pause| Pause { from: at(text(&pause[0])), to: at(text(&pause[1])) })
            .collect(),
        expected: Answer {
            due: at(text(&value["due"])),
            starts: at(text(&value["starts"])),
            provisional: flag(&value["provisional"]),
            why: list(&value["why"]).iter().map(|why| (text(&why[0]).parse().expect("a day"), flag(&why[1]))).collect(),
        },
    }
}

#[test]
fn the_oracle_still_prints_the_golden_table() {
    let printed = Command::new("python3").arg("oracle.py").current_dir(folder()).output().expect("python3 runs");
    assert!(printed.status.success(), "{}", String::from_utf8_lossy(&printed.stderr));
    let kept = std::fs::read(folder().join("golden.json")).expect("golden.json");
    assert!(printed.stdout == kept, "golden.json is not what oracle.py prints");
}

#[test]
fn the_golden_table_covers_every_stratum() {
    let table = table();
    let cases = list(&table["cases"]);
    assert!(cases.len() >= 500, "only {} cases", cases.len());
    let mut strata = BTreeMap::<String, usize>::new();
    for value in cases {
        *strata.entry(case(value).stratum).or_default() += 1;
    }
    // Four units, ten moments of reception, none, one or two pauses.
    assert_eq!(strata.len(), 120);
    for (stratum, count) in strata {
        assert!(count >= 5, "{count} cases of {stratum}");
    }
}

#[test]
fn the_shipped_calendar_is_the_oracle_s() {
    let table = table();
    let (oracle, shipped) = (calendar(&table["calendars"]["official"]), Calendar::official());
    assert!(oracle.published().eq(shipped.published()));
    let first = Day::from_ymd(2022, 1, 1).expect("a day");
    for day in (first.0..Day::from_ymd(2031, 1, 1).expect("a day").0).map(Day) {
        assert!(oracle.open_intervals(day).eq(shipped.open_intervals(day)), "{day}");
        let kind = |calendar: &Calendar| match calendar.day_kind(day) {
            DayKind::Entry(entry) => Some(entry.kind),
            _ => None,
        };
        // The shipped calendar also names the holidays that fall on a weekend.
        let weekend = matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday);
        if !weekend || oracle.is_working(day) {
            assert_eq!(kind(&oracle), kind(shipped), "{day}");
        }
    }
}

#[test]
fn the_engine_answers_every_golden_case() {
    let table = table();
    let calendars: HashMap<_, _> = table["calendars"]
        .as_object()
        .expect("calendars")
        .iter()
        .map(|(name, entries)| {
            (name.as_str(), if name == "official" { Calendar::official().clone() } else { calendar(entries) })
        })
        .collect();
    let mut disagreements = Vec::new();
    for value in list(&table["cases"]) {
        let case = case(value);
        let answer =
            due(&calendars[case.calendar], case.received, &case.term, case.policy, &case.pauses).map(|due| Answer {
                due: due.due,
                starts: due.starts,
                provisional: due.provisional,
                why: due.why.iter().map(|why| (why.day, why.counts)).collect(),
            });
        if answer.as_ref() != Ok(&case.expected) {
            disagreements.push(format!("{}\n  {value}\n  {answer:?}", case.name));
        }
    }
    assert!(disagreements.is_empty(), "{} disagreements\n{}", disagreements.len(), disagreements.join("\n"));
}
