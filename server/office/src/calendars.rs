//! Calendars: the province publishes one for each year, a commune may decide single days otherwise. Each version stays
//! as it was laid down; the one that came last holds for what is received from then on, and moves nothing under way.

use crate::{
    Error, Office, Result, Who,
    audit::{self, Object},
    places::PROVINCE,
};
use domain::{
    time::{Day, Instant},
    working_time::Calendar,
};
use serde_json::json;
use store::{
    StoreError, Tx,
    calendars::{self, CalendarRow, Origin},
};

/// What became of a version that was to be laid down.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Laid {
    /// It is in force from now on.
    New,
    /// It is there already: nothing changed.
    Same,
    /// It came with the program and gives way to this one, which the operator imported or which knows more years.
    GaveWay { to: String },
}

/// Why a file is no calendar that can be worked with. For the operator at the command line.
#[derive(Debug, thiserror::Error)]
pub enum FileProblem {
    #[error("not a calendar: {0}")]
    NotACalendar(#[from] serde_json::Error),
    #[error("its version \"{0}\" is not a short word such as 2027.1")]
    Version(String),
    #[error("it works on no day of the week")]
    NoWork,
    #[error("it publishes no year")]
    NoYear,
}

/// Why a calendar was not laid down. For the operator at the command line.
#[derive(Debug, thiserror::Error)]
pub enum ImportProblem {
    #[error("\"{0}\" is the key of no People's Committee that works today")]
    NoSuchUnit(String),
    #[error(
        "version {0} is there already, with another content or for another place: give this one a version of its own"
    )]
    VersionTaken(String),
    #[error("it lacks the year {year}, which version {standing} has: a calendar holds every year in use")]
    LacksYear { year: i32, standing: String },
    #[error(transparent)]
    Office(#[from] Error),
}

impl From<StoreError> for ImportProblem {
    fn from(error: StoreError) -> Self {
        Self::Office(error.into())
    }
}

/// Longest name of a version.
pub(crate) const VERSION_MOST: usize = 40;

/// Reads a calendar from a file and checks it.
///
/// # Errors
/// When it is none that can be worked with.
pub fn read_calendar_file(text: &str) -> Result<Calendar, FileProblem> {
    let calendar: Calendar = serde_json::from_str(text)?;
    let version = calendar.version();
    let is_plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_');
    if version.is_empty() || version.len() > VERSION_MOST || !version.chars().all(is_plain) {
        return Err(FileProblem::Version(version.to_owned()));
    }
    if !calendar.data().weekly.contains(&true) {
        return Err(FileProblem::NoWork);
    }
    if calendar.published().next().is_none() {
        return Err(FileProblem::NoYear);
    }
    Ok(calendar)
}

impl Office {
    /// Lays down a version that the province published or, with the key of a commune's People's Committee, that the
    /// commune decided. It holds for what is received from now on; what is under way keeps its version. The same
    /// file twice is one version.
    ///
    /// **Permissions**: the operator at the command line.
    pub async fn import_calendar(
        &self,
        who: &Who,
        unit: Option<&str>,
        calendar: &Calendar,
    ) -> Result<Laid, ImportProblem> {
        self.may_operate(who)?;
        let (books, today) = (self.books(), self.now().day());
        let office = match unit {
            None => None,
            Some(key) => {
                let known = books.places.by_key(key).and_then(|place| books.places.open_authority(place.id, today));
                Some(known.ok_or_else(|| ImportProblem::NoSuchUnit(key.to_owned()))?.id)
            }
        };
        let scope = unit.unwrap_or(PROVINCE);
        let mut tx = self.db().write().await.map_err(Error::from)?;
        if let Some(known) = calendars::calendar_of_version(&mut tx, calendar.version()).await? {
            let is_same = known.scope == scope && known.body.0 == *calendar;
            return if is_same { Ok(Laid::Same) } else { Err(ImportProblem::VersionTaken(calendar.version().into())) };
        }
        // A commune's first calendar takes the place of the province's.
        let own = calendars::newest_calendar(&mut tx, scope).await?;
        let standing = match own {
            Some(own) => Some(own),
            None => calendars::newest_calendar(&mut tx, PROVINCE).await?,
        };
        if let Some((year, standing)) = standing.as_ref().and_then(|standing| lacking(standing, calendar)) {
            return Err(ImportProblem::LacksYear { year, standing });
        }
        let at = self.after(standing.as_ref());
        calendars::insert_calendar_from(&mut tx, scope, calendar, Origin::Imported, Day(0), at).await?;
        self.record_calendar(&mut tx, who, "import_calendar", (scope, office), calendar, standing.as_ref()).await?;
        self.commit_books(tx).await?;
        Ok(Laid::New)
    }

    /// Lays down the province's calendar that came with a newer program. It gives way to what the operator imported,
    /// and to one that knows more years.
    ///
    /// **Permissions**: the program itself, at its start.
    pub async fn lay_down_calendar(&self, calendar: &Calendar) -> Result<Laid> {
        let mut tx = self.db().write().await?;
        if calendars::calendar_of_version(&mut tx, calendar.version()).await?.is_some() {
            return Ok(Laid::Same);
        }
        let standing = calendars::newest_calendar(&mut tx, PROVINCE).await?;
        if let Some(known) = &standing
            && (known.is_imported() || lacking(known, calendar).is_some())
        {
            return Ok(Laid::GaveWay { to: known.body.version().into() });
        }
        let at = self.after(standing.as_ref());
        match calendars::insert_calendar_from(&mut tx, PROVINCE, calendar, Origin::Shipped, Day(0), at).await {
            // Another process of the same release was first.
            Err(StoreError::Duplicate(_)) => return Ok(Laid::Same),
            done => done?,
        }
        let place = (PROVINCE, None);
        self.record_calendar(&mut tx, &Who::system(), "lay_down_calendar", place, calendar, standing.as_ref()).await?;
        self.commit_books(tx).await?;
        Ok(Laid::New)
    }

    /// Now, or a moment after the version that stands: of two, the one that came last holds, whatever the clock did.
    pub(crate) fn after(&self, standing: Option<&CalendarRow>) -> Instant {
        Instant(standing.map_or(i64::MIN, |standing| standing.created_at + 1).max(self.now().0))
    }

    async fn record_calendar(
        &self,
        tx: &mut Tx,
        who: &Who,
        act: &str,
        (scope, office): (&str, Option<i64>),
        calendar: &Calendar,
        standing: Option<&CalendarRow>,
    ) -> Result<()> {
        let object = Object { kind: "calendar", id: calendar.version().into(), office };
        let years: Vec<i32> = calendar.published().collect();
        let before = standing.map(|standing| standing.body.version());
        audit::record(self, tx, who, act, &object, json!({ "scope": scope, "years": years, "before": before })).await
    }
}

/// The first published year of the standing calendar that the other lacks, with the standing one's version.
fn lacking(standing: &CalendarRow, other: &Calendar) -> Option<(i32, String)> {
    let year = standing.body.published().find(|year| !other.is_published(*year))?;
    Some((year, standing.body.version().to_owned()))
}
