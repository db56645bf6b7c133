//! Tests of payments: known codes and notes, and what holds for all.

mod matching;
mod qr;
mod refund;
mod request;
mod shift;
mod token;

use super::*;
use crate::{money::Dong, time::Instant};
use proptest::prelude::*;

/// The alphabet of tokens.
const ALPHABET: &str = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

fn at(local: &str) -> Instant {
    Instant::parse_local(local).unwrap()
}

fn any_token() -> impl Strategy<Value = PaymentToken> {
    any::<u64>().prop_map(PaymentToken::from_random)
}
