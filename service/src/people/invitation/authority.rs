//! An invitation is as strong as its sender's authority is now: whoever sent it last, and the key they did it through,
//! could still send it.

use crate::{Access, Actor, Context, Result, entity::invitation, grants, pending_invitations, rights, tenant};
use model::{AccountId, PermissionSet, Problem, Refusal, Role};
use sea_orm::ConnectionTrait;

/// Invitations, by whether they can be accepted now.
#[derive(Default)]
pub(super) struct CheckedInvitations {
    /// With the toggles of a custom role as far as its sender still has them.
    pub valid: Vec<invitation::Model>,
    pub void: Vec<(invitation::Model, Refusal)>,
}

impl CheckedInvitations {
    /// Inside a change or outside.
    pub async fn of(db: &impl ConnectionTrait, ctx: &Context, invitations: Vec<invitation::Model>) -> Result<Self> {
        let mut sifted = Self::default();
        for row in invitations {
            match check(db, ctx, &row).await? {
                Ok(held) => {
                    let permissions = row.permissions.intersection(held);
                    sifted.valid.push(invitation::Model { permissions, ..row });
                }
                Err(refusal) => sifted.void.push((row, refusal)),
            }
        }
        Ok(sifted)
    }
}

/// Whether an invitation can be accepted now, and what its sender holds there: the policy lets the address in, and whoever
/// sent it may invite there, and holds all that its role gives. Of a custom role, what they have lost is left out. Who
/// changes roles is another question, as when it is sent.
async fn check(
    db: &impl ConnectionTrait,
    ctx: &Context,
    row: &invitation::Model,
) -> Result<Result<PermissionSet, Refusal>> {
    let access = Access::anonymous(ctx, row.organisation_id, row.account_id);
    if let Err(refusal) = tenant::policy(db, &access).await?.admits(&row.email) {
        return Ok(Err(refusal));
    }
    let Some(sender) = sender(row) else { return Ok(Err(Refusal::InvitationVoid)) };
    let held = rights::permissions_of(db, sender, row.account_id, ctx.now()).await?;
    let granted = granted(db, &access, row.account_id, row.role).await?;
    Ok(if granted.is_some_and(|granted| pending_invitations::may_send(held, granted)) {
        Ok(held)
    } else {
        Err(Refusal::InvitationVoid)
    })
}

/// As whom it was sent last.
fn sender(row: &invitation::Model) -> Option<Actor> {
    let by = row.invited_by?;
    Some(row.api_key_id.map_or(Actor::User(by), |key| Actor::Key { key, creator: by }))
}

/// What the role of an invitation holds in its account, but for the toggles of a custom one; `None` for a role that is
/// gone.
async fn granted(
    db: &impl ConnectionTrait,
    access: &Access,
    account: AccountId,
    role: Role,
) -> Result<Option<PermissionSet>> {
    let reach = PermissionSet::reach(tenant::root(db, access).await? == account);
    match grants::resolve(db, access.organisation(), role, PermissionSet::EMPTY).await {
        Ok(grant) => Ok(Some(grant.within(reach).permissions)),
        Err(crate::Error::Problem(Problem::NotFound)) => Ok(None),
        Err(error) => Err(error),
    }
}
