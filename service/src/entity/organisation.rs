use model::{OrganisationId, UserId, Address, OrganisationFields, Policy, Timestamp};
use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "organisation")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: OrganisationId,
    pub owner_id: UserId,
    pub name: String,
    /// The name as it is searched for and sorted by; follows it by itself.
    pub name_fold: String,
    pub physical_address: Address,
    pub billing_address: Address,
    pub created_at: Timestamp,
    pub updated_at: Option<Timestamp>,
    pub updated_by: Option<UserId>,
    /// By its owner, who can restore it for some days.
    pub deleted_at: Option<Timestamp>,
    pub updated_fields: OrganisationFields,
    pub billing_email: String,
    pub vat_number: String,
    pub policy: Policy,
}

super::folds_name!();

table!(Global);
