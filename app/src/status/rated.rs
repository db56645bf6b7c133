//! The words of a rating.

use crate::words::{t, tf};
use domain::dossier::{Rating, RatingReason};
use office::dossiers::RatingRow;

/// A rating.
pub const fn rating(rating: Rating) -> &'static str {
    match rating {
        Rating::VerySatisfied => t("Rất hài lòng"),
        Rating::Satisfied => t("Hài lòng"),
        Rating::Neutral => t("Bình thường"),
        Rating::Dissatisfied => t("Không hài lòng"),
    }
}

/// What a resident would have liked better.
pub const fn rating_reason(reason: RatingReason) -> &'static str {
    match reason {
        RatingReason::LongWait => t("Chờ lâu"),
        RatingReason::ManyTrips => t("Phải đi lại nhiều lần"),
        RatingReason::UnclearGuidance => t("Hướng dẫn chưa rõ"),
        RatingReason::Attitude => t("Thái độ phục vụ"),
        RatingReason::ExtraPapers => t("Bị yêu cầu giấy tờ ngoài quy định"),
        RatingReason::HardOnline => t("Khó làm trên mạng"),
        RatingReason::Other => t("Điều khác"),
    }
}

/// What came with a rating: what to do better, and the resident's own words; nothing when there was neither.
pub fn rating_more(row: &RatingRow) -> Option<String> {
    let why: Vec<&str> = row.reasons.iter().filter_map(|key| RatingReason::from_key(key)).map(rating_reason).collect();
    let why = (!why.is_empty()).then(|| tf("Cần làm tốt hơn: {điều}.", &[("điều", &why.join("; "))]));
    let words = row.words.trim();
    let words = (!words.is_empty()).then(|| tf("Góp ý: “{lời}”", &[("lời", words)]));
    let all: Vec<String> = why.into_iter().chain(words).collect();
    (!all.is_empty()).then(|| all.join(" "))
}
