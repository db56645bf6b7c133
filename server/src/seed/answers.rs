//! What the residents of the demonstration typed into their forms.

mod care;
mod recognition;

use super::{
    people::{People, Resident},
    story::Story,
};
use anyhow::{Context, Result};
use domain::{
    person::Sex,
    question::{Typed, typed::TICKED},
    time::Day,
};

/// A file that a resident took a picture of.
pub struct Picture {
    pub question: &'static str,
    pub name: String,
    pub bytes: Vec<u8>,
}

/// The answers of a story's form and the pictures that go with them.
pub fn answers_of(form: &str, story: &Story, people: &People, day: Day) -> Result<(Typed, Vec<Picture>)> {
    let resident = people.resident(&story.resident)?;
    let mut sheet = Sheet { typed: Typed::new(), day };
    let pictures = match form {
        "khai_sinh" => birth(&mut sheet, story, resident, people)?,
        "khai_tu" => death(&mut sheet, story, resident)?,
        "tinh_trang_hon_nhan" => marital_status(&mut sheet, story, resident, people)?,
        "trich_luc" => extract(&mut sheet, story, resident)?,
        "ket_hon" => marriage(&mut sheet, story, resident, people)?,
        "tro_cap_xa_hoi" => allowance(&mut sheet, story, resident)?,
        "ho_kinh_doanh" => household_business(&mut sheet, story, resident)?,
        "nha_o_rieng_le" => house(&mut sheet, story, resident)?,
        "nhan_cha_me_con" => recognition::recognition(&mut sheet, story, resident, people)?,
        "khuyet_tat" => care::disability(&mut sheet, story, resident)?,
        "huu_tri_xa_hoi" => care::social_pension(&mut sheet, story, resident, people)?,
        _ => general(&mut sheet, story, resident)?,
    };
    // A certificate of disability is a card.
    let electronic = story.online && story.number().is_multiple_of(3) && form != "khuyet_tat";
    let by = if electronic { "dien_tu" } else { "tai_quay" };
    // An allowance is paid, and who signs at the counter is given the paper where they sign.
    if !matches!(form, "tro_cap_xa_hoi" | "ket_hon" | "nhan_cha_me_con") {
        sheet.put("result.how", by);
    }
    sheet.put("pledge.true.yes", TICKED);
    Ok((sheet.typed, pictures))
}

struct Sheet {
    typed: Typed,
    day: Day,
}

impl Sheet {
    fn put(&mut self, path: &str, text: impl Into<String>) {
        self.typed.insert(path.into(), text.into());
    }

    fn date(&mut self, path: &str, date: Day) {
        let (year, month, day) = date.ymd();
        self.put(&format!("{path}.day"), day.to_string());
        self.put(&format!("{path}.month"), month.to_string());
        self.put(&format!("{path}.year"), year.to_string());
    }

    fn home(&mut self, path: &str, resident: &Resident) -> Result<()> {
        let home = resident.home_on(self.day)?;
        self.put(&format!("{path}.hamlet"), home.hamlet);
        self.put(&format!("{path}.commune"), home.commune);
        self.put(&format!("{path}.province"), home.province);
        Ok(())
    }

    /// Name, number, home and telephone of the person who files.
    fn filer(&mut self, path: &str, resident: &Resident) -> Result<()> {
        self.put(&format!("{path}.name"), &resident.name);
        self.put(&format!("{path}.citizen_id"), &resident.citizen_id);
        self.put(&format!("{path}.phone"), &resident.phone);
        self.home(&format!("{path}.home"), resident)
    }
}

fn general(sheet: &mut Sheet, story: &Story, resident: &Resident) -> Result<Vec<Picture>> {
    sheet.put("applicant.acts", "ban_than");
    sheet.filer("applicant", resident)?;
    sheet.date("applicant.birth", resident.birth);
    sheet.put("request.text", &story.matter);
    Ok(Vec::new())
}

fn birth(sheet: &mut Sheet, story: &Story, resident: &Resident, people: &People) -> Result<Vec<Picture>> {
    let child = story.child.as_ref().with_context(|| format!("story {}: no child", story.number()))?;
    let spouse = people.resident(resident.spouse.as_deref().context("a declarer without a spouse")?)?;
    let (mother, father) = if resident.sex == Sex::Female { (resident, spouse) } else { (spouse, resident) };
    sheet.filer("declarer", resident)?;
    sheet.put("declarer.relation", if resident.sex == Sex::Female { "me" } else { "cha" });
    sheet.put("declarer.paper", "can_cuoc");
    sheet.put("child.name", &child.name);
    sheet.date("child.birth", child.birth);
    sheet.put("child.sex", child.sex.key());
    sheet.put("child.ethnic", &father.ethnic);
    sheet.put("child.nationality", "viet_nam");
    sheet.put("child.birth_place_kind", "co_so_y_te");
    sheet.put("child.birth_facility", "Trung tâm Y tế Đồng Xuân");
    // The health centre stands in La Hai, which is xã Đồng Xuân today.
    let seat = people.resident(SEAT)?.home_on(child.birth)?;
    sheet.put("child.birth_place.hamlet", seat.hamlet);
    sheet.put("child.birth_place.commune", seat.commune);
    sheet.put("child.birth_place.province", seat.province);
    sheet.put("child.home_town_after", "cha");
    sheet.home("child.home_town", father)?;
    for (path, parent) in [("mother", mother), ("father", father)] {
        sheet.put(&format!("{path}.known"), "co");
        sheet.put(&format!("{path}.name"), &parent.name);
        sheet.date(&format!("{path}.birth"), parent.birth);
        sheet.put(&format!("{path}.citizen_id"), &parent.citizen_id);
        sheet.put(&format!("{path}.ethnic"), &parent.ethnic);
        sheet.put(&format!("{path}.nationality"), "viet_nam");
        sheet.home(&format!("{path}.home"), parent)?;
    }
    sheet.put("parents.married", "co");
    sheet.put("proof.kind", "chung_sinh");
    sheet.put("proof.surrogacy", "khong");
    sheet.put("copies", (story.number() % 4).to_string());
    Ok(vec![picture("paper.birth_record", "giay-chung-sinh.pdf", "GIAY CHUNG SINH", story)])
}

/// A resident of the hamlet where the health centre is.
const SEAT: &str = "r01";

fn extract(sheet: &mut Sheet, story: &Story, resident: &Resident) -> Result<Vec<Picture>> {
    sheet.put("asker.acts", "ban_than");
    sheet.filer("asker", resident)?;
    sheet.put("asker.paper", "can_cuoc");
    sheet.put("event.kind", "khai_sinh");
    sheet.home("event.place", resident)?;
    sheet.put("event.registered.year", (resident.birth.year() + 1).to_string());
    sheet.put("subject.name", &resident.name);
    sheet.date("subject.birth", resident.birth);
    sheet.put("subject.sex", resident.sex.key());
    sheet.put("subject.ethnic", &resident.ethnic);
    sheet.put("subject.nationality", "viet_nam");
    sheet.put("subject.citizen_id", &resident.citizen_id);
    sheet.put("copies", (1 + story.number() % 5).to_string());
    sheet.put("purpose", &story.matter);
    Ok(Vec::new())
}

fn marriage(sheet: &mut Sheet, story: &Story, resident: &Resident, people: &People) -> Result<Vec<Picture>> {
    let other = story.with.as_deref().with_context(|| format!("story {}: nobody to marry", story.number()))?;
    let other = people.resident(other)?;
    sheet.filer("declarer", resident)?;
    sheet.put("declarer.side", resident.sex.key());
    sheet.put("partner.name", &other.name);
    sheet.put("partner.citizen_id", &other.citizen_id);
    sheet.home("partner.home", other)?;
    for (path, side) in [("declarer", resident), ("partner", other)] {
        sheet.date(&format!("{path}.birth"), side.birth);
        sheet.put(&format!("{path}.ethnic"), &side.ethnic);
        sheet.put(&format!("{path}.nationality"), "viet_nam");
        sheet.put(&format!("{path}.paper"), "can_cuoc");
        sheet.put(&format!("{path}.times"), "1");
    }
    sheet.put("marriage.related", "khong");
    sheet.put("copies", (story.number() % 3).to_string());
    Ok(Vec::new())
}

fn death(sheet: &mut Sheet, story: &Story, resident: &Resident) -> Result<Vec<Picture>> {
    let deceased = story.deceased.as_ref().with_context(|| format!("story {}: nobody died", story.number()))?;
    sheet.filer("declarer", resident)?;
    sheet.put("declarer.relation", "con");
    sheet.put("declarer.paper", "can_cuoc");
    sheet.put("deceased.name", &deceased.name);
    sheet.date("deceased.birth", deceased.birth);
    sheet.put("deceased.sex", deceased.sex.key());
    sheet.put("deceased.ethnic", &resident.ethnic);
    sheet.put("deceased.nationality", "viet_nam");
    sheet.put("deceased.paper", "can_cuoc");
    sheet.put("deceased.citizen_id", &deceased.citizen_id);
    sheet.put("deceased.home_known", "co");
    sheet.home("deceased.home", resident)?;
    sheet.put("proof.number", format!("{:02}", 10 + story.number() % 40));
    sheet.date("proof.date", deceased.death.next());
    sheet.date("death.date", deceased.death);
    sheet.put("death.hour", (story.number() % 24).to_string());
    sheet.put("death.minute", (story.number() % 6 * 10).to_string());
    sheet.put("death.cause", &deceased.cause);
    if let Some(hospital) = &deceased.hospital {
        sheet.put("proof.kind", "bao_tu_y_te");
        sheet.put("proof.issuer", &hospital.name);
        sheet.put("death.place_kind", "co_so_y_te");
        sheet.put("death.facility", &hospital.name);
        sheet.put("death.place.commune", &hospital.commune);
        sheet.put("death.place.province", &hospital.province);
    } else {
        let home = resident.home_on(sheet.day)?;
        sheet.put("proof.kind", "bao_tu_xa");
        sheet.put("proof.issuer", format!("Ủy ban nhân dân {}", home.commune));
        sheet.put("death.place_kind", "o_nha");
        sheet.home("death.place", resident)?;
    }
    sheet.put("copies", (1 + story.number() % 3).to_string());
    Ok(vec![picture("paper.death_notice", "giay-bao-tu.pdf", "GIAY BAO TU", story)])
}

fn marital_status(sheet: &mut Sheet, story: &Story, resident: &Resident, people: &People) -> Result<Vec<Picture>> {
    sheet.put("asker.acts", "ban_than");
    sheet.filer("asker", resident)?;
    sheet.put("asker.paper", "can_cuoc");
    sheet.date("subject.birth", resident.birth);
    sheet.put("subject.sex", resident.sex.key());
    sheet.put("subject.ethnic", &resident.ethnic);
    sheet.put("subject.nationality", "viet_nam");
    sheet.put("subject.lived_elsewhere", "khong");
    if let Some(spouse) = &resident.spouse {
        sheet.put("status.kind", "dang_co");
        sheet.put("spouse.name", &people.resident(spouse)?.name);
        sheet.home("marriage.place", resident)?;
    } else {
        sheet.put("status.kind", "chua_ket_hon");
    }
    sheet.put("period.asked", "hien_nay");
    if let Some(partner) = &story.partner {
        sheet.put("purpose.kind", "ket_hon");
        sheet.put("partner.name", &partner.name);
        sheet.date("partner.birth", partner.birth);
        sheet.put("partner.nationality", "khac");
        sheet.put("partner.nationality_other", &partner.country);
        sheet.put("partner.paper_number", &partner.passport);
        sheet.put("wedding.where", "nuoc_ngoai");
        sheet.put("wedding.office", &partner.authority);
    } else {
        let purpose = story.matter.split_once(" để ").with_context(|| format!("story {}: what for", story.number()))?;
        sheet.put("purpose.kind", "viec_khac");
        sheet.put("purpose.text", purpose.1);
        sheet.put("copies", (1 + story.number() % 3).to_string());
    }
    let Some(year) = story.earlier else {
        sheet.put("earlier.has", "chua");
        return Ok(Vec::new());
    };
    sheet.put("earlier.has", "con_giu");
    sheet.put("earlier.date.year", year.to_string());
    let title = "GIAY XAC NHAN TINH TRANG HON NHAN";
    Ok(vec![picture("paper.earlier", "giay-xac-nhan-da-cap.pdf", title, story)])
}

fn allowance(sheet: &mut Sheet, story: &Story, resident: &Resident) -> Result<Vec<Picture>> {
    let elderly = resident.birth.plus(ELDERLY_DAYS) <= sheet.day;
    sheet.put("request.kind", "thuc_hien");
    sheet.put("filer.relation", "ban_than");
    sheet.put("filer.phone", &resident.phone);
    sheet.put("person.name", &resident.name);
    sheet.date("person.birth", resident.birth);
    sheet.put("person.sex", resident.sex.key());
    sheet.put("person.ethnic", &resident.ethnic);
    sheet.put("person.citizen_id", &resident.citizen_id);
    sheet.home("person.home", resident)?;
    sheet.put("person.studies", "da_nghi");
    sheet.put("person.health_card", "co");
    sheet.put("person.pension", "khong");
    sheet.put("person.other_aid", "khong");
    sheet.put("members.count", "1");
    sheet.put("members.0.name", &resident.name);
    sheet.put("members.0.relation", "ban_than");
    sheet.put("members.0.birth.year", resident.birth.year().to_string());
    sheet.put("request.care", "khong");
    sheet.put("pay.how", "tien_mat");
    sheet.put("pay.by", "ban_than");
    if elderly {
        sheet.put("group.kind", "cao_tuoi");
        sheet.put("elder.carer", "khong_co");
        sheet.put("household.status", "ngheo");
        return Ok(Vec::new());
    }
    sheet.put("group.kind", "khuyet_tat");
    sheet.put("disability.degree", "nang");
    sheet.put("disability.kinds.van_dong", TICKED);
    sheet.put("disability.number", format!("{:02}/XNKT", 10 + story.number() % 40));
    sheet.put("disability.raises_child", "khong");
    if resident.sex == Sex::Female {
        sheet.put("disability.pregnant", "khong");
    }
    sheet.put("household.status", "khong");
    Ok(vec![picture("paper.disability", "giay-xac-nhan-khuyet-tat.pdf", "GIAY XAC NHAN KHUYET TAT", story)])
}

/// Sixty years, in days.
const ELDERLY_DAYS: i32 = 60 * 365 + 15;

fn household_business(sheet: &mut Sheet, story: &Story, resident: &Resident) -> Result<Vec<Picture>> {
    let trades = [
        ("tạp hóa", "Tạp hóa", "Bán lẻ hàng tạp hóa"),
        ("cà phê", "Cà phê", "Bán cà phê, nước giải khát"),
        ("xe máy", "Sửa xe", "Sửa chữa mô tô, xe máy"),
        ("mía", "Nông sản", "Thu mua mía, sắn"),
    ];
    let trade = trades.iter().find(|(word, ..)| story.matter.contains(word));
    let (_, front, trade) = trade.with_context(|| format!("story {}: which trade", story.number()))?;
    sheet.put("filer.acts", "chu_ho");
    sheet.filer("person", resident)?;
    sheet.date("person.birth", resident.birth);
    sheet.put("person.sex", resident.sex.key());
    sheet.put("person.other", "khong");
    sheet.put("business.founder", "ca_nhan");
    sheet.put("business.name", format!("{front} {}", resident.name));
    sheet.home("business.place", resident)?;
    sheet.put("trade.main", *trade);
    sheet.put("business.capital", (10_000_000 * (2 + story.number() % 9)).to_string());
    sheet.put("tax.workers", (1 + story.number() % 3).to_string());
    sheet.put("tax.elsewhere", "khong");
    Ok(Vec::new())
}

fn house(sheet: &mut Sheet, story: &Story, resident: &Resident) -> Result<Vec<Picture>> {
    let (storeys, ground, total, height) = if story.matter.contains("hai tầng") {
        ("2", "75", "150", "7,8")
    } else if story.matter.contains("96 m²") {
        ("1", "96", "96", "4,5")
    } else {
        ("1", "82,5", "82,5", "4,2")
    };
    sheet.put("applicant.acts", "chu_dau_tu");
    sheet.filer("applicant", resident)?;
    sheet.put("work.kind", "nha_o");
    sheet.put("site.plot", (20 + story.number() * 7 % 300).to_string());
    sheet.put("site.map", (1 + story.number() % 40).to_string());
    sheet.put("site.area", (180 + story.number() % 20 * 15).to_string());
    sheet.home("site.place", resident)?;
    sheet.put("site.adjacent", "khong");
    sheet.put("work.grade", "cap_iv");
    sheet.put("work.ground", ground);
    sheet.put("work.total", total);
    sheet.put("work.storeys", storeys);
    sheet.put("work.basements", "0");
    sheet.put("work.height", height);
    sheet.put("work.months", (4 + story.number() % 6).to_string());
    sheet.put("design.by", "tu_lam");
    Ok(vec![picture("paper.drawings", "ban-ve.pdf", "BAN VE THIET KE NHA O", story)])
}

/// A one-page PDF that says what it stands for. Nobody's real paper is ever part of a demonstration.
fn picture(question: &'static str, name: &str, title: &str, story: &Story) -> Picture {
    let lines = [title.to_string(), "Ban chup trinh dien, khong co gia tri phap ly".into(), story.at.clone()];
    let text: String = lines.iter().map(|line| format!("({line}) Tj 0 -28 Td ")).collect();
    let stream = format!("BT /F1 18 Tf 72 760 Td {text}ET");
    let objects = [
        "<</Type/Catalog/Pages 2 0 R>>".to_string(),
        "<</Type/Pages/Kids[3 0 R]/Count 1>>".into(),
        "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<</Font<</F1 5 0 R>>>>/Contents 4 0 R>>".into(),
        format!("<</Length {}>>\nstream\n{stream}\nendstream", stream.len()),
        "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>".into(),
    ];
    let (mut pdf, mut places) = ("%PDF-1.4\n".to_string(), Vec::new());
    for (number, object) in (1..).zip(&objects) {
        places.push(pdf.len());
        pdf.push_str(&format!("{number} 0 obj\n{object}\nendobj\n"));
    }
    let start = pdf.len();
    let table: String = places.iter().map(|place| format!("{place:010} 00000 n \n")).collect();
    let size = objects.len() + 1;
    pdf.push_str(&format!(
        "xref\n0 {size}\n0000000000 65535 f \n{table}trailer<</Size {size}/Root 1 0 R>>\nstartxref\n{start}\n%%EOF\n"
    ));
    Picture { question, name: name.into(), bytes: pdf.into_bytes() }
}
