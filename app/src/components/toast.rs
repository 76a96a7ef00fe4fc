use super::{Glyph, Icon};
use leptos::prelude::*;

/// Short sentences that come and go at the foot of the page.
#[derive(Clone, Copy)]
pub struct Toasts {
    shown: RwSignal<Vec<(u64, String)>>,
    next: StoredValue<u64>,
}

const SHOWN_FOR: std::time::Duration = std::time::Duration::from_secs(6);

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
        let id = self.next.get_value();
        self.next.set_value(id + 1);
        self.shown.update(|shown| shown.push((id, sentence.into())));
        set_timeout(move || self.close(id), SHOWN_FOR);
    }

    fn close(self, id: u64) {
        self.shown.update(|shown| shown.retain(|(shown, _)| *shown != id));
    }
}

#[component]
pub fn ToastRegion(toasts: Toasts) -> impl IntoView {
    view! {
        <div class="toast-region" role="status" aria-live="polite">
            <For each=move || toasts.shown.get() key=|(id, _)| *id let((id, sentence))>
                <div class="toast-card">
                    <Glyph icon=Icon::CircleCheck class="size-5 text-success"/>
                    <p class="grow">{sentence}</p>
                    <button type="button" class="btn btn-ghost btn-xs btn-square" aria-label="Close" on:click=move |_| toasts.close(id)>
                        <Glyph icon=Icon::X/>
                    </button>
                </div>
            </For>
        </div>
    }
}
