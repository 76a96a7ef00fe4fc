//! Roles: the list, and beside it the drawers of one role, a new one, and two compared.

mod built_in;
mod compare;
mod create;
mod drawer;

pub use compare::CompareRoles;
pub use create::NewRole;
pub use drawer::RoleDrawer;

use crate::{
    api::ListRoles,
    components::{Column, Empty, Filter, FilterKind, Filters, Glyph, Icon, PageHead, Waiting, table},
    runtime::{Fetched, Here, t},
};
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::{components::Outlet, hooks::use_query_map};
use model::{ButtonText, Meaning, Number, Permission, Role, RoleEntry, RolesText, Topic};

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
        roles.filter(|entry| t(&entry.name).to_lowercase().contains(&search)).collect::<Vec<_>>()
    };
    let is_empty = Memo::new(move |_| roles.progress.is_there() && found().is_empty());
    let search =
        Filter { name: "search", label: t(ButtonText::Search), by: FilterKind::Search(t(RolesText::SearchHint)) };
    view! {
        <Title text=|| t(RolesText::Title)/>
        <PageHead title=|| t(RolesText::Title) purpose=|| t(RolesText::Purpose)>
            <a class="btn" href=move || here.path_with_query("roles/compare") data-noscroll=""><Glyph icon=Icon::Scale/>{t(RolesText::Compare)}</a>
            <a class="btn btn-primary" class:hidden=move || !here.may(Permission::RoleManage).get() href=move || here.path_with_query("roles/new") data-noscroll="">
                <Glyph icon=Icon::Plus/>
                {t(RolesText::New)}
            </a>
        </PageHead>
        <Filters filters=vec![search]/>
        <Waiting on=roles.progress/>
        <div class="card" class:hidden=move || !roles.progress.is_there()>
            {table("roles-list", &COLUMNS, found)}
            {move || is_empty.get().then(none)}
        </div>
        <Outlet/>
    }
    .into_any()
}

fn none() -> AnyView {
    let here = Here::expect();
    view! {
        <Empty icon=Icon::Users sentence=t(RolesText::NoMatch)>
            <a class="btn btn-sm" href=move || here.path("roles")>{t(ButtonText::ShowAll)}</a>
        </Empty>
    }
    .into_any()
}

static COLUMNS: [Column<RoleEntry>; 4] = [
    Column::new(&RolesText::Role, "", name),
    Column::new(&RolesText::Permissions, "number", |entry| {
        t(RolesText::PermissionCount { held: entry.permissions.len(), all: Permission::ALL.len() }).into_any()
    }),
    Column::new(&RolesText::Members, "number", |entry| t(Number(entry.members)).into_any()),
    Column::new(&RolesText::Invited, "from-sm number", |entry| t(Number(entry.invitations)).into_any()),
];

fn name(entry: &RoleEntry) -> AnyView {
    let here = Here::expect();
    let role = entry.role;
    let href = move || here.path_with_query(&format!("roles/{}", role.to_value()));
    let built_in = !matches!(role, Role::Named(_));
    view! {
        <a class="row-link" href=href data-noscroll="">{t(&entry.name)}</a>
        {built_in.then(|| view! { <p class="text-muted text-xs">{t(Meaning(role))}</p> })}
    }
    .into_any()
}
