use crate::{Context, Letter, Result, entity::user, verified_email::VerifiedEmail};
use model::{LetterText, SecondFactorNotice, UserId};
use sea_orm::EntityTrait;

/// Tells somebody what happened to their two-factor authentication.
pub(crate) async fn letter(ctx: &Context, user: UserId, notice: SecondFactorNotice) -> Result<Option<Letter>> {
    let Some(row) = user::Entity::find_by_id(user).one(ctx.readers()).await? else { return Ok(None) };
    let Some(address) = VerifiedEmail::of(&row) else { return Ok(None) };
    let page = format!("{}/second-factor", ctx.service().settings.public_url);
    let text = LetterText::SecondFactor { first_name: row.first_name.clone(), notice, page };
    Ok(Some(Letter::to_user(&address, &text, ctx.locale())))
}
