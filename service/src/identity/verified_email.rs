//! Whose an e-mail address is. Typed, it is nobody's.

use crate::{Result, Rollback, entity::user as users, password};
use model::{Conflict, Problem, Refusal, UserId};
use sea_orm::{ConnectionTrait, EntityTrait};

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
    /// [`Refusal::EmailUnconfirmed`].
    pub async fn demand(db: &impl ConnectionTrait, user: UserId) -> Result<Self, Rollback> {
        Ok(Self::of_user(db, user).await?.ok_or(Refusal::EmailUnconfirmed)?)
    }

    pub fn user(&self) -> UserId {
        self.user
    }

    pub fn as_str(&self) -> &str {
        &self.email
    }
}

/// Whether a login was closed: nobody signs in with it any more.
pub(crate) fn is_closed(user: &users::Model) -> bool {
    user.password_hash == password::DUMMY_HASH
}

pub(crate) fn conflict() -> Problem {
    Conflict::SameMoment.into()
}

pub(crate) fn has_login() -> Problem {
    Conflict::EmailHasLogin.into()
}
