//! What is held and not used: by anybody, and by one person with the way to take it away.

use super::titles;
use crate::{
    api::{GetIdlePermissions, TakeUnused},
    components::{Confirm, Fetched, PostForm, Posting, Submit, Time, Waiting},
    console::Here,
};
use leptos::prelude::*;
use model::{IdlePermissions, MemberAccess, Permission, PermissionSet, Topic, Unused};

const NOT_COUNTED: &str =
    "Changes count, and reading personal details. Reading pages leaves no trace and is not counted.";

/// What nobody in the organisation has used.
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
            {move || idle.get().map(|IdlePermissions { permissions, founded }| view! {
                <p class="text-muted mb-3 mt-1">
                    "In the whole organisation. " {NOT_COUNTED}
                    {founded.map(|at| view! { " Nobody could use anything before it was founded: " <Time moment=at/> })}
                </p>
                {names(permissions)}
            })}
        </section>
    }
    .into_any()
}

fn names(permissions: PermissionSet) -> AnyView {
    if permissions.is_empty() {
        return view! { <p>"Everything was used."</p> }.into_any();
    }
    let name = |permission: Permission| view! { <li>{permission.title()}</li> };
    view! { <ul class="grid gap-1 sm:grid-cols-2">{permissions.iter().map(name).collect_view()}</ul> }.into_any()
}

/// What one person has not used, and the way to take it from them.
#[component]
pub fn UnusedByMember(known: MemberAccess, posting: Posting) -> impl IntoView {
    let here = Here::expect();
    let MemberAccess { member, name, first_name, unused, update, is_above, .. } = known;
    let Unused { permissions, joined, removable } = unused?;
    let title = format!("Take these away from {name}?");
    let consequence = format!("{}. Their role is their own from then on.", titles(removable));
    let why_not = match update {
        _ if permissions.is_empty() => None,
        _ if is_above => Some("Their membership is in an account above. It is changed there."),
        Err(refusal) => Some(refusal.sentence()),
        Ok(()) if removable.is_empty() => Some("None of it can be taken away by you here."),
        Ok(()) => None,
    };
    let take = (!removable.is_empty()).then(|| {
        view! {
            <Confirm id="take-unused" ask="Take these away" class="btn btn-sm text-error" title=title.into() consequence=consequence.into()>
                <PostForm posting id="take" class="">
                    <input type="hidden" name="account" value=move || here.account.get().to_string()/>
                    <input type="hidden" name="member" value=member.to_string()/>
                    <input type="hidden" name="permissions" value=removable.to_string()/>
                    <Submit posting label="Take away" class="btn btn-error btn-sm"/>
                </PostForm>
            </Confirm>
        }
    });
    Some(
        view! {
            <section class="mt-6" aria-labelledby="unused">
                <h3 id="unused" class="font-medium">"Not used for 90 days"</h3>
                <p class="text-muted mb-2 text-xs">
                    {NOT_COUNTED}
                    {joined.map(|at| view! { {format!(" {first_name} has been here since ")} <Time moment=at/> "." })}
                </p>
                {names(permissions)}
                <div class="mt-3 empty:hidden">{take}</div>
                {why_not.map(|why| view! { <p class="text-muted mt-2 text-xs">{why}</p> })}
            </section>
        }
        .into_any(),
    )
}

/// The form's way, which says what it did when the list it stood in is gone.
pub fn taking() -> Posting {
    let toasts = crate::components::Toasts::expect();
    let posting = Posting::to::<TakeUnused>();
    Effect::new(move |_| {
        if let Some(done) = posting.answer::<model::MemberUpdated>() {
            toasts.say(done.sentence);
        }
    });
    posting
}
