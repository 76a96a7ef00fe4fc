//! The tree of accounts: the list, and beside it the drawers of one account and of a new one.

mod drawer;

pub use drawer::{AccountDrawer, NewAccount};

use crate::{
    api::ListAccounts,
    components::{Empty, Filter, FilterKind, Filters, Glyph, Icon, PageHead, Waiting, keyed},
    runtime::{Fetched, Here},
};
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::{components::Outlet, hooks::use_query_map};
use model::{AccountNode, AccountTree, Permission, Topic};

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
        .map(|(shown, total)| format!("The first {shown} of {total} accounts. Search to find the others."))
    };
    view! {
        <Title text="Accounts"/>
        <PageHead title="Accounts" purpose="Places of work. Who is a member of one may work in those below it too.">
            <a class="btn btn-primary" class:hidden=move || !here.may(Permission::AccountCreate).get() href=move || here.path("accounts/new")>
                <Glyph icon=Icon::Plus/>
                "New account"
            </a>
        </PageHead>
        <Filters filters=vec![Filter { name: "search", label: "Search", by: FilterKind::Search("Name of an account") }]/>
        <Waiting on=tree.progress/>
        <div class="card" class:hidden=move || !tree.progress.is_there()>
            <table class="table accounts-list">
                <thead><tr><th>"Account"</th><th>"Members"</th><th>"Contacts"</th></tr></thead>
                <tbody>{keyed(move || tree.with(|tree| tree.map(|tree| tree.rows.clone())).unwrap_or_default(), row)}</tbody>
            </table>
            {move || is_empty.get().then(|| view! { <Empty icon=Icon::Search sentence="No account has this in its name."/> })}
            <p class="text-muted px-4 py-3 text-xs empty:hidden">{beyond}</p>
        </div>
        <Outlet/>
    }
    .into_any()
}

fn row(node: AccountNode) -> AnyView {
    let here = Here::expect();
    let AccountNode { id, parent: _, name, depth, members, contacts } = node;
    view! {
        <tr>
            <td data-depth=depth.to_string()>
                <a class="row-link" href=here.path(&format!("accounts/{id}"))>{name}</a>
            </td>
            <td>{members}</td>
            <td>{contacts}</td>
        </tr>
    }
    .into_any()
}
