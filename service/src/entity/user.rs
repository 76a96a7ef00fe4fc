use model::{UserId, Timestamp};
use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "user")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: UserId,
    pub email: String,
    pub first_name: String,
    pub last_name: String,
    pub password_hash: String,
    pub created_at: Timestamp,
    /// Moves on when what the user signs in with changes; sessions of an older one have ended.
    pub credentials_version: i64,
}

impl ActiveModelBehavior for ActiveModel {}
