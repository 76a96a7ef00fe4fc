//! What the server found.

use super::{Group, any_named, words};
use crate::{
    api::SearchAccount,
    components::{Icon, Waiting},
    console::{sidebar::Sidebar, switcher::place},
    runtime::{Fetched, Here, t},
};
use leptos::prelude::*;
use model::{Account, FoundApiKey, FoundCampaign, FoundContact, FoundPerson, SearchResults, SearchText};

/// Something that was found: where it is, its name, and more about it.
struct Hit {
    href: String,
    name: String,
    more: String,
}

#[component]
pub fn Hits(asked: RwSignal<String>) -> impl IntoView {
    let here = Here::expect();
    let found = Fetched::of(move || SearchAccount { account: here.account.get(), text: asked.get() });
    let groups = move || {
        let found = found.get().unwrap_or_default();
        groups(here, found).map(|(title, icon, hits)| group(title, icon, hits)).collect_view()
    };
    let sidebar = Sidebar::expect();
    let nothing =
        move || found.with(|found| found.is_some_and(SearchResults::is_empty)) && !any_named(here, sidebar, asked);
    view! {
        <Waiting on=found.progress rows=2/>
        {groups}
        <p class="text-muted px-3" role="status">{move || nothing().then(|| t(SearchText::NoMatch { searched: asked.get() }))}</p>
    }
    .into_any()
}

fn groups(here: Here, found: SearchResults) -> [(SearchText, Icon, Vec<Hit>); 5] {
    let SearchResults { people, contacts, campaigns, api_keys, accounts } = found;
    let person = |FoundPerson { id, name, email }: FoundPerson| hit(here, format!("members/{id}"), name, email);
    let contact =
        |FoundContact { id, name, reached_at }: FoundContact| hit(here, format!("contacts/{id}"), name, reached_at);
    let campaign =
        |FoundCampaign { id, name }: FoundCampaign| hit(here, format!("campaigns/{id}"), name, String::new());
    let key =
        |FoundApiKey { id, name, begins }: FoundApiKey| hit(here, format!("api-keys/{id}"), name, format!("{begins}…"));
    let account = |account: Account| {
        let more = place(&account);
        Hit { href: format!("/accounts/{}", account.id), name: account.name, more }
    };
    [
        (SearchText::People, Icon::Users, people.into_iter().map(person).collect()),
        (SearchText::Contacts, Icon::Contact, contacts.into_iter().map(contact).collect()),
        (SearchText::Campaigns, Icon::Megaphone, campaigns.into_iter().map(campaign).collect()),
        (SearchText::ApiKeys, Icon::KeyRound, api_keys.into_iter().map(key).collect()),
        (SearchText::Accounts, Icon::Network, accounts.into_iter().map(account).collect()),
    ]
}

fn hit(here: Here, page: String, name: String, more: String) -> Hit {
    Hit { href: here.path(&page), name, more }
}

fn group(title: SearchText, icon: Icon, hits: Vec<Hit>) -> AnyView {
    let shown = !hits.is_empty();
    let entry = move |Hit { href, name, more }: Hit| {
        view! { <li><a class="menu-entry" href=href>{words(icon, name, more)}</a></li> }
    };
    view! { <Group title shown=Signal::from(shown)>{hits.into_iter().map(entry).collect_view()}</Group> }.into_any()
}
