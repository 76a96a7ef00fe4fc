//! One's own e-mail address, and the link that confirms another.

use crate::{
    api::{ChangeOwnEmail, ConfirmEmail as Action, GetOwnEmail, OpenEmailChange},
    components::{Fetched, Field, OwnUsername, PostForm, Posting, Submit, Time, Waiting, check},
    pages::{Plain, SignInFirst, Stopped},
};
use leptos::prelude::*;
use leptos_meta::{Meta, Title};
use leptos_router::hooks::use_params_map;
use model::{AskedEmail, ChangeEmail, OwnEmail, Problem};

/// The address one signs in with.
#[component]
pub fn EmailPage() -> impl IntoView {
    let posting = Posting::to::<ChangeOwnEmail>();
    let known = Fetched::of(move || {
        posting.succeeded();
        GetOwnEmail {}
    });
    let shown = move || {
        let OwnEmail { email, asked, change } = known.get()?;
        let next = match change {
            Ok(()) => view! { <Change posting/> }.into_any(),
            Err(refusal) => view! { <p class="text-muted">{refusal.sentence()}</p> }.into_any(),
        };
        Some(view! {
            <p>"You sign in as " <strong>{email}</strong> "."</p>
            {asked.map(waiting)}
            {next}
        })
    };
    view! {
        <Title text="My e-mail address"/>
        <SignInFirst problem=move || known.problem()/>
        <Plain>
            <h1 class="mb-6 text-xl font-semibold tracking-tight">"My e-mail address"</h1>
            <Waiting on=known.progress rows=2/>
            <div class="flex flex-col gap-6">{shown}</div>
            <p class="mt-8"><a class="btn" href="/" rel="external">"Go to my accounts"</a></p>
        </Plain>
    }
    .into_any()
}

fn waiting(AskedEmail { email, expires }: AskedEmail) -> AnyView {
    view! {
        <p class="notice" role="status">
            <span>"A message is on its way to " <strong>{email}</strong> ". Open its link before " <Time moment=expires/> " to sign in with that address."</span>
        </p>
    }
    .into_any()
}

#[component]
fn Change(posting: Posting) -> impl IntoView {
    view! {
        <PostForm posting id="change-email" check={check::<ChangeEmail>}>
            <Field name="email" label="New e-mail address" kind="email" autocomplete="email" required=true/>
            <OwnUsername/>
            <Field name="password" label="Your password" kind="password" autocomplete="current-password" required=true/>
            <Submit posting label="Change it"/>
        </PostForm>
    }
    .into_any()
}

/// What the link in the letter opens.
#[component]
pub fn ConfirmEmail() -> impl IntoView {
    let params = use_params_map();
    let secret = move || params.with(|params| params.get("secret").unwrap_or_default());
    let posting = Posting::to::<Action>();
    let address = Fetched::of(move || OpenEmailChange { secret: secret() });
    view! {
        <Title text="My e-mail address"/>
        // The address holds the secret: no other site is told it.
        <Meta name="referrer" content="same-origin"/>
        {move || match (address.get(), address.problem()) {
            (Some(email), _) => view! { <Confirm email secret=secret() posting/> }.into_any(),
            (None, Some(Problem::NotFound)) => view! { <Unknown/> }.into_any(),
            (None, Some(problem)) => view! { <Stopped problem/> }.into_any(),
            (None, None) => ().into_any(),
        }}
    }
    .into_any()
}

#[component]
fn Confirm(email: String, secret: String, posting: Posting) -> impl IntoView {
    view! {
        <Plain>
            <h1 class="text-xl font-semibold tracking-tight">"Use this address?"</h1>
            <p class="text-muted mb-6 mt-2">"You will sign in as " <strong>{email}</strong> ", with the same password."</p>
            <PostForm posting id="confirm-email">
                <input type="hidden" name="secret" value=secret/>
                <Submit posting label="Use it"/>
            </PostForm>
        </Plain>
    }
    .into_any()
}

#[component]
fn Unknown() -> impl IntoView {
    #[cfg(feature = "ssr")]
    if let Some(response) = use_context::<leptos_axum::ResponseOptions>() {
        response.set_status(http::StatusCode::NOT_FOUND);
    }
    view! {
        <Plain>
            <h1 class="text-xl font-semibold tracking-tight">"This link does not open"</h1>
            <p class="text-muted mt-2">"It was used already, a newer one replaced it, or a day has passed. Ask for the change once more."</p>
            <p class="mt-6"><a class="btn" href="/email">"My e-mail address"</a></p>
        </Plain>
    }
    .into_any()
}
