//! What a member of staff is appointed to do. Which acts a role may do is decided in `server/office`.

use serde::{Deserialize, Serialize};

/// A role (vai trò), held by position, office and dates; one person may hold several.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Cán bộ tiếp nhận — receives at the counter, answers requests, hands results over.
    Reception,
    /// Chuyên môn — examines the dossier.
    Specialist,
    /// Tư pháp – hộ tịch — examines civil-status dossiers.
    CivilStatus,
    /// Giám đốc trung tâm — leads the one-stop shop, assigns and watches terms.
    CentreDirector,
    /// Lãnh đạo Ủy ban — approves and signs.
    Leader,
    /// Văn thư — numbers and issues.
    Records,
    /// Kế toán.
    Accountant,
    /// Thủ quỹ.
    Cashier,
    /// Kiểm soát thủ tục hành chính — reads all, changes nothing.
    Controller,
    /// Quản trị.
    Administrator,
}

impl Role {
    /// Every role, in the order lists show them.
    pub const ALL: [Self; 10] = [
        Self::Reception,
        Self::Specialist,
        Self::CivilStatus,
        Self::CentreDirector,
        Self::Leader,
        Self::Records,
        Self::Accountant,
        Self::Cashier,
        Self::Controller,
        Self::Administrator,
    ];

    /// The stable key stored in tables and data files.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Reception => "reception",
            Self::Specialist => "specialist",
            Self::CivilStatus => "civil_status",
            Self::CentreDirector => "centre_director",
            Self::Leader => "leader",
            Self::Records => "records",
            Self::Accountant => "accountant",
            Self::Cashier => "cashier",
            Self::Controller => "controller",
            Self::Administrator => "administrator",
        }
    }

    /// The role of that key.
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|role| role.key() == key)
    }
}
