//! One's own two-factor authentication.

use crate::{
    api::{BeginSecondFactor, ConfirmSecondFactor, GetSecondFactor, RemoveSecondFactor},
    components::{
        Field, Glyph, Icon, PostForm, RecoveryCodes, SecondProof, SendOwnCode, Submit, Time, Waiting, lazy_section,
    },
    pages::{OwnSection, own_page},
    runtime::{Fetched, FormAction, check, t, t_with},
};
use leptos::prelude::*;
use model::{
    ConfirmByCode, ConfirmIdentity, FactorMethods, Moment, QrCode, SecondFactor, SecondFactorOffer, SecondFactorText,
};
use std::borrow::Cow;

/// A code of an app besides the password.
pub const SECOND_FACTOR: OwnSection = OwnSection {
    id: "two-factor",
    title: &SecondFactorText::Title,
    content: lazy_section!(security, own_second_factor, OwnSecondFactor),
};

#[component]
pub fn SecondFactorPage() -> impl IntoView {
    own_page(SECOND_FACTOR)
}

#[component]
fn OwnSecondFactor() -> impl IntoView {
    // They outlive what is shown, which is drawn anew as soon as something was done.
    let begin = FormAction::to::<BeginSecondFactor>();
    let confirm = FormAction::to::<ConfirmSecondFactor>().success_message(&SecondFactorText::On);
    let remove = FormAction::to::<RemoveSecondFactor>().success_message(&SecondFactorText::Off);
    let known = Fetched::of(move || {
        for posting in [begin, confirm, remove] {
            posting.succeeded();
        }
        GetSecondFactor {}
    });
    let steps = move || {
        let SecondFactor { methods, set_up, offer, required_by, .. } = known.get()?;
        let now = match set_up.clone() {
            Some(at) => state(at),
            // Another second factor does as well.
            None if methods.any() => ().into_any(),
            None => required_by.iter().cloned().map(required).collect_view().into_any(),
        };
        let next = match (offer, set_up) {
            (Some(offer), _) => view! { <Confirm offer posting=confirm/> }.into_any(),
            (None, None) => view! { <Begin posting=begin label=t(SecondFactorText::SetUp) methods/> }.into_any(),
            (None, Some(_)) => view! { <Change begin remove required_by methods/> }.into_any(),
        };
        Some(view! { {now} {next} })
    };
    view! {
        <p class="text-muted mb-6 mt-1">{t(SecondFactorText::Purpose)}</p>
        <Waiting on=known.progress rows=2/>
        <div class="flex flex-col gap-6">{steps}</div>
    }
    .into_any()
}

fn required((organisation, from): (String, Moment)) -> AnyView {
    let from = view! { <Time moment=from/> }.into_any();
    let text = t_with(SecondFactorText::RequiredFrom, [organisation.into_any(), from]);
    view! {
        <p class="notice" role="note">
            <Glyph icon=Icon::CircleAlert class="size-5 text-warning"/>
            <span>{text}</span>
        </p>
    }
    .into_any()
}

fn state(at: Moment) -> AnyView {
    let text = t_with(SecondFactorText::SetUpAt, [view! { <Time moment=at/> }.into_any()]);
    view! {
        <p class="notice notice-success">
            <Glyph icon=Icon::ShieldCheck class="size-5 text-success"/>
            <span>{text}</span>
        </p>
    }
    .into_any()
}

#[component]
fn Begin(
    posting: FormAction,
    label: Cow<'static, str>,
    /// Where there is a second factor already, it is needed.
    methods: FactorMethods,
) -> impl IntoView {
    view! {
        <SendOwnCode id="begin-send-code" methods=methods.clone()/>
        <PostForm posting id="begin" check={check::<ConfirmIdentity>}>
            <SecondProof methods/>
            <Submit posting label class="btn btn-primary self-start"/>
        </PostForm>
    }
    .into_any()
}

/// The key for the app, the codes to keep, and the code that shows that the app has it.
#[component]
fn Confirm(offer: SecondFactorOffer, posting: FormAction) -> impl IntoView {
    let SecondFactorOffer { key, picture: QrCode { path, side }, recovery_codes } = offer;
    view! {
        <section>
            <h3 class="font-medium">{t(SecondFactorText::Scan)}</h3>
            <svg class="my-3 size-56 rounded-xl bg-white" viewBox=format!("0 0 {side} {side}") role="img" aria-label=t(SecondFactorText::QrCode)>
                <path d=path fill="#000"></path>
            </svg>
            <p class="text-muted">{t(SecondFactorText::EnterKey)}</p>
            <p class="font-mono break-words">{key}</p>
        </section>
        <section>
            <h3 class="font-medium">{t(SecondFactorText::ThenSaveCodes)}</h3>
            <RecoveryCodes codes=recovery_codes/>
        </section>
        <section>
            <h3 class="mb-3 font-medium">{t(SecondFactorText::EnterCode)}</h3>
            <PostForm posting id="confirm" check={check::<ConfirmByCode>}>
                <Field name="code" label=t(SecondFactorText::Code) autocomplete="one-time-code" required=true/>
                <Submit posting label=t(SecondFactorText::TurnOn) class="btn btn-primary self-start"/>
            </PostForm>
        </section>
    }
    .into_any()
}

#[component]
fn Change(
    begin: FormAction,
    remove: FormAction,
    required_by: Vec<(String, Moment)>,
    methods: FactorMethods,
) -> impl IntoView {
    let organisations: Vec<String> = required_by.into_iter().map(|(organisation, _)| organisation).collect();
    // The last one stays where it is required.
    let is_last = !FactorMethods { app: false, ..methods.clone() }.any();
    let may_remove = organisations.is_empty() || !is_last;
    let again = methods.clone();
    let required = (!may_remove).then(|| t(SecondFactorText::Required { organisations }));
    view! {
        <section>
            <h3 class="font-medium">{t(SecondFactorText::SetUpAgain)}</h3>
            <p class="text-muted mb-3">{t(SecondFactorText::SetUpAgainHint)}</p>
            <Begin posting=begin label=t(SecondFactorText::SetUpAgain) methods=again/>
        </section>
        {required.map(|required| view! { <p class="text-muted">{required}</p> })}
        {may_remove.then(|| view! {
            <section>
                <h3 class="font-medium">{t(SecondFactorText::TurnOff)}</h3>
                {is_last.then(|| view! { <p class="text-muted mb-3">{t(SecondFactorText::TurnOffHint)}</p> })}
                <SendOwnCode id="remove-send-code" methods=methods.clone()/>
                <PostForm posting=remove id="remove" check={check::<ConfirmIdentity>}>
                    <SecondProof methods/>
                    <Submit posting=remove label=t(SecondFactorText::TurnOff) class="btn text-error self-start"/>
                </PostForm>
            </section>
        })}
    }
    .into_any()
}
