use crate::kernel::{Context, Result};
use quick_cache::sync::Cache;
use std::hash::Hash;

/// Things read from the database that hold as long as nobody's place changes: names of accounts, who
/// is a member where. Each is kept with the version of all places from before it was read, and
/// counts for nothing once that has moved on. Only where this process alone writes; elsewhere
/// everything is read.
pub(crate) struct VersionedCache<K, V>(Cache<K, (u64, V)>);

impl<K: Hash + Eq + Clone, V: Clone> VersionedCache<K, V> {
    /// Keeps at most so many things.
    pub fn new(most: usize) -> Self {
        Self(Cache::new(most))
    }

    /// What is known of `key`, or what `read` reads.
    pub async fn get_or_read(&self, ctx: &Context, key: K, read: impl Future<Output = Result<V>>) -> Result<V> {
        let database = &ctx.service().database;
        if !database.is_exclusive() {
            return read.await;
        }
        let version = database.signals.versions.membership_version();
        if let Some((then, value)) = self.0.get(&key)
            && then == version
        {
            return Ok(value);
        }
        let value = read.await?;
        self.0.insert(key, (version, value.clone()));
        Ok(value)
    }
}
