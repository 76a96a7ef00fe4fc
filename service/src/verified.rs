//! Whose an e-mail address is. Typed, it is nobody's; whoever opens a letter to it has shown that it is theirs.

use crate::{
    Access, Change, Result, credentials,
    entity::{
        api_key, device, email_change, membership, organisation, ownership_offer, recovery_code, second_factor,
        second_factor_offer, session, user as users,
    },
    password,
    user::{self, NewUser},
};
use model::{Event, OrganisationId, Problem, Refusal, UserId};
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, SqlErr};

/// An address that is known to be its user's. Only a row that says so yields one: what rests on somebody's address
/// takes this, and never the text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct VerifiedEmail {
    user: UserId,
    email: String,
}

impl VerifiedEmail {
    /// `None` for somebody who has not confirmed their address.
    pub fn of(row: &users::Model) -> Option<Self> {
        row.email_verified_at.map(|_| Self { user: row.id, email: row.email.clone() })
    }

    /// As [`VerifiedEmail::of`], inside a change or outside.
    pub async fn of_user(db: &impl ConnectionTrait, user: UserId) -> Result<Option<Self>> {
        Ok(users::Entity::find_by_id(user).one(db).await?.as_ref().and_then(Self::of))
    }

    /// The address of somebody whose act rests on it.
    ///
    /// # Errors
    /// [`Refusal::EmailUnconfirmed`], within the result, for the caller to log.
    pub async fn demand(db: &impl ConnectionTrait, user: UserId) -> Result<Result<Self, Refusal>> {
        Ok(Self::of_user(db, user).await?.ok_or(Refusal::EmailUnconfirmed))
    }

    pub fn user(&self) -> UserId {
        self.user
    }

    pub fn as_str(&self) -> &str {
        &self.email
    }
}

/// That somebody opened a letter to an address.
pub(crate) struct OpenedLetter {
    to: String,
}

impl OpenedLetter {
    /// `to` is the address of a row that was read by the secret which its letter alone carries.
    pub fn by_secret(to: impl Into<String>) -> Self {
        Self { to: to.into() }
    }
}

/// Makes an address that of somebody who has a login. A login that has it without having confirmed it loses it.
///
/// # Errors
/// [`Problem::Conflict`] for the confirmed address of another login.
pub(crate) async fn give(change: &mut Change, letter: OpenedLetter, user: UserId) -> Result<VerifiedEmail> {
    free(change, &letter.to, user).await?;
    mark(change, letter, user).await
}

/// Makes a login for whoever opened a letter, under an id of its own.
///
/// # Errors
/// As [`give`].
pub(crate) async fn join(change: &mut Change, letter: OpenedLetter, new: NewUser) -> Result<VerifiedEmail> {
    let user = new.id;
    free(change, &letter.to, user).await?;
    user::insert(change, new).await?;
    mark(change, letter, user).await
}

pub(crate) fn has_login() -> Problem {
    Problem::Conflict("This address already has a login. Sign in with it, or use another address.".to_owned())
}

/// The only place that says of an address that it is verified.
async fn mark(change: &mut Change, letter: OpenedLetter, user: UserId) -> Result<VerifiedEmail> {
    let now = change.access().ctx().now();
    let marked = users::Entity::update_many()
        .col_expr(users::Column::Email, Expr::value(letter.to.clone()))
        .col_expr(users::Column::EmailVerifiedAt, Expr::value(Some(now)))
        .filter(users::Column::Id.eq(user))
        .exec(change.db())
        .await;
    match marked {
        Ok(marked) if marked.rows_affected == 1 => Ok(VerifiedEmail { user, email: letter.to }),
        Ok(_) => Err(Problem::NotFound.into()),
        // Somebody else took the address since it was free.
        Err(error) if matches!(error.sql_err(), Some(SqlErr::UniqueConstraintViolation(_))) => Err(has_login().into()),
        Err(error) => Err(error.into()),
    }
}

/// Takes an address away from a login that has not confirmed it, unless it is `keeper`.
async fn free(change: &mut Change, email: &str, keeper: UserId) -> Result<()> {
    let Some(holder) = user::with_email(change.db(), email).await? else { return Ok(()) };
    change.hold(holder.id.0).await?;
    // It may have been confirmed while this waited.
    match user::with_email(change.db(), email).await? {
        Some(holder) if holder.id == keeper => Ok(()),
        Some(holder) if holder.email_verified_at.is_some() => Err(has_login().into()),
        Some(holder) => close(change, holder.id).await,
        None => Ok(()),
    }
}

/// Closes a login: nobody signs in with it any more, and wherever it was a member it is none, but for organisations
/// that it owns. The row stays, since logs name it.
async fn close(change: &mut Change, user: UserId) -> Result<()> {
    let places = places(change, user).await?;
    let owned: Vec<OrganisationId> = organisation::Entity::find()
        .filter(organisation::Column::OwnerId.eq(user))
        .all(change.db())
        .await?
        .into_iter()
        .map(|row| row.id)
        .collect();
    let (db, now) = (change.db(), change.access().ctx().now());
    membership::Entity::delete_many()
        .filter(membership::Column::UserId.eq(user))
        .filter(membership::Column::OrganisationId.is_not_in(owned))
        .exec(db)
        .await?;
    credentials::renew(&change.access().ctx().acting_as_nobody(), db, user).await?;
    device::Entity::delete_many().filter(device::Column::UserId.eq(user)).exec(db).await?;
    session::Entity::delete_many().filter(session::Column::UserId.eq(user)).exec(db).await?;
    second_factor::Entity::delete_by_id(user).exec(db).await?;
    second_factor_offer::Entity::delete_by_id(user).exec(db).await?;
    recovery_code::Entity::delete_many().filter(recovery_code::Column::UserId.eq(user)).exec(db).await?;
    email_change::Entity::delete_by_id(user).exec(db).await?;
    ownership_offer::Entity::delete_many().filter(ownership_offer::Column::UserId.eq(user)).exec(db).await?;
    api_key::Entity::update_many()
        .col_expr(api_key::Column::RevokedAt, Expr::value(Some(now)))
        .filter(api_key::Column::CreatedBy.eq(user))
        .filter(api_key::Column::RevokedAt.is_null())
        .exec(db)
        .await?;
    users::Entity::update_many()
        .col_expr(users::Column::Email, Expr::value(format!("{user}@reclaimed.invalid")))
        .col_expr(users::Column::PasswordHash, Expr::value(password::NOBODY))
        .filter(users::Column::Id.eq(user))
        .exec(db)
        .await?;
    change.end_sessions(user);
    for place in places {
        change.record_at(place, &Event::EmailReclaimed { user }).await?;
    }
    Ok(())
}

/// One place in each organisation that somebody is in, suspended or not; what happens there is nobody's act who is
/// known there.
async fn places(change: &Change, user: UserId) -> Result<Vec<Access>> {
    let ctx = change.access().ctx().acting_as_nobody();
    let rows = membership::Entity::find().filter(membership::Column::UserId.eq(user));
    let mut places: Vec<Access> = Vec::new();
    for row in rows.order_by_asc(membership::Column::CreatedAt).all(change.db()).await? {
        if places.iter().all(|place| place.organisation() != row.organisation_id) {
            places.push(Access::nobody(&ctx, row.organisation_id, row.account_id));
        }
    }
    Ok(places)
}
