use crate::support::{App, Kind, on_both_databases};
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

#[tokio::test]
async fn an_address_of_another_kind() {
    let Err(Error::Setup(sentence)) = Database::open("mysql://localhost/x").await else { panic!("opened") };
    assert!(sentence.contains("sqlite://") && sentence.contains("postgres://"));
}
