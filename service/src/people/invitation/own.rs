//! The invitations that wait for the reader themselves.

use super::{
    Row,
    answer::{accept_all, no_longer_open},
    authority::CheckedInvitations,
    open::count_asking,
    with_names,
};
use crate::{
    Access, Change, Context, Message, Result, Rollback, entity::invitation, joins, verified_email::VerifiedEmail,
};
use model::{
    AccountId, Conflict, Event, InvitationId, InvitationState, OwnInvitation, PeopleEvent, Problem, Timestamp,
};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel, QueryFilter,
    QueryOrder, Select,
};

/// Those to an address that is known to be the reader's.
fn to(me: &VerifiedEmail, now: Timestamp) -> Select<invitation::Entity> {
    joins::pending_invitations(invitation::Entity::find(), now).filter(invitation::Column::Email.eq(me.as_str()))
}

/// The address of whoever is signed in, once they have confirmed it.
async fn me(ctx: &Context, db: &impl ConnectionTrait) -> Result<Option<VerifiedEmail>> {
    VerifiedEmail::of_user(db, ctx.user()?).await
}

/// The invitations to whoever is signed in, of all organisations, the newest first. To an address that is not
/// confirmed there are none.
///
/// # Errors
/// [`Problem::SignedOut`].
pub async fn list_own(ctx: &Context) -> Result<Vec<OwnInvitation>> {
    let db = ctx.readers();
    let Some(me) = me(ctx, db).await? else { return Ok(Vec::new()) };
    let sifted = CheckedInvitations::of(db, ctx, to(&me, ctx.now()).all(db).await?).await?;
    let is_void = |row: &Row| sifted.void.iter().any(|(void, _)| void.id == row.id);
    let rows = with_names(to(&me, ctx.now()))
        .order_by_desc(invitation::Column::CreatedAt)
        .order_by_desc(invitation::Column::Id)
        .into_model::<Row>()
        .all(db)
        .await?;
    let moments = ctx.moments();
    let shown = |row: Row| OwnInvitation {
        state: if is_void(&row) { InvitationState::Void } else { InvitationState::Pending },
        id: row.id,
        role_name: row.role_name(),
        invited_by: row.inviter(ctx.locale()),
        organisation_name: row.organisation_name,
        account_name: row.account_name,
        expires: moments.of(row.expires_at),
    };
    Ok(rows.into_iter().map(shown).collect())
}

/// Accepts one of them, and gives the account that the reader may enter now.
///
/// # Errors
/// [`Problem::NotFound`] for an invitation to somebody else, or to an address that is not confirmed;
/// [`Problem::Conflict`] for one that is no longer pending; [`Problem::Refused`] when its sender could not send it any
/// more.
pub async fn accept_own(ctx: &Context, invitation: InvitationId) -> Result<AccountId> {
    change(ctx, invitation, async |change, me, row| accept_all(change, me.user(), vec![row], false).await).await
}

/// Declines one of them.
///
/// # Errors
/// As [`accept_own`].
pub async fn decline_own(ctx: &Context, invitation: InvitationId) -> Result<()> {
    change(ctx, invitation, async |change, _, row| {
        let mut row = row.into_active_model();
        row.revoked_at = Set(Some(ctx.now()));
        row.update(change.db()).await?;
        Ok(((), vec![Event::People(PeopleEvent::InvitationDeclined { invitation })]))
    })
    .await
}

/// Asks for a new one in the place of one of them that is void, as the link of its letter does.
///
/// # Errors
/// [`Problem::NotFound`] as [`accept_own`]; [`Problem::Conflict`] for one that can be accepted; [`Problem::TooMany`].
pub async fn ask_own(ctx: &Context, invitation: InvitationId) -> Result<()> {
    let (_, row) = own(ctx, ctx.readers(), invitation).await?.ok_or(Problem::NotFound)?;
    if CheckedInvitations::of(ctx.readers(), ctx, vec![row]).await?.void.is_empty() {
        return Err(Conflict::InvitationOpen.into());
    }
    count_asking(ctx, invitation).await?;
    change(ctx, invitation, async |change, _, _| {
        change.deliver_all(&[Message::InvitationAsked(invitation)]).await?;
        Ok(((), vec![Event::People(PeopleEvent::InvitationAsked { invitation })]))
    })
    .await
}

async fn own(
    ctx: &Context,
    db: &impl ConnectionTrait,
    invitation: InvitationId,
) -> Result<Option<(VerifiedEmail, invitation::Model)>> {
    let Some(me) = me(ctx, db).await? else { return Ok(None) };
    let row = to(&me, ctx.now()).filter(invitation::Column::Id.eq(invitation)).one(db).await?;
    Ok(row.map(|row| (me, row)))
}

/// Opens a change of one of the reader's own invitations.
async fn change<T>(
    ctx: &Context,
    invitation: InvitationId,
    body: impl AsyncFnOnce(&mut Change, VerifiedEmail, invitation::Model) -> Result<(T, Vec<Event>), Rollback>,
) -> Result<T> {
    let (address, row) = own(ctx, ctx.readers(), invitation).await?.ok_or(Problem::NotFound)?;
    Access::for_self(ctx, address.user(), row.organisation_id, row.account_id)
        .change(async |change| {
            let (address, row) = own(ctx, change.db(), invitation).await?.ok_or_else(no_longer_open)?;
            body(change, address, row).await
        })
        .await
}
