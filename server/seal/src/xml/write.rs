//! Making a signature.

use super::{Canonicalization, Covers, DSIG, ENVELOPED, PROPERTIES, SHA256, tree};
use crate::{Algorithm, Identity, SignError, Signer, sign_bytes};
use base64::{Engine, engine::general_purpose::STANDARD};
use bergshamra_c14n::C14nMode;
use bergshamra_xml::{Document, NodeId, NodeSet};
use domain::time::Instant;
use sha2::{Digest, Sha256};

/// How a document is to be signed.
#[derive(Debug, Clone, Copy)]
pub struct Plan<'a> {
    pub covers: Covers<'a>,
    /// The local name of the one element at whose end the signature goes; `None` is the document's own element.
    pub place: Option<&'a str>,
    /// The id of the signature, which nothing else in the document has. Letters, digits, `-`, `_` and `.`.
    pub id: &'a str,
    pub canonicalization: Canonicalization,
    /// When it was signed, as the signer says: signed too.
    pub signed_at: Option<Instant>,
}

/// Why a document cannot be signed so.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum XmlProblem {
    /// It is no XML document, has a document type, or is nested too deep.
    #[error("no document to sign: {0}")]
    NotADocument(String),
    /// An id of the plan cannot be one.
    #[error("not an id: {0}")]
    BadId(String),
    /// Nothing has the id that is to be signed.
    #[error("nothing has the id {0}")]
    NoSuchId(String),
    /// More than one element has that id, or something has the signature's.
    #[error("the id {0} is there already, or twice")]
    IdTaken(String),
    /// The place is missing or there several times.
    #[error("there is not exactly one {0}")]
    NoSuchPlace(String),
}

/// Why there is no signed document.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SealError {
    #[error(transparent)]
    Document(#[from] XmlProblem),
    #[error(transparent)]
    Signer(#[from] SignError),
}

/// A document that wants nothing but the value of its signature.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Prepared {
    before: String,
    after: String,
    to_sign: Vec<u8>,
}

impl Prepared {
    /// The bytes that are signed: the canonical form of `SignedInfo`.
    pub fn to_sign(&self) -> &[u8] {
        &self.to_sign
    }

    /// The signed document. The value is the signature of [`Prepared::to_sign`] as [`Algorithm`] says; it is not looked at.
    pub fn finish(&self, value: &[u8]) -> String {
        format!("{}{}{}", self.before, STANDARD.encode(value), self.after)
    }
}

/// Signs a document. The signer's certificates go along; the signature is held against them first.
///
/// # Errors
/// When the document does not fit the plan, or the signer did not sign.
pub async fn sign(xml: &str, plan: &Plan<'_>, signer: &dyn Signer) -> Result<String, SealError> {
    let identity = signer.identity().await?;
    let prepared = prepare(xml, plan, &identity)?;
    let signature = sign_bytes(signer, prepared.to_sign()).await?;
    if signature.identity != identity {
        // A certificate was renewed in between.
        return Err(SignError::unavailable("certificate_changed").into());
    }
    Ok(prepared.finish(&signature.value))
}

/// Makes everything but the signature's value. The document stays as it is, byte for byte, around what is inserted.
///
/// # Errors
/// When the document does not fit the plan.
pub fn prepare(xml: &str, plan: &Plan<'_>, identity: &Identity) -> Result<Prepared, XmlProblem> {
    let (before, after) = halves(xml, plan)?;
    let skeleton = Skeleton { plan, identity };
    let empty = vec![String::new(); skeleton.references().len()];
    let (head, tail) = skeleton.write(&empty);
    let digests = skeleton.digests(&format!("{before}{head}{tail}{after}"))?;
    let (head, tail) = skeleton.write(&digests);
    let to_sign = skeleton.signed_info(&format!("{before}{head}{tail}{after}"))?;
    Ok(Prepared { before: before + &head, after: tail + &after, to_sign })
}

/// What stands before the signature and what stands after it.
fn halves(xml: &str, plan: &Plan<'_>) -> Result<(String, String), XmlProblem> {
    let doc = tree::parse(xml).map_err(XmlProblem::NotADocument)?;
    let covered = match plan.covers {
        Covers::Element(id) => id,
        Covers::Document => plan.id,
    };
    if let Some(bad) = [plan.id, covered].into_iter().find(|id| !is_id(id)) {
        return Err(XmlProblem::BadId(bad.into()));
    }
    for taken in [plan.id.to_owned(), time_id(plan.id)] {
        if !matches!(tree::find(&doc, &taken), Ok(None)) {
            return Err(XmlProblem::IdTaken(taken));
        }
    }
    let whole = doc.document_element().ok_or_else(|| XmlProblem::NotADocument("it is empty".into()))?;
    let place = match plan.place {
        None => whole,
        Some(name) => {
            let is_it = |node: &NodeId| doc.element(*node).is_some_and(|element| element.name.local_name == name);
            let mut found = doc.descendants(doc.root()).into_iter().filter(is_it);
            match (found.next(), found.next()) {
                (Some(place), None) => place,
                _ => return Err(XmlProblem::NoSuchPlace(name.into())),
            }
        }
    };
    let lost = || XmlProblem::NotADocument("an element has no place in the text".into());
    let (range, element) = (doc.node_range(place).ok_or_else(lost)?, doc.element(place).ok_or_else(lost)?);
    let source = xml.get(range.clone()).ok_or_else(lost)?;
    let (until, open, close) = match source.strip_suffix("/>") {
        Some(start) => (start.len(), ">", format!("</{}>", element.name.prefixed_name())),
        None => (source.rfind("</").ok_or_else(lost)?, "", String::new()),
    };
    let at = range.start + until;
    let rest = if close.is_empty() { at } else { range.end };
    let (before, after) = (xml.get(..at).ok_or_else(lost)?, xml.get(rest..).ok_or_else(lost)?);
    Ok((format!("{before}{open}"), format!("{close}{after}")))
}

/// A name without a colon, of letters that need no escape anywhere.
fn is_id(id: &str) -> bool {
    let is_first = |c: char| c.is_ascii_alphabetic() || c == '_';
    id.starts_with(is_first) && id.chars().all(|c| c.is_ascii_alphanumeric() || "-_.".contains(c))
}

/// The id of the moment of signing.
fn time_id(id: &str) -> String {
    format!("{id}-time")
}

/// A signature without its value.
struct Skeleton<'a> {
    plan: &'a Plan<'a>,
    identity: &'a Identity,
}

impl Skeleton<'_> {
    /// The addresses of what is signed, and whether the signature may lie inside it.
    fn references(&self) -> Vec<(String, bool)> {
        let covered = match self.plan.covers {
            Covers::Document => String::new(),
            Covers::Element(id) => format!("#{id}"),
        };
        let mut references = vec![(covered, true)];
        if self.plan.signed_at.is_some() {
            references.push((format!("#{}", time_id(self.plan.id)), false));
        }
        references
    }

    /// The signature before its value and after it.
    fn write(&self, digests: &[String]) -> (String, String) {
        let (id, canonicalization) = (self.plan.id, self.plan.canonicalization.uri());
        let algorithm: Algorithm = self.identity.algorithm();
        let mut head = format!(
            "<Signature xmlns=\"{DSIG}\" Id=\"{id}\"><SignedInfo>\
             <CanonicalizationMethod Algorithm=\"{canonicalization}\"/><SignatureMethod Algorithm=\"{}\"/>",
            algorithm.uri()
        );
        for ((uri, may_envelop), digest) in self.references().iter().zip(digests) {
            let envelop = if *may_envelop { format!("<Transform Algorithm=\"{ENVELOPED}\"/>") } else { String::new() };
            head += &format!(
                "<Reference URI=\"{uri}\"><Transforms>{envelop}<Transform Algorithm=\"{canonicalization}\"/></Transforms>\
                 <DigestMethod Algorithm=\"{SHA256}\"/><DigestValue>{digest}</DigestValue></Reference>"
            );
        }
        head += "</SignedInfo><SignatureValue>";
        let mut tail = "</SignatureValue><KeyInfo><X509Data>".to_owned();
        for certificate in self.identity.chain() {
            tail += &format!("<X509Certificate>{}</X509Certificate>", certificate.base64());
        }
        tail += "</X509Data></KeyInfo>";
        if let Some(at) = self.plan.signed_at {
            tail += &format!(
                "<Object Id=\"{}\"><SignatureProperties><SignatureProperty Target=\"#{id}\">\
                 <SigningTime xmlns=\"{PROPERTIES}\">{at}</SigningTime></SignatureProperty></SignatureProperties></Object>",
                time_id(id)
            );
        }
        tail += "</Signature>";
        (head, tail)
    }

    fn mode(&self) -> C14nMode {
        match self.plan.canonicalization {
            Canonicalization::Exclusive => C14nMode::Exclusive,
            Canonicalization::Inclusive => C14nMode::Inclusive,
        }
    }

    /// The digests of what is signed, in base64, in the order of the references.
    fn digests(&self, text: &str) -> Result<Vec<String>, XmlProblem> {
        let (doc, signature) = self.read(text)?;
        let time = time_id(self.plan.id);
        let mut targets = vec![(self.plan.covers, Some(signature))];
        if self.plan.signed_at.is_some() {
            targets.push((Covers::Element(&time), None));
        }
        let digest = |(target, without): (Covers<'_>, Option<NodeId>)| -> Result<String, XmlProblem> {
            let id = match target {
                Covers::Document => "",
                Covers::Element(id) => id,
            };
            let nodes = tree::selected(&doc, target, without)
                .map_err(|tree::Ambiguous| XmlProblem::IdTaken(id.into()))?
                .ok_or_else(|| XmlProblem::NoSuchId(id.into()))?;
            let bytes = tree::canonical(&doc, self.mode(), &nodes, &[]).map_err(XmlProblem::NotADocument)?;
            Ok(STANDARD.encode(Sha256::digest(&bytes)))
        };
        targets.into_iter().map(digest).collect()
    }

    fn signed_info(&self, text: &str) -> Result<Vec<u8>, XmlProblem> {
        let (doc, signature) = self.read(text)?;
        let info = tree::elements(&doc, signature).first().copied();
        let info = info.ok_or_else(|| XmlProblem::NotADocument("the signature is empty".into()))?;
        let nodes = NodeSet::tree_without_comments(info, &doc);
        tree::canonical(&doc, self.mode(), &nodes, &[]).map_err(XmlProblem::NotADocument)
    }

    /// The document with the signature in it, and where that is.
    fn read<'t>(&self, text: &'t str) -> Result<(Document<'t>, NodeId), XmlProblem> {
        let doc = tree::parse(text).map_err(XmlProblem::NotADocument)?;
        let signature = tree::find(&doc, self.plan.id).ok().flatten();
        match signature {
            Some(signature) => Ok((doc, signature)),
            None => Err(XmlProblem::IdTaken(self.plan.id.into())),
        }
    }
}
