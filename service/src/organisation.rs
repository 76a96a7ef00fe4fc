//! The tenant: its details, and how one enters an account of it.

use crate::{
    Access, Change, Context, Result, entity,
    throttle::{self, Throttle},
};
use model::{
    AccountId, Event, Form, MemberId, NewOrganisation, Organisation, OrganisationId, Permission, PermissionSet,
    Problem, Refusal, Role, Standing, UpdateOrganisation, UserId,
};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel, QueryFilter,
    QueryOrder, QuerySelect,
};
use std::{sync::Arc, time::Duration};

/// Writes a new organisation with its root account and its owner, under the ids of the change.
pub(crate) async fn found(change: &Change, name: String, owner: UserId) -> Result<()> {
    let access = change.access();
    let (ctx, now) = (access.ctx(), access.ctx().now());
    let organisation = entity::organisation::ActiveModel {
        id: Set(access.organisation()),
        owner_id: Set(owner),
        name: Set(name.clone()),
        physical_address: Set(model::Address::default()),
        billing_address: Set(model::Address::default()),
        created_at: Set(now),
        updated_at: Set(None),
        updated_by: Set(None),
        deleted_at: Set(None),
    };
    organisation.insert(change.db()).await?;
    crate::account::insert(change, access.account(), None, name).await?;
    let membership = entity::membership::ActiveModel {
        id: Set(MemberId(ctx.new_id()?)),
        organisation_id: Set(access.organisation()),
        account_id: Set(access.account()),
        user_id: Set(owner),
        role: Set(Role::Admin),
        permissions: Set(PermissionSet::EMPTY),
        suspended_at: Set(None),
        created_at: Set(now),
    };
    membership.insert(change.db()).await?;
    Ok(())
}

/// Against organisations that nobody wants.
const CREATE: Throttle = Throttle { name: "create-organisation", tries: 10, within: Duration::from_hours(24) };

/// Founds an organisation for somebody who is signed in; gives its root account.
///
/// # Errors
/// [`Problem::Invalid`] for the form; [`Refusal::SignUpClosed`]; [`Problem::TooMany`] by user.
pub async fn create(ctx: &Context, form: NewOrganisation) -> Result<AccountId> {
    let user = ctx.user()?;
    if !ctx.service().settings.open_sign_up {
        return Err(Refusal::SignUpClosed.into());
    }
    let NewOrganisation { name } = form.validated()?;
    throttle::count(ctx, CREATE, &user.to_string()).await?;
    let (organisation, account) = (OrganisationId(ctx.new_id()?), AccountId(ctx.new_id()?));
    let change = Access::oneself(ctx, user, organisation, account).change().await?;
    found(&change, name, user).await?;
    change.commit(Event::OrganisationFounded).await?;
    Ok(account)
}

/// Where the account is, and what the reader may do there now.
pub async fn standing(ctx: &Context, account: AccountId) -> Result<Standing> {
    let as_of = ctx.service().as_of();
    let access = ctx.member(account).await?;
    let names = ctx.service().trails.or_read(ctx, account, names(ctx, account)).await?;
    Ok(Standing {
        organisation: access.organisation(),
        account,
        organisation_name: names.organisation.clone(),
        trail: names.accounts.clone(),
        role: access.rights().role,
        permissions: access.rights().permissions,
        as_of,
    })
}

/// The names on the way from an organisation down to one of its accounts.
pub(crate) struct Trail {
    organisation: String,
    accounts: Vec<String>,
}

async fn names(ctx: &Context, account: AccountId) -> Result<Arc<Trail>> {
    use entity::{account::Column, account_ancestor as tree};
    use sea_orm::JoinType;
    let above = tree::Entity::belongs_to(entity::account::Entity).from(tree::Column::AncestorId).to(Column::Id);
    let whole = entity::account::Entity::belongs_to(entity::organisation::Entity)
        .from(Column::OrganisationId)
        .to(entity::organisation::Column::Id);
    let rows: Vec<(String, String)> = tree::Entity::find()
        .filter(tree::Column::AccountId.eq(account))
        .join(JoinType::InnerJoin, above.into())
        .join(JoinType::InnerJoin, whole.into())
        .order_by_asc(Column::Depth)
        .select_only()
        .column(entity::organisation::Column::Name)
        .column_as(Column::Name, "account_name")
        .into_tuple()
        .all(ctx.readers())
        .await?;
    let organisation = rows.first().map(|(organisation, _)| organisation.clone()).ok_or(Problem::NotFound)?;
    Ok(Arc::new(Trail { organisation, accounts: rows.into_iter().map(|(_, account)| account).collect() }))
}

pub(crate) async fn row(db: &impl ConnectionTrait, access: &Access) -> Result<entity::organisation::Model> {
    let row = entity::organisation::Entity::find_by_id(access.organisation()).one(db).await?;
    Ok(row.ok_or(Problem::NotFound)?)
}

/// Whether the organisation is being deleted; one that is not there yet, or any more, is not.
pub(crate) async fn is_deleting(db: &impl ConnectionTrait, organisation: OrganisationId) -> Result<bool> {
    let row = entity::organisation::Entity::find_by_id(organisation).one(db).await?;
    Ok(row.is_some_and(|row| row.deleted_at.is_some()))
}

/// Who owns the organisation, as it stands inside or outside a change.
pub(crate) async fn owner(db: &impl ConnectionTrait, access: &Access) -> Result<UserId> {
    Ok(row(db, access).await?.owner_id)
}

/// The organisation's details.
pub async fn get(ctx: &Context, account: AccountId) -> Result<Organisation> {
    let access = ctx.access(account, Permission::OrganisationRead).await?;
    let db = access.readers();
    let entity::organisation::Model {
        id,
        owner_id,
        name,
        physical_address,
        billing_address,
        created_at: _,
        updated_at,
        updated_by,
        deleted_at: _,
    } = row(db, &access).await?;
    let updated = match (updated_by, updated_at) {
        (Some(user), Some(at)) => Some((name_of(db, user).await?, ctx.moments().of(at))),
        _ => None,
    };
    Ok(Organisation {
        id,
        details: UpdateOrganisation { name, physical_address, billing_address },
        owner: name_of(db, owner_id).await?,
        updated,
    })
}

/// The account that all others lie below.
pub(crate) async fn root(db: &impl ConnectionTrait, access: &Access) -> Result<AccountId> {
    use entity::account::{Column, Entity};
    let root = access.all::<Entity>().filter(Column::ParentId.is_null()).one(db).await?;
    Ok(root.ok_or(Problem::NotFound)?.id)
}

pub(crate) async fn name_of(db: &impl ConnectionTrait, user: UserId) -> Result<String> {
    let user = entity::user::Entity::find_by_id(user).one(db).await?;
    Ok(user.map_or_else(|| "Somebody who left".to_owned(), |user| format!("{} {}", user.first_name, user.last_name)))
}

/// Changes the organisation's details.
///
/// # Errors
/// [`Problem::Invalid`] for the form.
pub async fn update(ctx: &Context, account: AccountId, form: UpdateOrganisation) -> Result<()> {
    let UpdateOrganisation { name, physical_address, billing_address } = form.validated()?;
    let access = ctx.access(account, Permission::OrganisationUpdate).await?;
    let change = access.change().await?;
    let mut organisation = row(change.db(), change.access()).await?.into_active_model();
    organisation.name = Set(name);
    organisation.physical_address = Set(physical_address);
    organisation.billing_address = Set(billing_address);
    organisation.updated_at = Set(Some(ctx.now()));
    organisation.updated_by = Set(Some(ctx.user()?));
    organisation.update(change.db()).await?;
    change.commit(Event::OrganisationUpdated).await
}
