//! The newest answer to each call, so that one that is as it was is not written once more. Who may
//! read it was decided before: it is found by being the same.

use crate::runtime::Answer;
use quick_cache::{Weighter, sync::Cache};
use serde::Serialize;
use std::{any::Any, sync::Arc};

/// Calls whose answers are kept.
const CAPACITY: usize = 1_000;

/// Bytes of answers that are kept.
const CAPACITY_BYTES: u64 = 8 << 20;

/// An answer: for the page that is rendered here, and as the browser reads it.
pub(crate) struct CachedAnswer {
    answer: Box<dyn Any + Send + Sync>,
    pub json: Arc<str>,
}

impl CachedAnswer {
    fn new<T: Serialize + Send + Sync + 'static>(answer: Answer<T>) -> Self {
        // What cannot be written, the browser fetches by itself. No tag can end or begin within.
        let json = serde_json::to_string(&answer).unwrap_or_default().replace('<', "\\u003c");
        Self { answer: Box::new(answer), json: json.into() }
    }

    pub fn answer<T: 'static>(&self) -> Option<&Answer<T>> {
        self.answer.downcast_ref()
    }
}

#[derive(Clone)]
pub(crate) struct Answers(Arc<Cache<String, Arc<CachedAnswer>, Weight>>);

#[derive(Clone)]
struct Weight;

impl Weighter<String, Arc<CachedAnswer>> for Weight {
    fn weight(&self, call: &String, known: &Arc<CachedAnswer>) -> u64 {
        (call.len() + known.json.len()) as u64
    }
}

impl Default for Answers {
    fn default() -> Self {
        Self(Arc::new(Cache::with_weighter(CAPACITY, CAPACITY_BYTES, Weight)))
    }
}

impl Answers {
    pub fn write<T: PartialEq + Serialize + Send + Sync + 'static>(
        &self,
        call: &str,
        answer: Answer<T>,
    ) -> Arc<CachedAnswer> {
        if let Some(known) = self.0.get(call).filter(|known| known.answer() == Some(&answer)) {
            return known;
        }
        let known = Arc::new(CachedAnswer::new(answer));
        self.0.insert(call.to_owned(), Arc::clone(&known));
        known
    }
}
