//! Keys on a token: SoftHSM2's, made for each test. The module reads where its tokens are from the environment once in a
//! process, so each test with a token runs again, alone in a process of its own.

use super::support::{self, Pair, run};
use cryptoki::{
    context::{CInitializeArgs, CInitializeFlags, Pkcs11},
    error::{Error, RvError},
    object::{Attribute, CertificateType, ObjectClass},
    session::{Session, UserType},
    types::AuthPin,
};
use rustls::pki_types::CertificateDer;
use seal::{
    Algorithm, Certificate, Secret, SignError, Signer, sign_bytes,
    token::{TokenSettings, TokenSigner},
    xml::{self, SealError},
};
use std::{
    env, fs,
    path::{Path, PathBuf},
    process::Command,
};

const MODULE: &str = "/usr/lib/softhsm/libsofthsm2.so";
const PIN: &str = "4321";
const FOLDER: &str = "SEAL_TEST_TOKEN";

/// Runs the test of this name in a process of its own, in which a token is plugged in.
fn with_token(name: &str, test: impl AsyncFnOnce(&Path)) {
    if let Some(folder) = env::var_os(FOLDER) {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
        return runtime.block_on(test(Path::new(&folder)));
    }
    let folder = tempfile::tempdir().expect("a folder");
    let (tokens, settings) = (folder.path().join("tokens"), folder.path().join("softhsm2.conf"));
    fs::create_dir(&tokens).expect("a folder");
    fs::write(&settings, format!("directories.tokendir = {}\nlog.level = ERROR\n", tokens.display())).expect("a file");
    let softhsm = |arguments: &[&str]| {
        let mut command = Command::new("softhsm2-util");
        run(command.env("SOFTHSM2_CONF", &settings).args(arguments).args(["--pin", PIN]));
    };
    softhsm(&["--init-token", "--free", "--label", "seal", "--so-pin", "12345678"]);
    for (pair, label, id) in [(Pair::rsa(folder.path()), "rsa", "01"), (Pair::ec(folder.path()), "ec", "02")] {
        let key = pair.key.to_str().expect("UTF-8");
        softhsm(&["--import", key, "--token", "seal", "--label", label, "--id", id]);
    }
    let mut again = Command::new(env::current_exe().expect("this program"));
    again.args(["--exact", &format!("suite::token::{name}"), "--nocapture", "--test-threads", "1"]);
    let output = run(again.env(FOLDER, folder.path()).env("SOFTHSM2_CONF", &settings));
    let said = String::from_utf8_lossy(&output.stdout);
    assert!(said.contains("1 passed"), "{said}");
}

/// The pair that was made in this folder.
fn pair(folder: &Path, name: &str) -> Pair {
    Pair { key: folder.join(format!("{name}.pem")), certificate: folder.join(format!("{name}-certificate.pem")) }
}

fn settings(key: &str, chain: Vec<Certificate>) -> TokenSettings {
    TokenSettings { module: PathBuf::from(MODULE), token: "seal".into(), key: key.into(), pin: Secret::new(PIN), chain }
}

#[test]
fn xmlsec_takes_what_an_rsa_key_on_a_token_signed_and_no_changed_byte() {
    with_token("xmlsec_takes_what_an_rsa_key_on_a_token_signed_and_no_changed_byte", async |folder| {
        let pair = pair(folder, "rsa");
        let signer = TokenSigner::at(settings("rsa", pair.chain()));
        assert_eq!(signer.identity().await.unwrap().algorithm(), Algorithm::RsaSha256);
        support::xmlsec_takes_each_way_and_no_changed_byte(&signer, &pair.arguments()).await;
    });
}

#[test]
fn xmlsec_takes_what_an_ec_key_on_a_token_signed_and_no_changed_byte() {
    with_token("xmlsec_takes_what_an_ec_key_on_a_token_signed_and_no_changed_byte", async |folder| {
        let pair = pair(folder, "ec");
        let signer = TokenSigner::at(settings("ec", pair.chain()));
        assert_eq!(signer.identity().await.unwrap().algorithm(), Algorithm::EcdsaSha256);
        support::xmlsec_takes_each_way_and_no_changed_byte(&signer, &pair.arguments()).await;
    });
}

#[test]
fn a_certificate_that_lies_beside_the_key_is_found() {
    with_token("a_certificate_that_lies_beside_the_key_is_found", async |folder| {
        let signer = TokenSigner::at(settings("rsa", vec![]));
        assert_eq!(signer.identity().await, Err(SignError::Broken("certificate_absent".into())));
        let own = pair(folder, "rsa").chain().remove(0);
        lay_down(&own, 1);
        let signature = sign_bytes(&signer, b"15000").await.unwrap();
        assert_eq!(signature.identity.certificate(), &own);
    });
}

/// A session of the token's owner, beside the signer's.
fn session_of_owner() -> Session {
    let module = Pkcs11::new(MODULE).expect("SoftHSM2 is needed");
    match module.initialize(CInitializeArgs::new(CInitializeFlags::OS_LOCKING_OK)) {
        Ok(()) | Err(Error::Pkcs11(RvError::CryptokiAlreadyInitialized, _)) => {}
        Err(error) => panic!("{error}"),
    }
    let slot = module.get_slots_with_initialized_token().unwrap()[0];
    let session = module.open_rw_session(slot).unwrap();
    session.login(UserType::User, Some(&AuthPin::new(PIN.into()))).unwrap();
    session
}

/// Lays a certificate on the token, under this id.
fn lay_down(certificate: &Certificate, id: u8) {
    let session = session_of_owner();
    let der = CertificateDer::from(certificate.der());
    let parsed = webpki::EndEntityCert::try_from(&der).unwrap();
    let inside = parsed.subject();
    let subject = [&[0x30, u8::try_from(inside.len()).unwrap()][..], inside].concat();
    let object = [
        Attribute::Class(ObjectClass::CERTIFICATE),
        Attribute::CertificateType(CertificateType::X_509),
        Attribute::Token(true),
        Attribute::Private(false),
        Attribute::Id(vec![id]),
        Attribute::Subject(subject),
        Attribute::Value(certificate.der().to_vec()),
    ];
    session.create_object(&object).unwrap();
}

#[test]
fn a_wrong_pin_is_refused_and_tried_once_alone() {
    with_token("a_wrong_pin_is_refused_and_tried_once_alone", async |folder| {
        let wrong = TokenSettings { pin: Secret::new("9999"), ..settings("rsa", pair(folder, "rsa").chain()) };
        let signer = TokenSigner::at(wrong.clone());
        let refused = Err(SignError::Refused("pin_incorrect".into()));
        assert_eq!(sign_bytes(&signer, b"15000").await, refused);
        // Now it would be right: that it is still refused shows that the token was not asked.
        session_of_owner().set_pin(&AuthPin::new(PIN.into()), &AuthPin::new("9999".into())).unwrap();
        assert_eq!(sign_bytes(&signer, b"15000").await, refused);
        assert!(sign_bytes(&TokenSigner::at(wrong), b"15000").await.is_ok());
    });
}

#[test]
fn a_token_that_is_not_plugged_in_may_come_back() {
    with_token("a_token_that_is_not_plugged_in_may_come_back", async |folder| {
        let right = settings("rsa", pair(folder, "rsa").chain());
        let signer = TokenSigner::at(TokenSettings { token: "another".into(), ..right });
        let plan = support::plans()[0];
        let error = xml::sign(support::RECEIPT, &plan, &signer).await.unwrap_err();
        let SealError::Signer(error) = error else { panic!("{error}") };
        assert_eq!(error, SignError::Unavailable("token_absent".into()));
        assert!(error.is_worth_another_try());
    });
}

#[test]
fn a_key_that_is_missing_or_another_certificates_is_said() {
    with_token("a_key_that_is_missing_or_another_certificates_is_said", async |folder| {
        let (rsa, ec) = (pair(folder, "rsa").chain(), pair(folder, "ec").chain());
        let why = |word: &'static str| Some(SignError::Broken(word.into()));
        let broken = async |key, chain| sign_bytes(&TokenSigner::at(settings(key, chain)), b"15000").await.err();
        assert_eq!(broken("nobody's", rsa.clone()).await, why("key_absent"));
        assert_eq!(broken("rsa", ec).await, why("key_of_another"));
        let other = tempfile::tempdir().unwrap();
        assert_eq!(broken("rsa", Pair::rsa(other.path()).chain()).await, why("signature_wrong"));
        assert_eq!(broken("rsa", rsa).await, None);
    });
}

#[tokio::test]
async fn a_module_that_is_missing_is_said() {
    for module in ["/no/such/module.so", concat!(env!("CARGO_MANIFEST_DIR"), "/Cargo.toml")] {
        let settings = TokenSettings { module: module.into(), ..settings("rsa", vec![]) };
        let error = TokenSigner::at(settings).identity().await;
        assert_eq!(error, Err(SignError::Broken("module_absent".into())), "{module}");
    }
}
