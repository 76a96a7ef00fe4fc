//! Contacts in the order of their names, as `service` sorts by them: the second line of what is searched.

use sea_orm_migration::{prelude::*, sea_orm::DbBackend};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let name = match manager.get_database_backend() {
            DbBackend::Sqlite => "substr(search_text, 5, instr(substr(search_text, 5), char(10)) - 1)",
            _ => r#"(split_part(search_text, E'\n', 2) COLLATE "C")"#,
        };
        let by_name = format!("CREATE INDEX contact_by_name ON contact (organisation_id, account_id, {name}, id)");
        manager.get_connection().execute_unprepared(&by_name).await?;
        Ok(())
    }

    async fn down(&self, _: &SchemaManager) -> Result<(), DbErr> {
        Err(DbErr::Custom("there is no way back to before contacts were sorted by name".to_owned()))
    }
}
