use super::{search::Search, switcher::Switcher};
use crate::{
    api::SignOut,
    components::{Avatar, Glyph, Icon, PostForm, Time},
    runtime::{FormAction, Here},
};
use leptos::prelude::*;
use leptos_router::{components::A, hooks::use_location};
use model::{Permission, Profile};

/// A page of the sidebar: shown to those who may open it.
#[derive(Clone, Copy)]
pub(super) struct Entry {
    pub page: &'static str,
    pub label: &'static str,
    pub icon: Icon,
    needs: Option<Permission>,
}

const SECTIONS: &[(&str, &[Entry])] = &[
    ("", &[Entry { page: "", label: "Overview", icon: Icon::LayoutDashboard, needs: None }]),
    (
        "Work",
        &[
            Entry {
                page: "contacts",
                label: "Contacts",
                icon: Icon::Contact,
                needs: Some(Permission::ContactReadBasic),
            },
            Entry {
                page: "campaigns",
                label: "Campaigns",
                icon: Icon::Megaphone,
                needs: Some(Permission::CampaignRead),
            },
        ],
    ),
    (
        "Access",
        &[
            Entry { page: "members", label: "Members", icon: Icon::Users, needs: Some(Permission::MemberRead) },
            Entry { page: "roles", label: "Roles", icon: Icon::ShieldCheck, needs: Some(Permission::RoleRead) },
            Entry { page: "api-keys", label: "API keys", icon: Icon::KeyRound, needs: Some(Permission::ApiKeyRead) },
            Entry {
                page: "access",
                label: "Access explorer",
                icon: Icon::Waypoints,
                needs: Some(Permission::MemberRead),
            },
            Entry {
                page: "access-log",
                label: "Data access log",
                icon: Icon::ScrollText,
                needs: Some(Permission::AccessLogRead),
            },
        ],
    ),
    (
        "Organisation",
        &[
            Entry { page: "accounts", label: "Accounts", icon: Icon::Network, needs: Some(Permission::AccountRead) },
            Entry { page: "billing", label: "Billing", icon: Icon::Receipt, needs: Some(Permission::BillingRead) },
            Entry {
                page: "organisation",
                label: "Organisation",
                icon: Icon::Building2,
                needs: Some(Permission::OrganisationRead),
            },
            Entry {
                page: "policy",
                label: "Policy",
                icon: Icon::SlidersHorizontal,
                needs: Some(Permission::OrganisationRead),
            },
        ],
    ),
];

pub(super) fn entries() -> impl Iterator<Item = &'static Entry> {
    SECTIONS.iter().flat_map(|(_, entries)| entries.iter())
}

#[component]
pub fn Frame(children: Children) -> impl IntoView {
    #[cfg(feature = "ssr")]
    if crate::runtime::is_asking() {
        return children().into_any();
    }
    #[cfg(feature = "hydrate")]
    {
        let location = use_location();
        Effect::new(move |_| {
            location.pathname.track();
            location.search.track();
            crate::runtime::browser::hide_popovers();
        });
    }
    view! {
        <a class="skip-link" href="#content">"Skip to the content"</a>
        <div class="frame">
            <Sidebar/>
            <div class="min-w-0 grow">
                <TopBar/>
                <main id="content" class="mx-auto max-w-[1200px] px-4 py-6 sm:px-8 sm:py-8" tabindex="-1"><Unconfirmed/><SecondFactorDue/>{children()}</main>
            </div>
        </div>
    }
    .into_any()
}

#[component]
fn Sidebar() -> impl IntoView {
    let here = Here::expect();
    let sections = SECTIONS.iter().map(|(title, entries)| {
        let shown = Memo::new(move |_| entries.iter().any(|entry| is_open(here, entry)));
        view! {
            <div class:hidden=move || !shown.get()>
                {(!title.is_empty()).then(|| view! { <p class="sidebar-title">{*title}</p> })}
                <ul class="flex flex-col gap-0.5">{entries.iter().map(|entry| view! { <SidebarEntry entry/> }).collect_view()}</ul>
            </div>
        }
    });
    view! {
        <div id="sidebar" class="sidebar" popover="auto">
            <Switcher/>
            <nav class="flex grow flex-col gap-5 overflow-y-auto p-3" aria-label="Pages">{sections.collect_view()}</nav>
        </div>
    }
    .into_any()
}

/// Asks the reader to confirm their address, until they have.
#[component]
fn Unconfirmed() -> impl IntoView {
    let profile = Here::expect().profile;
    let address = Memo::new(move |_| {
        profile.with(|profile| profile.filter(|profile| !profile.confirmed).map(|profile| profile.email.clone()))
    });
    move || {
        address.get().map(|address| {
            view! {
                <p class="notice mb-6" role="note">
                    <Glyph icon=Icon::Mail class="size-5 text-warning"/>
                    <span>
                        "Confirm your e-mail address: open the link in the message we sent to " <strong>{address}</strong> ". "
                        <a class="link" href="/email">"Send it again"</a>
                    </span>
                </p>
            }
        })
    }
}

/// Until when the reader has to have a second factor, if they have none.
#[component]
fn SecondFactorDue() -> impl IntoView {
    let standing = Here::expect().standing;
    let due =
        Memo::new(move |_| standing.with(|standing| standing.and_then(|standing| standing.second_factor_due.clone())));
    move || {
        due.get().map(|due| {
            view! {
                <p class="notice mb-6" role="note">
                    <Glyph icon=Icon::ShieldCheck class="size-5 text-warning"/>
                    <span>
                        "This organisation requires a second factor from " <Time moment=due/> ". "
                        <a class="link" href="/second-factor">"Set it up now"</a>
                    </span>
                </p>
            }
        })
    }
}

pub(super) fn is_open(here: Here, entry: &Entry) -> bool {
    entry.needs.is_none_or(|permission| here.permissions.with(|held| held.contains(permission)))
}

#[component]
fn SidebarEntry(entry: &'static Entry) -> impl IntoView {
    let here = Here::expect();
    let expect = move || {
        #[cfg(feature = "hydrate")]
        crate::parts::preload(here.path(entry.page));
    };
    view! {
        <li class:hidden=move || !is_open(here, entry) on:pointerenter=move |_| expect() on:focusin=move |_| expect()>
            <A href=move || here.path(entry.page) exact=entry.page.is_empty() attr:class="sidebar-entry">
                <Glyph icon=entry.icon/>
                {entry.label}
            </A>
        </li>
    }
    .into_any()
}

#[component]
fn TopBar() -> impl IntoView {
    let here = Here::expect();
    let path = use_location().pathname;
    let page = Memo::new(move |_| {
        let path = path.get();
        let page = path.split('/').nth(3).unwrap_or_default();
        entries().find(|entry| entry.page == page).map_or("", |entry| entry.label)
    });
    let organisation =
        move || here.standing.with(|standing| standing.map_or_else(String::new, |s| s.organisation_name.clone()));
    view! {
        <header class="top-bar">
            <button type="button" class="btn btn-ghost btn-sm btn-square lg:hidden" popovertarget="sidebar" aria-label="Open the menu">
                <Glyph icon=Icon::Menu class="size-5"/>
            </button>
            <nav class="min-w-0 grow truncate" aria-label="Where you are">
                <span class="text-muted hidden sm:inline">{organisation} " / "</span>
                <span aria-current="page">{page}</span>
            </nav>
            <Search/>
            <LiveMark/>
            <OwnMenu/>
        </header>
    }
    .into_any()
}

#[component]
fn LiveMark() -> impl IntoView {
    let connected = Here::expect().live.connected;
    view! {
        <p class="text-muted flex items-center gap-2 text-xs" role="status">
            <span class="status-dot" class:bg-success=connected class:bg-warning=move || !connected.get() aria-hidden="true"></span>
            <span class:max-sm:sr-only=connected>{move || if connected.get() { "Live" } else { "Reconnecting" }}</span>
        </p>
    }
    .into_any()
}

#[component]
fn OwnMenu() -> impl IntoView {
    let here = Here::expect();
    let posting = FormAction::to::<SignOut>();
    let name = Memo::new(move |_| here.profile.with(|profile| profile.map_or_else(String::new, Profile::name)));
    let email = move || here.profile.with(|profile| profile.map_or_else(String::new, |profile| profile.email.clone()));
    let theme = |theme: &'static str, icon: Icon, label: &'static str| {
        let choose = move |_| {
            #[cfg(feature = "hydrate")]
            crate::runtime::browser::set_theme(theme);
        };
        view! {
            <button type="button" class="menu-entry" data-choice=theme on:click=choose><Glyph icon/>{label}</button>
        }
    };
    view! {
        <button type="button" class="own-menu-button" popovertarget="own-menu" aria-label="My menu">
            {move || view! { <Avatar name=name.get()/> }}
            <Glyph icon=Icon::ChevronDown class="size-4 text-muted"/>
        </button>
        <div id="own-menu" class="menu-pop own-menu" popover="auto">
            <div class="border-b border-base-300 px-3 py-2">
                <p class="truncate font-medium">{name}</p>
                <p class="text-muted truncate text-xs">{email}</p>
            </div>
            <div class="border-b border-base-300 py-1" role="group" aria-label="Colours">
                {theme("light", Icon::Sun, "Light")} {theme("dark", Icon::Moon, "Dark")} {theme("system", Icon::Monitor, "As the system")}
            </div>
            <div class="border-b border-base-300 py-1">
                <a class="menu-entry" href="/invitations"><Glyph icon=Icon::Mail/>"My invitations"</a>
                <a class="menu-entry" href="/email"><Glyph icon=Icon::Contact/>"My e-mail address"</a>
                <a class="menu-entry" href="/second-factor"><Glyph icon=Icon::ShieldCheck/>"Second factor"</a>
            </div>
            <PostForm posting id="sign-out" class="py-1">
                <button type="submit" class="menu-entry"><Glyph icon=Icon::LogOut/>"Sign out"</button>
            </PostForm>
        </div>
    }
    .into_any()
}
