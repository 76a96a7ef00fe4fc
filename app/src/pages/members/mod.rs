//! Members: the list, the pending invitations, and beside them the drawers of one member and of an
//! invitation.

mod drawer;
mod invite;
mod pending;

pub use drawer::MemberDrawer;
pub use invite::InvitePeople;

use crate::{
    api::{count_members, list_members},
    components::{Avatar, Empty, Failure, Glyph, Icon, PageHead, Pager, RoleBadge, Skeleton, Time},
    console::Here,
};
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::{
    components::{Form, Outlet},
    hooks::use_query_map,
};
use model::{Member, MemberFilter, MemberStatus, Permission, Role, Topic};
use pending::PendingInvitations;

/// The tabs above the list, by their name in the address.
const TABS: [(&str, &str); 4] = [("", "All"), ("active", "Active"), ("pending", "Pending"), ("suspended", "Suspended")];

#[component]
pub fn MembersPage() -> impl IntoView {
    let here = Here::expect();
    let query = use_query_map();
    let tab = Memo::new(move |_| query.with(|query| query.get("status").unwrap_or_default()));
    let counts = Resource::new(
        move || {
            (
                here.account.get(),
                here.live.version(Topic::Members),
                here.live.version(Topic::Invitations),
                here.permissions.get(),
            )
        },
        |(account, ..)| count_members(account),
    );
    let counted = Memo::new(move |_| counts.get().and_then(Result::ok).unwrap_or_default());
    let purpose = Signal::derive(move || {
        let people = counted.get().active + counted.get().suspended;
        let place =
            here.standing.with(|standing| standing.as_ref().and_then(|s| s.trail.last().cloned()).unwrap_or_default());
        let people = if people == 1 { "1 person".to_owned() } else { format!("{people} people") };
        format!("{people} in {place} and the accounts below it. Changes take effect at once, everywhere.")
    });
    let count = move |name: &str| match name {
        "active" => counted.get().active,
        "pending" => counted.get().invited,
        "suspended" => counted.get().suspended,
        _ => counted.get().active + counted.get().suspended,
    };
    let tabs = TABS.map(|(name, label)| {
        let href = move || if name.is_empty() { here.path("members") } else { here.path(&format!("members?status={name}")) };
        let hidden = move || name == "pending" && !here.may(Permission::MemberInvite).get();
        view! {
            <a class="tab-entry" class:hidden=hidden href=href aria-current=move || (tab.get() == name).then_some("true")>
                {label} " " <span class="text-muted tabular-nums">{move || count(name)}</span>
            </a>
        }
    });
    view! {
        <Title text="Members"/>
        <Transition>
            {move || { counts.with(|_| ()); view! { <PageHead title="Members" purpose>
                <a class="btn btn-primary" class:hidden=move || !here.may(Permission::MemberInvite).get() href=move || here.path("members/invite")>
                    <Glyph icon=Icon::UserPlus/>
                    "Invite people"
                </a>
            </PageHead> } }}
            <nav class="tab-bar" aria-label="Members by status">{tabs.collect_view()}</nav>
        </Transition>
        <Show when=move || tab.get() == "pending" fallback=move || view! { <MemberList tab/> }>
            <PendingInvitations/>
        </Show>
        <Outlet/>
    }
    .into_any()
}

#[component]
fn MemberList(tab: Memo<String>) -> impl IntoView {
    let here = Here::expect();
    let query = use_query_map();
    let filter = Memo::new(move |_| {
        query.with(|query| MemberFilter {
            search: query.get("search").unwrap_or_default(),
            role: query.get("role").and_then(|role| role.parse().ok()),
            status: match tab.get().as_str() {
                "active" => Some(MemberStatus::Active),
                "suspended" => Some(MemberStatus::Suspended),
                _ => None,
            },
            cursor: query.get("at").and_then(|cursor| cursor.parse().ok()),
        })
    });
    let page = Resource::new(
        move || (here.account.get(), filter.get(), here.live.version(Topic::Members), here.live.version(Topic::Rights)),
        |(account, filter, ..)| list_members(account, filter),
    );
    let shown = Memo::new(move |_| page.get().and_then(Result::ok));
    let rows = move || shown.with(|page| page.as_ref().map(|page| page.rows.clone()).unwrap_or_default());
    let href = here.list_page("members");
    view! {
        <Filters filter tab/>
        <Transition fallback=|| view! { <Skeleton/> }>
            {move || page.get().and_then(Result::err).map(|problem| view! { <Failure problem retry=move |()| page.refetch()/> })}
            <div class="card" class:hidden=move || shown.with(Option::is_none)>
                <table class="table">
                    <thead>
                        <tr>
                            <th>"Person"</th>
                            <th>"Role"</th>
                            <th class="max-md:hidden">"Account"</th>
                            <th class="max-sm:hidden">"Status"</th>
                            <th class="max-lg:hidden">"Joined"</th>
                        </tr>
                    </thead>
                    <tbody>
                        <For each=rows key=Member::clone let(member)><Row member/></For>
                    </tbody>
                </table>
                {move || {
                    let empty = shown.with(|page| page.as_ref().is_some_and(|page| page.rows.is_empty()));
                    empty.then(|| view! {
                        <Empty icon=Icon::Users sentence="Nobody matches.">
                            <a class="btn btn-sm" href=move || here.path("members")>"Show all"</a>
                        </Empty>
                    })
                }}
                <Pager page=shown.into() href/>
            </div>
        </Transition>
    }
    .into_any()
}

#[component]
fn Row(member: Member) -> impl IntoView {
    let here = Here::expect();
    let Member { id, user: _, name, email, role, account: _, account_name, suspended, joined } = member;
    let status = if suspended {
        view! { <span class="badge badge-soft badge-error">"Suspended"</span> }.into_any()
    } else {
        view! { <span class="flex items-center gap-2"><span class="status-dot bg-success" aria-hidden="true"></span>"Active"</span> }.into_any()
    };
    view! {
        <tr>
            <td class="max-md:w-full max-md:max-w-0">
                <a class="person" href=move || here.path(&format!("members/{id}"))>
                    <Avatar name=name.clone()/>
                    <span class="min-w-0">
                        <span class="block truncate font-medium">{name}</span>
                        <span class="text-muted block truncate text-xs">{email}</span>
                    </span>
                </a>
            </td>
            <td>
                <RoleBadge role/>
                {suspended.then(|| view! { <p class="text-error mt-1 text-xs sm:hidden">"Suspended"</p> })}
            </td>
            <td class="max-md:hidden">{account_name}</td>
            <td class="max-sm:hidden">{status}</td>
            <td class="text-muted max-lg:hidden"><Time moment=joined/></td>
        </tr>
    }
    .into_any()
}

#[component]
fn Filters(filter: Memo<MemberFilter>, tab: Memo<String>) -> impl IntoView {
    let now = filter.get_untracked();
    let chosen = now.role;
    let role = move |role: Role| {
        view! { <option value=role.name() selected=chosen == Some(role)>{role.label()}</option> }
    };
    view! {
        <Form method="GET" action="" attr:class="mb-4 flex flex-wrap items-end gap-2" attr:role="search">
            {move || (!tab.get().is_empty()).then(|| view! { <input type="hidden" name="status" value=tab.get()/> })}
            <label class="filter">
                <span>"Search"</span>
                <input class="input input-sm" type="search" name="search" value=now.search.clone() placeholder="Name or e-mail"/>
            </label>
            <label class="filter">
                <span>"Role"</span>
                <select class="select select-sm" name="role">
                    <option value="">"All"</option>
                    {Role::ALL.map(role).collect_view()}
                </select>
            </label>
            <button type="submit" class="btn btn-sm">"Filter"</button>
        </Form>
    }
    .into_any()
}
