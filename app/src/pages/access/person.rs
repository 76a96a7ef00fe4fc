//! What one person may do, and why.

use super::{
    unused::{UnusedByMember, taking},
    ways,
    what_if::WhatIf,
};
use crate::{
    NO_MEMBER,
    api::GetMemberAccess,
    components::{Avatar, Drawer, Fetched, Waiting},
    console::Here,
};
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use model::{MemberAccess, Node, Permission, Topic};

/// One member: every permission with the ways that give it, what is not used, and what another role
/// would change.
#[component]
pub fn ExplainMember() -> impl IntoView {
    let here = Here::expect();
    let params = use_params_map();
    let id = Memo::new(move |_| {
        params.with(|params| params.get("member").and_then(|id| id.parse().ok()).unwrap_or(NO_MEMBER))
    });
    let known = Fetched::of(move || {
        here.live.follow(&[Topic::Members, Topic::Roles, Topic::Rights]);
        GetMemberAccess { account: here.account.get(), member: id.get() }
    });
    let taking = taking();
    // The list of roles is for those who may see or give them.
    let may_see_roles = Memo::new(move |_| {
        let enough = [Permission::RoleRead, Permission::MemberUpdate, Permission::MemberInvite];
        enough.into_iter().any(|permission| here.may(permission).get())
    });
    let is_changed_here = Memo::new(move |_| known.with(|known| known.is_some_and(|known| !known.is_above)));
    view! {
        <Drawer label="What somebody may do, and why" back=Signal::derive(move || here.path("access"))>
            <div class="pe-10"><Waiting on=known.progress rows=3/></div>
            {move || known.get().map(head)}
            {move || (may_see_roles.get() && is_changed_here.get()).then(|| view! { <WhatIf member=id.get()/> })}
            {move || known.get().map(|known| view! { <UnusedByMember known posting=taking/> })}
            {move || known.get().map(|known| view! { <Permissions known/> })}
        </Drawer>
    }
    .into_any()
}

fn head(known: MemberAccess) -> AnyView {
    let here = Here::expect();
    let MemberAccess { member, name, role_name, account_name, is_above, .. } = known;
    let drawer = (!is_above).then(|| {
        view! { <a class="link text-xs" href=here.path(&format!("members/{member}"))>"Change what they may do"</a> }
    });
    let role = if is_above { format!("{role_name}, from an account above") } else { role_name };
    view! {
        <header class="flex items-center gap-4 pe-10">
            <Avatar name=name.clone()/>
            <div class="min-w-0">
                <h2 class="truncate text-base font-semibold">{format!("What {name} may do in {account_name}")}</h2>
                <p class="text-muted">{role}</p>
                {drawer}
            </div>
        </header>
    }
    .into_any()
}

/// The permission tree with the ways that give each, or why it is not held.
#[component]
fn Permissions(known: MemberAccess) -> impl IntoView {
    let row = |permission: Permission| {
        let held = known.held.contains(permission);
        let why =
            if held { ways(known.ways(permission)) } else { view! { <p>{known.lack(permission)}</p> }.into_any() };
        view! {
            <tr class:text-muted=!held>
                <td>{permission.node().label}</td>
                <td>{if held { "Yes" } else { "No" }}</td>
                <td class="text-muted text-xs">{why}</td>
            </tr>
        }
    };
    let section = |resource: &'static Node| {
        view! {
            <tbody>
                <tr><th colspan="3" scope="rowgroup">{resource.label}</th></tr>
                {resource.leaves().iter().map(row).collect_view()}
            </tbody>
        }
    };
    let count = format!("{} of {}", known.held.len(), Permission::ALL.len());
    view! {
        <h3 class="mb-2 mt-6 font-medium">"Permissions " <span class="text-muted tabular-nums">{count}</span></h3>
        <table class="table why-list">
            <colgroup><col/><col class="w-14"/><col class="w-1/2"/></colgroup>
            <thead class="sr-only"><tr><th>"Permission"</th><th>"Held"</th><th>"Why"</th></tr></thead>
            {Node::resources().map(section).collect_view()}
        </table>
    }
    .into_any()
}
