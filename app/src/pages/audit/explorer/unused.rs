//! What is held and not used: by anybody, and by one person or key with the way to take it away.

use crate::{
    api::GetIdlePermissions,
    components::{Confirm, PostForm, Submit, Time, Waiting},
    runtime::{Fetched, FormAction, Here, t, t_with},
};
use leptos::prelude::*;
use model::{ExplainText, ExplorerText, IdlePermissions, Permission, PermissionSet, Topic, Unused};
use std::borrow::Cow;

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
            <h2 id="idle" class="font-medium">{t(ExplorerText::Idle)}</h2>
            <Waiting on=idle.progress rows=2/>
            {move || idle.get().map(|IdlePermissions { permissions, created }| view! {
                <p class="text-muted mb-3 mt-1">
                    {t(ExplorerText::IdleScope { place: here.place() })} " " {t(ExplorerText::NotCounted)} " "
                    {created.map(|at| t_with(ExplorerText::AccountCreated, [view! { <Time moment=at/> }.into_any()]))}
                </p>
                {names(permissions, who_can)}
            })}
        </section>
    }
    .into_any()
}

fn names(permissions: PermissionSet, name: impl Fn(Permission) -> AnyView) -> AnyView {
    if permissions.is_empty() {
        return view! { <p>{t(ExplorerText::NoneUnused)}</p> }.into_any();
    }
    let line = |permission: Permission| view! { <li>{name(permission)}</li> };
    view! { <ul class="grid gap-1 sm:grid-cols-2">{permissions.iter().map(line).collect_view()}</ul> }.into_any()
}

/// Leads to those who hold it: each one's own page offers to take it away.
fn who_can(permission: Permission) -> AnyView {
    let here = Here::expect();
    let href = move || here.path(&format!("access?permission={}", permission.path()));
    view! { <a class="link" href=href>{t(permission)}</a> }.into_any()
}

/// Whose permissions they are.
pub struct Whose {
    pub name: String,
    /// What the form calls them, and who they are.
    pub field: (&'static str, String),
    /// A member's; a key has none.
    pub first_name: Option<String>,
    /// Why nothing can be taken from them here, if so.
    pub why_not: Option<Cow<'static, str>>,
}

/// What somebody, or a key, has not used, and the way to take it away.
#[component]
pub fn NotUsed(unused: Unused, whose: Whose, posting: FormAction) -> impl IntoView {
    let here = Here::expect();
    let Unused { permissions, joined, removable } = unused;
    let Whose { name, field: (field, id), first_name, why_not } = whose;
    let why_not = match why_not {
        _ if permissions.is_empty() => None,
        None if removable.is_empty() => Some(t(ExplainText::NoneRemovable)),
        why_not => why_not,
    };
    let becomes_custom = first_name.is_some();
    let since = joined.map(|at| {
        let at = view! { <Time moment=at/> }.into_any();
        match first_name {
            Some(first_name) => t_with(ExplainText::MemberSince, [first_name.into_any(), at]),
            None => t_with(ExplainText::KeySince, [at]),
        }
    });
    let take = (!removable.is_empty()).then(|| {
        let title = move || t(ExplainText::RemoveQuestion { name: name.clone() });
        let consequence = move || t(ExplainText::RemoveConsequence { permissions: removable, becomes_custom });
        view! {
            <Confirm id="take-unused" ask=t(ExplainText::RemoveThese) class="btn btn-sm text-error" title consequence>
                <PostForm posting id="take" class="">
                    <input type="hidden" name="account" value=move || here.account.get().to_string()/>
                    <input type="hidden" name=field value=id/>
                    <input type="hidden" name="permissions" value=removable.to_string()/>
                    <Submit posting label=t(ExplainText::Remove) class="btn btn-error btn-sm"/>
                </PostForm>
            </Confirm>
        }
    });
    view! {
        <section class="mt-6" aria-labelledby="unused">
            <h3 id="unused" class="font-medium">{t(ExplainText::Unused)}</h3>
            <p class="text-muted mb-2 text-xs">
                {t(ExplorerText::NotCounted)} " "
                {since}
            </p>
            {names(permissions, |permission| t(permission).into_any())}
            <div class="mt-3 empty:hidden">{take}</div>
            {why_not.map(|why| view! { <p class="text-muted mt-2 text-xs">{why}</p> })}
        </section>
    }
    .into_any()
}
