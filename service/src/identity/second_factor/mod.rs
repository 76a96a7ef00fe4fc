//! A code of an authenticator app besides the password, by the choice of a person or the policy of one of
//! their organisations.

mod codes;
mod letter;
mod offer;
mod sign_in;

pub(crate) use letter::letter;
pub use offer::{begin, confirm, get};
pub(crate) use offer::{expired_offers, new_key};
pub use sign_in::sign_in;

use crate::{
    Context, Error, Message, Result, UserChange,
    encryption::EncryptedColumn,
    entity::{recovery_code, second_factor},
    password, tenant,
};
use codes::Attempt;
use model::{
    AuditEvent, ConfirmIdentity, Event, FieldErrors, Form, IdentityEvent, Refusal, SecondFactorNotice, Timestamp,
    UserId,
};
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QuerySelect, QueryTrait, sea_query::SelectStatement,
};
use totp_rs::Builder;

/// Turns the second factor off, and ends the other sessions.
///
/// # Errors
/// [`Refusal::SecondFactorRequired`] for members of an organisation whose policy requires one;
/// [`model::Problem::Invalid`] for a wrong password or code; [`model::Problem::TooMany`].
pub async fn remove(ctx: &Context, form: ConfirmIdentity) -> Result<()> {
    let user = ctx.user()?;
    let Confirmation { mut change, mut events, attempt } = confirm_identity(ctx, user, form).await?;
    if !required_by(change.db(), user).await?.is_empty() {
        return change.refuse(Refusal::SecondFactorRequired).await;
    }
    let removed = second_factor::Entity::delete_by_id(user).exec(change.db()).await?.rows_affected;
    forget_recovery_codes(change.db(), user).await?;
    if removed > 0 {
        change.renew_credentials(user).await?;
        change.deliver(&[Message::SecondFactor { user, notice: SecondFactorNotice::Removed }]).await?;
        events.push(Event::Identity(IdentityEvent::SecondFactorRemoved { user }));
    }
    change.commit(events).await?;
    succeed(ctx, attempt).await
}

/// A change by somebody who has shown who they are once more.
struct Confirmation {
    change: UserChange,
    /// What to commit with it.
    events: Vec<Event>,
    attempt: Option<Attempt>,
}

/// The password, and a code of the second factor if there is one. A wrong one stands in the log of every organisation
/// of the user.
///
/// # Errors
/// [`model::Problem::Invalid`] for a wrong password or code; [`model::Problem::TooMany`].
async fn confirm_identity(ctx: &Context, user: UserId, form: ConfirmIdentity) -> Result<Confirmation> {
    let ConfirmIdentity { password, code } = form.validated()?;
    password::confirm(ctx, password).await?;
    let attempt =
        if is_set_up(ctx.readers(), user).await? { Some(Attempt::begin(ctx, user, code).await?) } else { None };
    let mut change = UserChange::begin(ctx, user).await?;
    let mut events = Vec::new();
    match &attempt {
        Some(attempt) => match attempt.check(ctx, &change, user).await? {
            Ok(code) => {
                code.report(&mut change, user, &mut events).await?;
            }
            Err(wrong) => {
                change.commit(vec![Event::Audit(AuditEvent::Refused { why: Refusal::WrongCode })]).await?;
                return Err(wrong.into());
            }
        },
        // One was set up meanwhile.
        None if is_set_up(change.db(), user).await? => return Err(wrong_code().into()),
        None => {}
    }
    Ok(Confirmation { change, events, attempt })
}

/// What was confirmed is committed.
async fn succeed(ctx: &Context, attempt: Option<Attempt>) -> Result<()> {
    match attempt {
        Some(attempt) => attempt.succeed(ctx).await,
        None => Ok(()),
    }
}

/// Whether a code is asked of somebody who signs in.
pub(crate) async fn is_set_up(db: &impl ConnectionTrait, user: UserId) -> Result<bool> {
    Ok(second_factor::Entity::find_by_id(user).one(db).await?.is_some())
}

/// The organisations of somebody whose policy requires a second factor, and from when.
async fn required_by(db: &impl ConnectionTrait, user: UserId) -> Result<Vec<(String, Timestamp)>> {
    let rows = tenant::policies_of_user(db, user).await?;
    Ok(rows.into_iter().filter_map(|(name, policy)| Some((name, policy.second_factor?.from))).collect())
}

async fn forget_recovery_codes(db: &impl ConnectionTrait, user: UserId) -> Result<()> {
    recovery_code::Entity::delete_many().filter(recovery_code::Column::UserId.eq(user)).exec(db).await?;
    Ok(())
}

/// Codes of six digits, new every thirty seconds, as all authenticator apps know them (RFC 6238); the step
/// before and the one after count too.
fn app(key: &str) -> Result<Builder> {
    let key = totp_rs::Secret::try_from_base32(key).map_err(unusable)?;
    Ok(Builder::new().with_secret(key))
}

fn unusable(error: impl std::fmt::Display) -> Error {
    Error::Other(format!("second factor: {error}"))
}

/// The step that a code belongs to, if it is one of now.
fn step(key: &str, code: &str, now: Timestamp) -> Result<Option<i64>> {
    let seconds = u64::try_from(now.0 / 1_000_000).unwrap_or(0);
    Ok(app(key)?.build().map_err(unusable)?.check(code, seconds).and_then(|step| i64::try_from(step).ok()))
}

/// The key of somebody's app, in Base32.
fn key(ctx: &Context, factor: &second_factor::Model) -> Result<String> {
    ctx.service().decrypt(EncryptedColumn::SecondFactorKey, factor.user_id, &factor.key)
}

fn wrong_code() -> FieldErrors {
    FieldErrors::one("code", Refusal::WrongCode.sentence())
}

/// Everybody who has a second factor.
pub(crate) fn holders() -> SelectStatement {
    second_factor::Entity::find().select_only().column(second_factor::Column::UserId).into_query()
}
