//! The access explorer: who can do something here, which keys can, and beside it the drawer of what one
//! person or key may do and why.

mod key;
mod permissions;
mod person;
mod unused;
mod what_if;

pub use key::ExplainKey;
pub use person::ExplainMember;

use crate::{
    api::ListHolders,
    components::{Column, Empty, Icon, List, PageHead},
    runtime::{Fetched, Here, t},
};
use key::KeyHolders;
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::{
    components::{Form, Outlet},
    hooks::use_query_map,
};
use model::{ExplorerText, GrantPath, Holder, Permission, Topic, initials};
use unused::Idle;

#[component]
pub fn AccessPage() -> impl IntoView {
    let here = Here::expect();
    let query = use_query_map();
    let permission = Memo::new(move |_| {
        let asked = query.with(|query| query.get("permission").and_then(|path| path.parse().ok()));
        asked.unwrap_or(Permission::ContactReadPii)
    });
    let cursor = Memo::new(move |_| query.with(|query| query.get("at").and_then(|cursor| cursor.parse().ok())));
    let page = Fetched::of(move || {
        here.live.follow(&[Topic::Members, Topic::Roles, Topic::Rights]);
        ListHolders { account: here.account.get(), permission: permission.get(), cursor: cursor.get() }
    });
    let option = move |leaf: Permission| {
        view! { <option value=leaf.path() selected=move || permission.get() == leaf>{t(leaf)}</option> }
    };
    let total = move || {
        let people = page.with(|page| page.map(|page| page.total))?;
        Some(t(ExplorerText::PeopleWhoCan { people, place: here.place() }))
    };
    let may_see_keys = Memo::new(move |_| here.may(Permission::ApiKeyRead).get());
    let may_read_log = Memo::new(move |_| here.may(Permission::AccessLogRead).get());
    view! {
        <Title text=|| t(ExplorerText::Title)/>
        <PageHead title=|| t(ExplorerText::Title) purpose=|| t(ExplorerText::Purpose)/>
        <Form method="GET" action="" attr:class="mb-4 flex flex-wrap items-center gap-2">
            <span class="font-medium">{t(ExplorerText::WhoCan)}</span>
            <select class="select select-sm min-w-0" name="permission" aria-label=t(ExplorerText::Permission)>
                {Permission::ALL.iter().copied().map(option).collect_view()}
            </select>
            <button type="submit" class="btn btn-sm">{t(ExplorerText::Show)}</button>
        </Form>
        <p class="mb-2" role="status">{total}</p>
        <List page name="holders-list" columns=&COLUMNS empty=nobody href=here.list_page("access")/>
        {move || may_see_keys.get().then(|| view! { <KeyHolders permission/> })}
        {move || may_read_log.get().then(|| view! { <Idle/> })}
        <Outlet/>
    }
    .into_any()
}

static COLUMNS: [Column<Holder>; 2] = [
    Column::new(&ExplorerText::Person, "", person),
    Column::new(&ExplorerText::GrantedBy, "", |holder| ways(holder.chains.iter())),
];

fn nobody() -> AnyView {
    view! { <Empty icon=Icon::Users sentence=t(ExplorerText::Nobody)/> }.into_any()
}

fn person(holder: &Holder) -> AnyView {
    let here = Here::expect();
    let Holder { member, name, email, chains: _ } = holder;
    let member = *member;
    view! {
        <a class="person" data-initials=initials(name) href=move || here.path_with_query(&format!("access/{member}")) data-noscroll="">
            <b>{name.clone()}</b>
            <small>{email.clone()}</small>
        </a>
    }
    .into_any()
}

/// Ways, one below the other.
fn ways<'a>(chains: impl Iterator<Item = &'a GrantPath>) -> AnyView {
    chains.map(|chain| view! { <p>{t(chain)}</p> }).collect_view().into_any()
}
