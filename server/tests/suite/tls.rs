//! The port that speaks TLS, met by a real client.

use super::program::{Running, motcua, refused};
use rustls::{
    ClientConfig, ClientConnection, RootCertStore, StreamOwned,
    crypto::ring,
    pki_types::{CertificateDer, ServerName, pem::PemObject},
};
use std::{
    io::{self, Read, Write},
    net::TcpStream,
    path::Path,
    sync::Arc,
    time::Duration,
};
use tempfile::TempDir;

const DEMO: (&str, &str) = ("MOTCUA_DEMO", "1");
const HSTS: &str = "strict-transport-security";

/// Asks over TLS, trusting one certificate, or none.
fn ask(address: &str, trusted: Option<&Path>, request: &str) -> io::Result<String> {
    let mut roots = RootCertStore::empty();
    if let Some(path) = trusted {
        roots.add(CertificateDer::from_pem_file(path).expect("a certificate")).expect("it can be trusted");
    }
    let config = ClientConfig::builder_with_provider(Arc::new(ring::default_provider()));
    let config = config.with_safe_default_protocol_versions().expect("versions").with_root_certificates(roots);
    let name = ServerName::try_from(address.rsplit_once(':').expect("a port").0.to_owned()).expect("a name");
    let client = ClientConnection::new(Arc::new(config.with_no_client_auth()), name).expect("a client");
    let line = TcpStream::connect(address)?;
    line.set_read_timeout(Some(Duration::from_secs(30)))?;
    let mut line = StreamOwned::new(client, line);
    line.write_all(request.as_bytes())?;
    let mut answer = Vec::new();
    // Closed without a goodbye is as good here: the answer says how long it is.
    match line.read_to_end(&mut answer) {
        Err(error) if error.kind() != io::ErrorKind::UnexpectedEof => Err(error),
        _ => Ok(String::from_utf8_lossy(&answer).into_owned()),
    }
}

/// Asks without TLS.
fn ask_plain(address: &str, request: &str) -> String {
    let mut line = TcpStream::connect(address).expect("it answers");
    line.set_read_timeout(Some(Duration::from_secs(30))).expect("a limit");
    line.write_all(request.as_bytes()).expect("a request");
    let mut answer = String::new();
    line.read_to_string(&mut answer).expect("an answer");
    answer
}

fn get(server: &Running, path: &str, more: &str) -> String {
    format!("GET {path} HTTP/1.1\r\nhost: {}\r\nconnection: close\r\n{more}\r\n", server.address)
}

#[test]
fn a_demonstration_signs_its_own_certificate_and_people_sign_in_over_it() {
    let folder = TempDir::new().expect("a folder");
    let here = folder.path();
    let certificate = here.join("data/tls/certificate.pem");
    let server = Running::start_as(here, &["serve", "--tls"], &[DEMO], 2);
    assert!(server.said[0].starts_with("Một Cửa: https://127.0.0.1:"), "{:?}", server.said);
    assert!(server.said[1].contains("SHA-256: "), "{:?}", server.said);
    // Whoever says nothing keeps nobody waiting.
    let silent = TcpStream::connect(&server.address).expect("it answers");
    let ready = ask(&server.address, Some(&certificate), &get(&server, "/readyz", "")).expect("an answer");
    assert!(ready.starts_with("HTTP/1.1 200"), "{ready}");
    assert!(!ready.contains(HSTS), "a browser that was told so refuses a self-signed certificate for good");
    assert!(ask(&server.address, None, &get(&server, "/", "")).is_err(), "nobody trusts it unasked");
    drop(silent);

    let form = "citizen_id=998090004321&name=R%C6%A1+Ch%C4%83m&phone=0905123456&password=mat-khau-rieng\
                &password_again=mat-khau-rieng&command=00000000-0000-7000-8000-000000000001";
    let post = format!(
        "POST /api/app/acts/sessions/sign_up HTTP/1.1\r\nhost: {0}\r\norigin: https://{0}\r\nconnection: close\r\naccept: \
         text/html\r\ncontent-type: application/x-www-form-urlencoded\r\ncontent-length: {1}\r\n\r\n{form}",
        server.address,
        form.len()
    );
    let signed_up = ask(&server.address, Some(&certificate), &post).expect("an answer");
    assert!(signed_up.starts_with("HTTP/1.1 303"), "{signed_up}");
    let cookie = signed_up.split("set-cookie: ").nth(1).and_then(|rest| rest.split("\r\n").next()).expect("a cookie");
    assert!(cookie.starts_with("__Host-motcua=") && cookie.contains("Secure"), "{cookie}");
    let pair = cookie.split(';').next().expect("a pair");
    let mine = get(&server, "/tai-khoan", &format!("cookie: {pair}\r\n"));
    let mine = ask(&server.address, Some(&certificate), &mine).expect("an answer");
    assert!(mine.starts_with("HTTP/1.1 200") && mine.contains("Rơ Chăm"), "{mine}");

    // Who comes without TLS is sent there, and loses nothing of the address.
    let answer = ask_plain(&server.address, &get(&server, "/thu-tuc?q=khai+sinh", ""));
    assert!(answer.starts_with("HTTP/1.1 307"), "{answer}");
    assert!(answer.contains(&format!("location: https://{}/thu-tuc?q=khai+sinh\r\n", server.address)), "{answer}");
    // What is no request of a page is refused. Both answers carry what every answer carries.
    let refused_plain = ask_plain(&server.address, "GET /thu-tuc HTTP/1.1\r\n\r\n");
    assert!(refused_plain.starts_with("HTTP/1.1 400"), "{refused_plain}");
    for answer in [&answer, &refused_plain] {
        for header in ["x-content-type-options: nosniff", "referrer-policy: same-origin", "content-length: 0"] {
            assert!(answer.contains(&format!("\r\n{header}\r\n")), "{header} is not in {answer}");
        }
        assert!(answer.ends_with("\r\n\r\n"), "{answer}");
    }
    // The address of the visitor is known through TLS too: figures are for this machine.
    let figures = ask(&server.address, Some(&certificate), &get(&server, "/metrics", "")).expect("an answer");
    assert!(figures.starts_with("HTTP/1.1 200"), "{figures}");

    let first = std::fs::read(&certificate).expect("a certificate");
    drop(server);
    let again = Running::start_as(here, &["serve", "--tls"], &[DEMO], 2);
    assert_eq!(std::fs::read(&certificate).expect("a certificate"), first, "a phone needs not be asked again");
    drop(again);

    // The same files as the operator's own: then the host speaks TLS and nothing else.
    let key = here.join("data/tls/key.pem");
    let own =
        [("MOTCUA_TLS_CERT", certificate.to_str().expect("a path")), ("MOTCUA_TLS_KEY", key.to_str().expect("a path"))];
    let server = Running::start_as(here, &["serve", "--tls"], &own, 1);
    let ready = ask(&server.address, Some(&certificate), &get(&server, "/readyz", "")).expect("an answer");
    assert!(ready.starts_with("HTTP/1.1 200") && ready.contains(HSTS), "{ready}");
    drop(server);
    let said = refused(motcua(here, &["serve", "--tls"]).env("MOTCUA_LISTEN", "127.0.0.1:0").envs(own[..1].to_vec()));
    assert!(said.contains("MOTCUA_TLS_KEY"), "{said}");
    let crossed = [own[0], ("MOTCUA_TLS_KEY", own[0].1)];
    let said = refused(motcua(here, &["serve", "--tls"]).env("MOTCUA_LISTEN", "127.0.0.1:0").envs(crossed));
    assert!(said.contains("tls_key"), "{said}");
}

#[test]
fn only_a_demonstration_signs_for_itself() {
    let folder = TempDir::new().expect("a folder");
    let said = refused(motcua(folder.path(), &["serve", "--tls"]).env("MOTCUA_LISTEN", "127.0.0.1:0"));
    assert!(said.contains("MOTCUA_TLS_CERT"), "{said}");
}

#[test]
fn without_tls_it_says_that_nobody_signs_in_from_elsewhere() {
    let folder = TempDir::new().expect("a folder");
    let everywhere = ("MOTCUA_LISTEN", "0.0.0.0:0");
    let server = Running::start_as(folder.path(), &["serve"], &[everywhere], 2);
    assert!(server.said[1].contains("motcua serve --tls"), "{:?}", server.said);
    drop(server);
    let doctor = |settings: &[(&str, &str)]| {
        let output = motcua(folder.path(), &["doctor"]).envs(settings.to_vec()).output().expect("motcua runs");
        String::from_utf8_lossy(&output.stdout).into_owned()
    };
    let warning = "warning  sign-in: not from other machines";
    assert!(doctor(&[everywhere]).contains(warning));
    assert!(!doctor(&[everywhere, ("MOTCUA_TRUSTED_PROXY", "1")]).contains(warning), "a proxy stands in front");
    assert!(!doctor(&[]).contains(warning), "this machine alone is served");
}
