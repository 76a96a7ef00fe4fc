//! The signed-in frame around every page of an account: where one is, what one may do there, and
//! the live channel that keeps both true.

#[cfg(feature = "hydrate")]
pub mod browser;
mod frame;
mod live;
mod navigation;

pub use live::Live;
pub use navigation::Navigation;

use crate::{api::{get_profile, get_standing}, components::Skeleton};
use frame::Frame;
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::{components::{Outlet, Redirect}, hooks::{use_location, use_params_map}};
use model::{AccountId, Permission, PermissionSet, Problem, Profile, Refusal, Standing, Topic};

/// Where the reader is, and what they may do there now.
#[derive(Clone, Copy)]
pub struct Here {
    pub account: Memo<AccountId>,
    pub standing: Memo<Option<Standing>>,
    pub profile: Memo<Option<Profile>>,
    pub permissions: Memo<PermissionSet>,
    pub live: Live,
}

impl Here {
    pub fn expect() -> Self {
        expect_context()
    }

    /// Whether the reader may do this, as a signal that follows every toggle.
    pub fn may(self, permission: Permission) -> Signal<bool> {
        Signal::derive(move || self.permissions.with(|held| held.contains(permission)))
    }

    /// The address of a page of this account.
    pub fn path(self, page: &str) -> String {
        let account = self.account.get();
        if page.is_empty() { format!("/accounts/{account}") } else { format!("/accounts/{account}/{page}") }
    }
}

/// No account has this id: what a malformed address leads to.
const NO_ACCOUNT: AccountId = AccountId(uuid::Uuid::nil());

#[component]
pub fn Console() -> impl IntoView {
    let params = use_params_map();
    let account = Memo::new(move |_| params.with(|params| params.get("account").and_then(|id| id.parse().ok()).unwrap_or(NO_ACCOUNT)));
    let live = Live::of(account);
    let standing = Resource::new_blocking(
        move || (account.get(), live.version(Topic::Rights), live.version(Topic::Organisation)),
        |(account, _, _)| get_standing(account),
    );
    let profile = Resource::new_blocking(move || live.version(Topic::Rights), |_| get_profile());
    let problem = Memo::new(move |_| standing.get().and_then(Result::err));
    let here = Here {
        account,
        standing: Memo::new(move |before: Option<&Option<Standing>>| {
            standing.get().map_or_else(|| before.cloned().flatten(), Result::ok)
        }),
        profile: Memo::new(move |_| profile.get().and_then(Result::ok)),
        permissions: Memo::new(move |_| standing.get().and_then(Result::ok).map_or(PermissionSet::EMPTY, |standing| standing.permissions)),
        live,
    };
    provide_context(here);
    // Whoever was in when the access ended is told so, rather than that there is no such place.
    let was_in = Memo::new(move |before: Option<&bool>| before.copied().unwrap_or(false) || standing.get().is_some_and(|standing| standing.is_ok()));
    view! {
        <Transition fallback=|| view! { <Skeleton/> }>
            {move || {
                // Read here, so that the page waits for both.
                profile.track();
                standing.track();
                match problem.get() {
                    None if here.standing.with(Option::is_some) => view! { <Frame><Outlet/></Frame> }.into_any(),
                    None => ().into_any(),
                    Some(problem) => view! { <Closed problem was_in=was_in.get_untracked()/> }.into_any(),
                }
            }}
        </Transition>
    }
    .into_any()
}

/// What stands where an account cannot be entered.
#[component]
fn Closed(problem: Problem, was_in: bool) -> impl IntoView {
    #[cfg(feature = "ssr")]
    if let Some(response) = use_context::<leptos_axum::ResponseOptions>()
        && let Ok(status) = http::StatusCode::from_u16(problem.status())
        && problem != Problem::SignedOut
    {
        response.set_status(status);
    }
    if problem == Problem::SignedOut {
        let then = use_location().pathname.get_untracked();
        return view! { <Redirect path=format!("/sign-in?then={then}")/> }.into_any();
    }
    let (title, sentence) = match &problem {
        Problem::NotFound if was_in => ("Your access has ended", "You are no longer a member here. Ask an admin if this is a mistake.".to_owned()),
        Problem::NotFound => ("Nothing here", "This page does not exist, or is not open to you.".to_owned()),
        Problem::Refused(Refusal::Suspended) => ("Your access is suspended", "Ask an admin of the organisation to restore it.".to_owned()),
        problem => ("This page cannot be shown", problem.to_string()),
    };
    view! {
        <Title text=title/>
        <crate::pages::Plain>
            <h1 class="text-xl font-semibold tracking-tight">{title}</h1>
            <p class="text-muted mt-2" role="alert">{sentence}</p>
            <p class="mt-6 flex gap-2">
                <a class="btn btn-primary" href="/" rel="external">"Go to my accounts"</a>
                <a class="btn" href="" rel="external">"Try again"</a>
            </p>
        </crate::pages::Plain>
    }
    .into_any()
}
