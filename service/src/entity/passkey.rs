use model::{PasskeyId, Timestamp, UserId};
use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "passkey")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: PasskeyId,
    pub user_id: UserId,
    /// In Base64. No two people have the same.
    #[sea_orm(unique)]
    pub credential_id: String,
    /// The public key and how often it signed, as JSON.
    pub credential: String,
    pub name: String,
    pub created_at: Timestamp,
    pub last_used_at: Option<Timestamp>,
}

impl ActiveModelBehavior for ActiveModel {}

table!(Global);
