//! A provider that changes its keys: the new ones are found, and tokens that no key fits do not set it to work.

use axum::{Json, Router, extract::State, routing::get};
use domain::identity::IdentityProblem;
use office::identity::CameBack;
use openidconnect::{
    AdditionalClaims, IdToken, IdTokenClaims, JsonWebKeyId, PrivateSigningKey,
    core::{CoreEdDsaPrivateSigningKey, CoreGenderClaim, CoreJweContentEncryptionAlgorithm, CoreJwsSigningAlgorithm},
};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use server::identity::{IdentitySettings, Provider};
use std::sync::{Arc, Mutex, MutexGuard};

/// Keys of this test's own: Ed25519, in PKCS #8, of 32 times the same byte each.
const KEYS: [&str; 3] = [
    "MC4CAQAwBQYDK2VwBCIEIAEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEB",
    "MC4CAQAwBQYDK2VwBCIEIAICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgIC",
    "MC4CAQAwBQYDK2VwBCIEIAMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMD",
];

/// What a provider says of a person beside the standard.
#[derive(Debug, Clone, Serialize, Deserialize)]
struct Said {
    citizen_id: String,
    muc: String,
    phone: String,
}

impl AdditionalClaims for Said {}

/// Which key a provider signs with, which ones it shows, and how often it was asked for those.
#[derive(Debug, Clone, Default)]
struct Keys {
    signs: usize,
    shows: Vec<usize>,
    read: usize,
}

/// A provider in this process.
#[derive(Clone)]
struct Issuer {
    address: String,
    keys: Arc<Mutex<Keys>>,
}

impl Issuer {
    async fn start() -> Self {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let address = format!("http://{}", listener.local_addr().expect("an address"));
        let keys = Keys { shows: vec![0], ..Keys::default() };
        let issuer = Self { address, keys: Arc::new(Mutex::new(keys)) };
        let router = Router::new()
            .route("/.well-known/openid-configuration", get(configuration))
            .route("/keys", get(keys_shown))
            .route("/token", axum::routing::post(tokens))
            .with_state(issuer.clone());
        tokio::spawn(async move { axum::serve(listener, router).await });
        issuer
    }

    fn keys(&self) -> MutexGuard<'_, Keys> {
        self.keys.lock().expect("keys")
    }

    /// Signs with that key from now on, and shows those.
    fn turn(&self, signs: usize, shows: &[usize]) {
        let mut keys = self.keys();
        (keys.signs, keys.shows) = (signs, shows.to_vec());
    }

    /// How often the keys were asked for.
    fn read(&self) -> usize {
        self.keys().read
    }
}

fn key(number: usize) -> CoreEdDsaPrivateSigningKey {
    let pem = format!("-----BEGIN PRIVATE KEY-----\n{}\n-----END PRIVATE KEY-----\n", KEYS[number]);
    let name = JsonWebKeyId::new(format!("khoa-{number}"));
    CoreEdDsaPrivateSigningKey::from_ed25519_pem(&pem, Some(name)).expect("a key")
}

async fn configuration(State(issuer): State<Issuer>) -> Json<Value> {
    let address = &issuer.address;
    Json(json!({
        "issuer": address,
        "authorization_endpoint": format!("{address}/auth"),
        "token_endpoint": format!("{address}/token"),
        "jwks_uri": format!("{address}/keys"),
        "response_types_supported": ["code"],
        "subject_types_supported": ["public"],
        "id_token_signing_alg_values_supported": ["EdDSA"],
    }))
}

async fn keys_shown(State(issuer): State<Issuer>) -> Json<Value> {
    let mut keys = issuer.keys();
    keys.read += 1;
    let shown: Vec<_> = keys.shows.iter().map(|number| key(*number).as_verification_key()).collect();
    Json(json!({ "keys": shown }))
}

async fn tokens(State(issuer): State<Issuer>) -> Json<Value> {
    let claims = json!({
        "iss": issuer.address, "aud": "motcua", "sub": "nguoi-thu", "nonce": "mot-so",
        "iat": 1_700_000_000, "exp": 4_102_444_800_i64,
        "name": "Ksor H'Nay", "citizen_id": "054090004321", "muc": "2", "phone": "0905 123 456",
    });
    let claims: IdTokenClaims<Said, CoreGenderClaim> = serde_json::from_value(claims).expect("claims");
    let signs = issuer.keys().signs;
    let token: IdToken<Said, CoreGenderClaim, CoreJweContentEncryptionAlgorithm, CoreJwsSigningAlgorithm> =
        IdToken::new(claims, &key(signs), CoreJwsSigningAlgorithm::EdDsa, None, None).expect("a token");
    Json(json!({ "access_token": "x", "token_type": "Bearer", "id_token": token }))
}

fn settings(issuer: &str) -> IdentitySettings {
    IdentitySettings {
        issuer: issuer.into(),
        client: "motcua".into(),
        secret: None,
        name: "Định danh thử".into(),
        scopes: Vec::new(),
        number: "citizen_id".into(),
        full_name: "name".into(),
        phone: "phone".into(),
        level: "muc".into(),
        level_1: vec!["1".into()],
        level_2: vec!["2".into()],
    }
}

#[tokio::test]
async fn a_new_key_is_read_at_once_and_a_key_that_nobody_shows_is_not_asked_for_again_and_again() {
    let issuer = Issuer::start().await;
    let provider = Provider::at(&settings(&issuer.address), "http://127.0.0.1:1").expect("a provider");
    let enter = async || {
        let came = CameBack { nonce: "mot-so".into(), verifier: "v".repeat(43), next: String::new() };
        provider.identify(&came, "ma".into()).await
    };
    for _ in 0..2 {
        let known = enter().await.expect("somebody");
        assert_eq!((known.subject.as_str(), known.citizen_id.as_deref()), ("nguoi-thu", Some("054090004321")));
    }
    assert_eq!(issuer.read(), 1, "not for every sign-in");

    issuer.turn(1, &[0, 1]);
    assert!(enter().await.is_ok(), "the key is new");
    assert!(enter().await.is_ok());
    assert_eq!(issuer.read(), 2, "read again once");

    issuer.turn(2, &[0, 1]);
    for _ in 0..3 {
        assert_eq!(enter().await.map(drop), Err(IdentityProblem::Unsound));
    }
    assert_eq!(issuer.read(), 2, "wrong tokens do not set the provider to work");
    issuer.turn(1, &[1]);
    assert!(enter().await.is_ok(), "nobody else is held up");
}
