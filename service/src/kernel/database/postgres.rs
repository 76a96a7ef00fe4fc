use super::{
    Lane, PATIENCE, Signals,
    concurrency_limit::{ConcurrencyLimit, Permit},
    expensive::Connection,
};
use crate::kernel::{Error, Result, live::Hint};
use sea_orm::{
    ConnAcquireErr, ConnectOptions, ConnectionTrait, DatabaseConnection, DatabaseTransaction, DbErr, Statement,
    TransactionTrait,
    sqlx::{
        self, Executor,
        postgres::{PgListener, PgNotification},
    },
};
use std::{collections::HashSet, sync::Arc, time::Duration};

// Together 24 of one server: four of them leave PostgreSQL some of the 100 connections that it takes by default.

/// For what takes a moment; the listener has one of them.
const READERS: u32 = 10;
/// Reads that may take long, at once.
const EXPENSIVE_READERS: u32 = 6;
/// Changes at once, so that no look-up waits behind those that wait for a lock.
const WRITERS: u32 = 8;
/// Changes of one lane at once. Those of an organisation go one after the other; a second begins meanwhile.
const WRITERS_OF_LANE: usize = 2;
/// More of one lane that wait.
const WAITING_OF_LANE: usize = 500;
/// After so long without a hint the listener's connection is looked at.
const QUIET: Duration = Duration::from_secs(30);
const CHANNEL: &str = "tenantry";

pub(super) async fn open(url: &str) -> Result<DatabaseConnection> {
    let mut options = ConnectOptions::new(url);
    options.max_connections(READERS).min_connections(1).acquire_timeout(PATIENCE).sqlx_logging(false);
    Ok(sea_orm::Database::connect(options).await?)
}

/// A pool of its own for reads that may take long. The server ends a statement after `deadline`.
pub(super) async fn open_expensive(url: &str, deadline: Duration) -> Result<Vec<Connection>> {
    let mut options = ConnectOptions::new(url);
    options
        .max_connections(EXPENSIVE_READERS)
        .min_connections(0)
        .acquire_timeout(PATIENCE)
        .statement_timeout(deadline)
        .sqlx_logging(false);
    let pool = sea_orm::Database::connect(options).await?;
    Ok((0..EXPENSIVE_READERS).map(|_| Connection { pool: pool.clone(), interrupt: None }).collect())
}

/// A pool of its own for changes, of which no lane takes more than a part.
#[derive(Clone, Debug)]
pub(super) struct Writers {
    pool: DatabaseConnection,
    lanes: Arc<ConcurrencyLimit<Lane>>,
}

impl Writers {
    pub async fn open(url: &str) -> Result<Self> {
        let mut options = ConnectOptions::new(url);
        options.max_connections(WRITERS).min_connections(1).acquire_timeout(PATIENCE).sqlx_logging(false);
        let pool = sea_orm::Database::connect(options).await?;
        Ok(Self { pool, lanes: ConcurrencyLimit::new(WRITERS_OF_LANE, WAITING_OF_LANE) })
    }

    pub async fn begin(&self, lane: Lane) -> Result<(DatabaseTransaction, Option<Permit<Lane>>)> {
        let begin = async {
            let permit = match lane {
                Lane::System => None,
                lane => Some(self.lanes.acquire(lane).await?),
            };
            Ok((self.pool.begin().await?, permit))
        };
        let timeout = |_| DbErr::ConnectionAcquire(ConnAcquireErr::Timeout);
        tokio::time::timeout(PATIENCE, begin).await.map_err(timeout)?
    }
}

/// Hints of one statement.
const BATCH: usize = 500;

/// Tells every replica, when this transaction commits.
pub(super) async fn notify(transaction: &DatabaseTransaction, hints: HashSet<Hint>) -> Result<()> {
    let hints = Hint::in_order(hints);
    let payloads = hints.iter().map(serde_json::to_string).collect::<Result<Vec<_>, _>>()?;
    for batch in payloads.chunks(BATCH) {
        let calls: Vec<String> = (2..batch.len() + 2).map(|position| format!("pg_notify($1, ${position})")).collect();
        let values = std::iter::once(CHANNEL.into()).chain(batch.iter().map(Into::into));
        let statement = Statement::from_sql_and_values(
            transaction.get_database_backend(),
            format!("SELECT {}", calls.join(", ")),
            values,
        );
        transaction.execute_raw(statement).await?;
    }
    Ok(())
}

/// Passes on what any replica tells. A lost connection is made anew, as often as it takes.
pub(super) fn listen(pool: DatabaseConnection, signals: Arc<Signals>) {
    tokio::spawn(async move {
        loop {
            if let Err(error) = pass_on(&pool, &signals).await {
                tracing::warn!(%error, "live channel: connection to the database lost");
            }
            tokio::time::sleep(Duration::from_secs(1)).await;
        }
    });
}

async fn pass_on(pool: &DatabaseConnection, signals: &Signals) -> Result<()> {
    let mut listener = PgListener::connect_with(pool.get_postgres_connection_pool()).await.map_err(lost)?;
    listener.listen(CHANNEL).await.map_err(lost)?;
    loop {
        // What was told while nobody listened is gone.
        signals.publish(Hint::Missed);
        while let Some(notification) = next(&mut listener).await? {
            match serde_json::from_str(notification.payload()) {
                Ok(hint) => signals.publish(hint),
                Err(error) => tracing::warn!(%error, "live channel: a hint that does not read"),
            }
        }
    }
}

/// `None` after the connection was lost and made anew.
async fn next(listener: &mut PgListener) -> Result<Option<PgNotification>> {
    loop {
        if let Ok(next) = tokio::time::timeout(QUIET, listener.try_recv()).await {
            return next.map_err(lost);
        }
        // One that went away without a word would never be missed.
        let answer = tokio::time::timeout(PATIENCE, listener.execute("SELECT 1")).await;
        answer.map_err(|_| DbErr::ConnectionAcquire(ConnAcquireErr::Timeout))?.map_err(lost)?;
    }
}

fn lost(error: sqlx::Error) -> Error {
    Error::Other(error.to_string())
}
