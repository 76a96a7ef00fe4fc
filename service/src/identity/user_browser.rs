//! The kinds of browsers that somebody has signed in with. The first sign-in with another is told them by a letter: it
//! may be somebody else's.

use crate::{
    Context, Letter, Result,
    entity::{user, user_browser},
    verified_email::VerifiedEmail,
};
use model::{Device, LetterText, Timestamp, UserId};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, PaginatorTrait, QueryFilter,
};

/// Notes this kind of browser; whether it is the first of its kind, and not the first of all.
pub(crate) async fn note(ctx: &Context, db: &impl ConnectionTrait, user: UserId, device: Device) -> Result<bool> {
    let (browser, system) = (device.browser.name().to_owned(), device.system.name().to_owned());
    let this = user_browser::Entity::find_by_id((user, browser.clone(), system.clone()));
    if this.one(db).await?.is_some() {
        return Ok(false);
    }
    let others = user_browser::Entity::find().filter(user_browser::Column::UserId.eq(user)).count(db).await?;
    let row = user_browser::ActiveModel {
        user_id: Set(user),
        browser: Set(browser),
        system: Set(system),
        created_at: Set(ctx.now()),
    };
    row.insert(db).await?;
    Ok(others > 0)
}

/// Tells somebody that they signed in with another kind of browser; `None` for an address that is not confirmed.
pub(crate) async fn letter(
    ctx: &Context,
    user: UserId,
    device: Device,
    ip: String,
    at: Timestamp,
) -> Result<Option<Letter>> {
    let Some(row) = user::Entity::find_by_id(user).one(ctx.readers()).await? else { return Ok(None) };
    let Some(address) = VerifiedEmail::of(&row) else { return Ok(None) };
    let text = LetterText::NewDevice {
        first_name: row.first_name.clone(),
        device,
        ip,
        at: ctx.moments().of(at).exact,
        sessions: format!("{}/sessions", ctx.service().settings.public_url),
    };
    Ok(Some(Letter::to_user(&address, &text, ctx.locale())))
}
