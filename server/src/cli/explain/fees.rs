//! `explain fee` and `explain words`: what a procedure costs, and an amount in words.

use super::{
    Refusal,
    words::{self, BadFee},
};
use clap::Args;
use domain::{
    fee::{Asked, AssessedLine, Claim, DueAt, Exemption, FeeBook, FeeKind, FeeUnit, Schedule},
    money::Dong,
    procedure::term::Channel,
    spoken::{self, Zero},
    time::Day,
};
use serde::Serialize;

#[derive(Args, Debug)]
pub struct FeeQuestion {
    /// National code of the procedure, such as 2.000815.
    #[arg(long, value_name = "CODE")]
    procedure: String,
    /// Pages of one copy, a whole number from 1; counts only where the fee goes by page.
    #[arg(long, value_name = "NUMBER", allow_negative_numbers = true, default_value = "1")]
    pages: String,
    /// Copies or cases, a whole number from 1.
    #[arg(long, value_name = "NUMBER", allow_negative_numbers = true, default_value = "1")]
    copies: String,
    /// Copies of the result beyond the one that everybody gets.
    #[arg(long, value_name = "NUMBER", allow_negative_numbers = true)]
    extra_copies: Option<String>,
    /// The case, where a procedure is charged by cases.
    #[arg(long, value_name = "CASE")]
    case: Option<String>,
    /// Asked for online.
    #[arg(long)]
    online: bool,
    /// An exemption, as if the first of the papers it asks for were shown.
    #[arg(long, value_name = "CODE")]
    exempt: Option<String>,
    /// The day, such as 2024-06-30; today when left out.
    #[arg(long, value_name = "DATE")]
    on: Option<String>,
}

#[derive(Serialize)]
pub struct FeeAnswer {
    lines: Vec<LineAnswer>,
    total: Dong,
    basis: Vec<String>,
    /// The total in words.
    words: Option<String>,
    /// When it is due.
    due: Option<DueAt>,
    /// Who need not pay, with the law's words and what proves it.
    exemptions: Vec<&'static Exemption>,
    /// The cases that are charged differently.
    cases: Vec<CaseAnswer>,
}

#[derive(Serialize)]
struct LineAnswer {
    fee: String,
    quantity: u32,
    amount: Dong,
    name: String,
    kind: FeeKind,
    unit: FeeUnit,
    pages: Option<u32>,
    each: Dong,
    /// What it would be without the exemption.
    full: Option<Dong>,
    exempt: Option<String>,
    version: String,
}

#[derive(Serialize)]
struct CaseAnswer {
    case: &'static str,
    fee: &'static str,
    name: &'static str,
}

#[derive(Args, Debug)]
pub struct WordsQuestion {
    /// The amount in đồng, digits only, from 0 to 10^15.
    #[arg(value_name = "AMOUNT", allow_hyphen_values = true)]
    amount: String,
    /// Say "linh" for a missing ten, not "lẻ".
    #[arg(long)]
    linh: bool,
}

#[derive(Serialize)]
pub struct WordsAnswer {
    words: String,
}

impl FeeQuestion {
    pub(super) fn answer(self, today: Day) -> Result<FeeAnswer, Refusal> {
        let day = match self.on.as_deref() {
            Some(typed) => typed.parse::<Day>().map_err(|_| Refusal(words::BAD_DAY.to_owned()))?,
            None => today,
        };
        let refuse = |bad: BadFee| Refusal(words::bad_fee_words(&bad, day));
        let read = |option, typed: &str| read_number(typed).ok_or_else(|| refuse(BadFee::Number(option)));
        let asked = Asked {
            pages: read("--pages", &self.pages)?,
            copies: read("--copies", &self.copies)?,
            extra_copies: match self.extra_copies.as_deref() {
                Some(typed) => read("--extra-copies", typed)?,
                None => 0,
            },
            case: self.case.as_deref().map(key),
            channel: if self.online { Channel::Online } else { Channel::Counter },
        };
        let procedure = self.procedure.trim();
        // What provinces set is not shipped, so the national schedule is the whole of it.
        let schedule: Schedule<'static> = FeeBook::shipped().on(day, None);
        let exemptions = schedule.exemptions(procedure);
        let cases = schedule.cases(procedure);
        let claim = self.exempt.as_deref().map(|typed| claim_of(&key(typed), &exemptions));
        let told = schedule.assess(procedure, &asked, claim.as_ref()).map_err(|problem| {
            let exemptions = exemptions.iter().map(|exemption| exemption.code.as_str()).collect();
            refuse(BadFee::Problem { problem, exemptions, cases: cases.iter().map(|(case, _)| *case).collect() })
        })?;
        Ok(FeeAnswer {
            words: spoken::dong(told.total, Zero::default()),
            lines: told.lines.into_iter().map(LineAnswer::of).collect(),
            total: told.total,
            basis: told.basis,
            due: schedule.due_at(procedure),
            exemptions,
            cases: cases.into_iter().map(|(case, fee)| CaseAnswer { case, fee: &fee.code, name: &fee.name }).collect(),
        })
    }
}

impl LineAnswer {
    fn of(line: AssessedLine) -> Self {
        Self {
            fee: line.fee,
            quantity: line.quantity,
            amount: line.amount,
            name: line.name,
            kind: line.kind,
            unit: line.unit,
            pages: line.pages,
            each: line.each,
            full: line.full,
            exempt: line.exempt.map(|exempt| exempt.code),
            version: line.version,
        }
    }
}

/// The claim of somebody who shows the first thing that proves the exemption. One that nobody grants proves nothing.
fn claim_of(code: &str, exemptions: &[&'static Exemption]) -> Claim {
    let granted = exemptions.iter().find(|exemption| exemption.code == code);
    let evidence = granted.and_then(|exemption| exemption.evidence.first().cloned()).unwrap_or_default();
    Claim { exemption: code.to_owned(), evidence }
}

/// A key of the data as it may be typed: hyphens as other words of this command line, letters of either size.
fn key(typed: &str) -> String {
    typed.trim().to_lowercase().replace('-', "_")
}

/// A whole number from 1, in digits alone.
fn read_number(typed: &str) -> Option<u32> {
    typed.bytes().all(|b| b.is_ascii_digit()).then(|| typed.parse().ok()).flatten().filter(|number| *number > 0)
}

impl WordsQuestion {
    pub(super) fn answer(self) -> Result<WordsAnswer, Refusal> {
        let digits = self.amount.bytes().all(|b| b.is_ascii_digit());
        let amount = self.amount.parse().ok().filter(|_| digits).map(Dong);
        let zero = if self.linh { Zero::Linh } else { Zero::Le };
        let said = amount.and_then(|amount| spoken::dong(amount, zero));
        said.map(|words| WordsAnswer { words }).ok_or_else(|| Refusal(words::BAD_AMOUNT.to_owned()))
    }
}
