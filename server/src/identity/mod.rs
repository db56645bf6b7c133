//! The identity provider that residents may sign in through: OpenID Connect 1.0, authorization code with PKCE.
//!
//! The crate `openidconnect` reads and checks what the provider says; what is asked goes through `reqwest`, as with the
//! gateway of short messages. Codes and tokens stay in the functions that need them: none is stored or logged.

mod claims;

use anyhow::{Context, Result, bail};
use domain::identity::IdentityProblem;
use office::{
    blobs::Secret,
    identity::{Begun, CameBack, Identity},
};
use openidconnect::{
    AuthorizationCode, ClaimsVerificationError, Client, ClientId, ClientSecret, CsrfToken, DiscoveryError,
    EmptyExtraTokenFields, EndpointMaybeSet, EndpointNotSet, EndpointSet, HttpRequest, HttpResponse, IdTokenFields,
    IssuerUrl, Nonce, OAuth2TokenResponse, PkceCodeChallenge, PkceCodeVerifier, RedirectUrl, RequestTokenError, Scope,
    SignatureVerificationError, StandardErrorResponse, StandardTokenResponse, TokenResponse, UserInfoClaims,
    UserInfoError,
    core::{
        CoreAuthDisplay, CoreAuthPrompt, CoreAuthenticationFlow, CoreErrorResponseType, CoreGenderClaim,
        CoreJsonWebKey, CoreJweContentEncryptionAlgorithm, CoreJwsSigningAlgorithm, CoreProviderMetadata,
        CoreRevocableToken, CoreRevocationErrorResponse, CoreTokenIntrospectionResponse, CoreTokenType,
    },
    http,
};
use reqwest::{Url, redirect::Policy};
use serde_json::{Map, Value};
use std::time::Duration;
use tokio::{
    sync::{Mutex, RwLock},
    time::Instant,
};

/// What the operator chose.
#[derive(Debug, Clone)]
pub struct IdentitySettings {
    /// `https://dinhdanh.example`; over plain HTTP on this machine alone.
    pub issuer: String,
    /// What this installation is called there.
    pub client: String,
    pub secret: Option<Secret>,
    /// What residents call the provider: `VNeID`.
    pub name: String,
    /// What is asked for beside `openid`.
    pub scopes: Vec<String>,
    /// Names of claims: personal number, full name, telephone, level.
    pub number: String,
    pub full_name: String,
    pub phone: String,
    pub level: String,
    /// What stands in the claim of the level for levels 1 and 2.
    pub level_1: Vec<String>,
    pub level_2: Vec<String>,
}

/// The provider, as it is asked.
pub struct Provider {
    settings: IdentitySettings,
    issuer: IssuerUrl,
    /// Where people come back to.
    back: RedirectUrl,
    web: reqwest::Client,
    /// What the provider says of itself, and since when it is known.
    metadata: RwLock<Option<(Instant, CoreProviderMetadata)>>,
    /// When keys were last read again for a token that the known ones do not fit.
    renewed: Mutex<Option<Instant>>,
}

/// Why a request to the provider has no answer.
#[derive(Debug, thiserror::Error)]
#[error("the identity provider cannot be asked: {0}")]
struct Trouble(&'static str);

type Tokens = StandardTokenResponse<
    IdTokenFields<
        claims::More,
        EmptyExtraTokenFields,
        CoreGenderClaim,
        CoreJweContentEncryptionAlgorithm,
        CoreJwsSigningAlgorithm,
    >,
    CoreTokenType,
>;
type Relying = Client<
    claims::More,
    CoreAuthDisplay,
    CoreGenderClaim,
    CoreJweContentEncryptionAlgorithm,
    CoreJsonWebKey,
    CoreAuthPrompt,
    StandardErrorResponse<CoreErrorResponseType>,
    Tokens,
    CoreTokenIntrospectionResponse,
    CoreRevocableToken,
    CoreRevocationErrorResponse,
    EndpointSet,
    EndpointNotSet,
    EndpointNotSet,
    EndpointNotSet,
    EndpointMaybeSet,
    EndpointMaybeSet,
>;

/// The address that people come back to, below the installation's own.
pub const BACK: &str = "/dang-nhap/dinh-danh/ve";
/// The provider may take so long for one answer; the page that waits asks for four at most.
const PATIENCE: Duration = Duration::from_secs(6);
/// What the provider says of itself is asked again after this.
const KNOWN_FOR: Duration = Duration::from_secs(600);
/// Keys are read again for tokens that the known ones do not fit so far apart at least, however many such tokens come.
const RENEWED_FOR: Duration = Duration::from_secs(30);
/// No answer of a provider is longer.
const ANSWER_BYTES: usize = 512 * 1024;
/// Signatures that only the provider can make: none, and those of a shared secret, are not among them.
const SIGNATURES: [CoreJwsSigningAlgorithm; 9] = [
    CoreJwsSigningAlgorithm::RsaSsaPkcs1V15Sha256,
    CoreJwsSigningAlgorithm::RsaSsaPkcs1V15Sha384,
    CoreJwsSigningAlgorithm::RsaSsaPkcs1V15Sha512,
    CoreJwsSigningAlgorithm::RsaSsaPssSha256,
    CoreJwsSigningAlgorithm::RsaSsaPssSha384,
    CoreJwsSigningAlgorithm::RsaSsaPssSha512,
    CoreJwsSigningAlgorithm::EcdsaP256Sha256,
    CoreJwsSigningAlgorithm::EcdsaP384Sha384,
    CoreJwsSigningAlgorithm::EdDsa,
];

impl Provider {
    /// Makes ready to ask; nothing is asked yet.
    ///
    /// # Errors
    /// When the settings cannot be those of a provider. The error never holds the secret.
    pub fn at(settings: &IdentitySettings, public_url: &str) -> Result<Self> {
        let _ = rustls::crypto::ring::default_provider().install_default();
        if !is_safe(&settings.issuer) {
            bail!("MOTCUA_OIDC_ISSUER (oidc_issuer): not an https address such as https://dinhdanh.example");
        }
        let issuer = IssuerUrl::new(settings.issuer.clone()).context("MOTCUA_OIDC_ISSUER (oidc_issuer)")?;
        let back = RedirectUrl::new(format!("{}{BACK}", public_url.trim_end_matches('/')));
        let web = reqwest::Client::builder().timeout(PATIENCE).redirect(Policy::none()).build();
        Ok(Self {
            settings: settings.clone(),
            issuer,
            back: back.context("MOTCUA_PUBLIC_URL (public_url)")?,
            web: web.context("MOTCUA_OIDC_ISSUER (oidc_issuer): cannot be asked")?,
            metadata: RwLock::default(),
            renewed: Mutex::default(),
        })
    }

    /// Whether the provider answers and says of itself what is needed. Nobody is signed in.
    pub async fn check(&self) -> Result<String> {
        let metadata = self.discover().await.map_err(|problem| anyhow::anyhow!("{}", problem.key()))?;
        if metadata.token_endpoint().is_none() {
            bail!("the provider names no token endpoint");
        }
        Ok(metadata.issuer().to_string())
    }

    /// Where to send a person whose sign-in has begun. With `anew` the provider is to ask the person even when it knows the
    /// browser (`prompt=login`, OpenID Connect Core 1.0, 3.1.2.1).
    pub async fn address(&self, begun: &Begun, anew: bool) -> Result<String, IdentityProblem> {
        let relying = self.relying(self.metadata().await?);
        let (state, nonce) = (CsrfToken::new(begun.state.clone()), Nonce::new(begun.nonce.clone()));
        let verifier = PkceCodeVerifier::new(begun.verifier.clone());
        let scopes = self.settings.scopes.iter().cloned().map(Scope::new);
        let request = relying
            .authorize_url(CoreAuthenticationFlow::AuthorizationCode, move || state, move || nonce)
            .set_pkce_challenge(PkceCodeChallenge::from_code_verifier_sha256(&verifier))
            .add_scopes(scopes);
        let request = if anew { request.add_prompt(CoreAuthPrompt::Login) } else { request };
        let (address, _, _) = request.url();
        Ok(address.into())
    }

    /// Who came back with that code. It is changed for tokens, they are checked, and what they say is read; nothing of them
    /// remains.
    pub async fn identify(&self, came: &CameBack, code: String) -> Result<Identity, IdentityProblem> {
        let metadata = self.metadata().await?;
        if !metadata.token_endpoint().is_some_and(|address| is_safe(address.as_str())) {
            return Err(unsound("no token endpoint that is safe"));
        }
        let relying = self.relying(metadata);
        let ask = |request| ask(self.web.clone(), request);
        let tokens = relying
            .exchange_code(AuthorizationCode::new(code))
            .map_err(|_| unsound("no token endpoint"))?
            .set_pkce_verifier(PkceCodeVerifier::new(came.verifier.clone()))
            .request_async(&ask)
            .await
            .map_err(of_exchange)?;
        let token = tokens.id_token().ok_or_else(|| unsound("no ID token"))?;
        let nonce = Nonce::new(came.nonce.clone());
        let signed = token.claims(&relying.id_token_verifier().set_allowed_algs(SIGNATURES), &nonce);
        // Keys change: one that is not known here may be new, and so may one without a name of its own.
        let renewed = match &signed {
            Err(ClaimsVerificationError::SignatureVerification(
                SignatureVerificationError::NoMatchingKey | SignatureVerificationError::CryptoError(_),
            )) => Some(self.relying(self.renewed_metadata().await?)),
            _ => None,
        };
        let signed = match &renewed {
            Some(relying) => token.claims(&relying.id_token_verifier().set_allowed_algs(SIGNATURES), &nonce),
            None => signed,
        };
        let signed = signed.map_err(|error| of_claims(&error))?;
        let (issuer, subject) = (signed.issuer().to_string(), signed.subject().to_string());
        let mut said = members(signed)?;
        if self.settings.lacks(&said) && relying.user_info_url().is_some_and(|address| is_safe(address.as_str())) {
            let more: UserInfoClaims<claims::More, CoreGenderClaim> = relying
                .user_info(tokens.access_token().clone(), Some(signed.subject().clone()))
                .map_err(|_| unsound("no user info endpoint"))?
                .request_async(&ask)
                .await
                .map_err(|error| of_user_info(&error))?;
            // What is signed stands.
            for (name, value) in members(&more)? {
                said.entry(name).or_insert(value);
            }
        }
        self.settings.identity(issuer, subject, &said)
    }

    fn relying(&self, metadata: CoreProviderMetadata) -> Relying {
        let secret = self.settings.secret.as_ref().map(|secret| ClientSecret::new(secret.word().into()));
        let client = ClientId::new(self.settings.client.clone());
        Relying::from_provider_metadata(metadata, client, secret).set_redirect_uri(self.back.clone())
    }

    /// What the provider says of itself, asked again when it was some time ago.
    async fn metadata(&self) -> Result<CoreProviderMetadata, IdentityProblem> {
        if let Some((since, known)) = &*self.metadata.read().await
            && since.elapsed() < KNOWN_FOR
        {
            return Ok(known.clone());
        }
        self.discover().await
    }

    /// The same, asked again for a token that the known keys do not fit; not for every such token. Who comes while it is being
    /// asked waits for that answer.
    async fn renewed_metadata(&self) -> Result<CoreProviderMetadata, IdentityProblem> {
        let mut renewed = self.renewed.lock().await;
        if !may_renew(*renewed, Instant::now()) {
            return self.metadata().await;
        }
        *renewed = Some(Instant::now());
        self.discover().await
    }

    async fn discover(&self) -> Result<CoreProviderMetadata, IdentityProblem> {
        let ask = |request| ask(self.web.clone(), request);
        let found =
            CoreProviderMetadata::discover_async(self.issuer.clone(), &ask).await.map_err(|error| match error {
                DiscoveryError::Request(_) | DiscoveryError::Response(..) => IdentityProblem::Unreachable,
                DiscoveryError::Validation(_) => unsound("what the provider says of itself names another issuer"),
                _ => unsound("what the provider says of itself cannot be read"),
            })?;
        *self.metadata.write().await = Some((Instant::now(), found.clone()));
        Ok(found)
    }
}

/// Whether keys may be read again for a token that the known ones do not fit.
fn may_renew(last: Option<Instant>, now: Instant) -> bool {
    last.is_none_or(|last| now.saturating_duration_since(last) >= RENEWED_FOR)
}

/// Asks over the web; what the library needs.
async fn ask(web: reqwest::Client, request: HttpRequest) -> Result<HttpResponse, Trouble> {
    let request = reqwest::Request::try_from(request).map_err(|_| Trouble("no request"))?;
    let mut answer = web
        .execute(request)
        .await
        .map_err(|error| Trouble(if error.is_timeout() { "timeout" } else { "connection" }))?;
    let mut body = Vec::new();
    while let Some(part) = answer.chunk().await.map_err(|_| Trouble("broken off"))? {
        body.extend_from_slice(&part);
        if body.len() > ANSWER_BYTES {
            return Err(Trouble("too long"));
        }
    }
    let mut response = http::Response::new(body);
    *response.status_mut() = answer.status();
    *response.headers_mut() = answer.headers().clone();
    Ok(response)
}

/// Over TLS, or on this machine.
fn is_safe(address: &str) -> bool {
    let Some(url) = Url::parse(address).ok().filter(Url::has_host) else { return false };
    let is_here = matches!(url.host_str(), Some("127.0.0.1" | "[::1]" | "localhost"));
    url.scheme() == "https" || url.scheme() == "http" && is_here
}

/// The claims as members of one object.
fn members(claims: &impl serde::Serialize) -> Result<Map<String, Value>, IdentityProblem> {
    match serde_json::to_value(claims) {
        Ok(Value::Object(members)) => Ok(members),
        _ => Err(unsound("claims that are no object")),
    }
}

/// Something that does not hold; the log says what, without a word of what was sent.
fn unsound(what: &'static str) -> IdentityProblem {
    tracing::warn!(what, "the identity provider's answer does not hold");
    IdentityProblem::Unsound
}

fn of_exchange(error: RequestTokenError<Trouble, StandardErrorResponse<CoreErrorResponseType>>) -> IdentityProblem {
    match error {
        // The code ran out, or was used.
        RequestTokenError::ServerResponse(answer) if *answer.error() == CoreErrorResponseType::InvalidGrant => {
            IdentityProblem::Late
        }
        RequestTokenError::ServerResponse(answer) => {
            tracing::warn!(error = %answer.error(), "the identity provider gives no tokens");
            IdentityProblem::Unsound
        }
        RequestTokenError::Request(trouble) => {
            tracing::warn!(%trouble, "no tokens");
            IdentityProblem::Unreachable
        }
        RequestTokenError::Parse(..) => unsound("tokens that cannot be read"),
        RequestTokenError::Other(_) => IdentityProblem::Unreachable,
    }
}

fn of_claims(error: &ClaimsVerificationError) -> IdentityProblem {
    match error {
        ClaimsVerificationError::Expired(_) => IdentityProblem::Clock,
        ClaimsVerificationError::InvalidNonce(_) => unsound("another nonce"),
        ClaimsVerificationError::InvalidAudience(_) => unsound("another audience"),
        ClaimsVerificationError::InvalidIssuer(_) => unsound("another issuer"),
        ClaimsVerificationError::InvalidSubject(_) => unsound("another subject"),
        ClaimsVerificationError::SignatureVerification(_) => unsound("a signature"),
        _ => unsound("claims"),
    }
}

fn of_user_info(error: &UserInfoError<Trouble>) -> IdentityProblem {
    match error {
        UserInfoError::Request(_) | UserInfoError::Response(..) => IdentityProblem::Unreachable,
        UserInfoError::ClaimsVerification(error) => of_claims(error),
        _ => unsound("user info that cannot be read"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_provider_is_asked_over_tls_or_on_this_machine_alone() {
        for address in
            ["https://dinhdanh.example", "http://127.0.0.1:9000", "http://localhost:9000/a", "http://[::1]:9"]
        {
            assert!(is_safe(address), "{address}");
        }
        for address in
            ["http://dinhdanh.example", "http://127.0.0.1.example", "ftp://127.0.0.1", "dinhdanh.example", ""]
        {
            assert!(!is_safe(address), "{address}");
        }
    }

    #[test]
    fn keys_may_be_read_again_after_half_a_minute() {
        let first = Instant::now();
        assert!(may_renew(None, first));
        assert!(!may_renew(Some(first), first));
        assert!(!may_renew(Some(first), first + Duration::from_secs(29)));
        assert!(may_renew(Some(first), first + Duration::from_secs(30)));
    }

    #[test]
    fn what_the_checks_refuse_is_told_apart_where_people_can_do_something() {
        let expired = ClaimsVerificationError::Expired("late".into());
        assert_eq!(of_claims(&expired), IdentityProblem::Clock);
        for error in [
            ClaimsVerificationError::InvalidNonce("other".into()),
            ClaimsVerificationError::InvalidAudience("other".into()),
            ClaimsVerificationError::InvalidIssuer("other".into()),
            ClaimsVerificationError::SignatureVerification(SignatureVerificationError::NoSignature),
        ] {
            assert_eq!(of_claims(&error), IdentityProblem::Unsound, "{error:?}");
        }
    }
}
