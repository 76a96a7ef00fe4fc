//! What somebody may do in an account, now.

mod of_key;

use crate::kernel::{Actor, Context, Result};
use model::{AccountId, OrganisationId, PermissionSet, Problem, Refusal, Role, Timestamp, UserId};
use quick_cache::sync::Cache;
use sea_orm::{ConnectionTrait, FromQueryResult, Statement};

/// The sum of somebody's memberships in an account and the accounts above it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Rights {
    pub organisation: OrganisationId,
    pub role: Role,
    pub permissions: PermissionSet,
    /// Why all of it counts for nothing: every membership that reaches here is suspended, or the key opens
    /// nothing any more.
    pub ended: Option<Refusal>,
    /// The organisation is being deleted.
    pub deleting: bool,
    /// From when the organisation requires a second factor of somebody who has none.
    pub second_factor_due: Option<Timestamp>,
}

impl Rights {
    pub fn is_owner(&self) -> bool {
        self.role == Role::Owner
    }

    /// What can be exercised now: nothing by a key or a person that is shut out.
    fn usable(&self, now: Timestamp) -> PermissionSet {
        let is_shut_out = self.ended.is_some() || self.second_factor_due.is_some_and(|due| due <= now);
        if is_shut_out { PermissionSet::EMPTY } else { self.permissions }
    }
}

/// Rights that were read, with the version of their organisation from before the reading. Only
/// where this process alone writes: elsewhere every check reads.
pub(crate) struct RightsCache(Cache<(UserId, AccountId), (u64, Rights)>);

/// People times accounts in use at one time; some 100 bytes each.
const CAPACITY: usize = 50_000;

impl RightsCache {
    pub fn new() -> Self {
        Self(Cache::new(CAPACITY))
    }
}

/// What the actor may do in `account`; `None` when it is no account of theirs, or none at all.
///
/// # Errors
/// [`Problem::SignedOut`].
pub(crate) async fn current(ctx: &Context, account: AccountId) -> Result<Option<Rights>> {
    match ctx.actor() {
        Actor::User(user) => of_user_now(ctx, user, account).await,
        // What a key was given is read each time; what its creator may do is known as for anybody.
        Actor::Key { key, creator } => {
            of_key::narrow(ctx.readers(), key, account, ctx.now(), of_user_now(ctx, creator, account)).await
        }
        Actor::Anonymous | Actor::System => Err(Problem::SignedOut.into()),
    }
}

/// As [`current`], from the database, inside a transaction or out.
pub(crate) async fn read(db: &impl ConnectionTrait, ctx: &Context, account: AccountId) -> Result<Option<Rights>> {
    of_actor(db, ctx.actor(), account, ctx.now()).await
}

async fn of_actor(
    db: &impl ConnectionTrait,
    actor: Actor,
    account: AccountId,
    now: Timestamp,
) -> Result<Option<Rights>> {
    match actor {
        Actor::User(user) => of_user(db, user, account).await,
        Actor::Key { key, creator } => of_key::narrow(db, key, account, now, of_user(db, creator, account)).await,
        Actor::Anonymous | Actor::System => Err(Problem::SignedOut.into()),
    }
}

/// What somebody, or a key, could exercise in an account now.
pub(crate) async fn permissions_of(
    db: &impl ConnectionTrait,
    actor: Actor,
    account: AccountId,
    now: Timestamp,
) -> Result<PermissionSet> {
    let rights = of_actor(db, actor, account, now).await?;
    Ok(rights.map_or(PermissionSet::EMPTY, |rights| rights.usable(now)))
}

/// Whether somebody is a member of an account or one above it, be it suspended.
pub(crate) async fn is_member(db: &impl ConnectionTrait, user: UserId, account: AccountId) -> Result<bool> {
    Ok(of_user(db, user, account).await?.is_some())
}

async fn of_user_now(ctx: &Context, user: UserId, account: AccountId) -> Result<Option<Rights>> {
    let service = ctx.service();
    if !service.database.is_exclusive() {
        return of_user(ctx.readers(), user, account).await;
    }
    let versions = &service.database.signals.versions;
    let key = (user, account);
    if let Some((version, rights)) = service.rights.0.get(&key)
        && versions.of(rights.organisation.0) == version
    {
        return Ok(Some(rights));
    }
    // The organisation is known only after the reading, so every version is taken before it.
    let Some(organisation) = organisation_of(ctx.readers(), account).await? else { return Ok(None) };
    let version = versions.of(organisation.0);
    let rights = of_user(ctx.readers(), user, account).await?;
    if let Some(rights) = rights {
        service.rights.0.insert(key, (version, rights));
    }
    Ok(rights)
}

async fn organisation_of(db: &impl ConnectionTrait, account: AccountId) -> Result<Option<OrganisationId>> {
    use crate::entity::account::{Column, Entity};
    use sea_orm::{EntityTrait, QuerySelect};
    Ok(Entity::find_by_id(account).select_only().column(Column::OrganisationId).into_tuple().one(db).await?)
}

#[derive(FromQueryResult)]
struct Row {
    organisation_id: OrganisationId,
    owner_id: UserId,
    deleted_at: Option<Timestamp>,
    role: Option<Role>,
    permissions: Option<PermissionSet>,
    suspended_at: Option<Timestamp>,
    /// Of the account that the membership is in.
    depth: i16,
    second_factor_due: Option<Timestamp>,
}

/// Who has a second factor of any kind, for statements in SQL.
pub(crate) const FACTOR_HOLDERS: &str = "SELECT user_id FROM second_factor
    UNION ALL SELECT user_id FROM phone WHERE second_factor_at IS NOT NULL
    UNION ALL SELECT user_id FROM passkey";

async fn of_user(db: &impl ConnectionTrait, user: UserId, account: AccountId) -> Result<Option<Rights>> {
    let sql = format!(
        r#"SELECT o.id AS organisation_id, o.owner_id, o.deleted_at, m.role,
                 COALESCE(r.permissions, m.permissions) AS permissions,
                 m.suspended_at, above.depth,
                 CASE WHEN NOT EXISTS (SELECT 1 FROM ({FACTOR_HOLDERS}) f WHERE f.user_id = $1)
                   THEN CAST(o.policy -> 'second_factor' ->> 'from' AS BIGINT) END AS second_factor_due
          FROM account a
          JOIN organisation o ON o.id = a.organisation_id
          JOIN account_ancestor aa ON aa.account_id = a.id
          JOIN account above ON above.id = aa.ancestor_id
          LEFT JOIN membership m ON m.account_id = aa.ancestor_id AND m.user_id = $1
          LEFT JOIN "role" r ON r.id = m.role
          WHERE a.id = $2"#
    );
    let statement = Statement::from_sql_and_values(db.get_database_backend(), sql, [user.into(), account.into()]);
    let rows = Row::find_by_statement(statement).all(db).await?;
    let Some(first) = rows.first() else { return Ok(None) };
    let (organisation, deleting) = (first.organisation_id, first.deleted_at.is_some());
    let second_factor_due = first.second_factor_due;
    if first.owner_id == user {
        let (role, permissions) = (Role::Owner, PermissionSet::ALL);
        return Ok(Some(Rights { organisation, role, permissions, ended: None, deleting, second_factor_due }));
    }
    let memberships: Vec<(&Row, Role, PermissionSet)> =
        rows.iter().filter_map(|row| Some((row, row.role?, row.permissions?))).collect();
    if memberships.is_empty() {
        return Ok(None);
    }
    let active: Vec<(Role, PermissionSet)> = memberships
        .into_iter()
        .filter(|(row, ..)| row.suspended_at.is_none())
        .map(|(row, role, own)| (role, role.permissions(own).intersection(PermissionSet::reach(row.depth == 0))))
        .collect();
    let permissions = active.iter().fold(PermissionSet::EMPTY, |set, (_, more)| set.union(*more));
    let role = active.iter().find(|(_, set)| *set == permissions).map_or(Role::Custom, |(role, _)| *role);
    let ended = active.is_empty().then_some(Refusal::Suspended);
    Ok(Some(Rights { organisation, role, permissions, ended, deleting, second_factor_due }))
}
