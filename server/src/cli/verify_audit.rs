//! `motcua verify-audit`: recomputes the chain and says where it breaks.

use super::open_office;
use crate::config::Settings;
use anyhow::{Context, Result, bail};
use clap::Args;
use std::process::ExitCode;

/// Recompute the chain of the audit log.
#[derive(Args)]
pub struct VerifyAudit {
    /// An end of the chain that was printed before, as NUMBER:HASH: the chain must still go through it.
    #[arg(long)]
    through: Option<String>,
}

impl VerifyAudit {
    /// Exit 0 when the chain holds.
    pub async fn run(self, settings: Settings) -> Result<ExitCode> {
        let through = self.through.as_deref().map(read_end).transpose()?;
        let office = open_office(&settings).await?;
        let verdict = office.verify_audit().await?;
        if let Some(broken) = verdict.broken_at {
            bail!(
                "the audit chain breaks at link {} (row {}): {:?}; {} links before it hold, {} rows are not sealed yet",
                broken.seq,
                broken.row_id,
                broken.how,
                verdict.sealed,
                verdict.unsealed
            );
        }
        if let Some((seq, hash)) = through
            && !office.audit_goes_through(seq, hash).await?
        {
            bail!("the audit chain holds, but does not go through link {seq} any more: it was cut or made anew");
        }
        println!("{} rows sealed, {} not sealed yet", verdict.sealed, verdict.unsealed);
        if let Some((seq, hash)) = office.end_of_audit().await? {
            println!("{seq}:{hash}");
        }
        Ok(ExitCode::SUCCESS)
    }
}

fn read_end(text: &str) -> Result<(i64, &str)> {
    let parts = text.split_once(':').and_then(|(seq, hash)| Some((seq.parse().ok()?, hash)));
    parts.with_context(|| format!("--through: \"{text}\" is not an end of the chain such as 1203:5f2c…"))
}
