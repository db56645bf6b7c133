//! Holding a document against its signatures.

use super::{Covers, DSIG, ENVELOPED, SHA256, tree};
use crate::{Algorithm, Certificate, Identity};
use base64::{Engine, engine::general_purpose::STANDARD};
use bergshamra_c14n::C14nMode;
use bergshamra_xml::{Document, NodeId, NodeSet};
use sha2::{Digest, Sha256};

/// What a signature says was signed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Covered {
    /// The id of the element; `None` is the whole document.
    pub id: Option<String>,
    /// The canonical bytes that were signed. Who acts on a signed document reads these, not the document: around them may
    /// stand whatever somebody added.
    pub bytes: Vec<u8>,
}

/// A signature that is right: what it covers is as it was signed, by the key of this certificate. It says nothing about
/// whose certificate that is: anybody can make one. Ask [`Trust`](crate::Trust).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Intact {
    pub signer: Identity,
    pub covered: Vec<Covered>,
    /// When the signer says it was signed, as it stands there: a claim, signed too.
    pub signing_time: Option<String>,
}

/// Why a document is not as it was signed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Flaw {
    /// It is no XML document, has a document type, or is nested too deep.
    #[error("not a document: {0}")]
    NotADocument(String),
    /// No signature is about what was asked for.
    #[error("not signed")]
    NotSigned,
    /// The signature is not put together as XML-DSig says; the word names the part.
    #[error("the signature has a wrong {0}")]
    Shape(&'static str),
    /// An algorithm or transform that is not used here.
    #[error("not accepted: {0}")]
    NotAccepted(String),
    /// Nothing has an id that was signed, or more than one element has it.
    #[error("the id {0} is not there exactly once")]
    Lost(String),
    /// What has this id, or the document when it is empty, is not as it was signed.
    #[error("changed since it was signed: {0:?}")]
    Changed(String),
    /// The signature comes with no certificate of a kind that is used here.
    #[error("no certificate")]
    NoCertificate,
    /// The value is not the signature of any certificate that came along.
    #[error("the signature is wrong")]
    Wrong,
}

/// More of these in one signature are somebody's attempt to keep us busy.
const MOST_REFERENCES: usize = 16;
const MOST_CERTIFICATES: usize = 10;

/// Looks at every signature about `covers`. All of them have to be right, and there is at least one. Whether signatures
/// about something else are right is not asked, only what they are about: one that cannot be read is a flaw too.
///
/// # Errors
/// What is wrong with the first that is not right.
pub fn verify(xml: &str, covers: Covers<'_>) -> Result<Vec<Intact>, Flaw> {
    let doc = tree::parse(xml).map_err(Flaw::NotADocument)?;
    let mut intact = Vec::new();
    for signature in doc.get_elements_by_tag_name_ns(DSIG, "Signature") {
        let read = Read::of(&doc, signature)?;
        if read.references.iter().any(|reference| reference.target() == covers) {
            intact.push(read.check(&doc)?);
        }
    }
    if intact.is_empty() { Err(Flaw::NotSigned) } else { Ok(intact) }
}

/// A signature as it stands there.
struct Read {
    signature: NodeId,
    info: NodeId,
    canonicalization: Way,
    algorithm: Algorithm,
    references: Vec<Reference>,
    value: Vec<u8>,
    certificates: Vec<Certificate>,
}

/// How bytes are made of nodes.
struct Way {
    mode: C14nMode,
    prefixes: Vec<String>,
}

struct Reference {
    /// Empty for the whole document.
    id: String,
    is_enveloped: bool,
    way: Way,
    digest: Vec<u8>,
}

impl Reference {
    fn target(&self) -> Covers<'_> {
        if self.id.is_empty() { Covers::Document } else { Covers::Element(&self.id) }
    }
}

impl Read {
    fn of(doc: &Document<'_>, signature: NodeId) -> Result<Self, Flaw> {
        let parts = tree::elements(doc, signature);
        let [info, value, rest @ ..] = parts.as_slice() else { return Err(Flaw::Shape("Signature")) };
        if !tree::is(doc, *info, "SignedInfo") || !tree::is(doc, *value, "SignatureValue") {
            return Err(Flaw::Shape("Signature"));
        }
        let parts = tree::elements(doc, *info);
        let [canonicalization, method, references @ ..] = parts.as_slice() else {
            return Err(Flaw::Shape("SignedInfo"));
        };
        let is_in_order =
            tree::is(doc, *canonicalization, "CanonicalizationMethod") && tree::is(doc, *method, "SignatureMethod");
        if !is_in_order || references.is_empty() || references.len() > MOST_REFERENCES {
            return Err(Flaw::Shape("SignedInfo"));
        }
        let uri = algorithm(doc, *method)?;
        Ok(Self {
            signature,
            info: *info,
            canonicalization: way(doc, *canonicalization)?,
            algorithm: Algorithm::from_uri(uri).ok_or_else(|| Flaw::NotAccepted(uri.into()))?,
            references: references.iter().map(|node| reference(doc, *node)).collect::<Result<_, _>>()?,
            value: bytes(doc, *value, "SignatureValue")?,
            certificates: certificates(doc, rest)?,
        })
    }

    fn check(self, doc: &Document<'_>) -> Result<Intact, Flaw> {
        let mut covered = Vec::new();
        for reference in &self.references {
            let without = reference.is_enveloped.then_some(self.signature);
            let lost = || Flaw::Lost(reference.id.clone());
            let nodes = tree::selected(doc, reference.target(), without).map_err(|tree::Ambiguous| lost())?;
            let Way { mode, prefixes } = &reference.way;
            let bytes = tree::canonical(doc, *mode, &nodes.ok_or_else(lost)?, prefixes).map_err(Flaw::NotADocument)?;
            // An element inside a signature that leaves itself out: nothing was signed.
            if bytes.is_empty() || Sha256::digest(&bytes).as_slice() != reference.digest {
                return Err(Flaw::Changed(reference.id.clone()));
            }
            let id = Some(reference.id.clone()).filter(|id| !id.is_empty());
            covered.push(Covered { id, bytes });
        }
        let nodes = NodeSet::tree_without_comments(self.info, doc);
        let Way { mode, prefixes } = &self.canonicalization;
        let signed = tree::canonical(doc, *mode, &nodes, prefixes).map_err(Flaw::NotADocument)?;
        let signing_time = self.signing_time(doc);
        let is_usable = |certificate: &Certificate| certificate.algorithm() == Some(self.algorithm);
        let mut chain = self.certificates;
        if !chain.iter().any(is_usable) {
            return Err(Flaw::NoCertificate);
        }
        // Usually the first; some write the chain from its other end.
        let is_signer = |certificate: &Certificate| {
            is_usable(certificate) && certificate.verifies(self.algorithm, &signed, &self.value)
        };
        let own = chain.iter().position(is_signer).ok_or(Flaw::Wrong)?;
        // The others come along whatever their kind: an authority's key need not be of the signer's.
        let own = chain.remove(own);
        chain.insert(0, own);
        let signer = Identity::of(chain).map_err(|_| Flaw::NoCertificate)?;
        Ok(Intact { signer, covered, signing_time })
    }

    /// The text of the one `SigningTime` inside an object of this signature that it covers.
    fn signing_time(&self, doc: &Document<'_>) -> Option<String> {
        let objects = tree::elements(doc, self.signature).into_iter().filter(|node| tree::is(doc, *node, "Object"));
        let is_covered = |node: &NodeId| {
            let id = tree::attribute(doc, *node, "Id");
            id.is_some_and(|id| self.references.iter().any(|reference| reference.id == id))
        };
        let is_time =
            |node: &NodeId| doc.element(*node).is_some_and(|element| element.name.local_name == "SigningTime");
        let mut times = objects.filter(is_covered).flat_map(|object| doc.descendants(object)).filter(is_time);
        match (times.next(), times.next()) {
            (Some(time), None) => Some(doc.text_content_deep(time).trim().to_owned()),
            _ => None,
        }
    }
}

fn algorithm<'d>(doc: &'d Document<'_>, node: NodeId) -> Result<&'d str, Flaw> {
    tree::attribute(doc, node, "Algorithm").ok_or(Flaw::Shape("Algorithm"))
}

/// A method of canonicalization, with the prefixes of `InclusiveNamespaces` beside it.
fn way(doc: &Document<'_>, node: NodeId) -> Result<Way, Flaw> {
    let uri = algorithm(doc, node)?;
    let mode = C14nMode::from_uri(uri).filter(|mode| !mode.with_comments());
    let mode = mode.ok_or_else(|| Flaw::NotAccepted(uri.into()))?;
    let mut prefixes = Vec::new();
    for child in tree::elements(doc, node) {
        let list = doc.element(child).filter(|element| element.name.local_name == "InclusiveNamespaces");
        let list = list.and_then(|_| tree::attribute(doc, child, "PrefixList"));
        match list {
            Some(list) if mode.is_exclusive() => prefixes.extend(list.split_whitespace().map(str::to_owned)),
            _ => return Err(Flaw::Shape("Transform")),
        }
    }
    Ok(Way { mode, prefixes })
}

fn reference(doc: &Document<'_>, node: NodeId) -> Result<Reference, Flaw> {
    let shape = || Flaw::Shape("Reference");
    let parts = tree::elements(doc, node);
    let (transforms, rest) = match parts.as_slice() {
        [transforms, rest @ ..] if tree::is(doc, *transforms, "Transforms") => (tree::elements(doc, *transforms), rest),
        rest => (vec![], rest),
    };
    let [method, digest] = rest else { return Err(shape()) };
    let is_in_order = tree::is(doc, node, "Reference")
        && transforms.iter().all(|transform| tree::is(doc, *transform, "Transform"))
        && tree::is(doc, *method, "DigestMethod")
        && tree::is(doc, *digest, "DigestValue");
    if !is_in_order {
        return Err(shape());
    }
    let hash = algorithm(doc, *method)?;
    if hash != SHA256 {
        return Err(Flaw::NotAccepted(hash.into()));
    }
    // An application may know what a reference without an address is about: this one does not.
    let uri = tree::attribute(doc, node, "URI").ok_or_else(shape)?;
    let id = match uri.strip_prefix('#') {
        // Not a name but an expression, which may select anything.
        Some(id) if id.is_empty() || id.contains('(') => return Err(Flaw::NotAccepted(uri.into())),
        Some(id) => id,
        None if uri.is_empty() => "",
        None => return Err(Flaw::NotAccepted(uri.into())),
    };
    let mut transforms = transforms.as_slice();
    let mut is_enveloped = false;
    if let [first, rest @ ..] = transforms
        && algorithm(doc, *first)? == ENVELOPED
    {
        (is_enveloped, transforms) = (true, rest);
    }
    let way = match transforms {
        // What XML-DSig has nodes turned into bytes with when nothing is said.
        [] => Way { mode: C14nMode::Inclusive, prefixes: vec![] },
        [last] => way(doc, *last)?,
        [_, second, ..] => return Err(Flaw::NotAccepted(algorithm(doc, *second)?.into())),
    };
    Ok(Reference { id: id.to_owned(), is_enveloped, way, digest: bytes(doc, *digest, "DigestValue")? })
}

/// The certificates of `KeyInfo`, which comes after the value when it comes at all.
fn certificates(doc: &Document<'_>, rest: &[NodeId]) -> Result<Vec<Certificate>, Flaw> {
    let mut found = Vec::new();
    let info = rest.first().filter(|node| tree::is(doc, **node, "KeyInfo")).ok_or(Flaw::NoCertificate)?;
    for data in tree::elements(doc, *info).into_iter().filter(|node| tree::is(doc, *node, "X509Data")) {
        let inside = tree::elements(doc, data).into_iter().filter(|node| tree::is(doc, *node, "X509Certificate"));
        for certificate in inside {
            let der = bytes(doc, certificate, "X509Certificate")?;
            found.push(Certificate::from_der(der).map_err(|_| Flaw::Shape("X509Certificate"))?);
        }
    }
    if found.len() > MOST_CERTIFICATES { Err(Flaw::Shape("KeyInfo")) } else { Ok(found) }
}

/// What the base64 inside an element says; white space does not count.
fn bytes(doc: &Document<'_>, node: NodeId, name: &'static str) -> Result<Vec<u8>, Flaw> {
    if !tree::elements(doc, node).is_empty() {
        return Err(Flaw::Shape(name));
    }
    let text: String = doc.text_content_deep(node).split_ascii_whitespace().collect();
    STANDARD.decode(text).map_err(|_| Flaw::Shape(name))
}
