use model::{Phone, Timestamp, UserId};
use sea_orm::entity::prelude::*;

/// A mobile number that somebody has shown to be theirs. Two people may share one.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "phone")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub user_id: UserId,
    pub number: Phone,
    pub verified_at: Timestamp,
    /// Since when codes to it are a second factor.
    pub second_factor_at: Option<Timestamp>,
}

impl ActiveModelBehavior for ActiveModel {}

table!(Global);
