//! What the web keeps from people who mean harm, and from floods.

use super::house::{Answer, Form, House, posted};
use axum::{
    body::Body,
    http::{Method, Request, StatusCode, header},
};
use domain::role::Role;
use futures::StreamExt;
use office::staff::{NewPosition, NewStaff, Welcome};
use server::http::FloodLimit;
use std::time::Duration;

const PASSWORD: &str = "mat-khau-that-dai";
const PNG: &[u8] = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01";

async fn employ(house: &House, role: Role) -> Welcome {
    let office = house.office.books().places.by_key("xa-dong-xuan-phuc-vu-hanh-chinh-cong").expect("an office").id;
    let position = NewPosition { office, role, title: String::new(), from: house.office.now().day(), to: None };
    let new = NewStaff {
        login: "lan.ht".into(),
        name: "Hờ Thị Lan".into(),
        phone: None,
        password: PASSWORD.into(),
        positions: vec![position],
    };
    house.office.create_staff(&office::Who::operator("root"), new).await.expect("a member of staff")
}

/// A request as our own pages make it.
fn ours(method: Method, address: &str, cookie: &str) -> axum::http::request::Builder {
    Request::builder()
        .method(method)
        .uri(address)
        .header(header::COOKIE, cookie)
        .header(header::ACCEPT, "text/html")
        .header("sec-fetch-site", "same-origin")
}

async fn upload(house: &House, address: &str, cookie: &str, accept: &str, form: Form) -> Answer {
    let mut request = posted(address, cookie, Body::from(form.end()));
    request.headers_mut().insert(header::ACCEPT, accept.parse().expect("a header"));
    house.send(request).await
}

/// A resident's session and a draft.
async fn resident_with_draft(house: &House) -> (String, uuid::Uuid) {
    let cookie = house.sign_up("054090004321").await;
    let token = cookie.split_once('=').expect("a cookie").1;
    let trace = office::who::Trace::default();
    let who =
        house.office.who_of_token(office::sessions::Door::Resident, Some(token), trace).await.expect("a resident");
    let office = house.office.books().places.by_key("xa-dong-xuan-ubnd").expect("an office").id;
    let draft = house.office.start_draft(&who, "1.001193", office, house.office.new_id()).await.expect("a draft");
    (cookie, draft)
}

#[tokio::test]
async fn no_page_allows_script_or_style_that_is_not_its_own() {
    let house = House::open().await;
    for page in ["/", "/thu-tuc", "/thu-tuc/1.001193", "/tra-cuu", "/dang-nhap", "/can-bo/dang-nhap", "/khong-co"] {
        let answer = house.get(page).await;
        let policy = answer.header("content-security-policy");
        let directive = |name: &str| {
            let found = policy.split(';').map(str::trim).find(|one| one.split(' ').next() == Some(name));
            found.unwrap_or_else(|| panic!("{page}: no {name} in {policy}")).to_string()
        };
        assert_eq!(policy.replace("'wasm-unsafe-eval'", "").matches("unsafe").count(), 0, "{page}: {policy}");
        assert_eq!(directive("default-src"), "default-src 'none'");
        assert_eq!(directive("style-src"), "style-src 'self'");
        assert_eq!(directive("base-uri"), "base-uri 'none'");
        assert_eq!(directive("object-src"), "object-src 'none'");
        assert_eq!(directive("form-action"), "form-action 'self'");
        let script = directive("script-src");
        let nonce = script.split("'nonce-").nth(1).and_then(|rest| rest.split('\'').next()).expect("a nonce");
        assert!(nonce.len() >= 22, "{page}: a nonce that can be guessed: {nonce}");
        for tag in answer.text.split("<script").skip(1) {
            let tag = tag.split('>').next().unwrap_or_default();
            assert!(
                tag.contains(nonce) || tag.contains("application/json"),
                "{page}: a script without the nonce: {tag}"
            );
        }
        for handler in [" onclick=", " onload=", " onerror=", "javascript:", " style=", "<style"] {
            assert!(!answer.text.contains(handler), "{page} holds {handler}");
        }
    }
}

#[tokio::test]
async fn every_way_to_change_something_is_closed_to_other_sites() {
    let house = House::open().await;
    let acts = server_fn::axum::server_fn_paths().map(|(path, _)| path.to_string());
    let files = ["/tai-len/nhap", "/tai-len/ho-so", "/can-bo/tai-len", "/can-bo/tai-len/y-kien"];
    let files = files.map(|desk| format!("{desk}/00000000-0000-7000-8000-000000000001"));
    for address in acts.chain(files) {
        for (name, value) in
            [("sec-fetch-site", "cross-site"), ("sec-fetch-site", "same-site"), ("origin", "https://elsewhere.example")]
        {
            let request = Request::post(&address).header(header::HOST, "motcua.example").header(name, value);
            let answer = house.send(request.body(Body::empty()).expect("a request")).await;
            assert_eq!(answer.status, StatusCode::FORBIDDEN, "{address} with {name}: {value}");
        }
    }
}

#[tokio::test]
async fn staff_come_in_with_a_cookie_that_only_this_host_gets_and_its_token_is_nowhere_in_the_database() {
    let house = House::open().await;
    let welcome = employ(&house, Role::Reception).await;
    let sign_in = async |password: &str, code: &str| {
        let body = format!("trang=%2Fcan-bo%2Fdang-nhap&login=lan.ht&password={password}&code={code}");
        house.post("/api/app/acts/sessions/sign_in_staff", &body).await
    };
    let sentence = |answer: &Answer| {
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(!answer.text.contains(PASSWORD), "the password came back");
        answer.text.contains("Tên đăng nhập, mật khẩu hoặc mã dùng một lần chưa đúng")
    };
    assert!(sentence(&sign_in(PASSWORD, "000000").await), "a wrong code is told apart");
    assert!(sentence(&sign_in("sai-mat-khau", &welcome.recovery_codes[0]).await), "a wrong password is told apart");
    let answer = sign_in(PASSWORD, &welcome.recovery_codes[0]).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER);
    let cookie = answer.header("set-cookie").to_string();
    for word in ["__Host-motcua-canbo=", "HttpOnly", "Secure", "SameSite=Lax", "Path=/"] {
        assert!(cookie.contains(word), "{cookie} lacks {word}");
    }
    assert!(!cookie.contains("Domain"), "{cookie}");
    let pair = cookie.split(';').next().expect("a cookie");
    let page = house.send(ours(Method::GET, "/can-bo", pair).body(Body::empty()).expect("a request")).await;
    assert_eq!((page.status, page.header("cache-control")), (StatusCode::OK, "no-store"));
    let token = pair.split_once('=').expect("a cookie").1;
    let mut tx = house.office.db().read().await.expect("a look");
    assert!(store::sessions::session_by_token(&mut tx, token).await.expect("an answer").is_none());
}

#[tokio::test]
async fn a_file_goes_out_as_a_file_and_runs_nowhere() {
    let house = House::open().await;
    let (cookie, draft) = resident_with_draft(&house).await;
    let address = format!("/tai-len/nhap/{draft}");
    let body = Form::new().field("cau", "giay-to").file("tep", "../../khai \u{00e2}m <b>;x.png", PNG);
    let answer = upload(&house, &address, &cookie, "application/json", body).await;
    assert_eq!(answer.status, StatusCode::CREATED, "{}", answer.text);
    let row: serde_json::Value = serde_json::from_str(&answer.text).expect("JSON");
    let id = row["id"].as_str().expect("an id");
    for (wish, way) in [("", "inline"), ("?tai=1", "attachment")] {
        let file =
            house.send(ours(Method::GET, &format!("/tep/{id}{wish}"), &cookie).body(Body::empty()).unwrap()).await;
        assert_eq!(file.status, StatusCode::OK);
        assert_eq!(file.header("content-type"), "image/png", "by its bytes, not by its name");
        let disposition = file.header("content-disposition");
        assert!(disposition.starts_with(&format!("{way}; filename*=UTF-8''")), "{disposition}");
        assert!(!disposition.contains(['<', '/', '"']) && disposition.matches(';').count() == 1, "{disposition}");
        assert_eq!(file.header("x-content-type-options"), "nosniff");
        assert_eq!(file.header("cache-control"), "private, no-store");
        assert_eq!(file.header("content-security-policy"), "default-src 'none'; frame-ancestors 'self'; sandbox");
    }
    let stranger = house.get(&format!("/tep/{id}")).await;
    assert_eq!((stranger.status, stranger.text.as_str()), (StatusCode::NOT_FOUND, ""));
    // The plain form goes back to where it came from.
    let body = Form::new().field("cau", "giay-to").file("tep", "b.png", PNG);
    assert_eq!(upload(&house, &address, &cookie, "text/html", body).await.status, StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn what_is_no_file_of_ours_is_refused_with_a_sentence() {
    let house = House::open().await;
    let (cookie, draft) = resident_with_draft(&house).await;
    let address = format!("/tai-len/nhap/{draft}");
    let too_large = [b"%PDF-1.7\n".as_slice(), &vec![7; 10 << 20]].concat();
    let long_question = vec![b'x'; 1 << 20];
    let forms = [
        Form::new().field("cau", "giay-to").file("tep", "a.png", b"<script>alert(1)</script>"),
        Form::new().field("cau", "giay-to").file("tep", "a.pdf", &too_large),
        Form::new().field("cau", "giay-to").file("tep", "a.pdf", b""),
        Form::new().field("cau", &long_question).file("tep", "a.png", PNG),
        Form::new().field("cau", "giay-to"),
    ];
    for body in forms {
        let answer = upload(&house, &address, &cookie, "application/json", body).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", answer.text);
        let told: serde_json::Value = serde_json::from_str(&answer.text).expect("JSON");
        assert!(told["problem"].as_str().is_some_and(|words| words.ends_with('.')), "{told}");
    }
    // One handler, three desks: each looks at its own door.
    let body = || Form::new().field("cau", "giay-to").file("tep", "a.png", PNG);
    let elsewhere = [format!("/tai-len/ho-so/{draft}"), format!("/can-bo/tai-len/{draft}")];
    let [to_dossier, by_staff] = &elsewhere;
    assert_eq!(upload(&house, to_dossier, &cookie, "application/json", body()).await.status, StatusCode::NOT_FOUND);
    let answer = upload(&house, by_staff, &cookie, "application/json", body()).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "staff's addresses lead to staff's door");
}

#[tokio::test]
async fn outside_the_named_networks_nobody_is_staff_and_residents_notice_nothing() {
    let house = House::open_for_staff_in(&["10.20.0.0/16", "127.0.0.1"]).await;
    let cookie = house.staff(domain::role::Role::Controller).await;
    let ask = |method: &str, address: &str| {
        let request = Request::builder().method(method).uri(address).header(header::COOKIE, &cookie);
        let request = request.header("sec-fetch-site", "same-origin");
        request
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .body(Body::empty())
            .expect("a request")
    };
    let (inside, outside) = ([10, 20, 0, 7], [203, 0, 113, 9]);
    assert_eq!(house.send_from(inside, ask("GET", "/can-bo")).await.status, StatusCode::OK);
    for address in ["/can-bo", "/can-bo/dang-nhap", "/can-bo/khong-de-sot"] {
        let answer = house.send_from(outside, ask("GET", address)).await;
        assert_eq!(answer.status, StatusCode::FORBIDDEN, "{address}");
        assert!(answer.text.contains("chỉ mở từ mạng cơ quan"), "{address}");
    }
    let door = house.send_from(outside, ask("POST", "/api/app/acts/sessions/sign_in_staff")).await;
    assert_eq!(door.status, StatusCode::FORBIDDEN);
    // What staff reach by addresses of everybody: the session is not read. Every such route is tried beside the table of
    // routes (`acts.rs`).
    let sheet = "/so-theo-doi/so.xlsx?tu=2026-11-01&den=2026-11-23";
    assert_eq!(house.send_from(inside, ask("GET", sheet)).await.status, StatusCode::OK);
    let refused = house.send_from(outside, ask("GET", sheet)).await.status;
    assert!([StatusCode::UNAUTHORIZED, StatusCode::FORBIDDEN].contains(&refused), "{refused}");
    assert_eq!(house.send_from(outside, ask("GET", "/")).await.status, StatusCode::OK);
    assert_eq!(house.send_from(outside, ask("GET", "/dang-nhap")).await.status, StatusCode::OK);
}

#[tokio::test]
async fn an_address_that_floods_waits_and_nobody_else_does() {
    let house = House::open_with(FloodLimit::new(1, 20)).await;
    let get =
        |page: &str| Request::get(page).header(header::ACCEPT, "text/html").body(Body::empty()).expect("a request");
    let flood = [203, 0, 113, 9];
    for _ in 0..20 {
        assert_eq!(house.send_from(flood, get("/dang-nhap")).await.status, StatusCode::OK);
    }
    let answer = house.send_from(flood, get("/dang-nhap")).await;
    assert_eq!(answer.status, StatusCode::TOO_MANY_REQUESTS);
    let seconds: u64 = answer.header("retry-after").parse().expect("seconds");
    assert!((1..=20).contains(&seconds), "{seconds}");
    for whole in ["<html lang=\"vi\">", "<title>", "<h1>Trang đang nhận quá nhiều yêu cầu từ mạng này</h1>"]
    {
        assert!(answer.text.contains(whole), "{}", answer.text);
    }
    assert_eq!(answer.header("cache-control"), "no-store");
    assert_eq!(answer.header("x-content-type-options"), "nosniff");
    // Acts and files wait too; what a page is made of, and what the operator asks, does not.
    let act = Request::post("/api/app/acts/sessions/sign_in").header("sec-fetch-site", "same-origin");
    let act = act.body(Body::empty()).expect("a request");
    assert_eq!(house.send_from(flood, act).await.status, StatusCode::TOO_MANY_REQUESTS);
    for address in ["/pkg/citizen.css", "/healthz", "/readyz"] {
        assert_ne!(house.send_from(flood, get(address)).await.status, StatusCode::TOO_MANY_REQUESTS, "{address}");
    }
    assert_eq!(house.send_from([203, 0, 113, 10], get("/dang-nhap")).await.status, StatusCode::OK);
    // A word of a proxy that nobody trusts opens no second account.
    let mut disguised = get("/dang-nhap");
    disguised.headers_mut().insert("x-forwarded-for", "198.51.100.1".parse().expect("a header"));
    assert_eq!(house.send_from(flood, disguised).await.status, StatusCode::TOO_MANY_REQUESTS);
}

#[tokio::test]
async fn figures_are_for_this_machine_alone() {
    let house = House::open().await;
    let ask = || Request::get("/metrics").body(Body::empty()).expect("a request");
    assert_eq!(house.send_from([127, 0, 0, 1], ask()).await.status, StatusCode::OK);
    let elsewhere = house.send_from([192, 0, 2, 1], ask()).await;
    assert_eq!((elsewhere.status, elsewhere.text.as_str()), (StatusCode::NOT_FOUND, ""));
}

#[tokio::test]
async fn a_program_that_stops_is_not_ready_and_ends_its_streams() {
    let house = House::open().await;
    let welcome = employ(&house, Role::Reception).await;
    let code = &welcome.recovery_codes[0];
    let body = format!("login=lan.ht&password={PASSWORD}&code={code}");
    let answer = house.post("/api/app/acts/sessions/sign_in_staff", &body).await;
    let cookie = answer.header("set-cookie").split(';').next().expect("a cookie").to_string();
    assert_eq!(house.get("/readyz").await.status, StatusCode::OK);
    let listen = ours(Method::GET, "/su-kien", &cookie).body(Body::empty()).expect("a request");
    let response = house.begin([127, 0, 0, 1], listen).await;
    assert_eq!(response.status(), StatusCode::OK);
    let mut stream = response.into_body().into_data_stream();
    let silence = tokio::time::timeout(Duration::from_millis(100), stream.next()).await;
    assert!(silence.is_err(), "a stream goes on while the program does");
    house.stopping.cancel();
    let end = async { while stream.next().await.is_some() {} };
    tokio::time::timeout(Duration::from_secs(2), end).await.expect("the stream ends");
    assert_eq!(house.get("/readyz").await.status, StatusCode::SERVICE_UNAVAILABLE);
    assert_eq!(house.get("/healthz").await.status, StatusCode::OK);
}
