use super::{Glyph, Icon};
use crate::{
    api::ListGranters,
    runtime::{Fetched, Here, t},
};
use leptos::prelude::*;
use model::{Permission, RefusedText, Topic};

/// In the place of what somebody has no permission to see: which it is, and whom to ask.
#[component]
pub fn Refused(permission: Permission) -> impl IntoView {
    ask(RefusedText::Missing(permission), permission, "alert", "notice notice-error", "size-5 text-error")
}

/// For somebody who may do nothing yet, such as a member with a custom role: whom to ask.
#[component]
pub fn NoPermissions() -> impl IntoView {
    ask(RefusedText::NoPermissions, Permission::ContactReadBasic, "status", "notice", "size-5 text-muted")
}

fn ask(
    what: RefusedText,
    permission: Permission,
    role: &'static str,
    class: &'static str,
    icon_class: &'static str,
) -> AnyView {
    let here = Here::expect();
    let granters = Fetched::of(move || {
        here.live.follow(&[Topic::Rights]);
        ListGranters { account: here.account.get(), permission }
    });
    let whom = move || granters.get().map(|names| t(RefusedText::Ask(names)));
    view! {
        <div role=role class=class>
            <Glyph icon=Icon::CircleAlert class=icon_class/>
            <p class="grow">{t(what)} " " {whom}</p>
        </div>
    }
    .into_any()
}
