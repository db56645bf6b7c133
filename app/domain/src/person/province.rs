//! The place codes at the head of a citizen number.

use serde::Deserialize;
use std::sync::LazyLock;

/// A place where a birth was registered, by the three digits of the citizen number
/// (Thông tư 07/2016/TT-BCA, annex 1). The 63 codes stay valid after the mergers of 2025.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct BirthProvince {
    /// Three digits.
    pub code: String,
    /// Name of that time, without `tỉnh`.
    pub name: String,
    /// True for the three codes of made-up people, which no real number has.
    #[serde(default)]
    pub demo: bool,
}

static SHIPPED: LazyLock<Vec<BirthProvince>> = LazyLock::new(|| {
    serde_json::from_str(include_str!("../../data/provinces.json")).expect("the shipped file is read by a test")
});

impl BirthProvince {
    /// The 63 provinces, then the codes of made-up people.
    pub fn all() -> &'static [Self] {
        &SHIPPED
    }

    /// The province of three digits.
    pub fn of_code(code: &str) -> Option<&'static Self> {
        SHIPPED.iter().find(|province| province.code == code)
    }
}
