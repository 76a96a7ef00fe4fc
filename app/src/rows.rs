//! Rows of lists as HTML, kept from page to page: most rows of a list are as they were.

use leptos::{prelude::*, tachys::html::InertElement};
use model::{AccountId, PermissionSet};
use quick_cache::sync::Cache;
use std::{
    hash::{BuildHasher, Hash, RandomState},
    sync::Arc,
};

/// Some 20 MB at most.
const KEPT: usize = 20_000;

/// A row shows one thing, to somebody who is in this account with these permissions. It may depend
/// on nothing else; reading anything else of [`crate::console::Here`] belongs into the key first.
#[derive(Hash)]
struct Key<'a, T> {
    row: fn(T) -> AnyView,
    account: AccountId,
    permissions: PermissionSet,
    thing: &'a T,
}

#[derive(Clone)]
pub struct Rows(Arc<Kept>);

struct Kept {
    // Of this process alone: nobody outside can make two rows meet under one number.
    hasher: RandomState,
    html: Cache<u64, Arc<str>>,
}

impl Default for Rows {
    fn default() -> Self {
        Self(Arc::new(Kept { hasher: RandomState::new(), html: Cache::new(KEPT) }))
    }
}

impl Rows {
    /// The row of a thing, rendered now or before.
    pub(crate) fn show<T: Hash>(
        &self,
        thing: T,
        account: AccountId,
        permissions: PermissionSet,
        row: fn(T) -> AnyView,
    ) -> AnyView {
        let key = self.0.hasher.hash_one(Key { row, account, permissions, thing: &thing });
        let html = self.0.html.get(&key).unwrap_or_else(|| {
            let html: Arc<str> = row(thing).to_html().into();
            self.0.html.insert(key, Arc::clone(&html));
            html
        });
        InertElement::new(html.to_string()).into_any()
    }
}
