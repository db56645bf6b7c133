#[path = "../../../store/tests/suite/engine.rs"]
pub mod engine;
mod house;
mod rights;
mod story;
