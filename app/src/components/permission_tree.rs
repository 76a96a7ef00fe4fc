use leptos::prelude::*;
use model::{Node, Permission, PermissionSet, TREE};

/// The permission tree as toggles: made from the tree itself, so that a permission added there
/// appears here.
#[component]
pub fn PermissionTree(
    /// What is held.
    held: Signal<PermissionSet>,
    /// What the reader may switch, and why not the rest.
    ceiling: Signal<PermissionSet>,
    #[prop(into)] locked: Signal<Option<String>>,
    /// Part of a name; empty for all.
    search: Signal<String>,
    /// The node that was switched last.
    latest: Signal<Option<&'static str>>,
    /// Renders the form around one toggle.
    toggle: ToggleForm,
) -> impl IntoView {
    let sections = Node::resources().map(|resource| {
        let nodes = TREE.iter().filter(|node| resource.covers(node) && node.path != resource.path);
        let rows = nodes
            .map(|node| view! { <Row node held ceiling locked search latest toggle=toggle.clone()/> })
            .collect_view();
        let shown =
            move || search.with(|search| TREE.iter().any(|node| resource.covers(node) && matches(node, search)));
        view! {
            <section class="permission-section" class:hidden=move || !shown() aria-label=resource.label>
                <Row node=resource held ceiling locked search latest toggle=toggle.clone()/>
                {rows}
            </section>
        }
    });
    view! { <div class="card-list">{sections.collect_view()}</div> }
}

/// Makes the form that switches a node: its toggle is the form's button.
pub type ToggleForm = std::sync::Arc<dyn Fn(&'static Node, Signal<bool>, AnyView) -> AnyView + Send + Sync>;

/// Whether a search finds a node, by its own names or those of its resource.
fn matches(node: &Node, search: &str) -> bool {
    let search = search.trim().to_lowercase();
    let resource = node.path.split('.').next().and_then(Node::at);
    let found = |text: &str| text.to_lowercase().contains(&search);
    found(node.label)
        || found(node.meaning)
        || found(node.path)
        || resource.is_some_and(|resource| found(resource.label))
}

/// Why somebody cannot switch these.
fn out_of_reach_reason(leaves: PermissionSet) -> String {
    let of_organisation = leaves.iter().all(Permission::is_of_organisation);
    if of_organisation {
        "Held in the first account alone, by those who hold it there"
    } else {
        "You do not hold this yourself"
    }
    .to_owned()
}

#[component]
fn Row(
    node: &'static Node,
    held: Signal<PermissionSet>,
    ceiling: Signal<PermissionSet>,
    locked: Signal<Option<String>>,
    search: Signal<String>,
    latest: Signal<Option<&'static str>>,
    toggle: ToggleForm,
) -> impl IntoView {
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
        locked.get().or_else(|| out_of_reach.then(|| out_of_reach_reason(leaves)))
    });
    let is_parent = node.leaf.is_none();
    let role = if is_parent { "checkbox" } else { "switch" };
    let resource = node.path.split('.').next().and_then(Node::at).map_or("", |resource| resource.label);
    let name =
        if node.depth() == 0 { format!("{resource}: everything") } else { format!("{resource}: {}", node.label) };
    let reason_id = format!("reason-{}", node.path.replace('.', "-"));
    let button = view! {
        <button type="submit" class="switch" role=role aria-checked=checked aria-label=name aria-describedby=reason_id.clone()
            disabled=move || reason.with(Option::is_some)></button>
    };
    let indent = match node.depth() {
        0 => "permission-row permission-resource",
        1 => "permission-row ps-11",
        _ => "permission-row ps-16",
    };
    let is_latest = move || latest.get() == Some(node.path);
    view! {
        <div class=indent class:permission-latest=is_latest class:hidden=move || search.with(|search| !matches(node, search))>
            <div class="grow">
                <p class:text-muted=move || reason.with(Option::is_some)>{node.label}</p>
                <p class="text-muted text-xs">{node.meaning}</p>
                // What holds for all of them stands above, for those who see it.
                <p id=reason_id class="text-muted text-xs" class:sr-only=move || locked.with(Option::is_some) class:hidden=move || reason.with(Option::is_none)>{move || reason.get()}</p>
            </div>
            {is_parent.then(|| view! { <span class="text-muted text-xs tabular-nums">{move || format!("{} of {}", count.get(), leaves.len())}</span> })}
            {toggle(node, Signal::derive(whole), button.into_any())}
        </div>
    }
    .into_any()
}
