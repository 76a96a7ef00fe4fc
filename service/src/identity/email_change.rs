//! The address that somebody signs in with: confirmed by the link of a letter to it, as is another in its place.

use crate::{
    Context, Error, Letter, Message, Result, Secret, UserChange, email_claim,
    email_claim::OpenedLetter,
    entity::{email_change as changes, user as users},
    former_email, password,
    password_queue::Priority,
    tenant,
    throttle::{self, Throttle},
    user,
    verified_email::VerifiedEmail,
};
use model::{
    ChangeEmail, ConfirmEmail, Conflict, Event, FieldErrors, FieldFault, Form, IdentityEvent, LetterText, OpenEmail,
    OwnEmail, Password, PasswordFault, PendingEmail, Problem, Proof, Refusal, Timestamp, UserId,
};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel, ModelTrait,
    QueryFilter, Select,
};
use std::time::Duration;

/// A link is to be opened within.
const LIFETIME: Duration = Duration::from_hours(24);
/// Against letters to people who do not want them.
const ASK: Throttle = Throttle { name: "email-change", tries: 5, within: Duration::from_hours(24) };
/// Passwords typed at links, for each login.
const PASSWORDS: Throttle = Throttle { name: "confirm-email", tries: 10, within: Duration::from_mins(15) };

/// The address of the reader.
pub async fn get(ctx: &Context) -> Result<OwnEmail> {
    let user = ctx.user()?;
    let db = ctx.readers();
    let row = users::Entity::find_by_id(user).one(db).await?.ok_or(Problem::SignedOut)?;
    let asked = changes::Entity::find_by_id(user).one(db).await?.filter(|asked| is_open(asked, ctx.now()));
    let shown = |asked: changes::Model| PendingEmail { expires: ctx.moments().of(end(&asked)), email: asked.email };
    Ok(OwnEmail {
        confirmed: VerifiedEmail::of(&row).is_some(),
        email: row.email,
        asked: asked.map(shown),
        change: may_change(db, user).await?,
    })
}

fn end(asked: &changes::Model) -> Timestamp {
    asked.created_at + LIFETIME
}

fn is_open(asked: &changes::Model, now: Timestamp) -> bool {
    now < end(asked)
}

/// Those that nobody confirmed in time, to be deleted.
pub(crate) fn expired(now: Timestamp) -> Select<changes::Entity> {
    changes::Entity::find().filter(changes::Column::CreatedAt.lte(now - LIFETIME))
}

/// Whether every organisation of somebody leaves it to them.
async fn may_change(db: &impl ConnectionTrait, user: UserId) -> Result<Result<(), Refusal>> {
    let policies = tenant::policies_of_user(db, user).await?;
    let all = policies.iter().all(|(_, policy)| policy.own_email);
    Ok(if all { Ok(()) } else { Err(Refusal::EmailStays) })
}

/// Asks for another address, in the place of one asked for before. Nothing changes until the link of the
/// letter to it is opened, within a day. What is answered is the same for every address: whether it has a login, the
/// letter alone says.
///
/// # Errors
/// [`Problem::Invalid`] for the form, a wrong password and the confirmed address that one has; [`Refusal::EmailStays`];
/// [`Problem::TooMany`].
pub async fn ask(ctx: &Context, form: ChangeEmail) -> Result<()> {
    let user = ctx.user()?;
    let ChangeEmail { email, password } = form.validated()?;
    password::confirm(ctx, password).await?;
    let row = users::Entity::find_by_id(user).one(ctx.readers()).await?.ok_or(Problem::SignedOut)?;
    if row.email == email && row.email_verified_at.is_some() {
        return Err(FieldErrors::one("email", FieldFault::CurrentEmail).into());
    }
    throttle::count(ctx, ASK, &user.to_string()).await?;
    UserChange::run(ctx, user, async |change| {
        may_change(change.db(), user).await??;
        put(change.db(), ctx, user, email).await?;
        change.deliver(&[Message::EmailAsked { user }]).await?;
        Ok(((), Event::Identity(IdentityEvent::EmailAsked)))
    })
    .await
}

/// Notes the address that the link of the next letter confirms.
pub(crate) async fn put(db: &impl ConnectionTrait, ctx: &Context, user: UserId, email: String) -> Result<()> {
    changes::Entity::delete_by_id(user).exec(db).await?;
    let asked = changes::ActiveModel {
        user_id: Set(user),
        email: Set(email),
        secret_hash: Set(None),
        created_at: Set(ctx.now()),
    };
    asked.insert(db).await?;
    Ok(())
}

/// Sends the letter that confirms the reader's own address once more; the link of one before ends.
///
/// # Errors
/// [`Problem::Conflict`] for an address that is confirmed; [`Problem::TooMany`].
pub async fn send_confirmation(ctx: &Context) -> Result<()> {
    let user = ctx.user()?;
    throttle::count(ctx, ASK, &user.to_string()).await?;
    UserChange::run(ctx, user, async |change| {
        let row = users::Entity::find_by_id(user).one(change.db()).await?.ok_or(Problem::SignedOut)?;
        if VerifiedEmail::of(&row).is_some() {
            return Err(Conflict::EmailConfirmed.into());
        }
        put(change.db(), ctx, user, row.email).await?;
        change.deliver(&[Message::EmailAsked { user }]).await?;
        Ok(((), Event::Identity(IdentityEvent::EmailConfirmationSent)))
    })
    .await
}

/// Whether somebody who has just signed in has still to confirm their address. Unless a letter is on its way, one
/// goes out, as long as there were not too many.
pub async fn remind(ctx: &Context, user: UserId) -> Result<bool> {
    let db = ctx.readers();
    if VerifiedEmail::of_user(db, user).await?.is_some() {
        return Ok(false);
    }
    let asked = changes::Entity::find_by_id(user).one(db).await?;
    if asked.is_none_or(|asked| !is_open(&asked, ctx.now())) {
        match send_confirmation(&ctx.as_user(user)).await {
            Ok(()) | Err(Error::Problem(Problem::TooMany { .. } | Problem::Conflict(_))) => {}
            Err(error) => return Err(error),
        }
    }
    Ok(true)
}

async fn with_secret(db: &impl ConnectionTrait, secret: &Secret, now: Timestamp) -> Result<changes::Model> {
    let hash = changes::Column::SecretHash.eq(secret.hash().into_column());
    let asked = changes::Entity::find().filter(hash).one(db).await?;
    Ok(asked.filter(|asked| is_open(asked, now)).ok_or(Problem::NotFound)?)
}

/// What the link of a letter confirms.
///
/// # Errors
/// [`Problem::NotFound`] for a link that is over, or was never sent.
pub async fn open(ctx: &Context, secret: &Secret) -> Result<OpenEmail> {
    let asked = with_secret(ctx.readers(), secret, ctx.now()).await?;
    let row = users::Entity::find_by_id(asked.user_id).one(ctx.readers()).await?.ok_or(Problem::NotFound)?;
    Ok(OpenEmail {
        is_new: row.email != asked.email,
        is_mine: ctx.user().is_ok_and(|me| me == asked.user_id),
        email: asked.email,
    })
}

/// Takes the address of a link into use, and ends the other sessions. The link shows whose the address is, but not
/// whose the login: for that one is signed in with it, or types its password. The confirmed address from before is told
/// by a letter, by which it can be taken back ([`crate::email_undo`]).
///
/// # Errors
/// As [`open`]; [`Problem::Invalid`] for a wrong password; [`Problem::Conflict`] for an address that has a login by
/// now; [`Refusal::EmailStays`]; [`Problem::TooMany`].
pub async fn confirm(ctx: &Context, form: ConfirmEmail) -> Result<()> {
    let ConfirmEmail { secret, password } = form.validated()?;
    let secret = Secret::from_client(secret);
    let changes::Model { user_id: user, email, .. } = with_secret(ctx.readers(), &secret, ctx.now()).await?;
    if !ctx.user().is_ok_and(|me| me == user) {
        confirm_password(ctx, user, password).await?;
    }
    UserChange::run_locking(ctx, user, email_claim::locks(ctx.readers(), &email).await?, async |change| {
        let asked = with_secret(change.db(), &secret, ctx.now()).await?;
        let row = users::Entity::find_by_id(user).one(change.db()).await?.ok_or(Problem::NotFound)?;
        let (before, after) = (row.email.clone(), asked.email.clone());
        if before == after {
            asked.delete(change.db()).await?;
            return Ok(((), email_claim::confirm(change, OpenedLetter::by_secret(after), user).await?));
        }
        may_change(change.db(), user).await??;
        email_claim::assign(change.inner(), OpenedLetter::by_secret(&*after), user).await?;
        asked.delete(change.db()).await?;
        change.renew_credentials(user).await?;
        if let Some(address) = VerifiedEmail::of(&row) {
            former_email::reserve(change.db(), ctx.now(), &address).await?;
            change.deliver(&[Message::EmailChanged { user, before: before.clone() }]).await?;
        }
        Ok(((), Event::Identity(IdentityEvent::EmailChanged { user, before, after })))
    })
    .await
}

async fn confirm_password(ctx: &Context, user: UserId, password: Password) -> Result<()> {
    let mut errors = FieldErrors::default();
    password.check_typed("password", &mut errors);
    if !errors.is_empty() {
        return Err(errors.into());
    }
    let row = users::Entity::find_by_id(user).one(ctx.readers()).await?.ok_or(Problem::NotFound)?;
    let about = user.to_string();
    if password::verify_limited(ctx, &PASSWORDS, &about, Priority::Normal, password, row.password_hash).await? {
        return Ok(());
    }
    UserChange::log_failed_proof(
        ctx,
        user,
        Event::Identity(IdentityEvent::SignInFailed { user, wrong: Proof::Password }),
    )
    .await?;
    Err(FieldErrors::one("password", PasswordFault::NotOfLogin).into())
}

/// The letter to the address that is to be confirmed, with a secret of its own, or saying that it has another login;
/// `None` when it is no longer asked for.
pub(crate) async fn request_letter(ctx: &Context, user: UserId) -> Result<Option<Letter>> {
    let transaction = ctx.service().database.begin().await?;
    // Another address may be asked for at this moment, and the secret is for this one.
    transaction.lock(user.0).await?;
    let asked = changes::Entity::find_by_id(user).one(&*transaction).await?;
    let Some(asked) = asked.filter(|asked| is_open(asked, ctx.now())) else { return Ok(None) };
    let holder = user::with_email(&*transaction, &asked.email).await?;
    if let Some(address) = holder.as_ref().and_then(VerifiedEmail::of).filter(|address| address.user() != user) {
        return Ok(Some(Letter::to_user(&address, &LetterText::EmailTaken, ctx.locale())));
    }
    let is_new = holder.is_none_or(|holder| holder.id != user);
    let (to, secret) = (asked.email.clone(), ctx.new_secret()?);
    let mut asked = asked.into_active_model();
    asked.secret_hash = Set(Some(secret.hash().into_column()));
    // The letter may have been held back; its link works for a day all the same.
    asked.created_at = Set(ctx.now());
    asked.update(&*transaction).await?;
    transaction.commit().await?;
    let link = format!("{}/email/{}", ctx.service().settings.public_url, secret.reveal());
    let text = LetterText::ConfirmEmail { new: is_new.then(|| to.clone()), link };
    Ok(Some(Letter::that_verifies(to, &text, ctx.locale())))
}
