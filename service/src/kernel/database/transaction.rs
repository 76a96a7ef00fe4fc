use super::{Effects, Lane, Signals, concurrency_limit::Permit, group_commit::Turn};
use crate::kernel::{Error, Result};
use sea_orm::{ConnectionTrait, DatabaseTransaction, Statement};
use sha2::{Digest, Sha256};
use std::{ops::Deref, sync::Arc};

/// An open write transaction. Dropped without a commit, it is rolled back.
pub(crate) struct Transaction {
    /// `None` once it has ended, as `place`.
    inner: Option<DatabaseTransaction>,
    place: Option<WriteTurn>,
    signals: Arc<Signals>,
    pub effects: Effects,
}

enum WriteTurn {
    Sqlite(Turn),
    Postgres(Option<Permit<Lane>>),
}

impl Transaction {
    pub(super) fn on_sqlite(inner: DatabaseTransaction, turn: Turn, signals: Arc<Signals>) -> Self {
        Self { inner: Some(inner), place: Some(WriteTurn::Sqlite(turn)), signals, effects: Effects::default() }
    }

    pub(super) fn on_postgres(inner: DatabaseTransaction, permit: Option<Permit<Lane>>, signals: Arc<Signals>) -> Self {
        Self { inner: Some(inner), place: Some(WriteTurn::Postgres(permit)), signals, effects: Effects::default() }
    }

    /// Waits until no other transaction holds `key`, and holds it until the end of this one. On
    /// SQLite there is but one writer, so it is held already.
    pub async fn lock(&self, key: uuid::Uuid) -> Result<()> {
        if let Some(WriteTurn::Postgres(_)) = self.place {
            let (high, _) = key.as_u64_pair();
            let statement = Statement::from_sql_and_values(
                self.get_database_backend(),
                "SELECT pg_advisory_xact_lock($1)",
                [high.cast_signed().into()],
            );
            self.execute_raw(statement).await?;
        }
        Ok(())
    }

    /// As [`Transaction::lock`], for a key that is text.
    pub async fn lock_text(&self, key: &str) -> Result<()> {
        let mut first = uuid::Bytes::default();
        first.copy_from_slice(&Sha256::digest(key)[..16]);
        self.lock(uuid::Uuid::from_bytes(first)).await
    }

    /// Returns once everything written is durable; what waits for that happens first.
    pub async fn commit(self) -> Result<()> {
        // A task of its own: a caller that goes away must not come between commit and effects.
        tokio::spawn(self.commit_and_run()).await?
    }

    async fn commit_and_run(mut self) -> Result<()> {
        let stopped = || Error::Other("the writer stopped".to_owned());
        let (Some(inner), Some(place)) = (self.inner.take(), self.place.take()) else { return Err(stopped()) };
        let mut effects = std::mem::take(&mut self.effects);
        match place {
            WriteTurn::Sqlite(turn) => {
                inner.commit().await?;
                let durable = turn.done(effects);
                durable.await.map_err(|_| stopped())?.map_err(Error::SharedCommit)
            }
            WriteTurn::Postgres(_permit) => {
                let hints = std::mem::take(&mut effects.hints);
                super::postgres::notify(&inner, hints).await?;
                inner.commit().await?;
                effects.run(&self.signals);
                Ok(())
            }
        }
    }
}

impl Deref for Transaction {
    type Target = DatabaseTransaction;

    #[expect(clippy::expect_used, reason = "it is taken only when it is committed or dropped")]
    fn deref(&self) -> &Self::Target {
        self.inner.as_ref().expect("an open transaction")
    }
}

impl Drop for Transaction {
    /// On SQLite the rollback is on its way before the next change begins. On PostgreSQL the permit is given back when
    /// the transaction has really ended: one that waits for a lock keeps its connection until it has it.
    fn drop(&mut self) {
        let inner = self.inner.take();
        if let (Some(inner), Some(WriteTurn::Postgres(permit))) = (inner, self.place.take())
            && let Ok(runtime) = tokio::runtime::Handle::try_current()
        {
            runtime.spawn(async move {
                if let Err(error) = inner.rollback().await {
                    tracing::debug!(%error, "a change that was given up cannot be closed");
                }
                drop(permit);
            });
        }
    }
}
