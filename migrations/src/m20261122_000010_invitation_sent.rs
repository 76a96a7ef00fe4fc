//! When an invitation was sent last.

use sea_orm_migration::{prelude::*, schema::big_integer};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let sent = Table::alter().table("invitation").add_column(big_integer("sent_at").default(0)).to_owned();
        manager.alter_table(sent).await?;
        let as_created = Query::update().table("invitation").value("sent_at", Expr::col("created_at")).to_owned();
        manager.execute(as_created).await
    }

    async fn down(&self, _: &SchemaManager) -> Result<(), DbErr> {
        Err(DbErr::Custom("there is no way back to before it was known when invitations were sent".to_owned()))
    }
}
