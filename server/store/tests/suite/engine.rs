//! A database of one's own for each test, on both engines.

use sqlx::{Connection, PgConnection};
use std::{
    future::{Future, poll_fn},
    hash::{DefaultHasher, Hash, Hasher},
    panic::{AssertUnwindSafe, catch_unwind, resume_unwind},
    pin::Pin,
    sync::{
        Arc,
        atomic::{AtomicU32, Ordering},
    },
    task::Poll,
};
use store::{Db, Tx};
use tokio::sync::OnceCell;

/// The engines a contract test runs on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Engine {
    Sqlite,
    Postgres,
}

/// A migrated database that exists for one test. Cheap to clone.
#[derive(Clone)]
pub struct Home {
    pub db: Db,
    /// A folder of the test's own, gone after it.
    pub folder: Arc<tempfile::TempDir>,
}

/// Address of a PostgreSQL server where databases may be made: `postgres://user:password@host:port`.
const SERVER: &str = "MOTCUA_TEST_POSTGRES";
/// Set to 1 for a quick round without PostgreSQL.
const ONLY_SQLITE: &str = "MOTCUA_TEST_ONLY_SQLITE";

/// A test under way. Of one type for all tests, so that what runs them is compiled once; and not `Send`, for to prove
/// that of every future below a test took most of the time of compiling them.
type Running = Pin<Box<dyn Future<Output = ()>>>;

/// Runs one test on one engine, and takes its database away afterwards, whether or not it failed.
pub fn run_on<'a, T: Future<Output = ()> + 'static>(
    engine: Engine,
    test: impl FnOnce(Home) -> T + 'a,
) -> Pin<Box<dyn Future<Output = ()> + 'a>> {
    Box::pin(run_running(engine, Box::new(move |home| Box::pin(test(home)))))
}

async fn run_running(engine: Engine, test: Box<dyn FnOnce(Home) -> Running + '_>) {
    let folder = Arc::new(tempfile::tempdir().expect("a temporary folder"));
    let (url, made) = match engine {
        Engine::Sqlite => {
            let file = folder.path().join("motcua.db");
            std::fs::write(&file, migrated_file().await).expect("the test's database is written");
            (format!("sqlite:{}", file.display()), None)
        }
        Engine::Postgres => {
            let Some(server) = postgres_server() else { return };
            let name = new_name(&folder);
            let template = migrated_database(&server).await;
            admin(&server, &format!("CREATE DATABASE {name} TEMPLATE {template}")).await;
            (address(&server, &name), Some((server, name)))
        }
    };
    let db = Db::connect(&url).await.expect("the test's database opens");
    let mut running = test(Home { db: db.clone(), folder });
    let outcome = poll_fn(|context| match catch_unwind(AssertUnwindSafe(|| running.as_mut().poll(context))) {
        Ok(polled) => polled.map(Ok),
        Err(panic) => Poll::Ready(Err(panic)),
    })
    .await;
    drop(running);
    if let Some((server, name)) = made {
        // A failed test may leave work running on a connection.
        admin(&server, &format!("DROP DATABASE {name} WITH (FORCE)")).await;
    } else if outcome.is_ok() {
        db.close().await;
    }
    if let Err(panic) = outcome {
        resume_unwind(panic);
    }
}

/// A database file with every table and no row, made once in a round.
async fn migrated_file() -> &'static [u8] {
    static FILE: OnceCell<Vec<u8>> = OnceCell::const_new();
    FILE.get_or_init(async || {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let file = folder.path().join("motcua.db");
        migrate(&format!("sqlite:{}", file.display())).await;
        std::fs::read(&file).expect("the file of the tables")
    })
    .await
}

/// The name of a database on that server with every table and no row. It stays there for the next round; one of other
/// tables goes.
async fn migrated_database(server: &str) -> &'static str {
    static NAME: OnceCell<String> = OnceCell::const_new();
    NAME.get_or_init(async || {
        let name = format!("{TEMPLATE}_{:016x}", tables_hash());
        let mut connection =
            PgConnection::connect(&address(server, "postgres")).await.expect("the PostgreSQL server answers");
        // Let go with the connection: another process of the round waits here until the database is whole.
        run_on_server(&mut connection, "SELECT pg_advisory_lock(20261127)").await.expect("a lock");
        let databases = format!("SELECT datname::text FROM pg_database WHERE datname LIKE '{TEMPLATE}%'");
        let found: Vec<String> =
            sqlx::query_scalar(sqlx::AssertSqlSafe(databases)).fetch_all(&mut connection).await.expect("databases");
        for other in found.iter().filter(|&other| *other != name) {
            // A round of another checkout may be at work with it.
            _ = run_on_server(&mut connection, &format!("DROP DATABASE {other}")).await;
        }
        if !found.contains(&name) {
            let half = format!("{TEMPLATE}_half");
            run_on_server(&mut connection, &format!("CREATE DATABASE {half}")).await.expect("a database is made");
            migrate(&address(server, &half)).await;
            let whole = format!("ALTER DATABASE {half} RENAME TO {name}");
            run_on_server(&mut connection, &whole).await.expect("a database is named");
        }
        name
    })
    .await
}

/// What the names of the databases begin with that tests copy.
const TEMPLATE: &str = "motcua_test_template";

/// Changes with any file of the tables.
fn tables_hash() -> u64 {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../migrations/postgres");
    let mut files: Vec<_> =
        std::fs::read_dir(folder).expect("the migrations").map(|file| file.expect("a file").path()).collect();
    files.sort();
    let mut hasher = DefaultHasher::new();
    for file in files {
        (file.file_name(), std::fs::read(&file).expect("a migration")).hash(&mut hasher);
    }
    hasher.finish()
}

async fn migrate(url: &str) {
    let db = Db::connect(url).await.expect("the tests' database opens");
    db.migrate().await.expect("the migrations run");
    db.close().await;
}

/// The server for tests on PostgreSQL; `None` in a quick round. A round that forgot it fails.
fn postgres_server() -> Option<String> {
    match std::env::var(SERVER) {
        Ok(server) => Some(server),
        Err(_) if std::env::var(ONLY_SQLITE).is_ok_and(|set| set == "1") => None,
        Err(_) => panic!(
            "set {SERVER} to the address of a PostgreSQL server (postgres://user@host:port) where tests may make \
             databases, or {ONLY_SQLITE}=1 for a quick round without it"
        ),
    }
}

fn new_name(folder: &tempfile::TempDir) -> String {
    static COUNT: AtomicU32 = AtomicU32::new(0);
    // The folder's random name keeps rounds on one server apart.
    let random = folder.path().file_name().and_then(|name| name.to_str()).unwrap_or_default();
    let random: String = random.chars().filter(char::is_ascii_alphanumeric).collect();
    let (process, count) = (std::process::id(), COUNT.fetch_add(1, Ordering::SeqCst));
    format!("motcua_test_{process}_{count}_{}", random.to_ascii_lowercase())
}

/// The server's address with that database.
fn address(server: &str, database: &str) -> String {
    let (front, options) = server.split_once('?').unwrap_or((server, ""));
    let (scheme, rest) = front.split_once("://").expect("an address with a scheme");
    let host = rest.split('/').next().unwrap_or_default();
    let options = if options.is_empty() { String::new() } else { format!("?{options}") };
    format!("{scheme}://{host}/{database}{options}")
}

async fn admin(server: &str, statement: &str) {
    let mut connection =
        PgConnection::connect(&address(server, "postgres")).await.expect("the PostgreSQL server answers");
    run_on_server(&mut connection, statement).await.expect("a database is made or dropped");
}

async fn run_on_server(connection: &mut PgConnection, statement: &str) -> Result<(), sqlx::Error> {
    sqlx::query(sqlx::AssertSqlSafe(statement)).execute(connection).await.map(drop)
}

/// Runs a statement that the store has no function for.
pub async fn run(tx: &mut Tx, sql: &str) -> Result<(), sqlx::Error> {
    store::on_engine!(tx, |c| sqlx::raw_sql(sqlx::AssertSqlSafe(sql)).execute(c).await.map(drop))
}

/// A test for both engines: `on_both!(name)` beside `async fn name(home: Home)` makes `name::sqlite` and
/// `name::postgres`.
#[macro_export]
macro_rules! on_both {
    ($name:ident) => {
        mod $name {
            use $crate::suite::engine::{Engine, run_on};

            #[tokio::test(flavor = "multi_thread", worker_threads = 4)]
            async fn sqlite() {
                run_on(Engine::Sqlite, super::$name).await;
            }

            #[tokio::test(flavor = "multi_thread", worker_threads = 4)]
            async fn postgres() {
                run_on(Engine::Postgres, super::$name).await;
            }
        }
    };
}
