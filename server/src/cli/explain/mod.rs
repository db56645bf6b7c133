//! .
#[derive(clap::Args)]
pub struct Explain {}
pub fn run() -> std::process::ExitCode { std::process::ExitCode::from(2) }
