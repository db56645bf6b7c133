//! Amounts as statements write them.

use super::Problem;

/// An amount as it was written: sign, whole units, and hundredths of a unit below 100.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Written {
    pub negative: bool,
    pub units: i64,
    pub below: u8,
}

impl Written {
    /// The amount in whole đồng, with its sign.
    pub fn dong(self, text: &str) -> Result<i64, Problem> {
        if self.below > 0 { Err(Problem::PartOfDong(shown(text))) } else { Ok(self.signed()) }
    }

    const fn signed(self) -> i64 {
        if self.negative { -self.units } else { self.units }
    }

    /// In hundredths of a unit, with the sign: what balances of every currency are counted in.
    pub fn hundredths(self) -> i128 {
        let size = i128::from(self.units) * 100 + i128::from(self.below);
        if self.negative { -size } else { size }
    }

    pub const fn is_zero(self) -> bool {
        self.units == 0 && self.below == 0
    }
}

/// How a bank sets thousands and the part below one unit apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Marks {
    pub thousands: Option<char>,
    pub decimal: Option<char>,
}

/// Reads `8000`, `-8.000`, `+8,000.00` or `8,000.00 VND` by those marks. Thousands are marked wholly or not at all; two digits
/// at most stand below one unit.
pub(super) fn read(text: &str, marks: Marks) -> Result<Written, Problem> {
    let wrong = || Problem::Amount(shown(text));
    let mut rest = text.trim().trim_matches('\u{a0}');
    for unit in ["VND", "VNĐ", "đ"] {
        rest = rest.strip_suffix(unit).map_or(rest, str::trim_end);
    }
    let negative = rest.starts_with(['-', '\u{2212}']);
    let rest = rest.strip_prefix(['-', '\u{2212}', '+']).unwrap_or(rest).trim_start();
    let (whole, below) = match marks.decimal.and_then(|mark| rest.split_once(mark)) {
        Some((whole, below)) => (whole, Some(below)),
        None => (rest, None),
    };
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let groups: Vec<&str> = match marks.thousands {
        Some(mark) => whole.split(mark).collect(),
        None => vec![whole],
    };
    let marked = groups.len() == 1 || (groups[0].len() <= 3 && groups[1..].iter().all(|group| group.len() == 3));
    if !marked || !groups.iter().all(|group| digits(group)) {
        return Err(wrong());
    }
    // MT940 writes `8000,` with nothing behind the mark.
    if below.is_some_and(|below| below.len() > 2 || !(below.is_empty() || digits(below))) {
        return Err(wrong());
    }
    let units = groups.concat().parse().map_err(|_| wrong())?;
    // One digit is tenths.
    let below = match below.unwrap_or_default() {
        "" => 0,
        digits => format!("{digits:0<2}").parse().map_err(|_| wrong())?,
    };
    Ok(Written { negative, units, below })
}

/// So much of a wrong text is repeated.
const SHOWN: usize = 40;

/// A wrong text as a problem repeats it: cut, without control characters.
pub(super) fn shown(text: &str) -> String {
    text.chars().filter(|c| !c.is_control()).take(SHOWN).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const DOTS: Marks = Marks { thousands: Some('.'), decimal: Some(',') };
    const COMMAS: Marks = Marks { thousands: Some(','), decimal: Some('.') };

    fn dong(text: &str, marks: Marks) -> Result<i64, Problem> {
        read(text, marks)?.dong(text)
    }

    #[test]
    fn amounts_are_read_by_the_marks_of_the_bank() {
        for (text, marks, amount) in [
            ("8000", DOTS, 8_000),
            ("8.000", DOTS, 8_000),
            ("1.250.000,00", DOTS, 1_250_000),
            ("+27,000", COMMAS, 27_000),
            ("-27,000.00 VND", COMMAS, -27_000),
            ("− 500 đ", DOTS, -500),
            ("24000,", Marks { thousands: None, decimal: Some(',') }, 24_000),
            ("0", COMMAS, 0),
        ] {
            assert_eq!(dong(text, marks), Ok(amount), "{text}");
        }
    }

    #[test]
    fn what_could_be_read_in_two_ways_is_refused() {
        for (text, marks) in
            [("8.000", COMMAS), ("8,000", DOTS), ("1.2.3", DOTS), ("12.34.567", DOTS), ("1.0000", DOTS), (".000", DOTS)]
        {
            assert!(matches!(dong(text, marks), Err(Problem::Amount(_))), "{text}");
        }
        for text in ["", "-", "--5", "5-", "đ", "1e5", "0x10", "٣", "99999999999999999999", "VND 5"] {
            assert!(matches!(dong(text, DOTS), Err(Problem::Amount(_))), "{text}");
        }
    }

    #[test]
    fn balances_are_counted_in_hundredths() {
        let hundredths = |text: &str| read(text, COMMAS).map(Written::hundredths);
        assert_eq!(hundredths("-1,000.5"), Ok(-100_050));
        assert_eq!(hundredths("12.05"), Ok(1_205));
    }

    #[test]
    fn there_is_no_part_of_one_dong() {
        assert_eq!(dong("8000,50", DOTS), Err(Problem::PartOfDong("8000,50".into())));
    }
}
