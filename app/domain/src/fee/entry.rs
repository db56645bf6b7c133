//! A fee as data: its name, its rate, what it is charged for, who pays nothing, its law and its days.

use super::rate::{Rate, SetBy};
use crate::{money::Dong, procedure::term::Channel, time::Day};
use serde::{Deserialize, Serialize};

/// One version of a fee. A dossier keeps the version it was received under.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Fee {
    /// Its code, the same in every version and province: `chung_thuc_ban_sao`.
    pub code: String,
    /// Its name, as receipts write it.
    pub name: String,
    /// Whether it is a phí, a lệ phí or a price.
    pub kind: FeeKind,
    /// What is counted.
    pub unit: FeeUnit,
    /// What one unit costs.
    pub rate: Rate,
    /// What one unit costs when it is asked for online, where that is less.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub online: Option<Rate>,
    /// Who pays nothing.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub exemptions: Vec<Exemption>,
    /// The text that sets it, as papers cite it.
    pub basis: String,
    /// First day of this version.
    pub valid_from: Day,
    /// Last day of this version; none while it is open.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub valid_to: Option<Day>,
    /// National code of the province whose version this is; none for the whole country.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub province: Option<String>,
    /// The procedures it is charged for. Empty for a line of the counter, which goes without a dossier.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub charged_for: Vec<Charge>,
}

/// What sort of money it is. Only the first two go on a receipt for phí and lệ phí.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FeeKind {
    /// Phí: covers the cost of a public service (Luật Phí và lệ phí, Điều 3.1).
    Phi,
    /// Lệ phí: laid down for a service of the State's administration (Điều 3.2).
    LePhi,
    /// Giá dịch vụ: what was a phí until 2017 and is a price since (Luật Phí và lệ phí, annex 2).
    Price,
}

/// What is counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FeeUnit {
    /// Trang: the pages of each copy.
    Page,
    /// Bản.
    Copy,
    /// Trường hợp, lần: whatever is asked for once.
    Case,
}

/// A procedure that a fee is charged for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Charge {
    /// The national code of the procedure.
    pub procedure: String,
    /// Which of the numbers asked for it counts.
    #[serde(default)]
    pub counts: Counts,
    /// The case of the procedure; none for the usual one. A procedure with nothing but cases needs one to be named.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub case: Option<String>,
    /// When it is due; the same for every fee of a procedure.
    pub due: DueAt,
}

/// Which number a charge counts.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Counts {
    /// The copies or cases that the procedure is asked for.
    #[default]
    Asked,
    /// Copies of the result beyond the one that everybody gets ("bản sao xin thêm").
    ExtraCopies,
}

/// When a fee is due (`thoi_diem_thu`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DueAt {
    /// When the dossier is filed.
    Submission,
    /// When the dossier is accepted.
    Acceptance,
    /// When the result is fetched.
    Collection,
}

/// Somebody who pays nothing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Exemption {
    /// Its code, the same in every fee that grants it: `ho_ngheo`.
    pub code: String,
    /// Who it is for, as a form offers it.
    pub name: String,
    /// What the law says, shown beside the amount.
    pub words: String,
    /// What proves it, any one of them.
    pub evidence: Vec<String>,
    /// The law that grants it, as papers cite it.
    pub basis: String,
}

impl Fee {
    /// The key of this version, to be kept: `chung_thuc_ban_sao@2017-01-01`, of a province
    /// `khai_sinh@66@2026-01-01`.
    pub fn version(&self) -> String {
        match &self.province {
            Some(province) => format!("{}@{province}@{}", self.code, self.valid_from),
            None => format!("{}@{}", self.code, self.valid_from),
        }
    }

    /// Whether this version holds on that day. Both bounds belong to it.
    pub fn is_valid_on(&self, day: Day) -> bool {
        self.valid_from <= day && self.valid_to.is_none_or(|last| day <= last)
    }

    /// What one unit costs on a channel: a case, or a copy of that many pages. None while the amount is open. Without an
    /// amount of its own, online costs what the counter does; by post costs what the counter does.
    pub fn each(&self, pages: u32, channel: Channel) -> Option<Dong> {
        let online = self.online.as_ref().filter(|_| channel == Channel::Online);
        online.unwrap_or(&self.rate).each(self.unit, pages)
    }

    /// The exemption of that code.
    pub fn exemption(&self, code: &str) -> Option<&Exemption> {
        self.exemptions.iter().find(|exemption| exemption.code == code)
    }

    /// Who has yet to set its amount; none where it has one.
    pub fn open(&self) -> Option<SetBy> {
        match self.rate {
            Rate::Open(by) => Some(by),
            Rate::Flat(_) | Rate::ByPage { .. } => None,
        }
    }

    /// Whether it goes without a dossier.
    pub fn is_counter_line(&self) -> bool {
        self.charged_for.is_empty()
    }

    /// This fee as a province sets it: everything stays but the rate, what sets it and since when.
    #[must_use]
    pub fn set_to(&self, rate: Rate, province: &str, basis: &str, valid_from: Day) -> Self {
        Self {
            rate,
            online: None,
            basis: basis.to_owned(),
            valid_from,
            valid_to: None,
            province: Some(province.to_owned()),
            ..self.clone()
        }
    }
}
