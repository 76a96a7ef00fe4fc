use model::{MemberId, OrganisationId, AccountId, UserId, Role, PermissionSet, Resource, Timestamp};
use sea_orm::{entity::prelude::*, sea_query::ExprTrait};

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "membership")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: MemberId,
    pub organisation_id: OrganisationId,
    pub account_id: AccountId,
    pub user_id: UserId,
    pub role: Role,
    /// The toggles of a custom role.
    pub permissions: PermissionSet,
    pub suspended_at: Option<Timestamp>,
    pub created_at: Timestamp,
}

impl ActiveModelBehavior for ActiveModel {}

table!(Account.counted_by(Resource::Member, || Expr::col(Column::UserId).count_distinct()));
