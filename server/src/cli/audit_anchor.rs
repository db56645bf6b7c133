//! `motcua audit-anchor`: the end of the audit chain on a day, to be kept where the database's owner cannot write.

use super::open_office;
use crate::config::Settings;
use anyhow::{Context, Result, bail};
use clap::Args;
use domain::time::{DAY_MS, Day};
use std::process::ExitCode;

/// Print the end of the audit log's chain on a day, to be copied to paper.
#[derive(Args)]
pub struct AuditAnchor {
    /// A day that is over, such as 2026-11-25 (default: yesterday).
    #[arg(long)]
    day: Option<String>,
}

/// Groups of digits in one line.
const A_LINE: usize = 4;

impl AuditAnchor {
    /// The last line is the anchor for `motcua verify-audit --anchor`.
    pub async fn run(self, settings: Settings) -> Result<ExitCode> {
        let day: Option<Day> = match &self.day {
            None => None,
            Some(text) => {
                Some(text.parse().ok().with_context(|| format!("--day: \"{text}\" is not a day such as 2026-11-25"))?)
            }
        };
        let office = open_office(&settings).await?;
        let today = office.now().day();
        let day = day.unwrap_or_else(|| office.now().plus_ms(-DAY_MS).day());
        if day >= today {
            bail!("{day} is not over: its anchor is known from the next day on");
        }
        let Some(anchor) = office.audit_anchor(day).await? else {
            bail!("nothing was sealed up to the end of {day}");
        };
        println!("day    {}", anchor.day);
        println!("rows   {} ({} of that day)", anchor.rows, anchor.rows_of_day);
        for (index, line) in anchor.groups().chunks(A_LINE).enumerate() {
            println!("{}   {}", if index == 0 { "hash" } else { "    " }, line.join(" "));
        }
        println!("check  {}", anchor.check());
        println!("{anchor}");
        office.db().close().await;
        Ok(ExitCode::SUCCESS)
    }
}
