//! A sensitive dossier over the wire: pages, prints and sheets of staff, and the pages of its own resident.

use super::{
    house::{House, page_of},
    sheets::strings_in,
};
use axum::{
    body::{Body, to_bytes},
    http::{Request, StatusCode, header},
    response::Response,
};
use domain::{question::Typed, role::Role, text::fold};
use office::{Uuid, Who, counter::WalkIn, sessions::Door, who::Trace};
use std::{collections::BTreeSet, process::Command as Program};

/// The person of the dossier and its matter (1.001699), as nobody else is to read them.
pub(super) const PERSON: &str = "sô minh thuận";
pub(super) const MATTER: &str = "mức độ khuyết tật";

#[tokio::test]
async fn what_is_shipped_about_parentage_care_and_health_is_sensitive_and_nothing_else() {
    let house = House::open().await;
    let (books, today) = (house.office.books(), house.office.now().day());
    let sensitive = |local: &domain::procedure::local::LocalPart| local.sensitive;
    let shipped = books.catalogue.all(today).filter(|procedure| procedure.local.as_ref().is_some_and(sensitive));
    let codes: BTreeSet<&str> = shipped.map(|procedure| procedure.code.as_str()).collect();
    assert_eq!(codes, BTreeSet::from(MATTERS.map(|(code, _)| code)));
}

/// Words of the matter of each sensitive procedure, as nobody is to read them over a shoulder or in a browser's history.
const MATTERS: [(&str, &[&str]); 7] = [
    ("1.000689", &["sinh", "nhận", "cha", "mẹ", "con"]),
    ("1.001022", &["nhận", "cha", "mẹ", "con"]),
    ("1.001699", &["khuyết", "tật", "độ", "dấu", "hiệu", "sinh", "hoạt"]),
    ("1.001776", &["trợ", "cấp", "hưởng", "chăm", "sóc", "nuôi", "dưỡng", "hộ", "nhóm"]),
    ("1.004837", &["giám", "hộ"]),
    ("2.000286", &["bảo", "trợ", "xã", "hội", "hoàn", "cảnh", "khó", "khăn", "giúp"]),
    ("2.001263", &["nuôi", "con"]),
];

/// What an address answers, as a person reads it: pages as they are, sheets and prints by their text.
pub(super) async fn read(house: &House, cookie: &str, address: &str) -> (StatusCode, String) {
    let request = Request::get(address).header(header::COOKIE, cookie).body(Body::empty()).expect("a request");
    let answer = house.send_raw(request).await;
    let status = answer.status();
    let path = address.split('?').next().unwrap_or_default();
    let text = match path.rsplit_once('.').filter(|_| status == StatusCode::OK) {
        Some((_, "xlsx")) => strings_in(answer).await,
        Some((_, "pdf")) => text_of_pdf(answer).await,
        _ => String::from_utf8_lossy(&to_bytes(answer.into_body(), 8 << 20).await.expect("a page")).into_owned(),
    };
    let line: Vec<&str> = text.split_whitespace().collect();
    (status, line.join(" ").to_lowercase())
}

/// The words of a print that came, in the order in which they were set.
pub(super) async fn text_of_pdf(answer: Response) -> String {
    let bytes = to_bytes(answer.into_body(), 8 << 20).await.expect("a print");
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("a.pdf");
    std::fs::write(&file, bytes).expect("a file");
    let out = Program::new("pdftotext").args(["-raw"]).arg(&file).arg("-").output().expect("pdftotext");
    assert!(out.status.success(), "{}", String::from_utf8_lossy(&out.stderr));
    String::from_utf8(out.stdout).expect("text")
}

async fn received(house: &House, cookie: &str) -> Uuid {
    let office = &house.office;
    let unit = office.books().places.by_key("xa-dong-xuan-ubnd").expect("a shipped office").id;
    let walk_in = WalkIn {
        procedure_code: "1.001699".into(),
        name: "Sô Minh Thuận".into(),
        address: "Thôn Tân Phú".into(),
        ..WalkIn::default()
    };
    let reception = house.who(cookie).await;
    office.receive_at_counter(&reception, unit, walk_in, office.new_id()).await.expect("received")
}

#[tokio::test]
async fn no_page_print_or_sheet_tells_of_a_sensitive_dossier_but_to_its_readers() {
    let house = House::open().await;
    let reception = house.staff(Role::Reception).await;
    let id = received(&house, &reception).await;
    let view = house.office.dossier(&house.who(&reception).await, id).await.expect("a dossier");
    let paper = view.papers.first().expect("form 01").id;
    let code = view.row.code.clone().expect("a code").to_lowercase();
    let today = house.office.now().day();
    let days = format!("tu={today}&den={today}");
    // Lists are there for who may read lists; the dossier in them is not.
    let queues = ["/can-bo/viec/tat-ca".to_string(), "/can-bo/viec/tat-ca?q=so+minh+thuan".into()];
    let books = [
        format!("/can-bo/so-theo-doi?{days}"),
        format!("/so-theo-doi/so.xlsx?{days}"),
        format!("/so-theo-doi/so.pdf?{days}"),
    ];
    let own = [
        format!("/can-bo/ho-so/{id}"),
        format!("/can-bo/phieu-kiem-soat/{id}"),
        format!("/phieu-kiem-soat/{id}.xlsx"),
        format!("/phieu-kiem-soat/{id}.pdf"),
        format!("/giay-to/{paper}.pdf"),
    ];
    // A print may break a code at its end of line.
    let joined = |text: &str| text.replace(' ', "");
    let told = |text: &str, words: &str| joined(text).contains(&joined(words));
    for (role, reads) in
        [(Role::Leader, true), (Role::Records, true), (Role::CentreDirector, false), (Role::Controller, false)]
    {
        let cookie = house.staff(role).await;
        for address in queues.iter().chain(&books) {
            let (status, text) = read(&house, &cookie, address).await;
            assert_eq!(status, StatusCode::OK, "{} {address}", role.key());
            assert_eq!(told(&text, PERSON), reads, "{} {address}: {text}", role.key());
            assert_eq!(told(&text, MATTER), reads, "{} {address}: {text}", role.key());
            // Its line stays in the book, by its code alone.
            let has_line = reads || books.contains(address);
            assert_eq!(told(&text, &code), has_line, "{} {address}: {text}", role.key());
        }
        for address in &own {
            let (status, text) = read(&house, &cookie, address).await;
            // A paper may also be a resident's own: who is no reader is asked to sign in as one.
            let refused = [StatusCode::FORBIDDEN, StatusCode::UNAUTHORIZED].contains(&status);
            assert!(if reads { status == StatusCode::OK } else { refused }, "{} {address}: {status}", role.key());
            assert_eq!(told(&text, PERSON), reads, "{} {address}: {text}", role.key());
            assert_eq!(told(&text, MATTER), reads, "{} {address}: {text}", role.key());
        }
        // To those who may read it, its title names it by its code.
        let (_, page) = read(&house, &cookie, &own[0]).await;
        let title = page.split("<title>").nth(1).and_then(|rest| rest.split("</title>").next()).unwrap_or_default();
        assert!(!title.contains(MATTER) && !title.contains(PERSON), "{title}");
    }
}

#[tokio::test]
async fn the_counter_offers_a_sensitive_procedure_to_its_readers_alone() {
    let house = House::open().await;
    for (role, offered) in [(Role::Reception, true), (Role::CentreDirector, false)] {
        let cookie = house.staff(role).await;
        let page = page_of(&house, &cookie, "/can-bo/quay?thu_tuc=1.001699").await;
        assert_eq!(page.contains("name=\"procedure\" value=\"1.001699\""), offered, "{}", role.key());
        assert_eq!(page.contains("<option value=\"1.001699 "), offered, "{}", role.key());
    }
}

/// What a resident answers in the form of 1.001699.
fn answers() -> Typed {
    let fixed = [
        ("request.kind", "xac_dinh"),
        ("filer.relation", "ban_than"),
        ("filer.phone", "0905 123 456"),
        ("person.name", "Ksor H'Nay"),
        ("person.birth.year", "1991"),
        ("person.sex", "male"),
        ("person.citizen_id", "998091112648"),
        ("person.home.commune", "xã Đồng Xuân"),
        ("person.home.province", "Đắk Lắk"),
        ("disability.kinds.van_dong", "on"),
        ("disability.movement.chan", "on"),
        ("medical.has", "khong"),
        ("council.has", "khong"),
        ("result.how", "tai_quay"),
        ("pledge.true.yes", "on"),
    ];
    let daily = ["walk", "eat", "toilet", "wash", "dress", "hear", "speak", "chores", "social", "learn"];
    let daily = daily.into_iter().map(|one| (format!("daily.{one}"), "tu_lam".to_owned()));
    fixed.into_iter().map(|(path, text)| (path.to_owned(), text.to_owned())).chain(daily).collect()
}

/// A resident of that number, with the cookie and with a draft of 1.001699 that is filled in to its end.
pub(super) async fn filled_in(house: &House, number: &str) -> (String, Who, Uuid) {
    let office = &house.office;
    let cookie = house.sign_up(number).await;
    let token = cookie.split_once('=').map(|(_, token)| token);
    let who = office.who_of_token(Door::Resident, token, Trace::default()).await.expect("somebody");
    let unit = office.books().places.by_key("xa-dong-xuan-ubnd").expect("a shipped office").id;
    let draft = office.start_draft(&who, "1.001699", unit, office.new_id()).await.expect("a draft");
    let form = office.draft(&who, draft).await.expect("a draft").form;
    for topic in &form.topics {
        let belongs = |path: &str| form.owner(path).is_some_and(|(owner, _)| owner.id == topic.id);
        let typed = answers().into_iter().filter(|(path, _)| belongs(path)).collect();
        office.save_topic(&who, draft, &topic.id, typed, true, None).await.expect("saved");
    }
    (cookie, who, draft)
}

/// The titles and headings of a page.
fn headings(page: &str) -> String {
    let between = |from: &str, to: &str| {
        let parts = page.split(from).skip(1).filter_map(|rest| rest.split(to).next());
        parts.collect::<Vec<_>>().join(" ")
    };
    [("<title>", "</title>"), ("<h1", "</h1>"), ("<h2", "</h2>"), ("class=\"caption\"", "</p>")]
        .map(|(from, to)| between(from, to))
        .join(" ")
        .to_lowercase()
}

#[tokio::test]
async fn the_pages_of_its_resident_name_it_by_its_code_and_a_draft_by_nothing() {
    let house = House::open().await;
    let office = &house.office;
    let (cookie, who, draft) = filled_in(&house, "998091112648").await;
    let mut pages = vec!["/ho-so".to_string(), format!("/ban-nhap/{draft}"), format!("/ban-nhap/{draft}/xem-lai")];
    pages.push(format!("/ban-nhap/{draft}/muc/nguoi"));
    for address in &pages {
        let said = headings(&page_of(&house, &cookie, address).await);
        assert!(!said.contains(MATTER) && !said.is_empty(), "{address}: {said}");
    }
    let filed = office.submit_draft(&who, draft, true, office.new_id()).await.expect("filed").dossier;
    let row = office.my_dossier(&who, filed).await.expect("one's own").row;
    let code = row.temporary_code.expect("a temporary code").to_lowercase();
    for address in ["/ho-so".to_string(), format!("/ho-so/{filed}"), format!("/ho-so/{filed}/da-nop")] {
        let page = page_of(&house, &cookie, &address).await;
        let said = headings(&page);
        assert!(!said.contains(MATTER), "{address}: {said}");
        assert!(page.to_lowercase().contains(&code), "{address}");
    }
    // What it is about stands on its page all the same, folded away.
    let page = page_of(&house, &cookie, &format!("/ho-so/{filed}")).await;
    assert!(headings(&page).contains(&format!("hồ sơ {code}")), "{}", headings(&page));
    assert!(page.to_lowercase().contains(MATTER) && page.contains("Hồ sơ này về việc gì"));
}

/// Answers by which every topic of a form is asked, with the topic they belong to; most forms need none.
fn opening(code: &str) -> Option<(&'static str, &'static str, &'static str)> {
    match code {
        "1.001022" => Some(("nguoi_yeu_cau", "declarer.acts", "thay_con_nhan_cha")),
        "1.001699" => Some(("muc_3", "medical.has", "co")),
        "1.001776" => Some(("muc_3", "group.kind", "khuyet_tat")),
        _ => None,
    }
}

#[tokio::test]
async fn no_title_and_no_address_of_a_draft_says_what_a_sensitive_matter_is() {
    let house = House::open().await;
    let office = &house.office;
    let cookie = house.sign_up("998091112648").await;
    let token = cookie.split_once('=').map(|(_, token)| token);
    let who = office.who_of_token(Door::Resident, token, Trace::default()).await.expect("somebody");
    let unit = office.books().places.by_key("xa-dong-xuan-ubnd").expect("a shipped office").id;
    let title_of = async |address: &str| {
        let page = page_of(&house, &cookie, address).await;
        let title = page.split("<title>").nth(1).and_then(|rest| rest.split("</title>").next());
        (title.unwrap_or_default().to_owned(), page)
    };
    let says = |title: &str, word: &str| {
        title.to_lowercase().split(|letter: char| !letter.is_alphanumeric()).any(|part| part == word)
    };
    for (code, matter) in MATTERS {
        let (title, _) = title_of(&format!("/nop-ho-so/{code}")).await;
        assert!(!title.is_empty() && !matter.iter().any(|word| says(&title, word)), "{code}: {title}");
        let draft = office.start_draft(&who, code, unit, office.new_id()).await.expect("a draft");
        if let Some((topic, path, text)) = opening(code) {
            let typed = Typed::from([(path.to_owned(), text.to_owned())]);
            office.save_topic(&who, draft, topic, typed, true, None).await.expect("saved");
        }
        let form = office.draft(&who, draft).await.expect("a draft").form;
        for topic in &form.topics {
            let address = format!("/ban-nhap/{draft}/muc/{}", topic.id);
            let (title, page) = title_of(&address).await;
            assert!(title.starts_with("Hồ sơ đang khai · Phần "), "{code} {address}: {title}");
            for word in matter {
                assert!(!says(&title, word), "{code} {address}: {title} says {word}");
                let folded = fold(word);
                assert!(topic.id.split('_').all(|part| part != folded), "{code}: {} says {word}", topic.id);
            }
            // Whoever fills it in reads what this part is about.
            assert!(page.contains(&topic.title), "{code} {address}: {}", topic.title);
        }
    }
}
