//! The letters to owner and Admins.

use super::{RESTORABLE, owner_name};
use crate::{
    Context, Letter, Result,
    entity::{organisation as organisations, user as users},
    ownership, region, tenant,
};
use model::{OrganisationId, OrganisationNotice, UserId};
use sea_orm::EntityTrait;

/// `None` when it was restored meanwhile.
pub(crate) async fn deleted(ctx: &Context, organisation: OrganisationId, reader: UserId) -> Result<Option<Letter>> {
    let row = organisations::Entity::find_by_id(organisation).one(ctx.readers()).await?;
    let Some((owner, at)) = row.and_then(|row| Some((row.owner_id, row.deleted_at?))) else { return Ok(None) };
    let Some(row) = users::Entity::find_by_id(reader).one(ctx.readers()).await? else { return Ok(None) };
    let until = region::for_reader(ctx, &row).moments().of(at + RESTORABLE).exact;
    let notice = match owner_name(ctx.readers(), owner).await? {
        None => OrganisationNotice::DeletedWithOwner { until },
        Some(_) if owner == reader => OrganisationNotice::DeletedByReader { until },
        Some(name) => OrganisationNotice::DeletedBy { name, until },
    };
    ownership::letter(ctx, organisation, reader, notice).await
}

/// `None` when it was deleted again.
pub(crate) async fn restored(ctx: &Context, organisation: OrganisationId, reader: UserId) -> Result<Option<Letter>> {
    if tenant::is_deleting(ctx.readers(), organisation).await? {
        return Ok(None);
    }
    ownership::letter(ctx, organisation, reader, OrganisationNotice::Restored).await
}
