//! What a page or an act can reach: the office, the visitor, and what went wrong with the form just sent.

use axum::http::{HeaderMap, header, request::Parts};
use leptos::prelude::*;
use office::{Error, Office, Who, who::Trace};
use std::sync::{Arc, Mutex, PoisonError};

/// The cookie of a resident's session. `__Host-`: this host alone, over TLS or on this machine, whole site.
pub const RESIDENT_COOKIE: &str = "__Host-motcua";
/// The cookie of a staff session.
pub const STAFF_COOKIE: &str = "__Host-motcua-canbo";
/// The cookie of what a code of the counter was drawn from, for ten minutes.
pub const DRAW_COOKIE: &str = "__Host-motcua-phieu";
/// The cookie of a browser that has begun a sign-in through the identity provider, for as long as that may take.
pub const IDENTITY_COOKIE: &str = "__Host-motcua-dinhdanh";
/// Where a sign-in through the identity provider begins.
pub const IDENTITY_DOOR: &str = "/dang-nhap/dinh-danh";
/// Where staff sign in.
pub const STAFF_DOOR: &str = "/can-bo/dang-nhap";

/// Who came, by either door. The middleware of `server` puts it on every request.
#[derive(Clone)]
pub struct Visitor {
    pub resident: Who,
    pub staff: Who,
    pub resident_token: Option<String>,
    pub staff_token: Option<String>,
}

/// The act that was refused, to be shown on the page it came from with everything that was typed.
#[derive(Clone)]
pub struct Retry {
    /// The server function's address.
    pub act: String,
    /// The page to show again.
    pub page: String,
    typed: Arc<Vec<(String, String)>>,
    pub error: Arc<Error>,
}

/// What was typed beside a file that was sent from the same form: it stands there again, whether the file was taken or not.
#[derive(Clone)]
pub struct Beside(Arc<Vec<(String, String)>>);

/// A cell in which an act leaves what went wrong. `server` looks into it after the act.
#[derive(Clone, Default)]
pub struct Failure(Arc<Mutex<Option<Left>>>);

/// What an act that was refused leaves behind.
pub struct Left {
    pub error: Error,
    /// Somebody signed in on the way; only what came after was refused.
    pub entered: Option<Entered>,
}

/// A resident who signed in on the way to an act.
pub struct Entered {
    pub who: Who,
    pub token: String,
    /// The act that was refused after it.
    pub act: &'static str,
}

impl Failure {
    /// Leaves an error.
    pub fn leave(&self, error: Error) {
        self.put(Left { error, entered: None });
    }

    /// Leaves what went wrong.
    pub fn put(&self, left: Left) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Some(left);
    }

    /// Takes out what went wrong.
    pub fn take(&self) -> Option<Left> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).take()
    }
}

impl Retry {
    /// Whether that act was refused: `act` is its name, or the end of its address from a `/` on.
    pub fn is_of(&self, act: &str) -> bool {
        self.act.strip_suffix(act).is_some_and(|before| before.is_empty() || before.ends_with('/'))
    }

    /// From a form just posted. The page to show stands in its field `trang`.
    pub fn new(act: &str, body: &[u8], error: Error) -> Self {
        let typed: Vec<(String, String)> = parse_form(body);
        let page = typed
            .iter()
            .find(|(name, _)| name == "trang")
            .map(|(_, page)| page.clone())
            .filter(|page| is_local(page))
            .unwrap_or_else(|| "/".into());
        Self { act: act.into(), page, typed: Arc::new(typed), error: Arc::new(error) }
    }

    /// Of a page without typed text, such as an upload.
    pub fn of_page(page: &str, error: Error) -> Self {
        Self { act: "upload".into(), page: page.into(), typed: Arc::default(), error: Arc::new(error) }
    }

    /// What was typed in that field.
    pub fn typed(&self, field: &str) -> Option<String> {
        self.typed.iter().find(|(name, _)| name == field).map(|(_, value)| value.clone())
    }

    /// Everything that was typed, field by field, in the order of the form.
    pub fn typed_all(&self) -> &[(String, String)] {
        &self.typed
    }
}

impl Beside {
    /// The fields of the form, in their order.
    pub fn new(typed: Vec<(String, String)>) -> Self {
        Self(Arc::new(typed))
    }

    /// What was typed in that field.
    pub fn typed(&self, field: &str) -> Option<String> {
        self.all(field).next()
    }

    /// Everything that was sent under that name.
    pub fn all(&self, field: &str) -> impl Iterator<Item = String> {
        self.0.iter().filter(move |(name, _)| name == field).map(|(_, value)| value.clone())
    }
}

/// The office.
pub fn office() -> Office {
    expect_context::<Office>()
}

/// Who came.
pub fn visitor() -> Visitor {
    use_context::<Parts>().and_then(|parts| parts.extensions.get::<Visitor>().cloned()).unwrap_or_else(|| {
        let nobody = Who::anyone(Trace::default());
        Visitor { resident: nobody.clone(), staff: nobody, resident_token: None, staff_token: None }
    })
}

/// Who came by the residents' door.
pub fn resident() -> Who {
    visitor().resident
}

/// Who came by the staff's door.
pub fn staff() -> Who {
    visitor().staff
}

/// A cookie of the request.
pub fn cookie(name: &str) -> Option<String> {
    let parts = use_context::<Parts>()?;
    let lines = parts.headers.get_all(header::COOKIE).iter().filter_map(|line| line.to_str().ok());
    let mut pairs = lines.flat_map(|line| line.split(';')).filter_map(|pair| pair.trim().split_once('='));
    pairs.find(|(key, _)| *key == name).map(|(_, value)| value.to_string())
}

/// The address of the page that is being made, with its query.
pub fn here() -> String {
    use_context::<Parts>()
        .and_then(|parts| parts.uri.path_and_query().map(ToString::to_string))
        .unwrap_or_else(|| "/".into())
}

/// Whether the page that is being made is one of the staff's.
pub fn is_staff_page() -> bool {
    here().starts_with("/can-bo")
}

/// What went wrong with that act just now, if this page is shown because of it.
pub fn retry_of(act: &str) -> Option<Retry> {
    use_context::<Retry>().filter(|retry| retry.is_of(act))
}

/// The command of the page's one form for that act: the same again when the form was refused, so that a repeat stays
/// harmless.
pub fn command_of(act: &str) -> String {
    let again = retry_of(act).and_then(|retry| retry.typed("command"));
    again.unwrap_or_else(new_command)
}

/// A command for a form of which the page has several: two of them never share one.
pub fn new_command() -> String {
    office().new_id().to_string()
}

/// The end of every act: on success the browser is sent to `next`, otherwise the page comes again.
pub fn settle<T>(done: office::Result<T>, next: impl FnOnce(T) -> String) {
    match done {
        Ok(value) => leptos_axum::redirect(&next(value)),
        Err(error) => match use_context::<Failure>() {
            Some(failure) => failure.leave(error),
            None => leptos_axum::redirect("/"),
        },
    }
}

/// Whether an address given by a browser leads to a page of ours.
pub fn is_local(page: &str) -> bool {
    page.starts_with('/') && !page.starts_with("//") && !page.contains('\\') && !page.chars().any(char::is_control)
}

/// The page of ours that a request came from, or the front page.
pub fn local_referer(headers: &HeaderMap) -> String {
    let path = || {
        let referer = headers.get(header::REFERER)?.to_str().ok()?;
        let after_scheme = referer.split_once("://")?.1;
        let path = &after_scheme[after_scheme.find('/')?..];
        is_local(path).then(|| path.split('#').next().unwrap_or("/").to_string())
    };
    path().unwrap_or_else(|| "/".into())
}

/// Percent-encodes a text for an address or a header.
pub fn encode(text: &str) -> String {
    text.bytes()
        .map(|byte| match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'_' | b'.' | b'~' => char::from(byte).to_string(),
            _ => format!("%{byte:02X}"),
        })
        .collect()
}

/// The pairs of a form's body.
fn parse_form(body: &[u8]) -> Vec<(String, String)> {
    let decode = |part: &str| {
        let mut bytes = Vec::with_capacity(part.len());
        let mut rest = part.bytes();
        while let Some(byte) = rest.next() {
            match byte {
                b'+' => bytes.push(b' '),
                b'%' => {
                    let hex: Option<u8> = (|| {
                        let (high, low) = (rest.next()?, rest.next()?);
                        u8::from_str_radix(std::str::from_utf8(&[high, low]).ok()?, 16).ok()
                    })();
                    bytes.extend(hex);
                }
                other => bytes.push(other),
            }
        }
        String::from_utf8_lossy(&bytes).into_owned()
    };
    let text = String::from_utf8_lossy(body);
    text.split('&').filter_map(|pair| pair.split_once('=')).map(|(name, value)| (decode(name), decode(value))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_form_that_was_refused_keeps_every_letter() {
        let retry = Retry::new(
            "/api/x",
            "trang=%2Fdang-ky&name=%C4%90%E1%BB%97+Th%E1%BB%8B&a%5Bb%5D=1%2B1".as_bytes(),
            Error::NotFound,
        );
        assert_eq!(retry.page, "/dang-ky");
        assert_eq!(retry.typed("name").as_deref(), Some("Đỗ Thị"));
        assert_eq!(retry.typed("a[b]").as_deref(), Some("1+1"));
    }

    #[test]
    fn only_pages_of_ours_are_shown_again() {
        for page in ["https://a.example/", "//a.example", "/\\a.example", "x"] {
            assert!(!is_local(page), "{page}");
        }
        assert!(is_local("/ho-so?a=b"));
    }
}
