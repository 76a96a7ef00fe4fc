use crate::runtime::t;
use leptos::prelude::*;
use model::{ExplainText, Node, Permission, PermissionSet};

/// The permission tree with what gives each permission, or why it is not held.
#[component]
pub fn WhyList(
    held: PermissionSet,
    /// For each permission, in the order of the tree: the ways that give it, or why it is not held.
    why: Vec<Vec<String>>,
) -> impl IntoView {
    let mut why = why.into_iter();
    let mut row = |permission: Permission| {
        let held = held.contains(permission);
        let lines = why.next().unwrap_or_default().into_iter().map(|line| view! { <p>{line}</p> }).collect_view();
        view! {
            <tr class:text-muted=!held>
                <td>{t(permission.node())}</td>
                <td>{t(if held { ExplainText::Yes } else { ExplainText::No })}</td>
                <td class="text-muted text-xs">{lines}</td>
            </tr>
        }
    };
    let mut section = |resource: &'static Node| {
        view! {
            <tbody>
                <tr><th colspan="3" scope="rowgroup">{t(resource)}</th></tr>
                {resource.leaves().iter().map(&mut row).collect_view()}
            </tbody>
        }
    };
    let count = t(ExplainText::PermissionCount { held: held.len(), all: Permission::ALL.len() });
    view! {
        <h3 class="mb-2 mt-6 font-medium">{t(ExplainText::Permissions)} " " <span class="text-muted tabular-nums">{count}</span></h3>
        <table class="table why-list">
            <colgroup><col/><col class="w-14"/><col class="w-1/2"/></colgroup>
            <thead class="sr-only"><tr><th>{t(ExplainText::Permission)}</th><th>{t(ExplainText::Granted)}</th><th>{t(ExplainText::Why)}</th></tr></thead>
            {Node::resources().map(&mut section).collect_view()}
        </table>
    }
    .into_any()
}
