use model::Timestamp;
use sea_orm::entity::prelude::*;

/// The one row of this table stands for the installation itself.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "installation")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: i32,
    /// By which the master key that the database belongs to is recognised.
    pub key_check: String,
    pub created_at: Timestamp,
}

impl ActiveModelBehavior for ActiveModel {}

table!(Global);
