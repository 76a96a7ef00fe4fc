use super::roles_of;
use crate::{
    components::{Drawer, Waiting},
    runtime::Here,
};
use leptos::prelude::*;
use leptos_router::{components::Form, hooks::use_query_map};
use model::{Node, PermissionSet, Role, RoleEntry, TREE};

/// Two roles side by side, with what differs marked.
#[component]
pub fn CompareRoles() -> impl IntoView {
    let here = Here::expect();
    let query = use_query_map();
    let roles = roles_of(here);
    let chosen = move |name: &'static str, otherwise: Role| {
        let role = query.with(|query| query.get(name).and_then(|role| role.parse().ok())).unwrap_or(otherwise);
        roles.with(|roles| roles.and_then(|roles| roles.iter().find(|entry| entry.role == role).cloned()))
    };
    let (left, right) = (Memo::new(move |_| chosen("a", Role::Member)), Memo::new(move |_| chosen("b", Role::Viewer)));
    let select = move |name: &'static str, label: &'static str, now: Memo<Option<RoleEntry>>| {
        let options = move || {
            let now = now.get().map(|entry| entry.role);
            let option = move |RoleEntry { role, name, .. }: RoleEntry| {
                view! { <option value=role.to_value() selected=now == Some(role)>{name}</option> }
            };
            roles.get().unwrap_or_default().into_iter().map(option).collect_view()
        };
        view! { <select class="select select-sm min-w-0 flex-1" name=name aria-label=label>{options}</select> }
    };
    let held = |entry: Memo<Option<RoleEntry>>| {
        Signal::derive(move || {
            entry.with(|entry| entry.as_ref().map_or(PermissionSet::EMPTY, |entry| entry.permissions))
        })
    };
    let (left_held, right_held) = (held(left), held(right));
    let differences = move || left_held.get().difference(right_held.get()).len();
    let rows = TREE
        .iter()
        .filter(|node| node.leaf.is_some())
        .map(move |node| view! { <Row node left=left_held right=right_held/> });
    view! {
        <Drawer label="Compare roles" back=Signal::derive(move || here.path("roles"))>
            <h2 class="mb-4 pe-10 text-base font-semibold">"Compare two roles"</h2>
            <Waiting on=roles.progress rows=3/>
            <Form method="GET" action="" attr:class="mb-4 flex items-center gap-2">
                {select("a", "First role", left)}
                {select("b", "Second role", right)}
                <button type="submit" class="btn btn-sm">"Compare"</button>
            </Form>
            <p class="mb-2 font-medium" role="status">{move || match differences() {
                0 => "Both hold the same.".to_owned(),
                1 => "They differ in 1 permission.".to_owned(),
                many => format!("They differ in {many} permissions."),
            }}</p>
            <table class="table compare-list">
                <thead><tr>
                    <th>"Permission"</th>
                    <th>{move || left.get().map(|entry| entry.name)}</th>
                    <th>{move || right.get().map(|entry| entry.name)}</th>
                </tr></thead>
                <tbody>{rows.collect_view()}</tbody>
            </table>
        </Drawer>
    }
    .into_any()
}

#[component]
fn Row(node: &'static Node, left: Signal<PermissionSet>, right: Signal<PermissionSet>) -> impl IntoView {
    let has = move |set: Signal<PermissionSet>| set.with(|set| node.leaves().is_subset(*set));
    let differ = move || has(left) != has(right);
    let word = move |set| move || if has(set) { "Yes" } else { "No" };
    let name = node.leaf.map(model::Permission::title);
    view! {
        <tr class:differs=differ>
            <td>{name}</td>
            <td>{word(left)}</td>
            <td>{word(right)}</td>
        </tr>
    }
    .into_any()
}
