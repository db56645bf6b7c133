//! Pages of staff over the wire: what the counter offers, and the record of a dossier.

use super::house::{Answer, House};
use axum::{
    body::Body,
    http::{Request, StatusCode, header},
};
use domain::role::Role;
use office::{Uuid, Who, counter::WalkIn, reveal::Reveal};

async fn page(house: &House, cookie: &str, address: &str) -> Answer {
    let request = Request::get(address).header(header::COOKIE, cookie).body(Body::empty()).expect("a request");
    house.send(request).await
}

async fn received(house: &House, reception: &Who) -> Uuid {
    let office = &house.office;
    let unit = office.books().places.by_key("xa-dong-xuan-ubnd").expect("a shipped office").id;
    let walk_in = WalkIn { procedure_code: "1.001612".into(), name: "Sô Minh Thuận".into(), ..WalkIn::default() };
    office.receive_at_counter(reception, unit, walk_in, office.new_id()).await.expect("received")
}

#[tokio::test]
async fn the_counter_offers_what_is_received_here_and_says_where_the_rest_is_filed() {
    let house = House::open().await;
    let cookie = house.staff(Role::Reception).await;
    // 1.004222 is filed on the national portal.
    let chosen = page(&house, &cookie, "/can-bo/quay?thu_tuc=1.004222").await;
    assert_eq!(chosen.status, StatusCode::OK);
    assert!(chosen.text.contains("Không nhận ở quầy này"), "{}", chosen.text);
    assert!(chosen.text.contains("Nộp trên Cổng Dịch vụ công quốc gia"));
    assert!(!chosen.text.contains("name=\"procedure\" value=\"1.004222\""), "it cannot be received");
    assert!(!chosen.text.contains("<option value=\"1.004222 "), "nor is it offered while typing");
    assert!(chosen.text.contains("<option value=\"1.001193 "));
    let here = page(&house, &cookie, "/can-bo/quay?thu_tuc=1.001193").await;
    assert!(here.text.contains("name=\"procedure\" value=\"1.001193\""), "{}", here.text);
    assert!(!here.text.contains("Không nhận ở quầy này"));
}

#[tokio::test]
async fn the_record_of_a_dossier_is_folded_for_its_readers_and_hidden_from_others() {
    let house = House::open().await;
    let clerk = house.staff(Role::Reception).await;
    let reception = house.who(&clerk).await;
    let id = received(&house, &reception).await;
    let address = format!("/can-bo/ho-so/{id}");
    assert!(!page(&house, &clerk, &address).await.text.contains("Nhật ký xem và làm"));
    assert_eq!(page(&house, &clerk, &format!("{address}?nhat_ky=moi")).await.status, StatusCode::FORBIDDEN);

    let controller = house.staff(Role::Controller).await;
    let folded = page(&house, &controller, &address).await.text;
    assert!(folded.contains("Nhật ký xem và làm") && !folded.contains("Mở hồ sơ</"), "{folded}");
    let reason = Reveal::read("call", "hỏi lại giấy tờ").expect("a reason");
    let said = house.office.reveal_personal_data(&reception, id, &reason, house.office.new_id()).await;
    said.expect("a clerk may");
    for _ in 0..52 {
        house.office.dossier(&reception, id).await.expect("a look");
    }
    let open = page(&house, &controller, &format!("{address}?nhat_ky=moi")).await.text;
    assert!(open.contains("Nguyễn Thị Mai") && open.contains("Mở hồ sơ") && !open.contains("hỏi lại giấy tờ"));
    let older = open.split("nhat_ky=").find(|part| part.starts_with(|c: char| c.is_ascii_digit()));
    let row = older.and_then(|part| part.split('#').next()).expect("a link to what is older");
    let rest = page(&house, &controller, &format!("{address}?nhat_ky={row}")).await.text;
    for words in ["Gọi điện cho người nộp: hỏi lại giấy tờ", "Tiếp nhận tại quầy", "Lập văn bản", "Xem số định danh"]
    {
        assert!(rest.contains(words), "{words}: {rest}");
    }
    assert!(!rest.contains("Việc khác"), "every act of the record has its words");
    let looks = house.office.audit_of_dossier(&house.who(&controller).await, id, None).await.expect("rows");
    assert_eq!(looks.rows.iter().filter(|row| row.act == "view_audit").count(), 2, "each look is a row");
}

#[tokio::test]
async fn the_page_of_a_procedure_shows_administrators_what_its_last_version_changed() {
    let house = House::open().await;
    let cookie = house.staff(Role::Administrator).await;
    let address = "/can-bo/quan-tri/thu-tuc/1.001193";
    let one = page(&house, &cookie, address).await;
    assert!(one.text.contains("Mới có một bản, áp dụng từ 01/07/2025"), "{}", one.text);
    let shipped = include_str!("../../seed/procedures/1.001193.json");
    let mut file: serde_json::Value = serde_json::from_str(shipped).expect("JSON");
    file["record"]["ten_tthc"] = "Đăng ký khai sinh theo luật mới".into();
    file["record"]["tphs"].as_array_mut().expect("papers").remove(0);
    file["local"]["acceptance_hours"] = 3.into();
    let files = office::import::read_procedure_file(&file.to_string()).expect("a file");
    house.office.import_procedures(&Who::operator("lan"), files).await.expect("imported");
    let two = page(&house, &cookie, address).await.text;
    let table =
        two.split("id=\"ban-chung\"").nth(1).and_then(|rest| rest.split("</section>").next()).expect("a section");
    for words in [
        "Bản từ 01/07/2025",
        "Bản từ 23/11/2026",
        "Tên thủ tục",
        "Thủ tục đăng ký khai sinh",
        "Đăng ký khai sinh theo luật mới",
        "Thành phần hồ sơ",
        "Thời hạn trả lời hồ sơ trực tuyến",
        "3 giờ làm việc",
    ] {
        assert!(table.contains(words), "{words}: {table}");
    }
    assert!(!table.contains("Căn cứ pháp lý"), "what is the same is not in the table: {table}");
}
