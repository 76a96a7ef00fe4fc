//! One's own mobile number, and codes by text message as a second factor.

use crate::{
    api::{
        ChangeOwnPhone, ConfirmOwnPhone, DiscardPhoneChange, GetOwnPhone, RemoveOwnPhone, SendPhoneCode, StartSmsCodes,
        StopSmsCodes,
    },
    components::{
        Done, Field, Glyph, Icon, NewRecoveryCodes, OutboxLink, OwnUsername, PostForm, SecondProof, SelectField,
        SendOwnCode, Submit, Time, Waiting, lazy_section,
    },
    pages::{OwnSection, own_page},
    runtime::{Fetched, FormAction, check, t, t_with},
};
use leptos::prelude::*;
use model::{
    ButtonText, ChangePhone, ConfirmIdentity, ConfirmPhone, Country, FactorMethods, OwnPhone, PendingPhone, PhoneText,
    Refusal, SmsState, VerifiedPhone, countries, dialling_codes,
};
use std::{borrow::Cow, collections::HashMap};

/// The number that codes are sent to.
pub const PHONE: OwnSection =
    OwnSection { id: "phone", title: &PhoneText::Title, content: lazy_section!(security, own_number, OwnNumber) };

#[component]
pub fn PhonePage() -> impl IntoView {
    own_page(PHONE)
}

/// What is done here. It outlives what is shown, which is drawn anew as soon as something was done.
#[derive(Clone, Copy)]
struct Actions {
    ask: FormAction,
    confirm: FormAction,
    send_again: FormAction,
    cancel: FormAction,
    remove: FormAction,
    start: FormAction,
    stop: FormAction,
}

impl Actions {
    fn new() -> Self {
        Self {
            ask: FormAction::to::<ChangeOwnPhone>(),
            confirm: FormAction::to::<ConfirmOwnPhone>().success_message(&PhoneText::Changed),
            send_again: FormAction::to::<SendPhoneCode>().answered(),
            cancel: FormAction::to::<DiscardPhoneChange>(),
            remove: FormAction::to::<RemoveOwnPhone>().success_message(&PhoneText::Gone),
            start: FormAction::to::<StartSmsCodes>().answered().success_message(&PhoneText::TurnedOn),
            stop: FormAction::to::<StopSmsCodes>().success_message(&PhoneText::TurnedOff),
        }
    }
}

#[component]
fn OwnNumber() -> impl IntoView {
    let actions = Actions::new();
    let Actions { ask, confirm, cancel, remove, start, stop, .. } = actions;
    let known = Fetched::of(move || {
        for posting in [ask, confirm, cancel, remove, start, stop] {
            posting.succeeded();
        }
        GetOwnPhone {}
    });
    let new_codes = Memo::new(move |_| start.answer::<Vec<String>>().filter(|codes| !codes.is_empty()));
    let shown = move || {
        let OwnPhone { verified, asked, methods, sms, country, remove } = known.get()?;
        let number = verified.clone().map(number);
        let label = t(if verified.is_some() { PhoneText::Change } else { PhoneText::Add });
        let form = view! { <Ask posting=ask label country methods=methods.clone()/> }.into_any();
        let next = match asked {
            Some(asked) => view! { <Verify asked actions/> }.into_any(),
            None if sms != SmsState::Up => {
                let text = if sms == SmsState::Off { PhoneText::NoGateway } else { PhoneText::GatewayDown };
                view! { <p class="notice" role="note">{t(text)}</p> }.into_any()
            }
            None if verified.is_some() => folded(PhoneText::Change, form),
            None => form,
        };
        let more = verified.map(|_| view! { <SecondStep actions methods remove/> });
        Some(view! { {number} {next} {more} })
    };
    view! {
        <p class="text-muted mb-6 mt-1">{t(PhoneText::Purpose)}</p>
        <Waiting on=known.progress rows=2/>
        <div class="flex flex-col gap-6">
            {move || new_codes.get().map(|codes| view! { <NewRecoveryCodes codes/> })}
            {shown}
        </div>
    }
    .into_any()
}

fn number(VerifiedPhone { number, at }: VerifiedPhone) -> AnyView {
    let text = t_with(PhoneText::Verified, [strong(number), view! { <Time moment=at/> }.into_any()]);
    view! {
        <p class="notice notice-success">
            <Glyph icon=Icon::Check class="size-5 text-success"/>
            <span>{text}</span>
        </p>
    }
    .into_any()
}

/// A number is read from left to right in every language.
fn strong(number: String) -> AnyView {
    view! { <strong dir="ltr" class="whitespace-nowrap">{number}</strong> }.into_any()
}

fn folded(title: PhoneText, content: AnyView) -> AnyView {
    view! {
        <details>
            <summary class="link w-fit">{t(title)}</summary>
            <div class="mt-4">{content}</div>
        </details>
    }
    .into_any()
}

#[component]
fn Ask(posting: FormAction, label: Cow<'static, str>, country: Country, methods: FactorMethods) -> impl IntoView {
    view! {
        <SendOwnCode id="change-phone-send-code" methods=methods.clone()/>
        <PostForm posting id="change-phone" check={check::<ChangePhone>}>
            <SelectField name="country" label=t(PhoneText::Country) options=country_options() value=country.value()/>
            <Field name="number" label=t(PhoneText::Number) kind="tel" autocomplete="tel" hint=t(PhoneText::NumberHint) required=true/>
            <Password/>
            <SecondProof methods/>
            <Submit posting label class="btn btn-primary self-start"/>
        </PostForm>
    }
    .into_any()
}

/// The countries that have numbers, with what these begin with.
fn country_options() -> Vec<(String, String)> {
    let codes: HashMap<_, _> = dialling_codes().collect();
    let option = |(country, name): (&str, &str)| {
        codes.get(country).map(|code| (country.to_owned(), format!("{name} (+{code})")))
    };
    let none = (String::new(), t(PhoneText::NoCountry).into_owned());
    std::iter::once(none).chain(countries().filter_map(option)).collect()
}

#[component]
fn Password() -> impl IntoView {
    view! {
        <OwnUsername/>
        <Field name="password" label=t(PhoneText::Password) kind="password" autocomplete="current-password" required=true/>
    }
}

#[component]
fn Verify(asked: PendingPhone, actions: Actions) -> impl IntoView {
    let PendingPhone { number, expires } = asked;
    let Actions { confirm, send_again, cancel, .. } = actions;
    confirm.forget_problem_after(send_again);
    let expires = view! { <Time moment=expires/> }.into_any();
    view! {
        <section class="flex flex-col gap-4">
            <p class="notice" role="status">
                <span>{t_with(PhoneText::Sent, [strong(number), expires])}</span>
            </p>
            <PostForm posting=confirm id="confirm-phone" check={check::<ConfirmPhone>}>
                <Field name="code" label=t(PhoneText::SmsCode) autocomplete="one-time-code" inputmode="numeric" required=true/>
                <Submit posting=confirm label=t(PhoneText::Verify) class="btn btn-primary self-start"/>
            </PostForm>
            <PostForm posting=send_again id="send-phone-code" class="flex flex-col gap-3">
                <Submit posting=send_again label=t(PhoneText::SendAgain) class="btn self-start"/>
                {move || send_again.succeeded().then(|| view! { <Done sentence=t(PhoneText::SentAgain)/> })}
            </PostForm>
            <PostForm posting=cancel id="cancel-phone">
                <Submit posting=cancel label=t(ButtonText::Cancel) class="btn self-start"/>
            </PostForm>
            <OutboxLink/>
        </section>
    }
    .into_any()
}

/// What may be done with a number that is verified.
#[component]
fn SecondStep(actions: Actions, methods: FactorMethods, remove: Result<(), Refusal>) -> impl IntoView {
    let Actions { start, stop, remove: removing, .. } = actions;
    let is_on = methods.phone.is_some();
    let shown = methods.clone();
    let step = if !is_on {
        let form = view! {
            <p class="text-muted mb-3">{t(PhoneText::SecondStepHint)}</p>
            <PostForm posting=start id="start-sms" check={check::<ConfirmIdentity>}>
                <SecondProof methods=shown/>
                <Submit posting=start label=t(PhoneText::TurnOn) class="btn btn-primary self-start"/>
            </PostForm>
        };
        Some(folded(PhoneText::SecondStep, form.into_any()))
    } else if remove.is_ok() {
        let form = view! {
            <p class="text-muted mb-3">{t(PhoneText::TurnOffHint)}</p>
            <SendOwnCode id="stop-sms-send-code" methods=shown.clone()/>
            <PostForm posting=stop id="stop-sms" check={check::<ConfirmIdentity>}>
                <SecondProof methods=shown/>
                <Submit posting=stop label=t(PhoneText::TurnOff) class="btn self-start"/>
            </PostForm>
        };
        Some(folded(PhoneText::TurnOff, form.into_any()))
    } else {
        None
    };
    let removal = match remove {
        Ok(()) => {
            let form = view! {
                <p class="text-muted mb-3">{t(PhoneText::RemoveHint)}</p>
                <SendOwnCode id="remove-phone-send-code" methods=methods.clone()/>
                <PostForm posting=removing id="remove-phone" check={check::<ConfirmIdentity>}>
                    <Password/>
                    <SecondProof methods/>
                    <Submit posting=removing label=t(PhoneText::Remove) class="btn text-error self-start"/>
                </PostForm>
            };
            folded(PhoneText::Remove, form.into_any())
        }
        Err(refusal) => view! { <p class="text-muted">{t(refusal)}</p> }.into_any(),
    };
    view! {
        {is_on.then(|| view! { <p>{t(PhoneText::TurnedOn)}</p> })}
        {step}
        {removal}
    }
    .into_any()
}
