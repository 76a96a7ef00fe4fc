//! Making a key, changing what it may do, and its end.

use super::{Row, find, may_update, reach};
use crate::{
    Change, Context, Result,
    entity::api_key,
    joins,
    pending_invitations::{self, Loss},
};
use model::{
    AccountId, ApiKeyForm, ApiKeyId, ApiKeyUpdated, Event, Form, IdentityEvent, InvitationSender, KeyState, NewApiKey,
    Node, Permission, PermissionSet, Problem, Refusal, change_sentence, ending_invitations, limit, sentences,
    within_ceiling,
};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter, sea_query::Expr,
};
use std::time::Duration;

/// Makes a key in an account; its secret is told in this answer and never again. For people alone: a key that made
/// others would live on in them.
///
/// # Errors
/// [`Problem::Invalid`] for the form; [`Problem::Refused`] by the grant ceiling; [`Problem::Conflict`] for
/// more than [`limit::API_KEYS`].
pub async fn create(ctx: &Context, account: AccountId, form: ApiKeyForm) -> Result<NewApiKey> {
    let ApiKeyForm { name, permissions, days } = form.validated()?;
    let change = ctx.access(account, Permission::ApiKeyCreate).await?.change().await?;
    let access = change.access();
    if access.key().is_some() {
        return change.refuse(Refusal::PeopleOnly).await;
    }
    let permissions = permissions.intersection(reach(change.db(), access, account).await?);
    if let Err(refusal) = within_ceiling(access.rights().permissions, PermissionSet::EMPTY, permissions) {
        return change.refuse(refusal).await;
    }
    let others = access.in_organisation::<api_key::Entity>().filter(joins::is_key_open(ctx.now()));
    if others.count(change.db()).await? >= limit::API_KEYS {
        return Err(Problem::Conflict(format!("Keep it to {} keys: revoke one first.", limit::API_KEYS)).into());
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
    change.commit(Event::Identity(IdentityEvent::ApiKeyCreated { key: id, name: name.clone(), permissions })).await?;
    Ok(NewApiKey { id, name, secret: secret.reveal().to_owned() })
}

async fn change(ctx: &Context, account: AccountId, key: ApiKeyId, permission: Permission) -> Result<(Change, Row)> {
    let change = ctx.access(account, permission).await?.change().await?;
    let row = find(change.db(), change.access().in_subtree(), key).await?.ok_or(Problem::NotFound)?;
    if row.revoked_at.is_some() {
        return Err(Problem::Conflict("This key was revoked meanwhile. Make a new one.".to_owned()).into());
    }
    Ok((change, row))
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
    update(ctx, account, key, node.leaves(), on).await
}

/// Takes everything from a key, as far as the actor may.
///
/// # Errors
/// As [`switch_permission`].
pub async fn switch_off(ctx: &Context, account: AccountId, key: ApiKeyId) -> Result<ApiKeyUpdated> {
    update(ctx, account, key, PermissionSet::ALL, false).await
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
    update(ctx, account, key, taken, false).await
}

async fn update(
    ctx: &Context,
    account: AccountId,
    key: ApiKeyId,
    touched: PermissionSet,
    on: bool,
) -> Result<ApiKeyUpdated> {
    let (change, row) = change(ctx, account, key, Permission::ApiKeyUpdate).await?;
    if let Err(refusal) = may_update(change.access(), &row) {
        return change.refuse(refusal).await;
    }
    let reach = reach(change.db(), change.access(), row.account_id).await?;
    let touched = touched.intersection(reach).intersection(change.access().rights().permissions);
    if touched.is_empty() {
        return change.refuse(Refusal::AboveOwnPermissions).await;
    }
    let before = row.permissions;
    let after = if on { before.union(touched) } else { before.without(touched) };
    let ending = pending_invitations::count_ended(change.db(), change.access(), &Loss::Key(key, after)).await?;
    let sentence =
        sentences(change_sentence(&row.name, before, after), ending_invitations(ending, InvitationSender::ByKey));
    let answer = ApiKeyUpdated { permissions: after, sentence };
    if before == after {
        return Ok(answer);
    }
    write(&change, key, [(api_key::Column::Permissions, Expr::value(after))]).await?;
    let (lost, gained) = (before.without(after), after.without(before));
    change.commit(Event::Identity(IdentityEvent::ApiKeyUpdated { key, name: row.name, lost, gained })).await?;
    Ok(answer)
}

/// Gives a key another secret, told in this answer alone; the one before opens nothing any more.
///
/// # Errors
/// [`Problem::Refused`] for everyone but whoever made it, keys among them: it acts in their name.
pub async fn rotate(ctx: &Context, account: AccountId, key: ApiKeyId) -> Result<NewApiKey> {
    let (change, row) = change(ctx, account, key, Permission::ApiKeyCreate).await?;
    if row.state(ctx.now()) == KeyState::Expired {
        return Err(Problem::Conflict("This key has expired. Make a new one.".to_owned()).into());
    }
    match ctx.user() {
        Ok(user) if user == row.created_by => {}
        Ok(_) => return change.refuse(Refusal::KeyOfSomebodyElse).await,
        Err(_) => return change.refuse(Refusal::PeopleOnly).await,
    }
    let secret = ctx.new_key_secret()?;
    let secret_hash = (api_key::Column::SecretHash, Expr::value(secret.hash().into_column()));
    write(&change, key, [secret_hash, (api_key::Column::Begins, Expr::value(secret.begins()))]).await?;
    change.commit(Event::Identity(IdentityEvent::ApiKeyRotated { key, name: row.name.clone() })).await?;
    Ok(NewApiKey { id: key, name: row.name, secret: secret.reveal().to_owned() })
}

/// Revokes a key for good: it opens nothing from its next request on.
///
/// # Errors
/// [`Problem::Conflict`] for one that was revoked before.
pub async fn revoke(ctx: &Context, account: AccountId, key: ApiKeyId) -> Result<()> {
    let (change, row) = change(ctx, account, key, Permission::ApiKeyRevoke).await?;
    write(&change, key, [(api_key::Column::RevokedAt, Expr::value(ctx.now()))]).await?;
    change.commit(Event::Identity(IdentityEvent::ApiKeyRevoked { key, name: row.name })).await
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
