//! What pages ask for first: it follows from the address and from what the reader may do, so a page
//! that was shown before is rendered once, with the answers.

use super::Known;
use model::PermissionSet;
use quick_cache::sync::Cache;
use std::{pin::Pin, sync::Arc};

/// Makes a call that a page asks for.
pub(crate) type Wanted = Arc<dyn Fn() -> Answering + Send + Sync>;

type Answering = Pin<Box<dyn Future<Output = (String, Arc<Known>)> + Send>>;

/// Pages whose first questions are kept.
const KEPT: usize = 1_000;

/// The longest address of a page that is kept.
const LONGEST: usize = 256;

#[derive(Clone)]
pub(crate) struct Asked(Arc<Cache<AskedBy, Arc<[Wanted]>>>);

/// A page as one reader opens it.
#[derive(Clone, PartialEq, Eq, Hash)]
pub(crate) struct AskedBy {
    address: String,
    permissions: PermissionSet,
}

impl AskedBy {
    pub fn new(request: &http::request::Parts, permissions: PermissionSet) -> Option<Self> {
        let address = request.uri.path_and_query().map(http::uri::PathAndQuery::as_str).unwrap_or_default();
        (address.len() <= LONGEST).then(|| Self { address: address.to_owned(), permissions })
    }
}

impl Default for Asked {
    fn default() -> Self {
        Self(Arc::new(Cache::new(KEPT)))
    }
}

impl Asked {
    pub fn get(&self, page: &AskedBy) -> Option<Arc<[Wanted]>> {
        self.0.get(page)
    }

    pub fn keep(&self, page: AskedBy, wanted: Arc<[Wanted]>) {
        self.0.insert(page, wanted);
    }
}
