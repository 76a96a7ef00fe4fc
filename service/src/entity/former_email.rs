use model::{Timestamp, UserId};
use sea_orm::entity::prelude::*;

/// A confirmed address that somebody changed for another, and can still go back to.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "former_email")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub email: String,
    pub user_id: UserId,
    /// Known once the letter is written.
    pub secret_hash: Option<String>,
    pub created_at: Timestamp,
}

impl ActiveModelBehavior for ActiveModel {}

table!(Global);
