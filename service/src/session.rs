//! Signed-in browsers. Their cookie's secret is stored only hashed.

use crate::{Context, Result, Secret, Service, entity::session};
use model::{Timestamp, UserId};
use quick_cache::sync::Cache;
use sea_orm::{ActiveModelTrait, ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter};

/// A session as the HTTP edge keeps it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Session {
    pub user: Option<UserId>,
    /// Where it was signed in, and with what.
    pub ip: String,
    pub user_agent: String,
    /// What the edge keeps in it, in its own form.
    pub data: String,
    pub expires_at: Timestamp,
}

/// Sessions that were read, with the version of their user from before the reading.
pub(crate) struct KnownSessions(Cache<String, (u64, Session)>);

const KNOWN: usize = 20_000;

impl KnownSessions {
    pub fn new() -> Self {
        Self(Cache::new(KNOWN))
    }
}

/// The session with this secret, unless it has expired.
pub async fn get(service: &Service, secret: &Secret) -> Result<Option<Session>> {
    let hash = secret.hash().into_column();
    let exclusive = service.database.is_exclusive();
    let versions = &service.database.signals.versions;
    let alive = |session: &Session| session.expires_at > service.now();
    if exclusive
        && let Some((version, session)) = service.sessions.0.get(&hash)
        && session.user.is_some_and(|user| versions.of(user.0) == version)
    {
        return Ok(Some(session).filter(alive));
    }
    let readers = service.database.readers();
    let Some(row) = session::Entity::find_by_id(hash.clone()).one(readers).await? else { return Ok(None) };
    let found = |row: session::Model| Session {
        user: row.user_id,
        ip: row.ip,
        user_agent: row.user_agent,
        data: row.data,
        expires_at: row.expires_at,
    };
    if let (true, Some(user)) = (exclusive, row.user_id) {
        // The user is known only after the reading, so it is read again, with the version from before.
        let version = versions.of(user.0);
        let Some(row) = session::Entity::find_by_id(hash.clone()).one(readers).await? else { return Ok(None) };
        let session = found(row);
        service.sessions.0.insert(hash, (version, session.clone()));
        return Ok(Some(session).filter(alive));
    }
    Ok(Some(found(row)).filter(alive))
}

/// Keeps a session, new or changed.
pub async fn put(service: &Service, secret: &Secret, session: Session) -> Result<()> {
    let hash = secret.hash().into_column();
    let mut transaction = service.database.begin().await?;
    transaction.hold_text(&hash).await?;
    let Session { user, ip, user_agent, data, expires_at } = session;
    let row = session::ActiveModel {
        id_hash: Set(hash.clone()),
        user_id: Set(user),
        data: Set(data),
        ip: Set(ip),
        user_agent: Set(user_agent.chars().take(300).collect()),
        created_at: Set(service.now()),
        expires_at: Set(expires_at),
    };
    if session::Entity::find_by_id(hash).one(&*transaction).await?.is_some() {
        session::ActiveModel { created_at: sea_orm::ActiveValue::NotSet, ..row }.update(&*transaction).await?;
    } else {
        row.insert(&*transaction).await?;
    }
    transaction.effects.stale.extend(user.map(|user| user.0));
    transaction.commit().await
}

/// Ends a session.
pub async fn delete(service: &Service, secret: &Secret) -> Result<()> {
    let hash = secret.hash().into_column();
    let mut transaction = service.database.begin().await?;
    if let Some(row) = session::Entity::find_by_id(hash).one(&*transaction).await? {
        transaction.effects.stale.extend(row.user_id.map(|user| user.0));
        session::Entity::delete_by_id(row.id_hash).exec(&*transaction).await?;
    }
    transaction.commit().await
}

/// Forgets sessions that have expired.
pub async fn delete_expired(service: &Service) -> Result<()> {
    let transaction = service.database.begin().await?;
    session::Entity::delete_many().filter(session::Column::ExpiresAt.lt(service.now())).exec(&*transaction).await?;
    transaction.commit().await
}

/// How many browsers of this user are signed in.
pub(crate) async fn count_open(ctx: &Context, user: UserId) -> Result<u64> {
    use sea_orm::PaginatorTrait;
    let open = session::Entity::find()
        .filter(session::Column::UserId.eq(user))
        .filter(session::Column::ExpiresAt.gt(ctx.now()));
    Ok(open.count(ctx.readers()).await?)
}
