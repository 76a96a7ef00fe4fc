//! Keys as the database has them, with the names of what they are about.

use crate::{
    Context, Result,
    entity::{account, api_key, user},
    joins,
};
use model::{AccountId, ApiKey, ApiKeyId, KeyState, PermissionSet, Timestamp, UserId};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, FromQueryResult, JoinType, QueryFilter, QuerySelect,
    RelationDef, Select,
    sea_query::{Expr, ExprTrait},
};

#[derive(Clone, FromQueryResult)]
pub(crate) struct Row {
    pub id: ApiKeyId,
    pub account_id: AccountId,
    pub created_by: UserId,
    pub name: String,
    begins: String,
    pub permissions: PermissionSet,
    pub created_at: Timestamp,
    expires_at: Option<Timestamp>,
    pub revoked_at: Option<Timestamp>,
    last_used_at: Option<Timestamp>,
    pub account_name: String,
    creator_first: String,
    creator_last: String,
    creator_here: bool,
}

/// Whether whoever made a key is in an account where it works, or in one above, or owns the organisation.
const CREATOR_HERE: &str = "(EXISTS (SELECT 1 FROM membership m
        JOIN account_ancestor above ON above.ancestor_id = m.account_id AND above.account_id = api_key.account_id
        WHERE m.user_id = api_key.created_by AND m.suspended_at IS NULL)
    OR EXISTS (SELECT 1 FROM membership m
        JOIN account_ancestor below ON below.account_id = m.account_id AND below.ancestor_id = api_key.account_id
        WHERE m.user_id = api_key.created_by AND m.suspended_at IS NULL)
    OR EXISTS (SELECT 1 FROM organisation o
        WHERE o.id = api_key.organisation_id AND o.owner_id = api_key.created_by))";

impl Row {
    pub fn state(&self, now: Timestamp) -> KeyState {
        if self.revoked_at.is_some() {
            KeyState::Revoked
        } else if self.expires_at.is_some_and(|at| at <= now) {
            KeyState::Expired
        } else if self.creator_here {
            KeyState::Live
        } else {
            KeyState::CreatorInactive
        }
    }

    pub fn creator(&self) -> String {
        format!("{} {}", self.creator_first, self.creator_last)
    }

    pub fn into_view(self, ctx: &Context) -> ApiKey {
        let moments = ctx.moments();
        ApiKey {
            id: self.id,
            creator: self.creator(),
            creator_id: self.created_by,
            state: self.state(ctx.now()),
            name: self.name,
            begins: self.begins,
            account: self.account_id,
            account_name: self.account_name,
            permissions: self.permissions,
            created: moments.of(self.created_at),
            last_used: self.last_used_at.map(|at| moments.of(at)),
            expires: self.expires_at.map(|at| moments.of(at)),
        }
    }
}

/// The keys of one state, as [`Row::state`] has it.
pub(crate) fn is(state: KeyState, now: Timestamp) -> Condition {
    use api_key::Column::{ExpiresAt, RevokedAt};
    match state {
        KeyState::Revoked => Condition::all().add(RevokedAt.is_not_null()),
        KeyState::Expired => Condition::all().add(RevokedAt.is_null()).add(ExpiresAt.lte(now)),
        KeyState::Live => joins::is_key_open(now).add(Expr::cust(CREATOR_HERE)),
        KeyState::CreatorInactive => joins::is_key_open(now).add(Expr::cust(CREATOR_HERE).not()),
    }
}

pub(crate) fn with_names(select: Select<api_key::Entity>) -> Select<api_key::Entity> {
    let to_creator: RelationDef =
        api_key::Entity::belongs_to(user::Entity).from(api_key::Column::CreatedBy).to(user::Column::Id).into();
    select
        .join(JoinType::InnerJoin, joins::key_to_account())
        .join(JoinType::InnerJoin, to_creator)
        .column_as(account::Column::Name, "account_name")
        .column_as(user::Column::FirstName, "creator_first")
        .column_as(user::Column::LastName, "creator_last")
        .expr_as(Expr::cust(CREATOR_HERE), "creator_here")
}

/// One of the keys, if it is one of them.
pub(crate) async fn find(
    db: &impl ConnectionTrait,
    keys: Select<api_key::Entity>,
    key: ApiKeyId,
) -> Result<Option<Row>> {
    let select = with_names(keys.filter(api_key::Column::Id.eq(key)));
    Ok(select.into_model::<Row>().one(db).await?)
}
