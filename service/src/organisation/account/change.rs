//! Making, renaming and deleting accounts.

use super::tree;
use crate::{
    Access, Change, Context, Result, contents,
    entity::{account, membership},
    tenant,
};
use model::{
    AccountForm, AccountId, Conflict, Contents, Event, FieldErrors, FieldFault, Form, OrganisationEvent, Permission,
    Policy, Problem, Refusal, Role,
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
    ctx.access(parent, Permission::AccountCreate)
        .await?
        .change(async |change| {
            let above = row(change.db(), change.access(), parent).await?;
            check_depth(&tenant::policy(change.db(), change.access()).await?, above.depth + 1)?;
            let account = AccountId(ctx.new_id()?);
            tree::insert(change, account, Some(parent), name.clone()).await?;
            Ok((account, Event::Organisation(OrganisationEvent::AccountCreated { account, name })))
        })
        .await
}

pub(super) fn check_depth(policy: &Policy, depth: i16) -> Result<()> {
    if depth > i16::from(policy.depth) {
        return Err(Conflict::TooDeep { limit: policy.depth }.into());
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
/// [`Problem::Invalid`] for the form; [`Problem::Conflict`] for the first account, which is called as its organisation.
pub async fn rename(ctx: &Context, account: AccountId, form: AccountForm) -> Result<()> {
    let AccountForm { name } = form.validated()?;
    ctx.access(account, Permission::AccountUpdate)
        .await?
        .change(async |change| {
            let row = row(change.db(), change.access(), account).await?;
            if row.parent_id.is_none() {
                return Err(Conflict::RootAccountName.into());
            }
            let before = row.name.clone();
            set_name(change, row, name.clone()).await?;
            Ok(((), Event::Organisation(OrganisationEvent::AccountRenamed { account, name, before })))
        })
        .await
}

/// Calls the first account as its organisation, whose change this is a part of.
pub(crate) async fn rename_root(change: &Change, name: String) -> Result<()> {
    let root = tenant::root(change.db(), change.access()).await?;
    set_name(change, row(change.db(), change.access(), root).await?, name).await
}

async fn set_name(change: &Change, row: account::Model, name: String) -> Result<()> {
    let mut row = row.into_active_model();
    row.name = Set(name);
    row.update(change.db()).await?;
    Ok(())
}

/// What would go with an account.
pub async fn preview_delete(ctx: &Context, account: AccountId) -> Result<Contents> {
    let access = ctx.access(account, Permission::AccountDelete).await?;
    contents::of_account(&*access.expensive_reads().await?, &access).await
}

/// Deletes an account with everything below it and in it. It is gone at once for everybody; what may be much, such as
/// its contacts, is deleted afterwards, so that nobody waits for it.
///
/// # Errors
/// [`Problem::Invalid`] when it is not empty and `form` does not repeat its name; [`Problem::Conflict`]
/// for the first account; [`Problem::Refused`] when an Admin of it would go and the actor is not the owner.
pub async fn delete(ctx: &Context, account: AccountId, form: AccountForm) -> Result<()> {
    ctx.access(account, Permission::AccountDelete)
        .await?
        .change(async |change| {
            let (db, access) = (change.db(), change.access());
            let row = row(db, access, account).await?;
            if row.parent_id.is_none() {
                return Err(Conflict::RootAccountStays.into());
            }
            let gone = contents::of_account(db, access).await?;
            if !gone.is_empty() && form.name.trim() != row.name {
                return Err(FieldErrors::one("name", FieldFault::NotTheName).into());
            }
            let admins = access.in_subtree::<membership::Entity>().filter(membership::Column::Role.eq(Role::Admin));
            if !access.rights().is_owner() && admins.count(db).await? > 0 {
                return Err(Refusal::AdminByOwnerOnly.into());
            }
            tree::detach(change).await?;
            change.wake_account_purge();
            Ok(((), Event::Organisation(OrganisationEvent::AccountDeleted { account, name: row.name, gone })))
        })
        .await
}
