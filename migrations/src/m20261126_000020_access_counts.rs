//! What the charts of the overview count in the data access log, without reading the rest of it.

use sea_orm_migration::prelude::*;

#[derive(DeriveMigrationName)]
pub struct Migration;

/// The conditions stand in `service::access_counts` word for word.
const INDEXES: [&str; 2] = [
    "CREATE INDEX access_entry_personal ON access_entry (organisation_id, created_at)
     WHERE action IN ('contact.read', 'contact.view', 'contact.search')",
    "CREATE INDEX access_entry_refused ON access_entry (organisation_id, created_at) WHERE outcome = 'refused'",
];

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for index in INDEXES {
            manager.get_connection().execute_unprepared(index).await?;
        }
        Ok(())
    }

    async fn down(&self, _: &SchemaManager) -> Result<(), DbErr> {
        Err(DbErr::Custom("there is no way back to before entries were counted by day".to_owned()))
    }
}
