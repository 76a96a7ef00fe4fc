//! Browsers that somebody has signed in with. Each keeps a secret for each of its people, which signs nobody in: it
//! tells their own mistakes from a stranger's guesses.

use crate::{
    Context, Login, Message, Result, Secret, credentials, database::Lane, entity::device, kernel::outbox, tenant,
    user_agent, user_browser,
};
use model::{REMEMBERED_DAYS, Timestamp, UserId};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel, QueryFilter,
    QueryOrder, QuerySelect, Select,
};
use std::time::Duration;

/// A browser is forgotten when nobody has signed in with it for so long.
pub const LIFETIME: Duration = Duration::from_hours(365 * 24);
/// Browsers that are remembered for one person; the one that was used longest ago goes first.
const MOST_OF_USER: u64 = 20;
/// People who are remembered in one browser.
const MOST_IN_BROWSER: usize = 4;
/// Between the secrets in a cookie.
const SEPARATOR: char = '.';

/// The secrets in a cookie; more than a browser is given are not looked at.
pub fn secrets(cookie: &str) -> Vec<Secret> {
    let texts = cookie.split(SEPARATOR).filter(|text| !text.is_empty());
    texts.take(MOST_IN_BROWSER).map(Secret::from_client).collect()
}

/// Whether the user is asked for no second factor in the browser of this request: they chose so not long ago, and all
/// organisations of theirs let them.
pub(crate) async fn is_remembered(ctx: &Context, user: UserId) -> Result<bool> {
    let until = recognise(ctx, user).await?.and_then(|device| device.remembered_until);
    Ok(until.is_some_and(|until| until > ctx.now()) && may_be_remembered(ctx.readers(), user).await?)
}

/// Whether all organisations of somebody let browsers be remembered that ask for no second factor.
pub(crate) async fn may_be_remembered(db: &impl ConnectionTrait, user: UserId) -> Result<bool> {
    Ok(tenant::policies_of_user(db, user).await?.iter().all(|(_, policy)| policy.remember_devices))
}

/// The browser of this request, if the user has signed in with it before.
pub(crate) async fn recognise(ctx: &Context, user: UserId) -> Result<Option<device::Model>> {
    of_browser(ctx, ctx.readers(), user).await
}

async fn of_browser(ctx: &Context, db: &impl ConnectionTrait, user: UserId) -> Result<Option<device::Model>> {
    let hashes: Vec<_> = ctx.browser().devices.iter().map(|secret| secret.hash().into_column()).collect();
    if hashes.is_empty() {
        return Ok(None);
    }
    let device = device::Entity::find()
        .filter(device::Column::SecretHash.is_in(hashes))
        .filter(device::Column::UserId.eq(user))
        .filter(device::Column::LastUsedAt.gt(cutoff(ctx.now())));
    Ok(device.one(db).await?)
}

/// Those that nobody has signed in with for long, to be deleted.
pub(crate) fn expired(now: Timestamp) -> Select<device::Entity> {
    device::Entity::find().filter(device::Column::LastUsedAt.lte(cutoff(now)))
}

/// What was used last at this time is forgotten.
fn cutoff(now: Timestamp) -> Timestamp {
    now - LIFETIME
}

/// Remembers the browser of somebody who signed in, and gives the cookie that it keeps from now on; `None` when the
/// credentials have moved on since. Of the first sign-in with another kind of browser they are told by a letter.
pub async fn remember(ctx: &Context, login: Login) -> Result<Option<String>> {
    remember_until(ctx, login, None).await
}

/// As [`remember`]. It is asked for no second factor for [`REMEMBERED_DAYS`], or until what its user signs in with changes;
/// where a policy does not let that be, it is asked as before.
pub async fn remember_without_second_factor(ctx: &Context, login: Login) -> Result<Option<String>> {
    let until = ctx.now() + Duration::from_hours(24 * u64::from(REMEMBERED_DAYS));
    remember_until(ctx, login, may_be_remembered(ctx.readers(), login.user).await?.then_some(until)).await
}

async fn remember_until(ctx: &Context, login: Login, until: Option<Timestamp>) -> Result<Option<String>> {
    let Login { user, credentials_version } = login;
    let new = ctx.new_secret()?;
    let mut transaction = ctx.service().database.begin_in(Lane::User(user)).await?;
    transaction.lock(user.0).await?;
    if credentials::version(&*transaction, user).await? != credentials_version {
        return Ok(None);
    }
    let device = of_browser(ctx, &*transaction, user).await?;
    let others = &ctx.browser().devices;
    let mut cookie: Vec<String> = others.iter().map(|secret| secret.reveal().to_owned()).collect();
    if let Some(device) = device {
        let mut device = device.into_active_model();
        device.last_used_at = Set(ctx.now());
        if until.is_some() {
            device.remembered_until = Set(until);
        }
        device.update(&*transaction).await?;
    } else {
        let row = device::ActiveModel {
            secret_hash: Set(new.hash().into_column()),
            user_id: Set(user),
            created_at: Set(ctx.now()),
            last_used_at: Set(ctx.now()),
            remembered_until: Set(until),
        };
        row.insert(&*transaction).await?;
        forget_oldest(&*transaction, user).await?;
        cookie.insert(0, new.reveal().to_owned());
    }
    let kind = user_agent::device(&ctx.request().user_agent);
    if user_browser::note(ctx, &*transaction, user, kind).await? {
        let message = Message::NewDevice { user, device: kind, ip: ctx.request().ip.clone(), at: ctx.now() };
        outbox::put(ctx, &mut transaction, None, &[message]).await?;
    }
    transaction.commit().await?;
    cookie.truncate(MOST_IN_BROWSER);
    Ok(Some(cookie.join(&SEPARATOR.to_string())))
}

async fn forget_oldest(db: &impl ConnectionTrait, user: UserId) -> Result<()> {
    let of_user = device::Entity::find().filter(device::Column::UserId.eq(user));
    let newest: Vec<String> = of_user
        .select_only()
        .column(device::Column::SecretHash)
        .order_by_desc(device::Column::LastUsedAt)
        .limit(MOST_OF_USER)
        .into_tuple()
        .all(db)
        .await?;
    device::Entity::delete_many()
        .filter(device::Column::UserId.eq(user))
        .filter(device::Column::SecretHash.is_not_in(newest))
        .exec(db)
        .await?;
    Ok(())
}
