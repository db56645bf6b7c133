//! The flow of a procedure: its steps, and who does them.

use super::status::StepKind;
use crate::role::Role;
use serde::{Deserialize, Serialize};

/// A member of staff, as an opaque id.
pub type StaffRef = String;

/// One step of the flow of a procedure, as it was when the dossier was received.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct WorkStep {
    /// What is done.
    pub kind: StepKind,
    /// By whom.
    pub role: Role,
}

/// The shortest full flow: a specialist examines, a leader approves.
pub fn usual_steps() -> Vec<WorkStep> {
    vec![
        WorkStep { kind: StepKind::Examine, role: Role::Specialist },
        WorkStep { kind: StepKind::Approve, role: Role::Leader },
    ]
}
