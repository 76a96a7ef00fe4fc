use crate::Result;
use model::Problem;
use std::{
    collections::HashMap,
    hash::Hash,
    sync::{Arc, Mutex, PoisonError},
};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

/// Turns for each key of many: some at once, some more that wait in order, the rest are refused.
#[derive(Debug)]
pub(super) struct Turns<K> {
    lanes: Mutex<HashMap<K, Lane>>,
    at_once: usize,
    waiting: usize,
}

#[derive(Debug)]
struct Lane {
    permits: Arc<Semaphore>,
    /// Those whose turn it is, and those that wait.
    callers: usize,
}

/// A turn, until it is dropped.
#[derive(Debug)]
pub(super) struct Turn<K: Eq + Hash + Copy> {
    // Declared before `place`: whoever waits goes on before the lane is looked at.
    _permit: OwnedSemaphorePermit,
    _place: Place<K>,
}

#[derive(Debug)]
struct Place<K: Eq + Hash + Copy> {
    turns: Arc<Turns<K>>,
    key: K,
}

impl<K: Eq + Hash + Copy> Turns<K> {
    pub fn new(at_once: usize, waiting: usize) -> Arc<Self> {
        Arc::new(Self { lanes: Mutex::default(), at_once, waiting })
    }

    /// Waits for a turn.
    ///
    /// # Errors
    /// [`Problem::TooMany`] when as many wait already as may.
    pub async fn take(self: &Arc<Self>, key: K) -> Result<Turn<K>> {
        let (permits, place) = self.join(key)?;
        let permit = permits.acquire_owned().await.map_err(|_| Problem::Unavailable)?;
        Ok(Turn { _permit: permit, _place: place })
    }

    fn join(self: &Arc<Self>, key: K) -> Result<(Arc<Semaphore>, Place<K>)> {
        let mut lanes = self.lanes.lock().unwrap_or_else(PoisonError::into_inner);
        let lane =
            lanes.entry(key).or_insert_with(|| Lane { permits: Arc::new(Semaphore::new(self.at_once)), callers: 0 });
        if lane.callers >= self.at_once + self.waiting {
            return Err(Problem::TooMany { seconds: RETRY }.into());
        }
        lane.callers += 1;
        Ok((Arc::clone(&lane.permits), Place { turns: Arc::clone(self), key }))
    }
}

/// Seconds after which a caller may try again: a few searches are over by then.
pub(super) const RETRY: u64 = 2;

impl<K: Eq + Hash + Copy> Drop for Place<K> {
    fn drop(&mut self) {
        let mut lanes = self.turns.lanes.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(lane) = lanes.get_mut(&self.key) {
            lane.callers -= 1;
            if lane.callers == 0 {
                lanes.remove(&self.key);
            }
        }
    }
}
