//! Procedures as data.
