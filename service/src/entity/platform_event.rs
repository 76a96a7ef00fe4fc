use model::{AccountId, OrganisationId, PlatformEventId, Timestamp};
use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "platform_event")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: PlatformEventId,
    pub organisation_id: OrganisationId,
    pub account_id: AccountId,
    /// The platform's own id, once in an account.
    pub reported_id: String,
    pub kind: String,
    /// A [`model::PlatformEvent`] as JSON.
    pub content: String,
    pub occurred_at: Timestamp,
    pub created_at: Timestamp,
}

impl ActiveModelBehavior for ActiveModel {}

table!(LargeInAccount);
