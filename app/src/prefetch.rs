//! What a page needs of the server, found out by rendering it: a page is rendered once to learn what
//! it asks for, and once more when the answers are there. Nothing is awaited while it renders, so a
//! reader who leaves cannot leave half of it behind.

use crate::api::{Answer, name_of};
use leptos::{prelude::*, reactive::computed::ScopedFuture, server_fn::ServerFn};
use model::{PermissionSet, Problem};
use quick_cache::sync::Cache;
use serde::Serialize;
use std::{
    any::Any,
    collections::BTreeMap,
    pin::Pin,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

/// Makes a call that a page asks for.
type Wanted = Arc<dyn Fn() -> Answering + Send + Sync>;

type Answering = Pin<Box<dyn Future<Output = (String, Known)> + Send>>;

/// Pages whose first questions are kept.
const KEPT: usize = 1_000;

/// What pages ask for first, kept from page to page: it follows from the address and from what the
/// reader may do, so a page that was shown before is rendered once, with the answers.
#[derive(Clone)]
pub struct Asked(Arc<Cache<Page, Arc<[Wanted]>>>);

impl Default for Asked {
    fn default() -> Self {
        Self(Arc::new(Cache::new(KEPT)))
    }
}

/// A page as one reader opens it.
#[derive(Clone, PartialEq, Eq, Hash)]
struct Page {
    address: String,
    permissions: PermissionSet,
}

/// The longest address of a page that is kept.
const LONGEST: usize = 256;

/// An answer: for the page that is rendered here, and as the browser reads it.
struct Known {
    answer: Box<dyn Any + Send + Sync>,
    json: String,
}

impl Known {
    fn new<T: Serialize + Send + Sync + 'static>(answer: Answer<T>) -> Self {
        // What cannot be written, the browser fetches by itself.
        let json = serde_json::to_string(&answer).unwrap_or_default();
        Self { answer: Box::new(answer), json }
    }
}

/// The answers that a page has so far, by the names of their calls, and what else it asked for.
#[derive(Clone, Default)]
pub struct Prefetch(Arc<Mutex<State>>);

#[derive(Default)]
struct State {
    known: BTreeMap<String, Known>,
    wanted: Vec<Wanted>,
    asked: bool,
    skipped: bool,
    /// Where the first questions are kept.
    keep: Option<(Asked, Page)>,
}

/// Whether the page is rendered only to learn what it asks for. What asks for nothing may leave
/// itself out then; it is rendered the next time.
pub(crate) fn is_asking() -> bool {
    let Some(prefetch) = use_context::<Prefetch>() else { return false };
    let mut state = prefetch.state();
    state.skipped |= !state.asked;
    !state.asked
}

impl Prefetch {
    /// The answer to a call; `None` if it is only asked for now.
    pub(crate) fn ask<C>(&self, call: C) -> Option<Answer<C::Output>>
    where
        C: ServerFn<Error = Problem> + Clone + Serialize + Send + Sync + 'static,
        C::Output: Clone + Serialize + Send + Sync + 'static,
    {
        let name = match name_of(&call) {
            Ok(name) => name,
            Err(problem) => return Some(Err(problem)),
        };
        let mut state = self.state();
        if let Some(known) = state.known.get(&name) {
            return known.answer.downcast_ref::<Answer<C::Output>>().cloned();
        }
        state.wanted.push(Arc::new(move || {
            let (name, call) = (name.clone(), call.clone());
            Box::pin(async move { (name, Known::new(call.run_body().await)) })
        }));
        None
    }

    /// Puts in an answer that is known already.
    pub fn know<C>(&self, call: &C, answer: Answer<C::Output>)
    where
        C: ServerFn<Error = Problem> + Serialize,
        C::Output: Serialize + Send + Sync + 'static,
    {
        if let Ok(name) = name_of(call) {
            self.state().known.insert(name, Known::new(answer));
        }
    }

    /// Fetches what the page asked for first when somebody with the same permissions opened it before.
    pub async fn recall(&self, asked: &Asked, request: &http::request::Parts, permissions: PermissionSet) {
        let address = request.uri.path_and_query().map(http::uri::PathAndQuery::as_str).unwrap_or_default();
        if address.len() > LONGEST {
            return;
        }
        let page = Page { address: address.to_owned(), permissions };
        if let Some(wanted) = asked.0.get(&page) {
            self.state().asked = true;
            self.answer(&wanted, request).await;
        } else {
            self.state().keep = Some((asked.clone(), page));
        }
    }

    /// Fetches what was asked for. False if the page is whole.
    pub async fn fetch(&self, request: &http::request::Parts) -> bool {
        let wanted: Arc<[Wanted]> = {
            let mut state = self.state();
            state.asked = true;
            let is_whole = state.wanted.is_empty() && !std::mem::take(&mut state.skipped);
            if is_whole {
                return false;
            }
            let wanted: Arc<[Wanted]> = std::mem::take(&mut state.wanted).into();
            if let Some((asked, page)) = state.keep.take() {
                asked.0.insert(page, Arc::clone(&wanted));
            }
            wanted
        };
        self.answer(&wanted, request).await;
        true
    }

    async fn answer(&self, wanted: &[Wanted], request: &http::request::Parts) {
        let owner = Owner::new();
        let calls = owner.with(|| {
            provide_context(request.clone());
            ScopedFuture::new(futures::future::join_all(wanted.iter().map(|call| call())))
        });
        let answered = calls.await;
        self.state().known.extend(answered);
    }

    /// The answers as they go with the page: data beside it, each under the name of its call.
    pub(crate) fn scripts(&self, nonce: &str) -> impl IntoView + use<> {
        let state = self.state();
        // No tag can end or begin within.
        let script = |(name, known): (&String, &Known)| {
            let json = known.json.replace('<', "\\u003c");
            view! { <script r#type="application/json" id=name.clone() nonce=nonce.to_owned() inner_html=json></script> }
        };
        state.known.iter().map(script).collect_view()
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
