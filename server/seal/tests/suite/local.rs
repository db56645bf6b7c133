//! Keys in files.

use super::support::{self, Pair, today};
use domain::time::Instant;
use rcgen::{
    BasicConstraints, CertificateParams, DnType, IsCa, Issuer, KeyPair, KeyUsagePurpose, PKCS_ECDSA_P384_SHA384,
};
use seal::{Algorithm, Certificate, SignError, Signer, Trust, Untrusted, local::LocalSigner, sign_bytes, xml};
use std::{
    fs,
    os::unix::fs::PermissionsExt,
    path::{Path, PathBuf},
    process::Command,
};

fn signer(folder: &Path) -> LocalSigner {
    LocalSigner::of_test_authority(folder, "UBND xã Đồng Xuân", today()).expect("a test authority")
}

fn authority(folder: &Path) -> PathBuf {
    folder.join("authority.pem")
}

#[tokio::test]
async fn xmlsec_takes_what_the_test_authoritys_signer_signed_and_no_changed_byte() {
    let folder = tempfile::tempdir().unwrap();
    let signer = signer(folder.path());
    let authority = authority(folder.path());
    let arguments = ["--verification-time", "2026-12-24 12:00:00", "--trusted-pem", authority.to_str().unwrap()];
    support::xmlsec_takes_each_way_and_no_changed_byte(&signer, &arguments).await;
}

#[tokio::test]
async fn xmlsec_does_not_take_the_word_of_another_authority() {
    let (one, other) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let signer = signer(one.path());
    self::signer(other.path());
    let signed = xml::sign(support::RECEIPT, &support::plans()[0], &signer).await.unwrap();
    let other = authority(other.path());
    let arguments = ["--verification-time", "2026-12-24 12:00:00", "--trusted-pem", other.to_str().unwrap()];
    assert!(!support::is_taken_by_xmlsec(&signed, &arguments));
}

#[tokio::test]
async fn xmlsec_takes_what_an_rsa_key_in_a_file_signed_and_no_changed_byte() {
    let folder = tempfile::tempdir().unwrap();
    let pair = Pair::rsa(folder.path());
    let signer = LocalSigner::read(&pair.key, &pair.certificate).unwrap();
    assert_eq!(signer.identity().await.unwrap().algorithm(), Algorithm::RsaSha256);
    support::xmlsec_takes_each_way_and_no_changed_byte(&signer, &pair.arguments()).await;
}

#[tokio::test]
async fn bytes_are_signed_and_other_bytes_are_not() {
    let folder = tempfile::tempdir().unwrap();
    let signature = sign_bytes(&signer(folder.path()), b"15000").await.unwrap();
    assert!(signature.is_of(b"15000"));
    assert!(!signature.is_of(b"15001"));
    assert_eq!(signature.value.len(), 64);
}

#[test]
fn the_certificate_says_that_it_is_a_test() {
    let folder = tempfile::tempdir().unwrap();
    signer(folder.path());
    for name in ["authority.pem", "chain.pem"] {
        let mut command = Command::new("openssl");
        command.args(["x509", "-noout", "-subject", "-nameopt", "utf8,sep_multiline", "-in"]);
        let shown = support::run(command.arg(folder.path().join(name)));
        let shown = String::from_utf8(shown.stdout).unwrap();
        assert!(shown.contains(seal::local::TEST_MARK), "{name}: {shown}");
    }
}

#[tokio::test]
async fn a_test_authority_is_kept_until_its_name_changes_or_it_ends() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path().join("seal");
    let made = async |name, day| {
        let signer = LocalSigner::of_test_authority(&folder, name, day).unwrap();
        signer.identity().await.unwrap().certificate().fingerprint()
    };
    let first = made("one", today()).await;
    assert_eq!(made("one", today().plus(300)).await, first);
    let second = made("two", today()).await;
    assert_ne!(second, first, "another name");
    assert_ne!(made("two", today().plus(350)).await, second, "it ends soon");
    for name in ["authority-key.pem", "authority.pem", "key.pem", "chain.pem", "made-for"] {
        assert_eq!(fs::metadata(folder.join(name)).unwrap().permissions().mode() & 0o777, 0o600, "{name}");
    }
}

#[test]
fn files_that_do_not_serve_are_refused_by_name() {
    let folder = tempfile::tempdir().unwrap();
    let (one, other) = (Pair::ec(folder.path()), Pair::rsa(folder.path()));
    let nothing = folder.path().join("nothing");
    let broken = |key: &Path, chain: &Path| LocalSigner::read(key, chain).err();
    let why = |word: &'static str| Some(SignError::Broken(word.into()));
    assert_eq!(broken(&nothing, &one.certificate), why("key_absent"));
    assert_eq!(broken(&one.key, &nothing), why("certificate_absent"));
    assert_eq!(broken(&one.key, &one.key), why("certificate_unreadable"));
    let another = tempfile::tempdir().unwrap();
    assert_eq!(broken(&one.key, &Pair::ec(another.path()).certificate), why("key_of_another"));
    assert!(broken(&one.key, &other.certificate).is_some());
    fs::write(&nothing, "nothing").unwrap();
    fs::set_permissions(&nothing, fs::Permissions::from_mode(0o600)).unwrap();
    assert_eq!(broken(&nothing, &one.certificate), why("key_unreadable"));
    fs::set_permissions(&one.key, fs::Permissions::from_mode(0o640)).unwrap();
    assert_eq!(broken(&one.key, &one.certificate), why("key_readable_by_others"));
}

#[tokio::test]
async fn a_signer_is_believed_by_its_authority_on_its_days_or_by_itself() {
    let (one, other) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let identity = signer(one.path()).identity().await.unwrap();
    signer(other.path());
    let read = |folder: &Path| Certificate::all_from_pem(&fs::read_to_string(authority(folder)).unwrap()).unwrap();
    let at = |days: i32| -> Instant { today().plus(days).start() };
    let known = Trust::Authorities(read(one.path()));
    assert_eq!(known.check(&identity, at(1)), Ok(()));
    assert_eq!(known.check(&identity, at(-30)), Err(Untrusted::NotYet));
    assert_eq!(known.check(&identity, at(400)), Err(Untrusted::Expired));
    assert_eq!(Trust::Authorities(read(other.path())).check(&identity, at(1)), Err(Untrusted::Unknown));
    assert_eq!(Trust::Authorities(vec![]).check(&identity, at(1)), Err(Untrusted::Unknown));
    assert_eq!(Trust::Certificates(vec![identity.certificate().clone()]).check(&identity, at(400)), Ok(()));
    assert_eq!(Trust::Certificates(read(one.path())).check(&identity, at(1)), Err(Untrusted::Unknown));
}

/// The parameters of a certificate of that name.
fn named(name: &str, is_ca: IsCa, usage: KeyUsagePurpose) -> CertificateParams {
    let mut params = CertificateParams::default();
    params.distinguished_name.push(DnType::CommonName, name);
    params.is_ca = is_ca;
    params.key_usages = vec![usage];
    params
}

#[tokio::test]
async fn a_signer_is_believed_through_an_authority_with_another_kind_of_key() {
    let authority = |name| named(name, IsCa::Ca(BasicConstraints::Unconstrained), KeyUsagePurpose::KeyCertSign);
    let (root, between) = (authority("Root"), authority("Between"));
    let own = named("Own", IsCa::NoCa, KeyUsagePurpose::DigitalSignature);
    let (root_key, own_key) = (KeyPair::generate().unwrap(), KeyPair::generate().unwrap());
    let between_key = KeyPair::generate_for(&PKCS_ECDSA_P384_SHA384).unwrap();
    let root_certificate = root.self_signed(&root_key).unwrap();
    let between_certificate = between.signed_by(&between_key, &Issuer::from_params(&root, &root_key)).unwrap();
    let own_certificate = own.signed_by(&own_key, &Issuer::from_params(&between, &between_key)).unwrap();

    let folder = tempfile::tempdir().unwrap();
    let (key, chain) = (folder.path().join("key.pem"), folder.path().join("chain.pem"));
    fs::write(&key, own_key.serialize_pem()).unwrap();
    fs::set_permissions(&key, fs::Permissions::from_mode(0o600)).unwrap();
    fs::write(&chain, format!("{}{}", own_certificate.pem(), between_certificate.pem())).unwrap();
    let signer = LocalSigner::read(&key, &chain).unwrap();
    let plan = support::plans()[0];
    let signed = xml::sign(support::RECEIPT, &plan, &signer).await.unwrap();
    let intact = xml::verify(&signed, plan.covers).unwrap();
    assert_eq!(intact[0].signer, signer.identity().await.unwrap());
    let known = Trust::Authorities(Certificate::all_from_pem(&root_certificate.pem()).unwrap());
    assert_eq!(known.check(&intact[0].signer, today().start()), Ok(()));
}
