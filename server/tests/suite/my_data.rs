//! The file of one's own data: whole, for its owner alone, and after the password.

use super::house::{Form, House, posted};
use axum::{
    body::{Body, to_bytes},
    http::{StatusCode, header},
};
use domain::{
    identity::Assurance,
    money::Dong,
    payment::{AccountNumber, Bin, refund::Destination},
    role::Role,
};
use office::{
    Uuid, Who,
    act::Command,
    identity::Identity,
    organisations::{NewMember, NewOrganisation},
    payments::{ArrivedCredit, AskedRefund, NewRequest, Purpose, RefundOf, RequestLine, Source, TypedAccount},
    proofs::{Seen, Whose},
    sessions::Door,
    who::Trace,
};
use serde_json::Value;
use std::{
    collections::BTreeSet,
    io::{Cursor, Read},
};
use store::messages::{ChoiceRow, save_choice};
use zip::ZipArchive;

const PNG: &[u8] = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01\x08\0\0\0\0";
const ADDRESS: &str = app::citizen::my_data::ADDRESS;

/// The resident whose cookie it is.
pub async fn resident_of(house: &House, cookie: &str) -> Who {
    let token = cookie.split_once('=').map(|(_, token)| token);
    house.office.who_of_token(Door::Resident, token, Trace::default()).await.expect("somebody")
}

/// A dossier of the general form with a file, filed by that resident under that number.
pub async fn filed(house: &House, cookie: &str, number: &str) -> Uuid {
    let who = resident_of(house, cookie).await;
    let office = &house.office;
    let unit = office.books().places.by_key("xa-dong-xuan-ubnd").expect("a shipped office").id;
    let draft = office.start_draft(&who, "1.001731", unit, office.new_id()).await.expect("a draft");
    let upload = Form::new().field("cau", "giay").file("tep", "giấy riêng.png", PNG);
    let sent = upload.post(house, &format!("/tai-len/nhap/{draft}"), cookie).await;
    assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.text);
    let typed = [
        ("applicant.acts", "ban_than"),
        ("applicant.name", "Ksor H'Nay"),
        ("applicant.birth.day", "12"),
        ("applicant.birth.month", "3"),
        ("applicant.birth.year", "1990"),
        ("applicant.citizen_id", number),
        ("applicant.home.hamlet", "Thôn Long Thăng"),
        ("applicant.home.commune", "Xã Đồng Xuân"),
        ("applicant.home.province", "Tỉnh Đắk Lắk"),
        ("applicant.phone", "0905 123 456"),
        ("request.text", "Đề nghị <giải quyết> theo quy định."),
        ("result.how", "tai_quay"),
        ("pledge.true.yes", "on"),
    ];
    let typed = || typed.iter().map(|(path, text)| ((*path).to_string(), (*text).to_string())).collect();
    for topic in &office.draft(&who, draft).await.expect("the draft").form.topics {
        office.save_topic(&who, draft, &topic.id, typed(), true, None).await.expect("a saved topic");
    }
    office.submit_draft(&who, draft, true, office.new_id()).await.expect("a dossier").dossier
}

#[tokio::test]
async fn the_file_of_ones_own_data_has_everything_of_its_owner_and_nothing_of_anybody_else() {
    let house = House::open().await;
    let cookie = house.sign_up("998091112648").await;
    let neighbour = house.sign_up("998091112649").await;
    let (mine, theirs) =
        (filed(&house, &cookie, "998091112648").await, filed(&house, &neighbour, "998091112649").await);
    let clerk = house.who(&house.staff(Role::Reception).await).await;
    let seen = house.office.dossier(&clerk, mine).await.expect("the dossier").row.version;
    let command = Command { id: house.office.new_id(), seen };
    house.office.accept_dossier(&clerk, mine, None, command).await.expect("accepted");
    house.office.write_note(&clerk, mine, "Chỉ nội bộ biết.", &[], house.office.new_id()).await.expect("a note");
    let code = |view: office::dossiers::DossierView| view.row.code.or(view.row.temporary_code).expect("a code");
    let (my_code, their_code) = (
        code(house.office.dossier(&clerk, mine).await.expect("mine")),
        code(house.office.dossier(&clerk, theirs).await.expect("theirs")),
    );

    let request = posted(ADDRESS, &cookie, Body::from("trang=%2Ftai-khoan&password=dai-va-bi-mat"));
    let answer = house.send_raw(request).await;
    assert_eq!(answer.status(), StatusCode::OK);
    assert_eq!(answer.headers()[header::CONTENT_TYPE], "application/zip");
    let bytes = to_bytes(answer.into_body(), 8 << 20).await.expect("a whole body");
    let mut zip = ZipArchive::new(Cursor::new(bytes)).expect("a whole ZIP");
    let names: Vec<String> = zip.file_names().map(|name| name.expect("a name").into_owned()).collect();
    let mut read = |name: &str| {
        let mut bytes = Vec::new();
        zip.by_name(name).expect(name).read_to_end(&mut bytes).expect("its bytes");
        bytes
    };
    let facts: Value = serde_json::from_slice(&read("du-lieu.json")).expect("JSON");
    let page = String::from_utf8(read("doc-truoc.html")).expect("a page");
    assert_eq!(facts["account"]["citizen_id"], "998091112648");
    assert_eq!(facts["dossiers"].as_array().map(Vec::len), Some(1));
    let dossier = &facts["dossiers"][0];
    assert_eq!(dossier["code"], my_code.as_str());
    assert!(
        dossier["looked_at"].as_array().is_some_and(|looks| looks.iter().any(|look| look["act"] == "view_dossier"))
    );
    let file = dossier["files"][0]["file"].as_str().expect("a file");
    assert!(file.starts_with(&format!("ho-so/{my_code}/tep-1")) && !file.contains("giấy"), "{file}");
    assert_eq!(read(file), PNG);
    let paper = dossier["papers"][0]["file"].as_str().expect("a paper");
    assert!(read(paper).starts_with(b"%PDF"), "{paper}");
    for href in names.iter().filter(|name| name.starts_with("ho-so/")) {
        assert!(page.contains(&format!("href=\"{href}\"")), "{href} is not on the page");
    }
    assert!(page.contains("Ksor H&#x27;Nay") || page.contains("Ksor H'Nay"), "the name stands on the page");
    assert!(page.contains("&lt;giải quyết&gt;") && !page.contains("<giải quyết>"), "what was typed is text");
    for held_back in ["Chỉ nội bộ biết.", "dai-va-bi-mat", "argon2", "998091112649", &their_code] {
        assert!(!page.contains(held_back) && !facts.to_string().contains(held_back), "{held_back}");
    }
}

/// The page and the facts of the file that somebody takes.
async fn taken(house: &House, cookie: &str) -> (String, Value) {
    let answer = house.send_raw(posted(ADDRESS, cookie, Body::from("trang=%2Ftai-khoan&password=dai-va-bi-mat"))).await;
    assert_eq!(answer.status(), StatusCode::OK);
    let bytes = to_bytes(answer.into_body(), 8 << 20).await.expect("a whole body");
    let mut zip = ZipArchive::new(Cursor::new(bytes)).expect("a whole ZIP");
    let mut read = |name: &str| {
        let mut text = String::new();
        zip.by_name(name).expect(name).read_to_string(&mut text).expect("its text");
        text
    };
    (read("doc-truoc.html"), serde_json::from_str(&read("du-lieu.json")).expect("JSON"))
}

#[tokio::test]
async fn the_file_says_what_is_held_of_the_account_and_who_looked_at_it_for_what() {
    const NUMBER: &str = "998091112648";
    let house = House::open().await;
    let office = &house.office;
    let unit = office.books().places.by_key("xa-dong-xuan-ubnd").expect("a shipped office").id;
    let cookie = house.sign_up(NUMBER).await;
    let mine = filed(&house, &cookie, NUMBER).await;

    // Proven twice: at the counter, where the proof is looked at again, and by an identity provider.
    let clerk = house.who(&house.staff(Role::Reception).await).await;
    let seen =
        Seen { citizen_id: NUMBER.into(), name: "Ksor H'Nay".into(), card: true, whose: Some(Whose::Own), draw: None };
    let proof = office.prove_account(&clerk, unit, seen, office.new_id()).await.expect("a proof");
    office.proof(&clerk, proof, None).await.expect("the slip");
    let identity = Identity {
        issuer: "https://dinhdanh.example".into(),
        subject: "cong-dan-77".into(),
        assurance: Assurance::Verified,
        citizen_id: Some(NUMBER.into()),
        name: Some("Ksor H'Nay".into()),
        phone: None,
    };
    let (name, token) = cookie.split_once('=').expect("a cookie");
    let who = resident_of(&house, &cookie).await;
    let anew = office.enter_by_identity(&who, Some(token), &identity).await.expect("known");
    let cookie = format!("{name}={}", anew.0);
    let who = resident_of(&house, &cookie).await;
    let account = who.resident().expect("signed in").account;

    // Told by mail, and an address waits for its code.
    let choice = ChoiceRow {
        account_id: account,
        means: "email".into(),
        email: Some("hnay@example.vn".into()),
        phone: None,
        pending_means: Some("sms".into()),
        pending_address: Some("+84905123456".into()),
        code_hash: Some("bam-cua-ma".into()),
        code_until: Some(office.now().0),
        quiet_from: 22 * 60,
        quiet_to: 5 * 60 + 30,
        updated_at: office.now().0,
    };
    let mut tx = office.db().write().await.expect("a transaction");
    save_choice(&mut tx, &choice).await.expect("a choice");
    tx.commit().await.expect("kept");

    // An employee once, and no more.
    let owner = resident_of(&house, &house.sign_up("998091112649").await).await;
    let company = NewOrganisation {
        number: COMPANY.into(),
        name: "Công ty TNHH Mía Đồng Xuân".into(),
        address: "Thôn Long Thăng, xã Đồng Xuân".into(),
        is_representative: true,
    };
    let company = office.register_organisation(&owner, company, office.new_id()).await.expect("entered");
    let employee = NewMember {
        organisation: company,
        citizen_id: NUMBER.into(),
        name: "Ksor H'Nay".into(),
        from: Some(office.now().day()),
        to: None,
    };
    let member = office.name_employee(&owner, employee, office.new_id()).await.expect("named");
    office.end_employee(&owner, company, member, office.new_id()).await.expect("ended");

    // A draft with answers of the earlier dossier, and one of its own that is not right yet.
    let draft = office.start_draft(&who, "1.001731", unit, office.new_id()).await.expect("a draft");
    let open = office.draft(&who, draft).await.expect("the draft");
    let mut filled = BTreeSet::new();
    for topic in &open.form.topics {
        let now = office.draft(&who, draft).await.expect("the draft");
        let offers = office.prefill_offers(&who, &now, &topic.id).await.expect("offers");
        let chosen: BTreeSet<String> = offers.into_iter().map(|offer| offer.path).collect();
        if !chosen.is_empty() {
            office.prefill_draft(&who, draft, &topic.id, &chosen, office.new_id()).await.expect("filled in");
            filled.extend(chosen);
        }
    }
    assert!(filled.contains("applicant.home"), "{filled:?}");
    for (path, text) in [("request.text", "Đang viết dở."), ("result.how", "khong-co-cach-nay")] {
        let (topic, _) = open.form.owner(path).expect("a question");
        let typed = [(path.to_string(), text.to_string())].into_iter().collect();
        office.save_topic(&who, draft, &topic.id, typed, true, None).await.expect("saved");
    }

    let (page, facts) = taken(&house, &cookie).await;
    let held = &facts["account"];
    assert_eq!(held["identity_links"][0]["issuer"], identity.issuer.as_str());
    assert_eq!(held["identity_links"][0]["subject"], identity.subject.as_str());
    let proofs = held["proofs"].as_array().expect("proofs");
    let how: BTreeSet<&str> = proofs.iter().filter_map(|proof| proof["how"].as_str()).collect();
    assert_eq!((proofs.len(), how), (2, BTreeSet::from(["counter", "identity_provider"])));
    assert_eq!(held["messages"]["waits_for_code"]["address"], "+84905123456");
    assert_eq!(held["messages"]["quiet"], serde_json::json!({ "from": "22:00", "to": "05:30" }));
    assert_eq!(facts["employed_by"][0]["tax_number"], COMPANY);
    assert!(facts["employed_by"][0]["ended_at"].is_string() && facts["organisations"] == serde_json::json!([]));
    let consented: BTreeSet<&str> = facts["prefilled"]
        .as_array()
        .into_iter()
        .flatten()
        .flat_map(|one| one["answers"].as_array().into_iter().flatten())
        .filter_map(Value::as_str)
        .collect();
    assert_eq!(consented, filled.iter().map(String::as_str).collect::<BTreeSet<_>>());
    let code = office.my_dossier(&who, mine).await.expect("mine").row.temporary_code.expect("a code");
    assert_eq!(facts["prefilled"][0]["from"][0], code.as_str());
    assert_eq!(facts["drafts"][0]["answers"]["request.text"], "Đang viết dở.");

    // The page that is read says the same.
    for words in [
        "https://dinhdanh.example",
        "cong-dan-77",
        "thư điện tử",
        "hnay@example.vn",
        "+84905123456",
        "từ 22:00 đến 05:30",
        "Công ty TNHH Mía Đồng Xuân (",
        "Những lần ông/bà đồng ý điền sẵn",
        "Đang viết dở.",
        "Đã gõ mà còn phải sửa",
        "khong-co-cach-nay",
    ] {
        assert!(page.contains(words), "{words} is not on the page");
    }
    assert_eq!(page.matches(">Đối chiếu<").count(), 2, "each proof");
    let looks = held["looked_at"].as_array().expect("looks");
    let look = |act: &str| looks.iter().find(|look| look["act"] == act).map(|look| look["words"].clone());
    assert_eq!(look("view_proof"), Some("xem lại phần xác nhận tài khoản".into()));
    assert!(!page.contains("xuất giấy tờ, sổ") && !page.contains("bam-cua-ma"), "nothing that is not so, no secret");
}

#[tokio::test]
async fn the_file_says_what_was_asked_of_ones_dossiers_who_paid_it_and_what_goes_back() {
    const FEE: i64 = 50_000;
    let house = House::open().await;
    let office = &house.office;
    let unit = office.books().places.by_key("xa-dong-xuan-ubnd").expect("a shipped office").id;
    let cookie = house.sign_up("998091112648").await;
    let mine = filed(&house, &cookie, "998091112648").await;
    let administrator = house.who(&house.staff(Role::Administrator).await).await;
    let holder = "UBND xã Đồng Xuân".into();
    let account = TypedAccount { bin: "970436".into(), number: "0123456789".into(), holder, from: None };
    office.add_bank_account(&administrator, unit, &account, office.new_id()).await.expect("an account");
    let clerk = house.who(&house.staff(Role::Reception).await).await;
    let seen = office.dossier(&clerk, mine).await.expect("the dossier").row.version;
    office.accept_dossier(&clerk, mine, None, Command { id: office.new_id(), seen }).await.expect("accepted");

    let line =
        RequestLine { code: String::new(), name: "Lệ phí cấp giấy".into(), quantity: 2, amount: Dong(FEE) };
    let asked = NewRequest {
        dossier: Some(mine),
        office: unit,
        purpose: Purpose::Fee,
        lines: vec![line],
        payer_name: String::new(),
        limit: None,
    };
    let request = office.request_fee(&clerk, asked, office.new_id()).await.expect("a request");
    let who = resident_of(&house, &cookie).await;
    let token = office.payment_requests_of(&who, mine).await.expect("requests").remove(0).token;
    let credit = ArrivedCredit {
        account: "0123456789".into(),
        bin: None,
        bank_ref: "FT26327000001".into(),
        booked: office.now(),
        amount: Dong(FEE),
        currency: "VND".into(),
        note: format!("Tien hoc cua con {token}"),
        payer_name: "RO CHAM HLAN".into(),
        payer_account: "0099887766554".into(),
    };
    office.take_credit(&Who::system(), &credit, Source::Webhook, None).await.expect("taken");
    let to = Destination::Transfer {
        bin: Bin::parse("970436").expect("a bank"),
        account: AccountNumber::parse("0011012345678").expect("an account"),
    };
    let back = AskedRefund {
        of: RefundOf::Request(request),
        amount: Dong(20_000),
        payee: "Rơ Chăm H'Lan".into(),
        to,
        reason: "Nộp thừa một bản".into(),
    };
    let accountant = house.who(&house.staff(Role::Accountant).await).await;
    office.ask_refund(&accountant, back, office.new_id()).await.expect("a refund");

    let (page, facts) = taken(&house, &cookie).await;
    let payment = &facts["dossiers"][0]["payments"][0];
    assert_eq!((&payment["payer"], &payment["state"]), (&"Ksor H'Nay".into(), &"paid".into()), "{payment}");
    assert_eq!((payment["asked"].as_i64(), payment["paid"].as_i64()), (Some(FEE), Some(FEE)));
    assert_eq!(payment["lines"][0]["name"], "Lệ phí cấp giấy");
    assert_eq!(payment["token"], token.as_str());
    let received = &payment["received"][0];
    assert_eq!((&received["payer"], received["amount"].as_i64()), (&"RO CHAM HLAN".into(), Some(FEE)));
    let refund = &payment["refunds"][0];
    assert_eq!((&refund["state"], refund["amount"].as_i64()), (&"asked".into(), Some(20_000)));
    assert_eq!((&refund["payee"], &refund["account"]), (&"Rơ Chăm H'Lan".into(), &"•••••••••5678".into()));
    for words in ["Khoản phải nộp", "Lệ phí cấp giấy", "đã nộp đủ", "RO CHAM HLAN", "chờ duyệt", "Nộp thừa một bản"]
    {
        assert!(page.contains(words), "{words} is not on the page");
    }
    // Numbers of accounts, and what whoever paid wrote to the bank, stay.
    for held_back in ["0011012345678", "0099887766554", "Tien hoc cua con"] {
        assert!(!page.contains(held_back) && !facts.to_string().contains(held_back), "{held_back}");
    }
}

/// A tax number with a right check digit.
const COMPANY: &str = "0314409058";

#[tokio::test]
async fn a_wrong_password_or_none_gets_the_page_again_and_a_stranger_the_door() {
    let house = House::open().await;
    let cookie = house.sign_up("998091112648").await;
    for body in ["trang=%2Ftai-khoan&password=sai-mat-khau", "trang=%2Ftai-khoan"] {
        let answer = house.post_as(ADDRESS, body, &cookie).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{body}");
        assert!(answer.text.contains("Mật khẩu chưa đúng.") && answer.text.contains("id=\"du-lieu\""), "{body}");
        assert!(!answer.text.contains("sai-mat-khau"), "no password comes back");
    }
    let stranger = house.post(ADDRESS, "trang=%2Ftai-khoan&password=dai-va-bi-mat").await;
    assert_eq!(stranger.status, StatusCode::UNAUTHORIZED);
    for _ in 0..4 {
        house.post_as(ADDRESS, "trang=%2Ftai-khoan&password=sai-mat-khau", &cookie).await;
    }
    let locked = house.post_as(ADDRESS, "trang=%2Ftai-khoan&password=dai-va-bi-mat", &cookie).await;
    assert_eq!(locked.status, StatusCode::TOO_MANY_REQUESTS, "tries count as those of signing in");
}
