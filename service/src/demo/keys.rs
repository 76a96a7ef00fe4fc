use crate::{Change, Result, entity::api_key};
use model::{AccountId, ApiKeyId, Permission, PermissionSet, UserId};
use sea_orm::{ActiveModelTrait, ActiveValue::Set};
use std::time::Duration;

const DAY: Duration = Duration::from_hours(24);

struct Key {
    name: &'static str,
    /// The position of its account.
    account: usize,
    /// Days since it was made.
    made: u32,
    /// Days that it lasts; 0 for until it is revoked.
    lasts: u32,
    /// Hours since its last use.
    used: Option<u64>,
    permissions: &'static [Permission],
}

const KEYS: [Key; 4] = [
    Key {
        name: "Web shop",
        account: 0,
        made: 25,
        lasts: 0,
        used: Some(1),
        permissions: &[Permission::ContactReadBasic, Permission::ContactCreate, Permission::ContactUpdateTags],
    },
    Key {
        name: "Nightly report",
        account: 0,
        made: 21,
        lasts: 90,
        used: Some(9),
        permissions: &[Permission::ContactReadBasic, Permission::MemberRead],
    },
    Key {
        name: "Trial of the newsletter tool",
        account: 1,
        made: 29,
        lasts: 14,
        used: Some(400),
        permissions: &[Permission::ContactReadBasic],
    },
    Key {
        name: "Point of sale",
        account: 2,
        made: 4,
        lasts: 365,
        used: None,
        permissions: &[Permission::ContactCreate],
    },
];

/// Keys of the owner. Their secrets are random: nobody knows them.
pub(super) async fn write(change: &Change, owner: UserId, accounts: &[AccountId]) -> Result<()> {
    let ctx = change.access().ctx();
    for Key { name, account, made, lasts, used, permissions } in KEYS {
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
            expires_at: Set((lasts > 0).then(|| created_at + DAY * lasts)),
            revoked_at: Set(None),
            last_used_at: Set(used.map(|hours| ctx.now() - Duration::from_hours(hours))),
            ..Default::default()
        };
        row.insert(change.db()).await?;
    }
    Ok(())
}
