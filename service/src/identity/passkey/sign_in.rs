//! Signing in by a passkey: alone, or after the password.

use super::ask_of;
use crate::{
    Context, Login, Result, UserChange, credentials,
    passkey_ceremony::{self, Ceremony, Purpose, RelyingParty, Request, ShownPasskey, failed_sign_in},
    user,
};
use model::{
    BeginPasskeySignIn, Event, Form, IdentityEvent, PasskeyOptions, PasskeySecondStep, PasskeySignIn, Problem,
};

/// What a browser is to show a passkey by, before anybody is known: any that it has, or one of those of the address
/// that was typed. An address that has none is answered alike, with passkeys that nobody has.
///
/// # Errors
/// [`model::Conflict::PasskeysNeedName`]; [`Problem::TooMany`].
pub async fn begin_sign_in(ctx: &Context, form: BeginPasskeySignIn) -> Result<PasskeyOptions> {
    let BeginPasskeySignIn { email } = form.validated()?;
    let mut allowed = Vec::new();
    if !email.is_empty() {
        if let Some(user) = user::with_email(ctx.readers(), &email).await? {
            let rows = passkey_ceremony::of_user(ctx.readers(), user.id).await?;
            allowed.extend(rows.into_iter().map(|row| row.credential_id));
        }
        if allowed.is_empty() {
            allowed = RelyingParty::fake(ctx, &email)?;
        }
    }
    let (options, state) = RelyingParty::start_showing(ctx, &allowed)?;
    // Whose they are is not kept: an address without passkeys is then like any other.
    let request = Request { user: None, ceremony: Ceremony::Show { purpose: Purpose::SignIn, allowed, state } };
    passkey_ceremony::ask(ctx, &request, &options).await
}

/// Signs in whoever's passkey it is: the device checked that it is them, so nothing else is asked. One that does not do
/// stands in the log of every organisation of its user.
///
/// # Errors
/// [`Problem::WrongPasskey`] for one that is nobody's, or not shown as it should be;
/// [`model::Conflict::PasskeyCopied`]; [`model::Conflict::PasskeyRequestOver`].
pub async fn sign_in(ctx: &Context, form: PasskeySignIn) -> Result<Login> {
    let PasskeySignIn { passkey, then: _ } = form.validated()?;
    let shown = ShownPasskey::read(ctx, Purpose::SignIn, &passkey).await?;
    let user = shown.holder(ctx.readers()).await?.ok_or(Problem::WrongPasskey)?;
    let credentials_version = credentials::version(ctx.readers(), user).await?;
    accept(ctx, Login { user, credentials_version }, &shown).await
}

/// What the browser of somebody whose password was right is to show one of their passkeys by.
///
/// # Errors
/// As [`begin_sign_in`].
pub async fn begin_second_step(ctx: &Context, login: Login) -> Result<PasskeyOptions> {
    ask_of(ctx, login.user, Purpose::SecondStep).await
}

/// Signs in somebody whose password was right.
///
/// # Errors
/// As [`sign_in`]; [`Problem::SignedOut`] when what the password showed is over.
pub async fn confirm_sign_in(ctx: &Context, login: Login, form: PasskeySecondStep) -> Result<Login> {
    let shown = ShownPasskey::read(ctx, Purpose::SecondStep, &form.validated()?.passkey).await?;
    accept(ctx, login, &shown).await
}

async fn accept(ctx: &Context, login: Login, shown: &ShownPasskey) -> Result<Login> {
    let user = login.user;
    let proof = UserChange::run(ctx, user, async |change| {
        if credentials::version(change.db(), user).await? != login.credentials_version {
            return Err(Problem::SignedOut.into());
        }
        let verdict = shown.check(ctx, change, user).await?;
        if let Some((problem, event)) = verdict.report_wrong(change, user, failed_sign_in(user)).await? {
            change.act_as_anonymous();
            return Ok((Err(problem), vec![event]));
        }
        Ok((Ok(login), vec![Event::Identity(IdentityEvent::SignedIn)]))
    })
    .await?;
    Ok(proof?)
}
