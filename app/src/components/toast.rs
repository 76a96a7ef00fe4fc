use super::{Glyph, Icon};
use crate::runtime::{Toast, Toasts, Undo};
use leptos::prelude::*;

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
