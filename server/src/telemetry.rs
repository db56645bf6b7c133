//! Logs and figures of the program itself. A log line carries a request id and never a name, a number or a
//! password: see `docs/logging.md`.

use tracing_subscriber::{EnvFilter, fmt};

/// Starts structured logging on standard error.
pub fn start_logs(filter: &str) -> anyhow::Result<()> {
    let filter = EnvFilter::try_new(filter).map_err(|e| anyhow::anyhow!("MOTCUA_LOG (log): {e}"))?;
    fmt()
        .json()
        .flatten_event(true)
        .with_current_span(true)
        .with_span_list(false)
        .with_writer(std::io::stderr)
        .with_env_filter(filter)
        .try_init()
        .map_err(|e| anyhow::anyhow!("{e}"))?;
    // The words of a panic may hold what somebody typed; its place in the code is enough to find it.
    std::panic::set_hook(Box::new(|panic| {
        let place = panic.location().map_or_else(|| "-".into(), ToString::to_string);
        tracing::error!(place, "panicked");
    }));
    Ok(())
}
