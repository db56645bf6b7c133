//! What people see.
//!
//! Pages are rendered on the server alone (`feature = "ssr"`): they read straight from `office` and are complete
//! without script. The browser gets only the islands, in [`island`], which make the same forms faster and kinder.
//! The folder tree follows the tree of addresses.
//!
//! Invariant: no rule and no right is decided here; every sentence a person reads goes through [`words`].

pub mod island;
pub mod problems;
pub mod words;

#[cfg(feature = "ssr")]
pub mod acts;
#[cfg(feature = "ssr")]
pub mod citizen;
#[cfg(feature = "ssr")]
pub mod context;
#[cfg(feature = "ssr")]
mod device;
#[cfg(feature = "ssr")]
mod document;
#[cfg(feature = "ssr")]
pub mod due_words;
#[cfg(feature = "ssr")]
pub mod errors;
#[cfg(feature = "ssr")]
mod files;
#[cfg(feature = "ssr")]
pub mod format;
#[cfg(feature = "ssr")]
mod layout;
#[cfg(feature = "ssr")]
pub mod message_words;
#[cfg(feature = "ssr")]
pub mod record_words;
#[cfg(feature = "ssr")]
pub mod reorganisation_words;
#[cfg(feature = "ssr")]
mod routes;
#[cfg(feature = "ssr")]
pub mod rule_words;
#[cfg(feature = "ssr")]
pub mod slip;
#[cfg(feature = "ssr")]
pub mod staff;
#[cfg(feature = "ssr")]
pub mod status;

#[cfg(feature = "ssr")]
pub use document::{SiteNames, shell};
#[cfg(feature = "ssr")]
pub use routes::App;
