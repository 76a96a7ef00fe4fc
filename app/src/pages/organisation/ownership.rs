//! Who owns the organisation, handing it over, and leaving it.

use crate::{
    api::{
        AcceptOwnership, DeclineOwnership, GetOwnership, LeaveOrganisation, OfferOwnership as Offer, WithdrawOwnership,
    },
    components::{Confirm, DialogActions, FormDialog, PostForm, Submit, Time, Waiting},
    runtime::{Fetched, FormAction, Here, t, t_with},
};
use leptos::prelude::*;
use model::{MemberId, Ownership, OwnershipOffer, OwnershipText, Topic};
use std::borrow::Cow;

#[component]
pub fn OwnershipRow() -> impl IntoView {
    let here = Here::expect();
    let ownership = Fetched::of(move || {
        here.live.follow(&[Topic::Organisation, Topic::Members, Topic::Rights]);
        GetOwnership { account: here.account.get() }
    });
    view! {
        <section class="danger-row" aria-labelledby="ownership">
            <h3 id="ownership" class="w-full font-medium">{t(OwnershipText::Title)}</h3>
            <Waiting on=ownership.progress rows=1/>
            {move || ownership.get().map(|Ownership { owner, is_mine, offer, candidates, invitations }| {
                let sentence = t(if is_mine { OwnershipText::Mine } else { OwnershipText::OwnedBy { owner: owner.clone() } });
                let act = match (offer, is_mine) {
                    (Some(offer), _) => view! { <Offered offer owner/> }.into_any(),
                    (None, true) => view! { <MakeOffer candidates/> }.into_any(),
                    (None, false) => view! { <Leave invitations/> }.into_any(),
                };
                view! { <p class="text-muted min-w-0 flex-1 basis-64">{sentence}</p> <div class="max-w-xl">{act}</div> }
            })}
        </section>
    }
    .into_any()
}

/// One act of a click, with the account it is about.
#[component]
fn Act(
    posting: FormAction,
    id: &'static str,
    #[prop(into)] label: Cow<'static, str>,
    class: &'static str,
) -> impl IntoView {
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
fn Offered(offer: OwnershipOffer, owner: String) -> impl IntoView {
    let OwnershipOffer { to, to_me, at } = offer;
    if to_me {
        let accept = FormAction::to::<AcceptOwnership>().success_message(&OwnershipText::Accepted);
        let decline = FormAction::to::<DeclineOwnership>().success_message(&OwnershipText::Declined);
        return view! {
            <p class="notice mb-4" role="note">{t(OwnershipText::OfferedToMe { owner })}</p>
            <div class="flex gap-2">
                <Act posting=accept id="accept-ownership" label=t(OwnershipText::Accept) class="btn btn-primary"/>
                <Act posting=decline id="decline-ownership" label=t(OwnershipText::Decline) class="btn"/>
            </div>
        }
        .into_any();
    }
    let withdraw = FormAction::to::<WithdrawOwnership>().success_message(&OwnershipText::Withdrawn);
    view! {
        <p class="mb-4">{t_with(OwnershipText::Offered, [to.into_any(), view! { <Time moment=at/> }.into_any()])}</p>
        <Act posting=withdraw id="withdraw-ownership" label=t(OwnershipText::Withdraw) class="btn"/>
    }
    .into_any()
}

#[component]
fn MakeOffer(candidates: Vec<(MemberId, String)>) -> impl IntoView {
    let here = Here::expect();
    if candidates.is_empty() {
        return view! { <p class="text-muted">{t(OwnershipText::NoCandidate)}</p> }.into_any();
    }
    let posting = FormAction::to::<Offer>().success_message(&OwnershipText::OfferMade);
    let option = |(id, name): (MemberId, String)| view! { <option value=id.to_string()>{name}</option> };
    view! {
        <FormDialog id="offer-ownership-dialog" ask=t(OwnershipText::Offer) class="btn" title=t(OwnershipText::OfferQuestion) posting>
            <PostForm posting id="offer-ownership">
                <input type="hidden" name="account" value=move || here.account.get().to_string()/>
                <label class="field">
                    <span class="field-label">{t(OwnershipText::NewOwner)}</span>
                    <select class="select w-full" name="form[member]">{candidates.into_iter().map(option).collect_view()}</select>
                    <span class="field-hint">{t(OwnershipText::NewOwnerHint)}</span>
                </label>
                <DialogActions dialog="offer-ownership-dialog">
                    <Submit posting label=t(OwnershipText::Offer) class="btn btn-primary btn-sm"/>
                </DialogActions>
            </PostForm>
        </FormDialog>
    }
    .into_any()
}

#[component]
fn Leave(invitations: u64) -> impl IntoView {
    let here = Here::expect();
    let posting = FormAction::to::<LeaveOrganisation>();
    let title = move || {
        let organisation =
            here.standing.with(|standing| standing.map_or_else(String::new, |s| s.organisation_name.clone()));
        t(OwnershipText::LeaveQuestion { organisation })
    };
    view! {
        <Confirm id="leave-organisation" ask=t(OwnershipText::LeaveAsk) class="btn text-error" title
            consequence=move || t(OwnershipText::LeaveConsequence { invitations })>
            <Act posting id="leave" label=t(OwnershipText::Leave) class="btn btn-error btn-sm"/>
        </Confirm>
    }
    .into_any()
}
