use super::{Field, FormState, Options, PasskeyButton};
use crate::{api::begin_confirming_by_passkey, runtime::t};
use leptos::{html, prelude::*};
use model::{FactorMethods, PasskeyAnswer, ProofText, SecondFactorText, UsePasskeyText};

/// What a form asks of somebody who has a second factor: a code, or a passkey in its place. Nothing of those who have none.
#[component]
pub fn SecondProof(
    methods: FactorMethods,
    /// It is enough without the password.
    #[prop(optional)]
    instead_of_password: bool,
) -> impl IntoView {
    let (label, hint) = match (methods.codes(), instead_of_password) {
        (true, false) => (t(SecondFactorText::CurrentCode), t(SecondFactorText::CurrentCodeHint)),
        (true, true) => (t(ProofText::Code), t(ProofText::CodeHint)),
        (false, false) => (t(SecondFactorText::RecoveryCode), t(SecondFactorText::RecoveryCodeHint)),
        (false, true) => (t(ProofText::RecoveryCode), t(SecondFactorText::RecoveryCodeHint)),
    };
    let required = !methods.passkeys && !instead_of_password;
    let code =
        methods.any().then(|| view! { <Field name="code" label hint autocomplete="one-time-code" required=required/> });
    let passkey = methods.passkeys.then(|| view! { <PasskeyInstead/> });
    // A form without any field would be no form of its function.
    let nothing = (!methods.any()).then(|| {
        let posted = expect_context::<FormState>().named("code", String::new()).posted;
        view! { <input type="hidden" name=posted value=""/> }
    });
    view! { {code} {passkey} {nothing} }.into_any()
}

/// Sends the form with a passkey in the place of a code.
#[component]
pub fn PasskeyInstead() -> impl IntoView {
    let posted = expect_context::<FormState>().named("passkey", String::new()).posted;
    let field = NodeRef::<html::Input>::new();
    let ask = |_: String| -> Options { Box::pin(begin_confirming_by_passkey()) };
    let on_answer = Callback::new(move |answer: PasskeyAnswer| send_with(field, &answer));
    view! {
        <input node_ref=field type="hidden" name=posted value=""/>
        <PasskeyButton label=t(UsePasskeyText::InsteadOfCode) ask on_answer/>
    }
    .into_any()
}

/// It counts once: the form is sent with it and then without.
fn send_with(field: NodeRef<html::Input>, PasskeyAnswer(answer): &PasskeyAnswer) {
    let Some(field) = field.get_untracked() else { return };
    field.set_value(answer);
    if let Some(form) = field.form() {
        // It fails only for a button of another form.
        let _ = form.request_submit();
    }
    field.set_value("");
}
