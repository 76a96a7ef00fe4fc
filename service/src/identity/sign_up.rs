//! Signing up: asked for by anybody, for any address, and answered the same; a login comes of it once the address
//! is confirmed. The first person of an installation goes straight in.

use crate::{
    Access, Context, Error, Letter, Login, Message, Result, Secret, UserChange, email_change, email_claim,
    email_claim::OpenedLetter,
    entity::{sign_up as pending, user as users},
    kernel, organisation, password,
    password_choice::{self, Person},
    password_queue::Priority,
    throttle::{self, Throttle},
    user::{self, NewUser, SignInOutcome},
    verified_email::VerifiedEmail,
};
use model::{
    AccountId, ConfirmSignUp, Event, FieldErrors, Form, LetterText, OpenSignUp, OrganisationEvent, OrganisationId,
    Password, PasswordFault, Problem, Refusal, SignIn, SignUp, SignUpId, Timestamp, UserId,
};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel, ModelTrait,
    QueryFilter, Select,
};
use std::time::Duration;

/// A link is to be opened within.
const LIFETIME: Duration = Duration::from_hours(24);
const BY_NETWORK: Throttle = Throttle { name: "sign-up", tries: 60, within: Duration::from_hours(1) };
/// Of one site for one mailbox: fewer than the letters that reach it in that time, so that no stranger uses up those
/// of its reader.
const BY_ADDRESS: [Throttle; 2] = [
    Throttle { name: "sign-up-address", tries: 3, within: Duration::from_hours(1) },
    Throttle { name: "sign-up-address-day", tries: 10, within: Duration::from_hours(24) },
];
/// Passwords typed at the link of one letter.
const PASSWORDS: Throttle = Throttle { name: "sign-up-password", tries: 10, within: Duration::from_mins(15) };

/// What became of a sign-up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SignUpOutcome {
    /// The first person of the installation: they are in, and a letter asks them to confirm their address.
    Founder(UserId),
    /// A letter is on its way. Whether the address has a login already, it alone says.
    Asked(SignUpId),
}

/// Asks for a login and an organisation. What is answered, and what it takes, is the same for every address.
///
/// # Errors
/// [`Problem::Invalid`] for the form; [`Refusal::SignUpClosed`]; [`Problem::TooMany`] by network, and by site and
/// mailbox.
pub async fn ask(ctx: &Context, form: SignUp) -> Result<SignUpOutcome> {
    if !ctx.service().settings.open_sign_up {
        return Err(Error::unlogged_refusal(Refusal::SignUpClosed));
    }
    let SignUp { first_name, last_name, organisation, email, password } = form.validated()?;
    let person = Person { email: &email, first_name: &first_name, last_name: &last_name };
    password_choice::check("password", &password, &person)?;
    throttle::count(ctx, BY_NETWORK, &ctx.network().to_string()).await?;
    for throttle in BY_ADDRESS {
        throttle::count(ctx, throttle, &format!("{} {}", kernel::outbox::mailbox(&email), ctx.network().site()))
            .await?;
    }
    let row = pending::Model {
        id: SignUpId(ctx.new_id()?),
        password_hash: password::hash(ctx, password).await?,
        secret_hash: None,
        created_at: ctx.now(),
        email,
        first_name,
        last_name,
        organisation,
    };
    if is_empty(ctx.readers()).await?
        && let Some(user) = found_first(ctx, &row).await?
    {
        return Ok(SignUpOutcome::Founder(user));
    }
    let (id, mut transaction) = (row.id, ctx.service().database.begin().await?);
    row.into_active_model().reset_all().insert(&*transaction).await?;
    kernel::outbox::put(ctx, &mut transaction, None, &[Message::SignUp(id)]).await?;
    transaction.commit().await?;
    Ok(SignUpOutcome::Asked(id))
}

/// Whether nobody has a login yet.
async fn is_empty(db: &impl ConnectionTrait) -> Result<bool> {
    Ok(users::Entity::find().one(db).await?.is_none())
}

/// Makes the first user, with their organisation; `None` if there is one by now.
async fn found_first(ctx: &Context, row: &pending::Model) -> Result<Option<UserId>> {
    let new = new_user(ctx, row)?;
    let user = new.id;
    founding(ctx, user)?
        .change(async |change| {
            change.lock_text("the first user").await?;
            if !is_empty(change.db()).await? {
                return Ok((None, Vec::new()));
            }
            user::insert(change, new).await?;
            organisation::insert(change, row.organisation.clone(), user).await?;
            email_change::put(change.db(), ctx, user, row.email.clone()).await?;
            change.deliver_all(&[Message::EmailAsked { user }]).await?;
            Ok((Some(user), vec![Event::Organisation(OrganisationEvent::OrganisationFounded)]))
        })
        .await
}

fn founding(ctx: &Context, user: UserId) -> Result<Access> {
    Ok(Access::for_self(ctx, user, OrganisationId(ctx.new_id()?), AccountId(ctx.new_id()?)))
}

fn new_user(ctx: &Context, row: &pending::Model) -> Result<NewUser> {
    Ok(NewUser {
        id: UserId(ctx.new_id()?),
        email: row.email.clone(),
        first_name: row.first_name.clone(),
        last_name: row.last_name.clone(),
        password_hash: row.password_hash.clone(),
    })
}

fn is_open(row: &pending::Model, now: Timestamp) -> bool {
    now < row.created_at + LIFETIME
}

async fn with_secret(db: &impl ConnectionTrait, secret: &Secret, now: Timestamp) -> Result<pending::Model> {
    let hash = pending::Column::SecretHash.eq(secret.hash().into_column());
    let row = pending::Entity::find().filter(hash).one(db).await?;
    Ok(row.filter(|row| is_open(row, now)).ok_or(Problem::NotFound)?)
}

/// What the link of a letter confirms. `remembered` is the sign-up that the reader's browser asked for last.
///
/// # Errors
/// [`Problem::NotFound`] for a link that is over, or was never sent.
pub async fn open(ctx: &Context, secret: &Secret, remembered: Option<SignUpId>) -> Result<OpenSignUp> {
    let row = with_secret(ctx.readers(), secret, ctx.now()).await?;
    let holder = user::with_email(ctx.readers(), &row.email).await?;
    let known = holder.as_ref().is_some_and(|holder| VerifiedEmail::of(holder).is_some());
    Ok(OpenSignUp {
        expires: ctx.moments().of(row.created_at + LIFETIME),
        same_browser: remembered == Some(row.id),
        known,
        unconfirmed: holder.is_some() && !known,
        email: row.email,
        organisation: row.organisation,
    })
}

/// Makes the user and the organisation of a sign-up, and gives who may be signed in. The link shows whose the address
/// is, but not who typed the password: that is shown by the browser that signed up, or by the password.
///
/// # Errors
/// As [`open`]; [`Problem::Invalid`] for a wrong password of the sign-up, [`Problem::WrongPassword`] for one of the
/// existing login; [`Problem::Conflict`] for an address that has a login; [`Problem::TooMany`].
pub async fn confirm(ctx: &Context, form: ConfirmSignUp, remembered: Option<SignUpId>) -> Result<SignInOutcome> {
    let ConfirmSignUp { secret, password, existing } = form.validated()?;
    let secret = Secret::from_client(secret);
    let row = with_secret(ctx.readers(), &secret, ctx.now()).await?;
    if existing {
        return keep(ctx, &secret, row.email, password).await;
    }
    if remembered != Some(row.id) {
        let (about, hash) = (row.id.to_string(), row.password_hash.clone());
        if !password::verify_limited(ctx, &PASSWORDS, &about, Priority::Normal, password, hash).await? {
            return Err(FieldErrors::one("password", PasswordFault::NotOfSignUp).into());
        }
    }
    let new = new_user(ctx, &row)?;
    let user = new.id;
    let mut locks = email_claim::locks(ctx.readers(), &row.email).await?;
    locks.push(row.id.0);
    founding(ctx, user)?
        .change_locking(locks, async |change| {
            let row = with_secret(change.db(), &secret, ctx.now()).await?;
            email_claim::join(change, OpenedLetter::by_secret(&*row.email), new).await?;
            organisation::insert(change, row.organisation.clone(), user).await?;
            row.delete(change.db()).await?;
            Ok((
                SignInOutcome::Complete(Login::first(user)),
                Event::Organisation(OrganisationEvent::OrganisationFounded),
            ))
        })
        .await
}

/// Confirms the address of the login that has it already, and founds nothing.
async fn keep(ctx: &Context, secret: &Secret, email: String, password: Password) -> Result<SignInOutcome> {
    let proven = user::sign_in(ctx, SignIn { email, password, then: String::new() }).await?;
    UserChange::run(ctx, proven.user(), async |change| {
        let row = with_secret(change.db(), secret, ctx.now()).await?;
        let letter = OpenedLetter::by_secret(&*row.email);
        row.delete(change.db()).await?;
        Ok((proven, email_claim::confirm(change, letter, proven.user()).await?))
    })
    .await
}

/// The letter of a sign-up: with a link and a secret of its own, or saying that the address has a login. It names
/// nothing that was typed: anybody may have typed it.
pub(crate) async fn letter(ctx: &Context, id: SignUpId) -> Result<Option<Letter>> {
    let transaction = ctx.service().database.begin().await?;
    let row = pending::Entity::find_by_id(id).one(&*transaction).await?;
    let Some(row) = row.filter(|row| is_open(row, ctx.now())) else { return Ok(None) };
    let url = &ctx.service().settings.public_url;
    let holder = user::with_email(&*transaction, &row.email).await?;
    if let Some(address) = holder.as_ref().and_then(VerifiedEmail::of) {
        let text = LetterText::SignUpKnown { sign_in: format!("{url}/sign-in") };
        return Ok(Some(Letter::to_user(&address, &text, ctx.locale())));
    }
    let (to, secret) = (row.email.clone(), ctx.new_secret()?);
    let mut row = row.into_active_model();
    row.secret_hash = Set(Some(secret.hash().into_column()));
    // The letter may have been held back; its link works for a day all the same.
    row.created_at = Set(ctx.now());
    row.update(&*transaction).await?;
    transaction.commit().await?;
    let link = format!("{url}/sign-up/confirm/{}", secret.reveal());
    Ok(Some(Letter::that_verifies(to, &LetterText::SignUp { link }, ctx.locale())))
}

/// Those that were not confirmed in time, to be deleted.
pub(crate) fn expired(now: Timestamp) -> Select<pending::Entity> {
    pending::Entity::find().filter(pending::Column::CreatedAt.lte(now - LIFETIME))
}
