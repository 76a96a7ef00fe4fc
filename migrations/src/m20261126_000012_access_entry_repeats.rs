//! An entry of the log that stands for what one actor repeated within a minute.

use sea_orm_migration::{
    prelude::*,
    schema::{big_integer, big_integer_null},
};

#[derive(DeriveMigrationName)]
pub struct Migration;

/// Of the few entries that take up repetitions, those of one actor by their last time.
const INDEX: &str = "CREATE INDEX access_entry_user_id_last_at ON access_entry
    (organisation_id, user_id, last_at) WHERE last_at IS NOT NULL";

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for column in [big_integer("repeats").default(1).to_owned(), big_integer_null("last_at")] {
            manager.alter_table(Table::alter().table("access_entry").add_column(column).to_owned()).await?;
        }
        manager.get_connection().execute_unprepared(INDEX).await?;
        Ok(())
    }

    async fn down(&self, _: &SchemaManager) -> Result<(), DbErr> {
        Err(DbErr::Custom("there is no way back to before entries of the log were counted".to_owned()))
    }
}
