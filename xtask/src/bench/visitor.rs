//! A plain client of the site: enough of HTTP to sign in by the forms and begin an application.

use std::io::{Read as _, Write as _};
use std::net::TcpStream;

use anyhow::{Context as _, Result, bail};

/// A resident of the demonstration, and the password of every demonstration account.
const RESIDENT: (&str, &str) = ("998091112648", "motcua-demo-2026");
/// The procedure whose first topic is measured.
const PROCEDURE: &str = "1.001193";
/// The id of the form that begins the application: it is sent once.
const COMMAND: &str = "00000000-0000-7000-8000-000000000001";

/// What came back.
pub struct Answer {
    pub status: u16,
    headers: Vec<(String, String)>,
    body: String,
}

impl Answer {
    fn parse(bytes: &[u8]) -> Option<Answer> {
        let text = String::from_utf8_lossy(bytes);
        let (head, body) = text.split_once("\r\n\r\n")?;
        let mut lines = head.lines();
        let status = lines.next()?.split(' ').nth(1)?.parse().ok()?;
        let headers = lines.filter_map(|line| line.split_once(':'));
        let headers = headers.map(|(name, value)| (name.to_ascii_lowercase(), value.trim().to_owned())).collect();
        Some(Answer { status, headers, body: body.to_owned() })
    }

    fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(it, _)| it == name).map(|(_, value)| value.as_str())
    }
}

/// Asks once on a connection of its own. `form` makes it a POST.
///
/// # Errors
/// When nothing that reads as HTTP comes back.
pub fn ask(address: &str, path: &str, cookie: Option<&str>, form: Option<&[(&str, &str)]>) -> Result<Answer> {
    let mut stream = TcpStream::connect(address)?;
    let cookie = cookie.map(|cookie| format!("Cookie: {cookie}\r\n")).unwrap_or_default();
    let head = format!("Host: {address}\r\nConnection: close\r\n{cookie}");
    let request = match form {
        None => format!("GET {path} HTTP/1.1\r\n{head}\r\n"),
        Some(form) => {
            let body = form.iter().map(|(name, value)| format!("{name}={}", encoded(value))).collect::<Vec<_>>();
            let body = body.join("&");
            let length = body.len();
            format!(
                "POST {path} HTTP/1.1\r\n{head}Origin: http://{address}\r\n\
                 Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {length}\r\n\r\n{body}"
            )
        }
    };
    stream.write_all(request.as_bytes())?;
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer)?;
    Answer::parse(&answer).with_context(|| format!("no answer to {path}"))
}

/// Signs a resident in and begins an application. Gives the address of its first topic and the cookie to ask with.
///
/// # Errors
/// When the site does not go along, with what it answered.
pub fn begin_application(address: &str) -> Result<(String, String)> {
    let credentials = [("citizen_id", RESIDENT.0), ("password", RESIDENT.1)];
    let signed_in = ask(address, "/api/app/acts/sessions/sign_in", None, Some(&credentials))?;
    let cookie = signed_in.header("set-cookie").and_then(|it| it.split(';').next());
    let Some(cookie) = cookie.map(str::to_owned) else { bail!("signing in answered {}", signed_in.status) };

    let start = ask(address, &format!("/nop-ho-so/{PROCEDURE}"), Some(&cookie), None)?;
    let office = office_of(&start.body).with_context(|| format!("no office takes {PROCEDURE}"))?;
    let choice = [("code", PROCEDURE), ("office_id", office), ("command", COMMAND)];
    let started = ask(address, "/api/app/acts/drafts/start_draft", Some(&cookie), Some(&choice))?;
    let Some(draft) = started.header("location") else { bail!("beginning answered {}", started.status) };

    let tasks = ask(address, draft, Some(&cookie), None)?;
    let topic = first_topic(&tasks.body, draft).with_context(|| format!("{draft} lists no topic"))?;
    Ok((topic.to_owned(), cookie))
}

/// The first office that the form of the start page offers.
fn office_of(page: &str) -> Option<&str> {
    let inputs = page.split("<input").filter(|input| {
        let end = input.find('>').unwrap_or(input.len());
        input[..end].contains("name=\"office_id\"")
    });
    inputs.filter_map(|input| input.split_once("value=\"")?.1.split('"').next()).next()
}

/// The address of the first topic in a list of tasks.
fn first_topic<'a>(page: &'a str, draft: &str) -> Option<&'a str> {
    let start = page.find(&format!("{draft}/muc/"))?;
    page[start..].split(['"', '?', '#']).next()
}

fn encoded(value: &str) -> String {
    value.bytes().fold(String::new(), |mut text, byte| {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            text.push(char::from(byte));
        } else {
            text += &format!("%{byte:02X}");
        }
        text
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_is_read_with_its_headers_whatever_their_case() {
        let answer = Answer::parse(b"HTTP/1.1 303 See Other\r\nLocation: /ban-nhap/7\r\n\r\nbody").unwrap();
        assert_eq!((answer.status, answer.header("location")), (303, Some("/ban-nhap/7")));
        assert!(Answer::parse(b"SSH-2.0-Open").is_none());
    }

    #[test]
    fn the_offices_and_the_topics_of_a_page_are_found() {
        let page = r#"<input type="hidden" name="code" value="1"><input id="o" name="office_id" value="42">"#;
        assert_eq!(office_of(page), Some("42"));
        let page = r#"<a href="/ban-nhap/7/muc/nguoi_khai">"#;
        assert_eq!(first_topic(page, "/ban-nhap/7"), Some("/ban-nhap/7/muc/nguoi_khai"));
    }

    #[test]
    fn a_value_is_encoded_as_a_form_does() {
        assert_eq!(encoded("a b&ă"), "a%20b%26%C4%83");
    }
}
