//! What one person may do in an account and why, and what another role would change.

use super::unused::{self, UsedBy};
use crate::{
    Context, Result,
    grant_paths::GrantPaths,
    member,
    pending_invitations::{self, Loss},
};
use model::{AccountId, MemberAccess, MemberId, Permission, PermissionSet, Problem, Role, RolePreview};
use std::collections::HashMap;

/// What a member may do and by which way: here, or in the account below that their membership is in.
///
/// # Errors
/// [`Problem::NotFound`] for a membership that is neither here, nor below, nor reaches here.
pub async fn get(ctx: &Context, account: AccountId, member: MemberId) -> Result<MemberAccess> {
    let access = ctx.access(account, Permission::MemberRead).await?;
    let db = access.readers();
    let subject = member::subject(&access, member).await?;
    let place = if subject.is_below { subject.account } else { account };
    let paths = GrantPaths::read(db, &access, place, vec![subject.user]).await?;
    let held = paths.permissions_of(subject.user);
    let mut told = MemberAccess {
        member,
        name: format!("{} {}", subject.first_name, subject.last_name),
        first_name: subject.first_name,
        role: subject.grant.role,
        role_name: subject.grant.role_name,
        account: place,
        account_name: paths.here().map_or(subject.account_name, |here| here.name.clone()),
        held,
        reach: PermissionSet::reach(paths.is_root()),
        chains: paths.of(subject.user).into_iter().map(|way| (way.chain, way.gives)).collect(),
        update: subject.update,
        is_above: !subject.is_below,
        unused: None,
    };
    if access.may(Permission::AccessLogRead) {
        let could_take = told.update.is_ok() && !told.is_above;
        let own = if could_take { subject.grant.permissions } else { PermissionSet::EMPTY };
        let joined = paths.joined(subject.user);
        told.unused = Some(unused::of(&access, UsedBy::User(subject.user), held, own, joined).await?);
    }
    Ok(told)
}

/// What another role would change for a member, by all the paths they have, before anything is saved.
///
/// # Errors
/// [`Problem::NotFound`] for a membership that is neither here nor below, and for a named role that
/// is none here; [`Problem::Malformed`] for [`Role::Owner`].
pub async fn preview_role(ctx: &Context, account: AccountId, member: MemberId, role: Role) -> Result<RolePreview> {
    if role == Role::Owner {
        return Err(Problem::Malformed.into());
    }
    let access = ctx.access(account, Permission::MemberRead).await?;
    let foreseen = member::preview_role(&access, member, role).await?;
    let paths = GrantPaths::read(access.readers(), &access, foreseen.account, vec![foreseen.user]).await?;
    let others = paths.of(foreseen.user).into_iter().filter(|way| way.member != member);
    let others = others.fold(PermissionSet::EMPTY, |held, way| held.union(way.gives));
    let owned = if paths.is_owner(foreseen.user) { PermissionSet::ALL } else { others };
    let (before, after) = (owned.union(foreseen.before.permissions), owned.union(foreseen.after.permissions));
    let then = Loss::Members(HashMap::from([(member, (foreseen.user, foreseen.after.permissions))]));
    Ok(RolePreview {
        invitations: pending_invitations::preview_ended(&access, &then).await?,
        user: foreseen.user,
        role_name: foreseen.after.role_name,
        gained: after.without(before),
        lost: before.without(after),
        allowed: foreseen.allowed,
    })
}
