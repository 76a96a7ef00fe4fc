use crate::{
    api::{
        ConfirmSignInWithPasskey, GetSecondStep, SendSignInCode, SignIn as Action, SignInWithCode, SignInWithPasskey,
        SignInWithRecoveryCode, begin_passkey_second_step, begin_passkey_sign_in,
    },
    components::{Failure, Field, Options, OutboxLink, PasskeyButton, PostForm, SendCode, Submit, Welcome},
    runtime::{Fetched, FormAction, check, has_ended_session, sign_in_target, t, t_with},
};
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_location;
use model::{
    BeginPasskeySignIn, ButtonText, FactorMethods, PasskeyAnswer, PasskeySecondStep, PasskeySignIn, SecondStep, SignIn,
    SignInCode, SignInCodeText, SignInText, SmsCodeText, UsePasskeyText,
};

/// The query with which somebody comes who has just chosen a new password by the link of a letter.
const PASSWORD_RESET: &str = "password=reset";

#[component]
pub fn SignInPage() -> impl IntoView {
    let posting = FormAction::to::<Action>();
    let query = use_location().search;
    let then = query.with_untracked(|query| sign_in_target(query));
    let reset = query.with_untracked(|query| query.trim_start_matches('?') == PASSWORD_RESET).then(|| {
        view! { <p class="notice notice-success mb-6" role="status"><span>{t(SignInText::PasswordReset)}</span></p> }
    });
    let signed_out = query.with_untracked(|query| has_ended_session(query)).then(|| {
        view! { <p class="notice mb-6" role="status">{t(SignInText::SignedOut)}</p> }
    });
    let email = RwSignal::new(String::new());
    let passkey = view! { <ByPasskey email then=then.clone()/> };
    let sign_up =
        view! { <a class="link link-primary" href="/sign-up">{t(SignInText::CreateOrganisation)}</a> }.into_any();
    view! {
        <Title text=|| t(SignInText::Title)/>
        <Welcome>
            <h1 class="mb-6 text-2xl font-semibold tracking-tight">{t(SignInText::Title)}</h1>
            {reset}
            {signed_out}
            <PostForm posting id="sign-in" check={check::<SignIn>}>
                <input type="hidden" name="form[then]" value=then/>
                <Field name="email" label=t(SignInText::Email) kind="email" autocomplete="username" required=true typed=email/>
                <Field name="password" label=t(SignInText::Password) kind="password" autocomplete="current-password" required=true/>
                <Submit posting label=t(ButtonText::SignIn) class="btn btn-primary mt-2 w-full"/>
            </PostForm>
            {passkey}
            <p class="mt-4"><a class="link link-primary" href="/forgot-password">{t(SignInText::ForgotPassword)}</a></p>
            <p class="text-muted mt-8">{t_with(SignInText::NewHere, [sign_up])}</p>
        </Welcome>
    }
    .into_any()
}

/// A passkey in the place of the password. It says whose it is, unless an address is typed.
#[component]
fn ByPasskey(email: RwSignal<String>, then: String) -> impl IntoView {
    let posting = FormAction::to::<SignInWithPasskey>();
    let ask = |email: String| -> Options { Box::pin(begin_passkey_sign_in(BeginPasskeySignIn { email })) };
    let on_answer = Callback::new(move |passkey: PasskeyAnswer| {
        posting.call(&SignInWithPasskey { form: PasskeySignIn { passkey, then: then.clone() } });
    });
    view! {
        <div class="mt-4">
            <PasskeyButton label=t(UsePasskeyText::SignIn) class="btn w-full" ask whom=email on_answer>
                <p class="text-muted text-center">{t(UsePasskeyText::Or)}</p>
                {failure(posting)}
            </PasskeyButton>
        </div>
    }
    .into_any()
}

fn failure(posting: FormAction) -> AnyView {
    (move || posting.problem.get().map(|problem| view! { <Failure problem/> })).into_any()
}

/// The second step, for those with two-factor authentication.
#[component]
pub fn SignInCodePage() -> impl IntoView {
    let posting = FormAction::to::<SignInWithCode>();
    let known = Fetched::of(|| GetSecondStep {});
    let remember = RwSignal::new(false);
    let step = Memo::new(move |_| known.with(|known| known.and_then(Clone::clone)));
    let is = move |test: fn(&SecondStep) -> bool| move || step.with(|step| step.as_ref().is_some_and(test));
    let with_passkey = Memo::new(move |_| is(|step| step.methods.passkeys)());
    let without_codes = Memo::new(move |_| is(|step| !step.methods.codes())());
    let may_remember = Memo::new(move |_| is(|step| step.may_remember)());
    let code = move || {
        if without_codes.get() {
            view! { <Field name="code" label=t(SignInCodeText::RecoveryCode) autocomplete="one-time-code" required=true/> }
        } else {
            view! { <Field name="code" label=t(SignInCodeText::Code) autocomplete="one-time-code" inputmode="numeric" required=true/> }
        }
    };
    view! {
        <Title text=|| t(SignInText::Title)/>
        <Welcome>
            <h1 class="text-2xl font-semibold tracking-tight">{t(SignInCodeText::Title)}</h1>
            <p class="text-muted mb-6 mt-1">{move || step.with(|step| t(hint(step.as_ref())))}</p>
            {move || with_passkey.get().then(|| view! { <PasskeyStep remember/> })}
            <SmsCode step code=posting/>
            <PostForm posting id="sign-in-code" check={check::<SignInCode>}>
                {code}
                <label class="flex items-center gap-2" class:hidden=move || !may_remember.get()>
                    <input type="checkbox" class="checkbox checkbox-sm" name="form[remember]" value="true"
                        on:change:target=move |event| remember.set(event.target().checked())/>
                    {t(SignInCodeText::Remember)}
                </label>
                <Submit posting label=t(ButtonText::SignIn) class="btn btn-primary mt-2 w-full"/>
            </PostForm>
            {move || (!without_codes.get()).then(|| view! { <RecoveryCode/> })}
            <p class="mt-8"><a class="link link-primary" href="/sign-in">{t(SignInCodeText::StartOver)}</a></p>
        </Welcome>
    }
    .into_any()
}

fn hint(step: Option<&SecondStep>) -> SignInCodeText {
    let Some(FactorMethods { app, phone, passkeys }) = step.map(|step| &step.methods) else {
        return SignInCodeText::Hint;
    };
    match (app, phone.is_some(), passkeys) {
        (true, false, _) => SignInCodeText::AppHint,
        (false, true, _) => SignInCodeText::SmsHint,
        (true, true, _) => SignInCodeText::AppOrSmsHint,
        (false, false, true) => SignInCodeText::PasskeyHint,
        (false, false, false) => SignInCodeText::Hint,
    }
}

/// Has a code sent to those who sign in with one by text message, while these go out.
#[component]
fn SmsCode(
    step: Memo<Option<SecondStep>>,
    /// What the code is entered in.
    code: FormAction,
) -> impl IntoView {
    let posting = FormAction::to::<SendSignInCode>().answered();
    code.forget_problem_after(posting);
    move || {
        let SecondStep { methods, is_sms_down, .. } = step.get()?;
        let to = methods.phone?;
        let content = if is_sms_down {
            view! { <p class="notice mb-4" role="note">{t(SmsCodeText::Down)}</p> }.into_any()
        } else {
            view! { <SendCode id="send-code" posting to/> <OutboxLink/> }.into_any()
        };
        Some(content)
    }
}

/// A way in for those who have lost the rest.
#[component]
fn RecoveryCode() -> impl IntoView {
    let posting = FormAction::to::<SignInWithRecoveryCode>();
    view! {
        <details class="mt-6" open=move || posting.problem.with(Option::is_some)>
            <summary class="link w-fit">{t(SignInCodeText::UseRecoveryCode)}</summary>
            <div class="mt-4">
                <PostForm posting id="sign-in-recovery-code" check={check::<SignInCode>}>
                    <Field name="code" label=t(SignInCodeText::RecoveryCode) hint=t(SignInCodeText::RecoveryHint) required=true/>
                    <Submit posting label=t(ButtonText::SignIn) class="btn w-full"/>
                </PostForm>
            </div>
        </details>
    }
    .into_any()
}

/// A passkey in the place of the code.
#[component]
fn PasskeyStep(remember: RwSignal<bool>) -> impl IntoView {
    let posting = FormAction::to::<ConfirmSignInWithPasskey>();
    let ask = |_: String| -> Options { Box::pin(begin_passkey_second_step()) };
    let on_answer = Callback::new(move |passkey: PasskeyAnswer| {
        let form = PasskeySecondStep { passkey, remember: remember.get_untracked() };
        posting.call(&ConfirmSignInWithPasskey { form });
    });
    view! {
        <div class="mb-6">
            <PasskeyButton label=t(UsePasskeyText::InsteadOfCode) class="btn w-full" ask on_answer>{failure(posting)}</PasskeyButton>
        </div>
    }
    .into_any()
}
