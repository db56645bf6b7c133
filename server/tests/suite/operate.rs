//! `docs/operate.md`, run as it stands: from an empty folder and a bare PostgreSQL to a commune that receives people.
//!
//! At its end the backup with PostgreSQL's own programs, as `docs/operations.md` tells it, restored into an empty database.
//!
//! Not run: the packages and the build of its first step (the site is the one that was built, or one of empty files where none
//! was) and the unit for systemd.

use domain::{
    time::{Day, Instant},
    working_time::{
        Calendar, DayEntry, Term, TermUnit, due,
        proposal::{YearChoices, lacks, propose},
    },
};
use std::{
    collections::BTreeSet,
    env, fs,
    path::{Path, PathBuf},
    process::{Command, Output, Stdio},
};
use tempfile::TempDir;

/// The folder of the sockets of the PostgreSQL that `MOTCUA_TEST_POSTGRES` names.
const SOCKET: &str = "MOTCUA_TEST_POSTGRES_SOCKET";
/// From here on what the document says is done by the program's own user, or again by the one of the database server.
const AS_OWNER: &str = "export PGUSER=\"$DB_USER\"";
const AS_SERVER: &str = "export PGUSER=\"$SERVER_USER\"";

fn document(name: &str) -> String {
    fs::read_to_string(format!("{}/../docs/{name}", env!("CARGO_MANIFEST_DIR"))).expect("the document")
}

/// The blocks of a text that are marked to be run, in their order.
fn blocks(text: &str) -> Vec<&str> {
    text.split("\n```sh\n").skip(1).map(|after| after.split_once("\n```").expect("a block that ends").0).collect()
}

/// The steps of the guide: the database is made by the server's user, the rest is done by the program's.
fn script(guide: &str) -> String {
    let blocks = blocks(guide);
    assert!(blocks.len() >= 9, "{} blocks", blocks.len());
    format!("{}\n{AS_OWNER}\n{}", blocks[0], blocks[1..].join("\n"))
}

/// The backup with PostgreSQL's own programs: copied and restored by the program's user, into a database that the server's
/// user makes.
fn backup() -> String {
    let text = document("operations.md");
    let section = text.split("\n### With PostgreSQL's own programs\n").nth(1).expect("the section");
    let section = section.split("\n## ").next().unwrap_or_default();
    let blocks = blocks(section);
    let [copy, make, restore] = blocks.as_slice() else { panic!("three blocks: {section}") };
    format!("{copy}\n{AS_SERVER}\n{make}\n{AS_OWNER}\n{restore}\n")
}

/// What the administrator does in the browser at the end: somebody signs in and receives a person for each of the ten
/// procedures at the counter. Runs in the same shell, so that the server it started is still there.
const TEN_PEOPLE: &str = r#"
post() { curl --silent --show-error --output answer.html --dump-header head.txt -H 'Accept: text/html' -H 'Sec-Fetch-Site: same-origin' "$@"; }
password=$(sed -n 1p envelopes/tiepnhan.txt)
code=$(tail -n 1 envelopes/tiepnhan.txt)
post --data-urlencode login=tiepnhan --data-urlencode "password=$password" --data-urlencode "code=$code" \
  "http://$LISTEN/api/app/acts/sessions/sign_in_staff"
cookie=$(sed -n 's/^set-cookie: \([^;]*\).*/\1/ip' head.txt)
unit=$(ask "SELECT id FROM offices WHERE key = 'xa-xuan-lanh-ubnd'")
echo iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg== | base64 --decode > scan.png
receive() { # number of the form, two digits; procedure, name, personal number
  post --cookie "$cookie" --form trang=/can-bo/quay --form "command=00000000-0000-7000-8000-0000000000$1" \
    --form "tray=00000000-0000-7000-8000-0000000001$1" --form "procedure=$2" --form "unit=$unit" --form thu_tuc= --form card= \
    --form "person[name]=$3" --form "person[citizen_id]=$4" --form 'person[phone]=0905 123 456' \
    --form 'person[address]=Thôn Lãnh Vân' --form 'papers[0][listed]=1' --form 'papers[0][name]=Bản chính giấy tờ' \
    --form 'papers[0][on]=1' --form 'papers[0][originals]=1' --form 'papers[0][copies]=1' \
    --form 'papers[0][scan]=@scan.png;type=image/png' \
    "http://$LISTEN/api/app/acts/counter/receive_at_counter"
  echo "received $2 $(head -n 1 head.txt)"
}
number=10
for file in procedures/*.json; do
  receive $number "$(basename "$file" .json)" 'Đặng Thị Sáu' "0541900043$number"
  number=$((number + 1))
done
echo "codes $(ask "SELECT string_agg(code, ' ' ORDER BY code) FROM dossiers")"
echo "due $(ask 'SELECT bool_and(due_at IS NOT NULL) FROM dossiers')"
echo "calendar $(ask "SELECT string_agg(DISTINCT calendar_version, ' ') FROM dossiers")"
echo "holidays $(ask "SELECT string_agg(one->>'day', ' ' ORDER BY one->>'day') FROM calendars,
  jsonb_array_elements(body::jsonb->'years') AS year, jsonb_array_elements(year->'entries') AS one
  WHERE version = 'xuan-lanh.1' AND year->>'year' = '2027' AND (one->>'name' LIKE 'Tết Nguyên đán%' OR one->>'name' LIKE 'Quốc khánh%')")"
ten=$(ls procedures | sed "s/\(.*\)\.json/'\1'/" | paste -sd,)
echo "with a local part $(ask "SELECT count(DISTINCT code) FROM procedure_versions WHERE local IS NOT NULL AND code IN ($ten)")"
echo "imports $(ask "SELECT count(*) FROM audit_rows WHERE act = 'import_procedures' AND actor_kind = 'operator'")"
echo "standing $(ask 'SELECT count(*) FROM offices WHERE valid_to IS NULL')"
echo "staff $(ask 'SELECT count(*) FROM staff')"
echo "mine $(ask "SELECT count(*) FROM procedure_versions WHERE code = '2.000815'")"
grep -c 'Chứng thực bản sao' page.html
for file in $(grep -o '"/pkg/[^"]*"' page.html | tr -d '"' | sort -u); do
  curl --silent --fail --output /dev/null "http://$LISTEN$file" || echo "the page asks for $file, which is not there"
done
# What a database on another machine is reached by.
DATABASE_URL="$DB_ADDRESS_TCP" motcua verify-audit > by-tcp.txt
"#;

/// What came out of the backup is what went in.
const RESTORED: &str = r#"
count() { psql "$1" -Atqc "SELECT (SELECT count(*) FROM dossiers), (SELECT count(*) FROM staff), (SELECT count(*) FROM procedure_versions)"; }
echo "before $(count "$DB_ADDRESS")"
echo "restored $(count "$RESTORED_ADDRESS")"
diff --recursive files restored/files
echo "files $(find restored/files -type f | wc -l)"
"#;

/// The answer of the server to one question.
fn told_by(server: &str, question: &str) -> String {
    let Output { status, stdout, stderr } =
        Command::new("psql").args([server, "-Atqc", question]).output().expect("psql runs");
    assert!(status.success(), "{question}: {}", String::from_utf8_lossy(&stderr));
    String::from_utf8_lossy(&stdout).trim().to_owned()
}

/// The folder where that server's socket is, when it lets us in by it: the one that the test was told of, which has to, else
/// one of those that the server names.
fn socket(server: &str, user: &str, port: &str) -> Option<String> {
    if let Ok(folder) = env::var(SOCKET) {
        return Some(folder);
    }
    let named = told_by(server, "SHOW unix_socket_directories");
    let lets_in = |folder: &&str| {
        let address = format!("postgres:///postgres?host={folder}&port={port}&user={user}");
        folder.starts_with('/')
            && Command::new("psql")
                .args([address.as_str(), "-Atqc", "SELECT 1"])
                .output()
                .is_ok_and(|it| it.status.success())
    };
    named.split(',').map(str::trim).find(lets_in).map(str::to_owned)
}

/// The folder of the programs of that server's version: `pg_dump` refuses a server newer than itself.
fn programs(server: &str) -> Option<PathBuf> {
    let version: u32 = told_by(server, "SHOW server_version_num").parse().expect("a version");
    let folder = PathBuf::from(format!("/usr/lib/postgresql/{}/bin", version / 10_000));
    folder.join("pg_restore").is_file().then_some(folder)
}

/// The site that was built beside the program, or one of empty files: tests of the server do not wait for the browser side.
fn site(program: &Path, here: &Path) -> PathBuf {
    let built = program.parent().expect("a target folder").join("site");
    if built.join("manifest.json").is_file() {
        return built;
    }
    let site = here.join("site");
    fs::create_dir_all(site.join("pkg")).expect("a folder");
    let manifest = r#"{"client": "c", "citizen_css": "c.css", "staff_css": "s.css", "icon": "i.svg"}"#;
    fs::write(site.join("manifest.json"), manifest).expect("a file");
    for name in ["c.js", "c_bg.wasm", "c.css", "s.css", "i.svg"] {
        fs::write(site.join("pkg").join(name), "").expect("a file");
    }
    site
}

/// The years that the guide adds are the program's own proposal, day by day, and no due day falls on their holidays.
fn assert_holidays(calendar: &Calendar) {
    let known = Calendar::official();
    let added: Vec<_> = calendar.data().years.iter().filter(|year| !known.is_published(year.year)).collect();
    assert!(!added.is_empty(), "the guide adds no year");
    for year in added {
        let usual = YearChoices::usual(calendar, year.year).expect("a year of our time");
        let days = |entries: &[DayEntry]| entries.iter().map(|one| (one.day, one.kind)).collect::<Vec<_>>();
        let proposed = propose(calendar, year.year, usual).expect("days");
        assert_eq!(days(&year.entries), days(&proposed), "{}", year.year);
        assert!(lacks(year).is_empty(), "{}: {:?}", year.year, lacks(year));
        let open = year.entries.iter().filter(|one| one.source.as_ref().is_some_and(|it| it.contains("chờ xác nhận")));
        assert!(open.count() >= 6, "{}: the five days of Tết and one beside 2/9 are to be confirmed", year.year);
    }
    for (received, amount, ends) in [("2027-02-04T09:00", 3, "2027-02-16"), ("2027-08-31T09:00", 1, "2027-09-03")] {
        let term = Term { unit: TermUnit::WorkingDays, amount, cutoff_15h: false };
        let received = Instant::parse_local(received).expect("a time");
        let due = due(calendar, received, &term, None, &[]).expect("a due day");
        assert_eq!((due.due.day(), due.provisional), (ends.parse::<Day>().expect("a day"), false), "{received:?}");
    }
}

#[test]
fn the_steps_of_the_document_lead_from_an_empty_machine_to_a_person_received_at_the_counter() {
    let Ok(server) = env::var("MOTCUA_TEST_POSTGRES") else {
        assert!(env::var("MOTCUA_TEST_ONLY_SQLITE").is_ok(), "set MOTCUA_TEST_POSTGRES to the address of a PostgreSQL");
        return;
    };
    let folder = TempDir::new().expect("a folder");
    let here = folder.path();
    let name = format!("operate_{}", std::process::id());
    let restored = format!("{name}_restored");
    let port = std::net::TcpListener::bind("127.0.0.1:0").and_then(|free| free.local_addr()).expect("a port").port();
    let (front, _) = server.rsplit_once('/').expect("an address with a database");
    let host = front.rsplit('@').next().expect("a host");
    let (machine, db_port) = host.split_once(':').unwrap_or((host, "5432"));
    let owner = front.split("://").nth(1).and_then(|rest| rest.split('@').next()).expect("a user");
    let owner = owner.split(':').next().expect("a name");

    let guide = document("operate.md");
    let by_tcp = |database: &str| format!("postgres://{name}@{machine}:{db_port}/{database}");
    // The address as the guide writes it, with the names of here.
    let documented =
        guide.split("`DB_ADDRESS` is `").nth(1).and_then(|rest| rest.split('`').next()).expect("an address");
    assert_eq!(documented, "postgres:///motcua?host=/var/run/postgresql");
    let socket = socket(&server, owner, db_port);
    let address = |database: &str| match &socket {
        Some(folder) => {
            documented.replace("/var/run/postgresql", folder).replace("///motcua?", &format!("///{database}?"))
        }
        None => by_tcp(database),
    };

    let program = Path::new(env!("CARGO_BIN_EXE_motcua")).parent().expect("a folder");
    let programs = programs(&server).map(|folder| format!("{}:", folder.display())).unwrap_or_default();
    let path = format!("{}:{programs}{}", program.display(), env::var("PATH").expect("a path"));
    // The words before stand for what the document says in prose; the ones after for what it says to do in the browser.
    let before = "set -euo pipefail\nask() { psql \"$DB_ADDRESS\" -Atqc \"$1\"; }\ntrap 'kill $(jobs -p) 2>/dev/null; wait' EXIT\n";
    let Output { status, stdout, stderr } = Command::new("bash")
        .args(["-c", &format!("{before}{}\n{TEN_PEOPLE}\n{}\n{RESTORED}", script(&guide), backup())])
        .current_dir(here)
        .env_clear()
        .env("PATH", path)
        .env("HOME", here)
        .env("LANG", "C.UTF-8")
        .env("SOURCE", concat!(env!("CARGO_MANIFEST_DIR"), "/.."))
        .env("MOTCUA_SITE", site(program, here))
        .envs([("PGHOST", machine), ("PGPORT", db_port), ("PGUSER", owner), ("SERVER_USER", owner)])
        .env("DB_USER", &name)
        .env("DB_NAME", &name)
        .env("DB_ADDRESS", address(&name))
        .env("DB_ADDRESS_TCP", by_tcp(&name))
        .env("RESTORED_NAME", &restored)
        .env("RESTORED_ADDRESS", address(&restored))
        .env("LISTEN", format!("127.0.0.1:{port}"))
        .stdin(Stdio::null())
        .output()
        .expect("bash runs");
    let told = String::from_utf8_lossy(&stdout).into_owned();
    let log = fs::read_to_string(here.join("log.jsonl")).unwrap_or_default();
    for database in [&name, &restored] {
        told_by(&server, &format!("DROP DATABASE IF EXISTS {database} WITH (FORCE)"));
    }
    told_by(&server, &format!("DROP ROLE IF EXISTS {name}"));
    assert!(status.success(), "{told}\n{}\n{log}", String::from_utf8_lossy(&stderr));
    let received: Vec<&str> = told.lines().filter_map(|line| line.strip_prefix("received ")).collect();
    assert_eq!(received.len(), 10, "{told}");
    for line in received {
        assert!(line.contains(" HTTP/1.1 303"), "{line}: {told}");
    }
    let holidays = "holidays 2027-02-05 2027-02-06 2027-02-07 2027-02-08 2027-02-09 2027-09-01 2027-09-02";
    let exact = ["due t", "calendar xuan-lanh.1", holidays, "with a local part 10", "imports 10", "files 1"];
    for line in exact.into_iter().chain(["standing 5", "staff 9", "mine 2"]) {
        assert!(told.lines().any(|told| told == line), "{line}: {told}");
    }
    let codes = told.lines().find_map(|line| line.strip_prefix("codes ")).expect("codes");
    let codes: BTreeSet<&str> = codes.split(' ').collect();
    assert_eq!(codes.len(), 10, "each has a code of its own: {codes:?}");
    let own = codes.iter().all(|code| code.starts_with("H15.50.06"));
    assert!(own, "codes begin with the commune's own identifier: {codes:?}");
    assert_eq!(told.matches("ok       database: postgres").count(), 2, "the database and the restored one: {told}");
    for wrong in ["missing  ", "warning: ", "which is not there"] {
        assert!(!told.contains(wrong), "{wrong}: {told}");
    }
    let counts = |which: &str| told.lines().find_map(|line| line.strip_prefix(which)).expect("counts").to_owned();
    assert_eq!(counts("restored "), counts("before "));
    assert!(counts("before ").starts_with("10|9|"), "{told}");
    assert!(here.join("ends-of-the-record.txt").exists());
    let calendar = fs::read_to_string(here.join("calendar.json")).expect("the calendar");
    assert_holidays(&serde_json::from_str(&calendar).expect("a calendar"));
}
