use super::day;
use domain::time::Day;
use domain::working_time::lunar::{LunarDate, hung_kings_day, lunar_to_solar, tet};

#[test]
fn tet_and_the_hung_kings_day_fall_on_their_published_days() {
    for (year, new_year, hung_kings) in [
        (2023, "2023-01-22", "2023-04-29"),
        (2024, "2024-02-10", "2024-04-18"),
        (2025, "2025-01-29", "2025-04-07"),
        (2026, "2026-02-17", "2026-04-26"),
        (2027, "2027-02-06", "2027-04-16"),
        (2028, "2028-01-26", "2028-04-04"),
        (2029, "2029-02-13", "2029-04-23"),
        (2030, "2030-02-02", "2030-04-12"),
    ] {
        assert_eq!(tet(year), Some(day(new_year)), "Tết {year}");
        assert_eq!(hung_kings_day(year), Some(day(hung_kings)), "Giỗ Tổ {year}");
    }
}

#[test]
fn the_years_in_which_hanoi_and_beijing_differ_follow_hanoi() {
    // 1985 and 2007: the new moon fell between midnight in Beijing and midnight in Hà Nội.
    assert_eq!(tet(1985), Some(day("1985-01-21")));
    assert_eq!(tet(2007), Some(day("2007-02-17")));
    assert_eq!(tet(2030), Some(day("2030-02-02")));
}

#[test]
fn a_leap_month_comes_after_the_month_whose_number_it_repeats() {
    let date = |month, leap| lunar_to_solar(LunarDate { year: 2025, month, day: 1, leap });
    // 2025 has a leap sixth month.
    assert_eq!(date(6, false), Some(day("2025-06-25")));
    assert_eq!(date(6, true), Some(day("2025-07-25")));
    assert_eq!(date(7, false), Some(day("2025-08-23")));
    assert_eq!(date(7, true), None);
}

#[test]
fn a_lunar_date_that_does_not_exist_has_no_day() {
    let date = |year, month, day, leap| lunar_to_solar(LunarDate { year, month, day, leap });
    // The twelfth month before Tết 2026 has 29 days; the one before Tết 2024 has 30.
    assert_eq!(date(2025, 12, 29, false), Some(day("2026-02-16")));
    assert_eq!(date(2025, 12, 30, false), None);
    assert_eq!(date(2023, 12, 30, false), Some(day("2024-02-09")));
    for (year, month, day, leap) in
        [(2026, 0, 1, false), (2026, 13, 1, false), (2026, 1, 0, false), (2026, 1, 31, false), (2026, 5, 1, true)]
    {
        assert_eq!(date(year, month, day, leap), None);
    }
    assert_eq!((tet(i32::MIN), tet(1799), tet(2200), tet(i32::MAX)), (None, None, None, None));
}

#[test]
fn months_follow_each_other_without_gap_for_two_centuries() {
    let mut previous: Option<Day> = None;
    for year in 1900..2100 {
        for month in 1..=12 {
            for leap in [false, true] {
                let Some(first) = lunar_to_solar(LunarDate { year, month, day: 1, leap }) else {
                    assert!(leap, "month {month} of {year} is missing");
                    continue;
                };
                if let Some(before) = previous {
                    let length = first.0 - before.0;
                    assert!((29..=30).contains(&length), "{length} days before month {month} of {year}");
                }
                previous = Some(first);
            }
        }
    }
}
