use crate::kernel::encryption::Encrypted;
use model::{Timestamp, UserId};
use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "second_factor_offer")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub user_id: UserId,
    pub key: Encrypted,
    /// With blanks between. They are hashed once the offer is confirmed.
    pub recovery_codes: Encrypted,
    pub created_at: Timestamp,
    /// Of the session that it was made in: nobody else is shown the key.
    pub session_hash: Option<String>,
}

impl ActiveModelBehavior for ActiveModel {}

table!(Global);
