use crate::{
    Context, Error, Result, UserChange,
    entity::{password_reset, user},
    password_attempt::PasswordAttempt,
    password_queue::{PasswordQueue, Priority},
    session,
    throttle::Throttle,
};
use argon2::{Argon2, PasswordHash, PasswordHasher, PasswordVerifier, password_hash::SaltString};
use model::{AuditEvent, Event, FieldErrors, Password, PasswordFault, Problem, Refusal, UserId, text::nfc};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, sea_query::Expr};
use std::time::Duration;

/// Wrong passwords of somebody who is signed in.
const CONFIRM: Throttle = Throttle { name: "confirm-password", tries: 10, within: Duration::from_mins(15) };

/// The hash of no password, with the same parameters: checking against it takes as long as checking
/// against a real one.
pub(crate) const DUMMY_HASH: &str =
    "$argon2id$v=19$m=19456,t=2,p=1$bm9ib2R5bm9ib2R5bm9ib2Q$YWJjZGVmZ2hpamtsbW5vcHFyc3R1dnd4eXoxMjM0NTY";

/// Hashes the password's NFC, so that it is the same on every keyboard, with Argon2id, 19 MiB, two passes (OWASP
/// Password Storage Cheat Sheet).
///
/// # Errors
/// [`Problem::TooMany`] when the queue is full.
pub(crate) async fn hash(ctx: &Context, password: Password) -> Result<String> {
    let salt = ctx.service().random()?;
    let salt = SaltString::encode_b64(&salt[..16]).map_err(Error::PasswordHash)?;
    let job = move || {
        let hash = Argon2::default().hash_password(nfc(password.reveal()).as_bytes(), &salt);
        hash.map(|hash| hash.to_string()).map_err(Error::PasswordHash)
    };
    ctx.service().extension::<PasswordQueue>().run(ctx, Priority::Normal, job).await?
}

/// Whether the password is the one of this hash; without a hash it is not, and takes as long. A hash may be of the
/// password as it was typed, from before it was brought into NFC: that is tried too, where it is another text. `attempt`
/// counts if it is wrong, also when nobody waits for the answer any more.
///
/// # Errors
/// [`Problem::TooMany`] when the queue is full.
pub(crate) async fn verify(
    ctx: &Context,
    priority: Priority,
    password: Password,
    hash: Option<String>,
    mut attempt: PasswordAttempt,
) -> Result<bool> {
    let job = move || -> Result<_> {
        let known = hash.is_some();
        let hash = hash.unwrap_or_else(|| DUMMY_HASH.to_owned());
        let hash = PasswordHash::new(&hash).map_err(Error::PasswordHash)?;
        let typed = password.reveal();
        let is = |text: &str| Argon2::default().verify_password(text.as_bytes(), &hash).is_ok();
        let normal = nfc(typed);
        let right = (is(&normal) || (*normal != *typed && is(typed))) && known;
        attempt.judge(right);
        Ok((right, attempt))
    };
    let (right, attempt) = ctx.service().extension::<PasswordQueue>().run(ctx, priority, job).await??;
    attempt.settle().await?;
    Ok(right)
}

/// As [`verify`], no more often than `throttle` allows `about` this; a right one makes it forget the wrong ones.
///
/// # Errors
/// [`Problem::TooMany`] by `throttle`, and when the queue is full.
pub(crate) async fn verify_limited(
    ctx: &Context,
    throttle: &'static Throttle,
    about: &str,
    priority: Priority,
    password: Password,
    hash: String,
) -> Result<bool> {
    let reset = std::slice::from_ref(throttle);
    let attempt = PasswordAttempt::begin(ctx, vec![throttle.of(about)], reset).await?;
    verify(ctx, priority, password, Some(hash), attempt).await
}

/// The password of whoever is signed in, once more, which proves who uses this session. A wrong one stands in the log of every organisation that they
/// are in.
///
/// # Errors
/// [`Problem::Invalid`] for another; [`Problem::TooMany`].
pub(crate) async fn confirm(ctx: &Context, password: Password) -> Result<()> {
    let user = ctx.user()?;
    let row = user::Entity::find_by_id(user).one(ctx.readers()).await?.ok_or(Problem::SignedOut)?;
    if !verify_limited(ctx, &CONFIRM, &user.to_string(), Priority::High, password, row.password_hash).await? {
        UserChange::log(ctx, user, Event::Audit(AuditEvent::Refused { why: Refusal::WrongPassword })).await?;
        return Err(FieldErrors::one("password", PasswordFault::Wrong).into());
    }
    session::note_proof(ctx).await
}

/// Stores the hash of another password, and ends the links by which it could be reset. Whoever calls it ends the
/// sessions.
pub(crate) async fn put(db: &impl ConnectionTrait, user: UserId, hash: String) -> Result<()> {
    let row = user::Entity::find_by_id(user).one(db).await?.ok_or(Problem::SignedOut)?;
    password_reset::Entity::delete_many().filter(password_reset::Column::Email.eq(&row.email)).exec(db).await?;
    let this = user::Entity::update_many().col_expr(user::Column::PasswordHash, Expr::value(hash));
    this.filter(user::Column::Id.eq(user)).exec(db).await?;
    Ok(())
}
