use model::{UserId, Timestamp};
use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "user")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: UserId,
    pub email: String,
    /// Since when it is known to be theirs. Set in `verified.rs` alone.
    pub email_verified_at: Option<Timestamp>,
    pub first_name: String,
    pub last_name: String,
    pub password_hash: String,
    pub created_at: Timestamp,
}

impl ActiveModelBehavior for ActiveModel {}
