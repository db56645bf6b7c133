//! Keys with a service, played by a small server of this test. It signs hashes with OpenSSL.

use super::support::{self, Pair, run};
use axum::{
    Json, Router,
    extract::State,
    http::{HeaderMap, StatusCode, header::AUTHORIZATION},
    response::{IntoResponse, Response},
    routing::post,
};
use base64::{Engine, engine::general_purpose::STANDARD};
use seal::{
    Algorithm, Secret, SignError, Signer,
    remote::{RemoteSettings, RemoteSigner},
    sign_bytes,
    xml::{self, SealError},
};
use serde_json::{Value, json};
use std::{
    fs,
    path::Path,
    process::Command,
    sync::{Arc, Mutex},
    time::Duration,
};
use tempfile::TempDir;
use tokio::net::TcpListener;

/// How the service behaves.
#[derive(Clone, Copy)]
enum Mood {
    Well,
    /// It signs something else.
    Confused,
    /// It signs nothing, says 200 and this.
    Says(&'static str),
    /// It answers with this status.
    Status(u16),
    Slow,
    /// It says far more than anybody reads.
    Talkative,
}

struct Service {
    folder: TempDir,
    pair: Pair,
    mood: Mood,
    /// What it was asked to sign.
    asked: Mutex<Vec<Value>>,
}

const TOKEN: &str = "a-bearer-token";

/// A service in this mood, and where it listens.
async fn service(make: fn(&Path) -> Pair, mood: Mood) -> (Arc<Service>, String) {
    let folder = tempfile::tempdir().unwrap();
    let pair = make(folder.path());
    let service = Arc::new(Service { folder, pair, mood, asked: Mutex::default() });
    let site = Router::new()
        .route("/csc/v2/credentials/info", post(info))
        .route("/csc/v2/signatures/signHash", post(sign_hash))
        .with_state(Arc::clone(&service));
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = format!("http://{}/csc/v2", listener.local_addr().unwrap());
    tokio::spawn(async move { axum::serve(listener, site).await });
    (service, address)
}

fn is_ours(headers: &HeaderMap, request: &Value) -> bool {
    headers.get(AUTHORIZATION).is_some_and(|word| word == format!("Bearer {TOKEN}").as_str())
        && request["credentialID"] == "office-seal"
}

async fn info(State(service): State<Arc<Service>>, headers: HeaderMap, Json(request): Json<Value>) -> Response {
    if !is_ours(&headers, &request) {
        return StatusCode::UNAUTHORIZED.into_response();
    }
    let chain: Vec<String> = service.pair.chain().iter().map(seal::Certificate::base64).collect();
    Json(json!({ "key": { "status": "enabled" }, "cert": { "status": "valid", "certificates": chain } }))
        .into_response()
}

async fn sign_hash(State(service): State<Arc<Service>>, headers: HeaderMap, Json(request): Json<Value>) -> Response {
    if !is_ours(&headers, &request) {
        return StatusCode::UNAUTHORIZED.into_response();
    }
    service.asked.lock().unwrap().push(request.clone());
    let hash = STANDARD.decode(request["hashes"][0].as_str().unwrap()).unwrap();
    match service.mood {
        Mood::Well => Json(json!({ "signatures": [STANDARD.encode(service.sign(&hash))] })).into_response(),
        Mood::Confused => Json(json!({ "signatures": [STANDARD.encode(service.sign(&[7; 32]))] })).into_response(),
        Mood::Says(text) => text.into_response(),
        Mood::Status(status) => StatusCode::from_u16(status).unwrap().into_response(),
        Mood::Slow => {
            tokio::time::sleep(Duration::from_secs(60)).await;
            StatusCode::OK.into_response()
        }
        Mood::Talkative => "x".repeat(1_000_000).into_response(),
    }
}

impl Service {
    fn sign(&self, hash: &[u8]) -> Vec<u8> {
        let (file, signature) = (self.folder.path().join("hash"), self.folder.path().join("signature"));
        fs::write(&file, hash).unwrap();
        let mut command = Command::new("openssl");
        command.args(["pkeyutl", "-sign", "-pkeyopt", "digest:sha256", "-inkey"]).arg(&self.pair.key);
        run(command.arg("-in").arg(&file).arg("-out").arg(&signature));
        fs::read(signature).unwrap()
    }
}

fn signer(address: &str) -> RemoteSigner {
    asking_with(address, TOKEN)
}

fn asking_with(address: &str, token: &str) -> RemoteSigner {
    let settings = RemoteSettings {
        address: address.into(),
        credential: "office-seal".into(),
        token: Secret::new(token),
        chain: vec![],
        patience: Duration::from_secs(20),
    };
    RemoteSigner::at(settings).unwrap()
}

#[tokio::test]
async fn xmlsec_takes_what_a_service_signed_with_rsa_and_no_changed_byte() {
    let (service, address) = service(Pair::rsa, Mood::Well).await;
    let signer = signer(&address);
    assert_eq!(signer.identity().await.unwrap().algorithm(), Algorithm::RsaSha256);
    support::xmlsec_takes_each_way_and_no_changed_byte(&signer, &service.pair.arguments()).await;
}

#[tokio::test]
async fn xmlsec_takes_what_a_service_signed_with_p256_and_no_changed_byte() {
    let (service, address) = service(Pair::ec, Mood::Well).await;
    support::xmlsec_takes_each_way_and_no_changed_byte(&signer(&address), &service.pair.arguments()).await;
}

#[tokio::test]
async fn the_service_learns_the_hash_and_not_the_document() {
    let (service, address) = service(Pair::rsa, Mood::Well).await;
    sign_bytes(&signer(&address), b"15000").await.unwrap();
    let asked = service.asked.lock().unwrap();
    let expected = json!({
        "credentialID": "office-seal",
        // `printf 15000 | openssl dgst -sha256 -binary | base64`
        "hashes": ["1MmZrkNjO9IDYYjSvKaOG+ggKyzB86HEKnKOr/fSSD0="],
        "hashAlgorithmOID": "2.16.840.1.101.3.4.2.1",
        "signAlgo": "1.2.840.113549.1.1.11",
    });
    assert_eq!(*asked, [expected]);
}

#[tokio::test]
async fn a_chain_that_is_configured_is_not_asked_for() {
    let (service, address) = service(Pair::rsa, Mood::Well).await;
    let nowhere = RemoteSettings {
        address: "http://127.0.0.1:1".into(),
        credential: "office-seal".into(),
        token: Secret::new(TOKEN),
        chain: service.pair.chain(),
        patience: Duration::from_secs(20),
    };
    let identity = RemoteSigner::at(nowhere.clone()).unwrap().identity().await.unwrap();
    assert_eq!(identity.certificate(), &service.pair.chain()[0]);
    let signer = RemoteSigner::at(RemoteSettings { address, ..nowhere }).unwrap();
    assert_eq!(sign_bytes(&signer, b"15000").await.unwrap().identity, identity);
}

#[tokio::test]
async fn a_service_that_is_down_or_slow_is_worth_another_try() {
    let gone = TcpListener::bind("127.0.0.1:0").await.unwrap().local_addr().unwrap();
    let down = sign_bytes(&signer(&format!("http://{gone}/csc/v2")), b"15000").await;
    assert_eq!(down, Err(SignError::Unavailable("connection".into())));

    let (service, address) = service(Pair::ec, Mood::Slow).await;
    let hasty = RemoteSettings {
        address,
        credential: "office-seal".into(),
        token: Secret::new(TOKEN),
        chain: service.pair.chain(),
        patience: Duration::from_millis(300),
    };
    let slow = sign_bytes(&RemoteSigner::at(hasty).unwrap(), b"15000").await;
    assert_eq!(slow, Err(SignError::Unavailable("timeout".into())));
    assert!(slow.unwrap_err().is_worth_another_try());
}

#[tokio::test]
async fn a_service_that_answers_nonsense_is_broken() {
    let cases = [
        (Mood::Says(""), "answer_unreadable"),
        (Mood::Says("<html>Welcome</html>"), "answer_unreadable"),
        (Mood::Says("{}"), "answer_unreadable"),
        (Mood::Says(r#"{"signatures":[]}"#), "answer_unreadable"),
        (Mood::Says(r#"{"signatures":["*"]}"#), "answer_unreadable"),
        (Mood::Says(r#"{"signatures":["AAAA"]}"#), "signature_wrong"),
        (Mood::Confused, "signature_wrong"),
        (Mood::Talkative, "answer_too_long"),
        (Mood::Status(404), "http_404"),
        (Mood::Status(302), "http_302"),
    ];
    for (mood, reason) in cases {
        let (_service, address) = service(Pair::ec, mood).await;
        let answer = sign_bytes(&signer(&address), b"15000").await;
        assert_eq!(answer, Err(SignError::Broken(reason.into())));
    }
}

#[tokio::test]
async fn a_service_says_later_or_no() {
    for (status, error) in [
        (503, SignError::Unavailable("http_503".into())),
        (429, SignError::Unavailable("http_429".into())),
        (403, SignError::Refused("http_403".into())),
    ] {
        let (_service, address) = service(Pair::ec, Mood::Status(status)).await;
        let plan = support::plans()[0];
        let said = xml::sign(support::RECEIPT, &plan, &signer(&address)).await;
        assert_eq!(said, Err(SealError::Signer(error)));
    }
}

#[tokio::test]
async fn a_wrong_token_is_refused_and_never_shown() {
    let (_service, address) = service(Pair::ec, Mood::Well).await;
    let refused = sign_bytes(&asking_with(&address, "another-token"), b"15000").await;
    assert_eq!(refused, Err(SignError::Refused("http_401".into())));
    let settings = RemoteSettings {
        address,
        credential: "office-seal".into(),
        token: Secret::new("another-token"),
        chain: vec![],
        patience: Duration::from_secs(1),
    };
    assert!(!format!("{settings:?}").contains("another-token"));
}
