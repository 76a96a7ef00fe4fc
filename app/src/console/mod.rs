//! The signed-in frame around every page of an account: where one is, what one may do there, and
//! the live channel that keeps both true.

mod ended;
mod frame;
mod navigation;
mod search;
mod switcher;

pub use navigation::Navigation;

use crate::{
    NO_ACCOUNT,
    api::{GetProfile, GetStanding},
    runtime::{Fetched, Here, Live},
};
use frame::Frame;
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::{
    components::{Outlet, Redirect},
    hooks::{use_location, use_params_map},
};
use model::{AccountId, PermissionSet, Problem, Refusal, Topic};

#[component]
pub fn Console() -> impl IntoView {
    let params = use_params_map();
    let account = Memo::new(move |_| {
        params.with(|params| params.get("account").and_then(|id| id.parse().ok()).unwrap_or(NO_ACCOUNT))
    });
    let live = Live::new();
    let standing = Fetched::of(move || {
        live.follow(&[Topic::Rights, Topic::Organisation]);
        GetStanding { account: account.get() }
    });
    let profile = Fetched::of(move || {
        live.follow(&[Topic::Rights, Topic::Organisation]);
        GetProfile {}
    });
    let permissions = Memo::new(move |_| {
        standing.with(|standing| standing.map_or(PermissionSet::EMPTY, |standing| standing.permissions))
    });
    #[cfg(feature = "hydrate")]
    live.listen(move || standing.with_untracked(|standing| standing.map(|standing| standing.organisation)));
    #[cfg(feature = "hydrate")]
    Effect::new(move |_| {
        standing.progress.answered.track();
        live.rights_pending.set(false);
    });
    #[cfg(feature = "hydrate")]
    live.catch_up(move || standing.with(|standing| standing.map(|standing| standing.as_of)));
    provide_context(Here { account, standing, profile, permissions, live });
    // The account one was in last stays known when the access to it ends.
    let place = Memo::new(move |before: Option<&Place>| Place {
        // Somebody without a network is still who they were.
        problem: standing.problem().filter(|problem| *problem != Problem::Offline),
        last: standing
            .with(|standing| standing.map(|standing| standing.account))
            .or(before.and_then(|place| place.last)),
    });
    let problem = Memo::new(move |_| place.with(|place| place.problem.clone()));
    view! {
        {move || match problem.get() {
            None => view! { <Frame><Outlet/></Frame> }.into_any(),
            // Whoever was in when the access ended is told so, rather than that there is no such place.
            Some(problem) => {
                let was_in = place.with_untracked(|place| place.last == Some(account.get_untracked()));
                view! { <Closed problem was_in/> }.into_any()
            }
        }}
    }
}

/// What stands in the way of being in an account, and the account one was in last.
#[derive(Clone, PartialEq)]
struct Place {
    problem: Option<Problem>,
    last: Option<AccountId>,
}

/// What stands where an account cannot be entered.
#[component]
fn Closed(problem: Problem, was_in: bool) -> impl IntoView {
    if problem == Problem::SignedOut {
        let then = use_location().pathname.get_untracked();
        return view! { <Redirect path=format!("/sign-in?then={then}")/> }.into_any();
    }
    if problem == Problem::Refused(Refusal::BeingDeleted) {
        return view! { <ended::Ended/> }.into_any();
    }
    let (title, sentence) = match &problem {
        Problem::NotFound if was_in => {
            ("Your access has ended", "You are no longer a member here. Ask an admin if this is a mistake.".to_owned())
        }
        Problem::NotFound => ("Nothing here", "This page does not exist, or is not open to you.".to_owned()),
        Problem::Refused(Refusal::Suspended) => {
            ("Your access is suspended", "Ask an admin of the organisation to restore it.".to_owned())
        }
        Problem::Refused(refusal @ Refusal::SecondFactorMissing) => {
            ("A second factor is required", refusal.sentence().to_owned())
        }
        problem => ("This page cannot be shown", problem.to_string()),
    };
    let act = (problem == Problem::Refused(Refusal::SecondFactorMissing)).then(|| {
        view! { <a class="btn btn-primary" href="/second-factor" rel="external">"Set up a second factor"</a> }
    });
    view! {
        <Title text=title/>
        <crate::components::Plain>
            <h1 class="text-xl font-semibold tracking-tight">{title}</h1>
            <p class="text-muted mt-2" role="alert">{sentence}</p>
            <p class="mt-6 flex flex-wrap gap-2">
                {act}
                <a class="btn" href="/" rel="external">"Go to my accounts"</a>
                <a class="btn" href="" rel="external">"Try again"</a>
            </p>
        </crate::components::Plain>
    }
    .into_any()
}
