use super::{
    own_menu::OwnMenu,
    search::Search,
    sidebar::{PageLink, Sidebar},
    switcher::Switcher,
};
use crate::{
    components::{Glyph, Icon, Time},
    runtime::{Here, t, t_with},
};
use leptos::{ev, prelude::*};
use leptos_router::{components::A, hooks::use_location};
use model::FrameText;

#[component]
pub fn Frame(children: Children) -> impl IntoView {
    #[cfg(feature = "ssr")]
    if crate::runtime::is_asking() {
        return children().into_any();
    }
    #[cfg(feature = "hydrate")]
    {
        let location = use_location();
        Effect::new(move |before: Option<()>| {
            location.pathname.track();
            location.search.track();
            // What was opened before the code came stays open.
            if before.is_some() {
                crate::runtime::browser::hide_popovers();
            }
        });
    }
    #[cfg(feature = "hydrate")]
    let preload = use_context::<super::Preload>();
    // The page that a link leads to may be opened next.
    let expect = move |event: &ev::Event| {
        #[cfg(feature = "hydrate")]
        if let (Some(super::Preload(preload)), Some(path)) = (preload, crate::runtime::browser::link_path(event)) {
            preload(path);
        }
        #[cfg(not(feature = "hydrate"))]
        let _ = event;
    };
    view! {
        <a class="skip-link" href="#content">{t(FrameText::SkipToContent)}</a>
        <div class="frame" on:pointerover=move |event| expect(&event) on:focusin=move |event| expect(&event)>
            <SidebarNav/>
            <div class="min-w-0 grow">
                <TopBar/>
                <main id="content" class="mx-auto max-w-[1200px] px-4 py-6 sm:px-8 sm:py-8" tabindex="-1"><Unconfirmed/><SecondFactorDue/>{children()}</main>
            </div>
        </div>
    }
    .into_any()
}

#[component]
fn SidebarNav() -> impl IntoView {
    let here = Here::expect();
    let sections = Sidebar::expect().0.iter().map(|(title, pages)| {
        let shown = Memo::new(move |_| pages.iter().any(|page| page.is_open(here)));
        view! {
            <div class:hidden=move || !shown.get()>
                {title.map(|title| view! { <p class="sidebar-title">{t(title)}</p> })}
                <ul class="flex flex-col gap-0.5">{pages.iter().map(|page| view! { <SidebarEntry page/> }).collect_view()}</ul>
            </div>
        }
    });
    view! {
        <div id="sidebar" class="sidebar" popover="auto">
            <Switcher/>
            <nav class="flex grow flex-col gap-5 overflow-y-auto p-3" aria-label=t(FrameText::Pages)>{sections.collect_view()}</nav>
        </div>
    }
    .into_any()
}

/// Asks the reader to confirm their address, until they have.
#[component]
fn Unconfirmed() -> impl IntoView {
    let here = Here::expect();
    let address = Memo::new(move |_| {
        here.profile.with(|profile| profile.filter(|profile| !profile.confirmed).map(|profile| profile.email.clone()))
    });
    move || {
        address.get().map(|address| {
            let address = view! { <strong>{address}</strong> }.into_any();
            let link = view! { <a class="link" href=move || here.path("settings#email")>{t(FrameText::SendAgain)}</a> }
                .into_any();
            view! {
                <p class="notice mb-6" role="note">
                    <Glyph icon=Icon::Mail class="size-5 text-warning"/>
                    <span>{t_with(FrameText::ConfirmEmail, [address, link])}</span>
                </p>
            }
        })
    }
}

/// Until when the reader has to have a second factor, if they have none.
#[component]
fn SecondFactorDue() -> impl IntoView {
    let here = Here::expect();
    let due = Memo::new(move |_| {
        here.standing.with(|standing| standing.and_then(|standing| standing.second_factor_due.clone()))
    });
    move || {
        due.get().map(|due| {
            let due = view! { <Time moment=due/> }.into_any();
            let link = view! { <a class="link" href=move || here.path("settings#two-factor")>{t(FrameText::SetUpTwoFactor)}</a> }.into_any();
            view! {
                <p class="notice mb-6" role="note">
                    <Glyph icon=Icon::ShieldCheck class="size-5 text-warning"/>
                    <span>{t_with(FrameText::TwoFactorDue, [due, link])}</span>
                </p>
            }
        })
    }
}

#[component]
fn SidebarEntry(page: &'static PageLink) -> impl IntoView {
    let here = Here::expect();
    view! {
        <li class:hidden=move || !page.is_open(here)>
            <A href=move || here.path(page.page) exact=page.page.is_empty() attr:class="sidebar-entry">
                <Glyph icon=page.icon/>
                {page.label()}
            </A>
        </li>
    }
    .into_any()
}

#[component]
fn TopBar() -> impl IntoView {
    let here = Here::expect();
    let path = use_location().pathname;
    let sidebar = Sidebar::expect();
    let label = Memo::new(move |_| {
        let path = path.get();
        let name = path.split('/').nth(3).unwrap_or_default();
        sidebar.pages().find(|page| page.page == name).map(PageLink::label)
    });
    let organisation =
        move || here.standing.with(|standing| standing.map_or_else(String::new, |s| s.organisation_name.clone()));
    view! {
        <header class="top-bar">
            <button type="button" class="btn btn-ghost btn-sm btn-square lg:hidden" popovertarget="sidebar" aria-label=t(FrameText::OpenMenu)>
                <Glyph icon=Icon::Menu class="size-5"/>
            </button>
            <nav class="min-w-0 grow truncate" aria-label=t(FrameText::Breadcrumb)>
                <span class="text-muted hidden sm:inline">{organisation} " / "</span>
                <span aria-current="page">{label}</span>
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
    let connected = Here::expect().live.connected();
    view! {
        <p class="text-muted flex items-center gap-2 text-xs" role="status">
            <span class="status-dot" class:bg-success=connected class:bg-warning=move || !connected.get() aria-hidden="true"></span>
            <span class:max-sm:sr-only=connected>{move || t(if connected.get() { FrameText::Live } else { FrameText::Reconnecting })}</span>
        </p>
    }
    .into_any()
}
