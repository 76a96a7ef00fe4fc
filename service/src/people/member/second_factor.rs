//! A member who has lost what they sign in with besides the password.

use super::Rules;
use crate::{
    Access, Change, Context, Result, Rollback,
    entity::membership,
    second_factor::{reset_message, take_away},
};
use model::{AccountId, Event, IdentityEvent, MemberId, Permission, Problem, Refusal, UserId};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, PaginatorTrait, QueryFilter};

/// Takes away all second factors and recovery codes of a member, and ends their sessions. They are told by a letter.
///
/// # Errors
/// [`Problem::Refused`] for the owner, Admins and oneself, and for a member who is in another organisation too: how they
/// sign in is not this one's alone to change.
pub async fn reset_second_factor(ctx: &Context, account: AccountId, member: MemberId) -> Result<()> {
    let access = ctx.access(account, Permission::MemberUpdate).await?;
    let user = row(access.readers(), &access, member).await?.user_id;
    access
        .change_locking(vec![user.0], async |change| {
            let row = row(change.db(), change.access(), member).await?;
            let rules = Rules::read(change.db(), change.access()).await?;
            may_reset(change.db(), &rules, row.user_id).await??;
            reset(change, row.user_id).await
        })
        .await
}

async fn reset(change: &mut Change, user: UserId) -> Result<((), Vec<Event>), Rollback> {
    if !take_away(change, user).await? {
        return Ok(((), Vec::new()));
    }
    change.deliver_all(&[reset_message(user)]).await?;
    Ok(((), vec![Event::Identity(IdentityEvent::SecondFactorReset { user })]))
}

/// Whether the actor may take them away from somebody: a login is one, so they have to manage its owner wherever that one
/// is a member, in whatever role.
pub(super) async fn may_reset(
    db: &impl ConnectionTrait,
    rules: &Rules<'_>,
    user: UserId,
) -> Result<Result<(), Refusal>> {
    let all = membership::Entity::find().filter(membership::Column::UserId.eq(user)).all(db).await?;
    for row in &all {
        if row.organisation_id != rules.organisation() {
            return Ok(Err(Refusal::InAnotherOrganisation));
        }
        if let Err(refusal) = rules.may_manage_with(Permission::MemberUpdate, user, row.role) {
            return Ok(Err(refusal));
        }
    }
    let in_reach = rules.access().in_subtree::<membership::Entity>().filter(membership::Column::UserId.eq(user));
    Ok(if in_reach.count(db).await? == all.len() as u64 {
        Ok(())
    } else {
        Err(Refusal::Permission(Permission::MemberUpdate))
    })
}

async fn row(db: &impl ConnectionTrait, access: &Access, member: MemberId) -> Result<membership::Model> {
    let row = access.in_subtree::<membership::Entity>().filter(membership::Column::Id.eq(member)).one(db).await?;
    Ok(row.ok_or(Problem::NotFound)?)
}
