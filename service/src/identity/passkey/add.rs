//! Adding one: the browser makes it, and shows that it has it.

use crate::{
    Context, Message, Result, UserChange,
    entity::{passkey, user},
    passkey_ceremony::{self, Ceremony, RelyingParty, Request},
    second_factor,
};
use model::{
    AddPasskey, ConfirmIdentity, Conflict, Event, Form, IdentityEvent, PasskeyAdded, PasskeyId, PasskeyOptions,
    Problem, SecondFactorNotice, limit,
};
use sea_orm::{ActiveModelTrait, ActiveValue::Set, EntityTrait, SqlErr};

/// What the reader's browser is to make a passkey by. They show once more who they are.
///
/// # Errors
/// [`Problem::ProofNeeded`]; [`Problem::Invalid`] for a wrong password or code; [`Conflict::PasskeysNeedName`]; [`Problem::TooMany`].
pub async fn begin_adding(ctx: &Context, form: ConfirmIdentity) -> Result<PasskeyOptions> {
    let user = ctx.user()?;
    let row = user::Entity::find_by_id(user).one(ctx.readers()).await?.ok_or(Problem::SignedOut)?;
    let existing = passkey_ceremony::of_user(ctx.readers(), user).await?;
    let (options, state) = RelyingParty::start_adding(ctx, user, &row.email, &existing).await?;
    passkey_ceremony::count(ctx).await?;
    let request = Request { user: Some(user), ceremony: Ceremony::Add(state) };
    let mut asked = None;
    second_factor::confirm_identity(ctx, user, form, async |change| {
        asked = Some(passkey_ceremony::ask_within(ctx, change.db(), &request, &options).await?);
        Ok(Some(Event::Identity(IdentityEvent::SecondFactorBegun)))
    })
    .await?;
    Ok(asked.ok_or(Conflict::PasskeyRequestOver)?)
}

/// Keeps the passkey that the browser made, and ends the other sessions. Whoever has no recovery codes gets
/// some.
///
/// # Errors
/// [`Problem::ProofNeeded`]; [`Problem::Invalid`] for the name; [`Conflict::PasskeyRequestOver`]; [`Conflict::PasskeyUnusable`];
/// [`Conflict::TooManyPasskeys`].
pub async fn add(ctx: &Context, form: AddPasskey) -> Result<PasskeyAdded> {
    let user = ctx.user()?;
    let AddPasskey { name, passkey: answer } = form.validated()?;
    let added = Event::Identity(IdentityEvent::PasskeyAdded { user, name: name.clone() });
    // Before the answer is used up: after another proof it is sent once more.
    ctx.require_recent_proof(std::slice::from_ref(&added))?;
    let made = match Request::take(ctx, &answer.0).await? {
        Request { user: Some(asked), ceremony: Ceremony::Add(state) } if asked == user => {
            RelyingParty::finish_adding(ctx, &answer.0, &state)?
        }
        Request { .. } => return Err(Conflict::PasskeyUnusable.into()),
    };
    let row = passkey::ActiveModel {
        id: Set(PasskeyId(ctx.new_id()?)),
        user_id: Set(user),
        credential_id: Set(passkey_ceremony::encode(made.cred_id().as_slice())),
        credential: Set(serde_json::to_string(&made)?),
        name: Set(name),
        created_at: Set(ctx.now()),
        last_used_at: Set(None),
    };
    UserChange::run(ctx, user, async |change| {
        if passkey_ceremony::count_of_user(change.db(), user).await? >= limit::PASSKEYS {
            return Err(Conflict::TooManyPasskeys { limit: limit::PASSKEYS }.into());
        }
        let recovery_codes = second_factor::ensure_recovery_codes(ctx, change.db(), user).await?;
        match row.insert(change.db()).await {
            Ok(_) => {}
            // It is somebody's already.
            Err(error) if matches!(error.sql_err(), Some(SqlErr::UniqueConstraintViolation(_))) => {
                return Err(Conflict::PasskeyUnusable.into());
            }
            Err(error) => return Err(error.into()),
        }
        change.renew_credentials(user).await?;
        change.deliver(&[Message::SecondFactor { user, notice: SecondFactorNotice::PasskeyAdded }]).await?;
        Ok((PasskeyAdded { recovery_codes }, added))
    })
    .await
}
