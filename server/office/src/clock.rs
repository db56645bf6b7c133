//! Time and chance, as parameters: tests and the demonstration choose them, everything else takes them from here.

use domain::time::Instant;
use std::sync::{
    Arc, Mutex,
    atomic::{AtomicI64, Ordering},
};
use uuid::Uuid;

/// Where time and random numbers come from.
#[derive(Clone)]
pub enum Clock {
    /// The machine's.
    System,
    /// The machine's, moved by that many milliseconds: a demonstration that begins on a chosen day.
    Shifted { by_ms: i64 },
    /// A clock that stands where a test or the seed puts it, with numbers from a seed.
    Fixed { at: Arc<AtomicI64>, seed: Arc<Mutex<u64>> },
}

impl Clock {
    /// A clock that stands at `at`, with numbers from `seed`.
    pub fn fixed(at: Instant, seed: u64) -> Self {
        Self::Fixed { at: Arc::new(AtomicI64::new(at.0)), seed: Arc::new(Mutex::new(seed)) }
    }

    /// The machine's clock moved so that now is `start`.
    pub fn starting_at(start: Instant) -> Self {
        Self::Shifted { by_ms: start.0 - system_ms() }
    }

    /// Moves a fixed clock; the others keep running.
    pub fn set(&self, to: Instant) {
        if let Self::Fixed { at, .. } = self {
            at.store(to.0, Ordering::SeqCst);
        }
    }

    /// What time it is.
    pub fn now(&self) -> Instant {
        match self {
            Self::System => Instant(system_ms()),
            Self::Shifted { by_ms } => Instant(system_ms() + by_ms),
            Self::Fixed { at, .. } => Instant(at.load(Ordering::SeqCst)),
        }
    }

    /// `N` random bytes: unguessable, except under a fixed clock.
    pub fn random_bytes<const N: usize>(&self) -> [u8; N] {
        let mut bytes = [0; N];
        match self {
            Self::Fixed { seed, .. } => {
                let mut state = seed.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
                for byte in &mut bytes {
                    *byte = split_mix(&mut state) as u8;
                }
            }
            #[expect(clippy::disallowed_methods, reason = "the one place that asks the machine")]
            _ => rand::Rng::fill_bytes(&mut rand::rng(), &mut bytes),
        }
        bytes
    }

    /// A UUIDv7 of now.
    pub fn new_id(&self) -> Uuid {
        uuid::Builder::from_unix_timestamp_millis(self.now().0.max(0) as u64, &self.random_bytes()).into_uuid()
    }
}

#[expect(clippy::disallowed_methods, reason = "the one place that asks the machine")]
fn system_ms() -> i64 {
    std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).map_or(0, |d| d.as_millis() as i64)
}

/// The SplitMix64 generator: enough to make a demonstration repeatable, never used for secrets.
fn split_mix(state: &mut u64) -> u64 {
    *state = state.wrapping_add(0x9E37_79B9_7F4A_7C15);
    let mut z = *state;
    z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    z ^ (z >> 31)
}
