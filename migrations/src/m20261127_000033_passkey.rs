//! Passkeys, and what browsers are asked to make or show them by.

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
        let of_user = || {
            ForeignKey::create().from_col("user_id").to("user", "id").on_delete(ForeignKeyAction::Cascade).to_owned()
        };
        let passkey = Table::create()
            .table("passkey")
            .col(uuid("id").primary_key())
            .col(uuid("user_id"))
            .col(text("credential_id").unique_key())
            .col(text("credential"))
            .col(string("name"))
            .col(big_integer("created_at"))
            .col(big_integer_null("last_used_at"))
            .foreign_key(&mut of_user())
            .to_owned();
        manager.create_table(passkey).await?;
        let by_user = Index::create().table("passkey").name("passkey_user_id").col("user_id").to_owned();
        manager.create_index(by_user).await?;
        let request = Table::create()
            .table("passkey_request")
            .col(string("challenge_hash").primary_key())
            .col(uuid_null("user_id"))
            .col(text("ceremony"))
            .col(big_integer("created_at"))
            .foreign_key(&mut of_user())
            .to_owned();
        manager.create_table(request).await?;
        for column in ["user_id", "created_at"] {
            let name = format!("passkey_request_{column}");
            manager.create_index(Index::create().table("passkey_request").name(name).col(column).to_owned()).await?;
        }
        Ok(())
    }

    async fn down(&self, _: &SchemaManager) -> Result<(), DbErr> {
        Err(DbErr::Custom("there is no way back to before passkeys".to_owned()))
    }
}
