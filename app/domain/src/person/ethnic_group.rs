//! The list of ethnic groups (Quyết định 421-TCTK/PPCĐ năm 1979) and a person's own local group.

use crate::text::{clean, fold};
use serde::{Deserialize, Serialize};
use std::sync::LazyLock;

/// One of the 54 groups, or 55 for a foreigner.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct EthnicGroup {
    /// Two digits.
    pub code: String,
    /// The name official forms print.
    pub name: String,
    /// Other spellings that people type.
    #[serde(default)]
    pub aliases: Vec<String>,
}

static SHIPPED: LazyLock<Vec<EthnicGroup>> = LazyLock::new(|| {
    serde_json::from_str(include_str!("../../data/ethnic_groups.json")).expect("the shipped file is read by a test")
});

impl EthnicGroup {
    /// The code of a foreigner.
    pub const FOREIGNER: &'static str = "55";

    /// Every group in the order of codes.
    pub fn all() -> &'static [Self] {
        &SHIPPED
    }

    /// The group of a code; `1` and `01` are the same.
    pub fn of_code(code: &str) -> Option<&'static Self> {
        let number: u8 = code.trim().parse().ok()?;
        SHIPPED.iter().find(|group| group.code.parse() == Ok(number))
    }

    /// The group of a name as people spell it: `Ê-đê`, `ê đê`, `Rađê`.
    pub fn of_name(name: &str) -> Option<&'static Self> {
        let plain = |name: &str| fold(name).replace(' ', "");
        let wanted = plain(name);
        SHIPPED
            .iter()
            .find(|group| plain(&group.name) == wanted || group.aliases.iter().any(|alias| plain(alias) == wanted))
    }
}

/// What a person declares: the official group, and their own local group when they wish (`Chăm`, `H'roi`).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct EthnicIdentity {
    /// Code of [`EthnicGroup`].
    pub code: String,
    /// Local group, free text; never printed in place of the official name.
    pub local_group: Option<String>,
}

/// Why a declaration is not one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EthnicIdentityProblem {
    /// Not one of the 55 codes.
    UnknownCode,
    /// More than 50 characters.
    LocalGroupTooLong,
}

impl EthnicIdentity {
    /// Reads a code and an optional local group.
    pub fn parse(code: &str, local_group: &str) -> Result<Self, EthnicIdentityProblem> {
        let group = EthnicGroup::of_code(code).ok_or(EthnicIdentityProblem::UnknownCode)?;
        let local_group = clean(local_group);
        if local_group.chars().count() > 50 {
            return Err(EthnicIdentityProblem::LocalGroupTooLong);
        }
        Ok(Self { code: group.code.clone(), local_group: (!local_group.is_empty()).then_some(local_group) })
    }
}
