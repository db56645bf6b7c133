//! XML-DSig: an enveloped signature over one element or the whole document.
//!
//! [`sign`] does all of it. Who has no [`Signer`](crate::Signer) at hand, because the key is with a person elsewhere, calls
//! [`prepare`], has [`Prepared::to_sign`] signed, and calls [`Prepared::finish`].
//!
//! What is accepted is little: SHA-256, RSA and P-256, canonicalization without comments, references into the same
//! document, no XPath and no XSLT, no document type. Everything else is refused by name.
//!
//! Canonicalization comes from the crate `bergshamra-c14n`, see decision 0091.

mod tree;
mod verify;
mod write;

pub use verify::{Covered, Flaw, Intact, verify};
pub use write::{Plan, Prepared, SealError, XmlProblem, prepare, sign};

/// The namespace of XML-DSig.
const DSIG: &str = "http://www.w3.org/2000/09/xmldsig#";
/// The transform that leaves the signature itself out.
const ENVELOPED: &str = "http://www.w3.org/2000/09/xmldsig#enveloped-signature";
/// SHA-256 (RFC 9231, 2.1.2).
const SHA256: &str = "http://www.w3.org/2001/04/xmlenc#sha256";
/// The namespace of the moment of signing: XML-DSig leaves open what the properties of a signature are called.
const PROPERTIES: &str = "urn:motcua:signature-properties";

/// How the bytes that are signed are made of a document.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Canonicalization {
    /// Exclusive: the signed element may be moved into another document, whose namespaces do not matter.
    Exclusive,
    /// Inclusive (Canonical XML 1.0): namespaces of what is around count too. Most formats of the tax authority use it.
    Inclusive,
}

impl Canonicalization {
    /// Its name in XML-DSig.
    pub const fn uri(self) -> &'static str {
        match self {
            Self::Exclusive => "http://www.w3.org/2001/10/xml-exc-c14n#",
            Self::Inclusive => "http://www.w3.org/TR/2001/REC-xml-c14n-20010315",
        }
    }
}

/// What a signature is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Covers<'a> {
    /// Everything but the signature itself and comments.
    Document,
    /// The one element with this value in its attribute `Id`, `ID` or `id`, without comments.
    Element(&'a str),
}
