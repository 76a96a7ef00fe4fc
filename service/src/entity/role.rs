use model::{OrganisationId, PermissionSet, Resource, RoleId, Timestamp};
use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "role")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: RoleId,
    pub organisation_id: OrganisationId,
    pub name: String,
    /// The name as it is searched for and sorted by; follows it by itself.
    pub name_fold: String,
    pub permissions: PermissionSet,
    pub created_at: Timestamp,
}

super::folds_name!();

table!(Organisation.counted(Resource::Role));
