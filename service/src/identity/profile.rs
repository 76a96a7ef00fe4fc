//! One's own name, and one's roles with who can change them.

use crate::{
    Context, Result, UserChange,
    entity::{account, membership, organisation, phone, role, user},
    grants, joins,
};
use model::{
    AccountId, Event, Form, IdentityEvent, OwnPlace, OwnProfile, Policy, Problem, Role, RoleChanges, RoleName,
    UpdateName, UserId, limit,
};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, FromQueryResult, IntoActiveModel,
    JoinType, QueryFilter, QueryOrder, QuerySelect, RelationDef, Statement,
};
use std::collections::HashMap;

/// Admins who are named beside the owner.
const ADMINS: u8 = 2;

#[derive(FromQueryResult)]
struct Row {
    account_id: AccountId,
    account_name: String,
    organisation_name: String,
    owner_id: UserId,
    policy: Policy,
    role: Role,
    named: Option<String>,
}

impl Row {
    fn is_owner(&self, user: UserId) -> bool {
        self.owner_id == user
    }

    /// Whether Admins can change the role: not where the policy leaves roles to the owner, nor that of another Admin.
    fn is_up_to_admins(&self, user: UserId) -> bool {
        self.policy.role_changes == RoleChanges::Permitted && self.role != Role::Admin && !self.is_owner(user)
    }
}

/// Who whoever is signed in is to others.
///
/// # Errors
/// [`Problem::SignedOut`].
pub async fn get(ctx: &Context) -> Result<OwnProfile> {
    let id = ctx.user()?;
    let db = ctx.readers();
    let user = user::Entity::find_by_id(id).one(db).await?.ok_or(Problem::SignedOut)?;
    let phone = phone::Entity::find_by_id(id).one(db).await?;
    let mut rows = places(db, id).await?;
    let has_more = rows.len() > limit::OWN_PLACES;
    rows.truncate(limit::OWN_PLACES);
    Ok(OwnProfile {
        confirmed: user.email_verified_at.is_some(),
        places: with_changers(db, id, rows).await?,
        first_name: user.first_name,
        last_name: user.last_name,
        email: user.email,
        mobile: phone.map(|phone| phone.number.grouped()),
        has_more,
    })
}

/// The accounts in which somebody is a member, by organisation, parents before those below them.
async fn places(db: &impl ConnectionTrait, user: UserId) -> Result<Vec<Row>> {
    let rows = membership::Entity::find()
        .filter(membership::Column::UserId.eq(user))
        .filter(membership::Column::SuspendedAt.is_null())
        .filter(organisation::Column::DeletedAt.is_null())
        .filter(account::Column::DeletedAt.is_null())
        .join(JoinType::InnerJoin, joins::member_to_account())
        .join(JoinType::InnerJoin, to_organisation())
        .join(JoinType::LeftJoin, grants::of_membership())
        .order_by_asc(organisation::Column::NameFold)
        .order_by_asc(organisation::Column::Id)
        .order_by_asc(account::Column::Depth)
        .order_by_asc(account::Column::NameFold)
        .order_by_asc(account::Column::Id)
        .limit(limit::OWN_PLACES as u64 + 1)
        .select_only()
        .columns([membership::Column::AccountId, membership::Column::Role])
        .column_as(account::Column::Name, "account_name")
        .column_as(organisation::Column::Name, "organisation_name")
        .columns([organisation::Column::OwnerId, organisation::Column::Policy])
        .column_as(role::Column::Name, "named");
    Ok(rows.into_model::<Row>().all(db).await?)
}

fn to_organisation() -> RelationDef {
    let of_organisation = membership::Entity::belongs_to(organisation::Entity);
    of_organisation.from(membership::Column::OrganisationId).to(organisation::Column::Id).into()
}

async fn with_changers(db: &impl ConnectionTrait, user: UserId, rows: Vec<Row>) -> Result<Vec<OwnPlace>> {
    let owners = owners(db, &rows).await?;
    let mut admins = admins(db, user, &rows).await?;
    let place = |row: Row| {
        let mut changed_by = Vec::new();
        if !row.is_owner(user) {
            changed_by.extend(owners.get(&row.owner_id).cloned());
            changed_by.extend(admins.remove(&row.account_id).unwrap_or_default());
        }
        let role = if row.is_owner(user) { Role::Owner } else { row.role };
        OwnPlace {
            account: row.account_id,
            account_name: row.account_name,
            organisation_name: row.organisation_name,
            role,
            role_name: RoleName::of(role, row.named),
            changed_by,
        }
    };
    Ok(rows.into_iter().map(place).collect())
}

async fn owners(db: &impl ConnectionTrait, rows: &[Row]) -> Result<HashMap<UserId, String>> {
    let owners = user::Entity::find().filter(user::Column::Id.is_in(rows.iter().map(|row| row.owner_id)));
    let name = |row: user::Model| (row.id, format!("{} {}", row.first_name, row.last_name));
    Ok(owners.all(db).await?.into_iter().map(name).collect())
}

/// The first Admins whose place reaches each account, besides the owner, where they can change somebody's role.
async fn admins(db: &impl ConnectionTrait, user: UserId, rows: &[Row]) -> Result<HashMap<AccountId, Vec<String>>> {
    #[derive(FromQueryResult)]
    struct Named {
        account_id: AccountId,
        first_name: String,
        last_name: String,
    }
    let accounts: Vec<AccountId> =
        rows.iter().filter(|row| row.is_up_to_admins(user)).map(|row| row.account_id).collect();
    if accounts.is_empty() {
        return Ok(HashMap::new());
    }
    let listed: Vec<String> = (2..accounts.len() + 2).map(|place| format!("${place}")).collect();
    let sql = format!(
        "SELECT account_id, first_name, last_name FROM (
           SELECT t.account_id, u.first_name, u.last_name,
                  ROW_NUMBER() OVER (PARTITION BY t.account_id ORDER BY m.created_at, m.id) AS place
           FROM account_ancestor t
           JOIN membership m ON m.organisation_id = t.organisation_id AND m.account_id = t.ancestor_id
           JOIN organisation o ON o.id = m.organisation_id
           JOIN \"user\" u ON u.id = m.user_id
           WHERE t.account_id IN ({}) AND m.role = 'admin' AND m.suspended_at IS NULL
             AND m.user_id <> o.owner_id AND m.user_id <> $1
         ) reaching WHERE place <= {ADMINS} ORDER BY account_id, place",
        listed.join(", ")
    );
    let values = std::iter::once(user.into()).chain(accounts.into_iter().map(Into::into));
    let statement = Statement::from_sql_and_values(db.get_database_backend(), sql, values);
    let mut named: HashMap<AccountId, Vec<String>> = HashMap::new();
    for Named { account_id, first_name, last_name } in Named::find_by_statement(statement).all(db).await? {
        named.entry(account_id).or_default().push(format!("{first_name} {last_name}"));
    }
    Ok(named)
}

/// Changes the name of whoever is signed in, as everybody sees it from then on.
///
/// # Errors
/// [`Problem::Invalid`] for the form; [`Problem::SignedOut`].
pub async fn update_name(ctx: &Context, form: UpdateName) -> Result<()> {
    let user = ctx.user()?;
    let UpdateName { first_name, last_name } = form.validated()?;
    UserChange::run(ctx, user, async |change| {
        let row = user::Entity::find_by_id(user).one(change.db()).await?.ok_or(Problem::SignedOut)?;
        if (&row.first_name, &row.last_name) == (&first_name, &last_name) {
            return Ok(((), Vec::new()));
        }
        let mut row = row.into_active_model();
        row.first_name = Set(first_name);
        row.last_name = Set(last_name);
        row.update(change.db()).await?;
        Ok(((), vec![Event::Identity(IdentityEvent::NameChanged { user })]))
    })
    .await
}
