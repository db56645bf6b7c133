//! The local part of a procedure: what this commune states beside the national record. Versioned by dates.

use super::term::Channel;
use crate::dossier::StepKind;
use crate::money::Dong;
use crate::role::Role;
use crate::time::Day;
use crate::working_time::Term;
pub use crate::working_time::{PausePolicy, TermUnit};
use serde::{Deserialize, Serialize};

/// Working hours of one working day.
const HOURS_OF_A_DAY: u32 = 8;

/// One version of the local part.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LocalPart {
    /// The national code.
    pub code: String,
    /// First day this version holds.
    pub valid_from: Day,
    /// Last day this version holds; `None` while it is open.
    pub valid_to: Option<Day>,
    /// Where dossiers are filed, with dates: this moves between portals.
    pub filed: Vec<FiledAt>,
    pub level: OnlineLevel,
    /// The term, unless one of `other_terms` fits better.
    pub term: LocalTerm,
    /// Terms of single cases or channels.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub other_terms: Vec<TermFor>,
    /// Working hours within which a filed dossier is accepted or answered.
    pub acceptance_hours: u32,
    /// The internal procedure, in order.
    pub steps: Vec<WorkStep>,
    /// Days a resident has to meet a financial duty before the dossier is stopped; `None` where it waits for ever.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub days_to_pay: Option<u32>,
    pub fee_lines: Vec<LocalFee>,
    pub supplement: Supplement,
    /// Key of the form.
    pub form: String,
    /// Whether dossiers hold sensitive personal data (health, adoption), so that only those whose steps they pass see them,
    /// and every look has a name of its own in the record.
    #[serde(default)]
    pub sensitive: bool,
    /// Whether the front page names it.
    #[serde(default)]
    pub popular: bool,
    /// Keys of the life events it belongs to.
    #[serde(default)]
    pub life_events: Vec<String>,
    /// What the resident gets, in short.
    pub result_name: String,
    /// Words people search by that the name lacks.
    #[serde(default)]
    pub keywords: Vec<String>,
}

/// A place where dossiers are filed during some days.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FiledAt {
    pub place: FilingPlace,
    pub from: Day,
    /// Last day; `None` while it is open.
    pub to: Option<Day>,
}

/// Where a dossier is filed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum FilingPlace {
    /// In this program.
    #[serde(rename = "tai_day")]
    Here,
    /// On the national portal; here only a link.
    #[serde(rename = "cong_quoc_gia")]
    NationalPortal,
    /// At the counter.
    #[serde(rename = "tai_quay")]
    Counter,
}

/// Level of the online service (Nghị định 42/2022/NĐ-CP).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum OnlineLevel {
    #[serde(rename = "toan_trinh")]
    FullyOnline,
    #[serde(rename = "mot_phan")]
    PartlyOnline,
    #[serde(rename = "thong_tin")]
    InformationOnly,
}

/// A term with its source.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LocalTerm {
    pub unit: TermUnit,
    /// Days or hours; `None` for a term within the day.
    pub amount: Option<u32>,
    /// Received after 15:00:00 counts as the next working day; for terms within the day.
    #[serde(default)]
    pub cutoff_15h: bool,
    /// The legal words the term is taken from.
    pub source: String,
}

/// The term of one case or channel.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TermFor {
    /// Key of the case; `None` for every case.
    #[serde(default)]
    pub case: Option<String>,
    /// `None` for every channel.
    #[serde(default)]
    pub channel: Option<Channel>,
    pub term: LocalTerm,
}

/// One internal step.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WorkStep {
    pub key: String,
    pub name: String,
    pub role: Role,
    /// What is done; `None` where the role says it: a leader approves, records issue, everybody else examines.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub kind: Option<StepKind>,
    /// Working hours.
    pub hours: u32,
}

impl WorkStep {
    /// What is done.
    pub fn kind(&self) -> StepKind {
        self.kind.unwrap_or(match self.role {
            Role::Leader => StepKind::Approve,
            Role::Records => StepKind::Issue,
            _ => StepKind::Examine,
        })
    }

    /// Whether it is a step of the flow. Reception is not: it is what comes before the flow and after it.
    pub fn is_in_flow(&self) -> bool {
        !matches!(self.role, Role::Reception | Role::CentreDirector)
    }
}

/// A fee as this commune takes it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LocalFee {
    pub name: String,
    pub kind: LocalFeeKind,
    /// `None` when the province sets it and its table is not entered.
    pub amount: Option<Dong>,
    /// Amount when filed online, where it differs.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub online_amount: Option<Dong>,
    /// What one amount is for, such as `bản`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub per: Option<String>,
    /// Who pays nothing or less, word for word.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub exemptions: Vec<String>,
    /// The legal source.
    pub source: String,
}

/// Phí or lệ phí.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LocalFeeKind {
    Phi,
    LePhi,
}

/// What a request for supplement does.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Supplement {
    pub policy: PausePolicy,
    /// Days a resident has to supplement before the dossier is stopped.
    pub days_to_supplement: u32,
}

/// Why a local part cannot be used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LocalProblem {
    /// A last day before the first.
    DatesOutOfOrder,
    /// A term without an amount, or an amount of zero.
    TermWithoutAmount,
    /// A term or fee without a source.
    SourceMissing,
    NoSteps,
    /// Two steps of one key.
    StepTwice(String),
    /// The steps take more working hours than the term has.
    StepsLongerThanTerm {
        steps: u32,
        term: u32,
    },
    NegativeFee,
}

impl LocalTerm {
    /// The term as working time counts it.
    pub fn term(&self) -> Term {
        // A term within the day ignores its amount, and any other has one: the check of the part sees to it.
        Term { unit: self.unit, amount: self.amount.unwrap_or(1), cutoff_15h: self.cutoff_15h }
    }
}

impl LocalPart {
    /// Whether this version holds on that day.
    pub fn is_valid_on(&self, day: Day) -> bool {
        holds(self.valid_from, self.valid_to, day)
    }

    /// Whether dossiers are filed at that place on that day.
    pub fn is_filed_at(&self, place: FilingPlace, day: Day) -> bool {
        self.filed.iter().any(|filed| filed.place == place && holds(filed.from, filed.to, day))
    }

    /// The term of a case on a channel: the most particular one that fits. A case counts more than a channel.
    pub fn term_for(&self, case: Option<&str>, channel: Channel) -> &LocalTerm {
        self.particular_term(case, channel).unwrap_or(&self.term)
    }

    /// Whether that is the term of the whole procedure, and of no case or channel alone.
    pub fn has_general_term(&self, case: Option<&str>, channel: Channel) -> bool {
        self.particular_term(case, channel).is_none()
    }

    fn particular_term(&self, case: Option<&str>, channel: Channel) -> Option<&LocalTerm> {
        let fits = |line: &&TermFor| {
            line.case.as_deref().is_none_or(|own| Some(own) == case) && line.channel.is_none_or(|own| own == channel)
        };
        let weight = |line: &&TermFor| u8::from(line.case.is_some()) * 2 + u8::from(line.channel.is_some());
        self.other_terms.iter().filter(fits).max_by_key(weight).map(|line| &line.term)
    }

    /// Keys of the cases that have a term of their own, each once, in the order of the part.
    pub fn cases(&self) -> Vec<&str> {
        let mut cases: Vec<&str> = Vec::new();
        for case in self.other_terms.iter().filter_map(|line| line.case.as_deref()) {
            if !cases.contains(&case) {
                cases.push(case);
            }
        }
        cases
    }

    /// The steps a dossier passes, in order.
    pub fn flow(&self) -> impl Iterator<Item = &WorkStep> {
        self.steps.iter().filter(|step| step.is_in_flow())
    }

    /// Whether the part can be worked with.
    pub fn check(&self) -> Result<(), LocalProblem> {
        let spans = self.filed.iter().map(|filed| (filed.from, filed.to));
        for (from, to) in spans.chain([(self.valid_from, self.valid_to)]) {
            if to.is_some_and(|to| to < from) {
                return Err(LocalProblem::DatesOutOfOrder);
            }
        }
        for term in std::iter::once(&self.term).chain(self.other_terms.iter().map(|line| &line.term)) {
            if term.unit != TermUnit::SameDay && term.amount.unwrap_or_default() == 0 {
                return Err(LocalProblem::TermWithoutAmount);
            }
            if term.source.trim().is_empty() {
                return Err(LocalProblem::SourceMissing);
            }
        }
        if self.fee_lines.iter().any(|fee| fee.source.trim().is_empty()) {
            return Err(LocalProblem::SourceMissing);
        }
        let amounts = self.fee_lines.iter().flat_map(|fee| fee.amount.into_iter().chain(fee.online_amount));
        if amounts.into_iter().any(|amount| amount < Dong(0)) {
            return Err(LocalProblem::NegativeFee);
        }
        self.check_steps()
    }

    fn check_steps(&self) -> Result<(), LocalProblem> {
        if self.steps.is_empty() {
            return Err(LocalProblem::NoSteps);
        }
        for (index, step) in self.steps.iter().enumerate() {
            if self.steps[..index].iter().any(|earlier| earlier.key == step.key) {
                return Err(LocalProblem::StepTwice(step.key.clone()));
            }
        }
        let steps = self.steps.iter().map(|step| step.hours).fold(0, u32::saturating_add);
        let amount = self.term.amount.unwrap_or_default();
        let term = match self.term.unit {
            TermUnit::WorkingDays => amount.saturating_mul(HOURS_OF_A_DAY),
            TermUnit::WorkingHours => amount,
            TermUnit::SameDay => HOURS_OF_A_DAY,
            // Calendar days have no fixed number of working hours.
            TermUnit::CalendarDays => return Ok(()),
        };
        if steps > term { Err(LocalProblem::StepsLongerThanTerm { steps, term }) } else { Ok(()) }
    }
}

fn holds(from: Day, to: Option<Day>, day: Day) -> bool {
    from <= day && to.is_none_or(|to| day <= to)
}
