//! Signatures by a shared secret: HMAC (RFC 2104) with SHA-256 and SHA-512, written in hexadecimal.

use hmac::{Hmac, KeyInit, Mac};
use sha2::{Sha256, Sha512};
use std::fmt;

/// A secret that two sides share. It never shows in logs, and is compared with nothing.
#[derive(Clone)]
pub struct Key(Vec<u8>);

/// A shorter secret can be guessed: 16 bytes are what a key of 128 bits has.
pub const SHORTEST_KEY: usize = 16;

/// Why a text is no secret.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a secret is 16 characters long at least")]
pub struct TooShort;

impl Key {
    /// The secret as the operator was given it.
    ///
    /// # Errors
    /// When it is shorter than [`SHORTEST_KEY`] bytes.
    pub fn new(secret: &str) -> Result<Self, TooShort> {
        if secret.len() < SHORTEST_KEY { Err(TooShort) } else { Ok(Self(secret.as_bytes().to_vec())) }
    }

    /// HMAC-SHA256 over the parts one after another, as 64 small hexadecimal digits.
    pub fn sign_sha256(&self, parts: &[&[u8]]) -> String {
        started::<Hmac<Sha256>>(&self.0, parts).map(|mac| hex::encode(mac.finalize().into_bytes())).unwrap_or_default()
    }

    /// Whether those digits are the HMAC-SHA256 over the parts. Takes as long for a wrong one as for a right one.
    pub fn verify_sha256(&self, parts: &[&[u8]], signature: &str) -> bool {
        verified::<Hmac<Sha256>>(&self.0, parts, signature)
    }

    /// HMAC-SHA512 over the parts one after another, as 128 small hexadecimal digits.
    pub fn sign_sha512(&self, parts: &[&[u8]]) -> String {
        started::<Hmac<Sha512>>(&self.0, parts).map(|mac| hex::encode(mac.finalize().into_bytes())).unwrap_or_default()
    }

    /// Whether those digits, in either case, are the HMAC-SHA512 over the parts.
    pub fn verify_sha512(&self, parts: &[&[u8]], signature: &str) -> bool {
        verified::<Hmac<Sha512>>(&self.0, parts, signature)
    }
}

impl fmt::Debug for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("…")
    }
}

/// HMAC takes a key of any length, so there always is one; what signs nothing verifies nothing either.
fn started<M: Mac + KeyInit>(key: &[u8], parts: &[&[u8]]) -> Option<M> {
    let mut mac = <M as KeyInit>::new_from_slice(key).ok()?;
    for part in parts {
        mac.update(part);
    }
    Some(mac)
}

fn verified<M: Mac + KeyInit>(key: &[u8], parts: &[&[u8]], signature: &str) -> bool {
    let Ok(signature) = hex::decode(signature) else { return false };
    // Compares whole and in constant time.
    started::<M>(key, parts).is_some_and(|mac| mac.verify_slice(&signature).is_ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Test case 4 of RFC 4231.
    fn key() -> Key {
        Key((1..=25).collect())
    }

    #[test]
    fn signatures_are_those_of_rfc_4231() {
        let data = [0xcd; 50];
        assert_eq!(
            key().sign_sha256(&[&data[..20], &data[20..]]),
            "82558a389a443c0ea4cc819899f2083a85f0faa3e578f8077a2e3ff46729665b"
        );
        assert_eq!(
            key().sign_sha512(&[&data]),
            "b0ba465637458c6990e5a8c5f61d4af7e576d97ff94b872de76f8050361ee3db\
             a91ca5c11aa25eb4d679275cc5788063a5f19741120c4f2de2adebeb10a298dd"
        );
    }

    #[test]
    fn another_signature_key_or_text_is_refused() {
        let signature = key().sign_sha512(&[b"8000"]);
        assert!(key().verify_sha512(&[b"8000"], &signature));
        assert!(key().verify_sha512(&[b"8000"], &signature.to_uppercase()), "the case of digits means nothing");
        assert!(!key().verify_sha512(&[b"8001"], &signature));
        assert!(!key().verify_sha512(&[b"8000"], &signature[..64]), "half a signature is none");
        assert!(!key().verify_sha512(&[b"8000"], "") && !key().verify_sha512(&[b"8000"], "zz"));
        assert!(!Key::new("another long secret").expect("a key").verify_sha512(&[b"8000"], &signature));
    }

    #[test]
    fn a_secret_is_long_enough_and_is_not_shown() {
        assert_eq!(Key::new("short").err(), Some(TooShort));
        let key = Key::new("a long and secret word").expect("a key");
        assert!(!format!("{key:?}").contains("secret"));
    }
}
