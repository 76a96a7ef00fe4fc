//! Sections of a page whose code takes over later than that of the page around them.

use leptos::prelude::*;

/// In the context of such a section. While it is true, what is made takes over HTML that the server wrote.
#[derive(Clone, Copy)]
pub struct LateHydration(StoredValue<bool>);

impl LateHydration {
    /// Runs what takes over a section.
    pub fn run<T>(take_over: impl FnOnce() -> T) -> T {
        let late = Self(StoredValue::new(true));
        provide_context(late);
        let done = take_over();
        late.0.set_value(false);
        done
    }
}

/// Whether a section is taken over just now.
pub fn is_late() -> bool {
    use_context::<LateHydration>().is_some_and(|late| late.0.get_value())
}

/// Whether what is made now takes over HTML that the server wrote, with the page or later.
pub fn is_hydrating() -> bool {
    is_late() || Owner::current_shared_context().is_some_and(|context| context.during_hydration())
}
