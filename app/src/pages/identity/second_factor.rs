//! One's own second factor.

use crate::{
    api::{BeginSecondFactor, ConfirmSecondFactor, GetSecondFactor, RemoveSecondFactor},
    components::{Field, Glyph, Icon, OwnUsername, Plain, PostForm, SignInFirst, Submit, Time, Waiting},
    runtime::{Fetched, FormAction, check},
};
use leptos::prelude::*;
use leptos_meta::Title;
use model::{ConfirmByCode, ConfirmIdentity, Moment, QrCode, SecondFactor, SecondFactorOffer, SecondFactorSetUp};

/// A code of an app besides the password.
#[component]
pub fn SecondFactorPage() -> impl IntoView {
    // They outlive what is shown, which is drawn anew as soon as something was done.
    let begin = FormAction::to::<BeginSecondFactor>();
    let confirm = FormAction::to::<ConfirmSecondFactor>().success_message("Your second factor is set up.");
    let remove = FormAction::to::<RemoveSecondFactor>()
        .success_message("Your second factor is gone. The password alone signs you in.");
    let known = Fetched::of(move || {
        for posting in [begin, confirm, remove] {
            posting.succeeded();
        }
        GetSecondFactor {}
    });
    let steps = move || {
        let SecondFactor { set_up, offer, required_by } = known.get()?;
        let now = match set_up.clone() {
            Some(set_up) => state(set_up),
            None => required_by.iter().cloned().map(required).collect_view().into_any(),
        };
        let next = match (offer, set_up) {
            (Some(offer), _) => view! { <Confirm offer posting=confirm/> }.into_any(),
            (None, None) => view! { <Begin posting=begin label="Set up"/> }.into_any(),
            (None, Some(_)) => view! { <Change begin remove required_by/> }.into_any(),
        };
        Some(view! { {now} {next} })
    };
    view! {
        <Title text="Second factor"/>
        <SignInFirst problem=move || known.problem()/>
        <Plain>
            <h1 class="text-xl font-semibold tracking-tight">"Second factor"</h1>
            <p class="text-muted mb-6 mt-1">"A code of an app on your phone besides the password: whoever learns the password alone stays out."</p>
            <Waiting on=known.progress rows=2/>
            <div class="flex flex-col gap-6">{steps}</div>
            <p class="mt-8"><a class="btn" href="/" rel="external">"Go to my accounts"</a></p>
        </Plain>
    }
    .into_any()
}

fn required((organisation, from): (String, Moment)) -> AnyView {
    view! {
        <p class="notice" role="note">
            <Glyph icon=Icon::CircleAlert class="size-5 text-warning"/>
            <span>{organisation} " requires one from " <Time moment=from/> "."</span>
        </p>
    }
    .into_any()
}

fn state(SecondFactorSetUp { at, recovery_codes }: SecondFactorSetUp) -> AnyView {
    let left = match recovery_codes {
        0 => "no recovery code is left".to_owned(),
        1 => "1 recovery code is left".to_owned(),
        left => format!("{left} recovery codes are left"),
    };
    view! {
        <p class="notice notice-success">
            <Glyph icon=Icon::ShieldCheck class="size-5 text-success"/>
            <span>"Set up " <Time moment=at/> "; " {left} "."</span>
        </p>
    }
    .into_any()
}

#[component]
fn Begin(
    posting: FormAction,
    label: &'static str,
    /// There is a second factor already, so a code of it is needed.
    #[prop(optional)]
    with_code: bool,
) -> impl IntoView {
    view! {
        <PostForm posting id="begin" check={check::<ConfirmIdentity>}>
            <OwnUsername/>
            <Field name="password" label="Your password" kind="password" autocomplete="current-password" required=true/>
            {with_code.then(current_code)}
            <Submit posting label/>
        </PostForm>
    }
    .into_any()
}

fn current_code() -> AnyView {
    let hint = "From your app as it is now, or one of your recovery codes.";
    view! { <Field name="code" label="Current code" hint autocomplete="one-time-code" required=true/> }.into_any()
}

/// The key for the app, the codes to keep, and the code that shows that the app has it.
#[component]
fn Confirm(offer: SecondFactorOffer, posting: FormAction) -> impl IntoView {
    let SecondFactorOffer { key, picture: QrCode { path, side }, recovery_codes } = offer;
    let codes = recovery_codes.into_iter().map(|code| view! { <li>{code}</li> }).collect_view();
    view! {
        <section>
            <h2 class="font-medium">"1. Scan this with an authenticator app"</h2>
            <svg class="my-3 size-56 rounded-xl bg-white" viewBox=format!("0 0 {side} {side}") role="img" aria-label="The key as a QR code">
                <path d=path fill="#000"></path>
            </svg>
            <p class="text-muted">"Or type this key into it:"</p>
            <p class="font-mono break-words">{key}</p>
        </section>
        <section>
            <h2 class="font-medium">"2. Keep these recovery codes"</h2>
            <p class="text-muted">"Without the app each of them signs you in once. They are shown here and never again."</p>
            <ul class="card mt-3 grid gap-x-4 gap-y-1 p-4 font-mono sm:grid-cols-2" aria-label="Recovery codes">{codes}</ul>
        </section>
        <section>
            <h2 class="mb-3 font-medium">"3. Type the code that the app shows"</h2>
            <PostForm posting id="confirm" check={check::<ConfirmByCode>}>
                <Field name="code" label="Code" autocomplete="one-time-code" required=true/>
                <Submit posting label="Switch it on"/>
            </PostForm>
        </section>
    }
    .into_any()
}

#[component]
fn Change(begin: FormAction, remove: FormAction, required_by: Vec<(String, Moment)>) -> impl IntoView {
    let organisations: Vec<String> = required_by.into_iter().map(|(organisation, _)| organisation).collect();
    let may_remove = organisations.is_empty();
    let stays = (!may_remove).then(|| format!("It cannot be taken away: {} requires it.", organisations.join(", ")));
    view! {
        <section>
            <h2 class="font-medium">"Set it up anew"</h2>
            <p class="text-muted mb-3">"For another phone, or for new recovery codes. Until you confirm it, what you have counts."</p>
            <Begin posting=begin label="Set up anew" with_code=true/>
        </section>
        {stays.map(|stays| view! { <p class="text-muted">{stays}</p> })}
        {may_remove.then(|| view! {
            <section>
                <h2 class="font-medium">"Take it away"</h2>
                <p class="text-muted mb-3">"From then on the password alone signs you in."</p>
                <PostForm posting=remove id="remove" check={check::<ConfirmIdentity>}>
                    <OwnUsername/>
                    <Field name="password" label="Your password" kind="password" autocomplete="current-password" required=true/>
                    {current_code()}
                    <Submit posting=remove label="Take it away" class="btn text-error"/>
                </PostForm>
            </section>
        })}
    }
    .into_any()
}
