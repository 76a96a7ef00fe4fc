//! The two databases behind one front: readers, and a writer whose changes are durable before they
//! are acknowledged.

mod effects;
mod expensive;
mod group_commit;
mod interrupt;
mod postgres;
mod sqlite;
mod transaction;
mod turns;

pub(crate) use effects::{Effects, Signals};
pub(crate) use expensive::ExpensiveReads;
pub(crate) use transaction::Transaction;

use crate::{Error, Result};
use expensive::{ExpensivePool, Limits};
use group_commit::GroupCommit;
use model::{OrganisationId, UserId};
use sea_orm::{ConnectionTrait, DatabaseConnection};
use std::sync::Arc;

/// An open database.
#[derive(Clone, Debug)]
pub struct Database {
    readers: DatabaseConnection,
    expensive: Arc<ExpensivePool>,
    writer: Writer,
    pub(crate) signals: Arc<Signals>,
}

#[derive(Clone, Debug)]
enum Writer {
    Sqlite { turns: GroupCommit, _lock: Arc<std::fs::File> },
    Postgres,
}

impl Database {
    /// Opens `sqlite://path` or `postgres://…`. An SQLite file is made when it is missing, and is
    /// held by one process at a time.
    pub async fn open(url: &str) -> Result<Self> {
        let signals = Arc::new(Signals::new());
        if let Some(path) = url.strip_prefix("sqlite://") {
            let path = path.split('?').next().unwrap_or(path);
            let lock = sqlite::lock(path)?;
            let (readers, writer) = sqlite::open(path).await?;
            let turns = GroupCommit::new(writer, Arc::clone(&signals));
            let expensive = ExpensivePool::new(sqlite::open_expensive(path).await?, Limits::default());
            Ok(Self { readers, expensive, writer: Writer::Sqlite { turns, _lock: Arc::new(lock) }, signals })
        } else if url.starts_with("postgres://") || url.starts_with("postgresql://") {
            let readers = postgres::open(url).await?;
            postgres::listen(readers.clone(), Arc::clone(&signals));
            let limits = Limits::default();
            let expensive = ExpensivePool::new(postgres::open_expensive(url, limits.deadline).await?, limits);
            Ok(Self { readers, expensive, writer: Writer::Postgres, signals })
        } else {
            Err(Error::Setup("the database address begins with sqlite:// or postgres://".to_owned()))
        }
    }

    /// The connection for migrations.
    pub fn for_migrations(&self) -> &DatabaseConnection {
        match &self.writer {
            Writer::Sqlite { turns, .. } => turns.connection(),
            Writer::Postgres => &self.readers,
        }
    }

    /// Whether the database answers.
    pub async fn ping(&self) -> Result<()> {
        self.readers.execute_unprepared("SELECT 1").await?;
        Ok(())
    }

    /// For what takes a moment, such as a row by its id.
    pub(crate) fn readers(&self) -> &DatabaseConnection {
        &self.readers
    }

    /// For what may take long; see [`crate::Access::expensive_reads`].
    pub(crate) async fn expensive_reads(
        &self,
        organisation: OrganisationId,
        person: Option<UserId>,
    ) -> Result<ExpensiveReads> {
        self.expensive.read(organisation, person).await
    }

    /// Whether this process alone writes, so that it may keep what it read until it changes it.
    pub(crate) fn is_exclusive(&self) -> bool {
        matches!(self.writer, Writer::Sqlite { .. })
    }

    /// Opens a write transaction. On SQLite it waits for its turn: there is one writer.
    pub(crate) async fn begin(&self) -> Result<Transaction> {
        match &self.writer {
            Writer::Sqlite { turns, .. } => turns.begin().await,
            Writer::Postgres => Transaction::on_postgres(&self.readers, Arc::clone(&self.signals)).await,
        }
    }
}
