//! Changing a password, by somebody who knows the current one.

use crate::{
    Context, Letter, Message, Result, UserChange,
    entity::user,
    password,
    password_choice::{self, Person},
    verified_email::VerifiedEmail,
};
use model::{ChangePassword, Conflict, Event, Form, IdentityEvent, LetterText, PasswordNotice, Problem, UserId};
use sea_orm::EntityTrait;

/// Takes another password into use, and ends the other sessions. Its user is told by a letter.
///
/// # Errors
/// [`Problem::Invalid`] for the form, for a new password that is common or contains its user's name or address, and for
/// a wrong current one; [`Problem::Conflict`] when it was changed meanwhile; [`Problem::TooMany`].
pub async fn change(ctx: &Context, form: ChangePassword) -> Result<()> {
    let user = ctx.user()?;
    let ChangePassword { password, new_password, repeated_password: _ } = form.validated()?;
    let before = user::Entity::find_by_id(user).one(ctx.readers()).await?.ok_or(Problem::SignedOut)?;
    password_choice::check("new_password", &new_password, &Person::of(&before))?;
    password::confirm(ctx, password).await?;
    let hash = password::hash(ctx, new_password).await?;
    UserChange::run(ctx, user, async |change| {
        let now = user::Entity::find_by_id(user).one(change.db()).await?.ok_or(Problem::SignedOut)?;
        // What was confirmed was the password of then.
        if now.password_hash != before.password_hash {
            return Err(Conflict::SameMoment.into());
        }
        password::put(change.db(), user, hash).await?;
        change.renew_credentials(user).await?;
        change.deliver(&[Message::Password { user, notice: PasswordNotice::Changed }]).await?;
        Ok(((), Event::Identity(IdentityEvent::PasswordChanged { user })))
    })
    .await
}

/// The letter that says that somebody's password is another.
pub(crate) async fn letter(ctx: &Context, user: UserId, notice: PasswordNotice) -> Result<Option<Letter>> {
    let Some(row) = user::Entity::find_by_id(user).one(ctx.readers()).await? else { return Ok(None) };
    let Some(address) = VerifiedEmail::of(&row) else { return Ok(None) };
    let page = format!("{}/forgot-password", ctx.service().settings.public_url);
    let text = LetterText::Password { first_name: row.first_name.clone(), notice, page };
    Ok(Some(Letter::to_user(&address, &text, ctx.locale())))
}
