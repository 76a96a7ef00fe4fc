use crate::components::{Failure, Glyph, Icon};
use leptos::prelude::*;
use leptos_router::{components::Redirect, hooks::use_location};
use model::Problem;

#[component]
fn Brand() -> impl IntoView {
    view! {
        <p class="mb-8 flex items-center gap-3 font-semibold">
            <span class="organisation-mark"><Glyph icon=Icon::KeyRound/></span>
            "Tenantry"
        </p>
    }
    .into_any()
}

/// A page with one thing on it.
#[component]
pub fn Plain(children: Children) -> impl IntoView {
    view! {
        <main class="mx-auto flex min-h-screen max-w-md flex-col justify-center px-6 py-12">
            <Brand/>
            {children()}
        </main>
    }
    .into_any()
}

/// A page that cannot be shown, and why; the answer's status says so too.
#[component]
pub fn Stopped(problem: Problem) -> impl IntoView {
    #[cfg(feature = "ssr")]
    if let (Some(response), Ok(status)) =
        (use_context::<leptos_axum::ResponseOptions>(), http::StatusCode::from_u16(problem.status()))
    {
        response.set_status(status);
    }
    view! { <Plain><Failure problem/></Plain> }
}

/// In place of a page of one's own: whoever is signed out signs in first, and comes back.
#[component]
pub fn SignInFirst(#[prop(into)] problem: Signal<Option<Problem>>) -> impl IntoView {
    let path = use_location().pathname;
    let signed_out = Memo::new(move |_| problem.get() == Some(Problem::SignedOut));
    move || signed_out.get().then(|| view! { <Redirect path=format!("/sign-in?then={}", path.get_untracked())/> })
}

/// A page at the door: a form, and beside it what this is.
#[component]
pub fn Welcome(children: Children) -> impl IntoView {
    view! {
        <div class="grid min-h-screen lg:grid-cols-2">
            <main class="flex flex-col justify-center px-6 py-12">
                <div class="mx-auto w-full max-w-96">
                    <Brand/>
                    {children()}
                </div>
            </main>
            <aside class="welcome-aside">
                <p class="max-w-lg text-2xl font-medium leading-snug tracking-tight">
                    "A permission you switch off is off. On every tab, every key, every server, with the next request."
                </p>
                <p class="mt-4 max-w-lg text-white/75">"And the log shows who looked at whose data, refusals included."</p>
            </aside>
        </div>
    }
    .into_any()
}

/// What stands in the place of a page whose reader is somebody else now.
#[cfg(feature = "hydrate")]
pub fn another_user(problem: Problem) -> AnyView {
    view! {
        <Plain>
            <h1 class="text-xl font-semibold tracking-tight">"This page is no longer yours"</h1>
            <p class="text-muted mt-2" role="alert">{problem.to_string()}</p>
            <p class="mt-6"><a class="btn btn-primary" href="" rel="external">"Reload"</a></p>
        </Plain>
    }
    .into_any()
}
