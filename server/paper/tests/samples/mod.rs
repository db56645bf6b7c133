//! One believable paper of every kind.

use paper::*;

pub const LOOKUP: &str = "https://motcua.example.vn/tra-cuu/H15.50.05.13-261123-0007";

pub fn head(organ: &str, number: Option<PaperNumber>) -> Head {
    Head {
        parent_organ: Some("Ủy ban nhân dân xã Xuân Lãnh".into()),
        organ: organ.into(),
        place: "Xuân Lãnh".into(),
        date: PaperDate::at(2026, 11, 23, 9, 45),
        number,
    }
}

pub fn number(ordinal: u32, symbol: &str) -> Option<PaperNumber> {
    Some(PaperNumber { ordinal: Some(ordinal), suffix: None, symbol: symbol.into() })
}

pub fn applicant() -> Applicant {
    Applicant {
        name: "H'Ƀlŭ Ksơr Niê".into(),
        address: Some("thôn Xí Thoại, xã Xuân Lãnh, tỉnh Đắk Lắk".into()),
        phone: Some("0905123456".into()),
        email: Some("hblu.ksor@example.vn".into()),
    }
}

fn addressee() -> Addressee {
    Addressee { name: applicant().name, address: applicant().address }
}

const CENTRE: &str = "Trung tâm Phục vụ hành chính công xã Xuân Lãnh";
const COMMITTEE: &str = "Ủy ban nhân dân xã Xuân Lãnh";

pub fn listed(name: &str, form: &str, copies: u32) -> ListedPaper {
    ListedPaper { name: name.into(), form: Some(form.into()), copies }
}

pub fn papers() -> Vec<ListedPaper> {
    vec![
        listed("Tờ khai đăng ký khai sinh", "Bản chính", 1),
        listed("Giấy chứng sinh do Trung tâm Y tế Đồng Xuân cấp ngày 16/11/2026", "Bản chính", 1),
        listed("Giấy chứng nhận kết hôn của cha, mẹ", "Ảnh chụp từ bản chính", 1),
    ]
}

pub fn receipt() -> Receipt {
    Receipt {
        head: head(CENTRE, None),
        code: "H15.50.05.13-261123-0007".into(),
        lookup_code: Some("K7P2".into()),
        lookup_url: LOOKUP.into(),
        desk: CENTRE.into(),
        applicant: applicant(),
        presented_by: None,
        matter: "Đăng ký khai sinh kết hợp đăng ký nhận cha, mẹ, con (1.000689)".into(),
        papers: papers(),
        sets: 1,
        term: "03 ngày làm việc".into(),
        received_at: PaperDate::at(2026, 11, 23, 9, 45),
        due_at: PaperDate::at(2026, 11, 27, 17, 0),
        collect_at: "Quầy số 2, Trung tâm Phục vụ hành chính công xã Xuân Lãnh".into(),
        book: Some("01/2026".into()),
        book_ordinal: Some(412),
        copy: Some(ReceiptCopy::Applicant),
        received_by: "Hờ Thị Lan".into(),
        size: PageSize::A4,
    }
}

pub fn step(from: &str, to: &str, hour: u8, giver: &str, receiver: &str, result: Option<StepResult>) -> ControlStep {
    ControlStep {
        from: from.into(),
        to: to.into(),
        at: PaperDate::at(2026, 11, 23, hour, 5),
        giver: giver.into(),
        receiver: Some(receiver.into()),
        result,
        note: None,
    }
}

pub fn control_slip() -> ControlSlip {
    let ends = |outcome, text: &str| Some(StepResult { outcome, text: Some(text.into()) });
    ControlSlip {
        head: head(CENTRE, None),
        code: "H15.50.05.13-261123-0007".into(),
        applicant_name: applicant().name,
        matter: "Đăng ký khai sinh".into(),
        resolved_by: COMMITTEE.into(),
        with: vec!["Công an xã Xuân Lãnh".into()],
        received_at: PaperDate::at(2026, 11, 23, 9, 45),
        due_at: PaperDate::at(2026, 11, 27, 17, 0),
        outcome: Some(Outcome::OnTime),
        steps: vec![
            step(
                CENTRE,
                "Phòng Văn hóa - Xã hội",
                10,
                "Hờ Thị Lan",
                "Mang Văn Tiến",
                ends(Outcome::Early, "Đã tiếp nhận, số hóa"),
            ),
            step(
                "Phòng Văn hóa - Xã hội",
                "Lãnh đạo Ủy ban nhân dân xã",
                14,
                "Mang Văn Tiến",
                "Phạm Thị Ngọc Ánh",
                ends(Outcome::OnTime, "Đã thẩm định"),
            ),
            step(
                "Lãnh đạo Ủy ban nhân dân xã",
                CENTRE,
                16,
                "Phạm Thị Ngọc Ánh",
                "Hờ Thị Lan",
                ends(Outcome::Late, "Đã ký"),
            ),
        ],
    }
}

pub fn register_row(ordinal: u32) -> RegisterRow {
    RegisterRow {
        ordinal,
        code: format!("H15.50.05.13-261123-{ordinal:04}"),
        procedure: "Đăng ký khai sinh kết hợp đăng ký nhận cha, mẹ, con".into(),
        sets: 1,
        name: "Sô Minh Chiến".into(),
        address: Some("thôn Hà Rai, xã Xuân Lãnh".into()),
        phone: Some("0905123456".into()),
        resolved_by: COMMITTEE.into(),
        received_at: PaperDate::day(2026, 11, 23),
        due_at: Some(PaperDate::day(2026, 11, 27)),
        forwarded_at: Some(PaperDate::day(2026, 11, 23)),
        result_at: Some(PaperDate::day(2026, 11, 26)),
        returned_at: None,
        collected_by: None,
        method: "Tại quầy".into(),
        note: None,
    }
}

pub fn register(rows: u32) -> Register {
    Register {
        head: head(CENTRE, None),
        book: Some("01/2026".into()),
        from: PaperDate::day(2026, 1, 5),
        to: PaperDate::day(2026, 11, 23),
        rows: (1..=rows).map(register_row).collect(),
    }
}

pub fn handover_line(ordinal: u32) -> HandoverLine {
    HandoverLine {
        ordinal,
        code: format!("H15.50.05.13-261123-{ordinal:04}"),
        matter: "Đăng ký khai sinh kết hợp đăng ký nhận cha, mẹ, con".into(),
        received_at: Some(PaperDate::day(2026, 11, 20)),
        due_at: Some(PaperDate::day(2026, 11, 27)),
        state: "Đang xử lý".into(),
    }
}

pub fn handover(rows: u32) -> HandoverList {
    HandoverList {
        head: head(COMMITTEE, Some(PaperNumber { ordinal: None, suffix: None, symbol: "BB-UBND".into() })),
        planned: false,
        basis: "Nghị quyết số 15/NQ-HĐND ngày 10/10/2026".into(),
        effective: PaperDate::day(2026, 11, 23),
        givers: vec!["Ủy ban nhân dân xã Đồng Xuân".into(), "Ủy ban nhân dân xã Phú Mỡ".into()],
        taker: COMMITTEE.into(),
        rows: (1..=rows).map(handover_line).collect(),
        total: rows,
        part: 1,
        parts: 1,
    }
}

pub fn sample(kind: Kind) -> Paper {
    let signer = Signer {
        titles: vec!["TM. Ủy ban nhân dân".into(), "KT. Chủ tịch".into(), "Phó Chủ tịch".into()],
        name: "Phạm Thị Ngọc Ánh".into(),
    };
    let recipients = vec!["Phòng Văn hóa - Xã hội".into(), "Lưu: VT, TTPVHCC".into()];
    let code: String = "H15.50.05.13-261123-0007".into();
    let matter: String = "Đăng ký khai sinh".into();
    let committee =
        |symbol| Head { parent_organ: Some("Tỉnh Đắk Lắk".into()), ..head(COMMITTEE, number(5, symbol)) };
    match kind {
        Kind::ReceiptAndAppointment => Paper::Receipt(receipt()),
        Kind::SupplementRequest => Paper::Supplement(SupplementRequest {
            head: head(CENTRE, number(7, "PBS-TTPVHCC")),
            code: Some(code),
            lookup_url: Some(LOOKUP.into()),
            applicant: applicant(),
            matter,
            items: vec![
                Missing { what: "Giấy chứng sinh của cháu".into(), why: Some("Ảnh đã gửi bị mờ, chưa đọc được số giấy.".into()) },
                Missing { what: "Giấy chứng nhận kết hôn của cha, mẹ".into(), why: None },
            ],
            reason: "Hồ sơ chưa đủ thành phần theo quy định của thủ tục.".into(),
            deadline: Some(PaperDate::at(2026, 12, 4, 17, 0)),
            clock_pauses: true,
            guidance: Some("Gửi ảnh rõ nét trên cổng, hoặc mang giấy tờ đến quầy số 2.".into()),
            contact_name: "bà Hờ Thị Lan".into(),
            contact_phone: "02573876543".into(),
            officer: "Hờ Thị Lan".into(),
        }),
        Kind::RefusalToAccept => Paper::Refusal(RefusalToAccept {
            head: head(CENTRE, number(3, "PTC-TTPVHCC")),
            code: Some("T-7KQ4-M2PX".into()),
            desk: CENTRE.into(),
            applicant: applicant(),
            matter: "Cấp giấy phép xây dựng nhà ở riêng lẻ".into(),
            reasons: vec!["Thửa đất thuộc diện miễn giấy phép xây dựng theo quy hoạch đã công bố.".into()],
            basis: vec!["Điều 89 Luật Xây dựng số 50/2014/QH13, sửa đổi năm 2020".into()],
            guidance: Some("Thông báo ngày khởi công cho Phòng Kinh tế trước khi xây dựng.".into()),
            officer: "Hờ Thị Lan".into(),
        }),
        Kind::ApologyAndRedate => Paper::Apology(ApologyAndRedate {
            head: committee("PXL-UBND"),
            code,
            addressee: addressee(),
            matter,
            received_at: PaperDate::at(2026, 2, 5, 9, 45),
            old_due_at: PaperDate::at(2026, 11, 27, 17, 0),
            reason: "Phải chờ kết quả xác minh nơi cư trú của Công an xã Đa Lộc.".into(),
            new_due_at: PaperDate::at(2026, 12, 2, 17, 0),
            ahead_of_time: true,
            recipients,
            signer,
        }),
        Kind::StopNotice => Paper::Stop(StopNotice {
            head: committee("TB-UBND"),
            code,
            addressee: addressee(),
            matter,
            received_at: PaperDate::at(2026, 11, 2, 9, 45),
            stopped_at: PaperDate::day(2026, 11, 23),
            reasons: vec![
                "Hết thời hạn bổ sung mà hồ sơ chưa được hoàn thiện.".into(),
                "Trung tâm đã nhắc ông/bà hai lần qua điện thoại.".into(),
            ],
            basis: vec!["Nghị định số 118/2025/NĐ-CP ngày 09 tháng 6 năm 2025 của Chính phủ".into()],
            money: Some("8.000 đồng (Tám nghìn đồng) đã nộp được hoàn lại qua tài khoản trong 05 ngày làm việc.".into()),
            guidance: Some("Giấy tờ đã nộp được trả lại tại quầy số 2. Ông/bà có thể nộp hồ sơ mới bất cứ lúc nào.".into()),
            recipients,
            signer,
        }),
        Kind::ControlSlip => Paper::ControlSlip(control_slip()),
        Kind::Register => Paper::Register(register(40)),
        Kind::ResidentSlip => Paper::ResidentSlip(ResidentSlip {
            head: head(CENTRE, None),
            temporary_code: "T-7KQ4-M2PX".into(),
            lookup_code: "K7P2".into(),
            lookup_url: "https://motcua.example.vn/tra-cuu/T-7KQ4-M2PX".into(),
            applicant_name: applicant().name,
            helped_by: Some("Sô Minh Chiến, tổ công nghệ số cộng đồng thôn Xí Thoại".into()),
            matter,
            papers: papers().into_iter().map(|paper| paper.name).collect(),
            submitted_at: PaperDate::at(2026, 11, 23, 9, 45),
            answer_by: PaperDate::at(2026, 11, 23, 17, 0),
            office: "Trung tâm Phục vụ hành chính công xã Xuân Lãnh".into(),
            office_address: Some("thôn Lãnh Vân, xã Xuân Lãnh, tỉnh Đắk Lắk".into()),
            office_hours: Some("Thứ Hai đến thứ Sáu, 07:00–11:30 và 13:30–17:00".into()),
            office_phone: "0257 3876 543".into(),
            hotline: "1022".into(),
        }),
        Kind::ResultLetter => Paper::ResultLetter(ResultLetter {
            head: committee("UBND-VHXH"),
            subject: "giải quyết hồ sơ đăng ký nhận cha, mẹ, con".into(),
            code,
            addressee: addressee(),
            matter: "Đăng ký nhận cha, mẹ, con".into(),
            received_at: PaperDate::at(2026, 11, 16, 8, 5),
            granted: false,
            findings: vec![
                "Giấy tờ nộp kèm chưa chứng minh được quan hệ cha, con.".into(),
                "Người được nhận là con đã có tên cha trong Giấy khai sinh.".into(),
            ],
            basis: vec!["Điều 25 Luật Hộ tịch số 60/2014/QH13".into()],
            consequences: vec!["Ông/bà có thể yêu cầu Tòa án nhân dân khu vực xác định cha cho con.".into()],
            complaint: Some("Nếu không đồng ý, ông/bà có quyền khiếu nại đến Chủ tịch Ủy ban nhân dân xã trong 90 ngày kể từ ngày nhận được văn bản này.".into()),
            recipients,
            signer,
        }),
        Kind::ReturnRecord => Paper::ReturnRecord(ReturnRecord {
            head: head(CENTRE, None),
            code,
            applicant: applicant(),
            presented_by: None,
            matter,
            returned_at: PaperDate::at(2026, 11, 23, 9, 45),
            papers: vec![listed("Giấy chứng sinh", "Bản chính", 1), listed("Giấy chứng nhận kết hôn", "Bản chính", 2)],
            papers_note: None,
            money: vec![
                "Hoàn lại 8.000 đồng cho Sô Minh Chiến, tiền mặt, ngày 23/11/2026, biên lai số 0000123.".into(),
                "Phần còn lại không hoàn: đã thẩm định hồ sơ.".into(),
            ],
            officer: "Hờ Thị Lan".into(),
        }),
        Kind::HandoverList => Paper::HandoverList(handover(40)),
    }
}
