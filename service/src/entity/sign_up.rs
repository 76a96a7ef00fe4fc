use model::{SignUpId, Timestamp};
use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "sign_up")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: SignUpId,
    pub email: String,
    pub first_name: String,
    pub last_name: String,
    pub organisation: String,
    pub password_hash: String,
    /// Known once the letter is written.
    pub secret_hash: Option<String>,
    pub created_at: Timestamp,
}

impl ActiveModelBehavior for ActiveModel {}

table!(Global);
