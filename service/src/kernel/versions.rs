use std::{
    hash::{BuildHasher, RandomState},
    sync::atomic::{AtomicU64, Ordering},
};
use uuid::Uuid;

const SHARDS: usize = 4096;

/// A counter for each organisation and user (some share one, which costs a read too many and
/// nothing else). Whoever keeps something read from the database keeps the counter from before the
/// reading beside it, and throws both away when the counter has moved on.
#[derive(Debug)]
pub(crate) struct Versions {
    shards: Box<[AtomicU64]>,
    places: AtomicU64,
}

impl Versions {
    pub fn new() -> Self {
        Self { shards: (0..SHARDS).map(|_| AtomicU64::new(0)).collect(), places: AtomicU64::new(somewhere()) }
    }

    /// One counter for everything that says who is where: organisations, accounts, members.
    pub fn membership_version(&self) -> u64 {
        self.places.load(Ordering::Acquire)
    }

    pub fn advance_memberships(&self) {
        self.places.fetch_add(1, Ordering::AcqRel);
    }

    fn shard(&self, id: Uuid) -> &AtomicU64 {
        // The last bytes of an id are random, whatever its version.
        let bytes = id.as_bytes();
        let position = usize::from(bytes[14]) << 8 | usize::from(bytes[15]);
        &self.shards[position % SHARDS]
    }

    pub fn of(&self, id: Uuid) -> u64 {
        self.shard(id).load(Ordering::Acquire)
    }

    /// Makes everything that was read about `id` stale.
    pub fn advance(&self, id: Uuid) {
        self.shard(id).fetch_add(1, Ordering::AcqRel);
    }
}

/// Numbers of two processes are not to be taken for one another.
fn somewhere() -> u64 {
    RandomState::new().hash_one(())
}
