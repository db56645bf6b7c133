//! What stands on a receipt, and the XML of receipts and of notice 04/SS-CTĐT.

use super::*;
use crate::{money::Dong, organisation::TaxNumber, person::CitizenId};
use proptest::prelude::*;
use roxmltree::Document;

fn facts() -> ReceiptFacts {
    ReceiptFacts {
        name: FEE_RECEIPT.into(),
        form: Some(series().form),
        serial: Some(series().serial),
        number: Some(number(123)),
        issued: Some(at("2026-11-27T09:50:30")),
        collecting: Collecting {
            name: "Ủy ban nhân dân xã Đồng Xuân".into(),
            tax_number: Some(TaxNumber::parse("0314409058").unwrap()),
            address: "Thôn Long Châu, xã Đồng Xuân".into(),
        },
        payer: Payer {
            name: "La O Thị Hờ <Bên A & B>".into(),
            address: "Thôn Xí Thoại".into(),
            tax_number: None,
            citizen_id: Some(CitizenId::parse("054190123456").unwrap()),
        },
        fees: vec![
            FeeOnReceipt { name: "Phí chứng thực bản sao".into(), quantity: 3, amount: Dong(27_000) },
            FeeOnReceipt { name: "Lệ phí trích lục".into(), quantity: 1, amount: Dong(8_000) },
        ],
        total: Dong(35_000),
        total_in_words: "Ba mươi lăm nghìn đồng".into(),
        method: PaymentMethod::of(Dong(5_000), Dong(30_000)),
        collector: "Nguyễn Thị Thu".into(),
        look_up: Some(LookUp {
            address: "https://dongxuan.example/tra-cuu-bien-lai".into(),
            code: ReceiptLookupCode::from_random([0; 7]),
        }),
        corrects: None,
    }
}

fn adjusting() -> ReceiptFacts {
    let reason = "ghi thừa một bản".to_owned();
    let issued = day("2026-11-26");
    let corrects = Correction { kind: CorrectionKind::Adjustment, of: reference(99), issued, reason };
    ReceiptFacts {
        fees: vec![FeeOnReceipt { name: "Phí chứng thực bản sao".into(), quantity: 1, amount: Dong(-9_000) }],
        total: Dong(-9_000),
        total_in_words: "Giảm chín nghìn đồng".into(),
        corrects: Some(corrects),
        ..facts()
    }
}

#[test]
fn a_receipt_without_facts_lacks_every_mandatory_piece() {
    let conditional = [Missing::FeeName, Missing::CorrectionReason];
    let all: Vec<Missing> = Missing::ALL.iter().copied().filter(|piece| !conditional.contains(piece)).collect();
    assert_eq!(missing(&ReceiptFacts::default()), all);
    assert_eq!(missing(&facts()), []);
    assert_eq!(missing(&adjusting()), []);
}

#[test]
fn each_absent_piece_is_named() {
    type Spoil = fn(&mut ReceiptFacts);
    let table: [(Spoil, Missing); 18] = [
        (|it| it.name = " ".into(), Missing::Name),
        (|it| it.form = None, Missing::Form),
        (|it| it.serial = None, Missing::Serial),
        (|it| it.number = None, Missing::Number),
        (|it| it.issued = None, Missing::Issued),
        (|it| it.collecting.name.clear(), Missing::CollectingName),
        (|it| it.collecting.tax_number = None, Missing::CollectingTaxNumber),
        (|it| it.collecting.address.clear(), Missing::CollectingAddress),
        (|it| it.payer.name.clear(), Missing::PayerName),
        (|it| it.payer.address = "\u{a0}".into(), Missing::PayerAddress),
        (|it| it.fees.clear(), Missing::Fees),
        (|it| it.fees[1].name.clear(), Missing::FeeName),
        (|it| it.total = Dong(0), Missing::Amount),
        (|it| it.total_in_words.clear(), Missing::AmountInWords),
        (|it| it.method = None, Missing::Method),
        (|it| it.collector.clear(), Missing::Collector),
        (|it| it.look_up = None, Missing::LookUp),
        (
            |it| it.corrects = adjusting().corrects.map(|wrong| Correction { reason: String::new(), ..wrong }),
            Missing::CorrectionReason,
        ),
    ];
    assert_eq!(table.map(|(_, piece)| piece).as_slice(), Missing::ALL);
    for (spoil, piece) in table {
        let mut spoilt = facts();
        spoil(&mut spoilt);
        assert_eq!(missing(&spoilt), [piece]);
        assert_eq!(receipt_content(&spoilt), Err(ContentProblem::Missing(vec![piece])));
    }
}

#[test]
fn the_payer_needs_no_number() {
    let mut facts = facts();
    facts.payer.citizen_id = None;
    assert_eq!(missing(&facts), []);
    assert!(!text_of(&receipt_content(&facts).unwrap()).contains("CCCDan"));
}

#[test]
fn what_cannot_be_so_is_named() {
    type Spoil = fn(&mut ReceiptFacts);
    let table: [(Spoil, Contradiction); 7] = [
        (|it| it.form = FormNumber::parse("01BLP2-001").ok(), Contradiction::Series(SeriesProblem::SheetsOfElectronic)),
        (|it| it.issued = Some(at("2027-01-01T00:00")), Contradiction::SerialOfAnotherYear { year: 2026 }),
        (|it| it.fees[0].amount = Dong(27_001), Contradiction::TotalIsNotTheSum { sum: Dong(35_001) }),
        (|it| it.total_in_words = "Ba mươi lăm triệu đồng".into(), Contradiction::WordsOfAnotherAmount),
        (|it| (it.fees[0].amount, it.fees[1].amount) = (Dong(-1), Dong(35_001)), Contradiction::BelowZero),
        (
            |it| it.corrects = adjusting().corrects.map(|wrong| Correction { of: reference(123), ..wrong }),
            Contradiction::CorrectsItself,
        ),
        (
            |it| it.corrects = adjusting().corrects.map(|wrong| Correction { issued: day("2026-11-28"), ..wrong }),
            Contradiction::BeforeTheWrongOne,
        ),
    ];
    for (spoil, contradiction) in table {
        let mut spoilt = facts();
        spoil(&mut spoilt);
        assert_eq!(contradictions(&spoilt), [contradiction]);
        assert_eq!(receipt_content(&spoilt), Err(ContentProblem::Contradictory(vec![contradiction])));
    }
    assert_eq!(contradictions(&facts()), []);
    assert_eq!(contradictions(&adjusting()), []);
    assert_eq!(contradictions(&ReceiptFacts::default()), []);
}

#[test]
fn the_words_say_the_amount() {
    let contradicts = |facts: ReceiptFacts| contradictions(&facts).contains(&Contradiction::WordsOfAnotherAmount);
    let plain = |total, words: &str| ReceiptFacts { total: Dong(total), total_in_words: words.into(), ..facts() };
    for (total, words) in [
        (35_000, "Ba mươi lăm nghìn đồng"),
        (35_000, "ba mươi lăm nghìn đồng chẵn./."),
        (35_000, " Ba mươi lăm  nghìn đồng. "),
        (105, "Một trăm lẻ năm đồng"),
        (105, "Một trăm linh năm đồng"),
        (0, "Không đồng"),
    ] {
        assert!(!contradicts(plain(total, words)), "{total} {words}");
    }
    for (total, words) in [
        (35_000, "Ba mươi lăm nghìn"),
        (35_000, "Ba mươi năm nghìn đồng"),
        (35_000, "35.000 đồng"),
        (35_000, "Tăng ba mươi lăm nghìn đồng"),
        (5_000, "Hai mươi năm nghìn đồng"),
        (-9_000, "Chín nghìn đồng"),
        (-9_000, "Giảm chín nghìn đồng"),
        (i64::MIN, "Không đồng"),
        (i64::MAX, "Không đồng"),
    ] {
        assert!(contradicts(plain(total, words)), "{total} {words}");
    }
    let difference =
        |total, words: &str| ReceiptFacts { total: Dong(total), total_in_words: words.into(), ..adjusting() };
    for (total, words) in
        [(-9_000, "Giảm chín nghìn đồng"), (-9_000, "Điều chỉnh giảm chín nghìn đồng"), (9_000, "Chín nghìn đồng")]
    {
        assert!(!contradicts(difference(total, words)), "{total} {words}");
    }
    for (total, words) in
        [(-9_000, "Chín nghìn đồng"), (-9_000, "Giảm mười chín nghìn đồng"), (-9_000, "Giảm một triệu chín nghìn đồng")]
    {
        assert!(contradicts(difference(total, words)), "{total} {words}");
    }
}

#[test]
fn amounts_beyond_measure_are_a_contradiction_and_no_panic() {
    let mut facts = facts();
    facts.fees.iter_mut().for_each(|fee| fee.amount = Dong(i64::MAX));
    assert_eq!(contradictions(&facts), [Contradiction::TotalIsNotTheSum { sum: Dong(i64::MAX) }]);
}

#[test]
fn the_way_of_paying_is_written_as_the_law_has_it() {
    for (cash, transferred, written) in
        [(1, 0, Some("TM")), (0, 1, Some("CK")), (1, 1, Some("TM,CK")), (0, 0, None), (-1, 0, None)]
    {
        assert_eq!(PaymentMethod::of(Dong(cash), Dong(transferred)).map(PaymentMethod::key), written);
    }
}

fn text_of(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

#[test]
fn the_content_is_these_bytes() {
    let expected = concat!(
        r#"<?xml version="1.0" encoding="UTF-8"?>"#,
        r#"<CTu><DLCTu Id="CT-01BLP0-001-AA-26E-0000123">"#,
        "<TTChung><PBan>2.1.0</PBan><TLoai>BIÊN LAI THU TIỀN PHÍ, LỆ PHÍ</TLoai>",
        "<KHMSCTu>01BLP0-001</KHMSCTu><KHCTu>AA-26E</KHCTu><SCTu>0000123</SCTu>",
        "<NLap>2026-11-27</NLap><TGLap>2026-11-27T09:50:30+07:00</TGLap>",
        "<DVTTe>VND</DVTTe><HTTToan>TM,CK</HTTToan></TTChung>",
        "<NDCTu><CQThu><Ten>Ủy ban nhân dân xã Đồng Xuân</Ten><MST>0314409058</MST>",
        "<DChi>Thôn Long Châu, xã Đồng Xuân</DChi></CQThu>",
        "<NNop><Ten>La O Thị Hờ &lt;Bên A &amp; B&gt;</Ten><CCCDan>054190123456</CCCDan>",
        "<DChi>Thôn Xí Thoại</DChi></NNop>",
        "<DSPLPhi><PLPhi><STT>1</STT><Ten>Phí chứng thực bản sao</Ten><SLuong>3</SLuong><STien>27000</STien></PLPhi>",
        "<PLPhi><STT>2</STT><Ten>Lệ phí trích lục</Ten><SLuong>1</SLuong><STien>8000</STien></PLPhi></DSPLPhi>",
        "<TToan><TgTTTBSo>35000</TgTTTBSo><TgTTTBChu>Ba mươi lăm nghìn đồng</TgTTTBChu></TToan>",
        "<NThu>Nguyễn Thị Thu</NThu>",
        "<TTTCuu><DCTCuu>https://dongxuan.example/tra-cuu-bien-lai</DCTCuu><MTCuu>000000000000</MTCuu></TTTCuu>",
        "</NDCTu></DLCTu><DSCKS></DSCKS></CTu>",
    );
    let bytes = receipt_content(&facts()).unwrap();
    assert_eq!(text_of(&bytes), expected);
    assert_eq!(receipt_content(&facts()), Ok(bytes));
}

#[test]
fn a_receipt_that_puts_another_right_names_it() {
    let text = text_of(&receipt_content(&adjusting()).unwrap());
    let document = Document::parse(&text).unwrap();
    let related = document.descendants().find(|node| node.has_tag_name("TTCTLQuan")).unwrap();
    let read: Vec<(&str, &str)> =
        related.children().map(|node| (node.tag_name().name(), node.text().unwrap_or_default())).collect();
    assert_eq!(
        read,
        [
            ("TCCTu", "2"),
            ("KHMSCTCLQuan", "01BLP0-001"),
            ("KHCTCLQuan", "AA-26E"),
            ("SCTCLQuan", "0000099"),
            ("NLCTCLQuan", "2026-11-26"),
            ("LDo", "ghi thừa một bản"),
        ]
    );
    assert!(text.contains("<STien>-9000</STien>"));
}

#[test]
fn a_signature_has_one_place_outside_what_it_signs() {
    let receipt = receipt_content(&facts()).unwrap();
    let notice = notice_content(&notice(), "TB-1").unwrap();
    for (bytes, place, signed) in
        [(receipt, RECEIPT_SIGNATURE_PLACE, "DLCTu"), (notice, NOTICE_SIGNATURE_PLACE, "DLTBao")]
    {
        let text = text_of(&bytes);
        let document = Document::parse(&text).unwrap();
        let places: Vec<_> = document.descendants().filter(|node| node.has_tag_name(place)).collect();
        assert_eq!(places.len(), 1, "{place}");
        assert!(places[0].ancestors().all(|node| !node.has_tag_name(signed)));
        // Canonical already: no element is written with one tag, none has white space between.
        assert!(!text.contains("/>") && !text.contains("> <") && !text.contains(">\n<"));
    }
}

fn notice() -> ErrorNotice {
    let wrong = |value, reason: &str| WrongReceipt {
        receipt: reference(value),
        issued: day("2026-11-26"),
        reason: reason.into(),
    };
    ErrorNotice {
        asked: None,
        authority_code: "60700".into(),
        authority: "Thuế cơ sở 7 tỉnh Đắk Lắk".into(),
        issuer: "Ủy ban nhân dân xã Đồng Xuân".into(),
        tax_number: TaxNumber::parse("0314409058").unwrap(),
        place: "Đồng Xuân".into(),
        day: day("2026-11-27"),
        receipts: vec![wrong(99, "sai họ tên"), wrong(101, "sai số tiền")],
    }
}

#[test]
fn the_notice_is_these_bytes() {
    let expected = concat!(
        r#"<?xml version="1.0" encoding="UTF-8"?>"#,
        r#"<TBao><DLTBao Id="TB-1"><PBan>2.1.0</PBan><MSo>04/SS-CTĐT</MSo>"#,
        "<Ten>Thông báo chứng từ điện tử đã lập sai</Ten><Loai>1</Loai>",
        "<MCQT>60700</MCQT><TCQT>Thuế cơ sở 7 tỉnh Đắk Lắk</TCQT>",
        "<TNNT>Ủy ban nhân dân xã Đồng Xuân</TNNT><MST>0314409058</MST>",
        "<DDanh>Đồng Xuân</DDanh><NTBao>2026-11-27</NTBao><DSCTu>",
        "<CTu><STT>1</STT><KHMSCTu>01BLP0-001</KHMSCTu><KHCTu>AA-26E</KHCTu><SCTu>0000099</SCTu>",
        "<NLap>2026-11-26</NLap><LCTDT>3</LCTDT><LDo>sai họ tên</LDo></CTu>",
        "<CTu><STT>2</STT><KHMSCTu>01BLP0-001</KHMSCTu><KHCTu>AA-26E</KHCTu><SCTu>0000101</SCTu>",
        "<NLap>2026-11-26</NLap><LCTDT>3</LCTDT><LDo>sai số tiền</LDo></CTu>",
        "</DSCTu></DLTBao><DSCKS><NNT></NNT></DSCKS></TBao>",
    );
    assert_eq!(text_of(&notice_content(&notice(), "TB-1").unwrap()), expected);
}

#[test]
fn a_notice_that_answers_names_the_letter_and_a_printed_amount_has_its_code() {
    let mut asked = notice();
    asked.asked = Some(AskedBy { number: "12/TB-CTĐT".into(), day: day("2026-11-25") });
    asked.receipts[0].receipt.series = series_of("02BLP0-001", "AA-26E");
    let text = text_of(&notice_content(&asked, "TB-2").unwrap());
    assert!(text.contains("<Loai>2</Loai><So>12/TB-CTĐT</So><NTBCCQT>2026-11-25</NTBCCQT>"));
    assert!(text.contains("<LCTDT>4</LCTDT><LDo>sai họ tên</LDo>"));
}

#[test]
fn an_incomplete_notice_is_refused_with_its_reason() {
    type Spoil = fn(&mut ErrorNotice);
    let table: [(Spoil, NoticeProblem); 9] = [
        (|it| it.authority_code.clear(), NoticeProblem::MissingAuthority),
        (|it| it.issuer = " ".into(), NoticeProblem::MissingIssuer),
        (|it| it.place.clear(), NoticeProblem::MissingPlace),
        (|it| it.asked = Some(AskedBy { number: String::new(), day: it.day }), NoticeProblem::MissingLetter),
        (|it| it.receipts.clear(), NoticeProblem::NoReceipts),
        (|it| it.receipts[1].reason.clear(), NoticeProblem::MissingReason(reference(101))),
        (|it| it.receipts[1].receipt = reference(99), NoticeProblem::Twice(reference(99))),
        (|it| it.day = day("2026-11-25"), NoticeProblem::BeforeTheReceipt(reference(99))),
        (|it| it.place.push('\u{1}'), NoticeProblem::Unwritable('\u{1}')),
    ];
    for (spoil, problem) in table {
        let mut spoilt = notice();
        spoil(&mut spoilt);
        assert_eq!(notice_content(&spoilt, "TB-3"), Err(problem));
    }
}

/// The text of the only element on that path below the root.
fn read<'a>(document: &'a Document, path: &[&str]) -> &'a str {
    let mut node = document.root_element();
    for name in path {
        node = node.children().find(|child| child.has_tag_name(*name)).unwrap();
    }
    node.text().unwrap_or_default()
}

/// Texts with what XML escapes, forbids or rewrites coming up often.
fn any_text() -> impl Strategy<Value = String> {
    let character = prop_oneof![
        3 => any::<char>(),
        3 => prop::sample::select(vec!['&', '<', '>', '"', '\'', ']', '\r', '\n', '\t', ' ', ';', '#', 'ệ', '\u{85}']),
    ];
    // What is blank is refused before it is written.
    prop::collection::vec(character, 0..30).prop_map(|characters| format!("a{}", String::from_iter(characters)))
}

fn is_forbidden(character: char) -> bool {
    (character < ' ' && !"\t\n\r".contains(character)) || matches!(character, '\u{fffe}' | '\u{ffff}')
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, cases: 1000, ..ProptestConfig::default() })]

    #[test]
    fn any_text_is_escaped_and_reads_back_equal_or_is_refused(
        name in any_text(), address in any_text(), fee in any_text(), reason in any_text(),
    ) {
        let mut facts = adjusting();
        facts.payer.name.clone_from(&name);
        facts.collecting.address.clone_from(&address);
        facts.fees[0].name.clone_from(&fee);
        let wrong = facts.corrects.as_mut().unwrap();
        wrong.reason.clone_from(&reason);
        let texts = [&name, &address, &fee, &reason];
        match receipt_content(&facts) {
            Ok(bytes) => {
                prop_assert!(!texts.iter().any(|text| text.contains(is_forbidden)));
                let text = text_of(&bytes);
                let document = Document::parse(&text).unwrap();
                prop_assert_eq!(read(&document, &["DLCTu", "NDCTu", "NNop", "Ten"]), name.as_str());
                prop_assert_eq!(read(&document, &["DLCTu", "NDCTu", "CQThu", "DChi"]), address.as_str());
                prop_assert_eq!(read(&document, &["DLCTu", "NDCTu", "DSPLPhi", "PLPhi", "Ten"]), fee.as_str());
                prop_assert_eq!(read(&document, &["DLCTu", "TTChung", "TTCTLQuan", "LDo"]), reason.as_str());
                let signed = document.root_element().first_element_child().unwrap();
                prop_assert_eq!(signed.attribute("Id"), Some("CT-01BLP0-001-AA-26E-0000123"));
            }
            Err(problem) => {
                let ContentProblem::Unwritable(character) = problem else {
                    return Err(TestCaseError::fail(format!("{problem:?}")));
                };
                prop_assert!(is_forbidden(character) && texts.iter().any(|text| text.contains(character)));
            }
        }
    }

    #[test]
    fn the_id_of_a_notice_is_escaped_and_reads_back_equal(id in any_text()) {
        if let Ok(bytes) = notice_content(&notice(), &id) {
            let text = text_of(&bytes);
            let document = Document::parse(&text).unwrap();
            let signed = document.root_element().first_element_child().unwrap();
            prop_assert_eq!(signed.attribute("Id"), Some(id.as_str()));
        }
    }
}
