//! What one key may do, and why; and the keys that can do something.

use super::{
    permissions::WhyList,
    unused::{NotUsed, Whose},
    ways,
};
use crate::{
    NO_KEY,
    api::{GetKeyAccess, ListKeyHolders, TakeUnusedOfKey},
    components::{Drawer, Glyph, Icon, Waiting, keyed},
    runtime::{Fetched, FormAction, Here},
};
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use model::{ApiKeyUpdated, GrantPath, KeyAccess, KeyHolder, Permission, Topic};

/// The keys that hold a permission here.
#[component]
pub fn KeyHolders(permission: Memo<Permission>) -> impl IntoView {
    let here = Here::expect();
    let holders = Fetched::of(move || {
        here.live.follow(&[Topic::ApiKeys, Topic::Members, Topic::Roles, Topic::Rights]);
        ListKeyHolders { account: here.account.get(), permission: permission.get() }
    });
    let sentence = move || match holders.with(|holders| holders.map(Vec::len)) {
        None => String::new(),
        Some(0) => "No API key can do this here.".to_owned(),
        Some(1) => "1 API key can do this here.".to_owned(),
        Some(keys) => format!("{keys} API keys can do this here."),
    };
    let is_empty = move || holders.with(|holders| holders.is_none_or(Vec::is_empty));
    view! {
        <section class="mt-6" aria-label="API keys that can">
            <p class="mb-2" role="status">{sentence}</p>
            <div class="card" class:hidden=is_empty>
                <table class="table holders-list">
                    <thead><tr><th>"Key"</th><th>"Because of"</th></tr></thead>
                    <tbody>{keyed(move || holders.get().unwrap_or_default(), row)}</tbody>
                </table>
            </div>
        </section>
    }
    .into_any()
}

fn row(holder: KeyHolder) -> AnyView {
    let here = Here::expect();
    let KeyHolder { id, name, maker, account_name, inherited, chains } = holder;
    let account = account_name.unwrap_or_else(|| "an account above".to_owned());
    let from = if inherited { format!("Key of {account}, made by {maker}:") } else { format!("Made by {maker}:") };
    view! {
        <tr>
            <td><a class="row-link" href=here.path(&format!("access/keys/{id}"))>{name}</a></td>
            <td><p class="text-muted">{from}</p>{ways(chains.iter())}</td>
        </tr>
    }
    .into_any()
}

/// One key: every permission with the ways that give it, and what is not used.
#[component]
pub fn ExplainKey() -> impl IntoView {
    let here = Here::expect();
    let params = use_params_map();
    let id =
        Memo::new(move |_| params.with(|params| params.get("key").and_then(|id| id.parse().ok()).unwrap_or(NO_KEY)));
    let known = Fetched::of(move || {
        here.live.follow(&[Topic::ApiKeys, Topic::Members, Topic::Roles, Topic::Rights]);
        GetKeyAccess { account: here.account.get(), key: id.get() }
    });
    let taking = FormAction::on_success::<TakeUnusedOfKey, _>(|done: ApiKeyUpdated| done.sentence);
    view! {
        <Drawer label="What a key may do, and why" back=Signal::derive(move || here.path("access"))>
            <div class="pe-10"><Waiting on=known.progress rows=3/></div>
            {move || known.get().map(head)}
            {move || known.get().and_then(|mut known| Some(view! { <NotUsed unused=known.unused.take()? whose=whose(&known) posting=taking/> }))}
            {move || known.get().map(permissions)}
        </Drawer>
    }
    .into_any()
}

fn head(known: KeyAccess) -> AnyView {
    let here = Here::expect();
    let KeyAccess { id, name, maker, member, account_name, is_above, state, .. } = known;
    let drawer = (!is_above).then(
        || view! { <a class="link text-xs" href=here.path(&format!("api-keys/{id}"))>"Change what it may do"</a> },
    );
    let maker = match member {
        Some(member) => view! { <a class="link" href=here.path(&format!("access/{member}"))>{maker}</a> }.into_any(),
        None => maker.into_any(),
    };
    let place = if is_above { ", a key of an account above" } else { "" };
    view! {
        <header class="flex items-center gap-4 pe-10">
            <Glyph icon=Icon::KeyRound class="size-8 text-muted"/>
            <div class="min-w-0">
                <h2 class="wrap-anywhere text-base font-semibold">{format!("What {name} may do in {account_name}")}</h2>
                <p class="text-muted">{format!("{}{place}, made by ", state.label())} <span>{maker}</span>", and never more than they may"</p>
                {drawer}
            </div>
        </header>
    }
    .into_any()
}

fn whose(known: &KeyAccess) -> Whose {
    Whose {
        name: known.name.clone(),
        field: ("key", known.id.to_string()),
        since: "The key was made".to_owned(),
        besides: "",
        why_not: match known.update {
            _ if known.is_above => Some("The key belongs to an account above. It is changed there."),
            Err(refusal) => Some(refusal.sentence()),
            Ok(()) => None,
        },
    }
}

fn permissions(known: KeyAccess) -> AnyView {
    let way = |chain: &GrantPath| format!("Given to the key; {} holds it: {}", known.maker, chain.sentence());
    let why = |permission: Permission| {
        if known.held.contains(permission) {
            known.ways(permission).map(way).collect()
        } else {
            vec![known.lack(permission)]
        }
    };
    view! { <WhyList held=known.held why=Permission::ALL.iter().map(|permission| why(*permission)).collect()/> }
        .into_any()
}
