//! Signed-in browsers. Their cookie's secret is stored only hashed.

use crate::{Context, Hint, Result, Secret, Service, credentials, database::Lane, entity::session};
use model::{Timestamp, UserId};
use quick_cache::sync::Cache;
use sea_orm::{
    ActiveModelTrait,
    ActiveValue::{NotSet, Set},
    ColumnTrait, ConnectionTrait, EntityTrait, FromQueryResult, PaginatorTrait, QueryFilter, Select, Statement,
};
use std::time::Duration;

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
    /// See [`crate::Login`]; it is taken when the session is new.
    pub credentials_version: i64,
}

/// Sessions that were read, with the version of their user from before the reading,
/// and that of all places, since who is where says how long a session may last.
pub(crate) struct SessionCache(Cache<String, ((u64, u64), Session)>);

const CAPACITY: usize = 20_000;

impl SessionCache {
    pub fn new() -> Self {
        Self(Cache::new(CAPACITY))
    }
}

/// The shortest that a session may last in the organisations that a user is in, by their policies.
const SHORTEST: &str = "SELECT MIN(CAST(o.policy ->> 'session_hours' AS BIGINT)) AS hours
    FROM membership m JOIN organisation o ON o.id = m.organisation_id
    WHERE m.suspended_at IS NULL AND m.user_id =";

#[derive(FromQueryResult)]
struct Row {
    user_id: Option<UserId>,
    ip: String,
    user_agent: String,
    data: String,
    created_at: Timestamp,
    expires_at: Timestamp,
    credentials_version: i64,
    hours: Option<i64>,
}

impl Row {
    fn session(self) -> Session {
        let Self { user_id, ip, user_agent, data, created_at, expires_at, credentials_version, hours } = self;
        let expires_at = hours.map_or(expires_at, |hours| expires_at.min(created_at + lifetime(hours)));
        Session { user: user_id, ip, user_agent, data, expires_at, credentials_version }
    }
}

fn lifetime(hours: i64) -> Duration {
    Duration::from_hours(u64::try_from(hours).unwrap_or(0))
}

async fn read(service: &Service, hash: &str) -> Result<Option<Row>> {
    let db = service.database.readers();
    let sql = format!(
        "SELECT s.user_id, s.ip, s.user_agent, s.data, s.created_at, s.expires_at, s.credentials_version,
            ({SHORTEST} s.user_id) AS hours
         FROM session s LEFT JOIN \"user\" u ON u.id = s.user_id
         WHERE s.id_hash = $1 AND (s.user_id IS NULL OR s.credentials_version = u.credentials_version)"
    );
    let statement = Statement::from_sql_and_values(db.get_database_backend(), sql, [hash.into()]);
    Ok(Row::find_by_statement(statement).one(db).await?)
}

/// The session with this secret, unless it has expired, or has lasted longer than the policy of an
/// organisation that its user is in, or what they sign in with has changed since.
pub async fn get(service: &Service, secret: &Secret) -> Result<Option<Session>> {
    let hash = secret.hash().into_column();
    let exclusive = service.database.is_exclusive();
    let versions = &service.database.signals.versions;
    let version = |user: UserId| (versions.of(user.0), versions.membership_version());
    let alive = |session: &Session| session.expires_at > service.now();
    if exclusive
        && let Some((then, session)) = service.extension::<SessionCache>().0.get(&hash)
        && session.user.is_some_and(|user| version(user) == then)
    {
        return Ok(Some(session).filter(alive));
    }
    let Some(row) = read(service, &hash).await? else { return Ok(None) };
    if let (true, Some(user)) = (exclusive, row.user_id) {
        // The user is known only after the reading, so it is read again, with the version from before.
        let before = version(user);
        let Some(row) = read(service, &hash).await? else { return Ok(None) };
        let session = row.session();
        service.extension::<SessionCache>().0.insert(hash, (before, session.clone()));
        return Ok(Some(session).filter(alive));
    }
    Ok(Some(row.session()).filter(alive))
}

/// Whether the session of this request goes on. A request without one has nothing that could end.
pub async fn is_open(ctx: &Context) -> Result<bool> {
    let Some(secret) = &ctx.browser().session else { return Ok(true) };
    Ok(get(ctx.service(), secret).await?.is_some_and(|session| session.user == ctx.user().ok()))
}

/// Keeps a session, new or changed.
pub async fn put(service: &Service, secret: &Secret, session: Session) -> Result<()> {
    let hash = secret.hash().into_column();
    let mut transaction = service.database.begin_in(session.user.map_or(Lane::System, Lane::User)).await?;
    transaction.lock_text(&hash).await?;
    let Session { user, ip, user_agent, data, expires_at, credentials_version } = session;
    let row = session::ActiveModel {
        id_hash: Set(hash.clone()),
        user_id: Set(user),
        data: Set(data),
        ip: Set(ip),
        user_agent: Set(user_agent.chars().take(300).collect()),
        created_at: Set(service.now()),
        expires_at: Set(expires_at),
        credentials_version: Set(credentials_version),
    };
    if let Some(before) = session::Entity::find_by_id(hash).one(&*transaction).await? {
        if let Some(before) = before.user_id.filter(|before| Some(*before) != user) {
            transaction.effects.stale.insert(before.0);
            transaction.effects.hints.insert(Hint::SessionEnded { user: before });
        }
        let row = session::ActiveModel { created_at: NotSet, credentials_version: NotSet, ..row };
        row.update(&*transaction).await?;
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
        transaction.effects.hints.extend(row.user_id.map(|user| Hint::SessionEnded { user }));
        session::Entity::delete_by_id(row.id_hash).exec(&*transaction).await?;
    }
    transaction.commit().await
}

/// Those that have expired, to be deleted.
pub(crate) fn expired(now: Timestamp) -> Select<session::Entity> {
    session::Entity::find().filter(session::Column::ExpiresAt.lt(now))
}

/// How many browsers of this user are signed in.
pub(crate) async fn count_open(ctx: &Context, user: UserId) -> Result<u64> {
    let (db, now) = (ctx.readers(), ctx.now());
    let statement = Statement::from_sql_and_values(db.get_database_backend(), format!("{SHORTEST} $1"), [user.into()]);
    let hours: Option<i64> = match db.query_one_raw(statement).await? {
        Some(row) => row.try_get("", "hours")?,
        None => None,
    };
    let mut open = session::Entity::find()
        .filter(session::Column::UserId.eq(user))
        .filter(session::Column::CredentialsVersion.eq(credentials::version(db, user).await?))
        .filter(session::Column::ExpiresAt.gt(now));
    if let Some(hours) = hours {
        open = open.filter(session::Column::CreatedAt.gt(now - lifetime(hours)));
    }
    Ok(open.count(db).await?)
}
