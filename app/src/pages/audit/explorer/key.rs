//! What one key may do, and why; and the keys that can do something.

use super::{
    permissions::WhyList,
    unused::{NotUsed, Whose},
    ways,
};
use crate::{
    api::{GetKeyAccess, ListKeyHolders, TakeUnusedOfKey},
    components::{Column, Drawer, Glyph, Icon, Waiting, table},
    runtime::{Fetched, FormAction, Here, route_param, t, t_with},
};
use leptos::prelude::*;
use model::{ApiKeyUpdated, ExplainText, ExplorerText, GrantPath, KeyAccess, KeyHolder, Permission, Topic};

/// The keys that hold a permission here.
#[component]
pub fn KeyHolders(permission: Memo<Permission>) -> impl IntoView {
    let here = Here::expect();
    let holders = Fetched::of(move || {
        here.live.follow(&[Topic::ApiKeys, Topic::Members, Topic::Roles, Topic::Rights]);
        ListKeyHolders { account: here.account.get(), permission: permission.get() }
    });
    let sentence = move || {
        let keys = holders.with(|holders| holders.map(Vec::len))?;
        Some(t(ExplorerText::KeyCount { keys }))
    };
    let is_empty = move || holders.with(|holders| holders.is_none_or(Vec::is_empty));
    view! {
        <section class="mt-6" aria-label=t(ExplorerText::KeysWhoCan)>
            <p class="mb-2" role="status">{sentence}</p>
            <div class="card" class:hidden=is_empty>
                {table("holders-list", &COLUMNS, move || holders.get().unwrap_or_default())}
            </div>
        </section>
    }
    .into_any()
}

static COLUMNS: [Column<KeyHolder>; 2] =
    [Column::new(&ExplorerText::Key, "", key), Column::new(&ExplorerText::GrantedBy, "", why)];

fn key(holder: &KeyHolder) -> AnyView {
    let (here, id) = (Here::expect(), holder.id);
    view! { <a class="row-link" href=move || here.path_with_query(&format!("access/keys/{id}")) data-noscroll="">{holder.name.clone()}</a> }
        .into_any()
}

fn why(holder: &KeyHolder) -> AnyView {
    let KeyHolder { id: _, name: _, creator, account_name, inherited, chains } = holder;
    let creator = creator.clone();
    let from = if *inherited {
        ExplorerText::KeyInherited { creator, account: account_name.clone() }
    } else {
        ExplorerText::KeyCreatedBy { creator }
    };
    view! { <p class="text-muted">{t(from)}</p>{ways(chains.iter())} }.into_any()
}

/// One key: every permission with the ways that give it, and what is not used.
#[component]
pub fn ExplainKey() -> impl IntoView {
    let here = Here::expect();
    let id = route_param("key");
    let known = Fetched::when(move || {
        here.live.follow(&[Topic::ApiKeys, Topic::Members, Topic::Roles, Topic::Rights]);
        Some(GetKeyAccess { account: here.account.get(), key: id.get()? })
    });
    let taking = FormAction::on_success::<TakeUnusedOfKey, _>(|done: ApiKeyUpdated| t(done.change));
    view! {
        <Drawer label=t(ExplainText::Label) back=Signal::derive(move || here.path_with_query("access"))>
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
    let KeyAccess { id, name, creator, member, account_name, is_above, state, .. } = known;
    let drawer = (!is_above).then(
        || view! { <a class="link text-xs" href=here.path(&format!("api-keys/{id}"))>{t(ExplainText::ChangePermissions)}</a> },
    );
    let creator = match member {
        Some(member) => view! { <a class="link" href=here.path(&format!("access/{member}"))>{creator}</a> }.into_any(),
        None => creator.into_any(),
    };
    let creator = view! { <span>{creator}</span> }.into_any();
    let title = t(ExplainText::Title { name, account: account_name });
    view! {
        <header class="flex items-center gap-4 pe-10">
            <Glyph icon=Icon::KeyRound class="size-8 text-muted"/>
            <div class="min-w-0">
                <h2 class="wrap-anywhere text-base font-semibold">{title}</h2>
                <p class="text-muted">{t_with(ExplainText::Key { state, inherited: is_above }, [creator])}</p>
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
        first_name: None,
        why_not: match known.update {
            _ if known.is_above => Some(t(ExplainText::KeyInherited)),
            Err(refusal) => Some(t(refusal)),
            Ok(()) => None,
        },
    }
}

fn permissions(known: KeyAccess) -> AnyView {
    let way = |path: &GrantPath| {
        t(ExplainText::GivenToKey { creator: known.creator.clone(), path: path.clone() }).into_owned()
    };
    let why = |permission: Permission| {
        if known.held.contains(permission) {
            known.ways(permission).map(way).collect()
        } else {
            vec![t(known.lack(permission)).into_owned()]
        }
    };
    view! { <WhyList held=known.held why=Permission::ALL.iter().map(|permission| why(*permission)).collect()/> }
        .into_any()
}
