use crate::{
    api::{SignIn as Action, SignInWithCode},
    components::{Field, PostForm, Submit, Welcome},
    runtime::{FormAction, check},
};
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_query_map;
use model::{SignIn, SignInCode};

#[component]
pub fn SignInPage() -> impl IntoView {
    let posting = FormAction::to::<Action>();
    let then = use_query_map().with_untracked(|query| query.get("then").unwrap_or_default());
    view! {
        <Title text="Sign in"/>
        <Welcome>
            <h1 class="text-2xl font-semibold tracking-tight">"Sign in"</h1>
            <p class="text-muted mb-6 mt-1">"With the address and password of your login."</p>
            <PostForm posting id="sign-in" check={check::<SignIn>}>
                <input type="hidden" name="form[then]" value=then/>
                <Field name="email" label="E-mail" kind="email" autocomplete="username" required=true/>
                <Field name="password" label="Password" kind="password" autocomplete="current-password" required=true/>
                <Submit posting label="Sign in" class="btn btn-primary mt-2 w-full"/>
            </PostForm>
            <p class="text-muted mt-8">"New here? " <a class="link link-primary" href="/sign-up">"Create an organisation"</a></p>
        </Welcome>
    }
    .into_any()
}

/// The second step, for those with a second factor.
#[component]
pub fn SignInCodePage() -> impl IntoView {
    let posting = FormAction::to::<SignInWithCode>();
    view! {
        <Title text="Sign in"/>
        <Welcome>
            <h1 class="text-2xl font-semibold tracking-tight">"Type your code"</h1>
            <p class="text-muted mb-6 mt-1">"Your authenticator app shows it. Without the app, type one of your recovery codes; each counts once."</p>
            <PostForm posting id="sign-in-code" check={check::<SignInCode>}>
                <Field name="code" label="Code" autocomplete="one-time-code" required=true/>
                <Submit posting label="Sign in" class="btn btn-primary mt-2 w-full"/>
            </PostForm>
            <p class="mt-8"><a class="link link-primary" href="/sign-in">"Begin again"</a></p>
        </Welcome>
    }
    .into_any()
}
