//! Life events: the everyday names under which procedures are found.

use crate::words::t;
use office::catalogue::ProcedureVersion;
use ui::Glyph;

/// A matter of everyday life that leads to procedures.
pub struct LifeEvent {
    /// Key in the local part of a procedure and in addresses.
    pub key: &'static str,
    pub title: &'static str,
    pub hint: &'static str,
    pub glyph: Glyph,
}

/// Every life event, the most frequent first.
pub const LIFE_EVENTS: [LifeEvent; 14] = [
    event("sinh_con", t("Sinh con"), t("Khai sinh, nhận con"), Glyph::Birth),
    event("ket_hon", t("Kết hôn"), t("Đăng ký kết hôn, xác nhận độc thân"), Glyph::Ring),
    event("nguoi_than_mat", t("Người thân mất"), t("Khai tử, mai táng"), Glyph::Candle),
    event("giay_to", t("Sao, sửa giấy tờ"), t("Bản sao, chứng thực, cải chính"), Glyph::Seal),
    event("nguoi_gia", t("Người cao tuổi"), t("Trợ cấp hưu trí xã hội"), Glyph::HeartHands),
    event("lam_nha", t("Làm nhà"), t("Giấy phép xây dựng"), Glyph::House),
    event("mo_quan", t("Buôn bán"), t("Hộ kinh doanh, an toàn thực phẩm"), Glyph::Shop),
    event("dat_dai", t("Đất đai"), t("Giấy chứng nhận, hòa giải"), Glyph::Land),
    event("khuyet_tat", t("Người khuyết tật"), "", Glyph::Users),
    event("kho_khan", t("Gia đình khó khăn"), "", Glyph::Hand),
    event("nguoi_co_cong", t("Người có công"), "", Glyph::Star),
    event("tre_em", t("Trẻ em"), "", Glyph::Users),
    event("di_hoc", t("Đi học"), "", Glyph::Paper),
    event("cho_o", t("Chỗ ở, cư trú"), "", Glyph::MapPin),
];

const fn event(key: &'static str, title: &'static str, hint: &'static str, glyph: Glyph) -> LifeEvent {
    LifeEvent { key, title, hint, glyph }
}

impl LifeEvent {
    /// The life event of that key.
    pub fn of_key(key: &str) -> Option<&'static Self> {
        LIFE_EVENTS.iter().find(|event| event.key == key)
    }

    /// Whether that procedure belongs to it.
    pub fn holds(&self, procedure: &ProcedureVersion) -> bool {
        procedure.local.as_ref().is_some_and(|local| local.life_events.iter().any(|key| key == self.key))
    }

    /// Where its procedures are listed.
    pub fn address(&self) -> String {
        format!("/thu-tuc?viec={}", self.key)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn every_life_event_of_the_shipped_procedures_has_a_name() {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../server/seed/procedures");
        let mut keys = BTreeSet::new();
        for file in std::fs::read_dir(folder).unwrap() {
            let text = std::fs::read_to_string(file.unwrap().path()).unwrap();
            let procedure: domain::procedure::ProcedureFile = serde_json::from_str(&text).unwrap();
            keys.extend(procedure.local.life_events);
        }
        assert!(keys.len() >= 10, "{keys:?}");
        for key in keys {
            assert!(LifeEvent::of_key(&key).is_some(), "{key}");
        }
    }
}
