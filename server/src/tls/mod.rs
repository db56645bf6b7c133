//! TLS without a proxy in front: for an office's own network, and for a demonstration on a real phone.
//!
//! One port speaks TLS; who comes to it in plain HTTP is sent to the same address over TLS. The certificate is the
//! operator's, or one that a demonstration signs for itself.

mod certificate;
mod listener;

pub use certificate::{Certificate, Files};
pub use listener::{Peer, TlsListener, name_peer};

use crate::config::Settings;
use anyhow::{Context, Result, bail};
use rustls::{ServerConfig, crypto::ring};
use std::sync::Arc;

/// What a server says for itself: TLS 1.2 and 1.3, HTTP/1.1 alone.
///
/// # Errors
/// When key and certificate do not belong together.
pub fn server_config(certificate: Certificate) -> Result<Arc<ServerConfig>> {
    let builder = ServerConfig::builder_with_provider(Arc::new(ring::default_provider()));
    let builder = builder.with_safe_default_protocol_versions().context("TLS")?.with_no_client_auth();
    let mut config = builder
        .with_single_cert(certificate.chain, certificate.key)
        .context("the key (tls_key) does not belong to the certificate (tls_cert)")?;
    config.alpn_protocols = vec![b"http/1.1".to_vec()];
    Ok(Arc::new(config))
}

/// The certificate that these settings name; in a demonstration without one, one that it signs for itself.
///
/// # Errors
/// When it cannot be read, or when there is none and this is no demonstration.
pub fn certificate_of(settings: &Settings) -> Result<Certificate> {
    match &settings.tls {
        Some(files) => Certificate::read(files),
        None if settings.demo => {
            // Browsers go by the machine's time, whatever day the demonstration plays on.
            let today = office::Clock::System.now().day();
            let names = certificate::names_of(&settings.public_url, settings.listen);
            Certificate::of_demonstration(&settings.data.join("tls"), &names, today)
        }
        None => bail!(
            "--tls needs MOTCUA_TLS_CERT (tls_cert) and MOTCUA_TLS_KEY (tls_key); only a demonstration signs a \
             certificate for itself"
        ),
    }
}
