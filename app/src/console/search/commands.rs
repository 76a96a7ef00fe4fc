//! What is known without asking the server: the pages, and what can be done from anywhere.

use super::{Group, words};
use crate::{
    api::SignOut,
    components::Icon,
    console::sidebar::{PageLink, Sidebar},
    runtime::{FormAction, Here, t},
};
use leptos::prelude::*;
use model::{ActionText, Permission, SearchText};

#[derive(Clone, Copy)]
struct Action {
    label: ActionText,
    icon: Icon,
    act: Act,
}

#[derive(Clone, Copy)]
enum Act {
    Open(&'static str, Permission),
    SetTheme(&'static str),
    SignOut,
}

const ACTIONS: [Action; 8] = [
    open(ActionText::InvitePeople, Icon::UserPlus, "members/invite", Permission::MemberInvite),
    open(ActionText::NewContact, Icon::Contact, "contacts/new", Permission::ContactCreate),
    open(ActionText::NewCampaign, Icon::Megaphone, "campaigns/new", Permission::CampaignCreate),
    open(ActionText::NewApiKey, Icon::KeyRound, "api-keys/new", Permission::ApiKeyCreate),
    set_theme(ActionText::LightTheme, Icon::Sun, "light"),
    set_theme(ActionText::DarkTheme, Icon::Moon, "dark"),
    set_theme(ActionText::SystemTheme, Icon::Monitor, "system"),
    Action { label: ActionText::SignOut, icon: Icon::LogOut, act: Act::SignOut },
];

const fn open(label: ActionText, icon: Icon, page: &'static str, needs: Permission) -> Action {
    Action { label, icon, act: Act::Open(page, needs) }
}

const fn set_theme(label: ActionText, icon: Icon, theme: &'static str) -> Action {
    Action { label, icon, act: Act::SetTheme(theme) }
}

/// The pages and acts whose name has the text in it; all of them before anything is typed.
#[component]
pub fn Commands(typed: RwSignal<String>) -> impl IntoView {
    let here = Here::expect();
    let sign_out = FormAction::to::<SignOut>();
    let sidebar = Sidebar::expect();
    let pages = sidebar.pages().map(move |page| {
        let label = words(page.icon, page.label().into_owned(), String::new());
        view! {
            <li class:hidden=move || !is_page_shown(here, page, typed)>
                <a class="menu-entry" href=move || here.path(page.page)>{label}</a>
            </li>
        }
    });
    let actions = ACTIONS.map(move |action| {
        view! { <li class:hidden=move || !is_action_shown(here, action, typed)>{control(here, action, sign_out)}</li> }
    });
    view! {
        <Group title=SearchText::Pages shown=Signal::derive(move || any_page(here, sidebar, typed))>{pages.collect_view()}</Group>
        <Group title=SearchText::Actions shown=Signal::derive(move || any_action(here, typed))>{actions.collect_view()}</Group>
    }
    .into_any()
}

/// Whether any page or act has the text in its name.
pub fn any_named(here: Here, sidebar: Sidebar, typed: RwSignal<String>) -> bool {
    any_page(here, sidebar, typed) || any_action(here, typed)
}

fn any_page(here: Here, sidebar: Sidebar, typed: RwSignal<String>) -> bool {
    sidebar.pages().any(|page| is_page_shown(here, page, typed))
}

fn any_action(here: Here, typed: RwSignal<String>) -> bool {
    ACTIONS.into_iter().any(|action| is_action_shown(here, action, typed))
}

fn is_page_shown(here: Here, page: &PageLink, typed: RwSignal<String>) -> bool {
    page.is_open(here) && is_named(&page.label(), typed)
}

fn is_action_shown(here: Here, action: Action, typed: RwSignal<String>) -> bool {
    let is_allowed = match action.act {
        Act::Open(_, needs) => here.may(needs).get(),
        Act::SetTheme(_) | Act::SignOut => true,
    };
    is_allowed && is_named(&t(action.label), typed)
}

fn is_named(label: &str, typed: RwSignal<String>) -> bool {
    typed.with(|typed| label.to_lowercase().contains(&typed.trim().to_lowercase()))
}

#[cfg(feature = "hydrate")]
use crate::runtime::browser::set_theme as choose_theme;

/// Before the page's code is there, nothing of this is shown.
#[cfg(not(feature = "hydrate"))]
fn choose_theme(_: &str) {}

/// The link or button of an act.
fn control(here: Here, action: Action, sign_out: FormAction) -> AnyView {
    let label = words(action.icon, t(action.label).into_owned(), String::new());
    let act = move |_| match action.act {
        Act::Open(..) => {}
        Act::SetTheme(theme) => choose_theme(theme),
        Act::SignOut => sign_out.send(String::new()),
    };
    match action.act {
        Act::Open(page, _) => view! { <a class="menu-entry" href=move || here.path(page)>{label}</a> }.into_any(),
        Act::SetTheme(_) | Act::SignOut => {
            view! { <button type="button" class="menu-entry" on:click=act>{label}</button> }.into_any()
        }
    }
}
