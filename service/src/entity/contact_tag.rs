use model::{OrganisationId, AccountId, ContactId};
use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "contact_tag")]
pub struct Model {
    pub organisation_id: OrganisationId,
    pub account_id: AccountId,
    #[sea_orm(primary_key, auto_increment = false)]
    pub contact_id: ContactId,
    #[sea_orm(primary_key, auto_increment = false)]
    pub tag: String,
}

impl ActiveModelBehavior for ActiveModel {}

table!(Organisation);

impl super::AccountEntity for Entity {
    fn account() -> Column {
        Column::AccountId
    }
}
