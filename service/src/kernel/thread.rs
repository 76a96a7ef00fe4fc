//! Threads that let all others of the process go first.

use crate::kernel::{Error, Result};
use rayon::{ThreadPool, ThreadPoolBuilder};
use std::sync::OnceLock;
use tokio::{runtime::Handle, sync::oneshot};

/// What is added to the nice value of a thread: of two that want one core, the other gets nine tenths.
const LOW: i32 = 10;

/// Lowers the priority of the thread that calls it, for good.
pub(crate) fn lower_priority() {
    #[cfg(target_os = "linux")]
    if let Err(error) = rustix::process::setpriority_process(Some(rustix::thread::gettid()), LOW) {
        tracing::debug!(%error, "a thread has the priority of all others");
    }
}

/// So many threads for what keeps a core busy. They begin with the first job, and stay.
pub(crate) struct LowPriorityThreads {
    threads: usize,
    pool: OnceLock<ThreadPool>,
}

impl LowPriorityThreads {
    pub const fn new(threads: usize) -> Self {
        Self { threads, pool: OnceLock::new() }
    }

    /// Runs a job when one of them is free.
    ///
    /// # Errors
    /// [`Error::Other`] when it panicked, or there can be no more threads.
    pub async fn run<T: Send + 'static>(&self, job: impl FnOnce() -> T + Send + 'static) -> Result<T> {
        let (answer, answered) = oneshot::channel();
        let runtime = Handle::current();
        let run = move || {
            // The answer is dropped here if its caller has gone; to drop it may take the runtime.
            let _runtime = runtime.enter();
            let _ = answer.send(job());
        };
        self.pool()?.spawn(run);
        answered.await.map_err(|_| Error::Other("a job panicked".to_owned()))
    }

    fn pool(&self) -> Result<&ThreadPool> {
        if let Some(pool) = self.pool.get() {
            return Ok(pool);
        }
        let pool = ThreadPoolBuilder::new()
            .num_threads(self.threads)
            .thread_name(|number| format!("low-priority-{number}"))
            .start_handler(|_| lower_priority())
            .panic_handler(|_| tracing::error!("a job on a thread of low priority panicked"))
            .build()
            .map_err(|error| Error::Other(format!("threads of low priority: {error}")))?;
        // Of two that are built at once, one goes unused.
        Ok(self.pool.get_or_init(|| pool))
    }
}
