//! Signatures: of bytes, and of XML documents (XML-DSig). A key lies where its owner keeps it: in a file of a
//! development machine ([`local`]), on a token or in a module that speaks PKCS#11 ([`token`]), or with a service that is
//! asked over HTTP ([`remote`]). Whoever signs knows none of this: there is one trait, [`Signer`], and what goes wrong
//! is a value that says whether trying again may help.
//!
//! [`sign_bytes`] holds every signature against the signer's own certificate before it lets it go: a token with
//! another certificate, or a service that answers something else, never makes a document that nobody can verify.
//!
//! [`xml::verify`] tells that a document is as it was signed, and by which certificate. Whether that certificate is
//! anybody's whose word counts is another question, which [`Trust`] answers.
//!
//! Sources: W3C XML Signature Syntax and Processing 1.1; W3C Canonical XML 1.0 and Exclusive XML Canonicalization 1.0;
//! OASIS PKCS #11 2.40; Cloud Signature Consortium API 2.0; Law 20/2023/QH15 on electronic transactions.

mod certificate;
mod ecdsa;
pub mod local;
pub mod remote;
mod secret;
mod signer;
pub mod token;
mod trust;
pub mod xml;

pub use certificate::{Certificate, NoCertificate};
pub use secret::Secret;
pub use signer::{Algorithm, Identity, Reason, SignError, Signature, Signer, Signing, sign_bytes};
pub use trust::{Trust, Untrusted};
