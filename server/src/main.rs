//! `motcua`: one program that runs a commune's one-stop shop.

mod cli;
mod config;
mod http;
mod seed;
mod telemetry;
mod worker;

use std::process::ExitCode;

fn main() -> ExitCode {
    cli::run()
}
