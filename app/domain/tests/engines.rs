//! The engines, held against their golden tables and their invariants.

mod working_time;
