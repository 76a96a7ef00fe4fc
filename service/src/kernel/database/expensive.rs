//! Reads that may take long: lists, searches, counts. They have connections of their own, so that nothing
//! else waits behind them, and end with their deadline, or when nobody waits for the answer any more.

use super::{
    concurrency_limit::{ConcurrencyLimit, Permit, RETRY_SECONDS},
    fair_semaphore::{FairPermit, FairSemaphore},
    interrupt::Interrupt,
};
use crate::kernel::Result;
use model::{OrganisationId, Problem, UserId};
use sea_orm::{DatabaseConnection, DatabaseTransaction, TransactionTrait};
use std::{
    ops::Deref,
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

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
    /// An organisation stands here with at most as many as it may have at once.
    permits: Arc<FairSemaphore<OrganisationId>>,
    idle: Mutex<Vec<Connection>>,
    organisations: Arc<ConcurrencyLimit<OrganisationId>>,
    people: Arc<ConcurrencyLimit<Person>>,
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
    turn: Option<Turn>,
}

#[derive(Debug)]
struct Turn {
    pool: Arc<ExpensivePool>,
    _permit: FairPermit<OrganisationId>,
    _organisation: Permit<OrganisationId>,
    _person: Permit<Person>,
}

impl ExpensivePool {
    pub fn new(connections: Vec<Connection>, limits: Limits) -> Arc<Self> {
        Arc::new(Self {
            permits: FairSemaphore::new(connections.len()),
            idle: Mutex::new(connections),
            organisations: ConcurrencyLimit::new(limits.at_once, limits.waiting),
            people: ConcurrencyLimit::new(limits.at_once, limits.waiting_of_person),
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
            let person = self.people.acquire((organisation, person)).await?;
            let in_order = self.organisations.acquire(organisation).await?;
            let permit = self.permits.acquire(organisation).await?;
            Ok(Turn { pool: Arc::clone(self), _permit: permit, _organisation: in_order, _person: person })
        };
        let turn: Result<Turn> =
            tokio::time::timeout(PATIENCE, turn).await.map_err(|_| Problem::TooMany { seconds: RETRY_SECONDS })?;
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
    use crate::kernel::database::{interrupt::Priority, sqlite};
    use model::{OrganisationId, Problem, RequestId, UserId};
    use sea_orm::{ConnectionTrait, DbBackend, Statement};
    use std::{pin::pin, sync::Arc, task::Poll, time::Duration};
    use tempfile::TempDir;
    use uuid::Uuid;

    const ACME: OrganisationId = OrganisationId(Uuid::from_u128(1));
    const GLOBEX: OrganisationId = OrganisationId(Uuid::from_u128(2));
    const INITECH: OrganisationId = OrganisationId(Uuid::from_u128(3));
    const UMBRELLA: OrganisationId = OrganisationId(Uuid::from_u128(4));
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
        let mut all = sqlite::open_expensive(&path, sqlite::EXPENSIVE_READERS, Priority::Low).await.unwrap();
        all.truncate(connections);
        (ExpensivePool::new(all, limits), folder)
    }

    fn problem<T>(result: crate::kernel::Result<T>) -> Problem {
        result.err().unwrap().into_problem(RequestId(Uuid::nil()))
    }

    fn sql(text: &str) -> Statement {
        Statement::from_string(DbBackend::Sqlite, text)
    }

    #[tokio::test]
    async fn sqlite_ends_a_read_at_its_deadline() {
        let (pool, _folder) = pool(1, Limits { deadline: Duration::ZERO, ..Limits::default() }).await;
        let reads = pool.read(ACME, ANA).await.unwrap();
        let read = reads.query_one_raw(sql(FOR_EVER)).await.map_err(crate::kernel::Error::from);
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

    /// Two organisations that read much leave a connection, and the next one goes to whoever has none.
    #[tokio::test]
    async fn turns_go_round_the_organisations() {
        let (pool, _folder) = pool(4, limits(2, 20, 10)).await;
        let acme = [pool.read(ACME, ANA).await.unwrap(), pool.read(ACME, BEN).await.unwrap()];
        let _globex = pool.read(GLOBEX, ANA).await.unwrap();
        let mut second = pin!(pool.read(GLOBEX, BEN));
        assert!(futures::poll!(&mut second).is_pending(), "the last one is for whoever has none");
        let third = tokio::time::timeout(Duration::from_secs(1), pool.read(INITECH, ANA)).await;
        assert!(third.is_ok_and(|reads| reads.is_ok()), "there is one for a third organisation");
        let _initech = pool.read(INITECH, ANA).await.unwrap();
        let mut fourth = pin!(pool.read(UMBRELLA, ANA));
        assert!(futures::poll!(&mut fourth).is_pending());
        drop(acme);
        fourth.await.unwrap();
        second.await.unwrap();
    }

    #[tokio::test]
    async fn defaults_are_as_documented() {
        let limits = Limits::default();
        let document = include_str!("../../../../docs/security.md");
        for figure in [
            format!("limited ({} at once)", limits.at_once),
            format!("ends at its deadline ({} seconds)", limits.deadline.as_secs()),
        ] {
            assert!(document.contains(&figure), "{figure}");
        }
        let (pool, _folder) = pool(4, Limits { deadline: Duration::from_hours(1), ..limits }).await;
        let mut reads = Vec::new();
        for _ in 0..12 {
            reads.push(Box::pin(pool.read(ACME, ANA)));
        }
        // Each of these has its turn with its person, and waits for its organisation's.
        for person in 10..20 {
            for _ in 0..2 {
                reads.push(Box::pin(pool.read(ACME, Some(UserId(Uuid::from_u128(person))))));
            }
        }
        let mut answers = Vec::new();
        for read in &mut reads {
            answers.push(futures::poll!(read));
        }
        assert!(!answers.iter().any(|answer| matches!(answer, Poll::Ready(Err(_)))), "2 and 20 of the organisation");
        assert!(matches!(problem(pool.read(ACME, ANA).await), Problem::TooMany { .. }), "2 and 10 of a person");
        assert!(matches!(problem(pool.read(ACME, BEN).await), Problem::TooMany { .. }));
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
