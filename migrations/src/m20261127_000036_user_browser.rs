//! The kinds of browsers that somebody has signed in with, so that another is told of.

use sea_orm_migration::{
    prelude::*,
    schema::{big_integer, string, uuid},
};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let browser = Table::create()
            .table("user_browser")
            .col(uuid("user_id"))
            .col(string("browser"))
            .col(string("system"))
            .col(big_integer("created_at"))
            .primary_key(Index::create().col("user_id").col("browser").col("system"))
            .foreign_key(ForeignKey::create().from_col("user_id").to("user", "id").on_delete(ForeignKeyAction::Cascade))
            .to_owned();
        manager.create_table(browser).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.drop_table(Table::drop().table("user_browser").to_owned()).await
    }
}
