//! X.509 certificates: read, compared, and asked whether a signature is theirs.

use crate::{Algorithm, ecdsa};
use base64::{Engine, engine::general_purpose::STANDARD};
use rustls::pki_types::{CertificateDer, alg_id, pem::PemObject};
use sha2::{Digest, Sha256};
use std::fmt;
use webpki::EndEntityCert;

/// A certificate that can be read.
#[derive(Clone, PartialEq, Eq)]
pub struct Certificate(CertificateDer<'static>);

/// Bytes that are no X.509 certificate of version 3.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a certificate")]
pub struct NoCertificate;

impl Certificate {
    /// Reads DER.
    ///
    /// # Errors
    /// When it is no certificate of version 3, or has a critical extension that nobody here understands.
    pub fn from_der(der: Vec<u8>) -> Result<Self, NoCertificate> {
        let der = CertificateDer::from(der);
        if EndEntityCert::try_from(&der).is_err() {
            return Err(NoCertificate);
        }
        Ok(Self(der))
    }

    /// Every certificate of a PEM text, in its order.
    ///
    /// # Errors
    /// When the text holds none, or one that cannot be read.
    pub fn all_from_pem(pem: &str) -> Result<Vec<Self>, NoCertificate> {
        let found = CertificateDer::pem_slice_iter(pem.as_bytes()).map(|der| {
            let der = der.map_err(|_| NoCertificate)?;
            Self::from_der(der.as_ref().to_vec())
        });
        let found = found.collect::<Result<Vec<_>, _>>()?;
        if found.is_empty() { Err(NoCertificate) } else { Ok(found) }
    }

    /// The DER.
    pub fn der(&self) -> &[u8] {
        self.0.as_ref()
    }

    pub(crate) fn as_pki(&self) -> &CertificateDer<'static> {
        &self.0
    }

    /// The DER as base64 on one line, as XML-DSig has it.
    pub fn base64(&self) -> String {
        STANDARD.encode(self.der())
    }

    /// SHA-256 of the DER in hexadecimal digits, by which people compare certificates.
    pub fn fingerprint(&self) -> String {
        hex::encode(Sha256::digest(self.der()))
    }

    /// How the key of this certificate signs; `None` for a kind of key that is not used here.
    pub fn algorithm(&self) -> Option<Algorithm> {
        let certificate = EndEntityCert::try_from(&self.0).ok()?;
        let info = certificate.subject_public_key_info();
        let kind = content(content(info.as_ref())?)?;
        if *kind == *alg_id::RSA_ENCRYPTION {
            Some(Algorithm::RsaSha256)
        } else if *kind == *alg_id::ECDSA_P256 {
            Some(Algorithm::EcdsaSha256)
        } else {
            None
        }
    }

    /// Whether this certificate's key made `value` over `message`. RSA keys have 2048 to 8192 bits.
    pub fn verifies(&self, algorithm: Algorithm, message: &[u8], value: &[u8]) -> bool {
        let Ok(certificate) = EndEntityCert::try_from(&self.0) else { return false };
        match algorithm {
            Algorithm::RsaSha256 => {
                certificate.verify_signature(webpki::ring::RSA_PKCS1_2048_8192_SHA256, message, value).is_ok()
            }
            Algorithm::EcdsaSha256 => ecdsa::to_der(value).is_some_and(|der| {
                certificate.verify_signature(webpki::ring::ECDSA_P256_SHA256, message, &der).is_ok()
            }),
        }
    }
}

/// What is inside the DER element at the beginning of `der`, without its tag and length.
fn content(der: &[u8]) -> Option<&[u8]> {
    let (&[_, first], rest) = der.split_first_chunk::<2>()?;
    let (length, rest) = match first {
        short @ 0..=0x7f => (usize::from(short), rest),
        0x81 => (usize::from(*rest.first()?), rest.get(1..)?),
        0x82 => {
            let (&[high, low], rest) = rest.split_first_chunk::<2>()?;
            (usize::from(u16::from_be_bytes([high, low])), rest)
        }
        _ => return None,
    };
    rest.get(..length)
}

impl fmt::Debug for Certificate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Certificate").field(&self.fingerprint()).finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_certificate_is_refused() {
        assert_eq!(Certificate::from_der(vec![]), Err(NoCertificate));
        assert_eq!(Certificate::from_der(vec![0x30, 3, 2, 1, 1]), Err(NoCertificate));
        assert_eq!(Certificate::all_from_pem("nothing"), Err(NoCertificate));
        let empty = "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n";
        assert_eq!(Certificate::all_from_pem(empty), Err(NoCertificate));
    }

    #[test]
    fn the_inside_of_an_element_is_within_its_bytes() {
        assert_eq!(content(&[0x30, 1, 9, 9]), Some(&[9][..]));
        assert_eq!(content(&[0x30, 0x81, 1, 9]), Some(&[9][..]));
        assert_eq!(content(&[0x30, 0x82, 0, 1, 9]), Some(&[9][..]));
        assert_eq!(content(&[0x30, 2, 9]), None);
        assert_eq!(content(&[0x30, 0x84, 0, 0, 0, 1, 9]), None);
        assert_eq!(content(&[0x30]), None);
    }
}
