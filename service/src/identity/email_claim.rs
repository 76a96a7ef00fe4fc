//! How an e-mail address becomes its reader's: whoever opens a letter to it has shown that it is theirs, and takes it away
//! from a login that has not confirmed it.

mod close;

use crate::{
    Change, Result, UserChange,
    entity::{organisation, user as users},
    former_email,
    user::{self, NewUser},
    verified_email::{VerifiedEmail, conflict, has_login},
};
use model::{Event, IdentityEvent, OrganisationId, Problem, UserId};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QuerySelect, SqlErr, sea_query::Expr};
use uuid::Uuid;

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

/// What a change has to hold from its beginning that may take this address from a login: that login, and the
/// organisations that it owns, which go to others. Two people may take each other's at the same moment.
pub(crate) async fn locks(db: &impl ConnectionTrait, email: &str) -> Result<Vec<Uuid>> {
    let Some(holder) = user::with_email(db, email).await? else { return Ok(Vec::new()) };
    if VerifiedEmail::of(&holder).is_some() {
        return Ok(Vec::new());
    }
    let owned = organisation::Entity::find().filter(organisation::Column::OwnerId.eq(holder.id));
    let owned: Vec<OrganisationId> = owned.select_only().column(organisation::Column::Id).into_tuple().all(db).await?;
    Ok(owned.into_iter().map(|organisation| organisation.0).chain([holder.id.0]).collect())
}

/// Makes an address that of somebody who has a login. A login that has it without having confirmed it loses it: the
/// change holds its [`locks`].
///
/// # Errors
/// [`Problem::Conflict`] for the confirmed address of another login, current or of the last days ([`former_email`]), and
/// when somebody changed what the locks are about before they were held.
pub(crate) async fn assign(change: &mut Change, letter: OpenedLetter, user: UserId) -> Result<VerifiedEmail> {
    release(change, &letter.to, user).await?;
    mark(change, letter, user).await
}

/// Makes a login for whoever opened a letter, under an id of its own.
///
/// # Errors
/// As [`assign`].
pub(crate) async fn join(change: &mut Change, letter: OpenedLetter, new: NewUser) -> Result<VerifiedEmail> {
    let user = new.id;
    release(change, &letter.to, user).await?;
    user::insert(change, new).await?;
    mark(change, letter, user).await
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
        Ok(_) => {
            former_email::forget(change.db(), &letter.to).await?;
            Ok(VerifiedEmail::of_user(change.db(), user).await?.ok_or(Problem::NotFound)?)
        }
        // Somebody else took the address since it was free.
        Err(error) if matches!(error.sql_err(), Some(SqlErr::UniqueConstraintViolation(_))) => Err(has_login().into()),
        Err(error) => Err(error.into()),
    }
}

/// Takes an address away from a login that has not confirmed it, unless it is `keeper`. Whether it is reserved is asked
/// after whose it is: whoever gives it up meanwhile reserves it.
async fn release(change: &mut Change, email: &str, keeper: UserId) -> Result<()> {
    let holder = user::with_email(change.db(), email).await?;
    former_email::check(change.db(), change.access().ctx().now(), email, keeper).await?;
    match holder {
        Some(holder) if holder.id == keeper => Ok(()),
        Some(holder) if holder.email_verified_at.is_some() => Err(has_login().into()),
        Some(holder) if !change.is_locked(holder.id.0) => Err(conflict().into()),
        Some(holder) => close::close(change, holder.id).await,
        None => Ok(()),
    }
}

/// Confirms the address of a login that has it already: whoever has shown its password opened the letter too.
///
/// # Errors
/// As [`assign`].
pub(crate) async fn confirm(change: &mut UserChange, letter: OpenedLetter, user: UserId) -> Result<Event> {
    assign(change.inner(), letter, user).await?;
    Ok(Event::Identity(IdentityEvent::EmailConfirmed { user }))
}
