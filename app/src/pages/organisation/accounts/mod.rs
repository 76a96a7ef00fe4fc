//! The tree of accounts: the list, and beside it the drawers of one account and of a new one.

mod drawer;

pub use drawer::{AccountDrawer, NewAccount};

use crate::{
    api::ListAccounts,
    components::{Column, Empty, Filter, FilterKind, Filters, Glyph, Icon, PageHead, Waiting, table},
    runtime::{Fetched, Here, t},
};
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::{components::Outlet, hooks::use_query_map};
use model::{AccountNode, AccountTree, AccountsText, ButtonText, Number, Permission, Topic};

#[component]
pub fn AccountsPage() -> impl IntoView {
    let here = Here::expect();
    let query = use_query_map();
    let name = Memo::new(move |_| query.with(|query| query.get("search").unwrap_or_default()));
    let tree = Fetched::of(move || {
        here.live.follow(&[Topic::Organisation, Topic::Members, Topic::Contacts, Topic::Rights]);
        ListAccounts { account: here.account.get(), name: name.get() }
    });
    let is_empty = Memo::new(move |_| tree.with(|tree| tree.is_some_and(|tree| tree.rows.is_empty())));
    let beyond = move || {
        tree.with(|tree| {
            tree.map(|AccountTree { rows, total }| (rows.len() as u64, *total)).filter(|(shown, total)| shown < total)
        })
        .map(|(shown, total)| t(AccountsText::Beyond { shown, total }))
    };
    view! {
        <Title text=|| t(AccountsText::Title)/>
        <PageHead title=|| t(AccountsText::Title) purpose=|| t(AccountsText::Purpose)>
            <a class="btn btn-primary" class:hidden=move || !here.may(Permission::AccountCreate).get() href=move || here.path_with_query("accounts/new") data-noscroll="">
                <Glyph icon=Icon::Plus/>
                {t(AccountsText::Add)}
            </a>
        </PageHead>
        <Filters filters=vec![Filter { name: "search", label: t(ButtonText::Search), by: FilterKind::Search(t(AccountsText::SearchHint)) }]/>
        <Waiting on=tree.progress/>
        <div class="card" class:hidden=move || !tree.progress.is_there()>
            {table("accounts-list", &COLUMNS, move || tree.with(|tree| tree.map(|tree| tree.rows.clone())).unwrap_or_default())}
            {move || is_empty.get().then(|| view! { <Empty icon=Icon::Search sentence=t(AccountsText::NoMatch)/> })}
            <p class="text-muted px-4 py-3 text-xs empty:hidden">{beyond}</p>
        </div>
        <Outlet/>
    }
    .into_any()
}

static COLUMNS: [Column<AccountNode>; 3] = [
    Column::new(&AccountsText::Account, "", name),
    Column::new(&AccountsText::Members, "number", |node| t(Number(node.members)).into_any()),
    Column::new(&AccountsText::Contacts, "number", |node| t(Number(node.contacts)).into_any()),
];

fn name(node: &AccountNode) -> AnyView {
    let here = Here::expect();
    let AccountNode { id, name, depth, .. } = node;
    let id = *id;
    view! {
        <div data-depth=depth.to_string()>
            <a class="row-link" href=move || here.path_with_query(&format!("accounts/{id}")) data-noscroll="">{name.clone()}</a>
        </div>
    }
    .into_any()
}
