//! `motcua migrate`.

use super::{open_db, open_office};
use crate::{config::Settings, seed::rules};
use anyhow::{Context, Result, bail};
use clap::Args;
use domain::unit::{Offices, OfficesProblem};
use std::{path::PathBuf, process::ExitCode};

/// Bring the tables to this program's version
#[derive(Args)]
pub struct Migrate {
    /// A file of this installation's own offices: laid down with the shipped rules in a database that has none yet
    #[arg(long)]
    offices: Option<PathBuf>,
}

impl Migrate {
    /// Migrates, and lays down rules that came with this program where there are older ones.
    pub async fn run(self, settings: Settings) -> Result<ExitCode> {
        let own = self.offices.as_ref().map(read_offices).transpose()?;
        let db = open_db(&settings).await?;
        db.migrate().await?;
        db.close().await;
        let office = open_office(&settings).await?;
        if let Some(own) = own {
            if !office.books().places.authority_ids().is_empty() {
                bail!("this database has offices already: see `motcua add-offices` for those that come later");
            }
            rules::lay_down_with(&office, &own).await?;
            println!("offices {}", own.all().len());
        }
        for line in rules::lay_down_newer(&office).await? {
            println!("{line}");
        }
        office.db().close().await;
        Ok(ExitCode::SUCCESS)
    }
}

/// The offices of an installation, from the file its operator wrote.
pub(super) fn read_offices(path: &PathBuf) -> Result<Offices> {
    let shown = path.display();
    let text = std::fs::read_to_string(path).with_context(|| format!("cannot read {shown}"))?;
    let why = match Offices::of_installation(&text) {
        Ok(offices) => return Ok(offices),
        Err(OfficesProblem::Json(error)) => format!("not a file of offices: {error}"),
        Err(OfficesProblem::NoCommittee) => "no People's Committee that stands".into(),
        Err(OfficesProblem::BadKey(key)) => format!("\"{key}\" is no key: small Latin letters, digits and hyphens"),
        Err(OfficesProblem::RepeatedKey(key)) => format!("the key {key} comes twice"),
        Err(OfficesProblem::RepeatedOrgan(key)) => format!("the identifier of {key} is another office's too"),
        Err(OfficesProblem::Unconfirmed(key)) => {
            format!(
                "the identifier of {key} is not confirmed (\"configured\": false), and it begins every code for ever"
            )
        }
        Err(OfficesProblem::UnknownParent(key)) => format!("the office above {key} is not in the file"),
        Err(OfficesProblem::BackwardPeriod(key)) => format!("{key} ends before it begins"),
        Err(OfficesProblem::OneStopShops(key)) => format!("{key} needs exactly one one_stop_shop below it"),
        Err(OfficesProblem::UnknownOffice(key)) => format!("a succession names {key}, which is not in the file"),
    };
    bail!("{shown} cannot be laid down: {why}")
}
