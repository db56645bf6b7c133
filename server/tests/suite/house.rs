//! A site in this process, on a fresh database with the shipped rules.

use axum::{
    Router,
    body::{Body, to_bytes},
    extract::ConnectInfo,
    http::{Request, StatusCode, header},
    response::Response,
};
use domain::{message::Means, role::Role};
use leptos::prelude::LeptosOptions;
use metrics_exporter_prometheus::PrometheusBuilder;
use office::{
    Clock, Config, Office, Who,
    blobs::Blobs,
    sessions::Door,
    staff::{NewPosition, NewStaff},
    who::Trace,
};
use server::http::{FloodLimit, Site, StaffNetworks, State, router};
use std::{net::SocketAddr, process::Command, sync::Arc};
use store::Db;
use tempfile::TempDir;
use tokio_util::sync::CancellationToken;
use tower::ServiceExt;

/// The site, and the folder that goes when it does.
pub struct House {
    pub office: Office,
    /// Stands until a test moves it.
    pub clock: Clock,
    pub stopping: CancellationToken,
    /// What the router was made of.
    pub state: State,
    router: Router,
    folder: TempDir,
}

/// An answer, read to its end.
pub struct Answer {
    pub status: StatusCode,
    pub response: Response,
    pub text: String,
}

impl Answer {
    /// A header's value, or nothing.
    pub fn header(&self, name: &str) -> &str {
        self.response.headers().get(name).and_then(|value| value.to_str().ok()).unwrap_or_default()
    }
}

impl House {
    pub async fn open() -> Self {
        Self::open_with(FloodLimit::default()).await
    }

    pub async fn open_with(flood: FloodLimit) -> Self {
        Self::open_configured(flood, StaffNetworks::default(), Config::default()).await
    }

    /// The same where staff come from these networks alone.
    pub async fn open_for_staff_in(networks: &[&str]) -> Self {
        let networks: Vec<String> = networks.iter().map(|network| (*network).to_owned()).collect();
        let networks = StaffNetworks::parse(&networks).expect("networks");
        Self::open_configured(FloodLimit::default(), networks, Config::default()).await
    }

    /// The same with messages to residents, in the words they go out in.
    pub async fn open_telling() -> Self {
        let config = Config {
            message_means: Means::ALL.to_vec(),
            message_words: app::message_words::words_of,
            ..Config::default()
        };
        Self::open_configured(FloodLimit::default(), StaffNetworks::default(), config).await
    }

    /// The same with the demonstration's values, such as where the centres are.
    pub async fn open_demo() -> Self {
        let config = Config { demo: true, ..Config::default() };
        Self::open_configured(FloodLimit::default(), StaffNetworks::default(), config).await
    }

    async fn open_configured(flood: FloodLimit, staff_networks: StaffNetworks, config: Config) -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let db = Db::connect(&format!("sqlite://{}/test.db", folder.path().display())).await.expect("a database");
        db.migrate().await.expect("tables");
        let clock = Clock::fixed(domain::time::Instant::parse_local("2026-11-23T09:00").expect("a time"), 7);
        let config = Config { paper_words: app::words::paper_words(), ..config };
        let office =
            Office::open(db, clock.clone(), config, Blobs::Folder(folder.path().join("blobs"))).await.expect("office");
        server::seed::rules::lay_down(&office).await.expect("the shipped rules");
        let site = Site::without_client();
        let stopping = CancellationToken::new();
        let state = State {
            office: office.clone(),
            leptos: LeptosOptions::builder().output_name(site.names.client.clone()).build(),
            site: Arc::new(site),
            figures: PrometheusBuilder::new().build_recorder().handle(),
            trusted_proxy: false,
            metrics_public: false,
            flood,
            staff_networks,
            identity: None,
            stopping: stopping.clone(),
        };
        Self { office, clock, stopping, router: router(state.clone()), state, folder }
    }

    /// Takes a table away under the running site, as a failed disk or a migration that was cut short would.
    pub fn lose_table(&self, table: &str) {
        self.ask_database(&format!("ALTER TABLE {table} RENAME TO {table}_away"));
    }

    /// What the database answers to a question of a test's own, a line for each row.
    pub fn ask_database(&self, sql: &str) -> String {
        let ask = "import sqlite3, sys\n\
                   db = sqlite3.connect(sys.argv[1], timeout=30)\n\
                   for row in db.execute(sys.argv[2]): print(*row)\n\
                   db.commit()";
        let file = self.folder.path().join("test.db");
        let output = Command::new("python3").args(["-c", ask]).arg(file).arg(sql).output().expect("python3 runs");
        assert!(output.status.success(), "{sql}: {}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8_lossy(&output.stdout).into_owned()
    }

    /// The member of staff whose cookie it is.
    pub async fn who(&self, cookie: &str) -> Who {
        let token = cookie.split_once('=').map(|(_, token)| token);
        self.office.who_of_token(Door::Staff, token, Trace::default()).await.expect("somebody")
    }

    /// The cookie of a member of staff of Đồng Xuân who has just signed in.
    pub async fn staff(&self, role: Role) -> String {
        self.staff_at("xa-dong-xuan-phuc-vu-hanh-chinh-cong", role.key(), &[role]).await
    }

    /// The same of somebody with that login who holds these roles in that office.
    pub async fn staff_at(&self, office: &str, login: &str, roles: &[Role]) -> String {
        let office = self.office.books().places.by_key(office).expect("a shipped office").id;
        let from = self.office.now().day();
        let position = |role: &Role| NewPosition { office, role: *role, title: String::new(), from, to: None };
        let new = NewStaff {
            login: login.into(),
            name: "Nguyễn Thị Mai".into(),
            phone: None,
            password: "mat khau cua toi".into(),
            positions: roles.iter().map(position).collect(),
        };
        let welcome = self.office.create_staff(&office::Who::operator("root"), new).await.expect("a member of staff");
        let body = format!("login={login}&password=mat+khau+cua+toi&code={}", welcome.recovery_codes[0]);
        let answer = self.post("/api/app/acts/sessions/sign_in_staff", &body).await;
        answer.header("set-cookie").split(';').next().unwrap_or_default().to_string()
    }

    pub async fn get(&self, address: &str) -> Answer {
        self.send(Request::get(address).body(Body::empty()).expect("a request")).await
    }

    /// Posts a form the way our own pages do.
    pub async fn post(&self, address: &str, body: &str) -> Answer {
        let request = Request::post(address)
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .header(header::ACCEPT, "text/html")
            .header("sec-fetch-site", "same-origin")
            .body(Body::from(body.to_string()))
            .expect("a request");
        self.send(request).await
    }

    /// The same for whoever holds that cookie.
    pub async fn post_as(&self, address: &str, body: &str, cookie: &str) -> Answer {
        let request = Request::post(address)
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .header(header::ACCEPT, "text/html")
            .header(header::COOKIE, cookie)
            .header("sec-fetch-site", "same-origin")
            .body(Body::from(body.to_string()))
            .expect("a request");
        self.send(request).await
    }

    /// The answer as it comes, for files.
    pub async fn send_raw(&self, request: Request<Body>) -> Response {
        self.begin([127, 0, 0, 1], request).await
    }

    pub async fn send(&self, request: Request<Body>) -> Answer {
        self.send_from([127, 0, 0, 1], request).await
    }

    /// Sends a request from that address of the network.
    pub async fn send_from(&self, address: [u8; 4], request: Request<Body>) -> Answer {
        let response = self.begin(address, request).await;
        let (parts, body) = response.into_parts();
        let bytes = to_bytes(body, 8 << 20).await.expect("a body");
        let text = String::from_utf8_lossy(&bytes).into_owned();
        Answer { status: parts.status, text, response: Response::from_parts(parts, Body::empty()) }
    }

    /// Sends a request and answers when the answer begins; its body may go on.
    pub async fn begin(&self, address: [u8; 4], mut request: Request<Body>) -> Response {
        request.extensions_mut().insert(ConnectInfo(SocketAddr::from((address, 40_000))));
        self.router.clone().oneshot(request).await.expect("an answer")
    }

    /// Opens an account and answers the cookie of its session.
    pub async fn sign_up(&self, citizen_id: &str) -> String {
        let command = self.office.new_id();
        let body = format!(
            "citizen_id={citizen_id}&name=Ksor+H%27Nay&password=dai-va-bi-mat&password_again=dai-va-bi-mat&command={command}"
        );
        let answer = self.post("/api/app/acts/sessions/sign_up", &body).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.text);
        answer.header("set-cookie").split(';').next().unwrap_or_default().to_string()
    }
}

/// A multipart form as a browser writes it: a part with a file name is a file.
pub struct Form(Vec<u8>);

impl Form {
    pub const KIND: &str = "multipart/form-data; boundary=ranh";

    pub const fn new() -> Self {
        Self(Vec::new())
    }

    pub fn field(self, name: &str, value: impl AsRef<[u8]>) -> Self {
        self.part(&format!("name=\"{name}\""), value.as_ref())
    }

    pub fn file(self, name: &str, file: &str, bytes: &[u8]) -> Self {
        self.part(&format!("name=\"{name}\"; filename=\"{file}\"\r\nContent-Type: application/octet-stream"), bytes)
    }

    fn part(mut self, head: &str, bytes: &[u8]) -> Self {
        self.0.extend_from_slice(format!("--ranh\r\nContent-Disposition: form-data; {head}\r\n\r\n").as_bytes());
        self.0.extend_from_slice(bytes);
        self.0.extend_from_slice(b"\r\n");
        self
    }

    /// The whole of it.
    pub fn end(mut self) -> Vec<u8> {
        self.0.extend_from_slice(b"--ranh--\r\n");
        self.0
    }

    /// Sends it to that address the way our own pages do.
    pub async fn post(self, house: &House, address: &str, cookie: &str) -> Answer {
        house.send(posted(address, cookie, Body::from(self.end()))).await
    }

    /// Up to somewhere in its last part, which goes on.
    pub fn unended(mut self) -> Vec<u8> {
        self.0.truncate(self.0.len() - b"\r\n".len());
        self.0
    }
}

/// The request of a multipart form.
pub fn posted(address: &str, cookie: &str, body: Body) -> Request<Body> {
    Request::post(address)
        .header(header::CONTENT_TYPE, Form::KIND)
        .header(header::ACCEPT, "text/html")
        .header(header::COOKIE, cookie)
        .header("sec-fetch-site", "same-origin")
        .body(body)
        .expect("a request")
}

/// A page of somebody signed in.
pub async fn page_of(house: &House, cookie: &str, address: &str) -> String {
    let request = Request::get(address).header(header::COOKIE, cookie).body(Body::empty()).expect("a request");
    let answer = house.send(request).await;
    assert_eq!(answer.status, StatusCode::OK, "{address}");
    answer.text
}
