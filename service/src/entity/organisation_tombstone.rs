use model::{AccessEntryId, OrganisationId, Timestamp, UserId};
use sea_orm::entity::prelude::*;

/// What stays of an organisation that is gone.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "organisation_tombstone")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub organisation_id: OrganisationId,
    pub name: String,
    pub deleted_by: UserId,
    pub deleted_at: Timestamp,
    /// When the last of it went; until then the purge is under way.
    pub purged_at: Option<Timestamp>,
    /// How many rows went of each table, as JSON.
    pub gone: String,
    /// The newest entry of its data access log.
    pub last_entry_id: Option<AccessEntryId>,
    pub created_at: Timestamp,
}

impl ActiveModelBehavior for ActiveModel {}

table!(Global);
