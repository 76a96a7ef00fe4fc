//! The second step of signing in.

use super::{codes::CodeAttempt, methods};
use crate::{Context, Login, Result, UserChange, credentials, device, sms};
use model::{Event, Form, IdentityEvent, Problem, Proof, SecondStep, SignInCode, SmsState};

/// What is asked of somebody whose password was right.
pub async fn get_second_step(ctx: &Context, login: Login) -> Result<SecondStep> {
    let db = ctx.readers();
    Ok(SecondStep {
        methods: methods(db, login.user).await?,
        may_remember: device::may_be_remembered(db, login.user).await?,
        is_sms_down: sms::state(ctx).await? != SmsState::Up,
    })
}

/// Signs in somebody whose password was right. A code of the app or of a text message counts once, and so does a recovery
/// code; a wrong one stands in the log of every organisation that they are in. Gives what the session begins with.
///
/// # Errors
/// [`Problem::Invalid`] for a wrong code, and for any code of the app after a hundred wrong ones in a row;
/// [`Problem::TooMany`] too soon after wrong ones; [`Problem::SignedOut`] when what the password showed is over.
pub async fn sign_in(ctx: &Context, login: Login, form: SignInCode) -> Result<Login> {
    let user = login.user;
    let attempt = CodeAttempt::begin(ctx, user, form.validated()?.code).await?;
    let proof = UserChange::run(ctx, user, async |change| {
        if credentials::version(change.db(), user).await? != login.credentials_version {
            return Err(Problem::SignedOut.into());
        }
        let code = match attempt.check(ctx, change).await? {
            Ok(code) => code,
            // What counts it is kept.
            Err(wrong) => {
                change.act_as_anonymous();
                let event = IdentityEvent::SignInFailed { user, wrong: Proof::Code };
                return Ok((Err(wrong), vec![Event::Identity(event)]));
            }
        };
        let mut events = Vec::new();
        let renewed = code.report(change, user, &mut events).await?;
        events.push(Event::Identity(IdentityEvent::SignedIn));
        Ok((Ok((renewed, code)), events))
    })
    .await?;
    let (renewed, code) = proof?;
    attempt.succeed(ctx, &code).await?;
    Ok(Login { credentials_version: renewed.unwrap_or(login.credentials_version), ..login })
}
