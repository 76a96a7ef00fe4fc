//! What an inviter does with an invitation that waits.

use super::{first_of, granted, invite::count_letters, sharing};
use crate::{
    Access, Change, Context, Message, Result,
    entity::{invitation, invitation_secret},
    joins, pending_invitations, rights, tenant,
};
use model::{
    AccountId, Event, InvitationId, PeopleEvent, Permission, PermissionSet, Problem, Role, Timestamp, within_ceiling,
};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter, sea_query::Expr,
};

async fn change(access: Access, invitation: InvitationId) -> Result<(Change, invitation::Model)> {
    let change = access.change().await?;
    let row = pending_invitations::pending(change.access())
        .filter(invitation::Column::Id.eq(invitation))
        .one(change.db())
        .await?;
    Ok((change, row.ok_or(Problem::NotFound)?))
}

/// Sends an invitation once more, with a new link and a new time; the old links end. Of those that share its letter,
/// the ones go along that the actor could send: from then on all of these are as strong as the actor.
///
/// # Errors
/// [`Problem::Refused`] for a role above the actor's own permissions, and for an address whose domain
/// the policy does not let be invited; [`Problem::TooMany`] as for a new one.
pub async fn resend(ctx: &Context, account: AccountId, invitation: InvitationId) -> Result<()> {
    let access = ctx.access(account, Permission::MemberInvite).await?;
    count_letters(&access, 1).await?;
    let (mut change, row) = change(access, invitation).await?;
    let granted = granted(&change, row.account_id, row.role).await?.permissions;
    if let Err(refusal) = within_ceiling(change.access().rights().permissions, PermissionSet::EMPTY, granted) {
        return change.refuse(refusal).await;
    }
    let policy = tenant::policy(change.db(), change.access()).await?;
    if let Err(refusal) = policy.admits(&row.email) {
        return change.refuse(refusal).await;
    }
    let first = first_of(&row);
    let mut renewed: Vec<InvitationId> = Vec::new();
    for row in joins::pending_invitations(sharing(first), ctx.now()).all(change.db()).await? {
        if may_send(&change, &row).await? {
            renewed.push(row.id);
        }
    }
    invitation_secret::Entity::delete_many()
        .filter(invitation_secret::Column::InvitationId.eq(first))
        .exec(change.db())
        .await?;
    invitation::Entity::update_many()
        .col_expr(invitation::Column::SentAt, Expr::value(ctx.now()))
        .col_expr(invitation::Column::UndeliverableAt, Expr::value(None::<Timestamp>))
        .col_expr(invitation::Column::InvitedBy, Expr::value(Some(ctx.person()?)))
        .col_expr(invitation::Column::ApiKeyId, Expr::value(change.access().key()))
        .col_expr(invitation::Column::ExpiresAt, Expr::value(ctx.now() + policy.invitation_lifetime()))
        .filter(invitation::Column::Id.is_in(renewed))
        .exec(change.db())
        .await?;
    change.deliver_all(&[Message::Invitation(first)]).await?;
    change.commit(Event::People(PeopleEvent::InvitationResent { invitation })).await
}

/// Whether the actor could send this invitation, wherever it leads.
async fn may_send(change: &Change, row: &invitation::Model) -> Result<bool> {
    let ctx = change.access().ctx();
    let held = rights::permissions_of(change.db(), ctx.actor(), row.account_id, ctx.now()).await?;
    let granted = granted(change, row.account_id, row.role).await?.permissions;
    Ok(held.contains(Permission::MemberInvite) && granted.is_subset(held))
}

/// Gives an invitation another role; from then on it is as strong as the actor, if they could send it.
///
/// # Errors
/// [`Problem::Refused`] for a role above the actor's own permissions, the old one or the new.
pub async fn set_role(ctx: &Context, account: AccountId, invitation: InvitationId, role: Role) -> Result<()> {
    if role == Role::Owner {
        return Err(Problem::Malformed.into());
    }
    let (change, row) = change(ctx.access(account, Permission::MemberInvite).await?, invitation).await?;
    let before = granted(&change, row.account_id, row.role).await?.permissions;
    let after = granted(&change, row.account_id, role).await?;
    if let Err(refusal) = within_ceiling(change.access().rights().permissions, before, after.permissions) {
        return change.refuse(refusal).await;
    }
    let answers_for_it = may_send(&change, &invitation::Model { role, ..row.clone() }).await?;
    let mut row = row.into_active_model();
    row.role = Set(role);
    if answers_for_it {
        row.invited_by = Set(Some(ctx.person()?));
        row.api_key_id = Set(change.access().key());
    }
    row.update(change.db()).await?;
    change.commit(Event::People(PeopleEvent::InvitationUpdated { invitation, role: after.role_name })).await
}

/// Withdraws an invitation; its link no longer leads there.
pub async fn revoke(ctx: &Context, account: AccountId, invitation: InvitationId) -> Result<()> {
    let (change, row) = change(ctx.access(account, Permission::MemberInvite).await?, invitation).await?;
    let mut row = row.into_active_model();
    row.revoked_at = Set(Some(ctx.now()));
    row.update(change.db()).await?;
    change.commit(Event::People(PeopleEvent::InvitationRevoked { invitation })).await
}
