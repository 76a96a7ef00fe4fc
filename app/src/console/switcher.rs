use crate::{
    api::SearchOpenAccounts,
    components::{Glyph, Icon, Typing, Waiting, keyed},
    runtime::{Fetched, Here, t},
};
use leptos::prelude::*;
use model::{Account, OrganisationId, Profile, SwitcherText, initials, limit};
use std::borrow::Cow;

/// The organisation and account one is in, and the way to the others.
#[component]
pub fn Switcher() -> impl IntoView {
    let here = Here::expect();
    let organisation = Memo::new(move |_| {
        here.standing.with(|standing| standing.map_or_else(String::new, |s| s.organisation_name.clone()))
    });
    let trail =
        Memo::new(move |_| here.standing.with(|standing| standing.map_or_else(String::new, |s| s.trail.join(" › "))));
    let organisations = move || here.profile.with(|profile| profile.map(organisations).unwrap_or_default());
    let may_found = move || here.profile.with(|profile| profile.is_some_and(|profile| profile.may_found));
    let typing = Typing::default();
    view! {
        <div class="p-3">
            <button type="button" class="switcher" popovertarget="switcher-menu" aria-label=move || t(SwitcherText::Label { organisation: organisation.get() })>
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
                    <input type="search" aria-label=t(SwitcherText::Find) placeholder=t(SwitcherText::Find) autocomplete="off" on:input:target=move |event| typing.note(event.target().value())/>
                </label>
                <div class:hidden=move || typing.is_asking()>{keyed(organisations, tree)}</div>
                {move || typing.is_asking().then(|| view! { <FoundAccounts asked=typing.asked/> })}
                <p class="mt-1 border-t border-base-300 pt-1" class:hidden=move || !may_found()>
                    <a class="menu-entry" href="/organisations/new" rel="external">{t(SwitcherText::NewOrganisation)}</a>
                </p>
            </div>
        </div>
    }
    .into_any()
}

/// Each organisation, and whether more is open in it than is shown.
fn organisations(profile: &Profile) -> Vec<(OrganisationId, String, bool)> {
    let Profile { accounts, more_in, .. } = profile;
    let mut organisations: Vec<_> = accounts
        .iter()
        .map(|account| {
            (account.organisation, account.organisation_name.clone(), more_in.contains(&account.organisation))
        })
        .collect();
    organisations.dedup();
    organisations
}

/// The accounts of an organisation below its name.
fn tree((organisation, name, more): (OrganisationId, String, bool)) -> AnyView {
    let here = Here::expect();
    let of_it = move |profile: &Profile| {
        profile.accounts.iter().filter(|account| account.organisation == organisation).cloned().collect::<Vec<_>>()
    };
    let accounts = move || here.profile.with(|profile| profile.map(of_it).unwrap_or_default());
    let entry = |account: Account| {
        let below = account.deleting.then(|| t(SwitcherText::BeingDeleted));
        view! { <Entry depth=account.depth account below/> }.into_any()
    };
    let id = format!("switcher-{organisation}");
    view! {
        <p id=id.clone() class="menu-heading">{name}</p>
        <ul aria-labelledby=id>{keyed(accounts, entry)}</ul>
        {more.then(|| view! { <p class="text-muted px-3 py-1 text-xs">{t(SwitcherText::More)}</p> })}
    }
    .into_any()
}

#[component]
fn FoundAccounts(asked: RwSignal<String>) -> impl IntoView {
    let found = Fetched::of(move || SearchOpenAccounts { text: asked.get() });
    let entry = |account: Account| {
        let below = Some(place(&account)).filter(|place| *place != account.name).map(Cow::from);
        view! { <Entry account below/> }
    };
    let is_empty = move || found.with(|found| found.is_some_and(Vec::is_empty));
    let none = move || is_empty().then(|| t(SwitcherText::NoMatch));
    let is_full = move || found.with(|found| found.is_some_and(|found| found.len() as u64 == limit::FOUND_ACCOUNTS));
    let beyond = move || is_full().then(|| t(SwitcherText::MaybeMore));
    view! {
        <Waiting on=found.progress rows=2/>
        <ul>{move || found.get().unwrap_or_default().into_iter().map(entry).collect_view()}</ul>
        <p class="text-muted px-3 text-xs" role="status">{none}{beyond}</p>
    }
    .into_any()
}

/// Where an account lies: its organisation and the names above it. The first account mostly bears
/// the organisation's own name.
pub(super) fn place(account: &Account) -> String {
    let mut names = vec![account.organisation_name.clone()];
    names.extend_from_slice(&account.above);
    names.dedup();
    names.join(" › ")
}

/// An account that can be entered, or one above it that stands there for orientation.
#[component]
fn Entry(
    account: Account,
    /// What else is said about it.
    below: Option<Cow<'static, str>>,
    /// How far it is set in.
    #[prop(optional)]
    depth: u8,
) -> impl IntoView {
    let here = Here::expect();
    let Account { id, name, open, deleting, .. } = account;
    let words = view! {
        <span class="min-w-0">
            <span class="block truncate">{name}</span>
            {below.map(|below| view! { <span class="text-muted block truncate text-xs">{below}</span> })}
        </span>
    };
    let entry = if open || deleting {
        let current = move || (here.account.get() == id).then_some("true");
        view! { <a class="menu-entry" href=format!("/accounts/{id}") aria-current=current>{words}</a> }.into_any()
    } else {
        view! { <span class="menu-entry menu-closed" title=t(SwitcherText::NoAccess)>{words}</span> }.into_any()
    };
    view! { <li data-depth=depth.to_string()>{entry}</li> }.into_any()
}
