use crate::{
    api::GetProfile,
    components::{Plain, Stopped},
    runtime::Fetched,
};
use leptos::prelude::*;
use leptos_router::components::Redirect;
use model::{Account, Problem, Profile};

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
    let (title, sentence) = if deleting.is_empty() {
        ("You are a member nowhere", "No organisation is open to you any more. Ask an admin for a new invitation.")
    } else {
        ("No organisation is open to you", "What is being deleted can still be restored by its owner.")
    };
    let entry = |Account { id, name, .. }: Account| {
        view! { <li><a class="link" href=format!("/accounts/{id}")>{format!("{name} is being deleted")}</a></li> }
    };
    view! {
        <Plain>
            <h1 class="text-xl font-semibold tracking-tight">{title}</h1>
            <p class="text-muted mt-2">{sentence}</p>
            <ul class="mt-4 flex flex-col gap-2">{deleting.into_iter().map(entry).collect_view()}</ul>
            <p class="mt-6 flex gap-2">
                <a class="btn btn-primary" href="/invitations">"My invitations"</a>
                {may_found.then(|| view! { <a class="btn" href="/organisations/new">"New organisation"</a> })}
            </p>
            <PostForm posting id="sign-out" class="mt-6">
                <button type="submit" class="btn">"Sign out"</button>
            </PostForm>
        </Plain>
    }
}
