use crate::{Context, Letter, Result, entity::user, verified_email::VerifiedEmail};
use model::{SecondFactorNotice, UserId};
use sea_orm::EntityTrait;

/// Tells somebody what happened to their two-factor authentication.
pub(crate) async fn letter(ctx: &Context, user: UserId, notice: SecondFactorNotice) -> Result<Option<Letter>> {
    let Some(row) = user::Entity::find_by_id(user).one(ctx.readers()).await? else { return Ok(None) };
    let Some(address) = VerifiedEmail::of(&row) else { return Ok(None) };
    let text = notice.letter(&row.first_name, &ctx.service().settings.public_url);
    Ok(Some(Letter::to_user(&address, notice.subject().to_owned(), text)))
}
