//! What a page needs of the server, found out by rendering it: a page is rendered once to learn what
//! it asks for, and once more when the answers are there. Nothing is awaited while it renders, so a
//! reader who leaves cannot leave half of it behind.

use crate::api::{Answer, name_of};
use leptos::{prelude::*, reactive::computed::ScopedFuture, server_fn::ServerFn};
use model::Problem;
use serde::Serialize;
use std::{
    any::Any,
    collections::BTreeMap,
    pin::Pin,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

type Wanted = Pin<Box<dyn Future<Output = (String, Known)> + Send>>;

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
        C: ServerFn<Error = Problem> + Serialize + 'static,
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
        state.wanted.push(Box::pin(async move { (name, Known::new(call.run_body().await)) }));
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

    /// Fetches what was asked for. False if the page is whole.
    pub async fn fetch(&self, request: &http::request::Parts) -> bool {
        let wanted = {
            let mut state = self.state();
            state.asked = true;
            let is_whole = state.wanted.is_empty() && !std::mem::take(&mut state.skipped);
            if is_whole {
                return false;
            }
            std::mem::take(&mut state.wanted)
        };
        let owner = Owner::new();
        let calls = owner.with(|| {
            provide_context(request.clone());
            ScopedFuture::new(futures::future::join_all(wanted))
        });
        let answered = calls.await;
        self.state().known.extend(answered);
        true
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
