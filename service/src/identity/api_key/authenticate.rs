//! A program shows its key.

use crate::{
    Actor, Context, Error, Network, Result, Secret, Service,
    database::Lane,
    entity::api_key,
    rate_limit::{self, Limit, Quota},
};
use model::{OwnKey, Problem};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, sea_query::Expr};
use std::time::Duration;

/// The use of a key is noted at most so often.
const LAST_USED_PRECISION: Duration = Duration::from_mins(1);

/// Requests a minute from one network with keys that open nothing: nobody needs more than a few to see that.
const UNUSABLE: Limit = Limit { name: "network", requests: 120 };

/// All keys of an organisation together may make so many times the requests of one.
const KEYS: u32 = 5;

/// Whether a request of a program may be carried out, and where it stands with its limits.
pub struct Admission {
    pub actor: Result<Actor>,
    pub quotas: Vec<Quota>,
}

/// Finds out who acts with this secret and counts the request: for its key and for the key's organisation, and for its
/// network where the key opens nothing.
///
/// # Errors
/// In [`Admission::actor`]: [`Problem::UnknownKey`]; [`Problem::TooMany`] by any of the three. In that case the
/// operation is not begun.
pub async fn admit(service: &Service, secret: Option<&Secret>, ip: &str) -> Admission {
    let mut quotas = Vec::new();
    let actor = count(service, secret, ip, &mut quotas).await;
    Admission { actor, quotas }
}

async fn count(service: &Service, secret: Option<&Secret>, ip: &str, quotas: &mut Vec<Quota>) -> Result<Actor> {
    let hash = secret.map(|secret| secret.hash().into_column());
    if let Some(quota) = hash.as_ref().and_then(|hash| service.rates.closed(hash, service.now())) {
        quotas.push(quota);
        return Err(over(quota));
    }
    let row = match &hash {
        Some(hash) => find(service, hash).await?,
        None => None,
    };
    let requests = service.settings.api_rate;
    let counted: Vec<(Limit, String)> = match &row {
        None => vec![(UNUSABLE, Network::of(ip).to_string())],
        Some(row) => {
            let of_organisation = Limit { name: "organisation", requests: requests.saturating_mul(KEYS) };
            let unusable = is_over(row, service).then(|| (UNUSABLE, Network::of(ip).to_string()));
            let of_key = (Limit { name: "key", requests }, row.id.to_string());
            [of_key, (of_organisation, row.organisation_id.to_string())].into_iter().chain(unusable).collect()
        }
    };
    for (limit, about) in counted {
        let quota = rate_limit::take(service, limit, &about).await?;
        quotas.push(quota);
        if !quota.allowed {
            if let Some(hash) = hash {
                service.rates.close(hash, quota, service.now());
            }
            return Err(over(quota));
        }
    }
    use_of(service, row.ok_or(Problem::UnknownKey)?).await
}

fn over(quota: Quota) -> Error {
    Problem::TooMany { seconds: quota.reset }.into()
}

async fn find(service: &Service, secret_hash: &str) -> Result<Option<api_key::Model>> {
    let row = api_key::Entity::find().filter(api_key::Column::SecretHash.eq(secret_hash));
    Ok(row.one(service.database.readers()).await?)
}

/// Who acts with this secret. Whether the key still opens anything is asked where every permission is.
///
/// # Errors
/// [`Problem::UnknownKey`].
pub async fn authenticate(service: &Service, secret: &Secret) -> Result<Actor> {
    let row = find(service, &secret.hash().into_column()).await?.ok_or(Problem::UnknownKey)?;
    use_of(service, row).await
}

fn is_over(row: &api_key::Model, service: &Service) -> bool {
    row.revoked_at.is_some() || row.expires_at.is_some_and(|at| at <= service.now())
}

async fn use_of(service: &Service, row: api_key::Model) -> Result<Actor> {
    if !is_over(&row, service) && row.last_used_at.is_none_or(|at| service.now().since(at) >= LAST_USED_PRECISION) {
        record_use(service, &row).await?;
    }
    Ok(Actor::Key { key: row.id, creator: row.created_by })
}

/// Of a key that is gone meanwhile there is nothing to note.
async fn record_use(service: &Service, key: &api_key::Model) -> Result<()> {
    let transaction = service.database.begin_in(Lane::Entries(key.organisation_id)).await?;
    api_key::Entity::update_many()
        .col_expr(api_key::Column::LastUsedAt, Expr::value(service.now()))
        .filter(api_key::Column::Id.eq(key.id))
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
