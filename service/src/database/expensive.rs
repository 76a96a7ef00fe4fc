//! Reads that may take long: lists, searches, counts. They have connections of their own, so that nothing
//! else waits behind them, and end with their deadline, or when nobody waits for the answer any more.

use super::{
    interrupt::Interrupt,
    turns::{RETRY, Turn, Turns},
};
use crate::Result;
use model::{OrganisationId, Problem, UserId};
use sea_orm::{DatabaseConnection, DatabaseTransaction, TransactionTrait};
use std::{
    ops::Deref,
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

/// How much one organisation, and one person in it, may read at once.
#[derive(Clone, Copy, Debug)]
pub(super) struct Limits {
    /// Of one organisation, and of one person, at once.
    pub at_once: usize,
    /// More that wait, of one organisation.
    pub waiting: usize,
    /// More that wait, of one person: half of it, so that one person alone does not fill the queue.
    pub waiting_of_person: usize,
    /// How long the statements of one read may take, all together.
    pub deadline: Duration,
}

impl Default for Limits {
    fn default() -> Self {
        Self { at_once: 2, waiting: 20, waiting_of_person: 10, deadline: Duration::from_secs(5) }
    }
}

/// How long a read waits for its turn. Twice the deadline of those before it.
const PATIENCE: Duration = Duration::from_secs(10);

type Person = (OrganisationId, Option<UserId>);

/// The connections for reads that may take long, and whose turn it is.
#[derive(Debug)]
pub(super) struct ExpensivePool {
    /// Fair: first come, first served. An organisation stands here with at most as many as it may have at once.
    permits: Arc<Semaphore>,
    idle: Mutex<Vec<Connection>>,
    organisations: Arc<Turns<OrganisationId>>,
    people: Arc<Turns<Person>>,
    deadline: Duration,
}

/// Where a read can be carried out, by one at a time.
#[derive(Clone, Debug)]
pub(super) struct Connection {
    pub pool: DatabaseConnection,
    /// On PostgreSQL the server keeps the deadline itself.
    pub interrupt: Option<Interrupt>,
}

/// A connection for one read, which sees the database as of one moment.
pub(crate) struct ExpensiveReads {
    transaction: Option<DatabaseTransaction>,
    connection: Connection,
    turn: Option<WholeTurn>,
}

#[derive(Debug)]
struct WholeTurn {
    pool: Arc<ExpensivePool>,
    _permit: OwnedSemaphorePermit,
    _organisation: Turn<OrganisationId>,
    _person: Turn<Person>,
}

impl ExpensivePool {
    pub fn new(connections: Vec<Connection>, limits: Limits) -> Arc<Self> {
        Arc::new(Self {
            permits: Arc::new(Semaphore::new(connections.len())),
            idle: Mutex::new(connections),
            organisations: Turns::new(limits.at_once, limits.waiting),
            people: Turns::new(limits.at_once, limits.waiting_of_person),
            deadline: limits.deadline,
        })
    }

    /// Waits for a turn and opens a read.
    ///
    /// # Errors
    /// [`Problem::TooMany`] when too many of the organisation or the person wait already, or for too long.
    pub async fn read(
        self: &Arc<Self>,
        organisation: OrganisationId,
        person: Option<UserId>,
    ) -> Result<ExpensiveReads> {
        let turn = async {
            let person = self.people.take((organisation, person)).await?;
            let organisation = self.organisations.take(organisation).await?;
            let permit = Arc::clone(&self.permits).acquire_owned().await.map_err(|_| Problem::Unavailable)?;
            Ok(WholeTurn { pool: Arc::clone(self), _permit: permit, _organisation: organisation, _person: person })
        };
        let turn: Result<WholeTurn> =
            tokio::time::timeout(PATIENCE, turn).await.map_err(|_| Problem::TooMany { seconds: RETRY })?;
        let turn = turn?;
        let connection = self.idle().pop().ok_or(Problem::Unavailable)?;
        let mut reads = ExpensiveReads { transaction: None, connection, turn: Some(turn) };
        reads.transaction = Some(reads.connection.pool.begin().await?);
        if let Some(interrupt) = &reads.connection.interrupt {
            interrupt.allow(self.deadline);
        }
        Ok(reads)
    }

    fn idle(&self) -> std::sync::MutexGuard<'_, Vec<Connection>> {
        self.idle.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Deref for ExpensiveReads {
    type Target = DatabaseTransaction;

    #[expect(clippy::expect_used, reason = "it is opened before anybody gets this, and taken when it is dropped")]
    fn deref(&self) -> &Self::Target {
        self.transaction.as_ref().expect("an open read")
    }
}

impl Drop for ExpensiveReads {
    /// Ends what is still running. The turn is over once it has ended, and not before.
    fn drop(&mut self) {
        let Self { transaction, connection, turn } = self;
        if let Some(interrupt) = &connection.interrupt {
            interrupt.end();
        }
        let (transaction, connection, turn) = (transaction.take(), connection.clone(), turn.take());
        let end = async move {
            if let Some(transaction) = transaction
                && let Err(error) = transaction.rollback().await
            {
                tracing::debug!(%error, "a read that has ended cannot be closed");
            }
            if let Some(turn) = turn {
                turn.pool.idle().push(connection);
            }
        };
        // Without a runtime the process is about to end.
        if let Ok(runtime) = tokio::runtime::Handle::try_current() {
            runtime.spawn(end);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{ExpensivePool, Limits};
    use crate::database::sqlite;
    use model::{OrganisationId, Problem, RequestId, UserId};
    use sea_orm::{ConnectionTrait, DbBackend, Statement};
    use std::{pin::pin, sync::Arc, time::Duration};
    use tempfile::TempDir;
    use uuid::Uuid;

    const ACME: OrganisationId = OrganisationId(Uuid::from_u128(1));
    const GLOBEX: OrganisationId = OrganisationId(Uuid::from_u128(2));
    const ANA: Option<UserId> = Some(UserId(Uuid::from_u128(1)));
    const BEN: Option<UserId> = Some(UserId(Uuid::from_u128(2)));
    const FOR_EVER: &str = "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT COUNT(*) FROM n";

    /// An hour for each read.
    fn limits(at_once: usize, waiting: usize, waiting_of_person: usize) -> Limits {
        Limits { at_once, waiting, waiting_of_person, deadline: Duration::from_hours(1) }
    }

    async fn pool(connections: usize, limits: Limits) -> (Arc<ExpensivePool>, TempDir) {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("tenantry.db").display().to_string();
        let mut all = sqlite::open_expensive(&path).await.unwrap();
        all.truncate(connections);
        (ExpensivePool::new(all, limits), folder)
    }

    fn problem<T>(result: crate::Result<T>) -> Problem {
        result.err().unwrap().into_problem(RequestId(Uuid::nil()))
    }

    fn sql(text: &str) -> Statement {
        Statement::from_string(DbBackend::Sqlite, text)
    }

    #[tokio::test]
    async fn sqlite_ends_a_read_at_its_deadline() {
        let (pool, _folder) = pool(1, Limits { deadline: Duration::ZERO, ..Limits::default() }).await;
        let reads = pool.read(ACME, ANA).await.unwrap();
        let read = reads.query_one_raw(sql(FOR_EVER)).await.map_err(crate::Error::from);
        assert_eq!(problem(read), Problem::TooSlow);
    }

    /// Without an end, nobody would ever get the one connection there is.
    #[tokio::test]
    async fn a_read_ends_when_nobody_waits_for_it_any_more() {
        let (pool, _folder) = pool(1, limits(1, 1, 1)).await;
        let reads = pool.read(ACME, ANA).await.unwrap();
        {
            let mut query = pin!(reads.query_one_raw(sql(FOR_EVER)));
            for _ in 0..10 {
                assert!(futures::poll!(&mut query).is_pending());
                tokio::task::yield_now().await;
            }
        }
        drop(reads);
        let reads = pool.read(GLOBEX, BEN).await.unwrap();
        assert!(reads.query_one_raw(sql("SELECT 1")).await.unwrap().is_some());
    }

    #[tokio::test]
    async fn an_organisation_reads_two_things_at_once() {
        let (pool, _folder) = pool(4, limits(2, 20, 10)).await;
        let first = pool.read(ACME, ANA).await.unwrap();
        let _second = pool.read(ACME, BEN).await.unwrap();
        let mut third = pin!(pool.read(ACME, None));
        assert!(futures::poll!(&mut third).is_pending());
        let _other = pool.read(GLOBEX, ANA).await.unwrap();
        assert!(futures::poll!(&mut third).is_pending());
        drop(first);
        third.await.unwrap();
    }

    #[tokio::test]
    async fn so_many_wait_and_no_more() {
        let (pool, _folder) = pool(4, limits(1, 1, 1)).await;
        let _held = pool.read(ACME, ANA).await.unwrap();
        let mut second = pin!(pool.read(ACME, ANA));
        assert!(futures::poll!(&mut second).is_pending());
        assert!(matches!(problem(pool.read(ACME, ANA).await), Problem::TooMany { .. }), "one person leaves room");
        let mut other = pin!(pool.read(ACME, BEN));
        assert!(futures::poll!(&mut other).is_pending());
        assert!(matches!(problem(pool.read(ACME, None).await), Problem::TooMany { .. }));
        assert!(pool.read(GLOBEX, ANA).await.is_ok(), "the queue is the organisation's own");
    }
}
