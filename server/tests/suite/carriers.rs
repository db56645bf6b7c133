//! Letters to a real mail server, our own ones from the act to the mailbox, and short messages to a gateway of this
//! process: what each answer means, and that words arrive as they were written.
// long because every answer of every carrier is told once.

use super::{
    house::House,
    my_data::{filed, resident_of},
};
use axum::{
    Router,
    body::Bytes,
    extract::State,
    http::{HeaderMap, StatusCode, Uri},
    response::{IntoResponse, Response},
    routing::any,
};
use domain::{dossier::SupplementItem, message::Means, question::Typed, role::Role};
use office::{
    Uuid,
    act::Command as Pressed,
    blobs::Secret,
    dossiers::Request,
    messages::{Carried, Carrier, Choosing, Letter},
};
use serde_json::Value;
use server::carriers::{Folder, Gateway, GatewaySettings, Mail, MailSettings, NumberForm};
use std::{
    collections::VecDeque,
    io::{BufRead, BufReader},
    path::Path,
    process::{Child, Command, Stdio},
    sync::{Arc, Mutex},
};

/// The Python that has the mail server.
const SMTP: &str = "MOTCUA_TEST_SMTP";
/// Set to 1, what needs a server of its own is left out instead of failing.
const QUICK: &str = "MOTCUA_TEST_ONLY_SQLITE";

fn letter(to: &str) -> Letter {
    Letter {
        id: Uuid::from_u128(7),
        to: to.into(),
        subject: "Hồ sơ H15.50.05.13-261123-0007: đã có kết quả".into(),
        body:
            "UBND xã Đồng Xuân thông báo:\n\nHồ sơ đã có kết quả. H'Ƀlŭ Ksơr Niê.\n.\nXem: https://motcua.example/ho-so"
                .into(),
    }
}

/// A mail server for one test.
struct Smtp {
    process: Child,
    port: u16,
    folder: tempfile::TempDir,
}

impl Smtp {
    fn start() -> Option<Self> {
        Self::start_at(0)
    }

    /// At that port; at any when it is 0.
    fn start_at(port: u16) -> Option<Self> {
        let Some(python) = std::env::var(SMTP).ok().filter(|python| !python.is_empty()) else {
            assert!(
                std::env::var(QUICK).is_ok_and(|quick| quick == "1"),
                "{SMTP} names no Python with a mail server; `cargo xtask test` brings one"
            );
            return None;
        };
        let folder = tempfile::tempdir().expect("a folder");
        let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/peers/smtp.py");
        let mut process = Command::new(python)
            .arg(script)
            .arg(folder.path())
            .arg(port.to_string())
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("a mail server");
        let mut line = String::new();
        BufReader::new(process.stdout.as_mut().expect("its words")).read_line(&mut line).expect("its port");
        let port = line.trim().parse().expect("a port");
        Some(Self { process, port, folder })
    }

    /// It is gone at once, with every connection.
    fn cut(mut self) {
        self.process.kill().expect("a process that runs");
    }

    fn carrier(&self) -> Mail {
        mail(&format!("smtp://127.0.0.1:{}", self.port)).expect("a carrier")
    }

    /// What it took for that address at that try.
    fn took(&self, to: &str, tries: u32) -> Option<Value> {
        let text = std::fs::read_to_string(self.folder.path().join(format!("{to}-{tries}.json"))).ok()?;
        Some(serde_json::from_str(&text).expect("a letter"))
    }
}

impl Drop for Smtp {
    fn drop(&mut self) {
        drop(self.process.stdin.take());
        let _ = self.process.wait();
    }
}

fn mail(address: &str) -> anyhow::Result<Mail> {
    Mail::at(&MailSettings {
        address: address.into(),
        from: "Một Cửa xã Đồng Xuân <motcua@dongxuan.example>".into(),
        user: None,
        password: None,
    })
}

#[tokio::test]
async fn a_letter_arrives_as_it_was_written() {
    let Some(smtp) = Smtp::start() else { return };
    let carrier = smtp.carrier();
    carrier.check().await.expect("the server lets us in");
    let sent = letter("taken@example.vn");
    assert_eq!(carrier.carry(&sent).await, Carried::Taken);
    let took = smtp.took("taken@example.vn", 1).expect("a letter");
    assert_eq!(took["subject"], sent.subject);
    let body = took["body"].as_str().expect("words").replace("\r\n", "\n");
    assert_eq!(body.trim_end(), sent.body);
    assert_eq!(took["to"], "taken@example.vn");
    assert!(took["from"].as_str().expect("a sender").contains("Một Cửa xã Đồng Xuân"), "{}", took["from"]);
    assert_eq!(took["id"], "<00000000-0000-0000-0000-000000000007@dongxuan.example>");
    assert_eq!(took["auto"], "auto-generated");
}

#[tokio::test]
async fn what_happens_to_a_dossier_arrives_as_our_own_letter_also_after_an_hour_without_the_mail_server() {
    let Some(smtp) = Smtp::start() else { return };
    let (to, number, port) = ("taken@example.vn", "054090004321", smtp.port);
    let carrier = smtp.carrier();
    let house = House::open_telling().await;
    let office = &house.office;
    let send = async || office.send_due_messages(Means::Email, &carrier, || false).await.expect("a round");
    let cookie = house.sign_up(number).await;
    let resident = resident_of(&house, &cookie).await;
    let choosing = Choosing {
        means: Means::Email.key().into(),
        email: to.into(),
        phone: String::new(),
        quiet_from: "21:00".into(),
        quiet_to: "06:30".into(),
    };
    office.choose_messages(&resident, choosing, office.new_id()).await.expect("chosen");
    assert_eq!(send().await, 1);
    let took = smtp.took(to, 1).expect("the letter with the code");
    let words = took["body"].as_str().expect("words");
    let code: String = words.split("thư này là ").nth(1).expect("a code").chars().take(6).collect();
    office.confirm_message_address(&resident, &code, office.new_id()).await.expect("proven");

    let id = filed(&house, &cookie, number).await;
    let clerk = house.who(&house.staff(Role::Reception).await).await;
    let director = house.who(&house.staff(Role::CentreDirector).await).await;
    let row = async || office.dossier(&clerk, id).await.expect("a dossier").row;
    let pressed = async || Pressed { id: office.new_id(), seen: row().await.version };
    office.accept_dossier(&clerk, id, None, pressed().await).await.expect("accepted");
    // For an hour nobody listens there.
    smtp.cut();
    for _ in 0..60 {
        assert_eq!(send().await, 0);
        house.clock.set(house.clock.now().plus_ms(60_000));
    }
    let smtp = Smtp::start_at(port).expect("a mail server");
    house.clock.set(house.clock.now().plus_ms(3_600_000));
    assert_eq!((send().await, send().await), (1, 0), "once");
    let item = SupplementItem { path_or_paper: String::new(), what: "Đơn".into(), why: "Chưa ký".into() };
    let request = Request { items: vec![item], reason: "Bổ sung".into(), basis: "Điều 9".into() };
    office.ask_supplement(&clerk, id, request, pressed().await).await.expect("asked");
    assert_eq!(send().await, 1);
    office.answer_supplement(&clerk, id, Typed::new(), pressed().await).await.expect("answered");
    assert_eq!(send().await, 1);
    office.finish_at_once(&director, id, pressed().await).await.expect("finished");
    assert_eq!(send().await, 1);

    let row = row().await;
    let code = row.code.as_deref().expect("a code");
    let news = ["đã tiếp nhận", "cần bổ sung giấy tờ", "đã nhận phần bổ sung", "đã có kết quả"];
    for (place, news) in (1..).zip(news) {
        let took = smtp.took(to, place).unwrap_or_else(|| panic!("no letter says {news}"));
        assert_eq!(took["subject"], format!("Hồ sơ {code}: {news}"));
        let body = took["body"].as_str().expect("words");
        for said in ["UBND xã Đồng Xuân", code, "/ho-so", "Cán bộ không hỏi mật khẩu"] {
            assert!(body.contains(said), "{news} lacks {said}: {body}");
        }
        // Neither whose it is nor what it is about.
        let letter = took.to_string();
        for kept in ["Ksor", number, &row.procedure_name, &row.procedure_code, "Chưa ký"] {
            assert!(!letter.contains(kept), "{news} tells {kept}: {letter}");
        }
    }
    assert!(smtp.took(to, 5).is_none(), "and nothing more");
}

#[tokio::test]
async fn a_letter_that_is_put_off_is_trouble_and_one_that_is_refused_is_final() {
    let Some(smtp) = Smtp::start() else { return };
    let carrier = smtp.carrier();
    for _ in 0..2 {
        assert_eq!(carrier.carry(&letter("later-2@example.vn")).await, Carried::Trouble("smtp_451".into()));
    }
    assert_eq!(carrier.carry(&letter("later-2@example.vn")).await, Carried::Taken);
    assert!(smtp.took("later-2@example.vn", 3).is_some());
    assert_eq!(carrier.carry(&letter("never@example.vn")).await, Carried::Refused("smtp_550".into()));
    // A wrong key of ours is no fault of the address.
    assert_eq!(carrier.carry(&letter("auth@example.vn")).await, Carried::Trouble("smtp_530".into()));
    assert_eq!(carrier.carry(&letter("no address")).await, Carried::Refused("address".into()));
    // And the connection still serves.
    assert_eq!(carrier.carry(&letter("taken@example.vn")).await, Carried::Taken);
}

#[tokio::test]
async fn a_connection_that_breaks_after_the_letter_is_trouble_and_the_next_try_bears_the_same_name() {
    let Some(smtp) = Smtp::start() else { return };
    let carrier = smtp.carrier();
    let first = carrier.carry(&letter("cut-1@example.vn")).await;
    assert!(matches!(first, Carried::Trouble(_)), "{first:?}");
    assert_eq!(carrier.carry(&letter("cut-1@example.vn")).await, Carried::Taken);
    let took = smtp.took("cut-1@example.vn", 2).expect("a letter");
    assert_eq!(took["id"], "<00000000-0000-0000-0000-000000000007@dongxuan.example>");
}

#[tokio::test]
async fn without_a_mail_server_a_letter_waits() {
    // A port that nobody listens at.
    let port = std::net::TcpListener::bind("127.0.0.1:0").and_then(|at| at.local_addr()).expect("a port").port();
    let carrier = mail(&format!("smtp://127.0.0.1:{port}")).expect("a carrier");
    assert_eq!(carrier.carry(&letter("taken@example.vn")).await, Carried::Trouble("connection".into()));
    assert!(carrier.check().await.is_err());
}

#[test]
fn letters_leave_the_machine_over_tls_alone_and_keys_stand_in_no_address() {
    for wrong in [
        "smtp://mail.example",
        "SMTP://mail.example",
        "smtp://mail.example#tls=required",
        "smtp://mail.example:587",
        "http://mail.example",
        "mail.example",
        "smtp://a:b@127.0.0.1",
    ] {
        let Err(error) = mail(wrong) else { panic!("{wrong} was taken") };
        assert!(!format!("{error:#}").contains("a:b"), "{error:#}");
    }
    for right in ["smtps://mail.example", "smtp://mail.example:587?tls=required", "smtp://127.0.0.1:2525"] {
        mail(right).unwrap_or_else(|error| panic!("{right}: {error:#}"));
    }
}

/// What the gateway of a test was asked.
#[derive(Debug, Clone)]
struct Asked {
    uri: Uri,
    headers: HeaderMap,
    body: String,
}

/// An answer with its status and body, or none at all.
type ToSay = Option<(u16, &'static str)>;

/// A gateway of short messages in this process: it answers what it is told to, in turn; `None` never answers.
#[derive(Clone, Default)]
struct Peer {
    answers: Arc<Mutex<VecDeque<ToSay>>>,
    asked: Arc<Mutex<Vec<Asked>>>,
}

impl Peer {
    async fn start(answers: impl IntoIterator<Item = Option<(u16, &'static str)>>) -> (Self, String) {
        let peer = Self { answers: Arc::new(Mutex::new(answers.into_iter().collect())), ..Self::default() };
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let address = format!("http://{}", listener.local_addr().expect("an address"));
        let router = Router::new().fallback(any(answer)).with_state(peer.clone());
        tokio::spawn(async move { axum::serve(listener, router).await });
        (peer, address)
    }

    fn asked(&self) -> Vec<Asked> {
        self.asked.lock().expect("what was asked").clone()
    }
}

async fn answer(State(peer): State<Peer>, uri: Uri, headers: HeaderMap, body: Bytes) -> Response {
    let body = String::from_utf8(body.to_vec()).expect("words");
    peer.asked.lock().expect("what was asked").push(Asked { uri, headers, body });
    let next = peer.answers.lock().expect("answers").pop_front().expect("an answer for everything");
    match next {
        Some((status, words)) => (StatusCode::from_u16(status).expect("a status"), words).into_response(),
        None => std::future::pending().await,
    }
}

fn settings(address: &str) -> GatewaySettings {
    GatewaySettings {
        address: format!("{address}/send"),
        method: "POST".into(),
        header: "Authorization".into(),
        header_prefix: "Bearer ".into(),
        secret: Some(Secret::new("bi-mat-42".into())),
        content_type: "application/json".into(),
        body: r#"{"to":"{to}","text":"{text}","ref":"{id}"}"#.into(),
        accepted: r#""status":"ok""#.into(),
        rejected: r#""status":"rejected""#.into(),
        number: NumberForm::Country,
    }
}

fn short(text: &str) -> Letter {
    Letter { id: Uuid::from_u128(7), to: "+84905123456".into(), subject: String::new(), body: text.into() }
}

#[tokio::test]
async fn a_gateway_is_asked_in_its_own_shape_and_words_cannot_break_out_of_it() {
    let nasty = "Hồ sơ \"...0007\" đã có\nkết quả {to} & <b> 100% \\";
    let (peer, address) = Peer::start(std::iter::repeat_n(Some((200, r#"{"status":"ok"}"#)), 4)).await;
    let json = Gateway::at(&settings(&address)).expect("a gateway");
    assert_eq!(json.carry(&short(nasty)).await, Carried::Taken);
    let form = GatewaySettings {
        content_type: "application/x-www-form-urlencoded".into(),
        body: "to={to}&text={text}&key={secret}".into(),
        number: NumberForm::National,
        header: String::new(),
        ..settings(&address)
    };
    assert_eq!(Gateway::at(&form).expect("a gateway").carry(&short(nasty)).await, Carried::Taken);
    let get = GatewaySettings {
        method: "GET".into(),
        address: format!("{address}/send?to={{to}}&text={{text}}"),
        body: String::new(),
        number: NumberForm::Plus,
        ..settings(&address)
    };
    assert_eq!(Gateway::at(&get).expect("a gateway").carry(&short(nasty)).await, Carried::Taken);
    let xml = GatewaySettings {
        content_type: "text/xml; charset=utf-8".into(),
        body: "<sms><to>{to}</to><text>{text}</text></sms>".into(),
        ..settings(&address)
    };
    assert_eq!(Gateway::at(&xml).expect("a gateway").carry(&short(nasty)).await, Carried::Taken);

    let asked = peer.asked();
    let sent: Value = serde_json::from_str(&asked[0].body).expect("JSON");
    assert_eq!((sent["to"].as_str(), sent["text"].as_str()), (Some("84905123456"), Some(nasty)));
    assert_eq!(sent["ref"], "00000000-0000-0000-0000-000000000007");
    assert_eq!(asked[0].headers["authorization"], "Bearer bi-mat-42");
    assert_eq!(asked[0].headers["content-type"], "application/json");
    let read = |pairs: &str| -> Vec<(String, String)> {
        let decode = |text: &str| {
            let bytes = text.split('%').enumerate().flat_map(|(number, part)| match number {
                0 => part.as_bytes().to_vec(),
                _ => [&[u8::from_str_radix(&part[..2], 16).expect("a byte")], &part.as_bytes()[2..]].concat(),
            });
            String::from_utf8(bytes.collect()).expect("words")
        };
        pairs
            .split('&')
            .filter_map(|pair| pair.split_once('='))
            .map(|(name, value)| (decode(name), decode(value)))
            .collect()
    };
    let pair = |name: &str, value: &str| (name.to_string(), value.to_string());
    assert_eq!(read(&asked[1].body), [pair("to", "0905123456"), pair("text", nasty), pair("key", "bi-mat-42")]);
    assert!(!asked[1].headers.contains_key("authorization"));
    let query = asked[2].uri.query().expect("a query");
    assert_eq!(read(query), [pair("to", "+84905123456"), pair("text", nasty)]);
    assert!(asked[3].body.contains("&amp; &lt;b&gt; 100% \\</text>"), "{}", asked[3].body);
}

#[tokio::test]
async fn what_a_gateway_answers_is_taken_for_what_it_means() {
    let cases = [
        (Some((200, r#"{"status":"ok"}"#)), Carried::Taken),
        (Some((429, "slow down")), Carried::Trouble("http_429".into())),
        (Some((503, "")), Carried::Trouble("http_503".into())),
        (Some((401, "")), Carried::Trouble("http_401".into())),
        (Some((302, "elsewhere")), Carried::Trouble("http_302".into())),
        (Some((200, r#"{"status":"rejected"}"#)), Carried::Refused("gateway_rejected".into())),
        (Some((400, r#"{"status":"rejected"}"#)), Carried::Refused("gateway_rejected".into())),
        (Some((200, "<html>wifi portal</html>")), Carried::Trouble("gateway_unclear".into())),
    ];
    let (_, address) = Peer::start(cases.iter().map(|(answer, _)| *answer)).await;
    let gateway = Gateway::at(&settings(&address)).expect("a gateway");
    gateway.check().await.expect("it can be reached");
    for (answer, means) in cases {
        assert_eq!(gateway.carry(&short("Hồ sơ")).await, means, "{answer:?}");
    }
    // Where no answer is named that refuses, a bad request does.
    let (_, address) = Peer::start([Some((400, "bad number")), Some((200, ""))]).await;
    let plain = GatewaySettings { accepted: String::new(), rejected: String::new(), ..settings(&address) };
    let gateway = Gateway::at(&plain).expect("a gateway");
    assert_eq!(gateway.carry(&short("Hồ sơ")).await, Carried::Refused("http_400".into()));
    assert_eq!(gateway.carry(&short("Hồ sơ")).await, Carried::Taken);
}

#[tokio::test]
async fn a_gateway_that_never_answers_is_given_up_in_time() {
    let (peer, address) = Peer::start([None]).await;
    let gateway = Gateway::at(&settings(&address)).expect("a gateway");
    let since = tokio::time::Instant::now();
    assert_eq!(gateway.carry(&short("Hồ sơ")).await, Carried::Trouble("timeout".into()));
    // Before the worker's own patience of half a minute ends, and its lease of two.
    assert!(since.elapsed().as_secs() < 30, "{:?}", since.elapsed());
    assert_eq!(peer.asked().len(), 1);
}

#[test]
fn a_gateway_that_cannot_be_one_is_told_at_the_start_and_its_secret_never() {
    let good = settings("https://sms.example");
    assert!(Gateway::at(&good).is_ok());
    let wrong: [GatewaySettings; 6] = [
        GatewaySettings { address: "http://sms.example/send".into(), ..good.clone() },
        GatewaySettings { address: "sms.example".into(), ..good.clone() },
        GatewaySettings { method: "PUT".into(), ..good.clone() },
        GatewaySettings { body: "{\"text\":\"{text}\"}".into(), ..good.clone() },
        GatewaySettings { header: "a header".into(), ..good.clone() },
        GatewaySettings { secret: None, ..good.clone() },
    ];
    for settings in wrong {
        let Err(error) = Gateway::at(&settings) else { panic!("{settings:?} was taken") };
        assert!(!format!("{error:#} {settings:?}").contains("bi-mat-42"), "{error:#}");
    }
}

#[tokio::test]
async fn a_folder_takes_every_message_as_a_file_of_its_own() {
    let folder = tempfile::tempdir().expect("a folder");
    let carrier = Folder::new(folder.path().join("messages"), Means::Email);
    for _ in 0..2 {
        assert_eq!(carrier.carry(&letter("nay@example.vn")).await, Carried::Taken);
    }
    let files: Vec<_> = std::fs::read_dir(folder.path().join("messages"))
        .expect("files")
        .map(|file| file.expect("a file").path())
        .collect();
    assert_eq!(files.len(), 1, "the same message once: {files:?}");
    let text = std::fs::read_to_string(&files[0]).expect("words");
    assert!(text.starts_with("To: nay@example.vn\nSubject: Hồ sơ H15"), "{text}");
}
