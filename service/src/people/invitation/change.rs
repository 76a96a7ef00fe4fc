//! What an inviter does with an invitation that waits.

use super::{
    first_of, granted,
    invite::count_letters,
    letter::{insert_secret, link},
    sharing,
};
use crate::{
    Change, Context, Message, Result, Rollback,
    entity::{invitation, invitation_secret},
    joins, pending_invitations, rights, tenant,
    throttle::{self, Throttle},
};
use model::{
    AccountId, Conflict, Event, InvitationId, PeopleEvent, Permission, PermissionSet, Policy, Problem, RequestId, Role,
    Timestamp, within_ceiling,
};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter, sea_query::Expr,
};
use std::time::Duration;

/// Links that one person takes. What they could find out by one of the address that it is for, they would have to try.
const COPY: Throttle = Throttle { name: "copy-invitation-link", tries: 60, within: Duration::from_hours(24) };

async fn row(change: &Change, invitation: InvitationId) -> Result<invitation::Model> {
    let select = pending_invitations::pending(change.access()).filter(invitation::Column::Id.eq(invitation));
    Ok(select.one(change.db()).await?.ok_or(Problem::NotFound)?)
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
    access
        .change(async |change| {
            let (first, renewed) = renew(change, invitation).await?;
            invitation::Entity::update_many()
                .col_expr(invitation::Column::SentAt, Expr::value(ctx.now()))
                .col_expr(invitation::Column::UndeliverableAt, Expr::value(None::<Timestamp>))
                .filter(invitation::Column::Id.is_in(renewed))
                .exec(change.db())
                .await?;
            change.deliver_all(&[Message::Invitation(first)]).await?;
            Ok(((), Event::People(PeopleEvent::InvitationResent { invitation })))
        })
        .await
}

/// Gives the actor a new link to an invitation, to hand over in another way than by letter; for the rest as
/// [`resend`]. Whoever comes by it has shown nothing of whose the address is.
///
/// # Errors
/// [`Problem::Refused`] as [`resend`]; [`Problem::Conflict`] where the policy names domains: that an address is of one
/// of these, a letter alone shows.
pub async fn copy_link(ctx: &Context, account: AccountId, invitation: InvitationId) -> Result<String> {
    let secret = ctx.new_secret()?;
    let access = ctx.access(account, Permission::MemberInvite).await?;
    let person = ctx.person()?;
    throttle::count(ctx, COPY, &person.to_string()).await?;
    access
        .change(async |change| {
            if !tenant::policy(change.db(), change.access()).await?.domains.is_empty() {
                return Err(Conflict::LinkByLetterOnly.into());
            }
            let (first, _) = renew(change, invitation).await?;
            insert_secret(change.db(), &secret, first, Some(person)).await?;
            Ok(((), Event::People(PeopleEvent::InvitationLinkCopied { invitation })))
        })
        .await?;
    Ok(link(ctx, &secret))
}

/// Ends the links of an invitation, and begins its time anew, as strong as the actor. Gives whose letter it shares, and
/// which go along.
async fn renew(change: &Change, invitation: InvitationId) -> Result<(InvitationId, Vec<InvitationId>), Rollback> {
    let ctx = change.access().ctx();
    let row = row(change, invitation).await?;
    let policy = sending_policy(change, &row).await?;
    let first = first_of(&row);
    let mut renewed: Vec<InvitationId> = Vec::new();
    for row in joins::pending_invitations(sharing(first), ctx.now()).all(change.db()).await? {
        if may_send(change, &row).await? {
            renewed.push(row.id);
        }
    }
    invitation_secret::Entity::delete_many()
        .filter(invitation_secret::Column::InvitationId.eq(first))
        .exec(change.db())
        .await?;
    invitation::Entity::update_many()
        .col_expr(invitation::Column::InvitedBy, Expr::value(Some(ctx.person()?)))
        .col_expr(invitation::Column::ApiKeyId, Expr::value(change.access().key()))
        .col_expr(invitation::Column::ExpiresAt, Expr::value(ctx.now() + policy.invitation_lifetime()))
        .filter(invitation::Column::Id.is_in(renewed.iter().copied()))
        .exec(change.db())
        .await?;
    Ok((first, renewed))
}

/// The policy by which the actor may send this invitation.
///
/// # Errors
/// [`model::Refusal`] for a role above their own permissions, and for an address whose domain the policy does not let be invited.
pub(super) async fn sending_policy(change: &Change, row: &invitation::Model) -> Result<Policy, Rollback> {
    let granted = granted(change, row.account_id, row.role, row.permissions).await?.permissions;
    within_ceiling(change.access().rights().permissions, PermissionSet::EMPTY, granted)?;
    let policy = tenant::policy(change.db(), change.access()).await?;
    policy.admits(&row.email)?;
    Ok(policy)
}

/// Whether the actor could send this invitation, wherever it leads.
async fn may_send(change: &Change, row: &invitation::Model) -> Result<bool> {
    let ctx = change.access().ctx();
    let held = rights::permissions_of(change.db(), ctx.actor(), row.account_id, ctx.now()).await?;
    let granted = granted(change, row.account_id, row.role, row.permissions).await?.permissions;
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
    ctx.access(account, Permission::MemberInvite)
        .await?
        .change(async |change| {
            let row = row(change, invitation).await?;
            let before = granted(change, row.account_id, row.role, row.permissions).await?.permissions;
            // Another role has no toggles, and a custom one begins with none.
            let permissions = if role == row.role { row.permissions } else { PermissionSet::EMPTY };
            let after = granted(change, row.account_id, role, permissions).await?;
            within_ceiling(change.access().rights().permissions, before, after.permissions)?;
            let answers_for_it = may_send(change, &invitation::Model { role, permissions, ..row.clone() }).await?;
            let mut row = row.into_active_model();
            row.role = Set(role);
            row.permissions = Set(permissions);
            if answers_for_it {
                row.invited_by = Set(Some(ctx.person()?));
                row.api_key_id = Set(change.access().key());
            }
            row.update(change.db()).await?;
            Ok(((), Event::People(PeopleEvent::InvitationUpdated { invitation, role: after.role_name })))
        })
        .await
}

/// Withdraws an invitation; its link no longer leads there. Gives the request by which that can be taken back.
pub async fn revoke(ctx: &Context, account: AccountId, invitation: InvitationId) -> Result<RequestId> {
    ctx.access(account, Permission::MemberInvite)
        .await?
        .change(async |change| {
            let row = row(change, invitation).await?;
            let mut row = row.into_active_model();
            row.revoked_at = Set(Some(ctx.now()));
            row.update(change.db()).await?;
            Ok((ctx.request().id, Event::People(PeopleEvent::InvitationRevoked { invitation })))
        })
        .await
}
