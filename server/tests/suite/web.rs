//! The web's promises to strangers.

use super::house::House;
use axum::{
    body::Body,
    http::{Request, StatusCode, header},
};

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
    let body = "trang=%2Fdang-ky&citizen_id=123&name=H%E1%BB%9D+Th%E1%BB%8B+Lan&phone=&password=dai-va-bi-mat&password_again=dai-va-bi-mat";
    let answer = house.post("/api/app/acts/sessions/sign_up", body).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(answer.text.contains("value=\"Hờ Thị Lan\""), "the name was lost");
    assert!(answer.text.contains("value=\"123\""), "the number was lost");
    assert!(!answer.text.contains("dai-va-bi-mat"), "the password came back");
}

#[tokio::test]
async fn signing_up_opens_a_session_that_ends_when_signing_out() {
    let house = House::open().await;
    let body =
        "citizen_id=998091112648&name=H%E1%BB%9D+Th%E1%BB%8B+Lan&password=dai-va-bi-mat&password_again=dai-va-bi-mat";
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

/// A page of somebody signed in.
async fn page_of(house: &House, cookie: &str, address: &str) -> String {
    let request = Request::get(address).header(header::COOKIE, cookie).body(Body::empty()).expect("a request");
    let answer = house.send(request).await;
    assert_eq!(answer.status, StatusCode::OK, "{address}");
    answer.text
}

/// What a page says of fees, to the end of their section.
fn fees_of(page: &str) -> &str {
    let from = page.split_once("id=\"phi\"").expect("the section of fees").1;
    from.split_once("</section>").map_or(from, |(fees, _)| fees)
}

#[tokio::test]
async fn before_filing_and_on_the_review_no_fee_is_a_bare_zero() {
    let house = House::open().await;
    let cookie = house.sign_up("998091112648").await;
    let books = house.office.books();
    let unit = books.places.by_key("xa-dong-xuan-ubnd").expect("a shipped office").id;
    let today = house.office.now().day();
    let all = books.catalogue.all(today).map(|procedure| (procedure.code.clone(), procedure.can_apply_online(today)));
    for (code, online) in all {
        let mut pages = vec![format!("/nop-ho-so/{code}")];
        if online {
            let body = format!("code={code}&office_id={unit}");
            let request = Request::post("/api/app/acts/drafts/start_draft")
                .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
                .header(header::ACCEPT, "text/html")
                .header(header::COOKIE, &cookie)
                .header("sec-fetch-site", "same-origin")
                .body(Body::from(body))
                .expect("a request");
            let answer = house.send(request).await;
            assert_eq!(answer.status, StatusCode::SEE_OTHER, "{code}: {}", answer.text);
            pages.push(format!("{}/xem-lai", answer.header("location")));
        }
        for address in pages {
            let page = page_of(&house, &cookie, &address).await;
            let fees = fees_of(&page).replace("“Phí: 0 VNĐ”", "").replace("“Lệ phí: 0 VNĐ”", "");
            assert!(!fees.contains(">0\u{a0}đ") && !fees.contains(": 0\u{a0}đ"), "{code} {address}: {fees}");
            assert!(!fees.contains("0 VNĐ (") && !fees.contains(": 0 VNĐ"), "{code} {address}: {fees}");
        }
    }
    let house_building = page_of(&house, &cookie, "/nop-ho-so/1.013225").await;
    assert!(fees_of(&house_building).contains("Theo mức của tỉnh"), "the People's Council sets it");
    let allowance = page_of(&house, &cookie, "/nop-ho-so/1.001776").await;
    assert!(fees_of(&allowance).contains("Không thu"), "nothing is taken, in words");
}

#[tokio::test]
async fn the_help_page_says_where_each_centre_is_how_it_is_called_and_where_complaints_go() {
    let house = House::open_demo().await;
    let page = house.get("/lien-he").await.text;
    for words in
        ["Khu phố Long Bình, xã Đồng Xuân", "Thôn Lãnh Vân, xã Xuân Lãnh", "xã Phú Mỡ, tỉnh", "xã Xuân Phước, tỉnh"]
    {
        assert!(page.contains(words), "{words}");
    }
    let books = house.office.books();
    for desk in books.places.authorities_on(house.office.now().day()) {
        let desk = books.places.one_stop_of(desk.id, house.office.now().day()).expect("a reception");
        let phone = &books.places.contact_of(desk.id).expect("a contact").phone;
        assert!(phone.starts_with("+84900000"), "{phone} is outside the block of the demonstration");
        assert!(page.contains(&format!("href=\"tel:{phone}\"")), "{phone}");
    }
    assert!(page.contains("id=\"khieu-nai\"") && page.contains("chưa nhận khiếu nại, phản ánh qua mạng"));
    // Where nothing has been entered, the page says so, and whom to call.
    let page = House::open().await.get("/lien-he").await.text;
    assert!(page.contains("Chưa có trong dữ liệu. Gọi 1022") && !page.contains("0900"));
}
