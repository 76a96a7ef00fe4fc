//! What a page needs of the server, found out by rendering it: a page is rendered once to learn what
//! it asks for, and once more when the answers are there. Nothing is awaited while it renders, so a
//! reader who leaves cannot leave half of it behind.

use crate::api::Answer;
use leptos::{prelude::*, reactive::computed::ScopedFuture, server_fn::ServerFn};
use model::Problem;
use serde::Serialize;
use std::{
    any::Any,
    collections::HashMap,
    pin::Pin,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

type Answered = Arc<dyn Any + Send + Sync>;
type Wanted = Pin<Box<dyn Future<Output = (Call, Answered)> + Send>>;

/// A server function and its arguments.
type Call = (&'static str, String);

/// The answers that a page has so far, and what else it asked for.
#[derive(Clone, Default)]
pub struct Prefetch(Arc<Mutex<State>>);

#[derive(Default)]
struct State {
    answers: HashMap<Call, Answered>,
    wanted: Vec<Wanted>,
}

impl Prefetch {
    /// The answer to a call; `None` if it is only asked for now.
    pub(crate) fn ask<C>(&self, call: C) -> Option<Answer<C::Output>>
    where
        C: ServerFn<Error = Problem> + Serialize + 'static,
        C::Output: Clone + Send + Sync + 'static,
    {
        let Ok(arguments) = serde_qs::to_string(&call) else { return Some(Err(Problem::Malformed)) };
        let key = (C::PATH, arguments);
        let mut state = self.state();
        if let Some(answered) = state.answers.get(&key) {
            return answered.downcast_ref::<Answer<C::Output>>().cloned();
        }
        state.wanted.push(Box::pin(async move {
            let answered: Answer<C::Output> = call.run_body().await;
            (key, Arc::new(answered) as Answered)
        }));
        None
    }

    /// Puts in an answer that is known already.
    pub fn know<C>(&self, call: &C, answer: Answer<C::Output>)
    where
        C: ServerFn<Error = Problem> + Serialize,
        C::Output: Send + Sync + 'static,
    {
        if let Ok(arguments) = serde_qs::to_string(call) {
            self.state().answers.insert((C::PATH, arguments), Arc::new(answer));
        }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Fetches what was asked for. False if nothing was: the page is whole.
    pub async fn fetch(&self, request: &http::request::Parts) -> bool {
        let wanted = std::mem::take(&mut self.state().wanted);
        if wanted.is_empty() {
            return false;
        }
        let owner = Owner::new();
        let calls = owner.with(|| {
            provide_context(request.clone());
            ScopedFuture::new(futures::future::join_all(wanted))
        });
        let answered = calls.await;
        self.state().answers.extend(answered);
        true
    }
}
