//! Words for what a procedure's record states in codes. Names, papers, exemptions and laws are never reworded.

pub use crate::status::case;
use crate::{
    format,
    words::{t, tf},
};
use domain::{
    money::Dong,
    procedure::{
        fee::{FeeKind, FeeLevel, FeeShown},
        local::{FilingPlace, LocalFee, LocalTerm, OnlineLevel},
        term::{Channel, TermShown},
    },
    time::Day,
    working_time::Term,
};
use office::catalogue::ProcedureVersion;
use ui::{Glyph, Tone};

/// The levels of the online service, in the order lists show them.
pub const LEVELS: [OnlineLevel; 3] =
    [OnlineLevel::FullyOnline, OnlineLevel::PartlyOnline, OnlineLevel::InformationOnly];

/// The level in words, with tone and drawing.
pub const fn level(level: OnlineLevel) -> (&'static str, Tone, Glyph) {
    match level {
        OnlineLevel::FullyOnline => (t("Toàn trình"), Tone::Success, Glyph::Check),
        OnlineLevel::PartlyOnline => (t("Một phần"), Tone::Info, Glyph::Paper),
        OnlineLevel::InformationOnly => (t("Nộp tại quầy"), Tone::Grey, Glyph::Building),
    }
}

/// The level of a procedure; of one without a local part nothing is known here but its record.
pub fn level_of(procedure: &ProcedureVersion) -> (&'static str, Tone, Glyph) {
    match &procedure.local {
        Some(local) => level(local.level),
        None => (t("Chỉ xem thông tin"), Tone::Grey, Glyph::Info),
    }
}

/// The level explained in a sentence.
pub const fn level_meaning(level: OnlineLevel) -> &'static str {
    match level {
        OnlineLevel::FullyOnline => t("Toàn trình: khai, nộp giấy tờ và nhận kết quả qua mạng, không phải tới quầy."),
        OnlineLevel::PartlyOnline => t("Một phần: khai và gửi giấy tờ qua mạng, còn có việc phải tới Trung tâm."),
        OnlineLevel::InformationOnly => t("Trang này để xem giấy tờ và cách làm; hồ sơ nộp tại quầy."),
    }
}

/// The level's key in addresses.
pub const fn level_key(level: OnlineLevel) -> &'static str {
    match level {
        OnlineLevel::FullyOnline => "toan_trinh",
        OnlineLevel::PartlyOnline => "mot_phan",
        OnlineLevel::InformationOnly => "thong_tin",
    }
}

/// The level of a key in an address.
pub fn level_from_key(key: &str) -> Option<OnlineLevel> {
    LEVELS.into_iter().find(|level| level_key(*level) == key)
}

/// Where it is filed today, in a few words.
pub fn where_filed(procedure: &ProcedureVersion, today: Day) -> &'static str {
    let at_counter = procedure.local.as_ref().is_some_and(|local| local.is_filed_at(FilingPlace::Counter, today));
    if procedure.can_apply_online(today) {
        t("Nộp trực tuyến được ở đây")
    } else if procedure.is_filed_nationally(today) {
        t("Nộp trên Cổng Dịch vụ công quốc gia")
    } else if at_counter {
        t("Nộp tại quầy")
    } else {
        t("Chỉ xem thông tin ở đây")
    }
}

/// A way of filing.
pub const fn channel(channel: Option<Channel>) -> &'static str {
    match channel {
        Some(Channel::Online) => t("Trực tuyến"),
        Some(Channel::Counter) => t("Trực tiếp tại quầy"),
        Some(Channel::Post) => t("Qua bưu chính"),
        None => t("Cách khác"),
    }
}

/// Several ways of filing, as a beginning of a line: `Trực tuyến, qua bưu chính`.
pub fn channels(channels: &[Option<Channel>]) -> String {
    let words = channels.iter().map(|one| channel(*one).to_lowercase()).collect::<Vec<_>>().join(", ");
    format::sentence_case(&words)
}

/// The term most dossiers have: the local one, else the record's first words; empty when there is neither.
pub fn usual_term(procedure: &ProcedureVersion) -> String {
    match (&procedure.local, procedure.imported.terms.first()) {
        (Some(local), _) => short_term(&local.term),
        (None, Some(line)) => recorded_term(&line.term),
        (None, None) => String::new(),
    }
}

/// A local term without its rule for the afternoon: `trong ngày`.
pub fn short_term(term: &LocalTerm) -> String {
    format::term(&Term { cutoff_15h: false, ..term.term() })
}

/// A term of the record. One that cannot be read stands as the record has it.
pub fn recorded_term(term: &TermShown) -> String {
    match term {
        TermShown::Structured { amount, unit } => {
            format::term(&Term { unit: *unit, amount: *amount, cutoff_15h: false })
        }
        TermShown::Verbatim(words) if words.is_empty() => t("Chưa ghi").into(),
        TermShown::Verbatim(words) => format!("“{words}”"),
    }
}

/// What a local fee costs: never a bare zero.
pub fn local_fee(fee: &LocalFee) -> String {
    let per = |amount: Dong| match &fee.per {
        Some(per) => format!("{}/{per}", format::money(amount)),
        None => format::money(amount),
    };
    match (fee.amount, fee.online_amount) {
        (None, None) => t("Theo mức của tỉnh").into(),
        (Some(Dong(0)), None) => t("Không thu").into(),
        (Some(amount), None) => per(amount),
        (None, Some(online)) => tf("Theo mức của tỉnh; nộp trực tuyến: {mức}", &[("mức", &or_nothing(online, per))]),
        (Some(amount), Some(online)) => tf(
            "{mức}; nộp trực tuyến: {mức trực tuyến}",
            &[("mức", &or_nothing(amount, per)), ("mức trực tuyến", &or_nothing(online, per))],
        ),
    }
}

fn or_nothing(amount: Dong, words: impl Fn(Dong) -> String) -> String {
    if amount == Dong(0) { t("không thu").into() } else { words(amount) }
}

/// A fee of the record: what it is called, what it costs, and the record's own words beside it.
pub fn recorded_fee(fee: &FeeShown) -> (&'static str, String, String) {
    let kind = match fee.kind {
        FeeKind::Phi => t("Phí"),
        FeeKind::LePhi => t("Lệ phí"),
        FeeKind::Unnamed => t("Phí, lệ phí"),
    };
    let cost = match &fee.level {
        FeeLevel::Amount(amount) => match &fee.per {
            Some(per) => format!("{}/{per}", format::money(*amount)),
            None => format::money(*amount),
        },
        FeeLevel::Free => t("Không thu").into(),
        FeeLevel::SetByProvince => t("Theo mức của tỉnh").into(),
        FeeLevel::SeeWords => t("Theo lời ghi").into(),
        FeeLevel::Foreign(amount) => amount.clone(),
        FeeLevel::Unread => fee.verbatim.clone(),
    };
    let words = if fee.per.is_some() && fee.words.starts_with('/') { String::new() } else { fee.words.clone() };
    (kind, cost, words)
}

/// Whether a paper is brought as the original, a copy, or either.
pub const fn copies(original: bool, copy: bool) -> &'static str {
    match (original, copy) {
        (true, true) => t("Bản chính, bản sao"),
        (true, false) => t("Bản chính"),
        (false, true) => t("Bản sao"),
        (false, false) => "",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::procedure::{ProcedureFile, import::import, local::LocalFeeKind};

    fn fee(amount: Option<i64>, online: Option<i64>) -> LocalFee {
        LocalFee {
            name: "Phí".into(),
            kind: LocalFeeKind::Phi,
            amount: amount.map(Dong),
            online_amount: online.map(Dong),
            per: Some("bản".into()),
            exemptions: Vec::new(),
            source: "x".into(),
        }
    }

    #[test]
    fn a_fee_of_nothing_is_said_in_words() {
        assert_eq!(local_fee(&fee(Some(0), None)), "Không thu");
        assert_eq!(local_fee(&fee(None, None)), "Theo mức của tỉnh");
        assert_eq!(local_fee(&fee(Some(8000), None)), "8.000\u{a0}đ/bản");
        assert_eq!(local_fee(&fee(Some(8000), Some(0))), "8.000\u{a0}đ/bản; nộp trực tuyến: không thu");
    }

    #[test]
    fn no_shipped_procedure_shows_a_bare_zero() {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../server/seed/procedures");
        let mut lines = 0;
        for file in std::fs::read_dir(folder).unwrap() {
            let text = std::fs::read_to_string(file.unwrap().path()).unwrap();
            let procedure: ProcedureFile = serde_json::from_str(&text).unwrap();
            for line in import(&procedure.record).fees {
                let (_, cost, _) = recorded_fee(&line.fee);
                assert!(!cost.starts_with("0\u{a0}đ") && !cost.contains("0 VNĐ"), "{}: {cost}", procedure.local.code);
                lines += 1;
            }
            for fee in &procedure.local.fee_lines {
                assert!(!local_fee(fee).starts_with("0\u{a0}đ"), "{}", procedure.local.code);
            }
        }
        assert!(lines >= 30, "{lines}");
    }

    #[test]
    fn every_case_of_the_shipped_terms_has_words_of_its_own() {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../server/seed/procedures");
        for file in std::fs::read_dir(folder).unwrap() {
            let text = std::fs::read_to_string(file.unwrap().path()).unwrap();
            let procedure: ProcedureFile = serde_json::from_str(&text).unwrap();
            for key in procedure.local.other_terms.iter().filter_map(|line| line.case.as_deref()) {
                assert_ne!(case(key), case(""), "{key}");
            }
        }
    }

    #[test]
    fn a_term_without_a_unit_stands_as_the_record_has_it() {
        assert_eq!(recorded_term(&TermShown::Verbatim("1 Khác".into())), "“1 Khác”");
    }

    #[test]
    fn a_level_keeps_its_key() {
        for level in LEVELS {
            assert_eq!(level_from_key(level_key(level)), Some(level));
        }
        assert_eq!(level_from_key(""), None);
    }
}
