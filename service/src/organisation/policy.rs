//! The rules that an organisation sets for everyone.

use crate::{
    Access, Change, Context, Result, Rollback,
    entity::{membership, role as roles},
    second_factor, tenant,
    tenant::may_change_roles,
};
use model::{
    AccountId, Event, FieldErrors, FieldFault, Form, OrganisationEvent, OrganisationPolicy, Permission, Policy,
    PolicyPoint, Role, RoleName, SecondFactorWithin,
};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, ConnectionTrait, IntoActiveModel, PaginatorTrait, QueryFilter,
    QueryOrder, QuerySelect,
};

/// The policy, for everyone who may see the organisation's details.
pub async fn get(ctx: &Context, account: AccountId) -> Result<OrganisationPolicy> {
    let access = ctx.access(account, Permission::OrganisationRead).await?;
    let mut shown = to_view(access.readers(), &access).await?;
    if access.may(Permission::OrganisationPolicy) {
        shown.without_second_factor = count_without_second_factor(&access).await?;
    } else {
        shown.roles.retain(|(role, _)| *role == shown.policy.default_role);
    }
    Ok(shown)
}

async fn count_without_second_factor(access: &Access) -> Result<u64> {
    let without = access
        .in_organisation::<membership::Entity>()
        .filter(membership::Column::UserId.not_in_subquery(second_factor::holders()))
        .select_only()
        .column(membership::Column::UserId)
        .distinct();
    Ok(without.count(&*access.expensive_reads().await?).await?)
}

async fn to_view(db: &impl ConnectionTrait, access: &Access) -> Result<OrganisationPolicy> {
    let policy = tenant::policy(db, access).await?;
    let named = access.in_organisation::<roles::Entity>().order_by_asc(roles::Column::NameFold).all(db).await?;
    let given = Role::ASSIGNABLE.into_iter().map(|role| (role, RoleName::BuiltIn(role)));
    let roles = given.chain(named.into_iter().map(|row| (Role::Named(row.id), RoleName::Named(row.name)))).collect();
    Ok(OrganisationPolicy {
        role_changes: may_change_roles(&policy, access),
        second_factor_from: policy.second_factor.map(|rule| access.ctx().moments().of(rule.from)),
        // Counted for the page of those who may set it, not for every change.
        without_second_factor: 0,
        policy,
        roles,
    })
}

/// Changes one point of the policy, and gives how it was before.
///
/// # Errors
/// [`model::Problem::Invalid`] for the point; [`model::Problem::Refused`] when it would give changes of
/// roles back to more than the owner, and the actor is not the owner; [`model::Problem::ProofNeeded`].
pub async fn update(ctx: &Context, account: AccountId, point: PolicyPoint) -> Result<PolicyPoint> {
    let point = point.validated()?;
    ctx.access(account, Permission::OrganisationPolicy)
        .await?
        .change(async |change| {
            let shown = to_view(change.db(), change.access()).await?;
            let before = shown.policy.clone().set(&point, ctx.now());
            Ok((before, apply(change, shown, vec![point]).await?))
        })
        .await
}

/// Draws tighter what is loose by default, as [`Policy::safer`] has it.
///
/// # Errors
/// As [`update`].
pub async fn make_safer(ctx: &Context, account: AccountId) -> Result<()> {
    ctx.access(account, Permission::OrganisationPolicy)
        .await?
        .change(async |change| {
            let shown = to_view(change.db(), change.access()).await?;
            let safer = shown.policy.safer();
            let points = safer.into_iter().map(|(_, then)| then).collect();
            Ok(((), apply(change, shown, points).await?))
        })
        .await
}

async fn apply(change: &Change, shown: OrganisationPolicy, points: Vec<PolicyPoint>) -> Result<Vec<Event>, Rollback> {
    let now = change.access().ctx().now();
    let mut policy = shown.policy.clone();
    let mut events = Vec::new();
    for point in points {
        let before = policy.set(&point, now);
        if before == point {
            continue;
        }
        match (&point, shown.role_changes) {
            // Otherwise whoever it is kept from could take it back.
            (PolicyPoint::RoleChanges(_), Err(refusal)) => return Err(refusal.into()),
            (PolicyPoint::DefaultRole(role), _) if !shown.roles.iter().any(|(known, _)| known == role) => {
                return Err(FieldErrors::one(point.name(), FieldFault::RoleDeleted).into());
            }
            (PolicyPoint::SecondFactor(SecondFactorWithin::Days(0)), _) if !has_second_factor(change).await? => {
                return Err(FieldErrors::one(point.name(), FieldFault::OwnSecondFactorMissing).into());
            }
            _ => {}
        }
        let (before, after) = (shown.value_of(&before), shown.value_of(&point));
        events.push(Event::Organisation(OrganisationEvent::PolicyUpdated { point, before, after }));
    }
    write(change, policy).await?;
    Ok(events)
}

async fn has_second_factor(change: &Change) -> Result<bool> {
    second_factor::is_set_up(change.db(), change.access().ctx().person()?).await
}

/// Writes the policy as it is from now on.
pub(crate) async fn write(change: &Change, policy: Policy) -> Result<()> {
    let mut row = tenant::row(change.db(), change.access()).await?.into_active_model();
    row.policy = Set(policy);
    row.update(change.db()).await?;
    Ok(())
}
