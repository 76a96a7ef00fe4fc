use model::{Phone, SmsCodeId, Timestamp, UserId};
use sea_orm::entity::prelude::*;

/// A code that was asked for in a session: the only one there that opens what it is for.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "sms_code")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: SmsCodeId,
    pub user_id: UserId,
    pub purpose: SmsPurpose,
    /// Empty without a session.
    pub session_hash: String,
    /// Where it goes.
    pub number: Phone,
    /// None until the message is written.
    pub code_hash: Option<String>,
    /// Wrong codes.
    pub failures: i32,
    pub created_at: Timestamp,
}

impl ActiveModelBehavior for ActiveModel {}

/// What a code is for; for anything else it is wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "Text")]
pub enum SmsPurpose {
    /// To verify the number that it goes to.
    #[sea_orm(string_value = "number")]
    Number,
    /// As a second factor: to sign in, or to confirm who it is.
    #[sea_orm(string_value = "second_factor")]
    SecondFactor,
}

table!(Global);
