//! The paths by which people come to what they may do in an account.

use crate::{
    Access, Result,
    entity::{account, account_ancestor as tree, membership, role},
    grants, tenant,
};
use model::{AccountId, GrantPath, MemberId, Permission, PermissionSet, Problem, Role, RoleName, Timestamp, UserId};
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, FromQueryResult, JoinType, QueryFilter, QueryOrder, QuerySelect,
    RelationDef,
};

/// An account, or one above it.
#[derive(FromQueryResult)]
pub(crate) struct Step {
    pub id: AccountId,
    pub name: String,
    depth: i16,
}

#[derive(FromQueryResult)]
struct Row {
    id: MemberId,
    account_id: AccountId,
    user_id: UserId,
    role: Role,
    permissions: PermissionSet,
    named: Option<String>,
    named_permissions: Option<PermissionSet>,
    suspended_at: Option<Timestamp>,
    created_at: Timestamp,
}

/// The memberships of some people that reach an account, the highest first.
pub(crate) struct GrantPaths {
    /// From the root down to the account.
    path: Vec<Step>,
    rows: Vec<Row>,
    owner: UserId,
    /// From which depth on the actor may see members.
    readable: Option<i16>,
}

/// One membership on the way.
pub(crate) struct EffectiveGrant {
    pub member: MemberId,
    pub chain: GrantPath,
    pub gives: PermissionSet,
}

impl GrantPaths {
    pub async fn read(
        db: &impl ConnectionTrait,
        access: &Access,
        account: AccountId,
        mut users: Vec<UserId>,
    ) -> Result<Self> {
        let path = path(db, access, account).await?;
        let actor = access.ctx().user()?;
        users.push(actor);
        let rows = access
            .in_organisation::<membership::Entity>()
            .filter(membership::Column::AccountId.is_in(path.iter().map(|step| step.id)))
            .filter(membership::Column::UserId.is_in(users))
            .join(JoinType::LeftJoin, grants::of_membership())
            .column_as(role::Column::Name, "named")
            .column_as(role::Column::Permissions, "named_permissions")
            .into_model::<Row>()
            .all(db)
            .await?;
        let mut paths = Self { path, rows, owner: tenant::owner(db, access).await?, readable: None };
        paths.rows.sort_by_key(|row| paths.path.iter().position(|step| step.id == row.account_id));
        paths.readable = paths.readable_by(actor);
        Ok(paths)
    }

    fn readable_by(&self, actor: UserId) -> Option<i16> {
        if actor == self.owner {
            return Some(0);
        }
        let reads = |row: &&Row| self.gives(row).contains(Permission::MemberRead);
        self.rows_of(actor).filter(reads).filter_map(|row| self.step(row)).map(|step| step.depth).min()
    }

    fn rows_of(&self, user: UserId) -> impl Iterator<Item = &Row> {
        self.rows.iter().filter(move |row| row.user_id == user)
    }

    fn step(&self, row: &Row) -> Option<&Step> {
        self.path.iter().find(|step| step.id == row.account_id)
    }

    fn gives(&self, row: &Row) -> PermissionSet {
        if row.suspended_at.is_some() {
            return PermissionSet::EMPTY;
        }
        let named = row.named.clone().zip(row.named_permissions);
        let at_root = self.step(row).is_some_and(|step| step.depth == 0);
        grants::grant(row.role, row.permissions, named).within(PermissionSet::reach(at_root)).permissions
    }

    /// The account that the paths lead to.
    pub fn here(&self) -> Option<&Step> {
        self.path.last()
    }

    pub fn is_root(&self) -> bool {
        self.path.len() == 1
    }

    pub fn is_owner(&self, user: UserId) -> bool {
        user == self.owner
    }

    /// Whether the actor may be told the name of an account at this depth.
    pub fn may_name(&self, depth: i16) -> bool {
        self.readable.is_some_and(|from| from <= depth)
    }

    /// Whether the actor may be told the name of an account on the way.
    pub fn may_name_account(&self, account: AccountId) -> bool {
        self.path.iter().any(|step| step.id == account && self.may_name(step.depth))
    }

    /// Each membership of somebody with what it gives; for the owner, that they own it all.
    pub fn of(&self, user: UserId) -> Vec<EffectiveGrant> {
        let way = |row: &Row| {
            let step = self.step(row)?;
            let chain = if user == self.owner { GrantPath::Owner } else { self.chain(row, step) };
            let gives = if user == self.owner { PermissionSet::ALL } else { self.gives(row) };
            Some(EffectiveGrant { member: row.id, chain, gives })
        };
        let paths = self.rows_of(user).filter_map(way);
        if user == self.owner { paths.take(1).collect() } else { paths.collect() }
    }

    fn chain(&self, row: &Row, step: &Step) -> GrantPath {
        GrantPath::Membership {
            role: row.role,
            role_name: RoleName::of(row.role, row.named.clone()),
            account_name: self.may_name(step.depth).then(|| step.name.clone()),
            inherited: self.here().is_some_and(|here| here.id != step.id),
            suspended: row.suspended_at.is_some(),
        }
    }

    /// What somebody holds.
    pub fn permissions_of(&self, user: UserId) -> PermissionSet {
        self.of(user).iter().fold(PermissionSet::EMPTY, |held, way| held.union(way.gives))
    }

    /// Whether the actor may see somebody among the members of an account.
    pub fn may_see(&self, user: UserId) -> bool {
        self.rows_of(user).filter_map(|row| self.step(row)).any(|step| self.may_name(step.depth))
    }

    /// Since when somebody has been here.
    pub fn joined(&self, user: UserId) -> Option<Timestamp> {
        self.rows_of(user).map(|row| row.created_at).min()
    }
}

async fn path(db: &impl ConnectionTrait, access: &Access, of: AccountId) -> Result<Vec<Step>> {
    let to_tree: RelationDef =
        account::Entity::belongs_to(tree::Entity).from(account::Column::Id).to(tree::Column::AncestorId).into();
    let path: Vec<Step> = access
        .in_organisation::<account::Entity>()
        .join(JoinType::InnerJoin, to_tree)
        .filter(tree::Column::AccountId.eq(of))
        .order_by_asc(account::Column::Depth)
        .into_model::<Step>()
        .all(db)
        .await?;
    if path.is_empty() { Err(Problem::NotFound.into()) } else { Ok(path) }
}
