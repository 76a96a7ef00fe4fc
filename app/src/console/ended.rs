use crate::{
    api::{GetDeletion, RestoreOrganisation},
    components::{Plain, PostForm, Submit, Waiting},
    runtime::{Fetched, FormAction, Here, t},
};
use leptos::prelude::*;
use leptos_meta::Title;
use model::{BeingDeletedText, ButtonText, Deletion};

/// What stands in the place of an organisation that is being deleted.
#[component]
pub fn Ended() -> impl IntoView {
    let here = Here::expect();
    let deletion = Fetched::of(move || GetDeletion { account: here.account.get() });
    view! {
        <Title text=|| t(BeingDeletedText::Title)/>
        <Plain>
            <h1 class="text-xl font-semibold tracking-tight">{t(BeingDeletedText::Title)}</h1>
            <Waiting on=deletion.progress rows=1/>
            {move || deletion.get().map(|deletion| view! { <Left deletion/> })}
            <p class="mt-6 flex gap-2">
                <a class="btn" href="/" rel="external">{t(ButtonText::GoToAccounts)}</a>
            </p>
        </Plain>
    }
    .into_any()
}

#[component]
fn Left(deletion: Deletion) -> impl IntoView {
    let Deletion { organisation_name: organisation, owner, is_mine, deleted, ends } = deletion;
    let sentence = match owner {
        _ if is_mine => BeingDeletedText::ByReader { organisation, ends },
        Some(owner) => BeingDeletedText::By { owner, organisation, ends },
        None => BeingDeletedText::WithOwner { organisation, ends },
    };
    view! {
        <p class="text-muted mt-2" role="alert">{t(sentence)}</p>
        <p class="text-muted mt-2 text-xs">{t(BeingDeletedText::Since(deleted))}</p>
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
            <Submit posting label=t(BeingDeletedText::Restore)/>
        </PostForm>
    }
    .into_any()
}
