//! The networks that staff may come from: the office's own and the state's wide area network, when the operator names them.
//!
//! Outside them nobody is staff: a session that was opened inside is not read, and the door does not open.

use super::{State, bare};
use app::words::t;
use axum::{http::StatusCode, response::Response};
use ipnet::IpNet;
use std::{net::IpAddr, sync::Arc};

/// Networks of staff; none named is every network. Cheap to clone.
#[derive(Debug, Clone, Default)]
pub struct StaffNetworks(Arc<[IpNet]>);

impl StaffNetworks {
    /// Reads networks such as `10.20.0.0/16`, or single addresses.
    ///
    /// # Errors
    /// The first that is neither.
    pub fn parse(networks: &[String]) -> Result<Self, String> {
        let read = |text: &String| {
            let text = text.trim();
            text.parse().or_else(|_| text.parse::<IpAddr>().map(IpNet::from)).map_err(|_| text.to_owned())
        };
        networks.iter().filter(|text| !text.trim().is_empty()).map(read).collect::<Result<_, _>>().map(Self)
    }

    /// Whether staff may come from there. A visitor whose address nobody knows comes from none of them.
    pub(super) fn let_in(&self, address: Option<IpAddr>) -> bool {
        self.0.is_empty() || address.is_some_and(|address| self.0.iter().any(|network| network.contains(&address)))
    }
}

/// What somebody outside is told at a page of staff.
pub(super) fn outside(state: &State) -> Response {
    let title = t("Trang của cán bộ chỉ mở từ mạng cơ quan");
    let how =
        t("Dùng máy ở cơ quan, hoặc mạng riêng mà người quản trị đã chỉ. Việc của người dân vẫn làm được ở mọi nơi.");
    bare::page(state, StatusCode::FORBIDDEN, title, &[how])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn networks(list: &[&str]) -> Result<StaffNetworks, String> {
        StaffNetworks::parse(&list.iter().map(|one| (*one).to_owned()).collect::<Vec<_>>())
    }

    #[test]
    fn staff_come_from_the_named_networks_and_from_anywhere_when_none_is_named() {
        let address = |text: &str| Some(text.parse::<IpAddr>().unwrap());
        let named = networks(&["10.20.0.0/16", " 203.0.113.9 ", "2001:db8::/32", ""]).unwrap();
        for inside in ["10.20.3.4", "203.0.113.9", "2001:db8::1"] {
            assert!(named.let_in(address(inside)), "{inside}");
        }
        for outside in ["10.21.0.1", "203.0.113.10", "127.0.0.1", "2001:db9::1"] {
            assert!(!named.let_in(address(outside)), "{outside}");
        }
        assert!(!named.let_in(None));
        let any = networks(&[]).unwrap();
        assert!(any.let_in(address("203.0.113.10")) && any.let_in(None));
        assert_eq!(networks(&["10.20.0.0/16", "mạng lan"]).unwrap_err(), "mạng lan");
    }
}
