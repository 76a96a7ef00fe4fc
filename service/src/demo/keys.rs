use crate::{Change, Result, entity::api_key};
use model::{AccountId, ApiKeyId, Permission, PermissionSet, UserId};
use sea_orm::{ActiveValue::Set, EntityTrait};
use std::time::Duration;

const DAY: Duration = Duration::from_hours(24);

/// The keys: what for, where, days since it was made, days that it lasts, hours since its last use, what it may do.
const KEYS: [(&str, usize, u32, Option<u32>, Option<u32>, &[Permission]); 4] = [
    (
        "Web shop",
        0,
        25,
        None,
        Some(1),
        &[Permission::ContactReadBasic, Permission::ContactCreate, Permission::ContactUpdateTags],
    ),
    ("Nightly report", 0, 21, Some(90), Some(9), &[Permission::ContactReadBasic, Permission::MemberRead]),
    ("Trial of the newsletter tool", 1, 29, Some(14), Some(400), &[Permission::ContactReadBasic]),
    ("Point of sale", 2, 4, Some(365), None, &[Permission::ContactCreate]),
];

/// Keys of the owner. Their secrets are random: nobody knows them.
pub(super) async fn write(change: &Change, owner: UserId, accounts: &[AccountId]) -> Result<()> {
    let ctx = change.access().ctx();
    for (name, account, made, lasts, used, permissions) in KEYS {
        let (secret, created_at) = (ctx.new_key_secret()?, ctx.now() - DAY * made);
        let row = api_key::ActiveModel {
            id: Set(ApiKeyId(ctx.new_id()?)),
            organisation_id: Set(change.access().organisation()),
            account_id: Set(accounts[account]),
            created_by: Set(owner),
            name: Set(name.to_owned()),
            secret_hash: Set(secret.hash().into_column()),
            begins: Set(secret.begins()),
            permissions: Set(permissions.iter().copied().collect::<PermissionSet>()),
            created_at: Set(created_at),
            expires_at: Set(lasts.map(|days| created_at + DAY * days)),
            revoked_at: Set(None),
            last_used_at: Set(used.map(|hours| ctx.now() - Duration::from_hours(u64::from(hours)))),
        };
        api_key::Entity::insert(row).exec_without_returning(change.db()).await?;
    }
    Ok(())
}
