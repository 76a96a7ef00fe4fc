use model::{Timestamp, UserId};
use sea_orm::entity::prelude::*;

/// What a browser is asked to make or show a passkey by. It is answered once.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "passkey_request")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub challenge_hash: String,
    /// Who is to answer, where that is known.
    pub user_id: Option<UserId>,
    /// By which the answer is checked, as JSON.
    pub ceremony: String,
    pub created_at: Timestamp,
}

impl ActiveModelBehavior for ActiveModel {}

table!(Global);
