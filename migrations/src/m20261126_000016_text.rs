//! Names as they are compared, searched and sorted: folded, in a column of their own. Until the service has filled
//! it (`service::stored_text`, at start), it is empty. What could not be delivered, and never will be.

use sea_orm_migration::{prelude::*, schema::big_integer_null, sea_orm::DatabaseBackend};

#[derive(DeriveMigrationName)]
pub struct Migration;

const NAMED: [&str; 6] = ["account", "api_key", "campaign", "organisation", "role", "user"];

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let db = manager.get_connection();
        // By code points on both databases, whatever the locale of the server.
        let collation = match manager.get_database_backend() {
            DatabaseBackend::Postgres => r#" COLLATE "C""#,
            _ => "",
        };
        for table in NAMED {
            let sql = format!(r#"ALTER TABLE "{table}" ADD COLUMN name_fold varchar{collation} NOT NULL DEFAULT ''"#);
            db.execute_unprepared(&sql).await?;
        }
        db.execute_unprepared("DROP INDEX role_organisation_id_name").await?;
        let by_name = "CREATE UNIQUE INDEX role_organisation_id_name_fold ON role (organisation_id, name_fold) \
                       WHERE name_fold <> ''";
        db.execute_unprepared(by_name).await?;
        let failed = Table::alter().table("outbox").add_column(big_integer_null("failed_at")).to_owned();
        manager.alter_table(failed).await?;
        let undeliverable =
            Table::alter().table("invitation").add_column(big_integer_null("undeliverable_at")).to_owned();
        manager.alter_table(undeliverable).await
    }

    async fn down(&self, _: &SchemaManager) -> Result<(), DbErr> {
        Err(DbErr::Custom("there is no way back to before names were compared as people do".to_owned()))
    }
}
