//! A program shows its key.

use crate::{Actor, Context, Result, Secret, Service, entity::api_key};
use model::{ApiKeyId, OwnKey, Problem};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, sea_query::Expr};
use std::time::Duration;

/// The use of a key is noted at most so often.
const NOTED: Duration = Duration::from_mins(1);

/// Who acts with this secret. Whether the key still opens anything is asked where every permission is.
///
/// # Errors
/// [`Problem::UnknownKey`].
pub async fn present(service: &Service, secret: &Secret) -> Result<Actor> {
    let hash = secret.hash().into_column();
    let row = api_key::Entity::find().filter(api_key::Column::SecretHash.eq(hash));
    let row = row.one(service.database.readers()).await?.ok_or(Problem::UnknownKey)?;
    let actor = Actor::Key { key: row.id, maker: row.created_by };
    let now = service.now();
    let is_over = row.revoked_at.is_some() || row.expires_at.is_some_and(|at| at <= now);
    if !is_over && row.last_used_at.is_none_or(|at| now.since(at) >= NOTED) {
        note(service, row.id).await?;
    }
    Ok(actor)
}

/// Of a key that is gone meanwhile there is nothing to note.
async fn note(service: &Service, key: ApiKeyId) -> Result<()> {
    let transaction = service.database.begin().await?;
    api_key::Entity::update_many()
        .col_expr(api_key::Column::LastUsedAt, Expr::value(service.now()))
        .filter(api_key::Column::Id.eq(key))
        .exec(&*transaction)
        .await?;
    transaction.commit().await
}

/// The key that the request was made with.
///
/// # Errors
/// [`Problem::UnknownKey`] for people, who have none.
pub async fn own(ctx: &Context) -> Result<OwnKey> {
    let Actor::Key { key, .. } = ctx.actor() else { return Err(Problem::UnknownKey.into()) };
    let row = api_key::Entity::find_by_id(key).one(ctx.readers()).await?.ok_or(Problem::UnknownKey)?;
    let access = ctx.member(row.account_id).await?;
    Ok(OwnKey { id: row.id, name: row.name, account: row.account_id, permissions: access.rights().permissions })
}
