use crate::{
    components::{FormState, PermissionTree, ToggleForm},
    runtime::{Here, t},
};
use leptos::prelude::*;
use model::{InviteText, Node, PermissionSet, ToggleName};
use std::sync::Arc;

/// What a custom role gives, in a form where one can be chosen. The toggles are checkboxes, which the browser posts
/// without the page's code too.
#[component]
pub fn CustomPermissions() -> impl IntoView {
    let here = Here::expect();
    let ceiling = Signal::derive(move || here.permissions.get().intersection(PermissionSet::reach(here.is_root())));
    let held = RwSignal::new(before_code().unwrap_or_else(|| returned(expect_context::<FormState>())));
    let latest = RwSignal::new(None);
    let toggle: ToggleForm =
        Arc::new(move |node: &'static Node, whole: Signal<bool>, _| checkbox(node, whole, held, latest, ceiling));
    view! {
        <section class="custom-permissions" aria-labelledby="custom-permissions">
            <h3 id="custom-permissions" class="font-medium">{t(InviteText::Permissions)} " " <span class="text-muted tabular-nums">{move || held.get().len()}</span></h3>
            <p class="field-hint mb-2">{t(InviteText::PermissionsHint)}</p>
            <PermissionTree held=held.into() ceiling locked=Signal::derive(|| None) search=Signal::derive(String::new) latest=latest.into() toggle/>
        </section>
    }
    .into_any()
}

/// The name of a checkbox begins so, and ends with the node.
const BEGINS: &str = "form[permissions][";

/// What was checked in a form that came back.
fn returned(form: FormState) -> PermissionSet {
    form.returned.with_value(|returned| of_names(returned.iter().flat_map(|returned| returned.values.keys())))
}

/// What is checked in a page that was there before its code.
fn before_code() -> Option<PermissionSet> {
    #[cfg(feature = "hydrate")]
    return crate::runtime::browser::checked_names(BEGINS).map(|names| of_names(names.iter()));
    #[cfg(not(feature = "hydrate"))]
    None
}

fn of_names<'a>(names: impl Iterator<Item = &'a String>) -> PermissionSet {
    let paths = names.filter_map(|name| name.strip_prefix(BEGINS)?.strip_suffix(']'));
    paths.fold(PermissionSet::EMPTY, |checked, path| checked.union(path.into()))
}

fn checkbox(
    node: &'static Node,
    whole: Signal<bool>,
    held: RwSignal<PermissionSet>,
    latest: RwSignal<Option<&'static str>>,
    ceiling: Signal<PermissionSet>,
) -> AnyView {
    let within = move || node.leaves().intersection(ceiling.get());
    let is_mixed = move || !whole.get() && !held.get().intersection(node.leaves()).is_empty();
    let flip = move || {
        let touched = untrack(within);
        let on = !touched.is_subset(held.get_untracked());
        latest.set(Some(node.path));
        held.update(|held| *held = if on { held.union(touched) } else { held.without(touched) });
    };
    // A parent is a short cut; its leaves are what is posted.
    let name = node.leaf.map(|_| format!("{BEGINS}{}]", node.path));
    view! {
        <input type="checkbox" class="checkbox" class:needs-code=node.leaf.is_none() name=name aria-label=t(ToggleName(node))
            aria-describedby=format!("reason-{}", node.path.replace('.', "-")) checked=untrack(move || whole.get()) prop:checked=move || whole.get()
            prop:indeterminate=is_mixed disabled=move || within().is_empty()
            on:change:target=move |event| {
                flip();
                // The browser has checked it by itself, also where a part is out of reach.
                event.target().set_checked(whole.get_untracked());
            }/>
    }
    .into_any()
}
