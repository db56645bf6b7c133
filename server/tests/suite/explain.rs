//! `motcua explain`, asked as support staff and acceptance checks ask it: a process, its streams and its status.
// long because one table of questions and answers.

use serde_json::{Value, json};
use std::{
    ffi::OsStr,
    io::Write,
    process::{Command, Output, Stdio},
};

fn ask_with_input<S: AsRef<OsStr>>(line: &[S], input: &[u8]) -> Output {
    let mut child = Command::new(env!("CARGO_BIN_EXE_motcua"))
        .arg("explain")
        .args(line)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("motcua starts");
    // A line that is refused never reads its input, so writing may find nobody there.
    let _ = child.stdin.take().expect("a pipe").write_all(input);
    child.wait_with_output().expect("motcua ends")
}

fn answer_with_input<S: AsRef<OsStr> + std::fmt::Debug>(line: &[S], input: &[u8]) -> Value {
    let output = ask_with_input(line, input);
    let told = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success() && told.is_empty(), "{line:?}: {} {told}", output.status);
    let text = std::str::from_utf8(&output.stdout).expect("text");
    assert!(text.ends_with('\n') && text.matches('\n').count() == 1, "{line:?}: {text:?}");
    serde_json::from_str(text).expect("JSON")
}

fn answer<S: AsRef<OsStr> + std::fmt::Debug>(line: &[S]) -> Value {
    answer_with_input(line, b"")
}

/// Asserts that the answer holds these fields; it may hold more.
#[track_caller]
fn assert_holds(answer: &Value, fields: &Value) {
    for (name, value) in fields.as_object().expect("fields") {
        assert_eq!(answer.get(name), Some(value), "{name} of {answer}");
    }
}

/// Asserts exit 2, nothing on standard output, one sentence on one line of standard error; gives the sentence.
#[track_caller]
fn refused_with_input<S: AsRef<OsStr> + std::fmt::Debug>(line: &[S], input: &[u8]) -> String {
    let output = ask_with_input(line, input);
    let told = String::from_utf8(output.stderr).expect("text");
    assert_eq!((output.status.code(), output.stdout.as_slice()), (Some(2), &b""[..]), "{line:?}: {told}");
    let sentence = told.strip_suffix('\n').unwrap_or_else(|| panic!("{line:?}: {told:?} is no line"));
    assert!(sentence.ends_with('.') && !sentence.contains(". "), "{line:?}: {sentence:?} is not one sentence");
    assert!(!sentence.contains(char::is_control), "{line:?}: {sentence:?} holds control characters");
    assert!(!sentence.is_ascii() && sentence.len() < 250, "{line:?}: {sentence:?} is not Vietnamese");
    sentence.to_owned()
}

#[track_caller]
fn refused<S: AsRef<OsStr> + std::fmt::Debug>(line: &[S]) -> String {
    refused_with_input(line, b"")
}

/// Splits at spaces; `␣` stands for a space inside a word.
fn words(line: &str) -> Vec<String> {
    line.split(' ').filter(|word| !word.is_empty()).map(|word| word.replace('␣', " ")).collect()
}

fn golden() -> Vec<Value> {
    let file = concat!(env!("CARGO_MANIFEST_DIR"), "/../app/domain/tests/working_time/golden.json");
    let table: Value = serde_json::from_str(&std::fs::read_to_string(file).expect("the golden table")).expect("JSON");
    table["cases"].as_array().expect("cases").clone()
}

#[test]
fn every_golden_case_of_the_shipped_calendar_is_answered_the_same() {
    let text = |value: &Value| value.as_str().expect("a text").to_owned();
    let mut asked = 0;
    for case in golden().iter().filter(|case| case["calendar"] == "official") {
        let mut line = vec!["due".to_owned(), "--received".to_owned(), text(&case["received"])];
        line.extend(["--unit".to_owned(), text(&case["unit"]).replace('_', "-")]);
        if let Some(amount) = case["amount"].as_u64() {
            line.extend(["--amount".to_owned(), amount.to_string()]);
        }
        if case["cutoff_15h"] == true {
            line.push("--cutoff-15h".to_owned());
        }
        if let Some(policy) = case["policy"].as_str() {
            line.extend(["--policy".to_owned(), policy.replace('_', "-")]);
        }
        for pause in case["pauses"].as_array().expect("pauses") {
            line.extend(["--pause".to_owned(), format!("{}/{}", text(&pause[0]), text(&pause[1]))]);
        }
        let answer = answer(&line);
        assert_holds(
            &answer,
            &json!({
                "due": text(&case["due"]) + "+07:00",
                "starts": text(&case["starts"]) + "+07:00",
                "provisional": case["provisional"],
            }),
        );
        let why = answer["why"].as_array().expect("days");
        let days: Vec<Value> = why.iter().map(|day| json!([day["date"], day["counts"]])).collect();
        assert_eq!(Value::from(days), case["why"], "{line:?}");
        assert!(why.iter().all(|day| day["reason"].as_str().is_some_and(|reason| !reason.is_empty())), "{line:?}");
        asked += 1;
    }
    assert!(asked >= 500, "only {asked} cases");
}

#[test]
fn a_due_date_says_why_for_each_day() {
    let answer = answer(&words("due --received 2026-11-23T09:00 --amount 1 --unit ngay-lam-viec"));
    assert_holds(
        &answer,
        &json!({
            "due": "2026-11-25T17:00:00+07:00",
            "starts": "2026-11-23T09:00:00+07:00",
            "provisional": false,
            "why": [
                {"date": "2026-11-23", "counts": false, "reason": "ngày tiếp nhận hồ sơ, không tính vào số ngày"},
                {"date": "2026-11-24", "counts": false, "reason": "nghỉ lễ Ngày Văn hóa Việt Nam, không tính"},
                {"date": "2026-11-25", "counts": true, "reason": "ngày làm việc, được tính"},
            ],
        }),
    );
}

#[test]
fn an_amount_of_a_term_within_the_day_may_be_left_out_and_is_ignored() {
    let bare = answer(&words("due --received 2026-11-23T15:00:01 --unit trong-ngay --cutoff-15h"));
    assert_eq!(bare["due"], "2026-11-25T17:00:00+07:00");
    let given = answer(&words("due --received 2026-11-23T15:00:01 --unit trong-ngay --cutoff-15h --amount=99999"));
    assert_eq!(given, bare);
    let sharp = answer(&words("due --received 2026-11-23T15:00:00 --unit trong-ngay --cutoff-15h"));
    assert_eq!(sharp["due"], "2026-11-23T17:00:00+07:00");
}

#[test]
fn a_citizen_number_tells_what_it_says() {
    let real = json!({"valid": true, "province": "Phú Yên", "sex": "nữ", "birth_year": 1990, "warnings": []});
    for number in ["054190123456", "054 190 123 456", "054.190.123-456", "-054190123456", " 054190123456 "] {
        assert_holds(&answer(&["citizen-id", number]), &real);
    }
    for (number, province, sex, year) in [
        ("054090123456", "Phú Yên", "nam", 1990),
        ("054205000123", "Phú Yên", "nam", 2005),
        ("066312000001", "Đắk Lắk", "nữ", 2012),
    ] {
        let told = json!({"valid": true, "province": province, "sex": sex, "birth_year": year, "warnings": []});
        assert_holds(&answer(&["citizen-id", number]), &told);
    }
    // Born after today, and codes of no province: those of made-up people are as unknown here as any other.
    for (number, warnings) in [("054999000001", 1), ("999090000011", 1), ("997090000012", 1), ("998999000001", 2)] {
        let told = answer(&["citizen-id", number]);
        assert_eq!(
            (&told["valid"], told["warnings"].as_array().map(Vec::len)),
            (&json!(true), Some(warnings)),
            "{told}"
        );
    }
    for typed in
        ["", "05419012345", "0541901234567", "054a90123456", "000000000000", "--x", "không", "０５４１９０１２３４５６"]
    {
        assert_holds(&answer(&["citizen-id", typed]), &json!({"valid": false, "warnings": []}));
    }
}

#[test]
fn a_text_folds_to_its_search_key() {
    for (text, key) in [
        ("Đồng Xuân", "dong xuan"),
        ("H'Lan", "h lan"),
        ("H’Ƀlŭ Ksơr Niê", "h blu ksor nie"),
        ("Ðắk  Lắk-2", "dak lak 2"),
        ("čĕ", "ce"),
        ("-a", "a"),
        ("--lạ", "la"),
        ("", ""),
    ] {
        assert_holds(&answer(&["fold", text]), &json!({"key": key}));
    }
}

#[test]
fn names_from_standard_input_are_sorted() {
    let typed = "Trần Văn Đức\r\n\r\n  Mang Thị Dung \nLa O Bé\nLa Mo Bé\nY Moan Niê\nH'Lan Niê\nNguyễn Thị Bế";
    let sorted = answer_with_input(&["sort"], typed.as_bytes());
    assert_holds(
        &sorted,
        &json!({"sorted": [
            "La Mo Bé", "La O Bé", "Nguyễn Thị Bế", "Mang Thị Dung", "Trần Văn Đức", "H'Lan Niê", "Y Moan Niê",
        ]}),
    );
    assert_holds(&answer(&["sort"]), &json!({"sorted": []}));
    refused_with_input(&["sort"], b"An\n\xff\n");
}

#[test]
fn a_unit_is_known_by_its_code_and_a_day() {
    let before = answer(&words("unit 22096 --on 2025-06-30"));
    assert_holds(&before, &json!({"code": "22096", "name": "Xuân Quang 1", "kind": "commune", "valid_from": null}));
    assert_holds(&before, &json!({"valid_to": "2025-06-30", "predecessors": []}));
    assert_holds(&before["parent"], &json!({"code": "558", "name": "Đồng Xuân"}));
    assert_holds(&before["successors"][0], &json!({"code": "22096", "name": "Phú Mỡ"}));
    let after = answer(&words("unit 22096 --on 2025-07-01"));
    assert_holds(&after, &json!({"name": "Phú Mỡ", "valid_from": "2025-07-01", "valid_to": null, "successors": []}));
    assert_holds(&after["parent"], &json!({"code": "66", "name": "Đắk Lắk"}));
    let codes = |list: &Value| -> Vec<String> {
        let units = list.as_array().expect("units");
        units.iter().map(|unit| unit["code"].as_str().expect("a code").to_owned()).collect()
    };
    assert_eq!(codes(&after["predecessors"]), ["22087", "22096"]);
    // Today lies after the day of the change.
    assert_eq!(answer(&["unit", "22096"]), after);
    assert_eq!(answer(&words("unit 054 --on 2024-06-30")), answer(&words("unit 54 --on 2024-06-30")));
}

#[test]
fn a_case_code_comes_apart() {
    let told = json!({"organ": "H15.50.05.13", "date": "2026-10-08", "sequence": "0975", "form": "current"});
    for code in ["H15.50.05.13-261008-0975", " h15.50.05.13-261008-0975 "] {
        assert_holds(&answer(&["case-code", code]), &told);
    }
    let legacy = json!({"organ": "H45.45.18", "date": "2024-03-15", "sequence": "0007", "form": "legacy"});
    assert_holds(&answer(&["case-code", "000.18.45.H45-240315-0007"]), &legacy);
    let ministry = json!({"organ": "G22.99", "date": "2025-12-25", "sequence": "020175", "form": "current"});
    assert_holds(&answer(&["case-code", "G22.99-251225-020175"]), &ministry);
}

/// Known codes: what they ask for, and their payloads.
const CODES: [(&str, &str); 3] = [
    (
        "--bin 970403 --account 0011012345678",
        "00020101021138570010A00000072701270006970403011300110123456780208QRIBFTTA53037045802VN63049E6F",
    ),
    (
        "--bin 970415 --account 113366668888 --amount 79000 --note Ủng␣Hộ,␣Quỹ␣Vắc␣Xin!",
        "00020101021238560010A0000007270126000697041501121133666688880208QRIBFTTA53037045405790005802VN\
         62220818Ung Ho Quy Vac Xin63043ACF",
    ),
    (
        "--bin 970436 --account 0123456789 --amount 8000 --note H15␣26␣1123␣0001",
        "00020101021238540010A00000072701240006970436011001234567890208QRIBFTTA5303704540480005802VN\
         62200816H15 26 1123 000163047FC9",
    ),
];

#[test]
fn a_code_of_a_transfer_is_made_and_read() {
    for (order, payload) in CODES {
        assert_holds(&answer(&words(&format!("qr-make {order}"))), &json!({"payload": payload}));
    }
    let [fixed, dynamic, _] = CODES.map(|(_, payload)| answer(&["qr-read", payload]));
    assert_holds(&fixed, &json!({"bin": "970403", "account": "0011012345678", "service": "QRIBFTTA"}));
    assert_holds(&fixed, &json!({"amount": null, "note": null}));
    assert_holds(&dynamic, &json!({"bin": "970415", "account": "113366668888", "amount": 79000}));
    assert_holds(&dynamic, &json!({"note": "Ung Ho Quy Vac Xin"}));
    let card = "00020101021138600010A00000072701300006970403011697040311012345670208QRIBFTTC53037045802VN63044F52";
    assert_holds(&answer(&["qr-read", card]), &json!({"account": "9704031101234567", "service": "QRIBFTTC"}));
    let terminal = "00020101021238570010A00000072701270006970403011300110123456780208QRIBFTTA530370454061800005802VN\
                    62340107NPS68690819thanh toan don hang63042E2E";
    assert_holds(&answer(&["qr-read", terminal]), &json!({"amount": 180_000, "note": "thanh toan don hang"}));
}

#[test]
fn a_note_of_which_nothing_is_left_is_none() {
    let bare = answer(&words("qr-make --bin 970436 --account 1"));
    for note in ["", "…", "-!"] {
        assert_eq!(answer(&["qr-make", "--bin", "970436", "--account", "1", "--note", note]), bare, "{note}");
    }
}

#[test]
fn a_code_that_is_not_right_is_refused_with_one_sentence() {
    let payload = CODES[0].1;
    // The checksum fits, the length of the account does not.
    let trap = payload.replace("0113001101", "0112001101").replace("9E6F", "F4E5");
    for broken in [
        trap,
        payload.replace("9E6F", "9e6f"),
        payload.replace("9E6F", "9E60"),
        payload.replace("5303704", "5303840"),
        payload.replace("A000000727", "A000000728"),
        payload.replace("5802VN", "5802VN5802VN"),
        payload.replace("6304", ""),
        format!("{payload}\n"),
        format!(" {payload}"),
        payload.to_lowercase(),
        String::new(),
        "-".to_owned(),
        "mã".to_owned(),
        "0".repeat(5000),
    ] {
        refused(&["qr-read", &broken]);
    }
    for line in [
        "qr-make",
        "qr-make --bin 970436",
        "qr-make --account 0123456789",
        "qr-make --bin 97043 --account 1",
        "qr-make --bin VCB --account 1",
        "qr-make --bin= --account 1",
        "qr-make --bin 970436 --account=",
        "qr-make --bin 970436 --account 01␣23",
        "qr-make --bin 970436 --account 12345678901234567890",
        "qr-make --bin 970436 --account 1 --amount 0",
        "qr-make --bin 970436 --account 1 --amount -1",
        "qr-make --bin 970436 --account 1 --amount 8.000",
        "qr-make --bin 970436 --account 1 --amount=",
        "qr-make --bin 970436 --account 1 --amount 10000000000000",
        "qr-make --bin 970436 --account 1 --amount 99999999999999999999",
        "qr-make --bin 970436 --account 1 --note mười␣bảy␣chữ␣không␣vừa␣một␣nội␣dung",
        "qr-make --bin 970436 --bin 970436 --account 1",
        "qr-make --bin 970436 --account 1 thừa",
        "qr-read",
        "qr-read a b",
    ] {
        refused(&words(line));
    }
}

#[test]
fn the_tokens_in_a_note_are_found() {
    for note in ["DX7K3MQ9X2W", "MBVCB.602134.dx7k3m q9x2w.CT tu 0011", "CKDX7K3MQ9X2WFT26331", "-D X7K3M\nQ9X2W"] {
        assert_holds(&answer(&["token", note]), &json!({"tokens": ["DX7K3MQ9X2W"]}));
    }
    let two = answer(&["token", "DXOOOOOOOIY va DX7K3MQ9X2W"]);
    assert_holds(&two, &json!({"tokens": ["DX00000001Y", "DX7K3MQ9X2W"]}));
    for note in ["", "CHUYEN TIEN", "DX7K3MQ9X2", "DX7K3MQ9X2X", "DX7K3M.Q9X2W"] {
        refused(&["token", note]);
    }
    refused(&["token"]);
    refused(&["token", "DX7K3MQ9X2W", "DX7K3MQ9X2W"]);
}

#[test]
fn a_fee_is_told_line_by_line() {
    let copies = answer(&words("fee --procedure 2.000815 --pages 7 --copies 3"));
    assert_holds(&copies, &json!({"total": 27_000, "basis": ["Thông tư 226/2016/TT-BTC, Điều 4"]}));
    assert_holds(&copies, &json!({"words": "Hai mươi bảy nghìn đồng", "due": "collection", "exemptions": []}));
    assert_holds(
        &copies["lines"][0],
        &json!({"fee": "chung_thuc_ban_sao", "quantity": 3, "amount": 27_000, "each": 9_000, "pages": 7, "exempt": null}),
    );
    for (question, total) in [
        ("--procedure 2.000815", 2_000),
        ("--procedure 2.000815 --pages 2", 4_000),
        ("--procedure 2.000815 --pages 198", 200_000),
        ("--procedure 2.000815 --pages 5000 --copies 2", 400_000),
        ("--procedure 2.000815 --pages 7 --copies 3 --online", 27_000),
        ("--procedure 2.000884 --copies 2 --pages 30", 20_000),
        ("--procedure 2.001035", 50_000),
        ("--procedure 2.000913", 30_000),
        ("--procedure 2.000927", 25_000),
        ("--procedure 2.000635 --copies 3", 24_000),
        ("--procedure 2.000908 --copies 4", 0),
        ("--procedure 1.004222", 20_000),
        ("--procedure 1.004222 --online", 10_000),
        ("--procedure 1.004194", 15_000),
        ("--procedure 1.004194 --online", 7_000),
        ("--procedure 1.004194 --online --case theo-danh-sach --copies 3", 15_000),
        ("--procedure 1.004222 --exempt ho_ngheo", 0),
        ("--procedure 1.001193 --exempt dung-han", 0),
        ("--procedure 1.000894", 0),
        ("--procedure 1.000894 --extra-copies 2", 16_000),
        ("--procedure 2.001263", 400_000),
        ("--procedure 2.001263 --exempt HO_HANG", 0),
        ("--procedure 1.013855 --case an_uong_duoi_200", 350_000),
        ("--procedure=2.000884 --on 2017-01-01", 10_000),
    ] {
        let told = answer(&words(&format!("fee {question}")));
        let amounts = told["lines"].as_array().expect("lines").iter().map(|line| line["amount"].as_i64());
        let sum: i64 = amounts.map(|amount| amount.expect("an amount")).sum();
        assert_eq!((told["total"].as_i64(), sum), (Some(total), total), "{question}: {told}");
        assert!(told["basis"].as_array().is_some_and(|basis| !basis.is_empty()), "{question}");
    }
}

#[test]
fn an_exemption_stands_beside_what_would_be_paid() {
    let told = answer(&words("fee --procedure 1.004222 --online --exempt tre_em"));
    assert_holds(&told["lines"][0], &json!({"amount": 0, "each": 0, "full": 10_000, "exempt": "tre_em"}));
    let child = &told["exemptions"][0];
    assert_holds(child, &json!({"code": "tre_em", "basis": "Thông tư 75/2022/TT-BTC, Điều 4"}));
    assert!(child["words"].as_str().is_some_and(|words| words.contains("trẻ em")), "{child}");
    assert!(child["evidence"].as_array().is_some_and(|evidence| !evidence.is_empty()), "{child}");
    // What the province sets has no amount here, and an exemption from it still stands.
    let born = answer(&words("fee --procedure 1.001193 --exempt dung_han"));
    assert_holds(&born["lines"][0], &json!({"amount": 0, "full": null, "exempt": "dung_han"}));
}

#[test]
fn bad_fees_are_refused_with_one_sentence() {
    for rest in [
        "",
        "--pages 7",
        "--procedure",
        "--procedure=",
        "--procedure 9.999999",
        "--procedure 2000815",
        "--procedure lạ",
        "--procedure 2.000815 --procedure 2.000815",
        "--procedure 2.000815 --pages",
        "--procedure 2.000815 --copies",
        "--procedure 2.000815 --exempt",
        "--procedure 2.000815 --exempt=",
        "--procedure 2.000815 --exempt ho_ngheo",
        "--procedure 1.004222 --exempt lạ",
        "--procedure 1.001193 --exempt vay_nong_nghiep",
        "--procedure 2.000815 --online --online",
        "--procedure 2.000815 --online=true",
        "--procedure 2.000815 thừa",
        "--procedure 2.000815 --lạ",
        "--procedure 2.000815 --case lạ",
        "--procedure 1.004194 --case lạ",
        "--procedure 1.013855",
        "--procedure 1.001193",
        "--procedure 1.004859",
        "--procedure 1.013225",
        "--procedure 2.000815 --extra-copies 1",
        "--procedure 1.000894 --extra-copies 0",
        "--procedure 2.000815 --on 2016-12-31",
        "--procedure 2.000815 --on 2026-02-30",
    ] {
        refused(&words(&format!("fee {rest}")));
    }
    for number in
        ["0", "-1", "+3", "3.0", "1e3", "ba", "", "␣", "3␣", "３", "0x10", "4294967296", "99999999999999999999"]
    {
        for option in ["--pages", "--copies", "--extra-copies"] {
            refused(&words(&format!("fee --procedure 2.000815 {option}={number}")));
        }
    }
    assert_eq!(
        refused(&words("fee --procedure 2.000815 --pages 0")),
        "Số sau --pages phải là số nguyên từ 1 đến 4294967295."
    );
    assert_eq!(refused(&words("fee --pages 1")), "Còn thiếu --procedure.");
}

#[test]
fn an_amount_is_said_in_words() {
    for (amount, said) in [
        ("0", "Không đồng"),
        ("15", "Mười lăm đồng"),
        ("21", "Hai mươi mốt đồng"),
        ("24", "Hai mươi bốn đồng"),
        ("25", "Hai mươi lăm đồng"),
        ("105", "Một trăm lẻ năm đồng"),
        ("1001", "Một nghìn không trăm lẻ một đồng"),
        ("8000", "Tám nghìn đồng"),
        ("27000", "Hai mươi bảy nghìn đồng"),
        ("0027000", "Hai mươi bảy nghìn đồng"),
        ("101000", "Một trăm lẻ một nghìn đồng"),
        ("1005000", "Một triệu không trăm lẻ năm nghìn đồng"),
        ("1000000000001", "Một nghìn tỷ không trăm lẻ một đồng"),
        ("1000000000000000", "Một triệu tỷ đồng"),
    ] {
        assert_eq!(answer(&["words", amount]), json!({"words": said}), "{amount}");
    }
    for line in ["words 1001 --linh", "words --linh 1001"] {
        assert_eq!(answer(&words(line)), json!({"words": "Một nghìn không trăm linh một đồng"}));
    }
    for line in [
        "words",
        "words ␣",
        "words -1",
        "words +1",
        "words 1.000",
        "words 1,5",
        "words 1e3",
        "words 27␣000",
        "words ٢٧",
        "words ba",
        "words 1000000000000001",
        "words 99999999999999999999",
        "words 1 2",
        "words 1 --linh --linh",
        "words 1 --linh=có",
        "words 1 --lạ",
        "words --linh",
    ] {
        refused(&words(line));
    }
    refused(&["words", ""]);
}

#[test]
fn help_is_an_answer() {
    let asked = ["--help", "-h", "help", "due --help", "help due", "unit -h", "fold --help", "fee --help", "words -h"];
    for line in asked.into_iter().chain(["qr-make --help", "help token"]) {
        let output = ask_with_input(&words(line), b"");
        assert!(output.status.success() && output.stderr.is_empty() && !output.stdout.is_empty(), "{line}");
    }
    let due = String::from_utf8(ask_with_input(&["due", "--help"], b"").stdout).expect("text");
    for option in
        ["--received", "--amount", "--unit", "--cutoff-15h", "--policy", "--pause", "gio-lam-viec", "tinh-lai"]
    {
        assert!(due.contains(option), "{option}");
    }
}

#[test]
fn bad_lines_are_refused_with_one_sentence() {
    for line in [
        "",
        "lạ",
        "--lạ",
        "-x",
        "--version",
        "help lạ",
        "due",
        "due --unit ngay-lich --amount 3",
        "due --received --amount 3 --unit ngay-lich",
        "citizen-id",
        "citizen-id 054 190123456",
        "citizen-id 054190123456 --lạ",
        "fold",
        "fold Đồng Xuân",
        "sort x",
        "sort --x",
        "unit",
        "unit --on 2024-06-30",
        "unit ␣",
        "unit abc",
        "unit -5",
        "unit 99999",
        "unit 0054 --on 2024-06-30",
        "unit 54 --on 2025-07-01",
        "unit 22087 --on 2025-07-01",
        "unit 22096 --on",
        "unit 22096 --on=",
        "unit 22096 --on 2024-02-30",
        "unit 22096 --on 30/06/2024",
        "unit 22096 --on 2024-06-30 --on 2024-06-30",
        "unit ٢٢٠٩٦",
        "case-code",
        "case-code ␣",
        "case-code x",
        "case-code -",
        "case-code H15.50.05.13-260230-0975",
        "case-code H15.50.05.13-261308-0975",
        "case-code H15.50.05.13-261008-975",
        "case-code H15.50.05.13-261008-12345678",
        "case-code H15.50.05.13.1-261008-0975",
        "case-code 000.18.45.H45-240315-00071",
        "case-code 15.50-261008-0975",
    ] {
        refused(&words(line));
    }
    refused(&["x\ny"]);
    refused(&["due", "--x\ny"]);
    refused(&["\u{1b}[31m"]);
    refused(&["x".repeat(5000)]);
    refused(&["unit", &"2".repeat(5000)]);
}

#[test]
fn bad_terms_are_refused_with_one_sentence() {
    const DUE: &str = "due --received 2026-02-12T09:00";
    for rest in [
        "",
        "--amount 3",
        "--unit ngay-lam-viec",
        "--unit ngay-lich",
        "--unit gio-lam-viec",
        "--unit",
        "--unit= --amount 3",
        "--unit ngay --amount 3",
        "--unit NGAY-LICH --amount 3",
        "--unit ngay_lich --amount 3",
        "--unit ngay-lich --amount",
        "--amount --unit ngay-lich",
        "--unit ngay-lich --amount 3 --amount 3",
        "--unit ngay-lich --unit ngay-lich --amount 3",
        "--unit ngay-lich --amount 3 --received 2026-02-12T09:00",
        "--unit ngay-lich --amount 3 --cutoff-15h=true",
        "--unit ngay-lich --amount 3 --cutoff-15h --cutoff-15h",
        "--unit ngay-lich --amount 3 thừa",
        "--unit ngay-lich --amount 3 --policy",
        "--unit ngay-lich --amount 3 --policy dừng",
        "--unit ngay-lich --amount 3 --policy tam-dung --policy tinh-lai",
        "--unit ngay-lich --amount 3 --pause 2026-02-13T09:00/2026-02-13T10:00",
        "--unit ngay-lich --amount 3 --pause",
        "--unit trong-ngay --amount ba",
        "--unit trong-ngay --pause 2026-02-13T09:00/2026-02-13T10:00",
    ] {
        refused(&words(&format!("{DUE} {rest}")));
    }
    for amount in ["0", "-1", "+3", "3.0", "1e3", "ba", "", "␣", "3␣", "３", "0x10", "99999999999999999999", "1000000"]
    {
        refused(&words(&format!("{DUE} --unit ngay-lam-viec --amount={amount}")));
    }
    assert_eq!(
        refused(&words(&format!("{DUE} --unit ngay-lam-viec --amount -3"))),
        "Số sau --amount phải là số nguyên từ 1 trở lên."
    );
    for pause in [
        "",
        "/",
        "2026-02-13T09:00",
        "2026-02-13T09:00/",
        "/2026-02-13T09:00",
        "2026-02-13T09:00/2026-02-13T09:00",
        "2026-02-13T10:00/2026-02-13T09:00",
        "2026-02-01T10:00/2026-02-01T09:00",
        "2026-02-30T09:00/2026-03-13T09:00",
        "2026-02-13T09:00/2026-02-13T10:00/2026-02-13T11:00",
        "2026-02-13T09:00/9999-01-01T00:00",
    ] {
        for policy in ["tam-dung", "tinh-lai"] {
            refused(&words(&format!("{DUE} --unit ngay-lich --amount 3 --policy {policy} --pause={pause}")));
        }
    }
}

#[test]
fn receptions_at_impossible_times_are_refused_with_one_sentence() {
    for received in [
        "",
        "2026-02-12",
        "2026-02-30T09:00",
        "2025-02-29T09:00",
        "2026-13-01T09:00",
        "2026-02-12T24:00",
        "2026-02-12T09:60",
        "2026-02-12T09:00:60",
        "2026-02-12␣09:00",
        "2026-02-12T09:00Z",
        "2026-02-12T09:00+07:00",
        "12/02/2026T09:00",
        "1899-12-31T23:59",
        "2200-01-01T00:00",
        "9999-12-31T23:59",
        "2199-12-31T09:00",
    ] {
        refused(&words(&format!("due --unit ngay-lam-viec --amount 3 --received={received}")));
    }
}

#[cfg(unix)]
#[test]
fn bytes_that_are_no_text_are_refused_with_one_sentence() {
    use std::os::unix::ffi::OsStrExt;
    let bytes = OsStr::from_bytes;
    for line in [
        &[b"\xff".as_slice()][..],
        &[b"--\xff"],
        &[b"fold", b"a\xff"],
        &[b"citizen-id", b"\xff"],
        &[b"unit", b"\xff"],
        &[b"unit", b"22096", b"--on", b"\xff"],
        &[b"case-code", b"\xff"],
        &[b"qr-read", b"\xff"],
        &[b"token", b"\xff"],
        &[b"fee", b"--procedure", b"\xff"],
        &[b"words", b"\xff"],
        &[b"due", b"--unit", b"\xff"],
        &[b"due", b"--unit", b"ngay-lich", b"--amount", b"3", b"--received", b"\xff"],
    ] {
        refused(&line.iter().map(|word| bytes(word)).collect::<Vec<_>>());
    }
}
