//! A key in a file, for development and tests: the operator's pair of files, or one that a test authority makes here.
//! Whoever can read the file can sign, so real seals do not lie in files.

use crate::{Algorithm, Certificate, Identity, SignError, Signature, Signer, Signing, ecdsa};
use domain::time::Day;
use rcgen::{
    BasicConstraints, CertificateParams, DistinguishedName, DnType, IsCa, Issuer, KeyPair, KeyUsagePurpose,
    SigningKey as _, date_time_ymd,
};
use std::{
    fs, io,
    io::Write,
    os::unix::fs::{DirBuilderExt, OpenOptionsExt, PermissionsExt},
    path::Path,
};

/// What every certificate of the test authority says of itself, in the field that verifiers show.
pub const TEST_MARK: &str = "THỬ NGHIỆM, không có giá trị pháp lý (TEST, without legal value)";

/// How long a test certificate is good for, in days; the authority's own ends on the same day.
const GOOD_FOR: i32 = 365;
/// It is made anew when it ends within so many days.
const ENDS_SOON: i32 = 30;

const AUTHORITY: &str = "authority.pem";
const AUTHORITY_KEY: &str = "authority-key.pem";
const KEY: &str = "key.pem";
const CHAIN: &str = "chain.pem";
const NOTE: &str = "made-for";

/// A signer whose key lies in a file.
pub struct LocalSigner {
    key: KeyPair,
    identity: Identity,
}

impl LocalSigner {
    /// Reads a key (PKCS#8 in PEM; RSA or P-256) that only this program's user may read, and the chain of its certificate
    /// (PEM, its own first).
    ///
    /// # Errors
    /// [`SignError::Broken`] when a file is missing or holds something else, when others may read the key, or when the
    /// certificate is another key's.
    pub fn read(key: &Path, chain: &Path) -> Result<Self, SignError> {
        let mode = fs::metadata(key).map_err(|_| SignError::broken("key_absent"))?.permissions().mode();
        if mode & 0o077 != 0 {
            return Err(SignError::broken("key_readable_by_others"));
        }
        let key = fs::read_to_string(key).map_err(|_| SignError::broken("key_absent"))?;
        let key = KeyPair::from_pem(&key).map_err(|_| SignError::broken("key_unreadable"))?;
        let chain = fs::read_to_string(chain).map_err(|_| SignError::broken("certificate_absent"))?;
        let chain = Certificate::all_from_pem(&chain).map_err(|_| SignError::broken("certificate_unreadable"))?;
        let signer = Self { key, identity: Identity::of(chain)? };
        const PROBE: &[u8] = b"is this the key of this certificate?";
        if signer.sign_now(PROBE)?.is_of(PROBE) { Ok(signer) } else { Err(SignError::broken("key_of_another")) }
    }

    /// A signer of this name, whom an authority of this folder vouches for. Both are made where they are missing, for
    /// another name, or near their end, and kept from one start to the next; [`TEST_MARK`] stands in both certificates.
    /// The authority's certificate is the last of the chain, and lies in `authority.pem`.
    ///
    /// # Errors
    /// [`SignError::Broken`] when the folder cannot be written.
    pub fn of_test_authority(folder: &Path, name: &str, today: Day) -> Result<Self, SignError> {
        let (key, chain) = (folder.join(KEY), folder.join(CHAIN));
        if is_made_for(folder, name, today)
            && let Ok(kept) = Self::read(&key, &chain)
        {
            return Ok(kept);
        }
        make(folder, name, today).map_err(|_| SignError::broken("test_authority"))?;
        Self::read(&key, &chain)
    }

    fn sign_now(&self, message: &[u8]) -> Result<Signature, SignError> {
        let unusable = || SignError::broken("key_unusable");
        let value = self.key.sign(message).map_err(|_| unusable())?;
        let value = match self.identity.algorithm() {
            Algorithm::RsaSha256 => value,
            Algorithm::EcdsaSha256 => ecdsa::from_der(&value).ok_or_else(unusable)?,
        };
        Ok(Signature { identity: self.identity.clone(), value })
    }
}

impl Signer for LocalSigner {
    fn identity(&self) -> Signing<'_, Identity> {
        Box::pin(async move { Ok(self.identity.clone()) })
    }

    fn sign<'a>(&'a self, message: &'a [u8]) -> Signing<'a, Signature> {
        Box::pin(async move { self.sign_now(message) })
    }
}

/// Whether what lies in the folder is this name's and good for a while.
fn is_made_for(folder: &Path, name: &str, today: Day) -> bool {
    fs::read_to_string(folder.join(NOTE)).is_ok_and(|note| {
        let Some((until, whose)) = note.split_once('\n') else { return false };
        whose == name && until.parse::<Day>().is_ok_and(|until| until > today.plus(ENDS_SOON))
    })
}

/// Makes authority and signer. The note comes last: without it everything is made again.
fn make(folder: &Path, name: &str, today: Day) -> io::Result<()> {
    let until = today.plus(GOOD_FOR);
    let [authority, authority_key, chain, key] = pair_of(name, today.prev(), until).map_err(io::Error::other)?;
    fs::DirBuilder::new().recursive(true).mode(0o700).create(folder)?;
    write_private(folder, AUTHORITY, &authority)?;
    write_private(folder, AUTHORITY_KEY, &authority_key)?;
    write_private(folder, KEY, &key)?;
    write_private(folder, CHAIN, &format!("{chain}{authority}"))?;
    write_private(folder, NOTE, &format!("{until}\n{name}"))
}

/// The authority's certificate and key, and the signer's, as PEM.
fn pair_of(name: &str, from: Day, until: Day) -> Result<[String; 4], rcgen::Error> {
    let mut authority = params("Một Cửa test authority", from, until);
    authority.is_ca = IsCa::Ca(BasicConstraints::Constrained(0));
    authority.key_usages = vec![KeyUsagePurpose::KeyCertSign, KeyUsagePurpose::CrlSign];
    let authority_key = KeyPair::generate()?;
    let authority_certificate = authority.self_signed(&authority_key)?;
    let mut own = params(name, from, until);
    own.key_usages = vec![KeyUsagePurpose::DigitalSignature, KeyUsagePurpose::ContentCommitment];
    own.use_authority_key_identifier_extension = true;
    let key = KeyPair::generate()?;
    let certificate = own.signed_by(&key, &Issuer::from_params(&authority, &authority_key))?;
    Ok([authority_certificate.pem(), authority_key.serialize_pem(), certificate.pem(), key.serialize_pem()])
}

fn params(name: &str, from: Day, until: Day) -> CertificateParams {
    let moment = |day: Day| {
        let (year, month, day) = day.ymd();
        date_time_ymd(year, month, day)
    };
    let mut params = CertificateParams::default();
    (params.not_before, params.not_after) = (moment(from), moment(until));
    params.distinguished_name = DistinguishedName::new();
    params.distinguished_name.push(DnType::CountryName, "VN");
    params.distinguished_name.push(DnType::OrganizationName, TEST_MARK);
    params.distinguished_name.push(DnType::CommonName, name);
    params
}

/// Writes a file for this program's user alone, whole or not at all.
fn write_private(folder: &Path, name: &str, text: &str) -> io::Result<()> {
    let (path, next) = (folder.join(name), folder.join(format!("{name}.next")));
    // A file that lies there keeps its mode: it is made anew.
    let _ = fs::remove_file(&next);
    let mut file = fs::OpenOptions::new().write(true).create_new(true).mode(0o600).open(&next)?;
    file.write_all(text.as_bytes())?;
    file.sync_all()?;
    fs::rename(next, path)
}
