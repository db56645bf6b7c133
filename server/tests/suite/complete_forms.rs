//! Every form of its own, answered whole and filed over HTTP: topic by topic, with its files, to the dossier that staff read.

use super::house::{Form, House, page_of};
use app::context::encode;
use axum::http::StatusCode;
use domain::{
    question::{self, QuestionKind, Typed, shown_topics},
    role::Role,
};
use office::{Uuid, sessions::Door, who::Trace};

/// A procedure, its complete answers as the rules of its form are tested with, and what of them, or of what follows from
/// them, is read again before filing and by staff.
struct Filled {
    procedure: &'static str,
    answers: &'static str,
    read_again: &'static [&'static str],
}

macro_rules! filled {
    ($procedure:literal, $form:literal, $($read_again:literal),+) => {
        Filled {
            procedure: $procedure,
            answers: include_str!(concat!("../../../app/domain/src/question/rules/complete/", $form, ".txt")),
            read_again: &[$($read_again),+],
        }
    };
}

const FORMS: [Filled; 8] = [
    filled!(
        "1.000656",
        "khai_tu",
        "Hờ Văn Tám",
        "Bằng chữ: Mười tám giờ, mười phút, ngày mười chín, tháng mười một, năm hai nghìn không trăm hai mươi sáu"
    ),
    filled!("1.000894", "ket_hon", "Sô Văn Bình"),
    filled!("1.004873", "tinh_trang_hon_nhan", "Y Thoan Niê"),
    filled!("1.001022", "nhan_cha_me_con", "Hờ Minh Khang"),
    filled!("1.001612", "ho_kinh_doanh", "Tạp hóa Thu Lan"),
    filled!("1.013225", "nha_o_rieng_le", "Hờ Thị Lan", "Mật độ xây dựng: 38,6%"),
    filled!("1.001699", "khuyet_tat", "Hờ Thị Lan"),
    filled!("1.014027", "huu_tri_xa_hoi", "Mang Thị Đào"),
];

const PNG: &[u8] = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01\x08\0\0\0\0";

/// The answers of lines `path = text`; paths of files stand apart.
fn read(form: &question::Form, lines: &str) -> (Typed, Vec<String>) {
    let pairs = lines.lines().filter_map(|line| line.split_once('='));
    let pairs = pairs.map(|(path, text)| (path.trim().to_owned(), text.trim().to_owned()));
    let is_file = |path: &str| form.question(path).is_some_and(|asked| matches!(asked.kind, QuestionKind::File { .. }));
    let (files, typed): (Vec<_>, Vec<_>) = pairs.partition(|(path, _)| is_file(path));
    (typed.into_iter().collect(), files.into_iter().map(|(path, _)| path).collect())
}

/// Files that form as a browser does, and answers the dossier.
async fn file(house: &House, cookie: &str, filled: &Filled) -> Uuid {
    let (office, code) = (&house.office, filled.procedure);
    let unit = office.books().places.by_key("xa-dong-xuan-ubnd").expect("a shipped office").id;
    let begin = format!("code={code}&office_id={unit}&command={}", office.new_id());
    let begun = house.post_as("/api/app/acts/drafts/start_draft", &begin, cookie).await;
    assert_eq!(begun.status, StatusCode::SEE_OTHER, "{code}: {}", begun.text);
    let page = begun.header("location").split("/muc/").next().unwrap_or_default().to_owned();
    let draft: Uuid = page.rsplit('/').next().and_then(|id| id.parse().ok()).expect("a draft");
    let token = cookie.split_once('=').map(|(_, token)| token);
    let who = office.who_of_token(Door::Resident, token, Trace::default()).await.expect("somebody");
    let form = office.draft(&who, draft).await.expect("the draft").form.clone();
    let (typed, files) = read(&form, filled.answers);
    for path in typed.keys().chain(&files) {
        assert!(form.owner(path).is_some(), "{code} has no question {path}");
    }
    let of_topic = |topic: &str, path: &str| form.owner(path).is_some_and(|(owner, _)| owner.id == topic);
    for topic in shown_topics(&form, &typed) {
        let answers: String = typed
            .iter()
            .filter(|(path, _)| of_topic(&topic.id, path))
            .map(|(path, text)| format!("&{}={}", encode(&format!("typed[{path}]")), encode(text)))
            .collect();
        let save = async |go: &str| {
            let command = office.new_id();
            let body = format!("draft={draft}&topic={}&go={go}&command={command}{answers}", topic.id);
            let saved = house.post_as("/api/app/acts/drafts/save_topic", &body, cookie).await;
            assert_eq!(saved.status, StatusCode::SEE_OTHER, "{code} {}: {}", topic.id, saved.text);
            saved.header("location").to_owned()
        };
        save("o-lai").await;
        for path in files.iter().filter(|path| of_topic(&topic.id, path)) {
            let upload = Form::new().field("cau", path).file("tep", "giay.png", PNG);
            let sent = upload.post(house, &format!("/tai-len/nhap/{draft}"), cookie).await;
            assert_eq!(sent.status, StatusCode::SEE_OTHER, "{code} {path}: {}", sent.text);
        }
        let next = save("tiep").await;
        let here = format!("{page}/muc/{}", topic.id);
        assert_ne!(next.split(['?', '#']).next(), Some(here.as_str()), "{code} goes on");
    }
    let review = page_of(house, cookie, &format!("{page}/xem-lai")).await;
    for words in filled.read_again {
        assert!(review.contains(words), "{code}: its review does not say {words}");
    }
    let command = office.new_id();
    let body = format!("draft={draft}&declared=on&command={command}");
    let submitted = house.post_as("/api/app/acts/drafts/submit_draft", &body, cookie).await;
    assert_eq!(submitted.status, StatusCode::SEE_OTHER, "{code}: {}", submitted.text);
    let filed = submitted.header("location").to_owned();
    let dossier = filed.strip_prefix("/ho-so/").and_then(|rest| rest.strip_suffix("/da-nop")).expect(&filed);
    let dossier: Uuid = dossier.parse().expect("a dossier");

    let view = office.my_dossier(&who, dossier).await.expect("one's own");
    assert_eq!((view.row.procedure_code.as_str(), view.parsed.problems.len()), (code, 0));
    for (path, text) in &typed {
        assert_eq!(view.row.typed.get(path), Some(text), "{code}: {path}");
    }
    let mut sent: Vec<_> = view.uploads.iter().map(|upload| upload.question.clone()).collect();
    let mut wanted = files;
    sent.sort();
    wanted.sort();
    assert_eq!(sent, wanted, "{code}: its files");
    let temporary = view.row.temporary_code.expect("a temporary code");
    assert!(page_of(house, cookie, &filed).await.contains(&temporary), "{code}: the confirmation has its code");
    dossier
}

#[tokio::test]
async fn every_form_of_its_own_is_answered_whole_filed_and_read_again() {
    let house = House::open().await;
    let cookie = house.sign_up("998091112648").await;
    let leader = house.staff(Role::Leader).await;
    for filled in &FORMS {
        let dossier = file(&house, &cookie, filled).await;
        let page = page_of(&house, &leader, &format!("/can-bo/ho-so/{dossier}")).await;
        for words in filled.read_again {
            assert!(page.contains(words), "{}: staff do not read {words}", filled.procedure);
        }
    }
}
