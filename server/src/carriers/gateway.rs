//! Short messages by a gateway that is asked over HTTP. Every gateway has its own shape: which address, which body, and
//! what in its answer means that it took the message, are settings.

use super::PATIENCE;
use anyhow::{Context, Result, bail};
use domain::person::Phone;
use office::{
    blobs::Secret,
    messages::{Carried, Carrier, Carrying, Letter},
};
use reqwest::{
    Client, Method, StatusCode, Url,
    header::{CONTENT_TYPE, HeaderName, HeaderValue},
    redirect::Policy,
};

/// How a gateway wants to be asked. `{to}`, `{text}`, `{id}` and `{secret}` are filled in, each as its place asks.
#[derive(Debug, Clone)]
pub struct GatewaySettings {
    /// `https://sms.example/send`; over plain HTTP on this machine alone.
    pub address: String,
    /// `POST` or `GET`.
    pub method: String,
    /// The header that holds the secret, such as `Authorization`; empty when none does.
    pub header: String,
    /// What stands before the secret there, such as `Bearer `.
    pub header_prefix: String,
    pub secret: Option<Secret>,
    /// `application/json`, `application/x-www-form-urlencoded`, `text/xml`, or another.
    pub content_type: String,
    /// `{"to":"{to}","text":"{text}"}`.
    pub body: String,
    /// What stands in an answer of 2xx that took the message; empty when every such answer did.
    pub accepted: String,
    /// What stands in an answer that refuses the message for good; empty when none says so.
    pub rejected: String,
    pub number: NumberForm,
}

/// How the gateway writes telephone numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NumberForm {
    /// `0905123456`.
    National,
    /// `84905123456`.
    Country,
    /// `+84905123456`.
    Plus,
}

impl NumberForm {
    /// By the front of the number: `0`, `84` or `+84`.
    pub fn from_key(key: &str) -> Option<Self> {
        Some(match key {
            "0" => Self::National,
            "84" => Self::Country,
            "+84" => Self::Plus,
            _ => return None,
        })
    }

    fn write(self, phone: &Phone) -> String {
        match self {
            Self::National => phone.national(),
            Self::Country => phone.as_str().trim_start_matches('+').into(),
            Self::Plus => phone.as_str().into(),
        }
    }
}

/// A gateway of short messages.
pub struct Gateway {
    client: Client,
    settings: GatewaySettings,
    method: Method,
    header: Option<(HeaderName, HeaderValue)>,
}

/// So much of an answer is read to look for what it means.
const ANSWER_BYTES: usize = 64 * 1024;

impl Gateway {
    /// Makes ready to ask; nothing is asked yet.
    ///
    /// # Errors
    /// When the settings cannot be those of a gateway. The error never holds the secret.
    pub fn at(settings: &GatewaySettings) -> Result<Self> {
        let _ = rustls::crypto::ring::default_provider().install_default();
        let wrong = || "MOTCUA_SMS (sms): not an address such as https://sms.example/send";
        // Filled in with something harmless: a template need not be an address as it stands.
        let url = settings.address.replace(['{', '}'], "");
        let url = Url::parse(&url).ok().filter(|url| url.has_host()).with_context(wrong)?;
        let is_here = matches!(url.host_str(), Some("127.0.0.1" | "[::1]" | "localhost"));
        match url.scheme() {
            "https" => {}
            "http" if is_here => {}
            "http" => bail!("MOTCUA_SMS (sms): telephone numbers go over https, or to this machine alone"),
            _ => bail!(wrong()),
        }
        let method = match settings.method.as_str() {
            "POST" => Method::POST,
            "GET" => Method::GET,
            other => bail!("MOTCUA_SMS_METHOD (sms_method): \"{other}\" is neither POST nor GET"),
        };
        let everything = format!("{}{}", settings.address, settings.body);
        if !everything.contains("{to}") || !everything.contains("{text}") {
            bail!("MOTCUA_SMS_BODY (sms_body): {{to}} and {{text}} have to stand in the body or in the address");
        }
        let header = match (settings.header.as_str(), &settings.secret) {
            ("", _) => None,
            (_, None) => bail!("MOTCUA_SMS_HEADER (sms_header): the header needs MOTCUA_SMS_SECRET in the environment"),
            (name, Some(secret)) => {
                let name: HeaderName = name
                    .parse()
                    .ok()
                    .with_context(|| format!("MOTCUA_SMS_HEADER (sms_header): \"{name}\" is no name of a header"))?;
                let value = format!("{}{}", settings.header_prefix, secret.word());
                let mut value: HeaderValue =
                    value.parse().ok().context("MOTCUA_SMS_SECRET: cannot stand in a header")?;
                value.set_sensitive(true);
                Some((name, value))
            }
        };
        let client = Client::builder()
            .timeout(PATIENCE)
            // An answer that leads elsewhere would carry number and words to a place nobody chose.
            .redirect(Policy::none())
            .build()
            .context("MOTCUA_SMS (sms): cannot be asked")?;
        Ok(Self { client, settings: settings.clone(), method, header })
    }

    /// Whether the gateway's machine can be reached; nothing is sent.
    pub async fn check(&self) -> Result<()> {
        let url = Url::parse(&self.settings.address.replace(['{', '}'], "")).context("an address")?;
        let host = url.host_str().unwrap_or_default().trim_matches(['[', ']']).to_owned();
        let port = url.port_or_known_default().unwrap_or(443);
        match tokio::time::timeout(PATIENCE, tokio::net::TcpStream::connect((host, port))).await {
            Ok(Ok(_)) => Ok(()),
            Ok(Err(error)) => bail!("the gateway cannot be reached: {}", error.kind()),
            Err(_) => bail!("the gateway does not answer"),
        }
    }

    fn filled(&self, template: &str, escape: fn(&str) -> String, letter: &Letter, to: &str) -> String {
        let secret = self.settings.secret.as_ref().map_or("", Secret::word);
        let blanks = [("to", to), ("text", &letter.body), ("id", &letter.id.to_string()), ("secret", secret)];
        let mut filled = String::with_capacity(template.len() + letter.body.len());
        let mut rest = template;
        // In one walk: what was filled in is never read as a blank again.
        while let Some(start) = rest.find('{') {
            filled.push_str(&rest[..start]);
            rest = &rest[start..];
            let blank = blanks.iter().find(|(name, _)| rest[1..].starts_with(&format!("{name}}}")));
            match blank {
                Some((name, value)) => {
                    filled.push_str(&escape(value));
                    rest = &rest[name.len() + 2..];
                }
                None => {
                    filled.push('{');
                    rest = &rest[1..];
                }
            }
        }
        filled + rest
    }

    async fn ask(&self, letter: &Letter, to: &str) -> Result<(StatusCode, String), reqwest::Error> {
        let url = self.filled(&self.settings.address, in_address, letter, to);
        let mut request = self.client.request(self.method.clone(), url);
        if let Some((name, value)) = &self.header {
            request = request.header(name, value);
        }
        if self.method == Method::POST {
            let kind = self.settings.content_type.as_str();
            let escape = match kind.split(';').next().unwrap_or_default().trim() {
                "application/json" => in_json,
                "application/x-www-form-urlencoded" => in_address,
                kind if kind.ends_with("xml") => in_xml,
                _ => str::to_owned,
            };
            request = request.header(CONTENT_TYPE, kind).body(self.filled(&self.settings.body, escape, letter, to));
        }
        let mut answer = request.send().await?;
        let status = answer.status();
        let mut text = Vec::new();
        while let Some(part) = answer.chunk().await? {
            text.extend_from_slice(&part);
            if text.len() > ANSWER_BYTES {
                break;
            }
        }
        Ok((status, String::from_utf8_lossy(&text).into_owned()))
    }
}

impl Carrier for Gateway {
    fn carry<'a>(&'a self, letter: &'a Letter) -> Carrying<'a> {
        Box::pin(async move {
            let Ok(phone) = Phone::parse(&letter.to) else { return Carried::Refused("address".into()) };
            let to = self.settings.number.write(&phone);
            match self.ask(letter, &to).await {
                Ok((status, text)) => self.read(status, &text),
                Err(error) if error.is_timeout() => Carried::Trouble("timeout".into()),
                Err(_) => Carried::Trouble("connection".into()),
            }
        })
    }
}

impl Gateway {
    /// What an answer means. A wrong key, an address that is not there and the like are mended at our end: the message
    /// waits for that.
    fn read(&self, status: StatusCode, text: &str) -> Carried {
        let GatewaySettings { accepted, rejected, .. } = &self.settings;
        let says = |what: &str| !what.is_empty() && text.contains(what);
        if says(rejected) {
            return Carried::Refused("gateway_rejected".into());
        }
        if status.is_success() {
            if accepted.is_empty() || says(accepted) {
                return Carried::Taken;
            }
            // Neither one nor the other: nobody knows what this gateway says today.
            return Carried::Trouble("gateway_unclear".into());
        }
        let problem = format!("http_{}", status.as_u16());
        match status {
            StatusCode::BAD_REQUEST | StatusCode::UNPROCESSABLE_ENTITY if rejected.is_empty() => {
                Carried::Refused(problem)
            }
            _ => Carried::Trouble(problem),
        }
    }
}

/// As it stands between the quotes of a JSON text.
fn in_json(text: &str) -> String {
    let quoted = serde_json::Value::from(text).to_string();
    quoted[1..quoted.len() - 1].to_owned()
}

/// As it stands in an address or in a form.
fn in_address(text: &str) -> String {
    let mut written = String::with_capacity(text.len() * 3);
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            written.push(char::from(byte));
        } else {
            written.push_str(&format!("%{byte:02X}"));
        }
    }
    written
}

/// As it stands in the text of an XML document.
fn in_xml(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;").replace('\'', "&apos;")
}
