use super::{Glyph, Icon};
use leptos::{ev, html::Dialog, prelude::*};
use leptos_router::hooks::use_navigate;

/// Details beside the list they belong to. Its address is a page's own; closing it goes back to the
/// list's, and the focus to where it was.
#[component]
pub fn Drawer(
    /// What the drawer is about, for those who do not see it.
    #[prop(into)]
    label: String,
    #[prop(into)] back: Signal<String>,
    children: Children,
) -> impl IntoView {
    let dialog = NodeRef::<Dialog>::new();
    let navigate = StoredValue::new(use_navigate());
    let leave = move || {
        navigate.with_value(|navigate| {
            navigate(&back.get_untracked(), leptos_router::NavigateOptions { scroll: false, ..Default::default() });
        });
    };
    open_as_modal(dialog);
    // Esc closes the element itself; the address has to follow.
    let on_cancel = move |event: ev::Event| {
        event.prevent_default();
        leave();
    };
    let on_backdrop = move |event: ev::MouseEvent| {
        if dialog.get_untracked().is_some_and(|dialog| event.target() == Some(dialog.into())) {
            leave();
        }
    };
    view! {
        <dialog node_ref=dialog class="drawer-panel" open aria-label=label on:cancel=on_cancel on:click=on_backdrop>
            <div class="drawer-inner">
                <a class="btn btn-ghost btn-sm btn-square absolute end-4 top-4" href=back aria-label="Close">
                    <Glyph icon=Icon::X class="size-5"/>
                </a>
                {children()}
            </div>
        </dialog>
    }
    .into_any()
}

/// Rendered open, so that it works without the page's code; made modal once that is there, which
/// keeps the focus inside. Afterwards it goes to the link that leads here.
#[cfg(feature = "hydrate")]
fn open_as_modal(dialog: NodeRef<Dialog>) {
    use wasm_bindgen::JsCast;
    const OWNER: &str = "data-address";
    let address = leptos_router::hooks::use_location().pathname.get_untracked();
    let shown = StoredValue::new_local(None::<web_sys::HtmlDialogElement>);
    let owner = address.clone();
    Effect::new(move |_| {
        if let Some(dialog) = dialog.get() {
            dialog.close();
            // It is in the document and closed: nothing to fail.
            let _ = dialog.show_modal();
            let _ = dialog.set_attribute(OWNER, &owner);
            shown.set_value(Some(dialog));
        }
    });
    on_cleanup(move || {
        // The next drawer may have taken over the same element.
        let still_ours = |dialog: &web_sys::HtmlDialogElement| dialog.get_attribute(OWNER).as_ref() == Some(&address);
        // As long as it is modal, nothing outside takes the focus.
        match shown.try_get_value().flatten() {
            Some(dialog) if still_ours(&dialog) => dialog.close(),
            Some(_) => return,
            None => {}
        }
        let link = document().query_selector(&format!("a[href='{address}']")).ok().flatten();
        if let Some(link) = link.and_then(|link| link.dyn_into::<web_sys::HtmlElement>().ok()) {
            let _ = link.focus();
        }
    });
}

#[cfg(not(feature = "hydrate"))]
fn open_as_modal(_: NodeRef<Dialog>) {}
