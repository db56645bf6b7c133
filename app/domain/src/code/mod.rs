//! Codes that people hold in their hands: of a dossier, of an application not yet received, for looking up.

mod case_code;
pub(crate) mod crockford;
mod lookup_code;
mod temporary_code;

pub use case_code::{CaseCode, CaseCodeForm, CaseCodeProblem};
pub use lookup_code::{LookupCode, LookupCodeProblem};
pub use temporary_code::{TemporaryCode, TemporaryCodeProblem};

#[cfg(test)]
mod tests;
