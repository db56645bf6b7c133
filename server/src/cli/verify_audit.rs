//! `motcua verify-audit`: recomputes the chain and says where it breaks.

use super::open_office;
use crate::config::Settings;
use anyhow::{Context, Result, bail};
use clap::Args;
use office::anchors::{Kept, NotAnAnchor};
use std::{path::PathBuf, process::ExitCode};

/// Recompute the chain of the audit log.
#[derive(Args)]
pub struct VerifyAudit {
    /// An end of the chain that was printed before, as NUMBER:HASH: the chain must still go through it.
    #[arg(long)]
    through: Option<String>,
    /// An anchor that was kept elsewhere, as DAY:HASH or as the last line of `audit-anchor`; may be given several times.
    #[arg(long)]
    anchor: Vec<String>,
    /// A file with an anchor on each line; empty lines and what follows a # are passed over.
    #[arg(long, value_name = "FILE")]
    anchors: Option<PathBuf>,
}

impl VerifyAudit {
    /// Exit 0 when the chain holds.
    pub async fn run(self, settings: Settings) -> Result<ExitCode> {
        let through = self.through.as_deref().map(read_end).transpose()?;
        let anchors = self.read_anchors()?;
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
        let mut lost = Vec::new();
        for kept in &anchors {
            if !office.audit_holds_anchor(kept).await? {
                lost.push(kept.day.to_string());
            }
        }
        if !lost.is_empty() {
            bail!(
                "the audit chain holds, but does not pass through {} of {} anchors any more: {}; it was cut or made anew",
                lost.len(),
                anchors.len(),
                lost.join(", ")
            );
        }
        if !anchors.is_empty() {
            println!("{} anchors hold", anchors.len());
        }
        println!("{} rows sealed, {} not sealed yet", verdict.sealed, verdict.unsealed);
        if let Some((seq, hash)) = office.end_of_audit().await? {
            println!("{seq}:{hash}");
        }
        Ok(ExitCode::SUCCESS)
    }
}

impl VerifyAudit {
    /// The anchors of the command line, then those of the file.
    fn read_anchors(&self) -> Result<Vec<Kept>> {
        let named = self.anchor.iter().map(|line| ("--anchor".to_owned(), line.clone()));
        let mut lines: Vec<(String, String)> = named.collect();
        if let Some(file) = &self.anchors {
            let text = std::fs::read_to_string(file).with_context(|| format!("cannot read {}", file.display()))?;
            for (index, line) in text.lines().enumerate() {
                let line = line.split('#').next().unwrap_or_default().trim();
                if !line.is_empty() {
                    lines.push((format!("{}, line {}", file.display(), index + 1), line.to_owned()));
                }
            }
            if lines.len() == self.anchor.len() {
                bail!("{} holds no anchor", file.display());
            }
        }
        lines
            .iter()
            .map(|(place, line)| line.parse().map_err(|wrong: NotAnAnchor| anyhow::anyhow!("{place}: {wrong}")))
            .collect()
    }
}

fn read_end(text: &str) -> Result<(i64, &str)> {
    let parts = text.split_once(':').and_then(|(seq, hash)| Some((seq.parse().ok()?, hash)));
    parts.with_context(|| format!("--through: \"{text}\" is not an end of the chain such as 1203:5f2c…"))
}
