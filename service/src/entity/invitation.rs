use model::{ApiKeyId, InvitationId, OrganisationId, AccountId, PermissionSet, Resource, Role, UserId, Timestamp};
use sea_orm::{Condition, entity::prelude::*};

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "invitation")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: InvitationId,
    pub organisation_id: OrganisationId,
    pub account_id: AccountId,
    pub email: String,
    pub role: Role,
    /// The toggles of a custom role.
    pub permissions: PermissionSet,
    pub invited_by: Option<UserId>,
    /// The key that they sent it through.
    pub api_key_id: Option<ApiKeyId>,
    /// The first of those that were sent with it in one letter; `None` for the first itself.
    pub sent_with: Option<InvitationId>,
    pub created_at: Timestamp,
    /// The last time.
    pub sent_at: Timestamp,
    pub expires_at: Timestamp,
    pub accepted_at: Option<Timestamp>,
    pub revoked_at: Option<Timestamp>,
    /// When it was seen that its letter cannot be delivered to this address.
    pub undeliverable_at: Option<Timestamp>,
}

impl ActiveModelBehavior for ActiveModel {}

table!(Account.counted_where(Resource::Invitation, is_pending));

/// It waits for an answer.
pub(crate) fn is_pending(now: Timestamp) -> Condition {
    use Column::{AcceptedAt, ExpiresAt, RevokedAt};
    Condition::all().add(AcceptedAt.is_null()).add(RevokedAt.is_null()).add(ExpiresAt.gt(now))
}
