//! The file against the schema that the migrations make.

use super::sections::{Column, SECTIONS};
use migrations::{Migrator, MigratorTrait};
use sea_orm::{ConnectionTrait, Database, DatabaseConnection, Statement};
use std::collections::{BTreeMap, BTreeSet};

const SECRET: &str = "what somebody shows who they are by, or a hash of it";
const OF_ORGANISATION: &str = "what the organisation wrote; that the person changed it last is in the file";
const INTERNAL: &str = "how the server does its work";
const DERIVED: &str = "made from another column, which is in the file";

/// Columns of the tables of the sections that are in none of them, and why.
const EXCLUDED: &[(&str, &[&str], &str)] = &[
    ("user", &["password_hash"], SECRET),
    ("user", &["name_fold"], DERIVED),
    ("user", &["credentials_version"], INTERNAL),
    ("email_change", &["secret_hash"], SECRET),
    ("former_email", &["secret_hash"], SECRET),
    ("second_factor", &["key"], SECRET),
    ("second_factor", &["latest_step", "failures", "retry_at"], INTERNAL),
    ("second_factor_offer", &["key", "recovery_codes", "session_hash"], SECRET),
    ("passkey", &["credential_id", "credential"], SECRET),
    ("sms_code", &["session_hash", "code_hash"], SECRET),
    ("sms_code", &["failures"], INTERNAL),
    ("session", &["id_hash"], SECRET),
    ("session", &["data", "credentials_version"], INTERNAL),
    ("device", &["secret_hash"], SECRET),
    ("membership", &["named_role"], DERIVED),
    ("organisation", &["name_fold"], DERIVED),
    (
        "organisation",
        &["physical_address", "billing_address", "billing_email", "vat_number", "policy", "updated_fields"],
        OF_ORGANISATION,
    ),
    ("organisation_tombstone", &["gone", "last_entry_id", "created_at"], INTERNAL),
    ("invitation", &["sent_with"], INTERNAL),
    ("invitation", &["named_role"], DERIVED),
    ("api_key", &["secret_hash"], SECRET),
    ("api_key", &["name_fold"], DERIVED),
    ("campaign", &["text", "tag", "created_at"], OF_ORGANISATION),
    ("campaign", &["name_fold"], DERIVED),
];

/// Tables that name a user and are in no section, and why.
const TABLES_EXCLUDED: &[(&str, &str)] = &[
    ("recovery_code", SECRET),
    // Gone after five minutes.
    ("passkey_request", INTERNAL),
    ("invitation_secret", SECRET),
    // No column of it leads to a person: numbers stand there as a keyed hash.
    ("sms_decision", INTERNAL),
    // Beside the file itself.
    ("data_export", INTERNAL),
];

async fn rows<T: sea_orm::TryGetable>(db: &DatabaseConnection, sql: &str) -> Vec<(String, T)> {
    let rows = db.query_all_raw(Statement::from_string(db.get_database_backend(), sql)).await.unwrap();
    rows.iter().map(|row| (row.try_get("", "name").unwrap(), row.try_get("", "col").unwrap())).collect()
}

/// The columns of each table that names a user: by a foreign key, or where there is none by what the column is called.
async fn tables_of_users() -> BTreeMap<String, BTreeSet<String>> {
    let db = Database::connect("sqlite::memory:").await.unwrap();
    Migrator::up(&db, None).await.unwrap();
    let mut columns: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    // `table_xinfo` has the generated columns too.
    let all = "SELECT t.name, c.name AS col FROM pragma_table_list t, pragma_table_xinfo(t.name) c
        WHERE t.schema = 'main' AND t.type = 'table'";
    for (table, column) in rows::<String>(&db, all).await {
        columns.entry(table).or_default().insert(column);
    }
    let keys = r#"SELECT t.name, f."from" AS col FROM pragma_table_list t, pragma_foreign_key_list(t.name) f
        WHERE f."table" = 'user'"#;
    let by_key: BTreeSet<String> = rows::<String>(&db, keys).await.into_iter().map(|(table, _)| table).collect();
    let names_user = |column: &String| ["user_id", "_by", "owner_id"].iter().any(|end| column.ends_with(end));
    columns.retain(|table, columns| table == "user" || by_key.contains(table) || columns.iter().any(names_user));
    columns
}

#[tokio::test]
async fn everything_about_a_person_is_in_the_file_or_has_a_reason() {
    let mut tables = tables_of_users().await;
    for (table, reason) in TABLES_EXCLUDED {
        assert!(tables.remove(*table).is_some(), "{table} is excluded ({reason}), and names no user");
    }
    for (table, columns) in tables {
        let sections: Vec<_> = SECTIONS.iter().filter(|section| section.table == table).collect();
        assert!(!sections.is_empty(), "{table} names a user: put it into a section of the export, or exclude it");
        let stored = sections.iter().flat_map(|section| section.columns).filter(|column| column.is_stored());
        let taken: BTreeSet<&str> = stored.map(|column: &Column| column.name).collect();
        let excluded: BTreeSet<&str> = EXCLUDED
            .iter()
            .filter(|(excluded, ..)| *excluded == table)
            .flat_map(|(_, columns, _)| *columns)
            .copied()
            .collect();
        assert!(taken.is_disjoint(&excluded), "{table}: both in the export and excluded");
        let there: BTreeSet<&str> = columns.iter().map(String::as_str).collect();
        let accounted: BTreeSet<&str> = taken.union(&excluded).copied().collect();
        assert_eq!(there, accounted, "{table}: columns in the schema, and in the export or excluded with a reason");
    }
}

#[test]
fn every_section_has_a_name_of_its_own() {
    let names: BTreeSet<&str> = SECTIONS.iter().map(|section| section.name).collect();
    assert_eq!(names.len(), SECTIONS.len());
    for section in SECTIONS {
        let columns: BTreeSet<&str> = section.columns.iter().map(|column| column.name).collect();
        assert_eq!(columns.len(), section.columns.len(), "{}", section.name);
    }
}
