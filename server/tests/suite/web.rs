//! The web's promises to strangers.

use super::house::House;
use axum::{
    body::Body,
    http::{Request, StatusCode, header},
};
use office::import::read_procedure_file;

#[tokio::test]
async fn every_public_page_is_whole_without_script_and_names_no_other_host() {
    let house = House::open().await;
    for page in
        ["/", "/thu-tuc", "/thu-tuc?q=khai+sinh", "/thu-tuc/1.001193", "/tra-cuu", "/dang-nhap", "/dang-ky", "/lien-he"]
    {
        let answer = house.get(page).await;
        assert_eq!(answer.status, StatusCode::OK, "{page}");
        let html = &answer.text;
        assert!(html.contains("<html lang=\"vi\">"), "{page} has no language");
        assert_eq!(html.matches("<h1").count(), 1, "{page} has not one heading");
        assert!(html.contains("<title>"), "{page} has no title");
        assert!(!html.contains(" style=\""), "{page} has a style attribute");
        assert!(!html.contains("src=\"http") && !html.contains("<link href=\"http"), "{page} loads from another host");
    }
}

#[tokio::test]
async fn an_unknown_address_and_an_unknown_procedure_get_a_helpful_404() {
    let house = House::open().await;
    for page in ["/khong-co-trang-nay", "/thu-tuc/9.999999", "/.env", "/.git/config", "/data/motcua.db"] {
        let answer = house.get(page).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{page}");
        assert!(answer.text.contains("<h1"), "{page} is no page");
    }
}

#[tokio::test]
async fn a_procedure_leads_out_only_through_our_door_and_only_to_its_own_addresses() {
    let house = House::open().await;
    let fixture = include_str!("../../../app/domain/tests/fixtures/procedures/9.000001.json");
    house
        .office
        .import_procedures(&office::Who::system(), read_procedure_file(fixture).expect("a record"))
        .await
        .expect("imported");
    for (page, place, address) in [
        ("/thu-tuc/9.000001", "van-ban-1", "https://vanban.chinhphu.vn/123"),
        ("/thu-tuc/1.004222", "cong-quoc-gia", "https://dichvucong.gov.vn/"),
    ] {
        let door = format!("{page}/ra-ngoai/{place}");
        let html = house.get(page).await.text;
        assert!(html.contains(&format!("href=\"{door}\"")), "{page} has no way out");
        assert!(!html.contains("href=\"http"), "{page} names another host");
        let host = address.split('/').nth(2).expect("a host");
        assert!(html.contains(host), "{page} does not say where it leads");
        let answer = house.get(&door).await;
        assert_eq!((answer.status, answer.header("location")), (StatusCode::SEE_OTHER, address));
    }
    for nowhere in
        ["1.004222/ra-ngoai/van-ban-99", "1.004222/ra-ngoai/https:a.example", "9.999999/ra-ngoai/cong-quoc-gia"]
    {
        let answer = house.get(&format!("/thu-tuc/{nowhere}")).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{nowhere}");
        assert!(answer.text.contains("<h1"), "{nowhere} is no page");
    }
}

#[tokio::test]
async fn staff_pages_send_strangers_to_the_staffs_door() {
    let house = House::open().await;
    let answer = house.get("/can-bo/viec/qua-han?q=lan").await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER);
    assert_eq!(answer.header("location"), "/can-bo/dang-nhap?den=%2Fcan-bo%2Fviec%2Fqua-han%3Fq%3Dlan");
}

#[tokio::test]
async fn residents_pages_send_strangers_to_the_residents_door() {
    let house = House::open().await;
    let answer = house.get("/ho-so").await;
    assert!(answer.status.is_redirection(), "{}", answer.status);
    assert_eq!(answer.header("location"), "/dang-nhap?den=%2Fho-so");
}

#[tokio::test]
async fn a_post_from_another_site_is_refused() {
    let house = House::open().await;
    let request = Request::post("/api/app/acts/sessions/sign_in")
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
        .header("sec-fetch-site", "cross-site")
        .header("origin", "https://elsewhere.example")
        .body(Body::from("citizen_id=1&password=x"))
        .expect("a request");
    assert_eq!(house.send(request).await.status, StatusCode::FORBIDDEN);
}

#[tokio::test]
async fn every_answer_carries_the_headers_that_keep_it_safe() {
    let house = House::open().await;
    for page in ["/", "/healthz", "/khong-co"] {
        let answer = house.get(page).await;
        assert_eq!(answer.header("x-content-type-options"), "nosniff", "{page}");
        assert_eq!(answer.header("referrer-policy"), "same-origin", "{page}");
        let policy = answer.header("content-security-policy");
        assert!(policy.contains("default-src 'none'") && !policy.contains("unsafe-inline"), "{page}: {policy}");
        assert!(!policy.replace("wasm-unsafe-eval", "").contains("unsafe-eval"), "{page}: {policy}");
    }
    let (first, second) = (house.get("/").await, house.get("/").await);
    assert_ne!(
        first.header("content-security-policy"),
        second.header("content-security-policy"),
        "a nonce was used twice"
    );
}

#[tokio::test]
async fn a_refused_form_comes_back_with_its_sentence_and_what_was_typed_but_the_password() {
    let house = House::open().await;
    let body = "trang=%2Fdang-ky&citizen_id=123&name=H%E1%BB%9D+Th%E1%BB%8B+Lan&phone=&password=dai-va-bi-mat&password_again=dai-va-bi-mat\
        &command=00000000-0000-7000-8000-000000000001";
    let answer = house.post("/api/app/acts/sessions/sign_up", body).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(answer.text.contains("value=\"Hờ Thị Lan\""), "the name was lost");
    assert!(answer.text.contains("value=\"123\""), "the number was lost");
    assert!(!answer.text.contains("dai-va-bi-mat"), "the password came back");
}

#[tokio::test]
async fn signing_up_opens_a_session_that_ends_when_signing_out() {
    let house = House::open().await;
    let body = "citizen_id=998091112648&name=H%E1%BB%9D+Th%E1%BB%8B+Lan&password=dai-va-bi-mat&password_again=dai-va-bi-mat\
        &command=00000000-0000-7000-8000-000000000001";
    let answer = house.post("/api/app/acts/sessions/sign_up", body).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.text);
    let cookie = answer.header("set-cookie").to_string();
    for word in ["__Host-motcua=", "HttpOnly", "Secure", "SameSite=Lax", "Path=/"] {
        assert!(cookie.contains(word), "{cookie} lacks {word}");
    }
    let pair = cookie.split(';').next().unwrap_or_default().to_string();
    let mine = |method: &str, address: &str| {
        Request::builder()
            .method(method)
            .uri(address)
            .header(header::COOKIE, &pair)
            .header(header::ACCEPT, "text/html")
            .header("sec-fetch-site", "same-origin")
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .body(Body::empty())
            .expect("a request")
    };
    let page = house.send(mine("GET", "/ho-so")).await;
    assert_eq!(page.status, StatusCode::OK);
    assert_eq!(page.header("cache-control"), "no-store");
    assert_eq!(house.send(mine("POST", "/api/app/acts/sessions/sign_out")).await.status, StatusCode::SEE_OTHER);
    assert!(house.send(mine("GET", "/ho-so")).await.status.is_redirection());
}

#[tokio::test]
async fn whoever_meets_a_failure_of_ours_reads_the_code_under_which_the_log_has_it() {
    let house = House::open().await;
    house.office.db().close().await;
    let page = house.get("/tra-cuu?ma=H15.50.05.13-261123-0007&khoa=K7MP").await;
    let form =
        house.post("/api/app/acts/sessions/sign_in", "citizen_id=054090004321&password=x&trang=%2Fdang-nhap").await;
    for answer in [page, form] {
        assert_eq!(answer.status, StatusCode::INTERNAL_SERVER_ERROR, "{}", answer.text);
        let id = answer.header("x-request-id");
        assert_eq!(id.len(), 32, "{id}");
        let code = format!("mã báo lỗi {}.", &id[24..]);
        assert!(answer.text.contains(&code), "no {code} on {}", answer.text);
        // What broke is the log's.
        assert!(!answer.text.to_lowercase().contains("pool"), "{}", answer.text);
    }
}
