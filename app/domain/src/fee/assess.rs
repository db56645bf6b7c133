//! From what is asked for to lines and their sum.

use super::{
    book::Schedule,
    entry::{Counts, Exemption, Fee, FeeKind, FeeUnit},
    rate::{Rate, SetBy},
};
use crate::{money::Dong, procedure::term::Channel, spoken::MOST};
use serde::{Deserialize, Serialize};

/// What is asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asked {
    /// Pages of one copy, 1 or more. Fees that do not go by page pass over it.
    pub pages: u32,
    /// Copies or cases, 1 or more.
    pub copies: u32,
    /// Copies of the result beyond the one that everybody gets.
    pub extra_copies: u32,
    /// The case of the procedure, by its key in the schedule; none for the usual one.
    pub case: Option<String>,
    /// How it is asked for.
    pub channel: Channel,
}

impl Asked {
    /// One copy of one page, or one case.
    pub const fn once(channel: Channel) -> Self {
        Self { pages: 1, copies: 1, extra_copies: 0, case: None, channel }
    }
}

/// Somebody says that they need not pay, and shows why.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Claim {
    /// The code of the exemption.
    pub exemption: String,
    /// The paper or the data that proves it, in words. Without it nothing is exempt.
    pub evidence: String,
}

/// What is to be paid.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Assessment {
    /// In the order of the schedule; at least one.
    pub lines: Vec<AssessedLine>,
    /// The sum of the lines.
    pub total: Dong,
    /// The texts that say so, each once.
    pub basis: Vec<String>,
}

/// One fee of an assessment. `each` times `quantity` is `amount`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AssessedLine {
    /// The code of the fee.
    pub fee: String,
    /// The version of the fee ([`Fee::version`]).
    pub version: String,
    /// Its name, as receipts write it.
    pub name: String,
    /// Its kind.
    pub kind: FeeKind,
    /// What is counted.
    pub unit: FeeUnit,
    /// How many copies or cases.
    pub quantity: u32,
    /// Pages of one copy, where the fee goes by page.
    pub pages: Option<u32>,
    /// What one copy or case costs here; zero when exempt.
    pub each: Dong,
    /// What is to be paid for the line; zero when exempt.
    pub amount: Dong,
    /// What it would be without the exemption; none where the amount is set elsewhere and not entered.
    pub full: Option<Dong>,
    /// Why nothing is to be paid.
    pub exempt: Option<Exempted>,
}

/// An exemption that was granted, with what proved it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Exempted {
    /// Its code.
    pub code: String,
    /// Who it is for.
    pub name: String,
    /// What the law says.
    pub words: String,
    /// The law, as papers cite it.
    pub basis: String,
    /// What was shown; never blank.
    pub evidence: String,
}

/// Why there is no assessment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FeeProblem {
    /// The schedule charges nothing for that procedure, not even zero.
    UnknownProcedure,
    /// The schedule has no such fee.
    UnknownFee,
    /// No pages were asked for.
    NoPages,
    /// No copies or cases were asked for.
    NoCopies,
    /// The procedure has no charge for further copies.
    NoExtraCopies,
    /// The procedure has no such case.
    UnknownCase,
    /// The procedure is charged by case alone, and none was named.
    CaseNeeded,
    /// None of the fees grants that exemption.
    UnknownExemption,
    /// The exemption was claimed without saying what proves it.
    EvidenceMissing,
    /// The amount of a fee is set elsewhere and not entered. Never read as zero.
    NotSet {
        /// The name of the fee.
        fee: String,
        /// Who sets it.
        by: SetBy,
    },
    /// More than receipts can say ([`MOST`]).
    TooMuch,
}

/// A fee with how many of it are taken, of how many pages each.
type Taken<'a> = (&'a Fee, u32, u32);

impl Schedule<'_> {
    /// What a procedure costs, by its national code.
    pub fn assess(&self, procedure: &str, asked: &Asked, claim: Option<&Claim>) -> Result<Assessment, FeeProblem> {
        check_numbers(asked)?;
        let charges = self.charges(procedure);
        if charges.is_empty() {
            return Err(FeeProblem::UnknownProcedure);
        }
        let case = asked.case.as_deref();
        let usual =
            charges.iter().filter(|(_, charge)| charge.counts == Counts::Asked && charge.case.as_deref() == case);
        let mut taken: Vec<Taken<'_>> = usual.map(|(fee, _)| (*fee, asked.copies, asked.pages)).collect();
        if taken.is_empty() {
            return Err(if case.is_some() { FeeProblem::UnknownCase } else { FeeProblem::CaseNeeded });
        }
        if asked.extra_copies > 0 {
            let usual = taken.len();
            let extra = charges.iter().filter(|(_, charge)| charge.counts == Counts::ExtraCopies);
            taken.extend(extra.map(|(fee, _)| (*fee, asked.extra_copies, 1)));
            if taken.len() == usual {
                return Err(FeeProblem::NoExtraCopies);
            }
        }
        assess(&taken, asked.channel, claim)
    }

    /// What a line of the counter costs, by the code of its fee, or one fee of a procedure alone. Case and further copies
    /// are passed over.
    pub fn assess_fee(&self, fee: &str, asked: &Asked, claim: Option<&Claim>) -> Result<Assessment, FeeProblem> {
        check_numbers(asked)?;
        let fee = self.fee(fee).ok_or(FeeProblem::UnknownFee)?;
        assess(&[(fee, asked.copies, asked.pages)], asked.channel, claim)
    }
}

fn check_numbers(asked: &Asked) -> Result<(), FeeProblem> {
    match (asked.pages, asked.copies) {
        (0, _) => Err(FeeProblem::NoPages),
        (_, 0) => Err(FeeProblem::NoCopies),
        _ => Ok(()),
    }
}

fn assess(taken: &[Taken<'_>], channel: Channel, claim: Option<&Claim>) -> Result<Assessment, FeeProblem> {
    if let Some(claim) = claim {
        if !taken.iter().any(|(fee, ..)| fee.exemption(&claim.exemption).is_some()) {
            return Err(FeeProblem::UnknownExemption);
        }
        if claim.evidence.trim().is_empty() {
            return Err(FeeProblem::EvidenceMissing);
        }
    }
    let (mut lines, mut total, mut basis) = (Vec::new(), 0_i64, Vec::<String>::new());
    for &(fee, quantity, pages) in taken {
        let line = line(fee, quantity, pages, channel, claim)?;
        // Lines are no more than `MOST` each, and a handful: far below what a number holds.
        total = total.saturating_add(line.amount.0);
        let law = line.exempt.as_ref().map(|exempt| &exempt.basis);
        for text in [Some(&fee.basis), law].into_iter().flatten() {
            if !basis.contains(text) {
                basis.push(text.clone());
            }
        }
        lines.push(line);
    }
    let total = Dong(total);
    if total > MOST { Err(FeeProblem::TooMuch) } else { Ok(Assessment { lines, total, basis }) }
}

fn line(
    fee: &Fee,
    quantity: u32,
    pages: u32,
    channel: Channel,
    claim: Option<&Claim>,
) -> Result<AssessedLine, FeeProblem> {
    let granted = claim.and_then(|claim| Some((fee.exemption(&claim.exemption)?, claim)));
    let exempt = granted.map(|(exemption, claim)| Exempted::of(exemption, claim));
    if let (None, Rate::Open(by)) = (&exempt, &fee.rate) {
        return Err(FeeProblem::NotSet { fee: fee.name.clone(), by: *by });
    }
    let each = fee.each(pages, channel);
    let full = each.map(|each| Dong(each.0.saturating_mul(i64::from(quantity))));
    if full.is_some_and(|full| full > MOST) {
        return Err(FeeProblem::TooMuch);
    }
    let taken = |amount: Option<Dong>| amount.filter(|_| exempt.is_none()).unwrap_or_default();
    Ok(AssessedLine {
        fee: fee.code.clone(),
        version: fee.version(),
        name: fee.name.clone(),
        kind: fee.kind,
        unit: fee.unit,
        quantity,
        pages: (fee.unit == FeeUnit::Page).then_some(pages),
        each: taken(each),
        amount: taken(full),
        full,
        exempt,
    })
}

impl Exempted {
    fn of(exemption: &Exemption, claim: &Claim) -> Self {
        Self {
            code: exemption.code.clone(),
            name: exemption.name.clone(),
            words: exemption.words.clone(),
            basis: exemption.basis.clone(),
            evidence: claim.evidence.trim().to_owned(),
        }
    }
}
