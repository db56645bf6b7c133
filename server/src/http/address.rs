//! Where a request comes from.

use axum::{
    extract::{ConnectInfo, Request},
    http::HeaderMap,
};
use std::net::{IpAddr, SocketAddr};

/// The visitor's address; `None` when nobody knows it. A proxy's word is believed only when the operator said so: then the
/// last entry counts, the one the trusted proxy itself wrote, whether it joined the visitor's line or added one of its own.
pub(super) fn address_of(request: &Request, trusted_proxy: bool) -> Option<IpAddr> {
    let peer = request.extensions().get::<ConnectInfo<SocketAddr>>().map(|info| info.0.ip());
    let forwarded = trusted_proxy.then(|| forwarded(request.headers())).flatten();
    forwarded.or(peer).map(|address| address.to_canonical())
}

fn forwarded(headers: &HeaderMap) -> Option<IpAddr> {
    let line = headers.get_all("x-forwarded-for").iter().next_back()?.to_str().ok()?;
    let last = line.rsplit(',').next()?.trim();
    last.parse().ok().or_else(|| last.parse::<SocketAddr>().ok().map(|address| address.ip()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::body::Body;

    fn seen(lines: &[&str], trusted_proxy: bool) -> String {
        let mut request = Request::get("/");
        for line in lines {
            request = request.header("x-forwarded-for", *line);
        }
        let mut request = request.body(Body::empty()).unwrap();
        request.extensions_mut().insert(ConnectInfo(SocketAddr::from(([192, 0, 2, 1], 40_000))));
        address_of(&request, trusted_proxy).map_or("-".into(), |address| address.to_string())
    }

    #[test]
    fn a_proxy_is_believed_only_when_it_is_trusted_and_only_for_what_it_wrote_itself() {
        assert_eq!(seen(&["203.0.113.9"], false), "192.0.2.1");
        assert_eq!(seen(&[], true), "192.0.2.1");
        assert_eq!(seen(&["203.0.113.9"], true), "203.0.113.9");
        // What the visitor invented stands before, in the same line or in one of its own.
        assert_eq!(seen(&["10.0.0.1, 203.0.113.9"], true), "203.0.113.9");
        assert_eq!(seen(&["10.0.0.1", "203.0.113.9"], true), "203.0.113.9");
        assert_eq!(seen(&["203.0.113.9:5123"], true), "203.0.113.9");
        assert_eq!(seen(&["::ffff:203.0.113.9"], true), "203.0.113.9");
        assert_eq!(seen(&["<script>"], true), "192.0.2.1");
    }
}
