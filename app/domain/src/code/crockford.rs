//! Crockford's base 32: letters and digits that are not mistaken for each other when read aloud or copied by hand.

/// The alphabet, without I, L, O and U.
pub(crate) const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/// The character of the low five bits.
pub(crate) fn character(value: u8) -> char {
    char::from(ALPHABET[usize::from(value & 31)])
}

/// The value of a character as people write it: any case, O for 0, I and L for 1.
pub(crate) fn value(c: char) -> Option<u8> {
    let c = match c.to_ascii_uppercase() {
        'O' => '0',
        'I' | 'L' => '1',
        other => other,
    };
    ALPHABET.iter().position(|known| char::from(*known) == c).and_then(|at| u8::try_from(at).ok())
}

/// The check value over the given ones: Luhn's algorithm modulo 32. It finds every single wrong character and every
/// swap of neighbours but 0 and Z.
pub(crate) fn check_value(values: &[u8]) -> u8 {
    let sum: u32 = values
        .iter()
        .rev()
        .enumerate()
        .map(|(at, value)| {
            let addend = u32::from(*value) * if at % 2 == 0 { 2 } else { 1 };
            addend / 32 + addend % 32
        })
        .sum();
    ((32 - sum % 32) % 32) as u8
}
