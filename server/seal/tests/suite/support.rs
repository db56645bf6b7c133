//! A document to sign, keys to sign it with, and other people's tools to look at it.

use domain::time::{Day, Instant};
use seal::{
    Certificate, Signer,
    xml::{self, Canonicalization, Covers, Plan},
};
use std::{
    fs,
    os::unix::fs::PermissionsExt,
    path::{Path, PathBuf},
    process::{Command, Output},
};

/// With what makes canonicalization work: namespaces around and inside, attributes out of order, entities, white space that
/// is kept by its number, a CDATA section, an instruction, a comment, and letters of several bytes.
pub const RECEIPT: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<!-- a receipt -->
<bl:BLai xmlns:bl="urn:test:receipt" xmlns:x="urn:test:x" xml:lang="vi">
  <bl:DLBLai Id="data" z='1' a="2 &lt; 3">
    <!-- not signed -->
    <Ten xmlns="urn:test:name">Nguyễn Thị Bé &amp; con</Ten><Trong ghi-chu="a&#9;b&#10;c &quot;d&quot;"/>&#13;
    <x:Tien x:loai="LePhi" don-vi="VND">15000</x:Tien><?in dam?><![CDATA[1 < 2]]>
  </bl:DLBLai>
  <DSCKS/>
</bl:BLai>
"#;

/// The receipt's data, signed in its place for signatures, at a time.
pub fn plan(canonicalization: Canonicalization) -> Plan<'static> {
    Plan {
        covers: Covers::Element("data"),
        place: Some("DSCKS"),
        id: "seal-1",
        canonicalization,
        signed_at: Some(Instant(1_795_755_600_000)),
    }
}

/// A day on which the test authority begins.
pub fn today() -> Day {
    Day::from_ymd(2026, 11, 27).expect("a day")
}

/// Each way of signing a document.
pub fn plans() -> Vec<Plan<'static>> {
    let mut plans = Vec::new();
    for canonicalization in [Canonicalization::Exclusive, Canonicalization::Inclusive] {
        let detached = plan(canonicalization);
        plans.push(detached);
        plans.push(Plan { signed_at: None, ..detached });
        plans.push(Plan { place: Some("DLBLai"), ..detached });
        plans.push(Plan { place: None, covers: Covers::Document, ..detached });
    }
    plans
}

/// The receipt, signed in each way: xmlsec1 takes each with these arguments, and none after one byte was changed.
pub async fn xmlsec_takes_each_way_and_no_changed_byte(signer: &dyn Signer, arguments: &[&str]) {
    for plan in plans() {
        let signed = xml::sign(RECEIPT, &plan, signer).await.unwrap_or_else(|error| panic!("{plan:?}: {error}"));
        assert!(is_taken_by_xmlsec(&signed, arguments), "{plan:?}\n{signed}");
        let intact = xml::verify(&signed, plan.covers).unwrap_or_else(|flaw| panic!("{plan:?}: {flaw}\n{signed}"));
        assert_eq!(intact.len(), 1);
        for (right, wrong) in [(">15000<", ">15001<"), ("Bé", "Bè"), ("LePhi", "LePhj"), ("z='1'", "z='7'")] {
            let changed = signed.replacen(right, wrong, 1);
            assert_ne!(changed, signed, "{right}");
            assert!(!is_taken_by_xmlsec(&changed, arguments), "{plan:?}\n{changed}");
            assert!(xml::verify(&changed, plan.covers).is_err(), "{plan:?}\n{changed}");
        }
    }
}

/// Whether `xmlsec1 --verify` takes a document; `arguments` say whom it believes.
pub fn is_taken_by_xmlsec(signed: &str, arguments: &[&str]) -> bool {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("signed.xml");
    fs::write(&file, signed).expect("a file");
    let ids = ["urn:test:receipt:DLBLai", "http://www.w3.org/2000/09/xmldsig#:Object"];
    let mut command = Command::new("xmlsec1");
    command.arg("--verify").args(arguments);
    for id in ids {
        command.args(["--id-attr:Id", id]);
    }
    command.arg(&file).output().expect("xmlsec1 is needed").status.success()
}

/// Runs a tool, which has to do its work.
pub fn run(command: &mut Command) -> Output {
    let output = command.output().unwrap_or_else(|error| panic!("{command:?}: {error}"));
    assert!(output.status.success(), "{command:?}: {}", String::from_utf8_lossy(&output.stderr));
    output
}

/// A key and its self-signed certificate, by OpenSSL.
pub struct Pair {
    pub key: PathBuf,
    pub certificate: PathBuf,
}

impl Pair {
    /// RSA with 2048 bits.
    pub fn rsa(folder: &Path) -> Self {
        Self::make(folder, "rsa", &["-newkey", "rsa:2048"])
    }

    /// P-256.
    pub fn ec(folder: &Path) -> Self {
        Self::make(folder, "ec", &["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256"])
    }

    fn make(folder: &Path, name: &str, kind: &[&str]) -> Self {
        let key = folder.join(format!("{name}.pem"));
        let certificate = folder.join(format!("{name}-certificate.pem"));
        let mut command = Command::new("openssl");
        command.args(["req", "-x509", "-nodes", "-days", "2", "-subj", "/CN=Test"]).args(kind);
        run(command.arg("-keyout").arg(&key).arg("-out").arg(&certificate));
        fs::set_permissions(&key, fs::Permissions::from_mode(0o600)).expect("our own file");
        Self { key, certificate }
    }

    /// The certificate, as a chain of one.
    pub fn chain(&self) -> Vec<Certificate> {
        Certificate::all_from_pem(&fs::read_to_string(&self.certificate).expect("made above")).expect("a certificate")
    }

    /// How xmlsec1 is told of the certificate.
    pub fn arguments(&self) -> [&str; 2] {
        ["--pubkey-cert-pem", self.certificate.to_str().expect("UTF-8")]
    }
}
