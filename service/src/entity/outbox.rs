use model::{OutboxId, OrganisationId, Timestamp};
use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "outbox")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: OutboxId,
    /// `None` for what concerns somebody and no organisation.
    pub organisation_id: Option<OrganisationId>,
    pub message: String,
    pub attempts: i32,
    pub created_at: Timestamp,
    /// When to try next; a worker that takes the row moves it on, which is its lease.
    pub due_at: Timestamp,
    pub delivered_at: Option<Timestamp>,
    /// When the mail server or the gateway said that it never will be, or it was too late.
    pub failed_at: Option<Timestamp>,
    /// The id that the gateway gave it.
    pub gateway_id: Option<String>,
}

impl ActiveModelBehavior for ActiveModel {}

table!(Organisation);
