//! From bytes to text.

use super::{MOST_BYTES, Problem, StatementError};

/// Text in UTF-8, with or without its mark, or in UTF-16 with one, as spreadsheets write "Unicode text". Older code pages of
/// Vietnamese are refused: they would be read as other letters.
pub(super) fn decode(bytes: &[u8]) -> Result<String, StatementError> {
    if bytes.len() > MOST_BYTES {
        return Err(Problem::TooLarge.at(1));
    }
    let text = match bytes {
        [0xff, 0xfe, rest @ ..] => utf16(rest, u16::from_le_bytes)?,
        [0xfe, 0xff, rest @ ..] => utf16(rest, u16::from_be_bytes)?,
        _ => {
            let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
            let wrong = |error: std::str::Utf8Error| Problem::Encoding.at(lines_of(&bytes[..error.valid_up_to()]));
            std::str::from_utf8(bytes).map_err(wrong)?.to_owned()
        }
    };
    // No text of a bank holds one, and a file cut off by a failing disk does.
    match text.find('\0') {
        Some(at) => Err(Problem::Encoding.at(lines_of(&text.as_bytes()[..at]))),
        None => Ok(text),
    }
}

fn utf16(bytes: &[u8], unit: fn([u8; 2]) -> u16) -> Result<String, StatementError> {
    let pairs = bytes.chunks_exact(2);
    let odd = !pairs.remainder().is_empty();
    let mut text = String::with_capacity(bytes.len());
    for letter in char::decode_utf16(pairs.map(|pair| unit([pair[0], pair[1]]))) {
        let Ok(letter) = letter else { return Err(Problem::Encoding.at(lines_of(text.as_bytes()))) };
        text.push(letter);
    }
    if odd { Err(Problem::Encoding.at(lines_of(text.as_bytes()))) } else { Ok(text) }
}

/// The line that the end of those bytes lies on.
fn lines_of(bytes: &[u8]) -> usize {
    1 + bytes.iter().filter(|byte| **byte == b'\n').count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_of_byte_order_are_read_and_left_out() {
        assert_eq!(decode("\u{feff}Số".as_bytes()).as_deref(), Ok("Số"));
        assert_eq!(decode(&[0xff, 0xfe, b'a', 0, 0xd1, 0x1e]).as_deref(), Ok("aố"));
        assert_eq!(decode(&[0xfe, 0xff, 0, b'a']).as_deref(), Ok("a"));
    }

    #[test]
    fn other_code_pages_are_refused_where_they_begin() {
        assert_eq!(decode(b"a\nb\n\xd2\xe1"), Err(Problem::Encoding.at(3)));
        assert_eq!(decode(&[0xff, 0xfe, b'\n', 0, b'a']), Err(Problem::Encoding.at(2)), "half a letter");
        assert_eq!(decode(b"a\nb\0"), Err(Problem::Encoding.at(2)));
    }
}
