//! `motcua demo-bank`: a bank and a payment gateway that do not exist, as a process of its own.

use super::{serve::wait_for_the_end, with_logs};
use crate::{
    config::Settings,
    demo_bank::{DemoBank, router},
    folder::make_private_folder,
};
use anyhow::{Context, Result, bail};
use clap::Args;
use std::process::ExitCode;
use tokio_util::sync::CancellationToken;

/// Play a bank and a payment gateway, in demo mode alone.
#[derive(Args)]
pub struct PlayBank {}

impl PlayBank {
    pub async fn run(self, settings: Settings) -> Result<ExitCode> {
        if !settings.demo {
            bail!("demo-bank works in demo mode alone (MOTCUA_DEMO=1)");
        }
        with_logs(&settings)?;
        let chosen = &settings.demo_bank;
        if let Some(folder) = chosen.ledger.parent().filter(|folder| !folder.as_os_str().is_empty()) {
            make_private_folder(folder)?;
        }
        let bank = DemoBank::open(chosen, settings.clock()?)?;
        let listener = tokio::net::TcpListener::bind(chosen.listen)
            .await
            .with_context(|| format!("cannot listen on {}", chosen.listen))?;
        println!("Ngân hàng mô phỏng: http://{}", listener.local_addr()?);
        let stopping = CancellationToken::new();
        tokio::spawn(wait_for_the_end(stopping.clone()));
        axum::serve(listener, router(bank)).with_graceful_shutdown(stopping.cancelled_owned()).await?;
        Ok(ExitCode::SUCCESS)
    }
}
