//! Making a key, changing what it may do, and its end.

use super::{Row, find, may_update, reach};
use crate::{
    Change, Context, Result,
    entity::api_key,
    grants, joins,
    pending_invitations::{self, Loss},
};
use model::{
    AccountId, ApiKeyForm, ApiKeyId, ApiKeyUpdated, Conflict, EndingInvitations, Event, Form, IdentityEvent,
    InvitationSender, KeyState, NewApiKey, Node, Permission, PermissionChange, PermissionSet, Problem, Refusal, Role,
    limit, within_ceiling,
};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter, sea_query::Expr,
};
use std::time::Duration;

/// Makes a key in an account; its secret is told in this answer and never again. For people alone: a key that made
/// others would live on in them.
///
/// # Errors
/// [`Problem::Invalid`] for the form; [`Problem::Refused`] by the grant ceiling; [`Problem::NotFound`] for a role of
/// another organisation; [`Problem::Conflict`] for more than [`limit::API_KEYS`]; [`Problem::ProofNeeded`].
pub async fn create(ctx: &Context, account: AccountId, form: ApiKeyForm) -> Result<NewApiKey> {
    let ApiKeyForm { name, permissions, days, like } = form.validated()?;
    ctx.access(account, Permission::ApiKeyCreate)
        .await?
        .change(async |change| {
            let access = change.access();
            if access.key().is_some() {
                return Err(Refusal::PeopleOnly.into());
            }
            let permissions = match like {
                Some(role) => of_role(change, role).await?.intersection(access.rights().permissions),
                None => permissions,
            };
            let permissions = permissions.intersection(reach(change.db(), access, account).await?);
            within_ceiling(access.rights().permissions, PermissionSet::EMPTY, permissions)?;
            let others = access.in_organisation::<api_key::Entity>().filter(joins::is_key_open(ctx.now()));
            if others.count(change.db()).await? >= limit::API_KEYS {
                return Err(Conflict::TooManyKeys { limit: limit::API_KEYS }.into());
            }
            let (id, secret) = (ApiKeyId(ctx.new_id()?), ctx.new_key_secret()?);
            let row = api_key::ActiveModel {
                id: Set(id),
                organisation_id: Set(access.organisation()),
                account_id: Set(account),
                created_by: Set(ctx.person()?),
                name: Set(name.clone()),
                secret_hash: Set(secret.hash().into_column()),
                begins: Set(secret.begins()),
                permissions: Set(permissions),
                created_at: Set(ctx.now()),
                expires_at: Set((days > 0).then(|| ctx.now() + Duration::from_hours(24 * u64::from(days)))),
                revoked_at: Set(None),
                last_used_at: Set(None),
                ..Default::default()
            };
            row.insert(change.db()).await?;
            let event = IdentityEvent::ApiKeyCreated { key: id, name: name.clone(), permissions };
            Ok((NewApiKey { id, name, secret: secret.reveal().to_owned() }, Event::Identity(event)))
        })
        .await
}

/// What a role holds now: a key keeps a copy, and does not follow the role.
async fn of_role(change: &Change, role: Role) -> Result<PermissionSet> {
    let organisation = change.access().organisation();
    Ok(grants::resolve(change.db(), organisation, role, PermissionSet::EMPTY).await?.permissions)
}

/// The row of a key that was not revoked.
async fn row(change: &Change, key: ApiKeyId) -> Result<Row> {
    let row = find(change.db(), change.access().in_subtree(), key).await?.ok_or(Problem::NotFound)?;
    if row.revoked_at.is_some() {
        return Err(Conflict::KeyRevoked.into());
    }
    Ok(row)
}

/// Switches a node of the permission tree on or off for a key, from its next request on.
///
/// # Errors
/// [`Problem::Refused`] by the grant ceiling, and for keys; [`Problem::Malformed`] for a node
/// that the tree does not have; [`Problem::Conflict`] for a key that was revoked.
pub async fn switch_permission(
    ctx: &Context,
    account: AccountId,
    key: ApiKeyId,
    path: &str,
    on: bool,
) -> Result<ApiKeyUpdated> {
    let node = Node::at(path).ok_or(Problem::Malformed)?;
    let given = if on { Given::All } else { Given::Nothing };
    update(ctx, account, key, node.leaves(), given).await
}

/// Takes everything from a key, as far as the actor may.
///
/// # Errors
/// As [`switch_permission`].
pub async fn switch_off(ctx: &Context, account: AccountId, key: ApiKeyId) -> Result<ApiKeyUpdated> {
    update(ctx, account, key, PermissionSet::ALL, Given::Nothing).await
}

/// Gives a key a copy of what a role holds now, in the place of its permissions, as far as the actor may; the owner's
/// stands for all that they may.
///
/// # Errors
/// As [`switch_permission`]; [`Problem::NotFound`] for a role of another organisation.
pub async fn copy_role(ctx: &Context, account: AccountId, key: ApiKeyId, role: Role) -> Result<ApiKeyUpdated> {
    update(ctx, account, key, PermissionSet::ALL, Given::Role(role)).await
}

/// Takes permissions from a key.
///
/// # Errors
/// As [`switch_permission`].
pub(crate) async fn take_away(
    ctx: &Context,
    account: AccountId,
    key: ApiKeyId,
    taken: PermissionSet,
) -> Result<ApiKeyUpdated> {
    update(ctx, account, key, taken, Given::Nothing).await
}

/// What a key has afterwards of the permissions that a change touches.
enum Given {
    Nothing,
    All,
    Role(Role),
}

async fn update(
    ctx: &Context,
    account: AccountId,
    key: ApiKeyId,
    touched: PermissionSet,
    given: Given,
) -> Result<ApiKeyUpdated> {
    ctx.access(account, Permission::ApiKeyUpdate)
        .await?
        .change(async |change| {
            let row = row(change, key).await?;
            may_update(change.access(), &row)?;
            let reach = reach(change.db(), change.access(), row.account_id).await?;
            let touched = touched.intersection(reach).intersection(change.access().rights().permissions);
            if touched.is_empty() {
                return Err(Refusal::AboveOwnPermissions.into());
            }
            let before = row.permissions;
            let given = match given {
                Given::Nothing => PermissionSet::EMPTY,
                Given::All => touched,
                Given::Role(role) => of_role(change, role).await?.intersection(touched),
            };
            let after = before.without(touched).union(given);
            let ending = pending_invitations::count_ended(change.db(), change.access(), &Loss::Key(key, after)).await?;
            let ending = EndingInvitations { count: ending, sent: InvitationSender::ByKey };
            let answer = ApiKeyUpdated {
                permissions: after,
                change: PermissionChange::of(row.name.clone(), before, after, ending),
            };
            if before == after {
                return Ok((answer, Vec::new()));
            }
            write(change, key, [(api_key::Column::Permissions, Expr::value(after))]).await?;
            let (lost, gained) = (before.without(after), after.without(before));
            let event = IdentityEvent::ApiKeyUpdated { key, name: row.name, lost, gained };
            Ok((answer, vec![Event::Identity(event)]))
        })
        .await
}

/// Gives a key another secret, told in this answer alone; the one before opens nothing any more.
///
/// # Errors
/// [`Problem::Refused`] for everyone but whoever made it, keys among them: it acts in their name;
/// [`Problem::ProofNeeded`].
pub async fn rotate(ctx: &Context, account: AccountId, key: ApiKeyId) -> Result<NewApiKey> {
    ctx.access(account, Permission::ApiKeyCreate)
        .await?
        .change(async |change| {
            let row = row(change, key).await?;
            if row.state(ctx.now()) == KeyState::Expired {
                return Err(Conflict::KeyExpired.into());
            }
            match ctx.user() {
                Ok(user) if user == row.created_by => {}
                Ok(_) => return Err(Refusal::KeyOfSomebodyElse.into()),
                Err(_) => return Err(Refusal::PeopleOnly.into()),
            }
            let secret = ctx.new_key_secret()?;
            let secret_hash = (api_key::Column::SecretHash, Expr::value(secret.hash().into_column()));
            write(change, key, [secret_hash, (api_key::Column::Begins, Expr::value(secret.begins()))]).await?;
            let event = IdentityEvent::ApiKeyRotated { key, name: row.name.clone() };
            let answer = NewApiKey { id: key, name: row.name, secret: secret.reveal().to_owned() };
            Ok((answer, Event::Identity(event)))
        })
        .await
}

/// Revokes a key for good: it opens nothing from its next request on.
///
/// # Errors
/// [`Problem::Conflict`] for one that was revoked before.
pub async fn revoke(ctx: &Context, account: AccountId, key: ApiKeyId) -> Result<()> {
    ctx.access(account, Permission::ApiKeyRevoke)
        .await?
        .change(async |change| {
            let row = row(change, key).await?;
            write(change, key, [(api_key::Column::RevokedAt, Expr::value(ctx.now()))]).await?;
            Ok(((), Event::Identity(IdentityEvent::ApiKeyRevoked { key, name: row.name })))
        })
        .await
}

async fn write<const N: usize>(change: &Change, key: ApiKeyId, values: [(api_key::Column, Expr); N]) -> Result<()> {
    let update = api_key::Entity::update_many();
    values
        .into_iter()
        .fold(update, |update, (column, value)| update.col_expr(column, value))
        .filter(api_key::Column::OrganisationId.eq(change.access().organisation()))
        .filter(api_key::Column::Id.eq(key))
        .exec(change.db())
        .await?;
    Ok(())
}
