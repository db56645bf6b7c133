//! Finding one's way in a document.

use super::{Covers, DSIG};
use bergshamra_c14n::{C14nMode, canonicalize_doc};
use bergshamra_xml::{Document, NodeId, NodeSet, uppsala::Parser};

/// Attributes that name an element, all without a prefix.
const ID_NAMES: [&str; 3] = ["Id", "ID", "id"];

/// Reads a document. A document type is refused: it could declare entities, default values and other ids.
pub fn parse(xml: &str) -> Result<Document<'_>, String> {
    Parser::new().with_forbid_dtd(true).parse(xml).map_err(|error| error.to_string())
}

/// The attribute without a prefix.
pub fn attribute<'d>(doc: &'d Document<'_>, node: NodeId, name: &str) -> Option<&'d str> {
    let attributes = &doc.element(node)?.attributes;
    let found = attributes.iter().find(|it| it.name.namespace_uri.is_none() && it.name.local_name == name);
    found.map(|it| &*it.value)
}

/// More than one element has this id: nobody could tell which one was meant.
pub struct Ambiguous;

/// The element with this id.
pub fn find(doc: &Document<'_>, id: &str) -> Result<Option<NodeId>, Ambiguous> {
    let has_it = |node: &NodeId| ID_NAMES.iter().any(|name| attribute(doc, *node, name) == Some(id));
    let mut found = doc.descendants(doc.root()).into_iter().filter(has_it);
    match (found.next(), found.next()) {
        (_, Some(_)) => Err(Ambiguous),
        (first, None) => Ok(first),
    }
}

/// The elements directly inside.
pub fn elements(doc: &Document<'_>, node: NodeId) -> Vec<NodeId> {
    doc.children_iter(node).filter(|child| doc.element(*child).is_some()).collect()
}

/// Whether it is this element of XML-DSig.
pub fn is(doc: &Document<'_>, node: NodeId, name: &str) -> bool {
    doc.element(node).is_some_and(|element| element.matches_name_ns(DSIG, name))
}

/// What is signed of a target: its nodes without comments, and without the signature where that was asked for.
pub fn selected(doc: &Document<'_>, target: Covers<'_>, without: Option<NodeId>) -> Result<Option<NodeSet>, Ambiguous> {
    let nodes = match target {
        Covers::Document => NodeSet::all_without_comments(doc),
        Covers::Element(id) => match find(doc, id)? {
            Some(node) => NodeSet::tree_without_comments(node, doc),
            None => return Ok(None),
        },
    };
    Ok(Some(match without {
        Some(signature) => nodes.subtract(&NodeSet::tree_with_comments(signature, doc)),
        None => nodes,
    }))
}

/// The canonical bytes of these nodes; `prefixes` are those of `InclusiveNamespaces`.
pub fn canonical(doc: &Document<'_>, mode: C14nMode, nodes: &NodeSet, prefixes: &[String]) -> Result<Vec<u8>, String> {
    canonicalize_doc(doc, mode, Some(nodes), prefixes).map_err(|error| error.to_string())
}
