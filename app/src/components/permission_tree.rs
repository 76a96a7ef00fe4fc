use super::{Glyph, Icon};
use crate::runtime::t;
use leptos::{ev::KeyboardEvent, html::Div, prelude::*};
use model::{Meaning, Node, PermissionSet, PermissionsText, SectionName, TREE, ToggleName};
use std::borrow::Cow;

/// Makes the form that switches a node: its toggle is the form's button.
pub type ToggleForm = std::sync::Arc<dyn Fn(&'static Node, Signal<bool>, AnyView) -> AnyView + Send + Sync>;

/// What every row of the tree follows.
#[derive(Clone)]
struct Tree {
    held: Signal<PermissionSet>,
    ceiling: Signal<PermissionSet>,
    locked: Signal<Option<Cow<'static, str>>>,
    search: Signal<String>,
    latest: Signal<Option<&'static str>>,
    /// The resources that are collapsed, by their paths.
    collapsed: RwSignal<Vec<&'static str>>,
    toggle: ToggleForm,
}

/// The permission tree as toggles: made from the tree itself, so that a permission added there
/// appears here. The arrows move within it.
#[component]
pub fn PermissionTree(
    /// What is held.
    held: Signal<PermissionSet>,
    /// What the reader may switch, and why not the rest.
    ceiling: Signal<PermissionSet>,
    #[prop(into)] locked: Signal<Option<Cow<'static, str>>>,
    /// Part of a name; empty for all.
    search: Signal<String>,
    /// The node that was switched last.
    latest: Signal<Option<&'static str>>,
    /// Renders the form around one toggle.
    toggle: ToggleForm,
) -> impl IntoView {
    let collapsed = RwSignal::new(Vec::new());
    let tree = Tree { held, ceiling, locked, search, latest, collapsed, toggle };
    let sections: Vec<AnyView> = Node::resources().map(|resource| section(&tree, resource)).collect();
    let any_open = move || collapsed.with(Vec::len) < Node::resources().count();
    let toggle_all = move |_| {
        let all =
            if untrack(any_open) { Node::resources().map(|resource| resource.path).collect() } else { Vec::new() };
        collapsed.set(all);
    };
    let element = NodeRef::<Div>::new();
    let on_key = move |event: KeyboardEvent| {
        let forwards = match &*event.key() {
            "ArrowDown" => true,
            "ArrowUp" => false,
            _ => return,
        };
        event.prevent_default();
        #[cfg(feature = "hydrate")]
        if let Some(element) = element.get_untracked() {
            crate::runtime::browser::focus_row(&element, forwards);
        }
        #[cfg(not(feature = "hydrate"))]
        let _ = forwards;
    };
    view! {
        <p class="needs-code mb-1 text-end">
            <button type="button" class="link-quiet min-h-6 cursor-pointer text-xs" on:click=toggle_all>
                {move || t(if any_open() { PermissionsText::CollapseAll } else { PermissionsText::ExpandAll })}
            </button>
        </p>
        <div class="card-list" node_ref=element on:keydown=on_key>{sections}</div>
    }
    .into_any()
}

/// Whether a search finds a node, by its own names or those of its resource.
fn matches(node: &Node, search: &str) -> bool {
    let search = search.trim().to_lowercase();
    let resource = node.path.split('.').next().and_then(Node::at);
    let found = |text: &str| text.to_lowercase().contains(&search);
    found(&t(node))
        || found(&t(Meaning(*node)))
        || found(node.path)
        || resource.is_some_and(|resource| found(&t(resource)))
}

/// A resource with what lies below it. A search opens what it finds.
fn section(tree: &Tree, resource: &'static Node) -> AnyView {
    let (search, collapsed) = (tree.search, tree.collapsed);
    let is_closed = Memo::new(move |_| {
        collapsed.with(|collapsed| collapsed.contains(&resource.path)) && search.with(|search| search.trim().is_empty())
    });
    let close = move |close: bool| {
        collapsed.update(|collapsed| {
            collapsed.retain(|path| *path != resource.path);
            if close {
                collapsed.push(resource.path);
            }
        });
    };
    let shown = move || search.with(|search| TREE.iter().any(|node| resource.covers(node) && matches(node, search)));
    let element = NodeRef::<leptos::html::Section>::new();
    let on_key = move |event: KeyboardEvent| match &*event.key() {
        "ArrowRight" => close(false),
        "ArrowLeft" => {
            #[cfg(feature = "hydrate")]
            if element.get_untracked().is_some_and(|element| crate::runtime::browser::focus_first_row(&element)) {
                return;
            }
            close(true);
        }
        _ => {}
    };
    let chevron = view! {
        <button type="button" class="permission-collapse" aria-label=t(SectionName(resource)) aria-expanded=move || (!is_closed.get()).to_string()
            on:click=move |_| close(!is_closed.get_untracked())>
            <Glyph icon=Icon::ChevronDown/>
        </button>
    };
    let below = TREE.iter().filter(|node| resource.covers(node) && node.path != resource.path);
    let rows: Vec<AnyView> = below.map(|node| row(tree, node, is_closed.into(), ().into_any())).collect();
    view! {
        <section node_ref=element class="permission-section" class:hidden=move || !shown() aria-label=t(resource) on:keydown=on_key>
            {row(tree, resource, Signal::derive(|| false), chevron.into_any())}
            {rows}
        </section>
    }
    .into_any()
}

fn row(tree: &Tree, node: &'static Node, is_closed: Signal<bool>, chevron: AnyView) -> AnyView {
    let Tree { held, ceiling, locked, search, latest, .. } = *tree;
    let leaves = node.leaves();
    let count = Memo::new(move |_| held.get().intersection(leaves).len());
    let whole = move || count.get() == leaves.len();
    let checked = move || match count.get() {
        0 => "false",
        all if all == leaves.len() => "true",
        _ => "mixed",
    };
    let reason = Memo::new(move |_| {
        let out_of_reach = leaves.intersection(ceiling.get()).is_empty();
        locked.get().or_else(|| out_of_reach.then(|| t(PermissionsText::OutOfReach(leaves))))
    });
    let is_parent = node.leaf.is_none();
    let role = if is_parent { "checkbox" } else { "switch" };
    let reason_id = format!("reason-{}", node.path.replace('.', "-"));
    let button = view! {
        <button type="submit" class="switch" role=role aria-checked=checked aria-label=t(ToggleName(node)) aria-describedby=reason_id.clone()
            disabled=move || reason.with(Option::is_some)></button>
    };
    let is_unavailable = node.leaf.is_some_and(|leaf| !leaf.is_available());
    let unavailable =
        is_unavailable.then(|| view! { <p class="text-muted text-xs italic">{t(PermissionsText::Unavailable)}</p> });
    let indent = match node.depth() {
        0 => "permission-row permission-resource",
        1 => "permission-row ps-11",
        _ => "permission-row ps-16",
    };
    let is_latest = move || latest.get() == Some(node.path);
    let is_hidden = move || is_closed.get() || search.with(|search| !matches(node, search));
    view! {
        <div class=indent class:permission-latest=is_latest class:hidden=is_hidden>
            {chevron}
            <div class="grow">
                <p class:text-muted=move || reason.with(Option::is_some)>{t(node)}</p>
                <p class="text-muted text-xs">{t(Meaning(*node))}</p>
                {unavailable}
                // What holds for all of them stands above, for those who see it.
                <p id=reason_id class="text-muted text-xs" class:sr-only=move || locked.with(Option::is_some) class:hidden=move || reason.with(Option::is_none)>{move || reason.get()}</p>
            </div>
            {is_parent.then(|| view! { <span class="text-muted whitespace-nowrap text-xs tabular-nums">{move || t(PermissionsText::Count { held: count.get(), all: leaves.len() })}</span> })}
            {(tree.toggle)(node, Signal::derive(whole), button.into_any())}
        </div>
    }
    .into_any()
}
