use crate::kernel::encryption::Encrypted;
use model::{Timestamp, UserId};
use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "second_factor")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub user_id: UserId,
    /// Base32, as the app has it.
    pub key: Encrypted,
    /// The step of the code that was taken last: a code counts once.
    pub latest_step: i64,
    pub created_at: Timestamp,
    /// Wrong codes of the app in a row.
    pub failures: i32,
    /// No code of the app is looked at before.
    pub retry_at: Timestamp,
}

impl ActiveModelBehavior for ActiveModel {}

table!(Global);
