use super::{Glyph, Icon, ToastRegion};
use crate::runtime::{Leave, Toasts, t};
use leptos::{ev, html::Dialog, prelude::*};
use leptos_meta::Title;
use leptos_router::{NavigateOptions, hooks::use_navigate};
use model::{ButtonText, Unsaved, UnsavedText};
use std::{borrow::Cow, sync::Arc};

/// Details beside the list they belong to. Its address is a page's own; closing it goes back to the
/// list's, and the focus to where it was.
#[component]
pub fn Drawer(
    /// What the drawer is about, for those who do not see it.
    #[prop(into)]
    label: Cow<'static, str>,
    #[prop(into)] back: Signal<String>,
    children: Children,
) -> impl IntoView {
    let dialog = NodeRef::<Dialog>::new();
    let leave = leave_drawer(back);
    let title = label.clone();
    let asking = RwSignal::new(None::<Asking>);
    let asks_first = move |leave: Leave| {
        let unsaved = unsaved(dialog);
        if let Some(unsaved) = unsaved {
            asking.set(Some(Asking { unsaved, leave }));
        }
        unsaved.is_some()
    };
    #[cfg(feature = "hydrate")]
    crate::runtime::browser::ask_before_exit(Callback::new(asks_first));
    let close = move || {
        if !asks_first(Arc::new(move || leave.run(()))) {
            leave.run(());
        }
    };
    let on_link = move |event: ev::MouseEvent| {
        if !(event.ctrl_key() || event.meta_key() || event.shift_key()) {
            event.prevent_default();
            close();
        }
    };
    open_as_modal(dialog);
    let toasts = Toasts::expect();
    #[cfg(feature = "hydrate")]
    take_over(toasts);
    let is_itself =
        move |event: &ev::Event| dialog.get_untracked().is_some_and(|dialog| event.target() == Some(dialog.into()));
    // Esc closes the element itself; the address has to follow. Events of what lies within, such as the choice of a
    // file, come by here too.
    let on_cancel = move |event: ev::Event| {
        if is_itself(&event) {
            event.prevent_default();
            close();
        }
    };
    let on_backdrop = move |event: ev::MouseEvent| {
        if is_itself(&event) {
            close();
        }
    };
    view! {
        <Title text=move || title.clone()/>
        <dialog node_ref=dialog class="drawer-panel" open aria-label=label on:cancel=on_cancel on:close=move |event| stay_open(dialog, &event, close) on:click=on_backdrop>
            <div class="drawer-inner">
                <a class="btn btn-ghost btn-sm btn-square absolute end-4 top-4" href=back aria-label=t(ButtonText::Close) on:click=on_link>
                    <Glyph icon=Icon::X class="size-5"/>
                </a>
                {children()}
            </div>
            <ToastRegion toasts in_drawer=true/>
            {move || asking.get().map(|Asking { unsaved, leave }| view! { <Question unsaved asking leave/> })}
        </dialog>
    }
    .into_any()
}

/// What would be lost, and the way out that was taken.
#[derive(Clone)]
struct Asking {
    unsaved: Unsaved,
    leave: Leave,
}

/// Asks before something unsaved is lost.
#[component]
fn Question(unsaved: Unsaved, asking: RwSignal<Option<Asking>>, leave: Leave) -> impl IntoView {
    let dialog = NodeRef::<Dialog>::new();
    #[cfg(feature = "hydrate")]
    Effect::new(move |_| {
        if let Some(dialog) = dialog.get() {
            // It is in the document and closed: nothing to fail.
            let _ = dialog.show_modal();
        }
    });
    // Closed rather than taken away, it gives the focus back.
    let stay = move |_| {
        if let Some(dialog) = dialog.get_untracked() {
            dialog.close();
        }
    };
    let go = move |_| {
        asking.set(None);
        leave();
    };
    view! {
        <dialog node_ref=dialog class="modal" aria-labelledby="unsaved" on:close=move |_: ev::Event| asking.set(None)>
            <div class="modal-box max-w-sm">
                <h2 id="unsaved" class="text-base font-semibold">{t(UnsavedText::Question(unsaved))}</h2>
                <p class="text-muted mt-2">{t(UnsavedText::Consequence(unsaved))}</p>
                <div class="modal-action">
                    <button type="button" class="btn btn-sm" on:click=stay>{t(UnsavedText::Stay(unsaved))}</button>
                    <button type="button" class="btn btn-error btn-sm" on:click=go>{t(UnsavedText::Leave(unsaved))}</button>
                </div>
            </div>
        </dialog>
    }
    .into_any()
}

/// Closes a drawer. Opened from the list, it goes back in the history; opened by its address, the list takes its place
/// there.
pub fn leave_drawer(back: Signal<String>) -> Callback<()> {
    let navigate = StoredValue::new(use_navigate());
    Callback::new(move |()| {
        let back = back.get_untracked();
        #[cfg(feature = "hydrate")]
        if crate::runtime::browser::went_on_from(&back) {
            return crate::runtime::browser::go_back();
        }
        let options = NavigateOptions { replace: true, scroll: false, ..NavigateOptions::default() };
        navigate.with_value(|navigate| navigate(&back, options));
    })
}

/// As long as the drawer is there, it shows the toasts.
#[cfg(feature = "hydrate")]
fn take_over(toasts: Toasts) {
    Effect::new(move |before: Option<()>| {
        if before.is_none() {
            toasts.drawers.update(|drawers| *drawers += 1);
        }
    });
    on_cleanup(move || toasts.drawers.update(|drawers| *drawers = drawers.saturating_sub(1)));
}

#[cfg(feature = "hydrate")]
fn unsaved(dialog: NodeRef<Dialog>) -> Option<Unsaved> {
    let dialog = dialog.get_untracked()?;
    crate::runtime::browser::unsaved(&dialog)
}

#[cfg(not(feature = "hydrate"))]
fn unsaved(_: NodeRef<Dialog>) -> Option<Unsaved> {
    None
}

/// A browser closes a dialog by itself when Esc is pressed twice, and asks nobody: it is opened again, and closed as it
/// is by Esc.
#[cfg(feature = "hydrate")]
fn stay_open(dialog: NodeRef<Dialog>, event: &ev::Event, close: impl FnOnce()) {
    let Some(dialog) = dialog.try_get_untracked().flatten() else { return };
    if event.target() == Some(dialog.clone().into()) && dialog.is_connected() && !dialog.open() {
        let _ = dialog.show_modal();
        close();
    }
}

#[cfg(not(feature = "hydrate"))]
fn stay_open(_: NodeRef<Dialog>, _: &ev::Event, _: impl FnOnce()) {}

/// Rendered open, so that it works without the page's code; made modal once that is there, which
/// keeps the focus inside. Afterwards it goes to the link that leads here.
#[cfg(feature = "hydrate")]
fn open_as_modal(dialog: NodeRef<Dialog>) {
    const OWNER: &str = "data-address";
    crate::runtime::browser::ask_before_unload(dialog);
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
        crate::runtime::browser::focus_link_to(&address);
    });
}

#[cfg(not(feature = "hydrate"))]
fn open_as_modal(_: NodeRef<Dialog>) {}
