//! Signing up, and the link that confirms it.

use crate::{
    api::{ConfirmSignUp as Confirm, OpenSignUp as Open, SignUp as Action},
    components::{Field, NewPassword, OutboxLink, Plain, PostForm, Submit, Time, Welcome},
    pages::page_of_link,
    runtime::{FormAction, check},
};
use leptos::prelude::*;
use leptos_meta::Title;
use model::{ConfirmSignUp, LETTER_ARRIVES, OpenSignUp, SignUp};

#[component]
pub fn SignUpPage() -> impl IntoView {
    let posting = FormAction::to::<Action>();
    view! {
        <Title text="Create your organisation"/>
        <Welcome>
            <h1 class="text-2xl font-semibold tracking-tight">"Create your organisation"</h1>
            <p class="text-muted mb-6 mt-1">"You become its owner. You can invite others in the next step."</p>
            <PostForm posting id="sign-up" check={check::<SignUp>}>
                <div class="grid gap-4 sm:grid-cols-2">
                    <Field name="first_name" label="First name" autocomplete="given-name" required=true/>
                    <Field name="last_name" label="Last name" autocomplete="family-name" required=true/>
                </div>
                <Field name="organisation" label="Organisation" autocomplete="organization" required=true/>
                <Field name="email" label="Work e-mail" kind="email" autocomplete="username" required=true/>
                <NewPassword/>
                <Submit posting label="Create organisation" class="btn btn-primary mt-2 w-full"/>
            </PostForm>
            <p class="text-muted mt-8">"Already a member? " <a class="link link-primary" href="/sign-in">"Sign in"</a></p>
        </Welcome>
    }
    .into_any()
}

/// What everybody reads who signed up, whatever the address.
#[component]
pub fn SignUpSent() -> impl IntoView {
    view! {
        <Title text="Check your e-mail"/>
        <Plain>
            <h1 class="text-xl font-semibold tracking-tight">"Check your e-mail"</h1>
            <p class="text-muted mt-2">
                "We're sending a message to the address you gave. " {LETTER_ARRIVES}
                " Open its link in this browser to finish signing up. The link works for a day."
            </p>
            <OutboxLink/>
            <p class="text-muted mt-6">"No message? Look in your spam folder, or " <a class="link" href="/sign-up">"sign up again"</a> "."</p>
        </Plain>
    }
    .into_any()
}

/// What the link in the letter opens.
#[component]
pub fn ConfirmSignUpPage() -> impl IntoView {
    let opened = |open: OpenSignUp, secret: String| {
        if open.known { view! { <Known/> }.into_any() } else { view! { <Finish open secret/> }.into_any() }
    };
    page_of_link("Finish signing up", |secret| Open { secret }, opened, || view! { <Unknown/> }.into_any())
}

#[component]
fn Finish(open: OpenSignUp, secret: String) -> impl IntoView {
    let posting = FormAction::to::<Confirm>();
    let OpenSignUp { email, organisation, expires, same_browser, known: _, unconfirmed } = open;
    let existing = unconfirmed.then(|| view! { <Existing email=email.clone() secret=secret.clone()/> });
    let elsewhere = move || {
        (!same_browser).then(|| {
            view! {
                <Field name="password" label="The password you chose when you signed up" kind="password" autocomplete="current-password" required=true/>
            }
        })
    };
    view! {
        <Plain>
            <h1 class="text-xl font-semibold tracking-tight">"Finish signing up"</h1>
            <p class="text-muted mb-6 mt-2">
                "This creates " <strong>{organisation}</strong> ". You'll sign in as " <strong>{email}</strong>
                ". The link works until " <Time moment=expires/> "."
            </p>
            {existing}
            <PostForm posting id="confirm-sign-up" without="existing" check={check::<ConfirmSignUp>}>
                <input type="hidden" name="form[secret]" value=secret/>
                {elsewhere()}
                <Submit posting label="Confirm and continue" class="btn btn-primary self-start"/>
            </PostForm>
            <p class="text-muted mt-6">"Didn't sign up? Close this page and nothing will be created."</p>
        </Plain>
    }
    .into_any()
}

/// For whoever has a login with the address already, and has never confirmed it.
#[component]
fn Existing(email: String, secret: String) -> impl IntoView {
    let posting = FormAction::to::<Confirm>();
    view! {
        <section class="card mb-6 p-4">
            <h2 class="font-medium">"Already have a login?"</h2>
            <p class="text-muted mb-4 mt-1">
                "A login with " {email} " exists, but nobody has confirmed its address. If it's yours, keep it with its password. "
                "Otherwise continue below, and it loses this address."
            </p>
            <PostForm posting id="keep-login" only="existing" check={check::<ConfirmSignUp>}>
                <input type="hidden" name="form[secret]" value=secret/>
                <input type="hidden" name="form[existing]" value="true"/>
                <Field name="password" label="Its password" kind="password" autocomplete="current-password" required=true/>
                <Submit posting label="Keep my login" class="btn self-start"/>
            </PostForm>
        </section>
    }
    .into_any()
}

#[component]
fn Known() -> impl IntoView {
    view! {
        <Plain>
            <h1 class="text-xl font-semibold tracking-tight">"You already have a login"</h1>
            <p class="text-muted mt-2">"This address was confirmed already. Sign in with it."</p>
            <p class="mt-6"><a class="btn btn-primary" href="/sign-in">"Sign in"</a></p>
        </Plain>
    }
    .into_any()
}

#[component]
fn Unknown() -> impl IntoView {
    view! {
        <Plain>
            <h1 class="text-xl font-semibold tracking-tight">"This link doesn't work"</h1>
            <p class="text-muted mt-2">"It has been used, or has expired. Sign in, or sign up again."</p>
            <p class="mt-6 flex gap-2">
                <a class="btn btn-primary" href="/sign-in">"Sign in"</a>
                <a class="btn" href="/sign-up">"Sign up"</a>
            </p>
        </Plain>
    }
    .into_any()
}
