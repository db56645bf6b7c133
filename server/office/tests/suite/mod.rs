mod answers;
mod corrections;
mod counter;
mod doors;
mod endings;
#[path = "../../../store/tests/suite/engine.rs"]
pub mod engine;
mod house;
mod importing;
mod lookup;
mod passing;
mod privacy;
mod races;
mod record;
mod registers;
mod rights;
mod steps;
mod story;
mod uploads;
