use super::sidebar::SETTINGS;
use crate::{
    api::SignOut,
    components::{Avatar, Glyph, Icon, PostForm},
    runtime::{FormAction, Here, t},
};
use leptos::prelude::*;
use model::{ButtonText, OwnMenuText, Profile};

/// What is the reader's own, behind their initials.
#[component]
pub fn OwnMenu() -> impl IntoView {
    let here = Here::expect();
    let posting = FormAction::to::<SignOut>();
    let name = Memo::new(move |_| here.profile.with(|profile| profile.map_or_else(String::new, Profile::name)));
    let email = move || here.profile.with(|profile| profile.map_or_else(String::new, |profile| profile.email.clone()));
    let theme = |theme: &'static str, icon: Icon, label: OwnMenuText| {
        let choose = move |_| {
            #[cfg(feature = "hydrate")]
            crate::runtime::browser::set_theme(theme);
        };
        view! {
            <button type="button" class="menu-entry" data-choice=theme on:click=choose><Glyph icon/>{t(label)}</button>
        }
    };
    view! {
        <button type="button" class="own-menu-button" popovertarget="own-menu" aria-label=t(OwnMenuText::Label)>
            {move || view! { <Avatar name=name.get()/> }}
            <Glyph icon=Icon::ChevronDown class="size-4 text-muted"/>
        </button>
        <div id="own-menu" class="menu-pop own-menu" popover="auto">
            <div class="border-b border-base-300 px-3 py-2">
                <p class="truncate font-medium">{name}</p>
                <p class="text-muted truncate text-xs">{email}</p>
            </div>
            <div class="border-b border-base-300 py-1" role="group" aria-label=t(OwnMenuText::Theme)>
                {theme("light", Icon::Sun, OwnMenuText::Light)} {theme("dark", Icon::Moon, OwnMenuText::Dark)} {theme("system", Icon::Monitor, OwnMenuText::System)}
            </div>
            <div class="border-b border-base-300 py-1">
                <a class="menu-entry" href=move || here.path(SETTINGS.page)><Glyph icon=SETTINGS.icon/>{t(OwnMenuText::Settings)}</a>
            </div>
            <PostForm posting id="sign-out" class="py-1">
                <button type="submit" class="menu-entry"><Glyph icon=Icon::LogOut/>{t(ButtonText::SignOut)}</button>
            </PostForm>
        </div>
    }
    .into_any()
}
