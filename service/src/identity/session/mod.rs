//! Signed-in browsers. Their cookie's secret is stored only hashed.

mod own;

pub use own::{close, close_others, list};

use crate::{
    Context, Hint, Result, Secret, Service, credentials,
    database::Lane,
    entity::{session, user},
};
use model::{SessionId, Timestamp, UserId};
use quick_cache::sync::Cache;
use sea_orm::{
    ActiveModelTrait,
    ActiveValue::{NotSet, Set},
    ColumnTrait, ConnectionTrait, EntityTrait, FromQueryResult, PaginatorTrait, QueryFilter, Select, Statement,
    sea_query::Expr,
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
pub(crate) struct SessionCache(Cache<String, ((u64, u64), ActiveSession)>);

const CAPACITY: usize = 20_000;

/// How exactly it is known when somebody was last here.
const LAST_SEEN_PRECISION: Duration = Duration::from_mins(5);
/// How exactly it is known when a session was last used.
const LAST_USED_PRECISION: Duration = Duration::from_mins(1);

/// A session that a request is made with, with what is read of its user along with it.
#[derive(Clone, Debug)]
pub struct ActiveSession {
    pub session: Session,
    /// The zone that its user chose to read dates in.
    pub time_zone: Option<String>,
    /// When its user last showed who they are in it.
    pub proved_at: Timestamp,
    last_used_at: Timestamp,
    /// Its user, in any session.
    last_seen_at: Option<Timestamp>,
}

impl SessionCache {
    pub fn new() -> Self {
        Self(Cache::new(CAPACITY))
    }
}

/// The shortest that a session may last in the organisations that a user is in, by their policies: in all, and without
/// being used.
#[derive(Clone, Copy, Debug, Default, FromQueryResult)]
struct Limits {
    hours: Option<i64>,
    idle_minutes: Option<i64>,
}

impl Limits {
    /// For the columns of a query, of the organisations in which `user` is a member.
    fn columns(user: &str) -> String {
        let shortest = |point: &str, name: &str| {
            format!(
                "(SELECT MIN(CAST(o.policy ->> '{point}' AS BIGINT))
                  FROM membership m JOIN organisation o ON o.id = m.organisation_id
                  WHERE m.suspended_at IS NULL AND m.user_id = {user}) AS {name}"
            )
        };
        format!("{}, {}", shortest("session_hours", "hours"), shortest("session_idle", "idle_minutes"))
    }

    async fn of(db: &impl ConnectionTrait, user: UserId) -> Result<Self> {
        let sql = format!("SELECT {}", Self::columns("$1"));
        let statement = Statement::from_sql_and_values(db.get_database_backend(), sql, [user.into()]);
        Ok(Self::find_by_statement(statement).one(db).await?.unwrap_or_default())
    }

    fn lifetime(self) -> Option<Duration> {
        Some(Duration::from_hours(u64::try_from(self.hours?).unwrap_or(0)))
    }

    /// As exact as the use of a session is known, and never less than the policy says.
    fn idle(self) -> Option<Duration> {
        Some(Duration::from_mins(u64::try_from(self.idle_minutes?).unwrap_or(0)) + LAST_USED_PRECISION)
    }
}

#[derive(FromQueryResult)]
struct Row {
    user_id: Option<UserId>,
    ip: String,
    user_agent: String,
    data: String,
    created_at: Timestamp,
    expires_at: Timestamp,
    credentials_version: i64,
    last_used_at: Timestamp,
    proved_at: Timestamp,
    last_seen_at: Option<Timestamp>,
    time_zone: Option<String>,
    #[sea_orm(nested)]
    limits: Limits,
}

impl Row {
    fn into_session(self) -> ActiveSession {
        let Self { user_id, ip, user_agent, data, created_at, expires_at, credentials_version, .. } = self;
        let Self { last_used_at, proved_at, last_seen_at, time_zone, limits, .. } = self;
        let too_old = limits.lifetime().map(|lifetime| created_at + lifetime);
        let idle = limits.idle().map(|idle| last_used_at + idle);
        let expires_at = too_old.into_iter().chain(idle).fold(expires_at, Timestamp::min);
        let session = Session { user: user_id, ip, user_agent, data, expires_at, credentials_version };
        ActiveSession { session, time_zone, proved_at, last_used_at, last_seen_at }
    }
}

async fn read(service: &Service, hash: &str) -> Result<Option<Row>> {
    let db = service.database.readers();
    let sql = format!(
        "SELECT s.user_id, s.ip, s.user_agent, s.data, s.created_at, s.expires_at, s.credentials_version,
            s.last_used_at, s.proved_at, u.last_seen_at, u.time_zone, {}
         FROM session s LEFT JOIN \"user\" u ON u.id = s.user_id
         WHERE s.id_hash = $1 AND (s.user_id IS NULL OR s.credentials_version = u.credentials_version)",
        Limits::columns("s.user_id")
    );
    let statement = Statement::from_sql_and_values(db.get_database_backend(), sql, [hash.into()]);
    Ok(Row::find_by_statement(statement).one(db).await?)
}

/// The session with this secret, unless it has expired, or has lasted longer than the policy of an
/// organisation that its user is in, in all or without being used, or what they sign in with has changed since.
pub async fn get(service: &Service, secret: &Secret) -> Result<Option<Session>> {
    Ok(find(service, secret).await?.map(|used| used.session))
}

/// As [`get`], for a request that is made with it, which shows that its user is here.
pub async fn get_and_touch(service: &Service, secret: &Secret) -> Result<Option<ActiveSession>> {
    let Some(used) = find(service, secret).await? else { return Ok(None) };
    let now = service.now();
    if let Some(user) = used.session.user
        && (now.since(used.last_used_at) >= LAST_USED_PRECISION
            || used.last_seen_at.is_none_or(|at| now.since(at) >= LAST_SEEN_PRECISION))
    {
        note_use(service, secret, user, used.last_seen_at).await?;
    }
    Ok(Some(used))
}

/// As [`get_and_touch`], for a request that an open page makes by itself.
pub async fn get_in_background(service: &Service, secret: &Secret) -> Result<Option<ActiveSession>> {
    find(service, secret).await
}

async fn note_use(service: &Service, secret: &Secret, user: UserId, last_seen_at: Option<Timestamp>) -> Result<()> {
    let now = service.now();
    let mut transaction = service.database.begin_in(Lane::User(user)).await?;
    session::Entity::update_many()
        .col_expr(session::Column::LastUsedAt, Expr::value(now))
        .filter(session::Column::IdHash.eq(secret.hash().into_column()))
        .exec(&*transaction)
        .await?;
    if last_seen_at.is_none_or(|at| now.since(at) >= LAST_SEEN_PRECISION) {
        user::Entity::update_many()
            .col_expr(user::Column::LastSeenAt, Expr::value(now))
            .filter(user::Column::Id.eq(user))
            .exec(&*transaction)
            .await?;
    }
    transaction.effects.stale.insert(user.0);
    transaction.commit().await
}

/// Notes that whoever uses the session of this request has just shown who they are.
pub(crate) async fn note_proof(ctx: &Context) -> Result<()> {
    ctx.renew_proof();
    let (Some(hash), Ok(user)) = (ctx.session_hash(), ctx.user()) else { return Ok(()) };
    let mut transaction = ctx.service().database.begin_in(Lane::User(user)).await?;
    session::Entity::update_many()
        .col_expr(session::Column::ProvedAt, Expr::value(ctx.now()))
        .filter(session::Column::IdHash.eq(hash))
        .filter(session::Column::UserId.eq(user))
        .exec(&*transaction)
        .await?;
    transaction.effects.stale.insert(user.0);
    transaction.commit().await
}

async fn find(service: &Service, secret: &Secret) -> Result<Option<ActiveSession>> {
    let hash = secret.hash().into_column();
    let exclusive = service.database.is_exclusive();
    let versions = &service.database.signals.versions;
    let version = |user: UserId| (versions.of(user.0), versions.membership_version());
    let alive = |used: &ActiveSession| used.session.expires_at > service.now();
    if exclusive
        && let Some((then, used)) = service.extension::<SessionCache>().0.get(&hash)
        && used.session.user.is_some_and(|user| version(user) == then)
    {
        return Ok(Some(used).filter(alive));
    }
    let Some(row) = read(service, &hash).await? else { return Ok(None) };
    if let (true, Some(user)) = (exclusive, row.user_id) {
        // The user is known only after the reading, so it is read again, with the version from before.
        let before = version(user);
        let Some(row) = read(service, &hash).await? else { return Ok(None) };
        let used = row.into_session();
        service.extension::<SessionCache>().0.insert(hash, (before, used.clone()));
        return Ok(Some(used).filter(alive));
    }
    Ok(Some(row.into_session()).filter(alive))
}

/// Whether the session of this request goes on. A request without one has nothing that could end.
pub async fn is_open(ctx: &Context) -> Result<bool> {
    let Some(secret) = &ctx.browser().session else { return Ok(true) };
    Ok(get(ctx.service(), secret).await?.is_some_and(|session| session.user == ctx.user().ok()))
}

/// Keeps a new session, in the place of one with the same secret.
pub async fn create(service: &Service, secret: &Secret, session: Session) -> Result<()> {
    write(service, secret, session, true).await
}

/// Keeps what changed in a session. One that has ended meanwhile stays ended, however long ago it was read.
pub async fn update(service: &Service, secret: &Secret, session: Session) -> Result<()> {
    write(service, secret, session, false).await
}

async fn write(service: &Service, secret: &Secret, session: Session, is_new: bool) -> Result<()> {
    let hash = secret.hash().into_column();
    let mut transaction = service.database.begin_in(session.user.map_or(Lane::System, Lane::User)).await?;
    transaction.lock_text(&hash).await?;
    let Session { user, ip, user_agent, data, expires_at, credentials_version } = session;
    let now = service.now();
    let row = session::ActiveModel {
        id_hash: Set(hash.clone()),
        user_id: Set(user),
        data: Set(data),
        ip: Set(ip),
        user_agent: Set(user_agent.chars().take(300).collect()),
        created_at: Set(now),
        expires_at: Set(expires_at),
        credentials_version: Set(credentials_version),
        id: Set(SessionId(service.new_id()?)),
        last_used_at: Set(now),
        proved_at: Set(now),
    };
    if let Some(before) = session::Entity::find_by_id(hash).one(&*transaction).await? {
        if let Some(before) = before.user_id.filter(|before| Some(*before) != user) {
            transaction.effects.stale.insert(before.0);
            transaction.effects.hints.insert(Hint::SessionEnded { user: before });
        }
        let row = session::ActiveModel {
            created_at: NotSet,
            credentials_version: NotSet,
            id: NotSet,
            last_used_at: NotSet,
            proved_at: NotSet,
            ..row
        };
        row.update(&*transaction).await?;
    } else if is_new {
        row.insert(&*transaction).await?;
    } else {
        return Ok(());
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

/// The sessions of a user that have not expired.
async fn open(ctx: &Context, db: &impl ConnectionTrait, user: UserId) -> Result<Select<session::Entity>> {
    let (now, limits) = (ctx.now(), Limits::of(db, user).await?);
    let mut open = session::Entity::find()
        .filter(session::Column::UserId.eq(user))
        .filter(session::Column::CredentialsVersion.eq(credentials::version(db, user).await?))
        .filter(session::Column::ExpiresAt.gt(now));
    if let Some(lifetime) = limits.lifetime() {
        open = open.filter(session::Column::CreatedAt.gt(now - lifetime));
    }
    if let Some(idle) = limits.idle() {
        open = open.filter(session::Column::LastUsedAt.gt(now - idle));
    }
    Ok(open)
}

/// How many browsers of this user are signed in.
pub(crate) async fn count_open(ctx: &Context, user: UserId) -> Result<u64> {
    Ok(open(ctx, ctx.readers(), user).await?.count(ctx.readers()).await?)
}
