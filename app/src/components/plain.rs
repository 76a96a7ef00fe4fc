use crate::{
    components::{Failure, Glyph, Icon},
    runtime::{page_user, sign_in_path, t},
};
use leptos::prelude::*;
use leptos_router::{components::Redirect, hooks::use_location};
use model::{ButtonText, Problem, WelcomeText};

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
    let location = use_location();
    let signed_out = Memo::new(move |_| problem.get() == Some(Problem::SignedOut));
    let sign_in = move || sign_in_path(&location.pathname.get_untracked(), &location.search.get_untracked());
    move || signed_out.get().then(|| view! { <Redirect path=sign_in()/> })
}

/// Where somebody goes who cannot stay here: to their accounts, or to sign in.
#[component]
pub fn WayOn(class: &'static str) -> impl IntoView {
    match page_user() {
        Some(_) => view! { <a class=class href="/" rel="external">{t(ButtonText::GoToAccounts)}</a> },
        None => view! { <a class=class href="/sign-in" rel="external">{t(ButtonText::SignIn)}</a> },
    }
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
                    {t(WelcomeText::Claim)}
                </p>
                <p class="mt-4 max-w-lg text-white/75">{t(WelcomeText::Log)}</p>
            </aside>
        </div>
    }
    .into_any()
}

/// What stands in the place of a page whose reader is somebody else now.
#[cfg(feature = "hydrate")]
pub fn another_user(problem: Problem) -> AnyView {
    use model::ErrorPageText;
    view! {
        <Plain>
            <h1 class="text-xl font-semibold tracking-tight">{t(ErrorPageText::AnotherUser)}</h1>
            <p class="text-muted mt-2" role="alert">{t(&problem)}</p>
            <p class="mt-6"><a class="btn btn-primary" href="" rel="external">{t(ButtonText::Reload)}</a></p>
        </Plain>
    }
    .into_any()
}
