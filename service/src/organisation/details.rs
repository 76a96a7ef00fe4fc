//! The tenant: its details, and how one enters an account of it.

use crate::{
    Access, Change, Context, Error, Result,
    cache::VersionedCache,
    entity, tenant,
    throttle::{self, Throttle},
    verified_email,
};
use model::{
    AccountId, Event, Form, LastUpdate, MemberId, NewOrganisation, Organisation, OrganisationEvent, OrganisationFields,
    OrganisationId, Permission, PermissionSet, Policy, Problem, Refusal, Role, RoleChanges, Standing,
    UpdateOrganisation, UserId,
};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel, QueryFilter,
    QueryOrder, QuerySelect,
};
use std::{sync::Arc, time::Duration};

/// Writes a new organisation with its root account and its owner, under the ids of the change.
pub(crate) async fn insert(change: &Change, name: String, owner: UserId) -> Result<()> {
    let access = change.access();
    let (ctx, now) = (access.ctx(), access.ctx().now());
    let organisation = entity::organisation::ActiveModel {
        id: Set(access.organisation()),
        owner_id: Set(owner),
        name: Set(name.clone()),
        physical_address: Set(model::Address::default()),
        billing_address: Set(model::Address::default()),
        created_at: Set(now),
        updated_at: Set(None),
        updated_by: Set(None),
        deleted_at: Set(None),
        updated_fields: Set(OrganisationFields::default()),
        billing_email: Set(String::new()),
        vat_number: Set(String::new()),
        policy: Set(Policy::default()),
        ..Default::default()
    };
    organisation.insert(change.db()).await?;
    crate::account::insert(change, access.account(), None, name).await?;
    let membership = entity::membership::ActiveModel {
        id: Set(MemberId(ctx.new_id()?)),
        organisation_id: Set(access.organisation()),
        account_id: Set(access.account()),
        user_id: Set(owner),
        role: Set(Role::Admin),
        permissions: Set(PermissionSet::EMPTY),
        suspended_at: Set(None),
        created_at: Set(now),
    };
    membership.insert(change.db()).await?;
    Ok(())
}

/// Against organisations that nobody wants.
const CREATE: Throttle = Throttle { name: "create-organisation", tries: 10, within: Duration::from_hours(24) };

/// Founds an organisation for somebody who is signed in; gives its root account.
///
/// # Errors
/// [`Problem::Invalid`] for the form; [`Refusal::SignUpClosed`]; [`Problem::TooMany`] by user.
pub async fn create(ctx: &Context, form: NewOrganisation) -> Result<AccountId> {
    let user = ctx.user()?;
    if !ctx.service().settings.open_sign_up {
        return Err(Error::unlogged_refusal(Refusal::SignUpClosed));
    }
    let NewOrganisation { name } = form.validated()?;
    throttle::count(ctx, CREATE, &user.to_string()).await?;
    let (organisation, account) = (OrganisationId(ctx.new_id()?), AccountId(ctx.new_id()?));
    Access::for_self(ctx, user, organisation, account)
        .change_locking(vec![user.0], async |change| {
            // A login that is closed meanwhile would own an organisation that nobody can enter.
            let founder = entity::user::Entity::find_by_id(user).one(change.db()).await?;
            if founder.is_none_or(|founder| verified_email::is_closed(&founder)) {
                return Err(Problem::SignedOut.into());
            }
            insert(change, name, user).await?;
            Ok((account, Event::Organisation(OrganisationEvent::OrganisationFounded)))
        })
        .await
}

/// Where the account is, and what the reader may do there now.
///
/// # Errors
/// [`Problem::Refused`] for whoever is kept out; it leaves no entry in the log.
pub async fn standing(ctx: &Context, account: AccountId) -> Result<Standing> {
    let as_of = ctx.service().version();
    let access = Access::for_standing(ctx, account).await?;
    let names = ctx.service().extension::<BreadcrumbCache>().get_or_read(ctx, account, names(ctx, account)).await?;
    Ok(Standing {
        organisation: access.organisation(),
        account,
        organisation_name: names.organisation.clone(),
        trail: names.accounts.clone(),
        role: access.rights().role,
        permissions: access.rights().permissions,
        roles_closed: names.role_changes == RoleChanges::Owner && !access.rights().is_owner(),
        second_factor_due: access.rights().second_factor_due.map(|due| ctx.moments().of(due)),
        as_of,
    })
}

pub(crate) type BreadcrumbCache = VersionedCache<AccountId, Arc<Breadcrumb>>;

/// The names on the way from an organisation down to one of its accounts, and what every page of it
/// has to know of the policy.
pub(crate) struct Breadcrumb {
    organisation: String,
    role_changes: RoleChanges,
    accounts: Vec<String>,
}

async fn names(ctx: &Context, account: AccountId) -> Result<Arc<Breadcrumb>> {
    use entity::{account::Column, account_ancestor as tree};
    use sea_orm::JoinType;
    let above = tree::Entity::belongs_to(entity::account::Entity).from(tree::Column::AncestorId).to(Column::Id);
    let whole = entity::account::Entity::belongs_to(entity::organisation::Entity)
        .from(Column::OrganisationId)
        .to(entity::organisation::Column::Id);
    let rows: Vec<(String, Policy, String)> = tree::Entity::find()
        .filter(tree::Column::AccountId.eq(account))
        .join(JoinType::InnerJoin, above.into())
        .join(JoinType::InnerJoin, whole.into())
        .order_by_asc(Column::Depth)
        .select_only()
        .column(entity::organisation::Column::Name)
        .column(entity::organisation::Column::Policy)
        .column_as(Column::Name, "account_name")
        .into_tuple()
        .all(ctx.readers())
        .await?;
    let (organisation, policy, _) = rows.first().cloned().ok_or(Problem::NotFound)?;
    let accounts = rows.into_iter().map(|(_, _, account)| account).collect();
    Ok(Arc::new(Breadcrumb { organisation, role_changes: policy.role_changes, accounts }))
}

/// The organisation's details.
pub async fn get(ctx: &Context, account: AccountId) -> Result<Organisation> {
    let access = ctx.access(account, Permission::OrganisationRead).await?;
    let db = access.readers();
    let row = tenant::row(db, &access).await?;
    let updated = update_event(db, ctx, &row).await?;
    let owner = tenant::name_of(db, row.owner_id, ctx.locale()).await?;
    Ok(Organisation { id: row.id, owner, updated, details: details(&row) })
}

/// The last change of the details.
pub(crate) async fn update_event(
    db: &impl ConnectionTrait,
    ctx: &Context,
    row: &entity::organisation::Model,
) -> Result<Option<LastUpdate>> {
    let (Some(by_id), Some(at)) = (row.updated_by, row.updated_at) else { return Ok(None) };
    let (by, at) = (tenant::name_of(db, by_id, ctx.locale()).await?, ctx.moments().of(at));
    Ok(Some(LastUpdate { by, by_id, fields: row.updated_fields.clone(), at }))
}

fn details(row: &entity::organisation::Model) -> UpdateOrganisation {
    UpdateOrganisation { name: row.name.clone(), physical_address: row.physical_address.clone() }
}

/// Changes the organisation's details; what is as before is no change. The root account is called as the organisation.
///
/// # Errors
/// [`Problem::Invalid`] for the form.
pub async fn update(ctx: &Context, account: AccountId, form: UpdateOrganisation) -> Result<()> {
    let form = form.validated()?;
    ctx.access(account, Permission::OrganisationUpdate)
        .await?
        .change(async |change| {
            let row = tenant::row(change.db(), change.access()).await?;
            let before = details(&row);
            form.check_against(&before)?;
            let fields = before.changed_to(&form);
            let UpdateOrganisation { name, physical_address } = form;
            if name != before.name {
                crate::account::rename_root(change, name.clone()).await?;
            }
            let mut row = row.into_active_model();
            row.name = Set(name);
            row.physical_address = Set(physical_address);
            Ok(((), write(change, row, fields).await?))
        })
        .await
}

/// Writes changed details, with who changed them, and gives the event; without any there is no change.
pub(crate) async fn write(
    change: &Change,
    mut row: entity::organisation::ActiveModel,
    fields: OrganisationFields,
) -> Result<Vec<Event>> {
    if fields.0.is_empty() {
        return Ok(Vec::new());
    }
    let ctx = change.access().ctx();
    row.updated_at = Set(Some(ctx.now()));
    row.updated_by = Set(Some(ctx.person()?));
    row.updated_fields = Set(fields.clone());
    row.update(change.db()).await?;
    Ok(vec![Event::Organisation(OrganisationEvent::OrganisationUpdated { fields })])
}
