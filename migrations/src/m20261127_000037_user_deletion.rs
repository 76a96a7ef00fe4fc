//! What names a user is found by it: nobody's deletion, and nobody's export, reads whole tables.

use sea_orm_migration::prelude::*;

#[derive(DeriveMigrationName)]
pub struct Migration;

const INDEXES: [&str; 8] = [
    "CREATE INDEX access_entry_of_user_id ON access_entry (user_id, id) WHERE user_id IS NOT NULL",
    "CREATE INDEX access_entry_of_subject_user_id ON access_entry (subject_user_id, id)
     WHERE subject_user_id IS NOT NULL",
    "CREATE INDEX api_key_of_created_by ON api_key (created_by)",
    "CREATE INDEX campaign_of_updated_by ON campaign (updated_by)",
    "CREATE INDEX organisation_of_updated_by ON organisation (updated_by)",
    "CREATE INDEX invitation_of_invited_by ON invitation (invited_by)",
    "CREATE INDEX ownership_offer_of_user_id ON ownership_offer (user_id)",
    "CREATE INDEX sign_up_of_email ON sign_up (email)",
];

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for index in INDEXES {
            manager.get_connection().execute_unprepared(index).await?;
        }
        Ok(())
    }

    async fn down(&self, _: &SchemaManager) -> Result<(), DbErr> {
        Err(DbErr::Custom("there is no way back to before logins were deleted".to_owned()))
    }
}
