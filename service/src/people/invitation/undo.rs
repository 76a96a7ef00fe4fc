//! Taking back that an invitation was withdrawn.

use super::{change::sending_policy, first_of};
use crate::{
    Change, Context, Message, Result, Rollback,
    entity::{invitation, invitation_secret, outbox},
    pending_invitations,
    people::undo::latest_acts,
};
use model::{AccountId, Conflict, Event, InvitationId, PeopleEvent, Permission, Problem, RequestId};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, EntityTrait, IntoActiveModel, PaginatorTrait, QueryFilter,
};

/// Lets the invitation wait again that the actor withdrew in `request`: as it was, from whom it was, for as long as it had.
/// Its links lead there again, which is as much as sending it, so the actor has to be able to do that.
///
/// # Errors
/// [`Problem::Conflict`] when there is nothing to take back, or no longer; [`Problem::Refused`] for a role above the
/// actor's own permissions, and for an address whose domain the policy does not let be invited.
pub async fn undo_revoke(ctx: &Context, account: AccountId, request: RequestId) -> Result<()> {
    let access = ctx.access(account, Permission::MemberInvite).await?;
    let revoked = latest_acts(&access, request).await?.into_iter().find_map(|event| {
        if let Event::People(PeopleEvent::InvitationRevoked { invitation }) = event { Some(invitation) } else { None }
    });
    let invitation = revoked.ok_or(Problem::Conflict(Conflict::TooLateToUndo))?;
    access
        .change(async |change| {
            let row = withdrawn(change, invitation).await?;
            sending_policy(change, &row).await?;
            let first = first_of(&row);
            let mut row = row.into_active_model();
            row.revoked_at = Set(None);
            row.update(change.db()).await?;
            if !has_letter(change, first).await? {
                change.deliver_all(&[Message::Invitation(first)]).await?;
            }
            Ok(((), Event::People(PeopleEvent::InvitationRestored { invitation })))
        })
        .await
}

/// The invitation as it was left, unless its time is over or the address is invited there anew.
async fn withdrawn(change: &Change, invitation: InvitationId) -> Result<invitation::Model, Rollback> {
    let too_late = || Problem::Conflict(Conflict::TooLateToUndo);
    let access = change.access();
    let row = access
        .in_subtree::<invitation::Entity>()
        .filter(invitation::Column::Id.eq(invitation))
        .filter(invitation::Column::RevokedAt.is_not_null())
        .filter(invitation::Column::ExpiresAt.gt(access.ctx().now()))
        .one(change.db())
        .await?;
    let row = row.ok_or_else(too_late)?;
    let again = pending_invitations::pending(access)
        .filter(invitation::Column::AccountId.eq(row.account_id))
        .filter(invitation::Column::Email.eq(&row.email));
    if again.count(change.db()).await? > 0 { Err(too_late().into()) } else { Ok(row) }
}

/// Whether its letter is written, or still will be: one that came up for writing meanwhile was left out.
async fn has_letter(change: &Change, first: InvitationId) -> Result<bool> {
    let written = invitation_secret::Entity::find().filter(invitation_secret::Column::InvitationId.eq(first));
    if written.count(change.db()).await? > 0 {
        return Ok(true);
    }
    let waiting = change
        .access()
        .in_organisation::<outbox::Entity>()
        .filter(outbox::Column::Message.eq(super::letter_key(first)))
        .filter(outbox::Column::DeliveredAt.is_null())
        .filter(outbox::Column::FailedAt.is_null());
    Ok(waiting.count(change.db()).await? > 0)
}
