//! One's own e-mail address, and the link that confirms another.

use crate::{
    api::{ChangeOwnEmail, ConfirmEmail as Action, GetOwnEmail, OpenEmailChange, SendConfirmation},
    components::{Done, Field, OutboxLink, OwnUsername, Plain, PostForm, SignInFirst, Submit, Time, Waiting},
    pages::page_of_link,
    runtime::{Fetched, FormAction, check},
};
use leptos::prelude::*;
use leptos_meta::Title;
use model::{AskedEmail, ChangeEmail, ConfirmEmail as Form, OpenEmail, OwnEmail};

/// The address one signs in with.
#[component]
pub fn EmailPage() -> impl IntoView {
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
            Err(refusal) => view! { <p class="text-muted">{refusal.sentence()}</p> }.into_any(),
        };
        Some(view! {
            <p>"You sign in as " <strong>{email}</strong> "."</p>
            {unconfirmed}
            {other.map(waiting)}
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

/// Asks somebody to confirm the address that they sign in with.
#[component]
fn Unconfirmed(email: String, sending: FormAction) -> impl IntoView {
    view! {
        <section class="card p-4">
            <h2 class="font-medium">"Confirm your e-mail address"</h2>
            <p class="text-muted mb-4 mt-1">
                "Open the link in the message we sent to " <strong>{email}</strong> ". Until then you can't accept invitations or take over an organisation."
            </p>
            <PostForm posting=sending id="send-confirmation" class="flex flex-col gap-3">
                <Submit posting=sending label="Send again" class="btn self-start"/>
                {move || sending.succeeded().then(|| view! { <Done sentence="A new message is on its way. Earlier links no longer work."/> })}
            </PostForm>
            <OutboxLink/>
        </section>
    }
    .into_any()
}

fn waiting(AskedEmail { email, expires }: AskedEmail) -> AnyView {
    view! {
        <p class="notice" role="status">
            <span>"A message is on its way to " <strong>{email}</strong> ". Open its link before " <Time moment=expires/> " to sign in with that address."</span>
        </p>
        <OutboxLink/>
    }
    .into_any()
}

#[component]
fn Change(posting: FormAction) -> impl IntoView {
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
    let opened = |open: OpenEmail, secret: String| view! { <Confirm open secret/> }.into_any();
    page_of_link("My e-mail address", |secret| OpenEmailChange { secret }, opened, || view! { <Unknown/> }.into_any())
}

#[component]
fn Confirm(open: OpenEmail, secret: String) -> impl IntoView {
    let posting = FormAction::to::<Action>();
    let OpenEmail { email, is_new, is_mine } = open;
    let (title, before, after) = if is_new {
        ("Use this address?", "You'll sign in as ", ", with the same password.")
    } else {
        ("Confirm your e-mail address", "You sign in as ", ".")
    };
    let elsewhere = move || {
        (!is_mine).then(|| {
            view! { <Field name="password" label="The password of your login" kind="password" autocomplete="current-password" required=true/> }
        })
    };
    view! {
        <Plain>
            <h1 class="text-xl font-semibold tracking-tight">{title}</h1>
            <p class="text-muted mb-6 mt-2">{before} <strong>{email}</strong> {after}</p>
            <PostForm posting id="confirm-email" check={check::<Form>}>
                <input type="hidden" name="form[secret]" value=secret/>
                {elsewhere()}
                <Submit posting label="Confirm" class="btn btn-primary self-start"/>
            </PostForm>
            <p class="text-muted mt-6">"Didn't ask for this? Close this page and nothing will change."</p>
        </Plain>
    }
    .into_any()
}

#[component]
fn Unknown() -> impl IntoView {
    view! {
        <Plain>
            <h1 class="text-xl font-semibold tracking-tight">"This link doesn't work"</h1>
            <p class="text-muted mt-2">"It has been used, replaced or has expired. Ask for a new one."</p>
            <p class="mt-6"><a class="btn" href="/email">"My e-mail address"</a></p>
        </Plain>
    }
    .into_any()
}
