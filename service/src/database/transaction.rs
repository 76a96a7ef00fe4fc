use super::{Effects, Signals, group_commit::Turn};
use crate::{Error, Result};
use sea_orm::{ConnectionTrait, DatabaseConnection, DatabaseTransaction, Statement, TransactionTrait};
use sha2::{Digest, Sha256};
use std::{collections::HashSet, ops::Deref, sync::Arc};

/// An open write transaction. Dropped without a commit, it is rolled back.
pub(crate) struct Transaction {
    // Declared before `turn`: the rollback is on its way before the next change begins.
    inner: DatabaseTransaction,
    turn: Option<Turn>,
    signals: Arc<Signals>,
    pub effects: Effects,
}

impl Transaction {
    pub(super) fn in_turn(inner: DatabaseTransaction, turn: Turn, signals: Arc<Signals>) -> Self {
        Self { inner, turn: Some(turn), signals, effects: Effects::default() }
    }

    pub(super) async fn on_postgres(pool: &DatabaseConnection, signals: Arc<Signals>) -> Result<Self> {
        Ok(Self { inner: pool.begin().await?, turn: None, signals, effects: Effects::default() })
    }

    /// Waits until no other transaction holds `key`, and holds it until the end of this one. On
    /// SQLite there is but one writer, so it is held already.
    pub async fn hold(&self, key: uuid::Uuid) -> Result<()> {
        if self.turn.is_none() {
            let (high, _) = key.as_u64_pair();
            let statement = Statement::from_sql_and_values(
                self.inner.get_database_backend(),
                "SELECT pg_advisory_xact_lock($1)",
                [high.cast_signed().into()],
            );
            self.inner.execute_raw(statement).await?;
        }
        Ok(())
    }

    /// As [`Transaction::hold`], for a key that is text.
    pub async fn hold_text(&self, key: &str) -> Result<()> {
        let mut first = uuid::Bytes::default();
        first.copy_from_slice(&Sha256::digest(key)[..16]);
        self.hold(uuid::Uuid::from_bytes(first)).await
    }

    /// Returns once everything written is durable; what waits for that happens first.
    pub async fn commit(self) -> Result<()> {
        // A task of its own: a caller that goes away must not come between commit and effects.
        tokio::spawn(self.commit_and_happen()).await?
    }

    async fn commit_and_happen(self) -> Result<()> {
        let Self { inner, turn, signals, effects } = self;
        if let Some(turn) = turn {
            inner.commit().await?;
            let durable = turn.done(effects);
            return durable
                .await
                .map_err(|_| Error::Setup("the writer stopped".to_owned()))?
                .map_err(Error::SharedCommit);
        }
        let Effects { hints, stale, outbox } = effects;
        super::postgres::notify(&inner, hints).await?;
        inner.commit().await?;
        Effects { hints: HashSet::new(), stale, outbox }.happen(&signals);
        Ok(())
    }
}

impl Deref for Transaction {
    type Target = DatabaseTransaction;

    fn deref(&self) -> &Self::Target {
        &self.inner
    }
}
