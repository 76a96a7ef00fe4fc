//! The first account of an organisation is called as the organisation.

use sea_orm_migration::prelude::*;

#[derive(DeriveMigrationName)]
pub struct Migration;

/// With what the name is searched for and sorted by; where the service has not written that yet, it does so for both.
const RENAME: &str = "UPDATE account SET
    name = (SELECT organisation.name FROM organisation WHERE organisation.id = account.organisation_id),
    name_fold = (SELECT organisation.name_fold FROM organisation WHERE organisation.id = account.organisation_id)
    WHERE parent_id IS NULL AND deleted_at IS NULL";

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.get_connection().execute_unprepared(RENAME).await?;
        Ok(())
    }

    async fn down(&self, _: &SchemaManager) -> Result<(), DbErr> {
        Err(DbErr::Custom("there is no way back to names that first accounts had of their own".to_owned()))
    }
}
