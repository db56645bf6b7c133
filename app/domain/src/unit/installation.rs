//! The offices of one installation, from a file its operator wrote: read whole, or refused with the first thing that
//! cannot be.

use super::{Office, OfficeKind, OfficeSuccession, Offices};
use serde::Deserialize;
use std::collections::HashSet;

/// Why a file of offices cannot be laid down. Each names the office it found it at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum OfficesProblem {
    /// Not the shape of such a file.
    Json(String),
    /// No People's Committee that still stands.
    NoCommittee,
    /// A key that cannot stand in addresses: small Latin letters, digits and hyphens.
    BadKey(String),
    /// Two offices with one key.
    RepeatedKey(String),
    /// Two standing offices with one identifier: their dossiers would have the same codes.
    RepeatedOrgan(String),
    /// The identifier is not confirmed (`"configured": false`): it begins every code for ever.
    Unconfirmed(String),
    /// The office above is not in the file.
    UnknownParent(String),
    /// Ends before it begins.
    BackwardPeriod(String),
    /// A committee that stands and has no one-stop shop, or several.
    OneStopShops(String),
    /// A succession names an office that is not in the file.
    UnknownOffice(String),
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    offices: Vec<Office>,
    #[serde(default)]
    successions: Vec<OfficeSuccession>,
}

impl Offices {
    /// Reads the offices of an installation: one object with `offices`, a list of [`Office`], and where there were others
    /// before them `successions`, a list of [`OfficeSuccession`]. An office that still stands has no last day.
    pub fn of_installation(text: &str) -> Result<Self, OfficesProblem> {
        let File { offices, successions } =
            serde_json::from_str(text).map_err(|error| OfficesProblem::Json(error.to_string()))?;
        Self::checked(offices, successions)
    }

    /// The same of offices that were read elsewhere: whole, or refused with the first thing that cannot be.
    pub fn checked(offices: Vec<Office>, successions: Vec<OfficeSuccession>) -> Result<Self, OfficesProblem> {
        let (mut keys, mut organs) = (HashSet::new(), HashSet::new());
        for office in &offices {
            let problem = |kind: fn(String) -> OfficesProblem| Err(kind(office.key.clone()));
            let fits = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
            if office.key.is_empty() || !office.key.chars().all(fits) {
                return problem(OfficesProblem::BadKey);
            }
            if !keys.insert(office.key.as_str()) {
                return problem(OfficesProblem::RepeatedKey);
            }
            if let (Some(from), Some(to)) = (office.valid_from, office.valid_to)
                && to < from
            {
                return problem(OfficesProblem::BackwardPeriod);
            }
            if office.valid_to.is_none() {
                if !office.configured {
                    return problem(OfficesProblem::Unconfirmed);
                }
                if !organs.insert(office.organ_id.to_string()) {
                    return problem(OfficesProblem::RepeatedOrgan);
                }
            }
        }
        if let Some(orphan) = offices.iter().find(|office| office.parent.as_deref().is_some_and(|p| !keys.contains(p)))
        {
            return Err(OfficesProblem::UnknownParent(orphan.key.clone()));
        }
        let stands = |office: &&Office, kind| office.kind == kind && office.valid_to.is_none();
        let mut committees = offices.iter().filter(|office| stands(office, OfficeKind::PeoplesCommittee)).peekable();
        if committees.peek().is_none() {
            return Err(OfficesProblem::NoCommittee);
        }
        for committee in committees {
            let below = |office: &&Office| office.parent.as_deref() == Some(committee.key.as_str());
            if offices.iter().filter(|office| stands(office, OfficeKind::OneStopShop)).filter(below).count() != 1 {
                return Err(OfficesProblem::OneStopShops(committee.key.clone()));
            }
        }
        let ends = successions.iter().flat_map(|succession| [&succession.from, &succession.to]);
        if let Some(stranger) = ends.into_iter().find(|key| !keys.contains(key.as_str())) {
            return Err(OfficesProblem::UnknownOffice(stranger.clone()));
        }
        Ok(Self { offices, successions })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::{Value, json};

    fn office(key: &str, kind: &str, organ: &str, parent: Option<&str>) -> Value {
        json!({"key": key, "name": key, "kind": kind, "unit": "22057", "organ_id": organ, "parent": parent,
               "valid_from": "2025-07-01", "valid_to": null, "configured": true})
    }

    fn good() -> Value {
        json!({"offices": [office("a-ubnd", "peoples_committee", "H15.31", None),
                           office("a-mot-cua", "one_stop_shop", "H15.31.13", Some("a-ubnd"))]})
    }

    fn problem_after(change: impl FnOnce(&mut Value)) -> Option<OfficesProblem> {
        let mut file = good();
        change(&mut file);
        Offices::of_installation(&file.to_string()).err()
    }

    #[test]
    fn a_committee_with_its_one_stop_shop_is_an_installation() {
        let read = Offices::of_installation(&good().to_string()).expect("a whole file");
        assert_eq!(read.all().iter().map(|office| office.key.as_str()).collect::<Vec<_>>(), ["a-ubnd", "a-mot-cua"]);
    }

    #[test]
    fn what_would_give_wrong_codes_or_lose_dossiers_is_refused_by_name() {
        let at = |key: &str| key.to_owned();
        type Change = fn(&mut Value);
        let cases: [(Change, OfficesProblem); 10] = [
            (|f| f["offices"][0]["key"] = "Xã A".into(), OfficesProblem::BadKey(at("Xã A"))),
            (|f| f["offices"][1]["key"] = "a-ubnd".into(), OfficesProblem::RepeatedKey(at("a-ubnd"))),
            (|f| f["offices"][1]["organ_id"] = "H15.31".into(), OfficesProblem::RepeatedOrgan(at("a-mot-cua"))),
            (|f| f["offices"][1]["configured"] = false.into(), OfficesProblem::Unconfirmed(at("a-mot-cua"))),
            (|f| f["offices"][1]["parent"] = "b-ubnd".into(), OfficesProblem::UnknownParent(at("a-mot-cua"))),
            (|f| f["offices"][0]["valid_to"] = "2025-06-30".into(), OfficesProblem::BackwardPeriod(at("a-ubnd"))),
            (|f| f["offices"][0]["valid_to"] = "2026-06-30".into(), OfficesProblem::NoCommittee),
            (|f| f["offices"][1]["kind"] = "division".into(), OfficesProblem::OneStopShops(at("a-ubnd"))),
            (|f| f["offices"][1]["parent"] = Value::Null, OfficesProblem::OneStopShops(at("a-ubnd"))),
            (
                |f| f["successions"] = json!([{"from": "old", "to": "a-ubnd", "day": "2025-07-01"}]),
                OfficesProblem::UnknownOffice(at("old")),
            ),
        ];
        for (change, told) in cases {
            assert_eq!(problem_after(change), Some(told));
        }
        assert!(matches!(problem_after(|f| f["office"] = json!([])), Some(OfficesProblem::Json(_))));
    }
}
