use super::{FieldBinding, FormState, Glyph, Icon};
use crate::{
    api::GetProfile,
    runtime::{Fetched, t},
};
use leptos::prelude::*;
use model::{PasswordRule, PasswordText};
use std::borrow::Cow;

/// A labelled line of text, with what is wrong with it below.
#[component]
pub fn Field(
    /// As in the form's type: `email`, `billing_address[city]`.
    name: &'static str,
    #[prop(into)] label: Cow<'static, str>,
    #[prop(default = "text")] kind: &'static str,
    #[prop(optional, into)] value: String,
    #[prop(default = "off")] autocomplete: &'static str,
    /// Which keyboard a phone shows, where it is not that of the kind.
    #[prop(optional)]
    inputmode: &'static str,
    #[prop(optional, into)] hint: Cow<'static, str>,
    #[prop(optional)] required: bool,
    /// More than one line.
    #[prop(optional)]
    multiline: bool,
    /// The id of a `<datalist>` that it suggests from.
    #[prop(optional)]
    list: Option<&'static str>,
    #[prop(optional)] typed: Option<RwSignal<String>>,
    /// Says something about what is typed.
    #[prop(optional)]
    says: Option<fn(&str) -> Cow<'static, str>>,
) -> impl IntoView {
    let form = expect_context::<FormState>();
    let FieldBinding { id, posted, value } = form.named(name, value);
    let (error_id, hint_id, said_id) = (format!("{id}-error"), format!("{id}-hint"), format!("{id}-said"));
    let typed = typed.or_else(|| says.map(|_| RwSignal::new(value.clone())));
    let error = Memo::new(move |_| form.error_of(name));
    let is_wrong = move || error.with(Option::is_some);
    let invalid = move || is_wrong().then_some("true");
    // A page that came back begins where something is wrong.
    let autofocus = form.returned.with_value(Option::is_some) && untrack(is_wrong);
    // What is wrong takes the place of the hint.
    let (wrong, hinted) = (error_id.clone(), if hint.is_empty() { String::new() } else { hint_id.clone() });
    let said = says.map(|_| said_id.clone()).unwrap_or_default();
    let described = move || {
        let ids = format!("{} {said}", if is_wrong() { &wrong } else { &hinted }).trim().to_owned();
        (!ids.is_empty()).then_some(ids)
    };
    let note = move |text: String| {
        if let Some(typed) = typed {
            typed.set(text);
        }
    };
    let input = if multiline {
        view! {
            <textarea id=id.clone() name=posted class="textarea w-full" rows="4" aria-invalid=invalid aria-describedby=described required=required
                on:input:target=move |event| note(event.target().value())>
                {value}
            </textarea>
        }
        .into_any()
    } else {
        view! {
            <input id=id.clone() name=posted class="input w-full" type=kind value=value autocomplete=autocomplete list=list
                inputmode=(!inputmode.is_empty()).then_some(inputmode) aria-invalid=invalid aria-describedby=described required=required autofocus=autofocus on:input:target=move |event| note(event.target().value())/>
        }
        .into_any()
    };
    view! {
        <div class="field">
            <label class="field-label" for=id>{label}</label>
            {input}
            <p id=error_id class="field-error" class:hidden=move || !is_wrong()>{move || error.get()}</p>
            {(!hint.is_empty()).then(|| view! { <p id=hint_id class="field-hint" class:hidden=is_wrong>{hint}</p> })}
            {says.zip(typed).map(|(says, typed)| view! { <p id=said_id class="field-hint">{move || typed.with(|typed| says(typed))}</p> })}
        </div>
    }
    .into_any()
}

/// What is wrong with what several controls make up, or else the hint.
#[component]
pub fn GroupNote(
    /// As in the form's type.
    name: &'static str,
    #[prop(optional, into)] hint: Option<TextProp>,
) -> impl IntoView {
    let form = expect_context::<FormState>();
    let error = Memo::new(move |_| form.error_of(name));
    let is_wrong = move || error.with(Option::is_some);
    view! {
        <p class="field-error" role="alert" class:hidden=move || !is_wrong()>{move || error.get()}</p>
        {hint.map(|hint| view! { <p class="field-hint" class:hidden=is_wrong>{move || hint.get()}</p> })}
    }
    .into_any()
}

/// Whose password a form asks for, for the browser's password manager. It reads a field that the style sheet hides, but
/// none of the type `hidden`. It has no name, so it is not posted.
#[component]
pub fn Username(#[prop(into)] email: Signal<Option<String>>) -> impl IntoView {
    view! { <input class="hidden" type="text" autocomplete="username" aria-hidden="true" tabindex="-1" readonly value=email/> }.into_any()
}

/// As [`Username`], of whoever is signed in.
#[component]
pub fn OwnUsername() -> impl IntoView {
    let profile = Fetched::of(|| GetProfile {});
    view! { <Username email=Signal::derive(move || profile.with(|profile| profile.map(|profile| profile.email.clone())))/> }
}

/// A new password, with a list of what it needs that ticks itself off.
#[component]
pub fn NewPassword(
    #[prop(default = "password")] name: &'static str,
    #[prop(default = t(PasswordText::Label), into)] label: Cow<'static, str>,
) -> impl IntoView {
    let typed = RwSignal::new(String::new());
    let rule = move |rule: PasswordRule| {
        let holds = Memo::new(move |_| typed.with(|typed| rule.holds(typed)));
        view! {
            <li class="flex items-center gap-1.5" class:text-success=holds class:text-muted=move || !holds.get()>
                <span class:hidden=move || !holds.get()><Glyph icon=Icon::Check class="size-3.5"/></span>
                <span class:hidden=holds><Glyph icon=Icon::Circle class="size-3.5"/></span>
                {t(rule)}
                <span class="sr-only">{move || t(if holds.get() { PasswordText::Met } else { PasswordText::NotMet })}</span>
            </li>
        }
    };
    view! {
        <div>
            <Field name label kind="password" autocomplete="new-password" required=true typed/>
            <ul class="mt-2 grid grid-cols-2 gap-x-4 gap-y-1 text-xs" aria-label=t(PasswordText::Requirements)>
                {PasswordRule::ALL.map(rule).collect_view()}
            </ul>
        </div>
    }
    .into_any()
}

/// A new password, and once more, in the place of another.
#[component]
pub fn OtherPassword() -> impl IntoView {
    view! {
        <NewPassword name="new_password" label=t(PasswordText::New)/>
        <Field name="repeated_password" label=t(PasswordText::Repeated) kind="password" autocomplete="new-password" required=true/>
    }
}
