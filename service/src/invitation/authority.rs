//! An invitation is as strong as its sender's authority is now: whoever sent it last could still send it.

use crate::{
    Access, Context, Result,
    entity::{account, account_ancestor as tree, invitation, membership},
    organisation, policy, rights, role,
};
use model::{AccountId, MemberId, Permission, PermissionSet, Problem, Refusal, Role, UserId};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter};
use std::collections::HashMap;

/// Invitations, by whether they can be accepted now.
#[derive(Default)]
pub(super) struct Sifted {
    pub valid: Vec<invitation::Model>,
    pub void: Vec<(invitation::Model, Refusal)>,
}

impl Sifted {
    /// Inside a change or outside.
    pub async fn of(db: &impl ConnectionTrait, ctx: &Context, invitations: Vec<invitation::Model>) -> Result<Self> {
        let mut sifted = Self::default();
        for row in invitations {
            match check(db, ctx, &row).await? {
                Ok(()) => sifted.valid.push(row),
                Err(refusal) => sifted.void.push((row, refusal)),
            }
        }
        Ok(sifted)
    }
}

/// Whether an invitation can be accepted now: the policy lets the address in, and whoever sent it holds all that it
/// gives, and may invite there. Who changes roles is another question, as when it is sent.
async fn check(db: &impl ConnectionTrait, ctx: &Context, row: &invitation::Model) -> Result<Result<(), Refusal>> {
    let access = Access::nobody(ctx, row.organisation_id, row.account_id);
    if let Err(refusal) = policy::of(db, &access).await?.admits(&row.email) {
        return Ok(Err(refusal));
    }
    let Some(sender) = row.invited_by else { return Ok(Err(Refusal::InvitationVoid)) };
    let held = rights::held(db, sender, row.account_id).await?;
    let granted = granted(db, &access, row.account_id, row.role).await?;
    Ok(if granted.is_some_and(|granted| gives(held, granted)) { Ok(()) } else { Err(Refusal::InvitationVoid) })
}

/// Whether somebody who holds this may invite, and give that.
fn gives(held: PermissionSet, granted: PermissionSet) -> bool {
    held.contains(Permission::MemberInvite) && granted.is_subset(held)
}

/// What the role of an invitation holds in its account; `None` for a role that is gone.
async fn granted(
    db: &impl ConnectionTrait,
    access: &Access,
    account: AccountId,
    role: Role,
) -> Result<Option<PermissionSet>> {
    let reach = PermissionSet::reach(organisation::root(db, access).await? == account);
    match role::held(db, access.organisation(), role, PermissionSet::EMPTY).await {
        Ok(grant) => Ok(Some(grant.within(reach).permissions)),
        Err(crate::Error::Problem(Problem::NotFound)) => Ok(None),
        Err(error) => Err(error),
    }
}

/// How many open invitations can no longer be accepted once these memberships hold what stands beside them; nothing
/// once they are suspended or gone. Whom one asks about are the users of the memberships.
pub(crate) async fn count_ending(
    db: &impl ConnectionTrait,
    access: &Access,
    changes: &HashMap<MemberId, (UserId, PermissionSet)>,
) -> Result<u64> {
    if changes.is_empty() {
        return Ok(0);
    }
    let senders: Vec<UserId> = changes.values().map(|(user, _)| *user).collect();
    let owner = organisation::owner(db, access).await?;
    let sent = super::pending_in(access.here_and_below(), access.ctx().now())
        .filter(invitation::Column::InvitedBy.is_in(senders.iter().copied()))
        .filter(invitation::Column::InvitedBy.ne(owner))
        .all(db)
        .await?;
    if sent.is_empty() {
        return Ok(0);
    }
    let reach = Reach::read(db, access, &senders).await?;
    let mut ending = 0;
    for row in &sent {
        let Some(sender) = row.invited_by else { continue };
        let Some(granted) = granted(db, access, row.account_id, row.role).await? else { continue };
        let held = reach.held(sender, row.account_id, &HashMap::new());
        let then = reach.held(sender, row.account_id, changes);
        ending += u64::from(gives(held, granted) && !gives(then, granted));
    }
    Ok(ending)
}

/// What people hold where, to be asked for what they would hold.
struct Reach {
    /// Those above each account, with their depth.
    above: HashMap<AccountId, Vec<AccountId>>,
    roots: Vec<AccountId>,
    memberships: Vec<(membership::Model, PermissionSet)>,
}

impl Reach {
    async fn read(db: &impl ConnectionTrait, access: &Access, people: &[UserId]) -> Result<Self> {
        let mut above: HashMap<AccountId, Vec<AccountId>> = HashMap::new();
        let rows = tree::Entity::find().filter(tree::Column::OrganisationId.eq(access.organisation()));
        for row in rows.all(db).await? {
            above.entry(row.account_id).or_default().push(row.ancestor_id);
        }
        let roots = access.all::<account::Entity>().filter(account::Column::ParentId.is_null()).all(db).await?;
        let rows = access
            .all::<membership::Entity>()
            .filter(membership::Column::UserId.is_in(people.iter().copied()))
            .filter(membership::Column::SuspendedAt.is_null())
            .all(db)
            .await?;
        let mut memberships = Vec::new();
        for row in rows {
            let held = role::held(db, access.organisation(), row.role, row.permissions).await?.permissions;
            memberships.push((row, held));
        }
        Ok(Self { above, roots: roots.into_iter().map(|row| row.id).collect(), memberships })
    }

    fn held(
        &self,
        user: UserId,
        account: AccountId,
        changes: &HashMap<MemberId, (UserId, PermissionSet)>,
    ) -> PermissionSet {
        let Some(above) = self.above.get(&account) else { return PermissionSet::EMPTY };
        let here = self.memberships.iter().filter(|(row, _)| row.user_id == user && above.contains(&row.account_id));
        here.fold(PermissionSet::EMPTY, |held, (row, gives)| {
            let gives = changes.get(&row.id).map_or(*gives, |(_, then)| *then);
            held.union(gives.intersection(PermissionSet::reach(self.roots.contains(&row.account_id))))
        })
    }
}
