//! A key with a service of remote signing: the service gets the SHA-256 of what is signed, never the document, and
//! answers with the signature. Requests and answers are those of the Cloud Signature Consortium's API, version 2
//! (`credentials/info` and `signatures/signHash`), for a credential that its owner has given this program leave to use
//! with a bearer token alone.
//!
//! Every request has its time, and none is repeated here.

use crate::{Algorithm, Certificate, Identity, Secret, SignError, Signature, Signer, Signing, ecdsa};
use base64::{Engine, engine::general_purpose::STANDARD};
use reqwest::{
    Client, StatusCode, Url,
    header::{AUTHORIZATION, CONTENT_TYPE, HeaderValue},
    redirect::Policy,
};
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use sha2::{Digest, Sha256};
use std::time::Duration;

/// How a service is asked.
#[derive(Debug, Clone)]
pub struct RemoteSettings {
    /// Where its API begins, such as `https://sign.example/csc/v2`; over plain HTTP on this machine alone.
    pub address: String,
    /// The credential (key and certificate) to sign with.
    pub credential: String,
    /// The bearer token.
    pub token: Secret,
    /// The signer's certificate and those above it; when empty, the service is asked for them before each signature.
    pub chain: Vec<Certificate>,
    /// How long one answer may take.
    pub patience: Duration,
}

/// A signer whose key lies with a service.
pub struct RemoteSigner {
    client: Client,
    info: Url,
    sign: Url,
    authorization: HeaderValue,
    credential: String,
    chain: Vec<Certificate>,
}

/// So much of an answer is read; a chain of certificates is a few kilobytes.
const ANSWER_BYTES: usize = 256 * 1024;
/// SHA-256, `id-sha256`.
const HASH_OID: &str = "2.16.840.1.101.3.4.2.1";

/// `sha256WithRSAEncryption` and `ecdsa-with-SHA256`.
const fn oid(algorithm: Algorithm) -> &'static str {
    match algorithm {
        Algorithm::RsaSha256 => "1.2.840.113549.1.1.11",
        Algorithm::EcdsaSha256 => "1.2.840.10045.4.3.2",
    }
}

#[derive(Serialize)]
struct InfoRequest<'a> {
    #[serde(rename = "credentialID")]
    credential: &'a str,
    certificates: &'static str,
}

#[derive(Deserialize)]
struct InfoAnswer {
    cert: InfoCertificates,
}

#[derive(Deserialize)]
struct InfoCertificates {
    certificates: Vec<String>,
}

#[derive(Serialize)]
struct SignRequest<'a> {
    #[serde(rename = "credentialID")]
    credential: &'a str,
    hashes: [String; 1],
    #[serde(rename = "hashAlgorithmOID")]
    hash_algorithm: &'static str,
    #[serde(rename = "signAlgo")]
    algorithm: &'static str,
}

#[derive(Deserialize)]
struct SignAnswer {
    signatures: Vec<String>,
}

impl RemoteSigner {
    /// Makes ready to ask; nothing is asked yet.
    ///
    /// # Errors
    /// [`SignError::Broken`] when the settings cannot be those of a service. It never holds the token.
    pub fn at(settings: RemoteSettings) -> Result<Self, SignError> {
        let _ = rustls::crypto::ring::default_provider().install_default();
        let RemoteSettings { address, credential, token, chain, patience } = settings;
        let address = address.trim_end_matches('/');
        let url = |path: &str| {
            let url = Url::parse(&format!("{address}/{path}")).ok().filter(Url::has_host);
            let url = url.ok_or_else(|| SignError::broken("address_unreadable"))?;
            let is_here = matches!(url.host_str(), Some("127.0.0.1" | "[::1]" | "localhost"));
            // The token opens the key: it goes over TLS, or to this machine alone.
            let is_closed = url.scheme() == "https" || (url.scheme() == "http" && is_here);
            if is_closed { Ok(url) } else { Err(SignError::broken("address_without_tls")) }
        };
        let mut authorization = HeaderValue::from_str(&format!("Bearer {}", token.word()))
            .map_err(|_| SignError::broken("token_unwritable"))?;
        authorization.set_sensitive(true);
        let client = Client::builder()
            .timeout(patience)
            // An answer that leads elsewhere would carry the token to a place nobody chose.
            .redirect(Policy::none())
            .build()
            .map_err(|_| SignError::broken("client"))?;
        let (info, sign) = (url("credentials/info")?, url("signatures/signHash")?);
        Ok(Self { client, info, sign, authorization, credential, chain })
    }

    async fn chain(&self) -> Result<Vec<Certificate>, SignError> {
        if !self.chain.is_empty() {
            return Ok(self.chain.clone());
        }
        let request = InfoRequest { credential: &self.credential, certificates: "chain" };
        let answer: InfoAnswer = self.ask(&self.info, &request).await?;
        let unreadable = || SignError::broken("certificate_unreadable");
        let read = |text: &String| {
            let der = STANDARD.decode(text).map_err(|_| unreadable())?;
            Certificate::from_der(der).map_err(|_| unreadable())
        };
        answer.cert.certificates.iter().map(read).collect()
    }

    async fn whose(&self) -> Result<Identity, SignError> {
        Identity::of(self.chain().await?)
    }

    async fn sign_remotely(&self, message: &[u8]) -> Result<Signature, SignError> {
        let identity = self.whose().await?;
        let request = SignRequest {
            credential: &self.credential,
            hashes: [STANDARD.encode(Sha256::digest(message))],
            hash_algorithm: HASH_OID,
            algorithm: oid(identity.algorithm()),
        };
        let answer: SignAnswer = self.ask(&self.sign, &request).await?;
        let unreadable = || SignError::broken("answer_unreadable");
        let [value] = answer.signatures.as_slice() else { return Err(unreadable()) };
        let value = STANDARD.decode(value).map_err(|_| unreadable())?;
        let value = match identity.algorithm() {
            Algorithm::RsaSha256 => value,
            // The API leaves open how r and s are written; most services write DER.
            Algorithm::EcdsaSha256 => ecdsa::from_der(&value).unwrap_or(value),
        };
        Ok(Signature { identity, value })
    }

    async fn ask<T: DeserializeOwned>(&self, url: &Url, request: &impl Serialize) -> Result<T, SignError> {
        let body = serde_json::to_vec(request).map_err(|_| SignError::broken("request"))?;
        let request = self
            .client
            .post(url.clone())
            .header(AUTHORIZATION, self.authorization.clone())
            .header(CONTENT_TYPE, "application/json")
            .body(body);
        let mut answer = request.send().await.map_err(lost)?;
        if let Some(error) = meaning(answer.status()) {
            return Err(error);
        }
        let mut text = Vec::new();
        while let Some(part) = answer.chunk().await.map_err(lost)? {
            text.extend_from_slice(&part);
            if text.len() > ANSWER_BYTES {
                return Err(SignError::broken("answer_too_long"));
            }
        }
        serde_json::from_slice(&text).map_err(|_| SignError::broken("answer_unreadable"))
    }
}

/// No answer came, or not all of it.
fn lost(error: reqwest::Error) -> SignError {
    SignError::unavailable(if error.is_timeout() { "timeout" } else { "connection" })
}

/// What a status says when it is not that of an answer.
fn meaning(status: StatusCode) -> Option<SignError> {
    if status.is_success() {
        return None;
    }
    let reason = format!("http_{}", status.as_u16());
    Some(match status {
        StatusCode::REQUEST_TIMEOUT | StatusCode::TOO_MANY_REQUESTS => SignError::unavailable(reason),
        // Nothing of the kind is there: the address is wrong, or the service became another.
        StatusCode::NOT_FOUND | StatusCode::METHOD_NOT_ALLOWED | StatusCode::NOT_IMPLEMENTED => {
            SignError::broken(reason)
        }
        status if status.is_server_error() => SignError::unavailable(reason),
        status if status.is_client_error() => SignError::refused(reason),
        _ => SignError::broken(reason),
    })
}

impl Signer for RemoteSigner {
    fn identity(&self) -> Signing<'_, Identity> {
        Box::pin(self.whose())
    }

    fn sign<'a>(&'a self, message: &'a [u8]) -> Signing<'a, Signature> {
        Box::pin(self.sign_remotely(message))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(address: &str, token: &str) -> Result<RemoteSigner, SignError> {
        RemoteSigner::at(RemoteSettings {
            address: address.into(),
            credential: "key".into(),
            token: Secret::new(token),
            chain: vec![],
            patience: Duration::from_secs(1),
        })
    }

    #[test]
    fn a_token_goes_over_tls_or_stays_on_this_machine() {
        for good in ["https://sign.example/csc/v2", "http://127.0.0.1:9/csc/v2/", "http://localhost:9"] {
            assert!(at(good, "word").is_ok(), "{good}");
        }
        assert_eq!(at("http://sign.example", "word").err(), Some(SignError::broken("address_without_tls")));
        assert_eq!(at("ftp://127.0.0.1", "word").err(), Some(SignError::broken("address_without_tls")));
        assert_eq!(at("sign", "word").err(), Some(SignError::broken("address_unreadable")));
        assert_eq!(at("https://sign.example", "two\nlines").err(), Some(SignError::broken("token_unwritable")));
    }

    #[test]
    fn a_status_says_whether_to_try_again() {
        let of = |code: u16| meaning(StatusCode::from_u16(code).unwrap());
        assert_eq!(of(200), None);
        assert_eq!(of(302), Some(SignError::broken("http_302")));
        assert_eq!(of(401), Some(SignError::refused("http_401")));
        assert_eq!(of(404), Some(SignError::broken("http_404")));
        assert_eq!(of(429), Some(SignError::unavailable("http_429")));
        assert_eq!(of(503), Some(SignError::unavailable("http_503")));
    }
}
