//! What was typed into the forms of care: the degree of a disability, the social retirement allowance.

use super::{Picture, Sheet, picture};
use crate::seed::{
    people::{People, Resident},
    story::Story,
};
use anyhow::{Context, Result};
use domain::question::typed::TICKED;

fn person(sheet: &mut Sheet, resident: &Resident) -> Result<()> {
    sheet.put("filer.relation", "ban_than");
    sheet.put("filer.phone", &resident.phone);
    sheet.put("person.name", &resident.name);
    sheet.date("person.birth", resident.birth);
    sheet.put("person.sex", resident.sex.key());
    sheet.put("person.citizen_id", &resident.citizen_id);
    sheet.home("person.home", resident)
}

/// What of a disability's signs the matter speaks of.
const SIGNS: [(&str, &str, &str, &str); 3] = [
    ("nghe, nói", "nghe_noi", "disability.hearing", "khong_nghe"),
    ("nhìn", "nhin", "disability.sight", "nhin_kem"),
    ("vận động", "van_dong", "disability.movement", "chan"),
];

/// Activities of a day, and those that a disability of movement makes hard.
const ACTIVITIES: [(&str, bool); 10] = [
    ("walk", true),
    ("eat", false),
    ("toilet", true),
    ("wash", true),
    ("dress", false),
    ("hear", false),
    ("speak", false),
    ("chores", true),
    ("social", false),
    ("learn", false),
];

pub(super) fn disability(sheet: &mut Sheet, story: &Story, resident: &Resident) -> Result<Vec<Picture>> {
    sheet.put("request.kind", "xac_dinh");
    person(sheet, resident)?;
    let (_, kind, signs, sign) = SIGNS
        .into_iter()
        .find(|(words, ..)| story.matter.contains(words))
        .with_context(|| format!("story {}: which disability", story.number()))?;
    sheet.put(&format!("disability.kinds.{kind}"), TICKED);
    sheet.put(&format!("{signs}.{sign}"), TICKED);
    for (activity, moves) in ACTIVITIES {
        let hard = match kind {
            "van_dong" => moves,
            "nghe_noi" => matches!(activity, "hear" | "speak" | "social"),
            _ => matches!(activity, "walk" | "learn"),
        };
        sheet.put(&format!("daily.{activity}"), if hard { "can_giup" } else { "tu_lam" });
    }
    sheet.put("medical.has", "co");
    sheet.put("council.has", "khong");
    Ok(vec![picture("paper.medical", "giay-ra-vien.pdf", "GIAY RA VIEN", story)])
}

pub(super) fn social_pension(
    sheet: &mut Sheet,
    story: &Story,
    resident: &Resident,
    people: &People,
) -> Result<Vec<Picture>> {
    person(sheet, resident)?;
    sheet.put("person.ethnic", &resident.ethnic);
    sheet.put("pay.by", "ban_than");
    let Some(other) = &story.with else {
        sheet.put("request.kind", "thuc_hien");
        sheet.put("household.status", "khong");
        sheet.put("person.pension", "khong");
        sheet.put("person.other_aid", "khong");
        sheet.put("pay.how", "tien_mat");
        return Ok(Vec::new());
    };
    // The money is to go to somebody of the family.
    sheet.put("request.kind", "dieu_chinh");
    sheet.put("request.reason", &story.matter);
    sheet.put("pay.how", "tai_khoan");
    sheet.put("pay.bank", "Agribank");
    sheet.put("pay.account", format!("{:013}", 4_601_205_000_000_u64 + story.number() as u64));
    sheet.put("pay.holder", &people.resident(other)?.name);
    Ok(Vec::new())
}
