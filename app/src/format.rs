//! Days, hours, money and numbers as people here write them.

use crate::words::{t, tf};
use domain::{
    money::Dong,
    question::Beside,
    time::{Day, Instant, Weekday},
    working_time::{Term, TermUnit},
};

/// `23/11/2026`.
pub fn day(day: Day) -> String {
    let (y, m, d) = day.ymd();
    format!("{d:02}/{m:02}/{y}")
}

/// `thứ Hai, 23/11/2026`.
pub fn long_day(at: Day) -> String {
    format!("{}, {}", weekday(at), day(at))
}

/// `thứ Hai`.
pub fn weekday(at: Day) -> &'static str {
    match at.weekday() {
        Weekday::Monday => t("thứ Hai"),
        Weekday::Tuesday => t("thứ Ba"),
        Weekday::Wednesday => t("thứ Tư"),
        Weekday::Thursday => t("thứ Năm"),
        Weekday::Friday => t("thứ Sáu"),
        Weekday::Saturday => t("thứ Bảy"),
        Weekday::Sunday => t("Chủ nhật"),
    }
}

/// `09:45 ngày 23/11/2026`.
pub fn moment(at: Instant) -> String {
    tf("{giờ} ngày {ngày}", &[("giờ", &time(at)), ("ngày", &day(at.day()))])
}

/// `17:00 thứ Sáu, 27/11/2026`.
pub fn until(at: Instant) -> String {
    format!("{} {}", time(at), long_day(at.day()))
}

/// `09:45`.
pub fn time(at: Instant) -> String {
    at.time_of_day().to_string()
}

/// `8.000 đ`, with a space that does not break.
pub fn money(amount: Dong) -> String {
    format!("{amount}\u{a0}đ")
}

/// `8.000 đồng`, as papers write it.
pub fn money_on_paper(amount: Dong) -> String {
    tf("{số tiền}\u{a0}đồng", &[("số tiền", &amount.to_string())])
}

/// `3 ngày làm việc`, `trong ngày`.
pub fn term(term: &Term) -> String {
    let amount = term.amount.to_string();
    match term.unit {
        TermUnit::WorkingDays => tf("{n} ngày làm việc", &[("n", &amount)]),
        TermUnit::CalendarDays => tf("{n} ngày", &[("n", &amount)]),
        TermUnit::WorkingHours => tf("{n} giờ làm việc", &[("n", &amount)]),
        TermUnit::SameDay if term.cutoff_15h => {
            t("trong ngày; nhận sau 15 giờ thì sang ngày làm việc tiếp theo").into()
        }
        TermUnit::SameDay => t("trong ngày").into(),
    }
}

/// What stands beside an answer: `Bằng chữ: …`, `Mật độ xây dựng: 38,6%`.
pub fn beside(what: &Beside) -> String {
    match what {
        Beside::InWords(words) => tf("Bằng chữ: {chữ}", &[("chữ", words)]),
        Beside::Density(hundredths) => {
            let (whole, part) = (hundredths / 100, hundredths % 100);
            let percent = match (part, part % 10) {
                (0, _) => whole.to_string(),
                (_, 0) => format!("{whole},{}", part / 10),
                _ => format!("{whole},{part:02}"),
            };
            tf("Mật độ xây dựng: {n}%", &[("n", &percent)])
        }
    }
}

/// `24 MB`, `180 KB`.
pub fn size(bytes: i64) -> String {
    if bytes >= 1_048_576 {
        format!("{} MB", (bytes + 524_288) / 1_048_576)
    } else {
        format!("{} KB", (bytes + 1023) / 1024)
    }
}

/// A name's first letter as a capital, the rest as it is.
pub fn sentence_case(words: &str) -> String {
    let mut letters = words.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_density_has_a_comma_and_no_more_decimals_than_it_needs() {
        for (hundredths, percent) in [(3_860, "38,6%"), (10_000, "100%"), (5, "0,05%"), (6_667, "66,67%")] {
            assert_eq!(beside(&Beside::Density(hundredths)), format!("Mật độ xây dựng: {percent}"));
        }
    }
}
