use model::{ContactId, OrganisationId, AccountId, Resource, Timestamp};
use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "contact")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: ContactId,
    pub organisation_id: OrganisationId,
    pub account_id: AccountId,
    pub name: String,
    pub mobile: String,
    pub email: String,
    /// What is searched, as it is compared; empty for a contact from before there was one.
    pub search_text: String,
    pub created_at: Timestamp,
    pub updated_at: Timestamp,
}

impl ActiveModelBehavior for ActiveModel {}

table!(LargeInAccount.counted(Resource::Contact));
