use crate::{
    api::GetProfile,
    components::{Plain, Stopped},
    runtime::{Fetched, t},
};
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::components::Redirect;
use model::{Account, ButtonText, DataExportText, HomeText, Problem, Profile, UserDeletionText};

/// Leads to where the reader works, or to the door.
#[component]
pub fn Home() -> impl IntoView {
    let profile = Fetched::of(|| GetProfile {});
    move || match (profile.get(), profile.problem()) {
        (Some(profile), _) => match profile.accounts.iter().find(|account| account.open) {
            Some(account) => view! { <Redirect path=format!("/accounts/{}", account.id)/> }.into_any(),
            None => view! { <NowhereToGo profile/> }.into_any(),
        },
        (None, Some(Problem::SignedOut)) => view! { <Redirect path="/sign-in"/> }.into_any(),
        (None, Some(problem)) => view! { <Stopped problem/> }.into_any(),
        (None, None) => ().into_any(),
    }
}

/// Somebody who is signed in and a member of nothing any more, but for what is being deleted.
#[component]
fn NowhereToGo(profile: Profile) -> impl IntoView {
    use crate::{api::SignOut, components::PostForm, runtime::FormAction};
    let posting = FormAction::to::<SignOut>();
    let Profile { accounts, may_found, .. } = profile;
    let deleting: Vec<Account> = accounts.into_iter().filter(|account| account.deleting).collect();
    let (title, hint) = if deleting.is_empty() {
        (HomeText::NoOrganisation, HomeText::NoOrganisationHint)
    } else {
        (HomeText::Deleting, HomeText::DeletingHint)
    };
    let entry = |Account { id, name, .. }: Account| {
        view! { <li><a class="link" href=format!("/accounts/{id}")>{t(HomeText::BeingDeleted { name })}</a></li> }
    };
    let title = t(title);
    view! {
        <Title text=title.clone().into_owned()/>
        <Plain>
            <h1 class="text-xl font-semibold tracking-tight">{title}</h1>
            <p class="text-muted mt-2">{t(hint)}</p>
            <ul class="mt-4 flex flex-col gap-2">{deleting.into_iter().map(entry).collect_view()}</ul>
            <p class="mt-6 flex gap-2">
                <a class="btn btn-primary" href="/invitations">{t(HomeText::MyInvitations)}</a>
                {may_found.then(|| view! { <a class="btn" href="/organisations/new">{t(HomeText::NewOrganisation)}</a> })}
            </p>
            <p class="mt-6 flex gap-4">
                <a class="link" href="/my-data">{t(DataExportText::Title)}</a>
                <a class="link" href="/delete-account">{t(UserDeletionText::Title)}</a>
            </p>
            <PostForm posting id="sign-out" class="mt-6">
                <button type="submit" class="btn">{t(ButtonText::SignOut)}</button>
            </PostForm>
        </Plain>
    }
}
