//! What a unit adds to a procedure beside the local part that every unit of an installation shares: whether it is begun
//! online there, whom to ask, what to know before coming, a term shorter than the one that is laid down, and amounts of fees
//! that are laid down without one.

use super::{
    local::{LocalFee, LocalPart, LocalTerm},
    term::Channel,
};
use crate::{
    money::Dong,
    working_time::{Term, TermUnit},
};
use serde::{Deserialize, Serialize};

/// Most characters of where and whom to ask.
pub const CONTACT_MOST: usize = 200;
/// Most characters of the notes for residents.
pub const NOTES_MOST: usize = 600;
/// Most fees of a procedure that a unit gives an amount.
pub const FEES_MOST: usize = 4;
/// Most characters of what sets an amount.
pub const SOURCE_MOST: usize = 200;
/// The highest amount: above it a nought too many was typed.
pub const AMOUNT_MOST: Dong = Dong(1_000_000_000);

/// What a unit says of a procedure. By default nothing of its own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnitPart {
    /// Whether residents begin it online for this unit, where it is filed online at all.
    pub online: bool,
    /// Where and whom to ask; empty where the unit's own address and telephone do.
    pub contact: String,
    /// What residents of the unit should know.
    pub notes: String,
    /// The unit's own term in place of the general one.
    pub term: Option<OwnTerm>,
    /// Amounts of fees that the common part states without one, in its order.
    pub fees: Vec<OwnFee>,
}

/// An amount of a fee that the province sets (Luật Phí và lệ phí số 97/2015/QH13, điều 21).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OwnFee {
    /// The fee's name in the common part.
    pub name: String,
    pub amount: Dong,
    /// The resolution that sets it, as papers cite it.
    pub source: String,
}

/// A unit's own term.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OwnTerm {
    /// What it is counted in: the unit of the term it shortens. Where that is counted otherwise one day, it shortens
    /// nothing.
    pub unit: TermUnit,
    /// How many, 1 or more.
    pub amount: u32,
}

/// A thing that a unit says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum UnitPartField {
    Online,
    Contact,
    Notes,
    Term,
    Fees,
}

/// Why what a unit says cannot be published.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum UnitPartProblem {
    ContactTooLong,
    NotesTooLong,
    /// There is no general term of two days or hours and more, so none is shorter.
    NothingToShorten,
    /// The own term is none, or not shorter than this one.
    NotShorter {
        legal: Term,
    },
    /// There is no such fee, or it has an amount already.
    NoSuchFee,
    /// Below nothing, or above [`AMOUNT_MOST`]. Fees by their place among those without an amount.
    AmountOutOfBounds {
        fee: usize,
    },
    /// Nothing is said of what sets the amount.
    NoSource {
        fee: usize,
    },
    SourceTooLong {
        fee: usize,
    },
}

impl Default for UnitPart {
    fn default() -> Self {
        Self { online: true, contact: String::new(), notes: String::new(), term: None, fees: Vec::new() }
    }
}

impl UnitPart {
    /// Whether it can be published beside that general term; none where nothing is promised.
    pub fn check(&self, legal: Option<&LocalTerm>) -> Result<(), UnitPartProblem> {
        if self.contact.chars().count() > CONTACT_MOST {
            return Err(UnitPartProblem::ContactTooLong);
        }
        if self.notes.chars().count() > NOTES_MOST {
            return Err(UnitPartProblem::NotesTooLong);
        }
        let Some(own) = self.term else { return Ok(()) };
        let legal = legal.and_then(shortened_from).ok_or(UnitPartProblem::NothingToShorten)?;
        let shorter = own.unit == legal.unit && (1..legal.amount).contains(&own.amount);
        if shorter { Ok(()) } else { Err(UnitPartProblem::NotShorter { legal }) }
    }

    /// Whether its amounts are of fees without one in that common part; none where nothing is taken here.
    pub fn check_fees(&self, local: Option<&LocalPart>) -> Result<(), UnitPartProblem> {
        let open: Vec<&LocalFee> = local.map(|local| open_fees(local).collect()).unwrap_or_default();
        for own in &self.fees {
            let fee = open.iter().position(|fee| fee.name == own.name).ok_or(UnitPartProblem::NoSuchFee)?;
            if !(Dong(0)..=AMOUNT_MOST).contains(&own.amount) {
                return Err(UnitPartProblem::AmountOutOfBounds { fee });
            }
            match own.source.chars().count() {
                0 => return Err(UnitPartProblem::NoSource { fee }),
                1..=SOURCE_MOST => {}
                _ => return Err(UnitPartProblem::SourceTooLong { fee }),
            }
        }
        Ok(())
    }

    /// The fees of the common part as this unit takes them. An amount of its own stands where none is laid down, and
    /// nowhere else: what the law sets one day goes before it.
    pub fn fee_lines(&self, local: &LocalPart) -> Vec<LocalFee> {
        local.fee_lines.iter().map(|fee| self.own_line(fee).unwrap_or_else(|| fee.clone())).collect()
    }

    /// Those of them whose amount is its own.
    pub fn own_fee_lines(&self, local: &LocalPart) -> Vec<LocalFee> {
        local.fee_lines.iter().filter_map(|fee| self.own_line(fee)).collect()
    }

    fn own_line(&self, fee: &LocalFee) -> Option<LocalFee> {
        let own = self.fees.iter().find(|own| fee.amount.is_none() && own.name == fee.name)?;
        Some(LocalFee { amount: Some(own.amount), source: own.source.clone(), ..fee.clone() })
    }

    /// The term of a case on a channel in this unit: the general one is shortened, never lengthened; the terms of single
    /// cases and channels stay as they are laid down.
    pub fn term_for(&self, local: &LocalPart, case: Option<&str>, channel: Channel) -> Term {
        let laid_down = local.term_for(case, channel).term();
        match self.term {
            Some(own) if local.has_general_term(case, channel) && own.unit == laid_down.unit => {
                Term { amount: own.amount.min(laid_down.amount), ..laid_down }
            }
            _ => laid_down,
        }
    }

    /// What differs from another, in the order of a form.
    pub fn changed_from(&self, held: &Self) -> Vec<UnitPartField> {
        let all = [
            (UnitPartField::Online, self.online != held.online),
            (UnitPartField::Contact, self.contact != held.contact),
            (UnitPartField::Notes, self.notes != held.notes),
            (UnitPartField::Term, self.term != held.term),
            (UnitPartField::Fees, self.fees != held.fees),
        ];
        all.into_iter().filter_map(|(field, differs)| differs.then_some(field)).collect()
    }

    /// Whether it says anything of its own.
    pub fn says_something(&self) -> bool {
        *self != Self::default()
    }
}

/// The fees that are laid down without an amount, so that a unit may give them one: the first [`FEES_MOST`].
pub fn open_fees(local: &LocalPart) -> impl Iterator<Item = &LocalFee> {
    local.fee_lines.iter().filter(|fee| fee.amount.is_none()).take(FEES_MOST)
}

/// The general term, where a shorter one is possible.
pub fn shortened_from(legal: &LocalTerm) -> Option<Term> {
    let term = legal.term();
    (term.unit != TermUnit::SameDay && term.amount > 1).then_some(term)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Ten working days; five for a case, twelve by post.
    fn local() -> LocalPart {
        let text = include_str!("../../../../server/seed/procedures/1.001731.json");
        let mut local = super::super::Procedure::from_json(text).unwrap().local;
        let term = |amount| LocalTerm { amount: Some(amount), ..local.term.clone() };
        let of = |case: Option<&str>, channel, amount| super::super::local::TermFor {
            case: case.map(str::to_owned),
            channel,
            term: term(amount),
        };
        let others = vec![of(Some("rieng"), None, 5), of(None, Some(Channel::Post), 12)];
        local.term = term(10);
        local.other_terms = others;
        local
    }

    fn own(amount: u32) -> UnitPart {
        UnitPart { term: Some(OwnTerm { unit: TermUnit::WorkingDays, amount }), ..UnitPart::default() }
    }

    #[test]
    fn the_general_term_is_shortened_and_no_other() {
        let (local, part) = (local(), own(2));
        assert_eq!(part.term_for(&local, None, Channel::Online).amount, 2);
        assert_eq!(part.term_for(&local, Some("rieng"), Channel::Online).amount, 5);
        assert_eq!(part.term_for(&local, None, Channel::Post).amount, 12);
        assert_eq!(UnitPart::default().term_for(&local, None, Channel::Counter).amount, 10);
    }

    #[test]
    fn a_term_that_the_law_made_shorter_or_counts_otherwise_is_not_lengthened() {
        let mut local = local();
        local.term.amount = Some(3);
        assert_eq!(own(7).term_for(&local, None, Channel::Online).amount, 3);
        local.term.unit = TermUnit::WorkingHours;
        local.term.amount = Some(24);
        assert_eq!(own(7).term_for(&local, None, Channel::Online).amount, 24, "days are no hours");
    }

    #[test]
    fn an_own_term_is_shorter_than_the_general_one() {
        let local = local();
        let legal = local.term.term();
        assert_eq!(own(9).check(Some(&local.term)), Ok(()));
        for amount in [0, 10, 11] {
            assert_eq!(own(amount).check(Some(&local.term)), Err(UnitPartProblem::NotShorter { legal }), "{amount}");
        }
        let hours = UnitPart { term: Some(OwnTerm { unit: TermUnit::WorkingHours, amount: 2 }), ..UnitPart::default() };
        assert_eq!(hours.check(Some(&local.term)), Err(UnitPartProblem::NotShorter { legal }));
        assert_eq!(own(1).check(None), Err(UnitPartProblem::NothingToShorten));
        let same_day = LocalTerm { unit: TermUnit::SameDay, amount: None, ..local.term.clone() };
        assert_eq!(own(1).check(Some(&same_day)), Err(UnitPartProblem::NothingToShorten));
        let one_day = LocalTerm { amount: Some(1), ..local.term };
        assert_eq!(own(1).check(Some(&one_day)), Err(UnitPartProblem::NothingToShorten));
    }

    fn fee(name: &str, amount: i64, source: &str) -> OwnFee {
        OwnFee { name: name.into(), amount: Dong(amount), source: source.into() }
    }

    #[test]
    fn an_amount_of_its_own_stands_where_none_is_laid_down_and_nowhere_else() {
        let text = include_str!("../../../../server/seed/procedures/1.000656.json");
        let mut local = super::super::Procedure::from_json(text).unwrap().local;
        let [open, laid_down] = local.fee_lines.as_slice() else { panic!("two fees") };
        let (open, laid_down) = (open.clone(), laid_down.clone());
        assert_eq!((open.amount, laid_down.amount), (None, Some(Dong(8_000))));
        assert_eq!(open_fees(&local).collect::<Vec<_>>(), [&open]);
        let part = |fees: Vec<OwnFee>| UnitPart { fees, ..UnitPart::default() };
        let own = part(vec![fee(&open.name, 5_000, "Nghị quyết 12/2026/NQ-HĐND")]);
        assert_eq!(own.check_fees(Some(&local)), Ok(()));
        let taken =
            LocalFee { amount: Some(Dong(5_000)), source: "Nghị quyết 12/2026/NQ-HĐND".into(), ..open.clone() };
        assert_eq!(own.fee_lines(&local), [taken.clone(), laid_down.clone()]);
        assert_eq!(own.own_fee_lines(&local), [taken]);
        assert_eq!(own.changed_from(&UnitPart::default()), [UnitPartField::Fees]);
        assert!(own.says_something());

        let problem = |one: OwnFee| part(vec![one]).check_fees(Some(&local));
        let too_much = fee(&open.name, AMOUNT_MOST.0 + 1, "x");
        assert_eq!(problem(too_much), Err(UnitPartProblem::AmountOutOfBounds { fee: 0 }));
        assert_eq!(problem(fee(&open.name, 5_000, "")), Err(UnitPartProblem::NoSource { fee: 0 }));
        let long = fee(&open.name, 5_000, &"ạ".repeat(SOURCE_MOST + 1));
        assert_eq!(problem(long), Err(UnitPartProblem::SourceTooLong { fee: 0 }));
        assert_eq!(problem(fee(&open.name, 0, "x")), Ok(()), "a resolution may take nothing");
        assert_eq!(problem(fee(&laid_down.name, 5_000, "x")), Err(UnitPartProblem::NoSuchFee), "the law has set it");
        assert_eq!(own.check_fees(None), Err(UnitPartProblem::NoSuchFee));

        // The law sets an amount: the unit's own is no longer taken.
        local.fee_lines[0].amount = Some(Dong(7_000));
        assert_eq!(own.fee_lines(&local)[0].amount, Some(Dong(7_000)));
        assert_eq!(own.own_fee_lines(&local), []);
    }

    #[test]
    fn words_have_an_end_and_differences_are_named() {
        let long = UnitPart { notes: "ạ".repeat(NOTES_MOST + 1), ..UnitPart::default() };
        assert_eq!(long.check(None), Err(UnitPartProblem::NotesTooLong));
        let long = UnitPart { contact: "ạ".repeat(CONTACT_MOST + 1), ..UnitPart::default() };
        assert_eq!(long.check(None), Err(UnitPartProblem::ContactTooLong));
        let part = UnitPart { online: false, contact: "Bàn số 3".into(), ..own(2) };
        let changed = [UnitPartField::Online, UnitPartField::Contact, UnitPartField::Term];
        assert_eq!(part.changed_from(&UnitPart::default()), changed);
        assert!(part.says_something() && !UnitPart::default().says_something());
    }
}
