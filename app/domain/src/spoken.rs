//! Amounts, dates and times in Vietnamese words, as receipts and certificates write them.
//!
//! The words are those of the language, not of the product: a receipt states its amount in digits and in words
//! (Nghị định 123/2020/NĐ-CP, Điều 32). Groups of three digits are read with `nghìn`, `triệu` and `tỷ`; a group that
//! follows another says its hundreds even when there are none.

use crate::{
    money::Dong,
    time::{Day, TimeOfDay},
};
use serde::{Deserialize, Serialize};

/// The highest amount that has words: 10^15 đồng, a million `tỷ`.
pub const MOST: Dong = Dong(1_000_000_000_000_000);

/// The word for a ten that is missing between a hundred and a unit: 105.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Zero {
    /// `một trăm lẻ năm`, said in the South and in most offices.
    #[default]
    Le,
    /// `một trăm linh năm`, said in the North.
    Linh,
}

impl Zero {
    const fn word(self) -> &'static str {
        match self {
            Self::Le => "lẻ",
            Self::Linh => "linh",
        }
    }
}

const DIGITS: [&str; 10] = ["không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín"];
/// One `tỷ`.
const BILLION: u64 = 1_000_000_000;

/// An amount in words, its first letter a capital: `Hai mươi bảy nghìn đồng`. None below zero and above [`MOST`].
pub fn dong(amount: Dong, zero: Zero) -> Option<String> {
    let number = u64::try_from(amount.0).ok().filter(|_| amount <= MOST)?;
    Some(capital(&format!("{} đồng", number_words(number, zero))))
}

/// A date in words, as certificates of civil status write it:
/// `Ngày mười lăm, tháng tám, năm hai nghìn không trăm hai mươi sáu`. April is `tư`. None outside the years 1 to 9999.
pub fn date(day: Day, zero: Zero) -> Option<String> {
    let (year, month, of_month) = day.ymd();
    let (of_month, rest) = (number_words(u64::from(of_month), zero), year_words(year, Some(month), zero)?);
    Some(format!("Ngày {of_month}, {rest}"))
}

/// A year, or a month of it, in words, where no more of a date is known: `Năm hai nghìn`, `Tháng tư, năm hai nghìn`.
/// None outside the years 1 to 9999.
pub fn year(year: i32, month: Option<u8>, zero: Zero) -> Option<String> {
    Some(capital(&year_words(year, month, zero)?))
}

/// A day and, where it is known, a time of it, as the register writes when somebody died:
/// `Mười tám giờ, mười phút, ngày mười lăm, tháng tám, năm hai nghìn không trăm hai mươi sáu`. None as for [`date`].
pub fn moment(day: Day, at: Option<TimeOfDay>, zero: Zero) -> Option<String> {
    let day = date(day, zero)?;
    Some(at.map_or_else(|| day.clone(), |at| format!("{}, {}", capital(&time(at)), day.to_lowercase())))
}

fn year_words(year: i32, month: Option<u8>, zero: Zero) -> Option<String> {
    let year = u64::try_from(year).ok().filter(|year| (1..=9999).contains(year))?;
    let year = format!("năm {}", number_words(year, zero));
    Some(match month {
        None => year,
        Some(4) => format!("tháng tư, {year}"),
        Some(month) => format!("tháng {}, {year}", number_words(u64::from(month), zero)),
    })
}

/// A time of day in words: `mười tám giờ, mười phút`; at the full hour `mười tám giờ`.
pub fn time(time: TimeOfDay) -> String {
    let (hour, minute) = time.hour_minute();
    // Below sixty no ten is ever missing, so the word for it makes no difference.
    let words = |number: u32| number_words(u64::from(number), Zero::default());
    match minute {
        0 => format!("{} giờ", words(hour)),
        minute => format!("{} giờ, {} phút", words(hour), words(minute)),
    }
}

/// A number in words, without a capital.
fn number_words(number: u64, zero: Zero) -> String {
    if number == 0 {
        return DIGITS[0].to_owned();
    }
    let mut words = Vec::new();
    let (billions, rest) = (number / BILLION, number % BILLION);
    if billions > 0 {
        below_billion(&mut words, billions, false, zero);
        words.push("tỷ");
    }
    below_billion(&mut words, rest, billions > 0, zero);
    words.join(" ")
}

/// Says a number below a billion, nothing of zero. `follows`: something stands before it, so its first group says its
/// hundreds too.
fn below_billion(words: &mut Vec<&'static str>, number: u64, follows: bool, zero: Zero) {
    let mut follows = follows;
    for (size, name) in [(1_000_000, Some("triệu")), (1000, Some("nghìn")), (1, None)] {
        let group = number / size % 1000;
        if group > 0 {
            below_thousand(words, group, follows, zero);
            words.extend(name);
            follows = true;
        }
    }
}

/// Says a number from 1 to 999; with `whole` its hundreds even when there are none.
fn below_thousand(words: &mut Vec<&'static str>, number: u64, whole: bool, zero: Zero) {
    let (hundreds, tens, unit) = (digit(number / 100), digit(number / 10), digit(number));
    let whole = whole || hundreds > 0;
    if whole {
        words.extend([DIGITS[hundreds], "trăm"]);
    }
    match tens {
        0 if whole && unit > 0 => words.push(zero.word()),
        0 => {}
        1 => words.push("mười"),
        tens => words.extend([DIGITS[tens], "mươi"]),
    }
    match (tens, unit) {
        (_, 0) => {}
        (2.., 1) => words.push("mốt"),
        (1.., 5) => words.push("lăm"),
        (_, unit) => words.push(DIGITS[unit]),
    }
}

/// The last digit of a number.
const fn digit(number: u64) -> usize {
    (number % 10) as usize
}

fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn le(amount: i64) -> String {
        dong(Dong(amount), Zero::Le).expect("words")
    }

    #[test]
    fn amounts_are_said_as_receipts_write_them() {
        for (amount, words) in [
            (0, "Không đồng"),
            (1, "Một đồng"),
            (4, "Bốn đồng"),
            (5, "Năm đồng"),
            (10, "Mười đồng"),
            (11, "Mười một đồng"),
            (14, "Mười bốn đồng"),
            (15, "Mười lăm đồng"),
            (20, "Hai mươi đồng"),
            (21, "Hai mươi mốt đồng"),
            (24, "Hai mươi bốn đồng"),
            (25, "Hai mươi lăm đồng"),
            (55, "Năm mươi lăm đồng"),
            (100, "Một trăm đồng"),
            (101, "Một trăm lẻ một đồng"),
            (105, "Một trăm lẻ năm đồng"),
            (110, "Một trăm mười đồng"),
            (111, "Một trăm mười một đồng"),
            (115, "Một trăm mười lăm đồng"),
            (121, "Một trăm hai mươi mốt đồng"),
            (1_000, "Một nghìn đồng"),
            (1_001, "Một nghìn không trăm lẻ một đồng"),
            (1_010, "Một nghìn không trăm mười đồng"),
            (8_000, "Tám nghìn đồng"),
            (15_000, "Mười lăm nghìn đồng"),
            (27_000, "Hai mươi bảy nghìn đồng"),
            (101_000, "Một trăm lẻ một nghìn đồng"),
            (1_000_000, "Một triệu đồng"),
            (1_000_005, "Một triệu không trăm lẻ năm đồng"),
            (1_005_000, "Một triệu không trăm lẻ năm nghìn đồng"),
            (1_050_000, "Một triệu không trăm năm mươi nghìn đồng"),
            (1_234_567, "Một triệu hai trăm ba mươi bốn nghìn năm trăm sáu mươi bảy đồng"),
            (1_000_000_000, "Một tỷ đồng"),
            (1_000_000_001, "Một tỷ không trăm lẻ một đồng"),
            (1_021_000_000, "Một tỷ không trăm hai mươi mốt triệu đồng"),
            (
                123_456_789_012,
                "Một trăm hai mươi ba tỷ bốn trăm năm mươi sáu triệu bảy trăm tám mươi chín nghìn không trăm mười hai đồng",
            ),
            (1_000_000_000_000, "Một nghìn tỷ đồng"),
            (1_001_000_000_000, "Một nghìn không trăm lẻ một tỷ đồng"),
            (1_000_005_000_000, "Một nghìn tỷ không trăm lẻ năm triệu đồng"),
            (1_000_000_000_000_000, "Một triệu tỷ đồng"),
        ] {
            assert_eq!(le(amount), words, "{amount}");
        }
    }

    #[test]
    fn the_missing_ten_has_two_names() {
        for (amount, words) in [
            (105, "Một trăm linh năm đồng"),
            (1_001, "Một nghìn không trăm linh một đồng"),
            (101_000, "Một trăm linh một nghìn đồng"),
            (27_000, "Hai mươi bảy nghìn đồng"),
        ] {
            assert_eq!(dong(Dong(amount), Zero::Linh).as_deref(), Some(words), "{amount}");
        }
    }

    #[test]
    fn what_no_receipt_takes_has_no_words() {
        for amount in [-1, i64::MIN, MOST.0 + 1, i64::MAX] {
            assert_eq!(dong(Dong(amount), Zero::Le), None, "{amount}");
        }
    }

    #[test]
    fn dates_are_said_as_certificates_write_them() {
        let said = |year, month, day| date(Day::from_ymd(year, month, day).expect("a date"), Zero::Le);
        for ((year, month, day), words) in [
            ((2026, 8, 15), "Ngày mười lăm, tháng tám, năm hai nghìn không trăm hai mươi sáu"),
            ((2000, 4, 1), "Ngày một, tháng tư, năm hai nghìn"),
            ((1975, 1, 21), "Ngày hai mươi mốt, tháng một, năm một nghìn chín trăm bảy mươi lăm"),
            ((2005, 12, 31), "Ngày ba mươi mốt, tháng mười hai, năm hai nghìn không trăm lẻ năm"),
        ] {
            assert_eq!(said(year, month, day).as_deref(), Some(words));
        }
        assert_eq!(said(0, 1, 1), None);
        assert_eq!(said(10_000, 1, 1), None);
    }

    #[test]
    fn what_is_known_of_a_date_is_said() {
        let said = |known, month| year(known, month, Zero::Le);
        assert_eq!(said(1998, None).as_deref(), Some("Năm một nghìn chín trăm chín mươi tám"));
        assert_eq!(said(2005, Some(4)).as_deref(), Some("Tháng tư, năm hai nghìn không trăm lẻ năm"));
        assert_eq!((said(0, None), said(10_000, Some(1))), (None, None));
    }

    #[test]
    fn a_moment_is_said_as_an_extract_of_a_death_writes_it() {
        let day = Day::from_ymd(2026, 8, 15).expect("a date");
        assert_eq!(
            moment(day, Some(TimeOfDay::hm(18, 10)), Zero::Le).as_deref(),
            Some("Mười tám giờ, mười phút, ngày mười lăm, tháng tám, năm hai nghìn không trăm hai mươi sáu")
        );
        assert_eq!(moment(day, None, Zero::Le), date(day, Zero::Le));
    }

    #[test]
    fn times_are_said_with_their_minutes() {
        for ((hour, minute), words) in [
            ((18, 10), "mười tám giờ, mười phút"),
            ((18, 0), "mười tám giờ"),
            ((0, 5), "không giờ, năm phút"),
            ((21, 55), "hai mươi mốt giờ, năm mươi lăm phút"),
        ] {
            assert_eq!(time(TimeOfDay::hm(hour, minute)), words);
        }
    }

    /// Reads words back by adding and multiplying, by rules of its own.
    fn read(words: &str) -> Option<i64> {
        let words = words.strip_suffix(" đồng")?.to_lowercase();
        let (mut total, mut below_billion, mut group, mut last) = (0_i64, 0_i64, 0_i64, 0_i64);
        for word in words.split(' ') {
            let digit = match word {
                "không" => Some(0),
                "một" | "mốt" => Some(1),
                "hai" => Some(2),
                "ba" => Some(3),
                "bốn" => Some(4),
                "năm" | "lăm" => Some(5),
                "sáu" => Some(6),
                "bảy" => Some(7),
                "tám" => Some(8),
                "chín" => Some(9),
                _ => None,
            };
            match (digit, word) {
                (Some(digit), _) => {
                    group += last;
                    last = digit;
                }
                (None, "mười") => {
                    group += last + 10;
                    last = 0;
                }
                (None, "mươi" | "trăm") => {
                    group += last * if word == "trăm" { 100 } else { 10 };
                    last = 0;
                }
                (None, "nghìn" | "triệu") => {
                    below_billion += (group + last) * if word == "triệu" { 1_000_000 } else { 1000 };
                    (group, last) = (0, 0);
                }
                (None, "tỷ") => {
                    total += (below_billion + group + last) * 1_000_000_000;
                    (below_billion, group, last) = (0, 0, 0);
                }
                (None, "lẻ" | "linh") => {}
                _ => return None,
            }
        }
        Some(total + below_billion + group + last)
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, cases: 2000, ..ProptestConfig::default() })]

        #[test]
        fn words_say_their_number(amount in prop_oneof![0..=MOST.0, 0..=2_000_000_i64, 0..=1_200_i64]) {
            for zero in [Zero::Le, Zero::Linh] {
                let words = dong(Dong(amount), zero).expect("words");
                prop_assert_eq!(read(&words), Some(amount), "{}", words);
            }
        }

        #[test]
        fn no_amount_and_no_day_makes_a_panic(amount in any::<i64>(), day in any::<i32>()) {
            let _ = dong(Dong(amount), Zero::Le);
            let _ = date(Day(day / 2), Zero::Linh);
        }
    }
}
