//! What comes out of the printer, read back with other people's tools (poppler, qpdf, zbar).
// long because it is the crate has one test binary.

mod samples;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use paper::*;
use samples::{LOOKUP, applicant, handover, listed, receipt, register, sample};
use serde_json::Value;

const MARK: &str = "BẢN MẪU — KHÔNG CÓ GIÁ TRỊ PHÁP LÝ";
const RULES: [Rules; 2] = [Rules::Tt01_2018, Rules::Tt03_2025];

fn real(rules: Rules) -> Look {
    Look { demo: false, rules }
}

fn now() -> Look {
    real(Rules::Tt03_2025)
}

/// Prints the paper into a file of its own and says where.
fn printed(name: &str, paper: &Paper, look: &Look) -> PathBuf {
    let bytes = render(paper, look).unwrap_or_else(|fault| panic!("{name}: {fault}"));
    let path = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(format!("{name}.pdf"));
    fs::write(&path, bytes).expect("the scratch folder is writable");
    path
}

fn run(program: &str, arguments: &[&str]) -> Output {
    Command::new(program).args(arguments).output().unwrap_or_else(|fault| panic!("{program} is needed: {fault}"))
}

fn out(program: &str, arguments: &[&str]) -> String {
    let output = run(program, arguments);
    assert!(output.status.success(), "{program}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8_lossy(&output.stdout).into_owned()
}

/// The text of a PDF in reading order, with every run of white space as one space.
fn text(path: &Path) -> String {
    squeezed(&out("pdftotext", &["-raw", path.to_str().expect("UTF-8"), "-"]))
}

fn squeezed(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn info(path: &Path) -> String {
    out("pdfinfo", &[path.to_str().expect("UTF-8")])
}

fn pages(path: &Path) -> usize {
    let info = info(path);
    let line = info.lines().find_map(|line| line.strip_prefix("Pages:")).expect("a page count");
    line.trim().parse().expect("a number")
}

/// Every text of the paper, but for the fields that a reader does not see as they are.
fn texts(value: &Value, found: &mut Vec<String>) {
    match value {
        Value::String(text) => found.push(text.clone()),
        Value::Array(items) => items.iter().for_each(|item| texts(item, found)),
        Value::Object(fields) => {
            for (name, field) in fields {
                if !matches!(name.as_str(), "kind" | "lookup_url" | "size" | "copy" | "outcome") {
                    texts(field, found);
                }
            }
        }
        _ => {}
    }
}

fn each(mut look_at: impl FnMut(&str, Kind, &Paper, Rules)) {
    for kind in Kind::ALL {
        for rules in RULES {
            look_at(&format!("{}-{}", kind.key(), rules.circular().replace('/', "_")), kind, &sample(kind), rules);
        }
    }
}

#[test]
fn every_word_given_is_on_the_paper() {
    each(|name, _, paper, rules| {
        // Narrow columns break inside a text; words stay whole.
        let seen = text(&printed(&format!("words-{name}"), paper, &real(rules))).to_lowercase();
        let mut given = Vec::new();
        texts(&serde_json::to_value(paper).expect("serialises"), &mut given);
        assert!(given.len() > 10, "{name}");
        for word in given.iter().flat_map(|text| text.split([' ', '-', '/'])).filter(|word| !word.is_empty()) {
            assert!(seen.contains(&word.to_lowercase()), "{name}: {word:?} is missing");
        }
    });
}

#[test]
fn the_watermark_is_on_every_page_of_a_demo_paper_and_on_no_other() {
    each(|name, _, paper, rules| {
        let path = printed(&format!("demo-{name}"), paper, &Look { demo: true, rules });
        for page in 1..=pages(&path) {
            let page = page.to_string();
            let seen = out("pdftotext", &["-f", &page, "-l", &page, "-raw", path.to_str().expect("UTF-8"), "-"]);
            assert!(squeezed(&seen).contains(MARK), "{name}, page {page}");
        }
        assert!(!text(&printed(&format!("real-{name}"), paper, &real(rules))).contains("BẢN MẪU"), "{name}");
    });
}

#[test]
fn every_paper_is_tagged_titled_archival_and_whole() {
    each(|name, _, paper, rules| {
        let path = printed(&format!("whole-{name}"), paper, &real(rules));
        let check = run("qpdf", &["--check", path.to_str().expect("UTF-8")]);
        assert!(check.status.success(), "{name}: {}", String::from_utf8_lossy(&check.stdout));

        let info = info(&path);
        assert!(info.contains("Tagged:          yes"), "{info}");
        assert!(info.contains("Mon Nov 23 02:45:00 2026 UTC") || info.contains("Mon Nov 23 09:45:00 2026"), "{info}");
        let title = info.lines().find_map(|line| line.strip_prefix("Title:")).expect("a title");
        assert!(title.trim().len() > 10, "{info}");

        let meta = out("pdfinfo", &["-meta", path.to_str().expect("UTF-8")]);
        for claim in ["<pdfaid:part>2<", "<pdfaid:conformance>A<", "<pdfuaid:part>1<", "<rdf:li>vi-VN<"] {
            assert!(meta.contains(claim), "{claim}: {meta}");
        }
        let structure = out("pdfinfo", &["-struct", path.to_str().expect("UTF-8")]);
        assert!(structure.contains("H1"), "{name}: {structure}");
        if structure.contains("Table") {
            assert!(structure.contains("TH ") || structure.contains("TH\n"), "{name}: {structure}");
        }
    });
}

#[test]
fn the_same_paper_gives_the_same_bytes() {
    each(|name, _, paper, rules| {
        let first = render(paper, &real(rules)).expect("prints");
        let stored = serde_json::to_string(paper).expect("serialises");
        let again: Paper = serde_json::from_str(&stored).expect("reads back");
        assert_eq!(&again, paper, "{name}");
        assert!(first == render(&again, &real(rules)).expect("prints"), "{name}");
    });
}

#[test]
fn papers_follow_the_circular_they_are_asked_for() {
    each(|name, kind, paper, rules| {
        let seen = text(&printed(&format!("form-{name}"), paper, &real(rules)));
        match kind.form_number(rules) {
            Some(form) => {
                let line = format!("Mẫu số {form:02}, Thông tư số {}", rules.circular());
                assert!(seen.contains(&line), "{name}: {line}");
            }
            None => assert!(!seen.contains("Mẫu số"), "{name}"),
        }
    });

    let apology = sample(Kind::ApologyAndRedate);
    assert!(text(&printed("apology-old", &apology, &real(Rules::Tt01_2018))).contains("HẸN LẠI NGÀY TRẢ KẾT QUẢ"));
    assert!(text(&printed("apology-new", &apology, &real(Rules::Tt03_2025))).contains("ĐỀ NGHỊ GIA HẠN"));
}

#[test]
fn kinds_are_found_by_their_keys() {
    for kind in Kind::ALL {
        assert_eq!(Kind::from_key(kind.key()), Some(kind));
        assert_eq!(sample(kind).kind(), kind);
        let stored = serde_json::to_value(sample(kind)).expect("serialises");
        assert_eq!(stored["kind"], kind.key());
    }
    assert_eq!(Kind::from_key("trich_luc"), None);
}

#[test]
fn dates_are_written_as_papers_write_them() {
    assert_eq!(PaperDate::day(2026, 1, 5).long(), "ngày 05 tháng 01 năm 2026");
    assert_eq!(PaperDate::day(2026, 2, 10).long(), "ngày 10 tháng 02 năm 2026");
    assert_eq!(PaperDate::day(2026, 3, 9).long(), "ngày 09 tháng 3 năm 2026");
    assert_eq!(PaperDate::at(2026, 11, 23, 9, 45).moment(), "09 giờ 45 phút, ngày 23 tháng 11 năm 2026");
    assert_eq!(PaperDate::at(2026, 11, 23, 17, 0).short(), "23/11/2026");

    let seen = text(&printed("dates", &sample(Kind::ReceiptAndAppointment), &now()));
    assert!(seen.contains("Thời gian nhận hồ sơ: 09 giờ 45 phút, ngày 23 tháng 11 năm 2026"), "{seen}");
    assert!(seen.contains("Xuân Lãnh, ngày 23 tháng 11 năm 2026"), "{seen}");
}

#[test]
fn a_day_that_does_not_exist_is_refused() {
    for date in [PaperDate::day(2026, 2, 30), PaperDate::day(2026, 13, 1), PaperDate::at(2026, 1, 1, 24, 0)] {
        let mut paper = receipt();
        paper.due_at = date;
        let fault = render(&Paper::Receipt(paper), &now()).expect_err("not a date");
        assert!(matches!(fault, PaperError::Date(found) if found == date), "{fault}");
    }
}

#[test]
fn numbers_take_a_leading_zero_and_leave_room_until_they_are_given() {
    let number = |ordinal, suffix: Option<&str>| PaperNumber {
        ordinal,
        suffix: suffix.map(Into::into),
        symbol: "TB-UBND".into(),
    };
    assert_eq!(number(Some(5), None).text(), "05/TB-UBND");
    assert_eq!(number(Some(12), Some("a")).text(), "12a/TB-UBND");
    assert!(number(None, None).text().ends_with("\u{a0}/TB-UBND"));

    assert!(text(&printed("number", &sample(Kind::StopNotice), &now())).contains("Số: 05/TB-UBND"));
}

#[test]
fn typst_markup_in_what_people_typed_prints_as_typed() {
    let nasty =
        "#eval(\"1+1\") *đậm* _nghiêng_ = H $x^2$ [a] `m` @b <c> \\ // /* */ ~ -- --- ... ' \" #set page() \u{2018}z";
    let mut paper = receipt();
    paper.matter = nasty.into();
    paper.papers = vec![listed(nasty, "#read(\"a\")", 1)];
    paper.desk = "= Tiêu đề".into();
    let seen = text(&printed("markup", &Paper::Receipt(paper), &now()));
    assert_eq!(seen.matches(nasty).count(), 2, "{seen}");
    assert!(seen.contains("#read(\"a\")"), "{seen}");
    assert!(seen.contains("= Tiêu đề"), "{seen}");
}

/// The letters of Vietnamese with every tone, those of Ba Na and Ê Đê, and the punctuation papers use.
fn letters() -> String {
    let mut all = String::new();
    for row in [
        "aàáảãạ",
        "ăằắẳẵặ",
        "âầấẩẫậ",
        "eèéẻẽẹ",
        "êềếểễệ",
        "iìíỉĩị",
        "oòóỏõọ",
        "ôồốổỗộ",
        "ơờớởỡợ",
        "uùúủũụ",
        "ưừứửữự",
        "yỳýỷỹỵ",
        "đƀčĕĭŏŭñbcdfghjklmnpqrstvwxz",
    ] {
        all.extend([row, " ", &row.to_uppercase(), " "]);
    }
    all + "ê\u{306}ô\u{306}ơ\u{306}ư\u{306}Ê\u{306}Ơ\u{306}0123456789–—“”‘’ʼ…•§%()/.,;:?!+=°½№"
}

#[test]
fn every_letter_of_the_area_has_a_glyph_in_every_face() {
    // PDF/A forbids `.notdef`: had a letter none, the export itself would fail. The text must come back too.
    let all = letters();
    let mut paper = sample(Kind::SupplementRequest);
    if let Paper::Supplement(supplement) = &mut paper {
        supplement.matter.clone_from(&all);
        supplement.applicant.name.clone_from(&all);
        supplement.head.place.clone_from(&all);
        assert!(unprintable(&paper).is_empty(), "{:?}", unprintable(&paper));
    }
    let path = printed("letters", &paper, &now());
    let seen: String = text(&path).split_whitespace().collect();
    for letter in all.chars().filter(|letter| *letter != ' ') {
        assert!(seen.contains(letter), "{letter:?}");
    }
    let fonts = out("pdffonts", &[path.to_str().expect("UTF-8")]);
    for face in ["LiberationSerif ", "LiberationSerif-Bold ", "LiberationSerif-Italic "] {
        assert!(fonts.contains(face), "{fonts}");
    }
    for line in fonts.lines().skip(2) {
        assert!(line.contains("yes yes yes"), "embedded, a subset, with its letters: {line}");
    }
}

#[test]
fn a_letter_outside_the_fonts_is_a_box_and_is_reported() {
    let mut paper = receipt();
    paper.matter = "Việc\u{200b} gấp 😀 漢\u{e000} \u{1} hết\u{ad}".into();
    let paper = Paper::Receipt(paper);
    assert_eq!(unprintable(&paper), ['😀', '漢', '\u{e000}']);
    let seen = text(&printed("boxes", &paper, &now()));
    assert!(seen.contains("Việc gấp □ □□ hết"), "{seen}");
}

fn scanned(path: &Path) -> String {
    let picture = path.with_extension("");
    let (path, picture) = (path.to_str().expect("UTF-8"), picture.to_str().expect("UTF-8"));
    out("pdftoppm", &["-png", "-r", "150", "-singlefile", path, picture]);
    out("zbarimg", &["--quiet", "--raw", &format!("{picture}.png")]).trim().to_owned()
}

#[test]
fn the_qr_code_on_paper_can_be_scanned_through_the_watermark() {
    for demo in [false, true] {
        let look = Look { demo, rules: Rules::Tt03_2025 };
        for kind in [Kind::ReceiptAndAppointment, Kind::SupplementRequest, Kind::ResidentSlip] {
            let paper = sample(kind);
            let path = printed(&format!("qr-{}-{demo}", kind.key()), &paper, &look);
            assert_eq!(Some(scanned(&path).as_str()), paper.lookup_url());
        }
        let half = Paper::Receipt(Receipt { size: PageSize::A5, ..receipt() });
        assert_eq!(scanned(&printed(&format!("qr-a5-{demo}"), &half, &look)), LOOKUP);
    }
}

#[test]
fn the_qr_code_for_screens_names_itself_and_carries_no_style() {
    let svg = qr_svg("https://motcua.example.vn/?a=1&b=<2>");
    assert!(svg.starts_with("<svg ") && svg.contains("role=\"img\""), "{svg}");
    assert!(svg.contains("<title>Mã QR: https://motcua.example.vn/?a=1&amp;b=&lt;2&gt;</title>"), "{svg}");
    assert!(!svg.contains("style"), "{svg}");
    assert_eq!(qr_svg(&"x".repeat(5000)), "");
    let mut paper = receipt();
    paper.lookup_url = "x".repeat(5000);
    assert!(matches!(render(&Paper::Receipt(paper), &now()), Err(PaperError::Qr)));
}

#[test]
fn thirty_papers_break_over_pages_under_a_repeated_heading() {
    let mut paper = receipt();
    paper.papers = (1..=30)
        .map(|i| {
            listed(&format!("Giấy tờ số {i}: bản sao chứng thực sổ đăng ký của hộ gia đình kèm phụ lục"), "Bản sao", 1)
        })
        .collect();
    let path = printed("thirty", &Paper::Receipt(paper), &now());
    assert!(pages(&path) >= 2);
    for page in ["1", "2"] {
        let seen = out("pdftotext", &["-f", page, "-l", page, path.to_str().expect("UTF-8"), "-"]);
        assert!(seen.contains("Tên giấy tờ"), "page {page}: {seen}");
        let first = seen.lines().next().unwrap_or_default().trim() == page;
        assert_eq!(first, page != "1", "the number stands on top of every page but the first: {seen}");
    }
    assert!(text(&path).contains("Giấy tờ số 30:"));

    // No signature stands on a page alone, wherever the list ends.
    for count in 1..=30 {
        let mut paper = receipt();
        paper.papers = (1..=count).map(|i| listed(&format!("Giấy tờ số {i}"), "Bản sao", 1)).collect();
        let path = printed("some", &Paper::Receipt(paper), &now());
        let last = pages(&path).to_string();
        let seen = out("pdftotext", &["-f", &last, "-l", &last, path.to_str().expect("UTF-8"), "-"]);
        assert!(seen.contains("NGƯỜI NỘP HỒ SƠ") && seen.contains("Đăng ký nhận kết quả tại"), "{count}: {seen}");
    }
}

#[test]
fn a_long_register_repeats_its_heading() {
    let path = printed("register", &Paper::Register(register(60)), &now());
    let count = pages(&path);
    assert!(count >= 3);
    for page in 1..=count {
        let page = page.to_string();
        let seen = out("pdftotext", &["-f", &page, "-l", &page, path.to_str().expect("UTF-8"), "-"]);
        assert!(squeezed(&seen).contains("Tên thủ tục hành chính"), "page {page}");
    }
    assert!(render(&Paper::Register(register(0)), &now()).is_ok(), "a register without a line is a register");
}

#[test]
fn a_long_list_to_sign_repeats_its_head_and_is_summed_up_and_signed_once_at_its_end() {
    let path = printed("handover", &Paper::HandoverList(handover(230)), &now());
    let count = pages(&path);
    assert!(count >= 4, "{count}");
    for page in 1..=count {
        let page = page.to_string();
        let seen = out("pdftotext", &["-f", &page, "-l", &page, "-raw", path.to_str().expect("UTF-8"), "-"]);
        assert!(squeezed(&seen).contains("Tình trạng khi chuyển"), "page {page}: {seen}");
    }
    let seen = text(&path);
    for once in ["BIÊN BẢN BÀN GIAO HỒ SƠ", "Tổng cộng: 230 hồ sơ.", "ĐẠI DIỆN BÊN GIAO", "ĐẠI DIỆN BÊN NHẬN"]
    {
        assert_eq!(seen.matches(once).count(), 1, "{once}: {seen}");
    }
    for said in [
        "Số:",
        "/BB-UBND",
        "Bên giao: Ủy ban nhân dân xã Đồng Xuân; Ủy ban nhân dân xã Phú Mỡ",
        "Căn cứ: Nghị quyết số 15/NQ-HĐND",
    ] {
        assert!(seen.contains(said), "{said}: {seen}");
    }

    // No signature stands on a page alone, wherever the list ends.
    for lines in 10..=40 {
        let path = printed("handover-some", &Paper::HandoverList(handover(lines)), &now());
        let last = pages(&path).to_string();
        let seen = out("pdftotext", &["-f", &last, "-l", &last, path.to_str().expect("UTF-8"), "-"]);
        assert!(seen.contains("ĐẠI DIỆN BÊN GIAO") && seen.contains("Tổng cộng"), "{lines}: {seen}");
    }

    // Before its day it is nothing to sign; a part says which it is.
    let planned = HandoverList { planned: true, part: 2, parts: 3, total: 4100, ..handover(3) };
    let seen = text(&printed("handover-planned", &Paper::HandoverList(planned), &now()));
    assert!(seen.contains("DỰ KIẾN BÀN GIAO HỒ SƠ") && !seen.contains("ĐẠI DIỆN"), "{seen}");
    assert!(
        seen.contains("Phần 2 trong 3 phần") && seen.contains("Tổng cộng: 4100 hồ sơ. Phần này có 3 hồ sơ."),
        "{seen}"
    );
    assert!(render(&Paper::HandoverList(handover(0)), &now()).is_ok(), "a list without a line is a list");
}

#[test]
fn a_short_receipt_fits_one_page_of_either_size_even_with_a_long_name() {
    for size in [PageSize::A4, PageSize::A5] {
        let mut paper = receipt();
        paper.size = size;
        paper.applicant.name = "Nguyễn Hoàng Phương Khánh Quỳnh Trang Anh".into();
        paper.presented_by = Some("Công Tằng Tôn Nữ Thị Phương Nghiêm Hạnh".into());
        paper.applicant.phone = None;
        let path =
            printed(&format!("fits-{size:?}"), &Paper::Receipt(paper), &Look { demo: true, rules: Rules::Tt03_2025 });
        assert_eq!(pages(&path), 1, "{size:?}");
        assert!(text(&path).contains("NGUYỄN HOÀNG PHƯƠNG KHÁNH QUỲNH TRANG ANH"));
    }
}

#[test]
fn a_word_longer_than_the_line_breaks_instead_of_leaving_the_page() {
    let long = "dàiquá".repeat(40);
    let mut paper = receipt();
    paper.matter.clone_from(&long);
    paper.applicant.email = Some("x".repeat(90));
    paper.papers.push(listed(&long, "Bản chính", 1));
    let path = printed("long-word", &Paper::Receipt(paper), &now());
    let boxes = out("pdftotext", &["-bbox", path.to_str().expect("UTF-8"), "-"]);
    let mut words = 0;
    for edge in boxes.lines().filter_map(|line| line.split("xMax=\"").nth(1)?.split('"').next()) {
        let edge: f64 = edge.parse().expect("a number of points");
        assert!(edge < 595.28 - 15.0 / 25.4 * 72.0 + 1.0, "{edge}");
        words += 1;
    }
    assert!(words > 50);
}

#[test]
fn names_are_in_capitals_where_the_form_wants_them() {
    let seen = text(&printed("capitals", &sample(Kind::ReceiptAndAppointment), &now()));
    assert!(seen.contains("Tiếp nhận hồ sơ của: H'ɃLŬ KSƠR NIÊ"), "{seen}");
    assert!(seen.contains("TRUNG TÂM PHỤC VỤ HÀNH CHÍNH CÔNG XÃ XUÂN LÃNH"), "{seen}");
    assert!(seen.contains("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"), "{seen}");
    assert!(text(&printed("slip-name", &sample(Kind::ResidentSlip), &now())).contains("Hồ sơ của: H'Ƀlŭ Ksơr Niê"));
}

#[test]
fn a_form_filled_with_almost_nothing_still_prints() {
    let mut paper = receipt();
    paper.applicant = Applicant { name: "Y Bhăm".into(), address: None, phone: None, email: None };
    (paper.lookup_code, paper.book, paper.book_ordinal, paper.copy) = (None, None, None, None);
    paper.head.parent_organ = None;
    paper.papers.clear();
    let seen = text(&printed("bare", &Paper::Receipt(paper), &now()));
    assert!(seen.contains("Liên: Lưu / Giao cho tổ chức, cá nhân nộp hồ sơ"), "{seen}");
    assert!(seen.contains("Số điện thoại: ...."), "{seen}");

    for kind in [Kind::StopNotice, Kind::RefusalToAccept, Kind::ResultLetter, Kind::ControlSlip] {
        let mut bare = serde_json::to_value(sample(kind)).expect("serialises");
        for optional in ["basis", "recipients", "consequences", "with", "guidance", "money", "complaint"] {
            if let Some(fields) = bare.as_object_mut() {
                fields.remove(optional);
            }
        }
        bare["head"]["number"] = Value::Null;
        bare["applicant"]["address"] = Value::Null;
        let bare: Paper = serde_json::from_value(bare).expect("optional fields may be absent");
        assert!(render(&bare, &now()).is_ok(), "{kind:?}");
    }
}

#[test]
fn a_granted_result_says_so_and_a_refused_one_gives_reasons() {
    let Paper::ResultLetter(mut letter) = sample(Kind::ResultLetter) else { panic!("a letter") };
    let seen = text(&printed("refused", &Paper::ResultLetter(letter.clone()), &now()));
    assert!(seen.contains("không đủ điều kiện giải quyết") && seen.contains("V/v giải quyết hồ sơ"), "{seen}");
    assert!(seen.contains("năm 2026; nội dung yêu cầu"), "{seen}");
    letter.granted = true;
    let seen = text(&printed("granted", &Paper::ResultLetter(letter), &now()));
    assert!(seen.contains("Hồ sơ đủ điều kiện") && !seen.contains("không đủ điều kiện"), "{seen}");
}

/// One part of a workbook, unpacked with `unzip`.
fn part(name: &str, bytes: &[u8], part: &str) -> String {
    let path = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(format!("{name}.xlsx"));
    fs::write(&path, bytes).expect("the scratch folder is writable");
    out("unzip", &["-p", path.to_str().expect("UTF-8"), part])
}

#[test]
fn the_register_sheet_holds_the_rows_and_no_formula() {
    let mut book = register(3);
    book.rows[0].name = "=HYPERLINK(\"http://x\")".into();
    book.rows[1].name = applicant().name;
    let bytes = sheet::register_xlsx(&book).expect("writes");
    assert_eq!(bytes, sheet::register_xlsx(&book).expect("writes"));
    let strings = part("register", &bytes, "xl/sharedStrings.xml");
    for text in
        ["Sô Minh Chiến", "H'Ƀlŭ Ksơr Niê", "=HYPERLINK", "H15.50.05.13-261123-0003", "Phương thức nhận kết quả"]
    {
        assert!(strings.contains(text), "{text}");
    }
    let cells = part("register", &bytes, "xl/worksheets/sheet1.xml");
    assert!(!cells.contains("<f>"), "{cells}");
    // 23/11/2026 as Excel counts days.
    assert!(cells.contains("<v>46349</v>"), "{cells}");
    assert!(part("register", &bytes, "xl/workbook.xml").contains("Print_Titles"));
    assert!(sheet::register_xlsx(&register(0)).is_ok());
}

#[test]
fn the_control_slip_sheet_holds_every_step() {
    let bytes = sheet::control_slip_xlsx(&samples::control_slip()).expect("writes");
    let strings = part("slip", &bytes, "xl/sharedStrings.xml");
    for text in ["Trước hạn", "Đúng hạn", "Quá hạn", "Mang Văn Tiến", "Phòng Văn hóa - Xã hội"] {
        assert!(strings.contains(text), "{text}");
    }
    let mut broken = samples::control_slip();
    broken.steps[0].at = PaperDate::day(2026, 2, 30);
    assert!(matches!(sheet::control_slip_xlsx(&broken), Err(PaperError::Date(_))));
}
