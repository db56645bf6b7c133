//! When the counters are open, in words.

use crate::{
    format,
    words::{t, tf},
};
use domain::{
    person::Phone,
    time::{Day, Instant, Weekday},
    working_time::{Calendar, DayEntry, DayKind, DayPart, EntryKind, OfficeHours, OpenInterval},
};
use office::{
    Office,
    places::{OfficeRow, Places},
};

/// How many days ahead the days off are announced.
const ANNOUNCED_DAYS: i32 = 45;

/// The reception of a commune.
pub struct Centre {
    pub id: i64,
    pub name: String,
    /// Code of the commune, for its hamlets.
    pub unit_code: String,
    /// Where it is found; empty where that has not been entered.
    pub address: String,
    /// Its own telephone, when it has one.
    pub phone: Option<Phone>,
}

/// Today's hours, or why the counters are closed and when they open again, as one sentence.
pub fn today(calendar: &Calendar, now: Instant) -> String {
    let day = now.day();
    let open: Vec<OpenInterval> = calendar.open_intervals(day).collect();
    let Some(last) = open.last() else { return closed(calendar, now) };
    if now >= last.to {
        return tf("Hôm nay đã hết giờ làm việc; {mở lại}.", &[("mở lại", &reopening(calendar, day))]);
    }
    let hours = spans(&open);
    match half_off(&calendar.day_kind(day)) {
        Some((DayPart::Morning, why)) => {
            tf("Hôm nay mở cửa {giờ}. Sáng nghỉ: {lý do}.", &[("giờ", &hours), ("lý do", why)])
        }
        Some((_, why)) => tf("Hôm nay mở cửa {giờ}. Chiều nghỉ: {lý do}.", &[("giờ", &hours), ("lý do", why)]),
        None => tf("Hôm nay mở cửa {giờ}.", &[("giờ", &hours)]),
    }
}

/// `thứ Hai đến thứ Sáu, 07:00–11:30 và 13:30–17:00`: the week around that day, holidays aside.
pub fn week(calendar: &Calendar, day: Day) -> String {
    let hours = hours_of(calendar, day);
    let (morning, afternoon) = (hours.morning, hours.afternoon);
    let mut words = tf(
        "{ngày}, {sáng} và {chiều}",
        &[
            ("ngày", &worked_weekdays(calendar, day)),
            ("sáng", &format!("{}–{}", morning.from, morning.to)),
            ("chiều", &format!("{}–{}", afternoon.from, afternoon.to)),
        ],
    );
    if calendar.data().saturday_counter {
        let saturday = format!("{}–{}", morning.from, morning.to);
        words.push_str(&tf("; sáng thứ Bảy nhận hồ sơ {giờ}", &[("giờ", &saturday)]));
    }
    words
}

/// The days off to come, weekends aside, each with its reason.
pub fn coming_days_off(calendar: &Calendar, from: Day) -> Vec<(Day, String)> {
    (1..=ANNOUNCED_DAYS)
        .map(|ahead| from.plus(ahead))
        .filter(|day| !calendar.is_working(*day))
        .filter_map(|day| Some((day, reason(&calendar.day_kind(day))?)))
        .collect()
}

/// Today's hours of every commune's centre: one line where all keep the same hours, else one for each of them.
pub fn today_everywhere(office: &Office) -> Vec<String> {
    let (books, now) = (office.books(), office.now());
    let each: Vec<(String, String)> = centres(&books.places, now.day())
        .into_iter()
        .map(|centre| (centre.name.clone(), today(&books.places.calendar_of(centre.id, now.day()), now)))
        .collect();
    match each.first() {
        Some((_, first)) if each.iter().all(|(_, words)| words == first) => vec![first.clone()],
        _ => each.into_iter().map(|(name, words)| format!("{name}: {words}")).collect(),
    }
}

/// The reception of every commune that works on that day.
pub fn centres(places: &Places, day: Day) -> Vec<Centre> {
    let receptions = places.authorities_on(day).into_iter().filter_map(|unit| places.one_stop_of(unit.id, day));
    let centre = |desk: &OfficeRow| {
        let contact = places.contact_of(desk.id);
        Centre {
            id: desk.id,
            name: desk.name.clone(),
            unit_code: desk.unit_code.clone(),
            address: contact.map(|contact| contact.address.clone()).unwrap_or_default(),
            phone: contact.and_then(|contact| Phone::parse(&contact.phone).ok()),
        }
    };
    receptions.map(centre).collect()
}

fn closed(calendar: &Calendar, now: Instant) -> String {
    let day = now.day();
    let kind = calendar.day_kind(day);
    let morning = hours_of(calendar, day).morning;
    if calendar.is_open_for_reception(day.at(morning.from)) && now < day.at(morning.to) {
        let hours = format!("{}–{}", morning.from, morning.to);
        return tf("Sáng nay Trung tâm nhận hồ sơ {giờ}; ngày này không tính vào hạn giải quyết.", &[("giờ", &hours)]);
    }
    let again = reopening(calendar, day);
    match reason(&kind) {
        Some(why) => tf("Hôm nay nghỉ: {lý do}; {mở lại}.", &[("lý do", &why), ("mở lại", &again)]),
        None => tf("Hôm nay nghỉ cuối tuần; {mở lại}.", &[("mở lại", &again)]),
    }
}

/// `mở lại 07:00 thứ Tư, 25/11/2026`.
fn reopening(calendar: &Calendar, day: Day) -> String {
    let next = calendar.next_working_day_after(day).and_then(|next| calendar.open_intervals(next).next());
    match next {
        Some(interval) => tf("mở lại {lúc}", &[("lúc", &format::until(interval.from))]),
        None => t("chưa có lịch mở lại").into(),
    }
}

/// Why a day is off; `None` for a plain weekend or a working day.
fn reason(kind: &DayKind) -> Option<String> {
    match kind {
        DayKind::Regular | DayKind::Weekend => None,
        DayKind::Entry(entry) => Some(entry.name.clone()),
        DayKind::Halves(morning, afternoon) if morning.name == afternoon.name => Some(morning.name.clone()),
        DayKind::Halves(morning, afternoon) => Some(format!("{}; {}", morning.name, afternoon.name)),
        DayKind::FixedHoliday(holiday) => Some(holiday.name.clone()),
    }
}

/// The half of an otherwise worked day that is off, and why.
fn half_off(kind: &DayKind) -> Option<(DayPart, &str)> {
    let off = |entry: &DayEntry| entry.kind != EntryKind::MadeUp && entry.part != DayPart::Whole;
    match kind {
        DayKind::Entry(entry) if off(entry) => Some((entry.part, &entry.name)),
        DayKind::Halves(morning, afternoon) => {
            [morning, afternoon].into_iter().find(|e| off(e)).map(|e| (e.part, e.name.as_str()))
        }
        _ => None,
    }
}

fn spans(open: &[OpenInterval]) -> String {
    let spans = open.iter().map(|interval| format!("{}–{}", format::time(interval.from), format::time(interval.to)));
    spans.collect::<Vec<_>>().join(", ")
}

fn hours_of(calendar: &Calendar, day: Day) -> OfficeHours {
    let data = calendar.data();
    data.seasons.iter().rev().find(|season| season.from <= day).map_or(data.hours, |season| season.hours)
}

/// `thứ Hai đến thứ Sáu`, or the days one by one where they are not in a row.
fn worked_weekdays(calendar: &Calendar, day: Day) -> String {
    let monday = day.plus(-(day.weekday() as i32 - Weekday::Monday as i32));
    let worked: Vec<usize> = (0..7).filter(|at| calendar.data().weekly[*at]).collect();
    let name = |at: usize| format::weekday(monday.plus(at as i32));
    let in_a_row = worked.windows(2).all(|pair| pair[1] == pair[0] + 1);
    match worked.as_slice() {
        [first, .., last] if in_a_row && worked.len() > 2 => {
            tf("{đầu} đến {cuối}", &[("đầu", name(*first)), ("cuối", name(*last))])
        }
        days => days.iter().map(|at| name(*at)).collect::<Vec<_>>().join(", "),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> Instant {
        Instant::parse_local(text).unwrap()
    }

    fn with(entries: &[DayEntry]) -> Calendar {
        Calendar::official().with_override(entries)
    }

    fn entry(day: &str, kind: EntryKind, part: DayPart, name: &str) -> DayEntry {
        DayEntry { day: day.parse().unwrap(), kind, part, name: name.into(), source: None }
    }

    #[test]
    fn a_working_day_says_both_spans() {
        let words = today(Calendar::official(), at("2026-11-23T09:00"));
        assert_eq!(words, "Hôm nay mở cửa 07:00–11:30, 13:30–17:00.");
    }

    #[test]
    fn after_closing_the_next_opening_skips_the_holiday() {
        let words = today(Calendar::official(), at("2026-11-23T17:00"));
        assert_eq!(words, "Hôm nay đã hết giờ làm việc; mở lại 07:00 thứ Tư, 25/11/2026.");
    }

    #[test]
    fn a_holiday_is_named() {
        let words = today(Calendar::official(), at("2026-11-24T09:00"));
        assert_eq!(words, "Hôm nay nghỉ: Ngày Văn hóa Việt Nam; mở lại 07:00 thứ Tư, 25/11/2026.");
    }

    #[test]
    fn a_weekend_is_just_a_weekend() {
        let words = today(Calendar::official(), at("2026-11-28T09:00"));
        assert_eq!(words, "Hôm nay nghỉ cuối tuần; mở lại 07:00 thứ Hai, 30/11/2026.");
    }

    #[test]
    fn a_half_day_off_says_which_half_and_why() {
        let storm = entry("2026-11-26", EntryKind::Sudden, DayPart::Afternoon, "Bão");
        let words = today(&with(&[storm]), at("2026-11-26T08:00"));
        assert_eq!(words, "Hôm nay mở cửa 07:00–11:30. Chiều nghỉ: Bão.");
    }

    #[test]
    fn a_made_up_saturday_is_open() {
        let made_up = entry("2026-11-28", EntryKind::MadeUp, DayPart::Whole, "Làm bù");
        let words = today(&with(&[made_up]), at("2026-11-28T08:00"));
        assert_eq!(words, "Hôm nay mở cửa 07:00–11:30, 13:30–17:00.");
    }

    #[test]
    fn a_saturday_counter_receives_in_the_morning_only() {
        let mut data = Calendar::official().data().clone();
        data.saturday_counter = true;
        let calendar = Calendar::try_from(data).unwrap();
        let morning = today(&calendar, at("2026-11-28T08:00"));
        assert!(morning.starts_with("Sáng nay Trung tâm nhận hồ sơ 07:00–11:30"), "{morning}");
        assert!(today(&calendar, at("2026-11-28T14:00")).starts_with("Hôm nay nghỉ cuối tuần"));
        assert!(week(&calendar, "2026-11-23".parse().unwrap()).ends_with("sáng thứ Bảy nhận hồ sơ 07:00–11:30"));
    }

    #[test]
    fn the_week_is_said_in_one_breath() {
        let words = week(Calendar::official(), "2026-11-25".parse().unwrap());
        assert_eq!(words, "thứ Hai đến thứ Sáu, 07:00–11:30 và 13:30–17:00");
    }

    #[test]
    fn days_off_to_come_leave_weekends_out() {
        let days = coming_days_off(Calendar::official(), "2026-11-23".parse().unwrap());
        assert_eq!(days[0], ("2026-11-24".parse().unwrap(), "Ngày Văn hóa Việt Nam".to_string()));
        assert!(days.iter().any(|(day, _)| *day == "2027-01-01".parse().unwrap()), "{days:?}");
        assert!(days.iter().all(|(day, _)| *day != "2026-11-28".parse().unwrap()));
    }
}
