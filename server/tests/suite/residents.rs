//! What residents are told, and what their forms do when they are sent twice.

use super::{
    house::{Form, House, page_of},
    my_data::{filed, resident_of},
};
use axum::http::StatusCode;
use domain::{
    dossier::{Collector, DeliveryMethod},
    role::Role,
};
use office::{
    Uuid,
    act::Command,
    local_parts::{TypedFee, TypedPart},
};

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
            let body = format!("code={code}&office_id={unit}&command={}", house.office.new_id());
            let answer = house.post_as("/api/app/acts/drafts/start_draft", &body, &cookie).await;
            assert_eq!(answer.status, StatusCode::SEE_OTHER, "{code}: {}", answer.text);
            let draft = list_of(answer.header("location"));
            pages.push(format!("{draft}/xem-lai"));
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

    // A unit enters what the province has set: both are said on the procedure's page, before filing and on the review.
    let administrator = house.who(&house.staff(Role::Administrator).await).await;
    let (name, source) = ("Lệ phí cấp giấy phép xây dựng", "Nghị quyết số 12/2026/NQ-HĐND");
    let fee = TypedFee { name: name.into(), amount: "75.000".into(), source: source.into() };
    let part = TypedPart { online: true, fees: vec![fee], ..TypedPart::default() };
    let (place, command) = ((unit, "1.013225"), house.office.new_id());
    house.office.publish_local_part(&administrator, place, &part, today, None, command).await.expect("published");
    let body = format!("code=1.013225&office_id={unit}&command={}", house.office.new_id());
    let begun = house.post_as("/api/app/acts/drafts/start_draft", &body, &cookie).await;
    let review = format!("{}/xem-lai", list_of(begun.header("location")));
    for address in ["/thu-tuc/1.013225", "/nop-ho-so/1.013225", review.as_str()] {
        let page = page_of(&house, &cookie, address).await;
        assert!(page.contains("75.000\u{a0}đ") && page.contains(source), "{address}: {page}");
    }
    let review = page_of(&house, &cookie, &review).await;
    assert!(fees_of(&review).contains("75.000\u{a0}đ"), "its own amount stands where none was: {review}");
    assert!(fees_of(&review).contains("đơn vị nhận đã đổi mức phí, lệ phí"), "it was begun before: {review}");
}

#[tokio::test]
async fn the_help_page_says_where_each_centre_is_how_it_is_called_and_where_complaints_go() {
    let house = House::open_demo().await;
    server::seed::rules::lay_down_contacts(&house.office).await.expect("the demonstration's contacts");
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
    assert!(page.contains("Chưa có địa chỉ ở đây. Gọi 1022") && !page.contains("0900"));
}

const PNG: &[u8] = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01\x08\0\0\0\0";

/// The list of a draft's topics, whichever of its pages that is.
fn list_of(page: &str) -> String {
    page.split("/muc/").next().unwrap_or(page).to_owned()
}

/// The address of a draft just begun.
async fn begun(house: &House, cookie: &str) -> String {
    let unit = house.office.books().places.by_key("xa-dong-xuan-ubnd").expect("a shipped office").id;
    let begin = format!("code=1.001731&office_id={unit}&command={}", house.office.new_id());
    let first_topic =
        house.post_as("/api/app/acts/drafts/start_draft", &begin, cookie).await.header("location").to_string();
    assert!(first_topic.contains("/muc/"), "a new draft opens at its first topic: {first_topic}");
    let again = format!("code=1.001731&office_id={unit}&command={}", house.office.new_id());
    let same = house.post_as("/api/app/acts/drafts/start_draft", &again, cookie).await;
    assert_eq!(list_of(same.header("location")), list_of(&first_topic), "the draft already begun is gone on with");
    list_of(&first_topic)
}

#[tokio::test]
async fn the_same_post_of_a_file_twice_lays_one_file_down_and_answers_alike() {
    let house = House::open().await;
    let cookie = house.sign_up("998091112648").await;
    let draft = begun(&house, &cookie).await;
    let page = page_of(&house, &cookie, &format!("{draft}/muc/giay_to")).await;
    assert!(page.contains("name=\"command\""), "the form carries a command");
    let command = house.office.new_id().to_string();
    let address = draft.replace("/ban-nhap/", "/tai-len/nhap/");
    for _ in 0..2 {
        let form = Form::new().field("command", &command).field("cau", "giay").file("tep", "a.png", PNG);
        let answer = form.post(&house, &address, &cookie).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.text);
    }
    let id = draft.rsplit('/').next().and_then(|id| id.parse().ok()).expect("a draft");
    let token = cookie.split_once('=').map(|(_, token)| token);
    let door = office::sessions::Door::Resident;
    let who = house.office.who_of_token(door, token, office::who::Trace::default()).await.expect("somebody");
    assert_eq!(house.office.draft(&who, id).await.expect("the draft").uploads.len(), 1);
}

#[tokio::test]
async fn a_right_file_after_a_refused_one_comes_back_to_the_page_of_its_form() {
    let house = House::open().await;
    let cookie = house.sign_up("998091112648").await;
    let draft = begun(&house, &cookie).await;
    let topic = format!("{draft}/muc/giay_to");
    let address = draft.replace("/ban-nhap/", "/tai-len/nhap/");
    let hidden = format!("name=\"trang\" value=\"{topic}\"");
    assert!(page_of(&house, &cookie, &topic).await.contains(&hidden), "the form says where it stands");
    // Without script the page with the sentence stands at the address that took the file: no place to go back to.
    let send = |bytes| Form::new().field("trang", &topic).field("cau", "giay").file("tep", "a.png", bytes);
    let refused = send(b"nothing that is a picture").post(&house, &address, &cookie).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.text.contains(&hidden), "the page again, with its own address in the form");
    let taken = send(PNG).post(&house, &address, &cookie).await;
    assert_eq!((taken.status, taken.header("location")), (StatusCode::SEE_OTHER, format!("{topic}#giay").as_str()));
}

#[tokio::test]
async fn a_result_that_was_replaced_says_so_on_both_pages_in_the_register_and_to_whoever_looks_it_up() {
    let house = House::open().await;
    let office = &house.office;
    let cookie = house.sign_up("998091112648").await;
    let desk = house.staff(Role::Reception).await;
    let clerk = house.who(&desk).await;
    let specialist = house.who(&house.staff(Role::Specialist).await).await;
    let command = async |id: Uuid| {
        let seen = office.dossier(&clerk, id).await.expect("a dossier").row.version;
        Command { id: office.new_id(), seen }
    };
    let first = filed(&house, &cookie, "998091112648").await;
    office.accept_dossier(&clerk, first, None, command(first).await).await.expect("accepted");
    office.finish_at_once(&clerk, first, command(first).await).await.expect("a result");
    let collector = Collector { name: "Ksor H'Nay".into(), is_applicant: true, identity_paper: None, authority: None };
    let (method, seen) = (DeliveryMethod::Counter, command(first).await);
    office.deliver_dossier(&clerk, first, collector, method, None, seen).await.expect("handed over");
    let reason = "Sai năm sinh".to_string();
    let second = office.open_correction(&specialist, first, reason, command(first).await).await.expect("a repair");
    let (own, staffs) = (format!("/ho-so/{first}"), format!("/can-bo/ho-so/{first}"));
    const REPLACED: &str = "Đã được thay bằng kết quả của hồ sơ";
    for (address, cookie) in [(&own, &cookie), (&staffs, &desk)] {
        assert!(
            !page_of(&house, cookie, address).await.contains(REPLACED),
            "{address}: nothing stands in its place yet"
        );
    }

    office.finish_at_once(&clerk, second, command(second).await).await.expect("a right result");
    let who = resident_of(&house, &cookie).await;
    let view = office.my_dossier(&who, first).await.expect("one's own");
    let code = office.my_dossier(&who, second).await.expect("one's own").row.code.expect("a code");
    let letter = format!("/giay-to/{}.pdf", view.results[0].paper_id.expect("a letter"));
    let (new, new_for_staff) = (format!("/ho-so/{second}#ket-qua"), format!("/can-bo/ho-so/{second}#giay-to"));
    for (address, cookie, link) in [(&own, &cookie, new), (&staffs, &desk, new_for_staff)] {
        let page = page_of(&house, cookie, address).await;
        assert!(page.contains(&format!("{REPLACED} {code}")), "{address} does not name the other dossier");
        assert!(page.contains(&format!("href=\"{link}\"")), "{address} does not lead to the other dossier");
        assert!(page.contains(&letter), "{address}: the old letter is still to be opened");
    }
    assert!(!page_of(&house, &cookie, &format!("/ho-so/{second}")).await.contains(REPLACED), "the new one stands");
    let register = page_of(&house, &desk, "/can-bo/so-theo-doi").await;
    assert!(register.contains(&format!("kết quả đã thay bằng hồ sơ {code}")));
    let asked = format!("/tra-cuu?ma={}&khoa={}", view.row.code.expect("a code"), view.row.lookup_code);
    let found = house.get(&asked).await.text;
    assert!(found.contains("đã thay bằng kết quả mới") && !found.contains(&code), "and not by which");
}
