//! Deleting the organisation.

use crate::{
    api::{DeleteOrganisation as Action, PreviewOrganisationDelete},
    components::{DialogActions, Field, FormDialog, PostForm, Submit, Waiting},
    runtime::{Fetched, FormAction, Here, check, t, t_with},
};
use leptos::prelude::*;
use model::{DeleteOrganisation, DeletionText, Role};

/// Shown to the owner.
#[component]
pub fn DeletionRow() -> impl IntoView {
    let here = Here::expect();
    let is_mine = Memo::new(move |_| here.standing.with(|standing| standing.is_some_and(|s| s.role == Role::Owner)));
    (move || is_mine.get().then(|| view! { <Delete/> })).into_any()
}

#[component]
fn Delete() -> impl IntoView {
    let here = Here::expect();
    let posting = FormAction::to::<Action>();
    // As the page was opened: nobody but the owner may ask, and a handover would have it asked anew.
    let contents = Fetched::of(move || PreviewOrganisationDelete { account: here.account.get() });
    let name =
        move || here.standing.with(|standing| standing.map_or_else(String::new, |s| s.organisation_name.clone()));
    view! {
        <section class="danger-row" aria-labelledby="delete-organisation">
            <div class="min-w-0 flex-1 basis-64">
                <h3 id="delete-organisation" class="font-medium">{t(DeletionText::Title)}</h3>
                <p class="text-muted mt-1">{t(DeletionText::Hint)}</p>
            </div>
            <FormDialog id="delete-organisation-dialog" ask=t(DeletionText::Delete) class="btn text-error" title=t(DeletionText::Question) posting>
                <Waiting on=contents.progress rows=1/>
                <p>{move || contents.get().map(t)}</p>
                <p class="text-muted mb-4 mt-1">{t(DeletionText::Consequence)}</p>
                <PostForm posting id="delete-organisation-form" check={check::<DeleteOrganisation>}>
                    <input type="hidden" name="account" value=move || here.account.get().to_string()/>
                    <p>{t_with(DeletionText::TypeToConfirm, [view! { <strong>{name}</strong> }.into_any()])}</p>
                    <Field name="name" label=t(DeletionText::Name) required=true/>
                    <DialogActions dialog="delete-organisation-dialog">
                        <Submit posting label=t(DeletionText::Delete) class="btn btn-error btn-sm"/>
                    </DialogActions>
                </PostForm>
            </FormDialog>
        </section>
    }
    .into_any()
}
