//! The end of an organisation: its owner deletes it, can restore it for some days, and then it is purged.

mod letter;
mod purge;

use crate::{joins, verified_email};
pub use purge::purge_some;

pub(crate) use letter::{deleted, restored};
pub(crate) use purge::delete_rows;

use crate::{
    Access, Change, Context, Message, Result,
    entity::{
        access_entry, account, api_key, campaign, contact, invitation, membership,
        organisation_tombstone as tombstones, outbox, role, user,
    },
    kernel::access::AccountEntity,
    ownership, password, tenant,
};
use model::{
    AccountId, DeleteOrganisation, Deletion, Event, FieldErrors, Form, OrganisationContents, OrganisationEvent,
    Problem, Refusal, Role, UserId,
};
use sea_orm::{
    ActiveModelTrait,
    ActiveValue::Set,
    ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel, PaginatorTrait, QueryFilter, QuerySelect, QueryTrait,
    Select,
    sea_query::{Expr, ExprTrait, SimpleExpr},
};
use std::{collections::BTreeSet, time::Duration};

/// How long an organisation that was deleted can be restored: 14 days.
pub(crate) const RESTORABLE: Duration = Duration::from_hours(14 * 24);

/// What would go with the organisation.
///
/// # Errors
/// [`Problem::Refused`] for anybody but the owner.
pub async fn preview(ctx: &Context, account: AccountId) -> Result<OrganisationContents> {
    let access = owned(ctx.member(account).await?).await?;
    let reads = access.expensive_reads().await?;
    let db = &*reads;
    let members =
        access.in_organisation::<membership::Entity>().select_only().column(membership::Column::UserId).distinct();
    Ok(OrganisationContents {
        accounts: access.in_organisation::<account::Entity>().count(db).await?,
        members: members.count(db).await?,
        contacts: in_accounts::<contact::Entity>(&access).count(db).await?,
        invitations: joins::pending_invitations(access.in_organisation::<invitation::Entity>(), ctx.now())
            .count(db)
            .await?,
        roles: access.in_organisation::<role::Entity>().count(db).await?,
        api_keys: access.in_organisation::<api_key::Entity>().count(db).await?,
        campaigns: in_accounts::<campaign::Entity>(&access).count(db).await?,
        log_entries: access.in_organisation::<access_entry::Entity>().count(db).await?,
    })
}

/// Without what still lies in accounts that were deleted.
fn in_accounts<E: AccountEntity>(access: &Access) -> Select<E> {
    let accounts = access.in_organisation::<account::Entity>().select_only().column(account::Column::Id);
    access.in_organisation::<E>().filter(E::account().in_subquery(accounts.into_query()))
}

async fn owned(access: Access) -> Result<Access> {
    if access.rights().is_owner() { Ok(access) } else { Err(access.log_refusal(Refusal::OwnerOnly).await?) }
}

/// Deletes the organisation: from now on nobody enters it, and offers of it end. Its owner can restore it for
/// 14 days; owner and Admins are told by e-mail.
///
/// # Errors
/// [`Problem::Refused`] for anybody but the owner; [`Problem::Invalid`] for another name and a wrong password;
/// [`Problem::TooMany`].
pub async fn delete(ctx: &Context, account: AccountId, form: DeleteOrganisation) -> Result<()> {
    let access = owned(ctx.member(account).await?).await?;
    let DeleteOrganisation { name, password } = form.validated()?;
    if name != tenant::row(access.readers(), &access).await?.name {
        return Err(FieldErrors::one("name", "Type the name of the organisation as it stands above.").into());
    }
    password::confirm(ctx, password).await?;
    let mut change = ownership::owners_change(access).await?;
    let events = schedule(&mut change).await?;
    change.commit_all(events).await
}

/// Deletes the organisation of a change: see [`delete`].
pub(crate) async fn schedule(change: &mut Change) -> Result<Vec<Event>> {
    let (db, access) = (change.db(), change.access());
    let ended = ownership::end_offer(db, access).await?;
    let mut row = tenant::row(db, access).await?.into_active_model();
    row.deleted_at = Set(Some(access.ctx().now()));
    row.update(db).await?;
    // What still waits to be sent waits for the end too.
    put_off(db, access, Expr::col(outbox::Column::DueAt).add(micros(RESTORABLE))).await?;
    let told: Vec<Message> =
        readers(db, access).await?.into_iter().map(|reader| Message::OrganisationDeleted { reader }).collect();
    change.deliver_all(&told).await?;
    Ok(ended.into_iter().chain([Event::Organisation(OrganisationEvent::OrganisationDeleted)]).collect())
}

fn micros(time: Duration) -> i64 {
    i64::try_from(time.as_micros()).unwrap_or(i64::MAX)
}

/// Moves the next tries of what waits in the outbox.
async fn put_off(db: &impl ConnectionTrait, access: &Access, due: SimpleExpr) -> Result<()> {
    outbox::Entity::update_many()
        .col_expr(outbox::Column::DueAt, due)
        .filter(outbox::Column::OrganisationId.eq(access.organisation()))
        .filter(outbox::Column::DeliveredAt.is_null())
        .exec(db)
        .await?;
    Ok(())
}

/// The owner and all Admins.
async fn readers(db: &impl ConnectionTrait, access: &Access) -> Result<BTreeSet<UserId>> {
    let admins = access
        .in_organisation::<membership::Entity>()
        .filter(membership::Column::Role.eq(Role::Admin))
        .filter(membership::Column::SuspendedAt.is_null());
    let admins: Vec<UserId> = admins.select_only().column(membership::Column::UserId).into_tuple().all(db).await?;
    Ok(admins.into_iter().chain([tenant::owner(db, access).await?]).collect())
}

/// What a member may know of the end of their organisation.
///
/// # Errors
/// [`Problem::NotFound`] when it is not being deleted.
pub async fn get(ctx: &Context, account: AccountId) -> Result<Deletion> {
    let access = Access::during_deletion(ctx, account).await?;
    let row = tenant::row(access.readers(), &access).await?;
    let at = row.deleted_at.ok_or(Problem::NotFound)?;
    Ok(Deletion {
        organisation_name: row.name,
        owner: owner_name(access.readers(), row.owner_id).await?,
        is_mine: access.rights().is_owner(),
        deleted: ctx.moments().of(at),
        ends: ctx.moments().of(at + RESTORABLE),
    })
}

/// Who can restore it; nobody can whose login was closed.
async fn owner_name(db: &impl ConnectionTrait, owner: UserId) -> Result<Option<String>> {
    let owner = user::Entity::find_by_id(owner).one(db).await?.filter(|owner| !verified_email::is_closed(owner));
    Ok(owner.map(|owner| format!("{} {}", owner.first_name, owner.last_name)))
}

/// Takes the deletion back: all is as it was, and what was to end meanwhile gets the time it lost.
///
/// # Errors
/// [`Problem::Refused`] for anybody but the owner; [`Problem::Conflict`] when it is not being deleted, when the 14
/// days are over, and when the owner's login was closed.
pub async fn restore(ctx: &Context, account: AccountId) -> Result<()> {
    let conflict = |sentence: &str| Err(Problem::Conflict(sentence.to_owned()).into());
    let mut change = owned(Access::during_deletion(ctx, account).await?).await?.change().await?;
    if !change.access().rights().is_owner() {
        return change.refuse(Refusal::OwnerOnly).await;
    }
    let (db, access) = (change.db(), change.access());
    let row = tenant::row(db, access).await?;
    let Some(deleted_at) = row.deleted_at else { return conflict("This organisation is not being deleted.") };
    let purge = tombstones::Entity::find_by_id(access.organisation()).one(db).await?;
    if purge.is_some() || deleted_at + RESTORABLE <= ctx.now() {
        return conflict("The 14 days are over. This organisation can no longer be restored.");
    }
    // A request that was under way when its login was closed.
    if owner_name(db, row.owner_id).await?.is_none() {
        return conflict("The login of the owner is closed. This organisation can no longer be restored.");
    }
    let mut row = row.into_active_model();
    row.deleted_at = Set(None);
    row.update(db).await?;
    let lost = micros(ctx.now().since(deleted_at));
    invitation::Entity::update_many()
        .col_expr(invitation::Column::ExpiresAt, Expr::col(invitation::Column::ExpiresAt).add(lost))
        .filter(invitation::Column::OrganisationId.eq(access.organisation()))
        .filter(invitation::Column::ExpiresAt.gt(deleted_at))
        .exec(db)
        .await?;
    put_off(db, access, Expr::col(outbox::Column::DueAt).sub(micros(RESTORABLE))).await?;
    let told: Vec<Message> =
        readers(db, access).await?.into_iter().map(|reader| Message::OrganisationRestored { reader }).collect();
    change.deliver_all(&told).await?;
    change.commit(Event::Organisation(OrganisationEvent::OrganisationRestored)).await
}
