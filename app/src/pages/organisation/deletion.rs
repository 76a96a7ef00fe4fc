//! Deleting the organisation.

use crate::{
    api::{DeleteOrganisation as Action, PreviewOrganisationDelete},
    components::{Field, OwnUsername, PostForm, Submit, Waiting, grouped},
    runtime::{Fetched, FormAction, Here, check},
};
use leptos::prelude::*;
use model::{DeleteOrganisation, OrganisationContents, Role};

/// Shown to the owner.
#[component]
pub fn DeletionSection() -> impl IntoView {
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
        <section class="card mt-6 p-4 sm:p-6" aria-labelledby="delete-organisation">
            <h2 id="delete-organisation" class="font-medium">"Delete the organisation"</h2>
            <Waiting on=contents.progress rows=1/>
            <p class="mt-1">{move || contents.get().map(goes)}</p>
            <p class="text-muted mb-4 mt-1">
                "Everybody loses access at once. You can restore it for 14 days; then it is gone for good, its log with it."
            </p>
            <PostForm posting id="delete-organisation-form" check={check::<DeleteOrganisation>} class="flex max-w-md flex-col gap-4">
                <input type="hidden" name="account" value=move || here.account.get().to_string()/>
                <OwnUsername/>
                <p>"Its name: " <strong>{name}</strong></p>
                <Field name="name" label="Type its name to delete it" required=true/>
                <Field name="password" label="Password" kind="password" autocomplete="current-password" required=true/>
                <Submit posting label="Delete the organisation" class="btn btn-error self-start"/>
            </PostForm>
        </section>
    }
    .into_any()
}

/// "With it go: 3 accounts, 62 people, …".
fn goes(contents: OrganisationContents) -> String {
    let OrganisationContents { accounts, members, contacts, invitations, roles, api_keys, campaigns, log_entries } =
        contents;
    let parts = [
        (accounts, "account", "accounts"),
        (members, "member", "members"),
        (contacts, "contact", "contacts"),
        (campaigns, "campaign", "campaigns"),
        (invitations, "pending invitation", "pending invitations"),
        (roles, "role", "roles"),
        (api_keys, "API key", "API keys"),
        (log_entries, "log entry", "log entries"),
    ];
    let part = |(count, one, many): (u64, &str, &str)| match count {
        0 => None,
        1 => Some(format!("1 {one}")),
        count => Some(format!("{} {many}", grouped(count))),
    };
    let parts: Vec<String> = parts.into_iter().filter_map(part).collect();
    format!("With it go: {}.", parts.join(", "))
}
