use leptos::{ev, html::Dialog, prelude::*};

/// A question in front of everything else, a drawer too, for as long as there is something to ask. The dialog is the
/// browser's own: it keeps the focus inside and gives it back.
#[component]
pub fn Modal(
    /// The id of its heading.
    heading: &'static str,
    open: Signal<bool>,
    /// It was closed, by whatever way.
    on_close: Callback<()>,
    children: Children,
) -> impl IntoView {
    let dialog = NodeRef::<Dialog>::new();
    #[cfg(feature = "hydrate")]
    Effect::new(move |_| {
        let Some(dialog) = dialog.get() else { return };
        match (open.get(), dialog.open()) {
            // It is in the document and closed: nothing to fail.
            (true, false) => drop(dialog.show_modal()),
            (false, true) => dialog.close(),
            (true, true) | (false, false) => {}
        }
    });
    #[cfg(not(feature = "hydrate"))]
    let _ = open;
    view! {
        <dialog node_ref=dialog class="modal" aria-labelledby=heading on:close=move |_: ev::Event| on_close.run(())>
            <div class="modal-box max-w-md">{children()}</div>
        </dialog>
    }
    .into_any()
}
