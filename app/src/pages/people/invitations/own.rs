use crate::{
    api::{AcceptOwnInvitation, AskOwnInvitation, DeclineOwnInvitation, GetProfile, ListOwnInvitations},
    components::{Done, Empty, Icon, PostForm, Submit, Time, Waiting, keyed, lazy_section},
    pages::{OwnSection, own_page},
    runtime::{Fetched, FormAction, t, t_with},
};
use leptos::prelude::*;
use model::{InvitationState, InvitationText, OwnInvitation, OwnInvitationsText};

/// The invitations that wait for the reader.
pub const INVITATIONS: OwnSection = OwnSection {
    id: "invitations",
    title: &OwnInvitationsText::Title,
    content: lazy_section!(own_data, own_invitations, Pending),
};

#[component]
pub fn OwnInvitations() -> impl IntoView {
    own_page(INVITATIONS)
}

#[component]
fn Pending() -> impl IntoView {
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
            let link = view! { <a class="link" href="/email">{t(OwnInvitationsText::ConfirmEmail)}</a> }.into_any();
            view! {
                <p class="notice mb-6" role="note">
                    <span>{t_with(OwnInvitationsText::Unconfirmed, [link])}</span>
                </p>
            }
        })
    };
    view! {
        <p class="text-muted mb-6 mt-1">{t(OwnInvitationsText::Purpose)}</p>
        {confirm}
        <Waiting on=invitations.progress rows=2/>
        <ul class="flex flex-col gap-3">{keyed(move || invitations.get().unwrap_or_default(), row)}</ul>
        {move || is_empty.get().then(|| view! { <div class="card"><Empty icon=Icon::Mail sentence=t(OwnInvitationsText::Empty)/></div> })}
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
    let until = view! { <Time moment=expires/> }.into_any();
    let details = [account_name.into_any(), t(role_name).into_any(), invited_by.into_any(), until];
    view! {
        <li class="card p-4">
            <p class="font-medium">{organisation_name}</p>
            <p class="text-muted mb-3 text-xs">{t_with(OwnInvitationsText::Details, details)}</p>
            {void.then(|| view! { <p class="mb-3 text-sm">{t(OwnInvitationsText::Void)}</p> })}
            <div class="flex gap-2">
                <div class:hidden=void>
                    <PostForm posting=accept id="accept" class="">
                        <input type="hidden" name="own" value=id.to_string()/>
                        <Submit posting=accept label=t(OwnInvitationsText::Accept) class="btn btn-primary btn-sm"/>
                    </PostForm>
                </div>
                <div class:hidden=!void>
                    <PostForm posting=ask id="ask" class="">
                        <input type="hidden" name="own" value=id.to_string()/>
                        <Submit posting=ask label=t(InvitationText::Ask) class="btn btn-primary btn-sm"/>
                    </PostForm>
                </div>
                <PostForm posting=decline id="decline" class="">
                    <input type="hidden" name="own" value=id.to_string()/>
                    <Submit posting=decline label=t(OwnInvitationsText::Decline) class="btn btn-sm"/>
                </PostForm>
            </div>
            {move || ask.succeeded().then(|| view! { <div class="mt-3"><Done sentence=t(InvitationText::Asked)/></div> })}
        </li>
    }
    .into_any()
}
