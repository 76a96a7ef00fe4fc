use super::{Glyph, Icon};
use crate::runtime::{Toast, Toasts, Undo, t};
use leptos::prelude::*;
use model::ButtonText;

/// Where toasts stand: on the page, or inside the drawer that is open there.
#[component]
pub fn ToastRegion(toasts: Toasts, #[prop(optional)] in_drawer: bool) -> impl IntoView {
    let shown = move || if in_drawer == (toasts.drawers.get() > 0) { toasts.shown.get() } else { Vec::new() };
    let button = move |id: u64, undo: Undo| {
        let take_back = move |_| {
            toasts.close(id);
            undo.run(());
        };
        view! { <button type="button" class="btn btn-sm" on:click=take_back>{t(ButtonText::Undo)}</button> }
    };
    view! {
        <div class="toast-region" role="status" aria-live="polite">
            <For each=shown key=|toast| toast.id let(Toast { id, sentence, undo })>
                <div class="toast-card">
                    <Glyph icon=Icon::CircleCheck class="size-5 text-success"/>
                    <p class="grow">{sentence}</p>
                    {undo.map(|undo| button(id, undo))}
                    <button type="button" class="btn btn-ghost btn-xs btn-square" aria-label=t(ButtonText::Close) on:click=move |_| toasts.close(id)>
                        <Glyph icon=Icon::X/>
                    </button>
                </div>
            </For>
        </div>
    }
    .into_any()
}
