use super::frame;
use crate::{
    api::SearchAccount,
    components::{Glyph, Icon, Typing, Waiting},
    runtime::{Fetched, Here},
};
use leptos::{ev, html::Dialog, prelude::*};
use model::{FoundContact, FoundPerson, SearchResults};

/// The way to any page, person or contact, from anywhere: a button that opens it, and the keys.
#[component]
pub fn Search() -> impl IntoView {
    let here = Here::expect();
    let dialog = NodeRef::<Dialog>::new();
    let typing = Typing::default();
    let keys = RwSignal::new("Ctrl K");
    // Where there is no code to narrow them down, the sidebar has all pages.
    let is_live = RwSignal::new(false);
    Effect::new(move |_| is_live.set(true));
    #[cfg(feature = "hydrate")]
    crate::runtime::browser::open_on_key(dialog, keys);
    view! {
        <button type="button" class="search-button" commandfor="search" command="show-modal" aria-label="Search or jump to a page" aria-keyshortcuts="Control+K Meta+K">
            <Glyph icon=Icon::Search/>
            <span class="grow text-start max-sm:hidden">"Search or jump to"</span>
            <kbd class="kbd-hint">{keys}</kbd>
        </button>
        <dialog id="search" node_ref=dialog class="palette" aria-label="Search"
            on:keydown=move |event| on_key(dialog, &event) on:click=move |event| close_after(dialog, &event)>
            <form method="get" action=move || here.path("members") role="search" on:submit=move |event| { event.prevent_default(); follow_first(dialog); }>
                <Glyph icon=Icon::Search class="size-5 text-muted"/>
                <input type="search" name="search" class="grow" aria-label="Search" placeholder="Pages, people, contacts" autocomplete="off" autofocus on:input:target=move |event| typing.note(event.target().value())/>
            </form>
            <nav aria-label="Found">
                {move || is_live.get().then(|| view! { <Pages typed=typing.typed/> })}
                {move || typing.is_asking().then(|| view! { <Hits asked=typing.asked/> })}
            </nav>
        </dialog>
    }
    .into_any()
}

/// The pages whose name has the text in it; all of them before anything is typed.
#[component]
fn Pages(typed: RwSignal<String>) -> impl IntoView {
    let here = Here::expect();
    let found = move |label: &str| typed.with(|typed| label.to_lowercase().contains(&typed.trim().to_lowercase()));
    let pages = frame::entries().map(|entry| {
        let shown = move || frame::is_open(here, entry) && found(entry.label);
        view! { <Hit shown=Signal::derive(shown) icon=entry.icon href=Signal::derive(move || here.path(entry.page)) name=entry.label more=""/> }
    });
    view! { <ul>{pages.collect_view()}</ul> }.into_any()
}

/// The people and contacts that the server found.
#[component]
fn Hits(asked: RwSignal<String>) -> impl IntoView {
    let here = Here::expect();
    let found = Fetched::of(move || SearchAccount { account: here.account.get(), text: asked.get() });
    let hit = move |icon, page: String, name: String, more: String| {
        let href = Signal::derive(move || here.path(&page));
        view! { <Hit shown=Signal::from(true) icon href name more/> }
    };
    let hits = move || {
        let SearchResults { people, contacts } = found.get().unwrap_or_default();
        let people = people
            .into_iter()
            .map(|FoundPerson { id, name, email }| hit(Icon::Users, format!("members/{id}"), name, email));
        let contacts = contacts.into_iter().map(|FoundContact { id, name, reached_at }| {
            hit(Icon::Contact, format!("contacts/{id}"), name, reached_at)
        });
        people.chain(contacts).collect_view()
    };
    let nobody = move || found.with(|found| found.is_some_and(SearchResults::is_empty));
    view! {
        <Waiting on=found.progress rows=2/>
        <ul>{hits}</ul>
        <p class="text-muted px-3" role="status">{move || nobody().then(|| format!("Nobody here matches “{}”.", asked.get()))}</p>
    }
    .into_any()
}

#[component]
fn Hit(
    shown: Signal<bool>,
    icon: Icon,
    href: Signal<String>,
    #[prop(into)] name: String,
    #[prop(into)] more: String,
) -> impl IntoView {
    view! {
        <li class:hidden=move || !shown.get()>
            <a class="menu-entry" href=href>
                <Glyph icon/>
                <span class="max-w-full shrink-0 truncate">{name}</span>
                <span class="text-muted truncate text-xs">{more}</span>
            </a>
        </li>
    }
    .into_any()
}

/// Up and down walk through what was found. Esc closes at once, where a line to search would only
/// be emptied.
fn on_key(dialog: NodeRef<Dialog>, event: &ev::KeyboardEvent) {
    #[cfg(feature = "hydrate")]
    if let (Some(dialog), key @ ("ArrowDown" | "ArrowUp" | "Escape")) = (dialog.get_untracked(), event.key().as_str()) {
        event.prevent_default();
        match key {
            "Escape" => dialog.close(),
            _ => crate::runtime::browser::focus_next(&dialog, "input, li:not(.hidden) > a", key == "ArrowDown"),
        }
    }
    #[cfg(not(feature = "hydrate"))]
    let _ = (dialog, event);
}

fn follow_first(dialog: NodeRef<Dialog>) {
    #[cfg(feature = "hydrate")]
    if let Some(dialog) = dialog.get_untracked() {
        crate::runtime::browser::click_first(&dialog, "li:not(.hidden) > a");
    }
    #[cfg(not(feature = "hydrate"))]
    let _ = dialog;
}

/// Closes on the way to what was chosen, and on a click beside it.
fn close_after(dialog: NodeRef<Dialog>, event: &ev::MouseEvent) {
    #[cfg(feature = "hydrate")]
    if let Some(dialog) = dialog.get_untracked()
        && crate::runtime::browser::is_link_or(event, &dialog)
    {
        dialog.close();
    }
    #[cfg(not(feature = "hydrate"))]
    let _ = (dialog, event);
}
