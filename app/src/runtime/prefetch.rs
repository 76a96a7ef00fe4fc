//! What a page needs of the server, found out by rendering it: a page is rendered once to learn what
//! it asks for, and once more when the answers are there. Nothing is awaited while it renders, so a
//! reader who leaves cannot leave half of it behind.

use crate::runtime::{Answer, CachedAnswer, Call, CallPlanKey, RenderCache, name_of};
use leptos::{prelude::*, reactive::computed::ScopedFuture, server_fn::ServerFn};
use model::{Problem, Standing};
use serde::Serialize;
use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

/// The answers that a page has so far, by the names of their calls, and what else it asked for.
#[derive(Clone)]
pub struct Prefetch {
    pub(crate) cache: RenderCache,
    state: Arc<Mutex<State>>,
}

#[derive(Default)]
struct State {
    answers: BTreeMap<String, Arc<CachedAnswer>>,
    calls: Vec<Call>,
    asked: bool,
    skipped: bool,
    /// The page whose first questions are to be kept.
    keep: Option<CallPlanKey>,
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
    pub fn new(cache: RenderCache) -> Self {
        Self { cache, state: Arc::default() }
    }

    /// The answer to a call; `None` if it is only asked for now.
    pub(crate) fn ask<C>(&self, call: C) -> Option<Answer<C::Output>>
    where
        C: ServerFn<Error = Problem> + Clone + Serialize + Send + Sync + 'static,
        C::Output: Clone + PartialEq + Serialize + Send + Sync + 'static,
    {
        let name = match name_of(&call) {
            Ok(name) => name,
            Err(problem) => return Some(Err(problem)),
        };
        let mut state = self.state();
        if let Some(answer) = state.answers.get(&name) {
            return answer.answer().cloned();
        }
        let answers = self.cache.answers.clone();
        state.calls.push(Arc::new(move || {
            let (name, call, answers) = (name.clone(), call.clone(), answers.clone());
            Box::pin(async move {
                let known = answers.write(&name, call.run_body().await);
                (name, known)
            })
        }));
        None
    }

    /// Puts in an answer that is known already.
    pub fn insert<C>(&self, call: &C, answer: Answer<C::Output>)
    where
        C: ServerFn<Error = Problem> + Serialize,
        C::Output: PartialEq + Serialize + Send + Sync + 'static,
    {
        if let Ok(name) = name_of(call) {
            let known = self.cache.answers.write(&name, answer);
            self.state().answers.insert(name, known);
        }
    }

    /// Fetches what the page asked for first when somebody who stands where this reader does opened it before.
    pub async fn get(&self, request: &http::request::Parts, standing: &Standing) {
        let Some(page) = CallPlanKey::new(request, standing) else { return };
        if let Some(wanted) = self.cache.call_plans.get(&page) {
            self.state().asked = true;
            self.answer(&wanted, request).await;
        } else {
            self.state().keep = Some(page);
        }
    }

    /// Fetches what was asked for. False if the page is whole.
    pub async fn fetch(&self, request: &http::request::Parts) -> bool {
        let wanted: Arc<[Call]> = {
            let mut state = self.state();
            state.asked = true;
            let is_whole = state.calls.is_empty() && !std::mem::take(&mut state.skipped);
            if is_whole {
                return false;
            }
            let wanted: Arc<[Call]> = std::mem::take(&mut state.calls).into();
            if let Some(page) = state.keep.take() {
                self.cache.call_plans.insert(page, Arc::clone(&wanted));
            }
            wanted
        };
        self.answer(&wanted, request).await;
        true
    }

    async fn answer(&self, wanted: &[Call], request: &http::request::Parts) {
        let owner = Owner::new();
        let calls = owner.with(|| {
            provide_context(request.clone());
            ScopedFuture::new(futures::future::join_all(wanted.iter().map(|call| call())))
        });
        let answered = calls.await;
        self.state().answers.extend(answered);
    }

    /// The answers as they go with the page: data beside it, each under the name of its call.
    pub(crate) fn scripts(&self, nonce: &str) -> impl IntoView + use<> {
        let state = self.state();
        let script = |(name, known): (&String, &Arc<CachedAnswer>)| {
            let json = Arc::clone(&known.json);
            view! { <script r#type="application/json" id=name.clone() nonce=nonce.to_owned() inner_html=json></script> }
        };
        state.answers.iter().map(script).collect_view()
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
