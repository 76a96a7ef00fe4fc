//! Where people are: their country, and the time zone that they read dates in. What the browser said when they were
//! new counts until they say otherwise.

use crate::{Context, Result, UserChange, entity::user, moment, time_zone};
use jiff::{Timestamp as Instant, tz::TimeZone};
use model::{
    Country, Event, FieldErrors, FieldFault, Form, IdentityEvent, OwnRegion, Problem, TimeZoneChoice, UpdateRegion,
    UserId,
};
use sea_orm::{ActiveModelTrait, ActiveValue::Set, ConnectionTrait, EntityTrait, IntoActiveModel};

/// What the zone of a browser tells of whoever is new there.
pub(crate) struct Detected {
    /// The code of ISO 3166-1.
    pub country: Option<String>,
    pub time_zone: Option<String>,
}

/// What is known of somebody new by the browser of this request. One without the page's code says nothing.
pub(crate) fn detect(ctx: &Context) -> Detected {
    let zone = ctx.request().time_zone.as_deref().and_then(time_zone::bundled);
    let place = zone.as_ref().and_then(TimeZone::location);
    Detected {
        country: place.and_then(|place| Country::read(place.country()).code()).map(ToOwned::to_owned),
        time_zone: zone.as_ref().and_then(TimeZone::iana_name).map(ToOwned::to_owned),
    }
}

pub(crate) fn country(row: &user::Model) -> Country {
    row.country.as_deref().map(Country::read).unwrap_or_default()
}

/// The country of a user, for what they fill in; unset for nobody.
pub async fn country_of(db: &impl ConnectionTrait, user: UserId) -> Result<Country> {
    Ok(user::Entity::find_by_id(user).one(db).await?.as_ref().map(country).unwrap_or_default())
}

/// The same work, for somebody who reads what comes of it later: in their zone.
pub(crate) fn for_reader(ctx: &Context, reader: &user::Model) -> Context {
    ctx.clone().with_time_zone(reader.time_zone.clone())
}

/// Where whoever is signed in is, and the zones to choose from with their offsets now.
///
/// # Errors
/// [`Problem::SignedOut`].
pub async fn get(ctx: &Context) -> Result<OwnRegion> {
    let user = ctx.user()?;
    let row = user::Entity::find_by_id(user).one(ctx.readers()).await?.ok_or(Problem::SignedOut)?;
    let now = moment::instant(ctx.now());
    let named = |name: &str| time_zone::bundled(name).as_ref().map(|zone| choice(zone, now));
    Ok(OwnRegion {
        country: country(&row),
        time_zone: row.time_zone.as_deref().and_then(named),
        browser: ctx.request().time_zone.as_deref().and_then(named).unwrap_or_else(|| choice(&TimeZone::UTC, now)),
        zones: time_zone::names().iter().filter_map(|name| named(name)).collect(),
    })
}

fn choice(zone: &TimeZone, now: Instant) -> TimeZoneChoice {
    let minutes = zone.to_offset(now).seconds() / 60;
    TimeZoneChoice {
        name: zone.iana_name().unwrap_or_default().to_owned(),
        offset: i16::try_from(minutes).unwrap_or_default(),
    }
}

/// Says where whoever is signed in is. All their open pages show dates in the new zone.
///
/// # Errors
/// [`Problem::Invalid`] for a country or a zone that there is none of, by the name of its field; [`Problem::SignedOut`].
pub async fn update(ctx: &Context, form: UpdateRegion) -> Result<()> {
    let user = ctx.user()?;
    let UpdateRegion { country, time_zone } = form.validated()?;
    let (country, time_zone) = (country.code().map(ToOwned::to_owned), zone_of(&time_zone)?);
    UserChange::run(ctx, user, async |change| {
        let row = user::Entity::find_by_id(user).one(change.db()).await?.ok_or(Problem::SignedOut)?;
        if (&row.country, &row.time_zone) == (&country, &time_zone) {
            return Ok(((), Vec::new()));
        }
        let mut row = row.into_active_model();
        row.country = Set(country);
        row.time_zone = Set(time_zone);
        row.update(change.db()).await?;
        Ok(((), vec![Event::Identity(IdentityEvent::RegionChanged)]))
    })
    .await
}

/// The name of a zone as IANA writes it; nothing for nothing.
fn zone_of(text: &str) -> Result<Option<String>, FieldErrors> {
    if text.is_empty() {
        return Ok(None);
    }
    let zone = time_zone::resolve(text);
    let name = zone.as_ref().and_then(TimeZone::iana_name).map(ToOwned::to_owned);
    name.map(Some).ok_or_else(|| FieldErrors::one("time_zone", FieldFault::TimeZoneUnknown))
}
