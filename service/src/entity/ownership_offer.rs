use model::{OrganisationId, Timestamp, UserId};
use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "ownership_offer")]
pub struct Model {
    /// At most one for each.
    #[sea_orm(primary_key, auto_increment = false)]
    pub organisation_id: OrganisationId,
    /// To whom.
    pub user_id: UserId,
    pub created_at: Timestamp,
}

impl ActiveModelBehavior for ActiveModel {}

table!(Cascade);
