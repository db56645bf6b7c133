//! The counter's form over the wire: fields and scans in one, and what is refused loses nothing.

use super::house::{Form, House, posted};
use axum::{body::Body, http::StatusCode};
use domain::role::Role;
use futures::{StreamExt, stream};
use office::Uuid;
use std::{
    convert::Infallible,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
};

const ACT: &str = "/api/app/acts/counter/receive_at_counter";
const NUMBER: &str = "054190004321";
const PNG: &[u8] = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01\x08\0\0\0\0";

/// The form of a person with one ticked paper, up to its file.
fn form(house: &House, command: Uuid, tray: Uuid, number: &str) -> Form {
    let books = house.office.books();
    let unit = books.places.by_key("xa-dong-xuan-ubnd").expect("a shipped office").id.to_string();
    Form::new()
        .field("trang", "/can-bo/quay")
        .field("command", command.to_string())
        .field("tray", tray.to_string())
        .field("procedure", "2.000815")
        .field("unit", &unit)
        .field("thu_tuc", "")
        .field("card", "")
        .field("person[name]", "Đặng Thị Sáu")
        .field("person[citizen_id]", number)
        .field("person[phone]", "0905 123 456")
        .field("person[address]", "Thôn Tân Phú")
        .field("papers[0][listed]", "1")
        .field("papers[0][name]", "Bản chính giấy tờ")
        .field("papers[0][originals]", "1")
        .field("papers[0][copies]", "2")
}

#[tokio::test]
async fn a_walk_in_is_received_with_scans_named_for_their_papers_and_twice_is_once() {
    let house = House::open().await;
    let cookie = house.staff(Role::Reception).await;
    let (command, tray) = (house.office.new_id(), house.office.new_id());
    let scan = |form: Form| form.file("papers[0][scan]", "quét 1.png", PNG).file("papers[0][scan]", "", b"");
    let wrong = scan(form(&house, command, tray, "12345")).post(&house, ACT, &cookie).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(wrong.text.contains("Số định danh có 12 chữ số") && wrong.text.contains("quét 1.png"));
    // The number is corrected; the scan lies in the tray already.
    let good = || form(&house, command, tray, NUMBER).field("papers[0][on]", "1");
    let answer = good().post(&house, ACT, &cookie).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.text);
    let place = answer.header("location").to_string();
    let dossier: Uuid = place["/can-bo/ho-so/".len()..].split('?').next().unwrap().parse().expect("a dossier");
    let view = house.office.dossier(&house.who(&cookie).await, dossier).await.expect("the dossier");
    let paper = &view.row.papers_listed[0];
    assert_eq!((paper.name.as_str(), paper.originals, paper.copies), ("Bản chính giấy tờ", 1, 2));
    let files: Vec<_> = view.uploads.iter().map(|file| (file.question.as_str(), file.name.as_str())).collect();
    assert_eq!(files, [("Bản chính giấy tờ", "quét 1.png")]);

    // Sent again with the scan: the same dossier, and no second file.
    let again = scan(good()).post(&house, ACT, &cookie).await;
    assert_eq!((again.status, again.header("location")), (StatusCode::SEE_OTHER, place.as_str()));
    let view = house.office.dossier(&house.who(&cookie).await, dossier).await.expect("the dossier");
    assert_eq!(view.uploads.len(), 1);
}

#[tokio::test]
async fn a_scan_that_is_refused_keeps_the_fields_the_other_scans_and_the_tray() {
    let house = House::open().await;
    let cookie = house.staff(Role::Reception).await;
    let (command, tray) = (house.office.new_id(), house.office.new_id());
    let answer = form(&house, command, tray, NUMBER)
        .file("papers[0][scan]", "tot.png", PNG)
        .field("papers[1][listed]", "1")
        .field("papers[1][name]", "Tờ khai")
        .file("papers[1][scan]", "virus.exe", b"MZ\x90\0")
        .field("other_matter", "")
        .post(&house, ACT, &cookie)
        .await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    for kept in ["Đặng Thị Sáu", "054190004321", "Thôn Tân Phú", &tray.to_string(), &command.to_string(), "tot.png"]
    {
        assert!(answer.text.contains(kept), "{kept} is lost");
    }
    assert!(answer.text.contains("Chưa nhận được loại tệp này"), "the line does not say why");
    let files = house.office.tray(&house.who(&cookie).await, tray).await.expect("the tray");
    assert_eq!(files.iter().map(|file| file.name.as_str()).collect::<Vec<_>>(), ["tot.png"]);

    // One of them is taken out again, with a form that only fills in.
    let form = form(&house, command, tray, NUMBER).field("fill", "1").field("tray_drop", files[0].id.to_string());
    assert_eq!(form.post(&house, ACT, &cookie).await.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(house.office.tray(&house.who(&cookie).await, tray).await.expect("the tray").is_empty());
}

#[tokio::test]
async fn a_scan_taken_out_after_the_session_ended_loses_nothing_typed() {
    let house = House::open().await;
    let (command, tray) = (house.office.new_id(), house.office.new_id());
    let form = form(&house, command, tray, NUMBER).field("tray_drop", house.office.new_id().to_string());
    let answer = form.field("other_matter", "Việc của con thứ hai").post(&house, ACT, "").await;
    assert_eq!(answer.status, StatusCode::UNAUTHORIZED);
    for kept in ["Đặng Thị Sáu", "Việc của con thứ hai"] {
        assert!(answer.text.contains(kept), "{kept} is lost");
    }
}

#[tokio::test]
async fn a_field_without_end_is_read_no_further_than_a_form_may_be_long() {
    const CHUNK: usize = 64 * 1024;
    let house = House::open().await;
    let reception = house.staff(Role::Reception).await;
    for (cookie, status) in [(reception.as_str(), StatusCode::UNPROCESSABLE_ENTITY), ("", StatusCode::UNAUTHORIZED)] {
        let begun =
            form(&house, house.office.new_id(), house.office.new_id(), NUMBER).field("other_matter", "").unended();
        let taken = Arc::new(AtomicUsize::new(0));
        let count = taken.clone();
        let rest = stream::repeat(vec![b'x'; CHUNK]).take(32 * 1024 * 1024 / CHUNK).then(move |chunk| {
            count.fetch_add(chunk.len(), Ordering::Relaxed);
            async move {
                // As a line does, which brings one piece after the other.
                tokio::task::yield_now().await;
                chunk
            }
        });
        let body = Body::from_stream(stream::iter([begun]).chain(rest).map(Ok::<_, Infallible>));
        let answer = house.send(posted(ACT, cookie, body)).await;
        assert_eq!(answer.status, status);
        assert!(answer.text.contains("Đặng Thị Sáu"), "what came before is lost");
        let taken = taken.load(Ordering::Relaxed);
        assert!(taken < 3 * 1024 * 1024, "{taken} bytes were read");
    }
}

#[tokio::test]
async fn what_is_told_about_scans_counts_as_part_of_the_form() {
    let house = House::open().await;
    let mut form = form(&house, house.office.new_id(), house.office.new_id(), NUMBER);
    for line in 0..5_000 {
        form = form.file(&format!("papers[{line}][scan]"), "a.png", b"x");
    }
    let answer = form.post(&house, ACT, "").await;
    assert_eq!(answer.status, StatusCode::UNAUTHORIZED);
    let told = answer.text.matches("[scan_problem]").count();
    assert!((1_000..4_000).contains(&told), "{told} lines");
}

#[tokio::test]
async fn nobody_fills_a_tray_who_may_not_receive() {
    let house = House::open().await;
    let specialist = house.staff(Role::Specialist).await;
    for (cookie, status) in [(specialist.as_str(), StatusCode::FORBIDDEN), ("", StatusCode::UNAUTHORIZED)] {
        let (command, tray) = (house.office.new_id(), house.office.new_id());
        let answer =
            form(&house, command, tray, NUMBER).file("papers[0][scan]", "a.png", PNG).post(&house, ACT, cookie).await;
        assert_eq!(answer.status, status);
        let answer = form(&house, command, tray, NUMBER).post(&house, ACT, cookie).await;
        assert_eq!(answer.status, status, "without a file");
    }
}
