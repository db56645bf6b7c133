//! `motcua verify-audit`: recomputes the chain and says where it breaks.

use super::open_office;
use crate::config::Settings;
use anyhow::Result;
use std::process::ExitCode;

/// Exit 0 when the chain holds.
pub async fn run(settings: Settings) -> Result<ExitCode> {
    let verdict = open_office(&settings).await?.verify_audit().await?;
    if let Some(broken) = verdict.broken_at {
        anyhow::bail!(
            "the audit chain breaks at link {} (row {}): {:?}; {} links before it hold",
            broken.seq,
            broken.row_id,
            broken.how,
            verdict.sealed
        );
    }
    println!("{} rows sealed, {} not sealed yet", verdict.sealed, verdict.unsealed);
    Ok(ExitCode::SUCCESS)
}
