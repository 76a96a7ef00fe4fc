//! Making, renaming and deleting accounts.

use super::tree;
use crate::{
    Access, Context, Result,
    entity::{account, api_key, campaign, contact, membership},
    joins, tenant,
};
use model::{
    AccountContents, AccountForm, AccountId, Event, FieldErrors, Form, OrganisationEvent, Permission, Policy,
    PolicyPoint, Problem, Refusal, Role,
};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, ConnectionTrait, IntoActiveModel, PaginatorTrait, QueryFilter,
};

/// Makes an account below another.
///
/// # Errors
/// [`Problem::Invalid`] for the form; [`Problem::Conflict`] deeper below the root than the policy has it.
pub async fn create(ctx: &Context, parent: AccountId, form: AccountForm) -> Result<AccountId> {
    let AccountForm { name } = form.validated()?;
    let change = ctx.access(parent, Permission::AccountCreate).await?.change().await?;
    let above = row(change.db(), change.access(), parent).await?;
    check_depth(&tenant::policy(change.db(), change.access()).await?, above.depth + 1)?;
    let account = AccountId(ctx.new_id()?);
    tree::insert(&change, account, Some(parent), name.clone()).await?;
    change.commit(Event::Organisation(OrganisationEvent::AccountCreated { account, name })).await?;
    Ok(account)
}

pub(super) fn check_depth(policy: &Policy, depth: i16) -> Result<()> {
    if depth > i16::from(policy.depth) {
        let most = PolicyPoint::Depth(policy.depth).words(|_| None);
        let sentence = format!("Accounts lie at most {most} below the first. Choose a higher place.");
        return Err(Problem::Conflict(sentence).into());
    }
    Ok(())
}

pub(super) async fn row(db: &impl ConnectionTrait, access: &Access, account: AccountId) -> Result<account::Model> {
    let row = access.in_organisation::<account::Entity>().filter(account::Column::Id.eq(account)).one(db).await?;
    Ok(row.ok_or(Problem::NotFound)?)
}

/// Gives an account another name.
///
/// # Errors
/// [`Problem::Invalid`] for the form.
pub async fn rename(ctx: &Context, account: AccountId, form: AccountForm) -> Result<()> {
    let AccountForm { name } = form.validated()?;
    let change = ctx.access(account, Permission::AccountUpdate).await?.change().await?;
    let row = row(change.db(), change.access(), account).await?;
    let before = row.name.clone();
    let mut row = row.into_active_model();
    row.name = Set(name.clone());
    row.update(change.db()).await?;
    change.commit(Event::Organisation(OrganisationEvent::AccountRenamed { account, name, before })).await
}

/// What would go with an account.
pub async fn preview_delete(ctx: &Context, account: AccountId) -> Result<AccountContents> {
    let access = ctx.access(account, Permission::AccountDelete).await?;
    contents(&*access.expensive_reads().await?, &access).await
}

async fn contents(db: &impl ConnectionTrait, access: &Access) -> Result<AccountContents> {
    Ok(AccountContents {
        accounts: access.in_subtree::<account::Entity>().count(db).await?.saturating_sub(1),
        members: access.in_subtree::<membership::Entity>().count(db).await?,
        invitations: joins::pending_invitations(access.in_subtree(), access.ctx().now()).count(db).await?,
        contacts: access.in_subtree::<contact::Entity>().count(db).await?,
        api_keys: access.in_subtree::<api_key::Entity>().filter(api_key::Column::RevokedAt.is_null()).count(db).await?,
        campaigns: access.in_subtree::<campaign::Entity>().count(db).await?,
    })
}

/// Deletes an account with everything below it and in it. It is gone at once for everybody; what may be much, such as
/// its contacts, is deleted afterwards, so that nobody waits for it.
///
/// # Errors
/// [`Problem::Invalid`] when it is not empty and `form` does not repeat its name; [`Problem::Conflict`]
/// for the first account; [`Problem::Refused`] when an Admin of it would go and the actor is not the owner.
pub async fn delete(ctx: &Context, account: AccountId, form: AccountForm) -> Result<()> {
    let mut change = ctx.access(account, Permission::AccountDelete).await?.change().await?;
    let (db, access) = (change.db(), change.access());
    let row = row(db, access, account).await?;
    if row.parent_id.is_none() {
        let sentence = "The first account goes only with the organisation.";
        return Err(Problem::Conflict(sentence.to_owned()).into());
    }
    let gone = contents(db, access).await?;
    if !gone.is_empty() && form.name.trim() != row.name {
        return Err(FieldErrors::one("name", "Type the name of the account as it stands above.").into());
    }
    let admins = access.in_subtree::<membership::Entity>().filter(membership::Column::Role.eq(Role::Admin));
    if !access.rights().is_owner() && admins.count(db).await? > 0 {
        return change.refuse(Refusal::AdminByOwnerOnly).await;
    }
    tree::detach(&change).await?;
    change.wake_account_purge();
    change.commit(Event::Organisation(OrganisationEvent::AccountDeleted { account, name: row.name, gone })).await
}
