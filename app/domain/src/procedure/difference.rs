//! What differs between two versions of a procedure, field by field: what an import changes, or would change.
//!
//! Fields are compared by their own keys, so a key that the schema does not have is not passed over. A list is compared
//! by its lines: a line put in at the beginning is one line more, not a change of every line after it.

use super::{export::ExportRecord, local::LocalPart};
use crate::text::clean;
use serde::Serialize;
use serde_json::{Map, Value};

/// The part of a version that a field belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// The record of the national catalogue.
    Record,
    /// What every unit of an installation states beside it.
    Local,
}

/// One line of a field: its cells with their keys, blank cells left out. A field that is no list has one cell, without a
/// key.
pub type Line = Vec<(String, String)>;

/// A field that differs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldChange {
    pub part: Part,
    /// As the export or the file of a procedure names it.
    pub key: String,
    /// Lines that only the version before has.
    pub was: Vec<Line>,
    /// Lines that only the later one has. Where neither has one of its own, order or spaces alone changed.
    pub is: Vec<Line>,
}

/// A version: its record, and its local part where it has one.
pub type Sides<'a> = (&'a ExportRecord, Option<&'a LocalPart>);

/// Keys of a record in the order of its schema; what is not here comes after, by its key.
const FIELDS: [&str; 25] = [
    "stt",
    "ma_tthc",
    "ten_tthc",
    "link_truy_cap",
    "so_quyet_dinh",
    "ngay_quyet_dinh",
    "co_quan_ban_hanh",
    "linh_vuc",
    "cap_thuc_hien",
    "doi_tuong_thuc_hien",
    "loai_tthc",
    "tu_khoa",
    "dia_chi_tiep_nhan",
    "co_quan_thuc_hien",
    "co_quan_co_tham_quyen",
    "co_quan_phoi_hop",
    "co_quan_duoc_uy_quyen",
    "mo_ta",
    "trang_thai",
    "cach_thuc_thuc_hien",
    "trinh_tu_thuc_hien",
    "tphs",
    "kqth",
    "ccpl",
    "yeu_cau_dieu_kien",
];
/// Keys of cells that come first in their line, in the order in which they are read.
const CELLS: [&str; 15] = [
    "hinh_thuc_nop",
    "thoi_gian",
    "phi_le_phi",
    "truong_hop_xu_ly",
    "mo_ta_chi_tiet",
    "ma_tphs",
    "ten_giay_to",
    "loai_giay_to",
    "ban_chinh",
    "ban_sao",
    "ma_ket_qua",
    "ten_ket_qua",
    "so_ky_hieu",
    "trich_yeu",
    "name",
];

/// What differs between two versions, the record first, in the order of its schema.
pub fn changes(was: Sides<'_>, is: Sides<'_>) -> Vec<FieldChange> {
    let mut changes = of_part(Part::Record, &fields(Some(was.0)), &fields(Some(is.0)));
    changes.extend(of_part(Part::Local, &fields(was.1), &fields(is.1)));
    changes
}

fn fields<T: Serialize>(part: Option<&T>) -> Map<String, Value> {
    match part.map(serde_json::to_value) {
        Some(Ok(Value::Object(fields))) => fields,
        _ => Map::new(),
    }
}

fn of_part(part: Part, was: &Map<String, Value>, is: &Map<String, Value>) -> Vec<FieldChange> {
    let mut keys: Vec<&String> = was.keys().chain(is.keys().filter(|key| !was.contains_key(*key))).collect();
    keys.sort_by_key(|key| (place(&FIELDS, key), *key));
    let differs = |key: &&String| was.get(*key) != is.get(*key);
    let change = |key: &String| {
        let side = |fields: &Map<String, Value>| fields.get(key).map(lines).unwrap_or_default();
        let (before, after) = (side(was), side(is));
        FieldChange { part, key: key.clone(), was: only_in(&before, &after), is: only_in(&after, &before) }
    };
    keys.into_iter().filter(differs).map(change).collect()
}

/// Where a key stands in that order; after all others when it does not.
fn place(order: &[&str], key: &str) -> usize {
    order.iter().position(|known| *known == key).unwrap_or(order.len())
}

fn lines(value: &Value) -> Vec<Line> {
    let lines = match value {
        Value::Array(rows) => rows.iter().map(line).collect(),
        one => vec![line(one)],
    };
    lines.into_iter().filter(|line| !line.is_empty()).collect()
}

fn line(value: &Value) -> Line {
    let mut cells: Line = match value {
        Value::Object(cells) => cells.iter().map(|(key, cell)| (key.clone(), words(cell))).collect(),
        one => vec![(String::new(), words(one))],
    };
    cells.retain(|(_, words)| !words.is_empty());
    cells.sort_by(|(one, _), (other, _)| (place(&CELLS, one), one).cmp(&(place(&CELLS, other), other)));
    cells
}

fn words(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => clean(text),
        other => other.to_string(),
    }
}

/// The lines of one side that the other lacks; of two that are the same, one stands for one.
fn only_in(one: &[Line], other: &[Line]) -> Vec<Line> {
    let mut left: Vec<&Line> = other.iter().collect();
    let mut only = Vec::new();
    for line in one {
        match left.iter().position(|known| *known == line) {
            Some(at) => {
                left.swap_remove(at);
            }
            None => only.push(line.clone()),
        }
    }
    only
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::procedure::ProcedureFile;
    use serde_json::json;

    fn shipped() -> Value {
        serde_json::from_str(include_str!("../../../../server/seed/procedures/1.001731.json")).unwrap()
    }

    fn changed(change: impl Fn(&mut Value)) -> Vec<FieldChange> {
        let (was, mut is) = (shipped(), shipped());
        change(&mut is);
        let read = |file: Value| serde_json::from_value::<ProcedureFile>(file).unwrap();
        let (was, is) = (read(was), read(is));
        changes((&was.record, Some(&was.local)), (&is.record, Some(&is.local)))
    }

    fn plain(words: &str) -> Vec<Line> {
        vec![vec![(String::new(), words.to_owned())]]
    }

    #[test]
    fn a_version_beside_itself_differs_in_nothing() {
        assert_eq!(changed(|_| {}), []);
    }

    #[test]
    fn a_plain_field_says_what_it_was_and_what_it_is() {
        let name = shipped()["record"]["ten_tthc"].as_str().map(clean).unwrap();
        let found = changed(|file| file["record"]["ten_tthc"] = "Tên  mới".into());
        let expected =
            FieldChange { part: Part::Record, key: "ten_tthc".into(), was: plain(&name), is: plain("Tên mới") };
        assert_eq!(found, [expected]);
        let gone = changed(|file| drop(file["record"].as_object_mut().unwrap().remove("ten_tthc")));
        assert_eq!((gone[0].was.clone(), gone[0].is.len()), (plain(&name), 0));
    }

    #[test]
    fn a_line_put_in_first_is_one_line_more() {
        let paper = json!({"ten_giay_to": "Giấy mới", "ma_tphs": "000.00.00.G15-KQ000001", "ban_chinh": true});
        let found = changed(|file| file["record"]["tphs"].as_array_mut().unwrap().insert(0, paper.clone()));
        let cell = |key: &str, words: &str| (key.to_owned(), words.to_owned());
        let line =
            vec![cell("ma_tphs", "000.00.00.G15-KQ000001"), cell("ten_giay_to", "Giấy mới"), cell("ban_chinh", "true")];
        assert_eq!(found, [FieldChange { part: Part::Record, key: "tphs".into(), was: vec![], is: vec![line] }]);
    }

    #[test]
    fn order_and_spaces_alone_are_told_and_an_unknown_key_is_not_passed_over() {
        let turned = changed(|file| file["local"]["steps"].as_array_mut().unwrap().reverse());
        assert_eq!(turned, [FieldChange { part: Part::Local, key: "steps".into(), was: vec![], is: vec![] }]);
        let unknown = changed(|file| file["record"]["khoa_la"] = json!([1, "hai"]));
        let keys: Vec<_> = unknown.iter().map(|change| (change.part, change.key.as_str())).collect();
        assert_eq!(keys, [(Part::Record, "khoa_la")]);
        assert_eq!(unknown[0].is, [plain("1"), plain("hai")].concat());
    }

    #[test]
    fn fields_come_in_the_order_of_the_record_and_the_local_part_after_them() {
        let found = changed(|file| {
            file["local"]["acceptance_hours"] = 4.into();
            file["record"]["ccpl"] = json!([]);
            file["record"]["ten_tthc"] = "Tên mới".into();
        });
        let keys: Vec<_> = found.iter().map(|change| change.key.as_str()).collect();
        assert_eq!(keys, ["ten_tthc", "ccpl", "acceptance_hours"]);
        let file = serde_json::from_value::<ProcedureFile>(shipped()).unwrap();
        let begun = changes((&file.record, None), (&file.record, Some(&file.local)));
        assert!(begun.iter().all(|change| change.part == Part::Local && change.was.is_empty()) && begun.len() > 8);
    }
}
