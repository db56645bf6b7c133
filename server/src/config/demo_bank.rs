//! What `motcua demo-bank` is told: where it listens, whom it tells, and the secrets that both sides share.

use super::text;
use crate::demo_bank::DemoBankSettings;
use anyhow::{Context, Result, bail};
use bank::Key;
use std::{
    net::SocketAddr,
    path::{Path, PathBuf},
};

/// What the file of settings says of it; the environment wins.
#[derive(Debug, Default)]
pub(super) struct InFile {
    pub listen: Option<String>,
    pub ledger: Option<PathBuf>,
    pub notify: Option<String>,
    pub ipn: Option<String>,
    pub terminal: Option<String>,
}

/// The secret of a demonstration that was given none: it guards nothing.
const DEMO_SECRET: &str = "motcua-demo-bank-2026";
/// What a demonstration is called at its gateway.
const DEMO_TERMINAL: &str = "MOTCUADEMO";

pub(super) fn read(file: InFile, data: &Path) -> Result<DemoBankSettings> {
    let listen = text("MOTCUA_DEMO_BANK_LISTEN").or(file.listen).unwrap_or_else(|| "127.0.0.1:3900".into());
    let listen: SocketAddr = listen.parse().with_context(|| {
        format!("MOTCUA_DEMO_BANK_LISTEN (demo_bank_listen): \"{listen}\" is not an address such as 127.0.0.1:3900")
    })?;
    let terminal = text("MOTCUA_GATEWAY_TERMINAL").or(file.terminal).unwrap_or_else(|| DEMO_TERMINAL.into());
    if !terminal.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
        bail!("MOTCUA_GATEWAY_TERMINAL (gateway_terminal): \"{terminal}\" is not made of letters and digits");
    }
    let ledger = text("MOTCUA_DEMO_BANK_LEDGER").map(PathBuf::from).or(file.ledger);
    Ok(DemoBankSettings {
        listen,
        ledger: ledger.unwrap_or_else(|| data.join("demo-bank.jsonl")),
        notify: text("MOTCUA_DEMO_BANK_NOTIFY").or(file.notify),
        ipn: text("MOTCUA_DEMO_BANK_IPN").or(file.ipn),
        bank_key: secret("MOTCUA_BANK_SECRET")?,
        gateway_key: secret("MOTCUA_GATEWAY_SECRET")?,
        terminal,
    })
}

/// A secret of the environment; the error never repeats it.
fn secret(name: &'static str) -> Result<Key> {
    let word = text(name).unwrap_or_else(|| DEMO_SECRET.into());
    Key::new(&word).with_context(|| format!("{name}: too short"))
}
