//! One writer, many changes to a commit.
//!
//! SQLite has one writer, and making a commit durable costs an fsync. Changes therefore take turns
//! inside one open transaction, each in a savepoint of its own. Turns go round the lanes. When all that
//! waited at the beginning of a batch had theirs, or it took long enough, the batch is committed with one
//! fsync, its effects happen, and only then its callers are told.

use super::{Effects, Lane, PATIENCE, Signals, Transaction};
use crate::kernel::{Result, fair_queue::FairQueue};
use model::Problem;
use sea_orm::{
    ConnAcquireErr, DatabaseConnection, DatabaseTransaction, DbErr, SqliteTransactionMode, TransactionOptions,
    TransactionTrait,
};
use std::{
    fmt,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};
use tokio::{sync::oneshot, time::Instant};

/// Changes that wait, of all lanes; beyond that, the lane of which most wait loses the last one.
const WAITING: usize = 2_000;
/// How long a batch may take before it is committed, if its last change does not take longer by itself: whoever is done
/// does not wait for everybody else.
const BATCH: Duration = Duration::from_millis(20);

type Durable = Result<(), Arc<DbErr>>;

#[derive(Clone)]
pub(super) struct GroupCommit(Arc<Shared>);

struct Shared {
    connection: DatabaseConnection,
    signals: Arc<Signals>,
    state: Mutex<State>,
}

struct State {
    /// `None` while somebody has the turn.
    idle: Option<Batch>,
    queue: FairQueue<Lane, oneshot::Sender<Turn>>,
}

#[derive(Default)]
struct Batch {
    open: Option<Open>,
    waiting: Vec<(Effects, oneshot::Sender<Durable>)>,
}

struct Open {
    transaction: DatabaseTransaction,
    since: Instant,
    /// Turns before it is committed.
    left: usize,
}

/// The right to write, until it is dropped.
pub(super) struct Turn {
    group: GroupCommit,
    /// `None` once it is passed on.
    batch: Option<Batch>,
}

impl Turn {
    /// Hands over a change whose savepoint is released; the answer comes when it is durable.
    pub fn done(mut self, effects: Effects) -> oneshot::Receiver<Durable> {
        let (sender, durable) = oneshot::channel();
        if let Some(batch) = &mut self.batch {
            batch.waiting.push((effects, sender));
        }
        durable
    }
}

impl Drop for Turn {
    fn drop(&mut self) {
        if let Some(batch) = self.batch.take() {
            self.group.pass_on(batch);
        }
    }
}

enum Next {
    Turn(oneshot::Sender<Turn>),
    Commit,
}

impl GroupCommit {
    /// `connection` is a pool of one.
    pub fn new(connection: DatabaseConnection, signals: Arc<Signals>) -> Self {
        Self::with_room(connection, signals, WAITING)
    }

    fn with_room(connection: DatabaseConnection, signals: Arc<Signals>, waiting: usize) -> Self {
        let state = State { idle: Some(Batch::default()), queue: FairQueue::new(waiting) };
        Self(Arc::new(Shared { connection, signals, state: Mutex::new(state) }))
    }

    pub fn connection(&self) -> &DatabaseConnection {
        &self.0.connection
    }

    pub async fn begin(&self, lane: Lane) -> Result<Transaction> {
        let turn = tokio::time::timeout(PATIENCE, self.turn(lane))
            .await
            .map_err(|_| DbErr::ConnectionAcquire(ConnAcquireErr::Timeout))??;
        // A task of its own: a savepoint whose opening is given up half-way would be rolled back
        // twice, and the batch with it.
        tokio::spawn(turn.open_savepoint()).await?
    }

    async fn turn(&self, lane: Lane) -> Result<Turn> {
        const FULL: Problem = Problem::TooMany { seconds: super::concurrency_limit::RETRY_SECONDS };
        let turn = {
            let mut state = self.state();
            if let Some(batch) = state.idle.take() {
                return Ok(Turn { group: self.clone(), batch: Some(batch) });
            }
            let (ticket, turn) = oneshot::channel();
            state.queue.push(lane, ticket).map_err(|_| FULL)?;
            turn
        };
        // Without its ticket it had to make room for another lane.
        Ok(turn.await.map_err(|_| FULL)?)
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.0.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Gives the turn to whoever is next, or commits the batch.
    fn pass_on(&self, mut batch: Batch) {
        loop {
            let next = {
                let mut state = self.state();
                match (batch.next(&mut state.queue), &batch.open) {
                    (Some(next), _) => next,
                    (None, Some(_)) => Next::Commit,
                    (None, None) => {
                        state.idle = Some(batch);
                        return;
                    }
                }
            };
            let Next::Turn(ticket) = next else {
                // Without a runtime the process is about to end.
                if let Ok(runtime) = tokio::runtime::Handle::try_current() {
                    runtime.spawn(commit(self.clone(), batch));
                }
                return;
            };
            // Whoever went away in this moment gives it back.
            let turn = Turn { group: self.clone(), batch: Some(batch) };
            match ticket.send(turn).map_err(|mut turn| turn.batch.take()) {
                Err(Some(back)) => batch = back,
                Ok(()) | Err(None) => return,
            }
        }
    }
}

impl Batch {
    fn next(&mut self, queue: &mut FairQueue<Lane, oneshot::Sender<Turn>>) -> Option<Next> {
        if let Some(open) = &mut self.open {
            if open.left == 0 || open.since.elapsed() >= BATCH {
                return Some(Next::Commit);
            }
            open.left -= 1;
        }
        queue.next().map(Next::Turn)
    }
}

impl Turn {
    async fn open_savepoint(mut self) -> Result<Transaction> {
        let group = self.group.clone();
        let batch = self.batch.get_or_insert_default();
        let savepoint = if let Some(open) = &batch.open {
            open.transaction.begin().await?
        } else {
            let left = group.state().queue.len();
            let options = TransactionOptions {
                sqlite_transaction_mode: Some(SqliteTransactionMode::Immediate),
                ..TransactionOptions::default()
            };
            let transaction = group.connection().begin_with_options(options).await?;
            batch.open.insert(Open { transaction, since: Instant::now(), left }).transaction.begin().await?
        };
        Ok(Transaction::on_sqlite(savepoint, self, Arc::clone(&group.0.signals)))
    }
}

async fn commit(group: GroupCommit, batch: Batch) {
    // Whatever happens here, the turn is passed on.
    let mut turn = Turn { group, batch: Some(batch) };
    let Some(Batch { open, waiting }) = &mut turn.batch else { return };
    let Some(open) = open.take() else { return };
    let committed = open.transaction.commit().await.map_err(Arc::new);
    for (effects, caller) in waiting.drain(..) {
        if committed.is_ok() {
            effects.run(&turn.group.0.signals);
        }
        // The caller may have gone away; its change stands all the same.
        let _ = caller.send(committed.clone());
    }
}

impl fmt::Debug for GroupCommit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("GroupCommit").finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::GroupCommit;
    use crate::kernel::database::{Lane, Signals, Transaction, sqlite};
    use futures::FutureExt;
    use model::{OrganisationId, Problem, RequestId};
    use std::sync::Arc;
    use tempfile::TempDir;
    use uuid::Uuid;

    const ACME: Lane = Lane::Organisation(OrganisationId(Uuid::from_u128(1)));
    const GLOBEX: Lane = Lane::Organisation(OrganisationId(Uuid::from_u128(2)));

    async fn group(waiting: usize) -> (GroupCommit, TempDir) {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("tenantry.db").display().to_string();
        let (_, writer) = sqlite::open(&path).await.unwrap();
        (GroupCommit::with_room(writer, Arc::new(Signals::new()), waiting), folder)
    }

    fn is_too_many<T>(result: crate::kernel::Result<T>) -> bool {
        let problem = result.err().map(|error| error.into_problem(RequestId(Uuid::nil())));
        matches!(problem, Some(Problem::TooMany { .. }))
    }

    #[tokio::test]
    async fn where_there_is_no_more_room_the_largest_lane_gives_way() {
        let (group, _folder) = group(3).await;
        let running = group.begin(ACME).await.unwrap();
        let mut waiting: Vec<_> = (0..3).map(|_| Box::pin(group.begin(ACME))).collect();
        for change in &mut waiting {
            assert!(futures::poll!(change).is_pending());
        }
        assert!(is_too_many(group.begin(ACME).await));
        let mut other = Box::pin(group.begin(GLOBEX));
        assert!(futures::poll!(&mut other).is_pending());
        assert!(is_too_many(waiting.pop().unwrap().await), "the last one of those that are most");
        running.commit().await.unwrap();
        let finish = async |change: crate::kernel::Result<Transaction>| change.unwrap().commit().await.unwrap();
        let second = waiting.pop().unwrap();
        let first = waiting.pop().unwrap();
        let rest = [first.boxed(), second.boxed(), other.boxed()].map(|begin| begin.then(finish));
        futures::future::join_all(rest).await;
    }
}
