//! The record of the national catalogue of procedures, in the export's own schema.
//!
//! Key names are the export's. A key that a record lacks stays lacking, a key unknown here is kept, and nothing is
//! normalised: a record read and written again is the same JSON value.

use super::ProcedureError;
use crate::text::clean;
use serde::{Deserialize, Deserializer, Serialize};
use serde_json::{Map, Value};

macro_rules! record {
    ($(#[$about:meta])* $name:ident { $($(#[$field_about:meta])* $field:ident: $type:ty),* $(,)? }) => {
        $(#[$about])*
        #[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
        pub struct $name {
            $(
                $(#[$field_about])*
                #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
                pub $field: Option<$type>,
            )*
            /// Keys the schema of 08/2026 does not have.
            #[serde(flatten)]
            pub unknown: Map<String, Value>,
        }
    };
}

record! {
    /// One procedure: 25 fields.
    ExportRecord {
        stt: String,
        /// The code, such as `1.001193`.
        ma_tthc: String,
        ten_tthc: String,
        link_truy_cap: String,
        so_quyet_dinh: String,
        /// dd/mm/yyyy.
        ngay_quyet_dinh: String,
        co_quan_ban_hanh: String,
        linh_vuc: String,
        /// Levels joined by commas.
        cap_thuc_hien: String,
        /// Kinds of applicants joined by commas, though some kinds hold commas.
        doi_tuong_thuc_hien: String,
        loai_tthc: String,
        tu_khoa: String,
        dia_chi_tiep_nhan: String,
        co_quan_thuc_hien: String,
        co_quan_co_tham_quyen: String,
        co_quan_phoi_hop: String,
        co_quan_duoc_uy_quyen: String,
        mo_ta: String,
        trang_thai: String,
        cach_thuc_thuc_hien: Vec<ExportChannel>,
        trinh_tu_thuc_hien: Vec<ExportStep>,
        tphs: Vec<ExportPaper>,
        kqth: Vec<ExportResult>,
        ccpl: Vec<ExportLaw>,
        yeu_cau_dieu_kien: String,
    }
}

record! {
    /// One way of filing, with its term and fee.
    ExportChannel {
        /// `Trực tuyến`, `Trực tiếp`, `Bưu chính`.
        hinh_thuc_nop: String,
        thoi_gian: String,
        phi_le_phi: String,
        mo_ta: String,
    }
}

record! {
    /// How it goes, by case.
    ExportStep { truong_hop_xu_ly: String, mo_ta_chi_tiet: String }
}

record! {
    /// One row of the papers; headings and notes stand among them.
    ExportPaper {
        ma_tphs: String,
        ten_giay_to: String,
        loai_giay_to: String,
        co_quan_ban_hanh: String,
        /// Original.
        ban_chinh: bool,
        /// Copy.
        ban_sao: bool,
        bm_dien_tu: String,
    }
}

record! {
    /// One result.
    ExportResult { ma_ket_qua: String, ten_ket_qua: String, co_quan_ban_hanh: String, mo_ta: String }
}

record! {
    /// One legal text.
    ExportLaw {
        so_ky_hieu: String,
        trich_yeu: String,
        co_quan_ban_hanh: String,
        /// dd/mm/yyyy.
        ngay_ban_hanh: String,
        /// dd/mm/yyyy.
        ngay_hieu_luc: String,
        dia_chi_truy_cap: String,
    }
}

impl ExportRecord {
    /// The code; empty when the record lacks it.
    pub fn code(&self) -> &str {
        text(&self.ma_tthc)
    }

    /// Whether the record can stand in a catalogue: a code of the national form, and a name. Whatever else it lacks is
    /// listed for a person to look at, not refused.
    pub fn check(&self) -> Result<(), ProcedureError> {
        let digits = |text: &str, length| text.len() == length && text.bytes().all(|b| b.is_ascii_digit());
        let code = self.code();
        if !code.split_once('.').is_some_and(|(field, number)| digits(field, 1) && digits(number, 6)) {
            return Err(ProcedureError::NotACode(code.to_owned()));
        }
        if clean(text(&self.ten_tthc)).is_empty() {
            return Err(ProcedureError::NoName(code.to_owned()));
        }
        Ok(())
    }
}

/// The text of a field, empty when the record lacks it.
pub(crate) fn text(field: &Option<String>) -> &str {
    field.as_deref().unwrap_or_default()
}

/// The rows of a field, none when the record lacks it.
pub(crate) fn rows<T>(field: &Option<Vec<T>>) -> &[T] {
    field.as_deref().unwrap_or_default()
}

/// A key that is there holds a value: `null` is refused rather than lost on the way out.
fn present<'de, T: Deserialize<'de>, D: Deserializer<'de>>(deserializer: D) -> Result<Option<T>, D::Error> {
    T::deserialize(deserializer).map(Some)
}
