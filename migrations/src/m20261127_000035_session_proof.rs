//! What a session's user sees of it, when it was last used, and when they last showed who they are.

use sea_orm_migration::{
    prelude::*,
    schema::{big_integer, uuid_null},
    sea_orm::DbBackend,
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
        let id = Table::alter().table("session").add_column(uuid_null("id")).to_owned();
        manager.alter_table(id).await?;
        for column in ["last_used_at", "proved_at"] {
            let column = big_integer(column).default(0).take();
            manager.alter_table(Table::alter().table("session").add_column(column).to_owned()).await?;
        }
        let random = match manager.get_database_backend() {
            DbBackend::Postgres => "gen_random_uuid()",
            _ => "randomblob(16)",
        };
        let known = format!("UPDATE session SET id = {random}, last_used_at = created_at, proved_at = created_at");
        manager.get_connection().execute_unprepared(&known).await?;
        let by_id = Index::create().table("session").name("session_id").col("id").unique().to_owned();
        manager.create_index(by_id).await
    }

    async fn down(&self, _: &SchemaManager) -> Result<(), DbErr> {
        Err(DbErr::Custom("there is no way back to before sessions could be told apart".to_owned()))
    }
}
