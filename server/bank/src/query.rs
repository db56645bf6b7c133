//! The part of an address behind the question mark, in the one writing that both sides sign.

/// Pairs as `name=value&…`, in the order they are given.
pub(crate) fn write<'a>(pairs: impl IntoIterator<Item = (&'a str, &'a str)>) -> String {
    let mut text = String::new();
    for (name, value) in pairs {
        if !text.is_empty() {
            text.push('&');
        }
        encode(name, &mut text);
        text.push('=');
        encode(value, &mut text);
    }
    text
}

/// As forms are written: letters, digits and `-_.` stay, a space is `+`, everything else is its bytes.
fn encode(part: &str, text: &mut String) {
    for byte in part.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_' | b'.' => text.push(char::from(byte)),
            b' ' => text.push('+'),
            _ => text.push_str(&format!("%{byte:02X}")),
        }
    }
}

/// The pairs of a query; `None` when it is written wrongly or a name stands twice, since two readers could take it for two
/// things.
pub(crate) fn read(query: &str) -> Option<Vec<(String, String)>> {
    let mut pairs: Vec<(String, String)> = Vec::new();
    for pair in query.split('&').filter(|pair| !pair.is_empty()) {
        let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
        let (name, value) = (decode(name)?, decode(value)?);
        if pairs.iter().any(|(known, _)| *known == name) {
            return None;
        }
        pairs.push((name, value));
    }
    Some(pairs)
}

fn decode(part: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(part.len());
    let mut rest = part.bytes();
    while let Some(byte) = rest.next() {
        bytes.push(match byte {
            b'+' => b' ',
            b'%' => {
                let digit = |byte: Option<u8>| char::from(byte?).to_digit(16);
                let (high, low) = (digit(rest.next())?, digit(rest.next())?);
                u8::try_from(high * 16 + low).ok()?
            }
            other => other,
        });
    }
    String::from_utf8(bytes).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn what_was_written_is_read_again(name in "[a-z_]{1,8}", value in ".{0,40}") {
            let written = write([(name.as_str(), value.as_str())]);
            prop_assert!(written.is_ascii());
            prop_assert_eq!(read(&written), Some(vec![(name, value)]));
        }

        #[test]
        fn nothing_that_is_asked_makes_it_fall(query in ".{0,200}") {
            let _ = read(&query);
        }
    }

    #[test]
    fn what_two_readers_could_read_differently_is_refused() {
        assert_eq!(read("a=1&a=2"), None);
        assert_eq!(read("a=%4"), None);
        assert_eq!(read("a=%FF"), None, "no text");
        assert_eq!(read("a=%+1"), None);
        assert_eq!(read("a=1&&b"), Some(vec![("a".into(), "1".into()), ("b".into(), String::new())]));
    }
}
