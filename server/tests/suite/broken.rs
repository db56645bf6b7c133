//! What people read when the program itself fails: a page like any other, and nothing of what broke.

use super::house::{Answer, House};
use axum::{
    Router,
    body::{Body, to_bytes},
    http::{Request, StatusCode, header},
    response::Response,
    routing::get,
};
use domain::role::Role;
use server::http::guarded;
use tower::ServiceExt;

const TITLE: &str = "Chưa mở được trang này";
/// What a database or a panic would say of itself.
const DETAILS: &[&str] = &["no such table", "sqlite", "select ", "_away", "panicked", "::", ".rs:"];

async fn page(house: &House, address: &str, cookie: &str) -> Answer {
    let request = Request::get(address).header(header::ACCEPT, "text/html").header(header::COOKIE, cookie);
    house.send(request.body(Body::empty()).expect("a request")).await
}

/// The answer is a whole page in the reader's language, safe, kept by nobody, and says what to do instead of what broke.
fn expect_plain(what: &str, (status, wanted): (StatusCode, StatusCode), response: &Response, html: &str) {
    assert_eq!(status, wanted, "{what}: {html}");
    let header = |name: &str| response.headers().get(name).and_then(|value| value.to_str().ok()).unwrap_or_default();
    assert!(header("content-type").starts_with("text/html"), "{what}: {}", header("content-type"));
    assert_eq!(header("x-content-type-options"), "nosniff", "{what}");
    assert_eq!(header("referrer-policy"), "same-origin", "{what}");
    assert_eq!(header("x-frame-options"), "SAMEORIGIN", "{what}");
    assert_eq!(header("cache-control"), "no-store", "{what}");
    let policy = header("content-security-policy");
    assert!(policy.contains("default-src 'none'") && !policy.contains("unsafe-inline"), "{what}: {policy}");
    assert!(html.contains("<html lang=\"vi\">"), "{what} has no language");
    assert!(html.contains(&format!("<title>{TITLE}")), "{what} has no title: {html}");
    assert_eq!(html.matches("<h1").count(), 1, "{what}: {html}");
    assert_eq!(html.matches("<main").count(), 1, "{what}: {html}");
    assert!(html.contains("Phần mềm gặp lỗi") && html.contains("Thử lại sau ít phút"), "{what}: {html}");
    let seen = visible(html);
    for detail in DETAILS {
        assert!(!seen.contains(detail), "{what} says {detail}: {seen}");
    }
}

/// What a reader sees: no tags, and nothing of a script. In small letters.
fn visible(html: &str) -> String {
    let html = html.to_lowercase();
    let mut seen = String::new();
    let mut parts = html.split("<script");
    seen.push_str(parts.next().unwrap_or_default());
    for part in parts {
        seen.push_str(part.split_once("</script>").map_or("", |(_, after)| after));
    }
    seen.split('<').map(|part| part.split_once('>').map_or(part, |(_, text)| text)).collect()
}

#[tokio::test]
async fn a_page_whose_data_is_lost_says_so_to_residents_and_staff_and_nothing_of_what_broke() {
    let house = House::open().await;
    let (resident, clerk) = (house.sign_up("998091112648").await, house.staff(Role::Reception).await);
    let readers = [(resident.as_str(), "/ho-so"), (clerk.as_str(), "/can-bo"), (clerk.as_str(), "/can-bo/viec/tat-ca")];
    for (cookie, address) in readers {
        assert_eq!(page(&house, address, cookie).await.status, StatusCode::OK, "{address} before");
    }
    house.lose_table("dossiers");
    for (cookie, address) in readers {
        let answer = page(&house, address, cookie).await;
        let wanted = StatusCode::INTERNAL_SERVER_ERROR;
        expect_plain(address, (answer.status, wanted), &answer.response, &answer.text);
    }
    // What asks nothing of the lost table goes on.
    assert_eq!(house.get("/thu-tuc").await.status, StatusCode::OK);
    assert_eq!(page(&house, "/can-bo/phim-tat", &clerk).await.status, StatusCode::OK);
}

#[tokio::test]
async fn where_nobody_can_be_recognised_the_answer_is_a_page_too() {
    let house = House::open().await;
    let cookie = house.sign_up("998091112648").await;
    house.lose_table("sessions");
    for address in ["/", "/ho-so"] {
        let answer = page(&house, address, &cookie).await;
        let wanted = StatusCode::SERVICE_UNAVAILABLE;
        expect_plain(address, (answer.status, wanted), &answer.response, &answer.text);
    }
}

async fn fail() -> &'static str {
    panic!("panicked at app::somewhere.rs:7 with what somebody typed")
}

#[tokio::test]
async fn a_fault_in_the_program_is_a_page_and_carries_every_header() {
    let house = House::open().await;
    let router: Router = guarded(Router::new().route("/", get(fail)), &house.state).with_state(house.state.clone());
    let response = router.oneshot(Request::get("/").body(Body::empty()).expect("a request")).await.expect("an answer");
    let (parts, body) = response.into_parts();
    let bytes = to_bytes(body, 1 << 20).await.expect("a body");
    let html = String::from_utf8_lossy(&bytes).into_owned();
    let response = Response::from_parts(parts, Body::empty());
    expect_plain("a panic", (response.status(), StatusCode::INTERNAL_SERVER_ERROR), &response, &html);
    assert!(!html.contains("somebody typed"), "{html}");
}
