//! Showing once more who one is: in a dialog of the page that sends something sensitive, or without the page's code on
//! a page of its own, which carries on with what was posted.

use crate::{
    api::{ConfirmIdentity, GetProofMethods},
    components::{Field, FormState, OwnUsername, Plain, PostForm, SecondProof, SendOwnCode, Submit},
    runtime::{Fetched, FormAction, PostedBack, ProofRequest, post_to, t},
};
use leptos::{prelude::*, server_fn::ServerFn, wasm_bindgen::JsCast, web_sys::HtmlElement};
use leptos_meta::Title;
use leptos_router::components::Redirect;
use model::{ButtonText, FactorMethods, ProofText};

/// What the dialog asks, once there is something to ask for.
#[component]
pub fn ProofForm() -> impl IntoView {
    let proof = ProofRequest::expect();
    let posting = FormAction::to::<ConfirmIdentity>();
    let methods = Fetched::of(|| GetProofMethods {});
    Effect::new(move |_| {
        if posting.succeeded() {
            proof.answer(true);
        }
    });
    // The dialog may have been open before this was here.
    Effect::new(|_| {
        let first =
            document().get_element_by_id("proof-password").and_then(|field| field.dyn_into::<HtmlElement>().ok());
        let _ = first.map(|field| field.focus());
    });
    view! {
        <p class="text-muted mb-4 mt-2">{move || proof.action.get().map(t)} " " {t(ProofText::Hint)}</p>
        {move || methods.get().map(|methods| view! { <SendOwnCode id="proof-send-code" methods/> })}
        <PostForm posting id="proof">
            <ProofFields methods/>
            <div class="modal-action mt-2">
                <button type="button" class="btn btn-sm" on:click=move |_| proof.answer(false)>{t(ButtonText::Cancel)}</button>
                <Submit posting label=t(ProofText::Confirm) class="btn btn-primary btn-sm"/>
            </div>
        </PostForm>
    }
    .into_any()
}

/// One of them is enough.
#[component]
fn ProofFields(methods: Fetched<FactorMethods>) -> impl IntoView {
    let factor = move || {
        let methods = methods.get().filter(FactorMethods::any)?;
        Some(view! { <SecondProof methods instead_of_password=true/> })
    };
    view! {
        <OwnUsername/>
        <Field name="password" label=t(ProofText::Password) kind="password" autocomplete="current-password"/>
        {factor}
    }
    .into_any()
}

/// Stands in the place of the answer to a form that was posted without the page's code: the edge carries it out once it
/// is shown who posted it.
#[component]
pub fn ConfirmIdentityPage() -> impl IntoView {
    let returned = PostedBack::of_page();
    let Some(PostedBack { outcome: Err(problem), values, .. }) = returned else {
        return view! { <Redirect path="/"/> }.into_any();
    };
    let whole = problem.fields().is_none().then(|| t(&problem));
    provide_context(FormState { problem: RwSignal::new(Some(problem)), returned: StoredValue::new(None), id: "proof" });
    let methods = Fetched::of(|| GetProofMethods {});
    let back = values.get("then[page]").cloned();
    let waiting = values.into_iter().map(|(name, value)| view! { <input type="hidden" name=name value=value/> });
    view! {
        <Title text=|| t(ProofText::Title)/>
        <Plain>
            <h1 class="text-xl font-semibold tracking-tight">{t(ProofText::Title)}</h1>
            <p class="text-muted mb-6 mt-2" role="alert">{whole} " " {t(ProofText::Hint)}</p>
            <form class="flex flex-col gap-4" method="post" action=post_to(ConfirmIdentity::url()) novalidate>
                {waiting.collect_view()}
                <ProofFields methods/>
                <p class="flex flex-wrap gap-2">
                    <button type="submit" class="btn btn-primary">{t(ProofText::Confirm)}</button>
                    <a class="btn" href=back rel="external">{t(ProofText::Back)}</a>
                </p>
            </form>
        </Plain>
    }
    .into_any()
}
