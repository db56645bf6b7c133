//! What a unit switches off and on.

use super::particulars::TypedDay;
use crate::context::{office, settle, staff};
use domain::feature::Feature;
use leptos::prelude::*;
use office::{Uuid, error::Problem};

/// The page of features.
const PAGE: &str = "/can-bo/quan-tri/tinh-nang";

/// Switches a feature off for some days, or until it is switched on.
#[server]
pub async fn close_feature(
    unit: i64,
    command: Uuid,
    #[server(default)] feature: String,
    #[server(default)] first: TypedDay,
    #[server(default)] last: TypedDay,
    #[server(default)] reason: String,
) -> Result<(), ServerFnError> {
    let done = async {
        let (office, who) = (office(), staff());
        // Who may not do it at all learns that before anything that was typed is looked at.
        office.features(&who)?;
        let feature = Feature::from_key(&feature).ok_or(Problem::Missing("feature"))?;
        let days = (first.read_if_typed("first")?.unwrap_or_else(|| office.now().day()), last.read_if_typed("last")?);
        office.close_feature(&who, unit, feature, days, &reason, command).await
    };
    settle(done.await, |()| PAGE.into());
    Ok(())
}

/// Switches it on again.
#[server]
pub async fn open_feature(closure: Uuid, command: Uuid) -> Result<(), ServerFnError> {
    let done = office().open_feature(&staff(), closure, command).await;
    settle(done, |()| PAGE.into());
    Ok(())
}
