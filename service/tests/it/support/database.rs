use migrations::MigratorTrait;
use sea_orm::{ConnectOptions, ConnectionTrait, Database, DatabaseConnection, Statement};
use std::{
    cell::RefCell,
    path::{Path, PathBuf},
    time::UNIX_EPOCH,
};
use tempfile::TempDir;

/// Makes of every named `async fn(Kind)` a test on each of the two databases.
macro_rules! on_both_databases {
    ($($name:ident),+ $(,)?) => {$(
        mod $name {
            #[test]
            fn sqlite() {
                crate::support::run($crate::support::Kind::Sqlite, super::$name);
            }

            #[test]
            fn postgres() {
                crate::support::run($crate::support::Kind::Postgres, super::$name);
            }
        }
    )+};
}
pub(crate) use on_both_databases;

/// Runs a test on a database, and takes away the databases it made.
pub fn run<F: Future<Output = ()>>(kind: Kind, test: impl FnOnce(Kind) -> F) {
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap();
    runtime.block_on(async {
        test(kind).await;
        drop_created().await;
    });
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Sqlite,
    Postgres,
}

/// A migrated database that nobody else uses.
pub struct Fresh {
    pub url: String,
    /// Holds the folder until the test ends.
    _folder: Option<TempDir>,
}

thread_local! {
    static CREATED: RefCell<Vec<String>> = const { RefCell::new(Vec::new()) };
}

pub async fn fresh(kind: Kind) -> Fresh {
    match kind {
        Kind::Sqlite => {
            let folder = tempfile::tempdir().unwrap();
            let path = folder.path().join("tenantry.sqlite");
            std::fs::copy(sqlite_template().await, &path).unwrap();
            Fresh { url: format!("sqlite://{}", path.display()), _folder: Some(folder) }
        }
        Kind::Postgres => {
            let server = server_url();
            let template = postgres_template(&server).await;
            let name = format!("tenantry_test_{}", uuid::Builder::from_random_bytes(random()).into_uuid().simple());
            let admin = connect(&server).await;
            admin.execute_unprepared(&format!("CREATE DATABASE {name} TEMPLATE {template}")).await.unwrap();
            admin.close().await.unwrap();
            CREATED.with_borrow_mut(|created| created.push(name.clone()));
            Fresh { url: with_name(&server, &name), _folder: None }
        }
    }
}

/// A database that nothing is in.
pub async fn blank(kind: Kind) -> Fresh {
    match kind {
        Kind::Sqlite => {
            let folder = tempfile::tempdir().unwrap();
            let url = format!("sqlite://{}", folder.path().join("tenantry.sqlite").display());
            Fresh { url, _folder: Some(folder) }
        }
        Kind::Postgres => {
            let server = server_url();
            let name = format!("tenantry_test_{}", uuid::Builder::from_random_bytes(random()).into_uuid().simple());
            let admin = connect(&server).await;
            admin.execute_unprepared(&format!("CREATE DATABASE {name} TEMPLATE template0")).await.unwrap();
            admin.close().await.unwrap();
            CREATED.with_borrow_mut(|created| created.push(name.clone()));
            Fresh { url: with_name(&server, &name), _folder: None }
        }
    }
}

/// Deletes the databases that this test made. After a failure they stay, to be looked at, for as
/// long as the server does.
pub async fn drop_created() {
    let created = CREATED.with_borrow_mut(std::mem::take);
    if !created.is_empty() {
        let admin = connect(&server_url()).await;
        for name in created {
            admin.execute_unprepared(&format!("DROP DATABASE {name} WITH (FORCE)")).await.unwrap();
        }
    }
}

#[expect(clippy::disallowed_methods, reason = "the set-up hands the server's address over in this variable")]
fn server_url() -> String {
    std::env::var("TEST_DATABASE_URL").expect(
        "TEST_DATABASE_URL names no PostgreSQL server: run `make test`, or put `scripts/postgres run` before the command",
    )
}

/// The name of the migrated database that the others are copied from: made once for each build of the tests.
fn template_name() -> String {
    let binary = std::env::current_exe().unwrap();
    let built = binary.metadata().unwrap().modified().unwrap().duration_since(UNIX_EPOCH).unwrap();
    format!("tenantry_template_{}", built.as_micros())
}

async fn sqlite_template() -> PathBuf {
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(template_name()).with_extension("sqlite");
    if !path.exists() {
        let draft = blank(Kind::Sqlite).await;
        let database = service::Database::open(&draft.url).await.unwrap();
        let db = database.for_migrations();
        migrations::Migrator::up(db, None).await.unwrap();
        // Complete before it has the name under which other processes look for it.
        let copy = path.with_extension(format!("{}.draft", std::process::id()));
        db.execute_unprepared(&format!("VACUUM INTO '{}'", copy.display())).await.unwrap();
        std::fs::rename(copy, &path).unwrap();
    }
    path
}

/// As [`sqlite_template`], made by whichever process comes first.
async fn postgres_template(server: &str) -> String {
    let name = template_name();
    let admin = connect(server).await;
    let postgres = admin.get_database_backend();
    admin.execute_unprepared("SELECT pg_advisory_lock(4242)").await.unwrap();
    let sql = "SELECT 1 AS one FROM pg_database WHERE datname = $1";
    let made = admin.query_one_raw(Statement::from_sql_and_values(postgres, sql, [name.clone().into()])).await.unwrap();
    if made.is_none() {
        let draft = format!("{name}_draft");
        admin.execute_unprepared(&format!("DROP DATABASE IF EXISTS {draft} WITH (FORCE)")).await.unwrap();
        admin.execute_unprepared(&format!("CREATE DATABASE {draft} TEMPLATE template0")).await.unwrap();
        let new = connect(&with_name(server, &draft)).await;
        migrations::Migrator::up(&new, None).await.unwrap();
        new.close().await.unwrap();
        admin.execute_unprepared(&format!("ALTER DATABASE {draft} RENAME TO {name}")).await.unwrap();
    }
    // The lock goes with the connection.
    admin.close().await.unwrap();
    name
}

async fn connect(url: &str) -> DatabaseConnection {
    let mut options = ConnectOptions::new(url);
    options.max_connections(1).sqlx_logging(false);
    Database::connect(options).await.unwrap()
}

fn with_name(server: &str, name: &str) -> String {
    let (address, options) =
        server.split_once('?').map_or((server, None), |(address, options)| (address, Some(options)));
    let (host, _) = address.rsplit_once('/').expect("the address of a PostgreSQL server ends with a database");
    options.map_or_else(|| format!("{host}/{name}"), |options| format!("{host}/{name}?{options}"))
}

#[expect(clippy::disallowed_methods, reason = "names of databases that no other process takes")]
fn random() -> [u8; 16] {
    let mut random = [0; 16];
    getrandom::fill(&mut random).unwrap();
    random
}
