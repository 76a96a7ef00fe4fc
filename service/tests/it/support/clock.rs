use futures::future::BoxFuture;
use model::Timestamp;
use std::{
    sync::{
        Arc, Mutex,
        atomic::{AtomicBool, AtomicI64, Ordering},
    },
    time::Duration,
};

/// Noon on 21 November 2026, UTC.
const START: i64 = 1_795_262_400_000_000;

/// A clock that a test moves. By itself it goes on by a microsecond at each look, so that what
/// happens later has a later time. Nobody waits by it: it only notes how long somebody would have.
#[derive(Clone)]
pub struct TestClock {
    now: Arc<AtomicI64>,
    stopped: Arc<AtomicBool>,
    pauses: Arc<Mutex<Vec<Duration>>>,
}

impl TestClock {
    pub fn new() -> Self {
        Self { now: Arc::new(AtomicI64::new(START)), stopped: Arc::default(), pauses: Arc::default() }
    }

    pub fn advance(&self, time: Duration) {
        self.now.fetch_add(i64::try_from(time.as_micros()).unwrap(), Ordering::SeqCst);
    }

    pub fn go_back(&self, time: Duration) {
        self.now.fetch_sub(i64::try_from(time.as_micros()).unwrap(), Ordering::SeqCst);
    }

    /// It no longer goes on by itself.
    pub fn stop(&self) {
        self.stopped.store(true, Ordering::SeqCst);
    }

    pub fn pauses(&self) -> Vec<Duration> {
        self.pauses.lock().unwrap().clone()
    }
}

impl service::Clock for TestClock {
    fn now(&self) -> Timestamp {
        Timestamp(self.now.fetch_add(i64::from(!self.stopped.load(Ordering::SeqCst)), Ordering::SeqCst))
    }

    fn sleep(&self, time: Duration) -> BoxFuture<'static, ()> {
        self.pauses.lock().unwrap().push(time);
        Box::pin(std::future::ready(()))
    }
}
