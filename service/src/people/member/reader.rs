//! What somebody who reads members is told of them.

use crate::{Access, Result, entity::user, moment::Moments};
use model::{Member, MemberFilter, Page, Permission, Refusal, Timestamp, UserId};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QuerySelect};
use std::collections::HashMap;

/// Only those who may change members are told who signs in with a password alone.
pub(super) async fn require_filter(access: &Access, filter: &MemberFilter) -> Result<()> {
    let is_theirs = filter.second_factor.is_none() || access.may(Permission::MemberUpdate);
    access.require(if is_theirs { Ok(()) } else { Err(Refusal::Permission(Permission::MemberUpdate)) }).await
}

/// A page as its reader may know it, with when each was last here, which moves too often to be kept.
pub(super) async fn page_for_reader(access: &Access, page: Page<Member>) -> Result<Page<Member>> {
    let seen = last_seen(access, page.rows.iter().map(|member| member.user)).await?;
    let moments = access.ctx().moments();
    Ok(page.map(|member| for_reader(access, &moments, member, &seen)))
}

pub(super) fn for_reader(
    access: &Access,
    moments: &Moments,
    member: Member,
    seen: &HashMap<UserId, Timestamp>,
) -> Member {
    Member {
        second_factor: member.second_factor.filter(|_| access.may(Permission::MemberUpdate)),
        // It tells of other organisations, too: whoever manages people may know that they are still there.
        last_seen: seen.get(&member.user).filter(|_| access.may(Permission::MemberUpdate)).map(|at| moments.of(*at)),
        ..member
    }
}

pub(super) async fn last_seen(
    access: &Access,
    users: impl Iterator<Item = UserId>,
) -> Result<HashMap<UserId, Timestamp>> {
    let seen: Vec<(UserId, Timestamp)> = user::Entity::find()
        .filter(user::Column::Id.is_in(users))
        .filter(user::Column::LastSeenAt.is_not_null())
        .select_only()
        .columns([user::Column::Id, user::Column::LastSeenAt])
        .into_tuple()
        .all(access.readers())
        .await?;
    Ok(seen.into_iter().collect())
}
