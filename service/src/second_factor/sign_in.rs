//! The second step of signing in.

use super::{CODES, key, step, wrong_code};
use crate::{
    Context, OwnChange, Result, Secret,
    entity::{recovery_code, second_factor},
    throttle,
};
use model::{Event, Form, Proof, SignInCode, UserId, is_app_code};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel, PaginatorTrait,
    QueryFilter,
};

/// Signs in somebody whose password was right. A code of the app counts once, and so does a recovery code; a wrong
/// one stands in the log of every organisation that they are in.
///
/// # Errors
/// [`model::Problem::Invalid`] for a wrong code; [`model::Problem::TooMany`] by user.
pub async fn sign_in(ctx: &Context, user: UserId, form: SignInCode) -> Result<()> {
    let SignInCode { code } = form.validated()?;
    throttle::count(ctx, CODES, &user.to_string()).await?;
    let change = OwnChange::begin(ctx, user).await?;
    let taken = if is_app_code(&code) {
        take_code(ctx, change.db(), user, &code).await?.then(Vec::new)
    } else {
        take_recovery_code(ctx, change.db(), user, &code).await?.map(|left| vec![Event::RecoveryCodeUsed { left }])
    };
    let Some(mut events) = taken else {
        drop(change);
        OwnChange::note_unproven(ctx, user, Event::SignInFailed { user, wrong: Proof::Code }).await?;
        return Err(wrong_code().into());
    };
    events.push(Event::SignedIn);
    change.commit(events).await?;
    throttle::forget(ctx, CODES, &user.to_string()).await
}

/// Whether it is one, of now, that was not used before.
async fn take_code(ctx: &Context, db: &impl ConnectionTrait, user: UserId, code: &str) -> Result<bool> {
    let Some(factor) = second_factor::Entity::find_by_id(user).one(db).await? else { return Ok(false) };
    let step = step(&key(ctx, &factor)?, code, ctx.now())?.filter(|step| *step > factor.latest_step);
    let Some(step) = step else { return Ok(false) };
    let mut factor = factor.into_active_model();
    factor.latest_step = Set(step);
    factor.update(db).await?;
    Ok(true)
}

/// Gives how many are left; `None` for a wrong one.
async fn take_recovery_code(ctx: &Context, db: &impl ConnectionTrait, user: UserId, code: &str) -> Result<Option<u64>> {
    let of_user = recovery_code::Column::UserId.eq(user);
    let hash = ctx.service().encryption.recovery_code(user, Secret::presented(code).hash());
    let this = recovery_code::Entity::delete_by_id(hash).filter(of_user.clone());
    if this.exec(db).await?.rows_affected == 0 {
        return Ok(None);
    }
    Ok(Some(recovery_code::Entity::find().filter(of_user).count(db).await?))
}
