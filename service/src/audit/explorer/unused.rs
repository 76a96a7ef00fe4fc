//! What is held and not used, as the data access log shows it.

use crate::{Access, Context, Result, entity, member, tenant};
use model::{
    AccountId, ApiKeyId, Conflict, IdlePermissions, MemberId, MemberUpdated, Outcome, Permission, PermissionSet,
    Problem, Timestamp, UNUSED_DAYS, Unused, UserId,
};
use sea_orm::{ConnectionTrait, Statement, Value};
use std::time::Duration;

fn start(ctx: &Context) -> Timestamp {
    ctx.now() - Duration::from_hours(24 * UNUSED_DAYS)
}

/// Whose uses count.
#[derive(Clone, Copy)]
pub(super) enum UsedBy {
    Anybody,
    /// Through their keys too, which lose what their creator loses.
    User(UserId),
    Key(ApiKeyId),
}

impl UsedBy {
    /// Where the log says who it was, and who counts.
    fn column(self) -> Option<(&'static str, Value)> {
        match self {
            Self::Anybody => None,
            Self::User(user) => Some(("user_id", user.into())),
            Self::Key(key) => Some(("api_key_id", key.into())),
        }
    }
}

/// Which permissions the log shows as used since then, as far as the actor's account may read it: here and
/// below, at the root everywhere. One look into an index for each.
async fn used_permissions(access: &Access, by: UsedBy, since: Timestamp) -> Result<PermissionSet> {
    let mut values: Vec<Value> = vec![access.organisation().into(), Outcome::Allowed.into(), since.into()];
    let mut which = ["organisation_id = $1", "outcome = $2", "created_at > $3"].map(str::to_owned).to_vec();
    if let Some((column, id)) = by.column() {
        values.push(id);
        which.push(format!("{column} = ${}", values.len()));
    }
    if tenant::root(access.readers(), access).await? != access.account() {
        values.push(access.account().into());
        let below = format!("organisation_id = $1 AND ancestor_id = ${}", values.len());
        which.push(format!("account_id IN (SELECT account_id FROM account_ancestor WHERE {below})"));
    }
    let which = which.join(" AND ");
    let look = |permission: Permission| {
        format!(
            "SELECT '{permission}' AS permission WHERE EXISTS \
             (SELECT 1 FROM access_entry WHERE permission = '{permission}' AND {which})"
        )
    };
    let sql: Vec<String> = PermissionSet::logged_on_use().iter().map(look).collect();
    let db = access.expensive_reads().await?;
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
    by: UsedBy,
    held: PermissionSet,
    own: PermissionSet,
    joined: Option<Timestamp>,
) -> Result<Unused> {
    let ctx = access.ctx();
    let since = start(ctx);
    let in_use = used_permissions(access, by, since).await?;
    let permissions = held.intersection(PermissionSet::logged_on_use()).without(in_use);
    Ok(Unused {
        permissions,
        joined: joined.filter(|at| *at > since).map(|at| ctx.moments().of(at)),
        removable: permissions.intersection(own).intersection(access.rights().permissions),
    })
}

/// What nobody has used here and below, of what can be held here.
pub async fn idle(ctx: &Context, account: AccountId) -> Result<IdlePermissions> {
    let access = ctx.access(account, Permission::AccessLogRead).await?;
    let since = start(ctx);
    let row = access.in_account::<entity::account::Entity>().one(access.readers()).await?.ok_or(Problem::NotFound)?;
    let here = PermissionSet::logged_on_use().intersection(PermissionSet::reach(row.parent_id.is_none()));
    Ok(IdlePermissions {
        permissions: here.without(used_permissions(&access, UsedBy::Anybody, since).await?),
        created: (row.created_at > since).then(|| ctx.moments().of(row.created_at)),
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
    let taken = still_unused(&access, UsedBy::User(user), permissions).await?;
    member::take_away(ctx, account, member, taken).await
}

/// Those of some permissions that are still not used.
///
/// # Errors
/// [`Problem::Conflict`] when all were used meanwhile; [`Problem::Refused`] for those who may not read the log.
pub(super) async fn still_unused(access: &Access, by: UsedBy, permissions: PermissionSet) -> Result<PermissionSet> {
    access.require_permission(Permission::AccessLogRead).await?;
    let in_use = used_permissions(access, by, start(access.ctx())).await?;
    let unused = permissions.intersection(PermissionSet::logged_on_use()).without(in_use);
    if unused.is_empty() {
        return Err(Conflict::UsedMeanwhile.into());
    }
    Ok(unused)
}
