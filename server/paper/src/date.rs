//! Dates as papers write them (Decree 30/2020/NĐ-CP annex I).

use serde::{Deserialize, Serialize};
use typst::foundations::Datetime;
use typst_pdf::Timestamp;

use crate::PaperError;

/// Minutes east of Greenwich in Vietnam.
const VIETNAM_OFFSET: i32 = 7 * 60;

/// A day, with the time of day where the paper needs it, in Vietnamese local time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PaperDate {
    /// Four digits.
    pub year: u16,
    /// 1 to 12.
    pub month: u8,
    /// 1 to 31.
    pub day: u8,
    /// 0 to 23; `None` prints the day alone.
    #[serde(default)]
    pub hour: Option<u8>,
    /// 0 to 59; counts as 0 if only the hour is given.
    #[serde(default)]
    pub minute: Option<u8>,
}

impl PaperDate {
    /// A day without a time.
    pub fn day(year: u16, month: u8, day: u8) -> PaperDate {
        PaperDate { year, month, day, hour: None, minute: None }
    }

    /// A day with a time.
    pub fn at(year: u16, month: u8, day: u8, hour: u8, minute: u8) -> PaperDate {
        PaperDate { year, month, day, hour: Some(hour), minute: Some(minute) }
    }

    /// `ngày 05 tháng 01 năm 2026`: days below 10 and the months 1 and 2 take a leading zero, the other months none.
    pub fn long(self) -> String {
        let PaperDate { year, month, day, .. } = self;
        let month = if month < 3 { format!("{month:02}") } else { month.to_string() };
        format!("ngày {day:02} tháng {month} năm {year}")
    }

    /// `09 giờ 45 phút, ngày 05 tháng 01 năm 2026`; the day alone if there is no time.
    pub fn moment(self) -> String {
        match self.time() {
            Some(time) => format!("{time}, {}", self.long()),
            None => self.long(),
        }
    }

    /// `05/01/2026`, for narrow columns.
    pub fn short(self) -> String {
        format!("{:02}/{:02}/{}", self.day, self.month, self.year)
    }

    /// `09 giờ 45 phút`; `None` if there is no time.
    pub fn time(self) -> Option<String> {
        self.hour.map(|hour| format!("{hour:02} giờ {:02} phút", self.minute.unwrap_or(0)))
    }

    /// The same date if the calendar and the clock have it.
    pub(crate) fn checked(self) -> Result<PaperDate, PaperError> {
        let whole = self.pdf_datetime().is_some() && (1000..=9999).contains(&self.year);
        if whole { Ok(self) } else { Err(PaperError::Date(self)) }
    }

    pub(crate) fn pdf_timestamp(self) -> Option<Timestamp> {
        Timestamp::new_local(self.pdf_datetime()?, VIETNAM_OFFSET)
    }

    fn pdf_datetime(self) -> Option<Datetime> {
        let (hour, minute) = (self.hour.unwrap_or(0), self.minute.unwrap_or(0));
        Datetime::from_ymd_hms(i32::from(self.year), self.month, self.day, hour, minute, 0)
    }
}
