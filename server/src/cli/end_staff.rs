//! `motcua end-staff LOGIN`: somebody works here no more.

use super::{open_office, operator};
use crate::config::Settings;
use anyhow::{Context, Result, bail};
use clap::Args;
use domain::time::Day;
use office::Error;
use std::process::ExitCode;

/// End the positions, the login and the sessions of a member of staff.
#[derive(Args)]
pub struct EndStaff {
    login: String,
    /// The last day of work, such as 2026-12-31; without it everything ends at once.
    #[arg(long)]
    on: Option<String>,
}

impl EndStaff {
    pub async fn run(self, settings: Settings) -> Result<ExitCode> {
        let last = self.on.as_deref().map(|day| read_day("--on", day)).transpose()?;
        let office = open_office(&settings).await?;
        let ended = match office.end_staff(&operator(), &self.login, last).await {
            Err(Error::NotFound) => bail!("no login \"{}\"", self.login),
            ended => ended?,
        };
        println!("positions ended {}, sessions ended {}", ended.positions, ended.sessions);
        if ended.in_hand > 0 {
            println!("open dossiers still in this person's hands: {}; give them to somebody else", ended.in_hand);
        }
        office.db().close().await;
        Ok(ExitCode::SUCCESS)
    }
}

/// A day of the command line.
pub(super) fn read_day(option: &str, text: &str) -> Result<Day> {
    text.parse().ok().with_context(|| format!("{option}: \"{text}\" is no day such as 2026-12-31"))
}
