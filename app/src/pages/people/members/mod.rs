//! Members: the list, the pending invitations, and beside them the drawers of one member and of an
//! invitation.

mod above;
mod bulk;
mod bulk_dialog;
mod copy_link;
mod custom_permissions;
mod drawer;
mod invite;
mod pending;
mod role_picker;

pub use drawer::MemberDrawer;
pub use invite::InvitePeople;

use crate::{
    api::{CountMembers, ListMemberAccounts, ListMembers, ListRoleChoices},
    components::{Column, Empty, Filter, FilterKind, Filters, Glyph, Icon, List, PageHead, RoleBadge, SortLink, Time},
    runtime::{Fetched, Here, query_with, t},
};
use above::MembersAbove;
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::{components::Outlet, hooks::use_query_map};
use model::{
    AccountChoice, ButtonText, Member, MemberFilter, MemberSort, MemberStatus, MembersText, Number, Permission, Role,
    Text, Topic, Total, initials,
};
use pending::PendingInvitations;

/// The tabs above the list, by their name in the address.
const TABS: [(&str, &(dyn Text + Sync)); 5] = [
    ("", &MembersText::All),
    ("active", &MemberStatus::Active),
    ("pending", &MembersText::Pending),
    ("suspended", &MemberStatus::Suspended),
    ("above", &MembersText::Inherited),
];

#[component]
pub fn MembersPage() -> impl IntoView {
    let here = Here::expect();
    bulk_dialog::Question::provide();
    let query = use_query_map();
    let tab = Memo::new(move |_| query.with(|query| query.get("status").unwrap_or_default()));
    let counts = Fetched::of(move || {
        here.live.follow(&[Topic::Members, Topic::Invitations, Topic::Rights]);
        CountMembers { account: here.account.get() }
    });
    // What is not known is left out.
    let counted = Memo::new(move |_| counts.get());
    let purpose = move || {
        let people = counted.get().map(|counts| counts.active + counts.suspended);
        people.map_or_else(Default::default, |people| t(MembersText::Purpose { people, place: here.place() }))
    };
    let count = move |name: &str| {
        let counts = counted.get()?;
        let count = match name {
            "active" => counts.active,
            "pending" => counts.invited,
            "suspended" => counts.suspended,
            "above" => counts.above,
            _ => counts.active + counts.suspended,
        };
        Some(t(Number(count)))
    };
    let tabs = TABS.map(|(name, label)| {
        let href = move || format!("{}{}", here.path("members"), query.with(|query| query_with(query, "status", name)));
        let hidden = move || match name {
            "pending" => !here.may(Permission::MemberInvite).get(),
            "above" => here.is_root(),
            _ => false,
        };
        view! {
            <a class="tab-entry" class:hidden=hidden href=href aria-current=move || (tab.get() == name).then_some("true")>
                {t(label)} " " <span class="text-muted tabular-nums">{move || count(name)}</span>
            </a>
        }
    });
    let shown = Memo::new(move |_| match tab.get().as_str() {
        "pending" => Shown::Pending,
        "above" => Shown::Above,
        _ => Shown::Members,
    });
    view! {
        <Title text=|| t(MembersText::Title)/>
        <PageHead title=|| t(MembersText::Title) purpose>
            <a class="btn btn-primary" class:hidden=move || !here.may(Permission::MemberInvite).get() href=move || here.path_with_query("members/invite") data-noscroll="">
                <Glyph icon=Icon::UserPlus/>
                {t(MembersText::Invite)}
            </a>
        </PageHead>
        <nav class="tab-bar" aria-label=t(MembersText::ByStatus)>{tabs.collect_view()}</nav>
        {move || match shown.get() {
            Shown::Members => view! { <MemberList tab/> }.into_any(),
            Shown::Pending => view! { <PendingInvitations/> }.into_any(),
            Shown::Above => view! { <MembersAbove/> }.into_any(),
        }}
        <bulk_dialog::BulkDialog/>
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
    let may_update = Memo::new(move |_| here.may(Permission::MemberUpdate).get());
    let filter = Memo::new(move |_| {
        query.with(|query| MemberFilter {
            search: query.get("search").unwrap_or_default(),
            role: query.get("role").and_then(|role| role.parse().ok()),
            status: match tab.get().as_str() {
                "active" => Some(MemberStatus::Active),
                "suspended" => Some(MemberStatus::Suspended),
                _ => None,
            },
            second_factor: query.get("second_factor").filter(|_| may_update.get()).and_then(|choice| match &*choice {
                "with" => Some(true),
                "without" => Some(false),
                _ => None,
            }),
            within: query.get("in").and_then(|account| account.parse().ok()),
            sort: query.get("sort").and_then(|sort| sort.parse().ok()).unwrap_or_default(),
            descending: query.get_str("order") == Some("desc"),
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
    let ids = Signal::derive(move || {
        page.with(|page| page.map(|page| page.rows.iter().map(|row| row.id).collect()).unwrap_or_default())
    });
    let chosen = bulk::Selection::provide(ids);
    // Whatever the page and the order, the same people are listed.
    let listed = Memo::new(move |_| {
        let filter = MemberFilter { cursor: None, sort: MemberSort::default(), descending: false, ..filter.get() };
        (here.account.get(), filter)
    });
    Effect::new(move |_| {
        listed.track();
        chosen.clear();
    });
    let total = Signal::derive(move || page.with(|page| page.map_or_else(Total::default, |page| page.total)));
    let named = Fetched::of(move || {
        here.live.follow(&[Topic::Roles, Topic::Rights]);
        ListRoleChoices { account: here.account.get() }
    });
    let roles = Memo::new(move |_| {
        let of_everyone = Role::ALL.map(|role| (role.to_value(), t(role).into_owned()));
        let named = named
            .get()
            .unwrap_or_default()
            .into_iter()
            .map(|choice| (choice.role.to_value(), t(choice.name).into_owned()));
        of_everyone.into_iter().chain(named).collect::<Vec<_>>()
    });
    view! {
        {move || view! { <Filters filters=filters(accounts, roles, may_update.get()) keep=&["status", "sort", "order"]/> }}
        <bulk::SelectionBar filter total/>
        {move || {
            let columns: &'static [Column<Member>] = if may_update.get() { &COLUMNS } else { &COLUMNS_OF_OTHERS };
            view! { <List page name="members-list" columns empty=nobody href=here.list_page("members") may_act=bulk::may_act(here)/> }
        }}
        <bulk::RowMenu named/>
    }
    .into_any()
}

/// Two-factor authentication, and when somebody was last seen, are for those alone who may change members.
static COLUMNS: [Column<Member>; 9] = [
    CHECK,
    PERSON,
    ROLE,
    ACCOUNT,
    STATUS,
    Column::new(&MembersText::TwoFactorColumn, "from-xl", two_factor),
    SEEN,
    JOINED,
    MENU,
];
static COLUMNS_OF_OTHERS: [Column<Member>; 7] = [CHECK, PERSON, ROLE, ACCOUNT, STATUS, JOINED, MENU];

const CHECK: Column<Member> = Column::with_head(bulk::select_page, "check", bulk::select_box);
const PERSON: Column<Member> = Column::sorted(&MembersText::Person, || sort_link(MemberSort::Name), "wide", person);
const ROLE: Column<Member> = Column::sorted(&MembersText::Role, || sort_link(MemberSort::Role), "", role);
const ACCOUNT: Column<Member> =
    Column::new(&MembersText::Account, "from-lg", |member| member.account_name.clone().into_any());
const STATUS: Column<Member> = Column::new(&MembersText::Status, "from-sm", status);
const SEEN: Column<Member> = Column::new(&MembersText::LastSeen, "from-xl text-muted", |member| {
    member.last_seen.clone().map(|moment| view! { <Time moment/> }).into_any()
});
const JOINED: Column<Member> = Column::sorted(
    &MembersText::Joined,
    || sort_link(MemberSort::Joined),
    "from-xl text-muted",
    |member| view! { <Time moment=member.joined.clone()/> }.into_any(),
);
const MENU: Column<Member> = Column::with_head(
    || view! { <span class="sr-only">{t(MembersText::More)}</span> }.into_any(),
    "menu",
    bulk::menu_button,
);

/// Sorts the list, and turns the order round where it is sorted so already.
fn sort_link(sort: MemberSort) -> SortLink {
    let query = use_query_map();
    let order = Memo::new(move |_| {
        query.with(|query| {
            let now = query.get_str("sort").and_then(|sort| sort.parse::<MemberSort>().ok()).unwrap_or_default();
            let is_descending = query.get_str("order") == Some("desc");
            (now == sort).then_some(if is_descending { "descending" } else { "ascending" })
        })
    });
    let href = move || {
        let mut query = query.get();
        query.replace("order", if order.get() == Some("ascending") { "desc" } else { "asc" }.to_owned());
        Some(query_with(&query, "sort", sort.name()))
    };
    SortLink { href: Signal::derive(href), order: order.into() }
}

fn nobody() -> AnyView {
    let here = Here::expect();
    view! {
        <Empty icon=Icon::Users sentence=t(MembersText::NoMatch)>
            <a class="btn btn-sm" href=move || here.path("members")>{t(ButtonText::ShowAll)}</a>
        </Empty>
    }
    .into_any()
}

fn person(member: &Member) -> AnyView {
    let here = Here::expect();
    let Member { id, name, email, .. } = member;
    let id = *id;
    view! {
        <a class="person" data-initials=initials(name) href=move || here.path_with_query(&format!("members/{id}")) data-noscroll="">
            <b>{name.clone()}</b>
            <small>{email.clone()}</small>
        </a>
    }
    .into_any()
}

fn role(member: &Member) -> AnyView {
    view! {
        <RoleBadge role=member.role name=member.role_name.clone()/>
        {member.suspended.then(|| view! { <p class="text-error mt-1 text-xs sm:hidden">{t(MemberStatus::Suspended)}</p> })}
    }
    .into_any()
}

fn status(member: &Member) -> AnyView {
    let (status, class) =
        if member.suspended { (MemberStatus::Suspended, "is-suspended") } else { (MemberStatus::Active, "is-active") };
    view! { <span class=class>{t(status)}</span> }.into_any()
}

fn two_factor(member: &Member) -> AnyView {
    let text = |on| t(if on { MembersText::TwoFactorOn } else { MembersText::TwoFactorOff });
    member.second_factor.map(text).into_any()
}

fn filters(
    accounts: Signal<Vec<(String, String)>>,
    roles: Memo<Vec<(String, String)>>,
    by_two_factor: bool,
) -> Vec<Filter> {
    let mut filters = vec![
        Filter { name: "search", label: t(ButtonText::Search), by: FilterKind::Search(t(MembersText::SearchHint)) },
        Filter { name: "role", label: t(MembersText::Role), by: FilterKind::OneOf(roles.into()) },
        Filter { name: "in", label: t(MembersText::Account), by: FilterKind::OneOf(accounts) },
    ];
    if by_two_factor {
        filters.push(Filter {
            name: "second_factor",
            label: t(MembersText::TwoFactor),
            by: FilterKind::Choice(vec![
                ("with", t(MembersText::TwoFactorOn)),
                ("without", t(MembersText::TwoFactorOff)),
            ]),
        });
    }
    filters
}
