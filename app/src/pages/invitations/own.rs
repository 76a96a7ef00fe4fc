use crate::{
    api::{AcceptOwnInvitation, DeclineOwnInvitation, ListOwnInvitations},
    components::{Empty, Fetched, Icon, PostForm, Posting, Submit, Time, Waiting, keyed},
    pages::{Plain, SignInFirst},
};
use leptos::prelude::*;
use leptos_meta::Title;
use model::OwnInvitation;

/// The invitations that wait for the reader.
#[component]
pub fn OwnInvitations() -> impl IntoView {
    let again = RwSignal::new(0_u32);
    provide_context(again);
    let invitations = Fetched::of(move || {
        again.track();
        ListOwnInvitations {}
    });
    let is_empty = Memo::new(move |_| invitations.with(|list| list.is_some_and(Vec::is_empty)));
    view! {
        <Title text="My invitations"/>
        <SignInFirst problem=move || invitations.problem()/>
        <Plain>
            <h1 class="text-xl font-semibold tracking-tight">"My invitations"</h1>
            <p class="text-muted mb-6 mt-1">"Organisations that invite you."</p>
            <Waiting on=invitations.progress rows=2/>
            <ul class="flex flex-col gap-3">{keyed(move || invitations.get().unwrap_or_default(), row)}</ul>
            {move || is_empty.get().then(|| view! { <div class="card"><Empty icon=Icon::Mail sentence="No invitation waits for you."/></div> })}
            <p class="mt-8"><a class="btn" href="/" rel="external">"Go to my accounts"</a></p>
        </Plain>
    }
    .into_any()
}

fn row(invitation: OwnInvitation) -> AnyView {
    let OwnInvitation { id, organisation_name, account_name, role_name, invited_by, expires } = invitation;
    let (accept, decline) = (Posting::to::<AcceptOwnInvitation>(), Posting::to::<DeclineOwnInvitation>());
    let again: RwSignal<u32> = expect_context();
    Effect::new(move |_| {
        if decline.succeeded() {
            again.update(|count| *count += 1);
        }
    });
    view! {
        <li class="card p-4">
            <p class="font-medium">{organisation_name}</p>
            <p class="text-muted mb-3 text-xs">{format!("{account_name} as {role_name} · by {invited_by} · until ")} <Time moment=expires/></p>
            <div class="flex gap-2">
                <PostForm posting=accept id="accept" class="">
                    <input type="hidden" name="own" value=id.to_string()/>
                    <Submit posting=accept label="Accept" class="btn btn-primary btn-sm"/>
                </PostForm>
                <PostForm posting=decline id="decline" class="">
                    <input type="hidden" name="own" value=id.to_string()/>
                    <Submit posting=decline label="Decline" class="btn btn-sm"/>
                </PostForm>
            </div>
        </li>
    }
    .into_any()
}
