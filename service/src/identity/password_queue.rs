//! Whose password is checked next. A check takes a core and 19 MiB, so as many run at once as there are cores, and a
//! bounded number waits.

use crate::{Context, Error, Result, Site, fair_queue::FairQueue, thread::LowPriorityThreads};
use model::Problem;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use tokio::sync::oneshot;

/// Checks that wait of each priority before one is turned away: some two seconds of work for two cores.
const WAITING: usize = 32;
/// After how many of high priority one of the others goes, so that neither can be stopped by a flood of the other.
const HIGH_IN_A_ROW: u32 = 4;
/// When to come back.
const RETRY_SECONDS: u64 = 5;

/// Which of those who wait go first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Priority {
    /// A browser that has signed in as this user before, or somebody who is signed in.
    High,
    Normal,
}

/// The queue of this process.
pub(crate) struct PasswordQueue {
    queue: Queue<Site>,
    threads: LowPriorityThreads,
}

impl PasswordQueue {
    /// For so many checks at once.
    pub fn new(permits: usize) -> Self {
        Self { queue: Queue::new(permits, WAITING), threads: LowPriorityThreads::new(permits) }
    }

    /// Runs a check when its turn comes. It holds its permit until it ends, even if its caller is gone by then; a
    /// caller who goes away before it begins leaves the queue.
    ///
    /// # Errors
    /// [`Problem::TooMany`] when too many of this network, or as many others, are waiting.
    pub async fn run<T: Send + 'static>(
        &self,
        ctx: &Context,
        priority: Priority,
        check: impl FnOnce() -> T + Send + 'static,
    ) -> Result<T> {
        let site = ctx.network().site();
        self.queue.run(&self.threads, priority, site, check).await
    }
}

/// There is no place to wait in.
#[derive(Debug, PartialEq, Eq)]
struct Full;

impl From<Full> for Error {
    fn from(Full: Full) -> Self {
        Problem::TooMany { seconds: RETRY_SECONDS }.into()
    }
}

/// `K` is what turns go round by.
struct Queue<K: Copy + Eq>(Arc<Mutex<State<K>>>);

struct State<K: Copy + Eq> {
    /// Permits that nobody holds; while there are any, nobody waits.
    free: usize,
    high: FairQueue<K, oneshot::Sender<Permit<K>>>,
    normal: FairQueue<K, oneshot::Sender<Permit<K>>>,
    high_in_a_row: u32,
}

impl<K: Copy + Eq> State<K> {
    fn next(&mut self) -> Option<oneshot::Sender<Permit<K>>> {
        let high_first = self.high_in_a_row < HIGH_IN_A_ROW;
        let next = if high_first { self.high.next() } else { None };
        if let Some(next) = next {
            self.high_in_a_row += 1;
            return Some(next);
        }
        self.high_in_a_row = 0;
        self.normal.next().or_else(|| self.high.next())
    }
}

/// The right to run. Its end begins the next one's turn.
struct Permit<K: Copy + Eq>(Queue<K>);

impl<K: Copy + Eq> Drop for Permit<K> {
    fn drop(&mut self) {
        let next = {
            let mut state = self.0.state();
            let next = state.next();
            state.free += usize::from(next.is_none());
            next
        };
        if let Some(next) = next {
            // A caller who went away in this moment drops it, and so passes it on.
            drop(next.send(Self(self.0.clone())));
        }
    }
}

impl<K: Copy + Eq> Clone for Queue<K> {
    fn clone(&self) -> Self {
        Self(Arc::clone(&self.0))
    }
}

impl<K: Copy + Eq> Queue<K> {
    fn new(permits: usize, waiting: usize) -> Self {
        let (high, normal) = (FairQueue::new(waiting), FairQueue::new(waiting));
        Self(Arc::new(Mutex::new(State { free: permits, high, normal, high_in_a_row: 0 })))
    }

    fn state(&self) -> MutexGuard<'_, State<K>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    async fn enter(&self, priority: Priority, key: K) -> Result<Permit<K>, Full> {
        let turn = {
            let mut state = self.state();
            if state.free > 0 {
                state.free -= 1;
                return Ok(Permit(self.clone()));
            }
            let queue = match priority {
                Priority::High => &mut state.high,
                Priority::Normal => &mut state.normal,
            };
            let (ticket, turn) = oneshot::channel();
            queue.push(key, ticket).map_err(|_| Full)?;
            turn
        };
        // Without its ticket it had to make room for another network.
        turn.await.map_err(|_| Full)
    }
}

impl<K: Copy + Eq + Send + 'static> Queue<K> {
    async fn run<T: Send + 'static>(
        &self,
        threads: &LowPriorityThreads,
        priority: Priority,
        key: K,
        job: impl FnOnce() -> T + Send + 'static,
    ) -> Result<T> {
        let permit = self.enter(priority, key).await?;
        let job = move || {
            let _permit = permit;
            job()
        };
        threads.run(job).await
    }
}

#[cfg(test)]
mod tests;
