//! Who used which permission when; the members of a whole organisation as they joined.

use sea_orm_migration::prelude::*;

#[derive(DeriveMigrationName)]
pub struct Migration;

const INDEXES: [(&str, &[&str]); 3] = [
    ("access_entry", &["organisation_id", "user_id", "permission", "outcome", "created_at"]),
    ("access_entry", &["organisation_id", "permission", "outcome", "created_at"]),
    ("membership", &["organisation_id", "created_at", "id"]),
];

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for (table, columns) in INDEXES {
            let mut index = Index::create();
            // PostgreSQL cuts names after 63 bytes.
            index.table(table).name(format!("{table}_{}", columns[1..].join("_")));
            for column in columns {
                index.col(*column);
            }
            manager.create_index(index).await?;
        }
        Ok(())
    }

    async fn down(&self, _: &SchemaManager) -> Result<(), DbErr> {
        Err(DbErr::Custom("there is no way back to before members were sorted".to_owned()))
    }
}
