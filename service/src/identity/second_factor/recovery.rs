//! Recovery codes, which are made together and work once each.

use super::{confirm_identity, methods};
use crate::{Context, Message, Result, Secret, entity::recovery_code};
use model::{ConfirmIdentity, Conflict, Event, IdentityEvent, RECOVERY_CODES, SecondFactorNotice, UserId};
use sea_orm::{ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, PaginatorTrait, QueryFilter};

/// 80 bits, 16 letters and digits: with one user's ten codes, nobody finds one by trying.
const BYTES: usize = 10;
/// Of the letters and digits of a code.
const GROUP: usize = 4;

/// New ones, as they are shown.
pub(super) fn new(ctx: &Context) -> Result<Vec<String>> {
    let code = |_| {
        let code = super::offer::base32(&ctx.service().random()?[..BYTES]).to_lowercase();
        let groups: Vec<_> = code.as_bytes().chunks(GROUP).map(String::from_utf8_lossy).collect();
        Ok(groups.join("-"))
    };
    (0..RECOVERY_CODES).map(code).collect()
}

/// Stores them in the place of those that there are.
pub(super) async fn keep(ctx: &Context, db: &impl ConnectionTrait, user: UserId, codes: &[String]) -> Result<()> {
    forget(db, user).await?;
    let hash = |code: &str| {
        let hash = Secret::from_client(code.replace('-', "")).hash();
        ctx.service().encryption.recovery_code(user, hash)
    };
    let rows = codes.iter().map(|code| recovery_code::ActiveModel { code_hash: Set(hash(code)), user_id: Set(user) });
    recovery_code::Entity::insert_many(rows).exec_without_returning(db).await?;
    Ok(())
}

/// New ones in the place of those that the reader has, to be shown this one time.
///
/// # Errors
/// [`Conflict::NoSecondFactor`]; [`model::Problem::ProofNeeded`]; [`model::Problem::Invalid`] for a wrong password, code or
/// passkey; [`model::Problem::TooMany`].
pub async fn renew_codes(ctx: &Context, form: ConfirmIdentity) -> Result<Vec<String>> {
    let user = ctx.user()?;
    let codes = new(ctx)?;
    confirm_identity(ctx, user, form, async |change| {
        if !methods(change.db(), user).await?.any() {
            return Err(Conflict::NoSecondFactor.into());
        }
        keep(ctx, change.db(), user, &codes).await?;
        change.deliver(&[Message::SecondFactor { user, notice: SecondFactorNotice::CodesRenewed }]).await?;
        Ok(Some(Event::Identity(IdentityEvent::RecoveryCodesRenewed { user })))
    })
    .await?;
    Ok(codes)
}

/// New ones for somebody who has none, to be shown this one time; nothing for anybody else.
pub(crate) async fn ensure(ctx: &Context, db: &impl ConnectionTrait, user: UserId) -> Result<Vec<String>> {
    if count(db, user).await? > 0 {
        return Ok(Vec::new());
    }
    let codes = new(ctx)?;
    keep(ctx, db, user, &codes).await?;
    Ok(codes)
}

pub(super) async fn forget(db: &impl ConnectionTrait, user: UserId) -> Result<()> {
    recovery_code::Entity::delete_many().filter(recovery_code::Column::UserId.eq(user)).exec(db).await?;
    Ok(())
}

pub(super) async fn count(db: &impl ConnectionTrait, user: UserId) -> Result<u64> {
    Ok(recovery_code::Entity::find().filter(recovery_code::Column::UserId.eq(user)).count(db).await?)
}
