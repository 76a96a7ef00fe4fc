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
    components::{Empty, Icon, List, PageHead},
    runtime::{Fetched, Here},
};
use key::KeyHolders;
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::{
    components::{Form, Outlet},
    hooks::use_query_map,
};
use model::{GrantPath, Holder, Permission, PermissionSet, Topic, initials};
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
        view! { <option value=leaf.path() selected=move || permission.get() == leaf>{leaf.title()}</option> }
    };
    let total = move || match page.with(|page| page.map(|page| page.total)) {
        None => String::new(),
        Some(total) if total == 1 => format!("1 person can do this in {}.", here.place()),
        Some(people) => format!("{people} people can do this in {}.", here.place()),
    };
    let may_see_keys = Memo::new(move |_| here.may(Permission::ApiKeyRead).get());
    let may_read_log = Memo::new(move |_| here.may(Permission::AccessLogRead).get());
    view! {
        <Title text="Access explorer"/>
        <PageHead title="Access explorer" purpose="Who can do what here, why they can, and what they do not use."/>
        <Form method="GET" action="" attr:class="mb-4 flex flex-wrap items-center gap-2">
            <span class="font-medium">"Who can"</span>
            <select class="select select-sm min-w-0" name="permission" aria-label="Permission">
                {Permission::ALL.iter().copied().map(option).collect_view()}
            </select>
            <button type="submit" class="btn btn-sm">"Show"</button>
        </Form>
        <p class="mb-2" role="status">{total}</p>
        <List page name="holders-list" columns=COLUMNS row=row empty=nobody href=here.list_page("access")/>
        {move || may_see_keys.get().then(|| view! { <KeyHolders permission/> })}
        {move || may_read_log.get().then(|| view! { <Idle/> })}
        <Outlet/>
    }
    .into_any()
}

const COLUMNS: &[&str] = &["Person", "Because of"];

fn nobody() -> AnyView {
    view! { <Empty icon=Icon::Users sentence="Nobody can do this here."/> }.into_any()
}

fn row(holder: Holder) -> AnyView {
    let here = Here::expect();
    let Holder { member, name, email, chains } = holder;
    let initials = initials(&name);
    view! {
        <tr>
            <td>
                <a class="person" data-initials=initials href=here.path(&format!("access/{member}"))>
                    <b>{name}</b>
                    <small>{email}</small>
                </a>
            </td>
            <td>{ways(chains.iter())}</td>
        </tr>
    }
    .into_any()
}

/// Ways, one below the other.
fn ways<'a>(chains: impl Iterator<Item = &'a GrantPath>) -> AnyView {
    chains.map(|chain| view! { <p>{chain.sentence()}</p> }).collect_view().into_any()
}

/// Permissions by name.
fn titles(permissions: PermissionSet) -> String {
    let titles: Vec<String> = permissions.iter().map(Permission::title).collect();
    titles.join(", ")
}
