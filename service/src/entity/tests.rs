//! The declarations of the tables against the schema that the migrations make.

use super::{Scope, TABLES, Table};
use migrations::{Migrator, MigratorTrait};
use model::Resource;
use sea_orm::{ConnectionTrait, Database, DatabaseConnection, QueryResult, Statement};
use std::collections::{BTreeMap, BTreeSet};

/// What SQLite searches contacts by: it follows `contact` by triggers.
const INDEX_OF_CONTACTS: &str = "contact_search";

/// Names an organisation, and stays when it is gone.
const TOMBSTONE: &str = "organisation_tombstone";

struct ForeignKey {
    from: String,
    column: String,
    to: String,
    on_delete: String,
}

impl ForeignKey {
    fn cascades(&self) -> bool {
        self.on_delete == "CASCADE"
    }
}

struct Schema {
    /// The columns of each table.
    columns: BTreeMap<String, BTreeSet<String>>,
    keys: Vec<ForeignKey>,
}

impl Schema {
    async fn migrated() -> Self {
        let db = Database::connect("sqlite::memory:").await.unwrap();
        Migrator::up(&db, None).await.unwrap();
        let columns = "SELECT t.name, c.name AS col FROM pragma_table_list t, pragma_table_info(t.name) c
            WHERE t.schema = 'main' AND t.type = 'table' AND t.name NOT LIKE 'sqlite_%' AND t.name <> 'seaql_migrations'";
        let mut schema = Self { columns: BTreeMap::new(), keys: Vec::new() };
        for row in rows(&db, columns).await {
            schema.columns.entry(text(&row, "name")).or_default().insert(text(&row, "col"));
        }
        assert!(schema.columns.remove(INDEX_OF_CONTACTS).is_some());
        let keys = r#"SELECT t.name, f."from" AS col, f."table" AS target, f.on_delete FROM pragma_table_list t,
            pragma_foreign_key_list(t.name) f"#;
        for row in rows(&db, keys).await {
            let (from, column, to) = (text(&row, "name"), text(&row, "col"), text(&row, "target"));
            schema.keys.push(ForeignKey { from, column, to, on_delete: text(&row, "on_delete") });
        }
        schema
    }

    fn has(&self, table: &Table, column: &str) -> bool {
        self.columns[(table.name)()].contains(column)
    }

    fn keys_of(&self, table: &Table) -> impl Iterator<Item = &ForeignKey> {
        let name = (table.name)();
        self.keys.iter().filter(move |key| key.from == name)
    }
}

async fn rows(db: &DatabaseConnection, sql: &str) -> Vec<QueryResult> {
    db.query_all_raw(Statement::from_string(db.get_database_backend(), sql)).await.unwrap()
}

fn text(row: &QueryResult, column: &str) -> String {
    row.try_get("", column).unwrap()
}

fn scope_of(table: &str) -> Scope {
    TABLES.iter().find(|declared| (declared.name)() == table).unwrap().scope
}

#[tokio::test]
async fn every_table_has_an_entity() {
    let schema = Schema::migrated().await;
    let declared: Vec<&str> = TABLES.iter().map(|table| (table.name)()).collect();
    let made: Vec<&str> = schema.columns.keys().map(String::as_str).collect();
    assert_eq!(BTreeSet::from_iter(declared.clone()), BTreeSet::from_iter(made), "see `entities!` in entity/mod.rs");
    assert_eq!(declared.len(), schema.columns.len());
}

/// What names an organisation goes with it, and what names an account goes with that.
#[tokio::test]
async fn no_row_outlives_what_it_belongs_to() {
    let schema = Schema::migrated().await;
    for table in TABLES {
        let name = (table.name)();
        let names_organisation = schema.has(table, "organisation_id") && name != TOMBSTONE;
        assert_eq!(
            names_organisation || table.scope == Scope::Cascade,
            table.scope != Scope::Global,
            "{name}: its column organisation_id against its scope"
        );
        let account = schema.keys_of(table).find(|key| key.to == "account" && key.column == "account_id");
        assert_eq!(
            account.is_some() && table.scope != Scope::Cascade,
            table.is_of_account(),
            "{name}: its foreign key to an account against its scope"
        );
        if table.scope == Scope::Cascade {
            let parent = |key: &ForeignKey| key.to == "organisation" || scope_of(&key.to) != Scope::Global;
            assert!(schema.keys_of(table).any(|key| key.cascades() && parent(key)), "{name}: nothing deletes it");
        }
    }
}

#[tokio::test]
async fn a_purge_deletes_what_names_a_row_before_it() {
    let schema = Schema::migrated().await;
    let place = |name: &str| TABLES.iter().filter(|table| table.is_purged()).position(|table| (table.name)() == name);
    for key in schema.keys.iter().filter(|key| key.from != key.to) {
        if let (Some(from), Some(to)) = (place(&key.from), place(&key.to)) {
            assert!(from < to, "{} names {}: put it first in `entities!`", key.from, key.to);
        }
    }
}

/// What names a user goes with them, or forgets them. An owner is not deleted.
#[tokio::test]
async fn nothing_keeps_a_user_but_what_they_own() {
    let schema = Schema::migrated().await;
    for key in schema.keys.iter().filter(|key| key.to == "user") {
        let ForeignKey { from, column, on_delete, .. } = key;
        let goes = ["CASCADE", "SET NULL"].contains(&&**on_delete);
        assert_eq!(!goes, (&**from, &**column) == ("organisation", "owner_id"), "{from}.{column}: {on_delete}");
    }
}

#[test]
fn every_resource_is_counted_once() {
    let counted = TABLES.iter().filter_map(|table| table.counted.as_ref()).map(|counted| counted.resource);
    let mut counted: Vec<Resource> = counted.chain([Resource::Account]).collect();
    counted.sort();
    assert_eq!(counted, Resource::ALL);
}
