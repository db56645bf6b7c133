//! `motcua set-contact`: where an office is found and called.

use super::open_office;
use crate::config::Settings;
use anyhow::{Result, bail};
use clap::Args;
use office::{Error, error::Problem};
use std::process::ExitCode;

/// Enter where an office is found and called, as the page "Nơi được giúp" and the papers say it.
#[derive(Args)]
pub struct SetContact {
    /// Key of the office, such as xa-dong-xuan-phuc-vu-hanh-chinh-cong
    office: String,
    /// The address
    #[arg(long)]
    address: String,
    /// The telephone number
    #[arg(long, default_value = "")]
    phone: String,
}

impl SetContact {
    /// Enters it. A site that is running shows it from its next start on.
    pub async fn run(self, settings: Settings) -> Result<ExitCode> {
        let office = open_office(&settings).await?;
        match office.set_contact(&self.office, &self.address, &self.phone).await {
            Ok(()) => Ok(ExitCode::SUCCESS),
            Err(Error::NotFound) => bail!("there is no office with the key {}", self.office),
            Err(Error::Invalid(Problem::PhoneInvalid)) => bail!("{} is no telephone number", self.phone),
            Err(other) => Err(other.into()),
        }
    }
}
