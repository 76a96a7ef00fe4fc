//! Codes by text message as a second factor.

use super::{after_removal, confirm_identity, recovery};
use crate::{
    Context, Login, Message, Result, UserChange, credentials,
    entity::{phone, sms_code::SmsPurpose},
    sms_code,
};
use model::{ConfirmIdentity, Conflict, Event, IdentityEvent, Problem, SecondFactorNotice, SmsCodeSent, UserId};
use sea_orm::{ActiveModelTrait, ActiveValue::Set, EntityTrait, IntoActiveModel};

/// From now on a code that is sent to the verified number signs in, besides the password. Ends the other sessions. Gives
/// recovery codes to whoever has none yet, this one time.
///
/// # Errors
/// [`Problem::ProofNeeded`]; [`Conflict::NoPhone`]; [`Problem::Invalid`] for a wrong password, code or passkey;
/// [`Problem::TooMany`].
pub async fn start_sms(ctx: &Context, form: ConfirmIdentity) -> Result<Vec<String>> {
    let user = ctx.user()?;
    let mut new_codes = Vec::new();
    confirm_identity(ctx, user, form, async |change| {
        let phone = phone::Entity::find_by_id(user).one(change.db()).await?.ok_or(Conflict::NoPhone)?;
        if phone.second_factor_at.is_some() {
            return Ok(None);
        }
        let mut phone = phone.into_active_model();
        phone.second_factor_at = Set(Some(ctx.now()));
        phone.update(change.db()).await?;
        new_codes = recovery::ensure(ctx, change.db(), user).await?;
        change.renew_credentials(user).await?;
        change.deliver(&[Message::SecondFactor { user, notice: SecondFactorNotice::SmsSetUp }]).await?;
        Ok(Some(Event::Identity(IdentityEvent::SmsFactorSet { user })))
    })
    .await?;
    Ok(new_codes)
}

/// Codes by text message sign nobody in any more; the number stays. Ends the other sessions.
///
/// # Errors
/// [`model::Refusal::SecondFactorRequired`] for the last second factor where a policy requires one; [`Problem::Invalid`]
/// for a wrong password, code or passkey; [`Problem::TooMany`].
pub async fn stop_sms(ctx: &Context, form: ConfirmIdentity) -> Result<()> {
    let user = ctx.user()?;
    confirm_identity(ctx, user, form, async |change| {
        let Some(phone) = sms_code::factor(change.db(), user).await? else { return Ok(None) };
        let mut phone = phone.into_active_model();
        phone.second_factor_at = Set(None);
        phone.update(change.db()).await?;
        after_removal(change, user).await?;
        change.deliver(&[Message::SecondFactor { user, notice: SecondFactorNotice::SmsRemoved }]).await?;
        Ok(Some(Event::Identity(IdentityEvent::SmsFactorRemoved { user })))
    })
    .await
}

/// Sends a code to somebody whose password was right, for the second step of their sign-in.
///
/// # Errors
/// [`Conflict::NoPhone`] for somebody who does not sign in so; [`Problem::SignedOut`] when what the password showed is
/// over; [`Problem::TooMany`]; as [`crate::sms_guard::allow`].
pub async fn send_code(ctx: &Context, login: Login) -> Result<SmsCodeSent> {
    send(ctx, login.user, Some(login)).await
}

/// Sends a code to the reader, who confirms with it who they are.
///
/// # Errors
/// As [`send_code`].
pub async fn send_own_code(ctx: &Context) -> Result<SmsCodeSent> {
    send(ctx, ctx.user()?, None).await
}

async fn send(ctx: &Context, user: UserId, login: Option<Login>) -> Result<SmsCodeSent> {
    let number = sms_code::factor(ctx.readers(), user).await?.ok_or(Conflict::NoPhone)?.number;
    sms_code::allow(ctx, user, SmsPurpose::SecondFactor, &number).await?;
    UserChange::run(ctx, user, async |change| {
        if let Some(login) = login {
            if credentials::version(change.db(), user).await? != login.credentials_version {
                return Err(Problem::SignedOut.into());
            }
            change.act_as_anonymous();
        }
        sms_code::put(ctx, change, user, SmsPurpose::SecondFactor, number.clone()).await?;
        Ok(((), Event::Identity(IdentityEvent::SmsCodeSent { user })))
    })
    .await?;
    Ok(sms_code::sent(&number))
}
