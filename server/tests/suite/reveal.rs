//! Personal numbers in full, over the wire: never by an address alone.

use super::house::{House, page_of};
use axum::{
    body::Body,
    http::{Request, StatusCode, header},
};

#[tokio::test]
async fn an_address_alone_shows_no_number_in_full_and_a_reason_of_the_list_does() {
    let house = House::open().await;
    let cookie = house.staff(domain::role::Role::Reception).await;
    let token = cookie.split_once('=').map(|(_, token)| token);
    let door = office::sessions::Door::Staff;
    let clerk = house.office.who_of_token(door, token, office::who::Trace::default()).await.expect("somebody");
    let unit = house.office.books().places.by_key("xa-dong-xuan-ubnd").expect("a shipped office").id;
    let walk_in = office::counter::WalkIn {
        procedure_code: "2.000815".into(),
        name: "Sô Minh Thuận".into(),
        citizen_id: "054090004321".into(),
        ..office::counter::WalkIn::default()
    };
    let id = house.office.receive_at_counter(&clerk, unit, walk_in, house.office.new_id()).await.expect("received");
    for asked in ["x", "call", "Gọi+điện", "00000000-0000-7000-8000-000000000001"] {
        let page = page_of(&house, &cookie, &format!("/can-bo/ho-so/{id}?hien={asked}")).await;
        assert!(page.contains("0540••••••21") && !page.contains("054090004321"), "{asked}");
    }
    let reveal = async |reason: &str| {
        let command = house.office.new_id();
        let request = Request::post("/api/app/acts/reveal/reveal_personal_data")
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .header(header::ACCEPT, "text/html")
            .header(header::COOKIE, &cookie)
            .header("sec-fetch-site", "same-origin")
            .body(Body::from(format!("trang=/can-bo/ho-so/{id}&dossier={id}&command={command}&hien={reason}")))
            .expect("a request");
        house.send(request).await
    };
    for wrong in ["", "x"] {
        let answer = reveal(wrong).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{wrong}");
        assert!(answer.text.contains("Chọn lý do xem.") && !answer.text.contains("054090004321"), "{wrong}");
    }
    let answer = reveal("call").await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.text);
    let address = answer.header("location").split('#').next().unwrap_or_default().to_string();
    assert!(page_of(&house, &cookie, &address).await.contains("054090004321"));
}
