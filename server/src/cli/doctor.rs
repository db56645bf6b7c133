//! `motcua doctor`: what is there, what is missing.

use super::open_db;
use crate::{config::Settings, http::Site};
use anyhow::{Context, Result, bail};
use std::process::ExitCode;

/// Prints one line a finding; exit 1 when something is missing.
pub async fn run(settings: Settings) -> Result<ExitCode> {
    let mut well = true;
    let mut line = |name: &str, found: Result<String>| match found {
        Ok(text) => println!("ok       {name}: {text}"),
        Err(error) => {
            well = false;
            println!("missing  {name}: {error:#}");
        }
    };
    line("mode", Ok(if settings.demo { "demonstration".into() } else { "real".into() }));
    match open_db(&settings).await {
        Ok(db) => {
            line("database", Ok(db.engine().to_string()));
            line(
                "tables",
                match db.is_blank().await {
                    Ok(false) => Ok("made".into()),
                    Ok(true) => Err(anyhow::anyhow!("none yet: run `motcua migrate`")),
                    Err(error) => Err(error.into()),
                },
            );
        }
        Err(error) => line("database", Err(error)),
    }
    line("client", Site::read(settings.site.clone()).map(|site| site.names.client));
    line("files", files(&settings).await);
    line("papers", paper_works());
    if !well {
        bail!("what is marked missing above has to be put right");
    }
    Ok(ExitCode::SUCCESS)
}

async fn files(settings: &Settings) -> Result<String> {
    let blobs = settings.blobs()?;
    blobs.check().await.with_context(|| blobs.describe())?;
    Ok(blobs.describe())
}

fn paper_works() -> Result<String> {
    Ok(format!("a QR code takes {} bytes", paper::qr_svg("motcua").len()))
}
