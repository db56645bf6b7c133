//! The program as an operator meets it: a process with settings, streams, signals and a status.

use std::{
    io::{BufRead, BufReader, Read, Write},
    net::TcpStream,
    path::Path,
    process::{Child, Command, Output, Stdio},
    time::Duration,
};
use tempfile::TempDir;

/// The program in a folder of its own, with nothing of the outer environment's settings.
pub fn motcua(folder: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_motcua"));
    command.args(arguments).current_dir(folder).stdin(Stdio::null());
    for (name, _) in std::env::vars_os().filter(|(name, _)| name.to_string_lossy().starts_with("MOTCUA_")) {
        command.env_remove(name);
    }
    for name in ["DATABASE_URL", "AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN"] {
        command.env_remove(name);
    }
    command
}

/// Runs it to its end and expects one sentence on standard error and nothing else.
#[track_caller]
pub fn refused(command: &mut Command) -> String {
    let Output { status, stdout, stderr } = command.output().expect("motcua runs");
    let said = String::from_utf8(stderr).expect("text");
    assert!(!status.success(), "it went on: {said}");
    assert!(stdout.is_empty(), "{}", String::from_utf8_lossy(&stdout));
    assert!(said.starts_with("motcua: ") && said.ends_with('\n') && said.matches('\n').count() == 1, "{said:?}");
    said
}

#[test]
fn a_wrong_setting_is_one_line_that_names_it() {
    let folder = TempDir::new().expect("a folder");
    let keys = [("AWS_ACCESS_KEY_ID", "open-sesame"), ("AWS_SECRET_ACCESS_KEY", "very-secret")];
    let wrong: [(&str, &str, &str); 14] = [
        ("DATABASE_URL", "mysql://x:very-secret@y", "DATABASE_URL"),
        ("MOTCUA_LISTEN", "here", "MOTCUA_LISTEN"),
        ("MOTCUA_DEMO", "yes", "MOTCUA_DEMO"),
        ("MOTCUA_DEMO_NOW", "2026-11-23T09:00", "MOTCUA_DEMO"),
        ("MOTCUA_TRUSTED_PROXY", "2", "MOTCUA_TRUSTED_PROXY"),
        ("MOTCUA_METRICS_PUBLIC", "maybe", "MOTCUA_METRICS_PUBLIC"),
        ("MOTCUA_REQUESTS_PER_SECOND", "-1", "MOTCUA_REQUESTS_PER_SECOND"),
        ("MOTCUA_REQUESTS_BURST", "many", "MOTCUA_REQUESTS_BURST"),
        ("MOTCUA_LOG", "info,=,", "MOTCUA_LOG"),
        ("MOTCUA_CLAMD", "clamd", "MOTCUA_CLAMD"),
        ("MOTCUA_TLS_CERT", "/no/such/file", "MOTCUA_TLS_KEY"),
        ("MOTCUA_BLOBS", "ftp://bucket", "MOTCUA_BLOBS"),
        ("MOTCUA_BLOBS", "s3://", "MOTCUA_BLOBS"),
        ("MOTCUA_SITE", "/no/such/folder", "manifest.json"),
    ];
    for (name, value, told) in wrong {
        let said =
            refused(motcua(folder.path(), &["serve"]).env("MOTCUA_LISTEN", "127.0.0.1:0").env(name, value).envs(keys));
        assert!(said.contains(told), "{name}={value}: {said}");
        assert!(!said.contains("sesame") && !said.contains("secret"), "{said}");
    }
    let said = refused(motcua(folder.path(), &["serve"]).env("MOTCUA_REQUESTS_BURST", "0"));
    assert!(said.contains("MOTCUA_REQUESTS_BURST"), "{said}");
    let said = refused(motcua(folder.path(), &["serve"]).env("MOTCUA_BLOBS", "s3://bucket/prefix"));
    assert!(said.contains("AWS_ACCESS_KEY_ID"), "{said}");
    let said = refused(
        motcua(folder.path(), &["serve"])
            .env("MOTCUA_BLOBS", "s3://bucket")
            .env("MOTCUA_BLOBS_ENDPOINT", "https://open-sesame:very-secret@s3.example")
            .envs(keys),
    );
    assert!(said.contains("MOTCUA_BLOBS_ENDPOINT") && !said.contains("secret"), "{said}");
}

#[test]
fn a_wrong_file_of_settings_is_one_line_that_names_it() {
    let folder = TempDir::new().expect("a folder");
    for text in ["listen = 3000", "listne = \"127.0.0.1:3000\"", "[[[", "requests_per_second = -1"] {
        std::fs::write(folder.path().join("motcua.toml"), text).expect("a file");
        let said = refused(&mut motcua(folder.path(), &["doctor"]));
        assert!(said.contains("motcua.toml"), "{text}: {said}");
    }
    let said = refused(&mut motcua(folder.path(), &["doctor", "--config", "elsewhere.toml"]));
    assert!(said.contains("elsewhere.toml"), "{said}");
}

#[test]
fn every_failure_of_a_command_is_one_sentence() {
    let folder = TempDir::new().expect("a folder");
    let here = folder.path();
    refused(&mut motcua(here, &["no-such-command"]));
    refused(&mut motcua(here, &["serve", "--no-such-flag"]));
    refused(&mut motcua(here, &["demo-totp"]));
    for command in [&["verify-audit"][..], &["worker"], &["import-procedures", "missing.json"]] {
        refused(&mut motcua(here, command));
    }
    assert!(motcua(here, &["migrate"]).status().expect("motcua runs").success());
    assert!(motcua(here, &["migrate"]).status().expect("motcua runs").success(), "a second time is as good");
    refused(&mut motcua(here, &["demo-totp", "lan.ht"]));
    refused(motcua(here, &["demo-totp", "lan.ht"]).env("MOTCUA_DEMO", "1"));
    let staff = ["create-staff", "--login", "a", "--name", "Hờ Thị Lan", "--title", "x", "--office", "nowhere"];
    refused(&mut motcua(here, &[&staff[..], &["--role", "reception"]].concat()));
    assert_eq!(employ(here, "a").lines().count(), 9, "a secret and eight recovery codes");
    let said = refused(&mut motcua(here, &["seed-demo"]));
    assert!(said.contains("empty"), "somebody works here already: {said}");
    std::fs::write(here.join("wrong.json"), "{").expect("a file");
    refused(&mut motcua(here, &["import-procedures", "wrong.json"]));
    let verified = motcua(here, &["verify-audit"]).output().expect("motcua runs");
    assert!(verified.status.success());
    let told = String::from_utf8_lossy(&verified.stdout);
    assert_eq!(told, "0 rows sealed, 2 not sealed yet\n", "the shipped procedures and the new colleague");
    let procedures = format!("{}/seed/procedures/1.001193.json", env!("CARGO_MANIFEST_DIR"));
    assert!(motcua(here, &["import-procedures", &procedures]).output().expect("motcua runs").status.success());
    let verified = motcua(here, &["verify-audit"]).output().expect("motcua runs");
    let told = String::from_utf8_lossy(&verified.stdout);
    assert_eq!(told, "0 rows sealed, 3 not sealed yet\n", "and the operator's import");
}

/// Enters a colleague at the reception; answers what the program hands over.
fn employ(folder: &Path, login: &str) -> String {
    let desk = "xa-dong-xuan-phuc-vu-hanh-chinh-cong";
    let mut employ = motcua(folder, &["create-staff", "--login", login, "--name", "Hờ Thị Lan", "--title", "x"]);
    employ.args(["--office", desk, "--role", "reception"]).stdin(Stdio::piped()).stdout(Stdio::piped());
    let mut employing = employ.spawn().expect("motcua runs");
    employing.stdin.take().expect("a pipe").write_all(PASSWORD.as_bytes()).expect("a password");
    let employed = employing.wait_with_output().expect("motcua ends");
    assert!(employed.status.success(), "{}", String::from_utf8_lossy(&employed.stderr));
    String::from_utf8_lossy(&employed.stdout).into_owned()
}

const PASSWORD: &str = "mat-khau-rat-dai";

/// A server in a folder of its own.
pub struct Running {
    child: Child,
    pub address: String,
    /// What it said first.
    pub said: Vec<String>,
}

impl Running {
    fn start(folder: &Path) -> Self {
        Self::start_with(folder, &[])
    }

    fn start_with(folder: &Path, settings: &[(&str, &str)]) -> Self {
        Self::start_as(folder, &["serve"], settings, 1)
    }

    /// Starts it with those arguments, and reads so many lines of what it says.
    pub fn start_as(folder: &Path, arguments: &[&str], settings: &[(&str, &str)], lines: usize) -> Self {
        let site = folder.join("site");
        std::fs::create_dir_all(site.join("pkg")).expect("a folder");
        let manifest = r#"{"client": "c", "citizen_css": "c.css", "staff_css": "s.css", "icon": "i.svg"}"#;
        std::fs::write(site.join("manifest.json"), manifest).expect("a file");
        let mut child = motcua(folder, arguments)
            .env("MOTCUA_LISTEN", "127.0.0.1:0")
            .env("MOTCUA_SITE", &site)
            .env("MOTCUA_LOG", "debug")
            .envs(settings.iter().copied())
            .stdout(Stdio::piped())
            .stderr(std::fs::File::create(folder.join("log")).expect("a file"))
            .spawn()
            .expect("motcua starts");
        let said = BufReader::new(child.stdout.take().expect("a pipe")).lines().take(lines);
        let said: Vec<String> = said.map(|line| line.expect("a line")).collect();
        let address = said.first().and_then(|line| line.trim().rsplit('/').next()).expect("an address").to_string();
        Self { child, address, said }
    }

    /// Asks and answers the whole answer.
    fn ask(&self, request: &str) -> String {
        let mut line = TcpStream::connect(&self.address).expect("it answers");
        line.set_read_timeout(Some(Duration::from_secs(30))).expect("a limit");
        line.write_all(request.as_bytes()).expect("a request");
        let mut answer = Vec::new();
        line.read_to_end(&mut answer).expect("an answer");
        String::from_utf8_lossy(&answer).into_owned()
    }

    fn post(&self, address: &str, body: &str) -> String {
        self.ask(&format!(
            "POST {address} HTTP/1.1\r\nhost: {}\r\nconnection: close\r\nsec-fetch-site: same-origin\r\naccept: \
             text/html\r\ncontent-type: application/x-www-form-urlencoded\r\ncontent-length: {}\r\n\r\n{body}",
            self.address,
            body.len()
        ))
    }

    fn get(&self, address: &str) -> String {
        self.ask(&format!("GET {address} HTTP/1.1\r\nhost: {}\r\nconnection: close\r\n\r\n", self.address))
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        // It has ended already, unless the test failed.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

#[test]
fn a_code_of_the_demonstration_is_the_one_that_its_running_server_expects_whenever_that_began() {
    let folder = TempDir::new().expect("a folder");
    let here = folder.path();
    assert!(motcua(here, &["migrate"]).status().expect("motcua runs").success());
    for (login, began) in [("a", Some("2030-01-02T09:00")), ("b", None), ("c", Some("2031-03-04T10:00"))] {
        employ(here, login);
        let began = began.map(|moment| ("MOTCUA_DEMO_NOW", moment));
        let settings: Vec<_> = [("MOTCUA_DEMO", "1")].into_iter().chain(began).collect();
        let running = Running::start_with(here, &settings);
        let printed = motcua(here, &["demo-totp", login]).env("MOTCUA_DEMO", "1").output().expect("motcua runs");
        let code = String::from_utf8_lossy(&printed.stdout).trim().to_string();
        let form = format!("login={login}&password={PASSWORD}&code={code}");
        let answer = running.post("/api/app/acts/sessions/sign_in_staff", &form);
        assert!(answer.starts_with("HTTP/1.1 303"), "{began:?}: {answer}");
    }
}

#[test]
fn it_serves_an_empty_folder_tells_its_log_nothing_personal_and_stops_when_asked() {
    let folder = TempDir::new().expect("a folder");
    let mut running = Running::start(folder.path());
    assert!(running.get("/readyz").starts_with("HTTP/1.1 200"));
    let secrets =
        ["054090004321", "Rơ Chăm", "H'Lan", "0905123456", "mat-khau-rieng", "sai-mat-khau", "H15.50.05.13-261123"];
    let sign_up = running.post(
        "/api/app/acts/sessions/sign_up",
        "citizen_id=054090004321&name=R%C6%A1+Ch%C4%83m+H%27Lan&phone=0905123456&password=mat-khau-rieng\
         &password_again=mat-khau-rieng&command=00000000-0000-7000-8000-000000000001",
    );
    assert!(sign_up.starts_with("HTTP/1.1 303"), "{sign_up}");
    let token =
        sign_up.split("__Host-motcua=").nth(1).and_then(|rest| rest.split(';').next()).expect("a token").to_string();
    let wrong = running.post("/api/app/acts/sessions/sign_in", "citizen_id=054090004321&password=sai-mat-khau");
    assert!(wrong.starts_with("HTTP/1.1 422"), "{wrong}");
    running.get("/tra-cuu?ma=H15.50.05.13-261123-0001&ma_tra_cuu=ABCD");
    running.get("/thu-tuc?q=R%C6%A1+Ch%C4%83m+H%27Lan");
    running.get("/thu-tuc/054090004321");
    // A request that is under way is finished.
    let mut slow = TcpStream::connect(&running.address).expect("it answers");
    slow.write_all(b"GET /healthz HTTP/1.1\r\nhost: x\r\n").expect("half a request");
    std::thread::sleep(Duration::from_millis(200));
    let asked = Command::new("kill").args(["-TERM", &running.child.id().to_string()]).status().expect("kill runs");
    assert!(asked.success());
    // It lets nobody in any more, and goes on with whoever is in.
    let until = std::time::Instant::now() + Duration::from_secs(20);
    while TcpStream::connect(&running.address).is_ok() {
        assert!(std::time::Instant::now() < until, "the door stays open");
        std::thread::sleep(Duration::from_millis(20));
    }
    slow.write_all(b"connection: close\r\n\r\n").expect("the other half");
    let mut answer = String::new();
    slow.read_to_string(&mut answer).expect("an answer");
    assert!(answer.starts_with("HTTP/1.1 200"), "{answer:?}");
    assert!(running.child.wait().expect("it ends").success(), "an asked stop is no failure");

    let log = std::fs::read_to_string(folder.path().join("log")).expect("a log");
    assert!(log.lines().count() > 5, "{log}");
    for line in log.lines() {
        let line: serde_json::Value = serde_json::from_str(line).unwrap_or_else(|_| panic!("no JSON: {line}"));
        assert!(line["timestamp"].is_string() && line["level"].is_string(), "{line}");
        if line["message"] == "answered" {
            assert!(line["span"]["request_id"].is_string(), "{line}");
        }
    }
    for secret in secrets.iter().copied().chain([token.as_str(), "ABCD", "R%C6%A1"]) {
        assert!(!log.contains(secret), "the log holds {secret}: {log}");
    }
    // What it did is on the record, and sealed.
    let verified = motcua(folder.path(), &["verify-audit"]).output().expect("motcua runs");
    let told = String::from_utf8_lossy(&verified.stdout).into_owned();
    assert!(verified.status.success() && told.contains(" rows sealed, 0 not sealed yet\n"), "{told}");
    let end = told.lines().last().expect("the end of the chain").to_string();
    let through = |end: &str| motcua(folder.path(), &["verify-audit", "--through", end]);
    assert!(through(&end).status().expect("motcua runs").success());
    let said = refused(&mut through(&end.replace(':', ":0")));
    assert!(said.contains("made anew"), "{said}");
    refused(&mut through("yesterday"));
    // The day of an anchor is over, and a line that was copied wrong is told from a record that was changed.
    let said = refused(&mut motcua(folder.path(), &["audit-anchor", "--day", "2001-01-01"]));
    assert!(said.contains("nothing was sealed"), "{said}");
    for (day, told) in [("2999-01-01", "not over"), ("01/01/2001", "--day")] {
        let said = refused(&mut motcua(folder.path(), &["audit-anchor", "--day", day]));
        assert!(said.contains(told), "{said}");
    }
    let hash = end.split(':').nth(1).expect("a hash");
    let anchors = folder.path().join("anchors");
    std::fs::write(&anchors, format!("# kept by the controller\n\n2999-01-01:{hash}  # today and later\n"))
        .expect("a file");
    let anchors = anchors.to_str().expect("a path");
    let verified = motcua(folder.path(), &["verify-audit", "--anchors", anchors]).output().expect("motcua runs");
    assert!(verified.status.success() && String::from_utf8_lossy(&verified.stdout).contains("1 anchors hold"));
    let said = refused(&mut motcua(folder.path(), &["verify-audit", "--anchor", &format!("2001-01-01:{hash}")]));
    assert!(said.contains("does not pass through"), "{said}");
    let said = refused(&mut motcua(folder.path(), &["verify-audit", "--anchor", &format!("2999-01-01:7:{hash}:zzzz")]));
    assert!(said.contains("copied with a mistake"), "{said}");
    // Nothing in it is a demonstration, and a database in use is never filled with one.
    let said = refused_to_seed(folder.path());
    assert!(said.contains("empty"), "{said}");
}

fn refused_to_seed(folder: &Path) -> String {
    refused(&mut motcua(folder, &["seed-demo"]))
}
