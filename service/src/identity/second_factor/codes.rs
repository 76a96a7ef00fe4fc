//! Whether a code is right, and how often it may be wrong.

use super::{key, recovery, step, wrong_code};
use crate::{
    Context, Error, Message, Result, Secret, UserChange,
    entity::{recovery_code, second_factor, sms_code::SmsPurpose},
    sms_code,
    throttle::{self, Reservation, Throttle},
};
use model::{CodeFault, Event, FieldErrors, IdentityEvent, Phone, Problem, SecondFactorNotice, UserId, is_app_code};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel, QueryFilter,
};
use std::time::Duration;

/// Recovery codes that somebody types in one network. None is guessed; it keeps the log short.
const RECOVERY: Throttle = Throttle { name: "recovery-code", tries: 10, within: Duration::from_mins(15) };
/// Wrong codes of the app in a row after which they no longer work. There are a million, and three are right at any
/// time: so many guesses find one in 3,300 times.
const LOCKED_AFTER: i32 = 100;
/// Wrong codes in a row that cost nothing.
const FREE: i32 = 4;
const LONGEST_PAUSE: Duration = Duration::from_mins(15);

/// After so many wrong codes in a row: a second from the fifth on, doubled each time, up to a quarter of an hour.
fn pause(failures: i32) -> Duration {
    match u32::try_from(failures - FREE).unwrap_or(0).checked_sub(1) {
        None => Duration::ZERO,
        Some(over) => Duration::from_secs(1 << over.min(16)).min(LONGEST_PAUSE),
    }
}

/// A code before it is looked at.
pub(super) struct CodeAttempt {
    user: UserId,
    code: String,
    kind: Kind,
}

/// What it may be, by how it looks and what was asked for.
enum Kind {
    App,
    /// Of a text message that was sent in this session, or of the app.
    SmsOrApp(Reservation),
    Recovery(Reservation),
}

/// A code that was right and is used up.
pub(super) enum ValidCode {
    App,
    /// To this number.
    Sms(Phone),
    /// And so many are left.
    Recovery(u64),
}

impl CodeAttempt {
    /// Counts a recovery code, or one by text message, before it is looked at.
    ///
    /// # Errors
    /// [`Problem::Invalid`] without a code; [`Problem::TooMany`].
    pub async fn begin(ctx: &Context, user: UserId, code: String) -> Result<Self> {
        if code.is_empty() {
            return Err(FieldErrors::one("code", CodeFault::Missing).into());
        }
        let kind = if !is_app_code(&code) {
            let about = format!("{user} {}", ctx.network());
            Kind::Recovery(throttle::reserve(ctx, vec![RECOVERY.of(about)]).await?)
        } else if sms_code::open(ctx, ctx.readers(), user, SmsPurpose::SecondFactor).await?.is_some() {
            Kind::SmsOrApp(sms_code::begin_attempt(ctx, user).await?)
        } else {
            Kind::App
        };
        Ok(Self { user, code, kind })
    }

    /// Uses the code up inside a change of its user. When it is wrong, what counts that is in the change: it is to be
    /// committed too.
    ///
    /// # Errors
    /// [`Problem::TooMany`] for a code of the app too soon after wrong ones.
    pub async fn check(&self, ctx: &Context, change: &UserChange) -> Result<Result<ValidCode, FieldErrors>> {
        let (db, user, code) = (change.db(), self.user, &self.code);
        match self.kind {
            Kind::App => check_app_code(ctx, db, user, code).await,
            Kind::SmsOrApp(_) => check_sms_or_app_code(ctx, db, user, code).await,
            Kind::Recovery(_) => {
                let left = use_recovery_code(ctx, db, user, code).await?;
                Ok(left.map(ValidCode::Recovery).ok_or_else(wrong_code))
            }
        }
    }

    /// The code was right, and the change is committed.
    pub async fn succeed(self, ctx: &Context, code: &ValidCode) -> Result<()> {
        match (self.kind, code) {
            (Kind::App, _) => Ok(()),
            (Kind::SmsOrApp(reservation), ValidCode::Sms(number)) => {
                sms_code::succeed(ctx, self.user, reservation, number).await
            }
            (Kind::SmsOrApp(reservation), _) => reservation.give_back(ctx, &[]).await,
            (Kind::Recovery(reservation), _) => reservation.give_back(ctx, &[RECOVERY]).await,
        }
    }
}

impl ValidCode {
    /// Notes what was used, and tells its user by a letter if it was a recovery code. The last of them ends the other
    /// sessions; gives the version of the credentials then.
    pub async fn report(&self, change: &mut UserChange, user: UserId, events: &mut Vec<Event>) -> Result<Option<i64>> {
        let Self::Recovery(left) = *self else { return Ok(None) };
        events.push(Event::Identity(IdentityEvent::RecoveryCodeUsed { left }));
        let notice = SecondFactorNotice::RecoveryCodeUsed { left };
        change.deliver(&[Message::SecondFactor { user, notice }]).await?;
        if left > 0 {
            return Ok(None);
        }
        change.renew_credentials(user).await.map(Some)
    }
}

/// Whether it is the one of the text message, or else one of the app. What counts a wrong one for the message is kept,
/// also while the app's wait for the end of a pause.
async fn check_sms_or_app_code(
    ctx: &Context,
    db: &impl ConnectionTrait,
    user: UserId,
    code: &str,
) -> Result<Result<ValidCode, FieldErrors>> {
    let fault = match sms_code::check(ctx, db, user, SmsPurpose::SecondFactor, code).await? {
        Ok(number) => return Ok(Ok(ValidCode::Sms(number))),
        Err(fault) => fault,
    };
    match check_app_code(ctx, db, user, code).await {
        Ok(Err(_)) | Err(Error::Problem(Problem::TooMany { .. })) => Ok(Err(FieldErrors::one("code", fault))),
        other => other,
    }
}

/// Whether it is a current code that was not used before.
async fn check_app_code(
    ctx: &Context,
    db: &impl ConnectionTrait,
    user: UserId,
    code: &str,
) -> Result<Result<ValidCode, FieldErrors>> {
    let Some(factor) = second_factor::Entity::find_by_id(user).one(db).await? else { return Ok(Err(wrong_code())) };
    if factor.failures >= LOCKED_AFTER {
        return Ok(Err(FieldErrors::one("code", CodeFault::Locked)));
    }
    let now = ctx.now();
    if factor.retry_at > now {
        let seconds = factor.retry_at.since(now).as_micros().div_ceil(1_000_000);
        return Err(Problem::TooMany { seconds: u64::try_from(seconds).unwrap_or(u64::MAX) }.into());
    }
    let step = step(&key(ctx, &factor)?, code, now)?.filter(|step| *step > factor.latest_step);
    let failures = factor.failures + 1;
    let mut factor = factor.into_active_model();
    let answer = if let Some(step) = step {
        factor.latest_step = Set(step);
        factor.failures = Set(0);
        Ok(ValidCode::App)
    } else {
        factor.failures = Set(failures);
        factor.retry_at = Set(now + pause(failures));
        Err(wrong_code())
    };
    factor.update(db).await?;
    Ok(answer)
}

/// Gives how many are left; `None` for a wrong one. A right one makes the app's codes work again.
async fn use_recovery_code(ctx: &Context, db: &impl ConnectionTrait, user: UserId, code: &str) -> Result<Option<u64>> {
    let of_user = recovery_code::Column::UserId.eq(user);
    let hash = ctx.service().encryption.recovery_code(user, Secret::from_client(code).hash());
    let this = recovery_code::Entity::delete_by_id(hash).filter(of_user);
    if this.exec(db).await?.rows_affected == 0 {
        return Ok(None);
    }
    if let Some(factor) = second_factor::Entity::find_by_id(user).one(db).await? {
        let mut factor = factor.into_active_model();
        factor.failures = Set(0);
        factor.retry_at = Set(model::Timestamp(0));
        factor.update(db).await?;
    }
    Ok(Some(recovery::count(db, user).await?))
}

#[cfg(test)]
mod tests {
    use super::pause;
    use std::time::Duration;

    #[test]
    fn pauses_grow_and_are_bounded() {
        for (failures, seconds) in [(0, 0), (4, 0), (5, 1), (6, 2), (10, 32), (14, 512), (15, 900), (99, 900)] {
            assert_eq!(pause(failures), Duration::from_secs(seconds), "{failures}");
        }
    }
}
