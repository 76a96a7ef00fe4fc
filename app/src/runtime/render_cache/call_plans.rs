//! What pages ask for first: it follows from the address and from where the reader stands, so a page
//! that was shown before is rendered once, with the answers.

use super::CachedAnswer;
use crate::runtime::PostedBack;
use model::Standing;
use quick_cache::sync::Cache;
use std::{pin::Pin, sync::Arc};

/// Makes a call that a page asks for.
pub(crate) type Call = Arc<dyn Fn() -> Answering + Send + Sync>;

type Answering = Pin<Box<dyn Future<Output = (String, Arc<CachedAnswer>)> + Send>>;

/// Pages whose first questions are kept.
const CAPACITY: usize = 1_000;

/// The longest address of a page that is kept.
const LONGEST: usize = 256;

#[derive(Clone)]
pub(crate) struct CallPlans(Arc<Cache<CallPlanKey, Arc<[Call]>>>);

/// A page as one reader opens it. While it learns what it asks for, all it has is the address and where the reader
/// stands, so the first questions of two readers with both alike are alike: nobody's page makes a call that it
/// would not make by itself, and be refused.
#[derive(Clone, PartialEq, Eq, Hash)]
pub(crate) struct CallPlanKey {
    address: String,
    standing: Standing,
}

impl CallPlanKey {
    /// `None` for a page that has more to go by: an address too long to keep, or what came back from a plain form.
    pub fn new(request: &http::request::Parts, standing: &Standing) -> Option<Self> {
        let address = request.uri.path_and_query().map(http::uri::PathAndQuery::as_str).unwrap_or_default();
        let keeps = address.len() <= LONGEST && request.extensions.get::<PostedBack>().is_none();
        // When the rights were read makes no page ask for something else.
        keeps.then(|| Self { address: address.to_owned(), standing: Standing { as_of: 0, ..standing.clone() } })
    }
}

impl Default for CallPlans {
    fn default() -> Self {
        Self(Arc::new(Cache::new(CAPACITY)))
    }
}

impl CallPlans {
    pub fn get(&self, page: &CallPlanKey) -> Option<Arc<[Call]>> {
        self.0.get(page)
    }

    pub fn insert(&self, page: CallPlanKey, calls: Arc<[Call]>) {
        self.0.insert(page, calls);
    }
}
