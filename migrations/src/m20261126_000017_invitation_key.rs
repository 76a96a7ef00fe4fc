//! The key that an invitation was sent through, and how those that wait are counted by who sent them.

use sea_orm_migration::{prelude::*, schema::uuid_null, sea_orm::DbBackend};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        // No foreign key: set to null with its key, an invitation would be as strong as whoever made the key.
        let key = Table::alter().table("invitation").add_column(uuid_null("api_key_id")).to_owned();
        manager.alter_table(key).await?;
        let invitation = match manager.get_database_backend() {
            DbBackend::Postgres => {
                "CAST(COALESCE(CAST(event AS JSONB) #>> '{member_invited,invitation}',
                    CAST(event AS JSONB) #>> '{invitation_resent,invitation}') AS UUID)"
            }
            _ => {
                "unhex(COALESCE(json_extract(event, '$.member_invited.invitation'),
                    json_extract(event, '$.invitation_resent.invitation')), '-')"
            }
        };
        let sent = format!(
            "UPDATE invitation SET api_key_id = sent.api_key_id
             FROM (SELECT user_id, api_key_id, {invitation} AS invitation_id FROM access_entry
                   WHERE api_key_id IS NOT NULL AND outcome = 'allowed'
                   AND action IN ('member.invite', 'invitation.resend')) AS sent
             WHERE invitation.id = sent.invitation_id AND invitation.invited_by = sent.user_id"
        );
        let db = manager.get_connection();
        db.execute_unprepared(&sent).await?;
        for (name, columns) in [("sender", "organisation_id, invited_by"), ("key", "organisation_id, api_key_id")] {
            let waiting = format!(
                "CREATE INDEX invitation_waiting_by_{name} ON invitation ({columns})
                 WHERE accepted_at IS NULL AND revoked_at IS NULL"
            );
            db.execute_unprepared(&waiting).await?;
        }
        Ok(())
    }

    async fn down(&self, _: &SchemaManager) -> Result<(), DbErr> {
        Err(DbErr::Custom(
            "there is no way back to before it was known through which key people are invited".to_owned(),
        ))
    }
}
