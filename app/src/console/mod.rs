//! The signed-in frame around every page of an account: where one is, what one may do there, and
//! the live channel that keeps both true.

mod ended;
mod frame;
mod navigation;
mod own_menu;
mod search;
mod sidebar;
mod switcher;

pub use navigation::Navigation;
pub use sidebar::{PageLink, Sidebar};

use crate::{
    api::{GetProfile, GetStanding},
    runtime::{Fetched, Here, Live, route_param, sign_in_path, t},
};
use frame::Frame;
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::{
    components::{Outlet, Redirect},
    hooks::{use_location, use_query_map},
};
use model::{AccountId, ButtonText, ClosedText, ErrorPageText, PermissionSet, Problem, Refusal, Topic};

/// Fetches the code of the page at a path, before it is opened.
#[cfg(feature = "hydrate")]
#[derive(Clone, Copy)]
pub struct Preload(pub fn(String));

#[component]
pub fn Console() -> impl IntoView {
    let id = route_param::<AccountId>("account");
    let Some(first) = id.get_untracked() else {
        return view! { <Closed problem=Problem::NotFound was_in=None/> }.into_any();
    };
    let account = Memo::new(move |before: Option<&AccountId>| id.get().or(before.copied()).unwrap_or(first));
    let live = Live::new();
    let standing = Fetched::when(move || {
        live.follow(&[Topic::Rights, Topic::Organisation, Topic::Region]);
        Some(GetStanding { account: id.get()? })
    });
    let profile = Fetched::of(move || {
        live.follow(&[Topic::Rights, Topic::Organisation, Topic::Region]);
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
        live.rights_pending().set(false);
    });
    #[cfg(feature = "hydrate")]
    live.catch_up(move || standing.with(|standing| standing.map(|standing| standing.as_of)));
    let is_switching = Memo::new(move |_| {
        let known = standing.with(|standing| standing.map(|standing| standing.account));
        known.is_some_and(|known| id.get() != Some(known))
    });
    provide_context(Here { account, standing, profile, permissions, is_switching, query: use_query_map(), live });
    // The account one was in last stays known when the access to it ends.
    let place = Memo::new(move |before: Option<&Place>| Place {
        // Somebody without a network is still who they were.
        problem: standing.problem().filter(|problem| *problem != Problem::Offline),
        last: standing
            .with(|standing| standing.and_then(|standing| Some((standing.account, standing.trail.last()?.clone()))))
            .or_else(|| before.and_then(|place| place.last.clone())),
    });
    let problem = Memo::new(move |_| place.with(|place| place.problem.clone()));
    view! {
        {move || match problem.get() {
            None => view! { <Frame><Outlet/></Frame> }.into_any(),
            // Whoever was in when the access ended is told so, rather than that there is no such place.
            Some(problem) => {
                let last = place.with_untracked(|place| place.last.clone());
                let was_in = last.filter(|(last, _)| id.get_untracked() == Some(*last)).map(|(_, name)| name);
                view! { <Closed problem was_in/> }.into_any()
            }
        }}
    }
    .into_any()
}

/// What stands in the way of being in an account, and the account one was in last, with its name.
#[derive(Clone, PartialEq)]
struct Place {
    problem: Option<Problem>,
    last: Option<(AccountId, String)>,
}

/// What stands where an account cannot be entered.
#[component]
fn Closed(
    problem: Problem,
    /// The account that one was in until now.
    was_in: Option<String>,
) -> impl IntoView {
    if problem == Problem::SignedOut {
        let location = use_location();
        let path = sign_in_path(&location.pathname.get_untracked(), &location.search.get_untracked());
        return view! { <Redirect path/> }.into_any();
    }
    if problem == Problem::Refused(Refusal::BeingDeleted) {
        return view! { <ended::Ended/> }.into_any();
    }
    let (title, sentence) = match (&problem, was_in) {
        (Problem::NotFound, Some(account)) => (t(ClosedText::AccessEnded { account }), t(ClosedText::AskAdmin)),
        (Problem::NotFound, None) => (t(ClosedText::NotFound), t(&problem)),
        (Problem::Refused(Refusal::Suspended), _) => (t(ClosedText::Suspended), t(ClosedText::AskToRestore)),
        (Problem::Refused(Refusal::SecondFactorMissing), _) => (t(ClosedText::TwoFactorRequired), t(&problem)),
        _ => (t(ErrorPageText::Title), t(&problem)),
    };
    let heading = title.clone();
    let act = (problem == Problem::Refused(Refusal::SecondFactorMissing)).then(|| {
        view! { <a class="btn btn-primary" href="/second-factor" rel="external">{t(ClosedText::SetUpTwoFactor)}</a> }
    });
    view! {
        <Title text=title.into_owned()/>
        <crate::components::Plain>
            <h1 class="text-xl font-semibold tracking-tight">{heading}</h1>
            <p class="text-muted mt-2" role="alert">{sentence}</p>
            <p class="mt-6 flex flex-wrap gap-2">
                {act}
                <crate::components::WayOn class="btn"/>
                <a class="btn" href="" rel="external">{t(ButtonText::TryAgain)}</a>
            </p>
        </crate::components::Plain>
    }
    .into_any()
}
