//! Sections whose code comes when they are about to be seen.

use leptos::prelude::*;
use std::{cell::RefCell, collections::HashMap};
use wasm_bindgen::{JsCast, prelude::Closure};
use web_sys::{Element, IntersectionObserver, IntersectionObserverEntry, IntersectionObserverInit};

/// On the outermost element of a section that the server wrote and no code has taken over. `early.js` keeps what is typed and
/// pressed there.
pub const LAZY: &str = "data-lazy";

/// How far from the visible part of the page the code of a section is loaded.
const NEAR: &str = "300px 0px";

thread_local! {
    /// What the server answered for sections that are not taken over yet, by the names of the calls.
    static ANSWERS: RefCell<HashMap<String, String>> = RefCell::default();
}

/// Keeps the answer to a call for the sections that are still to come, if there are any.
pub(super) fn keep_answer(call: String, json: String) {
    ANSWERS.with_borrow_mut(|answers| answers.insert(call, json));
}

pub(super) fn kept_answer(call: &str) -> Option<String> {
    ANSWERS.with_borrow(|answers| answers.get(call).cloned())
}

pub(super) fn has_lazy_sections() -> bool {
    matches!(document().query_selector(&format!("[{LAZY}]")), Ok(Some(_)))
}

/// The code of this section has taken over.
pub fn mark_section_hydrated(section: &Element) {
    let _ = section.remove_attribute(LAZY);
    if !has_lazy_sections() {
        ANSWERS.take();
    }
}

/// Calls `then` once, as soon as the element is about to be seen.
pub fn when_near(element: &Element, then: impl FnOnce() + 'static) {
    let mut then = Some(then);
    let seen = Closure::<dyn FnMut(js_sys::Array, IntersectionObserver)>::new(
        move |entries: js_sys::Array, observer: IntersectionObserver| {
            let is_near =
                entries.iter().any(|entry| entry.unchecked_into::<IntersectionObserverEntry>().is_intersecting());
            if let Some(then) = is_near.then(|| then.take()).flatten() {
                observer.disconnect();
                then();
            }
        },
    );
    let options = IntersectionObserverInit::new();
    options.set_root_margin(NEAR);
    let observer = IntersectionObserver::new_with_options(seen.into_js_value().unchecked_ref(), &options);
    // It fails only for a margin that cannot be parsed.
    if let Ok(observer) = observer {
        observer.observe(element);
    }
}
