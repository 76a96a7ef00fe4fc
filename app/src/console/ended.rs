use crate::{
    api::{GetDeletion, RestoreOrganisation},
    components::{Plain, PostForm, Submit, Waiting},
    runtime::{Fetched, FormAction, Here},
};
use leptos::prelude::*;
use leptos_meta::Title;
use model::Deletion;

/// What stands in the place of an organisation that is being deleted.
#[component]
pub fn Ended() -> impl IntoView {
    let here = Here::expect();
    let deletion = Fetched::of(move || GetDeletion { account: here.account.get() });
    view! {
        <Title text="This organisation is being deleted"/>
        <Plain>
            <h1 class="text-xl font-semibold tracking-tight">"This organisation is being deleted"</h1>
            <Waiting on=deletion.progress rows=1/>
            {move || deletion.get().map(|deletion| view! { <Left deletion/> })}
            <p class="mt-6 flex gap-2">
                <a class="btn" href="/" rel="external">"Go to my accounts"</a>
            </p>
        </Plain>
    }
    .into_any()
}

#[component]
fn Left(deletion: Deletion) -> impl IntoView {
    let Deletion { organisation_name, owner, is_mine, deleted, ends } = deletion;
    let ends = ends.exact;
    let sentence = match owner {
        _ if is_mine => {
            format!("You deleted {organisation_name}. It is gone for good on {ends}. Until then you can restore it.")
        }
        Some(owner) => format!(
            "{owner} deleted {organisation_name}. It is gone for good on {ends}. Ask {owner} to restore it if this is a mistake."
        ),
        None => format!(
            "The login of its owner was closed, and nobody else can own {organisation_name}. It is gone for good on {ends}."
        ),
    };
    view! {
        <p class="text-muted mt-2" role="alert">{sentence}</p>
        <p class="text-muted mt-2 text-xs">"Deleted: " {deleted.exact}</p>
        {is_mine.then(|| view! { <Restore/> })}
    }
    .into_any()
}

#[component]
fn Restore() -> impl IntoView {
    let here = Here::expect();
    let posting = FormAction::to::<RestoreOrganisation>();
    #[cfg(feature = "hydrate")]
    Effect::new(move |_| {
        if posting.succeeded() {
            here.live.advance_all();
        }
    });
    view! {
        <PostForm posting id="restore-organisation" class="mt-6">
            <input type="hidden" name="account" value=move || here.account.get().to_string()/>
            <Submit posting label="Restore the organisation"/>
        </PostForm>
    }
    .into_any()
}
