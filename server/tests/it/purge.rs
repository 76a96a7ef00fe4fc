//! Nothing stays of an organisation, or of an account, that was deleted: with a row of every kind that there is.

use crate::support::{App, Kind, fields, function, on_both_databases};
use sea_orm::{ConnectionTrait, DbBackend, QueryResult, Statement, Value};
use service::{Context, account, deletion};
use std::sync::Arc;

on_both_databases!(of_an_organisation, of_an_account);

async fn query(app: &App, sql: &str, values: Vec<Value>) -> Vec<QueryResult> {
    let db = app.service.database.for_migrations();
    db.query_all_raw(Statement::from_sql_and_values(db.get_database_backend(), sql, values)).await.unwrap()
}

/// The tables that have a column, as the database itself lists them, but one.
async fn tables_with(app: &App, column: &str, without: &str) -> Vec<String> {
    let sql = match app.service.database.for_migrations().get_database_backend() {
        DbBackend::Postgres => {
            "SELECT table_name AS name FROM information_schema.columns
             WHERE table_schema = current_schema() AND column_name = $1"
        }
        _ => {
            "SELECT t.name FROM sqlite_schema t, pragma_table_info(t.name) c
             WHERE t.type = 'table' AND c.name = $1"
        }
    };
    let rows = query(app, sql, vec![column.into()]).await;
    rows.iter().map(|row| row.try_get("", "name").unwrap()).filter(|table| table != without).collect()
}

async fn count(app: &App, table: &str, column: &str, id: Value) -> i64 {
    let sql = format!(r#"SELECT COUNT(*) AS rows FROM "{table}" WHERE {column} = $1"#);
    query(app, &sql, vec![id]).await[0].try_get("", "rows").unwrap()
}

async fn assert_filled(app: &App, tables: &[String], column: &str, id: Value) {
    assert!(!tables.is_empty());
    for table in tables {
        let rows = count(app, table, column, id.clone()).await;
        assert!(rows > 0, "no row of {table} is made: add how to its area in server/tests/it/support/fixtures/");
    }
}

async fn assert_empty(app: &App, tables: &[String], column: &str, id: Value) {
    for table in tables {
        assert_eq!(count(app, table, column, id.clone()).await, 0, "{table}");
    }
}

async fn of_an_organisation(on: Kind) {
    let app = App::new(on).await;
    let ids = app.all_rows().await;
    let browser = &app.owner().browser;
    let offer = function("offer_ownership");
    assert!(browser.call(offer.name, &offer.fields(&ids)).await.status.is_success());
    let tables = tables_with(&app, "organisation_id", "organisation_tombstone").await;
    let row = query(&app, "SELECT id FROM organisation", Vec::new()).await.remove(0);
    let id: Value = row.try_get::<model::OrganisationId>("", "id").unwrap().into();
    assert_filled(&app, &tables, "organisation_id", id.clone()).await;
    let delete = function("delete_organisation");
    assert!(browser.call(delete.name, &delete.fields(&ids)).await.status.is_success());
    let db = app.service.database.for_migrations();
    db.execute_unprepared("UPDATE organisation SET deleted_at = 0").await.unwrap();
    let system = Context::system(Arc::clone(&app.service), model::Job::DeleteExpired).unwrap();
    while deletion::purge_some(&system).await.unwrap() {}
    assert_empty(&app, &tables, "organisation_id", id.clone()).await;
    assert_eq!(count(&app, "organisation_tombstone", "organisation_id", id).await, 1);
}

/// But the log, which is the organisation's.
async fn of_an_account(on: Kind) {
    let mut app = App::new(on).await;
    let account = app.move_owner_below().await;
    app.all_rows().await;
    let tables = tables_with(&app, "account_id", "access_entry").await;
    assert_filled(&app, &tables, "account_id", account.into()).await;
    let delete = fields(&[("account", &account.to_string()), ("form[name]", "Below")]);
    assert!(app.owner().browser.call("delete_account", &delete).await.status.is_success());
    let system = Context::system(Arc::clone(&app.service), model::Job::DeleteExpired).unwrap();
    while account::purge_some(&system).await.unwrap() {}
    assert_empty(&app, &tables, "account_id", account.into()).await;
    assert!(count(&app, "access_entry", "account_id", account.into()).await > 0);
}
