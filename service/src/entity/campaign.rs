use model::{AccountId, CampaignId, OrganisationId, Resource, Timestamp, UserId};
use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "campaign")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: CampaignId,
    pub organisation_id: OrganisationId,
    pub account_id: AccountId,
    pub name: String,
    /// The name as it is searched for and sorted by; follows it by itself.
    pub name_fold: String,
    pub text: String,
    pub tag: String,
    pub created_at: Timestamp,
    pub updated_at: Timestamp,
    pub updated_by: Option<UserId>,
}

super::folds_name!();

table!(LargeInAccount.counted(Resource::Campaign));
