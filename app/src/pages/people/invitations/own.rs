use crate::{
    api::{AcceptOwnInvitation, AskOwnInvitation, DeclineOwnInvitation, GetProfile, ListOwnInvitations},
    components::{Done, Empty, Icon, Plain, PostForm, SignInFirst, Submit, Time, Waiting, keyed},
    runtime::{Fetched, FormAction},
};
use leptos::prelude::*;
use leptos_meta::Title;
use model::{InvitationState, OwnInvitation};

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
    let profile = Fetched::of(|| GetProfile {});
    let unconfirmed = Memo::new(move |_| profile.with(|profile| profile.is_some_and(|profile| !profile.confirmed)));
    let confirm = move || {
        unconfirmed.get().then(|| {
            view! {
                <p class="notice mb-6" role="note">
                    <span>"Your invitations appear here once you "<a class="link" href="/email">"confirm your e-mail address"</a>"."</span>
                </p>
            }
        })
    };
    view! {
        <Title text="My invitations"/>
        <SignInFirst problem=move || invitations.problem()/>
        <Plain>
            <h1 class="text-xl font-semibold tracking-tight">"My invitations"</h1>
            <p class="text-muted mb-6 mt-1">"Organisations that invite you."</p>
            {confirm}
            <Waiting on=invitations.progress rows=2/>
            <ul class="flex flex-col gap-3">{keyed(move || invitations.get().unwrap_or_default(), row)}</ul>
            {move || is_empty.get().then(|| view! { <div class="card"><Empty icon=Icon::Mail sentence="No invitation waits for you."/></div> })}
            <p class="mt-8"><a class="btn" href="/" rel="external">"Go to my accounts"</a></p>
        </Plain>
    }
    .into_any()
}

fn row(invitation: OwnInvitation) -> AnyView {
    let OwnInvitation { id, organisation_name, account_name, role_name, invited_by, expires, state } = invitation;
    let void = state == InvitationState::Void;
    let (accept, decline) = (FormAction::to::<AcceptOwnInvitation>(), FormAction::to::<DeclineOwnInvitation>());
    let ask = FormAction::to::<AskOwnInvitation>();
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
            {void.then(|| view! { <p class="mb-3 text-sm">"Its sender can no longer give this access, or the organisation no longer allows your address. Ask for a new invitation."</p> })}
            <div class="flex gap-2">
                <div class:hidden=void>
                    <PostForm posting=accept id="accept" class="">
                        <input type="hidden" name="own" value=id.to_string()/>
                        <Submit posting=accept label="Accept" class="btn btn-primary btn-sm"/>
                    </PostForm>
                </div>
                <div class:hidden=!void>
                    <PostForm posting=ask id="ask" class="">
                        <input type="hidden" name="own" value=id.to_string()/>
                        <Submit posting=ask label="Ask for a new one" class="btn btn-primary btn-sm"/>
                    </PostForm>
                </div>
                <PostForm posting=decline id="decline" class="">
                    <input type="hidden" name="own" value=id.to_string()/>
                    <Submit posting=decline label="Decline" class="btn btn-sm"/>
                </PostForm>
            </div>
            {move || ask.succeeded().then(|| view! { <div class="mt-3"><Done sentence="Asked. A new invitation comes by e-mail, if they send one."/></div> })}
        </li>
    }
    .into_any()
}
