//! Why a term ends when it does, in words: sentences for a page, and for every day the reason that `motcua explain`
//! gives. What a day is called stands here once for both.

use crate::{
    format,
    problems::lower_first,
    words::{t, tf},
};
use domain::{
    text::fold,
    time::Day,
    working_time::{DayEntry, DayKind, DayPart, DayReason, Due, EntryKind, WhyDay},
};

/// Why a term ends when it does: sentences that can be read aloud, from the reception to the due moment. Neighbouring
/// days of one reason share a sentence.
pub fn why(due: &Due) -> Vec<String> {
    let mut sentences = Vec::new();
    let mut rest = due.why.as_slice();
    if let [only] = rest {
        // Received and due on one day: there is nothing to count.
        sentences.push(tf("Nhận {ngày}, trả trong ngày.", &[("ngày", &format::long_day(only.day))]));
        rest = &[];
    }
    let mut counted = 0;
    while let Some(first) = rest.first() {
        let (kind, name) = reason(first);
        let alike = |day: &&WhyDay| reason(day) == (kind, name.clone());
        let length = rest.iter().take_while(alike).count();
        let (days, after) = rest.split_at(length);
        counted += days.iter().filter(|day| day.counts).count();
        sentences.push(sentence(kind, &name, days, counted));
        rest = after;
    }
    sentences.push(tf("Hạn: {lúc}.", &[("lúc", &format::until(due.due))]));
    if due.provisional {
        sentences.push(
            t("Lịch nghỉ lễ của một năm trong khoảng này chưa công bố. Khi có lịch, ngày hẹn có thể thay đổi.").into(),
        );
    }
    sentences
}

/// [`DayReason`] without its particulars: what makes neighbouring days alike, with the name of the day off.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Reason {
    Reception,
    ReceptionAfterCutoff,
    BeforeRestart,
    Restart,
    RestartAfterCutoff,
    Counted,
    HoursUsed,
    Off,
    Waiting,
    RolledForward,
    NextWorkingDay,
}

fn reason(day: &WhyDay) -> (Reason, String) {
    let reason = match &day.reason {
        DayReason::Reception => Reason::Reception,
        DayReason::ReceptionAfterCutoff => Reason::ReceptionAfterCutoff,
        DayReason::BeforeRestart(_) => Reason::BeforeRestart,
        DayReason::Restart => Reason::Restart,
        DayReason::RestartAfterCutoff => Reason::RestartAfterCutoff,
        DayReason::Counted(_) => Reason::Counted,
        DayReason::HoursUsed(_) => Reason::HoursUsed,
        DayReason::Off(kind) => return (Reason::Off, off(kind)),
        DayReason::Waiting(_) => Reason::Waiting,
        DayReason::RolledForward(_) => Reason::RolledForward,
        DayReason::NextWorkingDay(_) => Reason::NextWorkingDay,
    };
    (reason, String::new())
}

/// What kind of rest a day off is, with its name.
fn off(kind: &DayKind) -> String {
    match kind {
        DayKind::Regular => t("cơ quan không làm việc").into(),
        other => day_kind(other),
    }
}

/// Why one day counts or not, as it is read aloud after the date: `nghỉ cuối tuần, không tính`.
pub fn day_reason(why: &WhyDay) -> String {
    let used = length(why.used_ms);
    let of = |words: &'static str, kind: &DayKind| tf(words, &[("ngày", &day_kind(kind)), ("giờ", &used)]);
    let hours_used = why.used_ms > 0;
    match &why.reason {
        DayReason::Reception if hours_used => tf("ngày tiếp nhận hồ sơ, đã dùng {giờ} làm việc", &[("giờ", &used)]),
        DayReason::Reception => t("ngày tiếp nhận hồ sơ, không tính vào số ngày").into(),
        DayReason::ReceptionAfterCutoff => t("tiếp nhận sau 15 giờ, chuyển sang ngày làm việc tiếp theo").into(),
        DayReason::BeforeRestart(DayKind::Regular) => t("thời hạn được tính lại về sau nên ngày này không tính").into(),
        DayReason::BeforeRestart(kind) => of(t("{ngày}; thời hạn được tính lại về sau nên ngày này không tính"), kind),
        DayReason::Restart if hours_used => {
            tf("hết tạm dừng, thời hạn tính lại từ đầu, đã dùng {giờ} làm việc", &[("giờ", &used)])
        }
        DayReason::Restart => t("hết tạm dừng, thời hạn tính lại từ đầu; ngày này không tính vào số ngày").into(),
        DayReason::RestartAfterCutoff => {
            t("hết tạm dừng sau 15 giờ, tính lại từ đầu và chuyển sang ngày làm việc tiếp theo").into()
        }
        DayReason::Counted(kind) if is_whole_day_off(kind) => {
            of(t("{ngày}, vẫn tính vì thời hạn theo ngày lịch"), kind)
        }
        DayReason::Counted(kind) => of(t("{ngày}, được tính"), kind),
        DayReason::HoursUsed(kind) => of(t("{ngày}, dùng {giờ}"), kind),
        DayReason::Off(kind) => of(t("{ngày}, không tính"), kind),
        DayReason::Waiting(DayKind::Regular) => t("thời hạn đang tạm dừng, không tính").into(),
        DayReason::Waiting(kind) => of(t("{ngày}; thời hạn đang tạm dừng, không tính"), kind),
        DayReason::RolledForward(kind) => {
            of(t("{ngày}; ngày cuối rơi vào ngày nghỉ hoặc lúc tạm dừng nên hạn chuyển sang ngày này"), kind)
        }
        DayReason::NextWorkingDay(kind) => {
            of(t("{ngày}; không kết thúc được trong ngày tiếp nhận nên hạn chuyển sang ngày này"), kind)
        }
    }
}

/// What sort of day it is: `nghỉ lễ Tết Dương lịch`.
pub(crate) fn day_kind(kind: &DayKind) -> String {
    match kind {
        DayKind::Regular => t("ngày làm việc").into(),
        DayKind::Weekend => t("nghỉ cuối tuần").into(),
        DayKind::FixedHoliday(holiday) => named(t("nghỉ lễ"), &holiday.name),
        DayKind::Entry(entry) => entry_words(entry),
        DayKind::Halves(morning, afternoon) => format!("{}, {}", entry_words(morning), entry_words(afternoon)),
    }
}

/// What an entry of a calendar is: `nghỉ lễ`.
pub(crate) const fn entry_kind(kind: EntryKind) -> &'static str {
    match kind {
        EntryKind::Holiday => t("nghỉ lễ"),
        EntryKind::InLieu => t("nghỉ bù"),
        EntryKind::Swapped => t("nghỉ hoán đổi"),
        EntryKind::MadeUp => t("làm bù"),
        EntryKind::Sudden => t("nghỉ đột xuất"),
    }
}

/// `nghỉ lễ Tết Dương lịch`, `buổi chiều nghỉ đột xuất Bão`.
pub(crate) fn entry_words(entry: &DayEntry) -> String {
    let what = entry_kind(entry.kind);
    let words = named(what, &entry.name);
    match entry.part {
        DayPart::Whole => words,
        DayPart::Morning => tf("buổi sáng {việc}", &[("việc", &words)]),
        DayPart::Afternoon => tf("buổi chiều {việc}", &[("việc", &words)]),
    }
}

/// The name after what it is, unless the name says that itself: `Nghỉ bù Quốc khánh 2/9`.
fn named(what: &str, name: &str) -> String {
    let name = name.trim();
    if !fold(name).starts_with(&fold(what)) {
        return format!("{what} {name}").trim_end().to_owned();
    }
    lower_first(name)
}

/// Whether nobody works on that day, so that only a term in calendar days counts it.
fn is_whole_day_off(kind: &DayKind) -> bool {
    match kind {
        DayKind::Regular => false,
        DayKind::Weekend | DayKind::FixedHoliday(_) => true,
        DayKind::Entry(entry) => entry.part == DayPart::Whole && entry.kind != EntryKind::MadeUp,
        DayKind::Halves(morning, afternoon) => morning.kind != EntryKind::MadeUp && afternoon.kind != EntryKind::MadeUp,
    }
}

/// `3 giờ 30 phút`; what is nothing is left out.
fn length(ms: i64) -> String {
    let seconds = ms / 1000;
    let parts = [(seconds / 3600, t("giờ")), (seconds / 60 % 60, t("phút")), (seconds % 60, t("giây"))];
    let said: Vec<String> = parts.iter().filter(|(n, _)| *n > 0).map(|(n, unit)| format!("{n} {unit}")).collect();
    if said.is_empty() { t("0 giờ").into() } else { said.join(" ") }
}

/// A sentence about neighbouring days; `counted` days of the term have passed with the last of them.
fn sentence(kind: Reason, name: &str, days: &[WhyDay], counted: usize) -> String {
    let on = format::sentence_case(&list(days));
    let (words, more) = match kind {
        Reason::Reception => (t("Nhận {ngày}; ngày nhận không tính."), String::new()),
        Reason::ReceptionAfterCutoff => {
            (t("Nhận {ngày}, sau 15 giờ, nên tính từ ngày làm việc tiếp theo."), String::new())
        }
        Reason::BeforeRestart => (t("{ngày}: trước khi bổ sung đủ, không tính."), String::new()),
        Reason::Restart => (t("Bổ sung đủ {ngày}; tính lại từ đầu, ngày này không tính."), String::new()),
        Reason::RestartAfterCutoff => {
            (t("Bổ sung đủ {ngày}, sau 15 giờ, nên tính lại từ ngày làm việc tiếp theo."), String::new())
        }
        Reason::Counted if days.len() == counted => (t("Tính {nữa} ngày: {ngày}."), days.len().to_string()),
        Reason::Counted => (t("Tính tiếp {nữa} ngày: {ngày}."), days.len().to_string()),
        Reason::HoursUsed => (t("Tính {nữa}: {ngày}."), hours(days.iter().map(|day| day.used_ms).sum())),
        Reason::Off => (t("{ngày}: {nữa}, không tính."), name.to_string()),
        Reason::Waiting => (t("{ngày}: chờ bổ sung hoặc chờ trả lời, không tính."), String::new()),
        Reason::RolledForward => (t("Ngày cuối rơi vào ngày không làm việc, nên hẹn sang {ngày}."), String::new()),
        Reason::NextWorkingDay => (t("Hẹn vào ngày làm việc tiếp theo: {ngày}."), String::new()),
    };
    let at_start = words.starts_with("{ngày}");
    let on = if at_start { on } else { list(days) };
    let mut sentence = tf(words, &[("ngày", &on), ("nữa", &more)]);
    // Hours of the term can be used on the day of reception itself.
    let used: i64 = days.iter().map(|day| day.used_ms).sum();
    if used > 0 && kind != Reason::HoursUsed {
        sentence = tf(
            "{câu} Trong ngày này tính {giờ}.",
            &[
                ("câu", &sentence.replace(t("; ngày nhận không tính"), "").replace(t(", ngày này không tính"), "")),
                ("giờ", &hours(used)),
            ],
        );
    }
    sentence
}

/// The days of a sentence: each by name up to five, else the first and the last.
fn list(days: &[WhyDay]) -> String {
    match days {
        [] => String::new(),
        [only] => short_day(only.day),
        [first, .., last] if days.len() > 5 => {
            tf("từ {đầu} đến {cuối}", &[("đầu", &short_day(first.day)), ("cuối", &short_day(last.day))])
        }
        _ => days.iter().map(|day| short_day(day.day)).collect::<Vec<_>>().join(", "),
    }
}

/// `thứ Ba 24/11`; with its year for the first days of one, where it might be mistaken.
fn short_day(day: Day) -> String {
    let (year, month, of_month) = day.ymd();
    match month {
        1 => format!("{} {of_month}/{month}/{year}", format::weekday(day)),
        _ => format!("{} {of_month}/{month}", format::weekday(day)),
    }
}

/// `8 giờ làm việc`, `3 giờ 30 phút làm việc`.
fn hours(ms: i64) -> String {
    tf("{giờ} làm việc", &[("giờ", &length(ms / 60_000 * 60_000))])
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::working_time::{Calendar, FixedHoliday, Term, TermUnit, due};

    #[test]
    fn a_due_day_across_the_day_of_culture_is_explained_in_words() {
        let received = Day::from_ymd(2026, 11, 23).expect("a day").at(domain::time::TimeOfDay::hm(9, 0));
        let term = Term { unit: TermUnit::WorkingDays, amount: 3, cutoff_15h: false };
        let found = due(Calendar::official(), received, &term, None, &[]).expect("a due day");
        assert_eq!(
            why(&found),
            [
                "Nhận thứ Hai 23/11; ngày nhận không tính.",
                "Thứ Ba 24/11: nghỉ lễ Ngày Văn hóa Việt Nam, không tính.",
                "Tính 3 ngày: thứ Tư 25/11, thứ Năm 26/11, thứ Sáu 27/11.",
                "Hạn: 17:00 thứ Sáu, 27/11/2026.",
            ]
        );
    }

    #[test]
    fn a_term_in_hours_says_how_many_of_them_each_day_takes() {
        let received = Day::from_ymd(2026, 11, 23).expect("a day").at(domain::time::TimeOfDay::hm(14, 0));
        let found = domain::working_time::acceptance_limit(Calendar::official(), received, 8, &[]).expect("a due day");
        let words = why(&found);
        assert_eq!(words.first().map(String::as_str), Some("Nhận thứ Hai 23/11. Trong ngày này tính 3 giờ làm việc."));
        assert!(words.iter().any(|line| line.starts_with("Tính 5 giờ làm việc: thứ Tư 25/11")), "{words:?}");
    }

    fn entry(kind: EntryKind, part: DayPart, name: &str) -> DayEntry {
        DayEntry { day: Day(0), kind, part, name: name.to_owned(), source: None }
    }

    fn words(reason: DayReason, used_ms: i64) -> String {
        day_reason(&WhyDay { day: Day(0), counts: false, reason, used_ms })
    }

    #[test]
    fn every_reason_has_words_for_every_sort_of_day() {
        let holiday = FixedHoliday { month: 1, day: 1, from_year: None, name: "Tết Dương lịch".to_owned() };
        let mut kinds = vec![
            DayKind::Regular,
            DayKind::Weekend,
            DayKind::FixedHoliday(holiday),
            DayKind::Halves(
                entry(EntryKind::Sudden, DayPart::Morning, "bão số 5"),
                entry(EntryKind::Holiday, DayPart::Afternoon, "Quốc khánh 2/9"),
            ),
        ];
        for kind in [EntryKind::Holiday, EntryKind::InLieu, EntryKind::Swapped, EntryKind::MadeUp, EntryKind::Sudden] {
            for part in [DayPart::Whole, DayPart::Morning, DayPart::Afternoon] {
                kinds.push(DayKind::Entry(entry(kind, part, "")));
            }
        }
        let alone =
            [DayReason::Reception, DayReason::ReceptionAfterCutoff, DayReason::Restart, DayReason::RestartAfterCutoff];
        let of_kind = [
            DayReason::BeforeRestart,
            DayReason::Counted,
            DayReason::HoursUsed,
            DayReason::Off,
            DayReason::Waiting,
            DayReason::RolledForward,
            DayReason::NextWorkingDay,
        ];
        let reasons = kinds.iter().flat_map(|kind| of_kind.map(|reason| reason(kind.clone()))).chain(alone);
        for reason in reasons {
            for used_ms in [0, 1, 3_600_000] {
                let said = words(reason.clone(), used_ms);
                let whole = !said.is_empty() && !said.contains(['\n', '{', '.']) && !said.contains("  ");
                assert!(whole && said.trim() == said && !said.contains(" ,"), "{reason:?}: {said:?}");
            }
        }
    }

    #[test]
    fn a_name_that_tells_its_sort_is_said_once() {
        let in_lieu = entry(EntryKind::InLieu, DayPart::Whole, "Nghỉ bù Quốc khánh 2/9");
        assert_eq!(words(DayReason::Off(DayKind::Entry(in_lieu)), 0), "nghỉ bù Quốc khánh 2/9, không tính");
        let half = entry(EntryKind::Holiday, DayPart::Afternoon, "Tết Nguyên đán Đinh Mùi");
        assert_eq!(
            words(DayReason::Counted(DayKind::Entry(half)), 0),
            "buổi chiều nghỉ lễ Tết Nguyên đán Đinh Mùi, được tính"
        );
    }

    #[test]
    fn lengths_leave_out_what_is_nothing() {
        for (ms, said) in [
            (3_600_000, "1 giờ"),
            (12_600_000, "3 giờ 30 phút"),
            (61_000, "1 phút 1 giây"),
            (28_800_000, "8 giờ"),
            (999, "0 giờ"),
        ] {
            assert_eq!(length(ms), said);
        }
    }
}
