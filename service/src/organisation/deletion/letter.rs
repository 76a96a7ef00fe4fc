//! The letters to owner and Admins.

use super::{RESTORABLE, owner_name};
use crate::{Context, Letter, Result, entity::organisation as organisations, ownership, tenant};
use model::{OrganisationId, UserId};
use sea_orm::EntityTrait;

/// `None` when it was restored meanwhile.
pub(crate) async fn deleted(ctx: &Context, organisation: OrganisationId, reader: UserId) -> Result<Option<Letter>> {
    let row = organisations::Entity::find_by_id(organisation).one(ctx.readers()).await?;
    let Some((owner, at)) = row.and_then(|row| Some((row.owner_id, row.deleted_at?))) else { return Ok(None) };
    let end = ctx.moments().of(at + RESTORABLE).exact;
    let sentence = match owner_name(ctx.readers(), owner).await? {
        None => format!(
            "The login of its owner was closed, and nobody else can own the organisation. Nobody can enter it any more, \
             and it is gone for good on {end}."
        ),
        Some(_) if owner == reader => {
            format!("You deleted the organisation. It is gone for good on {end}. Until then you can restore it.")
        }
        Some(name) => {
            let name = model::in_letter(&name);
            format!(
                "{name} deleted the organisation. Nobody can enter it any more, and it is gone for good on {end}. \
                 Until then {name} can restore it: ask them if this is a mistake."
            )
        }
    };
    ownership::letter(ctx, organisation, reader, "is being deleted", &sentence).await
}

/// `None` when it was deleted again.
pub(crate) async fn restored(ctx: &Context, organisation: OrganisationId, reader: UserId) -> Result<Option<Letter>> {
    if tenant::is_deleting(ctx.readers(), organisation).await? {
        return Ok(None);
    }
    let sentence = "The organisation is restored. Everything in it is as it was.";
    ownership::letter(ctx, organisation, reader, "is restored", sentence).await
}
