//! Who owns the organisation, handing it over, and leaving it.

use crate::{
    api::{
        AcceptOwnership, DeclineOwnership, GetOwnership, LeaveOrganisation, OfferOwnership as Offer, WithdrawOwnership,
    },
    components::{Confirm, Field, OwnUsername, PostForm, Submit, Time, Waiting},
    runtime::{Fetched, FormAction, Here},
};
use leptos::prelude::*;
use model::{InvitationSender, MemberId, Ownership, OwnershipOffer, Topic, ending_invitations, sentences};

#[component]
pub fn OwnershipSection() -> impl IntoView {
    let here = Here::expect();
    let ownership = Fetched::of(move || {
        here.live.follow(&[Topic::Organisation, Topic::Members, Topic::Rights]);
        GetOwnership { account: here.account.get() }
    });
    view! {
        <section class="card mt-6 p-4 sm:p-6" aria-labelledby="ownership">
            <h2 id="ownership" class="font-medium">"Ownership"</h2>
            <Waiting on=ownership.progress rows=1/>
            {move || ownership.get().map(|Ownership { owner, is_mine, offer, candidates, invitations }| {
                let sentence = if is_mine { "You own this organisation.".to_owned() } else { format!("{owner} owns this organisation.") };
                let act = match (offer, is_mine) {
                    (Some(offer), _) => view! { <Offered offer/> }.into_any(),
                    (None, true) => view! { <MakeOffer candidates/> }.into_any(),
                    (None, false) => view! { <Leave invitations/> }.into_any(),
                };
                view! { <p class="text-muted mb-4 mt-1">{sentence}</p> {act} }
            })}
        </section>
    }
    .into_any()
}

/// One act of a click, with the account it is about.
#[component]
fn Act(posting: FormAction, id: &'static str, label: &'static str, class: &'static str) -> impl IntoView {
    let here = Here::expect();
    view! {
        <PostForm posting id class="">
            <input type="hidden" name="account" value=move || here.account.get().to_string()/>
            <Submit posting label class/>
        </PostForm>
    }
    .into_any()
}

#[component]
fn Offered(offer: OwnershipOffer) -> impl IntoView {
    let OwnershipOffer { to, to_me, at } = offer;
    if to_me {
        let accept = FormAction::to::<AcceptOwnership>().success_message("The organisation is yours.");
        let decline = FormAction::to::<DeclineOwnership>().success_message("The offer is declined.");
        return view! {
            <p class="notice mb-4" role="note">"The organisation is offered to you. Its owner stays as an Admin when you accept."</p>
            <div class="flex gap-2">
                <Act posting=accept id="accept-ownership" label="Accept the organisation" class="btn btn-primary"/>
                <Act posting=decline id="decline-ownership" label="Decline" class="btn"/>
            </div>
        }
        .into_any();
    }
    let withdraw = FormAction::to::<WithdrawOwnership>().success_message("The offer is withdrawn.");
    view! {
        <p class="mb-4">{format!("Offered to {to}, who has not answered yet: ")} <Time moment=at/></p>
        <Act posting=withdraw id="withdraw-ownership" label="Withdraw the offer" class="btn"/>
    }
    .into_any()
}

#[component]
fn MakeOffer(candidates: Vec<(MemberId, String)>) -> impl IntoView {
    let here = Here::expect();
    if candidates.is_empty() {
        return view! { <p class="text-muted">"To hand it over, make somebody Admin of the first account."</p> }
            .into_any();
    }
    let posting =
        FormAction::to::<Offer>().success_message("The organisation is offered. It is handed over when they accept.");
    let option = |(id, name): (MemberId, String)| view! { <option value=id.to_string()>{name}</option> };
    view! {
        <PostForm posting id="offer-ownership" class="flex max-w-md flex-col gap-4">
            <input type="hidden" name="account" value=move || here.account.get().to_string()/>
            <OwnUsername/>
            <label class="field">
                <span class="field-label">"Hand it over to"</span>
                <select class="select w-full" name="form[member]">{candidates.into_iter().map(option).collect_view()}</select>
                <span class="field-hint">"An Admin, who has to accept. You stay as an Admin."</span>
            </label>
            <Field name="password" label="Your password" kind="password" autocomplete="current-password" required=true/>
            <Submit posting label="Offer the organisation" class="btn self-start"/>
        </PostForm>
    }
    .into_any()
}

#[component]
fn Leave(invitations: u64) -> impl IntoView {
    let here = Here::expect();
    let posting = FormAction::to::<LeaveOrganisation>();
    let title = Signal::derive(move || {
        let name = here.standing.with(|standing| standing.map_or_else(String::new, |s| s.organisation_name.clone()));
        format!("Leave {name}?")
    });
    let access = "You lose access to all its accounts at once. An admin can invite you again.".to_owned();
    let consequence = sentences(access, ending_invitations(invitations, InvitationSender::ByYou));
    view! {
        <Confirm id="leave-organisation" ask="Leave the organisation" class="btn text-error" title
            consequence=consequence.into()>
            <Act posting id="leave" label="Leave" class="btn btn-error btn-sm"/>
        </Confirm>
    }
    .into_any()
}
