#[path = "../../../store/tests/suite/engine.rs"]
pub mod engine;
mod house;
mod races;
mod rights;
mod story;
