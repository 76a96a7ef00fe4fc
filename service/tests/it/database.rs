use crate::support::{App, Kind, on_both_databases};
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
