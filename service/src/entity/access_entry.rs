use model::{AccessEntryId, OrganisationId, AccountId, ApiKeyId, RequestId, UserId, Outcome, Resource, Timestamp};
use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "access_entry")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: AccessEntryId,
    pub organisation_id: OrganisationId,
    pub account_id: Option<AccountId>,
    pub request_id: RequestId,
    pub user_id: Option<UserId>,
    pub api_key_id: Option<ApiKeyId>,
    pub subject_user_id: Option<UserId>,
    pub ip: String,
    pub method: String,
    pub path: String,
    pub action: String,
    pub permission: String,
    pub event: String,
    pub records: i64,
    pub outcome: Outcome,
    pub created_at: Timestamp,
    /// How often it happened.
    pub repeats: i64,
    /// When it happened last, of an entry that takes up repetitions.
    pub last_at: Option<Timestamp>,
}

impl ActiveModelBehavior for ActiveModel {}

table!(Organisation.counted(Resource::LogEntry));

impl super::AccountEntity for Entity {
    fn account() -> Column {
        Column::AccountId
    }
}
