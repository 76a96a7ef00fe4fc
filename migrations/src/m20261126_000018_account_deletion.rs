//! A deleted account is gone at once, and what lay in it afterwards, piece by piece. No row is deleted at the cost of
//! reading whole tables for those that name it.

use sea_orm_migration::{prelude::*, schema::big_integer_null};

#[derive(DeriveMigrationName)]
pub struct Migration;

/// What names an account, and had no index that begins with it.
const NAMES_AN_ACCOUNT: [(&str, &str); 6] = [
    ("account", "parent_id"),
    ("account_ancestor", "ancestor_id"),
    ("api_key", "account_id"),
    ("campaign", "account_id"),
    ("contact", "account_id"),
    ("invitation", "account_id"),
];

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let deleted = Table::alter().table("account").add_column(big_integer_null("deleted_at")).to_owned();
        manager.alter_table(deleted).await?;
        let db = manager.get_connection();
        let to_purge = "CREATE INDEX account_deleted_at ON account (deleted_at) WHERE deleted_at IS NOT NULL";
        db.execute_unprepared(to_purge).await?;
        for (table, column) in NAMES_AN_ACCOUNT {
            // Not `contact_account_id`: indexes that lead with the organisation are named so.
            let sql = format!("CREATE INDEX {table}_of_{column} ON {table} ({column})");
            db.execute_unprepared(&sql).await?;
        }
        Ok(())
    }

    async fn down(&self, _: &SchemaManager) -> Result<(), DbErr> {
        Err(DbErr::Custom("there is no way back to before accounts were deleted piece by piece".to_owned()))
    }
}
