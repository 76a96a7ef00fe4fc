//! Rows of lists as HTML, kept from page to page: most rows of a list are as they were.

use leptos::{prelude::*, tachys::html::InertElement};
use model::{AccountId, PermissionSet};
use quick_cache::sync::Cache;
use std::{
    hash::{BuildHasher, Hash, RandomState},
    sync::Arc,
};

/// Some 20 MB at most.
const CAPACITY: usize = 20_000;

/// Bytes of a row, about.
const ROW: usize = 1_024;

/// A row shows one thing, to somebody who is in this account with these permissions, under the filters in the address,
/// which its links keep. It may depend on nothing else; reading anything else of [`crate::runtime::Here`] belongs into the key first.
#[derive(Hash)]
struct Key<'a, T> {
    list: usize,
    account: AccountId,
    permissions: PermissionSet,
    query: &'a str,
    thing: &'a T,
}

#[derive(Clone)]
pub(crate) struct Rows(Arc<Html>);

struct Html {
    // Of this process alone: nobody outside can make two rows meet under one number.
    hasher: RandomState,
    by_key: Cache<u64, Arc<str>>,
}

impl Default for Rows {
    fn default() -> Self {
        Self(Arc::new(Html { hasher: RandomState::new(), by_key: Cache::new(CAPACITY) }))
    }
}

impl Rows {
    /// The rows of a list, each rendered now or before, as one piece. `list` is where the list's columns are in
    /// memory, which tells it from all others.
    pub fn show<T: Hash>(
        &self,
        list: usize,
        things: &[T],
        account: AccountId,
        permissions: PermissionSet,
        query: &str,
        row: impl Fn(&T) -> AnyView,
    ) -> AnyView {
        let mut all = String::with_capacity(things.len() * ROW);
        for thing in things {
            let key = self.0.hasher.hash_one(Key { list, account, permissions, query, thing });
            if let Some(html) = self.0.by_key.get(&key) {
                all.push_str(&html);
            } else {
                let html: Arc<str> = row(thing).to_html().into();
                all.push_str(&html);
                self.0.by_key.insert(key, html);
            }
        }
        // What ends a list that the browser goes on with.
        all.push_str("<!>");
        InertElement::new(all).into_any()
    }
}
