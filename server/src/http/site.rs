//! The client's files: named by their content, compressed when they were built, served as they are.

use super::State;
use anyhow::{Context, Result};
use app::SiteNames;
use axum::{
    body::Bytes,
    extract::{Path, State as FromState},
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Response},
};
use std::{collections::HashMap, path::PathBuf};

/// Every file of the client in memory: a few hundred kilobytes, read once.
pub struct Site {
    pub names: SiteNames,
    files: HashMap<String, File>,
}

struct File {
    kind: &'static str,
    plain: Bytes,
    brotli: Option<Bytes>,
    gzip: Option<Bytes>,
}

impl Site {
    /// A site without client: pages alone, for tests.
    pub fn without_client() -> Self {
        let name = |name: &str| name.to_string();
        let names = SiteNames {
            client: name("frontend"),
            citizen_css: name("citizen.css"),
            staff_css: name("staff.css"),
            icon: name("favicon.svg"),
        };
        Self { names, files: HashMap::new() }
    }

    /// Finds and reads the client's files: in `folder`, beside the program, or under a `target` folder above it.
    pub fn read(folder: Option<PathBuf>) -> Result<Self> {
        let folder = find(folder)?;
        let manifest = std::fs::read_to_string(folder.join("manifest.json"))
            .with_context(|| format!("cannot read {}/manifest.json", folder.display()))?;
        let names: SiteNames =
            serde_json::from_str(&manifest).context("the client's manifest.json is not understood")?;
        let mut files = HashMap::new();
        for entry in std::fs::read_dir(folder.join("pkg"))? {
            let path = entry?.path();
            let Some(name) = path.file_name().and_then(|name| name.to_str()) else { continue };
            let Some(kind) = kind_of(name) else { continue };
            let twin =
                |ending: &str| std::fs::read(path.with_file_name(format!("{name}.{ending}"))).ok().map(Bytes::from);
            let file = File { kind, plain: std::fs::read(&path)?.into(), brotli: twin("br"), gzip: twin("gz") };
            files.insert(name.to_string(), file);
        }
        Ok(Self { names, files })
    }
}

fn find(folder: Option<PathBuf>) -> Result<PathBuf> {
    if let Some(folder) = folder {
        return Ok(folder);
    }
    let program = std::env::current_exe()?;
    let beside = program.ancestors().skip(1).flat_map(|above| [above.join("site"), above.join("target/site")]);
    beside
        .chain([PathBuf::from("target/site")])
        .find(|place| place.join("manifest.json").exists())
        .context("the client's files were not found beside the program nor under target/site: run `cargo xtask run`")
}

/// The type of a file we serve; anything else in the folder is not served.
fn kind_of(name: &str) -> Option<&'static str> {
    Some(match name.rsplit('.').next()? {
        "js" => "text/javascript; charset=utf-8",
        "wasm" => "application/wasm",
        "css" => "text/css; charset=utf-8",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "webmanifest" => "application/manifest+json",
        _ => return None,
    })
}

/// One file of the client. Its name carries its content's hash, so it may be kept for ever.
pub async fn file(FromState(state): FromState<State>, Path(name): Path<String>, headers: HeaderMap) -> Response {
    let Some(file) = state.site.files.get(&name) else { return StatusCode::NOT_FOUND.into_response() };
    let accepts = headers.get(header::ACCEPT_ENCODING).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let accepts =
        |coding: &str| accepts.split(',').any(|part| part.split(';').next().is_some_and(|c| c.trim() == coding));
    let (bytes, coding) = match (&file.brotli, &file.gzip) {
        (Some(bytes), _) if accepts("br") => (bytes, Some("br")),
        (_, Some(bytes)) if accepts("gzip") => (bytes, Some("gzip")),
        _ => (&file.plain, None),
    };
    let mut response = bytes.clone().into_response();
    let out = response.headers_mut();
    out.insert(header::CONTENT_TYPE, header::HeaderValue::from_static(file.kind));
    out.insert(header::CACHE_CONTROL, header::HeaderValue::from_static("public, max-age=31536000, immutable"));
    out.insert(header::VARY, header::HeaderValue::from_static("Accept-Encoding"));
    if let Some(coding) = coding {
        out.insert(header::CONTENT_ENCODING, header::HeaderValue::from_static(coding));
    }
    response
}
