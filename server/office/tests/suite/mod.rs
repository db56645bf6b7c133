mod doors;
mod endings;
#[path = "../../../store/tests/suite/engine.rs"]
pub mod engine;
mod house;
mod jobs;
mod lookup;
mod passing;
mod privacy;
mod races;
mod record;
mod rights;
mod shelf;
mod story;
mod uploads;
