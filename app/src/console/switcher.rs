use super::Here;
use crate::{
    api::SearchOpenAccounts,
    components::{Fetched, Glyph, Icon, Typing, Waiting},
};
use leptos::prelude::*;
use model::{Account, initials};

/// The organisation and account one is in, and the way to the others.
#[component]
pub fn Switcher() -> impl IntoView {
    let here = Here::expect();
    let organisation = Memo::new(move |_| {
        here.standing.with(|standing| standing.map_or_else(String::new, |s| s.organisation_name.clone()))
    });
    let trail =
        Memo::new(move |_| here.standing.with(|standing| standing.map_or_else(String::new, |s| s.trail.join(" › "))));
    let accounts =
        move || here.profile.with(|profile| profile.map(|profile| profile.accounts.clone()).unwrap_or_default());
    let may_found = move || here.profile.with(|profile| profile.is_some_and(|profile| profile.may_found));
    let typing = Typing::default();
    view! {
        <div class="p-3">
            <button type="button" class="switcher" popovertarget="switcher-menu" aria-label=move || format!("Switch account, now in {}", organisation.get())>
                <span class="organisation-mark" aria-hidden="true">{move || initials(&organisation.get())}</span>
                <span class="min-w-0 grow text-start">
                    <span class="block truncate font-semibold">{organisation}</span>
                    <span class="text-muted block truncate text-xs">{trail}</span>
                </span>
                <Glyph icon=Icon::ChevronsUpDown class="size-4 text-muted"/>
            </button>
            <div id="switcher-menu" class="menu-pop switcher-menu" popover="auto">
                <label class="needs-code search-line mb-1 w-full">
                    <Glyph icon=Icon::Search class="size-4 text-muted"/>
                    <input type="search" aria-label="Find an account" placeholder="Find an account" autocomplete="off" on:input:target=move |event| typing.note(event.target().value())/>
                </label>
                <ul class:hidden=move || typing.is_asking()>
                    <For each=accounts key=|account| (account.id, account.open, account.deleting) let(account)><Entry account in_tree=true/></For>
                </ul>
                {move || typing.is_asking().then(|| view! { <FoundAccounts asked=typing.asked/> })}
                <p class="mt-1 border-t border-base-300 pt-1" class:hidden=move || !may_found()>
                    <a class="menu-entry" href="/organisations/new" rel="external">"New organisation"</a>
                </p>
            </div>
        </div>
    }
    .into_any()
}

#[component]
fn FoundAccounts(asked: RwSignal<String>) -> impl IntoView {
    let found = Fetched::of(move || SearchOpenAccounts { text: asked.get() });
    let flat = |account| view! { <Entry account in_tree=false/> };
    let none =
        move || found.with(|found| found.is_some_and(Vec::is_empty)).then_some("No account has this in its name.");
    view! {
        <Waiting on=found.progress rows=2/>
        <ul>{move || found.get().unwrap_or_default().into_iter().map(flat).collect_view()}</ul>
        <p class="text-muted px-3 text-xs" role="status">{none}</p>
    }
    .into_any()
}

/// An account that can be entered, or one above it that stands there for orientation.
#[component]
fn Entry(
    account: Account,
    /// Whether it stands below those it belongs to; elsewhere it says to whom.
    in_tree: bool,
) -> impl IntoView {
    let here = Here::expect();
    let Account { id, organisation_name, name, depth, open, deleting } = account;
    let below = if deleting {
        Some("being deleted".to_owned())
    } else {
        (!in_tree && name != organisation_name).then_some(organisation_name)
    };
    let depth = if in_tree { depth } else { 0 };
    let words = view! {
        <span class="min-w-0">
            <span class="block truncate">{name}</span>
            {below.map(|name| view! { <span class="text-muted block truncate text-xs">{name}</span> })}
        </span>
    };
    let entry = if open || deleting {
        let current = move || (here.account.get() == id).then_some("true");
        view! { <a class="menu-entry" href=format!("/accounts/{id}") aria-current=current>{words}</a> }.into_any()
    } else {
        view! { <span class="menu-entry menu-closed" title="Not open to you">{words}</span> }.into_any()
    };
    view! { <li data-depth=depth.to_string()>{entry}</li> }.into_any()
}
