//! Setting up: the app is shown the key, and a code of it shows that it has it.

use super::{app, confirm_identity, methods, recovery, required_by, step, unusable, wrong_code};
use crate::{
    Context, Message, Result, UserChange,
    encryption::EncryptedColumn,
    entity::{second_factor, second_factor_offer as offers, user},
    throttle::{self, Throttle},
};
use model::{
    ConfirmByCode, ConfirmIdentity, Conflict, Event, Form, IdentityEvent, Problem, QrCode, SecondFactor,
    SecondFactorNotice, SecondFactorOffer, Timestamp, UserId,
};
use qrcodegen::{QrCode as Squares, QrCodeEcc};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, ModelTrait, QueryFilter, Select,
};
use std::{fmt::Write, time::Duration};

/// What the app calls the codes.
const ISSUER: &str = "Tenantry";
/// An offer is to be confirmed within.
const LIFETIME: Duration = Duration::from_mins(30);
/// Codes that somebody types who sets up an app.
const SETTING_UP: Throttle = Throttle { name: "second-factor-set-up", tries: 10, within: Duration::from_mins(15) };
/// 160 bits, as RFC 4226 recommends.
const KEY_BYTES: usize = 20;
/// Light squares around the code, for the camera.
const QUIET: i32 = 4;

/// How the reader's sign-in is protected.
pub async fn get(ctx: &Context) -> Result<SecondFactor> {
    let user = ctx.user()?;
    let db = ctx.readers();
    let moments = ctx.moments();
    let set_up = second_factor::Entity::find_by_id(user).one(db).await?.map(|row| moments.of(row.created_at));
    let offer = match open_offer(ctx, db, user).await? {
        Some(offer) => {
            Some(to_view(&offer, &user::Entity::find_by_id(user).one(db).await?.ok_or(Problem::SignedOut)?.email)?)
        }
        None => None,
    };
    let required_by = required_by(db, user).await?.into_iter().map(|(name, from)| (name, moments.of(from))).collect();
    let (methods, recovery_codes) = (methods(db, user).await?, recovery::count(db, user).await?);
    Ok(SecondFactor { methods, set_up, recovery_codes, offer, required_by })
}

/// What somebody is offered, readable.
struct Offer {
    row: offers::Model,
    key: String,
    recovery_codes: Vec<String>,
}

/// What was begun in this session; another one of the user is not shown the key.
async fn open_offer(ctx: &Context, db: &impl ConnectionTrait, user: UserId) -> Result<Option<Offer>> {
    let row = offers::Entity::find_by_id(user).one(db).await?.filter(|row| row.session_hash == ctx.session_hash());
    let Some(row) = row.filter(|row| ctx.now().since(row.created_at) < LIFETIME) else { return Ok(None) };
    let read = |column, value| ctx.service().decrypt(column, user, value);
    let key = read(EncryptedColumn::SecondFactorOfferKey, &row.key)?;
    let codes = read(EncryptedColumn::SecondFactorOfferRecoveryCodes, &row.recovery_codes)?;
    Ok(Some(Offer { row, key, recovery_codes: codes.split(' ').map(ToOwned::to_owned).collect() }))
}

/// Those that nobody confirmed in time, to be deleted.
pub(crate) fn expired_offers(now: Timestamp) -> Select<offers::Entity> {
    offers::Entity::find().filter(offers::Column::CreatedAt.lte(now - LIFETIME))
}

fn to_view(offer: &Offer, email: &str) -> Result<SecondFactorOffer> {
    // A colon would end the name.
    let app = app(&offer.key)?.with_issuer(Some(ISSUER)).with_account_name(email.replace(':', " "));
    let url = app.build().and_then(|app| app.to_url()).map_err(unusable)?;
    let squares = Squares::encode_text(&url, QrCodeEcc::Medium).map_err(unusable)?;
    let groups: Vec<_> = offer.key.as_bytes().chunks(4).map(String::from_utf8_lossy).collect();
    Ok(SecondFactorOffer {
        key: groups.join(" "),
        picture: picture(&squares),
        recovery_codes: offer.recovery_codes.clone(),
    })
}

fn picture(squares: &Squares) -> QrCode {
    let mut path = String::new();
    for y in 0..squares.size() {
        for x in (0..squares.size()).filter(|x| squares.get_module(*x, y)) {
            // A String takes whatever is written to it.
            let _ = write!(path, "M{} {}h1v1h-1z", x + QUIET, y + QUIET);
        }
    }
    QrCode { path, side: u16::try_from(squares.size() + 2 * QUIET).unwrap_or(0) }
}

/// Begins to set up a second factor, or a new one in the place of the one there is, which counts until then.
///
/// # Errors
/// [`Problem::ProofNeeded`]; [`Problem::Invalid`] for a wrong password or code; [`Problem::TooMany`].
pub async fn begin(ctx: &Context, form: ConfirmIdentity) -> Result<()> {
    let user = ctx.user()?;
    let key = new_key(ctx)?;
    let recovery_codes = recovery::new(ctx)?;
    let hide = |column, text: &str| ctx.service().encrypt(column, user, text);
    let key = hide(EncryptedColumn::SecondFactorOfferKey, &key)?;
    let recovery_codes = hide(EncryptedColumn::SecondFactorOfferRecoveryCodes, &recovery_codes.join(" "))?;
    confirm_identity(ctx, user, form, async |change| {
        offers::Entity::delete_by_id(user).exec(change.db()).await?;
        let offer = offers::ActiveModel {
            user_id: Set(user),
            key: Set(key),
            recovery_codes: Set(recovery_codes),
            created_at: Set(ctx.now()),
            session_hash: Set(ctx.session_hash()),
        };
        offer.insert(change.db()).await?;
        Ok(Some(Event::Identity(IdentityEvent::SecondFactorBegun)))
    })
    .await
}

pub(crate) fn new_key(ctx: &Context) -> Result<String> {
    Ok(base32(&ctx.service().random()?[..KEY_BYTES]))
}

pub(super) fn base32(bytes: &[u8]) -> String {
    totp_rs::Secret::new(bytes.into()).to_base32()
}

/// Takes what was begun into use: from now on a code is asked of whoever signs in as this person. Ends the other
/// sessions.
///
/// # Errors
/// [`Problem::Invalid`] for a wrong code; [`Problem::Conflict`] when nothing was begun, or too long ago;
/// [`Problem::TooMany`].
pub async fn confirm(ctx: &Context, form: ConfirmByCode) -> Result<()> {
    let user = ctx.user()?;
    let ConfirmByCode { code } = form.validated()?;
    let reservation = throttle::reserve(ctx, vec![SETTING_UP.of(user)]).await?;
    UserChange::run(ctx, user, async |change| {
        let offer = open_offer(ctx, change.db(), user).await?.ok_or_else(over)?;
        let latest_step = step(&offer.key, &code, ctx.now())?.ok_or_else(wrong_code)?;
        let replaced = second_factor::Entity::delete_by_id(user).exec(change.db()).await?.rows_affected > 0;
        let factor = second_factor::ActiveModel {
            user_id: Set(user),
            key: Set(ctx.service().encrypt(EncryptedColumn::SecondFactorKey, user, &offer.key)?),
            latest_step: Set(latest_step),
            created_at: Set(ctx.now()),
            failures: Set(0),
            retry_at: Set(Timestamp(0)),
        };
        factor.insert(change.db()).await?;
        recovery::keep(ctx, change.db(), user, &offer.recovery_codes).await?;
        offer.row.delete(change.db()).await?;
        change.renew_credentials(user).await?;
        let notice = if replaced { SecondFactorNotice::Replaced } else { SecondFactorNotice::SetUp };
        change.deliver(&[Message::SecondFactor { user, notice }]).await?;
        Ok(((), Event::Identity(IdentityEvent::SecondFactorSet { user })))
    })
    .await?;
    reservation.give_back(ctx, &[SETTING_UP]).await
}

fn over() -> Problem {
    Conflict::SecondFactorOfferExpired.into()
}
