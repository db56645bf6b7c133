//! What was typed where a parent recognises a child (1.001022).

use super::{Picture, Sheet, picture};
use crate::seed::{
    people::{People, Resident},
    story::Story,
};
use anyhow::{Context, Result};
use domain::person::Sex;

/// The resident recognises the child; the other parent agrees, and experts have found that it is so.
pub(super) fn recognition(
    sheet: &mut Sheet,
    story: &Story,
    resident: &Resident,
    people: &People,
) -> Result<Vec<Picture>> {
    let child = story.child.as_ref().with_context(|| format!("story {}: no child", story.number()))?;
    let other = story.with.as_deref().with_context(|| format!("story {}: no other parent", story.number()))?;
    let other = people.resident(other)?;
    sheet.put("declarer.acts", if resident.sex == Sex::Female { "me_nhan_con" } else { "cha_nhan_con" });
    sheet.filer("declarer", resident)?;
    sheet.date("declarer.birth", resident.birth);
    sheet.put("declarer.ethnic", &resident.ethnic);
    sheet.put("declarer.nationality", "viet_nam");
    sheet.put("declarer.paper", "can_cuoc");
    sheet.put("child.name", &child.name);
    sheet.date("child.birth", child.birth);
    sheet.put("child.ethnic", &other.ethnic);
    sheet.put("child.nationality", "viet_nam");
    // The child lives with the parent whose name stands in its birth certificate.
    sheet.home("child.home", other)?;
    sheet.put("child.registered", "co");
    sheet.put("parents.married", "khong");
    sheet.put("case.kind", "khong");
    sheet.put("other.opinion", "dong_y");
    sheet.put("other.name", &other.name);
    sheet.put("proof.kind", "giam_dinh");
    sheet.put("copies", (1 + story.number() % 3).to_string());
    Ok(vec![picture("paper.expert", "ket-qua-giam-dinh.pdf", "KET QUA GIAM DINH", story)])
}
