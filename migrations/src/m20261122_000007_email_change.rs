//! Another address to sign in with, until it is confirmed.

use sea_orm_migration::{
    prelude::*,
    schema::{big_integer, string, string_null, uuid},
};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let mut of_user =
            ForeignKey::create().from_col("user_id").to("user", "id").on_delete(ForeignKeyAction::Cascade).to_owned();
        let change = Table::create()
            .table("email_change")
            .col(uuid("user_id").primary_key())
            .col(string("email"))
            .col(string_null("secret_hash").unique_key())
            .col(big_integer("created_at"))
            .foreign_key(&mut of_user)
            .to_owned();
        manager.create_table(change).await
    }

    async fn down(&self, _: &SchemaManager) -> Result<(), DbErr> {
        Err(DbErr::Custom("there is no way back to before addresses could be changed".to_owned()))
    }
}
