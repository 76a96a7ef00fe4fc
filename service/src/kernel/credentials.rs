//! What somebody signs in with, as a version: it moves on when a second factor, a passkey, the recovery codes, the e-mail
//! address or the password change, and ends every session and remembered browser of before.

use crate::{
    entity::{device, session, user},
    kernel::{Context, Result},
};
use model::{Problem, Timestamp, UserId};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, ExprTrait, QueryFilter, QuerySelect, sea_query::Expr};
use serde::{Deserialize, Serialize};

/// Somebody who has just shown who they are: what a session begins with.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Login {
    pub user: UserId,
    /// From before what was shown was checked, so that a session of what is over by then never opens.
    pub credentials_version: i64,
}

impl Login {
    /// Of a new user.
    pub const fn first(user: UserId) -> Self {
        Self { user, credentials_version: 0 }
    }
}

/// The current version.
///
/// # Errors
/// [`Problem::SignedOut`] for a user who is gone.
pub(crate) async fn version(db: &impl ConnectionTrait, user: UserId) -> Result<i64> {
    let query = user::Entity::find_by_id(user).select_only().column(user::Column::CredentialsVersion);
    Ok(query.into_tuple().one(db).await?.ok_or(Problem::SignedOut)?)
}

/// Moves the version on, and gives the new one. The session of this request goes on if it is the user's; the others
/// end. So do the browsers that were remembered, but for this one, which is asked for a second factor again.
pub(crate) async fn renew(ctx: &Context, db: &impl ConnectionTrait, user: UserId) -> Result<i64> {
    let version = advance(db, user).await?;
    let mut goes_on = false;
    if let Some(hash) = ctx.session_hash() {
        let this = session::Entity::update_many()
            .col_expr(session::Column::CredentialsVersion, Expr::value(version))
            .filter(session::Column::IdHash.eq(hash))
            .filter(session::Column::UserId.eq(user));
        goes_on = this.exec(db).await?.rows_affected > 0;
    }
    session::Entity::delete_many()
        .filter(session::Column::UserId.eq(user))
        .filter(session::Column::CredentialsVersion.ne(version))
        .exec(db)
        .await?;
    let mut devices = device::Entity::delete_many().filter(device::Column::UserId.eq(user));
    if goes_on {
        let this = ctx.browser().devices.iter().map(|secret| secret.hash().into_column());
        devices = devices.filter(device::Column::SecretHash.is_not_in(this));
    }
    devices.exec(db).await?;
    device::Entity::update_many()
        .col_expr(device::Column::RememberedUntil, Expr::value(None::<Timestamp>))
        .filter(device::Column::UserId.eq(user))
        .exec(db)
        .await?;
    Ok(version)
}

/// As [`renew`], but no session goes on, that of this request neither: for whoever showed something else than what one
/// signs in with.
pub(crate) async fn renew_all(db: &impl ConnectionTrait, user: UserId) -> Result<()> {
    advance(db, user).await?;
    session::Entity::delete_many().filter(session::Column::UserId.eq(user)).exec(db).await?;
    device::Entity::delete_many().filter(device::Column::UserId.eq(user)).exec(db).await?;
    Ok(())
}

async fn advance(db: &impl ConnectionTrait, user: UserId) -> Result<i64> {
    user::Entity::update_many()
        .col_expr(user::Column::CredentialsVersion, Expr::col(user::Column::CredentialsVersion).add(1))
        .filter(user::Column::Id.eq(user))
        .exec(db)
        .await?;
    version(db, user).await
}
