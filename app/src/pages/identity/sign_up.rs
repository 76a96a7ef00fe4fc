//! Signing up, and the link that confirms it.

use crate::{
    api::{ConfirmSignUp as Confirm, OpenSignUp as Open, SignUp as Action},
    components::{Field, NewPassword, Plain, PostForm, Submit, Time, Welcome},
    pages::{failed_link, letter_sent, page_of_link},
    runtime::{FormAction, check, t, t_with},
};
use leptos::prelude::*;
use leptos_meta::Title;
use model::{ButtonText, ConfirmSignUp, ConfirmSignUpText, OpenSignUp, SignUp, SignUpText};

#[component]
pub fn SignUpPage() -> impl IntoView {
    let posting = FormAction::to::<Action>();
    let sign_in = view! { <a class="link link-primary" href="/sign-in">{t(ButtonText::SignIn)}</a> }.into_any();
    view! {
        <Title text=|| t(SignUpText::Title)/>
        <Welcome>
            <h1 class="text-2xl font-semibold tracking-tight">{t(SignUpText::Title)}</h1>
            <p class="text-muted mb-6 mt-1">{t(SignUpText::Purpose)}</p>
            <PostForm posting id="sign-up" check={check::<SignUp>}>
                <div class="grid gap-4 sm:grid-cols-2">
                    <Field name="first_name" label=t(SignUpText::FirstName) autocomplete="given-name" required=true/>
                    <Field name="last_name" label=t(SignUpText::LastName) autocomplete="family-name" required=true/>
                </div>
                <Field name="organisation" label=t(SignUpText::Organisation) autocomplete="organization" required=true/>
                <Field name="email" label=t(SignUpText::Email) kind="email" autocomplete="username" required=true/>
                <NewPassword/>
                <Submit posting label=t(SignUpText::Create) class="btn btn-primary mt-2 w-full"/>
            </PostForm>
            <p class="text-muted mt-8">{t_with(SignUpText::AlreadyMember, [sign_in])}</p>
        </Welcome>
    }
    .into_any()
}

/// What everybody reads who signed up, whatever the address.
#[component]
pub fn SignUpSent() -> impl IntoView {
    let again = view! { <a class="link" href="/sign-up">{t(SignUpText::SignUpAgain)}</a> }.into_any();
    letter_sent(&SignUpText::SentTitle, SignUpText::Sent, t_with(SignUpText::NoMessage, [again]).into_any())
}

/// What the link in the letter opens.
#[component]
pub fn ConfirmSignUpPage() -> impl IntoView {
    let opened = |open: OpenSignUp, secret: String| {
        if open.known { view! { <Known/> }.into_any() } else { view! { <Finish open secret/> }.into_any() }
    };
    let title = || t(ConfirmSignUpText::Title);
    page_of_link(
        title,
        |secret| Open { secret },
        opened,
        || {
            let next = view! {
                <a class="btn btn-primary" href="/sign-in">{t(ButtonText::SignIn)}</a>
                <a class="btn" href="/sign-up">{t(ConfirmSignUpText::SignUp)}</a>
            };
            failed_link(ConfirmSignUpText::LinkFailedHint, next)
        },
    )
}

#[component]
fn Finish(open: OpenSignUp, secret: String) -> impl IntoView {
    let posting = FormAction::to::<Confirm>();
    let OpenSignUp { email, organisation, expires, same_browser, known: _, unconfirmed } = open;
    let existing = unconfirmed.then(|| view! { <Existing email=email.clone() secret=secret.clone()/> });
    let places = [
        view! { <strong>{organisation}</strong> }.into_any(),
        view! { <strong>{email}</strong> }.into_any(),
        view! { <Time moment=expires/> }.into_any(),
    ];
    let elsewhere = move || {
        (!same_browser).then(|| {
            view! {
                <Field name="password" label=t(ConfirmSignUpText::Password) kind="password" autocomplete="current-password" required=true/>
            }
        })
    };
    view! {
        <Plain>
            <h1 class="text-xl font-semibold tracking-tight">{t(ConfirmSignUpText::Title)}</h1>
            <p class="text-muted mb-6 mt-2">{t_with(ConfirmSignUpText::Purpose, places)}</p>
            {existing}
            <PostForm posting id="confirm-sign-up" without="existing" check={check::<ConfirmSignUp>}>
                <input type="hidden" name="form[secret]" value=secret/>
                {elsewhere()}
                <Submit posting label=t(ConfirmSignUpText::Confirm) class="btn btn-primary self-start"/>
            </PostForm>
            <p class="text-muted mt-6">{t(ConfirmSignUpText::NotAsked)}</p>
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
            <h2 class="font-medium">{t(ConfirmSignUpText::Existing)}</h2>
            <p class="text-muted mb-4 mt-1">{t_with(ConfirmSignUpText::ExistingHint, [email.into_any()])}</p>
            <PostForm posting id="keep-login" only="existing" check={check::<ConfirmSignUp>}>
                <input type="hidden" name="form[secret]" value=secret/>
                <input type="hidden" name="form[existing]" value="true"/>
                <Field name="password" label=t(ConfirmSignUpText::ExistingPassword) kind="password" autocomplete="current-password" required=true/>
                <Submit posting label=t(ConfirmSignUpText::KeepLogin) class="btn self-start"/>
            </PostForm>
        </section>
    }
    .into_any()
}

#[component]
fn Known() -> impl IntoView {
    view! {
        <Plain>
            <h1 class="text-xl font-semibold tracking-tight">{t(ConfirmSignUpText::Known)}</h1>
            <p class="text-muted mt-2">{t(ConfirmSignUpText::KnownHint)}</p>
            <p class="mt-6"><a class="btn btn-primary" href="/sign-in">{t(ButtonText::SignIn)}</a></p>
        </Plain>
    }
    .into_any()
}
