//! What a unit is, and how one passes into another.

use super::is_valid;
use crate::time::Day;
use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error as _};
use std::{fmt, str::FromStr};

/// An administrative unit during one period of its code.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Unit {
    /// National code: two digits a province, three a district, five a commune.
    pub code: String,
    /// Name without the word of its kind: `Xuân Quang 1`.
    pub name: String,
    /// Name as papers write it: `Xã Xuân Quang 1`.
    pub full_name: String,
    /// Kind.
    pub kind: UnitKind,
    /// Code of the unit above during that period; none for a province.
    pub parent: Option<String>,
    /// First valid day; none when it was so before the records begin.
    pub valid_from: Option<Day>,
    /// Last valid day; none while valid.
    pub valid_to: Option<Day>,
}

impl Unit {
    /// The key to store: code and first day.
    pub fn key(&self) -> UnitKey {
        UnitKey { code: self.code.clone(), valid_from: self.valid_from }
    }

    /// Whether the unit exists on that day.
    pub fn is_valid_on(&self, day: Day) -> bool {
        is_valid(self.valid_from, self.valid_to, day)
    }

    /// Whether the unit is gone by that day.
    pub fn has_ended_by(&self, day: Day) -> bool {
        self.valid_to.is_some_and(|last| last < day)
    }
}

/// Kind of a unit. Districts are gone since 01/07/2025 (Luật Tổ chức chính quyền địa phương 72/2025/QH15).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum UnitKind {
    /// Tỉnh, thành phố trực thuộc trung ương.
    Province,
    /// Huyện, quận, thị xã, thành phố thuộc tỉnh.
    District,
    /// Xã.
    Commune,
    /// Phường.
    Ward,
    /// Thị trấn.
    Township,
    /// Đặc khu.
    SpecialZone,
}

impl UnitKind {
    /// The stable key stored in tables and data files.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Province => "province",
            Self::District => "district",
            Self::Commune => "commune",
            Self::Ward => "ward",
            Self::Township => "township",
            Self::SpecialZone => "special_zone",
        }
    }

    /// Whether it stands on the lowest level, where hamlets are.
    pub const fn is_communal(self) -> bool {
        matches!(self, Self::Commune | Self::Ward | Self::Township | Self::SpecialZone)
    }
}

/// What identifies a unit for ever: `22096@2025-07-01`, or `22087@` when its beginning lies before the records.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct UnitKey {
    /// National code.
    pub code: String,
    /// First valid day.
    pub valid_from: Option<Day>,
}

/// The text is no `code@day`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct UnitKeyProblem;

impl FromStr for UnitKey {
    type Err = UnitKeyProblem;
    fn from_str(text: &str) -> Result<Self, UnitKeyProblem> {
        let (code, from) = text.split_once('@').ok_or(UnitKeyProblem)?;
        if code.is_empty() || !code.bytes().all(|b| b.is_ascii_digit()) {
            return Err(UnitKeyProblem);
        }
        let valid_from = if from.is_empty() { None } else { Some(from.parse().map_err(|_| UnitKeyProblem)?) };
        Ok(Self { code: code.to_owned(), valid_from })
    }
}

impl fmt::Display for UnitKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.valid_from {
            Some(from) => write!(f, "{}@{from}", self.code),
            None => write!(f, "{}@", self.code),
        }
    }
}

impl Serialize for UnitKey {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for UnitKey {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        text.parse().map_err(|_| D::Error::custom("not a unit key"))
    }
}

/// One unit passing into another.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Succession {
    /// The unit before.
    pub from: UnitKey,
    /// The unit after.
    pub to: UnitKey,
    /// What happened.
    pub kind: SuccessionKind,
    /// How much of it passed.
    pub scope: Scope,
    /// First day of the new state.
    pub day: Day,
    /// The decision, by number.
    pub basis: String,
}

/// What happened to a unit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SuccessionKind {
    /// Joined with others (sáp nhập).
    Merge,
    /// Divided (chia).
    Split,
    /// Another name, the same land (đổi tên).
    Rename,
    /// Another kind, the same land (nâng cấp).
    Upgrade,
    /// The same under a new parent or code (giữ nguyên).
    Unchanged,
}

/// How much of a unit passed into another.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Scope {
    /// All of it.
    Whole,
    /// A part.
    Part {
        /// Share of the people, in thousandths, when known.
        share_permille: Option<u16>,
    },
}
