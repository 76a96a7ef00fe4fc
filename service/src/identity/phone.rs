//! The mobile number of a person. One counts once a code that was sent to it has come back; until then the one from
//! before stays.

use crate::{
    Context, Letter, Message, Result, UserChange,
    database::Lane,
    entity::{phone as phones, sms_code as codes, sms_code::SmsPurpose, user as users},
    region,
    second_factor::{self, Identity},
    sms, sms_code,
    verified_email::VerifiedEmail,
};
use model::{
    AuditEvent, ChangePhone, ConfirmIdentity, ConfirmPhone, Conflict, Event, FieldErrors, Form, IdentityEvent,
    LetterText, OwnPhone, PasswordFault, PendingPhone, Phone, PhoneFault, PhoneNotice, Refusal, SecondFactorNotice,
    SmsCodeSent, UserId, VerifiedPhone,
};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel, ModelTrait,
    QueryFilter,
};

/// The number of the reader.
pub async fn get(ctx: &Context) -> Result<OwnPhone> {
    let user = ctx.user()?;
    let (db, moments) = (ctx.readers(), ctx.moments());
    let verified = phones::Entity::find_by_id(user).one(db).await?;
    let asked = sms_code::open(ctx, db, user, SmsPurpose::Number).await?;
    Ok(OwnPhone {
        verified: verified
            .map(|phone| VerifiedPhone { number: phone.number.grouped(), at: moments.of(phone.verified_at) }),
        asked: asked.map(|(code, end)| PendingPhone { number: code.number.grouped(), expires: moments.of(end) }),
        methods: second_factor::methods(db, user).await?,
        sms: sms::state(ctx).await?,
        country: region::country_of(db, user).await?,
        remove: second_factor::may_go_without_phone(db, user).await?,
    })
}

/// Asks for another number, in the place of one asked for before. Nothing changes until the code that is sent to it is
/// entered in the same session, within ten minutes.
///
/// # Errors
/// [`model::Problem::Invalid`] for the form, a wrong password, code or passkey; [`model::Problem::TooMany`]; as
/// [`crate::sms_guard::allow`].
pub async fn ask(ctx: &Context, form: ChangePhone) -> Result<()> {
    let user = ctx.user()?;
    let (number, identity) = form.validated()?.split();
    let number = Phone::from_e164(number).ok_or_else(|| FieldErrors::one("number", PhoneFault::Invalid))?;
    let identity = Identity::begin(ctx, user, identity).await?;
    sms_code::allow(ctx, user, SmsPurpose::Number, &number).await?;
    identity
        .change(ctx, Vec::new(), async |change| {
            sms_code::put(ctx, change, user, SmsPurpose::Number, number).await?;
            Ok(Some(Event::Identity(IdentityEvent::PhoneAsked)))
        })
        .await
}

/// Sends another code to the number that is asked for; the one before ends.
///
/// # Errors
/// [`Conflict::PhoneNotAsked`]; [`model::Problem::TooMany`]; as [`crate::sms_guard::allow`].
pub async fn send_again(ctx: &Context) -> Result<SmsCodeSent> {
    let user = ctx.user()?;
    let asked = sms_code::open(ctx, ctx.readers(), user, SmsPurpose::Number).await?;
    let number = asked.ok_or(Conflict::PhoneNotAsked)?.0.number;
    sms_code::allow(ctx, user, SmsPurpose::Number, &number).await?;
    UserChange::run(ctx, user, async |change| {
        sms_code::put(ctx, change, user, SmsPurpose::Number, number.clone()).await?;
        Ok(((), Event::Identity(IdentityEvent::SmsCodeSent { user })))
    })
    .await?;
    Ok(sms_code::sent(&number))
}

/// Takes the number into use whose code this is. Where codes to the one before were a second factor, those to this one
/// are, and other sessions end.
///
/// # Errors
/// [`model::Problem::Invalid`] for a wrong code, and for any that is too late; [`model::Problem::TooMany`].
pub async fn confirm(ctx: &Context, form: ConfirmPhone) -> Result<()> {
    let user = ctx.user()?;
    let ConfirmPhone { code } = form.validated()?;
    let reservation = sms_code::begin_attempt(ctx, user).await?;
    let number = UserChange::run(ctx, user, async |change| {
        let number = match sms_code::check(ctx, change.db(), user, SmsPurpose::Number, &code).await? {
            Ok(number) => number,
            // What counts it is kept.
            Err(fault) => {
                let refused = Event::Audit(AuditEvent::Refused { why: Refusal::WrongCode });
                return Ok((Err(FieldErrors::one("code", fault)), refused));
            }
        };
        let before = phones::Entity::find_by_id(user).one(change.db()).await?;
        let is_factor = before.as_ref().is_some_and(|before| before.second_factor_at.is_some());
        if let Some(before) = before {
            let mut phone = before.into_active_model();
            phone.number = Set(number.clone());
            phone.verified_at = Set(ctx.now());
            phone.update(change.db()).await?;
        } else {
            let phone = phones::ActiveModel {
                user_id: Set(user),
                number: Set(number.clone()),
                verified_at: Set(ctx.now()),
                second_factor_at: Set(None),
            };
            phone.insert(change.db()).await?;
        }
        if is_factor {
            // A code that went to the number before opens nothing any more.
            forget_codes(change.db(), user).await?;
            change.renew_credentials(user).await?;
        }
        change.deliver(&[Message::Phone { user, notice: PhoneNotice::Changed }]).await?;
        Ok((Ok(number), Event::Identity(IdentityEvent::PhoneChanged { user })))
    })
    .await??;
    sms_code::succeed(ctx, user, reservation, &number).await
}

/// Gives up the number that is asked for, which was nobody's yet: it stands in no log.
///
/// # Errors
/// [`model::Problem::SignedOut`].
pub async fn cancel(ctx: &Context) -> Result<()> {
    let user = ctx.user()?;
    let transaction = ctx.service().database.begin_in(Lane::User(user)).await?;
    transaction.lock(user.0).await?;
    sms_code::forget(ctx, &*transaction, user, SmsPurpose::Number).await?;
    transaction.commit().await?;
    sms_code::end_wait(ctx, user, SmsPurpose::Number).await
}

/// Removes the number, and with it the codes that went there.
///
/// # Errors
/// [`Refusal::SecondFactorRequired`] where a policy requires the second factor that it is; [`model::Problem::Invalid`]
/// without the password, and for a wrong password, code or passkey; [`model::Problem::TooMany`].
pub async fn remove(ctx: &Context, form: ConfirmIdentity) -> Result<()> {
    let user = ctx.user()?;
    if form.password.is_empty() {
        return Err(FieldErrors::one("password", PasswordFault::Missing).into());
    }
    second_factor::confirm_identity(ctx, user, form, async |change| {
        let Some(phone) = phones::Entity::find_by_id(user).one(change.db()).await? else { return Ok(Vec::new()) };
        let was_factor = phone.second_factor_at.is_some();
        phone.delete(change.db()).await?;
        forget_codes(change.db(), user).await?;
        change.deliver(&[Message::Phone { user, notice: PhoneNotice::Removed }]).await?;
        let mut events = vec![Event::Identity(IdentityEvent::PhoneRemoved { user })];
        if was_factor {
            second_factor::after_removal(change, user).await?;
            change.deliver(&[Message::SecondFactor { user, notice: SecondFactorNotice::SmsRemoved }]).await?;
            events.push(Event::Identity(IdentityEvent::SmsFactorRemoved { user }));
        }
        Ok(events)
    })
    .await
}

async fn forget_codes(db: &impl ConnectionTrait, user: UserId) -> Result<()> {
    codes::Entity::delete_many().filter(codes::Column::UserId.eq(user)).exec(db).await?;
    Ok(())
}

/// Tells somebody what happened to their number.
pub(crate) async fn letter(ctx: &Context, user: UserId, notice: PhoneNotice) -> Result<Option<Letter>> {
    let Some(row) = users::Entity::find_by_id(user).one(ctx.readers()).await? else { return Ok(None) };
    let Some(address) = VerifiedEmail::of(&row) else { return Ok(None) };
    let page = format!("{}/phone", ctx.service().settings.public_url);
    let text = LetterText::Phone { first_name: row.first_name.clone(), notice, page };
    Ok(Some(Letter::to_user(&address, &text, ctx.locale())))
}
