//! `motcua explain …`: support staff, auditors and acceptance checks ask the engines directly.
//!
//! No server, no database: the shipped calendars, units, provinces and fees answer. The answer is one line of JSON on
//! standard output and exit 0. Bad input of any sort leaves standard output empty, puts one sentence on one line of
//! standard error and exits 2.

mod codes;
mod due;
mod fees;
mod payment_words;
mod payments;
mod people;
mod units;
pub mod words;

use clap::{Args, Command, FromArgMatches, Subcommand, error::ErrorKind};
use domain::time::Day;
use office::Clock;
use serde::Serialize;
use std::{ffi::OsString, io::Write, process::ExitCode};

/// Ask the engines; answers as JSON.
#[derive(Args, Debug)]
pub struct Explain {
    #[command(subcommand)]
    question: Question,
}

#[derive(Subcommand, Debug)]
enum Question {
    /// When a term ends, and why: every day from the reception to the due day.
    Due(due::DueQuestion),
    /// What a personal identification number tells about its holder.
    CitizenId(people::CitizenIdQuestion),
    /// The search key of a text.
    Fold(people::FoldQuestion),
    /// Sort names, one a line on standard input, as Vietnamese lists do.
    Sort,
    /// The administrative unit that has a code on a day, with those before and after it.
    Unit(units::UnitQuestion),
    /// The parts of the code of a dossier.
    CaseCode(codes::CaseCodeQuestion),
    /// The payload of a VietQR code for a transfer.
    QrMake(payments::QrMakeQuestion),
    /// What a VietQR code asks for.
    QrRead(payments::QrReadQuestion),
    /// The payment tokens in the note of a transfer.
    Token(payments::TokenQuestion),
    /// What a procedure costs, line by line, and by which law.
    Fee(fees::FeeQuestion),
    /// An amount of money in words.
    Words(fees::WordsQuestion),
}

/// Input that is no question: the sentence for standard error, on one line.
#[derive(Debug)]
struct Refusal(String);

/// Status of a program that was asked wrongly.
const BAD_INPUT: u8 = 2;

/// Answers the command line of this process: what follows its first `explain`.
pub fn run() -> ExitCode {
    // `args_os`: `args` panics on bytes that are no UTF-8.
    answer_line(std::env::args_os().skip_while(|word| word != "explain"))
}

/// Answers a line whose first word is the command's own name.
fn answer_line(line: impl IntoIterator<Item = OsString>) -> ExitCode {
    let command = Explain::augment_args(Command::new("explain").bin_name("motcua explain"));
    let matches = command.try_get_matches_from(line);
    match matches.and_then(|matches| Explain::from_arg_matches(&matches)) {
        Ok(explain) => explain.answer(),
        Err(help) if matches!(help.kind(), ErrorKind::DisplayHelp | ErrorKind::DisplayVersion) => {
            print(&help.render().to_string())
        }
        Err(error) => refuse(&Refusal(words::parser_words(&error))),
    }
}

impl Explain {
    /// Answers on standard output, or refuses on standard error.
    pub fn answer(self) -> ExitCode {
        match self.question {
            Question::Due(question) => show(question.answer()),
            Question::CitizenId(question) => show(Ok(question.answer(today()))),
            Question::Fold(question) => show(Ok(question.answer())),
            Question::Sort => show(people::sort(std::io::stdin().lock())),
            Question::Unit(question) => show(question.answer(today())),
            Question::CaseCode(question) => show(question.answer()),
            Question::QrMake(question) => show(question.answer()),
            Question::QrRead(question) => show(question.answer()),
            Question::Token(question) => show(question.answer()),
            Question::Fee(question) => show(question.answer(today())),
            Question::Words(question) => show(question.answer()),
        }
    }
}

fn show<T: Serialize>(answer: Result<T, Refusal>) -> ExitCode {
    match answer.map(|answer| serde_json::to_string(&answer)) {
        Ok(Ok(json)) => print(&format!("{json}\n")),
        Ok(Err(_)) => ExitCode::FAILURE,
        Err(refusal) => refuse(&refusal),
    }
}

/// Prints all at once. A reader that has gone away is a failure, not a panic as it is with `println!`.
fn print(text: &str) -> ExitCode {
    let mut out = std::io::stdout().lock();
    match out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(_) => ExitCode::FAILURE,
    }
}

fn refuse(refusal: &Refusal) -> ExitCode {
    // Nothing is left to say when standard error is gone too; the status tells.
    let _ = writeln!(std::io::stderr(), "{}", refusal.0);
    ExitCode::from(BAD_INPUT)
}

/// Today in Việt Nam, by the machine's clock: `explain` reads no settings, so no demonstration moves it.
fn today() -> Day {
    Clock::System.now().day()
}
