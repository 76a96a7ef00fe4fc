#![expect(clippy::struct_field_names, reason = "every column is an id")]

use model::{OrganisationId, AccountId};
use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "account_ancestor")]
pub struct Model {
    pub organisation_id: OrganisationId,
    #[sea_orm(primary_key, auto_increment = false)]
    pub account_id: AccountId,
    #[sea_orm(primary_key, auto_increment = false)]
    pub ancestor_id: AccountId,
}

impl ActiveModelBehavior for ActiveModel {}

table!(Cascade);
