use model::{SessionId, Timestamp, UserId};
use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "session")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id_hash: String,
    pub user_id: Option<UserId>,
    pub data: String,
    pub ip: String,
    pub user_agent: String,
    pub created_at: Timestamp,
    pub expires_at: Timestamp,
    /// The user's when it began, or when it changed them itself.
    pub credentials_version: i64,
    /// By which its user names it; the hash is for the browser's secret alone.
    pub id: SessionId,
    /// To the minute.
    pub last_used_at: Timestamp,
    /// When its user last showed who they are in it.
    pub proved_at: Timestamp,
}

impl ActiveModelBehavior for ActiveModel {}

table!(Global);
