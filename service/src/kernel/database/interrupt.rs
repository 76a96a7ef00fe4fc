use crate::kernel::thread::lower_priority;
use sea_orm::sqlx::{Result, SqliteConnection};
use std::{
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    time::Duration,
};
use tokio::time::Instant;

/// SQLite looks at the deadline after so many of its instructions: some tens of microseconds.
const INSTRUCTIONS: i32 = 1_000;

/// Until when the statements of one SQLite connection may run.
#[derive(Clone, Debug)]
pub(super) struct Interrupt {
    start: Instant,
    /// Microseconds after `start`.
    deadline: Arc<AtomicU64>,
}

impl Interrupt {
    /// Without a deadline yet: a connection reads the schema when it is opened.
    pub fn new() -> Self {
        Self { start: Instant::now(), deadline: Arc::new(AtomicU64::new(u64::MAX)) }
    }

    /// From now on statements may run for so long, all together.
    pub fn allow(&self, time: Duration) {
        self.deadline.store(micros(self.start.elapsed() + time), Ordering::Relaxed);
    }

    /// Ends what is running.
    pub fn end(&self) {
        self.deadline.store(0, Ordering::Relaxed);
    }

    /// Makes a connection look at the deadline, and let every other thread of the process go first if its priority is
    /// low.
    pub async fn watch(&self, connection: &mut SqliteConnection, priority: Priority) -> Result<()> {
        let Self { start, deadline } = self.clone();
        let mut to_lower = priority == Priority::Low;
        let goes_on = move || {
            // Called on the thread of the connection, and only there.
            if std::mem::take(&mut to_lower) {
                lower_priority();
            }
            micros(start.elapsed()) < deadline.load(Ordering::Relaxed)
        };
        connection.lock_handle().await?.set_progress_handler(INSTRUCTIONS, goes_on);
        Ok(())
    }
}

/// Of the thread of a connection among those of the process.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Priority {
    Normal,
    Low,
}

fn micros(time: Duration) -> u64 {
    u64::try_from(time.as_micros()).unwrap_or(u64::MAX)
}
