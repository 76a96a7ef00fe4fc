//! What is held and not used, as the data access log shows it.

use crate::{Access, Context, Result, entity, member};
use model::{
    AccountId, ApiKeyId, IdlePermissions, MemberId, MemberUpdated, Outcome, Permission, PermissionSet, Problem,
    Refusal, Timestamp, UNUSED_DAYS, Unused, UserId,
};
use sea_orm::{ConnectionTrait, EntityTrait, Statement, Value};
use std::time::Duration;

fn start(ctx: &Context) -> Timestamp {
    ctx.now() - Duration::from_hours(24 * UNUSED_DAYS)
}

/// Whose uses count.
#[derive(Clone, Copy)]
pub(super) enum By {
    Anybody,
    /// Through their keys too, which lose what their maker loses.
    User(UserId),
    Key(ApiKeyId),
}

/// Which permissions the log shows as used since then. One look into an index for each.
async fn used(access: &Access, by: By, since: Timestamp) -> Result<PermissionSet> {
    let db = access.readers();
    let (who, id) = match by {
        By::Anybody => ("", None),
        By::User(user) => ("AND user_id = $4", Some(user.into())),
        By::Key(key) => ("AND api_key_id = $4", Some(key.into())),
    };
    let look = |permission: Permission| {
        format!(
            "SELECT '{permission}' AS permission WHERE EXISTS (SELECT 1 FROM access_entry WHERE organisation_id = $1 \
             AND permission = '{permission}' AND outcome = $2 AND created_at > $3 {who})"
        )
    };
    let sql: Vec<String> = PermissionSet::traced().iter().map(look).collect();
    let mut values: Vec<Value> = vec![access.organisation().into(), Outcome::Allowed.into(), since.into()];
    values.extend(id);
    let statement = Statement::from_sql_and_values(db.get_database_backend(), sql.join(" UNION ALL "), values);
    let rows = db.query_all_raw(statement).await?;
    let mut used = PermissionSet::EMPTY;
    for row in rows {
        let path: String = row.try_get_by_index(0)?;
        used = path.parse().map_or(used, |permission| used.with(permission));
    }
    Ok(used)
}

/// What of `held` was not used; `own` is what the membership gives, or the key has, that the actor could take
/// something from.
pub(super) async fn of(
    access: &Access,
    by: By,
    held: PermissionSet,
    own: PermissionSet,
    joined: Option<Timestamp>,
) -> Result<Unused> {
    let ctx = access.ctx();
    let since = start(ctx);
    let in_use = used(access, by, since).await?;
    let permissions = held.intersection(PermissionSet::traced()).without(in_use);
    Ok(Unused {
        permissions,
        joined: joined.filter(|at| *at > since).map(|at| ctx.moments().of(at)),
        removable: permissions.intersection(own).intersection(access.rights().permissions),
    })
}

/// What nobody in the organisation has used.
pub async fn idle(ctx: &Context, account: AccountId) -> Result<IdlePermissions> {
    let access = ctx.access(account, Permission::AccessLogRead).await?;
    let since = start(ctx);
    let row = entity::organisation::Entity::find_by_id(access.organisation()).one(access.readers()).await?;
    let founded = row.ok_or(Problem::NotFound)?.created_at;
    Ok(IdlePermissions {
        permissions: PermissionSet::traced().without(used(&access, By::Anybody, since).await?),
        founded: (founded > since).then(|| ctx.moments().of(founded)),
    })
}

/// Takes from a member those of these permissions that they still have not used; their role is their
/// own from then on.
///
/// # Errors
/// [`Problem::Conflict`] when they have used them all meanwhile; [`Problem::NotFound`] for a membership
/// that is neither here nor below; [`Problem::Refused`] as for any change of a member, and for those
/// who may not read the log.
pub async fn take_unused(
    ctx: &Context,
    account: AccountId,
    member: MemberId,
    permissions: PermissionSet,
) -> Result<MemberUpdated> {
    let access = ctx.access(account, Permission::MemberUpdate).await?;
    let user = member::subject(&access, member).await?.user;
    let taken = still(&access, By::User(user), permissions).await?;
    member::take_away(ctx, account, member, taken).await
}

/// Those of some permissions that are still not used.
///
/// # Errors
/// [`Problem::Conflict`] when all were used meanwhile; [`Problem::Refused`] for those who may not read the log.
pub(super) async fn still(access: &Access, by: By, permissions: PermissionSet) -> Result<PermissionSet> {
    if !access.may(Permission::AccessLogRead) {
        return Err(access.refused(Refusal::Permission(Permission::AccessLogRead)).await?);
    }
    let in_use = used(access, by, start(access.ctx())).await?;
    let unused = permissions.intersection(PermissionSet::traced()).without(in_use);
    if unused.is_empty() {
        return Err(Problem::Conflict("All of it was used meanwhile. Nothing was taken away.".to_owned()).into());
    }
    Ok(unused)
}
