//! The certificate: the operator's files, or one that a demonstration signs for itself and keeps in its folder.

use crate::folder::make_private_folder;
use anyhow::{Context, Result, bail};
use domain::time::Day;
use rcgen::{CertificateParams, DistinguishedName, DnType, KeyPair, date_time_ymd};
use rustls::pki_types::{CertificateDer, PrivateKeyDer, pem::PemObject};
use sha2::{Digest, Sha256};
use std::{
    collections::BTreeSet,
    fs,
    io::Write,
    net::{IpAddr, SocketAddr},
    os::unix::fs::OpenOptionsExt,
    path::{Path, PathBuf},
};

/// Where the operator's certificate and its key lie, as PEM: the server's own certificate first, then those above it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Files {
    pub certificate: PathBuf,
    pub key: PathBuf,
}

/// A certificate with its key.
#[derive(Debug)]
pub struct Certificate {
    pub chain: Vec<CertificateDer<'static>>,
    pub key: PrivateKeyDer<'static>,
}

/// How long a self-signed certificate is good for, in days: phones take none for longer than 825.
const GOOD_FOR: i32 = 365;
/// It is made anew when it ends within so many days.
const ENDS_SOON: i32 = 30;

impl Certificate {
    /// Reads the operator's files.
    ///
    /// # Errors
    /// When one of them is missing, is no PEM, or holds nothing of its kind.
    pub fn read(files: &Files) -> Result<Self> {
        let Files { certificate, key } = files;
        let chain = CertificateDer::pem_file_iter(certificate)
            .and_then(Iterator::collect::<Result<Vec<_>, _>>)
            .with_context(|| format!("the certificate (tls_cert) {}", certificate.display()))?;
        if chain.is_empty() {
            bail!("{} (tls_cert) holds no certificate", certificate.display());
        }
        let key = PrivateKeyDer::from_pem_file(key).with_context(|| format!("the key (tls_key) {}", key.display()))?;
        Ok(Self { chain, key })
    }

    /// The certificate that a demonstration signed for itself for these names, kept in `folder` from one start to the
    /// next, so that a phone which took it once needs not be asked again. It is made anew when the names changed or it
    /// ends soon.
    ///
    /// # Errors
    /// When the folder cannot be written.
    pub fn of_demonstration(folder: &Path, names: &BTreeSet<String>, today: Day) -> Result<Self> {
        make_private_folder(folder)?;
        let files = Files { certificate: folder.join("certificate.pem"), key: folder.join("key.pem") };
        let note = folder.join("made-for");
        let is_good = fs::read_to_string(&note).is_ok_and(|text| {
            let mut lines = text.lines();
            let until = lines.next().and_then(|day| day.parse::<Day>().ok());
            until.is_some_and(|until| until > today.plus(ENDS_SOON)) && lines.eq(names.iter().map(String::as_str))
        });
        if is_good && let Ok(kept) = Self::read(&files) {
            return Ok(kept);
        }
        let until = today.plus(GOOD_FOR);
        let (certificate, key) = sign(names, today.prev(), until).context("a self-signed certificate")?;
        // The note last: without it the rest is made again.
        write_private(&files.certificate, &certificate)?;
        write_private(&files.key, &key)?;
        let names: String = names.iter().map(|name| format!("{name}\n")).collect();
        write_private(&note, &format!("{until}\n{names}"))?;
        Self::read(&files)
    }

    /// SHA-256 of the server's own certificate, as browsers show it, to be compared by eye.
    pub fn fingerprint(&self) -> String {
        let digest = self.chain.first().map(|first| Sha256::digest(first.as_ref())).unwrap_or_default();
        digest.iter().map(|byte| format!("{byte:02X}")).collect::<Vec<_>>().join(":")
    }
}

/// What the machine is called by: the public address, its own addresses, and itself.
pub fn names_of(public_url: &str, listen: SocketAddr) -> BTreeSet<String> {
    let mut names = BTreeSet::from(["localhost".to_owned(), "127.0.0.1".to_owned(), "::1".to_owned()]);
    names.extend(host_of(public_url));
    if listen.ip().is_unspecified() {
        // An address that cannot be asked for is missing among the names, and the browser says so.
        let interfaces = if_addrs::get_if_addrs().unwrap_or_default();
        names.extend(
            interfaces.into_iter().map(|interface| interface.ip()).filter(is_reachable).map(|ip| ip.to_string()),
        );
    } else {
        names.insert(listen.ip().to_string());
    }
    names
}

/// Not an address that needs the name of an interface beside it.
fn is_reachable(address: &IpAddr) -> bool {
    match address {
        IpAddr::V4(_) => true,
        IpAddr::V6(address) => !address.is_unicast_link_local(),
    }
}

/// The host of an address such as `https://motcua.example:8443/`.
fn host_of(url: &str) -> Option<String> {
    let rest = url.split_once("://")?.1;
    let authority = rest.split(['/', '?', '#']).next()?;
    let host = match authority.strip_prefix('[') {
        Some(v6) => v6.split(']').next()?,
        None => authority.split(':').next()?,
    };
    (!host.is_empty()).then(|| host.to_lowercase())
}

fn sign(names: &BTreeSet<String>, from: Day, until: Day) -> Result<(String, String)> {
    let mut params = CertificateParams::new(names.iter().cloned().collect::<Vec<_>>())?;
    let moment = |day: Day| {
        let (year, month, day) = day.ymd();
        date_time_ymd(year, month, day)
    };
    (params.not_before, params.not_after) = (moment(from), moment(until));
    params.distinguished_name = DistinguishedName::new();
    params.distinguished_name.push(DnType::CommonName, "Mot Cua demonstration");
    let key = KeyPair::generate()?;
    let certificate = params.self_signed(&key)?;
    Ok((certificate.pem(), key.serialize_pem()))
}

/// Writes a file for this program's user alone.
fn write_private(path: &Path, text: &str) -> Result<()> {
    // A file that lies there keeps its mode: it is made anew.
    let _ = fs::remove_file(path);
    let file = fs::OpenOptions::new().write(true).create_new(true).mode(0o600).open(path);
    let written = file.and_then(|mut file| file.write_all(text.as_bytes()).and_then(|()| file.sync_all()));
    written.with_context(|| format!("cannot write {}", path.display()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Day {
        text.parse().unwrap()
    }

    fn names(list: &[&str]) -> BTreeSet<String> {
        list.iter().map(|name| (*name).to_owned()).collect()
    }

    #[test]
    fn a_demonstration_keeps_its_certificate_until_its_names_change_or_it_ends() {
        let folder = tempfile::tempdir().unwrap();
        let folder = folder.path().join("tls");
        let (here, more) = (names(&["localhost", "10.0.0.7"]), names(&["localhost", "10.0.0.8"]));
        let made = |names, today| Certificate::of_demonstration(&folder, names, day(today)).unwrap().fingerprint();
        let first = made(&here, "2026-11-26");
        assert_eq!(made(&here, "2027-09-01"), first);
        let second = made(&more, "2026-11-26");
        assert_ne!(second, first, "other names");
        assert_ne!(made(&more, "2027-11-01"), second, "it ends soon");
        use std::os::unix::fs::PermissionsExt;
        for file in ["key.pem", "certificate.pem", "made-for"] {
            assert_eq!(fs::metadata(folder.join(file)).unwrap().permissions().mode() & 0o777, 0o600, "{file}");
        }
    }

    #[test]
    fn a_certificate_names_what_the_machine_is_called_by() {
        let names = names_of("https://motcua.example:8443/", "10.0.0.7:443".parse().unwrap());
        for name in ["motcua.example", "10.0.0.7", "localhost", "127.0.0.1"] {
            assert!(names.contains(name), "{name}: {names:?}");
        }
        assert_eq!(host_of("http://[::1]:3000").as_deref(), Some("::1"));
        assert_eq!(host_of("motcua.example"), None);
        let everywhere = names_of("http://0.0.0.0:3000", "0.0.0.0:3000".parse().unwrap());
        assert!(everywhere.len() >= 4, "{everywhere:?}");
    }

    #[test]
    fn files_that_are_no_certificate_are_refused_by_their_setting() {
        let folder = tempfile::tempdir().unwrap();
        let (nothing, empty) = (folder.path().join("nothing"), folder.path().join("empty"));
        fs::write(&empty, "").unwrap();
        for certificate in [&nothing, &empty] {
            let files = Files { certificate: certificate.clone(), key: empty.clone() };
            let said = format!("{:#}", Certificate::read(&files).unwrap_err());
            assert!(said.contains("tls_cert"), "{said}");
        }
        let (certificate, key) = sign(&names(&["localhost"]), day("2026-11-26"), day("2027-11-26")).unwrap();
        let good = folder.path().join("good");
        fs::write(&good, certificate).unwrap();
        let said = format!("{:#}", Certificate::read(&Files { certificate: good.clone(), key: empty }).unwrap_err());
        assert!(said.contains("tls_key") && !said.contains("PRIVATE"), "{said}");
        let other = folder.path().join("other");
        fs::write(&other, sign(&names(&["localhost"]), day("2026-11-26"), day("2027-11-26")).unwrap().1).unwrap();
        let strange = Certificate::read(&Files { certificate: good.clone(), key: other }).unwrap();
        assert!(super::super::server_config(strange).is_err(), "a key of another certificate");
        let own = folder.path().join("own");
        fs::write(&own, key).unwrap();
        assert!(
            super::super::server_config(Certificate::read(&Files { certificate: good, key: own }).unwrap()).is_ok()
        );
    }
}
