//! What must be so of fees before anybody is asked for one.

use super::{
    entry::{Charge, Fee, FeeUnit},
    rate::Rate,
};
use crate::{money::Dong, procedure::unit_part::AMOUNT_MOST};
use std::fmt;

/// Why data is no list of fees. Fees by their version, exemptions and procedures by their code.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FeeDataProblem {
    /// Not the expected JSON; the reader's message.
    Json(String),
    /// A code, a name or a source is missing.
    Blank(String),
    /// An amount below nothing or above [`AMOUNT_MOST`].
    Amount(String),
    /// Tiers that do not begin at page 1, do not go up, or belong to what has no pages.
    Tiers(String),
    /// What is asked for online would cost more than at the counter, or has an amount where the counter has none.
    OnlineDearer(String),
    /// The last day is before the first.
    Backward(String),
    /// Two versions for one province, or for the country, hold on one day.
    Overlap(String),
    /// An exemption without words, law or evidence, or twice in one fee.
    Exemption {
        /// The fee.
        fee: String,
        /// The exemption.
        exemption: String,
    },
    /// An exemption is granted for a fee that its file does not hold.
    UnknownFee(String),
    /// Two fees of one procedure are due at different times on one day.
    DueDiffers(String),
}

impl fmt::Display for FeeDataProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Json(message) => write!(f, "not a list of fees: {message}"),
            Self::Blank(fee) => write!(f, "{fee}: a code, name or source is missing"),
            Self::Amount(fee) => write!(f, "{fee}: an amount out of bounds"),
            Self::Tiers(fee) => write!(f, "{fee}: tiers out of order"),
            Self::OnlineDearer(fee) => write!(f, "{fee}: online costs more"),
            Self::Backward(fee) => write!(f, "{fee}: ends before it begins"),
            Self::Overlap(fee) => write!(f, "{fee}: another version holds on the same day"),
            Self::Exemption { fee, exemption } => {
                write!(f, "{fee}: exemption {exemption} is twice there or incomplete")
            }
            Self::UnknownFee(fee) => write!(f, "{fee}: exempted, but there is no such fee"),
            Self::DueDiffers(procedure) => write!(f, "{procedure}: fees due at different times"),
        }
    }
}
impl std::error::Error for FeeDataProblem {}

/// Checks fees by themselves and against each other.
pub(super) fn check(fees: &[Fee]) -> Result<(), FeeDataProblem> {
    for (index, fee) in fees.iter().enumerate() {
        check_one(fee)?;
        for other in fees[..index].iter().filter(|other| meet(fee, other)) {
            if other.code == fee.code && other.province == fee.province {
                return Err(FeeDataProblem::Overlap(fee.version()));
            }
            check_due(fee, other)?;
        }
        check_due(fee, fee)?;
    }
    Ok(())
}

fn check_one(fee: &Fee) -> Result<(), FeeDataProblem> {
    let version = || fee.version();
    let blank = |text: &str| text.trim().is_empty();
    let charges_named = fee.charged_for.iter().all(|charge| !blank(&charge.procedure));
    let province_named = fee.province.as_deref().is_none_or(|province| !blank(province));
    if blank(&fee.code) || blank(&fee.name) || blank(&fee.basis) || !charges_named || !province_named {
        return Err(FeeDataProblem::Blank(version()));
    }
    for rate in [Some(&fee.rate), fee.online.as_ref()].into_iter().flatten() {
        if rate.amounts().into_iter().any(|amount| !(Dong(0)..=AMOUNT_MOST).contains(&amount)) {
            return Err(FeeDataProblem::Amount(version()));
        }
        let by_page = matches!(rate, Rate::ByPage { .. });
        if !rate.is_ordered() || (by_page && fee.unit != FeeUnit::Page) {
            return Err(FeeDataProblem::Tiers(version()));
        }
    }
    if fee.online.as_ref().is_some_and(|online| !online.is_never_dearer_than(&fee.rate)) {
        return Err(FeeDataProblem::OnlineDearer(version()));
    }
    if fee.valid_to.is_some_and(|last| last < fee.valid_from) {
        return Err(FeeDataProblem::Backward(version()));
    }
    for (index, exemption) in fee.exemptions.iter().enumerate() {
        let texts = [&exemption.code, &exemption.name, &exemption.words, &exemption.basis];
        let complete =
            !exemption.evidence.is_empty() && exemption.evidence.iter().chain(texts).all(|text| !blank(text));
        let twice = fee.exemptions[..index].iter().any(|earlier| earlier.code == exemption.code);
        if !complete || twice {
            return Err(FeeDataProblem::Exemption { fee: version(), exemption: exemption.code.clone() });
        }
    }
    Ok(())
}

/// Whether a day holds both.
fn meet(a: &Fee, b: &Fee) -> bool {
    a.is_valid_on(b.valid_from) || b.is_valid_on(a.valid_from)
}

fn check_due(a: &Fee, b: &Fee) -> Result<(), FeeDataProblem> {
    for charge in &a.charged_for {
        let differs = |other: &Charge| other.procedure == charge.procedure && other.due != charge.due;
        if b.charged_for.iter().any(differs) {
            return Err(FeeDataProblem::DueDiffers(charge.procedure.clone()));
        }
    }
    Ok(())
}
