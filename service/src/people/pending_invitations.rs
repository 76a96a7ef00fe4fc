//! Invitations that wait for an answer, and how many of them stop working by a change, counted before it is made.

use crate::{
    Access, Result,
    entity::{account_ancestor as tree, api_key as keys, invitation, membership, role as roles, user},
    grants, joins,
    joins::pending_invitations,
    second_factor::holders,
    tenant,
};
use model::{AccountId, ApiKeyId, MemberId, Permission, PermissionSet, Policy, Role, RoleId, UserId};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, FromQueryResult, JoinType, PaginatorTrait, QueryFilter,
    QuerySelect, QueryTrait, Select, sea_query::SelectStatement,
};
use std::collections::{HashMap, HashSet};

pub(crate) fn pending(access: &Access) -> Select<invitation::Entity> {
    pending_invitations(access.in_subtree(), access.ctx().now())
}

pub(crate) async fn count_pending(access: &Access) -> Result<u64> {
    Ok(pending(access).count(&*access.page_reads().await?).await?)
}

/// Whether somebody who holds this may invite, and give that.
pub(crate) fn may_send(held: PermissionSet, granted: PermissionSet) -> bool {
    held.contains(Permission::MemberInvite) && granted.is_subset(held)
}

/// What is about to change, with what is held from then on.
pub(crate) enum Loss {
    Members(HashMap<MemberId, (UserId, PermissionSet)>),
    /// All memberships of one person end.
    Leaving(UserId),
    /// A named role holds something else, or another one takes its place.
    Role(RoleId, PermissionSet),
    Key(ApiKeyId, PermissionSet),
    /// The account of the access, with all below it, goes from below the first to below the others.
    Move {
        gone: Vec<AccountId>,
        new: Vec<AccountId>,
    },
}

impl Loss {
    /// The open invitations that it may concern.
    fn candidates(&self, access: &Access) -> Select<invitation::Entity> {
        use invitation::Column::{ApiKeyId, InvitedBy, Role as Given};
        let all = match self {
            // Whatever the account from which it is done.
            Self::Leaving(_) | Self::Role(..) => access.in_organisation(),
            Self::Members(_) | Self::Key(..) | Self::Move { .. } => access.in_subtree(),
        };
        let open = pending_invitations(all, access.ctx().now());
        match self {
            Self::Members(then) => open.filter(InvitedBy.is_in(then.values().map(|(user, _)| *user))),
            Self::Leaving(user) => open.filter(InvitedBy.eq(*user)),
            Self::Key(key, _) => open.filter(ApiKeyId.eq(*key)),
            Self::Role(id, _) => {
                let role = Role::Named(*id);
                let holders = access.in_organisation::<membership::Entity>().filter(membership::Column::Role.eq(role));
                let holders = holders.select_only().column(membership::Column::UserId).into_query();
                open.filter(Condition::any().add(Given.eq(role)).add(InvitedBy.in_subquery(holders)))
            }
            Self::Move { .. } => open,
        }
    }
}

/// As [`OpenInvitations::count_ended`], on connections for what may take long.
pub(crate) async fn preview_ended(access: &Access, loss: &Loss) -> Result<u64> {
    count_ended(&*access.expensive_reads().await?, access, loss).await
}

pub(crate) async fn count_ended(db: &impl ConnectionTrait, access: &Access, loss: &Loss) -> Result<u64> {
    Ok(OpenInvitations::read(db, access, loss).await?.count_ended(loss))
}

/// Invitations that are alike in what decides whether they can be accepted: any number of them is asked about once.
#[derive(FromQueryResult)]
struct InvitationGroup {
    invited_by: Option<UserId>,
    api_key_id: Option<ApiKeyId>,
    account_id: AccountId,
    role: Role,
    named_permissions: Option<PermissionSet>,
    invitations: i64,
}

struct Membership {
    id: MemberId,
    account: AccountId,
    role: Role,
    permissions: PermissionSet,
}

/// Open invitations with what their senders hold: a few statements, however many there are.
#[derive(Default)]
pub(crate) struct OpenInvitations {
    groups: Vec<InvitationGroup>,
    owner: Option<UserId>,
    root: Option<AccountId>,
    policy: Policy,
    /// Those above each account, itself among them.
    above: HashMap<AccountId, HashSet<AccountId>>,
    memberships: HashMap<UserId, Vec<Membership>>,
    /// Those that still open something.
    keys: HashMap<ApiKeyId, (AccountId, PermissionSet)>,
    /// Who lacks the second factor that the policy requires by now.
    shut_out: HashSet<UserId>,
}

impl OpenInvitations {
    /// Those that a loss may concern.
    pub async fn read(db: &impl ConnectionTrait, access: &Access, loss: &Loss) -> Result<Self> {
        Self::of(db, access, loss.candidates(access)).await
    }

    /// These, which are open.
    pub async fn of(db: &impl ConnectionTrait, access: &Access, among: Select<invitation::Entity>) -> Result<Self> {
        let alike = groups(db, among.clone()).await?;
        if alike.is_empty() {
            return Ok(Self::default());
        }
        let of = |column| among.clone().select_only().column(column).into_query();
        let mut above: HashMap<AccountId, HashSet<AccountId>> = HashMap::new();
        let rows = tree::Entity::find()
            .filter(tree::Column::OrganisationId.eq(access.organisation()))
            .filter(tree::Column::AccountId.in_subquery(of(invitation::Column::AccountId)));
        for row in rows.all(db).await? {
            above.entry(row.account_id).or_default().insert(row.ancestor_id);
        }
        let mut keys = HashMap::new();
        if alike.iter().any(|alike| alike.api_key_id.is_some()) {
            let open = access.in_organisation::<keys::Entity>().filter(joins::is_key_open(access.ctx().now()));
            let through = open.filter(keys::Column::Id.in_subquery(of(invitation::Column::ApiKeyId)));
            keys = through.all(db).await?.into_iter().map(|key| (key.id, (key.account_id, key.permissions))).collect();
        }
        let organisation = tenant::row(db, access).await?;
        let required = organisation.policy.second_factor.is_some_and(|rule| rule.from <= access.ctx().now());
        let senders = alike.iter().filter_map(|alike| alike.invited_by);
        let shut_out = if required {
            without_second_factor(db, senders, of(invitation::Column::InvitedBy)).await?
        } else {
            HashSet::new()
        };
        Ok(Self {
            owner: Some(organisation.owner_id),
            root: Some(tenant::root(db, access).await?),
            policy: organisation.policy,
            memberships: memberships(db, access, of(invitation::Column::InvitedBy)).await?,
            groups: alike,
            above,
            keys,
            shut_out,
        })
    }

    pub fn is_empty(&self) -> bool {
        self.groups.is_empty()
    }

    /// How many of those that can be accepted now cannot be any more.
    pub fn count_ended(&self, loss: &Loss) -> u64 {
        let ends = |alike: &&InvitationGroup| self.is_valid(alike, None) && !self.is_valid(alike, Some(loss));
        self.groups.iter().filter(ends).map(|alike| u64::try_from(alike.invitations).unwrap_or(0)).sum()
    }

    /// Whether one of these, to this address, can be accepted now; `by` are its sender, their key, its account and role.
    pub fn can_be_accepted(&self, email: &str, by: (Option<UserId>, Option<ApiKeyId>, AccountId, Role)) -> bool {
        let is_its =
            |group: &&InvitationGroup| (group.invited_by, group.api_key_id, group.account_id, group.role) == by;
        let group = self.groups.iter().find(is_its);
        self.policy.admits(email).is_ok() && group.is_some_and(|group| self.is_valid(group, None))
    }

    fn is_valid(&self, alike: &InvitationGroup, loss: Option<&Loss>) -> bool {
        let Some(sender) = alike.invited_by else { return false };
        let held = self.permissions_of(sender, alike.account_id, loss);
        let held = match alike.api_key_id {
            None => held,
            Some(key) => held.intersection(self.permissions_of_key(key, alike.account_id, loss)),
        };
        let granted = match (alike.role, loss) {
            (Role::Named(role), Some(Loss::Role(changed, then))) if role == *changed => *then,
            (Role::Named(_), _) => match alike.named_permissions {
                Some(permissions) => permissions,
                None => return false,
            },
            (role, _) => role.permissions(PermissionSet::EMPTY),
        };
        may_send(held, granted.intersection(self.reach(alike.account_id)))
    }

    fn reach(&self, account: AccountId) -> PermissionSet {
        PermissionSet::reach(self.root == Some(account))
    }

    fn lies_below(&self, account: AccountId, ancestor: AccountId, loss: Option<&Loss>) -> bool {
        let lies_there = self.above.get(&account).is_some_and(|above| above.contains(&ancestor));
        match loss {
            Some(Loss::Move { gone, new }) => (lies_there && !gone.contains(&ancestor)) || new.contains(&ancestor),
            _ => lies_there,
        }
    }

    fn permissions_of(&self, sender: UserId, account: AccountId, loss: Option<&Loss>) -> PermissionSet {
        if self.shut_out.contains(&sender) {
            return PermissionSet::EMPTY;
        }
        if self.owner == Some(sender) {
            return PermissionSet::ALL;
        }
        let all = self.memberships.get(&sender).into_iter().flatten();
        let here = all.filter(|row| self.lies_below(account, row.account, loss));
        here.fold(PermissionSet::EMPTY, |held, row| {
            let gives = match (loss, row.role) {
                (Some(Loss::Members(then)), _) => then.get(&row.id).map_or(row.permissions, |(_, then)| *then),
                (Some(Loss::Leaving(user)), _) if *user == sender => PermissionSet::EMPTY,
                (Some(Loss::Role(changed, then)), Role::Named(role)) if role == *changed => *then,
                _ => row.permissions,
            };
            held.union(gives.intersection(self.reach(row.account)))
        })
    }

    fn permissions_of_key(&self, key: ApiKeyId, account: AccountId, loss: Option<&Loss>) -> PermissionSet {
        let given = self.keys.get(&key).filter(|(of, _)| self.lies_below(account, *of, loss));
        let Some((of, permissions)) = given else { return PermissionSet::EMPTY };
        let permissions = match loss {
            Some(Loss::Key(changed, then)) if *changed == key => *then,
            _ => *permissions,
        };
        permissions.intersection(self.reach(*of))
    }
}

async fn groups(db: &impl ConnectionTrait, among: Select<invitation::Entity>) -> Result<Vec<InvitationGroup>> {
    use invitation::Column::{AccountId, ApiKeyId, Id, InvitedBy, Role};
    let columns = [InvitedBy, ApiKeyId, AccountId, Role];
    let select = among.join(JoinType::LeftJoin, grants::of_invitation()).select_only().columns(columns);
    let select = columns.into_iter().fold(select, QuerySelect::group_by);
    Ok(select
        .column_as(roles::Column::Permissions, "named_permissions")
        .group_by(roles::Column::Permissions)
        .column_as(Id.count(), "invitations")
        .into_model()
        .all(db)
        .await?)
}

/// The memberships of these people, those alone that are not suspended.
async fn memberships(
    db: &impl ConnectionTrait,
    access: &Access,
    people: SelectStatement,
) -> Result<HashMap<UserId, Vec<Membership>>> {
    use membership::Column;
    let rows: Vec<(MemberId, UserId, AccountId, Role, PermissionSet, Option<PermissionSet>)> = access
        .in_organisation::<membership::Entity>()
        .filter(Column::UserId.in_subquery(people))
        .filter(Column::SuspendedAt.is_null())
        .join(JoinType::LeftJoin, grants::of_membership())
        .select_only()
        .columns([Column::Id, Column::UserId, Column::AccountId, Column::Role, Column::Permissions])
        .column_as(roles::Column::Permissions, "named_permissions")
        .into_tuple()
        .all(db)
        .await?;
    let mut of_people: HashMap<UserId, Vec<Membership>> = HashMap::new();
    for (id, user, account, role, own, named) in rows {
        let permissions = role.permissions(named.unwrap_or(own));
        of_people.entry(user).or_default().push(Membership { id, account, role, permissions });
    }
    Ok(of_people)
}

async fn without_second_factor(
    db: &impl ConnectionTrait,
    senders: impl Iterator<Item = UserId>,
    people: SelectStatement,
) -> Result<HashSet<UserId>> {
    use user::{Column, Entity};
    let with = Entity::find().filter(Column::Id.in_subquery(people)).filter(Column::Id.in_subquery(holders()));
    let with: Vec<UserId> = with.select_only().column(Column::Id).into_tuple().all(db).await?;
    let with: HashSet<UserId> = with.into_iter().collect();
    Ok(senders.filter(|sender| !with.contains(sender)).collect())
}
