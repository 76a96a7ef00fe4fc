//! The way to any page, act, person or thing, from anywhere: a button that opens it, and the keys.

mod commands;
mod hits;

use crate::{
    components::{Glyph, Icon, Typing},
    runtime::{Here, t},
};
use commands::{Commands, any_named};
use hits::Hits;
use leptos::{ev, html::Dialog, prelude::*};
use model::{ButtonText, SearchText};

#[component]
pub fn Search() -> impl IntoView {
    let here = Here::expect();
    let dialog = NodeRef::<Dialog>::new();
    let typing = Typing::default();
    let is_mac = RwSignal::new(false);
    // Where there is no code to narrow them down, the sidebar has all pages.
    let is_live = RwSignal::new(false);
    Effect::new(move |_| is_live.set(true));
    #[cfg(feature = "hydrate")]
    crate::runtime::browser::open_on_key(dialog, is_mac);
    view! {
        <button type="button" class="search-button" commandfor="search" command="show-modal" aria-label=t(SearchText::Open) aria-keyshortcuts="Control+K Meta+K">
            <Glyph icon=Icon::Search/>
            <span class="grow text-start max-sm:hidden">{t(SearchText::Prompt)}</span>
            <kbd class="kbd-hint">{move || if is_mac.get() { "⌘K".into() } else { t(SearchText::Keys) }}</kbd>
        </button>
        <dialog id="search" node_ref=dialog class="palette" aria-label=t(ButtonText::Search)
            on:keydown=move |event| on_key(dialog, &event) on:click=move |event| close_after(dialog, &event)>
            <form method="get" action=move || here.path("members") role="search" on:submit=move |event| { event.prevent_default(); follow_first(dialog); }>
                <Glyph icon=Icon::Search class="size-5 text-muted"/>
                <input type="search" name="search" class="grow" aria-label=t(ButtonText::Search) placeholder=t(SearchText::Examples) autocomplete="off" autofocus on:input:target=move |event| typing.note(event.target().value())/>
            </form>
            <nav aria-label=t(SearchText::Results)>
                {move || is_live.get().then(|| view! { <Commands typed=typing.typed/> })}
                {move || typing.is_asking().then(|| view! { <Hits asked=typing.asked/> })}
            </nav>
        </dialog>
    }
    .into_any()
}

/// What was found of one kind, below its name.
#[component]
fn Group(title: SearchText, #[prop(into)] shown: Signal<bool>, children: Children) -> impl IntoView {
    let name = t(&title);
    let label = name.clone();
    view! {
        <div role="group" aria-label=label class:hidden=move || !shown.get()>
            <p class="menu-heading" aria-hidden="true">{name}</p>
            <ul>{children()}</ul>
        </div>
    }
    .into_any()
}

/// What stands in a result: its drawing, its name, and more about it.
fn words(icon: Icon, name: String, more: String) -> AnyView {
    view! {
        <Glyph icon/>
        <span class="max-w-full shrink-0 truncate">{name}</span>
        <span class="text-muted truncate text-xs">{more}</span>
    }
    .into_any()
}

/// What the arrows walk through.
#[cfg(feature = "hydrate")]
const CHOICES: &str = "input, li:not(.hidden) > :is(a, button)";

/// Up and down walk through what was found. Esc closes at once, where a line to search would only
/// be emptied.
fn on_key(dialog: NodeRef<Dialog>, event: &ev::KeyboardEvent) {
    #[cfg(feature = "hydrate")]
    if let (Some(dialog), key @ ("ArrowDown" | "ArrowUp" | "Escape")) = (dialog.get_untracked(), event.key().as_str()) {
        event.prevent_default();
        match key {
            "Escape" => dialog.close(),
            _ => crate::runtime::browser::focus_next(&dialog, CHOICES, key == "ArrowDown"),
        }
    }
    #[cfg(not(feature = "hydrate"))]
    let _ = (dialog, event);
}

fn follow_first(dialog: NodeRef<Dialog>) {
    #[cfg(feature = "hydrate")]
    if let Some(dialog) = dialog.get_untracked() {
        crate::runtime::browser::click_first(&dialog, "li:not(.hidden) > :is(a, button)");
    }
    #[cfg(not(feature = "hydrate"))]
    let _ = dialog;
}

/// Closes on the way to what was chosen, and on a click beside it.
fn close_after(dialog: NodeRef<Dialog>, event: &ev::MouseEvent) {
    #[cfg(feature = "hydrate")]
    if let Some(dialog) = dialog.get_untracked()
        && crate::runtime::browser::is_choice_or(event, &dialog)
    {
        dialog.close();
    }
    #[cfg(not(feature = "hydrate"))]
    let _ = (dialog, event);
}
