//! The file with all that there is about somebody, while it is made and until it expires.

use sea_orm_migration::{
    prelude::*,
    schema::{big_integer, big_integer_null, integer, string, string_null, text, uuid},
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
        let export = Table::create()
            .table("data_export")
            .col(uuid("id").primary_key())
            .col(uuid("user_id").unique_key())
            .col(string("section"))
            .col(string_null("last_key"))
            .col(integer("parts"))
            .col(big_integer("rows_done"))
            .col(big_integer("rows_total"))
            .col(big_integer("created_at"))
            .col(big_integer("due_at"))
            .col(big_integer_null("finished_at"))
            .foreign_key(&mut to("user", "user_id"))
            .to_owned();
        manager.create_table(export).await?;
        for column in ["due_at", "created_at"] {
            let name = format!("data_export_{column}");
            let index = Index::create().table("data_export").name(name).col(column).to_owned();
            manager.create_index(index).await?;
        }
        let part = Table::create()
            .table("data_export_part")
            .col(uuid("export_id"))
            .col(integer("number"))
            .col(text("content"))
            .primary_key(Index::create().col("export_id").col("number"))
            .foreign_key(&mut to("data_export", "export_id"))
            .to_owned();
        manager.create_table(part).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for table in ["data_export_part", "data_export"] {
            manager.drop_table(Table::drop().table(table).to_owned()).await?;
        }
        Ok(())
    }
}
