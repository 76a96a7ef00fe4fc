//! The two databases behind one front: readers, and a writer whose changes are durable before they
//! are acknowledged.

mod concurrency_limit;
mod effects;
mod expensive;
mod fair_semaphore;
mod group_commit;
mod interrupt;
mod lane;
mod postgres;
mod sqlite;
mod transaction;

pub(crate) use effects::{Effects, Signals};
pub(crate) use expensive::ExpensiveReads;
pub(crate) use lane::Lane;
pub(crate) use transaction::Transaction;

use crate::kernel::{Error, Result};
use expensive::{ExpensivePool, Limits};
use group_commit::GroupCommit;
use interrupt::Priority;
use model::{OrganisationId, UserId};
use postgres::Writers;
use sea_orm::{ConnectionTrait, DatabaseConnection};
use std::{sync::Arc, time::Duration};

/// How long a change waits for its turn. Without an end, a database that somebody else holds would keep each caller
/// waiting for all those before.
const PATIENCE: Duration = Duration::from_secs(5);

/// An open database.
#[derive(Clone, Debug)]
pub struct Database {
    readers: DatabaseConnection,
    pages: Arc<ExpensivePool>,
    expensive: Arc<ExpensivePool>,
    writer: Writer,
    pub(crate) signals: Arc<Signals>,
}

#[derive(Clone, Debug)]
enum Writer {
    Sqlite { group_commit: GroupCommit, _lock: Arc<std::fs::File> },
    Postgres(Writers),
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
            let group_commit = GroupCommit::new(writer, Arc::clone(&signals));
            let limits = Limits::default();
            let pages = sqlite::open_expensive(path, sqlite::PAGE_READERS, Priority::Normal).await?;
            let expensive = sqlite::open_expensive(path, sqlite::EXPENSIVE_READERS, Priority::Low).await?;
            let searches = Limits { at_once: limits.at_once.min(sqlite::spare_cores()), ..limits };
            let (pages, expensive) = (ExpensivePool::new(pages, limits), ExpensivePool::new(expensive, searches));
            Ok(Self {
                readers,
                pages,
                expensive,
                writer: Writer::Sqlite { group_commit, _lock: Arc::new(lock) },
                signals,
            })
        } else if url.starts_with("postgres://") || url.starts_with("postgresql://") {
            let readers = postgres::open(url).await?;
            postgres::listen(readers.clone(), Arc::clone(&signals));
            let limits = Limits::default();
            let expensive = ExpensivePool::new(postgres::open_expensive(url, limits.deadline).await?, limits);
            let pages = Arc::clone(&expensive);
            Ok(Self { readers, pages, expensive, writer: Writer::Postgres(Writers::open(url).await?), signals })
        } else {
            Err(Error::Setup("the database address begins with sqlite:// or postgres://".to_owned()))
        }
    }

    /// A connection that only reads, also beside the process that holds an SQLite file.
    ///
    /// # Errors
    /// [`Error::Setup`] where there is no such database.
    pub(crate) async fn open_to_read(url: &str) -> Result<DatabaseConnection> {
        match url.strip_prefix("sqlite://") {
            Some(path) => sqlite::open_to_read(path.split('?').next().unwrap_or(path)).await,
            None => postgres::open(url).await,
        }
    }

    /// The connection for migrations.
    pub fn for_migrations(&self) -> &DatabaseConnection {
        match &self.writer {
            Writer::Sqlite { group_commit, .. } => group_commit.connection(),
            Writer::Postgres(_) => &self.readers,
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

    /// For what may take long; see [`crate::kernel::Access::expensive_reads`].
    pub(crate) async fn expensive_reads(
        &self,
        organisation: OrganisationId,
        person: Option<UserId>,
    ) -> Result<ExpensiveReads> {
        self.expensive.read(organisation, person).await
    }

    /// For a page in the order of an index; see [`crate::kernel::Access::page_reads`].
    pub(crate) async fn page_reads(
        &self,
        organisation: OrganisationId,
        person: Option<UserId>,
    ) -> Result<ExpensiveReads> {
        self.pages.read(organisation, person).await
    }

    /// Takes what was deleted out of the write-ahead log of SQLite too; PostgreSQL's is its operator's. What readers keep
    /// in it now goes with the next sweep.
    pub(crate) async fn empty_wal(&self) {
        let Writer::Sqlite { group_commit, .. } = &self.writer else { return };
        match sqlite::truncate_wal(group_commit.connection()).await {
            Ok(true) => {}
            Ok(false) => tracing::info!("what was deleted stays in the write-ahead log until the next sweep"),
            Err(error) => tracing::warn!(%error, "the write-ahead log cannot be emptied"),
        }
    }

    /// Whether this process alone writes, so that it may keep what it read until it changes it.
    pub(crate) fn is_exclusive(&self) -> bool {
        matches!(self.writer, Writer::Sqlite { .. })
    }

    /// As [`Database::begin_in`], for workers and what takes a moment.
    pub(crate) async fn begin(&self) -> Result<Transaction> {
        self.begin_in(Lane::System).await
    }

    /// Opens a write transaction when its turn comes. On SQLite there is one at a time, on PostgreSQL few of each lane.
    ///
    /// # Errors
    /// [`model::Problem::TooMany`] when too many of the lane wait already.
    pub(crate) async fn begin_in(&self, lane: Lane) -> Result<Transaction> {
        match &self.writer {
            Writer::Sqlite { group_commit, .. } => group_commit.begin(lane).await,
            Writer::Postgres(writers) => {
                let (transaction, permit) = writers.begin(lane).await?;
                Ok(Transaction::on_postgres(transaction, permit, Arc::clone(&self.signals)))
            }
        }
    }
}
