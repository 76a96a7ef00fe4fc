use super::{Done, PostForm, Submit};
use crate::{
    api::SendOwnCode as Action,
    runtime::{FormAction, t},
};
use leptos::prelude::*;
use model::{FactorMethods, SmsCodeSent, SmsCodeText};

/// Sends a code to those who sign in with one by text message. It stands before the form with the
/// [`SecondProof`](super::SecondProof), since no form stands within another.
#[component]
pub fn SendOwnCode(
    /// Distinguishes it from others on the page.
    id: &'static str,
    methods: FactorMethods,
) -> impl IntoView {
    let posting = FormAction::to::<Action>().answered();
    methods.phone.map(|to| view! { <SendCode id posting to/> })
}

/// A button that has a code sent, and where it goes.
#[component]
pub fn SendCode(
    /// Distinguishes it from others on the page.
    id: &'static str,
    posting: FormAction,
    /// The end of the number.
    to: String,
) -> impl IntoView {
    let sent = move || {
        posting.answer::<SmsCodeSent>().map(|SmsCodeSent { to }| view! { <Done sentence=t(SmsCodeText::Sent { to })/> })
    };
    view! {
        <PostForm posting id class="mb-4 flex flex-col gap-3">
            <Submit posting label=t(SmsCodeText::Send { to }) class="btn self-start"/>
            {sent}
        </PostForm>
    }
    .into_any()
}
