//! Somebody who is signed in shows once more who they are.

use super::{
    codes::{CodeAttempt, ValidCode},
    is_set_up, wrong_code,
};
use crate::{
    Context, Result, Rollback, UserChange,
    passkey_ceremony::{Purpose, ShownPasskey},
    password, session,
};
use model::{
    AuditEvent, CodeFault, ConfirmIdentity, Event, FieldErrors, Form, IdentityEvent, PasskeyAnswer, Problem, Refusal,
    UserId,
};
use uuid::Uuid;

/// A second factor that is shown, before it is looked at.
enum SecondProof {
    Code(CodeAttempt),
    Passkey(Box<ShownPasskey>),
}

/// Why it does not do, and what the log says of it.
struct Rejection {
    answer: Problem,
    event: Event,
}

/// Whoever has shown what can be looked at before a change. A second factor is looked at in the change, which uses it up.
pub(crate) struct Identity {
    user: UserId,
    shown: Option<SecondProof>,
}

impl Identity {
    /// Looks at the password, if there is one. A wrong one stands in the log of every organisation of the user.
    ///
    /// # Errors
    /// [`Problem::Invalid`] for a wrong password, without a code or passkey of somebody who has a second factor, and with
    /// one of somebody who has none; [`Problem::TooMany`].
    pub async fn begin(ctx: &Context, user: UserId, form: ConfirmIdentity) -> Result<Self> {
        let ConfirmIdentity { password, code, passkey } = form.validated()?;
        if !password.is_empty() {
            password::confirm(ctx, password).await?;
        }
        let shown = if is_set_up(ctx.readers(), user).await? {
            Some(SecondProof::read(ctx, user, code, &passkey).await?)
        } else if code.is_empty() && passkey.is_empty() {
            None
        } else {
            // Nobody takes what cannot be looked at for a proof.
            return Err(wrong_code().into());
        };
        Ok(Self { user, shown })
    }

    /// Runs a change of theirs. Whoever has a second factor shows it, which proves who uses this session; elsewhere the
    /// password does, if the last proof is too old. A wrong one stands in the log as a wrong password does. `also` are
    /// keys that the change holds as well: see [`UserChange::run_locking`].
    ///
    /// # Errors
    /// [`Problem::Invalid`] for a wrong code or passkey; [`Problem::TooMany`]; what the body fails with.
    pub async fn change<E: IntoIterator<Item = Event>>(
        self,
        ctx: &Context,
        also: Vec<Uuid>,
        body: impl AsyncFnOnce(&mut UserChange) -> Result<E, Rollback>,
    ) -> Result<()> {
        let Self { user, shown } = self;
        let Some(shown) = shown else {
            return UserChange::run_locking(ctx, user, also, async |change| {
                // One was set up meanwhile.
                if is_set_up(change.db(), user).await? {
                    return Err(wrong_code().into());
                }
                Ok(((), Vec::from_iter(body(change).await?)))
            })
            .await;
        };
        let proof = UserChange::run_locking(ctx, user, also, async |change| {
            let mut events = Vec::new();
            let code = match shown.check(ctx, change, user, &mut events).await? {
                Ok(code) => code,
                // What counts it is kept.
                Err(Rejection { answer, event }) => return Ok((Err(answer), vec![event])),
            };
            ctx.renew_proof();
            let changes = Vec::from_iter(body(change).await?);
            if changes.is_empty() {
                // What was shown is used up all the same.
                events.push(Event::Identity(IdentityEvent::IdentityConfirmed));
            }
            events.extend(changes);
            Ok((Ok(code), events))
        })
        .await?;
        let code = proof?;
        session::note_proof(ctx).await?;
        match (shown, code) {
            (SecondProof::Code(attempt), Some(code)) => attempt.succeed(ctx, &code).await,
            (SecondProof::Code(_) | SecondProof::Passkey(_), _) => Ok(()),
        }
    }
}

/// Both at once, for a change before which nothing else is asked.
///
/// # Errors
/// As [`Identity::begin`] and [`Identity::change`].
pub(crate) async fn confirm_identity<E: IntoIterator<Item = Event>>(
    ctx: &Context,
    user: UserId,
    form: ConfirmIdentity,
    body: impl AsyncFnOnce(&mut UserChange) -> Result<E, Rollback>,
) -> Result<()> {
    confirm_identity_locking(ctx, user, form, Vec::new(), body).await
}

/// As [`confirm_identity`], for a change that holds these keys as well.
pub(crate) async fn confirm_identity_locking<E: IntoIterator<Item = Event>>(
    ctx: &Context,
    user: UserId,
    form: ConfirmIdentity,
    also: Vec<Uuid>,
    body: impl AsyncFnOnce(&mut UserChange) -> Result<E, Rollback>,
) -> Result<()> {
    Identity::begin(ctx, user, form).await?.change(ctx, also, body).await
}

/// Runs a change by somebody who shows a second factor of theirs, a code or a passkey, which proves who uses this
/// session. A wrong one stands in the log of every organisation of the user, as does any of somebody who has none.
///
/// # Errors
/// [`Problem::Invalid`] for a wrong code or passkey; [`Problem::TooMany`]; what the body fails with.
pub(crate) async fn confirm_factor<E: IntoIterator<Item = Event>>(
    ctx: &Context,
    user: UserId,
    code: String,
    passkey: &PasskeyAnswer,
    body: impl AsyncFnOnce(&mut UserChange) -> Result<E, Rollback>,
) -> Result<()> {
    let shown = Some(SecondProof::read(ctx, user, code, passkey).await?);
    Identity { user, shown }.change(ctx, Vec::new(), body).await
}

impl SecondProof {
    async fn read(ctx: &Context, user: UserId, code: String, passkey: &PasskeyAnswer) -> Result<Self> {
        if passkey.is_empty() {
            return Ok(Self::Code(CodeAttempt::begin(ctx, user, code).await?));
        }
        Ok(Self::Passkey(Box::new(ShownPasskey::read(ctx, Purpose::Confirm, passkey).await?)))
    }

    /// Gives the code that was right, if it is one.
    async fn check(
        &self,
        ctx: &Context,
        change: &mut UserChange,
        user: UserId,
        events: &mut Vec<Event>,
    ) -> Result<Result<Option<ValidCode>, Rejection>> {
        let refused = |why| Event::Audit(AuditEvent::Refused { why });
        match self {
            Self::Code(attempt) => match attempt.check(ctx, change).await? {
                Ok(code) => {
                    code.report(change, user, events).await?;
                    Ok(Ok(Some(code)))
                }
                Err(wrong) => Ok(Err(Rejection { answer: wrong.into(), event: refused(Refusal::WrongCode) })),
            },
            Self::Passkey(shown) => {
                let verdict = shown.check(ctx, change, user).await?;
                let wrong = verdict.report_wrong(change, user, refused(Refusal::WrongPasskey)).await?;
                Ok(match wrong {
                    None => Ok(None),
                    Some((answer, event)) => Err(Rejection { answer: beside_the_field(answer), event }),
                })
            }
        }
    }
}

/// A passkey that is none of theirs is told where a code would be.
fn beside_the_field(problem: Problem) -> Problem {
    match problem {
        Problem::WrongPasskey => FieldErrors::one("code", CodeFault::Passkey).into(),
        problem => problem,
    }
}
