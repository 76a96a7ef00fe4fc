use crate::{
    Access, Context, Result,
    entity::{account_ancestor as tree, membership, user},
    joins, tenant,
};
use model::{AccountId, Event, PeopleEvent, Permission, Role, RoleChanges, UserId};
use sea_orm::{
    ColumnTrait, EntityTrait, JoinType, QueryFilter, QueryOrder, QuerySelect, QueryTrait, sea_query::SelectStatement,
};

/// So many are named.
const NAMED: usize = 3;

/// The names of some who could give the actor a permission here: the owner, and Admins where the policy leaves roles to
/// them. For everybody in the account, whatever they may do: who may do nothing has to ask somebody.
pub async fn granters(ctx: &Context, account: AccountId, permission: Permission) -> Result<Vec<String>> {
    let access = ctx.member(account).await?;
    let db = access.readers();
    let organisation = tenant::row(db, &access).await?;
    let mut names = vec![tenant::name_of(db, organisation.owner_id, ctx.locale()).await?];
    if organisation.policy.role_changes == RoleChanges::Permitted {
        names.extend(admins(&access, permission, organisation.owner_id).await?);
    }
    names.truncate(NAMED);
    access.log_read_by_key(Event::People(PeopleEvent::MembersRead { records: names.len() as u64 })).await?;
    Ok(names)
}

/// The Admins whose place reaches the account, the longest-standing first, but for the actor.
async fn admins(access: &Access, permission: Permission, owner: UserId) -> Result<Vec<String>> {
    let db = access.readers();
    let places = if permission.is_of_organisation() {
        membership::Column::AccountId.eq(tenant::root(db, access).await?)
    } else {
        membership::Column::AccountId.in_subquery(with_those_above(access))
    };
    let mut others = access
        .in_organisation::<membership::Entity>()
        .join(JoinType::InnerJoin, joins::member_to_user())
        .filter(places)
        .filter(membership::Column::Role.eq(Role::Admin))
        .filter(membership::Column::SuspendedAt.is_null())
        .filter(membership::Column::UserId.ne(owner));
    if let Some(actor) = access.user() {
        others = others.filter(membership::Column::UserId.ne(actor));
    }
    let found: Vec<(String, String)> = others
        .order_by_asc(membership::Column::CreatedAt)
        .order_by_asc(membership::Column::Id)
        .limit(NAMED as u64)
        .select_only()
        .column(user::Column::FirstName)
        .column(user::Column::LastName)
        .into_tuple()
        .all(db)
        .await?;
    Ok(found.into_iter().map(|(first, last)| format!("{first} {last}")).collect())
}

/// The ids of the account and of those above it.
fn with_those_above(access: &Access) -> SelectStatement {
    let above = tree::Entity::find()
        .select_only()
        .column(tree::Column::AncestorId)
        .filter(tree::Column::OrganisationId.eq(access.organisation()))
        .filter(tree::Column::AccountId.eq(access.account()));
    above.into_query()
}
