//! Roles: the list, and beside it the drawers of one role, a new one, and two compared.

mod compare;
mod create;
mod drawer;

pub use compare::CompareRoles;
pub use create::NewRole;
pub use drawer::RoleDrawer;

use crate::{
    api::ListRoles,
    components::{Fetched, Glyph, Icon, PageHead, Waiting, keyed},
    console::Here,
};
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::components::Outlet;
use model::{Permission, Role, RoleEntry, Topic};

/// The roles of the organisation, as they are now.
pub fn roles_of(here: Here) -> Fetched<Vec<RoleEntry>> {
    Fetched::of(move || {
        here.live.follow(&[Topic::Roles, Topic::Members, Topic::Invitations, Topic::Rights]);
        ListRoles { account: here.account.get() }
    })
}

#[component]
pub fn RolesPage() -> impl IntoView {
    let here = Here::expect();
    let roles = roles_of(here);
    view! {
        <Title text="Roles"/>
        <PageHead title="Roles" purpose="What people may do, under a name. A change reaches everyone who has the role at once.">
            <a class="btn" href=move || here.path("roles/compare")><Glyph icon=Icon::Scale/>"Compare"</a>
            <a class="btn btn-primary" class:hidden=move || !here.may(Permission::RoleManage).get() href=move || here.path("roles/new")>
                <Glyph icon=Icon::Plus/>
                "New role"
            </a>
        </PageHead>
        <Waiting on=roles.progress/>
        <div class="card" class:hidden=move || !roles.progress.is_there()>
            <table class="table roles-list">
                <thead><tr><th>"Role"</th><th>"Permissions"</th><th>"Members"</th><th>"Invited"</th></tr></thead>
                <tbody>{keyed(move || roles.get().unwrap_or_default(), row)}</tbody>
            </table>
        </div>
        <Outlet/>
    }
    .into_any()
}

fn row(entry: RoleEntry) -> AnyView {
    let here = Here::expect();
    let RoleEntry { role, name, permissions, members, invitations, starts: _ } = entry;
    let named = match role {
        Role::Named(id) => {
            view! { <a class="row-link" href=move || here.path(&format!("roles/{id}"))>{name}</a> }.into_any()
        }
        role => {
            view! { <p class="font-medium">{name}</p><p class="text-muted text-xs">{role.meaning()}</p> }.into_any()
        }
    };
    view! {
        <tr>
            <td>{named}</td>
            <td>{format!("{} of {}", permissions.len(), Permission::ALL.len())}</td>
            <td>{members}</td>
            <td>{invitations}</td>
        </tr>
    }
    .into_any()
}
