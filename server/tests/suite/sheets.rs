//! Forms 06 and 07 say the same on the screen and in the sheet.

use super::{
    house::{House, page_of},
    sensitive::text_of_pdf,
};
use axum::{
    body::{Body, to_bytes},
    http::{Request, StatusCode, header},
    response::Response,
};
use domain::{reorganisation::By, role::Role, time::Day};
use office::{
    Uuid, Who,
    act::Command,
    counter::WalkIn,
    dossiers::PaperListed,
    registers::Reading,
    reorganisations::NewReorganisation,
    staff::{NewPosition, NewStaff},
};
use std::process::Command as Program;

/// Everything written in the cells of a workbook.
async fn strings_of(house: &House, cookie: &str, address: &str) -> String {
    let request = Request::get(address).header(header::COOKIE, cookie).body(Body::empty()).expect("a request");
    let answer = house.send_raw(request).await;
    assert_eq!(answer.status(), StatusCode::OK, "{address}");
    strings_in(answer).await
}

/// The same of an answer that came.
pub(super) async fn strings_in(answer: Response) -> String {
    let bytes = to_bytes(answer.into_body(), 8 << 20).await.expect("a workbook");
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("a.xlsx");
    std::fs::write(&file, bytes).expect("a file");
    let out = Program::new("unzip").arg("-p").arg(&file).arg("xl/sharedStrings.xml").output().expect("unzip");
    String::from_utf8(out.stdout).expect("text")
}

/// A walk-in that reception gave to the specialist.
async fn given(house: &House, reception: &Who, specialist: &Who) -> Uuid {
    let office = &house.office;
    let unit = office.books().places.by_key("xa-dong-xuan-ubnd").expect("a shipped office").id;
    let walk_in = WalkIn {
        procedure_code: "1.001612".into(),
        name: "Sô Minh Thuận".into(),
        citizen_id: "054090004321".into(),
        phone: "0905 123 456".into(),
        address: "Thôn Tân Phú".into(),
        papers: vec![PaperListed { name: "Giấy đề nghị".into(), originals: 1, copies: 0 }],
        ..WalkIn::default()
    };
    let id = office.receive_at_counter(reception, unit, walk_in, office.new_id()).await.expect("received");
    let seen = office.dossier(reception, id).await.expect("a dossier").row.version;
    let to = specialist.staff().expect("staff").id;
    office.assign_dossier(reception, id, to, Command { id: office.new_id(), seen }).await.expect("assigned");
    id
}

#[tokio::test]
async fn the_control_slip_says_the_same_on_the_screen_and_in_the_sheet() {
    let house = House::open().await;
    let cookie = house.staff(Role::Reception).await;
    let reception = house.who(&cookie).await;
    let specialist = house.who(&house.staff(Role::Specialist).await).await;
    let id = given(&house, &reception, &specialist).await;
    let view = house.office.dossier(&reception, id).await.expect("a dossier");
    let slip = app::slip::slip(&house.office, &view);
    assert_eq!(slip.steps.len(), 2, "reception, then the specialist");
    assert!(slip.steps.iter().any(|step| !step.notes.is_empty()), "the step's limit");
    let page = page_of(&house, &cookie, &format!("/can-bo/phieu-kiem-soat/{id}")).await;
    let sheet = strings_of(&house, &cookie, &format!("/phieu-kiem-soat/{id}.xlsx")).await;
    let mut said = vec![slip.code, slip.applicant, slip.matter, slip.resolved_by];
    for step in slip.steps {
        said.extend([step.from, step.giver, step.to, step.receiver]);
        said.extend(step.notes);
    }
    for words in said.iter().filter(|words| !words.is_empty()) {
        assert!(page.contains(words.as_str()), "the screen lacks {words}");
        assert!(sheet.contains(words.as_str()), "the sheet lacks {words}");
    }
}

#[tokio::test]
async fn the_register_says_the_same_with_numbers_masked_on_the_screen_and_in_the_sheet() {
    let house = House::open().await;
    let cookie = house.staff(Role::Reception).await;
    let reception = house.who(&cookie).await;
    let specialist = house.who(&house.staff(Role::Specialist).await).await;
    given(&house, &reception, &specialist).await;
    let today = house.office.now().day();
    let unit = house.office.books_of(&reception)[0].unit;
    let page = house.office.register(&reception, unit, today, today, Reading::Screen).await.expect("a register");
    let line = &app::staff::register::lines(&house.office, &reception, &page, false)[0];
    assert!(line.forwarded.is_some() && line.note == "Đang xử lý" && line.phone.contains('•'));
    let screen = page_of(&house, &cookie, &format!("/can-bo/so-theo-doi?tu={today}&den={today}")).await;
    let address = format!("/so-theo-doi/so.xlsx?tu={today}&den={today}&don_vi={unit}");
    let sheet = strings_of(&house, &cookie, &address).await;
    for words in [&line.code, &line.procedure, &line.name, &line.address, &line.note] {
        assert!(screen.contains(words.as_str()), "the screen lacks {words}");
        assert!(sheet.contains(words.as_str()), "the sheet lacks {words}");
    }
    assert!(screen.contains(&line.phone) && !screen.contains("905123456"), "the screen masks");
    assert!(sheet.contains(&line.phone) && !sheet.contains("905123456"), "so does the sheet");
    // Whole numbers go out for a reason of the list, to whoever may reveal.
    let form = |reason: &str| {
        format!("trang=%2Fcan-bo%2Fso-theo-doi&tu={today}&den={today}&don_vi={unit}&hien={reason}&hien_ro=")
    };
    let sent = async |cookie: &str, body: String| {
        let request = Request::post("/so-theo-doi/so.xlsx")
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .header(header::ACCEPT, "text/html")
            .header(header::COOKIE, cookie)
            .header("sec-fetch-site", "same-origin")
            .body(Body::from(body))
            .expect("a request");
        house.send_raw(request).await
    };
    let answer = sent(&cookie, form("write_paper")).await;
    assert_eq!(answer.status(), StatusCode::OK);
    assert!(strings_in(answer).await.contains("0905123456"), "the form's column");
    for wrong in ["", "x"] {
        let answer = sent(&cookie, form(wrong)).await;
        assert_eq!(answer.status(), StatusCode::UNPROCESSABLE_ENTITY, "{wrong}");
        let page = to_bytes(answer.into_body(), 8 << 20).await.expect("a page");
        assert!(String::from_utf8_lossy(&page).contains("Chọn lý do xem."), "{wrong}");
    }
    // The controller reads everything and may not reveal.
    let controller = house.staff(Role::Controller).await;
    let sheet = strings_of(&house, &controller, &address).await;
    assert!(sheet.contains(&line.phone) && !sheet.contains("905123456"));
    assert_eq!(sent(&controller, form("write_paper")).await.status(), StatusCode::FORBIDDEN);
}

/// The cookie of somebody who has administered both communes for a year.
pub(super) async fn overseer(house: &House) -> String {
    let from = Day(house.office.now().day().0 - 365);
    let position = |key: &str| NewPosition {
        office: house.office.books().places.by_key(key).expect("a shipped office").id,
        role: Role::Administrator,
        title: String::new(),
        from,
        to: None,
    };
    let new = NewStaff {
        login: "hai.xa".into(),
        name: "Trần Văn Hòa".into(),
        phone: None,
        password: "mat khau cua toi".into(),
        positions: vec![position("xa-dong-xuan-ubnd"), position("xa-xuan-lanh-ubnd")],
    };
    let welcome = house.office.create_staff(&Who::operator("root"), new).await.expect("a member of staff");
    let body = format!("login=hai.xa&password=mat+khau+cua+toi&code={}", welcome.recovery_codes[0]);
    let answer = house.post("/api/app/acts/sessions/sign_in_staff", &body).await;
    answer.header("set-cookie").split(';').next().unwrap_or_default().to_string()
}

/// The words of a print, every run of white space as one space.
async fn print_of(house: &House, cookie: &str, address: &str) -> String {
    let request = Request::get(address).header(header::COOKIE, cookie).body(Body::empty()).expect("a request");
    let answer = house.send_raw(request).await;
    assert_eq!(answer.status(), StatusCode::OK, "{address}");
    text_of_pdf(answer).await.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[tokio::test]
async fn the_list_of_what_passes_over_is_printed_whole_and_tells_neither_applicant_nor_sensitive_matter() {
    let house = House::open().await;
    let office = &house.office;
    let cookie = overseer(&house).await;
    let who = house.who(&cookie).await;
    let reception = house.who(&house.staff(Role::Reception).await).await;
    let unit = |key: &str| office.books().places.by_key(key).expect("a shipped office").id;
    let (closes, heir) = (unit("xa-dong-xuan-ubnd"), unit("xa-xuan-lanh-ubnd"));
    let mut codes = Vec::new();
    for (procedure, name) in [("1.001612", "Sô Minh Thuận"), ("1.001699", "Mang Thị Sương")] {
        let walk_in = WalkIn { procedure_code: procedure.into(), name: name.into(), ..WalkIn::default() };
        let id = office.receive_at_counter(&reception, closes, walk_in, office.new_id()).await.expect("received");
        let row = office.dossier(&reception, id).await.expect("a dossier").row;
        codes.push(row.code.clone().expect("a code"));
    }
    let new = NewReorganisation {
        day: office.now().day(),
        basis: "Nghị quyết số 15/NQ-HĐND".into(),
        closes: vec![closes],
        heirs: vec![heir],
        by: By::One,
        default: None,
    };
    let plan = office.prepare_reorganisation(&who, new, office.new_id()).await.expect("a plan");
    let (screen, file) =
        (format!("/can-bo/quan-tri/sap-xep/{plan}/ban-giao/{heir}"), format!("/ban-giao/{plan}/{heir}.pdf"));
    let expected = print_of(&house, &cookie, &file).await;
    assert!(expected.contains("DỰ KIẾN BÀN GIAO HỒ SƠ") && !expected.contains("ĐẠI DIỆN"), "{expected}");
    assert!(page_of(&house, &cookie, &screen).await.contains(&file), "the page leads to its print");

    let seen = office.reorganisation(&who, plan).await.expect("a plan").row.version;
    office.confirm_reorganisation(&who, plan, seen, office.new_id()).await.expect("confirmed");
    assert_eq!(office.carry_out_reorganisations(office.new_id()).await.expect("carried out"), 2);
    let print = print_of(&house, &cookie, &file).await;
    for said in [
        "BIÊN BẢN BÀN GIAO HỒ SƠ",
        "Căn cứ: Nghị quyết số 15/NQ-HĐND",
        "Bên giao: Ủy ban nhân dân xã Đồng Xuân",
        "Bên nhận: Ủy ban nhân dân xã Xuân Lãnh",
        "Thông tin được bảo vệ",
        "Tổng cộng: 2 hồ sơ.",
        "ĐẠI DIỆN BÊN GIAO",
        "ĐẠI DIỆN BÊN NHẬN",
    ] {
        assert!(print.contains(said), "{said}: {print}");
    }
    // A code may break at its first hyphen.
    let joined = print.replace(' ', "");
    for code in &codes {
        assert!(joined.contains(code.as_str()), "{code}: {print}");
    }
    for hidden in ["Thuận", "Sương", "khuyết tật"] {
        assert!(!print.contains(hidden), "{hidden}: {print}");
    }
    for nowhere in [format!("{file}?phan=2"), format!("/ban-giao/{plan}/{heir}"), format!("/ban-giao/{plan}/1x.pdf")] {
        let request = Request::get(&nowhere).header(header::COOKIE, &cookie).body(Body::empty()).expect("a request");
        assert_eq!(house.send_raw(request).await.status(), StatusCode::NOT_FOUND, "{nowhere}");
    }
}
