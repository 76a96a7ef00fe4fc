//! A call that takes a recent proof of who makes it waits while the page asks for one, and is made once more then.

use leptos::prelude::*;
use model::SensitiveAction;
#[cfg(feature = "hydrate")]
use {
    futures::channel::oneshot,
    std::cell::{Cell, RefCell},
};

/// What the page asks a proof for now.
#[derive(Clone, Copy)]
pub struct ProofRequest {
    pub action: RwSignal<Option<SensitiveAction>>,
}

#[cfg(feature = "hydrate")]
thread_local! {
    static REQUEST: Cell<Option<ProofRequest>> = const { Cell::new(None) };
    /// The calls that wait for it.
    static WAITING: RefCell<Vec<oneshot::Sender<bool>>> = const { RefCell::new(Vec::new()) };
}

impl ProofRequest {
    pub fn provide() -> Self {
        let request = Self { action: RwSignal::new(None) };
        provide_context(request);
        #[cfg(feature = "hydrate")]
        REQUEST.set(Some(request));
        request
    }

    pub fn expect() -> Self {
        expect_context()
    }

    /// Lets the calls that wait go on, or fail.
    pub fn answer(self, proved: bool) {
        self.action.set(None);
        #[cfg(feature = "hydrate")]
        for call in WAITING.take() {
            // Its page may have gone.
            let _ = call.send(proved);
        }
        #[cfg(not(feature = "hydrate"))]
        let _ = proved;
    }
}

/// Asks for a proof; false if it is not given.
#[cfg(feature = "hydrate")]
pub(super) async fn ask(action: SensitiveAction) -> bool {
    let Some(request) = REQUEST.get() else { return false };
    let (call, answer) = oneshot::channel();
    WAITING.with_borrow_mut(|waiting| waiting.push(call));
    request.action.set(Some(action));
    answer.await.unwrap_or(false)
}
