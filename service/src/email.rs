//! Another address to sign in with: asked for with the password, confirmed by the link of a letter to it.

use crate::{
    Context, Letter, Message, OwnChange, Result, Secret,
    entity::{email_change as changes, user as users},
    password, policy,
    throttle::{self, Throttle},
    user,
};
use model::{AskedEmail, ChangeEmail, Event, Form, OwnEmail, Problem, Refusal, Timestamp, UserId};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel, ModelTrait,
    QueryFilter, SqlErr,
};
use std::time::Duration;

/// A link is to be opened within.
const LIFETIME: Duration = Duration::from_hours(24);
/// Against letters to people who do not want them.
const ASK: Throttle = Throttle { name: "email-change", tries: 5, within: Duration::from_hours(24) };

/// The address of the reader.
pub async fn get(ctx: &Context) -> Result<OwnEmail> {
    let user = ctx.user()?;
    let db = ctx.readers();
    let row = users::Entity::find_by_id(user).one(db).await?.ok_or(Problem::SignedOut)?;
    let asked = changes::Entity::find_by_id(user).one(db).await?.filter(|asked| is_open(asked, ctx.now()));
    let shown = |asked: changes::Model| AskedEmail { expires: ctx.moments().of(end(&asked)), email: asked.email };
    Ok(OwnEmail { email: row.email, asked: asked.map(shown), change: may_change(db, user).await? })
}

fn end(asked: &changes::Model) -> Timestamp {
    asked.created_at + LIFETIME
}

fn is_open(asked: &changes::Model, now: Timestamp) -> bool {
    now < end(asked)
}

/// Whether every organisation of somebody leaves it to them.
async fn may_change(db: &impl ConnectionTrait, user: UserId) -> Result<Result<(), Refusal>> {
    let policies = policy::of_user(db, user).await?;
    let all = policies.iter().all(|(_, policy)| policy.own_email);
    Ok(if all { Ok(()) } else { Err(Refusal::EmailStays) })
}

/// Asks for another address, in the place of one asked for before. Nothing changes until the link of the
/// letter to it is opened, within a day.
///
/// # Errors
/// [`Problem::Invalid`] for the form, a wrong password and an address that has a login; [`Refusal::EmailStays`];
/// [`Problem::Conflict`] for members of no organisation; [`Problem::TooMany`].
pub async fn ask(ctx: &Context, form: ChangeEmail) -> Result<()> {
    let user = ctx.user()?;
    let ChangeEmail { email, password } = form.validated()?;
    password::confirm(ctx, password).await?;
    throttle::count(ctx, ASK, &user.to_string()).await?;
    let mut change = OwnChange::begin(ctx, user).await?;
    if let Err(refusal) = may_change(change.db(), user).await? {
        return change.refuse(refusal).await;
    }
    if user::with_email(change.db(), &email).await?.is_some() {
        return Err(user::taken().into());
    }
    changes::Entity::delete_by_id(user).exec(change.db()).await?;
    let asked = changes::ActiveModel {
        user_id: Set(user),
        email: Set(email),
        secret_hash: Set(None),
        created_at: Set(ctx.now()),
    };
    asked.insert(change.db()).await?;
    change.deliver(&[Message::EmailAsked { user }]).await?;
    change.commit(vec![Event::EmailAsked]).await
}

async fn with_secret(db: &impl ConnectionTrait, secret: &Secret, now: Timestamp) -> Result<changes::Model> {
    let hash = changes::Column::SecretHash.eq(secret.hash().into_column());
    let asked = changes::Entity::find().filter(hash).one(db).await?;
    Ok(asked.filter(|asked| is_open(asked, now)).ok_or(Problem::NotFound)?)
}

/// The address that the link of a letter confirms.
///
/// # Errors
/// [`Problem::NotFound`] for a link that is over, or was never sent.
pub async fn open(ctx: &Context, secret: &Secret) -> Result<String> {
    Ok(with_secret(ctx.readers(), secret, ctx.now()).await?.email)
}

/// Takes the address of a link into use, and ends the other sessions. The one from before is told by a letter.
///
/// # Errors
/// As [`open`]; [`Problem::Conflict`] for an address that has a login by now; [`Refusal::EmailStays`].
pub async fn confirm(ctx: &Context, secret: &Secret) -> Result<()> {
    let user = with_secret(ctx.readers(), secret, ctx.now()).await?.user_id;
    let mut change = OwnChange::begin(ctx, user).await?;
    let asked = with_secret(change.db(), secret, ctx.now()).await?;
    if let Err(refusal) = may_change(change.db(), user).await? {
        return change.refuse(refusal).await;
    }
    let row = users::Entity::find_by_id(user).one(change.db()).await?.ok_or(Problem::NotFound)?;
    let (before, after) = (row.email.clone(), asked.email.clone());
    let mut row = row.into_active_model();
    row.email = Set(after.clone());
    match row.update(change.db()).await {
        Ok(_) => {}
        Err(error) if matches!(error.sql_err(), Some(SqlErr::UniqueConstraintViolation(_))) => {
            let sentence = "This address has a login by now. Ask for another one.";
            return Err(Problem::Conflict(sentence.to_owned()).into());
        }
        Err(error) => return Err(error.into()),
    }
    asked.delete(change.db()).await?;
    change.renew_credentials(user).await?;
    change.deliver(&[Message::EmailChanged { user, before: before.clone() }]).await?;
    change.commit(vec![Event::EmailChanged { user, before, after }]).await
}

/// The letter to the new address, with a secret of its own; `None` when it is no longer asked for.
pub(crate) async fn asked(ctx: &Context, user: UserId) -> Result<Option<Letter>> {
    let transaction = ctx.service().database.begin().await?;
    let asked = changes::Entity::find_by_id(user).one(&*transaction).await?;
    let Some(asked) = asked.filter(|asked| is_open(asked, ctx.now())) else { return Ok(None) };
    let (to, secret) = (asked.email.clone(), ctx.new_secret()?);
    let mut asked = asked.into_active_model();
    asked.secret_hash = Set(Some(secret.hash().into_column()));
    asked.update(&*transaction).await?;
    transaction.commit().await?;
    let link = format!("{}/email/{}", ctx.service().settings.public_url, secret.reveal());
    Ok(Some(Letter {
        text: format!(
            "Hello,\n\nto sign in to Tenantry as {to} from now on, open this:\n{link}\n\n\
             The link works for a day. If you did not ask for it, ignore this message: nothing happens without you.\n"
        ),
        subject: "Confirm your e-mail address".to_owned(),
        to,
    }))
}

/// The letter to the address from before.
pub(crate) async fn changed(ctx: &Context, user: UserId, before: String) -> Result<Option<Letter>> {
    let Some(row) = users::Entity::find_by_id(user).one(ctx.readers()).await? else { return Ok(None) };
    Ok(Some(Letter {
        to: before,
        subject: "Your e-mail address was changed".to_owned(),
        text: format!(
            "Hello {},\n\nyou sign in to Tenantry as {} from now on, and no longer with this address.\n\n\
             If this was not you, tell an admin of your organisation at once.\n\n{}\n",
            row.first_name,
            row.email,
            ctx.service().settings.public_url
        ),
    }))
}
