//! Requests for a new password in the place of a forgotten one, for whatever address somebody typed.

use sea_orm_migration::{
    prelude::*,
    schema::{big_integer, big_integer_null, string, string_null, uuid},
};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let reset = Table::create()
            .table("password_reset")
            .col(uuid("id").primary_key())
            .col(string("email"))
            .col(string_null("secret_hash").unique_key())
            .col(big_integer("created_at"))
            .col(big_integer_null("sent_at"))
            .to_owned();
        manager.create_table(reset).await?;
        let of_email = Index::create().name("password_reset_email").table("password_reset").col("email").to_owned();
        manager.create_index(of_email).await
    }

    async fn down(&self, _: &SchemaManager) -> Result<(), DbErr> {
        Err(DbErr::Custom("there is no way back to before passwords could be reset".to_owned()))
    }
}
