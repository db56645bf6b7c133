//! The program: command line, configuration, HTTP, background work. The binary `motcua` is one call of [`cli::run`];
//! it is a library so that tests can start the same site in the same process.
//!
//! Invariant: nothing is decided here. Rules are in `domain`, rights in `office`, words in `app`.

pub mod carriers;
pub mod cli;
pub mod config;
pub mod demo_bank;
pub mod folder;
pub mod http;
pub mod identity;
pub mod seed;
pub mod telemetry;
pub mod tls;
pub mod worker;
