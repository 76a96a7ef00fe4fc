use crate::{
    api::{GetProfile, GetStanding},
    components::{Plain, SignInFirst},
    runtime::{Fetched, t},
};
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::components::Redirect;
use model::{AccountId, ButtonText, Profile, Text};

/// A section of one's own settings: where it is on their page, and what it says.
#[derive(Clone, Copy)]
pub struct OwnSection {
    /// Behind the `#` in the address.
    pub id: &'static str,
    pub title: &'static (dyn Text + Sync),
    pub content: fn() -> AnyView,
}

/// A section as a page of its own, for somebody who can enter no account, or not before they have set up what is here.
/// Others are led to their settings in their first account.
pub fn own_page(section: OwnSection) -> AnyView {
    let profile = Fetched::of(|| GetProfile {});
    let account = Memo::new(move |_| profile.with(|profile| profile.map(first_account)));
    view! {
        <Title text=move || t(section.title)/>
        <SignInFirst problem=move || profile.problem()/>
        {move || match account.get() {
            None => ().into_any(),
            Some(None) => alone(section),
            Some(Some(account)) => view! { <InAccount account section/> }.into_any(),
        }}
    }
    .into_any()
}

fn first_account(profile: &Profile) -> Option<AccountId> {
    profile.accounts.iter().find(|account| account.open).map(|account| account.id)
}

#[component]
fn InAccount(account: AccountId, section: OwnSection) -> impl IntoView {
    let standing = Fetched::of(move || GetStanding { account });
    let is_open = Memo::new(move |_| match standing.problem() {
        Some(_) => Some(false),
        None => standing.progress.is_there().then_some(true),
    });
    let settings = move || format!("/accounts/{account}/settings#{}", section.id);
    move || match is_open.get() {
        None => ().into_any(),
        Some(true) => view! { <Redirect path=settings()/> }.into_any(),
        Some(false) => alone(section),
    }
}

fn alone(OwnSection { title, content, .. }: OwnSection) -> AnyView {
    view! {
        <Plain>
            <h1 class="text-xl font-semibold tracking-tight">{t(title)}</h1>
            // Headings of a section are below the one that it has in the settings.
            <h2 class="sr-only">{t(title)}</h2>
            {content()}
            <p class="mt-8"><a class="btn" href="/" rel="external">{t(ButtonText::GoToAccounts)}</a></p>
        </Plain>
    }
    .into_any()
}
