//! The invitations that wait for the reader themselves.

use super::{
    Row,
    answer::{over, take},
    pending_in, with_names,
};
use crate::{
    Access, Change, Context, Result,
    entity::{invitation, user},
};
use model::{AccountId, Event, InvitationId, OwnInvitation, Problem};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel, QueryFilter,
    QueryOrder, Select,
};

/// Those to the address of whoever is signed in.
async fn to_me(ctx: &Context, db: &impl ConnectionTrait) -> Result<Select<invitation::Entity>> {
    let me = user::Entity::find_by_id(ctx.user()?).one(db).await?.ok_or(Problem::SignedOut)?;
    Ok(pending_in(invitation::Entity::find(), ctx.now()).filter(invitation::Column::Email.eq(me.email)))
}

/// The invitations to whoever is signed in, of all organisations, the newest first.
///
/// # Errors
/// [`Problem::SignedOut`].
pub async fn list_own(ctx: &Context) -> Result<Vec<OwnInvitation>> {
    let rows = with_names(to_me(ctx, ctx.readers()).await?)
        .order_by_desc(invitation::Column::CreatedAt)
        .order_by_desc(invitation::Column::Id)
        .into_model::<Row>()
        .all(ctx.readers())
        .await?;
    let moments = ctx.moments();
    let shown = |row: Row| OwnInvitation {
        id: row.id,
        role_name: row.role_name(),
        invited_by: row.inviter(),
        organisation_name: row.organisation_name,
        account_name: row.account_name,
        expires: moments.of(row.expires_at),
    };
    Ok(rows.into_iter().map(shown).collect())
}

/// Accepts one of them, and gives the account that the reader may enter now.
///
/// # Errors
/// [`Problem::NotFound`] for an invitation to somebody else; [`Problem::Conflict`] for one that is no
/// longer pending.
pub async fn accept_own(ctx: &Context, invitation: InvitationId) -> Result<AccountId> {
    let (change, row) = change(ctx, invitation).await?;
    let account = row.account_id;
    take(change, ctx.user()?, vec![row]).await?;
    Ok(account)
}

/// Declines one of them.
///
/// # Errors
/// As [`accept_own`].
pub async fn decline_own(ctx: &Context, invitation: InvitationId) -> Result<()> {
    let (change, row) = change(ctx, invitation).await?;
    let mut row = row.into_active_model();
    row.revoked_at = Set(Some(ctx.now()));
    row.update(change.db()).await?;
    change.commit(Event::InvitationDeclined { invitation }).await
}

async fn change(ctx: &Context, invitation: InvitationId) -> Result<(Change, invitation::Model)> {
    let user = ctx.user()?;
    let mine = |select: Select<invitation::Entity>| select.filter(invitation::Column::Id.eq(invitation));
    let row = mine(to_me(ctx, ctx.readers()).await?).one(ctx.readers()).await?.ok_or(Problem::NotFound)?;
    let change = Access::oneself(ctx, user, row.organisation_id, row.account_id).change().await?;
    let row = mine(to_me(ctx, change.db()).await?).one(change.db()).await?.ok_or_else(over)?;
    Ok((change, row))
}
