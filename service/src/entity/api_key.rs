use model::{AccountId, ApiKeyId, OrganisationId, PermissionSet, Resource, Timestamp, UserId};
use sea_orm::{Condition, entity::prelude::*};

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "api_key")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: ApiKeyId,
    pub organisation_id: OrganisationId,
    pub account_id: AccountId,
    pub created_by: UserId,
    pub name: String,
    /// The name as it is searched for and sorted by; follows it by itself.
    pub name_fold: String,
    pub secret_hash: String,
    pub begins: String,
    pub permissions: PermissionSet,
    pub created_at: Timestamp,
    pub expires_at: Option<Timestamp>,
    pub revoked_at: Option<Timestamp>,
    pub last_used_at: Option<Timestamp>,
}

super::folds_name!();

table!(Account.counted_where(Resource::ApiKey, |_| Condition::all().add(Column::RevokedAt.is_null())));
