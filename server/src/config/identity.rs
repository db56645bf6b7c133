//! Which identity provider residents may sign in through, if any.

use super::text;
use crate::identity::{IdentitySettings, Provider};
use anyhow::{Context, Result};
use office::blobs::Secret;
use std::path::PathBuf;

/// What the file of settings says of the provider; the environment wins.
#[derive(Debug, Default)]
pub(super) struct InFile {
    pub issuer: Option<String>,
    pub client: Option<String>,
    pub secret_file: Option<PathBuf>,
    pub name: Option<String>,
    pub scopes: Option<String>,
    pub number: Option<String>,
    pub full_name: Option<String>,
    pub phone: Option<String>,
    pub level: Option<String>,
    pub level_1: Option<String>,
    pub level_2: Option<String>,
}

/// The provider of the settings. Without an issuer there is none, and no button.
pub(super) fn read(file: InFile, public_url: &str) -> Result<Option<IdentitySettings>> {
    let Some(issuer) = text("MOTCUA_OIDC_ISSUER").or(file.issuer).filter(|issuer| !issuer.is_empty()) else {
        return Ok(None);
    };
    let or = |name: &str, in_file: Option<String>, usual: &str| {
        text(name).or(in_file).unwrap_or_else(|| usual.to_owned()).trim().to_owned()
    };
    let list = |text: String| text.split([',', ' ']).filter(|one| !one.is_empty()).map(str::to_owned).collect();
    let secret = match text("MOTCUA_OIDC_SECRET_FILE").map(PathBuf::from).or(file.secret_file) {
        None => None,
        Some(path) => {
            let secret = std::fs::read_to_string(&path).with_context(|| {
                format!("MOTCUA_OIDC_SECRET_FILE (oidc_secret_file): cannot read {}", path.display())
            })?;
            Some(Secret::new(secret.trim().to_owned()))
        }
    };
    let client = text("MOTCUA_OIDC_CLIENT").or(file.client);
    let settings = IdentitySettings {
        issuer,
        client: client.context("MOTCUA_OIDC_CLIENT (oidc_client): the provider knows this installation by a name")?,
        secret,
        name: or("MOTCUA_OIDC_NAME", file.name, "VNeID"),
        scopes: list(or("MOTCUA_OIDC_SCOPES", file.scopes, "profile phone")),
        number: or("MOTCUA_OIDC_NUMBER", file.number, "citizen_id"),
        full_name: or("MOTCUA_OIDC_FULL_NAME", file.full_name, "name"),
        phone: or("MOTCUA_OIDC_PHONE", file.phone, "phone_number"),
        level: or("MOTCUA_OIDC_LEVEL", file.level, "acr"),
        level_1: list(or("MOTCUA_OIDC_LEVEL_1", file.level_1, "1")),
        level_2: list(or("MOTCUA_OIDC_LEVEL_2", file.level_2, "2")),
    };
    Provider::at(&settings, public_url)?;
    Ok(Some(settings))
}
