//! What is held and not used: by anybody, and by one person or key with the way to take it away.

use super::titles;
use crate::{
    api::GetIdlePermissions,
    components::{Confirm, PostForm, Submit, Time, Waiting},
    runtime::{Fetched, FormAction, Here},
};
use leptos::prelude::*;
use model::{IdlePermissions, Permission, PermissionSet, Topic, Unused};

const NOT_COUNTED: &str =
    "Changes count, and reading personal details. Reading pages leaves no trace and is not counted.";

/// What nobody here or below has used.
#[component]
pub fn Idle() -> impl IntoView {
    let here = Here::expect();
    let idle = Fetched::of(move || {
        here.live.follow(&[Topic::Rights]);
        GetIdlePermissions { account: here.account.get() }
    });
    view! {
        <section class="card mt-6 p-4 sm:p-6" aria-labelledby="idle">
            <h2 id="idle" class="font-medium">"Used by nobody for 90 days"</h2>
            <Waiting on=idle.progress rows=2/>
            {move || idle.get().map(|IdlePermissions { permissions, created }| view! {
                <p class="text-muted mb-3 mt-1">
                    "In " {here.place()} " and the accounts below it. " {NOT_COUNTED}
                    {created.map(|at| view! { " Nobody could use anything before it was made: " <Time moment=at/> })}
                </p>
                {names(permissions, who_can)}
            })}
        </section>
    }
    .into_any()
}

fn names(permissions: PermissionSet, name: impl Fn(Permission) -> AnyView) -> AnyView {
    if permissions.is_empty() {
        return view! { <p>"Nothing that counts is left unused."</p> }.into_any();
    }
    let line = |permission: Permission| view! { <li>{name(permission)}</li> };
    view! { <ul class="grid gap-1 sm:grid-cols-2">{permissions.iter().map(line).collect_view()}</ul> }.into_any()
}

/// Leads to those who hold it: each one's own page offers to take it away.
fn who_can(permission: Permission) -> AnyView {
    let here = Here::expect();
    let href = move || here.path(&format!("access?permission={}", permission.path()));
    view! { <a class="link" href=href>{permission.title()}</a> }.into_any()
}

/// Whose permissions they are.
pub struct Whose {
    pub name: String,
    /// What the form calls them, and who they are.
    pub field: (&'static str, String),
    /// "Ana has been here since".
    pub since: String,
    /// What taking something away brings besides.
    pub besides: &'static str,
    /// Why nothing can be taken from them here, if so.
    pub why_not: Option<&'static str>,
}

/// What somebody, or a key, has not used, and the way to take it away.
#[component]
pub fn NotUsed(unused: Unused, whose: Whose, posting: FormAction) -> impl IntoView {
    let here = Here::expect();
    let Unused { permissions, joined, removable } = unused;
    let Whose { name, field: (field, id), since, besides, why_not } = whose;
    let why_not = match why_not {
        _ if permissions.is_empty() => None,
        None if removable.is_empty() => Some("None of it can be taken away by you here."),
        why_not => why_not,
    };
    let take = (!removable.is_empty()).then(|| {
        let title = format!("Take these away from {name}?");
        let consequence = format!("{}.{besides}", titles(removable));
        view! {
            <Confirm id="take-unused" ask="Take these away" class="btn btn-sm text-error" title=title.into() consequence=consequence.into()>
                <PostForm posting id="take" class="">
                    <input type="hidden" name="account" value=move || here.account.get().to_string()/>
                    <input type="hidden" name=field value=id/>
                    <input type="hidden" name="permissions" value=removable.to_string()/>
                    <Submit posting label="Take away" class="btn btn-error btn-sm"/>
                </PostForm>
            </Confirm>
        }
    });
    view! {
        <section class="mt-6" aria-labelledby="unused">
            <h3 id="unused" class="font-medium">"Not used for 90 days"</h3>
            <p class="text-muted mb-2 text-xs">
                {NOT_COUNTED}
                {joined.map(|at| view! { {format!(" {since} ")} <Time moment=at/> "." })}
            </p>
            {names(permissions, |permission| permission.title().into_any())}
            <div class="mt-3 empty:hidden">{take}</div>
            {why_not.map(|why| view! { <p class="text-muted mt-2 text-xs">{why}</p> })}
        </section>
    }
    .into_any()
}
