use super::roles_of;
use crate::{
    components::{Drawer, Waiting},
    runtime::{Here, t},
};
use leptos::prelude::*;
use leptos_router::{components::Form, hooks::use_query_map};
use model::{CompareRolesText, Node, PermissionSet, Role, RoleEntry, TREE};

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
    let select = move |name: &'static str, label: CompareRolesText, now: Memo<Option<RoleEntry>>| {
        let options = move || {
            let now = now.get().map(|entry| entry.role);
            let option = move |RoleEntry { role, name, .. }: RoleEntry| {
                view! { <option value=role.to_value() selected=now == Some(role)>{t(name)}</option> }
            };
            roles.get().unwrap_or_default().into_iter().map(option).collect_view()
        };
        view! { <select class="select select-sm min-w-0 flex-1" name=name aria-label=t(label)>{options}</select> }
    };
    let held = |entry: Memo<Option<RoleEntry>>| {
        Signal::derive(move || {
            entry.with(|entry| entry.as_ref().map_or(PermissionSet::EMPTY, |entry| entry.permissions))
        })
    };
    let (left_held, right_held) = (held(left), held(right));
    let differences = move || left_held.get().difference(right_held.get()).len();
    // What differs stands first.
    let rows = move || {
        let (left, right) = (left_held.get(), right_held.get());
        let differs = |node: &&Node| has(left, node) != has(right, node);
        let leaves = TREE.iter().filter(|node| node.leaf.is_some());
        let (different, same): (Vec<_>, Vec<_>) = leaves.partition(differs);
        different.into_iter().chain(same).map(|node| row(node, left, right)).collect_view()
    };
    view! {
        <Drawer label=t(CompareRolesText::Title) back=Signal::derive(move || here.path_with_query("roles"))>
            <h2 class="mb-4 pe-10 text-base font-semibold">{t(CompareRolesText::Title)}</h2>
            <Waiting on=roles.progress rows=3/>
            <Form method="GET" action="" attr:class="mb-4 flex items-center gap-2">
                {select("a", CompareRolesText::First, left)}
                {select("b", CompareRolesText::Second, right)}
                <button type="submit" class="btn btn-sm">{t(CompareRolesText::Compare)}</button>
            </Form>
            <p class="mb-2 font-medium" role="status">{move || t(CompareRolesText::Differences(differences()))}</p>
            <table class="table compare-list">
                <thead><tr>
                    <th>{t(CompareRolesText::Permission)}</th>
                    <th>{move || left.get().map(|entry| t(entry.name))}</th>
                    <th>{move || right.get().map(|entry| t(entry.name))}</th>
                </tr></thead>
                <tbody>{rows}</tbody>
            </table>
        </Drawer>
    }
    .into_any()
}

fn has(set: PermissionSet, node: &Node) -> bool {
    node.leaves().is_subset(set)
}

fn row(node: &'static Node, left: PermissionSet, right: PermissionSet) -> AnyView {
    let word = |set| t(if has(set, node) { CompareRolesText::Yes } else { CompareRolesText::No });
    view! {
        <tr class:differs=has(left, node) != has(right, node)>
            <td class="text-base-content">{node.leaf.map(t)}</td>
            <td>{word(left)}</td>
            <td>{word(right)}</td>
        </tr>
    }
    .into_any()
}
