//! The only crate that knows SQL.
//!
//! One text of SQL serves SQLite and PostgreSQL. To add a table:
//! 1. `cargo xtask db new <name>` makes the pair of migrations; columns are the same on both engines
//!    (`tests/store.rs` compares them).
//! 2. One file here per table family, functions over `&mut Tx`, named verb-noun like the act that calls them.
//! 3. A contract test in `tests/store.rs`, which runs on both engines.
//!
//! Rules: instants are Unix milliseconds, days are day counts, ids are UUIDv7 given by the caller, text is
//! searched through columns folded in Rust, never through the engine's `lower` or collation. No function here
//! decides what is allowed: that is `office`.
//!
//! Invariant: a `Tx` is never held across an HTTP call, a rendering or a password hash: on SQLite that would
//! stop every writer.

pub mod accounts;
pub mod audit;
pub mod bank_accounts;
pub mod books;
pub mod calendar_drafts;
pub mod calendars;
pub mod commands;
pub mod copying;
pub mod counters;
pub mod credits;
pub mod db;
pub mod dossiers;
pub mod drafts;
pub mod events;
pub mod feature_closures;
pub mod forms;
pub mod identities;
pub mod jobs;
pub mod limits;
pub mod local_parts;
pub mod mandates;
pub mod mentions;
pub mod messages;
pub mod money_tray;
pub mod notes;
pub mod offices;
pub mod opinions;
pub mod organisations;
pub mod papers;
pub mod payment_requests;
pub mod procedures;
pub mod proofs;
pub mod queues;
pub mod ratings;
pub mod reasons;
pub mod refunds;
pub mod reorganisations;
pub mod results;
pub mod saved_views;
pub mod sessions;
pub mod staff;
pub mod statements;
pub mod stuck_claims;
pub mod uploads;

pub use db::{Db, Result, StoreError, Tx};
