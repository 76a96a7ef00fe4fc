//! One's own e-mail address, and the link that confirms another.

use crate::{
    api::{ChangeOwnEmail, ConfirmEmail as Action, GetOwnEmail, OpenEmailChange, SendConfirmation},
    components::{Done, Field, OutboxLink, OwnUsername, Plain, PostForm, Submit, Time, Waiting, lazy_section},
    pages::{OwnSection, failed_link, own_page, page_of_link},
    runtime::{Fetched, FormAction, check, t, t_with},
};
use leptos::prelude::*;
use model::{ChangeEmail, ConfirmEmail as Form, EmailChangeText, OpenEmail, OwnEmail, PendingEmail};

/// The address one signs in with.
pub const EMAIL: OwnSection = OwnSection {
    id: "email",
    title: &EmailChangeText::Title,
    content: lazy_section!(security, own_address, OwnAddress),
};

#[component]
pub fn EmailPage() -> impl IntoView {
    own_page(EMAIL)
}

#[component]
fn OwnAddress() -> impl IntoView {
    let (posting, sending) = (FormAction::to::<ChangeOwnEmail>(), FormAction::to::<SendConfirmation>());
    let known = Fetched::of(move || {
        posting.succeeded();
        GetOwnEmail {}
    });
    let shown = move || {
        let OwnEmail { email, confirmed, asked, change } = known.get()?;
        let unconfirmed = (!confirmed).then(|| view! { <Unconfirmed email=email.clone() sending/> });
        let other = asked.filter(|asked| asked.email != email);
        let next = match change {
            Ok(()) => view! { <Change posting/> }.into_any(),
            Err(refusal) => view! { <p class="text-muted">{t(refusal)}</p> }.into_any(),
        };
        Some(view! {
            <p>{t_with(EmailChangeText::SignedInAs, [strong(email)])}</p>
            {unconfirmed}
            {other.map(waiting)}
            {next}
        })
    };
    view! {
        <Waiting on=known.progress rows=2/>
        <div class="mt-3 flex flex-col gap-6">{shown}</div>
    }
    .into_any()
}

/// Asks somebody to confirm the address that they sign in with.
#[component]
fn Unconfirmed(email: String, sending: FormAction) -> impl IntoView {
    view! {
        <section class="card p-4">
            <h3 class="font-medium">{t(EmailChangeText::ConfirmOwn)}</h3>
            <p class="text-muted mb-4 mt-1">{t_with(EmailChangeText::Unconfirmed, [strong(email)])}</p>
            <PostForm posting=sending id="send-confirmation" class="flex flex-col gap-3">
                <Submit posting=sending label=t(EmailChangeText::SendAgain) class="btn self-start"/>
                {move || sending.succeeded().then(|| view! { <Done sentence=t(EmailChangeText::SentAgain)/> })}
            </PostForm>
            <OutboxLink/>
        </section>
    }
    .into_any()
}

fn strong(email: String) -> AnyView {
    view! { <strong>{email}</strong> }.into_any()
}

fn waiting(PendingEmail { email, expires }: PendingEmail) -> AnyView {
    let expires = view! { <Time moment=expires/> }.into_any();
    view! {
        <p class="notice" role="status">
            <span>{t_with(EmailChangeText::Sent, [strong(email), expires])}</span>
        </p>
        <OutboxLink/>
    }
    .into_any()
}

#[component]
fn Change(posting: FormAction) -> impl IntoView {
    view! {
        <PostForm posting id="change-email" check={check::<ChangeEmail>}>
            <Field name="email" label=t(EmailChangeText::NewEmail) kind="email" autocomplete="email" required=true/>
            <OwnUsername/>
            <Field name="password" label=t(EmailChangeText::Password) kind="password" autocomplete="current-password" required=true/>
            <Submit posting label=t(EmailChangeText::Change) class="btn btn-primary self-start"/>
        </PostForm>
    }
    .into_any()
}

/// What the link in the letter opens.
#[component]
pub fn ConfirmEmail() -> impl IntoView {
    let opened = |open: OpenEmail, secret: String| view! { <Confirm open secret/> }.into_any();
    let title = || t(EmailChangeText::Title);
    page_of_link(
        title,
        |secret| OpenEmailChange { secret },
        opened,
        || {
            let again = view! { <a class="btn" href="/email">{t(EmailChangeText::Title)}</a> };
            failed_link(EmailChangeText::LinkFailedHint, again)
        },
    )
}

#[component]
fn Confirm(open: OpenEmail, secret: String) -> impl IntoView {
    let posting = FormAction::to::<Action>();
    let OpenEmail { email, is_new, is_mine } = open;
    let (title, sentence) = if is_new {
        (EmailChangeText::ConfirmNew, EmailChangeText::WillSignInAs)
    } else {
        (EmailChangeText::ConfirmOwn, EmailChangeText::SignedInAs)
    };
    let elsewhere = move || {
        (!is_mine).then(|| {
            view! { <Field name="password" label=t(EmailChangeText::LoginPassword) kind="password" autocomplete="current-password" required=true/> }
        })
    };
    view! {
        <Plain>
            <h1 class="text-xl font-semibold tracking-tight">{t(title)}</h1>
            <p class="text-muted mb-6 mt-2">{t_with(sentence, [strong(email)])}</p>
            <PostForm posting id="confirm-email" check={check::<Form>}>
                <input type="hidden" name="form[secret]" value=secret/>
                {elsewhere()}
                <Submit posting label=t(EmailChangeText::Confirm) class="btn btn-primary self-start"/>
            </PostForm>
            <p class="text-muted mt-6">{t(EmailChangeText::NotAsked)}</p>
        </Plain>
    }
    .into_any()
}
