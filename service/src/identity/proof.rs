//! Showing once more who one is, in a session whose last proof is too old for what is sensitive
//! ([`model::SensitiveAction`]).

use crate::{Context, Result, UserChange, password, second_factor};
use model::{ConfirmIdentity, Event, FactorMethods, FieldErrors, Form, IdentityEvent, PasswordFault};

/// By what the reader can show who they are, besides the password.
///
/// # Errors
/// [`model::Problem::SignedOut`].
pub async fn methods(ctx: &Context) -> Result<FactorMethods> {
    second_factor::methods(ctx.readers(), ctx.user()?).await
}

/// Shows that whoever uses this session is still who signed in, by the password, a code or a passkey. What is sensitive asks for
/// nothing more for ten minutes. A wrong one stands in the log of every organisation that they are in.
///
/// # Errors
/// [`model::Problem::Invalid`] without any, and for a wrong one; [`model::Problem::TooMany`].
pub async fn confirm(ctx: &Context, form: ConfirmIdentity) -> Result<()> {
    let user = ctx.user()?;
    let ConfirmIdentity { password, code, passkey } = form.validated()?;
    let event = Event::Identity(IdentityEvent::IdentityConfirmed);
    if !code.is_empty() || !passkey.is_empty() {
        return second_factor::confirm_factor(ctx, user, code, &passkey, async |_| Ok(Some(event))).await;
    }
    if password.is_empty() {
        return Err(FieldErrors::one("password", PasswordFault::Missing).into());
    }
    password::confirm(ctx, password).await?;
    UserChange::log(ctx, user, event).await
}
