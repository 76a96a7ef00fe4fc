use model::{Timestamp, UserId};
use sea_orm::entity::prelude::*;

/// A browser that somebody has signed in with.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "device")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub secret_hash: String,
    pub user_id: UserId,
    pub created_at: Timestamp,
    pub last_used_at: Timestamp,
    /// Until then it is asked for no second factor.
    pub remembered_until: Option<Timestamp>,
}

impl ActiveModelBehavior for ActiveModel {}

table!(Global);
