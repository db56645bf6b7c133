//! The rules of the town hall.
//!
//! Pure: no IO, no clock, no random numbers, no async. The same code runs in the browser and on the server.
//! What is wrong with an input is a value here; the sentence that says it lives in the views.
//!
//! Invariant: this crate depends on nothing that touches a database, a network or a clock.

pub mod address;
pub mod code;
pub mod dossier;
pub mod feature;
pub mod fee;
pub mod identity;
pub mod mandate;
pub mod mention;
pub mod message;
pub mod money;
pub mod organ;
pub mod organisation;
pub mod payment;
pub mod person;
pub mod procedure;
pub mod question;
pub mod reason;
pub mod receipt;
pub mod reorganisation;
pub mod role;
pub mod spoken;
pub mod text;
pub mod time;
pub mod unit;
pub mod working_time;
