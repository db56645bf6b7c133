//! `motcua serve` and `motcua worker`.

use super::{open_db, open_office, with_logs};
use crate::{
    config::Settings,
    http::{self, FloodLimit, Site, State},
    identity::Provider,
    tls::{self, Peer, TlsListener},
    worker,
};
use anyhow::{Context, Result};
use clap::Args;
use leptos::prelude::LeptosOptions;
use metrics_exporter_prometheus::PrometheusBuilder;
use std::{net::SocketAddr, process::ExitCode, sync::Arc, time::Duration};
use tokio_util::sync::CancellationToken;

/// Serve the site.
#[derive(Args, Default)]
pub struct Serve {
    /// Leave the background work to a separate `motcua worker`.
    #[arg(long)]
    no_worker: bool,
    /// Speak TLS, with the certificate of the settings; a demonstration without one signs its own.
    #[arg(long)]
    tls: bool,
}

/// How long open requests may take after the program was asked to stop.
const LAST_REQUESTS: Duration = Duration::from_secs(20);

impl Serve {
    /// Serves until asked to stop; then requests and jobs finish.
    pub async fn run(self, mut settings: Settings) -> Result<ExitCode> {
        with_logs(&settings)?;
        let certificate = self.tls.then(|| tls::certificate_of(&settings)).transpose()?;
        // An address that the operator did not choose speaks as the port does.
        if self.tls && settings.public_url == format!("http://{}", settings.listen) {
            settings.public_url = format!("https://{}", settings.listen);
        }
        settings.restart_demo_clock();
        let db = open_db(&settings).await?;
        // An empty database is made ready; one with tables is migrated by `motcua migrate`, or here when behind.
        db.migrate().await?;
        crate::cli::seed_demo::ensure_rules(&db, &settings).await?;
        db.close().await;
        let office = open_office(&settings).await?;
        office.blobs().check().await.with_context(|| format!("the files in {}", office.blobs().describe()))?;
        let site = Site::read(settings.site.clone())?;
        let identity = settings.identity.as_ref().map(|provider| Provider::at(provider, &settings.public_url));
        let identity = identity.transpose()?.map(Arc::new);
        let carriers = settings.messages.carriers()?;
        let figures = PrometheusBuilder::new().install_recorder().context("cannot keep figures")?;
        let stopping = CancellationToken::new();
        let state = State {
            office: office.clone(),
            leptos: LeptosOptions::builder().output_name(site.names.client.clone()).build(),
            site: Arc::new(site),
            figures,
            trusted_proxy: settings.trusted_proxy,
            metrics_public: settings.metrics_public,
            flood: FloodLimit::new(settings.requests_per_second, settings.requests_burst),
            identity,
            staff_networks: settings.staff_networks.clone(),
            stopping: stopping.clone(),
        };
        let listener = tokio::net::TcpListener::bind(settings.listen)
            .await
            .with_context(|| format!("cannot listen on {}", settings.listen))?;
        let address = listener.local_addr()?;
        let scheme = if self.tls { "https" } else { "http" };
        println!("Một Cửa: {scheme}://{address}");
        if let Some(certificate) = certificate.as_ref().filter(|_| settings.tls.is_none()) {
            println!("Chứng thư tự ký, trình duyệt sẽ hỏi lại. SHA-256: {}", certificate.fingerprint());
        }
        if !self.tls && settings.shuts_others_out() {
            println!(
                "Từ máy khác không đăng nhập được: cookie chỉ đi qua TLS. Chạy `motcua serve --tls`, hoặc đặt sau máy chủ trung gian có TLS."
            );
        }
        tokio::spawn(wait_for_the_end(stopping.clone()));
        // The worker goes on until the last request is answered, so that what it recorded is sealed too.
        let answered = CancellationToken::new();
        let background = if self.no_worker {
            tokio::spawn(worker::follow(office.clone(), answered.clone()))
        } else {
            tokio::spawn(worker::run(office.clone(), carriers, answered.clone()))
        };
        let router = http::router(state);
        let until = stopping.clone().cancelled_owned();
        let serving = match certificate {
            None => {
                let service = router.into_make_service_with_connect_info::<SocketAddr>();
                let serving = axum::serve(listener, service).with_graceful_shutdown(until);
                tokio::spawn(async move { serving.await })
            }
            Some(certificate) => {
                let listener = TlsListener::new(listener, tls::server_config(certificate)?)?;
                // Only a certificate of an authority: a browser that was told so refuses a self-signed one for good.
                let router = if settings.tls.is_some() { http::only_over_tls(router) } else { router };
                let router = router.layer(axum::middleware::from_fn(tls::name_peer));
                let service = router.into_make_service_with_connect_info::<Peer>();
                let serving = axum::serve(listener, service).with_graceful_shutdown(until);
                tokio::spawn(async move { serving.await })
            }
        };
        stopping.cancelled().await;
        if tokio::time::timeout(LAST_REQUESTS, serving).await.is_err() {
            tracing::warn!("some requests did not finish in time");
        }
        answered.cancel();
        background.await?;
        office.db().close().await;
        Ok(ExitCode::SUCCESS)
    }
}

/// `motcua worker`.
pub async fn worker(settings: Settings) -> Result<ExitCode> {
    with_logs(&settings)?;
    let office = open_office(&settings).await?;
    let stopping = CancellationToken::new();
    tokio::spawn(wait_for_the_end(stopping.clone()));
    worker::run(office.clone(), settings.messages.carriers()?, stopping).await;
    office.db().close().await;
    Ok(ExitCode::SUCCESS)
}

/// Waits until the program is asked to stop, and says so to `stopping`.
pub(super) async fn wait_for_the_end(stopping: CancellationToken) {
    let interrupt = tokio::signal::ctrl_c();
    let terminate = async {
        match tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate()) {
            Ok(mut signal) => signal.recv().await,
            Err(_) => std::future::pending().await,
        }
    };
    tokio::select! {
        _ = interrupt => {}
        _ = terminate => {}
    }
    stopping.cancel();
}
