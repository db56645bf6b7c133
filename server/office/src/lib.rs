//! What the town hall does.
//!
//! One file per noun, one function per act, the same verb-noun as in every other layer. An act
//! 1. answers a repeated command with the answer of the first time,
//! 2. asks [`rights`] whether this person may do it here and now,
//! 3. lets `domain` decide what it means,
//! 4. writes state, event, audit row and papers in one transaction, and only then tells anybody.
//!
//! **Permissions** of each function stand in its docstring; the whole table is a snapshot test.
//!
//! Invariants: rights are decided here and nowhere else; the clock and random numbers come from [`Office`], never
//! from the system directly; a wording never appears here.

pub mod account_codes;
pub mod accounts;
pub mod act;
pub mod anchors;
pub mod audit;
pub mod backup;
pub mod blobs;
pub mod bus;
pub mod calendars;
pub mod catalogue;
pub mod clock;
pub mod config;
pub mod counter;
pub mod dossiers;
pub mod drafts;
pub mod error;
pub mod import;
pub mod jobs;
pub mod lookup;
pub mod mandates;
pub mod messages;
pub mod my_sessions;
mod once;
mod open_upload;
pub mod papers;
pub mod passwords;
pub mod places;
pub mod proofs;
pub mod queues;
pub mod registers;
pub mod reveal;
pub mod rights;
pub mod roster;
pub mod scanner;
pub mod scanning;
pub mod sent_once;
pub mod sessions;
pub mod shelf;
pub mod staff;
pub mod stuck;
pub mod trays;
pub mod units;
pub mod uploads;
pub mod who;

pub use clock::Clock;
pub use config::Config;
pub use error::{Error, Result};
pub use store::Db;
pub use who::{Actor, Who};

use blobs::Blobs;
use bus::Bus;
use catalogue::Catalogue;
use domain::time::Instant;
use places::Places;
use std::sync::{Arc, RwLock};
pub use uuid::Uuid;

/// The office: its shelves, its clock, its rule books. Cheap to clone.
#[derive(Clone)]
pub struct Office(Arc<Inner>);

struct Inner {
    db: Db,
    clock: Clock,
    config: Config,
    blobs: Blobs,
    bus: Bus,
    books: RwLock<Arc<Books>>,
    hashing: tokio::sync::Semaphore,
    first_keys: roster::Safe,
}

/// Rules and places as they stand, read from the database at start and after a change.
pub struct Books {
    pub catalogue: Catalogue,
    pub places: Places,
}

impl Office {
    /// Opens the office on a migrated database.
    pub async fn open(db: Db, clock: Clock, config: Config, blobs: Blobs) -> Result<Self> {
        let books = Books::read(&db, &config).await?;
        let cores = std::thread::available_parallelism().map_or(2, usize::from);
        Ok(Self(Arc::new(Inner {
            db,
            clock,
            config,
            blobs,
            bus: Bus::new(),
            books: RwLock::new(Arc::new(books)),
            hashing: tokio::sync::Semaphore::new(cores),
            first_keys: roster::Safe::default(),
        })))
    }

    /// Reads rules and places again, after an import.
    pub async fn reload_books(&self) -> Result<()> {
        let fresh = Arc::new(Books::read(&self.0.db, &self.0.config).await?);
        *self.0.books.write().unwrap_or_else(std::sync::PoisonError::into_inner) = fresh;
        Ok(())
    }

    /// The rules and places in force.
    pub fn books(&self) -> Arc<Books> {
        self.0.books.read().unwrap_or_else(std::sync::PoisonError::into_inner).clone()
    }

    /// What time it is.
    pub fn now(&self) -> Instant {
        self.0.clock.now()
    }

    /// A new id, ordered by time.
    pub fn new_id(&self) -> Uuid {
        self.0.clock.new_id()
    }

    /// The configuration it was opened with.
    pub fn config(&self) -> &Config {
        &self.0.config
    }

    /// The bus of topics that pages listen to.
    pub fn bus(&self) -> &Bus {
        &self.0.bus
    }

    /// The shelf of uploaded bytes.
    pub fn blobs(&self) -> &Blobs {
        &self.0.blobs
    }

    /// The database.
    pub fn db(&self) -> &Db {
        &self.0.db
    }
}

impl Books {
    async fn read(db: &Db, config: &Config) -> Result<Self> {
        let mut tx = db.read().await?;
        Ok(Self {
            catalogue: Catalogue::read(&mut tx, config.paper_words.clone()).await?,
            places: Places::read(&mut tx).await?,
        })
    }
}
