//! `docs/operate.md`, run as it stands: from an empty folder and a bare PostgreSQL to a commune that receives people.
//!
//! Not run: the packages and the build of its first step (the site here is a list of files that nobody asks for) and the unit
//! for systemd.

use std::{
    collections::BTreeSet,
    env,
    path::Path,
    process::{Command, Output, Stdio},
};
use tempfile::TempDir;

/// The blocks of the document that are marked to be run, in their order.
fn script() -> String {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../docs/operate.md");
    let text = std::fs::read_to_string(path).expect("the document");
    let blocks: Vec<&str> =
        text.split("\n```sh\n").skip(1).map(|after| after.split_once("\n```").expect("a block that ends").0).collect();
    assert!(blocks.len() >= 9, "{} blocks", blocks.len());
    blocks.join("\n")
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
receive() { # number of the form, two digits; procedure, name, personal number
  post --cookie "$cookie" --form trang=/can-bo/quay --form "command=00000000-0000-7000-8000-0000000000$1" \
    --form "tray=00000000-0000-7000-8000-0000000001$1" --form "procedure=$2" --form "unit=$unit" --form thu_tuc= --form card= \
    --form "person[name]=$3" --form "person[citizen_id]=$4" --form 'person[phone]=0905 123 456' \
    --form 'person[address]=Thôn Lãnh Vân' --form 'papers[0][listed]=1' --form 'papers[0][name]=Bản chính giấy tờ' \
    --form 'papers[0][on]=1' --form 'papers[0][originals]=1' --form 'papers[0][copies]=1' \
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
echo "holidays $(ask "SELECT count(*) FROM calendars WHERE version = 'xuan-lanh.1' AND body::text LIKE '%-02-06%' AND body::text LIKE '%2027-09-02%'")"
ten=$(ls procedures | sed "s/\(.*\)\.json/'\1'/" | paste -sd,)
echo "with a local part $(ask "SELECT count(DISTINCT code) FROM procedure_versions WHERE local IS NOT NULL AND code IN ($ten)")"
echo "imports $(ask "SELECT count(*) FROM audit_rows WHERE act = 'import_procedures' AND actor_kind = 'operator'")"
echo "standing $(ask 'SELECT count(*) FROM offices WHERE valid_to IS NULL')"
echo "staff $(ask 'SELECT count(*) FROM staff')"
echo "mine $(ask "SELECT count(*) FROM procedure_versions WHERE code = '2.000815'")"
grep -c 'Chứng thực bản sao' page.html
"#;

#[test]
fn the_steps_of_the_document_lead_from_an_empty_machine_to_a_person_received_at_the_counter() {
    let Ok(server) = env::var("MOTCUA_TEST_POSTGRES") else {
        assert!(env::var("MOTCUA_TEST_ONLY_SQLITE").is_ok(), "set MOTCUA_TEST_POSTGRES to the address of a PostgreSQL");
        return;
    };
    let folder = TempDir::new().expect("a folder");
    let here = folder.path();
    let site = here.join("site");
    std::fs::create_dir_all(site.join("pkg")).expect("a folder");
    let manifest = r#"{"client": "c", "citizen_css": "c.css", "staff_css": "s.css", "icon": "i.svg"}"#;
    std::fs::write(site.join("manifest.json"), manifest).expect("a file");

    let name = format!("operate_{}", std::process::id());
    let port = std::net::TcpListener::bind("127.0.0.1:0").and_then(|free| free.local_addr()).expect("a port").port();
    let (front, _) = server.rsplit_once('/').expect("an address with a database");
    let host = front.rsplit('@').next().expect("a host");
    let (machine, db_port) = host.split_once(':').unwrap_or((host, "5432"));
    let owner = front.split("://").nth(1).and_then(|rest| rest.split('@').next()).expect("a user");
    let owner = owner.split(':').next().expect("a name");

    let program = Path::new(env!("CARGO_BIN_EXE_motcua")).parent().expect("a folder");
    let path = format!("{}:{}", program.display(), env::var("PATH").expect("a path"));
    // The words before stand for what the document says in prose; the ones after for what it says to do in the browser.
    let before = "set -euo pipefail\nask() { psql \"$DB_ADDRESS\" -Atqc \"$1\"; }\ntrap 'kill $(jobs -p) 2>/dev/null; wait' EXIT\n";
    let Output { status, stdout, stderr } = Command::new("bash")
        .args(["-c", &format!("{before}{}\n{TEN_PEOPLE}", script())])
        .current_dir(here)
        .env_clear()
        .env("PATH", path)
        .env("HOME", here)
        .env("LANG", "C.UTF-8")
        .env("SOURCE", concat!(env!("CARGO_MANIFEST_DIR"), "/.."))
        .env("MOTCUA_SITE", &site)
        .envs([("PGHOST", machine), ("PGPORT", db_port), ("PGUSER", owner)])
        .env("DB_USER", &name)
        .env("DB_NAME", &name)
        .env("DB_ADDRESS", format!("postgres://{name}@{machine}:{db_port}/{name}"))
        .env("LISTEN", format!("127.0.0.1:{port}"))
        .stdin(Stdio::null())
        .output()
        .expect("bash runs");
    let told = String::from_utf8_lossy(&stdout).into_owned();
    let log = std::fs::read_to_string(here.join("log.jsonl")).unwrap_or_default();
    for clean in [format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)"), format!("DROP ROLE IF EXISTS {name}")] {
        assert!(Command::new("psql").args([&server, "-qc", &clean]).status().expect("psql").success(), "{clean}");
    }
    assert!(status.success(), "{told}\n{}\n{log}", String::from_utf8_lossy(&stderr));
    let received: Vec<&str> = told.lines().filter_map(|line| line.strip_prefix("received ")).collect();
    assert_eq!(received.len(), 10, "{told}");
    for line in received {
        assert!(line.contains(" HTTP/1.1 303"), "{line}: {told}");
    }
    let exact = ["due t", "calendar xuan-lanh.1", "holidays 1", "with a local part 10", "imports 10"];
    for line in exact.into_iter().chain(["standing 5", "staff 9", "mine 2"]) {
        assert!(told.lines().any(|told| told == line), "{line}: {told}");
    }
    let codes = told.lines().find_map(|line| line.strip_prefix("codes ")).expect("codes");
    let codes: BTreeSet<&str> = codes.split(' ').collect();
    assert_eq!(codes.len(), 10, "each has a code of its own: {codes:?}");
    let own = codes.iter().all(|code| code.starts_with("H15.50.06"));
    assert!(own, "codes begin with the commune's own identifier: {codes:?}");
    assert!(told.contains("ok       database: postgres"), "{told}");
    assert!(!told.contains("missing  "), "{told}");
    assert!(here.join("ends-of-the-record.txt").exists());
}
