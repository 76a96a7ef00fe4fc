//! When somebody last used a page.

use sea_orm_migration::{prelude::*, schema::big_integer_null};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let seen = Table::alter().table("user").add_column(big_integer_null("last_seen_at")).to_owned();
        manager.alter_table(seen).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let seen = Table::alter().table("user").drop_column("last_seen_at").to_owned();
        manager.alter_table(seen).await
    }
}
