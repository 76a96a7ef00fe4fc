//! A change of one member.

use super::{Rules, bulk};
use crate::{
    Change, Context, Error, Result, entity,
    entity::membership,
    grants,
    pending_invitations::{self, Loss},
    session, tenant,
};
use model::{
    AccountId, ActOutcome, Event, Grant, InvitationSender, MemberAct, MemberId, MemberSelection, MemberUpdated, Node,
    PeopleEvent, Permission, PermissionSet, Problem, Refusal, Role, change_sentence, ending_invitations, sentences,
    within_ceiling,
};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use std::collections::HashMap;

/// An open change of one member, whom the actor may touch.
struct MemberChange {
    change: Change,
    row: membership::Model,
    before: Grant,
    /// What can be held in the member's account.
    reach: PermissionSet,
}

async fn change(ctx: &Context, account: AccountId, member: MemberId) -> Result<MemberChange> {
    let change = ctx.access(account, Permission::MemberUpdate).await?.change().await?;
    let access = change.access();
    let row =
        access.in_subtree::<membership::Entity>().filter(membership::Column::Id.eq(member)).one(change.db()).await?;
    let row = row.ok_or(Problem::NotFound)?;
    if let Err(refusal) = Rules::read(change.db(), access).await?.may_change_role(row.user_id, row.role) {
        return change.refuse(refusal).await;
    }
    let reach = PermissionSet::reach(tenant::root(change.db(), access).await? == row.account_id);
    let before = grants::resolve(change.db(), access.organisation(), row.role, row.permissions).await?.within(reach);
    Ok(MemberChange { change, row, before, reach })
}

/// Gives a member another role. A role of their own begins with what they hold.
///
/// # Errors
/// [`Problem::Refused`] by the grant ceiling, and for the owner, Admins and oneself;
/// [`Problem::NotFound`] for a named role that is none here.
pub async fn set_role(ctx: &Context, account: AccountId, member: MemberId, role: Role) -> Result<MemberUpdated> {
    if role == Role::Owner {
        return Err(Problem::Malformed.into());
    }
    let open = change(ctx, account, member).await?;
    let after =
        grants::resolve(open.change.db(), open.change.access().organisation(), role, open.before.permissions).await?;
    update(ctx, open, after).await
}

/// Switches a node of the permission tree on or off for a member, whose role is their own from then on.
///
/// # Errors
/// As [`set_role`]; [`Problem::Malformed`] for a node that the tree does not have.
pub async fn switch_permission(
    ctx: &Context,
    account: AccountId,
    member: MemberId,
    path: &str,
    on: bool,
) -> Result<MemberUpdated> {
    let node = Node::at(path).ok_or(Problem::Malformed)?;
    let open = change(ctx, account, member).await?;
    let own = open.before.permissions;
    let touchable = node.leaves().intersection(open.reach).intersection(open.change.access().rights().permissions);
    if touchable.is_empty() {
        return open.change.refuse(Refusal::AboveOwnPermissions).await;
    }
    let own = if on { own.union(touchable) } else { own.without(touchable) };
    update(ctx, open, Grant::of(Role::Custom, own)).await
}

/// Takes permissions from a member, whose role is their own from then on.
///
/// # Errors
/// As [`set_role`].
pub(crate) async fn take_away(
    ctx: &Context,
    account: AccountId,
    member: MemberId,
    taken: PermissionSet,
) -> Result<MemberUpdated> {
    let open = change(ctx, account, member).await?;
    let left = open.before.permissions.without(taken);
    update(ctx, open, Grant::of(Role::Custom, left)).await
}

async fn update(ctx: &Context, open: MemberChange, after: Grant) -> Result<MemberUpdated> {
    let MemberChange { change, row, before, reach } = open;
    let after = after.within(reach);
    let (held, holds) = (before.permissions, after.permissions);
    if let Err(refusal) = within_ceiling(change.access().rights().permissions, held, holds) {
        return change.refuse(refusal).await;
    }
    let (member, user, role, role_name) = (row.id, row.user_id, after.role, after.role_name.clone());
    let then = Loss::Members(HashMap::from([(member, (user, holds))]));
    let ending = pending_invitations::count_ended(change.db(), change.access(), &then).await?;
    bulk::give(&change, &after, vec![member]).await?;
    change.commit(Event::People(PeopleEvent::MemberUpdated { user, member, before, after })).await?;
    let name = entity::user::Entity::find_by_id(user).one(ctx.readers()).await?;
    let name = name.map_or_else(String::new, |user| user.first_name);
    Ok(MemberUpdated {
        role,
        role_name,
        permissions: holds,
        sentence: sentences(change_sentence(&name, held, holds), ending_invitations(ending, InvitationSender::ByThem)),
        open_sessions: session::count_open(ctx, user).await?,
    })
}

/// Suspends a member: what they may do here ends with this call, until they are restored.
///
/// # Errors
/// [`Problem::Refused`] for the owner, Admins and oneself.
pub async fn suspend(ctx: &Context, account: AccountId, member: MemberId) -> Result<()> {
    one(ctx, account, member, MemberAct::Suspend).await
}

/// Restores a suspended member to what they could do before.
///
/// # Errors
/// As [`suspend`].
pub async fn restore(ctx: &Context, account: AccountId, member: MemberId) -> Result<()> {
    one(ctx, account, member, MemberAct::Restore).await
}

/// Removes a member from their account.
///
/// # Errors
/// As [`suspend`].
pub async fn remove(ctx: &Context, account: AccountId, member: MemberId) -> Result<()> {
    one(ctx, account, member, MemberAct::Remove).await
}

/// Leaves the organisation: all memberships of whoever is signed in end with this call.
///
/// # Errors
/// [`Problem::Refused`] for the owner, who hands the organisation over first, and for keys.
pub async fn leave(ctx: &Context, account: AccountId) -> Result<()> {
    let access = ctx.member(account).await?;
    let user = access.require_person().await?;
    let change = access.change().await?;
    if change.access().rights().is_owner() {
        return change.refuse(Refusal::Owner).await;
    }
    let own = change.access().in_organisation::<membership::Entity>().filter(membership::Column::UserId.eq(user));
    let rows = own.all(change.db()).await?;
    membership::Entity::delete_many()
        .filter(membership::Column::Id.is_in(rows.iter().map(|row| row.id)))
        .exec(change.db())
        .await?;
    change
        .commit_all(
            rows.into_iter().map(|row| Event::People(PeopleEvent::MemberLeft { user, member: row.id })).collect(),
        )
        .await
}

async fn one(ctx: &Context, account: AccountId, member: MemberId, act: MemberAct) -> Result<()> {
    let done = bulk::change_many(ctx, account, MemberSelection::Members(vec![member]), act).await?;
    match done.lines.first().map(|line| line.outcome) {
        Some(ActOutcome::Changed | ActOutcome::Unchanged) => Ok(()),
        Some(ActOutcome::Refused(refusal)) => Err(Error::logged_refusal(refusal)),
        None => Err(Problem::NotFound.into()),
    }
}
