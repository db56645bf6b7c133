use super::*;
use crate::payment::qr::{MakeProblem, ReadProblem, Scanned, Service, TransferOrder, crc, make, read};

const STATIC: &str = "00020101021138570010A00000072701270006970403011300110123456780208QRIBFTTA53037045802VN63049E6F";
const DYNAMIC: &str = "00020101021238560010A0000007270126000697041501121133666688880208QRIBFTTA53037045405790005802VN\
                       62220818Ung Ho Quy Vac Xin63043ACF";
const CARD: &str = "00020101021138600010A00000072701300006970403011697040311012345670208QRIBFTTC53037045802VN63044F52";
const TERMINAL: &str = "00020101021238570010A00000072701270006970403011300110123456780208QRIBFTTA530370454061800005802VN\
                        62340107NPS68690819thanh toan don hang63042E2E";
const OURS: &str = "00020101021238540010A00000072701240006970436011001234567890208QRIBFTTA5303704540480005802VN\
                    62200816H15 26 1123 000163047FC9";

fn order(bin: &str, account: &str, amount: Option<i64>, note: Option<&str>) -> TransferOrder {
    TransferOrder {
        bin: Bin::parse(bin).unwrap(),
        account: AccountNumber::parse(account).unwrap(),
        service: Service::Account,
        amount: amount.map(Dong),
        note: note.map(|note| TransferNote::parse(note).unwrap()),
    }
}

/// What reading the code of an order must give.
fn as_scanned(order: &TransferOrder) -> Scanned {
    Scanned {
        bin: order.bin.clone(),
        account: order.account.clone(),
        service: Some(order.service),
        amount: order.amount,
        note: order.note.as_ref().map(|note| note.as_str().to_owned()),
    }
}

/// The payload with a checksum that fits it; its own is cut off.
fn sealed(payload: &str) -> String {
    let body = &payload[..payload.len() - 4];
    format!("{body}{:04X}", crc(body.as_bytes()))
}

#[test]
fn the_checksum_is_ccitt_false() {
    assert_eq!(crc(b"123456789"), 0x29B1);
    assert_eq!(crc(b""), 0xFFFF);
}

#[test]
fn the_known_codes_are_made_and_read() {
    let card = TransferOrder { service: Service::Card, ..order("970403", "9704031101234567", None, None) };
    for (payload, order) in [
        (STATIC, order("970403", "0011012345678", None, None)),
        (DYNAMIC, order("970415", "113366668888", Some(79_000), Some("Ung Ho Quy Vac Xin"))),
        (CARD, card),
        (OURS, order("970436", "0123456789", Some(8_000), Some("H15 26 1123 0001"))),
    ] {
        assert_eq!(make(&order).as_deref(), Ok(payload));
        assert_eq!(read(payload), Ok(as_scanned(&order)));
    }
}

#[test]
fn what_others_put_beside_the_note_is_passed_over() {
    let said = order("970403", "0011012345678", Some(180_000), Some("thanh toan don hang"));
    assert_eq!(read(TERMINAL), Ok(as_scanned(&said)));
}

#[test]
fn a_right_checksum_over_a_wrong_length_is_refused() {
    let trap = STATIC.replace("011300110123456780208", "011200110123456780208");
    assert_eq!(trap.len(), STATIC.len());
    let trap = sealed(&trap);
    assert!(trap.ends_with("F4E5"), "{trap}");
    assert_eq!(read(&trap), Err(ReadProblem::BadLength));
}

#[test]
fn the_checksum_is_compared_in_capitals() {
    assert_eq!(read(&STATIC.replace("9E6F", "9e6f")), Err(ReadProblem::LowerCaseCrc));
    assert_eq!(read(&STATIC.replace("9E6F", "9E60")), Err(ReadProblem::WrongCrc));
    assert_eq!(read(&STATIC[..STATIC.len() - 8]), Err(ReadProblem::NoCrc));
    assert_eq!(read(&format!("{STATIC}5802VN")), Err(ReadProblem::TagTwice));
    assert_eq!(read(&format!("{STATIC}5902AB")), Err(ReadProblem::NoCrc));
}

#[test]
fn each_thing_that_is_wrong_is_named() {
    for (from, to, problem) in [
        ("5303704", "5303840", ReadProblem::OtherCurrency),
        ("5303704", "", ReadProblem::OtherCurrency),
        ("0010A000000727", "0010A000000728", ReadProblem::OtherNetwork),
        ("0006970436", "000697043X", ReadProblem::BadBin),
        ("01100123456789", "011001234 6789", ReadProblem::BadAccount),
        ("QRIBFTTA", "QRIBFTTX", ReadProblem::BadService),
        ("5802VN", "5802US", ReadProblem::OtherCountry),
        ("5802VN", "", ReadProblem::OtherCountry),
        ("010212", "010213", ReadProblem::BadInitiation),
        ("000201", "000202", ReadProblem::NotEmv),
        ("54048000", "54040000", ReadProblem::BadAmount),
        ("54048000", "54040800", ReadProblem::BadAmount),
        ("54048000", "54048.00", ReadProblem::BadAmount),
        ("54048000", "5404-800", ReadProblem::BadAmount),
        ("54048000", "541480000000000000", ReadProblem::BadAmount),
        ("54048000", "5400", ReadProblem::BadLength),
        ("54048000", "5404800054048000", ReadProblem::TagTwice),
        ("62200816H15 26 1123 0001", "62300816H15 26 1123 00010806again1", ReadProblem::TagTwice),
        ("62200816H15 26 1123 0001", "62200817H15 26 1123 0001", ReadProblem::BadLength),
        ("54048000", "5x048000", ReadProblem::BadLength),
        ("54048000", "54+48000", ReadProblem::BadLength),
        ("H15 26", "H15\t26", ReadProblem::NotAscii),
        ("H15 26", "H1\u{111} 26", ReadProblem::NotAscii),
    ] {
        let broken = OURS.replace(from, to);
        assert_ne!(broken, OURS, "{from}");
        assert_eq!(read(&sealed(&broken)), Err(problem), "{from} → {to}");
    }
    assert_eq!(read(""), Err(ReadProblem::Empty));
    assert_eq!(read("0"), Err(ReadProblem::BadLength));
    assert_eq!(read("hello"), Err(ReadProblem::BadLength));
}

#[test]
fn a_character_of_two_bytes_is_refused_even_where_the_length_counts_it() {
    // Sixteen characters, seventeen bytes.
    let note = "62210817H1đ 26 1123 0001";
    assert_eq!(read(&sealed(&OURS.replace("62200816H15 26 1123 0001", note))), Err(ReadProblem::NotAscii));
}

#[test]
fn a_code_without_service_says_none() {
    let without = OURS.replace("0208QRIBFTTA", "").replace("3854", "3842");
    assert_eq!(read(&sealed(&without)).map(|scanned| scanned.service), Ok(None));
}

#[test]
fn an_amount_is_a_whole_number_from_one() {
    for amount in [i64::MIN, -1, 0] {
        assert_eq!(make(&order("970436", "1", Some(amount), None)), Err(MakeProblem::AmountBelowOne));
    }
    let most = 9_999_999_999_999;
    assert!(make(&order("970436", "1", Some(most), None)).is_ok());
    assert_eq!(make(&order("970436", "1", Some(most + 1), None)), Err(MakeProblem::AmountTooLarge));
}

#[test]
fn a_note_loses_what_banks_do_not_carry_and_is_never_cut() {
    for (text, note) in [
        ("Lệ phí hộ tịch", "Le phi ho tich"),
        ("Đồng Xuân, H15.26-1123", "Dong Xuan H15261123"),
        ("H'Lan Niê", "HLan Nie"),
        ("a – b", "a  b"),
        ("một hai ba bốn năm sáu bảy", "mot hai ba bon nam sau bay"),
    ] {
        let kept = TransferNote::parse(text);
        if note.len() > TransferNote::LONGEST {
            assert_eq!(kept, Err(NoteProblem::TooLong { characters: note.len() }));
        } else {
            assert_eq!(kept.unwrap().as_str(), note);
        }
    }
    assert_eq!(TransferNote::parse("…!?"), Err(NoteProblem::Empty));
    assert!(TransferNote::parse(&"a".repeat(25)).is_ok());
    assert_eq!(TransferNote::parse(&"a".repeat(26)), Err(NoteProblem::TooLong { characters: 26 }));
}

#[test]
fn a_bank_is_known_by_its_number_and_each_number_stands_once() {
    assert_eq!(Bin::parse("970436").unwrap().bank().map(|bank| bank.name), Some("Vietcombank"));
    assert_eq!(Bin::parse("970411").unwrap().bank(), None);
    for text in ["", "97043", "9704360", "97043a", "٩٧٠٤٣٦"] {
        assert_eq!(Bin::parse(text), Err(NotABin), "{text}");
    }
    assert!(BANKS.iter().all(|bank| Bin::parse(bank.bin).is_ok()));
    assert!(BANKS.windows(2).all(|pair| pair[0].bin < pair[1].bin));
}

fn any_order() -> impl Strategy<Value = TransferOrder> {
    let note = prop::option::of("[A-Za-z0-9 ]{1,25}");
    let service = prop::sample::select(Service::ALL);
    let amount = prop::option::of(1..=9_999_999_999_999i64);
    ("[0-9]{6}", "[0-9A-Za-z]{1,19}", service, amount, note).prop_map(|(bin, account, service, amount, note)| {
        TransferOrder { service, ..order(&bin, &account, amount, note.as_deref()) }
    })
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_is_made_is_read_as_it_was_asked(order in any_order()) {
        let payload = make(&order).unwrap();
        prop_assert!(payload.is_ascii());
        prop_assert_eq!(read(&payload), Ok(as_scanned(&order)));
    }

    #[test]
    fn any_text_is_read_or_refused(text in ".*", digits in "[0-9]{0,80}") {
        prop_assert!(read(&text).is_err());
        let _ = read(&digits);
        let _ = read(&format!("000201{digits}6304"));
    }

    #[test]
    fn one_wrong_character_is_refused(order in any_order(), at: prop::sample::Index, sign in "[ -~]") {
        let payload = make(&order).unwrap();
        let at = at.index(payload.len());
        prop_assume!(payload[at..=at] != sign);
        let mut broken = payload.clone();
        broken.replace_range(at..=at, &sign);
        prop_assert!(read(&broken).is_err(), "{}", broken);
    }

    /// Under a checksum that fits, a payload with a changed, missing or added piece is refused or says what stands in
    /// it.
    #[test]
    fn a_mutated_payload_never_panics(
        order in any_order(),
        cut in any::<(prop::sample::Index, prop::sample::Index)>(),
        put in "[ -~]{0,6}",
    ) {
        let payload = make(&order).unwrap();
        let (from, to) = (cut.0.index(payload.len()), cut.1.index(payload.len()));
        let mut mutated = payload.clone();
        mutated.replace_range(from.min(to)..from.max(to), &put);
        let _ = read(&mutated);
        if mutated.len() >= 4 && let Ok(scanned) = read(&sealed(&mutated)) {
            prop_assert!(scanned.amount.is_none_or(|amount| amount.0 >= 1));
            prop_assert!(!scanned.account.as_str().is_empty() && mutated.contains(scanned.account.as_str()));
        }
    }
}
