//! Making, renaming, moving and deleting accounts.

use super::tree;
use crate::{
    Access, Context, Result,
    entity::{account, api_key, campaign, contact, membership, role, user},
    member, organisation, policy, role as roles,
};
use model::{
    AccountForm, AccountId, AccountMove, Contents, Event, FieldErrors, Form, Grant, Moved, Permission, PermissionSet,
    Policy, PolicyPoint, Problem, Refusal, Role,
};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, FromQueryResult, IntoActiveModel,
    JoinType, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect,
};
use std::collections::HashSet;

/// Makes an account below another.
///
/// # Errors
/// [`Problem::Invalid`] for the form; [`Problem::Conflict`] deeper below the root than the policy has it.
pub async fn create(ctx: &Context, parent: AccountId, form: AccountForm) -> Result<AccountId> {
    let AccountForm { name } = form.validated()?;
    let change = ctx.access(parent, Permission::AccountCreate).await?.change().await?;
    let above = row(change.db(), change.access(), parent).await?;
    check_depth(&policy::of(change.db(), change.access()).await?, above.depth + 1)?;
    let account = AccountId(ctx.new_id()?);
    tree::insert(&change, account, Some(parent), name.clone()).await?;
    change.commit(Event::AccountCreated { account, name }).await?;
    Ok(account)
}

fn check_depth(policy: &Policy, depth: i16) -> Result<()> {
    if depth > i16::from(policy.depth) {
        let most = PolicyPoint::Depth(policy.depth).words(|_| None);
        let sentence = format!("Accounts lie at most {most} below the first. Choose a higher place.");
        return Err(Problem::Conflict(sentence).into());
    }
    Ok(())
}

async fn row(db: &impl ConnectionTrait, access: &Access, account: AccountId) -> Result<account::Model> {
    let row = access.all::<account::Entity>().filter(account::Column::Id.eq(account)).one(db).await?;
    Ok(row.ok_or(Problem::NotFound)?)
}

/// Gives an account another name.
///
/// # Errors
/// [`Problem::Invalid`] for the form.
pub async fn rename(ctx: &Context, account: AccountId, form: AccountForm) -> Result<()> {
    let AccountForm { name } = form.validated()?;
    let change = ctx.access(account, Permission::AccountUpdate).await?.change().await?;
    let row = row(change.db(), change.access(), account).await?;
    let before = row.name.clone();
    let mut row = row.into_active_model();
    row.name = Set(name.clone());
    row.update(change.db()).await?;
    change.commit(Event::AccountRenamed { account, name, before }).await
}

/// A branch and the place it is to go to.
struct Plan {
    branch: Vec<AccountId>,
    name: String,
    below: String,
    levels: i16,
    gone: Vec<AccountId>,
    new: Vec<AccountId>,
}

async fn plan(db: &impl ConnectionTrait, access: &Access, account: AccountId, parent: AccountId) -> Result<Plan> {
    let moved = row(db, access, account).await?;
    let to = row(db, access, parent).await?;
    let conflict = |sentence: &str| Err(Problem::Conflict(sentence.to_owned()).into());
    if moved.parent_id.is_none() {
        return conflict("The first account stays where it is: all others lie below it.");
    }
    let below = access.here_and_below::<account::Entity>();
    let mut branch: Vec<AccountId> = below.select_only().column(account::Column::Id).into_tuple().all(db).await?;
    if branch.contains(&parent) {
        return conflict("An account cannot lie below itself. Choose another place.");
    }
    branch.sort_by_key(|id| *id != account);
    let levels = to.depth + 1 - moved.depth;
    let deepest: Option<i16> = access
        .here_and_below::<account::Entity>()
        .select_only()
        .column_as(account::Column::Depth.max(), "deepest")
        .into_tuple()
        .one(db)
        .await?;
    check_depth(&policy::of(db, access).await?, deepest.unwrap_or(moved.depth) + levels)?;
    let before: HashSet<AccountId> =
        tree::ids_above(db, account).await?.into_iter().filter(|id| *id != account).collect();
    let after: HashSet<AccountId> = tree::ids_above(db, parent).await?.into_iter().collect();
    Ok(Plan {
        branch,
        name: moved.name,
        below: to.name,
        levels,
        gone: before.difference(&after).copied().collect(),
        new: after.difference(&before).copied().collect(),
    })
}

/// Who would gain and who would lose what in an account and those below it, if it moved.
///
/// # Errors
/// As [`move_below`].
pub async fn preview_move(ctx: &Context, account: AccountId, parent: AccountId) -> Result<AccountMove> {
    ctx.access(parent, Permission::AccountCreate).await?;
    let access = ctx.access(account, Permission::AccountUpdate).await?;
    let db = access.readers();
    let Plan { gone, new, .. } = plan(db, &access, account, parent).await?;
    let told = async |accounts: Vec<AccountId>| -> Result<Vec<Moved>> {
        let people = reaching(db, &access, accounts.clone()).await?.into_iter().map(Reaching::told);
        let keys = keys_in(db, &access, accounts).await?.into_iter().map(ReachingKey::told);
        Ok(people.chain(keys).collect())
    };
    Ok(AccountMove { lose: told(gone).await?, gain: told(new).await? })
}

/// Moves an account with everything below it to below another.
///
/// # Errors
/// [`Problem::Conflict`] for the first account, for a place within the account itself, and too deep;
/// [`Problem::Refused`] when others would gain what the actor does not hold.
pub async fn move_below(ctx: &Context, account: AccountId, parent: AccountId) -> Result<()> {
    ctx.access(parent, Permission::AccountCreate).await?;
    let change = ctx.access(account, Permission::AccountUpdate).await?.change().await?;
    let Plan { branch, name, below, levels, gone: _, new } =
        plan(change.db(), change.access(), account, parent).await?;
    let gained = reaching(change.db(), change.access(), new.clone()).await?;
    let keys = keys_in(change.db(), change.access(), new).await?;
    let ceiling = change.access().rights().permissions;
    let mut gains = gained.iter().map(|row| row.grant().permissions).chain(keys.iter().map(ReachingKey::holds));
    if !gains.all(|gains| gains.is_subset(ceiling)) {
        return change.refuse(Refusal::AboveOwnPermissions).await;
    }
    tree::move_branch(&change, &branch, parent, levels).await?;
    change.commit(Event::AccountMoved { account, name, below }).await
}

/// A membership in an account above, which reaches down.
#[derive(FromQueryResult)]
struct Reaching {
    role: Role,
    permissions: PermissionSet,
    named: Option<String>,
    named_permissions: Option<PermissionSet>,
    first_name: String,
    last_name: String,
    through: String,
}

impl Reaching {
    fn grant(&self) -> Grant {
        let named = self.named.clone().zip(self.named_permissions);
        // What moves is never the root.
        roles::grant(self.role, self.permissions, named).within(PermissionSet::reach(false))
    }

    fn told(self) -> Moved {
        Moved {
            role_name: self.grant().called,
            name: format!("{} {}", self.first_name, self.last_name),
            through: self.through,
        }
    }
}

/// A key of an account above, which works below too.
#[derive(FromQueryResult)]
struct ReachingKey {
    name: String,
    permissions: PermissionSet,
    through: String,
}

impl ReachingKey {
    fn holds(&self) -> PermissionSet {
        // What moves is never the root.
        self.permissions.intersection(PermissionSet::reach(false))
    }

    fn told(self) -> Moved {
        Moved { name: self.name, role_name: "API key".to_owned(), through: self.through }
    }
}

async fn keys_in(db: &impl ConnectionTrait, access: &Access, accounts: Vec<AccountId>) -> Result<Vec<ReachingKey>> {
    let keys = access
        .all::<api_key::Entity>()
        .filter(api_key::Column::AccountId.is_in(accounts))
        .filter(crate::api_key::is_open(access.ctx().now()))
        .join(JoinType::InnerJoin, crate::api_key::to_account())
        .column_as(account::Column::Name, "through")
        .order_by_asc(api_key::Column::Name);
    Ok(keys.into_model::<ReachingKey>().all(db).await?)
}

async fn reaching(db: &impl ConnectionTrait, access: &Access, accounts: Vec<AccountId>) -> Result<Vec<Reaching>> {
    let owner = organisation::owner(db, access).await?;
    let rows = access
        .all::<membership::Entity>()
        .filter(membership::Column::AccountId.is_in(accounts))
        .filter(membership::Column::SuspendedAt.is_null())
        .filter(membership::Column::UserId.ne(owner))
        .join(JoinType::InnerJoin, member::to_user())
        .join(JoinType::InnerJoin, member::to_account())
        .join(JoinType::LeftJoin, roles::of_membership())
        .column_as(role::Column::Name, "named")
        .column_as(role::Column::Permissions, "named_permissions")
        .column(user::Column::FirstName)
        .column(user::Column::LastName)
        .column_as(account::Column::Name, "through")
        .order_by_asc(user::Column::FirstName)
        .order_by_asc(user::Column::LastName)
        .into_model::<Reaching>()
        .all(db)
        .await?;
    Ok(rows)
}

/// What would go with an account.
pub async fn preview_delete(ctx: &Context, account: AccountId) -> Result<Contents> {
    let access = ctx.access(account, Permission::AccountDelete).await?;
    contents(access.readers(), &access).await
}

async fn contents(db: &impl ConnectionTrait, access: &Access) -> Result<Contents> {
    Ok(Contents {
        accounts: access.here_and_below::<account::Entity>().count(db).await?.saturating_sub(1),
        members: access.here_and_below::<membership::Entity>().count(db).await?,
        invitations: crate::invitation::pending_in(access.here_and_below(), access.ctx().now()).count(db).await?,
        contacts: access.here_and_below::<contact::Entity>().count(db).await?,
        api_keys: access
            .here_and_below::<api_key::Entity>()
            .filter(api_key::Column::RevokedAt.is_null())
            .count(db)
            .await?,
        campaigns: access.here_and_below::<campaign::Entity>().count(db).await?,
    })
}

/// Deletes an account with everything below it and in it.
///
/// # Errors
/// [`Problem::Invalid`] when it is not empty and `form` does not repeat its name; [`Problem::Conflict`]
/// for the first account; [`Problem::Refused`] when an Admin of it would go and the actor is not the owner.
pub async fn delete(ctx: &Context, account: AccountId, form: AccountForm) -> Result<()> {
    let change = ctx.access(account, Permission::AccountDelete).await?.change().await?;
    let (db, access) = (change.db(), change.access());
    let row = row(db, access, account).await?;
    if row.parent_id.is_none() {
        let sentence = "The first account goes only with the organisation.";
        return Err(Problem::Conflict(sentence.to_owned()).into());
    }
    let gone = contents(db, access).await?;
    if !gone.is_empty() && form.name.trim() != row.name {
        return Err(FieldErrors::one("name", "Type the name of the account as it stands above.").into());
    }
    let admins = access.here_and_below::<membership::Entity>().filter(membership::Column::Role.eq(Role::Admin));
    if !access.rights().is_owner() && admins.count(db).await? > 0 {
        return change.refuse(Refusal::AdminByOwnerOnly).await;
    }
    // Those without anything below them first.
    let mut rows = access.here_and_below::<account::Entity>().order_by_desc(account::Column::Depth).all(db).await?;
    while let Some(depth) = rows.first().map(|row| row.depth) {
        let level: Vec<AccountId> = rows.extract_if(.., |row| row.depth == depth).map(|row| row.id).collect();
        account::Entity::delete_many().filter(account::Column::Id.is_in(level)).exec(db).await?;
    }
    change.commit(Event::AccountDeleted { account, name: row.name, gone }).await
}
