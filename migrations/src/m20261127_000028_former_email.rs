//! Addresses that people signed in with before, for as long as they can go back to them.

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
        let former = Table::create()
            .table("former_email")
            .col(string("email").primary_key())
            .col(uuid("user_id"))
            .col(string_null("secret_hash").unique_key())
            .col(big_integer("created_at"))
            .foreign_key(&mut of_user)
            .to_owned();
        manager.create_table(former).await?;
        let of_user = Index::create().name("former_email_user").table("former_email").col("user_id").to_owned();
        manager.create_index(of_user).await
    }

    async fn down(&self, _: &SchemaManager) -> Result<(), DbErr> {
        Err(DbErr::Custom("there is no way back to before changes of address could be undone".to_owned()))
    }
}
