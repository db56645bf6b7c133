//! Configuration: one TOML file, then environment variables over it. A wrong value is one clear line at start.

mod demo_bank;
mod identity;
mod messages;

use crate::{
    demo_bank::DemoBankSettings, folder::make_private_folder, http::StaffNetworks, identity::IdentitySettings, tls,
};
use anyhow::{Context, Result, bail};
use domain::time::Instant;
pub use messages::MessageSettings;
use office::{
    blobs::{Blobs, Bucket, BucketSettings, Secret},
    scanner::Scanner,
};
use serde::Deserialize;
use std::{net::SocketAddr, path::PathBuf};

/// What the operator chose. Every key may stand in `motcua.toml`; the environment variable beside it wins.
#[derive(Debug, Clone)]
pub struct Settings {
    /// `database_url`, `DATABASE_URL`.
    pub database_url: String,
    /// `data`, `MOTCUA_DATA`: folder of uploaded files, unless they lie in a bucket.
    pub data: PathBuf,
    /// `blobs`, `MOTCUA_BLOBS`: the bucket of uploaded files.
    pub bucket: Option<BucketSettings>,
    /// `clamd`, `MOTCUA_CLAMD`: what scans uploaded files, if anything does.
    pub clamd: Option<Scanner>,
    /// `listen`, `MOTCUA_LISTEN`.
    pub listen: SocketAddr,
    /// `tls_cert` and `tls_key`, `MOTCUA_TLS_CERT` and `MOTCUA_TLS_KEY`: the certificate of `motcua serve --tls`.
    pub tls: Option<tls::Files>,
    /// `public_url`, `MOTCUA_PUBLIC_URL`: the address residents type.
    pub public_url: String,
    /// `demo`, `MOTCUA_DEMO`.
    pub demo: bool,
    /// `demo_now`, `MOTCUA_DEMO_NOW`: the local time a demonstration begins at.
    pub demo_now: Option<Instant>,
    /// `site`, `MOTCUA_SITE`: folder of the client's files.
    pub site: Option<PathBuf>,
    /// `trusted_proxy`, `MOTCUA_TRUSTED_PROXY`: believe `X-Forwarded-For` of a proxy in front.
    pub trusted_proxy: bool,
    /// `staff_networks`, `MOTCUA_STAFF_NETWORKS`: where staff may come from; everywhere when none is named.
    pub staff_networks: StaffNetworks,
    /// `metrics_public`, `MOTCUA_METRICS_PUBLIC`: answer `/metrics` to others than this machine.
    pub metrics_public: bool,
    /// `requests_per_second`, `MOTCUA_REQUESTS_PER_SECOND`: what one address may ask in the long run; 0 is no limit.
    pub requests_per_second: u32,
    /// `requests_burst`, `MOTCUA_REQUESTS_BURST`: and what it may ask at once.
    pub requests_burst: u32,
    /// `oidc_issuer`, `MOTCUA_OIDC_ISSUER` and what belongs to it: the identity provider residents may sign in through.
    pub identity: Option<IdentitySettings>,
    /// How messages to residents go out.
    pub messages: MessageSettings,
    /// What `motcua demo-bank` is told, and the secrets that it shares with the site.
    pub demo_bank: DemoBankSettings,
    /// `log`, `MOTCUA_LOG`: what is logged, as a filter of `tracing`.
    pub log: String,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct File {
    database_url: Option<String>,
    data: Option<PathBuf>,
    blobs: Option<String>,
    blobs_endpoint: Option<String>,
    blobs_region: Option<String>,
    clamd: Option<String>,
    listen: Option<String>,
    tls_cert: Option<PathBuf>,
    tls_key: Option<PathBuf>,
    public_url: Option<String>,
    demo: Option<bool>,
    demo_now: Option<String>,
    site: Option<PathBuf>,
    trusted_proxy: Option<bool>,
    staff_networks: Option<Vec<String>>,
    metrics_public: Option<bool>,
    requests_per_second: Option<u32>,
    requests_burst: Option<u32>,
    mail: Option<String>,
    mail_from: Option<String>,
    sms: Option<String>,
    sms_method: Option<String>,
    sms_header: Option<String>,
    sms_header_prefix: Option<String>,
    sms_content_type: Option<String>,
    sms_body: Option<String>,
    sms_accepted: Option<String>,
    sms_rejected: Option<String>,
    sms_number: Option<String>,
    sms_accents: Option<bool>,
    oidc_issuer: Option<String>,
    oidc_client: Option<String>,
    oidc_secret_file: Option<PathBuf>,
    oidc_name: Option<String>,
    oidc_scopes: Option<String>,
    oidc_number: Option<String>,
    oidc_full_name: Option<String>,
    oidc_phone: Option<String>,
    oidc_level: Option<String>,
    oidc_level_1: Option<String>,
    oidc_level_2: Option<String>,
    demo_bank_listen: Option<String>,
    demo_bank_ledger: Option<PathBuf>,
    demo_bank_notify: Option<String>,
    demo_bank_ipn: Option<String>,
    gateway_terminal: Option<String>,
    log: Option<String>,
}

impl Settings {
    /// Reads `path` (or `./motcua.toml` when it exists), then the environment.
    pub fn read(path: Option<PathBuf>) -> Result<Self> {
        let file = match path {
            Some(path) => read_file(&path)?,
            None => {
                let usual = PathBuf::from("motcua.toml");
                if usual.exists() { read_file(&usual)? } else { File::default() }
            }
        };
        let listen = text("MOTCUA_LISTEN").or(file.listen).unwrap_or_else(|| "127.0.0.1:3000".into());
        let listen: SocketAddr = listen.parse().with_context(|| {
            format!("MOTCUA_LISTEN (listen): \"{listen}\" is not an address such as 127.0.0.1:3000")
        })?;
        let demo_now = match text("MOTCUA_DEMO_NOW").or(file.demo_now) {
            None => None,
            Some(value) => Some(Instant::parse_local(&value).ok().with_context(|| {
                format!("MOTCUA_DEMO_NOW (demo_now): \"{value}\" is not a local time such as 2026-11-23T09:00")
            })?),
        };
        let clamd = match text("MOTCUA_CLAMD").or(file.clamd).filter(|address| !address.is_empty()) {
            None => None,
            Some(address) => Some(Scanner::parse(&address).with_context(|| {
                format!(
                    "MOTCUA_CLAMD (clamd): \"{address}\" is neither a path such as /run/clamav/clamd.ctl nor an address \
                     such as 127.0.0.1:3310"
                )
            })?),
        };
        let path = |name: &str, file: Option<PathBuf>| text(name).map(PathBuf::from).or(file);
        let tls = match (path("MOTCUA_TLS_CERT", file.tls_cert), path("MOTCUA_TLS_KEY", file.tls_key)) {
            (Some(certificate), Some(key)) => Some(tls::Files { certificate, key }),
            (None, None) => None,
            _ => bail!("MOTCUA_TLS_CERT (tls_cert) and MOTCUA_TLS_KEY (tls_key) go together: one of them is missing"),
        };
        let blobs = text("MOTCUA_BLOBS").or(file.blobs);
        let endpoint = text("MOTCUA_BLOBS_ENDPOINT").or(file.blobs_endpoint);
        let region = text("MOTCUA_BLOBS_REGION").or(file.blobs_region);
        let networks = text("MOTCUA_STAFF_NETWORKS").map(|list| list.split(',').map(str::to_owned).collect());
        let networks: Vec<String> = networks.or(file.staff_networks).unwrap_or_default();
        let staff_networks = StaffNetworks::parse(&networks).map_err(|wrong| {
            anyhow::anyhow!("MOTCUA_STAFF_NETWORKS (staff_networks): \"{wrong}\" is no network such as 10.20.0.0/16")
        })?;
        let data = text("MOTCUA_DATA").map(PathBuf::from).or(file.data).unwrap_or_else(|| "./data".into());
        let demo = flag("MOTCUA_DEMO", file.demo)?;
        let in_file = messages::InFile {
            mail: file.mail,
            mail_from: file.mail_from,
            sms: file.sms,
            sms_method: file.sms_method,
            sms_header: file.sms_header,
            sms_header_prefix: file.sms_header_prefix,
            sms_content_type: file.sms_content_type,
            sms_body: file.sms_body,
            sms_accepted: file.sms_accepted,
            sms_rejected: file.sms_rejected,
            sms_number: file.sms_number,
            sms_accents: file.sms_accents,
        };
        let public_url = text("MOTCUA_PUBLIC_URL").or(file.public_url).unwrap_or_else(|| format!("http://{listen}"));
        let provider = identity::InFile {
            issuer: file.oidc_issuer,
            client: file.oidc_client,
            secret_file: file.oidc_secret_file,
            name: file.oidc_name,
            scopes: file.oidc_scopes,
            number: file.oidc_number,
            full_name: file.oidc_full_name,
            phone: file.oidc_phone,
            level: file.oidc_level,
            level_1: file.oidc_level_1,
            level_2: file.oidc_level_2,
        };
        let demo_bank = demo_bank::InFile {
            listen: file.demo_bank_listen,
            ledger: file.demo_bank_ledger,
            notify: file.demo_bank_notify,
            ipn: file.demo_bank_ipn,
            terminal: file.gateway_terminal,
        };
        let settings = Self {
            demo_bank: demo_bank::read(demo_bank, &data)?,
            identity: identity::read(provider, &public_url)?,
            messages: MessageSettings::read(in_file, &data, demo)?,
            staff_networks,
            clamd,
            tls,
            bucket: blobs.map(|address| bucket_of(&address, endpoint, region)).transpose()?,
            requests_per_second: number("MOTCUA_REQUESTS_PER_SECOND", file.requests_per_second, 20)?,
            requests_burst: number("MOTCUA_REQUESTS_BURST", file.requests_burst, 400)?,
            database_url: text("DATABASE_URL")
                .or(file.database_url)
                .unwrap_or_else(|| "sqlite://./data/motcua.db".into()),
            data,
            public_url,
            listen,
            demo,
            demo_now,
            site: text("MOTCUA_SITE").map(PathBuf::from).or(file.site),
            trusted_proxy: flag("MOTCUA_TRUSTED_PROXY", file.trusted_proxy)?,
            metrics_public: flag("MOTCUA_METRICS_PUBLIC", file.metrics_public)?,
            log: text("MOTCUA_LOG").or(file.log).unwrap_or_else(|| "info,sqlx=warn".into()),
        };
        if settings.demo_now.is_some() && !settings.demo {
            bail!("MOTCUA_DEMO_NOW (demo_now) works in demo mode alone: set MOTCUA_DEMO=1 too");
        }
        if settings.requests_burst == 0 && settings.requests_per_second > 0 {
            bail!(
                "MOTCUA_REQUESTS_BURST (requests_burst): 0 would let nobody in; for no limit set \
                 MOTCUA_REQUESTS_PER_SECOND (requests_per_second) to 0"
            );
        }
        Ok(settings)
    }

    /// The part that the office itself needs.
    pub fn office(&self) -> office::Config {
        office::Config {
            demo: self.demo,
            public_url: self.public_url.clone(),
            paper_words: app::words::paper_words(),
            scanner: self.clamd.clone(),
            identity_provider: self.identity.as_ref().map(|provider| provider.name.clone()),
            message_words: app::message_words::words_of,
            message_means: self.messages.means(),
            sms_accents: self.messages.sms_accents,
            ..office::Config::default()
        }
    }

    /// Whether people on other machines could not sign in when this is served without TLS: browsers send the cookies of a
    /// session over TLS alone, or to the machine itself.
    pub fn shuts_others_out(&self) -> bool {
        !self.listen.ip().is_loopback() && !self.trusted_proxy
    }

    /// The shelf of uploaded files.
    pub fn blobs(&self) -> Result<Blobs> {
        match &self.bucket {
            None => {
                make_private_folder(&self.data)?;
                Ok(Blobs::Folder(self.data.join("blobs")))
            }
            Some(bucket) => Ok(Blobs::Bucket(Bucket::at(bucket).context("MOTCUA_BLOBS (blobs)")?)),
        }
    }

    /// The clock of this run. Under a demonstration's chosen time every process takes the shift that the first one
    /// wrote down, so that a command beside a running server tells the same time, whether or not it was told the chosen
    /// one.
    pub fn clock(&self) -> Result<office::Clock> {
        let note = self.data.join(DEMO_CLOCK);
        let noted = || {
            let text = std::fs::read_to_string(&note).ok()?;
            let (start, by_ms) = text.trim().split_once(' ')?;
            Some((Instant(start.parse().ok()?), by_ms.parse::<i64>().ok()?))
        };
        let Some(start) = self.demo_now else {
            let running = noted().filter(|_| self.demo);
            return Ok(running.map_or(office::Clock::System, |(_, by_ms)| office::Clock::Shifted { by_ms }));
        };
        if let Some((_, by_ms)) = noted().filter(|(noted, _)| *noted == start) {
            return Ok(office::Clock::Shifted { by_ms });
        }
        let clock = office::Clock::starting_at(start);
        if let office::Clock::Shifted { by_ms } = clock {
            make_private_folder(&self.data)?;
            std::fs::write(&note, format!("{} {by_ms}\n", start.0))?;
        }
        Ok(clock)
    }

    /// Forgets the shift of an earlier run: this one begins at the chosen time again.
    pub fn restart_demo_clock(&self) {
        // Nothing to forget is as good.
        let _ = std::fs::remove_file(self.data.join(DEMO_CLOCK));
    }
}

/// The file that holds a demonstration's start and its shift, in milliseconds.
const DEMO_CLOCK: &str = "demo-clock";

fn read_file(path: &PathBuf) -> Result<File> {
    let text = std::fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))?;
    toml::from_str(&text).map_err(|error| {
        let line = error.message().lines().next().unwrap_or_default().to_string();
        anyhow::anyhow!("{}: {line}", path.display())
    })
}

/// The bucket of `s3://bucket/prefix`. Keys come from the environment alone, so that no file of settings holds them.
fn bucket_of(address: &str, endpoint: Option<String>, region: Option<String>) -> Result<BucketSettings> {
    let wrong = || format!("MOTCUA_BLOBS (blobs): \"{address}\" is not an address such as s3://bucket/prefix");
    let place = address.strip_prefix("s3://").with_context(wrong)?;
    let (bucket, prefix) = place.split_once('/').unwrap_or((place, ""));
    if bucket.is_empty() || bucket.contains(['@', ':', '?', ' ']) {
        bail!(wrong());
    }
    if let Some(endpoint) = endpoint.as_deref()
        && (!(endpoint.starts_with("https://") || endpoint.starts_with("http://")) || endpoint.contains('@'))
    {
        bail!("MOTCUA_BLOBS_ENDPOINT (blobs_endpoint): not an address such as https://s3.example");
    }
    let key = |name: &str| {
        text(name)
            .map(Secret::new)
            .with_context(|| format!("MOTCUA_BLOBS (blobs): the bucket needs {name} in the environment"))
    };
    Ok(BucketSettings {
        bucket: bucket.into(),
        prefix: prefix.trim_matches('/').into(),
        endpoint,
        region: region.unwrap_or_else(|| "us-east-1".into()),
        access_key: key("AWS_ACCESS_KEY_ID")?,
        secret_key: key("AWS_SECRET_ACCESS_KEY")?,
        session_token: text("AWS_SESSION_TOKEN").map(Secret::new),
    })
}

/// A variable of the environment; an empty one is none.
fn text(name: &str) -> Option<String> {
    std::env::var(name).ok().filter(|value| !value.is_empty())
}

fn number(name: &str, file: Option<u32>, usual: u32) -> Result<u32> {
    match text(name) {
        None => Ok(file.unwrap_or(usual)),
        Some(value) => value.parse().ok().with_context(|| format!("{name}: \"{value}\" is not a whole number")),
    }
}

fn flag(name: &str, file: Option<bool>) -> Result<bool> {
    match std::env::var(name).ok().as_deref() {
        None | Some("") => Ok(file.unwrap_or(false)),
        Some("1" | "true") => Ok(true),
        Some("0" | "false") => Ok(false),
        Some(other) => bail!("{name}: \"{other}\" is neither 1 nor 0"),
    }
}
