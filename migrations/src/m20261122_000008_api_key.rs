//! API keys, and which of them an entry of the log was made through.

use sea_orm_migration::{
    prelude::*,
    schema::{big_integer, big_integer_null, string, text, uuid, uuid_null},
};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let to = |table: &'static str, column: &'static str| {
            ForeignKey::create().from_col(column).to(table, "id").on_delete(ForeignKeyAction::Cascade).to_owned()
        };
        let table = Table::create()
            .table("api_key")
            .col(uuid("id").primary_key())
            .col(uuid("organisation_id"))
            .col(uuid("account_id"))
            .col(uuid("created_by"))
            .col(string("name"))
            .col(string("secret_hash").unique_key())
            .col(string("begins"))
            .col(text("permissions"))
            .col(big_integer("created_at"))
            .col(big_integer_null("expires_at"))
            .col(big_integer_null("revoked_at"))
            .col(big_integer_null("last_used_at"))
            .foreign_key(&mut to("organisation", "organisation_id"))
            .foreign_key(&mut to("account", "account_id"))
            .foreign_key(&mut to("user", "created_by"))
            .to_owned();
        manager.create_table(table).await?;
        let by_account = Index::create()
            .table("api_key")
            .name("api_key_account_id_created_at_id")
            .col("organisation_id")
            .col("account_id")
            .col("created_at")
            .col("id")
            .to_owned();
        manager.create_index(by_account).await?;
        // No foreign key: the log outlives the keys.
        let through = Table::alter().table("access_entry").add_column(uuid_null("api_key_id")).to_owned();
        manager.alter_table(through).await?;
        // People make most entries: only those of keys stand in it.
        let by_key = "CREATE INDEX access_entry_api_key_id_permission_created_at ON access_entry
            (organisation_id, api_key_id, permission, outcome, created_at) WHERE api_key_id IS NOT NULL";
        manager.get_connection().execute_unprepared(by_key).await.map(drop)
    }

    async fn down(&self, _: &SchemaManager) -> Result<(), DbErr> {
        Err(DbErr::Custom("there is no way back to before there were keys".to_owned()))
    }
}
