//! Moving a branch of the tree, and what that does to whom.

use super::{
    change::{check_depth, row},
    tree,
};
use crate::{
    Access, Context, Result,
    entity::{account, api_key, invitation, membership, role, user},
    grants, joins,
    pending_invitations::Loss,
    tenant,
};
use model::{
    AccountId, AccountMove, AccountMoveChange, AccountMoveResult, Conflict, EndingInvitations, Event, Grant,
    InheritedAccess, OrganisationEvent, Permission, PermissionChange, PermissionSet, Refusal, Role, UserId,
};
use sea_orm::{
    ColumnTrait, ConnectionTrait, FromQueryResult, JoinType, QueryFilter, QueryOrder, QuerySelect, QueryTrait, Select,
};
use std::collections::HashSet;

/// A branch and the place it is to go to.
struct Plan {
    branch: Vec<AccountId>,
    name: String,
    below: String,
    levels: i16,
    /// Accounts that it no longer lies below.
    gone: Vec<AccountId>,
    /// Accounts that it lies below from then on.
    new: Vec<AccountId>,
    /// The top of the branch, and the accounts above it before and after.
    stay: Vec<AccountId>,
}

async fn plan(db: &impl ConnectionTrait, access: &Access, account: AccountId, parent: AccountId) -> Result<Plan> {
    let moved = row(db, access, account).await?;
    let to = row(db, access, parent).await?;
    if moved.parent_id.is_none() {
        return Err(Conflict::RootAccountMoves.into());
    }
    let below = access.in_subtree::<account::Entity>();
    let mut branch: Vec<AccountId> = below.select_only().column(account::Column::Id).into_tuple().all(db).await?;
    if branch.contains(&parent) {
        return Err(Conflict::AccountBelowItself.into());
    }
    branch.sort_by_key(|id| *id != account);
    let levels = to.depth + 1 - moved.depth;
    let deepest: Option<i16> = access
        .in_subtree::<account::Entity>()
        .select_only()
        .column_as(account::Column::Depth.max(), "deepest")
        .into_tuple()
        .one(db)
        .await?;
    check_depth(&tenant::policy(db, access).await?, deepest.unwrap_or(moved.depth) + levels)?;
    let before: HashSet<AccountId> = tree::ids_above(db, account).await?.into_iter().collect();
    let mut after: HashSet<AccountId> = tree::ids_above(db, parent).await?.into_iter().collect();
    after.insert(account);
    Ok(Plan {
        branch,
        name: moved.name,
        below: to.name,
        levels,
        gone: before.difference(&after).copied().collect(),
        new: after.difference(&before).copied().collect(),
        stay: before.intersection(&after).copied().collect(),
    })
}

/// Who would gain and who would lose what in an account, if it moved. What somebody holds there by
/// another membership before and after is neither.
///
/// # Errors
/// As [`move_below`].
pub async fn preview_move(ctx: &Context, account: AccountId, parent: AccountId) -> Result<AccountMove> {
    ctx.access(parent, Permission::AccountCreate).await?;
    let access = ctx.access(account, Permission::AccountUpdate).await?;
    let reads = access.expensive_reads().await?;
    let db = &*reads;
    let plan = plan(db, &access, account, parent).await?;
    let changing = active_in(&access, [&*plan.gone, &plan.new].concat());
    let users = changing.select_only().column(membership::Column::UserId).into_query();
    let all = active_in(&access, [&*plan.gone, &plan.new, &plan.stay].concat());
    let rows = members_with_access(db, &access, all.filter(membership::Column::UserId.in_subquery(users))).await?;
    let mut effect = AccountMove::default();
    for of_one in rows.chunk_by(|one, next| one.user_id == next.user_id) {
        plan.add_effect(of_one, &mut effect);
    }
    let moved = |works: bool, key: ReachingKey| AccountMoveResult {
        change: AccountMoveChange::Key { name: key.name.clone(), account: plan.name.clone(), works },
        ways: vec![InheritedAccess::Key { through: key.through }],
        name: key.name,
    };
    let lose = keys_in(db, &access, plan.gone.clone()).await?;
    effect.lose.extend(lose.into_iter().map(|key| moved(false, key)));
    let gain = keys_in(db, &access, plan.new.clone()).await?;
    effect.gain.extend(gain.into_iter().map(|key| moved(true, key)));
    let Plan { gone, new, .. } = plan;
    effect.invitations = crate::pending_invitations::count_ended(db, &access, &Loss::Move { gone, new }).await?;
    Ok(effect)
}

impl Plan {
    /// What becomes of one person, who has these memberships before and after.
    fn add_effect(&self, memberships: &[InheritedMembership], effect: &mut AccountMove) {
        let Some(InheritedMembership { first_name, last_name, .. }) = memberships.first() else { return };
        let without = |accounts: &[AccountId]| {
            let others = memberships.iter().filter(|row| !accounts.contains(&row.account_id));
            others.map(|row| row.grant().permissions).reduce(PermissionSet::union)
        };
        let (before, after) = (without(&self.new), without(&self.gone));
        let moved = |accounts: &[AccountId], change: AccountMoveChange| AccountMoveResult {
            name: format!("{first_name} {last_name}"),
            ways: memberships
                .iter()
                .filter(|row| accounts.contains(&row.account_id))
                .map(InheritedMembership::way)
                .collect(),
            change,
        };
        let entry = |may_enter| AccountMoveChange::Entry {
            first_name: first_name.clone(),
            account: self.name.clone(),
            may_enter,
        };
        let permissions = |held, holds| {
            let change = PermissionChange::of(first_name.clone(), held, holds, EndingInvitations::NONE);
            AccountMoveChange::Permissions(change)
        };
        let (held, holds) = (before.unwrap_or(PermissionSet::EMPTY), after.unwrap_or(PermissionSet::EMPTY));
        if after.is_none() {
            effect.lose.push(moved(&self.gone, entry(false)));
        } else if !held.is_subset(holds) {
            effect.lose.push(moved(&self.gone, permissions(held, held.intersection(holds))));
        }
        if before.is_none() {
            effect.gain.push(moved(&self.new, entry(true)));
        } else if !holds.is_subset(held) {
            effect.gain.push(moved(&self.new, permissions(held, held.union(holds))));
        }
    }
}

/// Moves an account with everything below it to below another.
///
/// # Errors
/// [`model::Problem::Conflict`] for the first account, for a place within the account itself, and too deep;
/// [`model::Problem::Refused`] when others would gain what the actor does not hold: at once, or when they are restored or
/// accept an invitation.
pub async fn move_below(ctx: &Context, account: AccountId, parent: AccountId) -> Result<()> {
    ctx.access(parent, Permission::AccountCreate).await?;
    ctx.access(account, Permission::AccountUpdate)
        .await?
        .change(async |change| {
            change.permissions_in(parent, Permission::AccountCreate).await?;
            let Plan { branch, name, below, levels, new, .. } =
                plan(change.db(), change.access(), account, parent).await?;
            let ceiling = change.access().rights().permissions;
            let gains = gains(change.db(), change.access(), new).await?;
            if !gains.iter().all(|gained| gained.is_subset(ceiling)) {
                return Err(Refusal::AboveOwnPermissions.into());
            }
            tree::move_branch(change, &branch, parent, levels).await?;
            Ok(((), Event::Organisation(OrganisationEvent::AccountMoved { account, name, below })))
        })
        .await
}

/// What each membership, open invitation and key of these accounts holds in a branch below them, or will hold: somebody
/// who is suspended may be restored, and somebody who is invited may accept.
async fn gains(db: &impl ConnectionTrait, access: &Access, above: Vec<AccountId>) -> Result<Vec<PermissionSet>> {
    let members = members_with_access(db, access, members_in(access, above.clone())).await?;
    let invited = invited_in(db, access, above.clone()).await?;
    let keys = keys_in(db, access, above).await?;
    let members = members.iter().map(|row| row.grant().permissions);
    Ok(members.chain(invited).chain(keys.iter().map(ReachingKey::holds)).collect())
}

async fn invited_in(
    db: &impl ConnectionTrait,
    access: &Access,
    accounts: Vec<AccountId>,
) -> Result<impl Iterator<Item = PermissionSet>> {
    let pending = joins::pending_invitations(access.in_organisation(), access.ctx().now());
    let rows: Vec<(Role, Option<PermissionSet>)> = pending
        .filter(invitation::Column::AccountId.is_in(accounts))
        .join(JoinType::LeftJoin, grants::of_invitation())
        .select_only()
        .column(invitation::Column::Role)
        .column(role::Column::Permissions)
        .into_tuple()
        .all(db)
        .await?;
    let holds = |(role, named): (Role, Option<PermissionSet>)| role.permissions(named.unwrap_or(PermissionSet::EMPTY));
    // What moves is never the root.
    Ok(rows.into_iter().map(move |row| holds(row).intersection(PermissionSet::reach(false))))
}

/// A membership in an account above, which reaches down.
#[derive(FromQueryResult)]
struct InheritedMembership {
    user_id: UserId,
    account_id: AccountId,
    role: Role,
    permissions: PermissionSet,
    named: Option<String>,
    named_permissions: Option<PermissionSet>,
    first_name: String,
    last_name: String,
    through: String,
}

impl InheritedMembership {
    fn grant(&self) -> Grant {
        let named = self.named.clone().zip(self.named_permissions);
        // What moves is never the root.
        grants::grant(self.role, self.permissions, named).within(PermissionSet::reach(false))
    }

    fn way(&self) -> InheritedAccess {
        InheritedAccess::Role { role_name: self.grant().role_name, through: self.through.clone() }
    }
}

/// A key of an account above, which works below too.
#[derive(FromQueryResult)]
struct ReachingKey {
    name: String,
    permissions: PermissionSet,
    through: String,
}

impl ReachingKey {
    fn holds(&self) -> PermissionSet {
        // What moves is never the root.
        self.permissions.intersection(PermissionSet::reach(false))
    }
}

async fn keys_in(db: &impl ConnectionTrait, access: &Access, accounts: Vec<AccountId>) -> Result<Vec<ReachingKey>> {
    let keys = access
        .in_organisation::<api_key::Entity>()
        .filter(api_key::Column::AccountId.is_in(accounts))
        .filter(joins::is_key_open(access.ctx().now()))
        .join(JoinType::InnerJoin, joins::key_to_account())
        .column_as(account::Column::Name, "through")
        .order_by_asc(api_key::Column::NameFold);
    Ok(keys.into_model::<ReachingKey>().all(db).await?)
}

fn members_in(access: &Access, accounts: Vec<AccountId>) -> Select<membership::Entity> {
    access.in_organisation::<membership::Entity>().filter(membership::Column::AccountId.is_in(accounts))
}

fn active_in(access: &Access, accounts: Vec<AccountId>) -> Select<membership::Entity> {
    members_in(access, accounts).filter(membership::Column::SuspendedAt.is_null())
}

/// These memberships but the owner's, who holds everything everywhere; those of one person together.
async fn members_with_access(
    db: &impl ConnectionTrait,
    access: &Access,
    memberships: Select<membership::Entity>,
) -> Result<Vec<InheritedMembership>> {
    let owner = tenant::owner(db, access).await?;
    let rows = memberships
        .filter(membership::Column::UserId.ne(owner))
        .join(JoinType::InnerJoin, joins::member_to_user())
        .join(JoinType::InnerJoin, joins::member_to_account())
        .join(JoinType::LeftJoin, grants::of_membership())
        .column_as(role::Column::Name, "named")
        .column_as(role::Column::Permissions, "named_permissions")
        .column(user::Column::FirstName)
        .column(user::Column::LastName)
        .column_as(account::Column::Name, "through")
        .order_by_asc(user::Column::NameFold)
        .order_by_asc(membership::Column::UserId)
        .order_by_asc(account::Column::Depth)
        .into_model::<InheritedMembership>()
        .all(db)
        .await?;
    Ok(rows)
}
