use super::{Signals, expensive::Connection};
use crate::{Error, Result, live::Hint};
use sea_orm::{
    ConnectOptions, ConnectionTrait, DatabaseConnection, DatabaseTransaction, Statement, sqlx::postgres::PgListener,
};
use std::{collections::HashSet, sync::Arc, time::Duration};

const CONNECTIONS: u32 = 16;
/// Reads that may take long, at once.
const EXPENSIVE_CONNECTIONS: u32 = 8;
const CHANNEL: &str = "tenantry";

pub(super) async fn open(url: &str) -> Result<DatabaseConnection> {
    let mut options = ConnectOptions::new(url);
    options.max_connections(CONNECTIONS).min_connections(1).acquire_timeout(Duration::from_secs(5)).sqlx_logging(false);
    Ok(sea_orm::Database::connect(options).await?)
}

/// A pool of its own for reads that may take long. The server ends a statement after `deadline`.
pub(super) async fn open_expensive(url: &str, deadline: Duration) -> Result<Vec<Connection>> {
    let mut options = ConnectOptions::new(url);
    options
        .max_connections(EXPENSIVE_CONNECTIONS)
        .min_connections(0)
        .acquire_timeout(Duration::from_secs(5))
        .statement_timeout(deadline)
        .sqlx_logging(false);
    let pool = sea_orm::Database::connect(options).await?;
    Ok((0..EXPENSIVE_CONNECTIONS).map(|_| Connection { pool: pool.clone(), interrupt: None }).collect())
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

/// Passes on what any replica tells. A lost connection is made anew, as often as it takes; what was
/// missed meanwhile costs the pages nothing but the delay until their next reconnect.
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
    let lost = |error: sea_orm::sqlx::Error| Error::Setup(error.to_string());
    let mut listener = PgListener::connect_with(pool.get_postgres_connection_pool()).await.map_err(lost)?;
    listener.listen(CHANNEL).await.map_err(lost)?;
    loop {
        let notification = listener.recv().await.map_err(lost)?;
        match serde_json::from_str(notification.payload()) {
            Ok(hint) => signals.tell(hint),
            Err(error) => tracing::warn!(%error, "live channel: a hint that does not read"),
        }
    }
}
