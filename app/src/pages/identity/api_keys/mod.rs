//! API keys: the list, and beside it the drawers of one key and of a new one.

mod create;
mod drawer;
mod new_secret;
mod role_copy;

pub use create::NewKey;
pub use drawer::KeyDrawer;

use crate::{
    api::ListApiKeys,
    components::{Column, Empty, Filter, FilterKind, Filters, Glyph, Icon, List, PageHead, Time, no_match},
    runtime::{Fetched, Here, t, t_with},
};
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::{components::Outlet, hooks::use_query_map};
use model::{ApiKey, ApiKeyFilter, ApiKeysText, ButtonText, KeyState, Permission, Topic};

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
        <Title text=|| t(ApiKeysText::Title)/>
        <PageHead title=|| t(ApiKeysText::Title) purpose=|| t(ApiKeysText::Purpose)>
            <a class="btn btn-primary" class:hidden=move || !here.may(Permission::ApiKeyCreate).get() href=move || here.path_with_query("api-keys/new") data-noscroll="">
                <Glyph icon=Icon::Plus/>
                {t(ApiKeysText::NewKey)}
            </a>
        </PageHead>
        <Filters filters=filters()/>
        <List page name="keys-list" columns=&COLUMNS empty=no_keys href=here.list_page("api-keys")/>
        <Outlet/>
    }
    .into_any()
}

static COLUMNS: [Column<ApiKey>; 6] = [
    Column::new(&ApiKeysText::Key, "name", name),
    Column::new(&ApiKeysText::CreatedBy, "from-md", |key| key.creator.clone().into_any()),
    Column::new(&ApiKeysText::Account, "from-lg", |key| key.account_name.clone().into_any()),
    Column::new(&ApiKeysText::Permissions, "from-sm tabular-nums", |key| {
        t(ApiKeysText::PermissionCount { given: key.permissions.len(), all: Permission::ALL.len() }).into_any()
    }),
    Column::new(&ApiKeysText::LastUsed, "from-sm", last_used),
    Column::new(&ApiKeysText::Status, "", state),
];

fn no_keys() -> AnyView {
    let here = Here::expect();
    let all = move || here.path("api-keys");
    if let Some(none) = no_match(ApiKeysText::NoMatch, &["search", "state", "at"], all) {
        return none;
    }
    view! {
        <Empty icon=Icon::KeyRound sentence=t(ApiKeysText::NoKeys)>
            <a class="btn btn-sm" class:hidden=move || !here.may(Permission::ApiKeyCreate).get() href=move || here.path_with_query("api-keys/new") data-noscroll="">{t(ApiKeysText::CreateFirst)}</a>
        </Empty>
    }
    .into_any()
}

fn name(key: &ApiKey) -> AnyView {
    let here = Here::expect();
    let ApiKey { id, name, begins, .. } = key;
    let id = *id;
    view! {
        <a class="row-link" href=move || here.path_with_query(&format!("api-keys/{id}")) data-noscroll="">{name.clone()}</a>
        <p class="text-muted font-mono text-xs">{begins.clone()} "…"</p>
    }
    .into_any()
}

fn last_used(key: &ApiKey) -> AnyView {
    match key.last_used.clone() {
        Some(at) => view! { <Time moment=at/> }.into_any(),
        None => view! { <span class="text-muted">{t(ApiKeysText::Never)}</span> }.into_any(),
    }
}

fn state(key: &ApiKey) -> AnyView {
    let end = key.expires.clone().filter(|_| key.state == KeyState::Live);
    view! {
        <State state=key.state/>
        {end.map(|at| view! { <p class="text-muted text-xs">{t_with(ApiKeysText::Expires, [view! { <Time moment=at/> }.into_any()])}</p> })}
    }
    .into_any()
}

#[component]
fn State(state: KeyState) -> impl IntoView {
    let class = match state {
        KeyState::Live => "badge badge-soft badge-success",
        KeyState::Expired | KeyState::CreatorInactive => "badge badge-soft badge-warning",
        KeyState::Revoked => "badge badge-soft badge-error",
    };
    view! { <span class=class>{t(state)}</span> }
}

fn filters() -> Vec<Filter> {
    let states = KeyState::ALL.map(|state| (state.name(), t(state)));
    vec![
        Filter { name: "search", label: t(ButtonText::Search), by: FilterKind::Search(t(ApiKeysText::SearchHint)) },
        Filter { name: "state", label: t(ApiKeysText::Status), by: FilterKind::Choice(states.into()) },
    ]
}
