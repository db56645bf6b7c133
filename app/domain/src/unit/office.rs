//! Offices in time: who received a dossier stays on record, who continues it is found here.

use super::{Unit, Units, is_valid};
use crate::{organ::OrganId, time::Day};
use serde::{Deserialize, Serialize};
use std::sync::LazyLock;

/// An office during one period of its unit.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Office {
    /// Stable key.
    pub key: String,
    /// Name as papers of that time write it.
    pub name: String,
    /// Kind.
    pub kind: OfficeKind,
    /// Code of its unit during that period.
    pub unit: String,
    /// Its electronic identifier, which begins the codes of the dossiers it receives.
    pub organ_id: OrganId,
    /// Key of the office above.
    pub parent: Option<String>,
    /// First valid day; none when it was so before the records begin.
    pub valid_from: Option<Day>,
    /// Last valid day; none while valid.
    pub valid_to: Option<Day>,
    /// False while the identifier is a placeholder that the province has not confirmed.
    pub configured: bool,
}

impl Office {
    /// Whether the office works on that day.
    pub fn is_valid_on(&self, day: Day) -> bool {
        is_valid(self.valid_from, self.valid_to, day)
    }
}

/// Kind of an office.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OfficeKind {
    /// Ủy ban nhân dân.
    PeoplesCommittee,
    /// Bộ phận Một cửa, Trung tâm Phục vụ hành chính công.
    OneStopShop,
    /// Văn phòng HĐND và UBND.
    Secretariat,
    /// Phòng chuyên môn.
    Division,
    /// Công an.
    Police,
}

/// One office passing its work to another. A district's office passes it to one office in each commune.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OfficeSuccession {
    /// Key of the office before.
    pub from: String,
    /// Key of the office after.
    pub to: String,
    /// First day of the new office.
    pub day: Day,
}

/// The list of offices with their successions.
#[derive(Debug, Clone, Default)]
pub struct Offices {
    pub(super) offices: Vec<Office>,
    pub(super) successions: Vec<OfficeSuccession>,
}

/// More steps than any office will ever have; a guard against a circle in edited data.
const MOST_STEPS: usize = 32;

static SHIPPED: LazyLock<Offices> = LazyLock::new(|| {
    Offices::from_json(
        include_str!("../../data/units/offices.json"),
        include_str!("../../data/units/office_successions.json"),
    )
    .expect("the shipped files are read by a test")
});

impl Offices {
    /// The shipped offices: huyện Đồng Xuân and its eleven communes until 30/06/2025, the four communes since
    /// (Nghị định 118/2025 and 150/2025). Identifiers below the province are placeholders.
    pub fn shipped() -> &'static Self {
        &SHIPPED
    }

    /// Reads two files, a list of [`Office`] and a list of [`OfficeSuccession`].
    pub fn from_json(offices: &str, successions: &str) -> Result<Self, serde_json::Error> {
        Ok(Self { offices: serde_json::from_str(offices)?, successions: serde_json::from_str(successions)? })
    }

    /// Every office of every time.
    pub fn all(&self) -> &[Office] {
        &self.offices
    }

    /// Every succession.
    pub fn successions(&self) -> &[OfficeSuccession] {
        &self.successions
    }

    /// The office of a stored key.
    pub fn get(&self, key: &str) -> Option<&Office> {
        self.offices.iter().find(|office| office.key == key)
    }

    /// The offices of the unit that has the code on that day.
    pub fn of_unit(&self, code: &str, day: Day) -> Vec<&Office> {
        self.offices.iter().filter(|office| office.unit == code && office.is_valid_on(day)).collect()
    }

    /// The office of that identifier on that day, in either layout of the identifier.
    pub fn of_organ(&self, organ: &OrganId, day: Day) -> Option<&Office> {
        self.offices.iter().find(|office| office.organ_id == *organ && office.is_valid_on(day))
    }

    /// The offices that an office passed its work to, in the order of the file.
    pub fn successors(&self, office: &Office) -> Vec<&Office> {
        let out = self.successions.iter().filter(|succession| succession.from == office.key);
        out.filter_map(|succession| self.get(&succession.to)).collect()
    }

    /// The offices whose work an office took over.
    pub fn predecessors(&self, office: &Office) -> Vec<&Office> {
        let into = self.successions.iter().filter(|succession| succession.to == office.key);
        into.filter_map(|succession| self.get(&succession.from)).collect()
    }

    /// The office that continues an open dossier of `office` on that day.
    ///
    /// While the office works, itself. After it, its successor in the commune that the matter belongs to: `commune` is
    /// the applicant's commune by its name of then or now. Without one, the first successor named: for a district, the
    /// commune of its seat. An office without successors passes its work to the successor of the office above.
    pub fn continuing<'a>(
        &'a self,
        units: &Units,
        office: &'a Office,
        commune: Option<&Unit>,
        day: Day,
    ) -> Option<&'a Office> {
        let mut office = office;
        for _ in 0..MOST_STEPS {
            if office.is_valid_on(day) {
                return Some(office);
            }
            let after = self.successors(office);
            let here: Vec<&str> = commune
                .map(|commune| units.successor_today(commune, day).into_iter().map(|unit| unit.code.as_str()).collect())
                .unwrap_or_default();
            let local = after.iter().find(|next| here.contains(&next.unit.as_str()));
            office = match local.or(after.first()) {
                Some(next) => next,
                None => self.get(office.parent.as_deref()?)?,
            };
        }
        None
    }
}
