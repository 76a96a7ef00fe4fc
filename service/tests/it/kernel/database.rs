use crate::support::{App, Kind, on_both_databases};
use migrations::MigratorTrait;
use sea_orm::{ConnectionTrait, Statement};
use service::{Database, Error};

on_both_databases!(answers);

async fn answers(on: Kind) {
    let app = App::new(on).await;
    assert!(app.service.database.ping().await.is_ok());
}

/// What a process keeps in memory is true because nobody else writes.
#[tokio::test]
async fn one_process_for_an_sqlite_file() {
    let folder = tempfile::tempdir().unwrap();
    let url = format!("sqlite://{}", folder.path().join("below/tenantry.sqlite").display());
    let first = Database::open(&url).await.unwrap();
    let Err(Error::Setup(sentence)) = Database::open(&url).await else { panic!("opened twice") };
    assert!(sentence.contains("another tenantry is using it"), "{sentence}");
    drop(first);
    assert!(Database::open(&url).await.is_ok());
}

/// With it, all connections share one page cache, and each scan reads every page anew.
#[tokio::test]
async fn every_sqlite_connection_has_a_page_cache_of_its_own() {
    let app = App::new(Kind::Sqlite).await;
    let db = app.service.database.for_migrations();
    let statement = Statement::from_string(db.get_database_backend(), "PRAGMA compile_options");
    let rows = db.query_all_raw(statement).await.unwrap();
    let options: Vec<String> = rows.iter().map(|row| row.try_get_by_index(0).unwrap()).collect();
    assert!(options.iter().any(|option| option == "ENABLE_FTS5"), "{options:?}");
    assert!(!options.iter().any(|option| option == "ENABLE_MEMORY_MANAGEMENT"), "see .cargo/config.toml");
}

#[tokio::test]
async fn an_address_of_another_kind() {
    let Err(Error::Setup(sentence)) = Database::open("mysql://localhost/x").await else { panic!("opened") };
    assert!(sentence.contains("sqlite://") && sentence.contains("postgres://"));
}

/// Whoever else has an account on the machine reads nothing, also of files from before.
#[tokio::test]
async fn files_are_their_owners_alone() {
    use std::os::unix::fs::PermissionsExt;
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("tenantry.sqlite");
    std::fs::write(&path, "").unwrap();
    std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o644)).unwrap();
    let open = async || {
        let database = Database::open(&format!("sqlite://{}", path.display())).await.unwrap();
        migrations::Migrator::up(database.for_migrations(), None).await.unwrap();
        database
    };
    let database = open().await;
    let modes = || {
        let files = std::fs::read_dir(folder.path()).unwrap().map(|file| file.unwrap());
        let mode = |file: std::fs::DirEntry| {
            (file.file_name().into_string().unwrap(), file.metadata().unwrap().permissions().mode() & 0o777)
        };
        let mut modes: Vec<_> = files.map(mode).collect();
        modes.sort();
        modes
    };
    let all = ["tenantry.sqlite", "tenantry.sqlite-shm", "tenantry.sqlite-wal", "tenantry.sqlite.lock"];
    assert_eq!(modes(), all.map(|name| (name.to_owned(), 0o600)));
    // As after a crash: the files beside it stay.
    for name in all {
        std::fs::copy(folder.path().join(name), folder.path().join(format!("copy-{name}"))).unwrap();
    }
    drop(database);
    for name in all {
        std::fs::rename(folder.path().join(format!("copy-{name}")), folder.path().join(name)).unwrap();
        std::fs::set_permissions(folder.path().join(name), std::fs::Permissions::from_mode(0o644)).unwrap();
    }
    let _database = open().await;
    assert_eq!(modes(), all.map(|name| (name.to_owned(), 0o600)));
}
