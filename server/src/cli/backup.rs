//! `motcua backup`, `restore` and `copy-database`.

use super::{open_db, open_office, operator};
use crate::config::Settings;
use anyhow::{Context, Result, bail};
use clap::Args;
use office::backup::{self, TableSum};
use std::{collections::BTreeMap, path::PathBuf, process::ExitCode};
use store::Db;

/// Write the database and the uploaded files into one file; the site may go on serving.
#[derive(Args)]
pub struct Backup {
    /// The file to be made; it appears when it is whole
    file: PathBuf,
}

impl Backup {
    pub async fn run(self, settings: Settings) -> Result<ExitCode> {
        if self.file.exists() {
            bail!("{} is there already", self.file.display());
        }
        let office = open_office(&settings).await?;
        let made = office.backup(&operator(), &self.file).await;
        let made = made.with_context(|| format!("no backup in {}", self.file.display()))?;
        println!("{}, {} files of {} bytes", rows_of(&made.tables), made.files, made.file_bytes);
        office.db().close().await;
        Ok(ExitCode::SUCCESS)
    }
}

/// Put a backup into an empty database and an empty folder of files.
#[derive(Args)]
pub struct Restore {
    /// The file that `motcua backup` made
    file: PathBuf,
}

impl Restore {
    pub async fn run(self, settings: Settings) -> Result<ExitCode> {
        let db = open_db(&settings).await?;
        make_ready(&db).await.context("the database of DATABASE_URL (database_url)")?;
        let restored = backup::restore(&db, &settings.blobs()?, &self.file).await;
        let restored = restored.with_context(|| format!("{} was not restored", self.file.display()))?;
        println!("{}, {} files of {} bytes", rows_of(&restored.tables), restored.files, restored.file_bytes);
        db.close().await;
        Ok(ExitCode::SUCCESS)
    }
}

/// Copy every row from one database into another that is empty, from SQLite to PostgreSQL or back; files stay where they lie.
#[derive(Args)]
pub struct CopyDatabase {
    /// Address of the database that is copied; nobody may be writing to it
    #[arg(long)]
    from: String,
    /// Address of the database that is filled
    #[arg(long)]
    to: String,
}

impl CopyDatabase {
    pub async fn run(self) -> Result<ExitCode> {
        // The addresses may hold passwords: they are not repeated.
        let from = Db::connect(&self.from).await.context("the database of --from")?;
        let to = Db::connect(&self.to).await.context("the database of --to")?;
        if from.is_blank().await? {
            bail!("the database of --from has no tables");
        }
        make_ready(&to).await.context("the database of --to")?;
        let copied = backup::copy_database(&from, &to).await.context("nothing was copied")?;
        println!("{}", rows_of(&copied));
        from.close().await;
        to.close().await;
        Ok(ExitCode::SUCCESS)
    }
}

/// Makes the tables of a database that has none. One that has some is left as it is: whether it is empty is looked at
/// before anything in it is changed.
async fn make_ready(db: &Db) -> Result<()> {
    if !db.is_blank().await? {
        return Ok(());
    }
    if db.has_tables().await? {
        bail!("there are tables of another program in it");
    }
    Ok(db.migrate().await?)
}

fn rows_of(tables: &BTreeMap<String, TableSum>) -> String {
    let rows: u64 = tables.values().map(|table| table.rows).sum();
    format!("{} tables, {rows} rows, each table the same on both sides", tables.len())
}
