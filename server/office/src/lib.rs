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
pub mod answer_files;
mod asked;
pub mod audit;
pub mod audit_search;
pub mod backup;
pub mod blobs;
pub mod bulk;
pub mod bus;
pub mod calendar_drafts;
pub mod calendars;
pub mod catalogue;
pub mod clock;
mod closures;
pub mod config;
pub mod counter;
pub mod dossiers;
pub mod drafts;
pub mod error;
pub mod features;
pub mod identity;
pub mod import;
pub mod jobs;
pub mod local_parts;
pub mod lookup;
pub mod mandates;
pub mod mentions;
pub mod messages;
pub mod my_data;
pub mod my_sessions;
pub mod new_offices;
pub mod office_entries;
mod once;
mod open_upload;
pub mod opinions;
pub mod organisations;
pub mod papers;
pub mod passwords;
pub mod past_opinions;
pub mod payments;
pub mod places;
pub mod prefill;
pub mod procedure_files;
pub mod proofs;
pub mod queues;
pub mod reasons;
pub mod registers;
pub mod reorganisations;
pub mod representatives;
pub mod reveal;
pub mod rights;
pub mod roster;
pub mod saved_views;
pub mod scanner;
pub mod scanning;
pub mod sent_once;
pub mod sessions;
pub mod shelf;
pub mod staff;
pub mod stuck;
pub mod stuck_claims;
pub mod trays;
mod unit_parts;
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
use store::{Tx, books, dossiers::DossierRow};
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
    /// How often they had been changed when they were read.
    number: i64,
}

impl Office {
    /// Opens the office on a migrated database.
    pub async fn open(db: Db, clock: Clock, config: Config, blobs: Blobs) -> Result<Self> {
        let mut tx = db.read().await?;
        let books = Books::read(&mut tx, &config).await?;
        drop(tx);
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

    /// Reads rules and places again.
    pub async fn reload_books(&self) -> Result<()> {
        self.read_books(&mut self.0.db.read().await?).await
    }

    /// The same, as a unit of work that has begun sees them.
    async fn read_books(&self, tx: &mut Tx) -> Result<()> {
        let fresh = Arc::new(Books::read(tx, &self.0.config).await?);
        let mut held = self.0.books.write().unwrap_or_else(std::sync::PoisonError::into_inner);
        // Of two who read at once, the later reading stays.
        if fresh.number >= held.number {
            *held = fresh;
        }
        Ok(())
    }

    /// Ends the transaction of an act that changes rules or places: the other processes see by the number that their books
    /// are old, and this one reads anew. The last statement of the act, since all such acts wait for that row.
    pub async fn commit_books(&self, mut tx: Tx) -> Result<()> {
        books::raise_books(&mut tx).await?;
        tx.commit().await?;
        self.reload_books().await
    }

    /// Reads rules and places again when another process has changed them since.
    ///
    /// **Permissions**: the program itself.
    pub async fn follow_books(&self) -> Result<()> {
        let mut tx = self.0.db.read().await?;
        let newest = books::books_number(&mut tx).await?;
        drop(tx);
        if newest == self.books().number { Ok(()) } else { self.reload_books().await }
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
    async fn read(tx: &mut Tx, config: &Config) -> Result<Self> {
        Ok(Self {
            // First, so that it never stands for more than was read.
            number: books::books_number(tx).await?,
            catalogue: Catalogue::read(tx, config.paper_words.clone()).await?,
            places: Places::read(tx).await?,
        })
    }

    /// Whether every rule that a dossier keeps is in them.
    fn knows(&self, row: &DossierRow) -> bool {
        self.catalogue.version(row.procedure_version).is_some()
            && self.catalogue.has_form(&row.form_key, row.form_version)
            && self.places.calendar_of_version(&row.calendar_version).is_some()
            && row.local_part.is_none_or(|id| self.places.unit_part(id).is_some())
            && self.places.by_id(row.resolving_office).is_some()
    }
}
