//! Whose word counts.

use crate::{Certificate, Identity};
use domain::time::Instant;
use rustls::pki_types::{CertificateDer, UnixTime};
use std::time::Duration;
use webpki::{
    ALL_VERIFICATION_ALGS, EndEntityCert, ExtendedKeyUsageValidator, KeyPurposeIdIter, anchor_from_trusted_cert,
};

/// Whom a verifier believes.
#[derive(Debug, Clone)]
pub enum Trust {
    /// Exactly these signers, for as long as they stand in this list: the dates in their certificates are not asked.
    Certificates(Vec<Certificate>),
    /// Whoever one of these authorities vouches for, through the certificates that came along.
    Authorities(Vec<Certificate>),
}

/// Why a signer is not believed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Untrusted {
    /// Nobody who is believed vouches for it.
    #[error("nobody who is trusted vouches for the signer")]
    Unknown,
    /// A certificate of the chain had ended.
    #[error("a certificate had ended")]
    Expired,
    /// A certificate of the chain had not begun.
    #[error("a certificate had not begun")]
    NotYet,
    /// A certificate of the chain may not be used so, or cannot be read.
    #[error("the chain of certificates is not in order")]
    Disordered,
}

impl Trust {
    /// Whether the signer is believed for what was signed at that time. Nobody is asked whether a certificate was revoked.
    ///
    /// # Errors
    /// Why not.
    pub fn check(&self, signer: &Identity, at: Instant) -> Result<(), Untrusted> {
        match self {
            Self::Certificates(known) if known.contains(signer.certificate()) => Ok(()),
            Self::Certificates(_) => Err(Untrusted::Unknown),
            Self::Authorities(authorities) => vouched_for(authorities, signer, at),
        }
    }
}

fn vouched_for(authorities: &[Certificate], signer: &Identity, at: Instant) -> Result<(), Untrusted> {
    let anchors: Vec<_> =
        authorities.iter().filter_map(|authority| anchor_from_trusted_cert(authority.as_pki()).ok()).collect();
    let between: Vec<CertificateDer<'_>> = signer.above().iter().map(|above| above.as_pki().clone()).collect();
    let own = EndEntityCert::try_from(signer.certificate().as_pki()).map_err(|_| Untrusted::Disordered)?;
    let time = UnixTime::since_unix_epoch(Duration::from_millis(u64::try_from(at.0).unwrap_or(0)));
    let path = own.verify_for_usage(ALL_VERIFICATION_ALGS, &anchors, &between, time, AnyPurpose, None, None);
    match path {
        Ok(_) => Ok(()),
        // An authority of the same name did not sign it: also nobody who is trusted.
        Err(webpki::Error::UnknownIssuer | webpki::Error::InvalidSignatureForPublicKey) => Err(Untrusted::Unknown),
        Err(webpki::Error::CertExpired { .. }) => Err(Untrusted::Expired),
        Err(webpki::Error::CertNotValidYet { .. }) => Err(Untrusted::NotYet),
        Err(_) => Err(Untrusted::Disordered),
    }
}

/// Authorities write many purposes into the certificates of signers, or none: which authorities issue certificates to
/// sign with is settled by whom the verifier believes.
struct AnyPurpose;

impl ExtendedKeyUsageValidator for AnyPurpose {
    fn validate(&self, _: KeyPurposeIdIter<'_, '_>) -> Result<(), webpki::Error> {
        Ok(())
    }
}
