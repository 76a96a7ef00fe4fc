//! A change of one member.

use super::{Rules, bulk};
use crate::{
    Change, Context, Error, Result, Rollback, entity,
    entity::membership,
    grants,
    pending_invitations::{self, Loss},
    session, tenant,
};
use model::{
    AccountId, ActOutcome, EndingInvitations, Event, Grant, InvitationSender, MemberAct, MemberId, MemberSelection,
    MemberUpdated, Node, PeopleEvent, Permission, PermissionChange, PermissionSet, Problem, Refusal, Role,
    within_ceiling,
};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use std::collections::HashMap;

/// A member whom the actor may change.
struct ChangeableMember {
    row: membership::Model,
    before: Grant,
    /// What can be held in the member's account.
    reach: PermissionSet,
}

async fn changeable(change: &Change, member: MemberId) -> Result<ChangeableMember, Rollback> {
    let access = change.access();
    let row =
        access.in_subtree::<membership::Entity>().filter(membership::Column::Id.eq(member)).one(change.db()).await?;
    let row = row.ok_or(Problem::NotFound)?;
    Rules::read(change.db(), access).await?.may_change_role(row.user_id, row.role)?;
    let reach = PermissionSet::reach(tenant::root(change.db(), access).await? == row.account_id);
    let before = grants::resolve(change.db(), access.organisation(), row.role, row.permissions).await?.within(reach);
    Ok(ChangeableMember { row, before, reach })
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
    update(ctx, account, member, async |change, current| {
        let organisation = change.access().organisation();
        Ok(grants::resolve(change.db(), organisation, role, current.before.permissions).await?)
    })
    .await
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
    update(ctx, account, member, async |change, current| {
        let own = current.before.permissions;
        let touchable = node.leaves().intersection(current.reach).intersection(change.access().rights().permissions);
        if touchable.is_empty() {
            return Err(Refusal::AboveOwnPermissions.into());
        }
        let own = if on { own.union(touchable) } else { own.without(touchable) };
        Ok(Grant::of(Role::Custom, own))
    })
    .await
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
    update(ctx, account, member, async |_, current| {
        Ok(Grant::of(Role::Custom, current.before.permissions.without(taken)))
    })
    .await
}

/// Gives a member what `grant` makes of what they have.
async fn update(
    ctx: &Context,
    account: AccountId,
    member: MemberId,
    grant: impl AsyncFnOnce(&Change, &ChangeableMember) -> Result<Grant, Rollback>,
) -> Result<MemberUpdated> {
    let access = ctx.access(account, Permission::MemberUpdate).await?;
    let (user, before, after, ending) = access
        .change(async |change| {
            let current = changeable(change, member).await?;
            let after = grant(change, &current).await?.within(current.reach);
            let ChangeableMember { row, before, .. } = current;
            within_ceiling(change.access().rights().permissions, before.permissions, after.permissions)?;
            let loss = Loss::Members(HashMap::from([(member, (row.user_id, after.permissions))]));
            let ending = pending_invitations::count_ended(change.db(), change.access(), &loss).await?;
            bulk::give(change, &after, vec![member]).await?;
            let (user, answer) = (row.user_id, (row.user_id, before.clone(), after.clone(), ending));
            Ok((answer, Event::People(PeopleEvent::MemberUpdated { user, member, before, after })))
        })
        .await?;
    let name = entity::user::Entity::find_by_id(user).one(ctx.readers()).await?;
    let name = name.map_or_else(String::new, |user| user.first_name);
    let ending = EndingInvitations { count: ending, sent: InvitationSender::ByThem };
    let change = PermissionChange::of(name, before.permissions, after.permissions, ending);
    Ok(MemberUpdated {
        role: after.role,
        role_name: after.role_name,
        permissions: after.permissions,
        change,
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
    access
        .change(async |change| {
            if change.access().rights().is_owner() {
                return Err(Refusal::Owner.into());
            }
            let own =
                change.access().in_organisation::<membership::Entity>().filter(membership::Column::UserId.eq(user));
            let rows = own.all(change.db()).await?;
            membership::Entity::delete_many()
                .filter(membership::Column::Id.is_in(rows.iter().map(|row| row.id)))
                .exec(change.db())
                .await?;
            Ok((
                (),
                rows.into_iter()
                    .map(|row| Event::People(PeopleEvent::MemberLeft { user, member: row.id }))
                    .collect::<Vec<_>>(),
            ))
        })
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
