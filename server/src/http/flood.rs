//! Floods: an address that asks for far more pages than people can read waits a moment. It is counted in this process alone;
//! the limits of wrong tries are counted in the database, by `office`.

use super::{State, address::address_of, bare};
use app::words::{t, tf};
use axum::{
    extract::{Request, State as FromState},
    http::{HeaderValue, StatusCode, header},
    middleware::Next,
    response::Response,
};
use governor::{
    Quota, RateLimiter,
    clock::{Clock as _, DefaultClock},
    state::keyed::DashMapStateStore,
};
use std::{
    net::{IpAddr, Ipv6Addr},
    num::NonZeroU32,
    sync::{
        Arc,
        atomic::{AtomicU32, Ordering},
    },
};

/// How much one address may ask. Cheap to clone; every clone counts together.
#[derive(Clone, Default)]
pub struct FloodLimit(Option<Arc<Gate>>);

struct Gate {
    limiter: RateLimiter<IpAddr, DashMapStateStore<IpAddr>, DefaultClock>,
    clock: DefaultClock,
    /// Requests since addresses that have been quiet were last forgotten.
    since_tidied: AtomicU32,
}

/// How many requests go by between two rounds of forgetting.
const TIDY_AFTER: u32 = 10_000;

impl FloodLimit {
    /// So many requests a second in the long run, and so many at once. A rate of 0 is no limit.
    pub fn new(per_second: u32, burst: u32) -> Self {
        let (Some(rate), Some(burst)) = (NonZeroU32::new(per_second), NonZeroU32::new(burst.max(1))) else {
            return Self(None);
        };
        let limiter = RateLimiter::dashmap(Quota::per_second(rate).allow_burst(burst));
        Self(Some(Arc::new(Gate { limiter, clock: DefaultClock::default(), since_tidied: AtomicU32::new(0) })))
    }

    /// Counts a request; answers after how many seconds the address should ask again, when it asked too much.
    fn ask(&self, address: IpAddr) -> Result<(), u64> {
        let Some(gate) = &self.0 else { return Ok(()) };
        if gate.since_tidied.fetch_add(1, Ordering::Relaxed) == TIDY_AFTER {
            gate.since_tidied.store(0, Ordering::Relaxed);
            gate.limiter.retain_recent();
            gate.limiter.shrink_to_fit();
        }
        let early = |early: governor::NotUntil<_>| early.wait_time_from(gate.clock.now()).as_secs() + 1;
        gate.limiter.check_key(&household_of(address)).map_err(early)
    }
}

/// What is counted as one: an address of version 4, or the 64 bits that one household gets of version 6.
fn household_of(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V6(address) => {
            let [a, b, c, d, ..] = address.segments();
            Ipv6Addr::new(a, b, c, d, 0, 0, 0, 0).into()
        }
        v4 => v4,
    }
}

/// Lets the request pass, or answers 429 with a small page that asks nothing of the database.
pub async fn hold_back(FromState(state): FromState<State>, request: Request, next: Next) -> Response {
    // Without an address (a socket of the machine itself) there is nobody to hold back.
    let asked = address_of(&request, state.trusted_proxy).map_or(Ok(()), |address| state.flood.ask(address));
    match asked {
        Ok(()) => next.run(request).await,
        Err(seconds) => {
            metrics::counter!("motcua_held_back_total").increment(1);
            too_many(&state, seconds)
        }
    }
}

fn too_many(state: &State, seconds: u64) -> Response {
    let title = t("Trang đang nhận quá nhiều yêu cầu từ mạng này");
    let wait = tf("Chờ {n} giây rồi tải lại trang. Những gì đã lưu còn nguyên.", &[("n", &seconds.to_string())]);
    let ask = t("Việc gấp thì tới Trung tâm Phục vụ hành chính công hoặc gọi điện; không cần chờ trang này.");
    let mut response = bare::page(state, StatusCode::TOO_MANY_REQUESTS, title, &[&wait, ask]);
    response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(seconds));
    response
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_burst_passes_and_then_the_address_waits_and_nobody_else_does() {
        let limit = FloodLimit::new(1, 5);
        let [one, other]: [IpAddr; 2] = ["192.0.2.1".parse().unwrap(), "192.0.2.2".parse().unwrap()];
        assert!((0..5).all(|_| limit.ask(one).is_ok()));
        assert_eq!(limit.ask(one), Err(1));
        assert_eq!(limit.ask(other), Ok(()));
        let none = FloodLimit::new(0, 5);
        assert!((0..100).all(|_| none.ask(one).is_ok()));
    }

    #[test]
    fn a_household_of_version_6_counts_as_one() {
        let limit = FloodLimit::new(1, 1);
        assert!(limit.ask("2001:db8:1:2::1".parse().unwrap()).is_ok());
        assert!(limit.ask("2001:db8:1:2:ffff::9".parse().unwrap()).is_err());
        assert!(limit.ask("2001:db8:1:3::1".parse().unwrap()).is_ok());
        // An address of version 4 in the clothes of version 6 is the same address.
        assert!(limit.ask("192.0.2.1".parse().unwrap()).is_ok());
        assert!(limit.ask("::ffff:192.0.2.1".parse().unwrap()).is_err());
    }
}
