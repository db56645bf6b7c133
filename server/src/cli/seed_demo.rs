//! `motcua seed-demo`: fills an empty database with the demonstration; and the rules that every installation needs.

use super::open_db;
use crate::{
    config::Settings,
    seed::{self, People, rules},
};
use anyhow::{Result, bail};
use clap::Args;
use office::Office;
use std::process::ExitCode;
use store::Db;

/// Lays down offices, calendar, forms and procedures in a database that has none: rules, no people. In one that has
/// them it lays down what came with a newer program.
pub async fn ensure_rules(db: &Db, settings: &Settings) -> Result<()> {
    let office = Office::open(db.clone(), settings.clock()?, settings.office(), settings.blobs()?).await?;
    rules::lay_down(&office).await?;
    for line in rules::lay_down_newer(&office).await? {
        tracing::info!("{line}");
    }
    Ok(())
}

/// Fill an empty database with the demonstration.
#[derive(Args)]
pub struct SeedDemo {
    /// Only print the accounts of the demonstration
    #[arg(long)]
    accounts: bool,
}

impl SeedDemo {
    /// Fills the database and prints the accounts.
    pub async fn run(self, settings: Settings) -> Result<ExitCode> {
        let people = if self.accounts { People::from_files()? } else { fill(settings).await? };
        print!("{}", table_of(&people));
        Ok(ExitCode::SUCCESS)
    }
}

async fn fill(settings: Settings) -> Result<People> {
    let db = open_db(&settings).await?;
    // Looked at before anything is done to it: a database that is refused stays as it was.
    if db.is_blank().await? {
        if db.has_tables().await? {
            bail!("seed-demo fills an empty database alone, and this one holds another program's tables");
        }
    } else if db.is_in_use().await? {
        bail!("seed-demo fills an empty database alone, and this one holds staff, residents or dossiers already");
    }
    db.migrate().await?;
    let people = seed::fill(db.clone(), settings.office(), settings.blobs()?).await?;
    db.close().await;
    Ok(people)
}

/// The demonstration accounts with their roles, for whoever starts it.
fn table_of(people: &People) -> String {
    let mut table = String::from("Tài khoản trình diễn\n\nCán bộ\n");
    for member in &people.staff {
        let today = member.positions.iter().filter(|position| position.to.is_none());
        let titles: Vec<&str> = today.map(|position| position.title.as_str()).collect();
        table.push_str(&format!("  {:<14} {:<28} {}\n", member.login, member.name, titles.join("; ")));
    }
    table.push_str("\nNgười dân (số định danh)\n");
    for resident in people.residents.iter().take(SHOWN) {
        table.push_str(&format!("  {:<14} {}\n", resident.citizen_id, resident.name));
    }
    let rest = people.residents.len().saturating_sub(SHOWN);
    table.push_str(&format!("  và {rest} người khác\n\nMật khẩu chung: {}\n", seed::PASSWORD));
    table.push_str("Mã dùng một lần của cán bộ: MOTCUA_DEMO=1 motcua demo-totp TÀI_KHOẢN\n");
    table.push_str("Chạy máy chủ với MOTCUA_DEMO=1 (cargo xtask run tự đặt).\n");
    table
}

/// Residents named in the table.
const SHOWN: usize = 6;
