//! Signed documents, and what people do to them.

use super::support::{RECEIPT, plan, plans, today};
use proptest::prelude::*;
use seal::{
    Signer,
    local::LocalSigner,
    xml::{self, Canonicalization, Covers, Flaw, Plan, SealError, XmlProblem},
};
use std::sync::OnceLock;

fn signer() -> &'static LocalSigner {
    static SIGNER: OnceLock<LocalSigner> = OnceLock::new();
    SIGNER.get_or_init(|| {
        let folder = tempfile::tempdir().unwrap();
        LocalSigner::of_test_authority(folder.path(), "Test", today()).unwrap()
    })
}

fn block_on<T>(work: impl Future<Output = T>) -> T {
    tokio::runtime::Builder::new_current_thread().build().unwrap().block_on(work)
}

fn signed(document: &str, plan: &Plan<'_>) -> Result<String, SealError> {
    block_on(xml::sign(document, plan, signer()))
}

fn receipt() -> &'static str {
    static SIGNED: OnceLock<String> = OnceLock::new();
    SIGNED.get_or_init(|| signed(RECEIPT, &plan(Canonicalization::Inclusive)).unwrap())
}

const DATA: Covers<'static> = Covers::Element("data");

#[test]
fn the_document_stays_as_it_is_around_the_signature() {
    for plan in plans() {
        let signed = signed(RECEIPT, &plan).unwrap();
        let (start, end) = (signed.find("<Signature ").unwrap(), signed.find("</Signature>").unwrap());
        let rest = format!("{}{}", &signed[..start], &signed[end + "</Signature>".len()..]);
        assert_eq!(rest.replace("<DSCKS></DSCKS>", "<DSCKS/>"), RECEIPT, "{plan:?}");
    }
}

#[test]
fn what_was_signed_is_handed_out_as_canonical_bytes() {
    let intact = xml::verify(receipt(), DATA).unwrap();
    let covered = &intact[0].covered[0];
    assert_eq!(covered.id.as_deref(), Some("data"));
    let expected = "<bl:DLBLai xmlns:bl=\"urn:test:receipt\" xmlns:x=\"urn:test:x\" Id=\"data\" a=\"2 &lt; 3\" z=\"1\" \
                    xml:lang=\"vi\">\n    \n    <Ten xmlns=\"urn:test:name\">Nguyễn Thị Bé &amp; con</Ten>\
                    <Trong ghi-chu=\"a&#x9;b&#xA;c &quot;d&quot;\"></Trong>&#xD;\n    \
                    <x:Tien don-vi=\"VND\" x:loai=\"LePhi\">15000</x:Tien><?in dam?>1 &lt; 2\n  </bl:DLBLai>";
    assert_eq!(String::from_utf8(covered.bytes.clone()).unwrap(), expected);
    let at = plan(Canonicalization::Inclusive).signed_at.unwrap();
    assert_eq!(intact[0].signing_time, Some(at.to_string()));
    assert_eq!(Ok(intact[0].signer.clone()), block_on(signer().identity()));
}

#[test]
fn a_signature_can_be_made_in_three_steps() {
    use seal::Signature;
    let (signer, plan) = (signer(), plan(Canonicalization::Exclusive));
    let identity = block_on(signer.identity()).unwrap();
    let prepared = xml::prepare(RECEIPT, &plan, &identity).unwrap();
    let Signature { value, .. } = block_on(signer.sign(prepared.to_sign())).unwrap();
    assert!(xml::verify(&prepared.finish(&value), DATA).is_ok());
    assert_eq!(xml::verify(&prepared.finish(&[1; 64]), DATA), Err(Flaw::Wrong));
    assert_eq!(xml::verify(&prepared.finish(b"short"), DATA), Err(Flaw::Wrong));
}

#[test]
fn two_may_sign_the_same() {
    let first = receipt();
    let second = Plan { id: "seal-2", place: None, ..plan(Canonicalization::Exclusive) };
    let both = signed(first, &second).unwrap();
    assert_eq!(xml::verify(&both, DATA).unwrap().len(), 2);
    assert_eq!(xml::verify(&both.replace("15000", "15001"), DATA), Err(Flaw::Changed("data".into())));
}

#[test]
fn a_document_that_does_not_fit_its_plan_is_refused_by_name() {
    let good = plan(Canonicalization::Exclusive);
    let refused = |document: &str, plan: Plan<'_>| match signed(document, &plan) {
        Err(SealError::Document(problem)) => problem,
        other => panic!("{other:?}"),
    };
    assert!(matches!(refused("", good), XmlProblem::NotADocument(_)));
    assert!(matches!(refused("<a><b></a>", good), XmlProblem::NotADocument(_)));
    let typed = "<!DOCTYPE a [<!ENTITY b 'c'>]><a Id='data'><DSCKS/></a>";
    assert!(matches!(refused(typed, good), XmlProblem::NotADocument(_)));
    let deep = format!("<a Id='data'>{}<DSCKS/>{}</a>", "<b>".repeat(5_000), "</b>".repeat(5_000));
    assert!(matches!(refused(&deep, good), XmlProblem::NotADocument(_)));
    assert_eq!(refused("<a><DSCKS/></a>", good), XmlProblem::NoSuchId("data".into()));
    assert_eq!(refused("<a Id='data'><b id='data'/><DSCKS/></a>", good), XmlProblem::IdTaken("data".into()));
    assert_eq!(refused("<a Id='data'><b ID='seal-1'/><DSCKS/></a>", good), XmlProblem::IdTaken("seal-1".into()));
    assert_eq!(refused("<a Id='data'/>", good), XmlProblem::NoSuchPlace("DSCKS".into()));
    assert_eq!(refused("<a Id='data'><DSCKS/><DSCKS/></a>", good), XmlProblem::NoSuchPlace("DSCKS".into()));
    for id in ["", "1", "a b", "a\"b", "á", "a:b"] {
        assert_eq!(refused(RECEIPT, Plan { id, ..good }), XmlProblem::BadId(id.into()));
        let covers = Covers::Element(id);
        assert_eq!(refused(RECEIPT, Plan { covers, ..good }), XmlProblem::BadId(id.into()));
    }
}

#[test]
fn what_is_not_signed_or_signed_otherwise_is_not_intact() {
    assert_eq!(xml::verify(RECEIPT, DATA), Err(Flaw::NotSigned));
    assert_eq!(xml::verify(receipt(), Covers::Document), Err(Flaw::NotSigned));
    assert_eq!(xml::verify(receipt(), Covers::Element("seal-1")), Err(Flaw::NotSigned));
    assert!(matches!(xml::verify("<a>", DATA), Err(Flaw::NotADocument(_))));
}

#[test]
fn an_element_beside_the_signed_one_does_not_pass_for_it() {
    // The signed element is moved aside, and another stands where it stood.
    let moved = receipt().replace("<DSCKS>", "<bl:DLBLai Id=\"data\">90000</bl:DLBLai><DSCKS>");
    assert_eq!(xml::verify(&moved, DATA), Err(Flaw::Lost("data".into())));
    let renamed = receipt().replacen("Id=\"data\"", "Id=\"other\"", 1);
    assert_eq!(xml::verify(&renamed, DATA), Err(Flaw::Lost("data".into())));
}

#[test]
fn an_element_inside_its_own_signature_is_no_cover() {
    let inside = receipt().replacen("Id=\"data\"", "Id=\"other\"", 1);
    let inside = inside.replace("</Signature>", "<Object Id=\"data\">90000</Object></Signature>");
    assert_eq!(xml::verify(&inside, DATA), Err(Flaw::Changed("data".into())));
}

#[test]
fn what_is_not_used_here_is_refused_by_name() {
    let swaps = [
        ("xmldsig-more#ecdsa-sha256", "xmldsig-more#hmac-sha256"),
        ("xmlenc#sha256", "xmlenc#sha512"),
        ("xmldsig#enveloped-signature", "xmldsig#base64"),
        ("REC-xml-c14n-20010315\"/><SignatureMethod", "REC-xml-c14n-20010315#WithComments\"/><SignatureMethod"),
        ("URI=\"#data\"", "URI=\"#xpointer(/)\""),
        ("URI=\"#data\"", "URI=\"http://127.0.0.1/data\""),
    ];
    for (from, to) in swaps {
        let swapped = receipt().replacen(from, to, 1);
        assert_ne!(swapped, receipt());
        assert!(matches!(xml::verify(&swapped, DATA), Err(Flaw::NotAccepted(_))), "{to}");
    }
    let without = receipt().replace("<X509Data>", "<Other>").replace("</X509Data>", "</Other>");
    assert_eq!(xml::verify(&without, DATA), Err(Flaw::NoCertificate));
    let shapeless = receipt().replace("<SignatureValue>", "<SignatureValue><b/>");
    assert_eq!(xml::verify(&shapeless, DATA), Err(Flaw::Shape("SignatureValue")));
}

#[test]
fn the_time_of_signing_is_signed() {
    let at = plan(Canonicalization::Inclusive).signed_at.unwrap();
    let later = receipt().replace(&at.to_string(), &at.plus_ms(60_000).to_string());
    assert_ne!(later, receipt());
    assert_eq!(xml::verify(&later, DATA), Err(Flaw::Changed("seal-1-time".into())));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    // A certificate is no part of what is signed: whose it is, the verifier asks `Trust`.
    #[test]
    fn one_changed_byte_is_seen_or_changes_nothing_that_was_signed(at in 0..receipt().len(), to in 0x20_u8..0x7f) {
        let mut bytes = receipt().as_bytes().to_vec();
        bytes[at] = to;
        if let Ok(changed) = String::from_utf8(bytes)
            && let Ok(intact) = xml::verify(&changed, DATA)
        {
            let original = xml::verify(receipt(), DATA).unwrap();
            prop_assert_eq!(&intact[0].covered, &original[0].covered);
        }
    }

    #[test]
    fn a_document_cut_off_anywhere_is_a_flaw(at in 0..receipt().trim_end().len()) {
        let cut = String::from_utf8_lossy(&receipt().as_bytes()[..at]).into_owned();
        prop_assert!(xml::verify(&cut, DATA).is_err());
    }

    #[test]
    fn no_text_makes_it_panic(text in "\\PC{0,200}", name in "[a-z<>/&\"' =#]{0,60}") {
        let _ = xml::verify(&text, DATA);
        let _ = xml::verify(&format!("<a Id='data'>{name}</a>"), DATA);
        let _ = signed(&format!("<a Id='data'><DSCKS/>{name}</a>"), &plan(Canonicalization::Exclusive));
    }

    #[test]
    fn whatever_a_payer_is_called_is_signed_and_verified(name in "\\PC{0,40}") {
        let name = name.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
        let document = format!("<a Id=\"data\">{name}<DSCKS/></a>");
        for canonicalization in [Canonicalization::Exclusive, Canonicalization::Inclusive] {
            let signed = signed(&document, &plan(canonicalization)).unwrap();
            prop_assert!(xml::verify(&signed, DATA).is_ok());
        }
    }
}
