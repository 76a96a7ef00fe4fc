//! Mobile numbers of people, and the codes that are sent to them.

use sea_orm_migration::{
    prelude::*,
    schema::{big_integer, big_integer_null, integer, string, string_null, uuid},
};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let of_user = || {
            ForeignKey::create().from_col("user_id").to("user", "id").on_delete(ForeignKeyAction::Cascade).to_owned()
        };
        let phone = Table::create()
            .table("phone")
            .col(uuid("user_id").primary_key())
            .col(string("number"))
            .col(big_integer("verified_at"))
            .col(big_integer_null("second_factor_at"))
            .foreign_key(&mut of_user())
            .to_owned();
        manager.create_table(phone).await?;
        let code = Table::create()
            .table("sms_code")
            .col(uuid("id").primary_key())
            .col(uuid("user_id"))
            .col(string("purpose"))
            .col(string("session_hash"))
            .col(string("number"))
            .col(string_null("code_hash"))
            .col(integer("failures"))
            .col(big_integer("created_at"))
            .foreign_key(&mut of_user())
            .to_owned();
        manager.create_table(code).await?;
        let one_of_session = Index::create()
            .table("sms_code")
            .name("sms_code_user_id_purpose_session_hash")
            .col("user_id")
            .col("purpose")
            .col("session_hash")
            .unique()
            .to_owned();
        manager.create_index(one_of_session).await
    }

    async fn down(&self, _: &SchemaManager) -> Result<(), DbErr> {
        Err(DbErr::Custom("there is no way back to before people had mobile numbers".to_owned()))
    }
}
