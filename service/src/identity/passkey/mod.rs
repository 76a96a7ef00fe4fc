//! Passkeys: a key pair of somebody's device or password manager, which signs them in by itself since the device checks
//! that it is them, and serves in the place of a code after a password.

mod add;
mod sign_in;

pub use add::{add, begin_adding};
pub use sign_in::{begin_second_step, begin_sign_in, confirm_sign_in, sign_in};

use crate::{
    Context, Message, Result, UserChange,
    entity::passkey,
    passkey_ceremony::{self, Ceremony, Purpose, RelyingParty, Request},
    second_factor, user_agent,
};
use model::{
    ConfirmIdentity, Event, Form, IdentityEvent, Passkey, PasskeyId, PasskeyOptions, Passkeys, Problem, RemovePasskey,
    RenamePasskey, SecondFactorNotice, UserId,
};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel, ModelTrait,
    QueryFilter,
};

/// The passkeys of the reader.
pub async fn list(ctx: &Context) -> Result<Passkeys> {
    let (user, db, moments) = (ctx.user()?, ctx.readers(), ctx.moments());
    let view = |row: passkey::Model| Passkey {
        id: row.id,
        name: row.name,
        created: moments.of(row.created_at),
        last_used: row.last_used_at.map(|at| moments.of(at)),
    };
    let passkeys: Vec<Passkey> = passkey_ceremony::of_user(db, user).await?.into_iter().map(view).collect();
    let methods = second_factor::methods(db, user).await?;
    let is_last = passkeys.len() == 1 && !methods.codes();
    let required_by = if is_last { second_factor::required_by(db, user).await? } else { Vec::new() };
    Ok(Passkeys {
        passkeys,
        methods,
        device: user_agent::device(&ctx.request().user_agent),
        possible: RelyingParty::is_possible(ctx),
        last_required_by: required_by.into_iter().map(|(organisation, _)| organisation).collect(),
    })
}

/// Options for the browser to show one of the reader's passkeys, by which they confirm who they are.
///
/// # Errors
/// [`model::Conflict::PasskeysNeedName`]; [`Problem::TooMany`].
pub async fn begin_confirming(ctx: &Context) -> Result<PasskeyOptions> {
    ask_of(ctx, ctx.user()?, Purpose::Confirm).await
}

/// What a browser is to show one of somebody's passkeys by.
async fn ask_of(ctx: &Context, user: UserId, purpose: Purpose) -> Result<PasskeyOptions> {
    let rows = passkey_ceremony::of_user(ctx.readers(), user).await?;
    let allowed: Vec<String> = rows.into_iter().map(|row| row.credential_id).collect();
    let (options, state) = RelyingParty::start_showing(ctx, &allowed)?;
    let request = Request { user: Some(user), ceremony: Ceremony::Show { purpose, allowed, state } };
    passkey_ceremony::ask(ctx, &request, &options).await
}

/// Gives a passkey of the reader another name.
///
/// # Errors
/// [`Problem::Invalid`] for the name; [`Problem::NotFound`] for one that is not theirs.
pub async fn rename(ctx: &Context, form: RenamePasskey) -> Result<()> {
    let user = ctx.user()?;
    let RenamePasskey { id, name } = form.validated()?;
    UserChange::run(ctx, user, async |change| {
        let row = own(change.db(), user, id).await?;
        if row.name == name {
            return Ok(((), Vec::new()));
        }
        let before = row.name.clone();
        let mut row = row.into_active_model();
        row.name = Set(name.clone());
        row.update(change.db()).await?;
        Ok(((), vec![Event::Identity(IdentityEvent::PasskeyRenamed { user, before, after: name })]))
    })
    .await
}

/// Removes a passkey of the reader, who shows once more who they are, and ends the other sessions.
///
/// # Errors
/// [`model::Refusal::SecondFactorRequired`] where it is the last second factor and a policy requires one;
/// [`Problem::Invalid`] for a wrong password or code; [`Problem::NotFound`]; [`Problem::TooMany`].
pub async fn remove(ctx: &Context, form: RemovePasskey) -> Result<()> {
    let user = ctx.user()?;
    let RemovePasskey { id, password, code, passkey } = form;
    second_factor::confirm_identity(ctx, user, ConfirmIdentity { password, code, passkey }, async |change| {
        let row = own(change.db(), user, id).await?;
        let name = row.name.clone();
        row.delete(change.db()).await?;
        second_factor::after_removal(change, user).await?;
        change.deliver(&[Message::SecondFactor { user, notice: SecondFactorNotice::PasskeyRemoved }]).await?;
        Ok(Some(Event::Identity(IdentityEvent::PasskeyRemoved { user, name })))
    })
    .await
}

async fn own(db: &impl ConnectionTrait, user: UserId, id: PasskeyId) -> Result<passkey::Model> {
    let row = passkey::Entity::find_by_id(id).filter(passkey::Column::UserId.eq(user)).one(db).await?;
    Ok(row.ok_or(Problem::NotFound)?)
}
