//! A VietQR as a banking app of another house reads it: nothing of `domain` is used, so that what our site draws is read by
//! somebody who did not draw it.

/// What a code asks to transfer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asked {
    /// The account of the receiver.
    pub account: String,
    /// In đồng; `None` in a code without an amount.
    pub amount: Option<i64>,
    pub note: String,
}

/// Why a code cannot be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a VietQR code")]
pub struct NoCode;

/// Reads the text of a code.
pub fn read(text: &str) -> Result<Asked, NoCode> {
    let text = text.trim();
    let (signed, sum) = text.len().checked_sub(4).and_then(|at| text.split_at_checked(at)).ok_or(NoCode)?;
    if !text.is_ascii() || !signed.ends_with("6304") || format!("{:04X}", crc(signed.as_bytes())) != sum {
        return Err(NoCode);
    }
    let fields = fields(text)?;
    let field = |id: &str| fields.iter().find(|(known, _)| *known == id).map(|(_, value)| *value);
    if field("53") != Some("704") || field("58") != Some("VN") {
        return Err(NoCode);
    }
    let merchant = self::fields(field("38").ok_or(NoCode)?)?;
    let part = |id: &str| merchant.iter().find(|(known, _)| *known == id).map(|(_, value)| *value);
    if part("00") != Some("A000000727") {
        return Err(NoCode);
    }
    let receiver = self::fields(part("01").ok_or(NoCode)?)?;
    let account = receiver.iter().find(|(known, _)| *known == "01").map(|(_, value)| *value).ok_or(NoCode)?;
    let amount = field("54").map(str::parse).transpose().map_err(|_| NoCode)?;
    let more = field("62").map(self::fields).transpose()?.unwrap_or_default();
    let note = more.iter().find(|(known, _)| *known == "08").map_or("", |(_, value)| *value);
    Ok(Asked { account: account.to_owned(), amount, note: note.to_owned() })
}

/// Identifier, two digits of length, value, one after another to the end.
fn fields(mut text: &str) -> Result<Vec<(&str, &str)>, NoCode> {
    let mut fields = Vec::new();
    while !text.is_empty() {
        let (id, rest) = text.split_at_checked(2).ok_or(NoCode)?;
        let (length, rest) = rest.split_at_checked(2).ok_or(NoCode)?;
        let digits = id.bytes().chain(length.bytes()).all(|byte| byte.is_ascii_digit());
        let length: usize = length.parse().map_err(|_| NoCode)?;
        let (value, rest) = rest.split_at_checked(length).filter(|_| digits).ok_or(NoCode)?;
        fields.push((id, value));
        text = rest;
    }
    Ok(fields)
}

/// CRC-16/CCITT-FALSE.
fn crc(bytes: &[u8]) -> u16 {
    bytes.iter().fold(0xffff, |sum, byte| {
        (0..8).fold(
            sum ^ (u16::from(*byte) << 8),
            |sum, _| {
                if sum & 0x8000 == 0 { sum << 1 } else { (sum << 1) ^ 0x1021 }
            },
        )
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_with_an_amount_is_read() {
        let text = "00020101021238540010A00000072701240006970436011001234567890208QRIBFTTA5303704540480005802VN62200816H15 26 1123 000163047FC9";
        let asked = Asked { account: "0123456789".into(), amount: Some(8_000), note: "H15 26 1123 0001".into() };
        assert_eq!(read(text), Ok(asked));
        let open = "00020101021138570010A00000072701270006970403011300110123456780208QRIBFTTA53037045802VN63049E6F";
        assert_eq!(read(open), Ok(Asked { account: "0011012345678".into(), amount: None, note: String::new() }));
    }

    #[test]
    fn a_changed_or_cut_code_is_refused() {
        let text = "00020101021238540010A00000072701240006970436011001234567890208QRIBFTTA5303704540480005802VN62200816H15 26 1123 000163047FC9";
        assert_eq!(read(&text.replace("8000", "9000")), Err(NoCode));
        assert!((0..text.len()).all(|end| read(&text[..end]).is_err()));
        assert_eq!(read("ố"), Err(NoCode));
        assert_eq!(crc(b"123456789"), 0x29b1);
    }
}
