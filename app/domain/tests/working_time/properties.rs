//! What holds for every term, reception and set of pauses.

use super::{at, day};
use domain::time::{DAY_MS, Day, Instant};
use domain::working_time::due::HOUR_MS;
use domain::working_time::{
    Calendar, DayEntry, DayPart, Due, DueSoonRule, EntryKind, OpenTerm, Pause, PausePolicy, RunningTerm, Term,
    TermUnit, due, due_soon_from, open_term, working_time_between,
};
use proptest::prelude::*;
use std::sync::LazyLock;

/// The shipped calendar with storms, half days and a worked half Saturday.
static CALENDAR: LazyLock<Calendar> = LazyLock::new(|| {
    use {DayPart::*, EntryKind::*};
    let entry = |on: &str, kind, part| DayEntry { day: day(on), kind, part, name: "Thử".into(), source: None };
    Calendar::official().with_override(&[
        entry("2026-02-24", Sudden, Morning),
        entry("2026-03-04", Sudden, Afternoon),
        entry("2026-03-14", MadeUp, Morning),
        entry("2026-03-18", Sudden, Whole),
        entry("2026-11-12", Sudden, Afternoon),
        entry("2026-11-19", Holiday, Morning),
        entry("2026-12-05", MadeUp, Afternoon),
    ])
});

/// Moments at which something happens at an office, and any others, by the minute.
fn minute_of_day() -> impl Strategy<Value = i64> {
    let edges = vec![0, 7 * 60, 11 * 60 + 30, 13 * 60 + 30, 15 * 60, 15 * 60 + 1, 16 * 60 + 59, 17 * 60, 17 * 60 + 1];
    prop_oneof![prop::sample::select(edges), 0..24 * 60_i64]
}

/// A moment around Tết 2026 or around the end of the published years.
fn moment() -> impl Strategy<Value = Instant> {
    let first = prop::sample::select(vec!["2026-02-09T00:00", "2026-11-09T00:00"]);
    (first, 0..60_i64, minute_of_day())
        .prop_map(|(first, days, minute)| at(first).plus_ms(days * DAY_MS + minute * 60_000))
}

fn term() -> impl Strategy<Value = Term> {
    let units = [TermUnit::WorkingDays, TermUnit::CalendarDays, TermUnit::WorkingHours, TermUnit::SameDay];
    (prop::sample::select(units.to_vec()), 1..30_u32, any::<bool>()).prop_map(|(unit, amount, cutoff_15h)| Term {
        unit,
        amount,
        cutoff_15h,
    })
}

/// A reception and pauses near it, some before it.
fn waiting() -> impl Strategy<Value = (Instant, Vec<Pause>)> {
    let pause = (-5..30_i64, minute_of_day(), prop_oneof![1..600_i64, 1..12_000_i64]);
    (moment(), prop::collection::vec(pause, 0..5)).prop_map(|(received, pauses)| {
        let midnight = received.day().start();
        let pause = |(days, minute, length): (i64, i64, i64)| {
            let from = midnight.plus_ms(days * DAY_MS + minute * 60_000);
            Pause { from, to: from.plus_ms(length * 60_000) }
        };
        (received, pauses.into_iter().map(pause).collect())
    })
}

fn policy() -> impl Strategy<Value = PausePolicy> {
    prop::sample::select(vec![PausePolicy::Resume, PausePolicy::Restart])
}

fn ask(received: Instant, term: Term, policy: PausePolicy, pauses: &[Pause]) -> Due {
    due(&CALENDAR, received, &term, Some(policy), pauses).expect("a term within range")
}

fn stands_still(pauses: &[Pause], received: Instant, moment: Instant) -> bool {
    pauses.iter().any(|pause| pause.from.max(received) < moment && moment <= pause.to)
}

/// The office time between two moments outside the pauses, found piece by piece.
fn running_time(pauses: &[Pause], from: Instant, to: Instant) -> i64 {
    let inside = |at: Instant| at.clamp(from, to.max(from));
    let mut edges: Vec<Instant> = pauses.iter().flat_map(|pause| [inside(pause.from), inside(pause.to)]).collect();
    edges.extend([from, to.max(from)]);
    edges.sort_unstable();
    let runs = |pair: &&[Instant]| !pauses.iter().any(|pause| pause.from <= pair[0] && pair[1] <= pause.to);
    edges.windows(2).filter(runs).map(|pair| working_time_between(&CALENDAR, pair[0], pair[1])).sum()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1500, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_term_that_waits_is_overdue_when_and_only_when_the_moment_explained_has_passed(
        received in moment(), term in term(), after in 0..12_000_i64, waited in 1..60_000_i64
    ) {
        let due_before = due(&CALENDAR, received, &term, None, &[]).expect("a term within range").due;
        let paused = received.plus_ms(after * 60_000);
        let now = paused.plus_ms(waited * 60_000);
        prop_assume!(due_before != paused);
        let explained = ask(received, term, PausePolicy::Resume, &[Pause { from: paused, to: now }]).due;
        let term = RunningTerm { due: due_before, due_soon: None, paused: Some(paused) };
        prop_assert_eq!(open_term(&term, now) == OpenTerm::Overdue, explained < now);
    }

    #[test]
    fn a_term_is_due_soon_from_the_first_moment_with_a_working_day_or_a_fifth_left(
        (received, pauses) in waiting(), term in term(), after in -300..30_000_i64
    ) {
        let due = ask(received, term, PausePolicy::Resume, &pauses).due;
        let from = due_soon_from(&CALENDAR, received, due, &pauses, DueSoonRule::default());
        let is_little = |now: Instant| {
            let days = (now.day().0 + 1..=due.day().0).filter(|day| CALENDAR.is_working(Day(*day))).count();
            let all = running_time(&pauses, received, due);
            days <= 1 || running_time(&pauses, now, due) * 100 <= all * 20
        };
        for now in [received.plus_ms(after * 60_000), from.plus_ms(-1), from, from.plus_ms(1)] {
            if (received..=due).contains(&now) {
                prop_assert_eq!(now >= from, is_little(now), "{} from {}", now, from);
            }
        }
    }

    #[test]
    fn a_term_never_ends_on_a_day_off_or_outside_office_hours(
        (received, pauses) in waiting(), term in term(), policy in policy()
    ) {
        let answer = ask(received, term, policy, &pauses);
        prop_assert!(CALENDAR.is_working(answer.due.day()));
        prop_assert!(answer.due > answer.starts && answer.starts >= received);
        let open = |interval: domain::working_time::OpenInterval| interval.from < answer.due && answer.due <= interval.to;
        prop_assert!(CALENDAR.open_intervals(answer.due.day()).any(open));
        if term.unit != TermUnit::WorkingHours {
            prop_assert_eq!(Some(answer.due), CALENDAR.closing(answer.due.day()));
        }
    }

    #[test]
    fn a_term_never_ends_while_the_clock_stands_still((received, pauses) in waiting(), term in term()) {
        let answer = ask(received, term, PausePolicy::Resume, &pauses);
        prop_assert!(!stands_still(&pauses, received, answer.due), "{}", answer.due);
    }

    #[test]
    fn another_pause_never_brings_the_end_nearer(
        (received, mut pauses) in waiting(), term in term(), policy in policy(), days in 0..20_i64, length in 1..9000_i64
    ) {
        let before = ask(received, term, policy, &pauses);
        let from = received.plus_ms(days * DAY_MS);
        pauses.push(Pause { from, to: from.plus_ms(length * 60_000) });
        let after = ask(received, term, policy, &pauses);
        prop_assert!(after.starts == before.starts);
        prop_assert!(after.due >= before.due, "{} before {}", after.due, before.due);
    }

    #[test]
    fn a_longer_term_never_ends_earlier((received, pauses) in waiting(), term in term(), policy in policy()) {
        let longer = Term { amount: term.amount + 1, ..term };
        prop_assert!(ask(received, longer, policy, &pauses).due >= ask(received, term, policy, &pauses).due);
    }

    #[test]
    fn a_later_reception_never_ends_earlier(received in moment(), minutes in 1..10_000_i64, term in term()) {
        let later = received.plus_ms(minutes * 60_000);
        let ask = |received| due(&CALENDAR, received, &term, None, &[]).expect("a term within range").due;
        prop_assert!(ask(later) >= ask(received));
    }

    #[test]
    fn the_reasons_add_up_to_the_answer((received, pauses) in waiting(), term in term(), policy in policy()) {
        let answer = ask(received, term, policy, &pauses);
        let why = &answer.why;
        prop_assert_eq!(why.first().map(|first| (first.day, first.counts)), Some((answer.starts.day(), false)));
        prop_assert_eq!(why.last().map(|last| last.day), Some(answer.due.day()));
        prop_assert!(why.windows(2).all(|pair| pair[1].day == pair[0].day.next()));
        let counted = why.iter().filter(|why| why.counts).count();
        let used: i64 = why.iter().map(|why| why.used_ms).sum();
        match term.unit {
            TermUnit::WorkingDays => {
                prop_assert_eq!(counted, term.amount as usize);
                prop_assert!(why.iter().all(|why| !why.counts || CALENDAR.is_working(why.day)));
                prop_assert!(why.last().is_some_and(|last| last.counts));
            }
            TermUnit::CalendarDays => prop_assert_eq!(counted, term.amount as usize),
            TermUnit::WorkingHours => prop_assert_eq!(used, i64::from(term.amount) * HOUR_MS),
            TermUnit::SameDay => prop_assert!(counted <= 1),
        }
        if term.unit == TermUnit::WorkingHours {
            let first = match policy {
                PausePolicy::Resume => answer.starts.day(),
                PausePolicy::Restart => why.iter().find(|why| why.used_ms > 0).map_or(answer.due.day(), |why| why.day),
            };
            prop_assert!(why.iter().all(|why| why.counts == (why.used_ms > 0 && why.day > first) || why.day == first));
        } else {
            prop_assert_eq!(used, 0);
        }
        if policy == PausePolicy::Resume {
            let closing = |day| CALENDAR.closing(day).unwrap_or_else(|| CALENDAR.regular_closing(day));
            let day_unit = term.unit != TermUnit::WorkingHours;
            let still = why.iter().find(|why| day_unit && why.counts && stands_still(&pauses, received, closing(why.day)));
            prop_assert!(still.is_none(), "{:?}", still);
        }
    }

    #[test]
    fn hours_lose_exactly_the_office_time_inside_the_pauses((received, pauses) in waiting(), hours in 1..60_u32) {
        let term = Term { unit: TermUnit::WorkingHours, amount: hours, cutoff_15h: false };
        let answer = ask(received, term, PausePolicy::Resume, &pauses);
        // Cut the time between start and end at every edge of a pause and measure each piece by itself.
        let mut edges = vec![answer.starts, answer.due];
        edges.extend(pauses.iter().flat_map(|pause| [pause.from, pause.to]));
        edges.retain(|edge| (answer.starts..=answer.due).contains(edge));
        edges.sort_unstable();
        let running: i64 = edges
            .windows(2)
            .filter(|piece| !stands_still(&pauses, received, piece[1]))
            .map(|piece| working_time_between(&CALENDAR, piece[0], piece[1]))
            .sum();
        prop_assert_eq!(running, i64::from(hours) * HOUR_MS);
    }

    #[test]
    fn order_overlap_and_cuts_of_pauses_change_nothing(
        (received, pauses) in waiting(), term in term(), policy in policy(), seed in any::<u64>()
    ) {
        let answer = ask(received, term, policy, &pauses);
        let reversed: Vec<_> = pauses.iter().rev().copied().collect();
        prop_assert_eq!(&ask(received, term, policy, &reversed), &answer);

        // Each pause cut in two, the halves touching or overlapping.
        let mut cut = Vec::new();
        for (n, pause) in pauses.iter().enumerate() {
            let length = pause.to.0 - pause.from.0;
            let at = pause.from.plus_ms(1 + ((seed >> n) % 1000) as i64 * (length - 2) / 1000);
            cut.push(Pause { from: at, to: pause.to });
            cut.push(Pause { from: pause.from, to: if n % 2 == 0 { at } else { pause.to } });
        }
        prop_assert_eq!(&ask(received, term, policy, &cut), &answer);

        let twice: Vec<_> = pauses.iter().chain(&pauses).copied().collect();
        prop_assert_eq!(&ask(received, term, policy, &twice), &answer);
    }

    #[test]
    fn what_lies_before_the_reception_has_no_effect((received, pauses) in waiting(), term in term(), policy in policy()) {
        let after: Vec<_> = pauses
            .iter()
            .filter(|pause| pause.to > received)
            .map(|pause| Pause { from: pause.from.max(received), to: pause.to })
            .collect();
        prop_assert_eq!(ask(received, term, policy, &after), ask(received, term, policy, &pauses));
    }

    #[test]
    fn an_answer_is_provisional_exactly_when_it_reaches_a_year_without_a_calendar(
        (received, pauses) in waiting(), term in term(), policy in policy()
    ) {
        let answer = ask(received, term, policy, &pauses);
        // No moment drawn lies before the published years.
        prop_assert_eq!(answer.provisional, answer.due.day().year() > 2026);
    }

    #[test]
    fn no_input_makes_the_engine_panic(
        received in any::<i64>(), amount in any::<u32>(), pauses in prop::collection::vec((any::<i64>(), any::<i64>()), 0..3),
        term in term(), policy in prop::option::of(policy())
    ) {
        let pauses: Vec<_> = pauses.iter().map(|&(from, to)| Pause { from: Instant(from), to: Instant(to) }).collect();
        let term = Term { amount, ..term };
        let _ = due(&CALENDAR, Instant(received), &term, policy, &pauses);
        let _ = due(&CALENDAR, Instant(received % 7_000_000_000_000), &term, policy, &[]);
    }
}
