//! Colleagues named in a note: "@" and a login.

/// The logins that a text names, each once, in small letters, in the order of the text. An "@" inside a word is an address
/// of mail, not a name; a dot or a dash behind a name belongs to the sentence.
pub fn mentioned_logins(words: &str) -> Vec<String> {
    let mut logins: Vec<String> = Vec::new();
    let mut before = None;
    for (at, letter) in words.char_indices() {
        if letter == '@' && !before.is_some_and(belongs_to_word) {
            let behind = &words[at + 1..];
            let end = behind.find(|c: char| !belongs_to_word(c)).unwrap_or(behind.len());
            let login = behind[..end].trim_end_matches(['.', '-', '_']).to_lowercase();
            if !login.is_empty() && !logins.contains(&login) {
                logins.push(login);
            }
        }
        before = Some(letter);
    }
    logins
}

/// Whether a letter may stand in a login, or in a word that was typed in the place of one.
fn belongs_to_word(letter: char) -> bool {
    letter.is_alphanumeric() || matches!(letter, '.' | '-' | '_')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_behind_an_at_is_read_to_its_end() {
        assert_eq!(mentioned_logins("@lan.ht xem giúp, @Son-2."), ["lan.ht", "son-2"]);
        assert_eq!(mentioned_logins("Nhờ (@lan.ht) và @lan.ht"), ["lan.ht"]);
        assert_eq!(mentioned_logins("Nhờ @lần ký"), ["lần"], "a typing mistake is told as it was typed");
    }

    #[test]
    fn an_address_of_mail_names_nobody() {
        assert!(mentioned_logins("gửi về ten@gmail.com, 5 @ 3, @").is_empty());
    }
}
