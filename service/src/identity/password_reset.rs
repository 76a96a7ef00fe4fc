//! A new password in the place of a forgotten one. Anybody asks for it, for any address, and is answered the same; the
//! letter alone says whether there is a login. It goes to confirmed addresses only: a login whose address nobody
//! confirmed may be somebody else's, so whoever reads that mailbox takes the address from it ([`crate::sign_up`]) and
//! never its password.

use crate::{
    Context, Letter, Message, Result, Secret, UserChange,
    entity::{password_reset as resets, user as users},
    kernel, password,
    password_choice::{self, Person},
    throttle::{self, Throttle},
    user,
    verified_email::{VerifiedEmail, is_closed},
};
use model::{
    AskPasswordReset, Event, Form, IdentityEvent, LetterText, OpenPasswordReset, PasswordNotice, PasswordResetId,
    Problem, ResetPassword, Timestamp,
};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel, QueryFilter, Select,
};
use std::time::Duration;

/// A link is to be opened within, from when its letter is written on.
const LIFETIME: Duration = Duration::from_mins(30);
/// So long a letter waits for a mail server that takes it.
const PATIENCE: Duration = Duration::from_hours(24);
const BY_NETWORK: Throttle = Throttle { name: "password-reset", tries: 60, within: Duration::from_hours(1) };
/// Of one site for one mailbox: fewer than the letters that reach it in that time, so that no stranger uses up those
/// of its reader.
const BY_ADDRESS: [Throttle; 2] = [
    Throttle { name: "password-reset-address", tries: 3, within: Duration::from_hours(1) },
    Throttle { name: "password-reset-address-day", tries: 10, within: Duration::from_hours(24) },
];

/// Asks for a link. What is answered, and what it takes, is the same for every address. A link from before stays good:
/// whoever asks again and again ends nobody's.
///
/// # Errors
/// [`Problem::Invalid`] for the form; [`Problem::TooMany`] by network, and by site and mailbox.
pub async fn ask(ctx: &Context, form: AskPasswordReset) -> Result<()> {
    let AskPasswordReset { email } = form.validated()?;
    throttle::count(ctx, BY_NETWORK, &ctx.network().to_string()).await?;
    for throttle in BY_ADDRESS {
        let about = format!("{} {}", kernel::outbox::mailbox(&email), ctx.network().site());
        throttle::count(ctx, throttle, &about).await?;
    }
    let id = PasswordResetId(ctx.new_id()?);
    let mut transaction = ctx.service().database.begin().await?;
    insert(&*transaction, ctx, id, email, None).await?;
    kernel::outbox::put(ctx, &mut transaction, None, &[Message::PasswordReset(id)]).await?;
    transaction.commit().await
}

/// As a link of a letter that was just opened, for whoever has shown in another way that the address is theirs.
pub(crate) async fn begin(db: &impl ConnectionTrait, ctx: &Context, email: &str) -> Result<Secret> {
    let secret = ctx.new_secret()?;
    insert(db, ctx, PasswordResetId(ctx.new_id()?), email.to_owned(), Some(&secret)).await?;
    Ok(secret)
}

async fn insert(
    db: &impl ConnectionTrait,
    ctx: &Context,
    id: PasswordResetId,
    email: String,
    secret: Option<&Secret>,
) -> Result<()> {
    let row = resets::ActiveModel {
        id: Set(id),
        email: Set(email),
        secret_hash: Set(secret.map(|secret| secret.hash().into_column())),
        created_at: Set(ctx.now()),
        sent_at: Set(secret.map(|_| ctx.now())),
    };
    row.insert(db).await?;
    Ok(())
}

/// When a link ends; `None` before its letter is written.
fn end(row: &resets::Model) -> Option<Timestamp> {
    row.sent_at.map(|at| at + LIFETIME)
}

/// Those that lead nowhere any more, to be deleted.
pub(crate) fn expired(now: Timestamp) -> Select<resets::Entity> {
    resets::Entity::find().filter(resets::Column::CreatedAt.lte(now - PATIENCE - LIFETIME))
}

/// The login that has an address, if somebody confirmed it.
async fn owner(db: &impl ConnectionTrait, email: &str) -> Result<Option<users::Model>> {
    let holder = user::with_email(db, email).await?;
    Ok(holder.filter(|holder| VerifiedEmail::of(holder).is_some() && !is_closed(holder)))
}

/// What a secret opens: whose password it is, and until when.
async fn with_secret(db: &impl ConnectionTrait, secret: &Secret, now: Timestamp) -> Result<(users::Model, Timestamp)> {
    let hash = resets::Column::SecretHash.eq(secret.hash().into_column());
    let row = resets::Entity::find().filter(hash).one(db).await?.ok_or(Problem::NotFound)?;
    let end = end(&row).filter(|end| now < *end).ok_or(Problem::NotFound)?;
    Ok((owner(db, &row.email).await?.ok_or(Problem::NotFound)?, end))
}

/// What the link of a letter opens.
///
/// # Errors
/// [`Problem::NotFound`] for a link that is over, or was never sent.
pub async fn open(ctx: &Context, secret: &Secret) -> Result<OpenPasswordReset> {
    let (user, end) = with_secret(ctx.readers(), secret, ctx.now()).await?;
    Ok(OpenPasswordReset { email: user.email, expires: ctx.moments().of(end) })
}

/// Takes a new password into use, and ends all sessions and links. Nobody is signed in by it, so a second factor is
/// asked for as ever. Its user is told by a letter.
///
/// # Errors
/// As [`open`]; [`Problem::Invalid`] for the form, and for a password that is common or contains its user's name or
/// address; [`Problem::TooMany`] when too many passwords wait to be hashed.
pub async fn reset(ctx: &Context, form: ResetPassword) -> Result<()> {
    let ResetPassword { secret, new_password, repeated_password: _ } = form.validated()?;
    let secret = Secret::from_client(secret);
    let (user, _) = with_secret(ctx.readers(), &secret, ctx.now()).await?;
    password_choice::check("new_password", &new_password, &Person::of(&user))?;
    let hash = password::hash(ctx, new_password).await?;
    UserChange::run(ctx, user.id, async |change| {
        // Of those who come at one moment the first has ended the link for the others.
        let (user, _) = with_secret(change.db(), &secret, ctx.now()).await?;
        password::put(change.db(), user.id, hash).await?;
        change.renew_all_credentials(user.id).await?;
        change.deliver(&[Message::Password { user: user.id, notice: PasswordNotice::Reset }]).await?;
        Ok(((), Event::Identity(IdentityEvent::PasswordReset { user: user.id })))
    })
    .await
}

/// The letter with the link, and a secret of its own; `None` when no login has the address, or nobody confirmed it.
pub(crate) async fn letter(ctx: &Context, id: PasswordResetId) -> Result<Option<Letter>> {
    let transaction = ctx.service().database.begin().await?;
    let row = resets::Entity::find_by_id(id).one(&*transaction).await?;
    let Some(row) = row.filter(|row| ctx.now() < row.created_at + PATIENCE) else { return Ok(None) };
    let Some(user) = owner(&*transaction, &row.email).await? else { return Ok(None) };
    let Some(address) = VerifiedEmail::of(&user) else { return Ok(None) };
    let secret = ctx.new_secret()?;
    let mut row = row.into_active_model();
    row.secret_hash = Set(Some(secret.hash().into_column()));
    row.sent_at = Set(Some(ctx.now()));
    row.update(&*transaction).await?;
    transaction.commit().await?;
    let link = format!("{}/password-reset/{}", ctx.service().settings.public_url, secret.reveal());
    let text = LetterText::ResetPassword { first_name: user.first_name, link };
    Ok(Some(Letter::to_user(&address, &text, ctx.locale())))
}
