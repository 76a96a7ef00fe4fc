use model::{AccountId, OrganisationId, Timestamp};
use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "account")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: AccountId,
    pub organisation_id: OrganisationId,
    pub parent_id: Option<AccountId>,
    pub name: String,
    /// The name as it is searched for and sorted by; follows it by itself.
    pub name_fold: String,
    pub depth: i16,
    pub created_at: Timestamp,
    /// From then on it is out of the tree, and waits to be purged.
    pub deleted_at: Option<Timestamp>,
}

super::folds_name!();

table!(@declare Organisation);

impl super::TenantEntity for Entity {
    fn organisation() -> Column {
        Column::OrganisationId
    }

    fn deleted() -> Option<Column> {
        Some(Column::DeletedAt)
    }
}

impl super::AccountEntity for Entity {
    fn account() -> Column {
        Column::Id
    }
}
