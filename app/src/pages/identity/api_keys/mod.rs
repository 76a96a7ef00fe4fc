//! API keys: the list, and beside it the drawers of one key and of a new one.

mod create;
mod drawer;
mod new_secret;

pub use create::NewKey;
pub use drawer::KeyDrawer;

use crate::{
    api::ListApiKeys,
    components::{Empty, Filter, FilterKind, Filters, Glyph, Icon, List, PageHead, Time, no_match},
    runtime::{Fetched, Here},
};
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::{components::Outlet, hooks::use_query_map};
use model::{ApiKey, ApiKeyFilter, KeyState, Permission, Topic};

#[component]
pub fn KeysPage() -> impl IntoView {
    let here = Here::expect();
    let query = use_query_map();
    let filter = Memo::new(move |_| {
        query.with(|query| ApiKeyFilter {
            search: query.get("search").unwrap_or_default(),
            state: query.get("state").and_then(|name| name.parse().ok()),
            cursor: query.get("at").and_then(|cursor| cursor.parse().ok()),
        })
    });
    let page = Fetched::of(move || {
        here.live.follow(&[Topic::ApiKeys, Topic::Members, Topic::Rights]);
        ListApiKeys { account: here.account.get(), filter: filter.get() }
    });
    view! {
        <Title text="API keys"/>
        <PageHead title="API keys" purpose="What programs sign in with. A key may do what it is given, and never more than whoever made it.">
            <a class="btn btn-primary" class:hidden=move || !here.may(Permission::ApiKeyCreate).get() href=move || here.path("api-keys/new")>
                <Glyph icon=Icon::Plus/>
                "New key"
            </a>
        </PageHead>
        <Filters filters=filters()/>
        <List page name="keys-list" columns=COLUMNS row=row empty=no_keys href=here.list_page("api-keys")/>
        <Outlet/>
    }
    .into_any()
}

const COLUMNS: &[&str] = &["Key", "Made by", "Account", "Permissions", "Last used", "State"];

fn no_keys() -> AnyView {
    let here = Here::expect();
    if let Some(none) = no_match("No key matches.", &["search", "state", "at"], move || here.path("api-keys")) {
        return none;
    }
    view! {
        <Empty icon=Icon::KeyRound sentence="No program has a key to this account yet.">
            <a class="btn btn-sm" class:hidden=move || !here.may(Permission::ApiKeyCreate).get() href=move || here.path("api-keys/new")>"Make the first one"</a>
        </Empty>
    }
    .into_any()
}

fn row(key: ApiKey) -> AnyView {
    let here = Here::expect();
    let ApiKey {
        id,
        name,
        begins,
        account: _,
        account_name,
        maker,
        permissions,
        state,
        created: _,
        last_used,
        expires,
    } = key;
    let used = match last_used {
        Some(at) => view! { <Time moment=at/> }.into_any(),
        None => view! { <span class="text-muted">"Never"</span> }.into_any(),
    };
    let end = expires.filter(|_| state == KeyState::Live);
    view! {
        <tr>
            <td>
                <a class="row-link" href=here.path(&format!("api-keys/{id}"))>{name}</a>
                <p class="text-muted font-mono text-xs">{begins} "…"</p>
            </td>
            <td>{maker}</td>
            <td>{account_name}</td>
            <td>{format!("{permissions} of {}", Permission::ALL.len())}</td>
            <td>{used}</td>
            <td>
                <State state/>
                {end.map(|at| view! { <p class="text-muted text-xs">"until " <Time moment=at/></p> })}
            </td>
        </tr>
    }
    .into_any()
}

#[component]
fn State(state: KeyState) -> impl IntoView {
    let class = match state {
        KeyState::Live => "badge badge-soft badge-success",
        KeyState::Expired | KeyState::WithoutMaker => "badge badge-soft badge-warning",
        KeyState::Revoked => "badge badge-soft badge-error",
    };
    view! { <span class=class>{state.label()}</span> }
}

fn filters() -> Vec<Filter> {
    let states = KeyState::ALL.map(|state| (state.name(), state.label()));
    vec![
        Filter { name: "search", label: "Search", by: FilterKind::Search("Name, or how the key begins") },
        Filter { name: "state", label: "State", by: FilterKind::Choice(states.into()) },
    ]
}
