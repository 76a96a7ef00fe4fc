//! What somebody shows besides the password, by their own choice or the policy of one of their organisations: a code of
//! an authenticator app or by text message, or a passkey; and recovery codes for the day when these are lost.

mod codes;
mod letter;
mod offer;
mod proof;
mod recovery;
mod reset;
mod sign_in;
mod sms;

pub(crate) use letter::letter;
pub use offer::{begin, confirm, get};
pub(crate) use offer::{expired_offers, new_key};
pub(crate) use proof::{Identity, confirm_factor, confirm_identity, confirm_identity_locking};
pub(crate) use recovery::ensure as ensure_recovery_codes;
pub use recovery::renew_codes;
pub use reset::reset;
pub(crate) use reset::{delete_all, delete_since, message as reset_message, take_away};
pub use sign_in::{get_second_step, sign_in};
pub use sms::{send_code, send_own_code, start_sms, stop_sms};

use crate::{
    Context, Error, Message, Result, Rollback, UserChange,
    encryption::EncryptedColumn,
    entity::{passkey, phone, second_factor},
    passkey_ceremony, sms_code, tenant,
};
use model::{
    CodeFault, ConfirmIdentity, Event, FactorMethods, FieldErrors, IdentityEvent, Refusal, SecondFactorNotice,
    Timestamp, UserId,
};
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QuerySelect, QueryTrait,
    sea_query::{SelectStatement, UnionType},
};
use totp_rs::Builder;

/// Turns the app off, and ends the other sessions.
///
/// # Errors
/// [`Refusal::SecondFactorRequired`] where it is the last second factor of a member of an organisation whose policy
/// requires one; [`model::Problem::Invalid`] for a wrong password, code or passkey; [`model::Problem::TooMany`].
pub async fn remove(ctx: &Context, form: ConfirmIdentity) -> Result<()> {
    let user = ctx.user()?;
    confirm_identity(ctx, user, form, async |change| {
        let removed = second_factor::Entity::delete_by_id(user).exec(change.db()).await?.rows_affected;
        if removed == 0 {
            return Ok(None);
        }
        let is_last = after_removal(change, user).await?;
        let notice = if is_last { SecondFactorNotice::Removed } else { SecondFactorNotice::AppRemoved };
        change.deliver(&[Message::SecondFactor { user, notice }]).await?;
        Ok(Some(Event::Identity(IdentityEvent::SecondFactorRemoved { user })))
    })
    .await
}

/// What follows when one of somebody's second factors was removed in this change: the other sessions end, and after the
/// last of them the recovery codes too. Gives whether it was the last.
///
/// # Errors
/// [`Refusal::SecondFactorRequired`] where it was the last, and the policy of an organisation requires one.
pub(crate) async fn after_removal(change: &mut UserChange, user: UserId) -> Result<bool, Rollback> {
    let left = methods(change.db(), user).await?;
    may_be_left_with(change.db(), user, &left).await??;
    if !left.any() {
        recovery::forget(change.db(), user).await?;
    }
    change.renew_credentials(user).await?;
    Ok(!left.any())
}

/// What somebody can show besides the password.
pub(crate) async fn methods(db: &impl ConnectionTrait, user: UserId) -> Result<FactorMethods> {
    Ok(FactorMethods {
        app: second_factor::Entity::find_by_id(user).one(db).await?.is_some(),
        phone: sms_code::factor(db, user).await?.map(|phone| phone.number.masked()),
        passkeys: passkey_ceremony::count_of_user(db, user).await? > 0,
    })
}

/// Whether a second factor is asked of somebody who signs in with the password.
pub(crate) async fn is_set_up(db: &impl ConnectionTrait, user: UserId) -> Result<bool> {
    Ok(methods(db, user).await?.any())
}

/// The organisations of somebody whose policy requires a second factor, and from when.
pub(crate) async fn required_by(db: &impl ConnectionTrait, user: UserId) -> Result<Vec<(String, Timestamp)>> {
    let rows = tenant::policies_of_user(db, user).await?;
    Ok(rows.into_iter().filter_map(|(name, policy)| Some((name, policy.second_factor?.from))).collect())
}

/// Whether somebody may sign in without codes by text message, by the policies of their organisations.
pub(crate) async fn may_go_without_phone(db: &impl ConnectionTrait, user: UserId) -> Result<Result<(), Refusal>> {
    let methods = methods(db, user).await?;
    if methods.phone.is_none() {
        return Ok(Ok(()));
    }
    may_be_left_with(db, user, &FactorMethods { phone: None, ..methods }).await
}

/// Whether the policies of somebody's organisations are met when one of their factors is removed and these are left.
async fn may_be_left_with(
    db: &impl ConnectionTrait,
    user: UserId,
    left: &FactorMethods,
) -> Result<Result<(), Refusal>> {
    let is_met = left.any() || required_by(db, user).await?.is_empty();
    Ok(if is_met { Ok(()) } else { Err(Refusal::SecondFactorRequired) })
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

/// The time step of a code, if it is current.
fn step(key: &str, code: &str, now: Timestamp) -> Result<Option<i64>> {
    let seconds = u64::try_from(now.0 / 1_000_000).unwrap_or(0);
    Ok(app(key)?.build().map_err(unusable)?.check(code, seconds).and_then(|step| i64::try_from(step).ok()))
}

/// The key of somebody's app, in Base32.
fn key(ctx: &Context, factor: &second_factor::Model) -> Result<String> {
    ctx.service().decrypt(EncryptedColumn::SecondFactorKey, factor.user_id, &factor.key)
}

fn wrong_code() -> FieldErrors {
    FieldErrors::one("code", CodeFault::Wrong)
}

/// Everybody who has a second factor of any kind; as [`crate::rights::FACTOR_HOLDERS`].
pub(crate) fn holders() -> SelectStatement {
    let by_passkey = passkey::Entity::find().select_only().column(passkey::Column::UserId).into_query();
    let by_phone = phone::Entity::find().filter(phone::Column::SecondFactorAt.is_not_null());
    let by_phone = by_phone.select_only().column(phone::Column::UserId).into_query();
    let by_app = second_factor::Entity::find().select_only().column(second_factor::Column::UserId);
    by_app.into_query().union(UnionType::All, by_phone).union(UnionType::All, by_passkey).to_owned()
}
