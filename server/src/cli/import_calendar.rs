//! `motcua import-calendar FILE`: the calendar of the years to come.

use super::{open_office, operator};
use crate::config::Settings;
use anyhow::{Context, Result};
use clap::Args;
use domain::working_time::proposal::{Lack, NATIONAL_DAYS, TET_DAYS, lacks};
use office::calendars::{Laid, read_calendar_file};
use std::{path::PathBuf, process::ExitCode};

/// Import a calendar that the province published, or that a commune decided.
#[derive(Args)]
pub struct ImportCalendar {
    /// A whole calendar with a version of its own, as `app/domain/data/calendars/province.json`.
    file: PathBuf,
    /// Key of the People's Committee whose offices work by it, instead of the whole province.
    #[arg(long)]
    office: Option<String>,
}

impl ImportCalendar {
    pub async fn run(self, settings: Settings) -> Result<ExitCode> {
        let shown = self.file.display();
        let text = std::fs::read_to_string(&self.file).with_context(|| format!("cannot read {shown}"))?;
        let calendar = read_calendar_file(&text).with_context(|| format!("{shown} cannot be imported"))?;
        let office = open_office(&settings).await?;
        let laid = office.import_calendar(&operator(), self.office.as_deref(), &calendar).await;
        let laid = laid.with_context(|| format!("{shown} cannot be imported"))?;
        let years: Vec<String> = calendar.published().map(|year| year.to_string()).collect();
        match laid {
            Laid::Same => println!("version {} is there already, nothing changed", calendar.version()),
            Laid::New | Laid::GaveWay { .. } => {
                println!("version {} holds from now on, years {}", calendar.version(), years.join(", "));
            }
        }
        for year in &calendar.data().years {
            for lack in lacks(year) {
                println!("warning: the year {} holds {}", year.year, held(lack));
            }
        }
        office.db().close().await;
        Ok(ExitCode::SUCCESS)
    }
}

/// How much of the holidays there is where some are missing.
fn held(lack: Lack) -> String {
    match lack {
        Lack::Holidays => "no holiday, not even those of a fixed date".into(),
        Lack::Tet(days) => format!("{days} of the {TET_DAYS} days of Tết"),
        Lack::National(days) => format!("{days} of the {NATIONAL_DAYS} days of 2 September"),
    }
}
