//! A code besides the password.

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
        let of_user = || {
            ForeignKey::create().from_col("user_id").to("user", "id").on_delete(ForeignKeyAction::Cascade).to_owned()
        };
        let factor = Table::create()
            .table("second_factor")
            .col(uuid("user_id").primary_key())
            .col(string("key"))
            .col(big_integer("latest_step"))
            .col(big_integer("created_at"))
            .foreign_key(&mut of_user())
            .to_owned();
        manager.create_table(factor).await?;
        let offer = Table::create()
            .table("second_factor_offer")
            .col(uuid("user_id").primary_key())
            .col(string("key"))
            .col(text("recovery_codes"))
            .col(big_integer("created_at"))
            .foreign_key(&mut of_user())
            .to_owned();
        manager.create_table(offer).await?;
        let codes = Table::create()
            .table("recovery_code")
            .col(string("code_hash").primary_key())
            .col(uuid("user_id"))
            .foreign_key(&mut of_user())
            .to_owned();
        manager.create_table(codes).await?;
        let by_user = Index::create().table("recovery_code").name("recovery_code_user_id").col("user_id").to_owned();
        manager.create_index(by_user).await
    }

    async fn down(&self, _: &SchemaManager) -> Result<(), DbErr> {
        Err(DbErr::Custom("there is no way back to before second factors".to_owned()))
    }
}
