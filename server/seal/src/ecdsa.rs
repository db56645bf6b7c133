//! The two ways of writing an ECDSA signature over P-256: r and s side by side, 32 bytes each, as XML-DSig and PKCS#11 have
//! it; and a DER sequence of two integers, as X.509 and most libraries have it.

/// Bytes of r, and of s.
const HALF: usize = 32;

/// The DER of a signature of 64 bytes; `None` for any other length.
pub fn to_der(raw: &[u8]) -> Option<Vec<u8>> {
    if raw.len() != 2 * HALF {
        return None;
    }
    let (r, s) = raw.split_at(HALF);
    let mut integers = der_integer(r);
    integers.extend(der_integer(s));
    // At most 70 bytes: the length is always one byte.
    let mut der = vec![0x30, integers.len() as u8];
    der.extend(integers);
    Some(der)
}

fn der_integer(bytes: &[u8]) -> Vec<u8> {
    let start = bytes.iter().position(|&byte| byte != 0).unwrap_or(bytes.len().saturating_sub(1));
    let digits = bytes.get(start..).unwrap_or_default();
    // An integer whose first bit is set would be read as a negative one.
    let is_high = digits.first().is_some_and(|first| first & 0x80 != 0);
    let mut integer = vec![0x02, digits.len() as u8 + u8::from(is_high)];
    if is_high {
        integer.push(0);
    }
    integer.extend(digits);
    integer
}

/// The 64 bytes of a DER signature; `None` when it is no strict DER of two numbers of at most 32 bytes.
pub fn from_der(der: &[u8]) -> Option<Vec<u8>> {
    let (&[tag, length], content) = der.split_first_chunk::<2>()?;
    if tag != 0x30 || usize::from(length) != content.len() || length >= 0x80 {
        return None;
    }
    let (r, rest) = integer(content)?;
    let (s, rest) = integer(rest)?;
    rest.is_empty().then(|| [r, s].concat())
}

/// The first integer, written with 32 bytes, and what follows it.
fn integer(bytes: &[u8]) -> Option<([u8; HALF], &[u8])> {
    let (&[tag, length], rest) = bytes.split_first_chunk::<2>()?;
    let (digits, rest) = rest.split_at_checked(usize::from(length))?;
    let digits = match digits {
        _ if tag != 0x02 => return None,
        [] => return None,
        [0] => digits,
        [0, next, ..] if next & 0x80 != 0 => digits.get(1..)?,
        // A zero that is not needed, or a negative number.
        [0, ..] => return None,
        [first, ..] if first & 0x80 != 0 => return None,
        _ => digits,
    };
    let mut written = [0; HALF];
    let start = HALF.checked_sub(digits.len())?;
    written.get_mut(start..)?.copy_from_slice(digits);
    Some((written, rest))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn leading_zeros_come_and_go() {
        let mut raw = [0; 64];
        (raw[31], raw[32], raw[63]) = (1, 0x80, 7);
        let der = to_der(&raw).unwrap();
        assert_eq!(der[..7], [0x30, 38, 0x02, 1, 1, 0x02, 33]);
        assert_eq!(der[7..9], [0, 0x80]);
        assert_eq!(from_der(&der).unwrap(), raw);
    }

    #[test]
    fn what_is_not_strict_is_no_signature() {
        for wrong in [
            &[][..],
            &[0x30],
            &[0x30, 6, 2, 1, 1, 2, 1],
            &[0x30, 6, 2, 1, 1, 2, 1, 1, 0],
            &[0x30, 6, 2, 1, 0x81, 2, 1, 1],
            &[0x30, 7, 2, 2, 0, 1, 2, 1, 1],
            &[0x30, 5, 2, 0, 2, 1, 1],
            &[0x31, 6, 2, 1, 1, 2, 1, 1],
        ] {
            assert_eq!(from_der(wrong), None, "{wrong:?}");
        }
        assert_eq!(from_der(&[0x30, 6, 2, 1, 1, 2, 1, 1]).map(|raw| raw.len()), Some(64));
        assert_eq!(to_der(&[1; 63]), None);
    }

    proptest! {
        #[test]
        fn both_ways_lead_back(raw in proptest::collection::vec(any::<u8>(), 64)) {
            prop_assert_eq!(from_der(&to_der(&raw).unwrap()), Some(raw));
        }

        #[test]
        fn no_bytes_make_it_panic(bytes in proptest::collection::vec(any::<u8>(), 0..90)) {
            let _ = from_der(&bytes);
        }
    }
}
