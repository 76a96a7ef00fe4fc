use model::UserId;
use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "recovery_code")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    /// By [`crate::encryption`], under a key.
    pub code_hash: String,
    pub user_id: UserId,
}

impl ActiveModelBehavior for ActiveModel {}

table!(Global);
