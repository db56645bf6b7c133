//! What a unit has switched off, and until when. Everything is on unless a row says otherwise; what is under way goes on.
//!
//! The rows are in memory with the offices: a gate asks no query.

pub use crate::closures::Closure;
use crate::{
    Error, Office, Result, Who,
    audit::{self, Object},
    error::Problem,
    rights::Task,
};
use domain::{feature::Feature, text, time::Day};
use serde_json::json;
use store::{
    feature_closures::{self, ClosureRow},
    offices,
};
use uuid::Uuid;

/// The features of one unit.
pub struct UnitFeatures {
    /// The unit, by its authority.
    pub unit: i64,
    pub name: String,
    /// Every feature, with the days on which it is off or will be.
    pub features: Vec<(Feature, Vec<Closure>)>,
}

/// Longest reason, in characters.
const REASON_MOST: usize = 200;

impl Office {
    /// What has a feature off in the unit of that office now; none when it is on.
    pub fn feature_closure(&self, feature: Feature, office: i64) -> Option<Closure> {
        self.books().places.closure_on(feature, office, self.now().day()).cloned()
    }

    /// Whether a feature is on in the unit of that office now.
    pub fn has_feature(&self, feature: Feature, office: i64) -> bool {
        self.feature_closure(feature, office).is_none()
    }

    /// Nothing, or the refusal of a feature that is off in the unit of that office.
    pub(crate) fn needs_feature(&self, feature: Feature, office: i64) -> Result<()> {
        match self.feature_closure(feature, office) {
            None => Ok(()),
            Some(closure) => {
                let (last, reason) = (closure.last, closure.reason);
                Err(Problem::FeatureOff { feature, last, reason }.into())
            }
        }
    }

    /// The features of one's units, with what is off or will be.
    ///
    /// **Permissions**: [`Task::ManageFeatures`]; the units where it is held.
    pub fn features(&self, who: &Who) -> Result<Vec<UnitFeatures>> {
        let units = self.units_to(who, Task::ManageFeatures)?;
        let (books, today) = (self.books(), self.now().day());
        let of_unit = |unit: i64| {
            let off = |feature: Feature| {
                let own = books.places.closures.iter().filter(|one| one.unit == unit && one.feature == feature);
                own.filter(|one| one.last.is_none_or(|last| last >= today)).cloned().collect()
            };
            let features = Feature::ALL.iter().map(|feature| (*feature, off(*feature))).collect();
            Some(UnitFeatures { unit, name: books.places.by_id(unit)?.name.clone(), features })
        };
        Ok(units.into_iter().filter_map(of_unit).collect())
    }

    /// Switches a feature off in a unit, from one day to another or until it is switched on.
    ///
    /// **Permissions**: [`Task::ManageFeatures`] in the unit.
    pub async fn close_feature(
        &self,
        who: &Who,
        unit: i64,
        feature: Feature,
        (first, last): (Day, Option<Day>),
        reason: &str,
        command: Uuid,
    ) -> Result<()> {
        self.may(who, Task::ManageFeatures, unit)?;
        let (now, books) = (self.now(), self.books());
        let place = books.places.open_authority(unit, now.day()).ok_or(Error::NotFound)?;
        let reason = text::clean(reason);
        if reason.is_empty() {
            return Err(Problem::Missing("reason").into());
        }
        if reason.chars().count() > REASON_MOST {
            return Err(Problem::TooLong("reason").into());
        }
        if first < now.day() {
            return Err(Problem::PeriodInvalid("first").into());
        }
        if last.is_some_and(|last| last < first) {
            return Err(Problem::PeriodInvalid("last").into());
        }
        let mut tx = self.db().write().await?;
        // Two who switch off at once come one after the other.
        offices::hold_office(&mut tx, unit).await?;
        if self.answered_before::<()>(&mut tx, who, command).await?.is_some() {
            return Ok(());
        }
        let known = feature_closures::closures_from(&mut tx, i64::from(now.day().0)).await?;
        let mut known = known.into_iter().filter_map(Closure::of);
        if known.any(|one| one.unit == unit && one.feature == feature && one.overlaps(first, last)) {
            return Err(Problem::OffAlready.into());
        }
        let row = ClosureRow {
            office_id: unit,
            id: self.new_id(),
            feature: feature.key().into(),
            first_day: i64::from(first.0),
            last_day: last.map(|day| i64::from(day.0)),
            reason,
            staff_name: who.staff().map_or_else(String::new, |staff| staff.name.clone()),
            created_at: now.0,
            ended_at: None,
        };
        feature_closures::insert_closure(&mut tx, &row).await?;
        let object = Object { kind: "office", id: place.key.clone(), office: Some(unit) };
        let detail = json!({ "feature": row.feature, "first": first, "last": last, "reason": row.reason });
        audit::record(self, &mut tx, who, "close_feature", &object, detail).await?;
        self.keep_once(&mut tx, who, command, "close_feature", &()).await?;
        self.commit_books(tx).await
    }

    /// Switches it on again, at once; what was to be off later is not.
    ///
    /// **Permissions**: [`Task::ManageFeatures`] in its unit.
    pub async fn open_feature(&self, who: &Who, id: Uuid, command: Uuid) -> Result<()> {
        let units = self.units_to(who, Task::ManageFeatures)?;
        let (now, books) = (self.now(), self.books());
        let mut tx = self.db().write().await?;
        if self.answered_before::<()>(&mut tx, who, command).await?.is_some() {
            return Ok(());
        }
        let known = feature_closures::closures_from(&mut tx, i64::from(now.day().0)).await?;
        let mut own = known.into_iter().filter_map(Closure::of);
        let closure = own.find(|one| one.id == id && units.contains(&one.unit)).ok_or(Error::NotFound)?;
        feature_closures::end_closure(&mut tx, closure.unit, id, now).await?;
        let key = books.places.by_id(closure.unit).map_or_else(String::new, |place| place.key.clone());
        let object = Object { kind: "office", id: key, office: Some(closure.unit) };
        let detail = json!({ "feature": closure.feature.key(), "first": closure.first, "last": closure.last });
        audit::record(self, &mut tx, who, "open_feature", &object, detail).await?;
        self.keep_once(&mut tx, who, command, "open_feature", &()).await?;
        self.commit_books(tx).await
    }
}
