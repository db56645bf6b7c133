//! Every address of staff, opened by somebody who may not read sensitive dossiers while such dossiers lie wherever one can
//! lie: no page, print or sheet tells whose they are or what they are about, and none but two papers which they are.

use super::{
    house::{House, page_of},
    sensitive::{MATTER, PERSON, filled_in, read},
    sheets::overseer,
};
use axum::http::StatusCode;
use domain::{
    dossier::{MoneyBack, PapersBack, Settlement},
    message::{Means, Message},
    reorganisation::By,
    role::Role,
    time::Instant,
};
use office::{
    Uuid, Who,
    act::Command,
    counter::WalkIn,
    dossiers::PaperListed,
    messages::MessageRow,
    proofs::{Seen, Whose},
    queues::Queue,
    reorganisations::NewReorganisation,
    uploads::Holder,
};
use server::http::routes::{Open, ROUTES};
use store::messages::insert_message;

/// The resident who filed online, as pages write the name.
const RESIDENT: &str = "ksor h";
const NUMBER: &str = "998091112648";
const PNG: &[u8] = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01\x08\0\0\0\0";
/// Pages of the catalogue: they name procedures, whoever asks and whatever was filed.
const CATALOGUE: [&str; 4] = ["/can-bo/lam-thay", "/can-bo/danh-muc", "/can-bo/quan-tri/thu-tuc", "/can-bo/quay"];
/// The book has a line for each dossier, by its code.
const BOOK: [&str; 2] = ["/can-bo/so-theo-doi", "/so-theo-doi/"];
/// So has the list that both sides sign, once the dossiers have passed over.
const SIGNED: &str = "/ban-giao/";

/// Sensitive dossiers wherever one can lie, and what the addresses of staff are opened with.
struct Placed {
    /// Waits to be given to somebody.
    received: Uuid,
    /// Filed under a number that went to its owner; nobody has accepted it.
    disputed: Uuid,
    /// A message about it was refused.
    told: Uuid,
    /// Every one, with those that the specialist has in hand and that were withdrawn and not settled.
    all: Vec<Uuid>,
    paper: Uuid,
    upload: Uuid,
    proof: Uuid,
    specialist: Uuid,
    unit: i64,
    heir: i64,
    /// A reorganisation by hand that closes their unit.
    plan: Uuid,
}

async fn command(house: &House, who: &Who, id: Uuid) -> Command {
    let seen = house.office.dossier(who, id).await.expect("a dossier").row.version;
    Command { id: house.office.new_id(), seen }
}

/// A walk-in of 1.001699 who left an original.
async fn walked_in(house: &House, reception: &Who, unit: i64) -> Uuid {
    let walk_in = WalkIn {
        procedure_code: "1.001699".into(),
        name: "Sô Minh Thuận".into(),
        address: "Thôn Tân Phú".into(),
        papers: vec![PaperListed { name: "Giấy ra viện".into(), originals: 1, copies: 0 }],
        ..WalkIn::default()
    };
    house.office.receive_at_counter(reception, unit, walk_in, house.office.new_id()).await.expect("received")
}

/// Lets a message about that dossier be one that its carrier refused for good.
async fn refuse_message(house: &House, reception: &Who, id: Uuid) {
    let now = house.office.now();
    let dossier = house.office.dossier(reception, id).await.expect("a dossier").row;
    let row = MessageRow {
        told_how: None,
        office_id: dossier.office_id,
        id: house.office.new_id(),
        dossier_id: Some(id),
        seq: None,
        account_id: None,
        means: Means::Email.key().into(),
        address: "thuan@example.vn".into(),
        body: Message::Received { due: now },
        state: "refused".into(),
        send_at: now.0,
        attempts: 1,
        problem: Some("smtp_550".into()),
        created_at: now.0,
        settled_at: Some(now.0),
    };
    let mut tx = house.office.db().write().await.expect("a transaction");
    assert!(insert_message(&mut tx, &row).await.expect("a message"));
    tx.commit().await.expect("written");
}

/// Places them, and lets the time go by in which every limit of theirs passes.
async fn place(house: &House) -> (Placed, String) {
    let office = &house.office;
    let unit = |key: &str| office.books().places.by_key(key).expect("a shipped office").id;
    let (unit, heir) = (unit("xa-dong-xuan-ubnd"), unit("xa-xuan-lanh-ubnd"));
    let reception = house.who(&house.staff(Role::Reception).await).await;
    let specialist = house.who(&house.staff(Role::Specialist).await).await.subject();
    let (_, resident, draft) = filled_in(house, NUMBER).await;
    let disputed = office.submit_draft(&resident, draft, true, office.new_id()).await.expect("filed").dossier;
    let card = Seen {
        citizen_id: NUMBER.into(),
        name: "Nguyễn Văn Tám".into(),
        card: true,
        whose: Some(Whose::Strangers),
        draw: None,
    };
    let proof = office.prove_account(&reception, unit, card, office.new_id()).await.expect("proven");

    let received = walked_in(house, &reception, unit).await;
    let view = office.dossier(&reception, received).await.expect("a dossier");
    let paper = view.papers.first().expect("form 01").id;
    let file = office.upload(&reception, Holder::Dossier(received), "ban-quet", "a.png", PNG).await.expect("a file");
    let told = walked_in(house, &reception, unit).await;
    refuse_message(house, &reception, told).await;
    let given = walked_in(house, &reception, unit).await;
    let seen = command(house, &reception, given).await;
    office.assign_dossier(&reception, given, specialist, seen).await.expect("given");
    let withdrawn = walked_in(house, &reception, unit).await;
    let seen = command(house, &reception, withdrawn).await;
    office.ask_withdrawal(&reception, withdrawn, String::new(), seen).await.expect("asked back");
    let seen = command(house, &reception, withdrawn).await;
    let owing =
        Settlement { papers: PapersBack::ToFetch, money: MoneyBack::NothingPaid, ..Settlement::papers_returned() };
    office.confirm_withdrawal(&reception, withdrawn, owing, seen).await.expect("withdrawn");

    house.clock.set(Instant::parse_local("2026-12-30T09:00").expect("a time"));
    let cookie = overseer(house).await;
    let new = NewReorganisation {
        day: office.now().day(),
        basis: "Nghị quyết số 15/NQ-HĐND".into(),
        closes: vec![unit],
        heirs: vec![heir],
        by: By::Hand,
        default: None,
    };
    let who = house.who(&cookie).await;
    let plan = office.prepare_reorganisation(&who, new, office.new_id()).await.expect("a plan");
    let all = vec![received, disputed, told, given, withdrawn];
    let upload = file.id;
    (Placed { received, disputed, told, all, paper, upload, proof, specialist, unit, heir, plan }, cookie)
}

impl Placed {
    /// What an address of the tables is opened with. One that stands for several and that nobody filled in fails here.
    fn addresses_of(&self, template: &str) -> Vec<String> {
        let days = "tu=2026-11-01&den=2026-12-31";
        let each = |before: &str, after: &str| self.all.iter().map(|id| format!("{before}{id}{after}")).collect();
        let one = |address: String| vec![address];
        let nowhere = Uuid::max();
        match template {
            "/can-bo/viec/:queue" => {
                let queues = Queue::MENU.into_iter().chain([Queue::All]);
                let queues = queues.map(|queue| format!("/can-bo/viec/{}", queue.key()));
                queues.chain(["/can-bo/viec/tat-ca?q=so+minh+thuan".to_owned()]).collect()
            }
            "/can-bo/ho-so/:id" => each("/can-bo/ho-so/", ""),
            "/can-bo/phieu-kiem-soat/:id" => each("/can-bo/phieu-kiem-soat/", ""),
            "/can-bo/xin-y-kien/:id" => each("/can-bo/xin-y-kien/", ""),
            "/can-bo/nhieu-ho-so" => each("/can-bo/nhieu-ho-so?ho_so=", ".1"),
            "/can-bo/quay" => vec![template.to_owned(), format!("{template}?thu_tuc=1.001699")],
            "/can-bo/so-theo-doi" => one(format!("{template}?{days}")),
            "/can-bo/tai-khoan/:proof" => one(format!("/can-bo/tai-khoan/{}", self.proof)),
            "/can-bo/quan-tri/can-bo/:id" => one(format!("/can-bo/quan-tri/can-bo/{}", self.specialist)),
            "/can-bo/quan-tri/don-vi/:so" => one(format!("/can-bo/quan-tri/don-vi/{}", self.unit)),
            "/can-bo/quan-tri/lich/:draft" => one(format!("/can-bo/quan-tri/lich/{nowhere}")),
            "/can-bo/quan-tri/lich/:draft/xem-truoc" => one(format!("/can-bo/quan-tri/lich/{nowhere}/xem-truoc")),
            "/can-bo/quan-tri/thu-tuc/:ma" => one("/can-bo/quan-tri/thu-tuc/1.001699".into()),
            "/can-bo/quan-tri/sap-xep/:phuong_an" => one(self.plan_page()),
            "/can-bo/quan-tri/sap-xep/:phuong_an/ban-giao/:so" => one(self.list_page()),
            "/tep/{upload}" => one(format!("/tep/{}", self.upload)),
            "/giay-to/{paper}" => one(format!("/giay-to/{}.pdf", self.paper)),
            "/so-theo-doi/{file}" => ["xlsx", "pdf"].map(|kind| format!("/so-theo-doi/so.{kind}?{days}")).into(),
            "/phieu-kiem-soat/{file}" => each("/phieu-kiem-soat/", ".xlsx"),
            "/ban-giao/{plan}/{heir}" => one(format!("/ban-giao/{}/{}.pdf", self.plan, self.heir)),
            plain => {
                assert!(!plain.contains([':', '{']), "{plain}: say here what it is opened with");
                one(plain.to_owned())
            }
        }
    }

    fn plan_page(&self) -> String {
        format!("/can-bo/quan-tri/sap-xep/{}", self.plan)
    }

    fn list_page(&self) -> String {
        format!("{}/ban-giao/{}", self.plan_page(), self.heir)
    }

    /// Every address that staff get something from, of both tables.
    fn addresses(&self) -> Vec<String> {
        let pages = concat!(env!("CARGO_MANIFEST_DIR"), "/../app/src/routes.rs");
        let pages = std::fs::read_to_string(pages).expect("the table of pages");
        let pages = pages.split("path!(\"").skip(1).filter_map(|rest| rest.split('"').next());
        let pages: Vec<&str> = pages.filter(|page| page.starts_with("/can-bo")).collect();
        assert!(pages.len() > 30, "{pages:?}");
        let of_staff = |open: Open| matches!(open, Open::Staff(_) | Open::StaffWithBoth(..) | Open::ResidentOr(_));
        let files = ROUTES.iter().filter(|route| route.method == "GET" && of_staff(route.open));
        let templates = pages.into_iter().chain(files.map(|route| route.address));
        templates.flat_map(|template| self.addresses_of(template)).collect()
    }
}

/// Whether a page or a print says that; a print may break a word of a code at its end of line.
fn says(text: &str, words: &str) -> bool {
    text.replace(' ', "").contains(&words.to_lowercase().replace(' ', ""))
}

/// The codes by which those dossiers are named.
async fn codes(house: &House, who: &Who, ids: &[Uuid]) -> Vec<String> {
    let mut codes = Vec::new();
    for id in ids {
        let row = house.office.dossier(who, *id).await.expect("a dossier").row;
        codes.push(row.code.or(row.temporary_code).expect("a code"));
    }
    codes
}

/// Opens every address, and holds what comes against what nobody but a reader is told. Answers how many came.
async fn nothing_is_told(house: &House, placed: &Placed, codes: &[String], cookie: &str, signed: bool) -> usize {
    let mut opened = 0;
    for address in placed.addresses() {
        let (status, text) = read(house, cookie, &address).await;
        assert!(!status.is_server_error(), "{address}: {status}");
        opened += usize::from(status == StatusCode::OK);
        for name in [PERSON, RESIDENT] {
            assert!(!says(&text, name), "{address} says {name}: {text}");
        }
        if !CATALOGUE.iter().any(|page| address.starts_with(page)) {
            assert!(!says(&text, MATTER), "{address} says what it is about: {text}");
        }
        let by_code = BOOK.iter().any(|book| address.starts_with(book)) || signed && address.contains(SIGNED);
        for code in codes.iter().filter(|_| !by_code) {
            assert!(!says(&text, code), "{address} says {code}: {text}");
        }
    }
    opened
}

#[tokio::test]
async fn no_address_of_staff_tells_who_is_no_reader_of_a_sensitive_dossier_wherever_it_lies() {
    let house = House::open().await;
    let (placed, overseer) = place(&house).await;
    let leader = house.staff(Role::Leader).await;
    let reader = house.who(&leader).await;
    let all = codes(&house, &reader, &placed.all).await;
    let [received, disputed, told] = [placed.received, placed.disputed, placed.told].map(|id| {
        let at = placed.all.iter().position(|one| *one == id).expect("one of them");
        all[at].clone()
    });
    // They are there, for those who read them.
    let queue = page_of(&house, &leader, "/can-bo/viec/tat-ca").await;
    assert!(says(&queue.to_lowercase(), &received) && says(&queue.to_lowercase(), &disputed), "{queue}");
    let stuck = page_of(&house, &leader, "/can-bo/khong-de-sot").await;
    assert!(says(&stuck.to_lowercase(), &told), "{stuck}");

    let director = house.staff(Role::CentreDirector).await;
    let controller = house.staff(Role::Controller).await;
    for (cookie, opens) in [(&director, 20), (&controller, 15), (&overseer, 15)] {
        let opened = nothing_is_told(&house, &placed, &all, cookie, false).await;
        assert!(opened >= opens, "{opened} addresses opened");
    }
    // What they are to see to keeps its line all the same.
    let lines = [
        (&director, "/can-bo/khong-de-sot".to_owned(), "về hồ sơ có thông tin được bảo vệ"),
        (&overseer, "/can-bo/khong-de-sot".to_owned(), "về hồ sơ có thông tin được bảo vệ"),
        (&overseer, placed.plan_page(), "Hồ sơ có thông tin được bảo vệ 4"),
        (&overseer, placed.list_page(), "không hiện mã"),
    ];
    for (cookie, address, words) in lines {
        let page = page_of(&house, cookie, &address).await;
        assert!(page.contains(words), "{address}: {page}");
    }

    // Once they have passed over, the list that both sides sign has their codes, and still nothing else.
    let office = &house.office;
    let who = house.who(&overseer).await;
    let seen = office.reorganisation(&who, placed.plan).await.expect("a plan").row.version;
    office.confirm_reorganisation(&who, placed.plan, seen, office.new_id()).await.expect("confirmed");
    assert_eq!(office.carry_out_reorganisations(office.new_id()).await.expect("carried out"), 4);
    nothing_is_told(&house, &placed, &all, &overseer, true).await;
    let list = page_of(&house, &overseer, &placed.list_page()).await.to_lowercase();
    for code in [&received, &disputed, &told] {
        assert!(says(&list, code), "{list}");
    }
}
