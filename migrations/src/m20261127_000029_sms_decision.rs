//! What was decided about each request for a text message, by which later ones are decided.

use sea_orm_migration::{
    prelude::*,
    schema::{big_integer, big_integer_null, integer, small_integer, string, string_null, uuid, uuid_null},
};

#[derive(DeriveMigrationName)]
pub struct Migration;

/// Messages that were sent are counted by each of these; those that were refused are many in an attack, and in no index.
const COUNTED_BY: [&str; 4] = ["number_hash", "prefix", "dialling_code", "network"];

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let mut of_organisation = ForeignKey::create()
            .from_col("organisation_id")
            .to("organisation", "id")
            .on_delete(ForeignKeyAction::Cascade)
            .to_owned();
        let decision = Table::create()
            .table("sms_decision")
            .col(uuid("id").primary_key())
            .col(uuid_null("organisation_id"))
            .col(string("purpose"))
            .col(string("number_hash"))
            .col(string("prefix"))
            .col(integer("dialling_code"))
            .col(string("network"))
            .col(small_integer("novelty"))
            .col(string_null("refused_by"))
            .col(big_integer("created_at"))
            .col(big_integer_null("sent_at"))
            .col(big_integer_null("entered_at"))
            .foreign_key(&mut of_organisation)
            .to_owned();
        manager.create_table(decision).await?;
        let db = manager.get_connection();
        for column in COUNTED_BY {
            let index = format!(
                "CREATE INDEX sms_decision_{column} ON sms_decision ({column}, sent_at) WHERE sent_at IS NOT NULL"
            );
            db.execute_unprepared(&index).await?;
        }
        db.execute_unprepared("CREATE INDEX sms_decision_sent_at ON sms_decision (sent_at) WHERE sent_at IS NOT NULL")
            .await?;
        db.execute_unprepared("CREATE INDEX sms_decision_organisation_id ON sms_decision (organisation_id, sent_at)")
            .await?;
        db.execute_unprepared("CREATE INDEX sms_decision_created_at ON sms_decision (created_at)").await?;
        Ok(())
    }

    async fn down(&self, _: &SchemaManager) -> Result<(), DbErr> {
        Err(DbErr::Custom("there is no way back to before text messages were sent".to_owned()))
    }
}
