//! People: signing in and out, who is signed in.

use crate::{
    Change, Context, Login, Result, UserChange, account,
    cache::VersionedCache,
    device, entity, password,
    region::{self, Detected},
    second_factor,
    sign_in_limit::SignInAttempt,
    throttle::{self, Throttle},
    verified_email,
};
use model::{Event, Form, IdentityEvent, Problem, Profile, Proof, SignIn, UserId};
use sea_orm::{ActiveModelTrait, ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, SqlErr};
use std::time::Duration;

/// Addresses that stand in nobody's log. It refuses nothing: it would tell which these are.
const UNKNOWN_ADDRESS: Throttle = Throttle { name: "sign-in-nobody", tries: i32::MAX, within: Duration::from_mins(15) };

pub(crate) struct NewUser {
    pub id: UserId,
    pub email: String,
    pub first_name: String,
    pub last_name: String,
    pub password_hash: String,
}

/// Writes a new user inside a change; nothing shows yet that the address is theirs.
///
/// # Errors
/// [`Problem::Conflict`] for an address that has a login.
pub(crate) async fn insert(change: &Change, user: NewUser) -> Result<()> {
    let NewUser { id, email, first_name, last_name, password_hash } = user;
    if with_email(change.db(), &email).await?.is_some() {
        return Err(verified_email::has_login().into());
    }
    let Detected { country, time_zone } = region::detect(change.access().ctx());
    let row = entity::user::ActiveModel {
        id: Set(id),
        email: Set(email),
        email_verified_at: Set(None),
        first_name: Set(first_name),
        last_name: Set(last_name),
        password_hash: Set(password_hash),
        last_seen_at: Set(None),
        country: Set(country),
        time_zone: Set(time_zone),
        created_at: Set(change.access().ctx().now()),
        credentials_version: Set(0),
        ..Default::default()
    };
    match row.insert(change.db()).await {
        Ok(_) => Ok(()),
        // Somebody else took the address since the look above.
        Err(error) if matches!(error.sql_err(), Some(SqlErr::UniqueConstraintViolation(_))) => {
            Err(verified_email::has_login().into())
        }
        Err(error) => Err(error.into()),
    }
}

pub(crate) async fn with_email(db: &impl ConnectionTrait, email: &str) -> Result<Option<entity::user::Model>> {
    Ok(entity::user::Entity::find().filter(entity::user::Column::Email.eq(email)).one(db).await?)
}

/// What a password shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SignInOutcome {
    Complete(Login),
    /// It takes a code or a passkey as well: [`crate::second_factor::sign_in`], [`crate::passkey::confirm_sign_in`].
    NeedsSecondFactor(Login),
}

impl SignInOutcome {
    /// Whose password it is.
    pub fn user(self) -> UserId {
        match self {
            Self::Complete(login) | Self::NeedsSecondFactor(login) => login.user,
        }
    }
}

/// Who has this address and password. Takes as long for an address that nobody has. A wrong password stands in
/// the log of every organisation that its user is in.
///
/// # Errors
/// [`Problem::WrongPassword`], for both alike; [`Problem::TooMany`] after ten wrong ones for the address from one
/// network or one browser, after a hundred from one network, and when too many passwords wait to be checked.
pub async fn sign_in(ctx: &Context, form: SignIn) -> Result<SignInOutcome> {
    let SignIn { email, password, then: _ } = form.validated()?;
    let user = with_email(ctx.readers(), &email).await?;
    let attempt = SignInAttempt::begin(ctx, &email, user.as_ref().map(|user| user.id)).await?;
    // Holds neither a connection nor a place in the queue.
    ctx.service().sleep(attempt.pause()).await;
    let hash = user.as_ref().map(|user| user.password_hash.clone());
    let right = password::verify(ctx, attempt.priority(), password, hash, attempt.counted).await?;
    let user = match user {
        Some(user) if right => user,
        user => {
            fail(ctx, user.map(|user| user.id)).await?;
            return Err(Problem::WrongPassword.into());
        }
    };
    let login = Login { user: user.id, credentials_version: user.credentials_version };
    if second_factor::is_set_up(ctx.readers(), user.id).await? && !device::is_remembered(ctx, user.id).await? {
        return Ok(SignInOutcome::NeedsSecondFactor(login));
    }
    UserChange::log(ctx, user.id, Event::Identity(IdentityEvent::SignedIn)).await?;
    Ok(SignInOutcome::Complete(login))
}

/// A wrong password stands in the log of every organisation that its user is in. Where there is none, something
/// else is written: how long it takes must not tell who has a login.
async fn fail(ctx: &Context, user: Option<UserId>) -> Result<()> {
    if let Some(user) = user
        && UserChange::log_failed_proof(
            ctx,
            user,
            Event::Identity(IdentityEvent::SignInFailed { user, wrong: Proof::Password }),
        )
        .await?
    {
        return Ok(());
    }
    throttle::count(ctx, UNKNOWN_ADDRESS, &ctx.network().to_string()).await
}

/// Notes in every organisation of the user that they signed out; the edge ends the session.
pub async fn sign_out(ctx: &Context) -> Result<()> {
    UserChange::log(ctx, ctx.user()?, Event::Identity(IdentityEvent::SignedOut)).await
}

/// Keyed by the version of the user too: a change to somebody in no organisation moves no other version.
pub(crate) type ProfileCache = VersionedCache<(UserId, u64), Profile>;

/// Who is signed in, and the accounts that are open to them.
///
/// # Errors
/// [`Problem::SignedOut`].
pub async fn profile(ctx: &Context) -> Result<Profile> {
    let id = ctx.user()?;
    let version = ctx.service().database.signals.versions.of(id.0);
    ctx.service().extension::<ProfileCache>().get_or_read(ctx, (id, version), read_profile(ctx, id)).await
}

async fn read_profile(ctx: &Context, id: UserId) -> Result<Profile> {
    let user = entity::user::Entity::find_by_id(id).one(ctx.readers()).await?.ok_or(Problem::SignedOut)?;
    let (accounts, more_in) = account::first(ctx, id).await?;
    Ok(Profile {
        id,
        country: region::country(&user),
        first_name: user.first_name,
        last_name: user.last_name,
        email: user.email,
        confirmed: user.email_verified_at.is_some(),
        accounts,
        more_in,
        may_found: ctx.service().settings.open_sign_up,
    })
}
