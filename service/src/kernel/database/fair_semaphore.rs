use crate::kernel::{Result, fair_queue::FairQueue};
use model::Problem;
use std::{
    collections::HashMap,
    hash::Hash,
    sync::{Arc, Mutex, PoisonError},
};
use tokio::sync::oneshot;

/// Permits that go round the keys. Whoever has none goes first, and the last one is kept for them, so that those who
/// have some already leave something to the others.
#[derive(Debug)]
pub(super) struct FairSemaphore<K: Copy + Eq + Hash>(Mutex<State<K>>);

struct State<K: Copy + Eq + Hash> {
    free: usize,
    held: HashMap<K, usize>,
    queue: FairQueue<K, oneshot::Sender<FairPermit<K>>>,
}

/// The right to run, until it is dropped.
#[derive(Debug)]
pub(super) struct FairPermit<K: Copy + Eq + Hash> {
    semaphore: Arc<FairSemaphore<K>>,
    key: K,
}

impl<K: Copy + Eq + Hash> FairSemaphore<K> {
    pub fn new(permits: usize) -> Arc<Self> {
        Arc::new(Self(Mutex::new(State { free: permits, held: HashMap::new(), queue: FairQueue::new(usize::MAX) })))
    }

    /// Waits for a permit.
    pub async fn acquire(self: &Arc<Self>, key: K) -> Result<FairPermit<K>> {
        let (ticket, turn) = oneshot::channel();
        self.change(|state| state.queue.push(key, ticket)).map_err(|_| Problem::Unavailable)?;
        Ok(turn.await.map_err(|_| Problem::Unavailable)?)
    }

    /// Changes the state, and gives out what is free then.
    fn change<T>(self: &Arc<Self>, change: impl FnOnce(&mut State<K>) -> T) -> T {
        let mut state = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let result = change(&mut state);
        let next: Vec<_> = std::iter::from_fn(|| state.next()).collect();
        drop(state);
        for (key, ticket) in next {
            // Whoever went away in this moment drops it, and so passes it on.
            drop(ticket.send(FairPermit { semaphore: Arc::clone(self), key }));
        }
        result
    }
}

impl<K: Copy + Eq + Hash> State<K> {
    fn next(&mut self) -> Option<(K, oneshot::Sender<FairPermit<K>>)> {
        let Self { free, held, queue } = self;
        let mut next = None;
        if *free > 0 {
            next = queue.next_where(|key| !held.contains_key(&key));
        }
        if *free > 1 {
            next = next.or_else(|| queue.next_where(|_| true));
        }
        let (key, _) = next.as_ref()?;
        *free -= 1;
        *held.entry(*key).or_default() += 1;
        next
    }

    fn take_back(&mut self, key: K) {
        self.free += 1;
        if let Some(held) = self.held.get_mut(&key) {
            *held -= 1;
            if *held == 0 {
                self.held.remove(&key);
            }
        }
    }
}

impl<K: Copy + Eq + Hash> Drop for FairPermit<K> {
    fn drop(&mut self) {
        self.semaphore.change(|state| state.take_back(self.key));
    }
}

impl<K: Copy + Eq + Hash> std::fmt::Debug for State<K> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("State").field("free", &self.free).finish_non_exhaustive()
    }
}
