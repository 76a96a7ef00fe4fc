use model::{Timestamp, UserId};
use sea_orm::entity::prelude::*;

/// A kind of browser that somebody has signed in with.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "user_browser")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub user_id: UserId,
    #[sea_orm(primary_key, auto_increment = false)]
    pub browser: String,
    #[sea_orm(primary_key, auto_increment = false)]
    pub system: String,
    pub created_at: Timestamp,
}

impl ActiveModelBehavior for ActiveModel {}

table!(Global);
