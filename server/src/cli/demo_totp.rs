//! `motcua demo-totp ACCOUNT`: the one-time code of a demonstration account, by the clock of the demonstration that runs
//! on the same data.

use super::open_office;
use crate::config::Settings;
use anyhow::{Result, bail};
use clap::Args;
use std::process::ExitCode;

/// Print the one-time code of a demonstration account.
#[derive(Args)]
pub struct DemoTotp {
    account: String,
}

impl DemoTotp {
    pub async fn run(self, settings: Settings) -> Result<ExitCode> {
        if !settings.demo {
            bail!("demo-totp works in demo mode alone (MOTCUA_DEMO=1)");
        }
        println!("{}", open_office(&settings).await?.demo_totp(&self.account).await?);
        Ok(ExitCode::SUCCESS)
    }
}
