//! The policy of an organisation, and more of its details.

use sea_orm_migration::{
    prelude::*,
    schema::{json_binary, string},
};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let columns = [
            // A point that is not in it is as it is by default.
            json_binary("policy").default("{}").to_owned(),
            string("billing_email").default("").to_owned(),
            string("vat_number").default("").to_owned(),
            // What the last change of the details changed.
            json_binary("updated_fields").default("[]").to_owned(),
        ];
        for column in columns {
            manager.alter_table(Table::alter().table("organisation").add_column(column).to_owned()).await?;
        }
        Ok(())
    }

    async fn down(&self, _: &SchemaManager) -> Result<(), DbErr> {
        Err(DbErr::Custom("there is no way back to before there was a policy".to_owned()))
    }
}
