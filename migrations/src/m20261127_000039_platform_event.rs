//! What a messaging platform reports.

use sea_orm_migration::{
    prelude::*,
    schema::{big_integer, string, text, uuid},
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
            .table("platform_event")
            .col(uuid("id").primary_key())
            .col(uuid("organisation_id"))
            .col(uuid("account_id"))
            .col(string("reported_id"))
            .col(string("kind"))
            .col(text("content"))
            .col(big_integer("occurred_at"))
            .col(big_integer("created_at"))
            .foreign_key(&mut to("organisation", "organisation_id"))
            .foreign_key(&mut to("account", "account_id"))
            .to_owned();
        manager.create_table(table).await?;
        let index = |name: &'static str, columns: &[&'static str]| {
            let mut index = Index::create().table("platform_event").name(name).to_owned();
            for column in columns {
                index.col(*column);
            }
            index
        };
        let once = index("platform_event_reported_id", &["organisation_id", "account_id", "reported_id"]);
        manager.create_index(once.clone().unique().to_owned()).await?;
        for (name, columns) in [
            ("platform_event_list", &["organisation_id", "occurred_at", "id"][..]),
            ("platform_event_account_list", &["organisation_id", "account_id", "occurred_at", "id"]),
            ("platform_event_kind_list", &["organisation_id", "kind", "occurred_at", "id"]),
            ("platform_event_account_id", &["account_id"]),
            ("platform_event_created_at", &["created_at"]),
        ] {
            manager.create_index(index(name, columns)).await?;
        }
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.drop_table(Table::drop().table("platform_event").to_owned()).await
    }
}
