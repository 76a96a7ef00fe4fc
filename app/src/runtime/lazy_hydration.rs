//! Sections of a page that are hydrated later than the page around them.

use leptos::prelude::*;

/// In the context of such a section. While it is true, what is made takes over HTML that the server wrote.
#[derive(Clone, Copy)]
pub struct LazyHydration(StoredValue<bool>);

impl LazyHydration {
    /// Runs what takes over a section.
    pub fn run<T>(take_over: impl FnOnce() -> T) -> T {
        let hydration = Self(StoredValue::new(true));
        provide_context(hydration);
        let done = take_over();
        hydration.0.set_value(false);
        done
    }
}

/// Whether a section is taken over just now.
pub fn is_lazily_hydrating() -> bool {
    use_context::<LazyHydration>().is_some_and(|hydration| hydration.0.get_value())
}

/// Whether what is made now takes over HTML that the server wrote, with the page or later.
pub fn is_hydrating() -> bool {
    is_lazily_hydrating() || Owner::current_shared_context().is_some_and(|context| context.during_hydration())
}
