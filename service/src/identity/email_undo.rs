//! The way back from a change of address: the letter to the address from before carries a link that restores it. It takes
//! no password, which may be what was stolen; so it ends the password and every session, and leads to a new one.

use crate::{
    Context, Letter, Message, Result, Secret, UserChange, email_claim,
    email_claim::OpenedLetter,
    entity::{email_change, former_email as former, user as users},
    former_email, password, password_reset, second_factor,
    verified_email::VerifiedEmail,
};
use model::{
    Event, Form, IdentityEvent, LetterText, OpenEmailUndo, Password, Problem, Timestamp, UndoEmailChange, UserId,
};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel, QueryFilter,
};
use std::time::Duration;

/// Whoever changed an address that was not theirs may have prepared it: second factors that are so much older go with it.
const BEFORE_CHANGE: Duration = Duration::from_hours(24);

async fn with_secret(db: &impl ConnectionTrait, secret: &Secret, now: Timestamp) -> Result<former::Model> {
    let hash = former::Column::SecretHash.eq(secret.hash().into_column());
    let row = former::Entity::find().filter(hash).one(db).await?;
    Ok(row.filter(|row| former_email::is_open(row, now)).ok_or(Problem::NotFound)?)
}

/// What the link of a letter restores.
///
/// # Errors
/// [`Problem::NotFound`] for a link that is over, or was never sent.
pub async fn open(ctx: &Context, secret: &Secret) -> Result<OpenEmailUndo> {
    let row = with_secret(ctx.readers(), secret, ctx.now()).await?;
    Ok(OpenEmailUndo {
        expires: ctx.moments().of(former_email::end(&row)),
        page_value: ctx.service().encryption.page_value(secret),
        email: row.email,
    })
}

/// Has somebody sign in with the address of a link again, whatever they or others changed it for since, and whatever a
/// policy says of changes. Ends all sessions, the password, and second factors that were added since a day before the
/// change; gives the secret by which a new password is chosen.
/// Both addresses are told by letter. Changes made after the one that is taken back cannot be taken back any more: they
/// may be a thief's.
///
/// # Errors
/// As [`open`]; [`Problem::Malformed`] without the value of the link's page.
pub async fn undo(ctx: &Context, form: UndoEmailChange) -> Result<Secret> {
    let UndoEmailChange { secret, page_value } = form.validated()?;
    let secret = Secret::from_client(secret);
    let former::Model { user_id: user, email, .. } = with_secret(ctx.readers(), &secret, ctx.now()).await?;
    if page_value != ctx.service().encryption.page_value(&secret) {
        return Err(Problem::Malformed.into());
    }
    let nobodys = password::hash(ctx, Password::new(ctx.new_secret()?.reveal())).await?;
    UserChange::run_locking(ctx, user, email_claim::locks(ctx.readers(), &email).await?, async |change| {
        let row = with_secret(change.db(), &secret, ctx.now()).await?;
        let left = users::Entity::find_by_id(user).one(change.db()).await?.ok_or(Problem::NotFound)?;
        email_claim::assign(change.inner(), OpenedLetter::by_secret(&*row.email), user).await?;
        forget_since(change.db(), &row).await?;
        email_change::Entity::delete_by_id(user).exec(change.db()).await?;
        password::put(change.db(), user, nobodys).await?;
        // Who opened the letter has shown whose the login is; no session of theirs outlives this.
        ctx.renew_proof();
        let since = row.created_at - BEFORE_CHANGE;
        let mut events = Vec::new();
        if second_factor::delete_since(change.db(), user, since).await? {
            change.deliver(&[second_factor::reset_message(user)]).await?;
            events.push(Event::Identity(IdentityEvent::SecondFactorReset { user }));
        }
        change.renew_all_credentials(user).await?;
        let reset = password_reset::begin(change.db(), ctx, &row.email).await?;
        change.deliver(&[Message::EmailRestored { user, left: left.email.clone() }]).await?;
        if VerifiedEmail::of(&left).is_some() {
            change.deliver(&[Message::EmailUndone { user, left: left.email.clone() }]).await?;
        }
        let event = IdentityEvent::EmailRestored { user, before: left.email, after: row.email };
        events.push(Event::Identity(event));
        Ok((reset, events))
    })
    .await
}

/// The addresses that somebody left in this change and after it.
async fn forget_since(db: &impl ConnectionTrait, row: &former::Model) -> Result<()> {
    former::Entity::delete_many()
        .filter(former::Column::UserId.eq(row.user_id))
        .filter(former::Column::CreatedAt.gte(row.created_at))
        .exec(db)
        .await?;
    Ok(())
}

/// The letter to the confirmed address from before, with a secret of its own.
pub(crate) async fn changed_letter(ctx: &Context, user: UserId, before: String) -> Result<Option<Letter>> {
    let transaction = ctx.service().database.begin().await?;
    let Some(row) = users::Entity::find_by_id(user).one(&*transaction).await? else { return Ok(None) };
    let former = former::Entity::find_by_id(before.clone()).one(&*transaction).await?;
    let home = ctx.service().settings.public_url.clone();
    let mut undo = None;
    if let Some(former) = former.filter(|former| former.user_id == user && former_email::is_open(former, ctx.now())) {
        let secret = ctx.new_secret()?;
        let mut former = former.into_active_model();
        former.secret_hash = Set(Some(secret.hash().into_column()));
        former.update(&*transaction).await?;
        undo = Some(format!("{home}/email-undo/{}", secret.reveal()));
    }
    transaction.commit().await?;
    let text = LetterText::EmailChanged { first_name: row.first_name, email: row.email, home, undo };
    Ok(Some(Letter::to_former(before, &text, ctx.locale())))
}

/// The letter to the address that is back.
pub(crate) async fn restored_letter(ctx: &Context, user: UserId, left: String) -> Result<Option<Letter>> {
    let Some(row) = users::Entity::find_by_id(user).one(ctx.readers()).await? else { return Ok(None) };
    let Some(address) = VerifiedEmail::of(&row) else { return Ok(None) };
    let page = format!("{}/forgot-password", ctx.service().settings.public_url);
    let text = LetterText::EmailRestored { first_name: row.first_name, email: left, page };
    Ok(Some(Letter::to_user(&address, &text, ctx.locale())))
}

/// The letter to the address that was given up for it.
pub(crate) async fn undone_letter(ctx: &Context, user: UserId, left: String) -> Result<Option<Letter>> {
    let Some(row) = users::Entity::find_by_id(user).one(ctx.readers()).await? else { return Ok(None) };
    let home = ctx.service().settings.public_url.clone();
    let text = LetterText::EmailUndone { first_name: row.first_name, email: row.email, home };
    Ok(Some(Letter::to_former(left, &text, ctx.locale())))
}
