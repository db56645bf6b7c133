//! What the router is given, written down in one list from which the browser tests take their pages: nothing that somebody can
//! read is outside it.

use super::house::House;
use app::context::IDENTITY_DOOR;
use axum::{
    body::Body,
    http::{Request, header},
};
use domain::role::Role;
use server::{
    http::{page_addresses, routes::ROUTES},
    identity,
};
use std::{collections::BTreeSet, fmt::Write as _, path::Path};

/// The list. `MOTCUA_TEST_UPDATE=1` writes it anew.
const LIST: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../end2end/support/router.txt");

/// What a person may read at an address that is no page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Shows {
    /// A page of the table: the form again that was refused, or the page of an unknown address.
    Page,
    /// A page that stands in no table ([`ALONE`]).
    Alone,
    /// No page: a file, a stream, a line for a program, or a status alone.
    Nothing,
}

/// Every route that is no page, and what it shows.
const BESIDE: &[(&str, &str, Shows)] = &[
    ("POST", "/api/{*act}", Shows::Page),
    ("GET", "/thu-tuc/{code}/ra-ngoai/{away}", Shows::Page),
    ("GET", IDENTITY_DOOR, Shows::Page),
    ("GET", identity::BACK, Shows::Page),
    ("GET", "/tep/{upload}", Shows::Alone),
    ("GET", "/giay-to/{paper}", Shows::Nothing),
    ("POST", app::citizen::my_data::ADDRESS, Shows::Page),
    ("GET", "/so-theo-doi/{file}", Shows::Nothing),
    ("POST", "/so-theo-doi/{file}", Shows::Page),
    ("GET", "/phieu-kiem-soat/{file}", Shows::Nothing),
    ("GET", "/ban-giao/{plan}/{heir}", Shows::Nothing),
    ("GET", "/su-kien", Shows::Nothing),
    ("POST", "/api/app/acts/counter/receive_at_counter", Shows::Page),
    ("POST", "/tai-len/nhap/{draft}", Shows::Page),
    ("POST", "/tai-len/ho-so/{dossier}", Shows::Page),
    ("POST", "/can-bo/tai-len/{dossier}", Shows::Page),
    ("POST", "/can-bo/tai-len/y-kien/{opinion}", Shows::Page),
    ("POST", "/can-bo/tai-len/thu-tuc", Shows::Page),
    ("GET", "/pkg/{file}", Shows::Nothing),
    ("GET", "/healthz", Shows::Nothing),
    ("GET", "/readyz", Shows::Nothing),
    ("GET", "/metrics", Shows::Nothing),
];

/// The pages that stand in no table, since nothing is asked of the database for them: their status, the file of
/// `server/src/http` that answers with them, where they come up, and their heading.
const ALONE: &[(u16, &str, &str, &str)] = &[
    (403, "networks.rs", "/can-bo", "Trang của cán bộ chỉ mở từ mạng cơ quan"),
    (422, "files.rs", "/tep/:upload", "Chưa mở được tệp này"),
    (429, "flood.rs", "/", "Trang đang nhận quá nhiều yêu cầu từ mạng này"),
    (500, "mod.rs", "/", "Chưa mở được trang này"),
    (503, "visitor.rs", "/", "Chưa mở được trang này"),
];

/// `/ho-so/{id}` as the table of pages has it: `/ho-so/:id`.
fn as_in_the_table(address: &str) -> String {
    address.replace('{', ":").replace('}', "")
}

/// The pages that the router is given.
fn pages_of(house: &House) -> BTreeSet<String> {
    page_addresses(&house.state).iter().map(|address| as_in_the_table(address)).collect()
}

/// The page that a look of the browser tests is at: of those that it fits, the one with the fewest variable parts.
fn page_of<'a>(pages: &'a BTreeSet<String>, look: &str) -> Option<&'a String> {
    let parts: Vec<&str> = look.split('?').next().unwrap_or_default().split('/').collect();
    let fits = |page: &&String| {
        let wanted: Vec<&str> = page.split('/').collect();
        wanted.len() == parts.len() && wanted.iter().zip(&parts).all(|(one, part)| one.starts_with(':') || one == part)
    };
    pages.iter().filter(fits).min_by_key(|page| page.matches(':').count())
}

#[tokio::test]
async fn the_browser_tests_look_at_every_page_that_the_router_is_given() {
    let house = House::open().await;
    let pages = pages_of(&house);
    let source = include_str!("../../../end2end/support/addresses.ts");
    let (_, table) = source.split_once("const PAGES").expect("the table of looks");
    let (table, _) = table.split_once("\n];").expect("its end");
    let looks = table.lines().filter_map(|line| Some(line.split_once("name: '")?.1.split_once('\'')?.0));
    let seen: BTreeSet<&String> = looks.filter_map(|look| page_of(&pages, look)).collect();
    let unseen: Vec<&String> = pages.iter().filter(|page| !seen.contains(page)).collect();
    assert!(!seen.is_empty() && unseen.is_empty(), "nobody looks at {unseen:?}");
}

#[tokio::test]
async fn the_list_of_the_browser_tests_is_what_the_router_is_given() {
    let house = House::open().await;
    let pages = pages_of(&house);
    assert!(pages.contains("/") && pages.contains("/ho-so/:id") && !pages.iter().any(|one| one.starts_with("/api/")));
    let mut list = String::from(
        "# What the router is given: the pages, what is reached beside them and what that shows, and the pages that stand in no\n\
         # table. The test of the router (server/tests/suite/router.rs) compares it; MOTCUA_TEST_UPDATE=1 writes it anew.\n",
    );
    for page in &pages {
        writeln!(list, "page {page}").expect("a line");
    }
    for (method, address, shows) in BESIDE {
        let shows = format!("{shows:?}").to_lowercase();
        writeln!(list, "beside {method} {} {shows}", as_in_the_table(address)).expect("a line");
    }
    for (status, file, address, heading) in ALONE {
        writeln!(list, "alone {status} {file} {address} {heading}").expect("a line");
    }
    if std::env::var_os("MOTCUA_TEST_UPDATE").is_some() {
        std::fs::write(LIST, &list).expect("written");
    }
    assert_eq!(std::fs::read_to_string(LIST).unwrap_or_default(), list, "{LIST} is another");
}

#[test]
fn every_route_beside_the_pages_says_what_it_shows() {
    let routes: Vec<_> = ROUTES.iter().map(|route| (route.method, route.address)).collect();
    let listed: Vec<_> = BESIDE.iter().map(|(method, address, _)| (*method, *address)).collect();
    assert_eq!(listed, routes);
}

#[tokio::test]
async fn what_shows_no_page_shows_none_to_strangers_residents_and_staff() {
    let house = House::open().await;
    let cookies = [String::new(), house.sign_up("998091112648").await, house.staff(Role::Controller).await];
    let nothing = BESIDE.iter().filter(|(method, _, shows)| *method == "GET" && *shows == Shows::Nothing);
    for (_, address, _) in nothing {
        let parts = address.split('/').map(|part| match part.starts_with('{') {
            true => "00000000-0000-7000-8000-000000000001",
            false => part,
        });
        let asked = parts.collect::<Vec<_>>().join("/");
        for cookie in &cookies {
            let request = Request::get(&asked).header(header::ACCEPT, "text/html").header(header::COOKIE, cookie);
            // A stream begins and does not end: its head says enough.
            let answer = house.send_raw(request.body(Body::empty()).expect("a request")).await;
            let kind = answer.headers().get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok());
            assert!(!kind.is_some_and(|kind| kind.contains("html")), "{asked} shows a page: {kind:?}");
        }
    }
}

/// A page that Leptos does not make comes from `bare` alone, and whoever takes one from there is in [`ALONE`].
#[test]
fn every_page_that_stands_in_no_table_is_in_the_list() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/http");
    let (mut taken, mut made) = (Vec::new(), Vec::new());
    for entry in std::fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let text = std::fs::read_to_string(&path).expect("a file");
        let calls = text.matches("bare::page(").count() + text.matches("bare::broken(").count();
        taken.extend((0..calls).map(|_| name.clone()));
        if text.contains("text/html; charset") || text.contains("Html(") {
            made.push(name);
        }
    }
    taken.sort_unstable();
    let mut listed: Vec<&str> = ALONE.iter().map(|(_, file, ..)| *file).collect();
    listed.sort_unstable();
    assert_eq!(taken, listed);
    assert_eq!(made, ["bare.rs"], "a page of the program's own text");
    let headings = [include_str!("../../src/http/bare.rs"), include_str!("../../src/http/files.rs")];
    let headings =
        headings.join("") + include_str!("../../src/http/networks.rs") + include_str!("../../src/http/flood.rs");
    for (_, _, _, heading) in ALONE {
        assert!(headings.contains(&format!("t(\"{heading}\")")), "no page is headed {heading}");
    }
}
