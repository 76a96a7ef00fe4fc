//! One writer, many changes to a commit.
//!
//! SQLite has one writer, and making a commit durable costs an fsync. Changes therefore take turns
//! inside one open transaction, each in a savepoint of its own. The first of a batch sends a task
//! that queues for a turn like everyone else; since turns are given in order, every change that was
//! waiting by then goes before it. When its turn comes it commits them all with one fsync, lets
//! their effects happen, and only then tells their callers.

use super::{Effects, Signals, Transaction};
use crate::Result;
use sea_orm::{
    ConnAcquireErr, DatabaseConnection, DatabaseTransaction, DbErr, SqliteTransactionMode, TransactionOptions,
    TransactionTrait,
};
use std::{sync::Arc, time::Duration};
use tokio::sync::{Mutex, OwnedMutexGuard, oneshot};

/// How long a change waits for its turn, as for a connection to PostgreSQL. Without an end, a file
/// that somebody else holds would keep each caller waiting for all those before.
const PATIENCE: Duration = Duration::from_secs(5);

type Durable = Result<(), Arc<DbErr>>;

#[derive(Clone, Debug)]
pub(super) struct GroupCommit {
    connection: DatabaseConnection,
    batch: Arc<Mutex<Batch>>,
    signals: Arc<Signals>,
}

#[derive(Debug, Default)]
struct Batch {
    open: Option<DatabaseTransaction>,
    waiting: Vec<(Effects, oneshot::Sender<Durable>)>,
}

/// The right to write, until it is dropped.
pub(super) struct Turn(OwnedMutexGuard<Batch>);

impl Turn {
    /// Hands over a change whose savepoint is released; the answer comes when it is durable.
    pub fn done(mut self, effects: Effects) -> oneshot::Receiver<Durable> {
        let (sender, durable) = oneshot::channel();
        self.0.waiting.push((effects, sender));
        durable
    }
}

impl GroupCommit {
    /// `connection` is a pool of one.
    pub fn new(connection: DatabaseConnection, signals: Arc<Signals>) -> Self {
        Self { connection, batch: Arc::default(), signals }
    }

    pub fn connection(&self) -> &DatabaseConnection {
        &self.connection
    }

    pub async fn begin(&self) -> Result<Transaction> {
        let turn = Arc::clone(&self.batch).lock_owned();
        let batch = tokio::time::timeout(PATIENCE, turn)
            .await
            .map_err(|_| DbErr::ConnectionAcquire(ConnAcquireErr::Timeout))?;
        // A task of its own: a savepoint whose opening is given up half-way would be rolled back
        // twice, and the batch with it.
        tokio::spawn(self.clone().open_savepoint(batch)).await?
    }

    async fn open_savepoint(self, mut batch: OwnedMutexGuard<Batch>) -> Result<Transaction> {
        let savepoint = if let Some(open) = &batch.open {
            open.begin().await?
        } else {
            // Sent before anything is opened: whatever becomes of this caller, the batch is closed.
            tokio::spawn(close(Arc::clone(&self.batch), Arc::clone(&self.signals)));
            let options = TransactionOptions {
                sqlite_transaction_mode: Some(SqliteTransactionMode::Immediate),
                ..TransactionOptions::default()
            };
            batch.open.insert(self.connection.begin_with_options(options).await?).begin().await?
        };
        Ok(Transaction::in_turn(savepoint, Turn(batch), Arc::clone(&self.signals)))
    }
}

async fn close(batch: Arc<Mutex<Batch>>, signals: Arc<Signals>) {
    let mut batch = batch.lock_owned().await;
    let Some(open) = batch.open.take() else { return };
    let committed = open.commit().await.map_err(Arc::new);
    for (effects, caller) in batch.waiting.drain(..) {
        if committed.is_ok() {
            effects.happen(&signals);
        }
        // The caller may have gone away; its change stands all the same.
        let _ = caller.send(committed.clone());
    }
}
