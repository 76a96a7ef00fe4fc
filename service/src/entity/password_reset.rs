use model::{PasswordResetId, Timestamp};
use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "password_reset")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: PasswordResetId,
    /// As somebody typed it: there may be no login with it.
    pub email: String,
    /// Known once the letter is written.
    pub secret_hash: Option<String>,
    pub created_at: Timestamp,
    /// Of the newest letter, from which on its link counts.
    pub sent_at: Option<Timestamp>,
}

impl ActiveModelBehavior for ActiveModel {}

table!(Global);
