//! Founding another organisation.

use crate::{
    api::{CreateOrganisation, GetProfile},
    components::{Field, Plain, PostForm, SignInFirst, Submit},
    runtime::{Fetched, FormAction, check, t},
};
use leptos::prelude::*;
use leptos_meta::Title;
use model::{NewOrganisation as Form, NewOrganisationText, Refusal};

/// A new organisation for somebody who is signed in.
#[component]
pub fn NewOrganisation() -> impl IntoView {
    let profile = Fetched::of(|| GetProfile {});
    let may_found = Memo::new(move |_| profile.with(|profile| profile.is_none_or(|profile| profile.may_found)));
    view! {
        <Title text=|| t(NewOrganisationText::Title)/>
        <SignInFirst problem=move || profile.problem()/>
        <Plain>
            <h1 class="text-xl font-semibold tracking-tight">{t(NewOrganisationText::Title)}</h1>
            {move || if may_found.get() {
                view! { <Create/> }.into_any()
            } else {
                view! { <p class="text-muted mt-2">{t(Refusal::SignUpClosed)}</p> }.into_any()
            }}
            <p class="mt-8"><a class="btn" href="/" rel="external">{t(NewOrganisationText::Back)}</a></p>
        </Plain>
    }
    .into_any()
}

#[component]
fn Create() -> impl IntoView {
    let posting = FormAction::to::<CreateOrganisation>();
    view! {
        <p class="text-muted mb-6 mt-1">{t(NewOrganisationText::Purpose)}</p>
        <PostForm posting id="new-organisation" check={check::<Form>}>
            <Field name="name" label=t(NewOrganisationText::Name) autocomplete="organization" required=true/>
            <Submit posting label=t(NewOrganisationText::Create) class="btn btn-primary mt-2"/>
        </PostForm>
    }
    .into_any()
}
