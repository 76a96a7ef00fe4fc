//! What stands in for one's second factors when they are lost.

use crate::{
    api::{GetSecondFactor, RenewRecoveryCodes},
    components::{NewRecoveryCodes, PostForm, SecondProof, SendOwnCode, Submit, Waiting, lazy_section},
    pages::{OwnSection, own_page},
    runtime::{Fetched, FormAction, Here, check, t},
};
use leptos::prelude::*;
use model::{ConfirmIdentity, Conflict, FactorMethods, SecondFactor, SecondFactorText, Topic};

/// How many are left, and new ones.
pub const RECOVERY_CODES: OwnSection = OwnSection {
    id: "recovery-codes",
    title: &SecondFactorText::RecoveryCodes,
    content: lazy_section!(security, own_recovery_codes, OwnRecoveryCodes),
};

#[component]
pub fn RecoveryCodesPage() -> impl IntoView {
    own_page(RECOVERY_CODES)
}

#[component]
fn OwnRecoveryCodes() -> impl IntoView {
    // It outlives what is shown, which is drawn anew as soon as something was done.
    let renew = FormAction::to::<RenewRecoveryCodes>().answered().success_message(&SecondFactorText::CodesRenewed);
    let here = use_context::<Here>();
    let known = Fetched::of(move || {
        renew.succeeded();
        // Another section adds and removes what they stand in for.
        if let Some(here) = here {
            here.live.follow(&[Topic::Rights]);
        }
        GetSecondFactor {}
    });
    let new_codes = move || renew.answer().map(|codes| view! { <NewRecoveryCodes codes/> });
    let shown = move || {
        let SecondFactor { methods, recovery_codes, .. } = known.get()?;
        Some(if methods.any() {
            let left = t(SecondFactorText::CodesLeft { recovery_codes });
            view! { <p>{left}</p> <Renew posting=renew methods/> }.into_any()
        } else {
            view! { <p>{t(Conflict::NoSecondFactor)}</p> }.into_any()
        })
    };
    view! {
        <p class="text-muted mb-6 mt-1">{t(SecondFactorText::RecoveryCodesPurpose)}</p>
        <Waiting on=known.progress rows=1/>
        <div class="flex flex-col gap-6">{new_codes} {shown}</div>
    }
    .into_any()
}

#[component]
fn Renew(posting: FormAction, methods: FactorMethods) -> impl IntoView {
    view! {
        <details>
            <summary class="link w-fit">{t(SecondFactorText::RenewCodes)}</summary>
            <div class="mt-4">
                <p class="text-muted mb-3">{t(SecondFactorText::RenewCodesHint)}</p>
                <SendOwnCode id="renew-codes-send-code" methods=methods.clone()/>
                <PostForm posting id="renew-codes" check={check::<ConfirmIdentity>}>
                    <SecondProof methods/>
                    <Submit posting label=t(SecondFactorText::RenewCodes) class="btn btn-primary self-start"/>
                </PostForm>
            </div>
        </details>
    }
    .into_any()
}
