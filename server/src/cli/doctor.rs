//! `motcua doctor`: what is there, what is missing.

use super::{open_db, open_office};
use crate::{
    carriers::{Gateway, GatewaySettings, Mail, MailSettings, Way},
    config::Settings,
    http::Site,
    identity::Provider,
    tls,
};
use anyhow::{Context, Result, bail};
use domain::time::Day;
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
    line("calendar", calendar(&settings).await);
    line("client", Site::read(settings.site.clone()).map(|site| site.names.client));
    line("files", files(&settings).await);
    line("scanner", scanner(&settings).await);
    match &settings.tls {
        Some(_) => line("certificate", certificate(&settings)),
        None if settings.shuts_others_out() => println!(
            "warning  sign-in: not from other machines, unless `motcua serve --tls` runs or a proxy with TLS stands in front (trusted_proxy)"
        ),
        None => {}
    }
    line("papers", paper_works());
    if let Some(provider) = &settings.identity {
        let asked = match Provider::at(provider, &settings.public_url) {
            Ok(provider) => provider.check().await,
            Err(error) => Err(error),
        };
        line("identity provider", asked);
    }
    if let Some(way) = &settings.messages.mail {
        line("mail", mail(way).await);
    }
    if let Some(way) = &settings.messages.sms {
        line("short messages", short_messages(way).await);
    }
    if !well {
        bail!("what is marked missing above has to be put right");
    }
    Ok(ExitCode::SUCCESS)
}

/// The last month of a year, in which the calendar of the next one must be there.
const DECEMBER: u8 = 12;

/// In a year without a published calendar every date is provisional.
async fn calendar(settings: &Settings) -> Result<String> {
    let office = open_office(settings).await?;
    let (today, books) = (office.now().day(), office.books());
    let (year, month, _) = today.ymd();
    let needed = if month == DECEMBER { year + 1 } else { year };
    // One that is published ahead may hold from then on only.
    let needed_day = Day::from_ymd(needed, 1, 1).unwrap_or(today).max(today);
    let mut versions = std::collections::BTreeSet::new();
    for place in books.places.authorities_on(today) {
        let calendar = books.places.calendar_of(place.id, needed_day);
        if !calendar.is_published(needed) {
            bail!("{} lacks the year {needed}: run `motcua import-calendar FILE`", calendar.version());
        }
        versions.insert(calendar.version().to_owned());
    }
    office.db().close().await;
    if versions.is_empty() {
        return Ok("comes with the first start".into());
    }
    Ok(versions.into_iter().collect::<Vec<_>>().join(", "))
}

async fn files(settings: &Settings) -> Result<String> {
    let blobs = settings.blobs()?;
    blobs.check().await.with_context(|| blobs.describe())?;
    Ok(blobs.describe())
}

fn certificate(settings: &Settings) -> Result<String> {
    let certificate = tls::certificate_of(settings)?;
    let fingerprint = certificate.fingerprint();
    tls::server_config(certificate)?;
    Ok(fingerprint)
}

/// Not being scanned is a choice; a scanner that does not answer is not.
async fn scanner(settings: &Settings) -> Result<String> {
    let Some(scanner) = &settings.clamd else {
        return Ok("none: uploaded files are not scanned for malicious programs (clamd)".into());
    };
    let version = scanner.version().await.with_context(|| format!("{scanner} does not answer: new files are held"))?;
    Ok(format!("{version} at {scanner}"))
}

/// Whether the mail server lets us in; nothing is sent.
async fn mail(way: &Way<MailSettings>) -> Result<String> {
    match way {
        Way::Folder(folder) => Ok(format!("kept in {}, none is sent", folder.display())),
        Way::Out(settings) => Mail::at(settings)?.check().await.map(|()| settings.address.clone()),
    }
}

/// Whether the gateway can be reached; nothing is sent.
async fn short_messages(way: &Way<GatewaySettings>) -> Result<String> {
    match way {
        Way::Folder(folder) => Ok(format!("kept in {}, none is sent", folder.display())),
        Way::Out(settings) => Gateway::at(settings)?.check().await.map(|()| "the gateway can be reached".into()),
    }
}

fn paper_works() -> Result<String> {
    Ok(format!("a QR code takes {} bytes", paper::qr_svg("motcua").len()))
}
