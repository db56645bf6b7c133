//! The demonstration: an invented past of the area's offices, from January 2024 to the morning of 23/11/2026: sixty staff,
//! three hundred residents, six hundred dossiers.
//!
//! Everything is in data files (`server/seed`) and told through the office's own acts on a fixed clock, so two runs
//! fill two databases alike, but for the salt of the one password.

mod acts;
mod answers;
pub mod check;
mod people;
mod reorganisation;
pub mod rules;
mod stories;
mod story;
mod times;

pub use people::{PASSWORD, People};
pub use stories::END;

use anyhow::Result;
use office::{Clock, Config, Office, blobs::Blobs};
use store::Db;

/// What random numbers of the demonstration grow from.
const SEED: u64 = 0x6D6F_7463_7561;

/// Fills a migrated database that nobody uses yet.
pub async fn fill(db: Db, config: Config, blobs: Blobs) -> Result<People> {
    let clock = Clock::fixed(rules::before_everything()?, SEED);
    let office = Office::open(db, clock.clone(), config, blobs).await?;
    rules::lay_down(&office).await?;
    rules::lay_down_earlier_rules(&office).await?;
    rules::lay_down_contacts(&office).await?;
    clock.set(people::accounts_opened()?);
    let people = People::enter(&office).await?;
    stories::tell(&office, &clock, &people).await?;
    let hash = office.hash_password(PASSWORD.into()).await?;
    reorganisation::prepare(&office, &hash).await?;
    Ok(people)
}
