use crate::runtime::t;
use leptos::prelude::*;
use model::{Role, RoleName, initials};

/// A person's initials in a circle, beside the name that stands there anyway.
#[component]
pub fn Avatar(name: String) -> impl IntoView {
    view! { <span class="avatar-initials" aria-hidden="true">{initials(&name)}</span> }
}

/// A role, told apart by more than colour: what it is called.
#[component]
pub fn RoleBadge(role: Role, name: RoleName) -> impl IntoView {
    let class = match role {
        Role::Owner => "badge badge-soft badge-primary",
        Role::Custom => "badge badge-soft badge-accent",
        Role::Admin | Role::Member | Role::Viewer | Role::Named(_) => "badge badge-outline border-base-300",
    };
    view! { <span class=class>{t(name)}</span> }
}
