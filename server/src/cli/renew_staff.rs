//! `motcua renew-staff LOGIN`: a lost telephone, a password that somebody has seen.

use super::{create_staff::read_password, open_office, operator};
use crate::config::Settings;
use anyhow::{Result, bail};
use clap::Args;
use office::{Error, error::Problem};
use std::process::ExitCode;

/// Give a member of staff a new secret of one-time codes and new recovery codes; the old ones end, and every session.
#[derive(Args)]
pub struct RenewStaff {
    login: String,
    /// Read a new password from standard input, too.
    #[arg(long)]
    password: bool,
}

impl RenewStaff {
    pub async fn run(self, settings: Settings) -> Result<ExitCode> {
        let password = self.password.then(read_password).transpose()?;
        let office = open_office(&settings).await?;
        let welcome = match office.renew_staff(&operator(), &self.login, password).await {
            Err(Error::NotFound) => bail!("no login \"{}\"", self.login),
            Err(Error::Invalid(Problem::LoginShut)) => bail!("\"{}\" works here no more", self.login),
            renewed => renewed?,
        };
        super::create_staff::hand_over(welcome);
        office.db().close().await;
        Ok(ExitCode::SUCCESS)
    }
}
