//! Links of invitations that were handed over by whoever sent them, instead of being in a letter.

use sea_orm_migration::{prelude::*, schema::uuid_null};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let copied = Table::alter().table("invitation_secret").add_column(uuid_null("copied_by")).to_owned();
        manager.alter_table(copied).await
    }

    async fn down(&self, _: &SchemaManager) -> Result<(), DbErr> {
        Err(DbErr::Custom("there is no way back to before links were copied: they show nobody's address".to_owned()))
    }
}
