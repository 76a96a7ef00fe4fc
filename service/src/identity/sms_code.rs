//! Codes by text message. A code counts for the session that asked for it, for one purpose, once, for ten minutes and
//! five tries. It is made when its message goes out, and stored as a keyed hash.

use crate::{
    Context, Message, Result, Rollback, UserChange, device,
    entity::{
        phone,
        sms_code::{self as codes, SmsPurpose},
    },
    sms::{self, Sms},
    sms_guard, tenant,
    throttle::{self, Reservation, Throttle},
};
use model::{CodeFault, Phone, SMS_CODE_MINUTES, SMS_RESEND_SECONDS, SmsCodeId, SmsCodeSent, Timestamp, UserId};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel, ModelTrait,
    QueryFilter, Select,
};
use std::time::Duration;

/// A code is to be entered within.
pub(crate) const LIFETIME: Duration = Duration::from_mins(SMS_CODE_MINUTES);
/// Messages that one session asks for, for one purpose.
const RESEND: Throttle =
    Throttle { name: "sms-code-resend", tries: 1, within: Duration::from_secs(SMS_RESEND_SECONDS) };
/// Wrong codes after which the right one is wrong too.
const TRIES: i32 = 5;
const DIGITS: u64 = 1_000_000;

const HOUR: Duration = Duration::from_hours(1);
const DAY: Duration = Duration::from_hours(24);
/// Messages that a person has sent to themselves, signed in or with a browser of theirs, until a code is entered.
const OWN: [Throttle; 2] = [
    Throttle { name: "own-sms-code", tries: 5, within: HOUR },
    Throttle { name: "own-sms-code-day", tries: 10, within: DAY },
];
/// Those that anybody has sent who knows the password. They are fewer than [`sms_guard`] lets a number wait for, and counted
/// apart, so that its owner can have another sent.
const UNRECOGNISED_BROWSER: Throttle = Throttle { name: "sms-code", tries: 3, within: DAY };
/// Codes that are typed for one person in one network.
const ATTEMPTS: Throttle = Throttle { name: "sms-code-typed", tries: 10, within: Duration::from_mins(15) };

fn end(code: &codes::Model) -> Timestamp {
    code.created_at + LIFETIME
}

/// Those whose time is over, to be deleted.
pub(crate) fn expired(now: Timestamp) -> Select<codes::Entity> {
    codes::Entity::find().filter(codes::Column::CreatedAt.lte(now - LIFETIME))
}

/// Of this session.
fn of_session(ctx: &Context, user: UserId, purpose: SmsPurpose) -> Select<codes::Entity> {
    codes::Entity::find()
        .filter(codes::Column::UserId.eq(user))
        .filter(codes::Column::Purpose.eq(purpose))
        .filter(codes::Column::SessionHash.eq(ctx.session_hash().unwrap_or_default()))
}

/// The code that was asked for in this session, if its time is not over, and until when it counts.
pub(crate) async fn open(
    ctx: &Context,
    db: &impl ConnectionTrait,
    user: UserId,
    purpose: SmsPurpose,
) -> Result<Option<(codes::Model, Timestamp)>> {
    let code = of_session(ctx, user, purpose).one(db).await?;
    Ok(code.map(|code| (end(&code), code)).filter(|(end, _)| ctx.now() < *end).map(|(end, code)| (code, end)))
}

/// Asks whether a code may go out to this number, and counts it.
///
/// # Errors
/// [`model::Problem::TooMany`] within 30 seconds of another in this session, and after too many that nobody entered: five an hour
/// or ten a day of the person, three a day of others; as [`sms_guard::allow`].
pub(crate) async fn allow(ctx: &Context, user: UserId, purpose: SmsPurpose, number: &Phone) -> Result<()> {
    sms::require_up(ctx).await?;
    throttle::count(ctx, RESEND, &resend_key(ctx, user, purpose)).await?;
    let is_own = ctx.user().is_ok() || device::recognise(ctx, user).await?.is_some();
    let throttles = if is_own { &OWN[..] } else { &[UNRECOGNISED_BROWSER] };
    throttle::reserve(ctx, throttles.iter().map(|throttle| throttle.of(user)).collect()).await?;
    let organisation = tenant::first_of_user(ctx.readers(), user).await?.map(|organisation| organisation.id);
    sms_guard::allow(ctx, number, purpose, organisation).await
}

fn resend_key(ctx: &Context, user: UserId, purpose: SmsPurpose) -> String {
    format!("{user} {purpose:?} {}", ctx.session_hash().unwrap_or_default())
}

/// The code was entered or given up: the next one need not wait.
pub(crate) async fn end_wait(ctx: &Context, user: UserId, purpose: SmsPurpose) -> Result<()> {
    throttle::reset(ctx, RESEND, &resend_key(ctx, user, purpose)).await
}

/// Has a code sent that [`allow`] let pass, in the place of one from before in this session.
pub(crate) async fn put(
    ctx: &Context,
    change: &mut UserChange,
    user: UserId,
    purpose: SmsPurpose,
    number: Phone,
) -> Result<(), Rollback> {
    forget(ctx, change.db(), user, purpose).await?;
    let id = SmsCodeId(ctx.new_id()?);
    let code = codes::ActiveModel {
        id: Set(id),
        user_id: Set(user),
        purpose: Set(purpose),
        session_hash: Set(ctx.session_hash().unwrap_or_default()),
        number: Set(number),
        code_hash: Set(None),
        failures: Set(0),
        created_at: Set(ctx.now()),
    };
    code.insert(change.db()).await?;
    change.deliver(&[Message::SmsCode(id)]).await?;
    Ok(())
}

/// The one of this session opens nothing any more.
pub(crate) async fn forget(ctx: &Context, db: &impl ConnectionTrait, user: UserId, purpose: SmsPurpose) -> Result<()> {
    if let Some(code) = of_session(ctx, user, purpose).one(db).await? {
        code.delete(db).await?;
    }
    Ok(())
}

pub(crate) fn sent(number: &Phone) -> SmsCodeSent {
    SmsCodeSent { to: number.masked() }
}

/// Counts a code before it is looked at.
///
/// # Errors
/// [`model::Problem::TooMany`] for more than ten for one person in a quarter of an hour from one network.
pub(crate) async fn begin_attempt(ctx: &Context, user: UserId) -> Result<Reservation> {
    let about = format!("{user} {}", ctx.network());
    throttle::reserve(ctx, vec![ATTEMPTS.of(about)]).await
}

/// The code was right, and the change is committed that used it up: what was typed and sent before no longer counts, here
/// and for the guard.
pub(crate) async fn succeed(ctx: &Context, user: UserId, reservation: Reservation, number: &Phone) -> Result<()> {
    reservation.give_back(ctx, &[ATTEMPTS]).await?;
    for throttle in OWN.into_iter().chain([UNRECOGNISED_BROWSER]) {
        throttle::reset(ctx, throttle, &user.to_string()).await?;
    }
    for purpose in [SmsPurpose::Number, SmsPurpose::SecondFactor] {
        end_wait(ctx, user, purpose).await?;
    }
    sms_guard::record_entry(ctx, number).await
}

/// Uses a code up, inside a change of its user; gives the number that it went to. A wrong one counts, so the change is
/// to be committed all the same.
pub(crate) async fn check(
    ctx: &Context,
    db: &impl ConnectionTrait,
    user: UserId,
    purpose: SmsPurpose,
    code: &str,
) -> Result<Result<Phone, CodeFault>> {
    let Some((asked, _)) = open(ctx, db, user, purpose).await? else { return Ok(Err(CodeFault::Expired)) };
    if asked.failures >= TRIES {
        return Ok(Err(CodeFault::Expired));
    }
    let encryption = &ctx.service().encryption;
    if asked.code_hash.as_deref().is_some_and(|hash| encryption.is_sms_code(asked.id, code, hash)) {
        let number = asked.number.clone();
        asked.delete(db).await?;
        return Ok(Ok(number));
    }
    let failures = asked.failures + 1;
    let mut asked = asked.into_active_model();
    asked.failures = Set(failures);
    asked.update(db).await?;
    Ok(Err(if failures < TRIES { CodeFault::Wrong } else { CodeFault::Expired }))
}

/// The message with the code, which is stored now; `None` when it is no longer asked for.
pub(crate) async fn message(ctx: &Context, id: SmsCodeId) -> Result<Option<Sms>> {
    let transaction = ctx.service().database.begin().await?;
    let asked = codes::Entity::find_by_id(id).one(&*transaction).await?.filter(|asked| ctx.now() < end(asked));
    let Some(asked) = asked else { return Ok(None) };
    let code = code(ctx, id);
    let to = asked.number.clone();
    let mut asked = asked.into_active_model();
    asked.code_hash = Set(Some(ctx.service().encryption.sms_code(id, &code)));
    asked.update(&*transaction).await?;
    transaction.commit().await?;
    Ok(Some(Sms::with_code(ctx, to, code)))
}

/// Six digits, the same on every try: a gateway may have taken one that seemed to fail. Of 64 bits, so that each is as
/// likely as another, to a part in 18 trillion.
fn code(ctx: &Context, id: SmsCodeId) -> String {
    let source = ctx.service().encryption.sms_code_source(id);
    let bits = source[..8].iter().fold(0, |bits: u64, byte| bits << 8 | u64::from(*byte));
    format!("{:06}", bits % DIGITS)
}

/// The number by which somebody shows a second factor.
pub(crate) async fn factor(db: &impl ConnectionTrait, user: UserId) -> Result<Option<phone::Model>> {
    Ok(phone::Entity::find_by_id(user).filter(phone::Column::SecondFactorAt.is_not_null()).one(db).await?)
}
