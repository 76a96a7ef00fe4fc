//! Taking away what somebody signs in with besides the password, for those who have lost it.

use super::{methods, recovery};
use crate::{
    Change, Context, Message, Result, Service, UserChange, credentials,
    entity::{
        passkey, passkey_request as requests, phone, second_factor, second_factor_offer as offers, sms_code, user,
    },
};
use model::{Event, IdentityEvent, Job, Problem, SecondFactorNotice, Timestamp, UserId, canonical_email};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, sea_query::Expr};
use std::sync::Arc;

/// Takes away all second factors and recovery codes of the login with this address, and ends its sessions, for whoever
/// runs the installation. It stands in the log of every organisation of theirs, and they are told by a letter. False
/// if there are none.
///
/// # Errors
/// [`Problem::NotFound`] for an address without a login.
pub async fn reset(service: &Arc<Service>, email: &str) -> Result<bool> {
    let ctx = Context::system(Arc::clone(service), Job::ResetSecondFactor)?;
    let row = user::Entity::find().filter(user::Column::Email.eq(canonical_email(email))).one(ctx.readers()).await?;
    let user = row.ok_or(Problem::NotFound)?.id;
    UserChange::run(&ctx, user, async |change| {
        if !take_away(change.inner(), user).await? {
            return Ok((false, Vec::new()));
        }
        change.act_as_anonymous();
        change.deliver(&[message(user)]).await?;
        Ok((true, vec![Event::Identity(IdentityEvent::SecondFactorReset { user })]))
    })
    .await
}

/// Takes them away inside a change that holds the user. False if there are none.
pub(crate) async fn take_away(change: &mut Change, user: UserId) -> Result<bool> {
    let db = change.db();
    if !methods(db, user).await?.any() {
        return Ok(false);
    }
    delete_all(db, user).await?;
    credentials::renew(change.access().ctx(), db, user).await?;
    change.end_sessions(user);
    Ok(true)
}

/// Deletes all that somebody signs in with besides the password. A mobile number stays theirs, without being a second
/// factor.
pub(crate) async fn delete_all(db: &impl ConnectionTrait, user: UserId) -> Result<()> {
    second_factor::Entity::delete_by_id(user).exec(db).await?;
    offers::Entity::delete_by_id(user).exec(db).await?;
    passkey::Entity::delete_many().filter(passkey::Column::UserId.eq(user)).exec(db).await?;
    requests::Entity::delete_many().filter(requests::Column::UserId.eq(user)).exec(db).await?;
    phone::Entity::update_many()
        .col_expr(phone::Column::SecondFactorAt, Expr::value(None::<Timestamp>))
        .filter(phone::Column::UserId.eq(user))
        .exec(db)
        .await?;
    sms_code::Entity::delete_many().filter(sms_code::Column::UserId.eq(user)).exec(db).await?;
    recovery::forget(db, user).await
}

/// Deletes what was added from then on, and a number that was verified, as somebody may have done who was not the user;
/// then the recovery codes go too, which they may have read. False if there is nothing.
pub(crate) async fn delete_since(db: &impl ConnectionTrait, user: UserId, since: Timestamp) -> Result<bool> {
    let before = methods(db, user).await?;
    second_factor::Entity::delete_many()
        .filter(second_factor::Column::UserId.eq(user))
        .filter(second_factor::Column::CreatedAt.gte(since))
        .exec(db)
        .await?;
    passkey::Entity::delete_many()
        .filter(passkey::Column::UserId.eq(user))
        .filter(passkey::Column::CreatedAt.gte(since))
        .exec(db)
        .await?;
    phone::Entity::delete_many()
        .filter(phone::Column::UserId.eq(user))
        .filter(phone::Column::VerifiedAt.gte(since))
        .exec(db)
        .await?;
    phone::Entity::update_many()
        .col_expr(phone::Column::SecondFactorAt, Expr::value(None::<Timestamp>))
        .filter(phone::Column::UserId.eq(user))
        .filter(phone::Column::SecondFactorAt.gte(since))
        .exec(db)
        .await?;
    offers::Entity::delete_by_id(user).exec(db).await?;
    requests::Entity::delete_many().filter(requests::Column::UserId.eq(user)).exec(db).await?;
    sms_code::Entity::delete_many().filter(sms_code::Column::UserId.eq(user)).exec(db).await?;
    // Whoever showed a factor may have had new ones made.
    recovery::forget(db, user).await?;
    Ok(methods(db, user).await? != before)
}

/// The letter that tells them.
pub(crate) fn message(user: UserId) -> Message {
    Message::SecondFactor { user, notice: SecondFactorNotice::Reset }
}
