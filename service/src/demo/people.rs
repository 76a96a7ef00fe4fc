use super::{Dice, MONTH, OWNER, names};
use crate::{
    Change, Result, email_claim,
    email_claim::OpenedLetter,
    encryption::EncryptedColumn,
    entity::{self, invitation, membership, role, second_factor},
    second_factor::new_key,
    user::NewUser,
};
use model::{AccountId, Address, Country, InvitationId, MemberId, Permission, PermissionSet, Role, RoleId, UserId};
use sea_orm::{ActiveModelTrait, ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter, sea_query::Expr};
use std::time::Duration;

const MEMBERS: u64 = 59;

/// For every ten people: their roles.
const ROLES: [Role; 10] = [
    Role::Member,
    Role::Viewer,
    Role::Member,
    Role::Custom,
    Role::Member,
    Role::Viewer,
    Role::Admin,
    Role::Member,
    Role::Viewer,
    Role::Member,
];

pub(super) async fn owner(change: &mut Change, id: UserId, password_hash: &str) -> Result<()> {
    let new = NewUser {
        id,
        email: OWNER.to_owned(),
        first_name: "Thandi".to_owned(),
        last_name: "Dlamini".to_owned(),
        password_hash: password_hash.to_owned(),
    };
    insert(change, new).await
}

/// Everybody in the demo has confirmed their address.
async fn insert(change: &mut Change, new: NewUser) -> Result<()> {
    let letter = OpenedLetter::by_secret(&*new.email);
    email_claim::join(change, letter, new).await.map(drop)
}

/// Dates the owner and the organisation before everybody else, and fills in its details.
pub(super) async fn have_been_here(change: &Change, owner: UserId) -> Result<()> {
    use entity::{membership, organisation, user};
    let (db, since) = (change.db(), change.access().ctx().now() - MONTH - Duration::from_hours(24));
    let organisation = change.access().organisation();
    user::Entity::update_many()
        .col_expr(user::Column::CreatedAt, Expr::value(since))
        .filter(user::Column::Id.eq(owner))
        .exec(db)
        .await?;
    membership::Entity::update_many()
        .col_expr(membership::Column::CreatedAt, Expr::value(since))
        .filter(membership::Column::UserId.eq(owner))
        .exec(db)
        .await?;
    let office = Address {
        street: "12 Long Street".to_owned(),
        city: "Cape Town".to_owned(),
        region: "Western Cape".to_owned(),
        postal_code: "8001".to_owned(),
        country: Country::read("ZA"),
        ..Address::default()
    };
    let details = organisation::ActiveModel {
        id: Set(organisation),
        billing_address: Set(Address { street: "PO Box 1200".to_owned(), ..office.clone() }),
        physical_address: Set(office),
        billing_email: Set("accounts@northwind.example".to_owned()),
        vat_number: Set("4150276183".to_owned()),
        created_at: Set(since),
        ..Default::default()
    };
    details.update(db).await?;
    Ok(())
}

/// A role of the organisation's own.
async fn marketing(change: &Change) -> Result<Role> {
    let ctx = change.access().ctx();
    let id = RoleId(ctx.new_id()?);
    let permissions = Role::Member
        .permissions(PermissionSet::EMPTY)
        .with(Permission::ContactImport)
        .with(Permission::ContactExport)
        .with(Permission::BillingRead);
    let row = role::ActiveModel {
        id: Set(id),
        organisation_id: Set(change.access().organisation()),
        name: Set("Marketing manager".to_owned()),
        permissions: Set(permissions),
        created_at: Set(ctx.now() - MONTH),
        ..Default::default()
    };
    row.insert(change.db()).await?;
    Ok(Role::Named(id))
}

/// Fifty-nine colleagues, spread over the accounts; gives them with the account of each.
pub(super) async fn members(
    change: &mut Change,
    accounts: &[AccountId],
    password_hash: &str,
    dice: &mut Dice,
) -> Result<Vec<(UserId, AccountId)>> {
    let ctx = &change.access().ctx().clone();
    let marketing = marketing(change).await?;
    let mut users = Vec::new();
    for number in 0..MEMBERS {
        let position = usize::try_from(number).unwrap_or(0);
        let (first, last) = (names::FIRST[position % 40], names::LAST[(position * 7 + position / 40) % 40]);
        let id = UserId(ctx.new_id()?);
        let email = format!("{}.{}@northwind.example", first.to_lowercase(), last.to_lowercase().replace(' ', ""));
        let new = NewUser {
            id,
            email,
            first_name: first.to_owned(),
            last_name: last.to_owned(),
            password_hash: password_hash.to_owned(),
        };
        insert(change, new).await?;
        let last_seen = (number % 7 != 5).then(|| ctx.now() - Duration::from_secs(number * number * 700));
        entity::user::Entity::update_many()
            .col_expr(entity::user::Column::LastSeenAt, Expr::value(last_seen))
            .filter(entity::user::Column::Id.eq(id))
            .exec(change.db())
            .await?;
        if number % 4 == 1 {
            let factor = second_factor::ActiveModel {
                user_id: Set(id),
                key: Set(ctx.service().encrypt(EncryptedColumn::SecondFactorKey, id, &new_key(ctx)?)?),
                latest_step: Set(0),
                created_at: Set(ctx.now() - MONTH + Duration::from_secs(number * 40_000)),
                failures: Set(0),
                retry_at: Set(model::Timestamp(0)),
            };
            factor.insert(change.db()).await?;
        }
        let role = if number % 13 == 7 { marketing } else { ROLES[position % ROLES.len()] };
        let account = if role == Role::Admin || number % 3 == 0 { accounts[0] } else { dice.pick(accounts) };
        let own =
            Role::Member.permissions(PermissionSet::EMPTY).without(PermissionSet::EMPTY.with(Permission::CampaignSend));
        let row = membership::ActiveModel {
            id: Set(MemberId(ctx.new_id()?)),
            organisation_id: Set(change.access().organisation()),
            account_id: Set(account),
            user_id: Set(id),
            role: Set(role),
            permissions: Set(if role == Role::Custom { own } else { PermissionSet::EMPTY }),
            suspended_at: Set((number % 29 == 17).then(|| ctx.now())),
            created_at: Set(ctx.now() - MONTH + Duration::from_secs(number * 36_000)),
        };
        row.insert(change.db()).await?;
        users.push((id, account));
    }
    Ok(users)
}

pub(super) async fn invitations(change: &Change, accounts: &[AccountId]) -> Result<()> {
    let ctx = change.access().ctx();
    let waiting = [
        ("chloe@agency.example", 5, Role::Viewer),
        ("kofi@northwind.example", 2, Role::Member),
        ("mira@northwind.example", 8, Role::Admin),
    ];
    for (email, account, role) in waiting {
        let row = invitation::ActiveModel {
            id: Set(InvitationId(ctx.new_id()?)),
            organisation_id: Set(change.access().organisation()),
            account_id: Set(accounts[account]),
            email: Set(email.to_owned()),
            role: Set(role),
            permissions: Set(PermissionSet::EMPTY),
            invited_by: Set(change.access().user()),
            api_key_id: Set(None),
            sent_with: Set(None),
            created_at: Set(ctx.now() - Duration::from_hours(24)),
            sent_at: Set(ctx.now() - Duration::from_hours(24)),
            expires_at: Set(ctx.now() + Duration::from_hours(144)),
            accepted_at: Set(None),
            revoked_at: Set(None),
            undeliverable_at: Set(None),
        };
        row.insert(change.db()).await?;
    }
    Ok(())
}
