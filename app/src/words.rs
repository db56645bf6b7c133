//! The one seam through which every visible sentence goes. Vietnamese is the key: a second language is a table
//! from these keys, and a test finds sentences that did not come through here.

/// A sentence as it stands.
pub const fn t(words: &'static str) -> &'static str {
    words
}

/// A sentence with blanks: `{name}` is filled from the pairs.
pub fn tf(words: &'static str, blanks: &[(&str, &str)]) -> String {
    let mut filled = t(words).to_string();
    for (name, value) in blanks {
        filled = filled.replace(&format!("{{{name}}}"), value);
    }
    filled
}

/// The words of the general form's page of papers.
#[cfg(feature = "ssr")]
pub fn paper_words() -> domain::question::general::PaperWords {
    domain::question::general::PaperWords {
        topic_title: t("Giấy tờ").into(),
        topic_intro: t("Chụp hoặc chọn tệp từng giấy tờ. Giấy nào chưa có, Trung tâm sẽ báo bổ sung một lần.").into(),
        case_label: t("Trường hợp của ông/bà").into(),
        unnamed_case: |number| tf("Trường hợp {n}", &[("n", &number.to_string())]),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blanks_are_filled_by_name() {
        assert_eq!(tf("Còn {n} chỗ cần sửa", &[("n", "2")]), "Còn 2 chỗ cần sửa");
    }
}
