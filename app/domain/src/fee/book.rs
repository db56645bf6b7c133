//! The list of fees, and what of it holds on a day.

use super::{
    check::{FeeDataProblem, check},
    entry::{Charge, DueAt, Exemption, Fee},
};
use crate::time::Day;
use serde::Deserialize;
use std::sync::LazyLock;

/// The shipped files, each the fees of one matter.
const FILES: [&str; 8] = [
    include_str!("../../data/fees/chung_thuc.json"),
    include_str!("../../data/fees/trich_luc.json"),
    include_str!("../../data/fees/ho_tich.json"),
    include_str!("../../data/fees/cu_tru.json"),
    include_str!("../../data/fees/nuoi_con_nuoi.json"),
    include_str!("../../data/fees/an_toan_thuc_pham.json"),
    include_str!("../../data/fees/cap_tinh.json"),
    include_str!("../../data/fees/tai_quay.json"),
];

static SHIPPED: LazyLock<FeeBook> =
    LazyLock::new(|| FeeBook::from_json(&FILES).expect("the shipped files are read by a test"));

/// Every version of every fee; checked when read, never changed after.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FeeBook {
    fees: Vec<Fee>,
}

/// A file of fees: what they are, and exemptions that several of them grant in the same words.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct FeeFile {
    fees: Vec<Fee>,
    #[serde(default)]
    exemptions: Vec<Granted>,
}

/// An exemption, and the codes of the fees of its file that grant it.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Granted {
    exemption: Exemption,
    fees: Vec<String>,
}

impl FeeBook {
    /// The shipped fees: what national texts set, and what they leave to provinces and offices, without an amount.
    pub fn shipped() -> &'static Self {
        &SHIPPED
    }

    /// Those fees, checked.
    pub fn of(fees: Vec<Fee>) -> Result<Self, FeeDataProblem> {
        check(&fees)?;
        Ok(Self { fees })
    }

    /// Reads files as `data/fees` holds them.
    pub fn from_json(files: &[&str]) -> Result<Self, FeeDataProblem> {
        let mut fees = Vec::new();
        for file in files {
            fees.extend(read(file)?);
        }
        Self::of(fees)
    }

    /// These and more, such as the amounts that a province has set.
    pub fn with(&self, more: Vec<Fee>) -> Result<Self, FeeDataProblem> {
        Self::of(self.fees.iter().cloned().chain(more).collect())
    }

    /// Every version of every fee.
    pub fn all(&self) -> &[Fee] {
        &self.fees
    }

    /// The version of a key that was kept.
    pub fn get(&self, version: &str) -> Option<&Fee> {
        self.fees.iter().find(|fee| fee.version() == version)
    }

    /// What holds on a day in a province (by its national code; none: in the whole country alone). A province's own
    /// version goes before the national one.
    pub fn on(&self, day: Day, province: Option<&str>) -> Schedule<'_> {
        let mut fees: Vec<&Fee> = Vec::new();
        let here = |fee: &&Fee| fee.province.is_none() || fee.province.as_deref() == province;
        for fee in self.fees.iter().filter(|fee| fee.is_valid_on(day)).filter(here) {
            match fees.iter_mut().find(|held| held.code == fee.code) {
                Some(held) if held.province.is_none() => *held = fee,
                Some(_) => {}
                None => fees.push(fee),
            }
        }
        Schedule { fees }
    }
}

fn read(file: &str) -> Result<Vec<Fee>, FeeDataProblem> {
    let FeeFile { mut fees, exemptions } =
        serde_json::from_str(file).map_err(|error| FeeDataProblem::Json(error.to_string()))?;
    for Granted { exemption, fees: codes } in exemptions {
        for code in codes {
            let mut known = false;
            for fee in fees.iter_mut().filter(|fee| fee.code == code) {
                fee.exemptions.push(exemption.clone());
                known = true;
            }
            if !known {
                return Err(FeeDataProblem::UnknownFee(code));
            }
        }
    }
    Ok(fees)
}

/// The fees that hold on one day in one place, one version of each.
#[derive(Debug, Clone)]
pub struct Schedule<'a> {
    fees: Vec<&'a Fee>,
}

impl<'a> Schedule<'a> {
    /// The fees.
    pub fn fees(&self) -> impl Iterator<Item = &'a Fee> + '_ {
        self.fees.iter().copied()
    }

    /// The fee of that code.
    pub fn fee(&self, code: &str) -> Option<&'a Fee> {
        self.fees().find(|fee| fee.code == code)
    }

    /// The fees that go without a dossier.
    pub fn counter_lines(&self) -> impl Iterator<Item = &'a Fee> + '_ {
        self.fees().filter(|fee| fee.is_counter_line())
    }

    /// What a procedure is charged, in every case of it.
    pub fn charges(&self, procedure: &str) -> Vec<(&'a Fee, &'a Charge)> {
        let of = |fee: &'a Fee| fee.charged_for.iter().map(move |charge| (fee, charge));
        self.fees().flat_map(of).filter(|(_, charge)| charge.procedure == procedure).collect()
    }

    /// The cases of a procedure that are charged differently from the usual one, each with the fee it is charged.
    pub fn cases(&self, procedure: &str) -> Vec<(&'a str, &'a Fee)> {
        let charges = self.charges(procedure).into_iter();
        charges.filter_map(|(fee, charge)| Some((charge.case.as_deref()?, fee))).collect()
    }

    /// Who pays nothing for a procedure, or less than everything when several fees are charged. One of each code.
    pub fn exemptions(&self, procedure: &str) -> Vec<&'a Exemption> {
        let mut found: Vec<&Exemption> = Vec::new();
        for exemption in self.charges(procedure).into_iter().flat_map(|(fee, _)| &fee.exemptions) {
            if !found.iter().any(|earlier| earlier.code == exemption.code) {
                found.push(exemption);
            }
        }
        found
    }

    /// When the fees of a procedure are due; none where it is charged nothing.
    pub fn due_at(&self, procedure: &str) -> Option<DueAt> {
        self.charges(procedure).first().map(|(_, charge)| charge.due)
    }
}
