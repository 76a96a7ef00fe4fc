//! The end of an organisation: its owner deletes it, can restore it for some days, and then it is purged.

mod letter;
mod purge;

use crate::verified_email;
pub use purge::purge_some;

pub(crate) use letter::{deleted, restored};
pub(crate) use purge::delete_rows;

use crate::{
    Access, Change, Context, Message, Result, contents,
    entity::{invitation, membership, organisation_tombstone as tombstones, outbox, user},
    ownership, tenant,
};
use model::{
    AccountId, Conflict, Contents, DeleteOrganisation, Deletion, Event, FieldErrors, FieldFault, Form,
    OrganisationEvent, Problem, Role, UserId,
};
use sea_orm::{
    ActiveModelTrait,
    ActiveValue::Set,
    ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel, QueryFilter, QuerySelect,
    sea_query::{Expr, ExprTrait, SimpleExpr},
};
use std::{collections::BTreeSet, time::Duration};

/// How long an organisation that was deleted can be restored: 14 days.
pub(crate) const RESTORABLE: Duration = Duration::from_hours(14 * 24);

/// What would go with the organisation.
///
/// # Errors
/// [`Problem::Refused`] for anybody but the owner.
pub async fn preview(ctx: &Context, account: AccountId) -> Result<Contents> {
    let access = ctx.member(account).await?;
    access.require_owner().await?;
    contents::of_organisation(&*access.expensive_reads().await?, &access).await
}

/// Deletes the organisation: from now on nobody enters it, and offers of it end. Its owner can restore it for
/// 14 days; owner and Admins are told by e-mail.
///
/// # Errors
/// [`Problem::Refused`] for anybody but the owner; [`Problem::Invalid`] for another name; [`Problem::ProofNeeded`].
pub async fn delete(ctx: &Context, account: AccountId, form: DeleteOrganisation) -> Result<()> {
    let access = ctx.member(account).await?;
    access.require_owner().await?;
    let DeleteOrganisation { name } = form.validated()?;
    if name != tenant::row(access.readers(), &access).await?.name {
        return Err(FieldErrors::one("name", FieldFault::NotTheName).into());
    }
    access
        .change(async |change| {
            change.access().owner_only()?;
            Ok(((), schedule(change).await?))
        })
        .await
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
    Access::during_deletion(ctx, account)
        .await?
        .change(async |change| {
            change.access().owner_only()?;
            let (db, access) = (change.db(), change.access());
            let row = tenant::row(db, access).await?;
            let Some(deleted_at) = row.deleted_at else { return Err(Conflict::NotBeingDeleted.into()) };
            let purge = tombstones::Entity::find_by_id(access.organisation()).one(db).await?;
            if purge.is_some() || deleted_at + RESTORABLE <= ctx.now() {
                return Err(Conflict::TooLateToRestore.into());
            }
            // A request that was under way when its login was closed.
            if owner_name(db, row.owner_id).await?.is_none() {
                return Err(Conflict::OwnerGone.into());
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
            Ok(((), Event::Organisation(OrganisationEvent::OrganisationRestored)))
        })
        .await
}
