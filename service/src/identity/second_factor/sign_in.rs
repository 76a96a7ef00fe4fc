//! The second step of signing in.

use super::codes::Attempt;
use crate::{Context, Login, Result, UserChange, credentials};
use model::{Event, Form, IdentityEvent, Problem, Proof, SignInCode};

/// Signs in somebody whose password was right. A code of the app counts once, and so does a recovery code; a wrong
/// one stands in the log of every organisation that they are in. Gives what the session begins with.
///
/// # Errors
/// [`Problem::Invalid`] for a wrong code, and for any code of the app after a hundred wrong ones in a row;
/// [`Problem::TooMany`] too soon after wrong ones; [`Problem::SignedOut`] when what the password showed is over.
pub async fn sign_in(ctx: &Context, login: Login, form: SignInCode) -> Result<Login> {
    let user = login.user;
    let attempt = Attempt::begin(ctx, user, form.validated()?.code).await?;
    let mut change = UserChange::begin(ctx, user).await?;
    if credentials::version(change.db(), user).await? != login.credentials_version {
        return Err(Problem::SignedOut.into());
    }
    let code = match attempt.check(ctx, &change, user).await? {
        Ok(code) => code,
        Err(wrong) => {
            change
                .commit_failed_proof(Event::Identity(IdentityEvent::SignInFailed { user, wrong: Proof::Code }))
                .await?;
            return Err(wrong.into());
        }
    };
    let mut events = Vec::new();
    let renewed = code.report(&mut change, user, &mut events).await?;
    events.push(Event::Identity(IdentityEvent::SignedIn));
    change.commit(events).await?;
    attempt.succeed(ctx).await?;
    Ok(Login { credentials_version: renewed.unwrap_or(login.credentials_version), ..login })
}
