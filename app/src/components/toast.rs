use super::{Glyph, Icon};
use leptos::prelude::*;
use std::time::Duration;

/// Takes back what a sentence tells of.
pub type Undo = Callback<()>;

/// Short sentences that come and go at the foot of the page.
#[derive(Clone, Copy)]
pub struct Toasts {
    shown: RwSignal<Vec<Toast>>,
    next: StoredValue<u64>,
}

#[derive(Clone)]
struct Toast {
    id: u64,
    sentence: String,
    undo: Option<Undo>,
}

const SHOWN_FOR: Duration = Duration::from_secs(6);
/// As long as the server takes something back.
pub const UNDONE_WITHIN: Duration = Duration::from_secs(10);

impl Toasts {
    pub fn provide() -> Self {
        let toasts = Self { shown: RwSignal::default(), next: StoredValue::new(0) };
        provide_context(toasts);
        toasts
    }

    pub fn expect() -> Self {
        expect_context()
    }

    pub fn say(self, sentence: impl Into<String>) {
        self.offer(sentence, None);
    }

    /// Says what was done, and offers to take it back.
    pub fn offer(self, sentence: impl Into<String>, undo: Option<Undo>) {
        let id = self.next.get_value();
        self.next.set_value(id + 1);
        let time = if undo.is_some() { UNDONE_WITHIN } else { SHOWN_FOR };
        self.shown.update(|shown| shown.push(Toast { id, sentence: sentence.into(), undo }));
        set_timeout(move || self.close(id), time);
    }

    fn close(self, id: u64) {
        self.shown.update(|shown| shown.retain(|shown| shown.id != id));
    }
}

#[component]
pub fn ToastRegion(toasts: Toasts) -> impl IntoView {
    let button = move |id: u64, undo: Undo| {
        let take_back = move |_| {
            toasts.close(id);
            undo.run(());
        };
        view! { <button type="button" class="btn btn-sm" on:click=take_back>"Undo"</button> }
    };
    view! {
        <div class="toast-region" role="status" aria-live="polite">
            <For each=move || toasts.shown.get() key=|toast| toast.id let(Toast { id, sentence, undo })>
                <div class="toast-card">
                    <Glyph icon=Icon::CircleCheck class="size-5 text-success"/>
                    <p class="grow">{sentence}</p>
                    {undo.map(|undo| button(id, undo))}
                    <button type="button" class="btn btn-ghost btn-xs btn-square" aria-label="Close" on:click=move |_| toasts.close(id)>
                        <Glyph icon=Icon::X/>
                    </button>
                </div>
            </For>
        </div>
    }
}
