//! Members: the list, the pending invitations, and beside them the drawers of one member and of an
//! invitation.

mod above;
mod bulk;
mod bulk_dialog;
mod drawer;
mod invite;
mod pending;
mod sort;

pub use drawer::MemberDrawer;
pub use invite::InvitePeople;

use crate::{
    api::{CountMembers, ListMemberAccounts, ListMembers, ListRoleChoices},
    components::{Acts, Empty, Filter, FilterKind, Filters, Glyph, Icon, List, PageHead, RoleBadge, Time},
    runtime::{Fetched, Here},
};
use above::MembersAbove;
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::{components::Outlet, hooks::use_query_map};
use model::{
    AccountChoice, Member, MemberFilter, MemberSort, MemberStatus, Permission, Role, RoleChoice, Topic, Total, initials,
};
use pending::PendingInvitations;

/// The tabs above the list, by their name in the address.
const TABS: [(&str, &str); 5] =
    [("", "All"), ("active", "Active"), ("pending", "Pending"), ("suspended", "Suspended"), ("above", "From above")];

#[component]
pub fn MembersPage() -> impl IntoView {
    let here = Here::expect();
    let query = use_query_map();
    let tab = Memo::new(move |_| query.with(|query| query.get("status").unwrap_or_default()));
    let counts = Fetched::of(move || {
        here.live.follow(&[Topic::Members, Topic::Invitations, Topic::Rights]);
        CountMembers { account: here.account.get() }
    });
    let counted = Memo::new(move |_| counts.get().unwrap_or_default());
    let purpose = Signal::derive(move || {
        let people = counted.get().active + counted.get().suspended;
        let place = here.place();
        let people = if people == 1 { "1 person".to_owned() } else { format!("{people} people") };
        format!("{people} in {place} and the accounts below it. Changes take effect at once, everywhere.")
    });
    let count = move |name: &str| match name {
        "active" => counted.get().active,
        "pending" => counted.get().invited,
        "suspended" => counted.get().suspended,
        "above" => counted.get().above,
        _ => counted.get().active + counted.get().suspended,
    };
    let tabs = TABS.map(|(name, label)| {
        let href = move || if name.is_empty() { here.path("members") } else { here.path(&format!("members?status={name}")) };
        let hidden = move || match name {
            "pending" => !here.may(Permission::MemberInvite).get(),
            "above" => here.is_root(),
            _ => false,
        };
        view! {
            <a class="tab-entry" class:hidden=hidden href=href aria-current=move || (tab.get() == name).then_some("true")>
                {label} " " <span class="text-muted tabular-nums">{move || count(name)}</span>
            </a>
        }
    });
    let shown = Memo::new(move |_| match tab.get().as_str() {
        "pending" => Shown::Pending,
        "above" => Shown::Above,
        _ => Shown::Members,
    });
    view! {
        <Title text="Members"/>
        <PageHead title="Members" purpose>
            <a class="btn btn-primary" class:hidden=move || !here.may(Permission::MemberInvite).get() href=move || here.path("members/invite")>
                <Glyph icon=Icon::UserPlus/>
                "Invite people"
            </a>
        </PageHead>
        <nav class="tab-bar" aria-label="Members by status">{tabs.collect_view()}</nav>
        {move || match shown.get() {
            Shown::Members => view! { <MemberList tab/> }.into_any(),
            Shown::Pending => view! { <PendingInvitations/> }.into_any(),
            Shown::Above => view! { <MembersAbove/> }.into_any(),
        }}
        <Outlet/>
    }
    .into_any()
}

/// What stands below the tabs.
#[derive(Clone, Copy, PartialEq)]
enum Shown {
    Members,
    Pending,
    Above,
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
            second_factor: query.get("second_factor").and_then(|choice| match choice.as_str() {
                "with" => Some(true),
                "without" => Some(false),
                _ => None,
            }),
            within: query.get("in").and_then(|account| account.parse().ok()),
            sort: query.get("sort").and_then(|sort| sort.parse().ok()).unwrap_or_default(),
            cursor: query.get("at").and_then(|cursor| cursor.parse().ok()),
        })
    });
    let below = Fetched::of(move || {
        here.live.follow(&[Topic::Organisation, Topic::Rights]);
        ListMemberAccounts { account: here.account.get() }
    });
    let accounts = Signal::derive(move || {
        let choice = |AccountChoice { id, name, .. }: AccountChoice| (id.to_string(), name);
        below.get().unwrap_or_default().into_iter().map(choice).collect::<Vec<_>>()
    });
    let page = Fetched::of(move || {
        here.live.follow(&[Topic::Members, Topic::Roles, Topic::Organisation, Topic::Rights]);
        ListMembers { account: here.account.get(), filter: filter.get() }
    });
    let chosen = bulk::Selection::provide();
    // Whatever the page and the order, the same people are listed.
    let listed = Memo::new(move |_| {
        let filter = MemberFilter { cursor: None, sort: MemberSort::default(), ..filter.get() };
        (here.account.get(), filter)
    });
    Effect::new(move |_| {
        listed.track();
        chosen.clear();
    });
    let ids = Signal::derive(move || {
        page.with(|page| page.map(|page| page.rows.iter().map(|row| row.id).collect()).unwrap_or_default())
    });
    let total = Signal::derive(move || page.with(|page| page.map_or_else(Total::default, |page| page.total)));
    let named = Fetched::of(move || {
        here.live.follow(&[Topic::Roles, Topic::Rights]);
        ListRoleChoices { account: here.account.get() }
    });
    let acts = Acts { may: bulk::may_act(here), head: bulk::select_page(ids) };
    view! {
        <Filters filters=filters(accounts, named) keep=&["status", "sort"]/>
        <sort::SortLinks/>
        <bulk::SelectionBar filter total/>
        <List page name="members-list" columns=COLUMNS row=row empty=nobody href=here.list_page("members") acts/>
        <bulk::RowMenu/>
        <bulk_dialog::BulkDialog/>
    }
    .into_any()
}

const COLUMNS: &[&str] = &["Person", "Role", "Account", "Status", "Joined"];

fn nobody() -> AnyView {
    let here = Here::expect();
    view! {
        <Empty icon=Icon::Users sentence="Nobody matches.">
            <a class="btn btn-sm" href=move || here.path("members")>"Show all"</a>
        </Empty>
    }
    .into_any()
}

fn row(member: Member) -> AnyView {
    let here = Here::expect();
    let (select, menu) = (bulk::select_box(member.id, &member.name), bulk::menu_button(&member));
    let Member {
        id,
        user: _,
        name,
        email,
        role,
        role_name,
        account: _,
        account_name,
        suspended,
        second_factor,
        joined,
    } = member;
    let initials = initials(&name);
    let (status, status_class) = if suspended { ("Suspended", "is-suspended") } else { ("Active", "is-active") };
    view! {
        <tr>
            <td>{select}</td>
            <td>
                <a class="person" data-initials=initials href=here.path(&format!("members/{id}"))>
                    <b>{name}</b>
                    <small>{email}</small>
                </a>
            </td>
            <td>
                <RoleBadge role name=role_name/>
                {suspended.then(|| view! { <p class="text-error mt-1 text-xs sm:hidden">"Suspended"</p> })}
            </td>
            <td>{account_name}</td>
            <td>
                <span class=status_class>{status}</span>
                {second_factor.then(|| view! { <small class="text-muted block text-xs">"Second factor"</small> })}
            </td>
            <td><Time moment=joined/></td>
            <td>{menu}</td>
        </tr>
    }
    .into_any()
}

fn filters(accounts: Signal<Vec<(String, String)>>, named: Fetched<Vec<RoleChoice>>) -> Vec<Filter> {
    let roles = Memo::new(move |_| {
        let of_everyone = Role::ALL.map(|role| (role.to_value(), role.label().to_owned()));
        let named = named.get().unwrap_or_default().into_iter().map(|choice| (choice.role.to_value(), choice.name));
        of_everyone.into_iter().chain(named).collect::<Vec<_>>()
    });
    vec![
        Filter { name: "search", label: "Search", by: FilterKind::Search("Name or e-mail") },
        Filter { name: "role", label: "Role", by: FilterKind::OneOf(roles.into()) },
        Filter { name: "in", label: "Account", by: FilterKind::OneOf(accounts) },
        Filter {
            name: "second_factor",
            label: "Second factor",
            by: FilterKind::Choice(vec![("with", "Set up"), ("without", "None")]),
        },
    ]
}
