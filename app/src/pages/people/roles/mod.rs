//! Roles: the list, and beside it the drawers of one role, a new one, and two compared.

mod compare;
mod create;
mod drawer;

pub use compare::CompareRoles;
pub use create::NewRole;
pub use drawer::RoleDrawer;

use crate::{
    api::ListRoles,
    components::{Empty, Filter, FilterKind, Filters, Glyph, Icon, PageHead, Waiting, keyed},
    runtime::{Fetched, Here},
};
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::{components::Outlet, hooks::use_query_map};
use model::{Permission, Role, RoleEntry, Topic};

/// The roles of the organisation, as they are now.
pub fn roles_of(here: Here) -> Fetched<Vec<RoleEntry>> {
    Fetched::of(move || {
        here.live.follow(&[Topic::Roles, Topic::Members, Topic::Invitations, Topic::Rights]);
        ListRoles { account: here.account.get() }
    })
}

/// Whether the reader may list the roles: those who may see them, and those who may give them.
pub fn may_see_roles(here: Here) -> Memo<bool> {
    let enough = [Permission::RoleRead, Permission::MemberUpdate, Permission::MemberInvite];
    Memo::new(move |_| here.permissions.with(|held| enough.into_iter().any(|permission| held.contains(permission))))
}

#[component]
pub fn RolesPage() -> impl IntoView {
    let here = Here::expect();
    let (roles, query) = (roles_of(here), use_query_map());
    let found = move || {
        let search = query.with(|query| query.get("search").unwrap_or_default()).to_lowercase();
        let roles = roles.get().unwrap_or_default().into_iter();
        roles.filter(|entry| entry.name.to_lowercase().contains(&search)).collect::<Vec<_>>()
    };
    let is_empty = Memo::new(move |_| roles.progress.is_there() && found().is_empty());
    let search = Filter { name: "search", label: "Search", by: FilterKind::Search("Name of a role") };
    view! {
        <Title text="Roles"/>
        <PageHead title="Roles" purpose="What people may do, under a name. A change reaches everyone who has the role at once.">
            <a class="btn" href=move || here.path("roles/compare")><Glyph icon=Icon::Scale/>"Compare"</a>
            <a class="btn btn-primary" class:hidden=move || !here.may(Permission::RoleManage).get() href=move || here.path("roles/new")>
                <Glyph icon=Icon::Plus/>
                "New role"
            </a>
        </PageHead>
        <Filters filters=vec![search]/>
        <Waiting on=roles.progress/>
        <div class="card" class:hidden=move || !roles.progress.is_there()>
            <table class="table roles-list">
                <thead><tr><th>"Role"</th><th>"Permissions"</th><th>"Members"</th><th>"Invited"</th></tr></thead>
                <tbody>{keyed(found, row)}</tbody>
            </table>
            {move || is_empty.get().then(none)}
        </div>
        <Outlet/>
    }
    .into_any()
}

fn none() -> AnyView {
    let here = Here::expect();
    view! {
        <Empty icon=Icon::Users sentence="No role is called so.">
            <a class="btn btn-sm" href=move || here.path("roles")>"Show all"</a>
        </Empty>
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
