//! The Vietnamese lunar calendar, for the two holidays that follow it.
//!
//! Source: Hồ Ngọc Đức's public description of the calculation ("Thuật toán tính âm lịch"), itself after
//! Jean Meeus, *Astronomical Algorithms*, at UTC+7. New moons and solar terms are found to within minutes,
//! which is enough except when either falls within minutes of midnight; the published calendar always wins,
//! since holidays are read from the calendar data and this only checks and proposes them.

use crate::time::Day;
use std::f64::consts::TAU;

/// A date of the lunar calendar.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct LunarDate {
    /// The lunar year, named by the solar year in which it begins.
    pub year: i32,
    /// Month, 1–12.
    pub month: u8,
    /// Day of the month, 1–30.
    pub day: u8,
    /// Whether the month is the leap month that repeats its number.
    pub leap: bool,
}

/// The first day of the lunar year (mùng 1 Tết) that begins in this solar year; `None` outside 1800–2199.
pub fn tet(year: i32) -> Option<Day> {
    lunar_to_solar(LunarDate { year, month: 1, day: 1, leap: false })
}

/// The Hùng Kings' commemoration day (Giỗ Tổ, the tenth of the third lunar month); `None` outside 1800–2199.
pub fn hung_kings_day(year: i32) -> Option<Day> {
    lunar_to_solar(LunarDate { year, month: 3, day: 10, leap: false })
}

/// The solar day of a lunar date.
///
/// `None` when there is no such date (a month of 29 days, a month that does not repeat that year) and outside
/// 1800–2199, the centuries for which the series below were made.
pub fn lunar_to_solar(date: LunarDate) -> Option<Day> {
    if !(1800..=2199).contains(&date.year) || !(1..=12).contains(&date.month) || !(1..=30).contains(&date.day) {
        return None;
    }
    // A lunar year is counted between two eleventh months, the months that hold the winter solstice.
    let first_winter = if date.month < 11 { date.year - 1 } else { date.year };
    let (winter, next_winter) = (eleventh_month(first_winter)?, eleventh_month(first_winter + 1)?);
    let first_moon = nearest_moon(winter);
    let mut offset = (i32::from(date.month) + 1) % 12;
    if next_winter.0 - winter.0 > 365 {
        let leap_offset = leap_month_offset(first_moon);
        let leap_month = (leap_offset + 9) % 12 + 1;
        if date.leap && leap_month != i32::from(date.month) {
            return None;
        }
        if date.leap || offset >= leap_offset {
            offset += 1;
        }
    } else if date.leap {
        return None;
    }
    let month_start = new_moon_day(first_moon + offset);
    let month_end = new_moon_day(first_moon + offset + 1);
    let day = month_start.plus(i32::from(date.day) - 1);
    (day < month_end).then_some(day)
}

/// The Julian day number of 1970-01-01.
const JULIAN_DAY_OF_EPOCH: i32 = 2_440_588;
/// Days between two new moons, on average.
const SYNODIC_MONTH: f64 = 29.530_588_853;
/// The mean new moon of 1 January 1900, as a Julian date.
const MOON_OF_1900: f64 = 2_415_021.076_998_695;
/// Offset of Việt Nam from UTC, in days.
const OFFSET: f64 = 7.0 / 24.0;

/// First day of the lunar month that holds the winter solstice of that solar year.
fn eleventh_month(year: i32) -> Option<Day> {
    let last_day = Day::from_ymd(year, 12, 31)?;
    let moon = (f64::from(last_day.0 + JULIAN_DAY_OF_EPOCH - 2_415_021) / SYNODIC_MONTH).floor() as i32;
    let start = new_moon_day(moon);
    // The solstice is where the tenth of the twelve principal terms begins (longitude 270°).
    Some(if solar_term(start) >= 9 { new_moon_day(moon - 1) } else { start })
}

/// How many months after the eleventh the leap month comes: the first month without a principal solar term.
fn leap_month_offset(first_moon: i32) -> i32 {
    let mut term = solar_term(new_moon_day(first_moon + 1));
    for offset in 2..15 {
        let next = solar_term(new_moon_day(first_moon + offset));
        if next == term {
            return offset - 1;
        }
        term = next;
    }
    13
}

/// The number of the new moon on that day, counted from 1900.
fn nearest_moon(day: Day) -> i32 {
    ((f64::from(day.0 + JULIAN_DAY_OF_EPOCH) - MOON_OF_1900) / SYNODIC_MONTH + 0.5).floor() as i32
}

/// The day in Việt Nam on which the new moon of that number falls.
fn new_moon_day(moon: i32) -> Day {
    Day((new_moon(f64::from(moon)) + 0.5 + OFFSET).floor() as i32 - JULIAN_DAY_OF_EPOCH)
}

/// The moment of a new moon, as a Julian date in universal time.
fn new_moon(moon: f64) -> f64 {
    let sine = |degrees: f64| degrees.to_radians().sin();
    // Centuries since 1900.
    let t = moon / 1236.85;
    let (t2, t3) = (t * t, t * t * t);
    let mean = 2_415_020.759_33 + 29.530_588_68 * moon + 0.000_117_8 * t2 - 0.000_000_155 * t3
        + 0.000_33 * sine(166.56 + 132.87 * t - 0.009_173 * t2);
    let sun = 359.2242 + 29.105_356_08 * moon - 0.000_033_3 * t2 - 0.000_003_47 * t3;
    let anomaly = 306.0253 + 385.816_918_06 * moon + 0.010_730_6 * t2 + 0.000_012_36 * t3;
    let latitude = 21.2964 + 390.670_506_46 * moon - 0.001_652_8 * t2 - 0.000_002_39 * t3;
    let correction = (0.1734 - 0.000_393 * t) * sine(sun) + 0.0021 * sine(2.0 * sun) - 0.4068 * sine(anomaly)
        + 0.0161 * sine(2.0 * anomaly)
        - 0.0004 * sine(3.0 * anomaly)
        + 0.0104 * sine(2.0 * latitude)
        - 0.0051 * sine(sun + anomaly)
        - 0.0074 * sine(sun - anomaly)
        + 0.0004 * sine(2.0 * latitude + sun)
        - 0.0004 * sine(2.0 * latitude - sun)
        - 0.0006 * sine(2.0 * latitude + anomaly)
        + 0.0010 * sine(2.0 * latitude - anomaly)
        + 0.0005 * sine(2.0 * anomaly + sun);
    // From dynamical to universal time.
    let delta = if t < -11.0 {
        0.001 + 0.000_839 * t + 0.000_226_1 * t2 - 0.000_008_45 * t3 - 0.000_000_081 * t * t3
    } else {
        -0.000_278 + 0.000_265 * t + 0.000_262 * t2
    };
    mean + correction - delta
}

/// Which twelfth of its year the sun stands in at the beginning of that day in Việt Nam: 0–11 from the spring equinox.
fn solar_term(day: Day) -> i32 {
    // Centuries since 2000.
    let t = (f64::from(day.0 + JULIAN_DAY_OF_EPOCH) - 0.5 - OFFSET - 2_451_545.0) / 36_525.0;
    let t2 = t * t;
    let anomaly = (357.529_10 + 35_999.050_30 * t - 0.000_155_9 * t2 - 0.000_000_48 * t * t2).to_radians();
    let mean = 280.466_45 + 36_000.769_83 * t + 0.000_303_2 * t2;
    let centre = (1.914_600 - 0.004_817 * t - 0.000_014 * t2) * anomaly.sin()
        + (0.019_993 - 0.000_101 * t) * (2.0 * anomaly).sin()
        + 0.000_290 * (3.0 * anomaly).sin();
    ((mean + centre).to_radians().rem_euclid(TAU) / TAU * 12.0).floor() as i32
}
