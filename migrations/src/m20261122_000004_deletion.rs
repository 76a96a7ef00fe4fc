//! Organisations that are being deleted, and what stays of those that are gone.

use sea_orm_migration::{
    prelude::*,
    schema::{big_integer, big_integer_null, string, text, uuid, uuid_null},
};

#[derive(DeriveMigrationName)]
pub struct Migration;

/// What goes with an account is found without the organisation, by the foreign key alone.
const BY_KEY: [(&str, &str); 5] = [
    ("account", "parent_id"),
    ("account_ancestor", "ancestor_id"),
    ("contact", "account_id"),
    ("invitation", "account_id"),
    ("outbox", "organisation_id"),
];

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let deleted = Table::alter().table("organisation").add_column(big_integer_null("deleted_at")).to_owned();
        manager.alter_table(deleted).await?;
        let by_end = Index::create().table("organisation").name("organisation_deleted_at").col("deleted_at").to_owned();
        manager.create_index(by_end).await?;
        for (table, column) in BY_KEY {
            let by_key = Index::create().table(table).name(format!("{table}_{column}")).col(column).to_owned();
            manager.create_index(by_key).await?;
        }
        // No foreign keys: it outlives what it is about.
        let tombstone = Table::create()
            .table("organisation_tombstone")
            .col(uuid("organisation_id").primary_key())
            .col(string("name"))
            .col(uuid("deleted_by"))
            .col(big_integer("deleted_at"))
            .col(big_integer_null("purged_at"))
            .col(text("gone"))
            .col(uuid_null("last_entry_id"))
            .col(big_integer("created_at"))
            .to_owned();
        manager.create_table(tombstone).await
    }

    async fn down(&self, _: &SchemaManager) -> Result<(), DbErr> {
        Err(DbErr::Custom("there is no way back to before organisations could be deleted".to_owned()))
    }
}
