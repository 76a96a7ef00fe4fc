//! Roles: what each holds, those with a name of the organisation's own among them. They reach
//! every account, so it takes the permission at the root to manage them.

mod ending;

use crate::{
    Access, Change, Context, Result, Rollback,
    cache::VersionedCache,
    entity::{AccountEntity, invitation, membership, role, user},
    grants::resolve,
    joins,
    pending_invitations::Loss,
    policy, tenant,
};
use model::{
    AccountId, Conflict, EndingInvitations, Event, FieldErrors, FieldFault, Form, Grant, InvitationSender, MemberId,
    Node, OrganisationEvent, OrganisationId, PeopleEvent, Permission, PermissionChange, PermissionSet, PolicyPoint,
    PolicyValue, Problem, Refusal, Role, RoleChoice, RoleDetails, RoleEntry, RoleForm, RoleId, RoleName, RoleUpdated,
    limit, within_ceiling,
};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel, JoinType,
    PaginatorTrait, QueryFilter, QueryOrder, QuerySelect, Select, SqlErr, sea_query::Expr,
};
use std::{collections::HashMap, sync::Arc};

/// Those whom a change of a role touches, by name.
const HOLDERS: u64 = 50;

/// All roles of the organisation: first those that every organisation has, then its own by name, each with
/// how many have it here and below. For those who may see the roles, and those who may give them.
pub async fn list(ctx: &Context, account: AccountId) -> Result<Vec<RoleEntry>> {
    let access = ctx.member(account).await?;
    let enough = [Permission::RoleRead, Permission::MemberUpdate, Permission::MemberInvite];
    let access = match enough.into_iter().find_map(|permission| access.narrowed_to(permission)) {
        Some(access) => access,
        None => access.require_permission(Permission::RoleRead).await?,
    };
    let reads = access.expensive_reads().await?;
    let db = &*reads;
    let own = access.in_organisation::<role::Entity>().order_by_asc(role::Column::NameFold).all(db).await?;
    let own = own.into_iter().map(|row| Grant {
        role: Role::Named(row.id),
        role_name: RoleName::Named(row.name),
        permissions: row.permissions,
    });
    let given =
        [Role::Owner, Role::Admin, Role::Member, Role::Viewer].map(|role| Grant::of(role, PermissionSet::EMPTY));
    let counts = Counts::of_all(db, &access).await?;
    Ok(given.into_iter().chain(own).map(|grant| counts.entry(grant)).collect())
}

pub(crate) type ChoiceCache = VersionedCache<OrganisationId, Arc<Vec<RoleChoice>>>;

/// The organisation's own roles by name: what a list of its members can be narrowed to besides the roles that
/// every organisation has.
pub async fn choices(ctx: &Context, account: AccountId) -> Result<Vec<RoleChoice>> {
    let access = ctx.access(account, Permission::MemberRead).await?;
    let read = async {
        let rows =
            access.in_organisation::<role::Entity>().order_by_asc(role::Column::NameFold).all(access.readers()).await?;
        let choice = |row: role::Model| RoleChoice { role: Role::Named(row.id), name: RoleName::Named(row.name) };
        Ok(Arc::new(rows.into_iter().map(choice).collect::<Vec<_>>()))
    };
    Ok(ctx.service().extension::<ChoiceCache>().get_or_read(ctx, access.organisation(), read).await?.to_vec())
}

/// The rows that the actor may be told of: those here and below, and all that a change would touch for
/// whoever could make it.
fn visible<E: AccountEntity>(access: &Access) -> Select<E> {
    if access.may(Permission::RoleManage) { access.in_organisation() } else { access.in_subtree() }
}

/// How many memberships and open invitations each role has, of those that the actor may be told of.
struct Counts {
    /// The role that invitations start with.
    start: Role,
    members: HashMap<Role, u64>,
    invitations: HashMap<Role, u64>,
}

impl Counts {
    async fn of_all(db: &impl ConnectionTrait, access: &Access) -> Result<Self> {
        let members = visible::<membership::Entity>(access)
            .select_only()
            .column(membership::Column::Role)
            .column_as(membership::Column::Id.count(), "members")
            .group_by(membership::Column::Role)
            .into_tuple::<(Role, i64)>()
            .all(db)
            .await?;
        let invitations = joins::pending_invitations(visible(access), access.ctx().now())
            .select_only()
            .column(invitation::Column::Role)
            .column_as(invitation::Column::Id.count(), "invitations")
            .group_by(invitation::Column::Role)
            .into_tuple::<(Role, i64)>()
            .all(db)
            .await?;
        let count = |rows: Vec<(Role, i64)>| {
            rows.into_iter().map(|(role, rows)| (role, u64::try_from(rows).unwrap_or(0))).collect::<HashMap<_, _>>()
        };
        let mut members = count(members);
        let organisation = tenant::row(db, access).await?;
        // The owner's membership has a role of its own, which owning outweighs.
        let owner = visible::<membership::Entity>(access)
            .filter(membership::Column::UserId.eq(organisation.owner_id))
            .all(db)
            .await?;
        for row in &owner {
            members.entry(row.role).and_modify(|count| *count = count.saturating_sub(1));
        }
        members.insert(Role::Owner, u64::from(!owner.is_empty()));
        Ok(Self { start: organisation.policy.default_role, members, invitations: count(invitations) })
    }

    fn entry(&self, Grant { role, role_name, permissions }: Grant) -> RoleEntry {
        let count = |counts: &HashMap<Role, u64>| counts.get(&role).copied().unwrap_or(0);
        let (members, invitations) = (count(&self.members), count(&self.invitations));
        RoleEntry { role, name: role_name, permissions, members, invitations, starts: role == self.start }
    }
}

/// One named role, those who have it here and below, and what the reader may do about it. Who manages roles
/// is told of everyone who has it; names are for those who may see members.
///
/// # Errors
/// [`Problem::NotFound`] for a role that is none of this organisation.
pub async fn get(ctx: &Context, account: AccountId, role: RoleId) -> Result<RoleDetails> {
    let access = ctx.access(account, Permission::RoleRead).await?;
    let reads = access.expensive_reads().await?;
    let db = &*reads;
    let grant = resolve(db, access.organisation(), Role::Named(role), PermissionSet::EMPTY).await?;
    let holders = if access.may(Permission::MemberRead) { holders(db, &access, grant.role).await? } else { Vec::new() };
    let manage = match access.may(Permission::RoleManage) {
        true if is_held_by_actor(db, &access, role).await? => Err(Refusal::Oneself),
        true => tenant::may_change_roles(&tenant::policy(db, &access).await?, &access),
        false => Err(Refusal::Permission(Permission::RoleManage)),
    };
    Ok(RoleDetails {
        ending: if manage.is_ok() { ending::by_replacement(db, &access, role).await? } else { Vec::new() },
        entry: Counts::of_all(db, &access).await?.entry(grant),
        holders,
        manage,
        ceiling: access.rights().permissions,
    })
}

/// The first of those who have a role, by name.
async fn holders(db: &impl ConnectionTrait, access: &Access, role: Role) -> Result<Vec<(MemberId, String)>> {
    let rows: Vec<(MemberId, String, String)> = visible::<membership::Entity>(access)
        .filter(membership::Column::Role.eq(role))
        .join(JoinType::InnerJoin, joins::member_to_user())
        .order_by_asc(membership::Column::CreatedAt)
        .limit(HOLDERS)
        .select_only()
        .column(membership::Column::Id)
        .column(user::Column::FirstName)
        .column(user::Column::LastName)
        .into_tuple()
        .all(db)
        .await?;
    Ok(rows.into_iter().map(|(id, first, last)| (id, format!("{first} {last}"))).collect())
}

/// Whether the actor has the role anywhere: nobody changes what they themselves may do.
async fn is_held_by_actor(db: &impl ConnectionTrait, access: &Access, role: RoleId) -> Result<bool> {
    let own = access
        .in_organisation::<membership::Entity>()
        .filter(membership::Column::Role.eq(Role::Named(role)))
        .filter(membership::Column::UserId.eq(access.ctx().person()?));
    Ok(!access.rights().is_owner() && own.count(db).await? > 0)
}

/// Makes a role, which begins with what another holds, or with nothing.
///
/// # Errors
/// [`Problem::Invalid`] for the form, a name that is taken among it; [`Problem::Refused`] by the
/// grant ceiling; [`Problem::Conflict`] for more than [`limit::ROLES`].
pub async fn create(ctx: &Context, account: AccountId, form: RoleForm) -> Result<RoleId> {
    let RoleForm { name, like } = form.validated()?;
    ctx.access(account, Permission::RoleManage)
        .await?
        .change(async |change| {
            let organisation = change.access().organisation();
            let like = like.unwrap_or(Role::Custom);
            let permissions = resolve(change.db(), organisation, like, PermissionSet::EMPTY).await?.permissions;
            within_ceiling(change.access().rights().permissions, PermissionSet::EMPTY, permissions)?;
            if change.access().in_organisation::<role::Entity>().count(change.db()).await? >= limit::ROLES {
                return Err(Conflict::TooManyRoles { limit: limit::ROLES }.into());
            }
            let id = RoleId(ctx.new_id()?);
            let row = role::ActiveModel {
                id: Set(id),
                organisation_id: Set(organisation),
                name: Set(name.clone()),
                permissions: Set(permissions),
                created_at: Set(ctx.now()),
                ..Default::default()
            };
            row.insert(change.db()).await.map_err(name_conflict)?;
            Ok((id, Event::People(PeopleEvent::RoleCreated { role: id, name })))
        })
        .await
}

/// What the database says of a name that is taken.
fn name_conflict(error: sea_orm::DbErr) -> crate::Error {
    match error.sql_err() {
        Some(SqlErr::UniqueConstraintViolation(_)) => FieldErrors::one("name", FieldFault::RoleNameTaken).into(),
        _ => error.into(),
    }
}

/// The row of a role that the actor may change.
async fn row(change: &Change, id: RoleId) -> Result<role::Model, Rollback> {
    let policy = tenant::policy(change.db(), change.access()).await?;
    tenant::may_change_roles(&policy, change.access())?;
    let own = change.access().in_organisation::<role::Entity>().filter(role::Column::Id.eq(id));
    Ok(own.one(change.db()).await?.ok_or(Problem::NotFound)?)
}

/// As [`row`], of a role that the actor does not have themselves.
async fn row_of_others(change: &Change, id: RoleId) -> Result<role::Model, Rollback> {
    let row = row(change, id).await?;
    if is_held_by_actor(change.db(), change.access(), id).await? { Err(Refusal::Oneself.into()) } else { Ok(row) }
}

/// Gives a role another name.
///
/// # Errors
/// As [`create`].
pub async fn rename(ctx: &Context, account: AccountId, id: RoleId, form: RoleForm) -> Result<()> {
    let RoleForm { name, like: _ } = form.validated()?;
    ctx.access(account, Permission::RoleManage)
        .await?
        .change(async |change| {
            let row = row(change, id).await?;
            let before = row.name.clone();
            let mut row = row.into_active_model();
            row.name = Set(name.clone());
            row.update(change.db()).await.map_err(name_conflict)?;
            Ok(((), Event::People(PeopleEvent::RoleRenamed { role: id, name, before })))
        })
        .await
}

/// Switches a node of the permission tree on or off for everyone who has the role.
///
/// # Errors
/// [`Problem::Refused`] by the grant ceiling, and for a role that the actor has; [`Problem::Malformed`]
/// for a node that the tree does not have.
pub async fn switch_permission(
    ctx: &Context,
    account: AccountId,
    id: RoleId,
    path: &str,
    on: bool,
) -> Result<RoleUpdated> {
    let node = Node::at(path).ok_or(Problem::Malformed)?;
    ctx.access(account, Permission::RoleManage)
        .await?
        .change(async |change| {
            let row = row_of_others(change, id).await?;
            let touchable = node.leaves().intersection(change.access().rights().permissions);
            if touchable.is_empty() {
                return Err(Refusal::AboveOwnPermissions.into());
            }
            let (before, name) = (row.permissions, row.name.clone());
            let after = if on { before.union(touchable) } else { before.without(touchable) };
            let with_role = change
                .access()
                .in_organisation::<membership::Entity>()
                .filter(membership::Column::Role.eq(Role::Named(id)));
            let members = with_role.count(change.db()).await?;
            let ending =
                crate::pending_invitations::count_ended(change.db(), change.access(), &Loss::Role(id, after)).await?;
            let mut row = row.into_active_model();
            row.permissions = Set(after);
            row.update(change.db()).await?;
            let (lost, gained) = (before.without(after), after.without(before));
            let ending = EndingInvitations { count: ending, sent: InvitationSender::BySeveral };
            let answer = RoleUpdated {
                permissions: after,
                change: PermissionChange::of(name.clone(), before, after, ending),
                members,
            };
            let event = PeopleEvent::RoleUpdated { role: id, name: name.clone(), lost, gained };
            Ok((answer, Event::People(event)))
        })
        .await
}

/// Deletes a role; whoever has it, or is invited with it, gets another instead.
///
/// # Errors
/// [`Problem::Refused`] by the grant ceiling, and for a role that the actor has; [`Problem::Malformed`]
/// for a role that cannot be given to many.
pub async fn delete(ctx: &Context, account: AccountId, id: RoleId, instead: Role) -> Result<()> {
    if matches!(instead, Role::Owner | Role::Custom) || instead == Role::Named(id) {
        return Err(Problem::Malformed.into());
    }
    ctx.access(account, Permission::RoleManage)
        .await?
        .change(async |change| {
            let row = row_of_others(change, id).await?;
            let before = Grant {
                role: Role::Named(id),
                role_name: RoleName::Named(row.name.clone()),
                permissions: row.permissions,
            };
            let after = resolve(change.db(), change.access().organisation(), instead, PermissionSet::EMPTY).await?;
            let ceiling = change.access().rights().permissions;
            within_ceiling(ceiling, before.permissions, after.permissions)?;
            let with_role = change
                .access()
                .in_organisation::<membership::Entity>()
                .filter(membership::Column::Role.eq(before.role));
            let members = with_role.all(change.db()).await?;
            membership::Entity::update_many()
                .col_expr(membership::Column::Role, Expr::value(instead))
                .filter(membership::Column::OrganisationId.eq(change.access().organisation()))
                .filter(membership::Column::Role.eq(before.role))
                .exec(change.db())
                .await?;
            invitation::Entity::update_many()
                .col_expr(invitation::Column::Role, Expr::value(instead))
                .filter(invitation::Column::OrganisationId.eq(change.access().organisation()))
                .filter(invitation::Column::Role.eq(before.role))
                .exec(change.db())
                .await?;
            role::Entity::delete_by_id(id).exec(change.db()).await?;
            let updated = |row: membership::Model| {
                Event::People(PeopleEvent::MemberUpdated {
                    user: row.user_id,
                    member: row.id,
                    before: before.clone(),
                    after: after.clone(),
                })
            };
            let mut events: Vec<Event> = members.into_iter().map(updated).collect();
            let mut policy = tenant::policy(change.db(), change.access()).await?;
            if policy.default_role == before.role {
                let point = PolicyPoint::DefaultRole(instead);
                policy.set(&point, change.access().ctx().now());
                policy::write(change, policy).await?;
                let (before, after) =
                    [&before, &after].map(|grant| PolicyValue::Role { role: grant.role_name.clone() }).into();
                events.push(Event::Organisation(OrganisationEvent::PolicyUpdated { point, before, after }));
            }
            events.push(Event::People(PeopleEvent::RoleDeleted { role: id, name: row.name }));
            Ok(((), events))
        })
        .await
}
