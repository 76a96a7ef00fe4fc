use super::{drawer::CloneAndCompare, roles_of};
use crate::{
    components::{Editor, Failure, PermissionEditor, ToggleForm, Waiting},
    runtime::{Here, t},
};
use leptos::prelude::*;
use model::{Meaning, PermissionSet, Problem, Role, RoleEntry, RoleText};
use std::sync::Arc;

/// A role that every organisation has: what it holds, to be read.
#[component]
pub fn BuiltInRole(role: Role) -> impl IntoView {
    let roles = roles_of(Here::expect());
    let found = move |roles: &Vec<RoleEntry>| roles.iter().find(|entry| entry.role == role).cloned();
    let entry = Memo::new(move |_| roles.with(|roles| roles.map(found)));
    view! {
        <div class="pe-10"><Waiting on=roles.progress rows=3/></div>
        {move || entry.get().map(|entry| match entry {
            Some(entry) => view! { <Permissions entry/> }.into_any(),
            None => view! { <Failure problem=Problem::NotFound/> }.into_any(),
        })}
    }
    .into_any()
}

#[component]
fn Permissions(entry: RoleEntry) -> impl IntoView {
    let RoleEntry { role, name, permissions, .. } = entry;
    let editor = Editor::of(role, permissions, Signal::from(PermissionSet::EMPTY), None);
    let locked = Signal::derive(|| Some(t(RoleText::BuiltInHint)));
    let toggle: ToggleForm = Arc::new(|_, _, button| button);
    view! {
        <header class="mb-4 pe-10">
            <h2 class="truncate text-base font-semibold">{t(name)}</h2>
            <p class="text-muted mt-1">{t(Meaning(role))}</p>
        </header>
        <PermissionEditor editor hint=|| t(RoleText::BuiltInHint) locked toggle/>
        <footer class="drawer-foot"><CloneAndCompare role/></footer>
    }
    .into_any()
}
