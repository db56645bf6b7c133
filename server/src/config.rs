//! Configuration: one TOML file, then environment variables over it. A wrong value is one clear line at start.

use anyhow::{Context, Result, bail};
use domain::time::Instant;
use serde::Deserialize;
use std::{net::SocketAddr, path::PathBuf};

/// What the operator chose. Every key may stand in `motcua.toml`; the environment variable beside it wins.
#[derive(Debug, Clone)]
pub struct Settings {
    /// `database_url`, `DATABASE_URL`.
    pub database_url: String,
    /// `data`, `MOTCUA_DATA`: folder of uploaded files.
    pub data: PathBuf,
    /// `listen`, `MOTCUA_LISTEN`.
    pub listen: SocketAddr,
    /// `public_url`, `MOTCUA_PUBLIC_URL`: the address residents type.
    pub public_url: String,
    /// `demo`, `MOTCUA_DEMO`.
    pub demo: bool,
    /// `demo_now`, `MOTCUA_DEMO_NOW`: the local time a demonstration begins at.
    pub demo_now: Option<Instant>,
    /// `site`, `MOTCUA_SITE`: folder of the client's files.
    pub site: Option<PathBuf>,
    /// `trusted_proxies`, `MOTCUA_TRUSTED_PROXY`: believe `X-Forwarded-For` of a proxy in front.
    pub trusted_proxy: bool,
    /// `metrics_public`, `MOTCUA_METRICS_PUBLIC`: answer `/metrics` to others than this machine.
    pub metrics_public: bool,
    /// `log`, `MOTCUA_LOG`: what is logged, as a filter of `tracing`.
    pub log: String,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct File {
    database_url: Option<String>,
    data: Option<PathBuf>,
    listen: Option<String>,
    public_url: Option<String>,
    demo: Option<bool>,
    demo_now: Option<String>,
    site: Option<PathBuf>,
    trusted_proxy: Option<bool>,
    metrics_public: Option<bool>,
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
        let text = |name: &str| std::env::var(name).ok().filter(|value| !value.is_empty());
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
        let settings = Self {
            database_url: text("DATABASE_URL")
                .or(file.database_url)
                .unwrap_or_else(|| "sqlite://./data/motcua.db".into()),
            data: text("MOTCUA_DATA").map(PathBuf::from).or(file.data).unwrap_or_else(|| "./data".into()),
            public_url: text("MOTCUA_PUBLIC_URL").or(file.public_url).unwrap_or_else(|| format!("http://{listen}")),
            listen,
            demo: flag("MOTCUA_DEMO", file.demo)?,
            demo_now,
            site: text("MOTCUA_SITE").map(PathBuf::from).or(file.site),
            trusted_proxy: flag("MOTCUA_TRUSTED_PROXY", file.trusted_proxy)?,
            metrics_public: flag("MOTCUA_METRICS_PUBLIC", file.metrics_public)?,
            log: text("MOTCUA_LOG").or(file.log).unwrap_or_else(|| "info,sqlx=warn".into()),
        };
        if settings.demo_now.is_some() && !settings.demo {
            bail!("MOTCUA_DEMO_NOW (demo_now) works in demo mode alone: set MOTCUA_DEMO=1 too");
        }
        Ok(settings)
    }

    /// The part that the office itself needs.
    pub fn office(&self) -> office::Config {
        office::Config {
            demo: self.demo,
            public_url: self.public_url.clone(),
            paper_words: app::words::paper_words(),
            ..office::Config::default()
        }
    }

    /// The clock of this run. Under a demonstration's chosen time every process takes the shift that the first one
    /// wrote down, so that a command beside a running server tells the same time.
    pub fn clock(&self) -> Result<office::Clock> {
        let Some(start) = self.demo_now else { return Ok(office::Clock::System) };
        let note = self.data.join(DEMO_CLOCK);
        let shift = std::fs::read_to_string(&note).ok().and_then(|text| {
            let (wanted, by_ms) = text.trim().split_once(' ')?;
            (wanted == start.0.to_string()).then(|| by_ms.parse().ok())?
        });
        if let Some(by_ms) = shift {
            return Ok(office::Clock::Shifted { by_ms });
        }
        let clock = office::Clock::starting_at(start);
        if let office::Clock::Shifted { by_ms } = clock {
            std::fs::create_dir_all(&self.data)?;
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

fn flag(name: &str, file: Option<bool>) -> Result<bool> {
    match std::env::var(name).ok().as_deref() {
        None | Some("") => Ok(file.unwrap_or(false)),
        Some("1" | "true") => Ok(true),
        Some("0" | "false") => Ok(false),
        Some(other) => bail!("{name}: \"{other}\" is neither 1 nor 0"),
    }
}
