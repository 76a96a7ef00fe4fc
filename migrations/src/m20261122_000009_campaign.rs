//! Campaigns: what is written to many contacts.

use sea_orm_migration::{
    prelude::*,
    schema::{big_integer, string, text, uuid, uuid_null},
};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let to = |table: &'static str, column: &'static str, action| {
            ForeignKey::create().from_col(column).to(table, "id").on_delete(action).to_owned()
        };
        let table = Table::create()
            .table("campaign")
            .col(uuid("id").primary_key())
            .col(uuid("organisation_id"))
            .col(uuid("account_id"))
            .col(string("name"))
            .col(text("text"))
            .col(string("tag"))
            .col(big_integer("created_at"))
            .col(big_integer("updated_at"))
            .col(uuid_null("updated_by"))
            .foreign_key(&mut to("organisation", "organisation_id", ForeignKeyAction::Cascade))
            .foreign_key(&mut to("account", "account_id", ForeignKeyAction::Cascade))
            .foreign_key(&mut to("user", "updated_by", ForeignKeyAction::SetNull))
            .to_owned();
        manager.create_table(table).await?;
        let by_account = Index::create()
            .table("campaign")
            .name("campaign_account_id_created_at_id")
            .col("organisation_id")
            .col("account_id")
            .col("created_at")
            .col("id")
            .to_owned();
        manager.create_index(by_account).await
    }

    async fn down(&self, _: &SchemaManager) -> Result<(), DbErr> {
        Err(DbErr::Custom("there is no way back to before there were campaigns".to_owned()))
    }
}
