//! A forgotten password, and the link that leads to a new one.

use crate::{
    api::{AskPasswordReset as Ask, OpenPasswordReset as Open, ResetPassword as Reset},
    components::{Field, OtherPassword, Plain, PostForm, Submit, Time, Username, Welcome},
    pages::{failed_link, letter_sent, page_of_link},
    runtime::{FormAction, check, t, t_with},
};
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_query_map;
use model::{AskPasswordReset, ButtonText, OpenPasswordReset, PasswordResetText, ResetPassword};

#[component]
pub fn ForgotPassword() -> impl IntoView {
    let posting = FormAction::to::<Ask>();
    let sign_in = view! { <a class="link link-primary" href="/sign-in">{t(ButtonText::SignIn)}</a> }.into_any();
    view! {
        <Title text=|| t(PasswordResetText::Title)/>
        <Welcome>
            <h1 class="text-2xl font-semibold tracking-tight">{t(PasswordResetText::Title)}</h1>
            <p class="text-muted mb-6 mt-1">{t(PasswordResetText::Purpose)}</p>
            <PostForm posting id="forgot-password" check={check::<AskPasswordReset>}>
                <Field name="email" label=t(PasswordResetText::Email) kind="email" autocomplete="username" required=true/>
                <Submit posting label=t(PasswordResetText::Send) class="btn btn-primary mt-2 w-full"/>
            </PostForm>
            <p class="text-muted mt-8">{t_with(PasswordResetText::Remembered, [sign_in])}</p>
        </Welcome>
    }
    .into_any()
}

/// What everybody reads who asked, whatever the address.
#[component]
pub fn ForgotPasswordSent() -> impl IntoView {
    let again = view! { <a class="link" href="/forgot-password">{t(PasswordResetText::AskAgain)}</a> }.into_any();
    let sign_up = view! { <a class="link" href="/sign-up">{t(PasswordResetText::SignUp)}</a> }.into_any();
    let no_message = t_with(PasswordResetText::NoMessage, [again, sign_up]).into_any();
    letter_sent(&PasswordResetText::SentTitle, PasswordResetText::Sent, no_message)
}

/// What the link in the letter opens.
#[component]
pub fn ResetPasswordPage() -> impl IntoView {
    let opened = |open: OpenPasswordReset, secret: String| view! { <Choose open secret/> }.into_any();
    let title = || t(PasswordResetText::ChooseTitle);
    page_of_link(
        title,
        |secret| Open { secret },
        opened,
        || {
            let again = view! { <a class="btn" href="/forgot-password">{t(PasswordResetText::Title)}</a> };
            failed_link(PasswordResetText::LinkFailedHint, again)
        },
    )
}

#[component]
fn Choose(open: OpenPasswordReset, secret: String) -> impl IntoView {
    let posting = FormAction::to::<Reset>();
    let OpenPasswordReset { email, expires } = open;
    let strong = |email: &str| view! { <strong>{email.to_owned()}</strong> }.into_any();
    let restored = use_query_map().with_untracked(|query| query.get("address").as_deref() == Some("restored"));
    let notice = restored.then(|| {
        view! {
            <p class="notice notice-success mt-4" role="status">
                <span>{t_with(PasswordResetText::Restored, [strong(&email)])}</span>
            </p>
        }
    });
    let places = [strong(&email), view! { <Time moment=expires/> }.into_any()];
    view! {
        <Plain>
            <h1 class="text-xl font-semibold tracking-tight">{t(PasswordResetText::ChooseTitle)}</h1>
            {notice}
            <p class="text-muted mb-6 mt-2">{t_with(PasswordResetText::Choose, places)}</p>
            <PostForm posting id="reset-password" check={check::<ResetPassword>}>
                <input type="hidden" name="form[secret]" value=secret/>
                <Username email=Some(email)/>
                <OtherPassword/>
                <Submit posting label=t(PasswordResetText::Save) class="btn btn-primary self-start"/>
            </PostForm>
            {(!restored).then(|| view! { <p class="text-muted mt-6">{t(PasswordResetText::NotAsked)}</p> })}
        </Plain>
    }
    .into_any()
}
