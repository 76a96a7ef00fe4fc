//! A code of an authenticator app besides the password, by the choice of a person or the policy of one of
//! their organisations.

mod offer;
mod sign_in;

pub use offer::{begin, confirm, get};
pub(crate) use offer::{expired_offers, new_key};
pub use sign_in::sign_in;

use crate::{
    Context, Error, OwnChange, Result,
    encryption::EncryptedColumn,
    entity::{recovery_code, second_factor},
    password, policy,
    throttle::Throttle,
};
use model::{ConfirmByPassword, Event, FieldErrors, Form, Refusal, Timestamp, UserId};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter};
use std::time::Duration;
use totp_rs::Builder;

/// Codes that somebody types. There are a million, and three count at any time.
const CODES: Throttle = Throttle { name: "second-factor", tries: 10, within: Duration::from_mins(15) };

/// Takes the second factor away.
///
/// # Errors
/// [`Refusal::SecondFactorRequired`] for members of an organisation whose policy requires one;
/// [`model::Problem::Invalid`] for a wrong password; [`model::Problem::TooMany`].
pub async fn remove(ctx: &Context, form: ConfirmByPassword) -> Result<()> {
    let user = ctx.user()?;
    password::confirm(ctx, form.validated()?.password).await?;
    let change = OwnChange::begin(ctx, user).await?;
    if !required_by(change.db(), user).await?.is_empty() {
        return change.refuse(Refusal::SecondFactorRequired).await;
    }
    let removed = second_factor::Entity::delete_by_id(user).exec(change.db()).await?.rows_affected;
    forget_recovery_codes(change.db(), user).await?;
    let event = (removed > 0).then_some(Event::SecondFactorRemoved { user });
    change.commit(Vec::from_iter(event)).await
}

/// Whether a code is asked of somebody who signs in.
pub(crate) async fn is_set_up(db: &impl ConnectionTrait, user: UserId) -> Result<bool> {
    Ok(second_factor::Entity::find_by_id(user).one(db).await?.is_some())
}

/// The organisations of somebody whose policy requires a second factor, and from when.
async fn required_by(db: &impl ConnectionTrait, user: UserId) -> Result<Vec<(String, Timestamp)>> {
    let rows = policy::of_user(db, user).await?;
    Ok(rows.into_iter().filter_map(|(name, policy)| Some((name, policy.second_factor?.from))).collect())
}

async fn forget_recovery_codes(db: &impl ConnectionTrait, user: UserId) -> Result<()> {
    recovery_code::Entity::delete_many().filter(recovery_code::Column::UserId.eq(user)).exec(db).await?;
    Ok(())
}

/// Codes of six digits, new every thirty seconds, as all authenticator apps know them (RFC 6238); the step
/// before and the one after count too.
fn codes(key: &str) -> Result<Builder> {
    let key = totp_rs::Secret::try_from_base32(key).map_err(unusable)?;
    Ok(Builder::new().with_secret(key))
}

fn unusable(error: impl std::fmt::Display) -> Error {
    Error::Setup(format!("second factor: {error}"))
}

/// The step that a code belongs to, if it is one of now.
fn step(key: &str, code: &str, now: Timestamp) -> Result<Option<i64>> {
    let seconds = u64::try_from(now.0 / 1_000_000).unwrap_or(0);
    Ok(codes(key)?.build().map_err(unusable)?.check(code, seconds).and_then(|step| i64::try_from(step).ok()))
}

/// The key of somebody's app, in Base32.
fn key(ctx: &Context, factor: &second_factor::Model) -> Result<String> {
    ctx.service().decrypt(EncryptedColumn::SecondFactorKey, factor.user_id, &factor.key)
}

fn wrong_code() -> FieldErrors {
    FieldErrors::one("code", "This code is not right, or was used already. Type the one that the app shows now.")
}
