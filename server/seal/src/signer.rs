//! Who signs.

use crate::Certificate;
use std::{borrow::Cow, pin::Pin};

/// How a key signs. There are two: what every certificate of an authority in Việt Nam has today, and the shorter one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Algorithm {
    /// RSASSA-PKCS1-v1_5 with SHA-256.
    RsaSha256,
    /// ECDSA on P-256 with SHA-256; its value is r and s side by side, 64 bytes.
    EcdsaSha256,
}

impl Algorithm {
    /// Its name in XML-DSig (RFC 9231, 2.3.2 and 2.3.6).
    pub const fn uri(self) -> &'static str {
        match self {
            Self::RsaSha256 => "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256",
            Self::EcdsaSha256 => "http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha256",
        }
    }

    /// By its name in XML-DSig.
    pub fn from_uri(uri: &str) -> Option<Self> {
        [Self::RsaSha256, Self::EcdsaSha256].into_iter().find(|algorithm| algorithm.uri() == uri)
    }
}

/// By whose certificate something is signed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Identity {
    algorithm: Algorithm,
    certificate: Certificate,
    above: Vec<Certificate>,
}

impl Identity {
    /// Of a chain that begins with the signer's own certificate.
    ///
    /// # Errors
    /// [`SignError::Broken`] when the chain is empty, or its first key is of a kind that is not used here.
    pub fn of(chain: Vec<Certificate>) -> Result<Self, SignError> {
        let mut chain = chain.into_iter();
        let certificate = chain.next().ok_or_else(|| SignError::broken("certificate_absent"))?;
        let algorithm = certificate.algorithm().ok_or_else(|| SignError::broken("key_kind_unknown"))?;
        Ok(Self { algorithm, certificate, above: chain.collect() })
    }

    /// How its key signs.
    pub fn algorithm(&self) -> Algorithm {
        self.algorithm
    }

    /// The signer's own certificate.
    pub fn certificate(&self) -> &Certificate {
        &self.certificate
    }

    /// The certificates that came along: of the authority that issued it, and of those above.
    pub fn above(&self) -> &[Certificate] {
        &self.above
    }

    /// All of them, the signer's own first.
    pub fn chain(&self) -> impl Iterator<Item = &Certificate> {
        std::iter::once(&self.certificate).chain(&self.above)
    }
}

/// A signature and whose it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Signature {
    pub identity: Identity,
    /// As [`Algorithm`] says.
    pub value: Vec<u8>,
}

impl Signature {
    /// Whether it is this identity's signature of these bytes.
    pub fn is_of(&self, message: &[u8]) -> bool {
        self.identity.certificate.verifies(self.identity.algorithm, message, &self.value)
    }
}

/// A word such as `token_absent` or `http_503`. It is kept and shown, so it never holds a PIN, a name or an address.
pub type Reason = Cow<'static, str>;

/// Why there is no signature.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SignError {
    /// Not now: a token that is not plugged in, a service that is down or too slow. Trying again may help.
    #[error("the signer cannot be reached: {0}")]
    Unavailable(Reason),
    /// The signer said no: a wrong PIN, a credential that is not ours. Trying again does not help, and may lock a token.
    #[error("the signer refuses: {0}")]
    Refused(Reason),
    /// What is there is not what was configured, or answers what nobody can use. Somebody has to mend it.
    #[error("the signer does not work: {0}")]
    Broken(Reason),
}

impl SignError {
    pub(crate) fn unavailable(reason: impl Into<Reason>) -> Self {
        Self::Unavailable(reason.into())
    }

    pub(crate) fn refused(reason: impl Into<Reason>) -> Self {
        Self::Refused(reason.into())
    }

    pub(crate) fn broken(reason: impl Into<Reason>) -> Self {
        Self::Broken(reason.into())
    }

    /// Whether trying again, unchanged and later, may help.
    pub fn is_worth_another_try(&self) -> bool {
        matches!(self, Self::Unavailable(_))
    }
}

/// The work of a signer.
pub type Signing<'a, T> = Pin<Box<dyn Future<Output = Result<T, SignError>> + Send + 'a>>;

/// What signs. None of its parts tries again by itself: whoever asks knows how long there is time.
pub trait Signer: Send + Sync {
    /// By whose certificate it would sign now.
    fn identity(&self) -> Signing<'_, Identity>;

    /// Signs these bytes. The caller holds the answer against the certificate: see [`sign_bytes`].
    fn sign<'a>(&'a self, message: &'a [u8]) -> Signing<'a, Signature>;
}

/// Signs bytes, and holds the signature against the signer's own certificate.
///
/// # Errors
/// What the signer said; [`SignError::Broken`] (`signature_wrong`) when its signature is not its certificate's.
pub async fn sign_bytes(signer: &dyn Signer, message: &[u8]) -> Result<Signature, SignError> {
    let signature = signer.sign(message).await?;
    if signature.is_of(message) { Ok(signature) } else { Err(SignError::broken("signature_wrong")) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_leads_back_to_its_algorithm() {
        for algorithm in [Algorithm::RsaSha256, Algorithm::EcdsaSha256] {
            assert_eq!(Algorithm::from_uri(algorithm.uri()), Some(algorithm));
        }
        assert_eq!(Algorithm::from_uri("http://www.w3.org/2000/09/xmldsig#rsa-sha1"), None);
    }

    #[test]
    fn a_chain_of_nobody_is_no_identity() {
        assert_eq!(Identity::of(vec![]), Err(SignError::Broken("certificate_absent".into())));
    }

    #[test]
    fn only_what_cannot_be_reached_is_worth_another_try() {
        assert!(SignError::unavailable("timeout").is_worth_another_try());
        assert!(!SignError::refused("pin_incorrect").is_worth_another_try());
        assert!(!SignError::broken("signature_wrong").is_worth_another_try());
    }
}
