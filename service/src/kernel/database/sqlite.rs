use super::{
    expensive::Connection,
    interrupt::{Interrupt, Priority},
};
use crate::kernel::{Error, Result};
use sea_orm::{
    ConnectOptions, ConnectionTrait, DatabaseConnection, DbBackend, Statement,
    sqlx::{Sqlite, pool::PoolOptions, sqlite},
};
use std::{
    fs,
    os::unix::fs::{OpenOptionsExt, PermissionsExt},
    path::Path,
    time::Duration,
};

const READERS: u32 = 4;
/// Reads that may take long, at once: two organisations fully, and one for whoever comes besides.
pub(super) const EXPENSIVE_READERS: usize = 5;
/// Pages in the order of an index: two of one organisation, and one for whoever comes besides.
pub(super) const PAGE_READERS: usize = 3;
const ROWS: usize = 256;
/// Read and write for the owner, nothing for others.
const OWNER: u32 = 0o600;

/// Holds the file for this process, and for its owner alone. What it keeps in memory is true because nobody else writes.
pub(super) fn lock(path: &str) -> Result<fs::File> {
    let fault = |error: &dyn std::fmt::Display| Error::Setup(format!("cannot use the database file {path}: {error}"));
    if let Some(folder) = Path::new(path).parent() {
        fs::create_dir_all(folder).map_err(|error| fault(&error))?;
    }
    let lock = owners_alone(&format!("{path}.lock")).map_err(|error| fault(&error))?;
    lock.try_lock().map_err(|_| fault(&"another tenantry is using it; stop that one first"))?;
    // SQLite gives the files beside the database the mode of the database.
    owners_alone(path).map_err(|error| fault(&error))?;
    for beside in [format!("{path}-wal"), format!("{path}-shm")] {
        if Path::new(&beside).exists() {
            owners_alone(&beside).map_err(|error| fault(&error))?;
        }
    }
    Ok(lock)
}

/// Opens a file, made if it is missing, that nobody but its owner may read or write.
fn owners_alone(path: &str) -> std::io::Result<fs::File> {
    let file = fs::OpenOptions::new().create(true).truncate(false).write(true).mode(OWNER).open(path)?;
    file.set_permissions(fs::Permissions::from_mode(OWNER))?;
    Ok(file)
}

/// The pool of readers, and the pool of one that writes.
pub(super) async fn open(path: &str) -> Result<(DatabaseConnection, DatabaseConnection)> {
    let writer = connect(
        path,
        1,
        |pool| pool,
        |options| {
            options
                .create_if_missing(true)
                .journal_mode(sqlite::SqliteJournalMode::Wal)
                // What is acknowledged survives a power cut; changes share the fsync this costs.
                .synchronous(sqlite::SqliteSynchronous::Full)
                .foreign_keys(true)
                // What is deleted is overwritten.
                .pragma("secure_delete", "ON")
        },
    )
    .await?;
    let readers = connect(path, READERS, |pool| pool, read_only).await?;
    Ok((readers, writer))
}

/// One reader, of a file that another process may hold.
pub(super) async fn open_to_read(path: &str) -> Result<DatabaseConnection> {
    if !Path::new(path).exists() {
        return Err(Error::Setup(format!("there is no database file {path}")));
    }
    connect(path, 1, |pool| pool, read_only).await
}

/// Cores that one organisation's searches may keep busy: they run in this process, and leave one to everybody else.
pub(super) fn spare_cores() -> usize {
    std::thread::available_parallelism().map_or(1, |cores| cores.get().saturating_sub(1).max(1))
}

/// Pools of one connection each, so that whoever has one knows whose deadline it keeps.
pub(super) async fn open_expensive(path: &str, number: usize, priority: Priority) -> Result<Vec<Connection>> {
    let mut connections = Vec::new();
    for _ in 0..number {
        let interrupt = Interrupt::new();
        let watched = interrupt.clone();
        let watch = move |pool: PoolOptions<Sqlite>| {
            let interrupt = watched.clone();
            pool.after_connect(move |connection, _| {
                let interrupt = interrupt.clone();
                Box::pin(async move { interrupt.watch(connection, priority).await })
            })
        };
        let pool = connect(path, 1, watch, read_only).await?;
        interrupt.end();
        connections.push(Connection { pool, interrupt: Some(interrupt) });
    }
    Ok(connections)
}

/// How often the write-ahead log is tried to be emptied, and how long each try keeps the writer waiting for readers.
const TRIES: usize = 20;
const MILLISECONDS: u64 = 50;
/// As [`connect`] sets it.
const BUSY: Duration = Duration::from_secs(5);

/// Moves all of the write-ahead log into the file and cuts it to nothing; false while somebody still reads by it. `writer`
/// is a pool of one, so that no transaction is open then.
pub(super) async fn truncate_wal(writer: &DatabaseConnection) -> Result<bool> {
    let checkpoint = Statement::from_string(DbBackend::Sqlite, "PRAGMA wal_checkpoint(TRUNCATE)");
    writer.execute_unprepared(&format!("PRAGMA busy_timeout = {MILLISECONDS}")).await?;
    let mut is_busy = true;
    for _ in 0..TRIES {
        let row = writer.query_one_raw(checkpoint.clone()).await?;
        is_busy = row.map_or(Ok(0), |row| row.try_get_by_index::<i64>(0))? != 0;
        if !is_busy {
            break;
        }
    }
    writer.execute_unprepared(&format!("PRAGMA busy_timeout = {}", BUSY.as_millis())).await?;
    Ok(!is_busy)
}

fn read_only(options: sqlite::SqliteConnectOptions) -> sqlite::SqliteConnectOptions {
    options.pragma("query_only", "ON")
}

async fn connect(
    path: &str,
    connections: u32,
    pool: impl Fn(PoolOptions<Sqlite>) -> PoolOptions<Sqlite> + Send + Sync + 'static,
    set: impl Fn(sqlite::SqliteConnectOptions) -> sqlite::SqliteConnectOptions + Clone + Send + Sync + 'static,
) -> Result<DatabaseConnection> {
    let mut options = ConnectOptions::new(format!("sqlite://{path}?mode=rwc"));
    options
        .max_connections(connections)
        .min_connections(1)
        .acquire_timeout(Duration::from_secs(5))
        .idle_timeout(None::<Duration>)
        .max_lifetime(None::<Duration>)
        .test_before_acquire(false)
        .sqlx_logging(false)
        .map_sqlx_sqlite_pool_opts(pool)
        .map_sqlx_sqlite_opts(move |options| {
            // A page of rows crosses from the connection's thread in one go.
            let options = options.row_buffer_size(ROWS).statement_cache_capacity(256);
            set(options.busy_timeout(BUSY))
        });
    Ok(sea_orm::Database::connect(options).await?)
}
