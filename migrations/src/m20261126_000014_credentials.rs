//! Sessions end when what their user signs in with changes, browsers are remembered, and wrong codes are counted.

use sea_orm_migration::{
    prelude::*,
    schema::{big_integer, integer, string, string_null, uuid},
};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        // One column in a statement: SQLite adds no more.
        for table in ["user", "session"] {
            let version = big_integer("credentials_version").default(0).take();
            manager.alter_table(Table::alter().table(table).add_column(version).to_owned()).await?;
        }
        let failures = integer("failures").default(0).take();
        manager.alter_table(Table::alter().table("second_factor").add_column(failures).to_owned()).await?;
        let retry_at = big_integer("retry_at").default(0).take();
        manager.alter_table(Table::alter().table("second_factor").add_column(retry_at).to_owned()).await?;
        let offer = Table::alter().table("second_factor_offer").add_column(string_null("session_hash")).to_owned();
        manager.alter_table(offer).await?;
        let device = Table::create()
            .table("device")
            .col(string("secret_hash").primary_key())
            .col(uuid("user_id"))
            .col(big_integer("created_at"))
            .col(big_integer("last_used_at"))
            .foreign_key(ForeignKey::create().from_col("user_id").to("user", "id").on_delete(ForeignKeyAction::Cascade))
            .to_owned();
        manager.create_table(device).await?;
        let by_user = Index::create().table("device").name("device_user_id").col("user_id").to_owned();
        manager.create_index(by_user).await
    }

    async fn down(&self, _: &SchemaManager) -> Result<(), DbErr> {
        Err(DbErr::Custom("there is no way back to before sessions ended with their credentials".to_owned()))
    }
}
