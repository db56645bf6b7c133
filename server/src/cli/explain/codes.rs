//! `explain case-code`: the parts of the code of a dossier.

use super::{Refusal, words};
use clap::Args;
use domain::{code::CaseCode, time::Day};
use serde::Serialize;

#[derive(Args, Debug)]
pub struct CaseCodeQuestion {
    /// The code, such as H15.50.05.13-261008-0975; case and outer spaces are forgiven.
    #[arg(value_name = "TEXT", allow_hyphen_values = true)]
    code: String,
}

#[derive(Serialize)]
pub struct CaseCodeAnswer {
    /// The agency, top-down, whichever way the code writes it.
    organ: String,
    date: Day,
    sequence: String,
    form: &'static str,
    /// The agency as the code writes it.
    organ_as_written: String,
}

impl CaseCodeQuestion {
    pub(super) fn answer(self) -> Result<CaseCodeAnswer, Refusal> {
        let problem = |problem| Refusal(words::case_code_problem_words(problem).to_owned());
        let code = CaseCode::parse(&self.code).map_err(problem)?;
        Ok(CaseCodeAnswer {
            organ: code.organ().as_str().to_owned(),
            date: code.day(),
            sequence: code.sequence().to_owned(),
            form: code.form().key(),
            organ_as_written: code.organ().original().to_owned(),
        })
    }
}
