//! `motcua set-contact`: where an office is found and called.

use super::{open_office, operator};
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
    /// The address; without it the one entered before stays
    #[arg(long, required_unless_present = "phone")]
    address: Option<String>,
    /// The telephone number; without it the one entered before stays
    #[arg(long)]
    phone: Option<String>,
}

impl SetContact {
    /// Enters it. A site that is running shows it from its next start on.
    pub async fn run(self, settings: Settings) -> Result<ExitCode> {
        let office = open_office(&settings).await?;
        match office.set_contact(&operator(), &self.office, self.address.as_deref(), self.phone.as_deref()).await {
            Ok(()) => Ok(ExitCode::SUCCESS),
            Err(Error::NotFound) => bail!("there is no office with the key {}", self.office),
            Err(Error::Invalid(Problem::PhoneInvalid)) => {
                bail!("{} is no telephone number", self.phone.unwrap_or_default())
            }
            Err(other) => Err(other.into()),
        }
    }
}
