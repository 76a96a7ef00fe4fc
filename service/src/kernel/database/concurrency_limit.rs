use crate::kernel::Result;
use model::Problem;
use std::{
    collections::HashMap,
    hash::Hash,
    sync::{Arc, Mutex, PoisonError},
};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

/// How much runs at once for each key of many: some more wait in order, the rest are refused.
#[derive(Debug)]
pub(super) struct ConcurrencyLimit<K> {
    keys: Mutex<HashMap<K, Callers>>,
    at_once: usize,
    waiting: usize,
}

#[derive(Debug)]
struct Callers {
    permits: Arc<Semaphore>,
    /// Those that run, and those that wait.
    count: usize,
}

/// The right to run, until it is dropped.
#[derive(Debug)]
pub(super) struct Permit<K: Eq + Hash + Copy> {
    // Declared before `place`: whoever waits goes on before the callers are counted.
    _permit: OwnedSemaphorePermit,
    _place: Slot<K>,
}

#[derive(Debug)]
struct Slot<K: Eq + Hash + Copy> {
    limit: Arc<ConcurrencyLimit<K>>,
    key: K,
}

impl<K: Eq + Hash + Copy> ConcurrencyLimit<K> {
    pub fn new(at_once: usize, waiting: usize) -> Arc<Self> {
        Arc::new(Self { keys: Mutex::default(), at_once, waiting })
    }

    /// Waits for a permit.
    ///
    /// # Errors
    /// [`Problem::TooMany`] when as many wait already as may.
    pub async fn acquire(self: &Arc<Self>, key: K) -> Result<Permit<K>> {
        let (permits, place) = self.join(key)?;
        let permit = permits.acquire_owned().await.map_err(|_| Problem::Unavailable)?;
        Ok(Permit { _permit: permit, _place: place })
    }

    fn join(self: &Arc<Self>, key: K) -> Result<(Arc<Semaphore>, Slot<K>)> {
        let mut keys = self.keys.lock().unwrap_or_else(PoisonError::into_inner);
        let callers =
            keys.entry(key).or_insert_with(|| Callers { permits: Arc::new(Semaphore::new(self.at_once)), count: 0 });
        if callers.count >= self.at_once + self.waiting {
            return Err(Problem::TooMany { seconds: RETRY_SECONDS }.into());
        }
        callers.count += 1;
        Ok((Arc::clone(&callers.permits), Slot { limit: Arc::clone(self), key }))
    }
}

/// When a caller may try again: a few searches are over by then.
pub(super) const RETRY_SECONDS: u64 = 2;

impl<K: Eq + Hash + Copy> Drop for Slot<K> {
    fn drop(&mut self) {
        let mut keys = self.limit.keys.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(callers) = keys.get_mut(&self.key) {
            callers.count -= 1;
            if callers.count == 0 {
                keys.remove(&self.key);
            }
        }
    }
}
