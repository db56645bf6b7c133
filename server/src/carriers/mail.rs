//! Letters by SMTP (RFC 5321), over TLS unless the server is on this machine.

use super::PATIENCE;
use anyhow::{Context, Result, bail};
use lettre::{
    AsyncSmtpTransport, AsyncTransport, Message, Tokio1Executor,
    address::Address,
    message::{Mailbox, header},
    transport::smtp::{authentication::Credentials, response::Code},
};
use office::{
    blobs::Secret,
    messages::{Carried, Carrier, Carrying, Letter},
};

/// Where letters are handed in, and in whose name.
#[derive(Debug, Clone)]
pub struct MailSettings {
    /// `smtps://host`, `smtp://host:587?tls=required`; `smtp://127.0.0.1:25` on this machine alone.
    pub address: String,
    /// `Một Cửa xã Đồng Xuân <motcua@dongxuan.example>`.
    pub from: String,
    pub user: Option<Secret>,
    pub password: Option<Secret>,
}

/// A mail server. Each letter has a connection of its own.
pub struct Mail {
    transport: AsyncSmtpTransport<Tokio1Executor>,
    from: Mailbox,
}

/// Says to other programs that nobody typed this letter, so that none answers it (RFC 3834).
#[derive(Clone)]
struct AutoSubmitted;

impl header::Header for AutoSubmitted {
    fn name() -> header::HeaderName {
        header::HeaderName::new_from_ascii_str("Auto-Submitted")
    }

    fn parse(_: &str) -> std::result::Result<Self, Box<dyn std::error::Error + Send + Sync>> {
        Ok(Self)
    }

    fn display(&self) -> header::HeaderValue {
        header::HeaderValue::new(Self::name(), "auto-generated".into())
    }
}

impl Mail {
    /// Makes ready to hand letters in; nothing is asked of the server yet.
    ///
    /// # Errors
    /// When the address, the name or the keys cannot be those of a mail server. The error never holds a key.
    pub fn at(settings: &MailSettings) -> Result<Self> {
        let _ = rustls::crypto::ring::default_provider().install_default();
        let address = &settings.address;
        // Keys stand in the environment alone, so that no file of settings and no error holds them.
        if address.contains('@') {
            bail!("MOTCUA_MAIL (mail): user and password belong in MOTCUA_MAIL_USER and MOTCUA_MAIL_PASSWORD");
        }
        let wrong = || "MOTCUA_MAIL (mail): not an address such as smtps://mail.example";
        let over_tls =
            address.starts_with("smtps://") || (address.starts_with("smtp://") && address.ends_with("?tls=required"));
        let host = address.split("://").nth(1).with_context(wrong)?.split(['/', '?']).next().unwrap_or_default();
        let host = host.rsplit_once(':').filter(|(_, port)| port.parse::<u16>().is_ok()).map_or(host, |(host, _)| host);
        if !over_tls && !matches!(host, "127.0.0.1" | "[::1]" | "localhost") {
            bail!(
                "MOTCUA_MAIL (mail): without TLS letters go to this machine alone: write smtps://{host} or ?tls=required"
            );
        }
        let builder = AsyncSmtpTransport::<Tokio1Executor>::from_url(address).ok().with_context(wrong)?;
        let mut builder = builder.timeout(Some(PATIENCE));
        match (&settings.user, &settings.password) {
            (Some(user), Some(password)) => {
                builder = builder.credentials(Credentials::new(user.word().into(), password.word().into()));
            }
            (None, None) => {}
            _ => bail!("MOTCUA_MAIL_USER and MOTCUA_MAIL_PASSWORD are set together or not at all"),
        }
        let from = settings.from.parse().ok().with_context(|| {
            format!(
                "MOTCUA_MAIL_FROM (mail_from): \"{}\" is not an address such as Một Cửa <motcua@xa.example>",
                settings.from
            )
        })?;
        Ok(Self { transport: builder.build(), from })
    }

    /// Whether the server answers and lets us in; nothing is sent.
    pub async fn check(&self) -> Result<()> {
        match tokio::time::timeout(PATIENCE, self.transport.test_connection()).await {
            Ok(Ok(true)) => Ok(()),
            Ok(Ok(false)) => bail!("the mail server closed the connection"),
            Ok(Err(error)) => bail!("the mail server does not let us in: {}", problem_of(&error)),
            Err(_) => bail!("the mail server does not answer"),
        }
    }

    fn message(&self, letter: &Letter, to: Address) -> Result<Message, lettre::error::Error> {
        let host = self.from.email.domain();
        Message::builder()
            // The same at every try: a mail server that has it already may know it again.
            .message_id(Some(format!("<{}@{host}>", letter.id)))
            .from(self.from.clone())
            .to(Mailbox::new(None, to))
            .subject(letter.subject.clone())
            .header(AutoSubmitted)
            .header(header::ContentType::TEXT_PLAIN)
            .body(letter.body.clone())
    }
}

impl Carrier for Mail {
    fn carry<'a>(&'a self, letter: &'a Letter) -> Carrying<'a> {
        Box::pin(async move {
            let Ok(to) = letter.to.parse::<Address>() else { return Carried::Refused("address".into()) };
            let Ok(message) = self.message(letter, to) else { return Carried::Refused("letter".into()) };
            match self.transport.send(message).await {
                Ok(_) => Carried::Taken,
                Err(error) if error.status().is_some_and(is_final) => Carried::Refused(problem_of(&error)),
                Err(error) => Carried::Trouble(problem_of(&error)),
            }
        })
    }
}

/// Whether an answer is about this letter and stands for good (RFC 5321, 4.2.1). What the server says of our own keys or
/// of the connection (RFC 4954, 6; RFC 5321: 500 to 504) is mended at our end, and the letter waits for that.
fn is_final(code: Code) -> bool {
    let code = u16::from(code);
    (550..=559).contains(&code) && code != 555
}

/// A key for what happened: the server's own words may hold the address.
fn problem_of(error: &lettre::transport::smtp::Error) -> String {
    match error.status() {
        Some(code) => format!("smtp_{}", u16::from(code)),
        None if error.is_timeout() => "timeout".into(),
        None if error.is_tls() => "tls".into(),
        None => "connection".into(),
    }
}
